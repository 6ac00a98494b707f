"""What may not be erased yet: a case, an appeal, or the law needs it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from community.members.models import Member
from community.moderation.models import Appeal, Case, Decision, Hold, LegalHold, Moderatable, Report, SealedCase
from community.moderation.models.acts import APPEAL, HOLD
from community.privacy import removal
from community.privacy.copy import names_of


def is_needed(member: Member, *, removes: bool) -> bool:
    """Whether a case or an appeal still needs what is held: evidence is not erased before that is decided.

    What they wrote is not removed either before the time to appeal is over.
    """
    subjects = {member.subject, *names_of(member)}
    if removes:
        subjects |= set(removal.parts_of_documents(member))
        decided = Decision.objects.filter(at__gt=timezone.now() - APPEAL).exclude(act=HOLD)
        if subjects & set(decided.values_list("subject", flat=True)):
            return True
    if LegalHold.concerns(member, subjects, Moderatable.find_withheld):
        return True
    if SealedCase.concerns(member) or subjects & set(Hold.objects.values_list("subject", flat=True)):
        return True
    waiting = set(Case.objects.open().values_list("subject", flat=True)) & subjects
    appeals = Appeal.objects.open().filter(models.Q(by=member) | models.Q(decision__author=member))
    return bool(waiting) or appeals.exists() or Report.objects.open().filter(reporter=member).exists()
