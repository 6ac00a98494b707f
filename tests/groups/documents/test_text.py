"""What is written in a file: read in the background, shown on the page, found by search, for whoever may read it."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community import richtext
from community.files.models import Contents
from community.jobs import Worker
from groups.documents.models import Document
from groups.search.find import find
from tests import make, written
from tests.groups.documents.door import at, send_new, send_version
from tests.hostile import HOSTILE, KINDS

pytestmark = pytest.mark.django_db(transaction=True)  # a worker has connections of its own

FILES = {
    "plan.docx": written.docx("# Before we begin", "Bring a quintolet.", table=[["Part", "Minutes"], ["Tune", "24"]]),
    "plan.odt": written.odt("# Before we begin", "Bring a quintolet."),
    "grid.xlsx": written.xlsx([["Stage", "Aim"], ["1", "A quintolet"], ["=46000", ""]], [["More"]]),
    "grid.ods": written.ods([["Stage", "Aim"], ["1", "A quintolet"]], [["More"]]),
    "talk.pptx": written.pptx(("Before we begin", "Bring a quintolet"), ("After", "Go home")),
    "plan.pdf": written.pdf("Bring a quintolet.", "The second page is read as well."),
    "grid.csv": b"Stage,Aim\n1,A quintolet\n",
    "plan.txt": b"Before we begin\n\nBring a quintolet.",
    "plan.md": b"# Before we begin\n\nBring a **quintolet**. <script>alert(1)</script>",
}


def upload(name, content):
    return SimpleUploadedFile(name, content)


def work():
    Worker("test", interval=0, batch=True).run()


def shared(client, group, name, content):
    assert send_new(client, group, file=upload(name, content)).status_code == 302
    work()
    return Document.objects.latest("pk")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_on_its_page_and_found_by_its_words(leading, group, member, outsider, name):
    document = shared(leading, group, name, FILES[name])
    reader = Client()
    reader.force_login(member)
    page = reader.get(document.get_absolute_url()).content.decode()
    assert "quintolet" in page
    assert "<script>alert" not in page
    assert [hit.thing for hit in find(member, "quintolet").hits] == [document]
    assert find(outsider, "quintolet").hits == []
    assert "quintolet" in reader.get("/search/?q=quintolet").content.decode()


def test_headings_and_tables_are_marked_as_what_they_are(leading, group):
    page = leading.get(shared(leading, group, "a.docx", FILES["plan.docx"]).get_absolute_url()).content.decode()
    assert re.search(r"<h3>Before we begin\s*</h3>", page)
    assert re.search(r"<td>Tune</td>\s*<td>24</td>", page)
    page = leading.get(shared(leading, group, "a.xlsx", FILES["grid.xlsx"]).get_absolute_url()).content.decode()
    assert "<h3>Sheet “Sheet 2”</h3>" in page
    assert "<td>09/12/2025</td>" in page
    page = leading.get(shared(leading, group, "a.pptx", FILES["talk.pptx"]).get_absolute_url()).content.decode()
    assert page.index("Slide 1") < page.index("Go home")
    assert (
        'id="page-2"'
        in leading.get(shared(leading, group, "a.pdf", FILES["plan.pdf"]).get_absolute_url()).content.decode()
    )


def test_until_it_was_read_the_page_says_so(leading, group):
    send_new(leading, group, file=upload("plan.txt", FILES["plan.txt"]))
    document = Document.objects.get()
    assert "Its text is being read" in leading.get(document.get_absolute_url()).content.decode()
    work()
    assert "Its text is being read" not in leading.get(document.get_absolute_url()).content.decode()


def test_only_the_current_version_is_found_and_earlier_ones_can_still_be_read(leading, group, member):
    document = shared(leading, group, "plan.txt", b"Bring a quintolet.")
    send_version(leading, document, file=upload("plan.txt", b"Bring a sextolet."))
    work()
    assert find(member, "quintolet").hits == []
    assert [hit.thing for hit in find(member, "sextolet").hits] == [document]
    old = document.versions.get(number=1)
    page = leading.get(old.get_absolute_url()).content.decode()
    assert "Bring a quintolet." in page
    assert "This is an earlier version" in page
    assert old.get_absolute_url() in leading.get(document.get_absolute_url()).content.decode()


def test_a_change_of_details_does_not_lose_the_words(leading, group, member, lead):
    document = shared(leading, group, "plan.txt", b"Bring a quintolet.")
    document.edit(lead, document.edition, title="Another name")
    assert len(find(member, "quintolet").hits) == 1


def test_hidden_and_removed_texts_are_read_by_nobody(leading, group, member, staff, lead):
    document = shared(leading, group, "plan.txt", b"Bring a quintolet.")
    version = document.current
    document.hide(staff, "To be looked at")
    for page in (document.get_absolute_url(), version.get_absolute_url()):
        assert "quintolet" not in leading.get(page).content.decode()
    assert leading.get(version.get_absolute_url()).status_code == 404
    assert find(member, "quintolet").hits == []
    document.restore(staff, "Fine")
    assert len(find(member, "quintolet").hits) == 1
    document.remove(lead)
    assert leading.get(version.get_absolute_url()).status_code == 404
    assert find(member, "quintolet").hits == []


def test_reading_again_or_late_changes_nothing(leading, group, lead):
    from groups.documents import tasks

    document = shared(leading, group, "plan.txt", b"Bring a quintolet.")
    tasks.read.enqueue(document.current.pk)
    tasks.read.enqueue(10**9)
    document.remove(lead)
    tasks.read.enqueue(document.current.pk)
    work()
    assert Contents.objects.count() == 1


def test_what_was_kept_before_texts_were_read_is_read_by_the_hour(group, lead, member):
    from groups.documents import tasks

    document = make.document(group, lead, content=make.stored(lead, "plan.pdf", FILES["plan.pdf"]))
    work()
    Contents.objects.all().delete()
    document.shown_anew()
    assert find(member, "quintolet").hits == []
    tasks.keep_time.enqueue()
    work()
    assert [hit.thing for hit in find(member, "quintolet").hits] == [document]


def test_a_long_text_comes_in_parts(leading, group):
    document = shared(leading, group, "long.txt", "\n\n".join(f"Paragraph {n}." for n in range(400)).encode())
    address = document.current.get_absolute_url()
    first, second = leading.get(address).content.decode(), leading.get(f"{address}?part=2").content.decode()
    assert "Paragraph 1." in first
    assert "Paragraph 200." in second
    assert "Paragraph 200." not in first
    assert "Part 2 of 3" in second
    for nonsense in ("0", "99", "-1", "x", "9" * 40, "²"):
        assert "Part 1 of 3" in leading.get(f"{address}?part={nonsense}").content.decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_state_within_bounds(leading, group, lead, name):
    make_it, states = HOSTILE[name]
    stored = make.stored(lead, name, make_it())
    stored.kind = KINDS[name.rpartition(".")[2]]
    stored.save()
    document = make.document(group, lead, content=stored)
    work()
    assert Contents.objects.get().state in states
    assert leading.get(document.get_absolute_url()).status_code == 200


def test_a_locked_pdf_says_that_it_is_locked(leading, group):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(FILES["plan.pdf"])))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    document = shared(leading, group, "locked.pdf", made.getvalue())
    assert "locked with a password" in leading.get(document.get_absolute_url()).content.decode()


def test_a_scan_says_that_nobody_can_read_it_aloud(leading, group, lead):
    stored = make.stored(lead, "scan.pdf", written.pdf("", ""))
    document = make.document(group, lead, content=stored)
    work()
    assert "There is no text in this file" in leading.get(document.get_absolute_url()).content.decode()


def test_pdfs_and_pictures_are_shown_by_the_browser_and_nothing_else_is(leading, group, lead, staff):
    document = shared(leading, group, "plan.pdf", FILES["plan.pdf"])
    shown = leading.get(document.current.content_url + "?show")
    assert shown["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert leading.get(document.current.content_url)["Content-Disposition"].startswith("attachment")
    text = shared(leading, group, "plan.md", FILES["plan.md"])
    kept = leading.get(text.current.content_url + "?show")
    assert kept["Content-Disposition"].startswith("attachment")
    assert "sandbox" in kept["Content-Security-Policy"]


def test_a_text_longer_than_we_render_is_shown_as_it_is_written(leading, group):
    document = shared(leading, group, "long.md", b"*word* " * (richtext.MAX_LENGTH // 7 + 10))
    assert "*word* *word*" in leading.get(document.get_absolute_url()).content.decode()


def test_a_page_asks_the_same_whatever_the_length_of_the_text(leading, group, django_assert_max_num_queries):
    document = shared(leading, group, "long.txt", "\n\n".join(f"Paragraph {n}." for n in range(3000)).encode())
    leading.get(document.get_absolute_url())
    with django_assert_max_num_queries(18):
        leading.get(document.get_absolute_url())
    assert leading.get(at("document", document)).status_code == 200
