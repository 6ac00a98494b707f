"""Pages: documents that are written here, by several people whose words never overwrite each other."""

import hashlib
import io
import uuid
import zipfile

import pytest
from django.core.management import call_command
from django.test import Client

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.notifications.models import Notification
from groups.documents.models import Document, PageText
from groups.models import Role
from groups.search.find import find
from tests import make
from tests.groups.documents.door import NEW, addresses, at

pytestmark = pytest.mark.django_db
PLAN = "# The aim\n\nOne lesson a week. In the hall. Bring **mutes**.\n\nWho: all."


@pytest.fixture
def page(group, lead):
    return make.page(group, lead, PLAN)


@pytest.fixture
def other(group):
    """Another lead, at a keyboard of their own."""
    colleague = make.person("Ottoline Quayle")
    make.place(group, colleague, Role.CO_LEAD)
    client = Client()
    client.force_login(colleague)
    client.member = colleague
    return client


def write(client, group, **said):
    said = {**NEW, "title": "How we work", "body": PLAN, "key": str(uuid.uuid4()), **said}
    return client.post(f"/groups/{group.slug}/documents/new-page/", said)


def save(client, page, body, base=1, **said):
    return client.post(at("edit_page", page), {"body": body, "base": base, "note": "", **said}, follow=True)


def body_of(page):
    return Document.objects.get(pk=page.pk).current.page.body


def test_a_lead_writes_a_page_and_members_read_and_find_it(leading, group, member, outsider):
    assert write(leading, group).status_code == 302
    page = Document.objects.get()
    reader = Client()
    reader.force_login(member)
    shown = reader.get(page.get_absolute_url()).content.decode()
    assert "<strong>mutes</strong>" in shown and "Edit page" not in shown
    assert [hit.thing for hit in find(member, "mutes").hits] == [page]
    assert find(outsider, "mutes").hits == []


def test_the_same_form_sent_twice_makes_one_page(leading, group):
    key = str(uuid.uuid4())
    assert write(leading, group, key=key)["Location"] == write(leading, group, key=key)["Location"]
    assert Document.objects.count() == 1
    for other in ({"title": "Another"}, {"body": "Quite another aim."}):
        answer = write(leading, group, key=key, **other)
        shown = answer.content.decode()
        assert answer.status_code == 422 and "sent before" in shown and next(iter(other.values())) in shown
    assert Document.objects.count() == 1


def test_who_does_not_lead_writes_no_page(client, group, member, page):
    client.force_login(member)
    assert write(client, group).status_code == 403
    answer = client.post(at("edit_page", page), {"body": "Mine now", "base": 1})
    assert answer.status_code == 403 and "Mine now" in answer.content.decode()
    assert body_of(page) == PLAN


def test_an_outsider_finds_no_address_of_it(client, page, outsider):
    client.force_login(outsider)
    for address in addresses(page):
        assert client.get(address).status_code in {404, 405}, address


def test_each_save_is_a_version_that_can_be_compared_and_brought_back(leading, page):
    save(leading, page, PLAN.replace("hall", "gym"), note="The hall is let")
    assert [version.note for version in page.versions.all()] == ["The hall is let", ""]
    second = page.versions.get(number=2)
    changed = leading.get(f"{second.get_absolute_url()}changes/").content.decode()
    assert "<ins>" in changed and "gym" in changed
    first = page.versions.get(number=1).get_absolute_url()
    assert "In the hall" in leading.get(first).content.decode()
    leading.post(f"{first}bring-back/", {"key": str(uuid.uuid4())})
    assert body_of(page) == PLAN and page.versions.count() == 3


def test_a_preview_saves_nothing(leading, page):
    shown = leading.post(at("edit_page", page), {"body": "**New**", "base": 1, "preview": "1"})
    assert shown.status_code == 200 and "<strong>New</strong>" in shown.content.decode()
    assert page.versions.count() == 1


def test_changes_of_two_people_are_put_together_and_said_so(leading, other, page):
    save(leading, page, PLAN.replace("hall", "gym"))
    answer = save(other, page, PLAN.replace("Who: all", "Who: Year 4"))
    assert "both in version 3" in answer.content.decode()
    assert body_of(page) == PLAN.replace("hall", "gym").replace("Who: all", "Who: Year 4")


def test_where_both_changed_the_same_place_both_texts_are_shown_and_nothing_is_saved(leading, other, page, lead):
    save(leading, page, PLAN.replace("In the hall", "In the gym").replace("aim", "goal"))
    mine = PLAN.replace("In the hall", "In the yard").replace("Who: all", "Who: Year 4")
    answer = save(other, page, mine)
    shown = answer.content.decode()
    assert answer.status_code == 409 and lead.name in shown
    assert "In the gym" in shown and "In the yard" in shown
    form = answer.context["form"]
    assert form.typed == mine and form["base"].value() == "2"
    assert 'data-do="attach"' not in shown  # a page holds no files
    attempt = form["body"].value()
    assert "goal" in attempt and "Year 4" in attempt and "In the gym" in attempt and "In the yard" in attempt
    assert page.versions.count() == 2
    again = save(other, page, attempt, base=2)
    assert again.status_code == 422 and "side by side" in again.content.decode()
    kept = [line for line in attempt.split("\n") if not line.startswith("⟪") and "gym" not in line]
    assert save(other, page, "\n".join(kept), base=2).status_code == 200
    assert "In the yard" in body_of(page) and "goal" in body_of(page)


