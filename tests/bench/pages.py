"""What pages cost: a thread's page, a list, a reply, beside a hello of the same stack measured in the same run.

Through WSGI with all middleware, signed in, in one process, each answer read to its end. `cpu` is the process's own
time, so the database's is in it with SQLite and not with PostgreSQL; `wall` is what a person waits, `/s` what one
process answers. Run it on a database of its own:

ENSEMBLE_DATA=/tmp/bench DATABASE_URL=postgres://root@127.0.0.1:5432/bench python -m tests.bench.pages
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import statistics
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF = "tests.bench.pages"
settings.ALLOWED_HOSTS = ["*"]
settings.LIMITS = dict.fromkeys(settings.LIMITS, "1000000/m")

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import include, path, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.http import members_only  # noqa: E402
from community.members.models import Member  # noqa: E402
from community.members.sessions import SessionStore  # noqa: E402
from groups import text  # noqa: E402
from groups.models import Group  # noqa: E402
from groups.threads.models import Post, Thread  # noqa: E402
from tests import make  # noqa: E402

LENGTHS, FEW, MANY, BATCH = [10, 100, 1_000, 5_000, 10_000], 2_000, 50_000, 5_000
TIMES, REPLIES = int(os.environ.get("TIMES", "200")), 50
BODY = (
    "We tried *whole-class brass* in Year 4.\n\n- three terms\n- one hall\n\nWhat has worked for **you**, [anyone](/)?"
)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@members_only
def hello_member(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"hello {request.user.name}")


urlpatterns = [path("hello/", hello), path("hello/member/", hello_member), path("", include("community.urls"))]


class Browser:
    """Asks the application for pages as a signed-in member."""

    def __init__(self, member: Member) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(member.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.create()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={'x' * 32}"
        self.application = get_wsgi_application()

    def ask(self, url: str, data: dict[str, str] | None = None) -> tuple[str, bytes]:
        address, _, query = url.partition("?")
        body = urlencode({**data, "csrfmiddlewaretoken": "x" * 32}).encode() if data else b""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST" if data else "GET",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
        }
        status: list[str] = []
        answer = self.application(environ, lambda said, headers: status.append(said))
        whole = b"".join(answer)
        answer.close()
        return status[0], whole


def fill(reader: Member, threads: int) -> None:
    """Of `threads` discussions in ten groups, five in the first are long; the reader has read none."""
    author = reader.__class__.objects.get(handle="author")
    tie, now, groups = author.affiliations.get(), timezone.now(), list(Group.objects.order_by("pk"))
    html = text.written(BODY, groups[0]).html
    lengths = iter([] if Thread.objects.exists() else LENGTHS)
    for start in range(Thread.objects.count(), threads, BATCH):
        numbers = range(start, min(start + BATCH, threads))
        rows = [_thread(groups[n % 10], author, n, next(lengths, 5) if n % 10 == 0 else 5) for n in numbers]
        facts = {"author": author, "posted_as": tie, "body": BODY, "html": html, "renderer": text.VERSION}
        facts["posted_at"] = now - dt.timedelta(days=9)
        found = Thread.objects.bulk_create(rows)
        each_post = ((each, n) for each in found for n in range(1, each.last_number + 1))
        Post.objects.bulk_create(Post(thread=each, number=n, **facts) for each, n in each_post)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _thread(group: Group, author: Member, number: int, posts: int) -> Thread:
    facts = {"title": f"Discussion {number}", "slug": f"discussion-{number}", "post_count": posts, "last_number": posts}
    at = timezone.now() - dt.timedelta(days=9, minutes=number)
    facts |= {"author": author, "last_author": author, "posted_as": author.affiliations.all()[0], "last_post_at": at}
    return Thread(group=group, created_at=at, **facts)


def measure(
    name: str, browser: Browser, url: str, floor: float = 0.0, asks: Iterator[dict[str, str]] | None = None
) -> float:
    """Print what it costs; gives the CPU time in the middle, in ms."""
    times = TIMES if asks is None else REPLIES
    given = [next(asks) if asks else None for _ in range(times + 6)]
    for each in given[:5]:
        status, whole = browser.ask(url, each)
    with CaptureQueriesContext(connection) as caught:
        browser.ask(url, given[5])
        queries = caught.captured_queries
    cpu, wall = [], []
    for each in given[6:]:
        began, spent = time.perf_counter(), time.process_time()
        browser.ask(url, each)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    middle, late = statistics.median(wall), statistics.quantiles(wall, n=100)[98]
    own = statistics.median(cpu)
    ratio = f"{own / floor:5.1f} × hello" if floor else " " * 13
    print(
        f"{name:44} {status[:3]} cpu {own:6.2f} ms (least {min(cpu):6.2f}) {ratio}, wall {middle:6.2f} p99 {late:6.2f},"
        f" {1000 / middle:5.0f}/s, {len(queries):2} queries, {len(whole):6} B, {len(gzip.compress(whole, 6)):5} B gzip"
    )
    return own


def replies() -> Iterator[dict[str, str]]:
    number = 0
    while True:
        number += 1
        yield {"body": f"{BODY} {number}", "key": f"{time.time_ns()}{number}", "posted_as": "", "seen": "1000000"}


def main() -> None:
    call_command("migrate", verbosity=0)
    if not Group.objects.filter(slug="group-0").exists():
        reader, _author = make.person("reader"), make.person("author")
        for number in range(10):
            make.place(make.group(f"Group {number}"), reader)
    reader = Member.objects.get(handle="reader")
    browser = Browser(reader)
    for threads in (FEW, MANY):
        fill(reader, threads)
        print(f"{connection.vendor}, {Thread.objects.count()} discussions, {Post.objects.count()} posts")
        floor = measure("hello", browser, "/hello/")
        measure("hello, signed in", browser, "/hello/member/", floor)
        long = (
            Thread.objects.filter(last_number__in=LENGTHS, group__slug="group-0")
            .exclude(last_number=5)
            .order_by("last_number")
        )
        for thread in long:
            page = thread.get_absolute_url()
            measure(f"thread of {thread.last_number}, its beginning", browser, f"{page}?from=1", floor)
            measure(
                f"thread of {thread.last_number}, its middle", browser, f"{page}?at={thread.last_number // 2}", floor
            )
        measure("list of a group", browser, "/groups/group-0/threads/", floor)
        measure("list of all groups", browser, "/discussions/", floor)
        short = Thread.objects.filter(last_number=5, group__slug="group-1").order_by("pk")[0]
        measure("reply", browser, reverse("threads:reply", args=["group-1", short.pk]), floor, replies())


if __name__ == "__main__":
    main()
