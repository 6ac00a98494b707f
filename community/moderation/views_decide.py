"""Deciding: the smallest step, then the reasons and letters that go with it; and hearing appeals. For staff only."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from community.http import MemberRequest, members_only
from community.moderation import cases, copies, policy
from community.moderation.forms import SPAM, LettersForm, SpamForm, StepForm
from community.moderation.forms_appeal import HearingForm
from community.moderation.models import Act, Appeal, Decision, Ruling
from community.moderation.models.links import address
from community.moderation.views_desk import find_opened, show_case, staff_only


@require_http_methods(["GET", "POST"])
@members_only
def decide(request: MemberRequest, subject: str) -> HttpResponse:
    """The step chosen on the case's page (?act=hide&rule=3.2) with its letters, ready to change; then it is done."""
    opened = find_opened(request, subject, cases.look)
    said = request.POST if request.method == "POST" else request.GET
    policy.decide(request.user, opened.thing, said.get("act", "")).enforce()
    step = StepForm(said, thing=opened.thing, by=request.user)
    if not step.is_valid():
        return show_case(request, opened, step, status=422)
    if request.method != "POST" and step.is_old:
        messages.warning(request, cases.MEANWHILE)
        return redirect("moderation:case", subject)
    form = LettersForm(request.POST or None, thing=opened.thing, step=step)
    if request.method == "POST" and form.is_valid():
        after = cases.go_on(request.user, opened.case)
        done = cases.decide(request.user, opened.thing, form.ruling, step.cleaned_data["seen"])
        _say(request, [done], copies.said(opened.thing))
        return redirect(after or "moderation:desk")
    context = {"opened": opened, "step": step, "form": form, "offer": step.offer}
    return render(request, "moderation/decide.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@members_only
def spam(request: MemberRequest) -> HttpResponse:
    """What was ticked on the desk (?case=3&case=5) is shown once more with its letters, then hidden in one go."""
    staff_only(request)
    is_done = request.method == "POST"
    said = request.POST if is_done else request.GET
    found = cases.chosen(request.user, said.getlist("case"), cases.find if is_done else cases.look)
    for opened in found:
        policy.decide(request.user, opened.thing, Act.HIDE).enforce()
    left = cases.decided_meanwhile(request.user, said.getlist("case"))
    if left:
        messages.warning(request, render_to_string("moderation/_left.html", {"left": left}))
    elif not found:
        messages.warning(request, _("Nothing was hidden. Tick what is spam first."))
    form = SpamForm(request.POST or None)
    if not found:
        return redirect("moderation:desk")
    if form.is_valid():
        _say(request, cases.hide_all(request.user, found, Ruling(Act.HIDE, rule=SPAM, **form.cleaned_data)))
        return redirect("moderation:desk")
    return render(request, "moderation/spam.html", {"found": found, "form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@members_only
def hear(request: MemberRequest, pk: int) -> HttpResponse:
    """An appeal, for a colleague of whoever decided. Whoever lodged it reads on at the address of their letter."""
    appeal = get_object_or_404(Appeal.objects.visible_to(request.user).whole(), pk=pk)
    if appeal.by == request.user and request.method != "POST":
        return redirect(address(appeal.decision, request.user))
    opened = find_opened(request, appeal.decision.subject, cases.look)
    may = policy.hear(request.user, appeal)
    form = HearingForm(request.POST or None)
    if request.method == "POST":
        may.enforce()
        if form.is_valid():
            said = form.cleaned_data
            (appeal.uphold if said["is_upheld"] else appeal.refuse)(request.user, said["reason"])
            return redirect("moderation:hear", pk)
    context = {"appeal": appeal, "opened": opened, "form": form, "may_hear": may}
    return render(request, "moderation/hear.html", context, status=422 if form.is_bound else 200)


def _say(request: MemberRequest, decisions: list[Decision], of_copies: str | Promise = "") -> None:
    """What was done, with the way back to it, on the page where one goes on."""
    said = {"decisions": decisions, "copies": of_copies}
    messages.success(request, render_to_string("moderation/_done.html", said))


@members_only
@require_POST
def open_copies(request: MemberRequest, subject: str) -> HttpResponse:
    """What carries the same bytes elsewhere is a case as well, each of it."""
    opened = find_opened(request, subject)
    case = copies.cause(opened.thing)
    if case is None:
        raise Http404
    copies.open_cases(request.user, case, opened.thing)
    return redirect("moderation:case", subject)
