"""One's drafts: kept while writing, listed, discarded and put back. A page that writes asks with `quiet`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.drafts.models import Draft, Full, Newer, with_things
from community.drafts.typed import Typed
from community.http import MemberRequest, members_only
from community.http import typed as texts


@members_only
@require_safe
def drafts(request: MemberRequest) -> HttpResponse:
    """All of them, the latest first; `?discarded=` a number offers to put that one back."""
    mine = Draft.objects.visible_to(request.user)
    number = request.GET.get("discarded", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    gone = mine.filter(pk=int(number)).exclude(discarded_at=None).first() if is_number else None
    return render(request, "drafts/list.html", {"drafts": with_things(mine.kept(), request.user), "gone": gone})


@members_only
@require_POST
def save(request: MemberRequest) -> HttpResponse:
    """Keep what stands in a form. Where another page was first, both texts are shown."""
    limits.spend("draft", request.user)
    typed = Typed.of(request.POST)
    if typed is None:
        return _not_kept(request, _("This cannot be kept as a draft. Copy your text from here."))
    try:
        draft = Draft.keep(request.user, typed)
    except Newer as newer:
        return _newer(request, newer.current, typed)
    except Full:
        return _not_kept(request, _("Not saved: this text is too long for a draft, or you have a hundred drafts."))
    if "quiet" in request.POST:
        return JsonResponse(_state(draft))
    messages.success(request, _("Your draft is saved. Only you can see it."))
    return redirect("drafts:list")


@members_only
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away, or put it back (`back`)."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    if "back" in request.POST:
        draft.put_back()
        return redirect("drafts:list")
    draft.discard()
    return redirect(f"{reverse('drafts:list')}?discarded={pk}")


def _newer(request: MemberRequest, current: Draft, typed: Typed) -> HttpResponse:
    if "quiet" in request.POST:
        shown = current.fields if current.is_kept else {}
        return JsonResponse({**_state(current), "fields": shown}, status=409)
    with_things([current], request.user)
    return render(request, "drafts/newer.html", {"draft": current, "typed": typed}, status=409)


def _not_kept(request: MemberRequest, why: str) -> HttpResponse:
    if "quiet" in request.POST:
        return JsonResponse({"why": why}, status=422)
    return render(request, "refused.html", {"why": why, "typed": texts(request)}, status=422)


def _state(draft: Draft) -> dict[str, object]:
    at = timezone.localtime(draft.at, timezone.get_default_timezone())
    return {"sequence": draft.sequence, "at": date_format(at, "H:i")}
