"""The malware scan against a daemon that speaks its protocol, and the sweep of what nobody holds."""

import datetime as dt
import os
import socketserver
import struct
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.files.models import StoredFile
from community.files.tasks import sweep
from groups.threads.models import PostFile
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.community.files.door")]


class Daemon(socketserver.StreamRequestHandler):
    """Answers INSTREAM as clamd does; finds the word EVIL, and gives up beyond 100 kB."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        seen = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            seen += self.rfile.read(length)
        if len(seen) > 100_000:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            self.wfile.write(b"stream: Test.Evil FOUND\0" if b"EVIL" in seen else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def test_malware_is_refused_and_the_rest_is_taken(send, clamd):
    assert "malware" in send("a.txt", b"EVIL inside").content.decode()
    assert not StoredFile.objects.exists()
    assert send("a.txt", b"good").status_code == 200


def test_what_could_not_be_looked_at_is_not_taken(send, clamd, settings):
    assert "could not be checked" in send("a.txt", b"x" * 100_001).content.decode()
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    assert "could not be checked" in send("a.txt", b"good").content.decode()
    assert not StoredFile.objects.exists()


def test_the_sweep_removes_only_old_bytes_that_no_row_holds(member, settings):
    sweep.call()
    held = StoredFile.objects.keep(SimpleUploadedFile("a.txt", b"held"), member)
    lost, fresh = settings.MEDIA_ROOT / "ab" / ("ab" * 16), settings.MEDIA_ROOT / "cd" / ("cd" * 16)
    for path in (lost, fresh):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"lost")
    for path in (lost, settings.MEDIA_ROOT / held.blob.name):
        os.utime(path, (time.time() - 90_000,) * 2)
    sweep.call()
    assert not lost.exists()
    assert fresh.exists()
    assert held.blob.read() == b"held"


def test_the_sweep_removes_only_old_rows_that_no_room_points_at(group, member):
    post = make.thread(group, member).posts.get()
    held, _lost, fresh = (StoredFile.objects.keep(SimpleUploadedFile("a.txt", b"a"), member) for _ in range(3))
    PostFile.objects.create(post=post, stored=held)
    StoredFile.objects.exclude(pk=fresh.pk).update(kept_at=timezone.now() - dt.timedelta(days=2))
    sweep.call()
    assert set(StoredFile.objects.all()) == {held, fresh}
