"""What was sent, as the fields of the form that sent it: to be a draft again."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from community.members.models import Member
from groups.threads.models import Post, Thread

Fields = dict[str, str | list[str]]


def typed_again(post: Post) -> Fields:
    """The fields of a reply, or of the discussion that the post began. Files stay with the post."""
    fields: Fields = {"body": post.body}
    if post.author.is_nameless:
        fields["masked"] = "on"
    if post.posted_as_id:
        fields["posted_as"] = str(post.posted_as_id)
    if post.answered:
        fields["to"] = str(post.answered.number)
    if post.section:
        fields["section"] = str(post.section.number)
    return fields | _of_thread(post.thread, post.writer) if post.number == 1 else fields


def _of_thread(thread: Thread, writer: Member) -> Fields:
    fields: Fields = {"title": thread.title, "kind": thread.kind, "opens_at": _clock(thread.opens_at)}
    fields["tags"] = [str(tag.pk) for tag in thread.tags.all()]
    if thread.asks:
        fields["asks"] = "on"
    if thread.kind == Thread.Kind.CONSULTATION:
        fields["closes_at"] = _clock(thread.closes_at)
        fields["sections"] = "\n".join(section.title for section in thread.sections.all())
    linked = thread.linked_to(writer)
    if linked:
        fields["document"] = linked.get_absolute_url()
    return fields


def _clock(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""
