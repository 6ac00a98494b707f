"""What a thread has come to so far, in the words of its leads: shown above the posts, each version kept."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.moderation.models import Moderatable
from community.moderation.models.watch import tell_of
from groups import text
from groups.links import quoted
from groups.links.models import MayQuote
from groups.models import Group
from groups.threads.models.thread import Thread


class SummaryConflict(Exception):
    """Somebody wrote a newer summary meanwhile. `current` is that one; nothing was written."""

    def __init__(self, current: Summary) -> None:
        super().__init__()
        self.current = current


class SummaryQuerySet(models.QuerySet["Summary"]):
    def visible_to(self, member: Member) -> SummaryQuerySet:
        """Those of the threads that the member may read."""
        return self.filter(thread__in=Thread.objects.visible_to(member).in_sight())

    def in_sight(self) -> SummaryQuerySet:
        return self.filter(hidden=None)

    def to_show(self) -> SummaryQuerySet:
        return self.select_related("author", "hidden", "thread__group", "thread__hidden")

    def latest_of(self, thread: Thread) -> Summary | None:
        """The one that is shown above the posts: the newest, hidden or not."""
        return self.to_show().filter(thread=thread).order_by("-number").first()


class Summary(MayQuote, Moderatable):
    """One version of it. The one with the highest number stands above the posts; an empty text takes it down."""

    partial = "threads/_summary.html"
    told_as = ("summary", "pk")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="summaries")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary")
        ordering = ["thread", "number"]
        constraints = [models.UniqueConstraint("thread", "number", name="one_summary_a_number")]

    def __str__(self) -> str:
        return str(_("Summary of %(thread)s") % {"thread": self.thread})

    def get_absolute_url(self) -> str:
        return f"{self.thread.get_absolute_url()}#thread-summary"

    @classmethod
    @transaction.atomic
    def write(cls, thread: Thread, by: Member, body: str, number: int) -> None:
        """A lead sums up what there is so far, having read the summary with that `number` (0 if there was none)."""
        thread.lock()
        now = cls.objects.latest_of(thread)
        if now and now.body == body and not now.is_hidden:
            return
        if now and now.number != number:
            raise SummaryConflict(now)
        thread.summary_number = thread.summary_number + 1
        made = cls.objects.create(
            thread=thread,
            number=thread.summary_number,
            author=by,
            body=body,
            html=text.written(body, thread.group).html,
            renderer=text.VERSION,
        )
        thread.save(update_fields=["summary_number"])
        quoted.settle(made, made_of=now)
        ledger.record(by, "summarise", thread.subject, number=thread.summary_number)
        tell_of(made, body)
        live.publish(thread, "refresh", "thread-summary")

    @classmethod
    def take_over(cls, source: Thread, target: Thread, by: Member) -> None:
        """One discussion went into another, whose summary says now what both said."""
        gone, now = source.summary, target.summary
        if gone is None or gone.is_hidden or not gone.body:
            return
        body, author = gone.body, gone.author
        if now and now.body and not now.is_hidden:
            body, author = f"{now.body}\n\n**{source.title}**\n\n{gone.body}", by
        cls.write(target, author, body, target.summary_number)

    @property
    def evidence(self) -> str:
        return self.body

    @property
    def stands_in(self) -> Group:
        return self.thread.group

    def surroundings(self) -> list[Summary]:
        """The versions just before and after it, which may say the same."""
        near = [self.number - 1, self.number, self.number + 1]
        return list(type(self).objects.to_show().filter(thread=self.thread_id, number__in=near).order_by("number"))

    def shown_anew(self) -> None:
        """It was hidden or restored: open pages follow."""
        live.publish(self.thread, "refresh", "thread-summary")

    def read_as(self, body: str) -> None:
        """What it quotes went out of sight, or came back."""
        self.body = body
        self.save(update_fields=["body"])
        self.render_again()
        self.shown_anew()

    @transaction.atomic
    def render_again(self) -> None:
        """The same words, as today's renderer shows them."""
        self.html, self.renderer = text.written(self.body, self.thread.group).html, text.VERSION
        self.save(update_fields=["html", "renderer"])
