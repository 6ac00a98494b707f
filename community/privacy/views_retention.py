"""How long things are kept, for everybody; what would go now and what went, for trustees, and for staff, who set it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, members_only, public
from community.moderation import policy as desk
from community.moderation.models import Period
from community.moderation.views_desk import staff_only
from community.privacy import retention
from community.privacy.forms import PeriodForm
from community.privacy.models import Erasing


@public
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """The periods alone, as the privacy notice promises them."""
    return render(request, "privacy/periods.html", {"lines": retention.lines()})


@members_only
@require_safe
def retained(request: MemberRequest) -> HttpResponse:
    """With what would go now, and what went. Nobody and nothing is named. Staff also see who is being erased."""
    if not desk.figures(request.user):
        raise Http404
    context: dict[str, Any] = {"lines": retention.due(), "runs": retention.runs(), "first_at": retention.first_run_at()}
    context["erasing"] = Erasing.objects.visible_to(request.user).select_related("member").order_by("pk")
    return render(request, "privacy/retention.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: MemberRequest, name: str) -> HttpResponse:
    """Another period, within what the site promises."""
    staff_only(request)
    line = next((each for each in retention.lines() if each.kept.name == name and each.kept.least), None)
    if line is None:
        raise Http404
    form = PeriodForm(request.POST or None, line=line)
    if form.is_valid():
        Period.change(request.user, name, line.days, form.cleaned_data["days"])
        return redirect("privacy:retention")
    return render(request, "privacy/period.html", {"line": line, "form": form}, status=422 if form.errors else 200)
