"""What is written on a page: a document that has a text of its own in place of a file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import models

from community import richtext
from community.members.models import Member
from community.policy import Refused
from groups import text
from groups.documents.models.passages import follow, let_go
from groups.links.models import MayQuote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groups.models import Group


class PageTextQuerySet(models.QuerySet["PageText"]):
    def to_show(self) -> PageTextQuerySet:
        return self.select_related("version__document__group")


class PageText(MayQuote, models.Model):
    """The page as of a version: `body` as it was written, `html` what was made of it by `renderer`."""

    told_as = ("document", "version__document")

    version = models.OneToOneField("documents.Version", models.PROTECT, related_name="page")
    body = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()

    made_of: PageText | None = None  # the page whose text it was before it became this one
    mentioned: Iterable[int] = ()  # the keys of those it names for the first time

    objects = PageTextQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.version)

    @classmethod
    def of(cls, body: str, group: Group, before: str = "") -> PageText:
        """A text for a page of that group. Whom `before` mentioned, it mentions not for the first time."""
        written = text.written(body, group)
        page = cls(body=body, html=written.html, renderer=text.VERSION)
        page.mentioned = written.mentioned - (text.written(before, group).mentioned if before else set())
        return page

    @property
    def people(self) -> list[Member]:
        return list(Member.objects.filter(pk__in=self.mentioned))

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back: as if its text were read anew."""
        self.body = body
        self.save(update_fields=["body"])
        self.render_again()
        with suppress(Refused):  # it is in the bin, and found by nothing
            self.version.document.text_read(self.version)
        follow(self.version)

    def went_for_good(self, written: str) -> None:
        """So do the passages of it."""
        let_go(self.version, richtext.plain(written))

    def render_again(self) -> None:
        """The same words, as today's renderer shows them. No new version, nobody told."""
        self.html, self.renderer = text.written(self.body, self.version.document.group).html, text.VERSION
        self.save(update_fields=["html", "renderer"])
