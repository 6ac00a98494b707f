"""Reporting, and what became of it."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.http import MemberRequest, before_accepting, members_only, public
from community.moderation import policy
from community.moderation.forms import ReportForm
from community.moderation.forms_sealed import SealedForm
from community.moderation.models import Decision, Exhibit, Moderatable, Report, SealedCase
from community.moderation.models.links import address
from community.moderation.views_sealed import is_sealed, tell_keepers

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
@before_accepting
def report(request: MemberRequest, subject: str) -> HttpResponse:
    """Report a thing one can see: "post-12"; of a document perhaps a version of it (?version=3)."""
    thing = _seen(request, subject)
    policy.report(request.user, thing).enforce()
    part = _part_of(thing, request.GET.get("version", ""))
    if is_sealed(request):
        return tell_keepers(request, SealedForm, thing, lambda worry: SealedCase.take(worry.about(part), thing))
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        limits.spend("report", request.user)
        told, meant = form.cleaned_data, [part] if part else []
        if made := form.take(
            request.user, lambda kept: thing.report(request.user, told["kind"], told["words"], meant + kept)
        ):
            return redirect(made.more_url)
    said = thing.evidence if thing.is_read_by(request.user) else thing.known
    context = {"thing": thing, "said": said, "part": part, "form": form}
    return render(request, "moderation/report.html", context, status=422 if form.is_bound else 200)


@require_safe
@members_only
@before_accepting
def receipt(request: MemberRequest, pk: int) -> HttpResponse:
    """The reporter's own page, and nobody else's: received, and what was decided."""
    mine = Report.objects.visible_to(request.user).filter(reporter=request.user)
    report = get_object_or_404(mine.select_related("decision").prefetch_related("exhibits"), pk=pk)
    appeal = address(report.decision, request.user) if report.decision else ""
    return render(request, "moderation/receipt.html", {"report": report, "appeal": appeal})


@require_safe
@members_only
@before_accepting
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """The statement of reasons, for the author."""
    found = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    context = {
        "decision": found,
        "thing": Moderatable.find(found.subject),
        "contact": settings.CONTACT,
        "appeal": address(found, request.user) if found.author_id == request.user.pk and found.touches else "",
    }
    return render(request, "moderation/decision.html", context)


def _part_of(thing: Moderatable, name: str) -> Exhibit | None:
    part: Exhibit | None = thing.part(name) if name else None
    if name and part is None:
        raise Http404(_("There is nothing here"))
    return part


def _seen(request: MemberRequest, subject: str) -> Moderatable:
    thing = Moderatable.find_withheld(subject)
    if thing is None or not thing.is_visible_to(request.user):
        raise Http404(_("There is nothing here"))
    return thing
