"""`first_staff`: the first person of an empty site, who invites everybody else."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from community import ledger
from community.members.models import Affiliation, Member, Organisation


class Command(BaseCommand):
    """Signs in with a code by e-mail and is led to set up the second step that staff need."""

    help = "Make the first staff account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("organisation")

    @transaction.atomic
    def handle(self, *, email: str, name: str, organisation: str, **options: Any) -> None:
        """Make the account and its organisation; refuse where there are staff already."""
        validate_email(email)
        if Member.objects.filter(is_staff=True).exists():
            raise CommandError("There are staff already: they can invite others.")
        home, _is_new = Organisation.objects.get_or_create(
            name=organisation, defaults={"slug": slugify(organisation)[:60], "category": Organisation.Category.STAFF}
        )
        member = Member(email=email.lower(), handle=slugify(name)[:40] or "staff", name=name, is_staff=True)
        member.set_unusable_password()
        member.save()
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        Affiliation.objects.create(member=member, organisation=home)
        ledger.record(None, "first-staff", f"member-{member.pk}")
        self.stdout.write(f"{name} can sign in as {member.email} and will set up a second step.")
