"""`demo`: a believable community, invented from end to end."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.demo import sign_in
from community.demo.fill import NotOurs, fill


class Command(BaseCommand):
    """Fill an empty database with the demo; a second run adds nothing."""

    help = "Fill an empty site with an invented community, to try things out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="so many times as much, for measurements")
        parser.add_argument("--code", action="store_true", help="only print the code that staff are asked for now")

    def handle(self, *, scale: int, code: bool, **options: Any) -> None:
        """Refuse where real people are or will be; else fill, and say how to sign in."""
        if settings.PRODUCTION:
            raise CommandError("This is a production site. The demo’s passwords are public, so it never goes there.")
        if code:
            self.stdout.write(sign_in.code())
            return
        try:
            added = fill(scale)
        except NotOurs:
            raise CommandError(
                "People who are not of the demo live in this database, so nothing was touched. To see the demo, name"
                " an empty data directory: ENSEMBLE_DATA=/tmp/demo python manage.py start"
            ) from None
        self.stdout.write("The demo is in." if added else "The demo was here already; nothing was added.")
        self.stdout.write(sign_in.table())
