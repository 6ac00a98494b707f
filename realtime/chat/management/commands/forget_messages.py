"""`forget_messages`: delete what the rooms' own rules say is kept no longer. It also happens by itself each day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from realtime.chat.models import Room


class Command(BaseCommand):
    """With `--dry-run` nothing is deleted: it says what would be."""

    help = "Delete messages that are older than their room's rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many messages would go")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each room that has a rule."""
        for room in Room.objects.exclude(keep_days=None).to_show().order_by("pk"):
            count = room.due_to_go(room.keep_days).count() if options["dry_run"] else room.forget()
            self.stdout.write(f"{room} ({room.group}), after {room.keep_days} days: {count}")
