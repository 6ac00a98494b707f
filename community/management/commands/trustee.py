"""`trustee`: who sees the figures of the desk without working at it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.members.models import Member
from community.moderation.models import Trustee


class Command(BaseCommand):
    """`trustee HANDLE` names one, `trustee HANDLE --end` ends it, `trustee` says who they are."""

    help = "Name who sees the figures of moderation and checks the ledger, and no content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who."""
        parser.add_argument("handle", nargs="?")
        parser.add_argument("--end", action="store_true", help="they are none any more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name them, then say who there is."""
        if options["handle"]:
            member = Member.objects.filter(handle=options["handle"].removeprefix("@")).first()
            if member is None:
                raise CommandError("There is nobody with that handle.")
            Trustee.name(member, ends=options["end"])
        for each in Trustee.objects.select_related("member").order_by("pk"):
            self.stdout.write(f"{each.member.name} (@{each.member.handle})")
