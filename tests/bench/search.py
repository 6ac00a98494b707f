"""How long a search takes among 50,000 posts, in this configuration's database (all is rolled back).

python -m tests.bench.search
"""

import os
import random
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()

import datetime as dt  # noqa: E402

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from groups.search.asked import Narrow  # noqa: E402
from groups.search.find import find  # noqa: E402
from groups.search.models import Record  # noqa: E402
from groups.threads.models import Post, Thread  # noqa: E402
from tests import make  # noqa: E402

MANY, LONG = 50_000, 80
COMMON = [
    "the",
    "lesson",
    "group",
    "pupils",
    "hall",
    "school",
    "term",
    "music",
    "teacher",
    "practice",
    "brass",
    "strings",
    "choir",
    "play",
    "note",
]


def fill():
    """Threads of fifty posts; words as languages have them: few are in most, most are in few."""
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    rare = ["".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(8000)]
    weights = [1 / (rank + 1) for rank in range(len(rare))]
    person, groups = (
        make.person(f"bench-{time.time_ns()}"),
        [make.group(f"Bench {n} {time.time_ns()}") for n in range(20)],
    )
    for group in groups[:15]:
        make.place(group, person)
    tie = person.affiliations.get()
    now = timezone.now()
    threads = Thread.objects.bulk_create(
        Thread(
            group=chance.choice(groups),
            title=f"About {chance.choice(rare)} {chance.choice(COMMON)}",
            slug="a",
            author=person,
            posted_as=tie,
            last_author=person,
        )
        for _ in range(MANY // 50)
    )
    posts = []
    for thread in threads:
        for number in range(1, 51):
            body = " ".join(chance.choices(COMMON, k=LONG // 4) + chance.choices(rare, weights, k=LONG))
            posts.append(
                Post(thread=thread, number=number, author=person, posted_as=tie, body=body, html="", renderer=1)
            )
    Post.objects.bulk_create(posts, batch_size=2000)
    Record.objects.bulk_create(
        (
            Record(
                group=post.thread.group,
                thing_model="threads.post",
                thing_id=post.pk,
                title=post.thread.title,
                text=post.body,
                author=person,
                is_part=post.number > 1 or None,
                at=now - dt.timedelta(minutes=chance.randrange(500_000)),
            )
            for post in posts
        ),
        batch_size=2000,
    )
    return person, rare


def measure(words, person, narrow=None, page=1):
    times = []
    for _ in range(7):
        start = time.perf_counter()
        found = find(person, words, narrow or Narrow(), page)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{statistics.median(times):8.1f} ms  {len(found.hits):3} hits  {words!r} {narrow or ''} page {page}")


def main():
    with transaction.atomic():
        person, rare = fill()
        if connection.vendor == "postgresql":
            connection.cursor().execute("ANALYZE")
        print(connection.vendor, Record.objects.count(), "records")
        month = Narrow(since=(timezone.now() - dt.timedelta(days=30)).date())
        asked = [
            rare[4000],
            f"{rare[300]} {rare[20]}",
            f"{rare[1]} {rare[2]}",
            "brass",
            "brass strings",
            '"brass strings"',
        ]
        for words in asked:
            measure(words, person)
        for narrow in (Narrow(newest=True), Narrow(authors=(person.pk,)), Narrow(kind="discussions"), month):
            measure("brass", person, narrow)
        measure("brass", person, page=10)
        transaction.set_rollback(True)


main()
