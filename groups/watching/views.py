"""What reaches me: one page for all of it, and a button on every group and discussion."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import limits
from community.http import MemberRequest, members_only
from community.notifications.models import Mailing
from groups.views import sent
from groups.watching.forms import GroupsForm, LevelForm, MailingForm
from groups.watching.models import Level, Watch, chosen, seen


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: MemberRequest) -> HttpResponse:
    """How letters come, the level of each group, and what one follows or has muted apart from that."""
    mailing = MailingForm(sent(request), instance=Mailing.of(request.user))
    groups = GroupsForm(sent(request), member=request.user)
    if mailing.is_valid() and groups.is_valid():
        limits.spend("watch", request.user)
        with transaction.atomic():
            mailing.save()
            groups.save()
        messages.success(request, _("Saved."))
        return redirect("watching:mine")
    context = {"mailing": mailing, "groups": groups, "levels": Level.choices, "chosen": chosen(request.user)}
    return render(request, "watching/mine.html", context, status=422 if mailing.is_bound else 200)


@members_only
@require_POST
def level(request: MemberRequest, subject: str) -> HttpResponse:
    """Follow a discussion or a group, or hear less of it; `back` leads to the page of all of them."""
    thing = seen(request.user, subject)
    if thing is None:
        raise Http404
    limits.spend("watch", request.user)
    form = LevelForm(request.POST)
    if form.is_valid():
        Watch.choose(request.user, (thing._meta.label_lower, thing.pk), form.cleaned_data["level"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("That is no level. Nothing was changed."))
    return redirect("watching:mine" if "back" in request.POST else thing)
