"""The second step of a report, for whoever sent it: by their own page, or by its secret link."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from community import limits
from community.http import MemberRequest, before_accepting, members_only, public
from community.moderation.forms_more import MoreForm
from community.moderation.models import Notice, Report


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
@before_accepting
def more(request: MemberRequest, pk: int) -> HttpResponse:
    """Of a report by a member."""
    mine = Report.objects.visible_to(request.user).filter(reporter=request.user)
    found = get_object_or_404(mine.select_related("illegal"), pk=pk)
    if found.decision_id is None:
        known = {"name": request.user.name, "email": request.user.email}
        return _ask(request, found, found.get_absolute_url(), known)
    return redirect(found)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def notice_more(request: HttpRequest, signed: str) -> HttpResponse:
    """Of one without an account."""
    found = Notice.behind(signed)
    if found is None:
        raise Http404
    if found.answered_at is None:
        known = {"name": found.name, "email": found.email, "where": found.address}
        return _ask(request, found, found.status_url, known)
    return redirect(found.status_url)


def _ask(request: HttpRequest, found: Report | Notice, back: str, known: dict[str, str]) -> HttpResponse:
    """What is said is kept, complete or not; what is missing is named at once."""
    if not found.asks:
        return redirect(back)
    is_sent = request.method == "POST"
    initial = {**known, **found.more, "illegal": found.illegal}
    form = MoreForm(request.POST if is_sent else None, kind=found.kind, chosen=found.illegal, initial=initial)
    if is_sent and form.is_valid() and (form.more or found.more or not found.missing):
        who = request.user if request.user.is_authenticated else get_adapter().get_client_ip(request)
        limits.spend("report-more", who)
        found.tell_more(found.subject, form.illegal, form.more)
        return redirect(request.path if found.missing else back)
    context = {"told": found, "form": form, "back": back, "is_new": not (is_sent or found.more or found.illegal)}
    return render(request, "moderation/more.html", context, status=422 if is_sent else 200)
