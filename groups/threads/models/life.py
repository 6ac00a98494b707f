"""The life of a discussion of any kind: it may open later, is pinned for a while, closed, put into the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.order import rows_first
from community.policy import Refused
from groups.links import quoted
from groups.models import Group
from groups.pace import Slow
from groups.search.models import drop, moved
from groups.threads import tasks
from groups.threads.models.elsewhere import Elsewhere
from groups.threads.models.lists import begun_by
from groups.threads.models.moments import Moment
from groups.threads.models.tellable import told_at


class Life(Elsewhere):
    """Whose discussion it is, and where in its life.

    While it `is_waiting`, only its author and the group's leads and staff know of it (see `visible_to`); `opens_at` is
    when it opens by itself, if that was said. Nothing else depends on the clock: tasks change the row when it is time.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="threads")
    author = models.ForeignKey(Member, models.PROTECT, related_name="threads", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_post_at = models.DateTimeField(default=timezone.now, editable=False)
    is_waiting = models.BooleanField(default=False, editable=False)
    opens_at = models.DateTimeField(_("opens"), null=True, editable=False)
    is_pinned = models.BooleanField(default=False, editable=False)
    pinned_until = models.DateField(_("pinned until"), null=True, editable=False, help_text="The last day")
    is_closed = models.BooleanField(default=False, editable=False)
    slow = models.PositiveIntegerField(_("how fast people write"), choices=Slow, default=Slow.NO, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    last_author: Any
    posts: Any
    moments: Any  # rows that point here: the type checker knows them of whole models only

    class Meta:
        abstract = True

    @classmethod
    def written_by(cls, member: Member) -> models.Q:
        return begun_by(member)

    @property
    def begun(self) -> dt.date:
        return told_at(self.created_at, self.author)

    @property
    def latest(self) -> dt.date:
        """When its last post was written."""
        return told_at(self.last_post_at, self.last_author)

    @property
    def is_gone(self) -> bool:
        return self.is_hidden or self.withdrawn_at is not None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def why_shut(self) -> str | Promise:
        """Why nobody can add a post now; empty if people can."""
        if self.is_hidden:
            return _("This discussion is hidden by staff for now. Nobody can reply.")
        if self.withdrawn_at:
            return _("Whoever began this discussion has just taken it back.")
        if self.is_waiting:
            return _("This discussion is not open yet. Replies are taken from then on.")
        if self.is_archived:
            return _("This discussion is in the archive. You can read it, but not reply.")
        if self.is_closed:
            return _("This discussion is closed. You can read it, but not reply.")
        return ""

    @transaction.atomic
    @rows_first()
    def close(self, by: Member) -> None:
        """Nothing more is added."""
        self._set(is_closed=True)
        self._note(Moment.Act.CLOSED, by)

    @transaction.atomic
    @rows_first()
    def reopen(self, by: Member) -> None:
        """Replies are taken again."""
        self._set(is_closed=False)
        self._note(Moment.Act.REOPENED, by)

    @transaction.atomic
    @rows_first()
    def slow_down(self, by: Member, slow: int) -> None:
        """From now on each writes once in so many seconds; 0: as they like."""
        self._set(slow=slow)
        self._note(Moment.Act.SLOWED if slow else Moment.Act.FREED, by)

    @transaction.atomic
    @rows_first()
    def pin(self, by: Member, until: dt.date | None = None) -> None:
        """First in the group's list, to the end of that day or until somebody takes it down."""
        self._set(is_pinned=True, pinned_until=until)
        ledger.record(by, "pin", self.subject, until=until.isoformat() if until else "")
        if until:
            after = timezone.make_aware(dt.datetime.combine(until + dt.timedelta(days=1), dt.time()))
            tasks.keep_time.using(run_after=after).enqueue()

    @transaction.atomic
    @rows_first()
    def unpin(self, by: Member | None = None) -> None:
        """Back to its place in the group's list."""
        self._set(is_pinned=False, pinned_until=None)
        if by is not None:
            ledger.record(by, "unpin", self.subject)

    @transaction.atomic
    @rows_first()
    def archive(self, by: Member) -> None:
        """Out of the lists; it can still be read and found."""
        self._set(archived_at=timezone.now(), is_pinned=False, pinned_until=None)
        self._note(Moment.Act.ARCHIVED, by)

    @transaction.atomic
    @rows_first()
    def bring_back(self, by: Member) -> None:
        """Back from the archive."""
        self._set(archived_at=None)
        self._note(Moment.Act.BROUGHT_BACK, by)

    @transaction.atomic
    @rows_first()
    def postpone(self, by: Member, to: dt.datetime | None) -> None:
        """It opens then; without a date, when somebody opens it."""
        self.lock()
        if not self.is_waiting:
            raise Refused(_("This discussion is open already. People have seen it."))
        self.opens_at = to
        self.save(update_fields=["opens_at"])
        self.open_later()
        if by != self.writer:  # who may have no name here
            ledger.record(by, "postpone", self.subject, to=to.isoformat() if to else "")
        live.publish(self, "refresh", "thread")

    @transaction.atomic
    def withdraw(self) -> None:
        """Whoever began it takes it back just after, as long as nobody has replied: it is as if it had never been."""
        self.lock()
        if self.posts.exclude(number=1).exists():
            raise Refused(_("Somebody has replied meanwhile. You can still change your post, or remove its text."))
        self.posts.update(client_key=None)  # the same form can be sent again
        self._go(timezone.now())

    def _go(self, at: dt.datetime) -> None:
        self.withdrawn_at = at
        self.save(update_fields=["withdrawn_at"])
        for post in self.posts.all():
            drop(post)
            post.tell_sources()
        live.publish(self.group, "remove", self.subject, self)
        live.publish(self, "refresh", "thread")
        live.out_of_sight_or_back()

    @transaction.atomic
    def wipe(self, by: Member | None = None) -> None:
        """Its title goes for good: others go on in it by another.

        Where nobody's words are left, it is as if it had never been. Call it when the posts that have to go are gone.
        """
        title = gettext("Discussion of %(day)s") % {"day": date_format(self.begun)}
        self._set(title=title, slug="discussion")
        moved(self.posts.all(), self.group, title, self.posts.filter(number=1).first())
        if not self.posts.filter(deleted_at=None).exists():
            self._go(self.withdrawn_at or timezone.now())

    def begin(self) -> None:
        """It was just started: what happens by itself later is put down now."""
        self.open_later()

    def open_later(self) -> None:
        """A task looks when it is time."""
        if self.opens_at:
            tasks.keep_time.using(run_after=self.opens_at).enqueue()

    @transaction.atomic
    @rows_first()
    def open(self, by: Member | None = None) -> None:
        """Everybody in the group sees it from now on, as if it were written now. By itself only when it is time.

        However often it is called, people are told once: whoever holds the row first opens it.
        """
        self.lock()
        now = timezone.now()
        is_due = by is not None or (self.opens_at is not None and self.opens_at <= now)
        if not (self.is_waiting and is_due):
            return
        self.is_waiting, self.opens_at, self.created_at, self.last_post_at = False, None, now, now
        self.save(update_fields=["is_waiting", "opens_at", "created_at", "last_post_at"])
        self._note(Moment.Act.OPENED, by)
        self.went_out()
        live.publish(self, "refresh", "thread")

    @property
    def stands_in(self) -> Group:
        return self.group

    @property
    def locks(self) -> Life:
        return self

    def quotes_follow(self) -> None:
        """What quotes its posts goes out of sight with it, and comes back with it."""
        quoted.follow(quoted.POST, self.posts.values_list("pk", flat=True))

    def last_by(self, member: Member) -> dt.datetime | None:
        """When the member last wrote in it, with their name or without."""
        mine = self.posts.filter(models.Q(author=member) | models.Q(mask__member=member))
        at: dt.datetime | None = mine.order_by("-number").values_list("posted_at", flat=True).first()
        return at

    @property
    def writer(self) -> Member:
        """Who began it, also where that is shown to nobody."""
        raise NotImplementedError

    def lock(self) -> None:
        raise NotImplementedError

    def show_row(self) -> None:
        raise NotImplementedError

    def went_out(self) -> None:
        """What was written while it waited goes out: into search, lists and trays."""
        raise NotImplementedError

    def shown_as(self, member: Member) -> Member:
        """By whose name it is said that they did something here: who began it without a name keeps having none."""
        return self.author if self.author.is_nameless and member == self.writer else member

    def _note(self, act: Moment.Act, by: Member | None, post: Any = None) -> None:
        """For the timeline and, where it is not the writer's own doing, for the ledger."""
        self.moments.create(act=act, by=by and self.shown_as(by), post=post)
        if by is not None and by != self.writer:
            ledger.record(by, act, self.subject, post=post.number if post else None)
        live.publish(self, "refresh", "timeline")

    def _set(self, **facts: Any) -> None:
        self.lock()
        for name, fact in facts.items():
            setattr(self, name, fact)
        self.save(update_fields=list(facts))
        live.publish(self, "refresh", "thread-head")
        self.show_row()
