"""What a file is, by its content alone: our own short list of signatures. What is not on it is not taken."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from community.files import BadFile, scores

ARCHIVE = "application/zip"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."

ENDINGS = {
    "application/pdf": ["pdf"],
    "image/png": ["png"],
    "image/jpeg": ["jpg", "jpeg"],
    "image/gif": ["gif"],
    "image/webp": ["webp"],
    "audio/mpeg": ["mp3"],
    "audio/mp4": ["m4a"],
    "audio/ogg": ["ogg", "oga", "opus"],
    "audio/wav": ["wav"],
    f"{OFFICE}wordprocessingml.document": ["docx"],
    f"{OFFICE}spreadsheetml.sheet": ["xlsx"],
    f"{OFFICE}presentationml.presentation": ["pptx"],
    f"{OPEN}text": ["odt"],
    f"{OPEN}spreadsheet": ["ods"],
    f"{OPEN}presentation": ["odp"],
    scores.KIND: [*scores.SIGNATURES],
}
TEXT = {"txt": "text/plain", "csv": "text/csv", "md": "text/markdown"}
PICTURES = {kind for kind in ENDINGS if kind.startswith("image/")}

SIGNATURES = {
    "application/pdf": rb"%PDF-[12]\.\d",
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF....WEBPVP8",
    "audio/wav": rb"RIFF....WAVEfmt ",
    "audio/ogg": rb"OggS\x00",
    "audio/mp4": rb"....ftyp(M4A |M4B |mp42|isom)",
    "audio/mpeg": rb"ID3[\x02-\x04]|\xff[\xfb\xfa\xf3\xf2]",
    ARCHIVE: rb"PK\x03\x04",
}
MARKUP = re.compile(rb"\s*(<!doctype|<html|<head|<body|<svg|<script|<\?xml|<\?php|<iframe|#!)", re.IGNORECASE)
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(path: Path, ending: str) -> str:
    """The media type by content; `ending` only tells texts and scores apart."""
    if scores.is_score(path, ending):
        return scores.KIND if ending in scores.PACKERS else _whole(scores.KIND, path)
    with path.open("rb") as file:
        head = file.read(512)
    for kind, signature in SIGNATURES.items():
        if re.match(signature, head, re.DOTALL):
            return _whole(kind, path)
    _refuse_known(head)
    return _text(path, ending)


def _whole(kind: str, path: Path) -> str:
    if kind == "application/pdf" and b"%%EOF" not in _tail(path, 2048):
        raise BadFile(_("This PDF is cut off. Save or export it again and upload the new copy."))
    if kind != ARCHIVE and kind not in PICTURES and zipfile.is_zipfile(path):
        raise BadFile(_("This file is two kinds of file in one, so it is not taken. Export it again."))
    return kind


def _refuse_known(head: bytes) -> None:
    """Kinds people really bring, each with a way on; and kinds nobody should bring."""
    sentences = {
        rb"....ftyp(heic|heix|hevc|mif1|msf1)": _("This picture is in HEIC format. Save it as JPEG and upload that."),
        rb"....ftyp|\x1aE\xdf\xa3|....moov": _("Films are not taken. Put the film elsewhere and post a link."),
        rb"\xd0\xcf\x11\xe0": _(
            "This is an older Office file or one locked with a password. Save it without a password as .docx, .xlsx"
            " or .pptx."
        ),
        rb"Rar!|7z\xbc\xaf|\x1f\x8b": _("Packed archives are not taken. Upload the files one by one."),
        rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe": _("Programs are not taken."),
    }
    for signature, sentence in sentences.items():
        if re.match(signature, head, re.DOTALL):
            raise BadFile(sentence)
    if MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise BadFile(_("Web pages, drawings in code and scripts are not taken. Save it as PDF, or as a picture."))


def _text(path: Path, ending: str) -> str:
    """Text in UTF-8, or in an older Western alphabet; nothing binary in it."""
    if ending not in TEXT:
        raise BadFile(_("This kind of file is not taken. PDF, Office, OpenDocument, text, pictures and sound are."))
    with path.open("rb") as file:
        while chunk := file.read(65_536):
            if CONTROLS.search(chunk):
                raise BadFile(_("This is not a text file inside, although its name says so."))
    return TEXT[ending]


def _tail(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - size))
        return file.read()
