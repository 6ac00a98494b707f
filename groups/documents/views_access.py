"""For those who look after a library: who can see and change what, and who has opened a document."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from community.http import MemberRequest, members_only
from groups.documents import permissions, policy
from groups.documents.models.look import KEPT
from groups.documents.views import answer, find_document, find_group

PAGE = 50


@members_only
@require_safe
def who(request: MemberRequest, slug: str) -> HttpResponse:
    """Who can see and change what, by role and by name where it is not the usual."""
    group = find_group(request, slug)
    policy.review_access(request.user, group).enforce()
    context = {
        "lines": permissions.by_role(group),
        "observers": permissions.observers(group),
        "reviewers": permissions.reviewers(group),
        "owners": permissions.owners_out(group),
        "holders": permissions.holders(group),
        "differences": permissions.differences(group),
        "carried_by": permissions.carried_by(group, request.user),
    }
    return answer(request, "documents/who.html", group, context)


@members_only
@require_safe
def activity(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Who opened a document and took it along, as long as that is kept, and its newest versions."""
    document = find_document(request, slug, pk)
    if document.is_hidden:
        raise Http404
    policy.see_readers(request.user, document).enforce()
    looks = document.looks.in_time()
    told = looks.aggregate(
        people=Count("member", distinct=True), took=Count("member", distinct=True, filter=Q(is_download=True))
    )
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        edge = looks.filter(pk=int(before)).first()
        looks = looks.filter(Q(on__lt=edge.on) | Q(on=edge.on, pk__lt=edge.pk)) if edge else looks
    rows = list(looks.select_related("member")[: PAGE + 1])
    context = {"document": document, "looks": rows[:PAGE], "told": told, "days": KEPT.days}
    context["older"] = rows[PAGE - 1].pk if len(rows) > PAGE else None
    context["versions"] = document.versions.select_related("author")[:5]
    return answer(request, "documents/activity.html", document.group, context)
