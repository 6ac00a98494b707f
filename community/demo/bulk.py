"""The demo many times over, in bulk, for measurements: numbers, counters and search records as the deeds make them."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

from community.demo.people import PEOPLE
from community.members.models import Affiliation, Member, Organisation
from groups.documents.models import Document, Version
from groups.models import Membership
from groups.search.models import Record
from groups.threads.models import Post, Thread

BATCH = 2000
SHIFT = dt.timedelta(hours=7)  # each copy is that much older than the one before


def multiply(scale: int) -> bool:
    """Bring the demo to so many times its size. Whether anything was added: a smaller scale takes nothing away."""
    numbers = [number for number in range(2, scale + 1) if not Organisation.objects.filter(slug=_slug(number)).exists()]
    if not numbers:
        return False
    whole = Thread.objects.filter(merged_into=None, is_waiting=False)
    threads = list(whole.exclude(title__contains=" · ").prefetch_related("posts"))
    documents = list(Document.objects.exclude(title__contains=" · ").filter(hidden=None).select_related("current"))
    found = {(each.thing_model, each.thing_id): each for each in Record.objects.exclude(title__contains=" · ")}
    for number in numbers:
        _people(number)
        _threads(number, threads, found)
        _documents(number, documents, found)
    return True


def _slug(number: int) -> str:
    return f"demo-service-{number}"


def _people(number: int) -> None:
    """One more organisation, with as many people as the demo has, in the groups where their models are."""
    body = Organisation.objects.create(name=f"Demo Service {number}", slug=_slug(number), category="music-service")
    models = {member.handle: member for member in Member.objects.filter(handle__in=[each.handle for each in PEOPLE])}
    people = [
        Member(
            email=f"{handle}@{body.slug}.example",
            handle=f"{handle}-{number}"[-40:],
            name=f"{handle}-{number}",
            title=member.title,
            nation=member.nation,
        )
        for handle, member in models.items()
    ]
    Member.objects.bulk_create(people)
    ties = Affiliation.objects.bulk_create(
        Affiliation(member=member, organisation=body, starts_on=member.joined_at.date()) for member in people
    )
    mine = {member.email.partition("@")[0]: tie for member, tie in zip(people, ties, strict=True)}
    seats = Membership.objects.filter(member__in=models.values(), role="member", group__seats=None)
    Membership.objects.bulk_create(
        Membership(group_id=seat.group_id, member=mine[seat.member.handle].member, affiliation=mine[seat.member.handle])
        for seat in seats.select_related("member")
    )


def _copy(thing: Any, **facts: Any) -> Any:
    """The same row again, as a new one, with some facts changed."""
    fields = {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
    return type(thing)(**{**fields, "id": None, **facts})


def _threads(number: int, threads: list[Thread], found: dict[tuple[str, int], Record]) -> None:
    back = SHIFT * number
    copies = Thread.objects.bulk_create(
        _copy(each, title=f"{each.title} · {number}"[:160], is_pinned=False, last_post_at=each.last_post_at - back)
        for each in threads
    )
    pairs = [(post, copy) for each, copy in zip(threads, copies, strict=True) for post in each.posts.all()]
    posts = Post.objects.bulk_create(
        (
            _copy(
                post, thread=copy, thread_id=copy.pk, client_key=None, section_id=None, posted_at=post.posted_at - back
            )
            for post, copy in pairs
        ),
        batch_size=BATCH,
    )
    _find_too((post for post, _copy in pairs), posts, number, found)


def _documents(number: int, documents: list[Document], found: dict[tuple[str, int], Record]) -> None:
    """Each with its newest version only; the bytes are those of the model."""
    back = SHIFT * number
    copies = Document.objects.bulk_create(
        _copy(
            each,
            title=f"{each.title} · {number}"[:160],
            is_pinned=False,
            current_id=None,
            superseded_by_id=None,
            version_count=1,
            changed_at=each.changed_at - back,
        )
        for each in documents
    )
    versions = Version.objects.bulk_create(
        _copy(each.current, document=copy, document_id=copy.pk, number=1, client_key=None, at=copy.changed_at)
        for each, copy in zip(documents, copies, strict=True)
    )
    for copy, version in zip(copies, versions, strict=True):
        copy.current = version
    Document.objects.bulk_update(copies, ["current"])
    _find_too(documents, copies, number, found)


def _find_too(models: Any, copies: Any, number: int, found: dict[tuple[str, int], Record]) -> None:
    """A search record for each copy of a thing that has one."""
    records = (
        _copy(record, thing_id=copy.pk, title=f"{record.title} · {number}"[:300])
        for model, copy in zip(models, copies, strict=True)
        if (record := found.get((model._meta.label_lower, model.pk)))
    )
    while batch := list(islice(records, BATCH)):
        Record.objects.bulk_create(batch)
