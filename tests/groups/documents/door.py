"""What a lead sends, and what may come back."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from groups.documents.models import Document, Version
from groups.models import Group

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
NEW = {"title": "Loan agreement", "summary": "For families", "kind": "template", "rights": "own", "language": "en"}


def pdf(name: str = "loan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send_new(client: Client, group: Group, **said: Any) -> HttpResponse:
    said = {**NEW, "key": str(uuid.uuid4()), "file": pdf(), **said}
    sent = {name: value for name, value in said.items() if value is not None}
    return client.post(reverse("documents:new", args=[group.slug]), sent)


def send_version(client: Client, document: Document, **said: Any) -> HttpResponse:
    said = {"key": str(uuid.uuid4()), "file": pdf(), "note": "", **said}
    sent = {name: value for name, value in said.items() if value is not None}
    return client.post(at("version", document), sent)


def send_edit(client: Client, document: Document, **said: Any) -> HttpResponse:
    return client.post(at("edit", document), {**NEW, "title": document.title, "edition": document.edition, **said})


def at(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.group.slug, document.pk])


def download(version: Version) -> str:
    return version.content_url


def addresses(document: Document) -> list[str]:
    """Every address there is about a document."""
    pages = [
        "document",
        "version",
        "edit",
        "edit_page",
        "supersede",
        "remove",
        "pin",
        "put_back",
        "hold",
        "ask_review",
        "declare",
    ]
    versions = []
    for each in document.versions.all():
        page = each.get_absolute_url()
        versions += [each.content_url, page, f"{page}changes/", f"{page}exact/", f"{page}bring-back/"]
    return [*(at(name, document) for name in pages), *versions]
