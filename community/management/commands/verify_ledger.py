"""`verify_ledger`: whether any row of the ledger was altered, removed or put in another order."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community import ledger


class Command(BaseCommand):
    """Reads the whole chain; changes nothing."""

    help = "Check the hash chain of the ledger."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say that it holds, or fail with the first row that does not."""
        broken = ledger.first_broken()
        if broken is not None:
            raise CommandError(f"The ledger is broken at row {broken}: altered, missing or out of order.")
        self.stdout.write("The ledger holds.")
