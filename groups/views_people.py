"""Who is in a group, and what leads do about it: answer requests, invite, change roles, remove."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import limits, live
from community.http import MemberRequest, members_only
from groups import policy
from groups.forms import InviteForm, PlaceForm, ReasonForm
from groups.models import LEADING, JoinRequest, Membership, Removal
from groups.views import find_group, form_page, sent

PAGE = 30


@members_only
@require_safe
def people(request: MemberRequest, slug: str) -> HttpResponse:
    """Leads first, then everyone by organisation."""
    group = find_group(request, slug)
    inside = Membership.objects.visible_to(request.user).in_force().filter(group=group)
    inside = inside.select_related("member", "affiliation__organisation")
    sought = request.GET.get("q", "").replace("\0", "")[:80].strip()
    found = inside.about(sought) if sought else inside.exclude(role__in=LEADING)
    page = Paginator(found.by_organisation(), PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "tab": "people",
        "since": live.head(group.stream),
        "leads": inside.leading() if page.number == 1 and not sought else (),
        "page": page,
        "sought": sought,
        "tally": inside.aggregate(people=Count("pk"), organisations=Count("affiliation__organisation", distinct=True)),
        "may_manage": policy.manage_people(request.user, group),
        "may_remove": policy.remove(request.user, group),
        "requests": group.join_requests.waiting().to_show(),
        "invites": group.invites.in_force(),
    }
    return render(request, "groups/people.html", context)


@members_only
@form_page
def invite(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask someone to join. The answer is the same whether or not an address has an account."""
    group = find_group(request, slug)
    policy.manage_people(request.user, group).enforce()
    form = InviteForm(sent(request))
    if form.is_valid():
        limits.spend("invite", request.user)
        group.invite(request.user, form.cleaned_data["who"], form.shown_as, form.place())
        messages.success(request, _("%(who)s is invited, for a month.") % {"who": form.shown_as})
        return redirect("groups:people", group.slug)
    context = {"group": group, "tab": "people", "form": form}
    return render(request, "groups/invite.html", context, status=422 if form.is_bound else 200)


@members_only
@form_page
def place(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One person's role in the group."""
    membership = _find_place(request, slug, pk)
    group = membership.group
    policy.manage_people(request.user, group).enforce()
    form = PlaceForm(sent(request), initial={"role": membership.role, "ends_on": membership.ends_on})
    if form.is_valid():
        role, until = form.cleaned_data["role"], form.cleaned_data["ends_on"]
        group.admit(membership.affiliation, role, until, by=request.user)
        messages.success(request, _("%(name)s has a new role.") % {"name": membership.member})
        return redirect("groups:people", group.slug)
    context = {"group": group, "tab": "people", "place": membership, "form": form}
    return render(request, "groups/place.html", context, status=422 if form.is_bound else 200)


@members_only
@form_page
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a person out of the group, with a reason they are told."""
    membership = _find_place(request, slug, pk)
    group = membership.group
    policy.remove(request.user, group).enforce()
    form = ReasonForm(sent(request))
    if form.is_valid():
        group.remove(membership.member, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s is no longer in the group.") % {"name": membership.member})
        if membership.member == request.user:
            return redirect("groups:directory")
        return redirect("groups:people", group.slug)
    context = {"group": group, "tab": "people", "place": membership, "form": form}
    return render(request, "groups/remove.html", context, status=422 if form.is_bound else 200)


@members_only
@form_page
def answer(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """A request to join: whoever asked sees how it stands, the leads answer it."""
    asked = JoinRequest.objects.visible_to(request.user).to_show()
    join_request = get_object_or_404(asked, pk=pk, group__slug=slug)
    form = ReasonForm(sent(request), needed="admit" not in request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if "admit" in request.POST:
            policy.admit(request.user, join_request).enforce()
            join_request.admit(request.user, reason)
        else:
            policy.answer(request.user, join_request).enforce()
            join_request.decline(request.user, reason)
        return redirect("groups:people", slug)
    context = {
        "group": join_request.group,
        "join_request": join_request,
        "form": form,
        "may_answer": policy.answer(request.user, join_request),
        "may_admit": policy.admit(request.user, join_request),
    }
    return render(request, "groups/request.html", context, status=422 if form.is_bound else 200)


@members_only
@require_safe
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Why one is no longer in a group."""
    found = get_object_or_404(Removal.objects.visible_to(request.user).to_show(), pk=pk)
    return render(request, "groups/removal.html", {"removal": found})


def _find_place(request: MemberRequest, slug: str, pk: int) -> Membership:
    inside = Membership.objects.visible_to(request.user).select_related("group", "member", "affiliation__organisation")
    return get_object_or_404(inside, pk=pk, group__slug=slug)
