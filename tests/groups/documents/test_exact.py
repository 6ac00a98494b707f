"""Office files as they are laid out, where LibreOffice is installed; the text that was read out where it is not."""

import io
import os
import shutil
import socket
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from community.demo import paper
from community.files import exact, tasks
from community.files.models import Rendition, StoredFile
from community.jobs import Worker
from groups.documents import tasks as document_tasks
from groups.documents.models import Document
from groups.documents.tasks import draw, keep_time
from tests import make, written
from tests.groups.documents.door import send_new

pytestmark = pytest.mark.django_db(transaction=True)  # a worker has connections of its own
installed = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed here")
OFFER = "Open as a PDF drawn from it"


def shared(client, group, name="plan.docx", content=None):
    content = content or paper.make(name, "Plan", "Bring a quintolet.")
    assert send_new(client, group, file=SimpleUploadedFile(name, content)).status_code == 302
    Worker("test", interval=0, batch=True).run()
    return Document.objects.latest("pk")


def page(client, document):
    return client.get(document.get_absolute_url()).content.decode()


def address(document):
    return f"{document.get_absolute_url()}versions/1/exact/"


@installed
@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.odt"])
def test_an_office_file_is_shown_as_a_pdf_to_whoever_may_see_it_and_to_nobody_else(
    leading, group, member, outsider, staff, lead, name
):
    document = shared(leading, group, name)
    for reader, status in ((member, 200), (outsider, 404)):
        client = Client()
        client.force_login(reader)
        assert client.get(address(document)).status_code == status
    assert OFFER in page(leading, document)
    answer = leading.get(address(document))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="plan.pdf"')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "quintolet" in page(leading, document), "the text stays, for search and for readers aloud"
    document.hide(staff, "A reason")
    assert leading.get(address(document)).status_code == 404
    document.restore(staff, "Well")
    document.remove(lead)
    assert leading.get(address(document)).status_code == 404


@installed
def test_what_cannot_be_drawn_is_read_as_text_and_tried_only_once(leading, group):
    document = shared(leading, group, content=written.docx("# Before", "Bring a quintolet."))
    assert Rendition.objects.get().blob == ""
    assert OFFER not in page(leading, document)
    assert "quintolet" in page(leading, document)
    assert leading.get(address(document)).status_code == 404


@installed
def test_what_is_drawn_survives_the_sweep_and_goes_with_its_file(leading, group):
    document = shared(leading, group)
    drawn = Rendition.objects.get()
    kept = Path(settings.MEDIA_ROOT, drawn.blob.name)
    long_ago = time.time() - 3 * 86_400
    os.utime(kept, (long_ago, long_ago))
    tasks.sweep.call()
    assert leading.get(address(document)).status_code == 200
    drawn.delete()
    tasks.sweep.call()
    assert not kept.exists()


@installed
def test_it_reaches_nothing_outside_and_leaves_no_process_behind(tmp_path):
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: asked.append(server.accept()), daemon=True).start()
        picture = f"http://127.0.0.1:{server.getsockname()[1]}/spy.png"
        came = tmp_path / "came"
        came.write_bytes(linking(picture))
        made = exact.draw(came, "application/vnd.oasis.opendocument.text")
    assert made is not None, "its words are drawn all the same"
    assert asked == []
    assert not left(tmp_path)


