"""A version that is put before reviewers: who is asked, what each says, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.members.models import Member
from community.notifications.models import Notification, notify
from community.policy import Refused

MOST_REVIEWERS = 12
SOON = dt.timedelta(days=3)  # before the day it is due, reviewers who said nothing yet hear of it again
LONGEST_NOTE = 1000


class State(models.TextChoices):
    """What a document may be relied on for. What replaces it is said elsewhere."""

    SHARED = "", _("In use")
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    AGREED = "agreed", _("Agreed and locked")
    ARCHIVED = "archived", _("Archived")


class ReviewQuerySet(models.QuerySet["Review"]):
    def under_way(self) -> ReviewQuerySet:
        return self.filter(ended_at=None)


class Review(models.Model):
    """`outcome` of one that ended: all agreed, somebody asks for changes, or it was taken back.

    Of an agreed one `digest` and `size` are those of the bytes, as they were then: an altered file would not match.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        CHANGES = "changes", _("Changes asked for")
        TAKEN_BACK = "taken-back", _("Taken back")

    document = models.ForeignKey("documents.Document", models.CASCADE, related_name="reviews")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="reviews")
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("due"))
    words = models.CharField(_("what to look at"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("document", condition=Q(ended_at=None), name="one_review_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.version}"

    @property
    def is_overdue(self) -> bool:
        return self.ended_at is None and self.due_on < timezone.localdate()

    @property
    def answers(self) -> list[Reviewer]:
        """Everyone asked, with what they said, in the order in which they were asked."""
        return list(self.reviewers.select_related("member").order_by("pk"))

    @property
    def approvals(self) -> int:
        return self.reviewers.filter(said=Reviewer.Says.APPROVE).count()

    def remind(self) -> None:
        """Whoever has not answered hears of it again: once when it is due soon, once when that day has passed."""
        today = timezone.localdate()
        if timezone.localdate(self.asked_at) == today:
            return  # they have just heard of it
        for day in (self.due_on - SOON, self.due_on + dt.timedelta(days=1)):
            late = self.reviewers.filter(Q(reminded_on=None) | Q(reminded_on__lt=day), said="")
            if today >= day:
                told = list(late.select_related("member"))
                notify([each.member for each in told], "review-due", self.document)
                late.update(reminded_on=today)


class Reviewer(models.Model):
    """Somebody who is asked, and what they said."""

    class Says(models.TextChoices):
        APPROVE = "approve", _("Approve it")
        CHANGES = "changes", _("Ask for changes")

    review = models.ForeignKey(Review, models.CASCADE, related_name="reviewers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    said = models.CharField(max_length=10, choices=Says, blank=True)
    note = models.CharField(_("comment"), max_length=LONGEST_NOTE, blank=True)
    at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("review", "member", name="asked_once_a_review")]

    def __str__(self) -> str:
        return str(self.member)


class Reviewed(models.Model):
    """A document that is put before reviewers. Once all agree, the version is `agreed`, and what it says is locked."""

    state = models.CharField(_("state"), max_length=10, choices=State, blank=True, default=State.SHARED)
    agreed = models.ForeignKey("documents.Version", models.PROTECT, null=True, blank=True, related_name="+")
    looked_at_again = models.DateField(null=True, blank=True, editable=False)  # when its owner was last reminded to

    pk: Any
    current: Any
    current_id: Any
    author: Any
    subject: Any
    reviews: Any
    lock_row: Any
    agreed_id: Any
    _tell: Any  # all given by the document

    class Meta:
        abstract = True

    @property
    def is_agreed(self) -> bool:
        """Whether what one reads is what was agreed. A newer version is not; the agreed one stays what it is."""
        return self.state == State.AGREED

    @property
    def is_locked(self) -> bool:
        """What it says stays: it is agreed, or would be again if it came back from the archive."""
        return self.is_agreed or (self.is_archived and self.agreed_id is not None and self.agreed_id == self.current_id)

    @property
    def is_archived(self) -> bool:
        return self.state == State.ARCHIVED

    @property
    def review(self) -> Review | None:
        """The one under way."""
        found: Review | None = self.reviews.under_way().select_related("version", "asked_by").first()
        return found

    @property
    def last_review(self) -> Review | None:
        found: Review | None = self.reviews.exclude(ended_at=None).order_by("-ended_at").first()
        return found

    @transaction.atomic
    def ask_review(self, by: Member, reviewers: Iterable[Member], due_on: dt.date, words: str = "") -> Review:
        """Put the current version before them. They are told."""
        self.lock_row()
        if self.state in {State.REVIEW, State.AGREED, State.ARCHIVED}:
            raise Refused(_("Somebody was faster: this document is %(state)s now.") % {"state": self._state_in_words})
        facts: dict[str, Any] = {"document": self, "version": self.current, "asked_by": by}
        found = Review.objects.create(due_on=due_on, words=words, **facts)
        asked = list(reviewers)
        Reviewer.objects.bulk_create(Reviewer(review=found, member=member) for member in asked)
        notify(asked, "review", self)
        self._become(State.REVIEW)
        ledger.record(by, "ask-review", self.subject, version=self.current.number)
        return found

    @transaction.atomic
    def answer_review(self, by: Member, review: int, says: str, note: str = "") -> None:
        """One of the reviewers says what they think. The last approval agrees it; a wish for changes ends it."""
        asked = self._reviewer(by, review)
        asked.said, asked.note, asked.at = says, note, timezone.now()
        asked.save(update_fields=["said", "note", "at"])
        self._forget_to_ask([by])
        ledger.record(by, f"review-{says}", self.subject, version=asked.review.version.number)
        if says == Reviewer.Says.CHANGES:
            self._end(asked.review, Review.Outcome.CHANGES, State.DRAFT)
        else:
            self._agree_if_all_do(asked.review)
        self._tell()

    @transaction.atomic
    def go_on_without(self, by: Member, review: int, reviewer: Member) -> None:
        """Whoever asked no longer waits for one of them. Nobody agrees by silence: somebody must have approved."""
        asked = self._reviewer(reviewer, review)
        if asked.review.reviewers.count() == 1:
            raise Refused(_("Nobody else is asked. Take the review back instead."))
        asked.delete()
        self._forget_to_ask([reviewer])
        ledger.record(by, "review-without", self.subject, member=reviewer.pk)
        self._agree_if_all_do(asked.review)
        self._tell()

    @transaction.atomic
    def take_back_review(self, by: Member) -> None:
        """No longer before reviewers; it is a draft again."""
        self.lock_row()
        found = self.review
        if found is None:
            return
        self._end(found, Review.Outcome.TAKEN_BACK, State.DRAFT)
        ledger.record(by, "take-back-review", self.subject)
        self._tell()

    @transaction.atomic
    def declare(self, by: Member, state: str) -> None:
        """A draft, in use without a review, or archived. What is in review or agreed stays so until that is ended."""
        self.lock_row()
        if self.state == State.REVIEW:
            raise Refused(_("It is in review. Take the review back first."))
        if self.state == State.AGREED and state != State.ARCHIVED:
            raise Refused(_("It is agreed and locked. Add a new version to change it."))
        becomes = State.AGREED if self.is_locked and state != State.ARCHIVED else State(state)
        self._become(becomes)
        ledger.record(by, "declare", self.subject, state=str(becomes))
        self._tell()

    def becomes_newer(self) -> None:
        """A version was added: nobody has agreed to it yet. The row is held by who calls."""
        found = self.review
        if found:
            self._end(found, Review.Outcome.TAKEN_BACK, State.DRAFT)
        elif self.state == State.AGREED:
            self._become(State.DRAFT)

    def _reviewer(self, member: Member, review: int) -> Reviewer:
        self.lock_row()
        asked = Reviewer.objects.filter(member=member, said="", review=review, review__document=self.pk)
        found = asked.filter(review__ended_at=None).select_related("review__version").first()
        if found is None:
            raise Refused(_("This review has ended, or it was answered before. Look at the document again."))
        return found

    def _agree_if_all_do(self, review: Review) -> None:
        if review.reviewers.exclude(said=Reviewer.Says.APPROVE).exists():
            return
        review.digest, review.size = review.version.seal
        self.agreed = review.version
        self._end(review, Review.Outcome.AGREED, State.AGREED)

    def _end(self, review: Review, outcome: Review.Outcome, state: State) -> None:
        review.outcome, review.ended_at = outcome, timezone.now()
        review.save(update_fields=["outcome", "ended_at", "digest", "size"])
        self._forget_to_ask([each.member for each in review.answers])
        if outcome != Review.Outcome.TAKEN_BACK:
            notify({review.asked_by, self.author}, "reviewed", self)
        self._become(state)

    def _become(self, state: State) -> None:
        self.state = state
        self.save(update_fields=["state", "agreed"])

    def _forget_to_ask(self, members: Iterable[Member]) -> None:
        """What waits for them in their trays waits no more."""
        asking = Notification.objects.filter(kind__in=["review", "review-due"], member__in=list(members))
        asking.filter(thing_model="documents.document", thing_id=self.pk).mark_read()

    @property
    def _state_in_words(self) -> str:
        return str(State(self.state).label).lower()
