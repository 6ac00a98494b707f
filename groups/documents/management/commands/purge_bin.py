"""`purge_bin`: delete for good what was removed from libraries long ago. It also happens each day, see `retention`."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from community.policy import Refused
from community.privacy import retention
from groups.documents.models import Document


class Command(BaseCommand):
    """With `--dry-run` nothing is deleted: it says what would be. What staff still decide about stays."""

    help = "Delete removed documents, with their versions and files, that were in the bin long enough."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")
        parser.add_argument("--days", type=int, help="in the bin for so many days, or as long as members are told")
        parser.add_argument("--group", default="", help="only of the group with this name in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each document, then how many stay for the desk, and the room that is freed."""
        told = retention.period("documents")
        after = told if options["days"] is None else dt.timedelta(days=options["days"])
        if after < told:
            raise CommandError(f"Members are told that what they remove is kept for {told.days} days: not less.")
        documents = (
            Document.objects.filter(group__slug=options["group"]) if options["group"] else Document.objects.all()
        )
        due, stays = documents.due_to_go(after), documents.held_back(after).count()
        freed = due.weight() if options["dry_run"] else 0
        count = 0
        for document in due.order_by("removed_at", "pk").iterator(chunk_size=200):
            try:
                freed += 0 if options["dry_run"] else document.purge(None, after)
            except Refused:
                continue
            count += 1
            self.stdout.write(f"{document.group.slug} {document.subject}: {document}, removed {document.removed_at:%F}")
        what = "would go" if options["dry_run"] else "went"
        self.stdout.write(
            f"{count} {what}, {filesizeformat(freed)}; {stays} stay, as staff may have to decide about them"
        )
