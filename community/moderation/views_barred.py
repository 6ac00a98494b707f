"""Files that are not taken any more: since when, by whom, from which case; and lifting that. For staff only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, members_only
from community.moderation import policy
from community.moderation.forms_holds import LiftForm
from community.moderation.models import BarredFile, SealedCase
from community.moderation.named import things_called
from community.moderation.views_desk import PAGE, number_in, staff_only


@require_safe
@members_only
def barred(request: MemberRequest) -> HttpResponse:
    """The latest first; a page begins after the one `after`. Of what is sealed there is a count."""
    staff_only(request)
    after = number_in(request, "after")
    found = BarredFile.objects.visible_to(request.user).select_related("decision__by", "decision__case")
    found = found.filter(pk__lt=after) if after else found
    bars = list(found.order_by("-pk")[:PAGE])
    things = things_called(bar.decision.subject for bar in bars)
    context = {
        "rows": [(bar, things.get(bar.decision.subject)) for bar in bars],
        "older": f"?after={bars[-1].pk}" if len(bars) == PAGE else "",
        "sealed": SealedCase.keeping_files(request.user),
        "may_read_sealed": policy.sealed(request.user),
    }
    return render(request, "moderation/barred.html", context)


@require_http_methods(["GET", "POST"])
@members_only
def barred_file(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them, and what is to be said to lift it."""
    staff_only(request)
    mine = BarredFile.objects.visible_to(request.user)
    found = get_object_or_404(mine.select_related("decision__by", "decision__case", "decision__author"), pk=pk)
    form = LiftForm(request.POST or None)
    if form.is_valid():
        policy.lift(request.user, found).enforce()
        found.lift(request.user, form.cleaned_data["reason"])
        return redirect("moderation:barred")
    context = {
        "bar": found,
        "thing": things_called([found.decision.subject]).get(found.decision.subject),
        "others": mine.filter(sha256=found.sha256).exclude(pk=pk).count(),
        "may_lift": policy.lift(request.user, found),
        "form": form,
    }
    return render(request, "moderation/barred_file.html", context, status=422 if form.is_bound else 200)
