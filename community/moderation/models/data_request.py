"""A request about personal data: somebody asks for what the law gives them, and staff have a month to answer."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live, mail
from community.members.models import Member
from community.moderation import clocks
from community.moderation.models.case import DESK
from community.moderation.models.target import DATA
from community.moderation.models.timed import Timed
from community.policy import Refused


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def visible_to(self, member: Member) -> Self:
        """One's own, and all for staff who can come in."""
        return self if member.is_staff and member.has_standing() else self.filter(member=member)

    def open(self) -> Self:
        """That first whose time runs out first."""
        return self.filter(answered_at=None).order_by("due_at", "pk")

    def answered(self) -> Self:
        """The latest first."""
        return self.exclude(answered_at=None).order_by("-answered_at", "-pk")


class DataRequest(Timed):
    """Of each kind a person has one that waits. What it said is forgotten when the person is erased."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("Send me all that is held about me, also by others")
        CORRECT = "correct", _("Correct something about me")
        ERASE = "erase", _("Close my account and erase me; what I wrote stays, without my name")
        REMOVE = "remove", _("Close my account, erase me and remove what I wrote")
        OBJECT = "object", _("I object to how something about me is used")

    MOST_WORDS = 2000

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(_("what you ask for"), max_length=10, choices=Kind)
    words = models.TextField(_("anything we should know"), max_length=MOST_WORDS, blank=True)
    answer = models.TextField(_("answer"), max_length=MOST_WORDS, blank=True)
    answered_at = models.DateTimeField(null=True, db_index=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "member", "kind", condition=models.Q(answered_at=None), name="one_open_data_request_each"
            )
        ]

    def __str__(self) -> str:
        return gettext("Data request %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("moderation:data-request", args=[self.pk])

    @property
    def clock(self) -> clocks.Clock:
        return DATA

    @property
    def called(self) -> str | Promise:
        return _("a request about personal data")

    def is_for(self, member: Member) -> bool:
        return member.pk != self.member_id

    @property
    def was_in_time(self) -> bool:
        return self.answered_at is not None and self.answered_at <= self.due_at

    @classmethod
    @transaction.atomic
    def ask(cls, member: Member, kind: str, words: str) -> DataRequest:
        """Received: its month runs. Asked twice, it is one request with all that was said, as far as that fits."""
        now = timezone.now()
        facts = {"words": words, "at": now, "due_at": DATA.due(now)}
        found, is_new = cls.objects.get_or_create(member=member, kind=kind, answered_at=None, defaults=facts)
        if is_new:
            ledger.record(None, "ask-about-data", f"datarequest-{found.pk}", kind=kind)
            found.call()
            live.publish(DESK, "refresh", target="desk")
        elif words not in found.words:
            found._add(words)
        return found

    @classmethod
    def way_asked(cls, member: Member) -> str:
        """What is to become of what they wrote, as they asked last: "keep" or "remove"."""
        last = (
            cls.objects.open().filter(member=member, kind__in=[cls.Kind.ERASE, cls.Kind.REMOVE]).order_by("-pk").first()
        )
        return "remove" if last and last.kind == cls.Kind.REMOVE else "keep"

    def _add(self, words: str) -> None:
        self.refresh_from_db(from_queryset=DataRequest.objects.select_for_update(of=("self",)))
        self.words = f"{self.words}\n\n{words}".strip()
        if self.answered_at or len(self.words) > self.MOST_WORDS:
            raise Refused(_("What you asked before is answered, or is full. Copy this, and look there first."))
        self.save(update_fields=["words"])

    @transaction.atomic
    def answer_with(self, by: Member, words: str) -> None:
        """What was done. Once; the letter says that there is an answer, and where to read it."""
        if DataRequest.objects.select_for_update(of=("self",)).get(pk=self.pk).answered_at:
            raise Refused(_("A colleague has answered this meanwhile. Open it again to see how."))
        self._close(by, words)
        link = settings.SITE_URL + reverse("privacy:ask")
        mail.send(self.member.email, "data_answered", {"url": link}, self.member.language)

    @classmethod
    def forget(cls, member: Member, by: Member) -> None:
        """The person is erased: what they asked for is done or void, and what they wrote goes."""
        for each in cls.objects.open().filter(member=member):
            each._close(by, "")
        cls.objects.filter(member=member).update(words="", answer="")

    @classmethod
    def counted(cls, among: models.Q | None = None) -> dict[str, int]:
        """How many came, were answered, and of these in time."""
        is_answered = models.Q(answered_at__isnull=False)
        in_time = is_answered & models.Q(answered_at__lte=models.F("due_at"))
        return cls.objects.filter(among or models.Q()).aggregate(
            received=models.Count("pk"),
            answered=models.Count("pk", filter=is_answered),
            in_time=models.Count("pk", filter=in_time),
        )

    def _close(self, by: Member, words: str) -> None:
        self.answer, self.answered_at, self.answered_by = words, timezone.now(), by
        self.save(update_fields=["answer", "answered_at", "answered_by"])
        ledger.record(by, "answer-about-data", f"datarequest-{self.pk}", in_time=self.was_in_time)
        live.publish(DESK, "refresh", target="desk")
