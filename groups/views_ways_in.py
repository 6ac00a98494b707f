"""Into a group and out of it, as the person concerned sees it: join, ask, accept an invitation, leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from community import limits
from community.http import MemberRequest, members_only
from groups import policy
from groups.forms import JoinForm
from groups.models import Group, Invite
from groups.views import find_group, form_page, sent


@members_only
@form_page
def join(request: MemberRequest, slug: str) -> HttpResponse:
    """Join at once, or ask the leads, as the group's rule says."""
    group = get_object_or_404(Group.objects.listed_to(request.user), slug=slug)
    asks = group.must_ask(request.user)
    form = JoinForm(sent(request), member=request.user, group=group, asks=asks)
    verdict = policy.ask_to_join(request.user, group, form.chosen())
    if not form.is_valid():
        context = {"group": group, "form": form, "asks": asks, "may_join": verdict}
        return render(request, "groups/join.html", context, status=422 if form.is_bound else 200)
    verdict.enforce()
    limits.spend("join", request.user)
    if asks:
        group.ask(form.cleaned_data["affiliation"], form.cleaned_data["note"])
        messages.success(request, _("The leads have your request. You will be told what they say."))
        return redirect("groups:directory")
    group.admit(form.cleaned_data["affiliation"])
    return redirect(group)


@members_only
@form_page
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    """Leave the group; what one wrote stays."""
    group = find_group(request, slug)
    policy.leave(request.user, group).enforce()
    if request.method != "POST":
        return render(request, "groups/leave.html", {"group": group})
    group.remove(request.user)
    messages.success(request, _("You have left %(group)s.") % {"group": group})
    return redirect("groups:directory")


@members_only
@form_page
def invited(request: MemberRequest, slug: str) -> HttpResponse:
    """An invitation to oneself: yes or no."""
    invite = get_object_or_404(Invite.objects.visible_to(request.user).to_show(), group__slug=slug)
    form = JoinForm(sent(request), member=request.user, group=invite.group, asks=False)
    if request.method == "POST" and "decline" in request.POST:
        invite.decline()
        messages.success(request, _("You have declined the invitation."))
        return redirect("groups:directory")
    verdict = policy.accept(request.user, invite, form.chosen())
    if form.is_valid():
        verdict.enforce()
        invite.accept(form.cleaned_data["affiliation"])
        return redirect(invite.group)
    context = {"group": invite.group, "invite": invite, "form": form, "may_join": verdict}
    return render(request, "groups/invited.html", context, status=422 if form.is_bound else 200)
