"""`safeguarding`: who reads what is sealed. Only whoever runs the server can say so."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.members.models import Member
from community.members.policy import come_in
from community.moderation.models import Keeper, SealedCase


class Command(BaseCommand):
    """`safeguarding` says who they are; `safeguarding lead HANDLE` names one; `safeguarding lead --nobody` ends it."""

    help = "Name the safeguarding lead and the deputy: the only two who read worries about children and colleagues."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which of the two, and who."""
        parser.add_argument("part", nargs="?", choices=Keeper.Part.values)
        parser.add_argument("handle", nargs="?")
        parser.add_argument("--nobody", action="store_true", help="from now on there is none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name them, then say who there is."""
        if options["part"]:
            Keeper.name(options["part"], None if options["nobody"] else self._member(options["handle"]))
        for part in Keeper.Part:
            found = Keeper.objects.select_related("member").filter(part=part).first()
            who = f"{found.member.name} (@{found.member.handle})" if found else "nobody"
            lost = " – cannot come in, so reads nothing" if found and not found.is_in_office else ""
            self.stdout.write(f"{part.label}: {who}{lost}")
        self.stdout.write(f"Sealed cases that wait: {SealedCase.objects.open().count()}")

    def _member(self, handle: str | None) -> Member:
        found = Member.objects.filter(handle=(handle or "").removeprefix("@")).first()
        if found is None:
            raise CommandError("Name the handle of somebody on staff, or say --nobody.")
        if not found.is_staff:
            raise CommandError(f"@{found.handle} is not staff.")
        if not come_in(found):
            raise CommandError(f"@{found.handle} cannot come in: {come_in(found).why_not}")
        return found
