"""Documents that a text or a form leads to, known by their addresses alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from community import things

KINDS = {"documents:document": "documents.document"}  # which address leads to which kind of thing
HREF = re.compile(r'href="([^"]+)"')
MOST_LINKS = 50  # looked at in one text


def document_at(address: str) -> things.Name | None:
    """The thing that an address of this site leads to, whoever may see it."""
    try:
        parts = urlsplit(address.strip())
        if parts.netloc and parts.netloc != settings.SITE_HOST:
            return None
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    label, pk = KINDS.get(found.view_name, ""), found.kwargs.get("pk")
    return (label, pk) if label and isinstance(pk, int) and pk < 2**63 else None


def linked_in(html: str) -> set[things.Name]:
    """The documents of this site to which the links of a text lead."""
    return {found for address in HREF.findall(html)[:MOST_LINKS] if (found := document_at(address))}
