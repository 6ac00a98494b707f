"""What happens at the desk when it is time: measures end, staff are warned before a clock runs out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community import ledger
from community.jobs import task
from community.mail.models import Words
from community.members.models import Member, SiteText
from community.moderation import copies, letters
from community.moderation.models import (
    Act,
    Appeal,
    BarredFile,
    Case,
    DataRequest,
    Decision,
    LegalHold,
    Measure,
    Moderatable,
    Note,
    Notice,
    Report,
    SealedCase,
    Worry,
)
from community.moderation.models.acts import HIDING
from community.moderation.models.decision import worded
from community.moderation.models.kinds import SEALED
from community.moderation.models.links import address
from community.moderation.models.parts import let_go
from community.notifications.models import notify
from community.order import rows_first

LOOK_AHEAD = dt.timedelta(days=11)  # the last quarter of the longest clock (30 days, and a long weekend)


@task()
def keep_time() -> None:
    """Every few minutes. Run again, it finds nothing left to do."""
    over = Measure.objects.over().select_related("decision", "member")
    kept = let_go(over, "decision__subject").values("pk")  # what was asked for is looked at once the thing is back
    for measure in over.exclude(Q(act=Act.EDIT) & ~Q(pk__in=kept)):
        _end(measure)
    for case in Case.objects.open().let_go().filter(warned_at=None, due_at__lt=timezone.now() + LOOK_AHEAD):
        _warn(case, case.claimed_by)
    for appeal in Appeal.objects.open().let_go().filter(warned_at=None, due_at__lt=timezone.now() + LOOK_AHEAD):
        _warn(appeal, None)
    for notice in Notice.objects.open().let_go().filter(warned_at=None, due_at__lt=timezone.now() + LOOK_AHEAD):
        _warn(notice, None)
    for asked in DataRequest.objects.open().filter(warned_at=None, due_at__lt=timezone.now() + LOOK_AHEAD):
        _warn(asked, None)
    for case in Case.objects.filter(copies_stand=True):
        copies.look(case)
    LegalHold.remind()
    for sealed in SealedCase.objects.open().filter(warned_at=None):
        _warn_keepers(sealed)


@task()
def look_for_copies(pk: int) -> None:
    """After a report and a decision of a kind that asks it. Run again, it finds what is without a case still."""
    copies.look(Case.objects.get(pk=pk))


@task()
def keep_old_notices() -> None:
    """Once: what came from outside before it was kept from those whom it is about."""
    for notice in Notice.objects.all():
        notice.keep_from_concerned()


@task()
def word_old_rules() -> None:
    """Once: decisions from before they kept the words of the rule that they rest on."""
    for decision in Decision.objects.exclude(rule="").filter(rule_words=""):
        rules = SiteText.in_force_at(SiteText.Kind.RULES, decision.at)
        Decision.objects.filter(pk=decision.pk).update(**worded(decision.rule, rules))


@task()
def word_old_complaints() -> None:
    """Once: what authors were asked to answer before decisions kept that as it was sent on."""
    for decision in Decision.objects.filter(act=Act.EDIT, complaint="").exclude(case=None).select_related("case"):
        Decision.objects.filter(pk=decision.pk).update(complaint=decision.case.complaint if decision.case else "")


@task()
def bar_old_files() -> None:
    """Once: the files of what was taken down before their hashes were kept for good."""
    for measure in Measure.objects.in_force().filter(act__in=HIDING).select_related("decision__case"):
        if thing := Moderatable.find_withheld(measure.decision.subject):
            BarredFile.put_down(thing, measure.decision)


@task()
def seal_old_worries() -> None:
    """Once: what was reported as a worry before there was a sealed lane, and waits, goes to the keepers alone."""
    for report in Report.objects.open().filter(kind__in=SEALED).select_related("reporter", "case").order_by("pk"):
        _seal(report)


@transaction.atomic
@rows_first()
def _seal(report: Report) -> None:
    thing = Moderatable.find_withheld(report.subject)
    told = SealedCase.take(Worry(report.kind, report.words, report.reporter), thing)
    told.evidence, told.at = report.evidence, report.at
    told.save(update_fields=["evidence", "at"])
    case = report.case
    report.delete()
    left = case.reports.order_by("due_at", "pk").first()
    if left is None:
        case.close()
    elif case.kind in SEALED:
        case.kind = left.kind
        case.save(update_fields=["kind"])


def decision_again(about: dict[str, Any]) -> Words | None:
    """What the letter about a decision says when it leaves: nothing, if the decision was a slip and is undone."""
    decision = Decision.objects.select_related("author").filter(pk=about["decision"]).first()
    if decision is None or any(back.was_slip_of for back in decision.undone_by.all()):
        return None
    return letters.decision_in_words(decision, address(decision, decision.author))


@transaction.atomic
@rows_first()
def _end(measure: Measure) -> None:
    if not measure.end():
        return
    subject = measure.decision.subject
    ledger.record(None, "over", subject, decision=measure.decision_id)
    if measure.act == Act.EDIT:
        _look_again(measure)
    elif measure.act != Act.WARN:
        notify([measure.member], "over", measure.decision)


def _look_again(measure: Measure) -> None:
    """What its author was asked to edit stands as it stood: it is a case again."""
    thing = Moderatable.find(measure.decision.subject)
    if thing is None or thing.is_gone or thing.evidence != measure.decision.evidence:
        return
    Case.gather(thing.subject, Case.Kind.OTHER, timezone.now())
    Note.add(thing.subject, None, _("Its author was asked to edit it and has not."))


@transaction.atomic
def _warn_keepers(case: SealedCase) -> None:
    """Once, and only when there is somebody to tell."""
    if case.runs_out and case.readers:
        case.warned_at = timezone.now()
        case.save(update_fields=["warned_at"])
        SealedCase.tell([case])


@transaction.atomic
def _warn(waiting: Case | Appeal | Notice | DataRequest, claimed_by: Member | None) -> None:
    """Whoever works on it, else who is on duty: once. By letter too where the law gives hours."""
    if not waiting.runs_out:
        return
    waiting.warned_at = timezone.now()
    waiting.save(update_fields=["warned_at"])
    told = [claimed_by] if claimed_by else waiting.whom_to_call
    notify(told, "due", waiting)
    if waiting.clock.is_short:
        waiting.write_to(told)
