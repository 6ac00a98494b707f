"""A version of a document: a file, an address or a text written here, with its number."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import richtext
from community.files.kinds import OFFICE, OPEN
from community.files.models import Contents, Rendition, StoredFile
from community.files.names import clean
from community.members.models import Affiliation, Member
from community.moderation.models import Exhibit
from community.moderation.models.exhibit import LONGEST
from groups.documents.models.page import PageText
from groups.models import Group

if TYPE_CHECKING:
    from uuid import UUID

Content = StoredFile | str | PageText  # of a version: a file, an address, or the text of a page
DRAWN = (OFFICE, OPEN)  # kinds of files that can be drawn as they are laid out
http_only = URLValidator(schemes=["http", "https"])


class VersionQuerySet(models.QuerySet["Version"]):
    def sent(self, author: Member, key: UUID | None) -> VersionQuerySet:
        """What the author sent with this key before: a form sent twice is one deed."""
        return self.filter(author=author, client_key=key) if key else self.none()


class Version(models.Model):
    """One state of a document: a file, for a link its address, for a page neither but `page`. Numbers have no gaps."""

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
            models.CheckConstraint(condition=Q(file=None) | Q(url=""), name="a_file_a_link_or_a_page"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_page(self) -> bool:
        return self.file_id is None and not self.url

    @property
    def content(self) -> Content:
        """What it holds, to be put into another version."""
        if self.is_page:
            again = PageText.of(self.page.body, self.document.group, before=self.page.body)
            again.made_of = self.page
            return again
        return self.file or self.url

    @property
    def content_name(self) -> str:
        if self.is_page:
            return clean(f"{self.document.title.replace('/', '-')}.md")
        return self.file.name if self.file else self.url

    @property
    def seal(self) -> tuple[str, int]:
        """By what it is known not to have been altered: the checksum of its bytes, and how many there are."""
        if self.is_page:
            written = self.page.body.encode()
            return sha256(written).hexdigest(), len(written)
        return (self.file.sha256, self.file.size) if self.file else ("", 0)

    @property
    def contents(self) -> Contents | None:
        """What is written in the file, once it was read."""
        return Contents.objects.filter(stored=self.file_id).first() if self.file_id else None

    @cached_property
    def rendition(self) -> Rendition | None:
        """Its file as it is laid out, where it was drawn."""
        if self.file is None or not self.file.kind.startswith(DRAWN):
            return None
        return Rendition.objects.filter(stored=self.file_id).exclude(blob="").first()

    @property
    def laid_out_url(self) -> str:
        """Where it is shown page by page, as it is laid out: at page 12 with `#page=12`. Nothing for most kinds."""
        if self.file and self.file.is_pdf:
            return f"{self.content_url}?show"
        return f"{self.get_absolute_url()}exact/" if self.rendition else ""

    @property
    def words(self) -> str:
        """Its text, by which it is found and compared."""
        if self.is_page:
            return richtext.plain(self.page.body)
        return contents.words if (contents := self.contents) else ""

    def as_exhibit(self) -> Exhibit:
        """For a report that is about this very version."""
        title = gettext("Version %(number)s: %(name)s") % {"number": self.number, "name": self.content_name}
        words = self.page.body if self.is_page else self.words or self.url
        shown = Exhibit(part=str(self.number), title=title[:200], words=words[:LONGEST], stored=self.file)
        shown.url = self.get_absolute_url()
        return shown

    @property
    def host(self) -> str:
        """Whose site an address leads to."""
        return urlsplit(self.url).hostname or ""

    @property
    def content_url(self) -> str:
        """Where a reader gets it: the guarded download, or the address itself."""
        if self.url:
            return self.url
        document = self.document
        return reverse("documents:file", args=[document.group.slug, document.pk, self.number, self.content_name])

    def get_absolute_url(self) -> str:
        """Its own page, where it is read."""
        return reverse("documents:read", args=[self.document.group.slug, self.document_id, self.number])


def voice(member: Member, group: Group) -> Affiliation:
    """For whom the member speaks here if they say nothing else: the organisation they joined for, or their first."""
    joined = group.memberships.in_force().filter(member=member).select_related("affiliation").first()
    return joined.affiliation if joined else member.affiliations.in_force()[0]
