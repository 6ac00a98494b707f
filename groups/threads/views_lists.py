"""Lists of discussions, a group's and those of all one's groups; what is unread in them, and the way to the next."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community import live
from community.http import MemberRequest, members_only
from groups.approval.mine import waiting_here
from groups.models import Group
from groups.tags.models import Tag
from groups.threads import policy
from groups.threads.filters import Filters
from groups.threads.find import find_group
from groups.threads.models import CaughtUp, Thread
from groups.threads.models.thread import ThreadQuerySet
from groups.threads.paging import Order, Place, page_of_rows
from groups.threads.reading import whole_number


@members_only
@require_safe
def threads(request: MemberRequest, slug: str) -> HttpResponse:
    """The group's discussions, the one last written in first, or what the filters leave of them."""
    group = find_group(request, slug)
    since = live.head(group.stream)
    found = Thread.objects.visible_to(request.user).in_sight().filter(group=group)
    context = {"group": group, "tab": "threads", "streams": {group.stream: since}}
    context["may_start"] = policy.start(request.user, group)
    context["waiting"] = found.unanswered().to_show()[:3]
    context["mine_waiting"] = waiting_here(request, f"new:groups.group-{group.pk}")
    context["caught_up"] = CaughtUp.just_now(request.user, group)
    context |= _listed(request, found, [group])
    return render(request, "threads/threads.html", context)


@members_only
@require_safe
def everything(request: MemberRequest) -> HttpResponse:
    """The discussions of all one's groups in one list."""
    groups = list(Group.objects.joined_by(request.user))
    streams = {group.stream: 0 for group in groups}
    streams |= live.heads(streams)
    found = Thread.objects.visible_to(request.user).in_sight().filter(group__in=groups)
    context = {"my_groups": groups, "streams": streams, **_listed(request, found, groups)}
    return render(request, "threads/everything.html", context)


@members_only
@require_safe
def counts(request: MemberRequest) -> HttpResponse:
    """What pages show beside the names of groups, and from where to follow each: fetched when a page is quiet."""
    member, at = request.user, timezone.now()
    groups = list(Group.objects.joined_by(member))
    reading = f"reading-{member.pk}"
    heads = live.heads([reading, *(group.stream for group in groups)])
    muted = list(Tag.objects.visible_to(member).muted_by(member))
    found = Thread.objects.visible_to(member).in_sight().filter(group__in=groups).without(muted, member)
    news = found.unread_by(member).news_by_group()
    told = {
        group.pk: {"stream": group.stream, "since": heads.get(group.stream, 0), "news": news.get(group.pk, {})}
        for group in groups
    }
    reading_told = {"stream": reading, "since": heads.get(reading, 0)}
    return JsonResponse({"at": at.isoformat(), "reading": reading_told, "muted": bool(muted), "groups": told})


@members_only
@require_safe
def next_unread(request: MemberRequest) -> HttpResponse:
    """On to the next discussion with something unread, from the one one is in (`from`) or a list (of its `group`)."""
    member, groups = request.user, Group.objects.joined_by(request.user)
    muted = list(Tag.objects.visible_to(member).muted_by(member))
    found = Thread.objects.visible_to(member).in_sight().filter(group__in=groups).without(muted, member)
    slug = request.GET.get("group", "").replace("\0", "")[:60]
    place = Order().place(f"0--{whole_number(request.GET.get('from'))}", Thread.objects.visible_to(member))
    thread = _next(found.unread_by(member).select_related("group"), slug, place)
    return redirect(f"{thread.get_absolute_url()}#new") if thread else redirect("/discussions/?show=unread")


def _next(unread: ThreadQuerySet, slug: str, place: Place | None) -> Thread | None:
    """In the group the older ones, then the newer, then those of other groups.

    Who leaves one unread comes to the newer ones only at the end: so whoever goes on and on meets each of them.
    """
    if not slug:
        return unread.order_by("-last_post_at", "-pk").first()
    here, at = Q(group__slug=slug), place.pk if place else 0
    is_left = unread.filter(pk=at).exists()
    ranks = [
        When(here & Order().further(place) if place else here, then=0),
        When(here, then=4 if is_left else 1),
        When(group__slug__gt=slug, then=2),
    ]
    return unread.exclude(pk=at).order_by(Case(*ranks, default=3), "group__slug", "-last_post_at", "-pk").first()


@members_only
@require_POST
def read_all(request: MemberRequest, slug: str) -> HttpResponse:
    """All of the group's discussions count as read; or (`undo`) again as before."""
    group = find_group(request, slug)
    if "undo" in request.POST:
        CaughtUp.take_back(request.user, group)
    else:
        CaughtUp.mark(request.user, group)
    return redirect("threads:list", slug)


def _listed(request: MemberRequest, threads: ThreadQuerySet, groups: list[Group]) -> dict[str, Any]:
    """What every list is given: its page of rows, its filters, what is left out."""
    member, filters = request.user, Filters.asked(request.GET, request.user, groups)
    left, order = filters.applied(threads), filters.order(has_pins=len(groups) == 1)
    return {
        "page": page_of_rows(left, request.GET, order, filters.kept, member),
        "filters": filters,
        "shows": filters.shows(threads),
        "unread": threads.without(filters.muted, member).unread_by(member).number(),
    }
