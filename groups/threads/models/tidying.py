"""Tidying: posts go to another thread, a thread goes into another or to another group, and traces stay behind.

Whoever changes a post holds its row before its thread's, so a move does too: posts, threads, each in order of their
keys, and the ledger after them. Two moves that cross, and a reply in between, wait for each other and never for ever.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community import ledger, live, things
from community.drafts.models import Draft
from community.members.models import Member
from community.order import rows_first
from community.policy import Refused
from groups.links.tasks import cite_again
from groups.models import Group
from groups.search.models import moved
from groups.threads.models.moments import OF_A_POST, Moment
from groups.threads.models.post import Post
from groups.threads.models.read_mark import ReadMark, gaps, joined
from groups.threads.models.summary import Summary
from groups.threads.models.thread import Thread
from groups.watching.models import Watch

MOST = 10_000  # posts in one move
BATCH = 500
ALONE: dict[str, None] = {"accepted_at": None, "accepted_by": None, "section": None}  # what holds only in its thread


class Move(models.Model):
    """Posts of `source` stand in `target` since then. A merge moved them all, and the source's address leads on."""

    source = models.ForeignKey(Thread, models.CASCADE, related_name="moves_away")
    target = models.ForeignKey(Thread, models.CASCADE, related_name="moves_here")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @classmethod
    @transaction.atomic
    @rows_first()
    def posts(cls, source: Thread, numbers: Iterable[int], target: Thread, by: Member) -> Move:
        """Some posts of a thread go to the end of another one, in their order."""
        numbers = sorted(set(numbers))
        ledger.record(by, "move-posts", source.subject, target=target.subject, posts=len(numbers))
        held = _hold_posts(source, numbers)
        _hold(source, target)
        _may_leave(source, held, numbers)
        _may_come(source, target)
        return cls._carry(source, held, target, by)

    @classmethod
    @transaction.atomic
    @rows_first()
    def split(cls, source: Thread, numbers: Iterable[int], title: str, by: Member) -> Move:
        """Some posts of a thread become a thread of their own, begun by the author of the first of them."""
        numbers = sorted(set(numbers))
        ledger.record(by, "split-thread", source.subject, title=title, posts=len(numbers))
        held = _hold_posts(source, numbers)
        _hold(source)
        _may_leave(source, held, numbers)
        first = held[0]
        target = Thread(group=source.group, title=title, author=first.author, posted_as=first.posted_as)
        target.slug = slugify(title)[:60].strip("-") or "discussion"
        target.created_at, target.last_post_at, target.last_author = first.posted_at, first.posted_at, first.author
        target.save(force_insert=True)
        target.tags.set(source.tags.all())
        move = cls._carry(source, held, target, by)
        Watch.copy(source, target)
        return move

    @classmethod
    @transaction.atomic
    @rows_first()
    def merge(cls, source: Thread, target: Thread, by: Member) -> Move:
        """All posts of a thread go to the end of another one, and its address leads there. It cannot be undone."""
        ledger.record(by, "merge-thread", source.subject, target=target.subject)
        _hold_posts(source)
        _hold(source, target)
        _may_come(source, target)
        if source.posts.count() > MOST:
            raise Refused(_("This discussion has more than %(most)s posts. Move some of them first.") % {"most": MOST})
        move = cls._carry(source, _hold_posts(source), target, by)
        Thread.objects.filter(pk=source.pk).update(merged_into=target)
        Thread.objects.filter(merged_into=source).update(merged_into=target)
        Summary.take_over(source, target, by)
        Watch.carry(source, target, target.group)
        Draft.move(f"reply:threads.thread-{source.pk}", f"reply:threads.thread-{target.pk}")
        live.publish(source.group, "remove", source.subject, source)
        return move

    @classmethod
    def _carry(cls, source: Thread, held: Sequence[Post], target: Thread, by: Member) -> Move:
        move, before = cls.objects.create(source=source, target=target, by=by), target.last_number
        places = {post.number: before + n for n, post in enumerate(held, 1)}
        Trace.objects.bulk_create(
            [Trace(move=move, thread=source, number=post.number, to=places[post.number], post=post) for post in held],
            batch_size=BATCH,
        )
        to = Trace.objects.filter(move=move, post=OuterRef("pk")).values("to")
        gone = Post.objects.filter(thread=source, pk__in=move.traces.values("post"))
        gone.update(thread=target, number=Subquery(to), look=F("look") + 1, **ALONE)
        Moment.objects.filter(post__in=move.traces.values("post"), act__in=OF_A_POST).update(thread=target)
        answering = Post.objects.filter(reply_to__in=move.traces.values("post"))
        answering.update(look=F("look") + 1)  # they say what they are in reply to, if it is in their thread
        target.last_number = before + len(held)
        _carry_reading(source, target, list(places), before)
        moved(target.posts.all(), target.group, target.title, target.posts.get(number=1))
        for thread in sorted((source, target), key=lambda each: each.pk):
            _count(thread)
            live.publish(thread, "refresh", "thread")
            thread.show_row()
        cite_again.enqueue(things.name_of(source)[0], source.pk)
        return move


