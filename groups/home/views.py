"""The two pages people come in by: their own home, and a group's."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community import live, richtext
from community.http import MemberRequest, members_only
from community.notifications.lines import unread_lines
from groups import policy
from groups.documents.models import Document
from groups.home.news import news_for
from groups.models import Group, Invite, JoinRequest
from groups.tags.models import Tag
from groups.threads.models import Thread
from groups.views import find_group
from groups.watching.state import state

SHOWN = 5  # of each kind


@members_only
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """What needs the member, then what is new in their groups, then the end."""
    member = request.user
    groups = list(Group.objects.joined_by(member))
    asked = JoinRequest.objects.visible_to(member).waiting().to_leads(member)
    unread = [line for line in unread_lines(member) if line.newest.kind not in {"asked", "invited"}]
    news = news_for(member, groups)
    tally = {item.group.pk: item.unread for item in news}
    context = {
        "invites": Invite.objects.visible_to(member).to_show(),
        "requests": asked.to_show(),
        "asking": [line for line in unread if line.newest.asks][:SHOWN],
        "telling": [line for line in unread if not line.newest.asks],
        "my_groups": groups,
        "mine": [(group, tally.get(group.pk, 0)) for group in groups],
        "news": news,
    }
    return render(request, "home/home.html", context)


@members_only
@require_safe
def group(request: MemberRequest, slug: str) -> HttpResponse:
    """What a group is for, where to start, what is newest in it."""
    found, member = find_group(request, slug), request.user
    documents = Document.objects.visible_to(member).filter(group=found, hidden=None).select_related("group")
    threads = Thread.objects.visible_to(member).in_sight().current().opened()
    threads = threads.filter(group=found).select_related("group", "last_author").with_news_for(member)
    threads = threads.order_by("-last_post_at", "-pk")
    muted = list(Tag.objects.visible_to(member).muted_by(member))
    inside = found.memberships.in_force()
    context = {
        "group": found,
        "tab": "home",
        "since": live.head(found.stream),
        "welcome": richtext.render(found.shown_welcome).html if found.shown_welcome else "",
        "pinned_threads": threads.filter(is_pinned=True)[:SHOWN],
        "threads": threads.without(muted, member)[:SHOWN],
        "pinned_documents": documents.filter(is_pinned=True)[:SHOWN],
        "documents": documents.order_by("-changed_at", "-pk")[:SHOWN],
        "leads": found.leads().select_related("member", "affiliation__organisation"),
        "tally": inside.aggregate(people=Count("pk"), organisations=Count("affiliation__organisation", distinct=True)),
        "unread": threads.without(muted, member).unread_by(member).number(),
        "role": found.role_of(member),
        "watch": state(member, found),
        "may_start": policy.start(member, found),
        "may_change": policy.change(member, found),
    }
    return render(request, "home/group.html", context)
