"""A library of 20,000 documents and 60,000 versions beside one of 200. Run it on a database of its own:

DATABASE_URL=postgres://root@127.0.0.1:5432/bench ENSEMBLE_DATA=/tmp/bench python -m tests.bench.library
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import OuterRef, Subquery  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from groups.documents.kinds import Kind  # noqa: E402
from groups.documents.models import Document, Folder, Look, Version  # noqa: E402
from groups.models import Group  # noqa: E402
from groups.search.models import Record  # noqa: E402
from tests import make  # noqa: E402
from tests.bench.lists import best_of  # noqa: E402

LARGE, SMALL, BATCH = 20_000, 200, 2_000


def fill(group: Group, lead: Any, how_many: int) -> None:
    folders = [Folder.add(lead, group, f"Folder {number}") for number in range(50)]
    tie, now, chance = lead.affiliations.get(), timezone.now(), random.Random(1)
    file = make.stored(lead)
    for start in range(0, how_many, BATCH):
        made = Document.objects.bulk_create(
            Document(
                group=group,
                author=lead,
                posted_as=tie,
                title=f"Document {number}: topic{chance.randrange(600)} topic{chance.randrange(600)}",
                kind=chance.choice(Kind.values[:9]) if number % 500 else "letter",
                rights="own",
                folder=chance.choice(folders),
                nation=chance.choice(["", "", "", "wales", "england"]),
                review_on=timezone.localdate() + dt.timedelta(days=chance.randrange(-5, 700)),
                version_count=3,
                is_pinned=number < 3,
                changed_at=now - dt.timedelta(minutes=number * 10),
            )
            for number in range(start, min(start + BATCH, how_many))
        )
        Version.objects.bulk_create(
            Version(document=each, number=number, author=lead, posted_as=tie, file=file)
            for each in made
            for number in (1, 2, 3)
        )
        label = Document._meta.label_lower
        Record.objects.bulk_create(
            Record(thing_model=label, thing_id=each.pk, group=group, author=lead, title=each.title, text=_words(chance))
            for each in made
        )
    newest = Version.objects.filter(document=OuterRef("pk"), number=3).values("pk")
    Document.objects.filter(group=group).update(current=Subquery(newest))
    opened = Document.objects.filter(group=group).order_by("?")[: how_many // 10]
    Look.objects.bulk_create([Look(document=each, member=lead) for each in opened], batch_size=BATCH)


def _words(chance: random.Random) -> str:
    return " ".join(f"word{chance.randrange(5_000)}" for _ in range(300))


def main() -> None:
    call_command("migrate", verbosity=0)
    if not Document.objects.exists():
        lead = make.person("lead")
        for name, how_many in (("Small", SMALL), ("Large", LARGE)):
            group = make.group(name)
            make.place(group, lead, "lead")
            fill(group, lead, how_many)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    client = Client(headers={"host": "localhost"})
    client.force_login(make.Member.objects.get(handle="lead"))
    print(connection.vendor, Document.objects.count(), Version.objects.count())
    queries = ["?", "?sort=title", "?sort=review", "?sort=used", "?sort=opened", "?kind=letter", "?kind=agenda"]
    queries += ["?show=due", "?show=current", "?nation=wales", "?nation=wales&kind=agenda&sort=title"]
    for query in queries:
        compare(client, query, lambda group, query=query: f"/groups/{group.slug}/documents/{query}")
    for word in ("word7", "word7 word8", "topic7", "document"):
        compare(client, f"search {word}", partial(_search, word))
    compare(client, "a folder", lambda group: group.folders.first().get_absolute_url())
    compare(client, "a document", lambda group: group.documents.first().get_absolute_url())
    compare(client, "the library, last page", _last_page)


def compare(client: Client, what: str, address: Callable[[Group], str]) -> None:
    """A line: how long it takes in the small and the large library, the ratio, and how many queries each."""
    times, counts = [], []
    for slug in ("small", "large"):
        url = address(Group.objects.get(slug=slug))
        times.append(best_of(client.get, url))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200, url
        counts.append(len(asked))
    ratio = times[1] / times[0]
    print(
        f"{what:40} {times[0]:6.0f} ms, {times[1]:6.0f} ms, x {ratio:4.1f}, queries {counts[0]}, {counts[1]}",
        flush=True,
    )


def _search(words: str, group: Group) -> str:
    return f"/search/?{urlencode({'q': words, 'kind': 'documents', 'group': group.slug})}"


def _last_page(group: Group) -> str:
    """What comes before the oldest document but a few."""
    oldest = group.documents.order_by("is_pinned", "changed_at", "pk")[30]
    return f"/groups/{group.slug}/documents/?after={oldest.pk}"


if __name__ == "__main__":
    main()
