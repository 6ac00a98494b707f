"""Invitations and asking to join: nobody comes in around them."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from community.mail.models import Letter
from community.members.models import Acceptance, Application, Invitation, Member, SiteText
from community.members.models.joining import LASTS
from tests import make
from tests.community.members import letters

NEW = "flute@northmoor.example"


@pytest.fixture
def northmoor(db):
    return make.organisation("Northmoor Music Service")


@pytest.fixture
def contact(northmoor):
    found = make.person("northmoor-contact", of=northmoor)
    found.affiliations.update(is_contact=True)
    return found


@pytest.fixture
def link(northmoor, contact):
    Invitation.send(NEW, northmoor, contact, role="Flute")
    return letters.link(NEW)


def invite(client, to, email=NEW, **more):
    return client.post(f"/organisations/{to.slug}/invite/", {"email": email, **more})


def join(client, link, name):
    """As a browser does: with the texts that stood on the page."""
    return client.post(link, {"name": name, "seen": " ".join(text.name for text in SiteText.all_in_force())})


def sign_in(client, address):
    client.post("/sign-in/", {"login": address})
    return client.post("/sign-in/code/", {"code": letters.code(address)})


def speaks_for(organisation, email=NEW):
    return organisation.affiliations.in_force().filter(member__email=email).exists()


def test_a_contact_invites_and_the_person_comes_in(client, other_browser, northmoor, contact):
    client.force_login(contact)
    assert invite(client, northmoor, role="Flute").status_code == 302
    link = letters.link(NEW)
    assert join(other_browser, link, "Flute Teacher").url == "/sign-in/"
    assert other_browser.get("/account/").status_code == 302, "the letter alone does not let in"
    sign_in(other_browser, NEW)
    assert other_browser.get("/account/").status_code == 200
    assert speaks_for(northmoor)
    assert Member.objects.get(email=NEW).name == "Flute Teacher"


def test_who_joins_accepts_the_texts_that_stood_on_the_page(client, link):
    form = client.get(link).content.decode()
    assert all(f'href="{text.get_absolute_url()}"' in form for text in SiteText.all_in_force())
    join(client, link, "Flute")
    assert {each.text.name for each in Acceptance.objects.filter(member__email=NEW)} == {
        "terms-1",
        "rules-1",
        "privacy-1",
        "safeguarding-1",
    }


def test_a_text_that_changed_while_the_page_was_open_is_not_accepted_unread(client, link, staff):
    draft = SiteText.write("rules", "**1.1** Be kind, always.", staff)
    seen = " ".join(text.name for text in SiteText.all_in_force())
    draft.publish(staff, "Shorter", None)
    answer = client.post(link, {"name": "Flute", "seen": seen})
    assert answer.status_code == 200
    assert "changed meanwhile" in answer.content.decode() and 'value="Flute"' in answer.content.decode()
    assert not Member.objects.filter(email=NEW).exists()
    now = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1]
    assert client.post(link, {"name": "Flute", "seen": now}).status_code == 302
    assert Acceptance.objects.filter(member__email=NEW, text__kind="rules").get().text.number == 2


def test_a_scanner_that_opens_the_link_changes_nothing(client, northmoor, link):
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not speaks_for(northmoor)
    assert not Member.objects.filter(email=NEW).exists()


def test_an_invitation_works_once(client, other_browser, northmoor, link):
    join(client, link, "Flute")
    again = other_browser.get(link)
    assert again.status_code == 410
    assert b"used already" in again.content
    join(other_browser, link, "Someone else")
    assert northmoor.affiliations.filter(role="Flute").count() == 1


def test_a_member_of_elsewhere_accepts_with_their_own_account(client, northmoor, contact, outsider):
    Invitation.send(outsider.email, northmoor, contact)
    link = letters.link(outsider.email)
    client.force_login(outsider)
    assert client.get(link).status_code == 200
    client.post(link)
    assert speaks_for(northmoor, outsider.email)
    assert outsider.affiliations.in_force().count() == 2


def test_another_account_cannot_use_it(client, northmoor, link, outsider):
    client.force_login(outsider)
    assert client.get(link).status_code == 410
    assert join(client, link, "x").status_code == 403
    assert not outsider.affiliations.filter(organisation=northmoor).exists()
    assert not speaks_for(northmoor)


def test_two_weeks_later_it_is_too_late(client, northmoor, link):
    Invitation.objects.update(sent_at=timezone.now() - LASTS)
    assert client.get(link).status_code == 410
    join(client, link, "x")
    assert not speaks_for(northmoor)


def test_what_was_taken_back_is_refused(client, other_browser, northmoor, contact, link):
    client.force_login(contact)
    assert client.post(f"/invitations/{Invitation.objects.get().pk}/revoke/").status_code == 302
    join(other_browser, link, "x")
    assert not speaks_for(northmoor)


def test_whoever_left_does_not_come_back_by_an_old_letter(client, northmoor, contact, outsider):
    tie = northmoor.take_in(outsider)
    Invitation.send(outsider.email, northmoor, contact)
    tie.end(by=contact)
    client.force_login(outsider)
    client.post(letters.link(outsider.email))
    assert not speaks_for(northmoor, outsider.email)


def test_an_organisation_that_lapsed_takes_nobody_in(client, northmoor, link):
    northmoor.end(on=timezone.localdate() - dt.timedelta(days=60))
    join(client, link, "x")
    assert not speaks_for(northmoor)


def test_the_token_is_not_in_the_database_once_the_letter_is_out(northmoor, link):
    token = link.rstrip("/").rpartition("/")[2]
    assert not Invitation.objects.filter(token_hash=token).exists()
    letter = letters.last(NEW)
    letter.deliver()
    letter.refresh_from_db()
    assert token not in letter.text + letter.html + letter.subject


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "..%2f..", "None"])
def test_a_made_up_token_is_nothing(client, link, token):
    assert client.get(f"/invitation/{token}/").status_code == 404


def test_only_those_who_look_after_an_organisation_invite_to_it(client, northmoor, contact, member, staff):
    other = make.organisation("Elsewhere")
    client.force_login(contact)
    assert invite(client, other).status_code == 404
    client.force_login(member)
    assert invite(client, northmoor).status_code == 404
    client.force_login(staff)
    assert invite(client, other).status_code == 302
    assert Letter.objects.filter(template="invitation").count() == 1


def test_extra_fields_of_the_form_do_nothing(client, northmoor, contact):
    other = make.organisation("Elsewhere")
    client.force_login(contact)
    invite(client, northmoor, organisation=other.pk, by="", is_staff="on", token_hash="0", accepted_at="2020-01-01")
    sent = Invitation.objects.get()
    assert (sent.organisation, sent.by, sent.accepted_at) == (northmoor, contact, None)


def test_one_address_gets_one_letter_a_day_and_a_contact_sends_a_hundred(client, northmoor, contact, settings):
    settings.LIMITS = {**settings.LIMITS, "invite": "5/1d"}
    client.force_login(contact)
    answers = [invite(client, northmoor).status_code for _ in range(3)]
    assert answers == [302, 403, 403]
    more = [invite(client, northmoor, f"person{n}@northmoor.example") for n in range(5)]
    assert more[-1].status_code == 429
    assert "Retry-After" in more[-1]
    assert Letter.objects.filter(to=NEW).count() == 1


def test_inviting_a_known_and_an_unknown_address_looks_the_same(client, northmoor, contact, outsider):
    client.force_login(contact)
    known, unknown = invite(client, northmoor, outsider.email), invite(client, northmoor, NEW)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def ask(client, email=NEW, **facts):
    client.cookies.clear()
    facts = {"name": "Flute", "organisation_name": "Northmoor", "note": "", **facts}
    return client.post("/ask-to-join/", {"email": email, **facts})


def test_staff_approve_and_only_then_is_there_a_way_in(client, other_browser, northmoor, staff):
    assert ask(client).url == "/ask-to-join/asked/"
    assert not Member.objects.filter(email=NEW).exists()
    found = Application.objects.get()
    client.force_login(staff)
    assert client.get("/applications/").status_code == 200
    assert client.get(f"/applications/{found.pk}/").status_code == 200
    client.post(f"/applications/{found.pk}/", {"organisation": northmoor.pk})
    join(other_browser, letters.link(NEW), "Flute")
    assert speaks_for(northmoor)


def test_staff_decline_and_say_why(client, staff):
    ask(client)
    client.force_login(staff)
    client.post(f"/applications/{Application.objects.get().pk}/decline/", {"reason": "We do not know you yet."})
    assert "We do not know you yet." in letters.last(NEW).text
    assert Application.objects.waiting().count() == 0


def test_a_member_does_not_see_who_asks(client, member, contact):
    ask(client)
    for person in (member, contact):
        client.force_login(person)
        assert client.get("/applications/").status_code == 403
        assert client.get(f"/applications/{Application.objects.get().pk}/").status_code == 404


def test_a_verified_domain_invites_by_itself_and_a_look_alike_does_not(client, northmoor):
    northmoor.email_domain = "northmoor.example"
    northmoor.save()
    pages = {ask(client, email).url for email in (NEW, "a@evilnorthmoor.example", "a@northmoor.example.evil.example")}
    pages.add(ask(client, "a@sub.northmoor.example").url)
    assert len(pages) == 1
    assert [sent.email for sent in Invitation.objects.all()] == [NEW]
    assert not speaks_for(northmoor), "the letter must be answered first"


def test_who_has_an_account_is_told_by_letter_only(client, outsider):
    assert ask(client, outsider.email).url == ask(client, NEW).url
    assert letters.last(outsider.email).template == "have_account"
    assert Application.objects.count() == 1


def test_asking_again_writes_one_letter_a_day(client, db):
    for _ in range(5):
        ask(client)
    assert Letter.objects.filter(to=NEW).count() == 1


def test_asking_is_limited_and_markup_is_shown_as_text(client, staff):
    answers = [ask(client, f"p{n}@example.org", note="<script>alert(1)</script>").status_code for n in range(25)]
    assert answers[-1] == 429
    client.force_login(staff)
    page = client.get(f"/applications/{Application.objects.first().pk}/").content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;" in page
