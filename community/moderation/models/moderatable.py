"""What can be reported and hidden, by whatever name the rooms above give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Member
from community.moderation import letters
from community.moderation.models import acts, effects, impartial
from community.moderation.models.acts import Act
from community.moderation.models.case import DESK, Case
from community.moderation.models.decision import Decision, Measure, Ruling
from community.moderation.models.links import address
from community.moderation.models.parts import has_withheld
from community.moderation.models.placed import Placed
from community.moderation.models.report import Report, answer
from community.notifications.models import Notification, notify
from community.order import rows_first
from community.policy import Refused

if TYPE_CHECKING:
    import datetime as dt


class Moderatable(Placed):
    """Something people make, that anyone who sees it can report and staff can hide and restore exactly.

    A subclass has `author`, `partial`, `get_absolute_url`, a queryset with `visible_to` and `to_show`, and says
    the rest below.
    """

    hidden = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    hidden_id: int | None

    class Meta:
        abstract = True

    @property
    def is_hidden(self) -> bool:
        return self.hidden_id is not None

    def stay_if_hidden(self) -> None:
        """For a deed that comes just as it is hidden: what is hidden stays as it is. Call it when the row is held."""
        if self.is_hidden:
            raise Refused(_("This was hidden meanwhile. Until that is decided, it stays as it is."))

    @property
    def is_gone(self) -> bool:
        """Its text is shown to nobody: hidden, or taken back where that can be done."""
        return self.is_hidden

    @property
    def is_withheld(self) -> bool:
        """Kept from everybody, staff included: itself, or what it is a part of."""
        return any(each.hidden is not None and each.hidden.act == acts.HOLD for each in (self, *self.wholes))

    @property
    def wholes(self) -> list[Moderatable]:
        """What it is a part of: the discussion of a post, the document of a comment."""
        keys = [field for field in self._meta.concrete_fields if not field.null and is_moderated(field.related_model)]
        return [getattr(self, field.name) for field in keys]

    @property
    def subject(self) -> str:
        """The name by which reports and the ledger speak of it: "post-12"."""
        return live.stream_of(self)

    @property
    def kind_name(self) -> str:
        """What to call it: "post"."""
        return str(self._meta.verbose_name)

    @property
    def evidence(self) -> str:
        """Its text as moderators must see it, hidden or not."""
        raise NotImplementedError

    @property
    def writer(self) -> Member:
        """Who answers for it and hears of decisions, even where `author` names nobody. Shown to nobody."""
        author: Member = self.author  # type: ignore[attr-defined]
        return author

    @classmethod
    def written_by(cls, member: Member) -> models.Q:
        """Whose `writer` is the member."""
        return models.Q(author=member)

    def whose(self, member: Member) -> Member:
        """Whose it is as far as the member is concerned: theirs, if they answer for it too; else its writer's."""
        return self.writer

    @property
    def acts(self) -> set[str]:
        """The steps that make sense for it, if they would change something."""
        return set(Act)

    @property
    def has_withheld(self) -> bool:
        """Whether a part of it is kept from everybody: then what it once said is not for everybody either."""
        return has_withheld(self)

    def surroundings(self) -> list[Self]:
        """The things just before and after it, itself included, to judge it in its context."""
        return [self]

    @property
    def open_case(self) -> Case | None:
        """What waits to be decided about it."""
        return Case.objects.open().filter(subject=self.subject).first()

    @property
    def undoable(self) -> Decision | None:
        """The latest decision about it that still stands."""
        return Decision.objects.filter(subject=self.subject, measure__ended_at=None, measure__isnull=False).first()

    @property
    def last_decided(self) -> int:
        """The key of the latest decision about it; 0 if there is none."""
        return Decision.objects.filter(subject=self.subject).order_by("-pk").values_list("pk", flat=True).first() or 0

    def shown_anew(self) -> None:
        """It was hidden or restored: tell open pages, search, counts. Called inside the transaction."""
        raise NotImplementedError

    def quotes_follow(self) -> None:
        """It was hidden or restored: its words go or come back wherever others quote it. Called before `shown_anew`."""

    @property
    def has_reports(self) -> bool:
        told = models.Q(notices__isnull=False) | models.Q(copy_of__isnull=False)
        outside = Case.objects.filter(told, subject=self.subject)
        return Report.objects.filter(subject=self.subject).exists() or outside.exists()

    def is_visible_to(self, member: Member) -> bool:
        """Whether the member sees it in its own place."""
        return member.pk in live.seen_by(type(self))([member], self.pk)

    @transaction.atomic
    @rows_first()
    def report(self, reporter: Member, kind: str, words: str, shown: Sequence[Any] = ()) -> Report:
        """Tell staff. A second report by the same person, while the first is open, adds to it. `shown`: exhibits."""
        self.hold_row()
        return Report.take(self, reporter, kind, words, shown)

    def hide(self, by: Member, reason: str, rule: str = "") -> Decision:
        """Out of everyone's sight, at once and everywhere; kept intact for an appeal."""
        return self.decide(by, Ruling(Act.HIDE, reason, rule))

    def leave(self, by: Member, reason: str) -> Decision:
        """Nothing wrong with it: the reports are closed, their writers told, the author not troubled."""
        return self.decide(by, Ruling(Act.NOTHING, reason))

    @transaction.atomic
    def restore(self, by: Member, reason: str) -> Decision:
        """Whatever took it out of sight is undone."""
        self.hold_row()
        if self.hidden is None:
            raise Refused(_("This is not hidden."))
        back = self.undo(self.hidden, by, reason)
        return self.restore(by, reason) if self.is_hidden else back

    @transaction.atomic
    @rows_first()
    def decide(self, by: Member, ruling: Ruling) -> Decision:
        """It is so, from now on and everywhere. The case is closed; the author is told why, the reporters that."""
        self.hold_row(ruling.act)
        impartial.ensure(by, self.subject, self.whose(by))
        if ruling.act == Act.RESTORE:
            raise Refused(_("There is nothing to undo. Load the page again to see what happened."))
        if ruling.act in acts.HIDING and self.hidden and not self.hidden.allows(ruling.act):
            raise Refused(_("Somebody has hidden this already. Load the page again to see their reasons."))
        case = self.open_case or Case.gather(self.subject, Report.Kind.OTHER, timezone.now())
        decision = self._put_down(by, ruling, case)
        if decision.touches:
            self._take_effect(decision, ruling)
        if by.is_staff or not case.has_reports:  # what was reported waits for staff, whatever a lead takes down
            case.close()
            answer(decision)
        self._tell_of(decision, until=ruling.until)
        return decision

    @transaction.atomic
    @rows_first()
    def undo(
        self, decision: Decision, by: Member, reason: str, letter: str = "", *, told_later: bool = False
    ) -> Decision:
        """What a decision did is taken back exactly; whatever else was decided stays.

        `told_later`: another is undone with it, and the author reads of both at once.
        """
        self.hold_row(decision.act)
        impartial.ensure(by, self.subject, self.whose(by))
        if (measure := decision.stands) is None:
            raise Refused(_("This does not stand any more. Load the page again to see what happened."))
        measure.end()
        back = self._put_down(by, Ruling(Act.RESTORE, reason, letter=letter), decision.case, undoes=decision)
        if self.hidden_id == decision.pk:
            self._set_hidden(Decision.hiding(self.subject))
        effects.end(self, decision, by)
        Notification.objects.about(Decision.objects.filter(pk=decision.pk)).mark_read()  # it is no news any more
        self._tell_of(back, is_told=not told_later)
        return back

    def withhold(self) -> Decision | None:
        """Out of everyone's sight without a word to anybody, kept as it is. Returns what it was hidden by before."""
        before = self.hidden
        self._set_hidden(Decision.hold())
        return before

    def give_back(self, before: Decision | None) -> None:
        """As it was before it was held; what hid it then and was undone meanwhile hides it no longer."""
        self._set_hidden(before if before and before.stands else Decision.hiding(self.subject))

    def _put_down(self, by: Member, ruling: Ruling, case: Case | None, undoes: Decision | None = None) -> Decision:
        """With the letters as they would be written ready, where nobody wrote any."""
        return Decision.objects.create(
            act=ruling.act,
            case=case,
            by=by,
            undoes=undoes,
            subject=self.subject,
            author=self.writer,
            evidence=self.evidence,
            **ruling.as_it_stands(),
            reason=ruling.reason,
            letter=ruling.letter or letters.to_author(self, ruling.act, undoes),
            thanks=ruling.thanks or letters.to_reporters(ruling.act),
            complaint=ruling.complaint or (case.complaint if case and ruling.act == Act.EDIT else ""),
        )

    def _take_effect(self, decision: Decision, ruling: Ruling) -> None:
        place = self.stands_in.stream if self.stands_in else ""
        Measure.begin(decision, place, ruling.until)
        if decision.act in acts.HIDING:
            self._set_hidden(decision)
        effects.begin(self, decision, ruling.to)

    def _set_hidden(self, decision: Decision | None) -> None:
        self.hidden = decision
        self.save(update_fields=["hidden"])
        self.quotes_follow()
        self.shown_anew()
        live.out_of_sight_or_back()

    def _tell_of(self, decision: Decision, until: dt.datetime | None = None, *, is_told: bool = True) -> None:
        """The ledger, the desks, and whoever it touches."""
        if is_told and decision.act not in acts.UNTOLD:
            kind = {Act.REMOVE: Act.HIDE}.get(Act(decision.act), decision.act)
            decision.also_told.set(self.answering_too)
            notify(
                [decision.author, *decision.also_told.all()],
                kind if kind in {Act.HIDE, Act.RESTORE} else "decided",
                decision,
            )
            letters.send_decision(decision, address(decision, decision.author))
        said = {"rule": decision.rule, "decision": decision.pk, "until": until.isoformat() if until else ""}
        ledger.record(decision.by, decision.act, self.subject, decision.reason, **said)
        live.publish(DESK, "refresh", target="desk")

    def hold_row(self, act: str = "") -> None:
        """Its row, to the end of the transaction: reports and decisions about it come one after the other, and it is
        not deleted for its age at the same moment.

        Before it, where the act is on its writer, theirs: whoever writes holds their own row first.
        """
        if act in acts.ON_PEOPLE:
            Member.objects.select_for_update(no_key=True).get(pk=self.writer.pk)
        if act == Act.MOVE and self.moves is not None:
            self.moves.hold_all()
        itself = type(self)._default_manager.select_for_update(no_key=True).filter(pk=self.pk)
        if not (found := list(itself.values_list("hidden"))):
            raise Refused(_("This is not here any more."))
        self.hidden_id = found[0][0]


def is_moderated(kind: Any) -> bool:
    """Whether the rows of a model are things that can be moderated."""
    return isinstance(kind, type) and issubclass(kind, Moderatable)


def moderated(row: models.Model) -> list[Moderatable]:
    """What can be moderated: the row itself, and what it is a part of."""
    keys = [field.name for field in row._meta.concrete_fields if is_moderated(field.related_model)]
    return [each for each in [row, *(getattr(row, name) for name in keys)] if isinstance(each, Moderatable)]
