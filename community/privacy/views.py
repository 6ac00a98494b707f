"""What is held about a person: their own copy, and the one with which staff answer a request."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from community import ledger, limits
from community.files.bundle import send
from community.files.serve import serve
from community.http import MemberRequest, members_only, public
from community.members.forms import ReasonForm
from community.members.models import Member
from community.members.policy import run_site
from community.moderation.models import DataRequest
from community.policy import No
from community.privacy import policy
from community.privacy.copy import copy_for_staff
from community.privacy.erasing import NEEDED, Way
from community.privacy.erasure import erase, is_erased, plan
from community.privacy.forms import AskForm, EraseForm
from community.privacy.holdings import GIVEN
from community.privacy.models import Erasing, OwnCopy, copy_name
from community.privacy.needed import known_needs

ERASED = {
    Way.KEEP: _lazy("They are erased. What they wrote stays, without their name."),
    Way.REMOVE: _lazy("They are erased, and what they wrote is removed."),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """A copy of what is held about me. Open to whoever can sign in: the right does not end with the membership."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        limits.spend("own-copy", request.user)
        OwnCopy.ask(request.user)
        return redirect("privacy:mine")
    copy = OwnCopy.objects.visible_to(request.user).first()
    return render(request, "privacy/mine.html", {"kinds": GIVEN.values(), "copy": copy})


@public
@require_safe
def take(request: HttpRequest) -> HttpResponseBase:
    """The copy itself. What was asked for is told on the page of one's data, also why it cannot be had any more."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    copy = get_object_or_404(OwnCopy.objects.visible_to(request.user))
    return serve(request, copy) if copy.is_ready else redirect("privacy:mine")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask staff about one's data, and see what they answered. Open like the copy, and for the same reason."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    form = AskForm(request.POST or None)
    if form.is_valid():
        limits.spend("own-copy", request.user)
        DataRequest.ask(request.user, **form.cleaned_data)
        messages.success(request, _("Received. You are written to when there is an answer."))
        return redirect("privacy:ask")
    asked = DataRequest.objects.visible_to(request.user).filter(member=request.user).order_by("-pk")
    context = {"form": form, "asked": asked, "plan": plan(request.user)}
    return render(request, "privacy/ask.html", context, status=422 if form.errors else 200)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: MemberRequest, handle: str) -> HttpResponseBase:
    """Staff answer somebody's request to see what is held about them. Why is written down."""
    person = find_person(request, handle)
    policy.copy(request.user, person).enforce()
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        return render(
            request, "privacy/of_person.html", {"person": person, "form": form}, status=422 if form.errors else 200
        )
    ledger.record(request.user, "copy-of-data", person.subject, form.cleaned_data["reason"])
    return send(request, copy_name(person, timezone.now()), copy_for_staff(person, request.user))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: MemberRequest, handle: str) -> HttpResponseBase:
    """What erasing somebody would do; sent with the handle and a reason, it is done, or begun: then how far it is."""
    person = find_person(request, handle)
    run_site(request.user).enforce()
    if erasing := _erasing(request, person):
        ledger.record(request.user, "look", person.subject, "whether erasing them stands still")  # see `erase`
        needs = known_needs(person, request.user, removes=erasing.way == Way.REMOVE)
        return render(request, "privacy/erasing.html", {"erasing": erasing, "needs": needs})
    verdict = policy.erase(request.user, person)
    form = EraseForm(request.POST or None, person=person, initial={"way": DataRequest.way_asked(person)})
    if form.is_valid():
        verdict.enforce()
        way = form.cleaned_data["way"]
        if erase(person, request.user, form.cleaned_data["reason"], way):
            return _erased(request, person, way)
        verdict = No(NEEDED)
    context = {"person": person, "plan": plan(person), "verdict": verdict, "form": form}
    context["is_erased"] = is_erased(person)
    if verdict.why_not == NEEDED:
        context["needs"] = known_needs(person, request.user, removes=form.cleaned_data["way"] == Way.REMOVE)
    return render(request, "privacy/erase.html", context, status=422 if form.is_bound else 200)


def _erased(request: MemberRequest, person: Member, way: str) -> HttpResponse:
    """Done, or shown how far it is: at the address that they have now."""
    if _erasing(request, person):
        person.refresh_from_db()
        return redirect("privacy:erase", person.handle)
    messages.success(request, ERASED[Way(way)])
    return redirect("members:organisations")


def _erasing(request: MemberRequest, person: Member) -> Erasing | None:
    return Erasing.objects.visible_to(request.user).filter(member=person).first()


def find_person(request: MemberRequest, handle: str) -> Member:
    return get_object_or_404(Member.objects.visible_to(request.user), handle=handle)
