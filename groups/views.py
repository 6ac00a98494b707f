"""The groups there are, and how each is set up: directory, settings, archive."""

from __future__ import annotations

from copy import copy

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.http import MemberRequest, members_only
from groups import policy
from groups.forms import CreateForm, LeadSettingsForm, StaffSettingsForm
from groups.models import Group, Invite

PAGE = 30
form_page = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@require_safe
def directory(request: MemberRequest) -> HttpResponse:
    """The groups one is in, those one is invited to, and those one may join."""
    member = request.user
    mine = Group.objects.joined_by(member).with_leads()
    others = Group.objects.listed_to(member).exclude(pk__in=mine.values("pk")).with_leads()
    context = {
        "mine": mine,
        "others": Paginator(others, PAGE).get_page(request.GET.get("page")),
        "readable": set(Group.objects.visible_to(member).values_list("pk", flat=True)),
        "asked": set(member.join_requests.waiting().values_list("group", flat=True)),
        "invites": Invite.objects.visible_to(member).to_show(),
        "may_create": policy.create(member),
    }
    return render(request, "groups/directory.html", context)


@members_only
@form_page
def create(request: MemberRequest) -> HttpResponse:
    """Staff set up a group with its first lead."""
    policy.create(request.user).enforce()
    form = CreateForm(sent(request), author=request.user)
    if form.is_valid():
        form.instance.begin(request.user, form.cleaned_data["lead"])
        return redirect(form.instance)
    return render(request, "groups/create.html", {"form": form}, status=422 if form.is_bound else 200)


@members_only
@form_page
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    """What the group is like. Leads set some of it, staff all."""
    group = find_group(request, slug)
    policy.change(request.user, group).enforce()
    kind = StaffSettingsForm if request.user.is_staff else LeadSettingsForm
    form = kind(sent(request), instance=copy(group), author=request.user)
    if form.is_valid():
        group.change(request.user, form.changes())
        messages.success(request, _("Saved."))
        return redirect("groups:settings", group.slug)
    context = {"group": group, "form": form, "may_archive": policy.archive(request.user)}
    return render(request, "groups/settings.html", context, status=422 if form.is_bound else 200)


@members_only
@require_POST
def archive(request: MemberRequest, slug: str) -> HttpResponse:
    """Close the group, or open it again if it was closed."""
    group = find_group(request, slug)
    policy.archive(request.user).enforce()
    if group.archived_at:
        group.reopen(request.user)
        messages.success(request, _("The group is open again."))
    else:
        group.archive(request.user)
        messages.success(request, _("The group is closed. Everything can still be read."))
    return redirect("groups:settings", group.slug)


def find_group(request: MemberRequest, slug: str) -> Group:
    """The group, if its inside is open to whoever asks; else there is none."""
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def sent(request: MemberRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, be it nothing at all; not what stands in the address."""
    return request.POST if request.method == "POST" else None
