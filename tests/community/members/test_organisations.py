"""Staff keep organisations, contacts look after people, members see members."""

import datetime as dt

import pytest
from django.utils import timezone

from community.members.models import Member, Organisation
from community.models import Entry
from tests import make

FACTS = {"name": "Eastmoor Hub", "category": "hub-lead", "nation": "", "region": "", "sponsor": "", "email_domain": ""}


@pytest.fixture
def northmoor(db):
    return make.organisation("Northmoor Music Service")


@pytest.fixture
def contact(northmoor):
    found = make.person("northmoor-contact", of=northmoor)
    found.affiliations.update(is_contact=True)
    return found


@pytest.fixture
def colleague(northmoor):
    return make.person("northmoor-harp", of=northmoor)


def test_staff_enter_change_end_and_reinstate(client, staff):
    client.force_login(staff)
    client.post("/organisations/new/", FACTS)
    found = Organisation.objects.get(slug="eastmoor-hub")
    client.post("/organisations/eastmoor-hub/edit/", {**FACTS, "email_domain": "@Eastmoor.Example"})
    found.refresh_from_db()
    assert found.email_domain == "eastmoor.example"
    client.post("/organisations/eastmoor-hub/end/", {"on": timezone.localdate() - dt.timedelta(days=1), "days": 3})
    found.refresh_from_db()
    assert found.state == "grace"
    client.post("/organisations/eastmoor-hub/reinstate/")
    found.refresh_from_db()
    assert found.state == "live"
    acts = list(Entry.objects.filter(subject=found.subject, actor=staff).values_list("act", flat=True))
    assert acts == ["enter", "change", "end", "reinstate"]


@pytest.mark.parametrize("domain", ["gmail.com", "not a domain", "a@b.org", "eastmoor.example/path", "*.example"])
def test_a_domain_that_proves_nothing_is_refused(client, staff, domain):
    client.force_login(staff)
    assert client.post("/organisations/new/", {**FACTS, "email_domain": domain}).status_code == 422
    assert not Organisation.objects.filter(name=FACTS["name"]).exists()


def test_a_get_ends_nothing(client, staff, contact, northmoor, colleague):
    client.force_login(staff)
    assert client.get(f"/organisations/{northmoor.slug}/end/").status_code == 200
    assert client.get(f"/affiliations/{colleague.affiliations.get().pk}/end/").status_code == 200
    assert client.get(f"/organisations/{northmoor.slug}/reinstate/").status_code == 405
    northmoor.refresh_from_db()
    assert northmoor.ends_on is None
    assert colleague.has_standing()


def test_members_and_contacts_do_not_run_the_site(client, member, contact, northmoor):
    for person, hidden in ((member, 404), (contact, 403)):
        client.force_login(person)
        assert client.get("/organisations/").status_code == 403
        assert client.post("/organisations/new/", FACTS).status_code == 403
        assert client.post(f"/organisations/{northmoor.slug}/edit/", FACTS).status_code == 403
        assert (
            client.post(f"/organisations/{northmoor.slug}/end/", {"on": "2026-01-01", "days": 0}).status_code == hidden
        )
    northmoor.refresh_from_db()
    assert northmoor.name == "Northmoor Music Service"
    assert northmoor.ends_on is None


def test_a_contact_ends_an_affiliation_and_every_door_closes(client, other_browser, contact, colleague, northmoor):
    other_browser.force_login(colleague)
    assert other_browser.get("/account/").status_code == 200
    client.force_login(contact)
    tie = colleague.affiliations.get()
    assert client.post(f"/affiliations/{tie.pk}/end/", {"last_day": ""}).url == northmoor.get_absolute_url()
    assert other_browser.get("/account/").status_code == 403
    tie.refresh_from_db()
    assert tie.label == "formerly at Northmoor Music Service"
    assert Entry.objects.filter(act="end-affiliation", actor=contact).exists()


def test_on_the_last_day_one_is_still_in(contact, colleague):
    tie = colleague.affiliations.get()
    tie.end(timezone.localdate(), contact)
    assert colleague.has_standing()
    assert tie.label == "Northmoor Music Service"


def test_a_contact_of_elsewhere_touches_nobody(client, member, colleague, northmoor):
    member.affiliations.update(is_contact=True)
    client.force_login(member)
    tie = colleague.affiliations.get()
    assert client.get(f"/organisations/{northmoor.slug}/").status_code == 404
    assert client.post(f"/affiliations/{tie.pk}/end/").status_code == 404
    assert client.post(f"/affiliations/{tie.pk}/contact/", {"is_contact": "yes"}).status_code == 404
    assert colleague.has_standing()


def test_a_contact_whose_own_tie_ended_is_none(client, contact, colleague, northmoor):
    contact.affiliations.create(organisation=make.organisation("Elsewhere"))
    contact.affiliations.get(organisation=northmoor).end()
    client.force_login(contact)
    assert client.get(f"/organisations/{northmoor.slug}/").status_code == 404


def test_a_contact_names_another(client, contact, colleague, northmoor):
    client.force_login(contact)
    client.post(f"/affiliations/{colleague.affiliations.get().pk}/contact/", {"is_contact": "yes"})
    assert colleague.affiliations.get().is_contact


def test_thirty_people_cost_as_many_queries_as_three(client, contact, northmoor, django_assert_max_num_queries):
    for _ in range(30):
        make.person(of=northmoor)
    client.force_login(contact)
    with django_assert_max_num_queries(32):
        assert client.get(northmoor.get_absolute_url()).content.count(b'class="who"') == 31


def test_a_profile_shows_no_address_and_cannot_be_changed_by_extra_fields(client, outsider, member):
    client.force_login(outsider)
    shown = client.get(f"/people/{member.handle}/")
    assert shown.status_code == 200
    assert member.email.encode() not in shown.content
    facts = {"name": "Strings", "language": "en-gb", "time_zone": "Europe/London", "is_staff": "on", "email": "x@y.org"}
    client.post("/account/", {**facts, "is_active": "", "handle": "chair"})
    changed = Member.objects.get(pk=outsider.pk)
    assert (changed.name, changed.is_staff, changed.email) == ("Strings", False, outsider.email)
    assert changed.handle == outsider.handle


def test_people_without_standing_are_not_found_by_members(client, outsider, member, staff):
    member.affiliations.get().end()
    client.force_login(outsider)
    assert client.get(f"/people/{member.handle}/").status_code == 404
    client.force_login(staff)
    assert client.get(f"/people/{member.handle}/").status_code == 200


def test_markup_in_names_is_text(client, staff, northmoor):
    evil = make.person("evil-one", of=northmoor)
    Member.objects.filter(pk=evil.pk).update(name='<img src=x onerror="x">', bio="<script>1</script>", title="<b>")
    client.force_login(staff)
    for address in ("/people/evil-one/", northmoor.get_absolute_url()):
        page = client.get(address).content
        assert b"<img src=x" not in page
        assert b"<script>1" not in page
