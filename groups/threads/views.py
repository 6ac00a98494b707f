"""Reading: a thread, a post by its link, a file, and how far one has read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from community import live
from community.files.serve import serve
from community.http import MemberRequest, members_only
from community.kept import Kept
from community.responses.models import Say
from community.responses.own import Own, own_responses
from community.things import Name, name_of
from groups import policy as group_policy
from groups.approval.mine import waiting_here
from groups.links.models import talk_about
from groups.mine import heads, know_roles, leads, own_state, shown_state
from groups.threads import moved, policy
from groups.threads.audience import watched_by
from groups.threads.drawn import Drawn
from groups.threads.find import find_lasting, find_post, find_thread, find_thread_to_read
from groups.threads.forms_reply import BlankReply, ReplyForm, begin_reply
from groups.threads.kinds import look
from groups.threads.models import Post, Thread
from groups.threads.reading import PageOfPosts, page_of_posts, ranges, whole_number, with_posts
from groups.threads.timeline import Timeline
from groups.watching.state import State

_own: Kept[tuple[Own, State]] = Kept(5000)  # readers' responses and their level, a page each

_cited: Kept[list[Any]] = Kept(5000)  # the documents that speak of a thread, for each reader
CITED = 6  # of them, listed
UNDO = dt.timedelta(minutes=1)  # after sending; mail about a post waits longer


@members_only
@require_safe
def thread(request: MemberRequest, slug: str, pk: int, title: str = "") -> HttpResponse:
    """A page of a thread's posts, and the form to reply."""
    heads(request, *streams_of(pk))  # before all else, so that nothing that happens meanwhile falls between
    found = find_thread_to_read(request, slug, pk)
    if (found.pk, found.group.slug) != (pk, slug):
        return redirect(found)
    if found.is_hidden:
        return render(request, "threads/hidden.html", about(request, found))
    form = begin_reply(request.user, found, opening(request, found), own_state(request))
    return show_thread(request, found, form)