class Trace(models.Model):
    """Where a post stood, so that its old address leads to where it is, and the old place says so."""

    move = models.ForeignKey(Move, models.CASCADE, related_name="traces")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="traces")
    number = models.PositiveIntegerField()
    to = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="traces")

    class Meta:
        ordering = ["thread", "number"]
        constraints = [models.UniqueConstraint("thread", "number", name="one_trace_a_number")]


class FormerGroup(models.Model):
    """A thread was in that group: its address there leads to where it is now, for whoever may see it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="former_groups")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    @classmethod
    @transaction.atomic
    @rows_first()
    def leave(cls, thread: Thread, group: Group, by: Member, reason: str = "") -> None:
        """The thread goes to another group with all that belongs to it. Whoever may not see that one loses it at once.

        Its texts are drawn anew, so that they name nobody and no group that the new readers may not know.
        """
        before = cls._held(thread, group, by, reason)
        if thread.merged_into_id or thread.is_gone or before.pk == group.pk or group.is_read_only:
            raise Refused(_("This discussion cannot go there now. Look at both again and try once more."))
        cls._go(thread, group, by)

    @classmethod
    @transaction.atomic
    @rows_first()
    def go_home(cls, thread: Thread, group: Group, by: Member) -> None:
        """A decision is undone by which it left that group: nothing stands in the way, be it hidden or closed."""
        if cls._held(thread, group, by).pk != group.pk:
            cls._go(thread, group, by)

    @classmethod
    def _held(cls, thread: Thread, group: Group, by: Member, reason: str = "") -> Group:
        """Held, and in the ledger. Gives the group that it is in."""
        details = {"from_group": thread.group_id, "to_group": group.pk}
        ledger.record(by, "move-thread", thread.subject, reason, **details)
        _hold_posts(thread)
        _hold(thread)
        return thread.group

    @classmethod
    def _go(cls, thread: Thread, group: Group, by: Member) -> None:
        before = thread.group
        cls.objects.create(thread=thread, group=before, by=by)
        thread.group, thread.is_pinned = group, False
        thread.save(update_fields=["group", "is_pinned"])
        thread.tags.remove(*thread.tags.filter(group=before))
        thread.posts.update(look=F("look") + 1)
        for post in thread.posts.filter(Q(body__contains="@") | Q(quoted__gt=0)):
            post.render_again()
            post.tell_sources()
        for summary in thread.summaries.all():
            summary.render_again()
        for section in thread.sections.all():
            section.render_again()
        moved(thread.posts.all(), group, thread.title, thread.posts.get(number=1))
        live.publish(thread, "refresh", "thread")
        _tell_both(thread, before)
        live.recheck_everyone()


def _hold_posts(thread: Thread, numbers: Sequence[int] | None = None) -> list[Post]:
    """The thread's posts of these numbers, or all of them, held to the end of the transaction."""
    rows = Post.objects.filter(thread=thread)
    if numbers is not None:
        rows = rows.filter(number__in=numbers[:MOST])
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return list(rows.select_related("author", "posted_as").order_by("number")[:MOST])


