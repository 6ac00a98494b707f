"""Legal holds: staff place them on people and things, look at them again, and lift them, each with reasons."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, members_only
from community.members.models import Member
from community.moderation import cases, policy
from community.moderation.forms_holds import HoldForm, ReviewForm
from community.moderation.models import LegalHold
from community.moderation.named import called
from community.moderation.views_desk import find_opened, staff_only
from community.policy import Refused

SHOWN = 200


@require_safe
@members_only
def holds(request: MemberRequest) -> HttpResponse:
    """Those in force, that first which is to be looked at first; below, those that were lifted."""
    staff_only(request)
    mine = LegalHold.objects.visible_to(request.user).select_related("placed_by", "lifted_by")
    lifted = mine.exclude(lifted_at=None).order_by("-lifted_at")[:SHOWN]
    context = {"rows": called(request.user, mine.in_force()[:SHOWN]), "lifted": called(request.user, lifted)}
    return render(request, "moderation/holds.html", context)


@require_http_methods(["GET", "POST"])
@members_only
def hold(request: MemberRequest, pk: int) -> HttpResponse:
    """One, with what is to be said to keep it longer or to lift it."""
    staff_only(request)
    found = get_object_or_404(LegalHold.objects.visible_to(request.user).select_related("placed_by"), pk=pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if said["does"] == "lift":
            found.lift(request.user, said["reason"])
        else:
            found.review(request.user, said["reason"], said["review_on"])
        return redirect("moderation:legal-holds")
    [(_hold, name)] = called(request.user, [found])
    context = {"hold": found, "form": form, "name": name}
    return render(request, "moderation/hold.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@members_only
def hold_person(request: MemberRequest, handle: str) -> HttpResponse:
    """All that somebody wrote, and that it was they."""
    staff_only(request)
    person = get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
    policy.hold_person(request.user, person).enforce()
    return _place(request, person.subject, {"person": person})


@require_http_methods(["GET", "POST"])
@members_only
def hold_thing(request: MemberRequest, subject: str) -> HttpResponse:
    """One thing, with all that is a part of it."""
    opened = find_opened(request, subject, cases.look)
    policy.hold_thing(request.user, opened.thing).enforce()
    return _place(request, opened.thing.subject, {"opened": opened})


def _place(request: MemberRequest, subject: str, context: dict[str, Any]) -> HttpResponse:
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(LegalHold.place(subject, request.user, **form.cleaned_data))
        except Refused as no:
            form.add_error(None, str(no))
    context |= {
        "form": form,
        "standing": LegalHold.objects.visible_to(request.user).in_force().filter(subject=subject).first(),
    }
    return render(request, "moderation/place_hold.html", context, status=422 if form.is_bound else 200)
