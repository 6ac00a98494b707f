"""A long text is opened at a page, or where words stand: by its address alone, with and without script."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.files.models import Rendition
from community.jobs import Worker
from groups.documents.models import Document
from groups.links.models import Link
from groups.threads.models import Thread
from tests import written
from tests.groups.documents.door import send_new, send_version

pytestmark = pytest.mark.django_db(transaction=True)  # a worker has connections of its own
PAGES = [f"Page {number} of the handbook. {'Padding words. ' * 300}" for number in range(1, 31)]
PAGES[24] += "Ask the quintolet for a <tuba> first."


def shared(client, group, name="handbook.pdf", content=None):
    sent = SimpleUploadedFile(name, written.pdf(*PAGES) if content is None else content)
    assert send_new(client, group, file=sent).status_code == 302
    Worker("test", interval=0, batch=True).run()
    return Document.objects.latest("pk")


def words(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_has_an_address_that_opens_it_and_leads_to_it_as_it_is_laid_out(leading, group):
    document = shared(leading, group)
    version = document.current
    first = words(leading, document.get_absolute_url())
    assert "Page 30" not in first, "the text is shown in parts"
    for address in (document.get_absolute_url(), version.get_absolute_url()):
        page = words(leading, f"{address}?page=25")
        assert 'id="page-25" tabindex="-1" autofocus' in page
        assert f'href="{version.get_absolute_url()}?page=25#page-25"' in page
        assert f'href="{version.content_url}?show#page=25"' in page
        assert "of 30" in page


def test_each_page_stands_together_with_its_text(leading, group):
    version = shared(leading, group).current
    for number in range(1, 31):
        page = words(leading, f"{version.get_absolute_url()}?page={number}")
        assert f"Page {number} of the handbook." in page.partition(f'id="page-{number}"')[2], number


def test_a_page_that_is_not_there_opens_the_beginning(leading, group):
    document = shared(leading, group)
    for nonsense in ("31", "0", "-1", "x", "²", "9" * 400, "", "1&part=nine"):
        page = words(leading, f"{document.get_absolute_url()}?page={nonsense}")
        assert 'id="page-1"' in page


def test_an_address_of_an_earlier_version_stays_with_it_and_says_so(leading, group):
    document = shared(leading, group)
    before = document.current
    send_version(leading, document)
    page = words(leading, f"{before.get_absolute_url()}?page=25")
    assert "This is an earlier version." in page
    assert 'id="page-25"' in page


def test_what_search_finds_is_opened_where_it_stands(leading, group):
    document = shared(leading, group)
    found = words(leading, f"{reverse('search:results')}?q=quintolet")
    address = re.search(r'href="([^"]+found=[^"]+)"', found)[1]
    assert address == f"{document.get_absolute_url()}?found=quintolet#found"
    page = words(leading, address.partition("#")[0])
    assert "<mark>quintolet</mark>" in page
    assert 'id="found"' in page
    assert f'href="{document.current.content_url}?show#page=25"' in page
    assert "&lt;tuba&gt;" in page
    assert "<tuba>" not in page


def test_what_is_found_by_its_title_is_opened_at_its_beginning(leading, group):
    document = shared(leading, group)
    found = words(leading, f"{reverse('search:results')}?q=Loan")
    assert f'href="{document.get_absolute_url()}"' in found
    page = words(leading, f"{document.get_absolute_url()}?found=(nowhere*")
    assert 'id="found"' not in page
    assert "Found:" not in page


def test_of_several_words_only_those_that_are_there_are_called_found(leading, group):
    document = shared(leading, group)
    page = words(leading, f"{document.get_absolute_url()}?found=Quintolet+nowhere")
    assert "<mark>quintolet</mark>" in page
    assert "Found: “Quintolet”" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.docx", written.docx("# Before", *["Padding. " * 400] * 20, "Bring a quintolet.")),
        ("grid.csv", b"Stage,Aim\n" + b"1,Padding\n" * 400 + b"2,A quintolet\n"),
        ("plan.txt", b"Padding\n\n" * 400 + b"Bring a quintolet."),
        ("plan.md", b"# Before\n\nBring a **quintolet**."),
    ],
)
def test_a_text_without_pages_is_opened_where_the_words_stand(leading, group, name, content):
    document = shared(leading, group, name, content)
    page = words(leading, f"{document.get_absolute_url()}?found=Quintolet")
    assert "quintolet" in page.partition('id="found"')[2]
    assert "Open the file at this page" not in page


def test_slides_are_pages_of_what_was_drawn_of_them(leading, group):
    document = shared(leading, group, "talk.pptx", written.pptx(("Before", "Bring a quintolet"), ("After", "Go home")))
    version = document.current
    assert "As it is laid out" not in words(leading, document.get_absolute_url())
    Rendition.objects.filter(stored=version.file).delete()
    Rendition.objects.create(stored=version.file, blob=ContentFile(b"%PDF-1.7", "talk.pdf"), size=8)
    page = words(leading, f"{document.get_absolute_url()}?page=2")
    assert 'id="page-2" tabindex="-1" autofocus' in page
    assert f'href="{version.get_absolute_url()}exact/#page=2"' in page


def test_whoever_cites_a_page_talks_about_the_document(leading, group, member):
    document = shared(leading, group)
    body = f"See http://localhost:8000{document.current.get_absolute_url()}?page=25#page-25 there."
    post = Thread(group=group, title="About the tuba").start(member.affiliations.get(), body)
    assert Link.objects.filter(source_id=post.pk, target_id=document.pk, target_model="documents.document").exists()
    assert "About the tuba" in words(leading, document.get_absolute_url())


def test_no_page_of_a_document_is_opened_for_who_may_not_see_it(client, leading, group, outsider, staff, lead):
    document = shared(leading, group)
    asked = ("?page=25", "?found=quintolet")
    client.force_login(outsider)
    for each in (document, document.current):
        assert {client.get(each.get_absolute_url() + query).status_code for query in asked} == {404}
    document.hide(staff, "Not ours to share", "3.2")
    client.force_login(lead)
    assert not any("quintolet" in words(client, document.get_absolute_url() + query) for query in asked[:1])
    assert {client.get(document.current.get_absolute_url() + query).status_code for query in asked} == {404}


def test_a_document_that_was_removed_while_it_was_read_is_found_again_once_it_is_back(leading, group, lead, caplog):
    assert send_new(leading, group, file=SimpleUploadedFile("plan.txt", b"Bring a quintolet.")).status_code == 302
    document = Document.objects.get()
    document.remove(lead)
    Worker("test", interval=0, batch=True).run()
    assert not caplog.records
    document.put_back(lead)
    assert document.title in words(leading, f"{reverse('search:results')}?q=quintolet")
