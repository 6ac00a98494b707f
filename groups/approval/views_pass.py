"""Passing what waits to staff, and what they got: as it was sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.http import MemberRequest, members_only
from community.moderation import policy as moderation
from community.moderation.forms_sealed import SealedForm
from community.moderation.views_sealed import is_sealed, tell_keepers
from groups.approval import policy
from groups.approval.forms import PassForm
from groups.approval.listed import with_things
from groups.approval.models import Passed, Waiting


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: MemberRequest, pk: int) -> HttpResponse:
    """Not shown, and a case of staff in one step; what is for the two who read what is sealed goes to them alone."""
    waiting = get_object_or_404(Waiting.objects.visible_to(request.user).to_show(), pk=pk)
    policy.pass_on(request.user, waiting).enforce()
    if is_sealed(request):
        return tell_keepers(request, SealedForm, waiting, waiting.seal)
    form = PassForm(request.POST or None, is_open=waiting.is_open)
    if form.is_valid():
        limits.spend("report", request.user)
        waiting.pass_on(request.user, **{"reason": waiting.reason, **form.cleaned_data})
        messages.success(request, _("Staff have it, as it was sent. Its writer is told only that it is not shown."))
        return redirect("approval:group", waiting.group.slug)
    with_things([waiting], request.user)
    context = {"waiting": waiting, "group": waiting.group, "form": form}
    return render(request, "approval/pass.html", context, status=422 if form.is_bound else 200)


@members_only
@require_safe
def passed(request: MemberRequest, pk: int) -> HttpResponse:
    """What staff got, with its files; like its case, it is not for whoever sent it."""
    found = get_object_or_404(Passed.objects.visible_to(request.user).to_show(), pk=pk)
    moderation.work(request.user, found).enforce()
    return render(request, "approval/passed.html", {"passed": found})
