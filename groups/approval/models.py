"""What was sent and waits: nothing of it is in any list, count, search, letter or stream, for it is no post yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live, things
from community.drafts.models import Draft
from community.drafts.typed import PLACE, Typed
from community.files.models import StoredFile
from community.members.models import Member
from community.moderation.models import SealedCase, SealedReport, WatchWord, Worry
from community.moderation.models.watch import watched
from community.notifications.models import Notification, NotificationQuerySet, notify
from community.order import rows_first
from community.policy import Refused
from groups import text
from groups.approval.found import WaitingQuerySet
from groups.approval.passed import Passed as Passed
from groups.approval.passed import PassedFile as PassedFile
from groups.approval.twice import is_taken_back
from groups.approval.why import Why, told
from groups.links.quoted import readable
from groups.models import Group
from groups.tags.models import Tag

MOST = 20  # of one member, at a time
MOST_FIELDS = 100  # each picture brings two

Publish = Callable[["Waiting"], models.Model]
Fact = tuple[str, str]  # what it is called, what was said
_publish: dict[str, Publish] = {}
_beside: dict[str, Callable[[Waiting], list[Fact]]] = {}


def publish_by(deed: str, how: Publish, beside: Callable[[Waiting], list[Fact]] | None = None) -> None:
    """A room says how what waited becomes what its writer sent, and what is `beside` its text.

    `how` raises `Refused` where it cannot any more.
    """
    _publish[deed] = how
    if beside:
        _beside[deed] = beside


class Waiting(models.Model):
    """What somebody sent for a place ("reply:threads.thread-12"), as the fields of the form they filled in.

    Once approved it is what it was to be, and this row is gone; so it is if its writer takes it back.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    author = models.ForeignKey(Member, models.CASCADE, related_name="+")
    place = models.CharField(max_length=110)
    fields = models.JSONField(default=dict)
    why = models.CharField(max_length=10, choices=Why)
    about = models.CharField(max_length=200, blank=True, help_text="The watched words in it, as they were then")
    client_key = models.CharField(max_length=40, null=True)  # noqa: DJ001 - no key is not a key: NULLs are never equal
    sent_at = models.DateTimeField(default=timezone.now)
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why not"), max_length=1000, blank=True)
    passed = models.ForeignKey(Passed, models.SET_NULL, null=True, related_name="+", help_text="As staff got it")

    thing: Any = None  # what it belongs to, as far as whoever looks may see it, given by `with_things`
    tags: Sequence[Tag] = ()  # given by `with_things`, too

    objects = WaitingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("author", "client_key", name="a_repeat_does_not_wait_twice")]
        indexes = [models.Index("group", "sent_at", "id", condition=Q(declined_at=None), name="waiting_by_time")]

    def __str__(self) -> str:
        return gettext("Sent to %(group)s: waits for approval") % {"group": self.group}

    def get_absolute_url(self) -> str:
        return reverse("approval:one", args=[self.pk])

    @classmethod
    @transaction.atomic
    def take(cls, group: Group, author: Member, place: str, data: QueryDict, why: str) -> Waiting:
        """Kept until it is answered; those who answer are told. A key that was sent before gives the first one."""
        key = data.get("key") or None
        if key and (sent := cls.objects.sent(author, key)):
            return sent
        if cls.objects.open().filter(author=author).count() >= MOST:
            raise Refused(_("%(n)s of your texts wait for approval already. Wait until one is answered.") % {"n": MOST})
        named = data.copy()
        named["place"] = place
        typed = Typed.of(named, MOST_FIELDS)
        assert typed is not None, "rooms name their places well"
        waiting = cls.objects.create(
            group=group, author=author, place=place, fields=typed.fields, why=why, client_key=key
        )
        waiting.about = ", ".join(watched(waiting.words, WatchWord.Does.HOLD))[:200]
        waiting.save(update_fields=["about"])
        numbers = [int(number) for number in data.getlist("kept") if number.isascii() and number.isdigit()]
        for stored in StoredFile.objects.waiting(author).filter(pk__in=numbers):
            waiting.files.create(stored=stored)
        notify(waiting._who_answers(), "to-approve", waiting)
        live.own_changed(author)
        return waiting

    @property
    def kind_name(self) -> str:
        """What to call it."""
        return str(Passed._meta.verbose_name)

    @property
    def is_with_staff(self) -> bool:
        """It was passed to them, and they have not decided yet."""
        return self.passed is not None and self.passed.open_case is not None

    @property
    def deed(self) -> str:
        """What was sent: "reply", "new"."""
        return self.place.partition(":")[0]

    @property
    def name(self) -> things.Name:
        """What it was sent to, as `community.things` takes it."""
        found = PLACE.fullmatch(self.place)
        assert found is not None
        return found[2], int(found[3])

    @property
    def shown_author(self) -> Member:
        """Whose name those who answer read: nobody’s, where it is to be shown without."""
        return Member.objects.nameless() if self.fields.get("masked") else self.author

    @property
    def why_told(self) -> str:
        """Why it waits, for those who answer: of what names nobody, nothing that could tell who wrote it."""
        if self.fields.get("masked"):
            return gettext("It came without a name.")
        return told(self.why, self.about)

    @property
    def title(self) -> str:
        return str(self.fields.get("title", ""))

    @property
    def body(self) -> str:
        return str(self.fields.get("body", ""))

    @property
    def words(self) -> str:
        """All that others would read of it."""
        return text.all_words(self.data)

    @property
    def beside(self) -> list[Fact]:
        """What would be shown beside its title, its text and its files."""
        return _beside[self.deed](self) if self.deed in _beside else []

    @property
    def html(self) -> SafeString:
        """As it would be shown."""
        return text.written(readable(self.body), self.group).html

    @property
    def is_open(self) -> bool:
        return self.declined_at is None

    @property
    def data(self) -> QueryDict:
        """As its form was sent. Whom it mentions in vain was said to its writer then."""
        sent = QueryDict(mutable=True)
        for name, held in self.fields.items():
            sent.setlist(name, [held] if isinstance(held, str) else held)
        sent["key"], sent["anyway"] = self.client_key or "", "1"
        return sent

    @transaction.atomic
    @rows_first()
    def approve(self, by: Member) -> models.Model:
        """It is written now, as if its writer had just sent it; they are told. Also what was declined by mistake."""
        now = self._hold()
        if now.is_with_staff:
            raise Refused(_("It was passed to staff. Once they have decided, it can be shown."))
        now._let_go()
        made = _publish[now.deed](now)
        ledger.record(by, "approve", live.stream_of(made))
        notify([now.author], "approved", made, by=by)
        return made

    @transaction.atomic
    @rows_first()
    def decline(self, by: Member, reason: str) -> None:
        """It is not shown; its writer is told why, and keeps their text."""
        now = self._hold()
        if not now.is_open:
            raise Refused(_("Somebody has declined this already."))
        now.declined_at, now.declined_by, now.reason = timezone.now(), by, reason
        now.save(update_fields=["declined_at", "declined_by", "reason"])
        now._asked().mark_read()
        ledger.record(by, "decline", live.stream_of(now), reason)
        notify([now.author], "not-approved", now, by=by)
        live.own_changed(now.author)

    @transaction.atomic
    @rows_first()
    def pass_on(self, by: Member, reason: str, kind: str, words: str) -> None:
        """It is not shown, and a case of staff, who keep it as it was sent whatever its writer does with it then."""
        now = self._hold()
        if now.is_open:
            now.decline(by, reason)
        now._copy().report(by, kind, words)

    @transaction.atomic
    @rows_first()
    def seal(self, worry: Worry) -> SealedReport:
        """For the two who read what is sealed, and out of everybody else's sight, without a word to its writer."""
        now = self._hold()
        now._asked().mark_read()
        return SealedCase.take(worry, now._copy())

    @transaction.atomic
    def take_back(self) -> str:
        """Its writer has it again, as a draft; nothing waits any more. Returns the place where that is."""
        now = self._hold()
        now._let_go()
        is_taken_back(now.author, now.words)
        Draft.bring_back(now.author, now.place, now.fields)
        return now.place

    @transaction.atomic
    @rows_first()
    def give_back(self) -> None:
        """Nobody answered it: its writer has it again, and is told."""
        self.take_back()
        notify([self.author], "given-back", self.group)

    def _hold(self) -> Waiting:
        """As it is now. Its writer’s row comes first, as wherever something of theirs is done or erased.

        What staff have hidden or hold meanwhile is gone for everybody else, who learn nothing more of it.
        """
        list(Member.objects.select_for_update(no_key=True).filter(pk=self.author_id).values_list("pk"))
        rows = Waiting.objects.select_for_update(of=("self",)).select_related("group", "author")
        now = rows.filter(pk=self.pk).first()
        if now is None or (now.passed and now.passed.is_hidden):
            raise Refused(_("This has been answered, or its writer took it back."))
        return now

    def _let_go(self) -> None:
        """Nothing waits any more; its files are its writer’s to send for another day."""
        kept = list(self.files.values_list("stored", flat=True))
        self._asked().mark_read()
        Waiting.objects.filter(pk=self.pk).delete()
        StoredFile.objects.filter(pk__in=kept).update(kept_at=timezone.now())
        live.own_changed(self.author)

    def _copy(self) -> Passed:
        if self.passed is None:
            self.passed = Passed.copy(self)
            Waiting.objects.filter(pk=self.pk).update(passed=self.passed)
        return self.passed

    def _asked(self) -> NotificationQuerySet:
        return Notification.objects.about(Waiting.objects.filter(pk=self.pk))

    def _who_answers(self) -> Iterable[Member]:
        """The leads; where nobody else leads, staff who can see the group."""
        leads = Member.objects.filter(pk__in=self.group.leads().order_by().values("member")).exclude(pk=self.author_id)
        if leads.exists():
            return leads
        staff = Member.objects.with_standing().filter(is_staff=True).exclude(pk=self.author_id)
        if not self.group.is_confidential:
            return staff
        return [each for each in staff if Group.objects.visible_to(each).filter(pk=self.group_id).exists()]


class WaitingFile(models.Model):
    """A file that came with it: as long as it waits, the file is held."""

    waiting = models.ForeignKey(Waiting, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    @property
    def alt(self) -> str:
        """What it shows, in its writer's words."""
        return str(self.waiting.fields.get(f"alt-{self.stored_id}", ""))
