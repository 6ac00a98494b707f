"""The queue: what waits, for those who answer; each, for its writer as well."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.files.serve import serve
from community.http import MemberRequest, members_only
from community.policy import Refused
from groups.approval import policy
from groups.approval.forms import DeclineForm
from groups.approval.listed import with_things
from groups.approval.models import Waiting
from groups.models import Group

PAGE = 20


@members_only
@require_safe
def queue(request: MemberRequest, slug: str = "") -> HttpResponse:
    """What waits in a group, or in all that one looks after, oldest first. Others find what they sent themselves."""
    found = Waiting.objects.visible_to(request.user).open()
    group = get_object_or_404(Group.objects.visible_to(request.user), slug=slug) if slug else None
    if group:
        found = found.filter(group=group)
    rows = with_things(found.to_show()[: PAGE + 1], request.user)
    context = {"rows": rows[:PAGE], "is_more": len(rows) > PAGE, "group": group, "form": DeclineForm()}
    context["may_answer"] = {row.pk for row in rows if policy.answer(request.user, row)}
    return render(request, "approval/queue.html", context)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """What was sent. Those who look after the group approve or decline it; its writer takes it back."""
    waiting = get_object_or_404(Waiting.objects.visible_to(request.user).to_show(), pk=pk)
    with_things([waiting], request.user)
    form = DeclineForm()
    if request.method == "POST":
        if "take-back" in request.POST and waiting.author_id == request.user.pk:
            waiting.take_back()
            messages.success(request, _("It is a draft of yours again. Nobody else sees it."))
            return redirect("drafts:list")
        policy.answer(request.user, waiting).enforce()
        form = DeclineForm(request.POST)
        if "approve" in request.POST:
            policy.approve(request.user, waiting).enforce()
            return _approve(request, waiting)
        if form.is_valid():
            waiting.decline(request.user, form.cleaned_data["reason"])
            messages.success(request, _("Declined. Its writer is told why and keeps the text."))
            return redirect("approval:group", waiting.group.slug)
    context = {"waiting": waiting, "group": waiting.group, "form": form}
    context["may_answer"] = policy.answer(request.user, waiting)
    return render(request, "approval/one.html", context, status=422 if form.is_bound else 200)


@members_only
@require_safe
def file(request: MemberRequest, pk: int, file: int) -> HttpResponseBase:
    """A file that came with it."""
    held = get_object_or_404(Waiting.objects.visible_to(request.user), pk=pk).files.filter(pk=file)
    return serve(request, get_object_or_404(held.select_related("stored")).stored, inline=True)


def _approve(request: MemberRequest, waiting: Waiting) -> HttpResponse:
    """Shown, and on to the next; where it cannot be shown any more, it stays, with the reason why."""
    try:
        made = waiting.approve(request.user)
    except Refused as no:
        messages.error(request, _("It cannot be shown: %(why)s") % {"why": no})
        still = Waiting.objects.visible_to(request.user).filter(pk=waiting.pk).exists()
        return redirect(waiting if still else "approval:all")
    messages.success(request, _("Shown now: %(post)s.") % {"post": made})
    return redirect("approval:group", waiting.group.slug)
