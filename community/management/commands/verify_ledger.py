"""`verify_ledger`: whether any row of the ledger was altered, removed or put in another order."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community import ledger


class Command(BaseCommand):
    """Reads the whole chain; changes nothing."""

    help = "Check the hash chain of the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """What was kept elsewhere: whoever can write the database can cut the chain, or seal all of it anew."""
        parser.add_argument("--known", metavar="NUMBER:SEAL", help="a head that an earlier check printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say that it holds and what its head is, or fail with the first row that does not."""
        broken = ledger.first_broken()
        if broken is not None:
            raise CommandError(f"The ledger is broken. Row {broken} is {ledger.what_is_wrong(broken)}.")
        if options["known"] and not ledger.is_known(options["known"]):
            raise CommandError("The chain holds, but not with that head: its end was cut, or all sealed anew.")
        self.stdout.write(f"The ledger holds. Keep its head elsewhere, for --known: {ledger.head() or 'no rows yet'}")
