"""The guarded download. The room's view has asked `visible_to`; this gives the bytes, locked down."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

CHUNK = 65_536


class Served(Protocol):
    """Bytes that are kept, with what a download says of them: a stored file, its rendition, a copy of one's data."""

    blob: Any
    sha256: Any
    size: Any

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def is_image(self) -> bool: ...
    @property
    def is_pdf(self) -> bool: ...


def serve(request: HttpRequest, stored: Served, *, inline: bool = False, name: str = "") -> HttpResponseBase:
    """The file as a download, perhaps under another name.

    Pictures, which we drew anew, and PDFs may be shown `inline`, locked down as well.
    """
    inline = inline and (stored.is_image or stored.is_pdf)
    etag = f'"{stored.sha256[:32]}"'
    response = get_conditional_response(request, etag=etag) or _content(request, stored, etag)
    response["ETag"] = etag
    response["Content-Type"] = stored.kind
    response["Content-Disposition"] = content_disposition_header(not inline, name or stored.name) or "attachment"
    response["Cache-Control"] = "private, no-cache" if inline else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def serve_text(words: str, name: str) -> HttpResponse:
    """A text that was written here, as a download."""
    response = HttpResponse(words, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _content(request: HttpRequest, stored: Served, etag: str) -> HttpResponseBase:
    if settings.SENDFILE == "nginx":
        return HttpResponse(headers={"X-Accel-Redirect": f"/stored-files/{stored.blob.name}"})
    if settings.SENDFILE == "apache":
        return HttpResponse(headers={"X-Sendfile": stored.blob.path})
    span = _span(request, stored.size, etag)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    first, last = span
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(last - first + 1)}
    whole = last - first + 1 == stored.size
    if not whole:
        headers["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    body = _bytes(stored, first, last - first + 1)
    streamed = not_blocking(body) if isinstance(request, ASGIRequest) else body
    return StreamingHttpResponse(streamed, status=200 if whole else 206, headers=headers)


def _span(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for. One range is honoured, several or odd ones are ignored; None if out of reach."""
    asked = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("Range", ""), re.ASCII)
    whole = (0, size - 1)
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return whole
    first, last = asked.groups()
    if not first:  # the last n bytes
        return (max(0, size - int(last)), size - 1) if int(last) else None
    if last and int(last) < int(first):
        return whole
    return (int(first), min(int(last or size), size - 1)) if int(first) < size else None


def _bytes(stored: Served, first: int, count: int) -> Iterator[bytes]:
    with stored.blob.open("rb") as file:
        file.seek(first)
        while count > 0 and (chunk := file.read(min(CHUNK, count))):
            count -= len(chunk)
            yield chunk


async def not_blocking(body: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Under ASGI Django would gather a plain iterator in memory first; this hands chunks on as they are read."""
    while chunk := await sync_to_async(lambda: next(body, b""))():
        yield chunk
