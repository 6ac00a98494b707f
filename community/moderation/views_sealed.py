"""What is sealed: telling the two who read it, and their pages. For everybody else those do not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.files.serve import serve
from community.http import MemberRequest, members_only, public
from community.moderation import copies, handed, policy
from community.moderation.forms_sealed import ReferralForm, SealedForm
from community.moderation.models import Contact, SealedCase, SealedLook, SealedReport, Worry
from community.moderation.models.kinds import SEALED
from community.moderation.views_desk import find_opened, number_in

MOST = 50
Take = Callable[[Worry], SealedReport]


def is_sealed(request: HttpRequest) -> bool:
    """Whether what is being told is for the keepers: by the form, or by the address that leads to it."""
    return (request.POST if request.method == "POST" else request.GET).get("kind", "") in SEALED


def tell_keepers(
    request: HttpRequest, kind_of: type[SealedForm], thing: Any = None, take: Take | None = None, back: str = ""
) -> HttpResponse:
    """First whom to turn to; what was typed before that is kept. Sent from there, it is taken, by `take` if the thing
    is none that can be reported itself. `back` leads to where that is left."""
    said = request.POST if request.method == "POST" else request.GET
    member = request.user if request.user.is_authenticated else None
    is_sent = request.method == "POST" and "sealed" in said
    form = kind_of(said) if is_sent else kind_of(initial={name: said.get(name, "") for name in kind_of.base_fields})
    if is_sent and form.is_valid():
        limits.spend("report", member) if member else limits.spend("notice", get_adapter().get_client_ip(request))
        worry = Worry(said["kind"], reporter=member, **form.cleaned_data)
        return redirect(take(worry) if take else SealedCase.take(worry, thing))
    context = {
        "form": form,
        "thing": thing,
        "kind": said["kind"],
        "left_out": bool(request.FILES),
        "back": back or (thing.get_absolute_url() if thing else reverse("moderation:how")),
        "contacts": Contact.by_nation(member.nation if member else ""),
    }
    return render(request, "moderation/sealed_send.html", context, status=422 if form.errors else 200)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: MemberRequest, subject: str) -> HttpResponse:
    """Staff hand what they see on the desk to the keepers, hidden already or not: it is sealed from then on.

    What it is about is never in the address, for addresses are written down on their way.
    """
    opened = find_opened(request, subject)
    if request.method != "POST" or not is_sealed(request):
        return redirect("moderation:case", subject)
    return tell_keepers(request, SealedForm, opened.thing)


@public
@require_safe
def receipt(request: HttpRequest, signed: str) -> HttpResponse:
    """It was received: nothing else, for whoever has the secret link."""
    report = SealedReport.behind(signed)
    if report is None:
        raise Http404
    nation = request.user.nation if request.user.is_authenticated else ""
    context = {"report": report, "contacts": Contact.by_nation(nation)}
    return render(request, "moderation/sealed_receipt.html", context)


@members_only
@require_safe
def waiting(request: MemberRequest) -> HttpResponse:
    """What is sealed, for those who read it: what waits, then the latest that are closed."""
    _keepers_only(request)
    found = SealedCase.objects.visible_to(request.user)
    return render(request, "moderation/sealed.html", {"waiting": found.open(), "closed": found.closed()[:MOST]})


@members_only
@require_safe
def case(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them, without a word of what it is about: that takes a further step. Each opening is written down."""
    return _show(request, _opened(request, pk))


@members_only
@require_POST
def read(request: MemberRequest, pk: int) -> HttpResponseBase:
    """What was told, of many reports the latest or `all`; or, one step further, the text of what was reported: never
    as anything but letters. From there, a `file` that came with a report."""
    found = _found(request, pk)
    if "file" in request.POST:
        key = number_in(request, "file")
        held = get_object_or_404(handed.files(found, request.user), pk=key)
        assert held.stored is not None
        found.look(request.user, SealedLook.What.FILE)
        return serve(request, held.stored, inline=True, name=held.name)
    is_text = "text" in request.POST
    found.look(request.user, SealedLook.What.TEXT if is_text else SealedLook.What.WORDS)
    context = {
        "case": found,
        "reports": found.reports.select_related("reporter"),
        "before": handed.reports(found, request.user, None if "all" in request.POST else handed.MOST),
        "exhibits": handed.exhibits(found, request.user),
        "is_text": is_text,
        "thing": found.thing,
    }
    return render(request, "moderation/sealed_read.html", context)


@members_only
@require_POST
def refer(request: MemberRequest, pk: int) -> HttpResponse:
    """To whom it was referred, when, and under which reference."""
    found = _found(request, pk)
    form = ReferralForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    found.refer(request.user, **form.cleaned_data)
    return redirect(found)


@members_only
@require_POST
def hold(request: MemberRequest, pk: int) -> HttpResponse:
    """Hold what an address in it leads to: it is out of everybody's sight."""
    found = _found(request, pk)
    thing = next((each for each in found.addressed if each.subject == request.POST.get("subject")), None)
    if thing is None:
        raise Http404
    found.hold(request.user, thing)
    return redirect("moderation:sealed")


@members_only
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Nothing is left to do: it stays sealed; or, with `back`, the thing is as it was before."""
    found = _found(request, pk)
    found.give_back(request.user) if "back" in request.POST else copies.close(found, request.user)
    return redirect(found)


def _keepers_only(request: MemberRequest) -> None:
    if not policy.sealed(request.user):
        raise Http404


def _found(request: MemberRequest, pk: int) -> SealedCase:
    return get_object_or_404(SealedCase.objects.visible_to(request.user), pk=pk)


def _opened(request: MemberRequest, pk: int) -> SealedCase:
    found = _found(request, pk)
    found.look(request.user, SealedLook.What.CASE)
    return found


def _show(request: MemberRequest, found: SealedCase, form: ReferralForm | None = None) -> HttpResponse:
    context = {
        "case": found,
        "reports": found.reports.count(),
        "looks": found.looks.select_related("by")[:MOST],
        "referrals": found.referrals.select_related("by"),
        "form": form or ReferralForm(),
        "contacts": Contact.by_nation(),
    }
    return render(request, "moderation/sealed_case.html", context, status=422 if form else 200)
