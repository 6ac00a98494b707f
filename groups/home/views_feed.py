"""Feeds of a group and of its discussions, for readers that cannot sign in: private addresses, made by each member."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import limits
from community.http import MemberRequest, members_only, public
from community.members.models import Member
from groups.documents.models import Document
from groups.home.models import Feed, FeedAddress
from groups.models import Group
from groups.models.letters import told_of
from groups.threads.find import find_thread
from groups.threads.models import Post, Thread
from groups.views import find_group, form_page

NEWEST = 30
LONGEST = 2000  # letters of one post


@members_only
@form_page
def address(request: MemberRequest, slug: str) -> HttpResponse:
    """One's own address for the group's feed; sending the form makes a new one, and the old ones stop working."""
    return _address(request, find_group(request, slug))


@members_only
@form_page
def thread_address(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One's own address for a discussion's feed. The key is that of the group, so a new one is new for all."""
    thread = find_thread(request, slug, pk)
    if thread.is_hidden:
        raise Http404
    return _address(request, thread.group, thread)


@public
@require_safe
def feed(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The newest posts and documents, or the posts of one discussion: as much of them as the group lets out by mail."""
    found = FeedAddress.opened_by(token, slug)
    if found is None:
        raise Http404
    limits.spend("feed", found.member)
    response = HttpResponse(_atom(found), content_type=feedgenerator.Atom1Feed.content_type)
    patch_cache_control(response, private=True, no_store=True)
    return response


NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Item(NamedTuple):
    """Something new, as a feed reader shows it."""

    at: dt.datetime
    title: str
    author: str
    words: str
    url: str


def _address(request: MemberRequest, group: Group, thread: Thread | None = None) -> HttpResponse:
    found = FeedAddress.objects.mine(request.user).filter(group=group).first()
    if request.method == "POST":
        limits.spend("feed-address", request.user)
        found = FeedAddress.make(request.user, group)
    url = settings.SITE_URL + found.url_for(thread) if found else ""
    context = {"group": group, "tab": "threads" if thread else "", "thread": thread, "url": url}
    return render(request, "home/feed_address.html", context)


def _atom(feed: Feed) -> str:
    page = feed.group.get_absolute_url()
    names = [feed.group.name]
    if feed.thread:
        page = reverse("posts:thread", args=[feed.thread.pk])
        names.insert(0, told_of(feed.group, feed.thread.title).title)
    title = " · ".join(filter(None, names))
    atom = feedgenerator.Atom1Feed(title=_printable(title), link=settings.SITE_URL + page, description="")
    for item in sorted([*_posts(feed), *_documents(feed)], reverse=True)[:NEWEST]:
        atom.add_item(
            title=_printable(item.title),
            link=settings.SITE_URL + item.url,
            description=escape(_printable(item.words)),
            author_name=_printable(item.author),
            pubdate=item.at,
            updateddate=item.at,
            unique_id=f"{settings.SITE_URL}{item.url}#{item.at:%Y%m%d%H%M%S}",
        )
    return atom.writeString("utf-8")


def _posts(feed: Feed) -> list[Item]:
    posts = Post.objects.visible_to(feed.member).in_sight().filter(thread__group=feed.group, thread__is_waiting=False)
    posts = posts.filter(thread=feed.thread).order_by("-number") if feed.thread else posts.order_by("-posted_at")
    newest = posts.select_related("thread__group", "author")[:NEWEST]
    return [
        Item(_when(each), *_told(feed, _title(each), each.author, each.body), each.get_absolute_url())
        for each in newest
    ]


def _documents(feed: Feed) -> list[Item]:
    if feed.thread:
        return []
    documents = Document.objects.visible_to(feed.member).filter(group=feed.group, hidden=None)
    newest = documents.select_related("group", "author").order_by("-changed_at")[:NEWEST]
    return [
        Item(one.changed_at, *_told(feed, one.title, one.author, one.summary), one.get_absolute_url()) for one in newest
    ]


def _title(post: Post) -> str:
    return post.thread.title if post.number == 1 else str(post)


def _when(post: Post) -> dt.datetime:
    day = post.posted
    return day if isinstance(day, dt.datetime) else timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _told(feed: Feed, title: str, author: Member, words: str) -> tuple[str, str, str]:
    """Title, author and text, as far as the group lets them out."""
    told = told_of(feed.group, title, words)
    if not told.title:
        return _("Something new"), "", ""
    return told.title, str(author), Truncator(told.words).chars(LONGEST)


def _printable(text: str) -> str:
    return NOT_IN_XML.sub("", text)
