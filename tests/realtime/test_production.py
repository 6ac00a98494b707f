"""As in production: pages under gunicorn, the live part under uvicorn, PostgreSQL and Redis between them."""

import os
import re
import subprocess
import sys
import threading
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.urls import reverse
from websockets.sync.client import connect

from community import live
from tests.realtime.servers import Page, _url_of, cookie_of, free_port, is_up, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (settings.REDIS_URL and settings.DATABASE_URL.startswith("postgres")),
        reason="needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL, as .ci/run does",
    ),
]


OPTIONS = re.search(r"--workers 2 (--.*)", (settings.BASE_DIR / "compose.yaml").read_text())[1].split()


class Process:
    """One of the two, on a port of its own."""

    def __init__(self, *command: str):
        self.port = free_port()
        environment = {
            **os.environ,
            "DATABASE_URL": _url_of(connection.settings_dict),
            "SECRET_KEY": settings.SECRET_KEY,
            "ENSEMBLE_PREPARED": "1",
        }
        filled = [part.replace("PORT", str(self.port)) for part in command]
        self.process = subprocess.Popen([sys.executable, "-m", *filled], cwd=settings.BASE_DIR, env=environment)
        wait_until(lambda: is_up(self.port), 30)

    def stop(self):
        self.process.terminate()
        self.process.wait(15)


@pytest.fixture
def pages(transactional_db):
    process = Process("gunicorn", "community.wsgi:application", "--bind=127.0.0.1:PORT", "--workers=2", "--threads=4")
    yield process
    process.stop()


@pytest.fixture
def live_part(transactional_db):
    process = Process("uvicorn", "community.asgi:application", "--port=PORT", "--log-level=error", *OPTIONS)
    yield process
    process.stop()


def test_what_is_said_on_a_page_is_heard_on_the_socket_in_one_order(pages, live_part, room, member, lead):
    say = reverse("chat:say", args=[room.group.slug])
    before = _connections()
    with Page(live_part, member) as page:
        page.follow(live.stream_of(room))
        threads = [threading.Thread(target=_say, args=(pages, lead, say, n, 10)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert page.numbers(40) == list(range(1, 41))
    assert _connections() - before < 20, "each bell must not leave a connection behind"


def test_frames_are_not_compressed_once_for_each_reader(live_part, member):
    origin = f"http://127.0.0.1:{live_part.port}"
    session = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie_of(member)}"}
    address = f"ws://127.0.0.1:{live_part.port}/live/socket/"
    with connect(address, origin=origin, additional_headers=session) as socket:
        assert "Sec-WebSocket-Extensions" in socket.request.headers
        assert "Sec-WebSocket-Extensions" not in socket.response.headers


def _say(pages, who, address, first, count):
    session = cookie_of(who)
    browser = HTTPConnection("127.0.0.1", pages.port)
    token = "a" * 32
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Host": f"127.0.0.1:{pages.port}",
    }
    for n in range(count):
        said = {"body": f"{first}-{n}", "key": f"key-{first}-{n}", "csrfmiddlewaretoken": token}
        browser.request("POST", address, urlencode(said), headers)
        answer = browser.getresponse()
        answer.read()
        assert answer.status in {200, 201, 302}, answer.status


def _connections():
    """To this test's database of Redis: other workers have others."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    mine = str(client.connection_pool.connection_kwargs["db"])
    return sum(other["db"] == mine for other in client.client_list())
