"""Lists of 50,000 discussions: how long each filter takes, and by which plan. Run it on a database of its own:

DATABASE_URL=postgres://root@127.0.0.1:5432/bench ENSEMBLE_DATA=/tmp/bench python -m tests.bench.lists
"""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from groups.models import Group  # noqa: E402
from groups.tags.models import Mute, Tag  # noqa: E402
from groups.threads.filters import Filters  # noqa: E402
from groups.threads.models import ReadMark, Thread  # noqa: E402
from groups.threads.paging import page_of_rows  # noqa: E402
from tests import make  # noqa: E402

HOW_MANY, BATCH = 50_000, 5_000


def fill() -> None:
    groups = [make.group(f"Group {number}") for number in range(10)]
    reader, author = make.person("reader"), make.person("author")
    tie, now, chance = author.affiliations.get(), timezone.now(), random.Random(1)
    for group in groups[:6]:
        make.place(group, reader)
    common, rare, wales = make.tag("common"), make.tag("rare"), make.tag("Wales", nation="wales")
    Mute.choose(reader, [wales])
    for start in range(0, HOW_MANY, BATCH):
        found = Thread.objects.bulk_create(
            Thread(
                group=groups[number % 10 if number % 2 else 0],
                title=f"Thread {number}",
                slug=f"thread-{number}",
                kind="announcement" if number % 500 == 0 else chance.choice(["discussion", "question"]),
                author=reader if number % 1000 == 0 else author,
                posted_as=tie,
                last_author=author,
                last_number=chance.choice([1, 5, 30]),
                post_count=5,
                created_at=now - dt.timedelta(minutes=number * 20),
                last_post_at=now - dt.timedelta(minutes=number * 10),
            )
            for number in range(start, start + BATCH)
        )
        marks = Thread.tags.through.objects
        marks.bulk_create(marks.model(thread=each, tag=common) for each in found if chance.random() < 0.5)
        marks.bulk_create(marks.model(thread=each, tag=rare) for each in found if chance.random() < 0.001)
        marks.bulk_create(marks.model(thread=each, tag=wales) for each in found if chance.random() < 0.05)
        read = [each for each in found if chance.random() < 0.95]
        ReadMark.objects.bulk_create(
            ReadMark(member=reader, thread=each, number=each.last_number, count=each.last_number) for each in read
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def best_of(work: Callable[..., Any], *given: Any) -> float:
    taken = []
    for _each in range(5):
        started = time.perf_counter()
        work(*given)
        taken.append(time.perf_counter() - started)
    return min(taken) * 1000


def main() -> None:
    call_command("migrate", verbosity=0)
    if not Thread.objects.exists():
        fill()
    reader = make.Member.objects.get(handle="reader")
    one = Thread.objects.visible_to(reader).in_sight().filter(group=Group.objects.get(slug="group-0"))
    mine = list(Group.objects.joined_by(reader))
    every = Thread.objects.visible_to(reader).in_sight().filter(group__in=mine)
    asked = [
        *[{}, {"sort": "newest"}, {"kind": "question"}, {"kind": "announcement"}, {"show": "unread"}],
        *[{"show": "unanswered"}, {"show": "mine"}, {"tag": "common"}, {"tag": "rare"}],
        *[{"tag": "common", "kind": "question"}, {"tag": "rare", "show": "unread"}],
    ]
    print(connection.vendor, Thread.objects.count(), Tag.objects.count())
    deep = {"after": f"0-{int((timezone.now() - dt.timedelta(days=100)).timestamp() * 1e6)}-1"}
    for threads, name, groups in ((one, "a group", mine[:1]), (every, "all groups", mine)):
        for query in asked:
            filters = Filters.asked(query, reader, groups)
            left, order = filters.applied(threads), filters.order(has_pins=name == "a group")
            first, later = (best_of(page_of_rows, left, at, order, {}, reader) for at in ({}, deep))
            print(f"{name:11} {query!s:45} first {first:7.1f} ms, deep {later:7.1f} ms")
            if os.environ.get("EXPLAIN"):
                print(order.sort(left).values_list("pk")[:21].explain())
        print(f"{name:11} chips {best_of(Filters.asked({}, reader, groups).shows, threads):.1f} ms")
    muted = list(Tag.objects.muted_by(reader))
    print(f"counts {best_of(lambda: every.without(muted, reader).unread_by(reader).news_by_group()):.1f} ms")


if __name__ == "__main__":
    main()
