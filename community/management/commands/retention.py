"""`retention`: what is kept no longer, class by class. It also goes by itself each day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from community.privacy import retention


class Command(BaseCommand):
    """Says what would go, how much and how old; with `--for-real` it goes."""

    help = "Say what is kept no longer; with --for-real, let it go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--for-real", action="store_true", help="let it go; the ledger says how much of what went")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each class, then for each of which something went."""
        for line in retention.due():
            self.stdout.write(retention.in_words(line))
        if not options["for_real"]:
            self.stdout.write("Nothing was done: say --for-real.")
            return
        for name, count in retention.carry_out().items():
            self.stdout.write(f"{name}: {count} went")