@members_only
@require_safe
def post(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """A post by its place: leads to the page it is on."""
    return redirect(find_post(request, slug, pk, number).page_url)


@members_only
@require_safe
def lasting_post(request: MemberRequest, pk: int) -> HttpResponse:
    """The lasting link to a post: leads to where it is now."""
    return redirect(get_object_or_404(Post.objects.visible_to(request.user).to_show(), pk=pk).page_url)


@members_only
@require_safe
def lasting_deed(request: MemberRequest, pk: int, deed: str) -> HttpResponse:
    """What is done with a post (edit, remove), by its lasting link: leads to where that is done now."""
    found = get_object_or_404(Post.objects.visible_to(request.user).to_show(), pk=pk)
    query = request.GET.urlencode()
    return redirect(f"{found.deeds_url}{deed}/{'?' if query else ''}{query}")


@members_only
@require_safe
def lasting_thread(request: MemberRequest, pk: int) -> HttpResponse:
    """The lasting link to a thread, whatever its group and its title, and into which it went."""
    return redirect(find_lasting(request, pk))


@members_only
@require_safe
def file(request: MemberRequest, slug: str, pk: int, number: int, file: int) -> HttpResponseBase:
    """A file of a post, as long as the post can be read."""
    found = find_post(request, slug, pk, number)
    held = found.files.filter(pk=file).first() if found.is_in_sight else None
    if held is None:
        raise Http404
    return serve(request, held.stored, inline=True)


@members_only
@require_safe
def transcript(request: MemberRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """What a post carries of the live room, as it is now, as a Markdown file: to share as a document, for instance."""
    found = find_post(request, slug, pk, number)
    if not (found.is_in_sight and found.quoted):
        raise Http404
    name = f"{found.thread.slug}-{number}.md"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(found.transcript, content_type="text/markdown; charset=utf-8", headers=headers)


@members_only
@require_POST
def read(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Which posts one has read: those in `seen` ("3-9,12"), and all up to `number`."""
    found = find_thread(request, slug, pk)
    for start, end in ranges(request.POST.get("seen", ""), found.last_number):
        found.mark_read(request.user, end, start)
    number = min(whole_number(request.POST.get("number")), found.last_number)
    if number:
        found.mark_read(request.user, number)
    return redirect("threads:list", slug)


@members_only
@require_POST
def unread(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """From which post on all is new to one again. Back to the list: here it would be read at once."""
    found = find_thread(request, slug, pk)
    number = whole_number(request.POST.get("number"))
    if number:
        found.mark_unread(request.user, number)
    return redirect("threads:list", slug)


def show_thread(
    request: MemberRequest, thread: Thread, form: ReplyForm | BlankReply, status: int = 200
) -> HttpResponse:
    """The page of a thread, with this form to reply."""
    context = about(request, thread)
    mark = thread.readers_mark or thread.mark_of(request.user)
    state, leading = context["state"], leads(request, thread.group)
    page = context["page"] = page_of_posts(thread, request.GET, mark, leading, state)
    before = moved.lines(page, thread, request.user)
    context["runs"] = runs = page.runs(before, answered=2 if thread.kind == Thread.Kind.QUESTION else 0)
    context["moved_last"] = before.get(0)
    know_roles(request)
    context |= {"form": form, "may_reply": policy.reply(request.user, thread)}
    context["pace"] = policy.pace(request.user, thread)
    may_react = context["may_reply"] or (thread.is_closed and group_policy.contribute(request.user, thread.group))
    without = [say for say in Say.values if not (may_react and say in thread.group.reactions)]
    context["own"], context["watch"] = _own.get_or_make(
        (state, own_state(request), page.start, *without),
        lambda: (own_responses(request.user, _names(thread, page), without), watched_by(request.user, thread)),
    )
    context |= look(thread, request.user, page.start)
    context["timeline"] = Timeline(thread, page)
    key = (state, heads(request)[live.SIGHT], request.user.pk)
    context["cited"] = _cited.get_or_make(key, lambda: talk_about(thread, request.user, CITED))
    context["mine_waiting"] = waiting_here(request, f"reply:threads.thread-{thread.pk}")
    context["sent"] = just_sent(page.posts, request)
    return HttpResponse(with_posts(render_to_string("threads/thread.html", context, request), runs), status=status)


def _names(thread: Thread, page: PageOfPosts) -> list[Name]:
    return [name_of(thread), *((Post._meta.label_lower, post.pk) for post in page.posts)]


def just_sent(posts: list[Drawn], request: MemberRequest) -> Post | None:
    """The post of one's own that led here, while it is so new that nobody was written to about it.

    The first of a discussion only as long as it stands alone: then all of it can be taken back.
    """
    number = whole_number(request.GET.get("at")) or 1
    new = next((post for post in posts if post.number == number and timezone.now() - post.posted_at < UNDO), None)
    if number == 1 and len(posts) > 1:
        return None
    found = Post.objects.visible_to(request.user).to_show().filter(pk=new.pk).first() if new else None
    return found if found and found.writer == request.user and found.is_in_sight else None


def about(request: MemberRequest, thread: Thread) -> dict[str, Any]:
    """What every page of a thread is given."""
    stream, said = streams_of(thread.pk)
    known = heads(request, stream, said)
    since = known[stream]
    state = (thread.pk, since, known[said], shown_state(request))  # what is drawn of the thread holds as long as this
    plain = None if thread.linked_id or thread.asks or thread.kind == Thread.Kind.CONSULTATION else state
    return {"group": thread.group, "tab": "threads", "thread": thread, "since": since, "state": state, "plain": plain}


def streams_of(pk: int) -> tuple[str, str]:
    """What happens in a thread, and what is said of it."""
    return f"thread-{pk}", f"said-thread-{pk}"


def opening(request: MemberRequest, thread: Thread) -> dict[str, Any]:
    """How the reply begins: `?to=12` in reply to that post, `?quote=12` with it as a quotation as well."""
    quoted, to = (whole_number(request.GET.get(name)) for name in ("quote", "to"))
    post = thread.posts.to_show().in_sight().filter(number=quoted or to).first() if quoted or to else None
    if post is None:
        return {}
    return {"to": post.number, "body": post.as_quotation() if quoted else ""}
