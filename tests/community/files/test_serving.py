"""How a stored file is given out: locked down, in parts when asked, and only as a download unless we drew it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.files.models import StoredFile
from tests.community.files.conftest import PDF, picture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.community.files.door")]


@pytest.fixture
def text(member):
    return StoredFile.objects.keep(SimpleUploadedFile("Grŵp “A”.txt", b"0123456789"), member)


@pytest.fixture
def photo(member):
    return StoredFile.objects.keep(SimpleUploadedFile("a.png", picture()), member)


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_download_is_locked_down(door, text):
    answer = door.get(f"/get/{text.pk}/?inline")
    assert answer.status_code == 200
    assert body(answer) == b"0123456789"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Gr%C5%B5p")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_a_picture_is_shown_only_where_that_was_asked_for(door, photo):
    assert door.get(f"/get/{photo.pk}/")["Content-Disposition"].startswith("attachment")
    answer = door.get(f"/get/{photo.pk}/?inline")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_seen_before_is_not_sent_again_but_asked_about_each_time(door, photo, outsider):
    etag = door.get(f"/get/{photo.pk}/?inline")["ETag"]
    again = door.get(f"/get/{photo.pk}/?inline", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again["Cache-Control"] == "private, no-cache"
    door.force_login(outsider)
    assert door.get(f"/get/{photo.pk}/?inline", headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "sent", "span"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=0-", 200, b"0123456789", None),
        ("bytes=-50", 200, b"0123456789", None),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        (f"bytes={'9' * 400}-", 200, b"0123456789", None),
    ],
)
def test_a_part_can_be_asked_for(door, text, asked, status, sent, span):
    answer = door.get(f"/get/{text.pk}/", headers={"Range": asked})
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (status, sent, span)
    if status != 416:
        assert answer["Content-Length"] == str(len(sent))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_part_of_an_older_file_is_not_mixed_with_this_one(door, text):
    etag = door.get(f"/get/{text.pk}/")["ETag"]
    same = door.get(f"/get/{text.pk}/", headers={"Range": "bytes=2-4", "If-Range": etag})
    other = door.get(f"/get/{text.pk}/", headers={"Range": "bytes=2-4", "If-Range": '"older"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_head_says_the_size_and_sends_nothing(door, text):
    answer = door.head(f"/get/{text.pk}/")
    assert (answer["Content-Length"], body(answer)) == ("10", b"")


@pytest.mark.parametrize(("server", "header"), [("nginx", "X-Accel-Redirect"), ("apache", "X-Sendfile")])
def test_a_server_in_front_may_send_the_bytes_with_the_same_lock(door, text, settings, server, header):
    settings.SENDFILE = server
    answer = door.get(f"/get/{text.pk}/")
    assert answer[header].endswith(text.blob.name)
    assert answer.content == b""
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_under_asgi_the_bytes_are_handed_on_as_they_are_read(async_client, member, text):
    await async_client.aforce_login(member)
    answer = await async_client.get(f"/get/{text.pk}/", headers={"Range": "bytes=2-4"})
    assert answer.is_async
    assert [chunk async for chunk in answer.streaming_content] == [b"234"]


def test_a_pdf_is_shown_by_the_browsers_own_reader_only_when_asked_and_locked_down_all_the_same(door, member):
    stored = StoredFile.objects.keep(SimpleUploadedFile("a.pdf", PDF), member)
    shown = door.get(f"/get/{stored.pk}/?inline")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["X-Frame-Options"] == "DENY"
    assert door.get(f"/get/{stored.pk}/")["Content-Disposition"].startswith("attachment")


def test_a_text_is_never_shown_in_the_page(door, member):
    stored = StoredFile.objects.keep(SimpleUploadedFile("a.txt", b"<b>"), member)
    assert door.get(f"/get/{stored.pk}/?inline")["Content-Disposition"].startswith("attachment")
