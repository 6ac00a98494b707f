"""How much memory a server takes for files of 200 MB: one upload, ten at once (whole, and in pieces), some that break
off, and a large zip.

It starts a real server for each kind (the one of `start`, and gunicorn as in production) on data of its own, and reads
VmHWM, the most that its processes ever held. python -m tests.bench.uploads
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.realtime.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
MB, SIZE, AT_ONCE, ALLOWED, PIECE = 1_000_000, 200_000_000, 10, 300, 3_000_000
HEAD, TAIL = b"%PDF-1.7\n1 0 obj<<>>endobj\n%", b"\ntrailer<<>>\n%%EOF\n"
NEW = "/groups/bench/documents/new/"
PREPARE = """
import json
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth import get_user_model
from django.test import Client
from groups.models import Role
from tests import make
lead, group = make.person("lead"), make.group("Bench")
make.place(group, lead, Role.LEAD)
client = Client(); client.force_login(lead)
print(json.dumps({name: cookie.value for name, cookie in client.cookies.items()}))
"""
COUNT = """
from community.files.models import StoredFile
from groups.documents.models import Document
print(StoredFile.objects.count(), Document.objects.count())
"""
SERVERS = {
    "start (one process)": ["manage.py", "start", "--empty", "--port", "{port}"],
    "gunicorn": [
        "-m",
        "gunicorn",
        "community.wsgi",
        "-b",
        "127.0.0.1:{port}",
        "-w",
        "1",
        "--threads",
        "12",
        "-t",
        "300",
    ],
}


class Server:
    """A running server, its data, and somebody signed in."""

    def __init__(self, data: Path, command: list[str]) -> None:
        self.data, self.port, self.temp = data, free_port(), data / "tmp"
        self.temp.mkdir()
        limits = {"ENSEMBLE_FILE_LIMIT": str(450 * MB), "ENSEMBLE_FILES_LIMIT_EACH": str(9_000 * MB)}
        own = {"ENSEMBLE_DATA": str(data), "TMPDIR": str(self.temp), "ENSEMBLE_PREPARED": "1", **limits}
        self.environment = {**os.environ, **own, "ENSEMBLE_URL": f"http://localhost:{self.port}"}
        self.cookies = json.loads(self.shell(PREPARE).splitlines()[-1])
        line = [part.format(port=self.port) for part in command]
        log = (data / "log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, *line], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        self._await()

    def shell(self, code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=600)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers={"Cookie": cookies})
        return connection.getresponse()

    def peak(self) -> float:
        """The most that all its processes held, in MB; those in which files are looked into have their own bounds."""
        found = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
                if b"community.files.alone" in (status.parent / "cmdline").read_bytes():
                    continue
                if os.getpgid(int(status.parent.name)) == self.process.pid and (
                    most := re.search(r"VmHWM:\s+(\d+)", text)
                ):
                    found += int(most[1])
            except (OSError, ProcessLookupError):
                continue
        return found / 1000

    def left(self) -> tuple[int, ...]:
        """Rows of files and documents, bytes in the storage, temporary files."""
        blobs = sum(1 for each in (self.data / "files").rglob("*") if each.is_file())
        temporary = sum(1 for each in self.temp.rglob("*") if each.is_file())
        return (*map(int, self.shell(COUNT).split()[-2:]), blobs, temporary)

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _await(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.get("/health/").status == 200:
                    return
            except OSError:
                time.sleep(0.3)
        raise SystemExit((self.data / "log").read_text()[-2000:])


def sit_down(server: Server) -> tuple[str, str]:
    """What a page with the form gives: its cookies and its token."""
    page = server.get(NEW)
    cookies = [f"{name}={value}" for name, value in server.cookies.items()]
    cookies += [each.partition(";")[0] for each in page.headers.get_all("Set-Cookie", [])]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    return "; ".join(cookies), token[1] if token else ""


def parts(line: str, said: dict[str, str]) -> str:
    return "".join(f'--{line}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in said.items())


def facts() -> dict[str, str]:
    return {"title": "Large", "kind": "paper", "rights": "own", "language": "en", "key": str(uuid.uuid4())}


def upload_in_pieces(server: Server, number: int) -> int:
    """The same as a page with scripts sends it. The status of the form that ends it."""
    (cookies, token), line = sit_down(server), uuid.uuid4().hex
    connection = http.client.HTTPConnection("localhost", server.port, timeout=600)
    heads = {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={line}"}

    def post(said: dict[str, str], piece: bytes = b"") -> tuple[int, bytes]:
        body = parts(line, {**said, "csrfmiddlewaretoken": token}).encode()
        if piece:
            named = f'--{line}\r\nContent-Disposition: form-data; name="piece"; filename="blob"\r\n\r\n'
            body += named.encode() + piece + b"\r\n"
        connection.request("POST", NEW, body + f"--{line}--\r\n".encode(), heads)
        answer = connection.getresponse()
        return answer.status, answer.read()

    at = {"step": "begin", "called": f"{number}.pdf", "size": str(SIZE), "modified": "1"}
    status, said = post(at)
    while status == 200:
        now = json.loads(said)
        if now["offset"] == SIZE:
            return post({**facts(), "arrived": now["key"]})[0]
        status, said = post({"step": "piece", "key": now["key"], "offset": str(now["offset"])}, piece_at(now["offset"]))
        while status == 429:  # one person, ten files at the speed of this machine: it is asked to wait
            time.sleep(1)
            status, said = post(at)
    return status


def piece_at(offset: int) -> bytes:
    piece = b"x" * min(PIECE, SIZE - offset)
    piece = piece if offset else HEAD + piece[len(HEAD) :]
    return piece[: -len(TAIL)] + TAIL if offset + len(piece) == SIZE else piece


def upload(server: Server, *, breaks_at: float = 1) -> int:
    """Send a file of 200 MB with the form of a new document, or only a part of it. Its status, 0 for none."""
    cookies, token = sit_down(server)
    line = uuid.uuid4().hex
    before = parts(line, {**facts(), "csrfmiddlewaretoken": token})
    before += f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    start, end = before.encode() + HEAD, TAIL + f"\r\n--{line}--\r\n".encode()
    heads = [
        f"POST {NEW} HTTP/1.1",
        f"Host: localhost:{server.port}",
        "Connection: close",
        f"Cookie: {cookies}",
        f"Content-Type: multipart/form-data; boundary={line}",
        f"Content-Length: {len(start) + SIZE + len(end)}",
    ]
    with socket.create_connection(("localhost", server.port), 600) as wire:
        wire.sendall("\r\n".join([*heads, "", ""]).encode() + start)
        for _each in range(int(SIZE / MB * breaks_at)):
            wire.sendall(b"x" * MB)
        if breaks_at < 1:
            return 0
        wire.sendall(end)
        answer = wire.recv(65_536).decode(errors="replace")
    return int(answer.split()[1]) if answer else 0


def unzip(server: Server) -> tuple[int, float]:
    """How many bytes the zip of the whole library has, and how long it took."""
    began, size = time.monotonic(), 0
    answer = server.get("/groups/bench/documents/zip/")
    while chunk := answer.read(MB):
        size += len(chunk)
    return size, time.monotonic() - began


def measure(name: str, command: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server = Server(Path(folder), command)
        try:
            print(f"{name}: at rest {server.peak():.0f} MB", flush=True)
            print(f"  one upload: {upload(server)}, most {server.peak():.0f} MB", flush=True)
            time.sleep(3)  # its own temporary file goes when its answer has gone
            before = server.left()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda _each: upload(server, breaks_at=0.4), range(4)))
            time.sleep(3)
            print(f"  four that broke off leave {'nothing' if server.left() == before else server.left()}", flush=True)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                answers = list(pool.map(lambda _each: upload(server), range(AT_ONCE)))
            print(f"  {AT_ONCE} at once: {answers}, most {server.peak():.0f} MB of {ALLOWED} allowed", flush=True)
            began = time.monotonic()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                in_pieces = list(pool.map(lambda number: upload_in_pieces(server, number), range(AT_ONCE)))
            took = time.monotonic() - began
            print(
                f"  {AT_ONCE} at once in pieces: {in_pieces} in {took:.0f} s, most {server.peak():.0f} MB", flush=True
            )
            size, seconds = unzip(server)
            print(f"  zip of {size / MB:.0f} MB in {seconds:.0f} s, most {server.peak():.0f} MB", flush=True)
            print(f"  files, documents, stored, temporary: {server.left()}", flush=True)
            if set(answers) != {302}:
                print((server.data / "log").read_text()[-3000:])
        finally:
            server.end()


if __name__ == "__main__":
    for wanted, how in SERVERS.items():
        if len(sys.argv) < 2 or sys.argv[1] in wanted:
            measure(wanted, how)
