"""How a view is reached: who may call it, and what a refusal, a full bucket or a stale form looks like."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render, resolve_url
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import bad_request

from community import limits
from community.limits import TooMany
from community.members import policy
from community.members.models import Member

LARGEST = 2**63 - 1  # no row has a higher number, and not every database can be asked for one
TYPED = {  # the fields that people write longer texts into, of whatever form
    *{"title", "body", "note", "words", "reason", "summary", "name", "purpose", "welcome", "passage", "sections"},
    *{"answer", "bio", "message", "letter", "thanks", "statement", "where", "meaning", "why", "wrong"},
    *{"address", "complaint", "complaints", "met"},
}
View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request whose `user` is known to be a member with standing."""

    user: Member


def members_only(view: View) -> View:
    """Only members with standing come in; staff only with a second factor. No cache keeps what does not say so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, SimpleLazyObject):
            request.user = get_user(request)  # itself, without the wrapping through which each look at it would go
        reader = request.user if request.method in {"GET", "HEAD"} and request.user.is_authenticated else None
        if reader:
            reader.known = {} if reader.came_with is None else {"ties": reader.came_with}
        try:
            is_spared = getattr(view, "is_before_accepting", False)
            shut = _come_in(request) or (None if is_spared else _accept_first(request))
            response = shut or _answer(view, request, *args, **kwargs)
        finally:
            if reader:
                reader.known = None  # what is streamed later asks again
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    guarded.door = "members"  # type: ignore[attr-defined]
    return guarded


def before_accepting(view: View) -> View:
    """Goes under @members_only: open also to whoever has yet to accept the site's texts, or never will."""

    @wraps(view)
    def spared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    spared.is_before_accepting = True  # type: ignore[attr-defined]
    return spared


def public(view: View) -> View:
    """Anyone may call it, signed in or not; said aloud so that no view is public by accident."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # its header may name whoever is signed in
        return response

    open_to_all.door = "public"  # type: ignore[attr-defined]
    return open_to_all


def _come_in(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _signed_out(request)
    verdict = policy.come_in(request.user)
    if verdict:
        return None
    return render(request, "members/not_in.html", {"why": verdict.why_not, "typed": typed(request)}, status=403)


def _accept_first(request: HttpRequest) -> HttpResponse | None:
    """To the texts that the member has to accept by now. What was open then goes on for a day longer."""
    since = request.user.must_accept_from if isinstance(request.user, Member) else None
    if since is None or timezone.now() < since:
        return None
    if request.method in {"GET", "HEAD"} and _is_page(request):
        return redirect(f"{reverse('members:accept')}?{_next(request.get_full_path())}")
    verdict = policy.finish(since)
    if verdict:
        return None
    context = {"why": verdict.why_not, "typed": typed(request), "onward": _next(page_before(request))}
    return render(request, "members/accept_first.html", context, status=403)


def _is_page(request: HttpRequest) -> bool:
    """Somebody goes there, and it is no picture, part of a page or line of events. Old browsers do not say `mode`."""
    mode, wanted = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Accept", "")
    return mode == "navigate" if mode else "text/html" in wanted and "fragment" not in wanted


def _next(page: str) -> str:
    return urlencode({"next": page})


def _signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in. Whoever typed while the session ended finds the text here first, to copy."""
    page = request.get_full_path() if request.method == "GET" else page_before(request)
    words = typed(request)
    if not words:
        return redirect_to_login(page)
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{_next(page)}"
    why = _("Your session ended while you were writing. Copy your text, then sign in again.")
    return render(request, "members/signed_out.html", {"why": why, "typed": words, "sign_in": sign_in}, status=403)


def page_before(request: HttpRequest) -> str:
    """The page of ours that held the form that was sent, by what the browser says; home if it does not say."""
    before = urlsplit(request.headers.get("Referer", ""))
    page = f"{before.path}?{before.query}" if before.query else before.path
    is_ours = before.netloc == request.get_host() and page.startswith("/")
    return page if is_ours and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "/"


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if any(isinstance(part, int) and part > LARGEST for part in kwargs.values()):
        raise Http404
    try:
        if request.method == "POST" and request.user.is_authenticated:
            limits.spend("deed", request.user)
        return view(request, *args, **kwargs)
    except TooMany as limit:
        why = _("That was a lot in a short time. Wait %(seconds)s seconds and try again; your text is kept below.")
        response = _refuse(request, why % {"seconds": limit.retry_after}, 429)
        response["Retry-After"] = str(limit.retry_after)
        return response


def typed(request: HttpRequest) -> list[str]:
    """The longer texts of a form that could not be taken, so that a refusal page can hand them back."""
    if request.method != "POST":
        return []
    try:
        return [str(value) for name, value in request.POST.items() if name in TYPED and value]
    except (MultiPartParserError, SuspiciousOperation, BadRequest, OSError):  # it could not be read
        return []


@requires_csrf_token
def too_many(request: HttpRequest) -> HttpResponse:
    """The 429 page of the ways in, whose limits are counted by the sign-in library."""
    why = _("That was a lot in a short time. Wait five minutes and try again, or sign in another way.")
    response = _refuse(request, why, 429)
    response["Retry-After"] = "300"
    return response


@requires_csrf_token
@never_cache
def refused(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """The 403 page: the sentence that says why, and what was typed."""
    return _refuse(request, str(exception), 403)


def _refuse(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """Why not, what was typed, and the way back to the page on which it was."""
    before = page_before(request) if request.method == "POST" else "/"
    context = {"why": why, "typed": typed(request), "before": before if before != "/" else ""}
    return render(request, "refused.html", context, status=status)


@requires_csrf_token
@never_cache
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or came from elsewhere: nothing was done, the text is kept."""
    why = _(
        "This page was open for too long or in a second window, so nothing was sent. Go back, reload and send it again."
    )
    return _refuse(request, why, 403)


@requires_csrf_token
@never_cache
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for wrong, gone and private. What was typed before it was so is handed back."""
    return render(request, "not_found.html", {"typed": typed(request)}, status=404)


@requires_csrf_token
@never_cache
def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page, bare, for nothing about the request can be relied on; 413 with a sentence for too long a text."""
    if not isinstance(exception, RequestDataTooBig):
        return bad_request(request, exception)
    most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    why = _("This text is too long: a form can send %(most)s. Go back, shorten it or attach it as a file.")
    return render(request, "refused.html", {"why": why % {"most": most}}, status=413)
