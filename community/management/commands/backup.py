"""`backup FILE`: everything, in one tar file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from community import backup


class Command(BaseCommand):
    """May run while the site does."""

    help = "Write the database and the files into one tar file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        """Write it and say what is in it."""
        manifest = backup.write(file)
        self.stdout.write(f"{file}: the database and {len(manifest) - 1} files, {file.stat().st_size / 1e6:.1f} MB.")
        if note := backup.elsewhere():
            self.stdout.write(self.style.WARNING(note))
