"""A document that a member proposes: it waits for a lead, who takes it into the library or says why not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import ledger
from community.files.models import StoredFile
from community.members.models import Affiliation, Member
from community.moderation.models import LegalHold
from community.notifications.models import Notification, notify
from community.policy import Refused
from groups.documents.kinds import Kind, Rights
from groups.documents.models.document import Document
from groups.documents.models.version import voice
from groups.models import Group

if TYPE_CHECKING:
    from uuid import UUID

SAID = ("title", "summary", "kind", "rights", "rights_note", "language", "nation", "audience", "accessibility")
MOST_WAITING = 10  # of one member in a group
KEPT = dt.timedelta(days=90)  # after the answer


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, member: Member) -> ProposalQuerySet:
        """One's own, and those to the groups that one looks after, in groups that one may read.

        Not while the document that became of it is hidden: the file and the words are the same.
        """
        after = Q(group__in=Group.objects.led_by(member)) | Q(member=member.pk)
        seen = self.filter(group__in=Group.objects.visible_to(member), document__hidden=None)
        return seen if member.is_staff else seen.filter(after)

    def to_show(self) -> ProposalQuerySet:
        return self.select_related("group", "member", "posted_as__organisation", "file", "document", "answered_by")

    def waiting(self) -> ProposalQuerySet:
        return self.filter(answered_at=None)

    def due_to_go(self) -> ProposalQuerySet:
        """Those that were answered so long ago, but for what is kept by law."""
        old = self.filter(answered_at__lte=timezone.now() - KEPT)
        return old.exclude(member__in=LegalHold.objects.people())


class Proposal(models.Model):
    """A file or an address, with what is said of it: what makes a document, `facts` being those of `SAID`.

    `declared`: what its sender answered for at the door, in words of ours. Declined, it lets go of the file.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="proposals")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    declared = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    url = models.URLField(max_length=500, blank=True)
    client_key = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why not"), max_length=500, blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint("group", "member", "client_key", name="one_proposal_a_key")]

    def __str__(self) -> str:
        return str(self.facts["title"])

    def get_absolute_url(self) -> str:
        return reverse("documents:proposal", args=[self.group.slug, self.pk])

    @property
    def kind(self) -> str:
        return str(Kind(self.facts["kind"]).label)

    @property
    def rights(self) -> str:
        return str(Rights(self.facts["rights"]).label)

    def was_made_of(self, content: StoredFile | str, facts: dict[str, Any]) -> bool:
        """Whether it was proposed in these very words, with this very file or address."""
        same = content == self.url if isinstance(content, str) else self.file and content.sha256 == self.file.sha256
        return bool(same) and all(facts[name] == self.facts[name] for name in self.facts)

    @classmethod
    @transaction.atomic
    def make(
        cls, group: Group, member: Member, content: StoredFile | str, key: UUID | None = None, **said: Any
    ) -> Proposal:
        """Put it before the leads, who are told. A repeat with the same key gives the first one."""
        group.lock()
        mine = cls.objects.filter(group=group, member=member)
        if key and (again := mine.filter(client_key=key).first()):
            return again
        if mine.waiting().count() >= MOST_WAITING:
            raise Refused(_("Ten of yours wait for an answer already. Wait for that, or ask the leads."))
        file, url = (None, content) if isinstance(content, str) else (content, "")
        facts = {name: said[name] for name in SAID if name in said}
        kept = {"declared": said.get("declared", []), "posted_as": said.get("posted_as") or voice(member, group)}
        made = cls.objects.create(group=group, member=member, facts=facts, file=file, url=url, client_key=key, **kept)
        notify([place.member for place in group.memberships.leading().select_related("member")], "proposed", made)
        return made

    @transaction.atomic
    def accept(self, by: Member) -> Document:
        """It is a document, owned by whoever proposed it; they are told."""
        self._answer(by)
        if self.file and self.file.is_barred:
            raise Refused(_("This file was taken down here meanwhile. Decline it, and say so."))
        content = self.file or self.url
        said = {**self.facts, "posted_as": self.posted_as}
        self.document = Document.post(self.group, self.member, content, self.client_key, **said)
        self.save()
        ledger.record(by, "accept-proposal", self.document.subject, member=self.member_id)
        if self.declared:
            ledger.record(self.member, "declare", self.document.subject, version=1, sure=self.declared)
        notify([self.member], "proposal-answered", self)
        return self.document

    @transaction.atomic
    def decline(self, by: Member, reason: str) -> None:
        """It is not taken; whoever proposed it is told why. The daily sweep takes the file."""
        self._answer(by)
        self.reason, self.file = reason, None
        self.save()
        ledger.record(by, "decline-proposal", self.group.stream, reason, member=self.member_id)
        notify([self.member], "proposal-answered", self)

    def _answer(self, by: Member) -> None:
        self.group.lock()
        self.refresh_from_db()
        if self.answered_at:
            raise Refused(_("Somebody has answered this already."))
        self.answered_at, self.answered_by = timezone.now(), by
        asking = Notification.objects.filter(kind="proposed", thing_model=self._meta.label_lower, thing_id=self.pk)
        asking.mark_read()
