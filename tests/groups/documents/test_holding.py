"""Whoever works on the next version has it to themselves, until they add it or it is let go."""

import pytest
from django.test import Client

from community.models import Entry
from community.notifications.models import Notification, shown
from community.policy import Refused
from groups.models import Role
from tests import make
from tests.groups.documents.door import at, send_version


@pytest.fixture
def other(group):
    """A second lead, at a keyboard."""
    person = make.person("vice-chair")
    make.place(group, person, Role.CO_LEAD)
    client = Client()
    client.force_login(person)
    client.person = person
    return client


def test_while_one_works_on_it_another_cannot_add_a_version(leading, other, document, lead):
    assert leading.post(at("hold", document)).status_code == 302
    answer = send_version(other, document)
    assert answer.status_code == 403
    assert f"{lead.name} works on the next version" in answer.content.decode()
    assert f"{lead.name}</bdi> works on the next version" in other.get(document.get_absolute_url()).content.decode()
    assert send_version(leading, document).status_code == 302
    assert send_version(other, document).status_code == 302
    document.refresh_from_db()
    assert (document.version_count, document.held_by) == (3, None)


def test_one_lets_go_of_it_oneself_and_nobody_is_told(leading, other, document, lead):
    leading.post(at("hold", document))
    assert leading.post(at("hold", document), {"off": "1"}).status_code == 302
    assert send_version(other, document).status_code == 302
    assert not Notification.objects.filter(kind="let-go").exists()


def test_whoever_lets_go_of_it_for_another_tells_them(leading, other, document, lead):
    leading.post(at("hold", document))
    assert other.post(at("hold", document), {"off": "1"}).status_code == 302
    told = shown(Notification.objects.visible_to(lead).filter(kind="let-go"), lead)
    assert [row.thing for row in told] == [document]
    assert "let go of it for you" in leading.get("/needs-you/").content.decode()
    assert Entry.objects.filter(actor=other.person, act="let-go", subject=document.subject).exists()
    assert other.post(at("hold", document), {"off": "1"}).status_code == 302
    assert Notification.objects.filter(kind="let-go").count() == 1


def test_of_two_at_once_the_first_has_it(document, lead, other):
    document.hold(lead)
    with pytest.raises(Refused):
        document.hold(other.person)
    with pytest.raises(Refused):
        document.add_version(other.person, make.stored(other.person))
    document.refresh_from_db()
    assert (document.held_by, document.version_count) == (lead, 1)


def test_members_keep_nothing_to_themselves(client, document, member, lead):
    client.force_login(member)
    assert client.post(at("hold", document)).status_code == 403
    document.hold(lead)
    assert client.post(at("hold", document), {"off": "1"}).status_code == 403
    document.refresh_from_db()
    assert document.held_by == lead
    assert "Work on the next version" not in client.get(document.get_absolute_url()).content.decode()


def test_a_hidden_document_is_not_worked_on(leading, document, staff):
    document.hide(staff, "To be looked at")
    assert leading.post(at("hold", document)).status_code == 403
    document.restore(staff, "Fine")
    assert leading.post(at("hold", document)).status_code == 302
