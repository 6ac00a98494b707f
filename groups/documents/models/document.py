"""A shared document: what it is, who may use it and how, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.members.models import Affiliation, Member, Nation
from community.moderation.models import Exhibit, Moderatable
from community.moderation.models.watch import tell_of
from community.policy import Refused
from groups.documents.kinds import Audience, Kind, Language, Rights
from groups.documents.models import order
from groups.documents.models.finding import DocumentQuerySet
from groups.documents.models.folder import Folder
from groups.documents.models.owned import Owned
from groups.documents.models.paged import Paged
from groups.documents.models.removed import Removable
from groups.documents.models.review import Reviewed
from groups.documents.models.version import Content, Version, voice
from groups.links import models as links
from groups.links.cited import threads_cited_in
from groups.models import Group
from groups.search import models as search
from groups.tags.models import Tag
from groups.watching.models import watchable

if TYPE_CHECKING:
    from uuid import UUID


WHEN_LOCKED = {"folder", "review_on", "accessibility"}  # what can be said anew of a document that is agreed
FACTS: tuple[str, ...] = (
    "title",
    "summary",
    "kind",
    "folder",
    "rights",
    "rights_note",
    "review_on",
    "language",
    "nation",
)
FACTS += ("audience", "accessibility")


class Stale(Exception):
    """Someone changed the document since the form was opened; nothing was done."""


@watchable
@live.streamable
class Document(Paged, Reviewed, Removable, Owned, Moderatable):
    """A document of a group. `author` owns it; `current` is its newest version, `edition` counts changes of its facts.

    A document whose rights are "link only" holds addresses instead of files, a page holds texts written here.
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
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, blank=True)
    accessibility = models.CharField(_("accessibility"), max_length=300, blank=True)
    tags = models.ManyToManyField(Tag, related_name="documents", editable=False)
    is_pinned = models.BooleanField(default=False)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    edition = models.PositiveIntegerField(default=1)
    use = models.PositiveIntegerField(default=0, help_text="How often others opened it, as long as that is kept")
    created_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-is_pinned", "-changed_at", "-pk"]
        indexes = order.INDEXES

    def __str__(self) -> str:
        """The title, unless the document is hidden: then nobody learns it from a list, a menu or a notification."""
        return gettext("Hidden document") if self.is_hidden else self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.group.slug, self.pk])

    def get_url_of(self, words: list[str]) -> str:
        """Its page, opened where these words stand in its text."""
        return f"{self.get_absolute_url()}?{urlencode({'found': ' '.join(words)})}#found"

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
            f"{version.number}. {version.content_name} {version.note}"
            for version in self.versions.select_related("file")
        )
        page = self.current.page.body if self.current and self.current.is_page else ""
        return f"{self.title}\n{self.summary}\n{self.rights_note}\n{self.accessibility}\n{contents}\n{page}".strip()

    def part_url(self, name: str) -> str:
        return reverse("documents:read", args=[self.group.slug, self.pk, int(name)])

    def part(self, name: str) -> Exhibit | None:
        """The version with that number, as it is: versions are never changed."""
        is_number = name.isascii() and name.isdigit() and len(name) < 10
        version = self.versions.filter(number=int(name)).select_related("file").first() if is_number else None
        return version.as_exhibit() if version else None

    @property
    def stands_in(self) -> Group:
        return self.group

    @property
    def is_gone(self) -> bool:
        return self.is_hidden or self.removed_at is not None

    def shown_anew(self) -> None:
        self._index_all()
        self._tell()
        live.publish(self, "refresh", "comments")

    @classmethod
    def sent(cls, author: Member, group: Group, key: UUID | None) -> Document | None:
        """What this very form became when it was sent before."""
        first = Version.objects.sent(author, key).filter(document__group=group, number=1).first()
        return first.document if first else None

    @classmethod
    @transaction.atomic
    def post(cls, group: Group, author: Member, content: Content, key: UUID | None = None, **facts: Any) -> Document:
        """Share a file, an address or a page with the group, as version 1. A repeat with the key gives the first one.

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
    def edit(self, by: Member, edition: int, **facts: Any) -> None:
        """Change what is said about the document. Raises `Stale` if it is not at `edition` any more."""
        self.lock_row()
        self.stay_if_hidden()
        if self.edition != edition:
            raise Stale
        if self.is_locked and any(getattr(self, name) != facts[name] for name in facts.keys() - WHEN_LOCKED):
            raise Refused(_("It is agreed, so what it says is locked. Add a new version to change it."))
        is_retitled = facts.get("title", self.title) != self.title
        if facts.get("review_on", self.review_on) != self.review_on:
            self.looked_at_again = None
        for name, value in _only_facts(facts).items():
            setattr(self, name, value)
        self.edition += 1
        self.changed_at = timezone.now()
        self.save(update_fields=[*facts, "edition", "changed_at", "looked_at_again"])
        if by.pk != self.author_id:
            ledger.record(by, "edit", self.subject, fields=sorted(facts))
        self._index(anew=is_retitled)
        if is_retitled:
            search.moved(self.comments.all(), self.group, self.title)
        tell_of(self, self.evidence)
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
    def tag(self, tags: Iterable[Tag]) -> None:
        """Sorted by these words from now on."""
        self.lock_row()
        self.tags.set(tags)
        self._tell()

    @transaction.atomic
    def pin(self, by: Member, pinned: bool = True) -> None:
        """To the top of the library, or back into the list."""
        self.is_pinned = pinned
        self.save(update_fields=["is_pinned"])
        ledger.record(by, "pin" if pinned else "unpin", self.subject)
        self._tell()

    def lock_row(self) -> None:
        """Hold the row to the end of the transaction, as it is now. Refused if it was removed meanwhile."""
        try:
            self.refresh_from_db(from_queryset=Document.objects.select_for_update().standing())
        except Document.DoesNotExist:
            raise Refused(_("This document was removed meanwhile.")) from None

    @transaction.atomic
    def cite_again(self) -> None:
        """Note what its text leads to now, whoever wrote it: its writer may have left since."""
        self.lock_row()
        if not self.is_gone:
            self._cite(None)

    def _index(self, anew: bool = False) -> None:
        """As it is found and cited. `anew`: it has another title, or was out of sight."""
        if self.is_gone:
            search.drop(self)
            links.tell_cited(self)  # what it cites stays noted: its writer may see less when it comes back
        else:
            words = self.current.words if self.current else ""
            search.index(self, self.group, self.title, f"{self.summary}\n{words}".strip())
            self._cite(self.current.author if self.current else self.author, anew=anew)

    def _cite(self, writer: Member | None, *, anew: bool = False) -> None:
        words = ""
        if self.current:
            words = self.current.page.body if self.is_page else self.current.words
        links.cite(self, threads_cited_in(f"{self.summary}\n{words}"), writer, anew=anew)

    def _index_all(self) -> None:
        """It came into sight or went out of it, and with it what is said about it."""
        self._index(anew=True)
        self.comments.make_findable()

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
