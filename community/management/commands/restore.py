"""`restore FILE`: back to what `backup` wrote."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from community import backup


class Command(BaseCommand):
    """Stop the site first. The backup is checked whole before anything is changed; newer migrations run afterwards."""

    help = "Bring back a backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="lose what is here now")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        """Check, replace, migrate."""
        manifest = backup.restore(file, replace=replace)
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Restored the database and {len(manifest) - 1} files from {file}.")
        if note := backup.elsewhere():
            self.stdout.write(self.style.WARNING(note))
