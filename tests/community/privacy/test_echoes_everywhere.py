"""Whoever is erased is named by no text that others wrote: each kind of text is looked through, or why not is said."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from community.members.models import Member
from community.privacy.echoes import TEXTS
from community.privacy.erasure import erase
from groups.documents.models import Comment, Document, PageText, Proposal
from groups.models import Group
from groups.threads.models import Template
from groups.threads.starters import Wording
from tests import make

MADE = "made out of what is looked through, or follows it"
CASE = "what staff decided and why, and what it was about: kept as it was, for as long as cases are"
CASES = "moderation."  # all that this room keeps is of that kind
SITE = "staff’s own, about the site or for the inspection of it"
FIGURES = "numbers and names of rows, not words"
LETTERS = "letters that wait are looked through by themselves: `forget_letters`"
GOES = "goes with the erasure that it is for"
UNTOUCHED = {
    **dict.fromkeys(["threads.post.html", "threads.section.html", "threads.summary.html"], MADE),
    **dict.fromkeys(["documents.comment.html", "documents.pagetext.html", "chat.message.html"], MADE),
    **dict.fromkeys(["threads.quotation.body", "threads.quotation.html", "threads.quotation.files"], MADE),
    **dict.fromkeys(["search.record.text", "members.sitetext.pieces"], MADE),
    **dict.fromkeys(["community.entry.reason", "community.entry.details"], CASE),
    **dict.fromkeys(["approval.passed.body", "approval.passed.beside"], CASE),
    **dict.fromkeys(["members.sitetext.body", "members.provider.address", "members.provider.complaints"], SITE),
    **dict.fromkeys(["threads.post.reactions", "chat.message.reactions", "groups.group.reactions"], FIGURES),
    **dict.fromkeys(["threads.readmark.beyond", "threads.caughtup.before", "documents.proposal.declared"], FIGURES),
    **dict.fromkeys([f"mail.letter.{name}" for name in ("text", "html", "headers", "about")], LETTERS),
    "privacy.erasing.was": GOES,
}
OURS = ("community.", "groups.", "realtime.")


def test_every_text_is_looked_through_or_says_why_not():
    """All but single lines: titles and names, in which nobody is mentioned or quoted by a sign of the site."""
    kinds = [kind for kind in apps.get_models() if kind.__module__.startswith(OURS) and not kind._meta.proxy]
    found = {
        f"{kind._meta.label_lower}.{field.name}"
        for kind in kinds
        for field in kind._meta.concrete_fields
        if isinstance(field, models.TextField | models.JSONField) and not kind._meta.label_lower.startswith(CASES)
    }
    assert found == TEXTS.keys() | UNTOUCHED.keys() and not TEXTS.keys() & UNTOUCHED.keys()


@pytest.mark.parametrize("way", ["keep", "remove"])
def test_what_a_group_says_of_itself_and_begins_with_names_them_no_more(group, member, lead, staff, way):
    post = make.thread(group, lead).reply(member.affiliations.get(), "We lend ukuleles.")
    said = f"{post.as_quotation()}Ask @{member.handle} about that."
    group.change(lead, {"welcome": said})
    template = Template.add(lead, group, Wording("Lesson idea", said))
    page = make.page(group, lead, f"Ask @{member.handle} about the keys, and lock up.")
    Document.objects.filter(pk=page.pk).update(summary=f"By @{member.handle}.")
    comment = Comment.say(page, lead, "Which?", passage=f"Ask @{member.handle} about the keys", client_key=uuid4())
    facts = {"title": "Keys", "summary": f"By @{member.handle}.", "kind": "template", "rights": "own"}
    proposal = Proposal.make(group, lead, make.stored(lead), **facts)
    assert erase(member, staff, "Asked", way)
    now = Member.objects.get(pk=member.pk).handle
    for text in (Group.objects.get(pk=group.pk).welcome, Template.objects.get(pk=template.pk).body):
        assert member.handle not in text and member.name not in text and f"Ask @{now} about that." in text
        assert ("We lend ukuleles." in text) == (way == "keep")
    assert Document.objects.get(pk=page.pk).summary == f"By @{now}."
    assert Proposal.objects.get(pk=proposal.pk).facts["summary"] == f"By @{now}."
    comment = Comment.objects.get(pk=comment.pk)
    assert comment.passage == f"Ask @{now} about the keys" and comment.stands
    assert comment.passage in PageText.objects.get(version=page.current).body
