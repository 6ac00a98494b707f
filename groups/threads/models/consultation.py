"""A consultation: numbered sections that people comment on, until a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Affiliation, Member
from community.policy import Refused
from groups import text
from groups.links import quoted
from groups.links.models import MayQuote
from groups.threads import tasks
from groups.threads.models.life import Life

if TYPE_CHECKING:
    from groups.threads.models.post import Post
    from groups.threads.models.post_file import PostFile
    from groups.threads.models.thread import Thread

MOST_SECTIONS = 50
COMMENTED = _("People have commented on this section, so it stays as it is. Say in a reply what has changed.")


class Consultation(Life):
    """Comments are taken until `closes_at`. `is_over` is written when lists are told that it has passed."""

    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)
    is_over = models.BooleanField(default=False, editable=False)
    first_sections: Sequence[str] = ()  # titles of the sections it begins with

    title: Any
    sections: Any  # rows that point here: the type checker knows them of whole models only

    class Meta:
        abstract = True

    @property
    def has_ended(self) -> bool:
        """Whether its time for comments has passed."""
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def closes_today(self) -> bool:
        closes = self.closes_at and timezone.localdate(self.closes_at)
        return closes == timezone.localdate() and not self.has_ended

    @property
    def why_shut(self) -> str | Promise:
        if self.has_ended:
            return super().why_shut or _("The time for comments is over. You can read them all, but not add any.")
        return super().why_shut

    @transaction.atomic
    def close_at(self, by: Member, moment: dt.datetime | None) -> None:
        """Comments are taken until then."""
        self._set(closes_at=moment, is_over=False)
        self.end_later()

    def begin(self) -> None:
        super().begin()
        self.end_later()
        for number, title in enumerate(self.first_sections, 1):
            self.sections.create(number=number, title=title)

    def read_with(self, post: Post) -> str:
        """All that is read with a post: of the first one also the titles; of each, what its pictures show."""
        sections = self.sections.all() if self.closes_at and post.number == 1 else []
        titles = [self.title, *(each.title for each in sections)] if post.number == 1 else []
        return "\n".join([*titles, post.body, *post.files.values_list("alt", flat=True)])

    def end_later(self) -> None:
        """A task looks when it is time."""
        if self.closes_at:
            tasks.keep_time.using(run_after=self.closes_at).enqueue()

    @transaction.atomic
    def end(self) -> None:
        """The time has passed: open pages and lists show it. Nothing else changes, for the clock has closed it."""
        self.lock()
        if self.has_ended and not self.is_over:
            self._set(is_over=True)

    @transaction.atomic
    def add_section(self, title: str, body: str = "") -> Section:
        """One more, at the end."""
        quoted.hold(body)
        self.lock()
        number = self.sections.count() + 1
        if number > MOST_SECTIONS:
            raise Refused(_("A consultation can have %(most)s sections.") % {"most": MOST_SECTIONS})
        html = text.written(body, self.group).html
        section = self.sections.create(number=number, title=title, body=body, html=html, renderer=text.VERSION)
        quoted.settle(section)
        live.publish(self, "refresh", "sections")
        return section


class SectionConflict(Refused):
    """The section was changed after the editor opened it. `current` is what it is now; nothing was written."""

    def __init__(self, current: Section) -> None:
        super().__init__(_("This section was changed while you were editing it. Open it again to see how."))
        self.current = current


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, member: Member) -> SectionQuerySet:
        """Those of the discussions whose posts the member may read."""
        threads = apps.get_model("threads.Thread")._default_manager
        return self.filter(thread__in=threads.visible_to(member).in_sight())

    def to_show(self) -> SectionQuerySet:
        return self.select_related("thread__group")

    def with_comments(self) -> SectionQuerySet:
        """Each with `comments`, the number of those that can be read."""
        readable = Q(posts__hidden=None, posts__deleted_at=None)
        return self.annotate(comments=Count("posts", filter=readable))


@live.streamable
class Section(MayQuote, models.Model):
    """A part of a consultation, by its number. Its text can be changed until somebody comments on it."""

    comments = 0

    thread = models.ForeignKey("threads.Thread", models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    edition = models.PositiveIntegerField(default=1)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["thread", "number"]
        constraints = [models.UniqueConstraint("thread", "number", name="one_section_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("threads:section", args=[self.thread.group.slug, self.thread_id, self.number])

    @property
    def is_commented(self) -> bool:
        """Whether anybody has ever commented on it: what they read must stay."""
        return self.posts.exists()

    @property
    def words(self) -> str:
        return f"{self.title}\n\n{self.body}"

    @transaction.atomic
    def edit(self, title: str, body: str, edition: int) -> None:
        """Change it, as long as nobody has commented, and nobody else changed it since that `edition`."""
        thread: Thread = self.thread
        quoted.hold(body)
        thread.lock()
        self.refresh_from_db()
        if self.is_commented:
            raise Refused(COMMENTED)
        if self.edition != edition:
            raise SectionConflict(self)
        self.title, self.body, self.edition = title, body, edition + 1
        self.save(update_fields=["title", "body", "edition"])
        self.render_again()
        quoted.settle(self)
        live.publish(thread, "refresh", "sections")

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back: no edition, and also where people have commented."""
        self.body = body
        self.save(update_fields=["body"])
        self.render_again()
        live.publish(self.thread, "refresh", "sections")

    @transaction.atomic
    def render_again(self) -> None:
        """The same words, as today's renderer shows them to the group that the discussion is in."""
        self.html, self.renderer = text.written(self.body, self.thread.group).html, text.VERSION
        self.save(update_fields=["html", "renderer"])

    @transaction.atomic
    def comment(
        self, posted_as: Affiliation, body: str, key: str = "", files: Iterable[PostFile] = (), to: Post | None = None
    ) -> Post:
        """Reply to the discussion, about this section. A `key` that was sent before returns the first post."""
        thread: Thread = self.thread
        post = thread.reply(posted_as, body, key, files, to)
        if post.section_id is None:
            post.section = self
            post.save(update_fields=["section"])
            live.publish(self, "append", "comments", post)
            live.publish(thread, "refresh", "sections")
        return post
