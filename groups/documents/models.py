"""A shared document: what it is, who may use it and how, and its numbered versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from community import ledger, live
from community.files.models import StoredFile
from community.members.models import Affiliation, Member, Nation
from community.moderation.models import Moderatable
from groups.models import Group
from groups.search import models as search

if TYPE_CHECKING:
    from uuid import UUID

http_only = URLValidator(schemes=["http", "https"])
FACTS = ("title", "summary", "kind", "rights", "rights_note", "review_on", "language", "nation")


class Stale(Exception):
    """Someone changed the document since the form was opened; nothing was done."""


class Kind(models.TextChoices):
    TERMS = "terms", _("Terms of reference")
    AGENDA = "agenda", _("Agenda")
    PAPER = "paper", pgettext_lazy("a paper for a meeting", "Paper")
    MINUTES = "minutes", pgettext_lazy("of a meeting", "Minutes")
    ACTIONS = "actions", _("Action log")
    CONSULTATION = "consultation", _("Consultation")
    TOOLKIT = "toolkit", _("Toolkit")
    TEMPLATE = "template", _("Template")
    GUIDANCE = "guidance", _("Guidance")
    CASE_STUDY = "case-study", _("Case study")
    SLIDES = "slides", _("Slides")
    RECORDING = "recording", _("Recording link")
    LETTER = "letter", _("Letter")


class Rights(models.TextChoices):
    OWN = "own", _("Our own work")
    OPEN = "open", _("Open licence")
    PERMISSION = "permission", _("Permission held")
    LINK = "link", _("Link only")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    GAELIC = "gd", _("Scottish Gaelic")
    IRISH = "ga", _("Irish")
    SCOTS = "sco", _("Scots")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, member: Member) -> DocumentQuerySet:
        """Documents of the groups the member may read now. A hidden one is there, but shows only why it is hidden."""
        return self.standing().filter(group__in=Group.objects.visible_to(member))

    def standing(self) -> DocumentQuerySet:
        """Documents that nobody removed."""
        return self.filter(removed_at=None)

    def to_show(self) -> DocumentQuerySet:
        """With everything its row and page need, in one query."""
        return self.standing().select_related(
            "group", "author", "posted_as__organisation", "current__file", "superseded_by", "hidden"
        )


@live.streamable
class Document(Moderatable):
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
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-is_pinned", "-changed_at", "-pk"]
        indexes = [models.Index(fields=["group", "-is_pinned", "-changed_at", "-id"], name="library")]

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
    @transaction.atomic
    def post(
        cls, group: Group, author: Member, content: StoredFile | str, key: UUID | None = None, **facts: Any
    ) -> Document:
        """Share a file or an address with the group, as version 1. A repeat with the same key gives the first one.

        `facts` are those of `FACTS`, and `note` and `posted_as` of the version.
        """
        Group.objects.select_for_update().get(pk=group.pk)  # two sends of one form take turns
        first = Version.objects.sent(author, key).filter(document__group=group, number=1).first()
        if first:
            return first.document
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
        self._lock()
        sent = Version.objects.sent(by, key).filter(document=self).first()
        if sent:
            return sent
        said.setdefault("posted_as", voice(by, self.group))
        version = self._put(by, content, key, **said)
        self._index()
        self._tell()
        return version

    @transaction.atomic
    def edit(self, by: Member, edition: int, **facts: Any) -> None:
        """Change what is said about the document. Raises `Stale` if it is not at `edition` any more."""
        self._lock()
        if self.edition != edition:
            raise Stale
        for name, value in _only_facts(facts).items():
            setattr(self, name, value)
        self.edition += 1
        self.changed_at = timezone.now()
        self.save(update_fields=[*facts, "edition", "changed_at"])
        if by.pk != self.author_id:
            ledger.record(by, "edit", self.subject, fields=sorted(facts))
        self._index()
        self._tell()

    @transaction.atomic
    def supersede_with(self, by: Member, other: Document | None) -> None:
        """Another document of the group replaces this one; it says so on top and links there. None takes it back."""
        self._lock()
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

    @transaction.atomic
    def remove(self, by: Member) -> None:
        """Out of the library for everyone, with all its versions. The rows stay, for retention and appeals."""
        self._lock()
        self.removed_at, self.removed_by = timezone.now(), by
        self.save(update_fields=["removed_at", "removed_by"])
        ledger.record(by, "remove", self.subject)
        self._index()
        live.publish(self.group, "remove", self.subject)
        live.publish(self, "refresh")
        self._tell_replaced()

    def _put(self, by: Member, content: StoredFile | str, key: UUID | None, **said: Any) -> Version:
        self.version_count += 1
        file, url = (None, content) if isinstance(content, str) else (content, "")
        self.current = self.versions.create(
            number=self.version_count, author=by, file=file, url=url, client_key=key, **said
        )
        self.changed_at = self.current.at
        self.save(update_fields=["version_count", "current", "changed_at"])
        return self.current

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Document.objects.select_for_update().standing())

    def _index(self) -> None:
        if self.is_hidden or self.removed_at:
            search.drop(self)
        else:
            search.index(self, self.group, self.title, self.summary)

    def _tell(self) -> None:
        live.publish(self.group, "replace", self.subject, self)
        live.publish(self, "refresh")
        self._tell_replaced()

    def _tell_replaced(self) -> None:
        """What this document replaces names it, so that changes too when this one does."""
        for old in self.replaces.standing():
            live.publish(self.group, "replace", old.subject, old)
            live.publish(old, "refresh")


class VersionQuerySet(models.QuerySet["Version"]):
    def sent(self, author: Member, key: UUID | None) -> VersionQuerySet:
        """What the author sent with this key before: a form sent twice is one deed."""
        return self.filter(author=author, client_key=key) if key else self.none()


class Version(models.Model):
    """One state of a document: a file, or for a link its address. Numbers have no gaps."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("address"), max_length=500, blank=True, validators=[http_only])
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    posted_as = models.ForeignKey(Affiliation, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    client_key = models.UUIDField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("document", "number", name="one_version_a_number"),
            models.UniqueConstraint("document", "author", "client_key", name="one_version_a_key"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file__isnull=True) & ~Q(url="")), name="a_file_or_a_link"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def content_name(self) -> str:
        return self.file.name if self.file else self.url

    @property
    def content_url(self) -> str:
        """Where a reader gets it: the guarded download, or the address itself."""
        if self.file is None:
            return self.url
        document = self.document
        return reverse("documents:file", args=[document.group.slug, document.pk, self.number, self.file.name])


def voice(member: Member, group: Group) -> Affiliation:
    """For whom the member speaks here if they say nothing else: the organisation they joined for, or their first."""
    joined = group.memberships.in_force().filter(member=member).select_related("affiliation").first()
    return joined.affiliation if joined else member.affiliations.in_force()[0]


def _only_facts(facts: dict[str, Any]) -> dict[str, Any]:
    unknown = facts.keys() - set(FACTS)
    if unknown:
        raise TypeError(f"No such facts of a document: {sorted(unknown)}")
    return facts
