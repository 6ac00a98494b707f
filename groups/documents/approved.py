"""A comment that waited for approval is said: the same form is sent again, now."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.policy import Refused
from groups import place
from groups.approval import policy as approval_policy
from groups.approval.models import Fact, Waiting, publish_by
from groups.documents import policy
from groups.documents.forms_comment import CommentForm
from groups.documents.models import Comment, Document
from groups.documents.talk import answered_in


def _comment(waiting: Waiting) -> Comment:
    document = Document.objects.to_show().filter(group=waiting.group_id, pk=waiting.name[1]).first()
    if document is None:
        raise Refused(_("Its document is in another group now. Decline it, so that its writer can send it there."))
    approval_policy.publish(waiting).enforce()
    to = answered_in(document, waiting.author, str(waiting.fields.get("to", "")))
    form = CommentForm(document, waiting.data, author=waiting.author, to=to)
    form.is_approved = True
    with place.allowed(waiting.author, document.group, lambda now: policy.comment_on(now, document)) as author:
        made = form.say(author) if form.is_valid() else None
    if made is None:
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return made


def _beside(waiting: Waiting) -> list[Fact]:
    """The passage that it is about."""
    passage = str(waiting.fields.get("passage", ""))
    return [(gettext("About the passage"), passage)] if passage.strip() else []


publish_by("comment", _comment, _beside)
