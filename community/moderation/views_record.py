"""The record of duties and measures: trustees and staff see it, staff keep it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, members_only
from community.moderation import evidence, policy, record
from community.moderation.forms_record import DutyForm
from community.moderation.models import Duty
from community.moderation.views_desk import staff_only
from community.moderation.views_figures import as_file


@members_only
@require_safe
def duties(request: MemberRequest) -> HttpResponse:
    """As a page; with ?as=csv or ?as=odt to take along; with ?check, the whole ledger is read and checked."""
    if not policy.figures(request.user):
        raise Http404
    wanted, title = request.GET.get("as", ""), _("Record of duties and measures")
    chain = [evidence.chain()] if "check" in request.GET else []
    if wanted in {"csv", "odt"}:
        return as_file([record.table(), *chain], title, wanted, "duties")
    return render(request, "moderation/duties.html", {"lines": record.lines(), "title": title, "chain": chain})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_duty(request: MemberRequest) -> HttpResponse:
    """One more."""
    return _edit(request, None)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them, to change or (with `remove`) to take off the list."""
    staff_only(request)
    found = get_object_or_404(Duty, pk=pk)
    if request.method == "POST" and "remove" in request.POST:
        found.drop(request.user)
        return redirect("moderation:duties")
    return _edit(request, found)


def _edit(request: MemberRequest, found: Duty | None) -> HttpResponse:
    staff_only(request)
    form = DutyForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save(commit=False).keep(request.user)
        return redirect("moderation:duties")
    return render(request, "moderation/duty.html", {"duty": found, "form": form}, status=422 if form.errors else 200)
