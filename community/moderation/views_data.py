"""Requests about personal data, as staff answer them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.http import MemberRequest, members_only
from community.moderation import policy
from community.moderation.forms_record import DataAnswerForm
from community.moderation.models import DataRequest
from community.moderation.views_desk import staff_only

MOST_ANSWERED = 50


@members_only
@require_safe
def data_requests(request: MemberRequest) -> HttpResponse:
    """Those that wait, and the latest that were answered."""
    staff_only(request)
    found = DataRequest.objects.visible_to(request.user).select_related("member", "answered_by")
    context = {"waiting": found.open(), "answered": found.answered()[:MOST_ANSWERED]}
    return render(request, "moderation/data_requests.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them, with where to do what is asked, and the answer to it."""
    staff_only(request)
    rows = DataRequest.objects.visible_to(request.user).select_related("member", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    verdict, form = policy.answer_about_data(request.user, found), DataAnswerForm(request.POST or None)
    if form.is_valid():
        verdict.enforce()
        found.answer_with(request.user, form.cleaned_data["answer"])
        return redirect("moderation:data-requests")
    context = {"asked": found, "form": form, "verdict": verdict}
    return render(request, "moderation/data_request.html", context, status=422 if form.errors else 200)
