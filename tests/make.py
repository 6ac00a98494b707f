"""Rows for tests, as few as the story needs. Each function makes one thing and fills in what the story leaves out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from community import live
from community.files.models import Contents, StoredFile
from community.members.models import Affiliation, Member, Organisation
from groups.documents.models import Document, PageText
from groups.models import Group, Membership, Role
from groups.tags.models import Tag
from groups.threads.models import Thread

_number = count(1)  # padded where it names something, so that names sort in the order in which they were made


def organisation(name: str = "", **facts: Any) -> Organisation:
    name = name or f"Music Service {next(_number):05}"
    facts.setdefault("category", Organisation.Category.MUSIC_SERVICE)
    return Organisation.objects.create(name=name, slug=slugify(name), **facts)


def person(name: str = "", of: Organisation | None = None, **facts: Any) -> Member:
    """A member with standing: an account and an affiliation in force."""
    name = name or f"person-{next(_number):05}"
    facts.setdefault("email", f"{slugify(name)}@example.org")
    found = Member.objects.create(name=name, handle=slugify(name), **facts)
    Affiliation.objects.create(member=found, organisation=of or organisation(), starts_on=dt.date(2020, 1, 1))
    return found


def group(name: str = "", **facts: Any) -> Group:
    name = name or f"Group {next(_number):05}"
    facts.setdefault("purpose", "What we do together")
    return Group.objects.create(name=name, slug=slugify(name), mark=name[:1], **facts)


def place(group: Group, member: Member, role: str = Role.MEMBER, until: dt.date | None = None) -> Membership:
    """Put a person into a group, for the first of their organisations."""
    if role == Role.OBSERVER and until is None:
        until = timezone.localdate() + dt.timedelta(days=30)
    affiliation = member.affiliations.order_by("pk").first()
    live.recheck(member)
    return Membership.objects.create(group=group, member=member, affiliation=affiliation, role=role, ends_on=until)


def thread(group: Group, author: Member, title: str = "A question of breath", **facts: Any) -> Thread:
    """A thread with its first post."""
    body, tags = facts.pop("body", "What has worked for you?"), facts.pop("tags", ())
    found = Thread(group=group, title=title, **facts)
    found.start(author.affiliations.order_by("pk").first(), body, tags=tags)
    return found


def stored(owner: Member, name: str = "loan.pdf", content: bytes = b"%PDF-1.7 %%EOF") -> StoredFile:
    """A file that passed the door."""
    facts = {"kind": "application/pdf", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return StoredFile.objects.create(owner=owner, name=name, blob=ContentFile(content, name), **facts)


def document(group: Group, author: Member, title: str = "Instrument loan agreement", **facts: Any) -> Document:
    """A shared document with its first version."""
    content = facts.pop("content", None) or stored(author)
    return Document.post(group, author, content, **{"kind": "template", "rights": "own", **facts}, title=title)


def page(group: Group, author: Member, body: str, title: str = "How we work", **facts: Any) -> Document:
    """A document that is written here, with its first version."""
    return document(group, author, title, content=PageText.of(body, group), **facts)


def contents(document: Document, *paragraphs: str) -> Contents:
    """What is written in its current version, as if it had been read."""
    packed = zlib.compress("\n".join(json.dumps(["p", text]) for text in paragraphs).encode())
    made = Contents.objects.create(stored=document.current.file, state=Contents.State.READ, packed=packed)
    document.text_read(document.current)
    return made


def tag(name: str, group: Group | None = None, **facts: Any) -> Tag:
    """A group's tag, or a shared one; with `nation`, the mark of that nation."""
    return Tag.objects.get_or_create(group=group, slug=slugify(name), defaults={"name": name, **facts})[0]
