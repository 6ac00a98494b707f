"""Looks into an Office or OpenDocument file without believing anything it says about itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from community.files.alone import Refused

MOST_ENTRIES = 5_000
MOST_INFLATED = 300_000_000
MOST_RATIO = 200  # beyond RATIO_FROM: spreadsheets of one repeated row may shrink a lot, but not to nothing
RATIO_FROM = 20_000_000
END = b"PK\x05\x06"  # an archive without a comment ends 22 bytes after this
PACKED_OR_PROGRAM = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"MZ\x90\x00", b"\x7fELF")
RUNNING = ("macroenabled", "vbaproject", "activex", "macrosheet")
MUSESCORE, CONTAINER = re.compile(r"[^/]+\.mscx").fullmatch, "meta-inf/container.xml"
PROGRAMS = re.compile(r"\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|jar|sh|py|lnk|zip|rar|7z|gz)$")
NO_MUSIC = re.compile(r"\.(csv|tsv|txt|md|docx?|xlsx?|pptx?|ods|odt|pdf|html?)$")
MOST_READ = 1_000_000  # bytes of each part of a score in which pupils are looked for
EMBEDDED = (".docx", ".xlsx", ".pptx")
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


def archive(came: Path, made: Path) -> dict[str, Any]:
    """Its kind, or `Refused`: every part is inflated once and counted."""
    with zipfile.ZipFile(came) as packed:
        entries = _entries(packed, came)
        kind = _kind(packed, entries)
        for entry in entries:
            _read_through(packed, entry)
    return {"kind": kind}


def score(came: Path, ending: str) -> dict[str, Any]:
    """Nothing, or `Refused`: an archive that a notation program saved, and no other that took its name."""
    with zipfile.ZipFile(came) as packed:
        entries = _entries(packed, came)
        names = [entry.filename.lower() for entry in entries]
        if any(word in name for word in RUNNING for name in names):
            raise Refused("macros")
        if any(map(PROGRAMS.search, names)):
            raise Refused("nested")
        has_what_it_must = {"mscz": any(map(MUSESCORE, names)), "mxl": CONTAINER in names}.get(ending, True)
        if not has_what_it_must or any(map(NO_MUSIC.search, names)):
            raise Refused("zip")
        for entry in entries:
            _read_through(packed, entry)
    return {}


def written_in(came: Path) -> Iterator[str]:
    """The parts of a score that are text; so much of each as one reads."""
    if not zipfile.is_zipfile(came):
        with came.open("rb") as file:
            yield file.read(MOST_READ).decode("utf-8", "replace")
        return
    with zipfile.ZipFile(came) as packed:
        for entry in packed.infolist():
            with packed.open(entry) as part:
                read = part.read(MOST_READ)
            if b"\0" not in read:
                yield read.decode("utf-8", "replace")


def _entries(packed: zipfile.ZipFile, came: Path) -> list[zipfile.ZipInfo]:
    entries = packed.infolist()
    _bounded(entries, came.stat().st_size)
    if min(entry.header_offset for entry in entries) != 0 or not came.read_bytes()[-22:].startswith(END):
        raise Refused("two-in-one")
    return entries


def _bounded(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = [entry.filename for entry in entries]
    inflated = sum(entry.file_size for entry in entries)
    if not entries or len(names) != len(set(names)) or any(_escapes(name) for name in names):
        raise Refused("broken")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked")
    too_dense = inflated > RATIO_FROM and inflated > MOST_RATIO * size
    if len(entries) > MOST_ENTRIES or inflated > MOST_INFLATED or too_dense:
        raise Refused("bomb")


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _kind(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename.lower() for entry in entries}
    if entries[0].filename == "mimetype":
        return _open_document(packed.read("mimetype") if entries[0].file_size < 100 else b"", names)
    if "[Content_Types].xml" in packed.namelist():
        return _office(packed, names)
    raise Refused("zip")


def _open_document(said: bytes, names: set[str]) -> str:
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith((".xml", "/")) for name in names) or any(
        name.startswith("basic/") and name.count("/") > 1 and not name.endswith("/script-lb.xml") for name in names
    ):
        raise Refused("macros")
    kind = said.decode("ascii", "replace").strip()
    if kind not in {f"{OPEN}text", f"{OPEN}spreadsheet", f"{OPEN}presentation"}:
        raise Refused("zip")
    return kind


def _office(packed: zipfile.ZipFile, names: set[str]) -> str:
    from defusedxml.ElementTree import fromstring

    if packed.getinfo("[Content_Types].xml").file_size > 1_000_000:
        raise Refused("bomb")
    said = [part.get("ContentType", "").lower() for part in fromstring(packed.read("[Content_Types].xml"))]
    if any(word in text for word in RUNNING for text in (*said, *names)):
        raise Refused("macros")
    mains = {
        f"{OFFICE}wordprocessingml.document": "word/",
        f"{OFFICE}spreadsheetml.sheet": "xl/",
        f"{OFFICE}presentationml.presentation": "ppt/",
    }
    found = [kind for kind in mains if f"{kind}.main+xml" in said]
    if len(found) != 1 or not any(name.startswith(mains[found[0]]) for name in names):
        raise Refused("zip")
    return found[0]


def _read_through(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Inflate it once: a size or checksum that was a lie raises, and what is inside shows itself."""
    with packed.open(entry) as part:
        head = part.read(65_536)
        name = entry.filename.lower()
        embedded = "/embeddings/" in name and name.endswith(EMBEDDED) and head.startswith(b"PK")
        if head.startswith(PACKED_OR_PROGRAM) and not embedded:
            raise Refused("nested")
        while part.read(65_536):
            pass
