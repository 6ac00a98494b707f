"""Reactions: say one of a few words, take it back, see who said it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.http import MemberRequest, members_only
from community.responses import policy
from community.responses.find import find_thing, wants_fragment
from community.responses.models import Reaction, Say

PAGE = 50


@members_only
@require_POST
def respond(request: MemberRequest) -> HttpResponse:
    """Say `post-12:helpful`, or take it back if it was said; a script says which of the two (`on`)."""
    subject, _colon, say = request.POST.get("say", "").partition(":")
    thing = find_thing(request, subject)
    is_said = hasattr(thing, "has_from") and thing.has_from(request.user, say)
    if request.POST.get("on", "0" if is_said else "1") == "1":
        limits.spend("react", request.user)
        with policy.kept(request.user, thing) as member:
            policy.react(member, thing, say).enforce()
            thing.react(member, say)
        words = _("You said: %(words)s") % {"words": Say(say).label}
    else:
        words = _("Taken back.")
        if is_said:
            thing.take_back(request.user, say)
    if wants_fragment(request):
        return render(request, "responses/_reactions.html", {"thing": thing})
    messages.success(request, words)
    return redirect(thing)


@members_only
@require_safe
def who(request: MemberRequest, subject: str) -> HttpResponse:
    """Who said what of it, the latest first; for whoever may see the thing."""
    thing = find_thing(request, subject)
    if not hasattr(thing, "reactions") or not thing.is_in_sight:
        raise Http404
    name = (thing._meta.label_lower, thing.pk)
    rows = Reaction.objects.visible_to(request.user, name).select_related("member").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    older = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return render(request, "responses/who.html", {"thing": thing, "rows": found[:PAGE], "older": older})
