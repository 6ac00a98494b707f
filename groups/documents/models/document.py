"""A shared document: what it is, who may use it and how, and what can be done with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Affiliation, Member, Nation
from community.moderation.models import Moderatable
from community.notifications.models import notify
from community.policy import Refused
from groups.documents import tasks
from groups.documents.kinds import Kind, Language, Rights
from groups.documents.models import order
from groups.documents.models.folder import Folder
from groups.documents.models.held import Held
from groups.documents.models.removed import Removable
from groups.documents.models.review import Reviewed, State
from groups.documents.models.version import Version, voice
from groups.models import Group
from groups.search import models as search

if TYPE_CHECKING:
    from uuid import UUID

    from community.files.models import StoredFile

WHEN_LOCKED = {"folder", "review_on"}  # what can be said anew of a document that is agreed
FACTS = ("title", "summary", "kind", "folder", "rights", "rights_note", "review_on", "language", "nation")


LOOK_AGAIN = dt.timedelta(days=14)  # before its review date, the owner is reminded


class Stale(Exception):
    """Someone changed the document since the form was opened; nothing was done."""


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, member: Member) -> DocumentQuerySet:
        """Documents of the groups the member may read now. A hidden one is there, but shows only why it is hidden."""
        return self.standing().filter(group__in=Group.objects.visible_to(member))

    def standing(self) -> DocumentQuerySet:
        """Documents that nobody removed."""
        return self.filter(removed_at=None)

    def removed(self) -> DocumentQuerySet:
        """What was taken out of the library and could be put back, latest first."""
        return self.exclude(removed_at=None).select_related("removed_by", "group").order_by("-removed_at", "-pk")

    def remind_owners(self) -> None:
        """Whose review date comes near, and once more when it has passed: the owner is asked to look again."""
        today = timezone.localdate()
        current = self.standing().filter(hidden=None, superseded_by=None).exclude(state=State.ARCHIVED)
        near = Q(review_on__lte=today + LOOK_AGAIN, looked_at_again=None)
        passed = Q(review_on__lt=today, looked_at_again__lte=F("review_on"))
        for document in current.filter(near | passed).select_related("author"):
            notify([document.author], "look-again", document)
            self.filter(pk=document.pk).update(looked_at_again=today)

    def could_replace(self, document: Document) -> DocumentQuerySet:
        """Others of its group that are current, so that replacements never run in a circle."""
        current = Q(superseded_by=None) | Q(superseded_by__removed_at__isnull=False)
        return self.standing().filter(current, group=document.group_id, hidden=None).exclude(pk=document.pk)

    def to_show(self) -> DocumentQuerySet:
        """With everything its row and page need, in one query."""
        return self.standing().select_related(
            "group",
            "author",
            "posted_as__organisation",
            "current__file",
            "superseded_by",
            "hidden",
            "folder",
            "held_by",
            "agreed",
        )


@live.streamable
class Document(Held, Reviewed, Removable, Moderatable):
    """A document of a group. `author` owns it; `current` is its newest version, `edition` counts changes of its facts.

    A document whose rights are "link only" holds addresses instead of files.
    """

    partial = "documents/_row.html"

    group = models.ForeignKey(Group, models.PROTECT, related_name="documents")
    author = models.ForeignKey(Member, models.PROTECT, related_name="documents")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    folder = models.ForeignKey(Folder, models.SET_NULL, null=True, blank=True, related_name="documents")
    rights = models.CharField(_("rights"), max_length=12, choices=Rights)
    rights_note = models.CharField(_("which licence, or whose permission"), max_length=200, blank=True)
    review_on = models.DateField(_("review by"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.ENGLISH)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)
    is_pinned = models.BooleanField(default=False)
    current = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    version_count = models.PositiveIntegerField(default=0)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    edition = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-is_pinned", "-changed_at", "-pk"]
        indexes = order.INDEXES

    def __str__(self) -> str:
        """The title, unless the document is hidden: then nobody learns it from a list, a menu or a notification."""
        return gettext("Hidden document") if self.is_hidden else self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.group.slug, self.pk])

    @property
    def is_link(self) -> bool:
        return self.rights == Rights.LINK

    @property
    def is_past_review(self) -> bool:
        return self.review_on is not None and self.review_on < timezone.localdate()

    @property
    def successor(self) -> Document | None:
        """The document that replaces this one, while it stands."""
        other = self.superseded_by
        return other if other is not None and other.removed_at is None else None

    @property
    def evidence(self) -> str:
        contents = "\n".join(
            f"{version.number}. {version.content_name} {version.note}" for version in self.versions.all()
        )
        return f"{self.title}\n{self.summary}\n{self.rights_note}\n{contents}".strip()

    def shown_anew(self) -> None:
        self._tell()
        self._index()

    @classmethod
    def sent(cls, author: Member, group: Group, key: UUID | None) -> Document | None:
        """What this very form became when it was sent before."""
        first = Version.objects.sent(author, key).filter(document__group=group, number=1).first()
        return first.document if first else None

    @classmethod
    @transaction.atomic
    def post(
        cls, group: Group, author: Member, content: StoredFile | str, key: UUID | None = None, **facts: Any
    ) -> Document:
        """Share a file or an address with the group, as version 1. A repeat with the same key gives the first one.

        `facts` are those of `FACTS`, and `note` and `posted_as` of the version.
        """
        Group.objects.select_for_update().get(pk=group.pk)  # two sends of one form take turns
        if again := cls.sent(author, group, key):
            return again
        said = {name: facts.pop(name) for name in ("note", "posted_as") if name in facts}
        said.setdefault("posted_as", voice(author, group))
        document = cls.objects.create(group=group, author=author, posted_as=said["posted_as"], **_only_facts(facts))
        document._put(author, content, key, **said)
        document._index()
        live.publish(group, "append", "documents", document)
        return document

    @transaction.atomic
    def add_version(self, by: Member, content: StoredFile | str, key: UUID | None = None, **said: Any) -> Version:
        """A new current version, with the next number; the old ones stay. `said`: `note` and `posted_as`."""
        self.lock_row()
        sent = Version.objects.sent(by, key).filter(document=self).first()
        if sent:
            return sent
        if self.is_held_from(by):
            raise Refused(_("Somebody else works on the next version now. Ask them, or let go of it for them."))
        if self.is_archived:
            raise Refused(_("This document is archived. Put it back into use first."))
        self.held_by = self.held_at = None
        self.becomes_newer()
        said.setdefault("posted_as", voice(by, self.group))
        version = self._put(by, content, key, **said)
        self._index()
        self._tell()
        return version

    def bring_back(self, by: Member, earlier: Version, key: UUID | None = None) -> Version:
        """An earlier version is the current one again: as a new version, so that nothing is lost."""
        note = gettext("Version %(number)s again") % {"number": earlier.number}
        return self.add_version(by, earlier.file or earlier.url, key, note=note)

    @transaction.atomic
    def text_read(self, version: Version) -> None:
        """The text of a version was read out of its file: from now on the document is found by it."""
        self.lock_row()
        if self.current_id == version.pk:
            self._index()
        live.publish(self, "refresh")

    @transaction.atomic
    def edit(self, by: Member, edition: int, **facts: Any) -> None:
        """Change what is said about the document. Raises `Stale` if it is not at `edition` any more."""
        self.lock_row()
        if self.edition != edition:
            raise Stale
        if self.is_agreed and any(getattr(self, name) != facts[name] for name in facts.keys() - WHEN_LOCKED):
            raise Refused(_("It was agreed meanwhile, so what it says is locked. Add a new version to change it."))
        if facts.get("review_on", self.review_on) != self.review_on:
            self.looked_at_again = None
        for name, value in _only_facts(facts).items():
            setattr(self, name, value)
        self.edition += 1
        self.changed_at = timezone.now()
        self.save(update_fields=[*facts, "edition", "changed_at", "looked_at_again"])
        if by.pk != self.author_id:
            ledger.record(by, "edit", self.subject, fields=sorted(facts))
        self._index()
        self._tell()

    @transaction.atomic
    def supersede_with(self, by: Member, other: Document | None) -> None:
        """Another document of the group replaces this one; it says so on top and links there. None takes it back."""
        Group.objects.select_for_update().get(pk=self.group_id)  # two at once would replace each other in a circle
        self.lock_row()
        if other and not Document.objects.could_replace(self).filter(pk=other.pk).exists():
            raise Refused(_("That document is no longer current itself. Choose the one that replaces it."))
        self.superseded_by = other
        self.save(update_fields=["superseded_by"])
        ledger.record(by, "supersede", self.subject, by=other.subject if other else "")
        self._tell()

    @transaction.atomic
    def pin(self, by: Member, pinned: bool = True) -> None:
        """To the top of the library, or back into the list."""
        self.is_pinned = pinned
        self.save(update_fields=["is_pinned"])
        ledger.record(by, "pin" if pinned else "unpin", self.subject)
        self._tell()

    def _put(self, by: Member, content: StoredFile | str, key: UUID | None, **said: Any) -> Version:
        self.version_count += 1
        file, url = (None, content) if isinstance(content, str) else (content, "")
        self.current = self.versions.create(
            number=self.version_count, author=by, file=file, url=url, client_key=key, **said
        )
        self.changed_at = self.current.at
        self.save(update_fields=["version_count", "current", "changed_at", "held_by", "held_at"])
        if file:
            tasks.read.enqueue(self.current.pk)
        return self.current

    def lock_row(self) -> None:
        """Hold the row to the end of the transaction, as it is now. Refused if it was removed meanwhile."""
        try:
            self.refresh_from_db(from_queryset=Document.objects.select_for_update().standing())
        except Document.DoesNotExist:
            raise Refused(_("This document was removed meanwhile.")) from None

    def _index(self) -> None:
        if self.is_hidden or self.removed_at:
            search.drop(self)
        else:
            words = self.current.words if self.current else ""
            search.index(self, self.group, self.title, f"{self.summary}\n{words}".strip())

    def _tell(self) -> None:
        live.publish(self.group, "replace", self.subject, self)
        live.publish(self, "refresh")
        self._tell_replaced()

    def _tell_replaced(self) -> None:
        """What this document replaces names it, so that changes too when this one does."""
        for old in self.replaces.standing():
            live.publish(self.group, "replace", old.subject, old)
            live.publish(old, "refresh")


def _only_facts(facts: dict[str, Any]) -> dict[str, Any]:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"No such facts of a document: {sorted(unknown)}")
    return facts
