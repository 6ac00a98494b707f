"""What is there already, while a title is typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community import limits
from community.http import MemberRequest, members_only
from groups.threads.find import find_group
from groups.threads.similar import similar_threads


@members_only
@require_safe
def similar(request: MemberRequest, slug: str) -> HttpResponse:
    """A part of the page: discussions with a title like `?title=`, from all groups that the member may read."""
    find_group(request, slug)
    limits.spend("similar", request.user)
    threads = similar_threads(request.user, request.GET.get("title", ""))
    return render(request, "threads/_similar.html", {"threads": threads})
