"""What one keeps for later: keep it, list it, note and reminder, remove it and put it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import limits
from community.http import MemberRequest, members_only
from community.responses.find import find_thing, wants_fragment
from community.responses.forms import BookmarkForm
from community.responses.models import Bookmark
from community.responses.models.bookmark import shown

PAGE = 20
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@members_only
@get_or_post
def saved(request: MemberRequest) -> HttpResponse:
    """The list, latest first; or, sent a thing's name, keep that thing and go on to its note."""
    if request.method == "POST":
        return _keep(request)
    mine = Bookmark.objects.visible_to(request.user)
    rows = mine.kept().order_by("-pk")
    before, undo = (request.GET.get(name, "") for name in ("before", "undo"))
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    is_number = undo.isascii() and undo.isdigit() and len(undo) < 19
    removed = mine.filter(pk=int(undo)).exclude(removed_at=None) if is_number else mine.none()
    context = {
        "bookmarks": shown(found[:PAGE], request.user),
        "older": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "removed": next(iter(shown(removed, request.user)), None),
    }
    return render(request, "responses/saved.html", context)


@members_only
@get_or_post
def bookmark(request: MemberRequest, pk: int) -> HttpResponse:
    """The note and the reminder of something kept."""
    found = _find(request, pk)
    form = BookmarkForm(request.POST if request.method == "POST" else None, bookmark=found)
    if form.is_valid():
        found.change(form.cleaned_data["note"], form.remind_at)
        messages.success(request, _("Saved for later."))
        return redirect(found.thing)
    context = {"bookmark": found, "form": form}
    return render(request, "responses/bookmark.html", context, status=422 if form.is_bound else 200)


@members_only
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """No longer kept, or (`back`) kept again after all."""
    found = _find(request, pk)
    if "back" in request.POST:
        found.put_back()
    else:
        found.remove()
    if wants_fragment(request):
        return HttpResponse(status=204)
    saved_url = reverse("responses:saved")
    return redirect(saved_url if "back" in request.POST else f"{saved_url}?undo={found.pk}")


def _keep(request: MemberRequest) -> HttpResponse:
    thing = find_thing(request, request.POST.get("thing", ""))
    limits.spend("save", request.user)
    if "off" in request.POST:
        Bookmark.let_go(request.user, thing)
        return HttpResponse(status=204)
    kept = Bookmark.keep(request.user, thing)
    if not wants_fragment(request):
        return redirect(kept)
    answer = HttpResponse(status=201)
    answer["Location"] = kept.get_absolute_url()
    return answer


def _find(request: MemberRequest, pk: int) -> Bookmark:
    """One's own, of something one may still see."""
    found = get_object_or_404(Bookmark.objects.visible_to(request.user), pk=pk)
    for one in shown([found], request.user):
        return one
    raise Http404
