"""Many files as one: a zip that is written while it is sent, so that neither memory nor disk holds it.

Each file is asked for again just before it is put in: what may not be had any more is left out, and the index, which is
written last, says so.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from community.files.models import StoredFile
from community.files.names import clean
from community.files.serve import CHUNK, not_blocking

STYLE = """:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid; }
th { overflow-wrap: anywhere; }
dt { font-weight: bold; }
dd { margin: 0 0 0.25rem; white-space: pre-line; overflow-wrap: anywhere; }
@media screen and (max-width: 45rem) {
  thead { display: none; }
  tr, th, td { display: block; border: 0; padding: 0.125rem 0; }
  tr { border-bottom: 1px solid; padding: 0.5rem 0; }
  td[data-name]::before { content: attr(data-name) ": "; font-weight: bold; }
}
"""  # of an index page that opens from the disk
MOST_LETTERS = 80  # of a folder or file inside: whole paths must be unpacked where only 260 are possible


@dataclass
class Part:
    """A file for the bundle, at `path` ("Templates/Loan agreement.pdf"), made at `at`.

    `ask` gives it if it may be had now; what is no file of ours, as its bytes.
    """

    path: str
    at: dt.datetime
    ask: Callable[[], StoredFile | bytes | None]
    is_in: bool = False  # whether it was put in


class _Passing(io.RawIOBase):
    """What the zip writes, until it is sent on. Not to be gone back in: the zip then needs no second look."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        taken, self.waiting = bytes(self.waiting), bytearray()
        return taken


def bundled(parts: Iterable[Part], index: Callable[[], dict[str, str]]) -> Iterator[bytes]:
    """The bytes of the zip. Last come the files of `index`, each name with its text: by then it is known what is in."""
    sink = _Passing()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as packed:  # most kinds are packed already
        for part in parts:
            stored = part.ask()
            if stored is None:
                continue
            info = zipfile.ZipInfo(part.path, timezone.localtime(part.at).timetuple()[:6])
            with _opened(stored) as file, packed.open(info, "w", force_zip64=True) as out:
                while chunk := file.read(CHUNK):
                    out.write(chunk)
                    yield sink.taken()  # at least that chunk: never nothing, which would end the answer
            part.is_in = True
        for name, text in index().items():
            packed.writestr(name, text)
    yield sink.taken()


def _opened(stored: StoredFile | bytes) -> IO[bytes]:
    return io.BytesIO(stored) if isinstance(stored, bytes) else stored.blob.open("rb")


def send(request: HttpRequest, name: str, body: Iterator[bytes]) -> StreamingHttpResponse:
    """As a download, a piece at a time."""
    streamed = not_blocking(body) if isinstance(request, ASGIRequest) else body
    response = StreamingHttpResponse(streamed, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def path_of(folders: Iterable[str], name: str, taken: set[str]) -> str:
    """A path that unpacks everywhere and stands there once; `taken` are those given before, and grows."""
    within = "".join(f"{clean(each)[:MOST_LETTERS].strip(' .')}/" for each in folders)
    stem, dot, ending = clean(name).rpartition(".")
    stem, ending = (stem, f".{ending}") if dot else (ending, "")
    path, again = f"{within}{stem[:MOST_LETTERS].strip()}{ending}", 1
    while path.casefold() in taken:
        again += 1
        path = f"{within}{stem[:MOST_LETTERS].strip()} ({again}){ending}"
    taken.add(path.casefold())
    return path
