"""Documents that a text or a form leads to, known by their addresses alone."""

from __future__ import annotations

import re

from community import things
from groups.links.addresses import page_at

DOCUMENT = "documents.document"
KINDS = dict.fromkeys(  # which address leads to which kind of thing
    ("documents:document", "documents:read", "documents:file", "documents:exact"), DOCUMENT
)
HREF = re.compile(r'href="([^"]+)"')
MOST_LINKS = 50  # looked at in one text


def document_at(address: str) -> things.Name | None:
    """The thing that an address of this site leads to, whoever may see it."""
    found = page_at(address)
    label = KINDS.get(found.view_name) if found else None
    return (label, found.kwargs["pk"]) if found and label else None


def linked_in(html: str) -> set[things.Name]:
    """The documents of this site to which the links of a text lead."""
    return {found for address in HREF.findall(html)[:MOST_LINKS] if (found := document_at(address))}
