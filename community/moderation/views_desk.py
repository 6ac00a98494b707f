"""The desk: what waits, one case with its context, and the ledger. Staff only; for others there is no such page."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community import live
from community.http import MemberRequest, members_only
from community.models import Entry
from community.moderation import cases, policy
from community.moderation.forms import DecisionForm
from community.moderation.models import DESK, Decision, Moderatable

PAGE = 50


@require_safe
@members_only
def desk(request: MemberRequest) -> HttpResponse:
    """What waits for a decision, oldest first; or with ?show=closed what was decided lately."""
    _staff_only(request)
    show = "closed" if request.GET.get("show") == "closed" else "open"
    rows = cases.closed(PAGE) if show == "closed" else cases.waiting(PAGE)
    return render(
        request, "moderation/desk.html", {"rows": rows, "show": show, "stream": DESK, "since": live.head(DESK)}
    )


@require_http_methods(["GET", "POST"])
@members_only
def case(request: MemberRequest, subject: str) -> HttpResponse:
    """One thing in its context, what the reporters said, and the decision."""
    _staff_only(request)
    opened = cases.open_case(request.user, subject)
    if opened is None:
        raise Http404
    form = DecisionForm(request.POST or None, is_hidden=opened.thing.is_hidden)
    if request.method == "POST":
        policy.decide(request.user, opened.thing, request.POST.get("act", "")).enforce()
        if form.is_valid():
            _decide(request, opened.thing, form.cleaned_data)
            return redirect("moderation:case", subject)
    return render(request, "moderation/case.html", {"case": opened, "form": form}, status=422 if form.is_bound else 200)


@require_safe
@members_only
def entries(request: MemberRequest) -> HttpResponse:
    """The ledger, newest first, a page before number ?before."""
    _staff_only(request)
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 19):
        raise BadRequest
    rows = Entry.page_before(int(before) if before else None, PAGE)
    older = f"?before={rows[-1].number}" if len(rows) == PAGE else ""
    return render(request, "moderation/ledger.html", {"rows": rows, "older": older})


def _decide(request: MemberRequest, thing: Moderatable, answers: dict[str, str]) -> None:
    act, reason = answers["act"], answers["reason"]
    if act == Decision.Act.HIDE:
        thing.hide(request.user, reason, answers["rule"])
    elif act == Decision.Act.RESTORE:
        thing.restore(request.user, reason)
    else:
        thing.leave(request.user, reason)


def _staff_only(request: MemberRequest) -> None:
    if not policy.desk(request.user):
        raise Http404
