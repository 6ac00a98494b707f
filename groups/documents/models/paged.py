"""A page that several people may change at once: what they write is put together, and nobody's words are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.merge import Piece, merge
from community.policy import Refused
from groups import text
from groups.documents.models.page import PageText
from groups.documents.models.version import Version
from groups.documents.models.versioned import Versioned
from groups.links import quoted

if TYPE_CHECKING:
    from uuid import UUID


class Clash(Exception):
    """Somebody saved other words for the same place. `pieces` is what could be put together; nothing was saved."""

    def __init__(self, current: Version, pieces: list[Piece]) -> None:
        super().__init__()
        self.current, self.pieces = current, pieces


class Paged(Versioned):
    """A document whose versions may be texts written here."""

    class Meta:
        abstract = True

    @property
    def is_page(self) -> bool:
        return self.current is not None and self.current.is_page

    @transaction.atomic
    def save_page(self, by: Member, base: int, body: str, **said: Any) -> Version:
        """What somebody made of version `base`, as the next version; what was saved meanwhile stays in it.

        The current version, if it says all of that already. Raises `Clash` where both changed the same place.
        This is the seam for writing together: whoever keeps a shared text comes here with what it has become.
        """
        quoted.hold(body)
        self.lock_row()
        current = self.versions.select_related("page").get(pk=self.current_id)
        if current.number != base:
            origin = self.versions.filter(number=base).values_list("page__body", flat=True).first() or ""
            pieces = merge(origin, current.page.body, body)
            body = "".join(piece.text for piece in pieces).rstrip()
            if any(piece.is_clash for piece in pieces) or len(body) > text.LONGEST:
                raise Clash(current, pieces)
        if body == current.page.body:
            return current
        return self.add_version(by, PageText.of(body, self.group, before=current.page.body), **said)

    @transaction.atomic
    def append(self, by: Member, words: str, key: UUID, **said: Any) -> Version:
        """The next version, with these words below what is there. Whom they mention was told where they are from."""
        self.lock_row()
        body = f"{self.versions.select_related('page').get(pk=self.current_id).page.body}\n\n{words}"
        if len(body) > text.LONGEST:
            raise Refused(_("The page would become too long. Choose fewer messages, or another page."))
        return self.add_version(by, PageText.of(body, self.group, before=body), key, **said)
