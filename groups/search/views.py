"""The results page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import limits
from community.http import MemberRequest, members_only
from groups.models import Group
from groups.search.asked import LONGEST
from groups.search.find import MOST_PAGES, Page, find
from groups.search.forms import NarrowForm


@require_safe
@members_only
def results(request: MemberRequest) -> HttpResponse:
    """What the member may read that holds the words of `?q=`; words that occur only elsewhere find nothing."""
    question, form = request.GET.get("q", "").strip(), NarrowForm(request.GET, member=request.user)
    asked = {"question": question, "form": form, "longest": LONGEST, "groups": Group.objects.joined_by(request.user)}
    asked |= {"group": request.GET.get("group", ""), "kinds": NarrowForm.KINDS}
    if len(question) > LONGEST:
        asked["too_long"] = _("Ask with fewer words: at most 200 letters.")
    if len(question) > LONGEST or not form.is_valid():
        return render(request, "search/results.html", {**asked, "page": Page([], None)}, status=422)
    number = request.GET.get("page", "")
    page = int(number) if number in map(str, range(1, MOST_PAGES + 1)) else 1
    if question:
        limits.spend("search", request.user)
    found = find(request.user, question, form.narrow(), page)
    return render(request, "search/results.html", {**asked, "page": found, "number": page})
