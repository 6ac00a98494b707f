"""A group's feed for readers that cannot sign in: a private address for each member, made and made anew by them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import feedgenerator
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.views.decorators.http import require_safe

from community import limits, richtext
from community.http import MemberRequest, members_only, public
from community.members.models import Member
from groups.documents.models import Document
from groups.home.models import FeedAddress
from groups.models import Group
from groups.threads.models import Post
from groups.views import find_group, form_page

NEWEST = 30
EXCERPT: dict[str, int] = {Group.MailPrivacy.FULL: 2000, Group.MailPrivacy.SUMMARY: 200, Group.MailPrivacy.LINK: 0}


@members_only
@form_page
def address(request: MemberRequest, slug: str) -> HttpResponse:
    """One's own address for the group's feed; sending the form makes a new one, and the old one stops working."""
    group = find_group(request, slug)
    found = FeedAddress.objects.mine(request.user).filter(group=group).first()
    if request.method == "POST":
        limits.spend("feed-address", request.user)
        found = FeedAddress.make(request.user, group)
    url = settings.SITE_URL + found.get_absolute_url() if found else ""
    return render(request, "home/feed_address.html", {"group": group, "url": url})


@public
@require_safe
def feed(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The newest posts and documents, telling as much of them as the group lets out by e-mail."""
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


def _atom(found: FeedAddress) -> str:
    group = found.group
    atom = feedgenerator.Atom1Feed(
        title=_printable(group.name), link=settings.SITE_URL + group.get_absolute_url(), description=""
    )
    for item in sorted([*_posts(found), *_documents(found)], reverse=True)[:NEWEST]:
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


def _posts(found: FeedAddress) -> list[Item]:
    posts = Post.objects.visible_to(found.member).in_sight().filter(thread__group=found.group, thread__is_waiting=False)
    newest = posts.select_related("thread__group", "author").order_by("-posted_at")[:NEWEST]
    return [
        Item(each.posted_at, each.thread.title, *_told(found, each.author, each.body), each.get_absolute_url())
        for each in newest
    ]


def _documents(found: FeedAddress) -> list[Item]:
    documents = Document.objects.visible_to(found.member).filter(group=found.group, hidden=None)
    newest = documents.select_related("group", "author").order_by("-changed_at")[:NEWEST]
    return [
        Item(one.changed_at, one.title, *_told(found, one.author, one.summary), one.get_absolute_url())
        for one in newest
    ]


def _told(found: FeedAddress, author: Member, words: str) -> tuple[str, str]:
    """Author and excerpt, as far as the group lets them out."""
    length = EXCERPT[found.group.mail_privacy]
    return (str(author), richtext.excerpt(words, length)) if length else ("", "")


def _printable(text: str) -> str:
    return NOT_IN_XML.sub("", text)
