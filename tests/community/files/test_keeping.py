"""What is taken at the door, what is refused with which sentence, and that a refused file leaves nothing behind."""

import io
import struct
import wave
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.files import names
from community.files.models import StoredFile
from tests.community.files.conftest import OFFICE, PDF, office, open_document, packed, picture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.community.files.door")]


def bytes_on_disk(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def sound():
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 100)
    return made.getvalue()


def png_that_says(width, height):
    def chunk(name, body):
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


TAKEN = {
    "minutes.pdf": (PDF, "application/pdf"),
    "plan.docx": (office(), f"{OFFICE}wordprocessingml.document"),
    "stock.xlsx": (office("spreadsheetml.sheet", "xl"), f"{OFFICE}spreadsheetml.sheet"),
    "talk.pptx": (office("presentationml.presentation", "ppt"), f"{OFFICE}presentationml.presentation"),
    "plan.odt": (open_document(), "application/vnd.oasis.opendocument.text"),
    "stock.ods": (open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "talk.odp": (open_document("presentation"), "application/vnd.oasis.opendocument.presentation"),
    "notes.txt": ("Grŵp: what we play".encode(), "text/plain"),
    "old.csv": ("name,fee\nRené,£4\n".encode("latin-1"), "text/csv"),
    "page.md": (b"# Title\n\n<b>bold</b>", "text/markdown"),
    "clip.wav": (sound(), "audio/wav"),
    "clip.mp3": (b"ID3\x04" + b"\0" * 50, "audio/mpeg"),
    "clip.m4a": (b"\0\0\0\x20ftypM4A " + b"\0" * 50, "audio/mp4"),
    "clip.ogg": (b"OggS\x00" + b"\0" * 50, "audio/ogg"),
    "a.png": (picture("PNG"), "image/png"),
    "a.jpeg": (picture("JPEG"), "image/jpeg"),
    "a.gif": (picture("GIF"), "image/png"),
    "a.webp": (picture("WEBP"), "image/webp"),
}

REFUSED = {
    "empty.txt": (b"", "empty"),
    "page.png": (b"<!doctype html><script>alert(1)</script>", "scripts are not taken"),
    "logo.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "scripts are not taken"),
    "logo.txt": (b"\xef\xbb\xbf  \n<SVG onload=alert(1)>", "scripts are not taken"),
    "run.txt": (b"#!/bin/sh\nrm -rf ~", "scripts are not taken"),
    "page.html": (b"hello", "This kind of file is not taken"),
    "tool.exe": (b"MZ\x90\0" + b"\0" * 60, "Programs"),
    "tool.pdf": (b"\x7fELF" + b"\0" * 60, "Programs"),
    "photo.jpg": (picture("PNG"), "is not a .jpg file inside but .png"),
    "photo.png.pdf": (picture("PNG"), "is not a .pdf file inside but .png"),
    "score.docx": (PDF, "is not a .docx file inside but .pdf"),
    "sheet.docx": (office("spreadsheetml.sheet", "xl"), "inside but .xlsx"),
    "cut.pdf": (PDF[:20], "cut off"),
    "late.pdf": (b"junk" + PDF, "This kind of file is not taken"),
    "both.pdf": (PDF + packed({"Evil.class": b"x"}), "two kinds"),
    "both.docx": (office() + PDF, "two kinds|damaged"),
    "raw.txt": (b"abc\0def", "not a text file"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "older Office"),
    "phone.heic": (b"\0\0\0\x20ftypheic" + b"\0" * 60, "HEIC"),
    "film.mp4": (b"\0\0\0\x20ftypqt  " + b"\0" * 60, "Films"),
    "film.mpeg": (b"\0\0\0\x20ftypmp42" + b"\0" * 60, "inside but .m4a"),
    "all.zip": (packed({"a.txt": b"a"}), "Packed archives"),
    "all.docx": (packed({"a.txt": b"a"}), "Packed archives"),
    "all.rar": (b"Rar!\x1a\x07\0", "Packed archives"),
    "macro.docx": (office(word__vbaProject_bin=b"x"), "macros"),
    "macro2.docx": (office("wordprocessingml.document.macroEnabled"), "macros|Packed"),
    "macro.odt": (open_document(**{"Basic/Standard/Module1.xml": b"<x/>"}), "macros"),
    "nested.docx": (office(word__more_zip=packed({"a": b"a"})), "archive or a program packed inside"),
    "program.docx": (office(word__embeddings__a_docx=b"\x7fELF" + b"\0" * 40), "archive or a program packed inside"),
    "climbs.docx": (packed({"[Content_Types].xml": b"<a/>", "../../etc/x": b"x"}), "damaged"),
    "bomb.docx": (office(word__zeros_xml=b"\0" * 60_000_000), "far larger inside"),
    "entities.docx": (
        packed({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>', "word/x": b""}),
        "damaged",
    ),
    "many.docx": (packed({f"word/{n}": b"" for n in range(5_001)}), "far larger inside"),
    "huge.png": (png_that_says(60_000, 60_000), "too many pixels"),
    "lies.png": (png_that_says(600, 600), "damaged"),
    "cut.jpg": (picture("JPEG", (800, 800))[:2000], "damaged"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_working_groups_use_is_taken_and_recognised_by_content(send, settings, name):
    content, kind = TAKEN[name]
    answer = send(name, content)
    assert answer.status_code == 200, answer.content
    assert answer.json()["kind"] == kind
    stored = StoredFile.objects.get()
    assert bytes_on_disk(settings) == [settings.MEDIA_ROOT / stored.blob.name]
    if not kind.startswith("image/"):
        assert stored.blob.read() == content


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_refused_with_a_sentence_and_leaves_nothing_behind(send, settings, name):
    content, sentence = REFUSED[name]
    answer = send(name, content)
    assert answer.status_code == 422, answer.content
    assert any(part in answer.content.decode() for part in sentence.split("|")), answer.content.decode()
    assert not StoredFile.objects.exists()
    assert bytes_on_disk(settings) == []


def test_a_document_may_carry_a_chart_with_its_sheet(send):
    assert send("a.docx", office(word__embeddings__sheet_xlsx=office("spreadsheetml.sheet", "xl"))).status_code == 200


def test_an_entry_that_lies_about_its_size_is_refused(send):
    content = bytearray(office(word__long_xml=b"a" * 5_000))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    answer = send("a.docx", bytes(content))
    assert answer.status_code == 422
    assert "damaged" in answer.content.decode()


def test_where_a_picture_was_taken_is_not_kept(send):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6  # lies on its side
    shot = picture("JPEG", (60, 40), exif=exif, comment=b"secret comment")
    assert b"SecretCamera" in shot
    send("shot.jpg", shot)
    stored = StoredFile.objects.get()
    kept = stored.blob.read()
    assert b"SecretCamera" not in kept
    assert b"secret comment" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert (stored.width, stored.height) == (40, 60)  # and it stands upright now


def test_a_picture_that_is_also_an_archive_or_a_page_loses_that_part(send):
    for tail in (packed({"Evil.class": b"evil"}), b"<script>evil</script>"):
        assert send("two.gif", picture("GIF") + tail).status_code == 200
        assert b"vil" not in StoredFile.objects.latest("pk").blob.read()


def test_a_large_picture_is_made_smaller_and_its_transparency_stays(send):
    made = io.BytesIO()
    Image.new("RGBA", (5000, 1000), (0, 0, 0, 0)).save(made, "PNG")
    assert send("wide.png", made.getvalue()).status_code == 200
    stored = StoredFile.objects.get()
    assert (stored.width, stored.height) == (2400, 480)
    assert Image.open(stored.blob).mode == "RGBA"


def test_a_moving_picture_stands_still(send):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    assert send("dance.gif", made.getvalue()).json()["name"] == "dance.png"
    assert getattr(Image.open(StoredFile.objects.get().blob), "n_frames", 1) == 1


def test_where_only_pictures_are_wanted_nothing_else_is_taken(send):
    assert send("a.pdf", PDF, images_only="1").status_code == 422
    assert send("a.png", picture(), images_only="1").status_code == 200


def test_a_file_may_have_only_so_many_bytes_and_a_member_only_so_many_in_all(send, settings):
    settings.FILE_LIMIT = 1_000
    assert send("a.txt", b"a" * 1_000).status_code == 200
    assert "too large" in send("b.txt", b"b" * 1_001).content.decode()
    settings.FILES_LIMIT_EACH = 1_500
    assert "together" in send("b.txt", b"b" * 501).content.decode()
    assert send("b.txt", b"b" * 500).status_code == 200


def test_an_absurd_request_is_answered_before_it_is_read(door, settings):
    settings.BODY_LIMIT = 1_000
    answer = door.post("/send/", b"x" * 1_001, content_type="application/octet-stream")
    assert answer.status_code == 413
    assert "too much at once" in answer.content.decode()


def test_when_the_deed_is_undone_its_bytes_go_too(door, send, settings):
    door.raise_request_exception = False
    assert door.post("/stumble/", {"file": SimpleUploadedFile("a.txt", b"a")}).status_code == 500
    assert bytes_on_disk(settings) == []
    assert send("a.txt", b"a").status_code == 200
    assert len(bytes_on_disk(settings)) == 1


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_when_the_deed_is_undone_under_asgi_its_bytes_go_too(async_client, member, settings):
    await async_client.aforce_login(member)
    async_client.raise_request_exception = False
    for address, left in (("/stumble/", 0), ("/send/", 1)):
        await async_client.post(address, {"file": SimpleUploadedFile("a.txt", b"a")})
        assert len(bytes_on_disk(settings)) == left


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.txt", "plan.txt"),
        ("\u202etxt.exe.pdf", "txt.exe.pdf"),
        ("a\u200bb\x00c\r\n.txt", "abc.txt"),
        (".htaccess.txt", "htaccess.txt"),
        ("con.txt", "file-con.txt"),
        ("LPT1.tar.txt", "file-LPT1.tar.txt"),
        ("Cafe\u0301 menu.txt", "Café menu.txt"),
        ("a" * 300 + ".txt", "a" * 116 + ".txt"),
        ("...", "file"),
        ("<b>\"'.txt", "-b--'.txt"),
        ("Grŵp 🎺.txt", "Grŵp 🎺.txt"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert names.clean(given) == kept
    assert names.clean(kept) == kept


def test_a_name_without_an_ending_gets_the_right_one(send):
    assert send("minutes", PDF).json()["name"] == "minutes.pdf"
