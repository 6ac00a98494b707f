"""How views reach rows: what the member may not see is not found."""

from __future__ import annotations

from django.db.models import FilteredRelation, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.asked import Asked
from community.http import MemberRequest
from community.members.models import Member
from groups.links.addresses import page_at
from groups.models import Group
from groups.threads.models import Post, ReadMark, Thread

# Psycopg takes a question apart anew each time it is asked if it is longer than 4,096 characters.
NOT_SHOWN = ["group__welcome", "group__purpose", "group__created_at", "group__seats", "group__approves_first"]


def find_group(request: MemberRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def find_thread(request: MemberRequest, slug: str, pk: int) -> Thread:
    """The thread of that group; hidden or not, its page says which. One that was moved is found by its old address."""
    threads = Thread.objects.visible_to(request.user).to_show()
    found = threads.filter(group__slug=slug, pk=pk).first()
    return found or get_object_or_404(threads, pk=Thread.objects.now_at(slug, pk))


def find_thread_to_read(request: MemberRequest, slug: str, pk: int) -> Thread:
    """The same with how far they have read it, and with no more than its page asks of it each time."""
    found = _to_read[request.user.is_staff](member=request.user.pk, slug=slug, pk=pk)
    if not found:
        return find_thread(request, slug, pk)
    thread = found[0]
    thread.readers_mark = thread.readers_mark or ReadMark(member=request.user, thread=thread)
    return thread


def find_lasting(request: MemberRequest, pk: int) -> Thread:
    """The thread with that number, or the one it went into."""
    now = Thread.objects.gone_into([pk]).get(pk, pk)
    return get_object_or_404(Thread.objects.visible_to(request.user).to_show(), pk=now)


def _asked_by(*, is_staff: bool) -> Asked[Thread]:
    def ask(member: int, slug: str, pk: int) -> QuerySet[Thread]:
        threads = Thread.objects.visible_to(Member(pk=member, is_staff=is_staff)).filter(group__slug=slug, pk=pk)
        mark = FilteredRelation("read_marks", condition=Q(read_marks__member=member))
        whole = threads.annotate(readers_mark=mark).select_related("group", "readers_mark")  # type: ignore[misc, no-redef]
        return whole.defer(*NOT_SHOWN)

    return Asked(ask)


_to_read = {is_staff: _asked_by(is_staff=is_staff) for is_staff in (False, True)}


def find_post(request: MemberRequest, slug: str, pk: int, number: int) -> Post:
    """The post with that number of that thread of that group, or that had it before it was moved."""
    found = _post_at(request.user, slug, pk, number)
    if found is None:
        raise Http404
    return found


def thread_at(member: Member, address: str) -> int | None:
    """The key of the thread to which a link leads: its own, or of a post that is in it now and the member may see."""
    page = page_at(address)
    if page is None or page.namespace not in {"threads", "posts"} or "pk" not in page.kwargs:
        return None
    pk, slug = page.kwargs["pk"], page.kwargs.get("slug", "")
    if page.view_name in {"posts:post", "posts:deed"}:
        return Post.objects.visible_to(member).filter(pk=pk).values_list("thread", flat=True).first()
    if "/posts/" in page.route:
        post = _post_at(member, slug, pk, page.kwargs["number"])
        return post.thread_id if post else None
    return Thread.objects.now_at(slug, pk) if slug else Thread.objects.gone_into([pk]).get(pk, pk)


def _post_at(member: Member, slug: str, pk: int, number: int) -> Post | None:
    posts = Post.objects.visible_to(member).to_show()
    found = posts.filter(thread__group__slug=slug, thread=pk, number=number).first()
    if found is None and Thread.objects.now_at(slug, pk):
        stood_here = Q(traces__thread=pk, traces__number=number) | Q(thread=pk, number=number)
        found = posts.filter(stood_here).distinct().first()
    return found
