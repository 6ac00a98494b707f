"""Reporting, and what became of it."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.http import MemberRequest, members_only, public
from community.moderation import policy
from community.moderation.forms import ReportForm
from community.moderation.models import Decision, Moderatable, Report

SUBJECT = re.compile(r"[a-z]{1,40}-[0-9]{1,18}")


@require_safe
@public
def how(request: HttpRequest) -> HttpResponse:
    """How to report something. A thing's own menu leads here with ?about=post-12 and on to its form."""
    about = request.GET.get("about", "")
    if SUBJECT.fullmatch(about):
        return redirect("moderation:report", about)
    return render(request, "moderation/how.html")


@require_http_methods(["GET", "POST"])
@members_only
def report(request: MemberRequest, subject: str) -> HttpResponse:
    """Report a thing one can see: "post-12"."""
    thing = _seen(request, subject)
    policy.report(request.user, thing).enforce()
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limits.spend("report", request.user)
        return redirect(thing.report(request.user, **form.cleaned_data))
    return render(
        request, "moderation/report.html", {"thing": thing, "form": form}, status=422 if form.is_bound else 200
    )


@require_safe
@members_only
def receipt(request: MemberRequest, pk: int) -> HttpResponse:
    """The reporter's own page: received, and what was decided."""
    report = get_object_or_404(Report.objects.visible_to(request.user).select_related("decision"), pk=pk)
    return render(request, "moderation/receipt.html", {"report": report})


@require_safe
@members_only
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """The statement of reasons, for the author."""
    found = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    thing = Moderatable.find(found.subject)
    return render(request, "moderation/decision.html", {"decision": found, "thing": thing, "contact": settings.CONTACT})


def _seen(request: MemberRequest, subject: str) -> Moderatable:
    thing = Moderatable.find(subject)
    if thing is None or not thing.is_visible_to(request.user):
        raise Http404(_("There is nothing here"))
    return thing
