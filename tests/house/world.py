"""One of everything, in a group that only its people know: what every address is tried on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.members.models import Application, Invitation, Member
from community.moderation.models import (
    Appeal,
    BarredFile,
    Contact,
    DataRequest,
    Duty,
    Holiday,
    IllegalKind,
    LegalHold,
    Notice,
    SealedCase,
    Shift,
    WatchWord,
    Worry,
)
from community.responses.models import Bookmark
from groups.approval.models import Passed, Waiting
from groups.approval.why import Why
from groups.documents.models import Collection, Comment, Folder, FormatRequest, Proposal
from groups.models import Group, JoinRequest, Role
from groups.tags.models import Tag
from groups.threads.models import Template, Thread
from groups.threads.starters import Wording
from realtime.chat.models import Room
from tests import make

SLUG, NEVER_WAS = "inner-circle", "never-exists"  # of one length, so that answers can be compared to the byte
SOON = timezone.localdate() + dt.timedelta(days=30)
COLLECTIONS = ["collection", "edit_collection", "collect", "collection_zip"]
OURS = {"community", "groups", "realtime"}


@dataclass
class World:
    """Rows to put into addresses, and a count of all there is."""

    group: Group
    lead: Member
    staff: Member
    things: dict[str, Any]

    def address(self, name: str, wanted: set[str], **other: str) -> str:
        """The address `name` of these rows; one with a part we do not know fails here, to be added."""
        room = name.partition(":")[0]
        found = {}
        for part in wanted:
            value = self.things.get(f"{name}/{part}", self.things.get(f"{room}/{part}", self.things.get(part)))
            assert value is not None, f"tests/house/world.py does not know <{part}> of {name}: add it there"
            found[part] = value
        return reverse(name, kwargs={**found, **other})

    def count(self) -> dict[str, int]:
        """How many rows there are of each of our kinds; the log of looks and limits aside."""
        return {
            model._meta.label: model._default_manager.count()
            for model in apps.get_models()
            if model.__module__.partition(".")[0] in OURS and not model._meta.proxy
        }


def build() -> World:
    """A hidden group with a lead, a member, a request, a discussion, a message, a report and a decision."""
    group = make.group("Inner circle", visibility="hidden", joining="invite")
    assert group.slug == SLUG
    lead, author, staff = make.person("lead-inside"), make.person("author-inside"), make.person("staff", is_staff=True)
    make.place(group, lead, Role.LEAD)
    place = make.place(group, author)
    asking = make.person("asking")
    request = JoinRequest.objects.create(group=group, member=asking, affiliation=asking.affiliations.get())
    post = Thread(group=group, title="Sealed").start(author.affiliations.get(), "Words for us alone")
    message = Room.of(group).say(author, "Said among us", "key-1", author.affiliations.get())
    report = post.report(lead, "spam", "Look")
    decision = post.hide(staff, "A reason", "3.2")
    post.restore(staff, "Well")
    notice = Notice.take("copyright", "Our score stands here")
    told = SealedCase.take(Worry("worry", "Words for us alone"))
    things: dict[str, Any] = {
        "slug": SLUG,
        "subject": post.subject,
        "token": "a-token-that-never-was",
        "threads/pk": post.thread.pk,
        "threads/title": post.thread.slug,
        "threads/number": post.number,
        "threads/file": 1,
        "posts:post/pk": post.pk,
        "posts:deed/pk": post.pk,
        "posts:deed/deed": "edit",
        "posts:thread/pk": post.thread.pk,
        "home:thread-feed-address/pk": post.thread.pk,
        "chat/pk": message.pk,
        "messages/pk": message.pk,
        "moderation:notice/pk": notice.pk,
        "moderation:hand-notice/pk": notice.pk,
        "moderation:keep-notice-from/pk": notice.pk,
        "moderation:open-case/pk": notice.pk,
        "moderation:notice-status/signed": notice.status_url.rstrip("/").rpartition("/")[2],
        "moderation/pk": told.case.pk,
        "moderation:legal-hold/pk": LegalHold.place(author.subject, staff, "Sealed claim", SOON).pk,
        "moderation:data-request/pk": DataRequest.ask(author, "erase", "Sealed wish").pk,
        "moderation:duty/pk": Duty.objects.latest("pk").pk,
        "moderation:barred-file/pk": BarredFile.objects.create(sha256="0" * 64, why="removed", decision=decision).pk,
        "moderation:word/pk": _word(staff).pk,
        "moderation:drop-shift/pk": Shift.objects.create(member=staff, first="2030-01-01", last="2030-01-02").pk,
        "moderation:illegal-kind/pk": IllegalKind.objects.latest("pk").pk,
        "moderation:notice-more/signed": notice.status_url.rstrip("/").rpartition("/")[2],
        "moderation:more/pk": report.pk,
        "moderation:holiday/pk": Holiday.objects.latest("pk").pk,
        "moderation:target/what": "spam",
        "moderation:contact/pk": Contact.objects.latest("pk").pk,
        "moderation:sealed-receipt/signed": told.get_absolute_url().rstrip("/").rpartition("/")[2],
        "chat/room": message.room.pk,
        "chat/whom": "leads",
        "chat/number": message.number,
        "chat/file": 1,
        "groups:request/pk": request.pk,
        "groups/pk": place.member.pk,
        "moderation:receipt/pk": report.pk,
        "moderation:decision/pk": decision.pk,
        "moderation:file/pk": 1,
        "moderation:exhibit/pk": 1,
        "moderation:notice-file/pk": notice.pk,
        "moderation:notice-file/file": 1,
        "moderation/handle": lead.handle,
        "privacy/handle": lead.handle,
        "privacy:period/name": "letters",
        "moderation:hear/pk": Appeal.lodge(decision, author, "Sealed words").pk,
        "tags:change/pk": Tag.add(lead, group, "Sealed brass").pk,
        "tags:change-shared/pk": Tag.add(staff, None, "Shared word").pk,
        "templates/pk": Template.add(lead, group, Wording("Sealed agenda", "Sealed words")).pk,
        "watching:level/subject": post.thread.subject,
        "notifications/pk": author.notifications.get(kind="hide").pk,
        "drafts/pk": Draft.keep(lead, Typed(f"reply:threads.thread-{post.thread.pk}", {"body": "Not sent"})).pk,
        "responses/pk": Bookmark.keep(lead, post.thread).pk,
        **_document(group, lead),
        **_joining(lead, staff),
        **_waiting(post.thread, author),
    }
    return World(group, lead, staff, things)


def _waiting(thread: Thread, author: Member) -> dict[str, Any]:
    sent = QueryDict(mutable=True)
    sent.update({"body": "Sealed words", "kept": str(make.stored(author).pk)})
    waiting = Waiting.take(thread.group, author, f"reply:threads.thread-{thread.pk}", sent, Why.FIRST)
    passed = Passed.copy(waiting)
    return {
        "approval/pk": waiting.pk,
        "approval/file": waiting.files.get().pk,
        "approval:passed/pk": passed.pk,
    }


def _word(staff: Member) -> WatchWord:
    word = WatchWord(words="sealed word")
    word.full_clean()
    word.keep(staff)
    return word


def _joining(lead: Member, staff: Member) -> dict[str, Any]:
    tie = lead.affiliations.get()
    sent = Invitation.send("invited@example.org", tie.organisation, staff)
    asked = Application.objects.create(email="a@example.org", name="A", organisation_name="Harrowdale")
    return {
        "kind": "rules",
        "members:text-version/number": 1,
        "members/slug": tie.organisation.slug,
        "members/handle": lead.handle,
        "messages/handle": lead.handle,
        "members:revoke/pk": sent.pk,
        "members:end_affiliation/pk": tie.pk,
        "members:contact/pk": tie.pk,
        "members/pk": asked.pk,
    }


def _proposal(group: Group, member: Member) -> dict[str, Any]:
    facts = {"title": "Sealed proposal", "kind": "paper", "rights": "own"}
    made = Proposal.make(group, member, make.stored(member), **facts)
    return {"documents:proposal/pk": made.pk, "documents:proposed_file/pk": made.pk}


def _document(group: Group, lead: Member) -> dict[str, Any]:
    document = make.document(group, lead)
    folder = Folder.add(lead, group, "Sealed shelf")
    collection = Collection(group=group)
    collection.describe(lead, "Sealed pack", "")
    collection.add(lead, document)
    reviewer = group.memberships.exclude(member=lead)[0].member
    review = document.ask_review(lead, [reviewer], timezone.localdate() + dt.timedelta(days=9))
    return {
        "documents:folder/pk": folder.pk,
        "documents/pk": document.pk,
        "documents:edit_page/pk": make.page(group, lead, "Sealed words").pk,
        "documents/comment": Comment.say(document, lead, "Sealed remark").pk,
        "documents/number": 1,
        "documents/review": review.pk,
        "documents/asked": FormatRequest.ask(document, reviewer, "Sealed wish").pk,
        **{f"documents:{name}/pk": collection.pk for name in COLLECTIONS},
        **_proposal(group, reviewer),
        "documents/name": "paper.pdf",
    }
