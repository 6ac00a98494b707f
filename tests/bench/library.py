"""A library of 20,000 documents and 60,000 versions beside one of 200. Run it on a database of its own:

DATABASE_URL=postgres://root@127.0.0.1:5432/bench ENSEMBLE_DATA=/tmp/bench python -m tests.bench.library
"""

from __future__ import annotations

import datetime as dt
import os
import random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import OuterRef, Subquery  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from groups.documents.kinds import Kind  # noqa: E402
from groups.documents.models import Document, Folder, Version  # noqa: E402
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
                title=f"Document {number}",
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
    queries = ["?", "?sort=title", "?sort=review", "?kind=letter", "?kind=agenda", "?show=due", "?show=current"]
    queries += ["?nation=wales", "?nation=wales&kind=agenda&sort=title"]
    for query in queries:
        print(f"{query:40} {_both(client, query)}")
    for group in Group.objects.filter(slug__in=["small", "large"]):
        found = best_of(client.get, f"/search/?q=word7&kind=documents&group={group.slug}")
        folder = best_of(client.get, group.folders.first().get_absolute_url())
        page = best_of(client.get, group.documents.first().get_absolute_url())
        print(f"{group.slug:6} search {found:.0f} ms, folder {folder:.0f} ms, document {page:.0f} ms")


def _both(client: Client, query: str) -> str:
    return ", ".join(
        f"{slug} {best_of(client.get, f'/groups/{slug}/documents/{query}'):6.0f} ms" for slug in ("small", "large")
    )


if __name__ == "__main__":
    main()
