"""Who hears of a new version, and what is new to whoever comes back."""

import uuid

import pytest
from django.test import Client

from community.notifications.models import Notification
from groups.documents.models import SeenUpTo
from groups.watching.models import Watch
from tests import make
from tests.groups.documents.door import at, pdf, send_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(group, lead):
    return make.page(group, lead, "One lesson a week.")


@pytest.fixture
def reading(member):
    client = Client()
    client.force_login(member)
    return client


def told(member):
    return list(Notification.objects.filter(member=member).values_list("kind", flat=True))


def save(client, page, body, base=1, **said):
    return client.post(at("edit_page", page), {"body": body, "base": base, "note": "", **said})


def test_a_member_follows_a_document_and_is_told_of_versions(leading, reading, page, member):
    assert "Follow" in reading.get(page.get_absolute_url()).content.decode()
    assert reading.post(f"/watch/{page.subject}/", {"level": "everything"}).status_code == 302
    save(leading, page, "Two lessons a week.")
    assert told(member) == ["new-version"]
    assert "Version 2 is new" in reading.get("/needs-you/").content.decode()


def test_an_outsider_follows_nothing_that_they_cannot_see(client, page, outsider):
    client.force_login(outsider)
    assert client.post(f"/watch/{page.subject}/", {"level": "everything"}).status_code == 404
    Watch.choose(outsider, ("documents.document", page.pk), Watch.Level.EVERYTHING)
    page.save_page(page.author, 1, "Two lessons a week.")
    assert told(outsider) == []


def test_whoever_does_not_follow_it_hears_nothing(leading, page, member):
    save(leading, page, "Two lessons a week.")
    assert told(member) == []


def test_named_people_are_asked_to_look_and_followers_are_not_told(leading, page, member, group):
    other = make.person("Ottoline Quayle")
    make.place(group, other)
    Watch.choose(other, ("documents.document", page.pk), Watch.Level.EVERYTHING)
    save(leading, page, "Two lessons a week.", tell="named", whom=f"@{member.handle}")
    assert (told(member), told(other)) == (["look-at"], [])


def test_nobody_is_told_if_nobody_is_chosen(leading, document, member):
    Watch.choose(member, ("documents.document", document.pk), Watch.Level.EVERYTHING)
    assert send_version(leading, document, tell="nobody").status_code == 302
    assert told(member) == []
    assert send_version(leading, document, file=pdf("new.pdf"), tell="followers").status_code == 302
    assert told(member) == ["new-version"]


def test_who_cannot_see_it_cannot_be_named(leading, page, outsider):
    answer = save(leading, page, "Two lessons a week.", tell="named", whom=f"@{outsider.handle}")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Nobody who can see this has this handle" in shown and "Two lessons a week." in shown
    assert page.versions.count() == 1 and told(outsider) == []
    assert save(leading, page, "Two lessons a week.", tell="named").status_code == 422


def test_what_is_new_since_one_looked_is_said_until_it_was_seen(leading, reading, page, member):
    for _again in range(2):
        assert "new to you" not in reading.get(page.get_absolute_url()).content.decode()
    assert not SeenUpTo.objects.exists()
    reading.post(at("looked", page), {"number": "1"})
    save(leading, page, "Two lessons a week.")
    save(leading, page, "Three lessons a week.", base=2)
    shown = reading.get(page.get_absolute_url()).content.decode()
    assert "2 versions are new to you" in shown and "/versions/3/changes/?with=1" in shown
    changed = reading.get(f"{page.get_absolute_url()}versions/3/changes/?with=1").content.decode()
    assert "Three" in changed and "One" in changed
    reading.post(at("looked", page), {"number": "3"})
    assert "new to you" not in reading.get(page.get_absolute_url()).content.decode()


def test_what_one_saved_oneself_is_not_new_to_oneself_unless_another_came_before_it(leading, page, member, lead):
    leading.post(at("looked", page), {"number": "1"})
    save(leading, page, "Two lessons a week.")
    assert "new to you" not in leading.get(page.get_absolute_url()).content.decode()
    page.save_page(member, 2, "Three lessons a week.")
    assert "One version is new to you" in leading.get(page.get_absolute_url()).content.decode()
    page.save_page(lead, 3, "Four lessons a week.")
    assert "2 versions are new to you" in leading.get(page.get_absolute_url()).content.decode()


def test_a_late_or_odd_number_takes_nothing_back(reading, page, member, lead):
    page.save_page(lead, 1, "Two lessons a week.")
    for number in ("2", "1", "99", "x", "", str(uuid.uuid4())):
        assert reading.post(at("looked", page), {"number": number}).status_code == 302
    assert SeenUpTo.objects.get(member=member).number == 2
