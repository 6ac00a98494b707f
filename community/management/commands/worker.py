"""`worker`: does the work for later in a process of its own, as production does."""

import os
import socket
from typing import Any

from django.core.management.base import BaseCommand

from community.jobs import Worker, keep_working


class Command(BaseCommand):
    """Run as many as wanted; they share the queue. SIGTERM lets the task in hand finish."""

    help = "Run background tasks until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        worker = Worker(f"{socket.gethostname()}-{os.getpid()}"[:64])
        worker.configure_signals()
        keep_working(worker)
