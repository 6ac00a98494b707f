"""How views reach rows: what the member may not see is not found."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from community.asked import Asked
from community.http import MemberRequest
from community.members.models import Member
from groups.models import Group
from groups.threads.models import Post, Thread


def find_group(request: MemberRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def find_thread(request: MemberRequest, slug: str, pk: int) -> Thread:
    """The thread of that group; hidden or not, its page says which. One that was moved is found by its old address."""
    threads = Thread.objects.visible_to(request.user).to_show()
    found = threads.filter(group__slug=slug, pk=pk).first()
    return found or get_object_or_404(threads, pk=Thread.objects.now_at(slug, pk))


def find_thread_to_read(request: MemberRequest, slug: str, pk: int) -> Thread:
    """The same, with no more than its page asks of it each time."""
    found = _to_read[request.user.is_staff](member=request.user.pk, slug=slug, pk=pk)
    return found[0] if found else find_thread(request, slug, pk)


def find_lasting(request: MemberRequest, pk: int) -> Thread:
    """The thread with that number, or the one it went into."""
    now = Thread.objects.gone_into([pk]).get(pk, pk)
    return get_object_or_404(Thread.objects.visible_to(request.user).to_show(), pk=now)


def _asked_by(*, is_staff: bool) -> Asked[Thread]:
    def ask(member: int, slug: str, pk: int) -> QuerySet[Thread]:
        threads = Thread.objects.visible_to(Member(pk=member, is_staff=is_staff)).select_related("group")
        return threads.filter(group__slug=slug, pk=pk)

    return Asked(ask)


_to_read = {is_staff: _asked_by(is_staff=is_staff) for is_staff in (False, True)}


def find_post(request: MemberRequest, slug: str, pk: int, number: int) -> Post:
    """The post with that number of that thread of that group, or that had it before it was moved."""
    posts = Post.objects.visible_to(request.user).to_show()
    found = posts.filter(thread__group__slug=slug, thread=pk, number=number).first()
    if found is None and Thread.objects.now_at(slug, pk):
        stood_here = Q(traces__thread=pk, traces__number=number) | Q(thread=pk, number=number)
        found = posts.filter(stood_here).distinct().first()
    if found is None:
        raise Http404
    return found
