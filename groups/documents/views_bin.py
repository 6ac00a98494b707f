"""The bin of a library: what was removed, to put it back or, after a time and on purpose, to delete it for good."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.http import MemberRequest, members_only
from community.policy import Refused
from community.privacy import retention
from groups import place
from groups.documents import policy
from groups.documents.models import Document
from groups.documents.paging import some_of
from groups.documents.views import answer, find_group

MOST = 50  # deleted for good in one go: as many as can be looked through


@members_only
@require_safe
def bin_of(request: MemberRequest, slug: str) -> HttpResponse:
    """What was removed from the library, to put it back."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    removed, kept = group.documents.removed(), retention.period("documents")
    context = {
        "some": some_of(removed, request.GET, by="removed_at"),
        "weight": removed.weight(),
        "kept": kept.days,
        "is_due": removed.due_to_go(kept).exists(),
    }
    return answer(request, "documents/bin.html", group, context)


@members_only
@require_POST
def put_back(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Out of the bin, back into the library."""
    group = find_group(request, slug)
    policy.post(request.user, group).enforce()
    document = get_object_or_404(group.documents.removed(), pk=pk)
    policy.arrange(request.user, document).enforce()
    document.put_back(request.user)
    return redirect(document)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def purge(request: MemberRequest, slug: str) -> HttpResponse:
    """What would go for good, those removed first; and, confirmed, exactly what was shown and is still ticked."""
    group = find_group(request, slug)
    policy.purge(request.user, group).enforce()
    kept = retention.period("documents")
    due = group.documents.due_to_go(kept)
    shown = list(due.order_by("removed_at", "pk")[:MOST])
    is_unsure = request.method == "POST" and "sure" not in request.POST
    if request.method == "POST" and not is_unsure:
        ticked = set(request.POST.getlist("document"))
        _say_so(request, *_purge([each for each in shown if str(each.pk) in ticked], kept, request))
        return redirect("documents:bin", slug)
    context = {
        "shown": shown,
        "kept_ticked": set(request.POST.getlist("document")) if is_unsure else {str(each.pk) for each in shown},
        "is_unsure": is_unsure,
        "are_more": due.count() > len(shown),
        "weight": group.documents.filter(pk__in=[each.pk for each in shown]).weight(),
        "kept": kept.days,
    }
    return answer(request, "documents/purge.html", group, context, status=422 if is_unsure else 200)


def _purge(documents: list[Document], kept: dt.timedelta, request: MemberRequest) -> tuple[int, int]:
    """Each in a deed of its own. What somebody put back or reported a moment ago stays."""
    gone = freed = 0
    for document in documents:
        try:
            with place.kept(request.user, document.group) as member:
                policy.purge(member, document.group).enforce()
                freed += document.purge(member, kept)
        except Refused:
            continue
        gone += 1
    return gone, freed


def _say_so(request: MemberRequest, gone: int, freed: int) -> None:
    said = ngettext("%(gone)s document was deleted for good.", "%(gone)s documents were deleted for good.", gone)
    room = _("That frees %(size)s.") % {"size": filesizeformat(freed)}
    messages.success(request, f"{said % {'gone': gone}} {room}")
