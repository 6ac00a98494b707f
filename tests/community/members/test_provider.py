"""Who runs the site and answers for it: for everybody to read, for staff to keep."""

import pytest

from community.mail.models import Letter
from community.members.models import Provider
from community.models import Entry
from community.moderation.models import Notice

URL = "/about/contact/"
FACTS = {"name": "The Example Trust", "accountable": "Morgan Example, chief executive", "email": "hello@trust.example"}


@pytest.fixture
def named(client, staff):
    client.force_login(staff)
    assert client.post(f"{URL}edit/", FACTS).status_code == 302
    client.logout()


def test_before_anybody_is_named_the_page_says_so_and_how_to_report(client, db):
    page = client.get(URL).content.decode()
    assert "have not yet said" in page and 'href="/report/without-account/"' in page


def test_anyone_reads_who_answers_for_the_site(client, named):
    page = client.get(URL).content.decode()
    assert all(words in page for words in FACTS.values())
    assert Entry.objects.get(act="name-provider").details == {}, "the ledger forgets nobody"


def test_it_is_linked_to_below_every_page_and_where_people_report(client, db):
    for url in ("/sign-in/", "/report/", "/report/without-account/"):
        assert client.get(url).content.decode().count(f'href="{URL}"') >= 1, url
    assert client.get("/report/").content.decode().count(f'href="{URL}"') == 2


def test_a_letter_about_a_report_leads_there(db):
    Notice.take("copyright", "Our score", email="owner@example.org")
    letter = Letter.objects.get(to="owner@example.org")
    assert URL in letter.text and URL in letter.html


def test_only_staff_change_it_and_what_was_typed_stays(client, member, staff, named):
    client.force_login(member)
    assert client.get(f"{URL}edit/").status_code == 403
    assert client.post(f"{URL}edit/", FACTS | {"name": "Mine"}).status_code == 403
    client.force_login(staff)
    wrong = client.post(f"{URL}edit/", FACTS | {"name": "Renamed", "email": "no address"})
    assert wrong.status_code == 422 and 'value="Renamed"' in wrong.content.decode()
    assert Provider.current().name == FACTS["name"]


def test_there_is_only_ever_one(client, staff, named):
    client.force_login(staff)
    seen = client.get(f"{URL}edit/").context["form"]["seen"].value()
    assert client.post(f"{URL}edit/", FACTS | {"name": "Another Trust", "seen": seen}).status_code == 302
    assert [each.name for each in Provider.objects.all()] == ["Another Trust"]


def test_a_colleague_who_saved_meanwhile_is_not_overwritten_unseen(client, staff, named):
    client.force_login(staff)
    late = client.post(f"{URL}edit/", FACTS | {"name": "Mine"})
    assert late.status_code == 422 and 'value="Mine"' in late.content.decode()
    assert Provider.current().name == FACTS["name"]
    seen = late.context["form"]["seen"].value()
    assert client.post(f"{URL}edit/", FACTS | {"name": "Mine", "seen": seen}).status_code == 302
    assert Provider.current().name == "Mine"


def test_who_complains_about_their_data_finds_that_chosen(client, db):
    link = "/report/without-account/?kind=personal"
    assert f'href="{link}"' in client.get(URL).content.decode()
    assert client.get(link).context["form"]["kind"].value() == "personal"
    assert client.get("/report/without-account/").context["form"]["kind"].value() is None
