"""A sender at the door, and files made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from community.members.models import Member

OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def door(client: Client, member: Member) -> Client:
    client.force_login(member)
    return client


@pytest.fixture
def send(door: Client) -> Callable[..., HttpResponse]:
    def sending(name: str, content: bytes, **also: Any) -> HttpResponse:
        return door.post("/send/", {"file": SimpleUploadedFile(name, content), **also})

    return sending


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **facts: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **facts)
    return made.getvalue()


def packed(parts: dict[str, bytes], **how: Any) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def office(kind: str = "wordprocessingml.document", folder: str = "word", **more: bytes) -> bytes:
    """A small DOCX (or XLSX, PPTX); `more` are parts, with __ for / and _ for the dot."""
    said = f'<Types><Override PartName="/{folder}/document.xml" ContentType="{OFFICE}{kind}.main+xml"/></Types>'
    parts = {"[Content_Types].xml": said.encode(), f"{folder}/document.xml": b"<document/>"}
    return packed(parts | {name.replace("__", "/").replace("_", "."): content for name, content in more.items()})


def open_document(kind: str = "text", **more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in {"content.xml": b"<x/>", **more}.items():
            archive.writestr(name, content)
    return made.getvalue()
