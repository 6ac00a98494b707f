"""A thousand people report one post at once, while staff work and somebody reports something else.

Through the application with all middleware and the limits people have, eight at a time. What it shows: one case and
every report in it, how long a reporter waits, and how long the desk, the case and the page of reporting take meanwhile
beside their own time on a quiet site. Run it on a database of its own:

DATABASE_URL=postgres://root@127.0.0.1:5432/bench ENSEMBLE_DATA=/tmp/bench python -m tests.bench.reports
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()

from django.conf import settings  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]

from allauth.mfa.models import Authenticator  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from community.moderation.models import Case, Report  # noqa: E402
from tests import make  # noqa: E402

REPORTERS, AT_ONCE = int(os.environ.get("REPORTERS", "1000")), 8


def signed_in(member: Any) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(member, settings.AUTHENTICATION_BACKENDS[0])
    return client


def taken(work: Any) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def line(name: str, times: list[float], beside: float = 0.0) -> float:
    """Print the middle and the slowest hundredth, in ms; gives the middle."""
    middle = statistics.median(times)
    ratio = f", {middle / beside:4.1f} × quiet" if beside else ""
    late = statistics.quantiles(times, n=100)[98] if len(times) > 1 else middle
    print(f"{name:40} {len(times):5} times, {middle:7.1f} ms, p99 {late:7.1f}{ratio}")
    return middle


def report(member: Any, url: str) -> float:
    try:
        client = signed_in(member)
        spent = taken(lambda: seen(client.post(url, {"kind": "harassment", "words": f"From {member.handle}"}), 302))
    finally:
        connections.close_all()
    return spent


def seen(answer: Any, status: int = 200) -> None:
    assert answer.status_code == status, (answer.status_code, answer.content[:500])


def look(pages: dict[str, tuple[Client, str]], until: threading.Event, times: dict[str, list[float]]) -> None:
    """Ask for each page once a moment until told to stop."""
    try:
        while not until.wait(0.2):
            for name, (client, url) in pages.items():
                times[name].append(taken(lambda client=client, url=url: seen(client.get(url))))
    finally:
        connections.close_all()


def main() -> None:
    call_command("migrate", verbosity=0)
    group, lead = make.group("Reported"), make.person("lead")
    author, staff = make.person("author"), make.person("staff", is_staff=True)
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    people = [make.person(f"reporter-{number}") for number in range(REPORTERS)]
    for each in [lead, author, *people]:
        make.place(group, each)
    thread = make.thread(group, author, "What was reported")
    post, other = thread.posts.get(number=1), thread.reply(author.affiliations.get(), "Other words.")
    url = reverse("moderation:report", args=[post.subject])
    seen(signed_in(people[0]).post(url, {"kind": "spam"}), 302)
    desk, another = signed_in(staff), signed_in(lead)
    pages = {
        "the desk": (desk, reverse("moderation:desk")),
        "the case": (desk, reverse("moderation:case", args=[post.subject])),
        "reporting another": (another, reverse("moderation:report", args=[other.subject])),
    }
    quiet = {}
    for name, (client, address) in pages.items():
        client.get(address)
        times = [taken(lambda client=client, address=address: seen(client.get(address))) for _ in range(20)]
        quiet[name] = line(f"{name}, quiet", times)
    until, meanwhile = threading.Event(), {name: [] for name in pages}
    watching = threading.Thread(target=look, args=(pages, until, meanwhile))
    watching.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        waited = list(threads.map(lambda member: report(member, url), people[1:]))
    whole = time.perf_counter() - began
    until.set()
    watching.join()
    print(f"{connection.vendor}: {len(waited) + 1} people reported one post in {whole:.0f} s")
    line("a report", waited)
    for name, times in meanwhile.items():
        line(f"{name}, meanwhile", times, quiet[name])
    cases = Case.objects.filter(subject=post.subject).count()
    print(f"cases: {cases}, reports in it: {Report.objects.filter(subject=post.subject).count()}")
    tried = [another.post(url, {"kind": "spam"}).status_code for _ in range(25)]
    print(f"one person, 25 times: {tried.count(302)} taken, {tried.count(429)} refused by the limit")


if __name__ == "__main__":
    main()
