"""Organisations: staff keep them, their contacts look after the people."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.http import MemberRequest, members_only
from community.members import policy
from community.members.forms import GraceForm, InvitationForm, LastDayForm, OrganisationForm
from community.members.models import Affiliation, Invitation, Organisation


@members_only
@require_safe
def organisations(request: MemberRequest) -> HttpResponse:
    """All organisations, for staff."""
    policy.run_site(request.user).enforce()
    return render(
        request, "members/organisations.html", {"organisations": Organisation.objects.visible_to(request.user)}
    )


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: MemberRequest) -> HttpResponse:
    """Staff enter an organisation."""
    policy.run_site(request.user).enforce()
    return _keep(request, Organisation())


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """Staff change what is known about it."""
    policy.run_site(request.user).enforce()
    return _keep(request, find(request, slug))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def end_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """Its membership ends, after asking."""
    organisation = find(request, slug)
    policy.run_site(request.user).enforce()
    form = GraceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation.end(form.cleaned_data["on"], dt.timedelta(days=form.cleaned_data["days"]), request.user)
        return redirect(organisation)
    status = 422 if form.errors else 200
    return render(request, "members/end_organisation.html", {"organisation": organisation, "form": form}, status=status)


@members_only
@require_POST
def reinstate(request: MemberRequest, slug: str) -> HttpResponse:
    """Its membership is live again."""
    organisation = find(request, slug)
    policy.run_site(request.user).enforce()
    organisation.reinstate(request.user)
    return redirect(organisation)


@members_only
@require_safe
def organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """Its people, its open invitations, and a form to invite."""
    return _page(request, find(request, slug), InvitationForm())


@members_only
@require_POST
def invite(request: MemberRequest, slug: str) -> HttpResponse:
    """A letter goes out. What is answered does not tell whether the address is known."""
    organisation = find(request, slug)
    policy.invite(request.user, organisation).enforce()
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form, status=422)
    facts = form.cleaned_data
    Invitation.send(facts.pop("email"), organisation, request.user, **facts)
    return redirect(organisation)


@members_only
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(Invitation.objects.visible_to(request.user).waiting(), pk=pk)
    policy.look_after(request.user, found.organisation).enforce()
    found.revoke(request.user)
    return redirect(found.organisation)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def end_affiliation(request: MemberRequest, pk: int) -> HttpResponse:
    """Someone leaves the organisation. A GET asks first."""
    found = get_object_or_404(Affiliation.objects.visible_to(request.user), pk=pk)
    policy.look_after(request.user, found.organisation).enforce()
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found.end(form.cleaned_data["last_day"], request.user)
        return redirect(found.organisation if policy.look_after(request.user, found.organisation) else "/")
    return render(request, "members/end_affiliation.html", {"affiliation": found, "form": form})


@members_only
@require_POST
def contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Name someone a contact of the organisation, or no longer."""
    found = get_object_or_404(Affiliation.objects.visible_to(request.user), pk=pk)
    policy.look_after(request.user, found.organisation).enforce()
    found.make_contact(request.user, is_contact=request.POST.get("is_contact") == "yes")
    return redirect(found.organisation if policy.look_after(request.user, found.organisation) else "/")


def find(request: MemberRequest, slug: str) -> Organisation:
    """The organisation, for whoever looks after it."""
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


def _page(request: MemberRequest, organisation: Organisation, form: InvitationForm, status: int = 200) -> HttpResponse:
    context = {
        "organisation": organisation,
        "affiliations": organisation.affiliations.current().select_related("member"),
        "invitations": organisation.invitations.waiting(),
        "may_invite": policy.invite(request.user, organisation),
        "may_run": policy.run_site(request.user),
        "form": form,
    }
    return render(request, "members/organisation.html", context, status=status)


def _keep(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        form.instance.keep(request.user)
        return redirect(form.instance)
    return render(request, "members/organisation_form.html", {"form": form}, status=422 if form.errors else 200)
