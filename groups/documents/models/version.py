"""A version of a document: a file, or an address, with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.files.models import Contents, StoredFile
from community.members.models import Affiliation, Member
from groups.models import Group

if TYPE_CHECKING:
    from uuid import UUID

http_only = URLValidator(schemes=["http", "https"])


class VersionQuerySet(models.QuerySet["Version"]):
    def sent(self, author: Member, key: UUID | None) -> VersionQuerySet:
        """What the author sent with this key before: a form sent twice is one deed."""
        return self.filter(author=author, client_key=key) if key else self.none()


class Version(models.Model):
    """One state of a document: a file, or for a link its address. Numbers have no gaps."""

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="versions")
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
    def contents(self) -> Contents | None:
        """What is written in the file, once it was read."""
        return Contents.objects.filter(stored=self.file_id).first() if self.file_id else None

    @property
    def words(self) -> str:
        """Its text, by which it is found and compared."""
        return contents.words if (contents := self.contents) else ""

    @property
    def host(self) -> str:
        """Whose site an address leads to."""
        return urlsplit(self.url).hostname or ""

    @property
    def content_url(self) -> str:
        """Where a reader gets it: the guarded download, or the address itself."""
        if self.file is None:
            return self.url
        document = self.document
        return reverse("documents:file", args=[document.group.slug, document.pk, self.number, self.file.name])

    def get_absolute_url(self) -> str:
        """Its own page, where it is read."""
        return reverse("documents:read", args=[self.document.group.slug, self.document_id, self.number])


def voice(member: Member, group: Group) -> Affiliation:
    """For whom the member speaks here if they say nothing else: the organisation they joined for, or their first."""
    joined = group.memberships.in_force().filter(member=member).select_related("affiliation").first()
    return joined.affiliation if joined else member.affiliations.in_force()[0]