def test_saved_twice_is_saved_once(leading, other, page):
    changed = PLAN.replace("hall", "gym")
    save(leading, page, changed)
    assert "no new version" in save(leading, page, changed, base=2).content.decode()
    save(other, page, PLAN.replace("Who: all", "Who: Year 4"))
    save(other, page, PLAN.replace("Who: all", "Who: Year 4"))
    assert page.versions.count() == 3


def test_whoever_holds_it_writes_alone(leading, other, page, lead):
    leading.post(at("hold", page))
    answer = other.post(at("edit_page", page), {"body": "Meanwhile", "base": 1})
    assert answer.status_code == 403 and lead.name in answer.content.decode() and "Meanwhile" in answer.content.decode()
    save(leading, page, "Alone")
    assert body_of(page) == "Alone"
    assert save(other, page, "Together", base=2).status_code == 200 and body_of(page) == "Together"


def test_what_was_agreed_stays_and_its_words_are_sealed(leading, page, lead, member):
    review = page.ask_review(lead, [member], page.created_at.date())
    page.answer_review(member, review.pk, "approve")
    page.refresh_from_db()
    assert page.is_agreed
    assert page.reviews.get().digest == hashlib.sha256(PLAN.encode()).hexdigest()
    save(leading, page, "Something else")
    page = Document.objects.get(pk=page.pk)
    assert not page.is_agreed and page.agreed.page.body == PLAN
    assert "nobody has agreed to yet" in leading.get(page.get_absolute_url()).content.decode()


def test_data_about_pupils_is_asked_about_first(leading, page, group):
    named = "Name\tDate of birth\nAda Pike\t03/04/2015\nBen Moss\t09/11/2014\nCy Rudd\t01/02/2015"
    answer = save(leading, page, named)
    assert answer.status_code == 422 and "no child can be recognised" in answer.content.decode()
    assert body_of(page) == PLAN
    sure = answer.context["form"].unsure.key
    assert save(leading, page, named, sure=sure).status_code == 200 and "Ada Pike" in body_of(page)


def test_it_is_downloaded_as_it_was_written_and_taken_along_to_be_read(leading, page, group):
    answer = leading.get(page.current.content_url)
    assert answer.content.decode() == PLAN and "How we work.md" in answer["Content-Disposition"]
    packed = zipfile.ZipFile(
        io.BytesIO(b"".join(leading.get(f"/groups/{group.slug}/documents/zip/").streaming_content))
    )
    html = packed.read("How we work.html").decode()
    assert "<strong>mutes</strong>" in html and "How we work" in html
    assert 'href="How%20we%20work.html"' in packed.read("index.html").decode()


def test_a_title_with_odd_signs_makes_a_name_that_can_be_saved(leading, group, lead):
    page = make.page(group, lead, "Words", title='A/B: "which?" <b>')
    assert leading.get(page.current.content_url).status_code == 200
    assert leading.get(f"{page.current.content_url}x").status_code == 404


def test_hidden_it_is_read_by_nobody_and_judged_by_its_words(leading, page, staff):
    page.hide(staff, "It names a pupil")
    assert "mutes" not in leading.get(page.get_absolute_url()).content.decode()
    assert leading.get(page.current.content_url).status_code == 404
    assert leading.get(at("edit_page", page)).status_code == 403
    assert "mutes" in Document.objects.get(pk=page.pk).evidence


def test_what_was_typed_is_kept_as_a_draft_until_it_is_saved(leading, page, lead):
    place = f"page:documents.document-{page.pk}"
    Draft.keep(lead, Typed(place, {"body": "Half a sentence", "base": "1"}))
    assert "Half a sentence" in leading.get(at("edit_page", page)).content.decode()
    assert at("edit_page", page) in leading.get("/drafts/").content.decode()
    save(leading, page, "A whole one.", place=place, sequence=1)
    assert "Half a sentence" not in leading.get(at("edit_page", page)).content.decode()


def test_whom_it_mentions_first_hears_of_it_once(leading, page, member, outsider):
    body = f"{PLAN}\n\nAsk @{member.handle}."
    answer = save(leading, page, f"{body} And @{outsider.handle}.")
    assert answer.status_code in {200, 422}
    save(leading, page, body)
    save(leading, page, f"{body} Again @{member.handle}.", base=2)
    assert Notification.objects.filter(member=member, kind="on-page").count() == 1
    assert not Notification.objects.filter(member=outsider).exists()


def test_a_better_renderer_reaches_pages(page):
    PageText.objects.update(html="<p>old</p>", renderer=0)
    call_command("render_again", verbosity=0)
    assert "<strong>mutes</strong>" in PageText.objects.get().html


def test_a_file_is_no_page_to_be_edited(leading, document, page):
    assert leading.get(at("edit_page", document)).status_code == 404
    assert leading.get(at("version", page))["Location"] == at("edit_page", page)


def test_a_page_is_never_a_link_only(leading, group):
    assert write(leading, group, rights="link").status_code == 422
    assert not Document.objects.exists()


def test_a_very_long_text_comes_back_whole(leading, page):
    answer = save(leading, page, "word " * 5000)
    assert answer.status_code == 422 and answer.content.decode().count("word ") >= 5000 - 1
    assert page.versions.count() == 1
