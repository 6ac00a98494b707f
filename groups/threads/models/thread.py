"""A thread: it takes posts, one after the other, and gives each its number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import live
from community.members.models import Affiliation, Member
from community.moderation.models.watch import tell_of
from community.notifications.models import Notification
from community.policy import Refused
from groups import text
from groups.links import quoted
from groups.models import LEADING, Group, Membership
from groups.search.models import drop
from groups.tags.models import Tag
from groups.threads.models.announcement import Announcement
from groups.threads.models.consultation import Consultation
from groups.threads.models.lists import RECENT, ThreadLists, begun_by
from groups.threads.models.question import Question
from groups.threads.models.read_mark import ReadMark, gaps
from groups.threads.models.resource import Resource

if TYPE_CHECKING:
    from groups.threads.models.post import Post
    from groups.threads.models.post_file import PostFile
    from groups.threads.models.summary import Summary


class ThreadQuerySet(ThreadLists):
    def visible_to(self, member: Member) -> ThreadQuerySet:
        """Threads of the groups whose inside the member may read. A hidden one is there, and says only that.

        One that went into another, or was taken back, is there no more. One that is not open yet is there for its
        author and for the group's leads and staff alone.
        """
        inside = self.filter(merged_into=None, withdrawn_at=None, group__in=Group.objects.visible_to(member))
        if member.is_authenticated and member.is_staff:
            return inside
        led = Q(group__in=Membership.objects.places_of(member, LEADING))
        return inside.filter(Q(is_waiting=False) | begun_by(member) | led)

    def in_sight(self) -> ThreadQuerySet:
        """Without those that are hidden: for lists."""
        return self.filter(hidden=None)

    def now_at(self, slug: str, pk: int) -> int | None:
        """Which thread the old address of one leads to: it went into another, or to another group. None if neither."""
        was_there = Q(group__slug=slug) | Q(former_groups__group__slug=slug)
        found = self.filter(was_there, pk=pk).values_list("merged_into", "pk").first()
        return (found[0] or found[1]) if found else None

    def gone_into(self, pks: Iterable[int]) -> dict[int, int]:
        """Of those that went into another thread, which."""
        return {pk: now for pk, now in self.filter(pk__in=pks).values_list("pk", "merged_into") if now}

    def to_show(self) -> ThreadQuerySet:
        related = ("group", "author", "posted_as__organisation", "last_author", "hidden")
        return self.select_related(*related).prefetch_related("tags")


@live.streamable
class Thread(Question, Announcement, Consultation, Resource):
    """A title and the posts under it. `last_number` is the number of the last post; the row's lock gives the next."""

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion")
        QUESTION = "question", _("Question")
        ANNOUNCEMENT = "announcement", _("Announcement")
        CONSULTATION = "consultation", _("Consultation")
        RESOURCE = "resource", _("Resource")

    partial = "threads/_row.html"
    parts = {"acknowledged": "threads/_acknowledged.html"}
    read = 0
    readers_mark: ReadMark | None = None  # how far the reader of its page has read it, given by `find_thread_to_read`
    is_nameless = False  # whether what is added next is shown without the name of its author: see `nameless`

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DISCUSSION)
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(max_length=60, editable=False)
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, null=True, related_name="+", editable=False)
    last_author = models.ForeignKey(Member, models.PROTECT, related_name="+", editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    post_count = models.PositiveIntegerField(default=0, editable=False, help_text="Posts that can be read")
    summary_number = models.PositiveIntegerField(default=0, editable=False, help_text="0 while there is none")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    tags = models.ManyToManyField(Tag, related_name="threads", editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["group", "-is_pinned", "-last_post_at", "-id"], name="latest_threads"),
            models.Index(fields=["group", "-last_post_at", "-id"], name="threads_by_activity"),
            models.Index(fields=["group", "-created_at", "-id"], name="threads_by_age"),
            models.Index(fields=["group", "kind", "-last_post_at", "-id"], name="threads_by_kind"),
            models.Index(fields=["-last_post_at", "-id"], name="all_threads_by_activity"),
            models.Index(fields=["-created_at", "-id"], name="all_threads_by_age"),
        ]

    def __str__(self) -> str:
        return str(_("A hidden discussion")) if self.is_gone else self.title

    def get_absolute_url(self) -> str:
        return reverse("threads:thread", args=[self.group.slug, self.pk, "hidden" if self.is_gone else self.slug])

    @transaction.atomic
    def start(
        self, posted_as: Affiliation, body: str, key: str = "", files: Iterable[PostFile] = (), tags: Iterable[Tag] = ()
    ) -> Post:
        """Open the thread (a new one, with its group, kind and title) by its first post.

        `posted_as` says who writes and for which organisation. A `key` that was sent before returns the first post.
        """
        if sent := self._sent_before(posted_as.member, key, body):
            return sent
        self.author, self.posted_as = self._shown_as(posted_as)
        self.last_author = self.author
        self.slug = slugify(self.title)[:60].strip("-") or "discussion"
        self.save(force_insert=True)
        self.tags.set(tags)
        self.begin()
        return self._add(posted_as, body, key, files, None)

    @transaction.atomic
    def reply(
        self, posted_as: Affiliation, body: str, key: str = "", files: Iterable[PostFile] = (), to: Post | None = None
    ) -> Post:
        """Add a post, perhaps in reply `to` another of this thread. A `key` sent before returns the first post."""
        if sent := self._sent_before(posted_as.member, key, body):
            return sent
        group = self.group_id
        self.lock()
        if self.merged_into_id or self.group_id != group:
            raise Refused(_("This discussion was moved while you wrote. Copy your text, then open the page again."))
        if self.why_shut:
            raise Refused(self.why_shut)
        return self._add(posted_as, body, key, files, to)

    def nameless(self) -> Self:
        """What is added next names nobody anywhere: its author is a stand-in, its writer stands apart (`Mask`)."""
        self.is_nameless = True
        return self

    @transaction.atomic
    def tag(self, by: Member, tags: Iterable[Tag]) -> None:
        """Sorted by these words from now on."""
        self.lock()
        self.tags.set(tags)
        live.publish(self, "refresh", "thread-head")
        self.show_row()

    @property
    def unread(self) -> int:
        """How many posts are new to whom the list was made for (see `with_news_for` and `unread_by`)."""
        return max(0, self.last_number - self.read) if self.last_post_at > timezone.now() - RECENT else 0

    @transaction.atomic
    def mark_read(self, member: Member, number: int, start: int = 1) -> None:
        """The member has read the posts from `start` to `number`, by default all up to it."""
        mark = self._held_mark(member)
        before = mark.count
        mark.add(start, number)
        mark.at = timezone.now()
        mark.save(update_fields=["number", "beyond", "count", "at"])
        if mark.count != before:
            live.publish(f"reading-{member.pk}", "refresh", self.subject)
        read = self.posts.filter(number__gte=start, number__lte=number)
        Notification.objects.visible_to(member).about(read).mark_read()

    @transaction.atomic
    def mark_unread(self, member: Member, number: int) -> None:
        """The posts from that one on are new to the member again."""
        mark = self._held_mark(member)
        mark.take_back(number)
        mark.add_all(gaps(self))
        mark.save(update_fields=["number", "beyond", "count"])
        live.publish(f"reading-{member.pk}", "refresh", self.subject)

    @property
    def summary(self) -> Summary | None:
        """What leads say it has come to so far, if they do."""
        return self.summaries.to_show().filter(number=self.summary_number).first() if self.summary_number else None

    @property
    def writer(self) -> Member:
        first = self.posts.filter(number=1).first() if self.author.is_nameless else None
        return first.writer if first else self.author

    @property
    def evidence(self) -> str:
        first = self.posts.in_sight().filter(number=1).first()
        return f"{self.title}\n\n{first.body if first else ''}"

    def shown_anew(self) -> None:
        """Title and posts go out of everybody's sight, or come back."""
        for post in self.posts.in_sight().iterator():
            if self.is_hidden:
                drop(post)
            else:
                post.make_findable()
            post.tell_sources()
        live.publish(self, "refresh", "thread")
        self.show_row()

    def mark_of(self, member: Member) -> ReadMark:
        """How far the member has read; an empty mark, not kept, of whoever never did."""
        return self.read_marks.filter(member=member).first() or ReadMark(member=member, thread=self)

    def read_by(self, member: Member) -> int:
        """The number of the post up to which the member has read all, 0 if none."""
        return self.mark_of(member).number

    def lock(self) -> None:
        """Hold the row to the end of the transaction and know it as it is: one post after the other.

        In two steps: a query that joins and waits for a lock misses the row if what it joins by changed meanwhile.
        """
        Thread.objects.select_for_update(no_key=True).get(pk=self.pk)
        self.refresh_from_db(from_queryset=Thread.objects.to_show())

    def show_row(self) -> None:
        """The group's lists show the thread as it is now. Of one that is not open yet they know nothing."""
        if not self.is_waiting and not self.withdrawn_at:
            live.publish(self.group, "replace", self.subject, self)

    def went_out(self) -> None:
        self.posts.update(posted_at=self.last_post_at, look=F("look") + 1)
        self.read_marks.exclude(member=self.writer.pk).delete()
        for post in self.posts.model.objects.to_show().filter(thread=self.pk):
            self._send_out(post, text.written(post.body, self.group).mentioned)

    def _held_mark(self, member: Member) -> ReadMark:
        """Held to the end of the transaction: what two windows report at once both counts."""
        mark, is_new = ReadMark.objects.select_for_update().get_or_create(thread=self, member=member)
        if is_new:
            mark.add_all(gaps(self))
        return mark

    def _sent_before(self, author: Member, key: str, body: str) -> Post | None:
        """The author's post with that key. Their own row is held, so that two clicks come one after the other."""
        Member.objects.select_for_update(no_key=True).get(pk=author.pk)
        quoted.hold(body)
        return self.posts.model.objects.sent(author, key)

    def _add(self, posted_as: Affiliation, body: str, key: str, files: Iterable[PostFile], to: Post | None) -> Post:
        written = text.written(body, self.group)
        author, shown_as = self._shown_as(posted_as)
        post = self.posts.create(
            number=self.last_number + 1,
            author=author,
            posted_as=shown_as,
            body=body,
            html=written.html,
            renderer=text.VERSION,
            client_key=key or None,
            reply_to=to if to and to.thread_id == self.pk else None,
        )
        if self.is_nameless:
            post.put_mask(posted_as.member)
        files = list(files)
        for file in files:
            file.post = post
            file.save(force_insert=True)
        quoted.settle(post)
        post.note_documents(files)
        self._bump(post)
        self.mark_read(posted_as.member, post.number, post.number)
        if not self.is_waiting:
            self._send_out(post, written.mentioned)
        return post

    def _send_out(self, post: Post, mentioned: set[int]) -> None:
        tell_of(post, self.read_with(post))
        post.make_findable()
        live.publish(self, "append", "posts", post)
        self.show_row()
        post.tell(mentioned)
        if self.asks and post.number == 1:
            self.ask_later()

    def _shown_as(self, posted_as: Affiliation) -> tuple[Member, Affiliation | None]:
        return (Member.objects.nameless(), None) if self.is_nameless else (posted_as.member, posted_as)

    def _bump(self, post: Post) -> None:
        self.last_number, self.post_count = post.number, self.post_count + 1
        self.last_post_at, self.last_author = post.posted_at, post.author
        self.save(update_fields=["last_number", "post_count", "last_post_at", "last_author"])


live.follow_if("reading", lambda member, pk: member.pk == pk)
