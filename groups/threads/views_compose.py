"""What a composer asks for while somebody writes: whom they may mention, and a place for a file until it is sent."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.files import BadFile
from community.files.serve import serve
from community.http import MemberRequest, members_only
from groups import text
from groups.models import Group
from groups.threads import policy
from groups.threads.attached import take, waiting_of
from groups.threads.find import find_group

MOST_PEOPLE = 8
LONGEST_NAME = 40


@members_only
@require_safe
def people(request: MemberRequest, slug: str) -> HttpResponse:
    """At most eight whom a text here can mention, by the letters typed so far (`?q=`): those who can see the group."""
    group = find_group(request, slug)
    limits.spend("mention", request.user)
    return JsonResponse({"people": _mentionable(group, request.GET.get("q", "")[:LONGEST_NAME].strip())})


@members_only
@require_POST
def upload(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep one file for a text that is being written. Answers with its row for the form, or says why not."""
    group = find_group(request, slug)
    policy.contribute(request.user, group).enforce()
    limits.spend("upload", request.user)
    try:
        kept = take(request.FILES.get("file"), request.user, group)
    except BadFile as bad:
        return HttpResponse(str(bad), status=422, content_type="text/plain; charset=utf-8")
    return render(request, "threads/_waiting.html", {"waiting": kept, "group": group}, status=201)


@members_only
@require_safe
def waiting(request: MemberRequest, slug: str, file: int) -> HttpResponseBase:
    """A file that waits to be sent, for its writer alone."""
    find_group(request, slug)
    return serve(request, get_object_or_404(waiting_of(request.user), pk=file), inline=True)


def _mentionable(group: Group, typed: str) -> list[dict[str, str]]:
    begins = Q(handle__istartswith=typed) | Q(name__istartswith=typed) | Q(name__icontains=f" {typed}")
    found = text.readers(group).filter(begins).order_by("name", "pk")[:MOST_PEOPLE]
    rows = [{"handle": member.handle, "name": member.name, "about": member.shown_title} for member in found]
    is_group = typed and (group.slug.startswith(typed.lower()) or group.name.lower().startswith(typed.lower()))
    if is_group:
        rows.insert(0, {"handle": group.slug, "name": group.name, "about": _("This group")})
    if typed and text.ASK.startswith(typed.lower()) and group.leads().exists():
        rows.insert(0, {"handle": text.ASK, "name": _("The leads"), "about": _("all of this group")})
    return rows[:MOST_PEOPLE]
