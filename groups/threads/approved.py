"""What waited for approval becomes what its writer sent: the same form is sent again, now."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from community import things
from community.policy import Refused
from groups.approval import policy as approval_policy
from groups.approval.models import Fact, Waiting, publish_by
from groups.models import Group
from groups.threads import policy
from groups.threads.forms import PostForm, ThreadForm
from groups.threads.forms_reply import ReplyForm
from groups.threads.models import Post, Thread

OF_KIND: dict[str, list[str]] = {
    Thread.Kind.CONSULTATION: ["closes_at", "sections"],
    Thread.Kind.RESOURCE: ["document"],
}


def _reply(waiting: Waiting) -> Post:
    """In the thread it was sent to, or what that went into; not in another group, whose leads have not seen it."""
    names = things.gone_into([waiting.name])
    thread = Thread.objects.to_show().filter(group=waiting.group, pk=names.get(waiting.name, waiting.name)[1]).first()
    if thread is None:
        raise Refused(_("Its discussion is in another group now. Decline it, so that its writer can send it there."))
    approval_policy.publish(waiting).enforce()
    policy.reply(waiting.author, thread).enforce()
    form = ReplyForm(waiting.data, author=waiting.author, thread=thread)
    return _sent(form, form.reply)


def _start(waiting: Waiting) -> Post:
    group = Group.objects.get(pk=waiting.group_id)
    approval_policy.publish(waiting).enforce()
    if not policy.start(waiting.author, group):
        raise Refused(_("Its writer starts no discussions here any more. Decline it, or leave it."))
    form = ThreadForm(waiting.data, author=waiting.author, group=group)
    form.allow_for_waiting()
    return _sent(form, form.start)


def _sent(form: PostForm, deed: Callable[[], Post | None]) -> Post:
    form.is_approved = True
    post = deed() if form.is_valid() else None
    if post is None:
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return post


def _beside(waiting: Waiting) -> list[Fact]:
    """What else its writer said of a new discussion, as far as its kind has it, in the words of the form."""
    kind = str(waiting.fields.get("kind", ""))
    said = {name: str(waiting.fields.get(name, "")) for name in ("sections", "document")}
    said |= {name: str(waiting.fields.get(name, "")).replace("T", " ") for name in ("closes_at", "opens_at")}
    said |= {"kind": str(dict(Thread.Kind.choices).get(kind, "")), "tags": ", ".join(map(str, waiting.tags))}
    shown = ["kind", "tags", *OF_KIND.get(kind, []), "opens_at"]
    return [(str(ThreadForm.base_fields[name].label), said[name]) for name in shown if said[name].strip()]


publish_by("reply", _reply)
publish_by("new", _start, _beside)
