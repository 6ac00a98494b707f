"""A post: a numbered contribution to a thread, with its earlier texts and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import live, richtext
from community.members.models import Affiliation, Member
from community.moderation.models import Moderatable, tell_of
from community.notifications.models import notify
from community.responses.models import Respondable
from groups import text
from groups.links import quoted
from groups.models import LEADING, Membership
from groups.search.models import drop, index
from groups.threads.audience import audience
from groups.threads.models.consultation import Section
from groups.threads.models.marks import Marked
from groups.threads.models.mask import Mask
from groups.threads.models.post_file import PostFile
from groups.threads.models.quotation import Quoting
from groups.threads.models.revision import Revised, Revision
from groups.threads.models.tellable import Tellable
from groups.threads.models.thread import Thread

if TYPE_CHECKING:
    import datetime as dt

MOST_TOLD = 20  # replies that open pages are told of one by one
OPENING = 400  # letters of a text that are looked at for its first words
AROUND = 3  # posts before and after a reported one, for whoever judges it


class EditConflict(Exception):
    """The post was changed after the editor opened it. `current` is the post as it is now; nothing was written."""

    def __init__(self, current: Post) -> None:
        super().__init__(_("This post was changed while you were editing it."))
        self.current = current


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, member: Member) -> PostQuerySet:
        """Posts of the threads the member may read; what is hidden or removed among them shows a note, not a text."""
        return self.filter(thread__in=Thread.objects.visible_to(member).in_sight())

    def in_sight(self) -> PostQuerySet:
        """Those whose text can be read: neither hidden nor removed."""
        return self.filter(hidden=None, deleted_at=None)

    def sent(self, author: Member, key: str) -> Post | None:
        """What the author sent with that key, if they did. PostgreSQL stumbles over a NUL: no key of ours has one."""
        mine = Q(author=author) | Q(mask__member=author)
        return self.to_show().filter(mine, client_key=key).first() if key and key.isprintable() else None

    def to_show(self) -> PostQuerySet:
        leading = Membership.objects.in_force().filter(
            group=OuterRef("thread__group"), member=OuterRef("author"), role__in=LEADING
        )
        related = ("author", "posted_as__organisation", "hidden", "section", "accepted_by")
        around = ("thread__group", "thread__hidden", "reply_to__author", "reply_to__hidden")
        return (
            self.select_related(*related, *around)
            .defer("reply_to__body", "reply_to__html")
            .prefetch_related(Prefetch("files", PostFile.objects.select_related("stored")))
            .annotate(by_lead=Exists(leading), answered_opening=Substr("reply_to__body", 1, OPENING))
        )


class Post(Revised, Tellable, Moderatable, Respondable, Marked, Quoting):
    """`body` is what was written, `html` what was made of it by `renderer`; `edition` counts the changes of the text.

    `look` counts every change of what readers see of it: who keeps a drawn post knows by it whether it still holds.
    Numbers have no gaps within a thread. A post that is removed or hidden keeps its row and its number.
    """

    partial = "threads/_post.html"
    parts = {"reactions": "responses/_reactions.html"}
    by_lead = False
    answered_opening = ""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="posts")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, null=True, related_name="+")
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    body = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)
    look = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="posts")
    client_key = models.CharField(max_length=40, null=True)  # noqa: DJ001 - no key is not a key: NULLs are never equal

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["thread", "number"]
        constraints = [
            models.UniqueConstraint("thread", "number", name="one_post_a_number"),
            models.UniqueConstraint("author", "client_key", name="a_repeat_is_no_second_post"),
            models.UniqueConstraint("thread", condition=Q(accepted_at__isnull=False), name="one_answer_a_thread"),
        ]

    def __str__(self) -> str:
        return str(_("%(thread)s · post %(number)s") % {"thread": self.thread, "number": self.number})

    def get_absolute_url(self) -> str:
        """Where it can be found for good, whichever thread it is moved to."""
        return reverse("posts:post", args=[self.pk])

    @property
    def deeds_url(self) -> str:
        """Its address within its thread, below which stands what can be done with it: `edit/`, `remove/`."""
        return reverse("threads:post", args=[self.thread.group.slug, self.thread_id, self.number])

    @property
    def page_url(self) -> str:
        """The page of its thread on which it stands, and its place there."""
        return f"{self.thread.get_absolute_url()}?at={self.number}#{self.subject}"

    @property
    def writer(self) -> Member:
        mask = Mask.objects.filter(post=self.pk).select_related("member").first() if self.author.is_nameless else None
        return mask.member if mask else self.author

    def put_mask(self, member: Member) -> None:
        """The member wrote it, and is not named."""
        Mask.objects.create(post=self, member=member)

    @property
    def is_in_sight(self) -> bool:
        """Whether its text can be read."""
        return not self.is_hidden and self.deleted_at is None and not self.thread.is_gone

    @property
    def excerpt(self) -> str:
        """Its first words."""
        return richtext.excerpt(self.body)

    @property
    def is_gone(self) -> bool:
        return not self.is_in_sight

    @property
    def answered(self) -> Post | None:
        """The post it is in reply to, if that is in this thread and can be read."""
        to = self.reply_to
        if to is None or to.thread_id != self.thread_id or to.is_hidden or to.deleted_at:
            return None
        to.thread = self.thread  # known, so not looked up again
        return to

    @property
    def answered_words(self) -> str:
        """How the post begins that it is in reply to, past what that quotes itself."""
        own = "\n".join(line for line in (self.answered_opening or "").split("\n") if not line.startswith(">"))
        return richtext.excerpt(own, 90) if self.answered else ""

    @transaction.atomic
    def edit(self, by: Member, body: str, edition: int) -> None:
        """Change the text that the editor read in that `edition`. Raises `EditConflict` if it has changed since."""
        quoted.hold(body)
        now = self._lock()
        now.stay_if_hidden()
        if now.body == body:
            return
        if now.edition != edition:
            raise EditConflict(now)
        before = Revision.objects.create(post=now, body=now.body, by=now.author if now.author.is_nameless else by)
        quoted.settle(before, made_of=now)
        known = text.written(now.body, now.thread.group).mentioned
        written = text.written(body, now.thread.group)
        now.body, now.html, now.renderer = body, written.html, text.VERSION
        now.edited_at, now.edition = timezone.now(), edition + 1
        now.save(update_fields=["body", "html", "renderer", "edited_at", "edition"])
        quoted.settle(now)
        now.make_findable()
        now.note_documents(now.files.all())
        tell_of(now, body)
        now.show_again()
        now.show_replies_again()
        if written.mentioned - known:
            now.tell(written.mentioned - known, of_reply=False)

    @transaction.atomic
    def render_again(self) -> None:
        """The same words, as today's renderer shows them. No edition, no edit mark, nobody told."""
        now = self._lock()
        now.html, now.renderer = text.written(now.body, now.thread.group).html, text.VERSION
        now.save(update_fields=["html", "renderer"])
        now.write_carried()
        Post.objects.filter(pk=self.pk).update(look=F("look") + 1)

    @transaction.atomic
    def remove(self, by: Member) -> bool:
        """Its author takes it back: the number stays, the text is out of sight until they put it back.

        True if it was there.
        """
        now = self._lock()
        now.stay_if_hidden()
        is_there = now.deleted_at is None
        if is_there:
            self._set_deleted(timezone.now(), by)
        return is_there

    @transaction.atomic
    def put_back(self, by: Member) -> None:
        """Its author undoes the removal."""
        now = self._lock()
        now.stay_if_hidden()
        if now.deleted_at is not None:
            self._set_deleted(None, None)

    @property
    def evidence(self) -> str:
        names = "".join(f"\n[{file.stored.name}]" for file in self.files.all())
        return f"{self.words}{names}"

    def surroundings(self) -> list[Post]:
        near = range(max(1, self.number - AROUND), self.number + AROUND + 1)
        return list(Post.objects.to_show().filter(thread=self.thread_id, number__in=near).order_by("number"))

    def shown_anew(self) -> None:
        """It was hidden, restored, removed or put back: pages, lists, search and counts follow."""
        self.thread = self._thread_now()
        if self.is_in_sight:
            self.make_findable()
        else:
            drop(self)
        thread = self.thread
        thread.lock()
        thread.post_count = thread.posts.in_sight().count()
        thread.count_answer()
        thread.save(update_fields=["post_count", "is_answered"])
        self.show_again()
        self.show_replies_again()
        self.tell_sources()
        thread.show_row()

    def show_again(self) -> None:
        """Something that readers see of it changed: open pages and kept drawings follow. Called by every such deed."""
        Post.objects.filter(pk=self.pk).update(look=F("look") + 1)
        live.publish(self._thread_now(), "replace", self.subject, self)

    def show_replies_again(self) -> None:
        """Its replies show how it begins: they follow when that changes or goes out of sight, and when it moves."""
        replies = Post.objects.filter(reply_to=self.pk)
        replies.update(look=F("look") + 1)
        told = list(replies.select_related("thread").order_by("-pk")[: MOST_TOLD + 1])
        if len(told) > MOST_TOLD:
            live.publish(self.thread, "refresh", "thread")
        for reply in told[:MOST_TOLD]:
            live.publish(reply.thread, "replace", reply.subject, reply)

    def show_reactions(self) -> None:
        live.publish(self._thread_now(), "replace", f"reactions-{self.subject}", self)

    def make_findable(self) -> None:
        """Search finds the post by its own words, with its thread's title; by the title alone, the thread's first."""
        if self.is_in_sight and not self.thread.is_waiting:
            index(self, self.thread.group, self.thread.title, self.plain_words, is_part=self.number > 1)

    def tell(self, mentioned: set[int], *, of_reply: bool = True) -> None:
        """Tell who is to be told of it, each once; of a changed text, only whom it mentions now."""
        for (kind, unless), members in audience(self, mentioned).items():
            if of_reply or kind in {"mentioned", "asked-leads"}:
                notify(members, kind, self, unless=unless)

    def _thread_now(self) -> Thread:
        """The thread it is in: it may have been moved since this row was read. Call when its row is held."""
        pk = Post.objects.values_list("thread", flat=True).get(pk=self.pk)
        return self.thread if pk == self.thread_id else Thread.objects.to_show().get(pk=pk)

    def _lock(self) -> Post:
        """The row, held to the end of the transaction, then read with all that belongs to it (see `Thread.lock`)."""
        Post.objects.select_for_update(no_key=True).get(pk=self.pk)
        return Post.objects.to_show().get(pk=self.pk)

    def _set_deleted(self, at: dt.datetime | None, by: Member | None) -> None:
        self.deleted_at, self.deleted_by = at, by
        self.save(update_fields=["deleted_at", "deleted_by"])
        self.shown_anew()
        live.out_of_sight_or_back()
