"""`start`: everything in one process, from nothing."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from community.demo import fill
from community.jobs import work_in_background
from community.one_process import serve


class Command(BaseCommand):
    """Set up database and static files, fill an empty site with the demo, and serve pages, live and later work."""

    help = "Start Ensemble on this machine, by default with demo content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="port to listen on (8000, or as ENSEMBLE_URL says)")
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--empty", action="store_true", help="without the demo")

    def handle(self, *, port: int | None, bind: str, empty: bool, **options: Any) -> None:
        """Prepare, say where it is, and serve until stopped."""
        if port and "ENSEMBLE_URL" not in os.environ:
            os.environ["ENSEMBLE_URL"] = f"http://localhost:{port}"
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - ourselves again, with the address set
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Preparing the database and static files ...")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not (empty or settings.PRODUCTION) and (fill.is_empty() or fill.is_demo()):
            self.stdout.write("Preparing the demo (start with --empty to go without) ...")
            call_command("demo", stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS(f"\nEnsemble is at {settings.SITE_URL} (stop it with Ctrl+C)"))
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.stdout.write(f"Letters, with the codes to sign in, are written to {settings.MAIL_DIR}")
        if not settings.REDIS_URL:
            self.stdout.write("It serves from this one process. Several need REDIS_URL: see README, Deployment")
        self.stdout.flush()
        work_in_background()
        from community.asgi import application  # once everything is prepared

        serve(application, bind, urlsplit(settings.SITE_URL).port or 8000)
