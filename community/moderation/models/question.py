"""What may still have to be decided about: as long as that is so, it is kept as it is."""

from __future__ import annotations

from django.apps import apps
from django.utils import timezone

from community.moderation.models.acts import APPEAL
from community.moderation.models.appeal import Appeal
from community.moderation.models.case import Case
from community.moderation.models.decision import Decision
from community.moderation.models.hold import Hold
from community.moderation.models.legal_hold import kept_for_law
from community.moderation.models.moderatable import is_moderated


def in_question(kind: str) -> set[int]:
    """The keys of things of a kind ("post") that are held, by law or for what is in them, or that a case or an appeal
    is or can be about."""
    subjects = {
        *Hold.objects.values_list("subject", flat=True),
        *Case.objects.open().values_list("subject", flat=True),
        *Appeal.objects.open().values_list("decision__subject", flat=True),
        *Decision.objects.filter(at__gt=timezone.now() - APPEAL).values_list("subject", flat=True),
    }
    kinds = [each for each in apps.get_models() if is_moderated(each) and each._meta.model_name == kind]
    named = (subject.rpartition("-") for subject in subjects)
    return {int(number) for name, _dash, number in named if name == kind}.union(*map(kept_for_law, kinds))
