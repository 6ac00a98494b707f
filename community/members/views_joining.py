"""Coming here: an invitation's page, asking to join, and staff's answers."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.http import MemberRequest, members_only, public
from community.members import policy
from community.members.forms import ApplicationForm, NameForm, ReasonForm
from community.members.models import Application, Invitation, Organisation, SiteText, Unread


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A GET, which may be a mail scanner's, shows a button. The POST accepts; then a code proves the address."""
    found = Invitation.behind(token)
    if found is None:
        raise Http404
    guest = request.user if request.user.is_authenticated else None
    verdict = policy.accept(guest, found)
    is_known = found.has_account()  # told to who holds the letter, only
    form = None if is_known else NameForm(request.POST or None, texts=SiteText.all_in_force())
    if request.method == "POST" and (form is None or form.is_valid()):
        verdict.enforce()
        try:
            found.accept(**form.cleaned_data if form else {"name": "", "seen": []})
        except Unread:
            form = NameForm(request.POST, texts=SiteText.all_in_force())  # it says so, and keeps what was typed
        else:
            request.session["invited"] = found.email
            return redirect("/" if guest else "account_login")
    status = 200 if verdict else 410
    return render(
        request, "members/invitation.html", {"invitation": found, "verdict": verdict, "form": form}, status=status
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to join. The answer is the same for every address; what follows is in the letter."""
    form = ApplicationForm(request.POST or None)
    if request.method != "POST":
        return render(request, "members/ask.html", {"form": form})
    limits.spend("ask", get_adapter().get_client_ip(request))
    if not form.is_valid():
        return render(request, "members/ask.html", {"form": form}, status=422)
    Application.ask(**form.cleaned_data)
    return redirect("members:asked")


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Thank you, look at your mail."""
    return render(request, "members/asked.html")


@members_only
@require_safe
def applications(request: MemberRequest) -> HttpResponse:
    """Who waits for an answer."""
    policy.run_site(request.user).enforce()
    return render(
        request, "members/applications.html", {"applications": Application.objects.visible_to(request.user).waiting()}
    )


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them, with the organisations to approve it for. A POST approves."""
    found = get_object_or_404(Application.objects.visible_to(request.user).waiting(), pk=pk)
    organisations = Organisation.objects.visible_to(request.user).in_force()
    if request.method == "POST":
        organisation = get_object_or_404(organisations, pk=_number(request.POST.get("organisation")))
        found.approve(request.user, organisation)
        return redirect("members:applications")
    context = {"application": found, "organisations": organisations, "form": ReasonForm()}
    return render(request, "members/application.html", context)


@members_only
@require_POST
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    """No, and why: the person is written to."""
    found = get_object_or_404(Application.objects.visible_to(request.user).waiting(), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return redirect(reverse("members:application", args=[pk]))
    found.decline(request.user, form.cleaned_data["reason"])
    return redirect("members:applications")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
