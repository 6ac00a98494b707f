"""Looks whether a PDF was printed by a notation program, or is a scan: both may be printed music."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGES = 3  # looked at
FEW_LETTERS = 40  # on a page that is a picture
NOTATION = re.compile(r"musescore|sibelius|finale|dorico|lilypond|guitar pro|capella|notion|primus", re.IGNORECASE)


def look_for_music(came: Path) -> dict[str, Any]:
    """{"found": "score", "scan" or ""}."""
    from pypdf import PdfReader

    reader = PdfReader(came)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"found": ""}
    about: dict[str, Any] = dict(reader.metadata or {})
    if any(NOTATION.search(str(about.get(name, ""))) for name in ("/Creator", "/Producer")):
        return {"found": "score"}
    pages = [reader.pages[number] for number in range(min(PAGES, len(reader.pages)))]
    are_pictures = [len(page.extract_text().strip()) < FEW_LETTERS and bool(page.images) for page in pages]
    return {"found": "scan" if pages and all(are_pictures) else ""}