def _hold(*threads: Thread) -> None:
    """Hold the rows of the threads, in the order of their keys, and know them as they are."""
    for thread in sorted(threads, key=lambda each: each.pk):
        thread.lock()


def _may_leave(source: Thread, held: Sequence[Post], numbers: Sequence[int]) -> None:
    if not numbers:
        raise Refused(_("Choose at least one post."))
    if len(held) < len(numbers):
        raise Refused(_("Some of these posts are not here any more. Somebody moved them just now; look again."))
    if len(held) == source.posts.count():
        raise Refused(_("These are all the posts. Merge the discussion into another one instead."))
    if held[0].number == 1:
        raise Refused(_("The first post stays, for the others answer it. Merge the discussion instead."))
    if source.is_gone or source.merged_into_id:
        raise Refused(_("This discussion is hidden or has gone into another one. Nothing can be moved out of it."))


def _may_come(source: Thread, target: Thread) -> None:
    if target.pk == source.pk:
        raise Refused(_("A discussion cannot go into itself. Choose another one."))
    if target.group_id != source.group_id:
        raise Refused(_("That discussion is in another group. Move this one to that group first, then merge them."))
    if target.is_gone or target.merged_into_id or source.is_gone or source.merged_into_id:
        raise Refused(_("One of the two is hidden or has gone into another one. Nothing can be moved there."))
    if target.is_closed:
        raise Refused(_("That discussion is closed. Open it again first, or choose another one."))
    if target.is_archived or target.is_waiting or source.is_waiting:
        raise Refused(_("One of the two is in the archive or not open yet. Nothing can be moved there."))
    if target.group.is_read_only:
        raise Refused(_("This group is closed. Nothing can be changed."))


def _carry_reading(source: Thread, target: Thread, numbers: list[int], before: int) -> None:
    """Whoever had read a moved post has read it where it is now. `numbers` went to `before + 1` and on.

    Where they stood nothing is left to read.
    """
    read, gone = {}, joined([[number, number] for number in numbers])
    left = list(source.read_marks.select_for_update().order_by("pk"))
    for mark in left:
        found = [[bisect_left(numbers, a), bisect_right(numbers, b)] for a, b in [[1, mark.number], *mark.beyond]]
        read[mark.member_id] = [[before + a + 1, before + b] for a, b in found if a < b]
        mark.add_all([[*each] for each in gone])
    read = {member: ranges for member, ranges in read.items() if ranges}
    ReadMark.objects.bulk_update(left, ["number", "beyond", "count"], batch_size=BATCH)
    ReadMark.objects.bulk_create([ReadMark(member_id=pk, thread=target) for pk in read], ignore_conflicts=True)
    marks = list(ReadMark.objects.select_for_update().filter(thread=target, member__in=read).order_by("pk"))
    already_gone = gaps(target)
    for mark in marks:
        mark.add_all([*read[mark.member_id], *already_gone])
    ReadMark.objects.bulk_update(marks, ["number", "beyond", "count"], batch_size=BATCH)


def _count(thread: Thread) -> None:
    """How many of its posts can be read, and which was the last."""
    thread.post_count = thread.posts.in_sight().count()
    thread.count_answer()
    last = thread.posts.select_related("author").order_by("-posted_at", "-number").first()
    if last is not None:
        thread.last_post_at, thread.last_author = last.posted_at, last.author
    thread.save(update_fields=["post_count", "is_answered", "last_number", "last_post_at", "last_author"])


def _tell_both(thread: Thread, before: Group) -> None:
    """The lists of both groups, in the order of their keys."""
    for group in sorted((before, thread.group), key=lambda each: each.pk):
        if group.pk == before.pk:
            live.publish(group, "remove", thread.subject, thread)
        else:
            live.publish(group, "refresh")
