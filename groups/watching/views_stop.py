"""Stopping letters from a letter, without signing in: the words in the link say whose and which, and nothing else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community import limits
from community.http import public
from community.notifications.models import Mailing
from community.notifications.stopping import Wish
from groups.watching.models import Watch


@csrf_exempt  # mail programs post here by themselves (RFC 8058): the signed words permit it, no session is used
@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing. Sending says what was switched off, and how to have it back."""
    wish = Wish.read(token)
    if wish is None:
        raise Http404
    context: dict[str, object] = {
        "what": wish.what.rpartition("-")[0] or wish.what,
        "level": wish.level,
        "token": token,
    }
    if request.method == "POST":
        limits.spend("stop-mail", wish.member)
        before = Mailing.wish(wish) if wish.what in Mailing.WAYS else Watch.wish(wish)
        if before is None:
            raise Http404
        context |= {"done": True, "back": Wish(wish.member, wish.what, before).sign()}
    return render(request, "watching/stop.html", context)
