"""How views reach rows: what the member may not see is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from community.http import MemberRequest
from groups.models import Group
from groups.threads.models import Post, Thread


def find_group(request: MemberRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def find_thread(request: MemberRequest, slug: str, pk: int) -> Thread:
    """The thread of that group; hidden or not, its page says which."""
    return get_object_or_404(Thread.objects.visible_to(request.user).to_show(), group__slug=slug, pk=pk)


def find_post(request: MemberRequest, slug: str, pk: int, number: int) -> Post:
    """The post with that number of that thread of that group."""
    posts = Post.objects.visible_to(request.user).to_show()
    return get_object_or_404(posts, thread__group__slug=slug, thread=pk, number=number)