@pytest.fixture
def exposed(tmp_path, monkeypatch):
    """A system on which nothing can be kept off the network."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "soffice").symlink_to(shutil.which("soffice"))
    monkeypatch.setenv("PATH", str(programs))


@installed
def test_without_a_way_to_keep_it_off_the_network_nothing_is_drawn_and_the_server_says_so(
    leading, group, exposed, settings
):
    said = [each.msg for each in run_checks() if each.id == "files.W001"]
    assert len(said) == 1 and "not at all" in said[0]
    document = shared(leading, group)
    assert not Rendition.objects.exists()
    assert "quintolet" in page(leading, document)
    settings.DRAW_WITH_NETWORK = True
    assert "with the network" in next(each.msg for each in run_checks() if each.id == "files.W001")
    keep_time.call()
    Worker("test", interval=0, batch=True).run()
    assert OFFER in page(leading, document)


@installed
def test_its_settings_alone_keep_it_from_what_stands_elsewhere(tmp_path, exposed, settings):
    settings.DRAW_WITH_NETWORK = True
    test_it_reaches_nothing_outside_and_leaves_no_process_behind(tmp_path)


def linking(picture):
    """A text with a picture that stands elsewhere."""
    made = io.BytesIO()
    plain = io.BytesIO(paper.make("plan.odt", "Plan", "Words."))
    with zipfile.ZipFile(plain) as whole, zipfile.ZipFile(made, "w") as out:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "content.xml":
                frame = (
                    f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{picture}"/></draw:frame>'
                )
                names = "".join(
                    f' xmlns:{short}="{full}"'
                    for short, full in {
                        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
                        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
                        "xlink": "http://www.w3.org/1999/xlink",
                    }.items()
                )
                frame = frame.replace("<draw:frame", f"<draw:frame{names}", 1)
                data = data.replace(b"</text:p>", frame.encode() + b"</text:p>", 1)
            out.writestr(name, data)
    return made.getvalue()


def left(folder):
    """The processes that have to do with the folder, once the system had a moment to end them."""
    for _moment in range(50):
        found = [each for each in Path("/proc").glob("[0-9]*/cmdline") if str(folder).encode() in read(each)]
        if not found:
            break
        time.sleep(0.1)
    return found


def read(file):
    try:
        return file.read_bytes()
    except OSError:
        return b""


@installed
def test_one_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    monkeypatch.setattr(exact, "PATIENCE", 0.5)
    came = tmp_path / "came"
    came.write_bytes(paper.make("plan.docx", "Plan", "Words."))
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        exact.draw(came, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert time.monotonic() - began < 10
    assert not left(tmp_path)


@installed
def test_one_that_takes_too_long_is_tried_again_but_not_for_ever(leading, group, monkeypatch):
    monkeypatch.setattr(exact, "PATIENCE", 0.1)
    shared(leading, group)
    for _hour in range(5):
        keep_time.call()
        Worker("test", interval=0, batch=True).run()
    assert Rendition.objects.get().timeouts == 3
    Rendition.objects.update(timeouts=1)
    monkeypatch.undo()
    keep_time.call()
    Worker("test", interval=0, batch=True).run()
    assert Rendition.objects.get().blob


@installed
def test_what_is_larger_than_a_page_should_be_is_not_kept_and_the_rest_counts_for_its_owner(
    leading, group, monkeypatch, settings
):
    shared(leading, group)
    stored = StoredFile.objects.get()
    settings.FILES_LIMIT_EACH = stored.size + 1000
    answer = send_new(leading, group, file=SimpleUploadedFile("a.txt", b"Bring a quintolet."))
    assert answer.status_code == 422, "the drawing takes room too"
    settings.FILES_LIMIT_EACH = 2_000_000_000
    monkeypatch.setattr(exact, "LARGEST", 1000)
    shared(leading, group, "other.odt")
    assert Rendition.objects.latest("pk").blob == ""


@installed
def test_drawing_lets_all_other_work_go_first_and_stands_in_the_queue_once(leading, group, staff):
    hidden, removed, seen = (shared(leading, group, f"{name}.docx") for name in ("one", "two", "three"))
    hidden.hide(staff, "A reason")
    removed.remove(removed.author)
    Rendition.objects.all().delete()
    draw.enqueue(0)
    keep_time.call()
    keep_time.call()
    waits = list(DBTaskResult.objects.filter(status="READY").order_by(*DBTaskResult._meta.ordering))
    assert [each.args_kwargs["args"] for each in waits if each.task_path == draw.module_path] == [
        [0],
        [seen.current_id],
    ]
    keep_time.enqueue()
    order = DBTaskResult.objects.filter(status="READY").order_by(*DBTaskResult._meta.ordering)
    paths = list(order.values_list("task_path", flat=True))
    assert keep_time.module_path in paths[:-2] and paths[-2:] == [draw.module_path] * 2


def test_an_older_office_file_is_not_crowded_out_by_newer_ones_of_other_kinds(leading, group, monkeypatch):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed here")
    monkeypatch.setattr(document_tasks, "MOST", 1)
    office = shared(leading, group)
    Rendition.objects.all().delete()
    for name in ("a.txt", "b.txt"):
        shared(leading, group, name, b"Bring a quintolet.")
    keep_time.call()
    Worker("test", interval=0, batch=True).run()
    assert OFFER in page(leading, office)


def test_what_a_crash_left_of_opening_files_is_swept_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    long_ago = time.time() - 3 * 86_400
    for name in ("ensemble-draw-a", "ensemble-read-b", "ensemble-file-c", "file-d", "ensemble-draw-now"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "came").write_bytes(b"x")
        if name != "ensemble-draw-now":
            os.utime(tmp_path / name, (long_ago, long_ago))
    tasks.sweep.call()
    assert sorted(each.name for each in tmp_path.glob("*-*")) == ["ensemble-draw-now", "file-d"]


def test_without_libreoffice_the_text_stands_in(leading, group, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    document = shared(leading, group)
    assert not Rendition.objects.exists()
    assert OFFER not in page(leading, document)
    assert "quintolet" in page(leading, document)
    assert leading.get(address(document)).status_code == 404


def test_a_pdf_is_not_drawn_again(leading, group, lead):
    document = make.document(group, lead)
    assert OFFER not in page(leading, document)
    assert leading.get(address(document)).status_code == 404
