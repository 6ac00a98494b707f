"""How a group is set up: by leads, by staff, and by nobody through fields they were not offered."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from community import live
from community.models import Entry, Event
from groups.models import Group, Role
from tests import make

LEADS_FIELDS = {
    "purpose": "New purpose",
    "welcome": "",
    "hue": "teal",
    "watch": "mine",
    "mail_privacy": "link",
    "reactions": ["thanks", "agree", "helpful", "same", "bravo"],
}
STAFF_FIELDS = {
    **LEADS_FIELDS,
    "name": "Work force",
    "mark": "WF",
    "kind": "task",
    "visibility": "hidden",
    "joining": "invite",
    "seats": "2",
    "is_confidential": "on",
    "ends_on": "2099-12-31",
}


def settings(client, member, group, **sent):
    client.force_login(member)
    return client.post(reverse("groups:settings", args=[group.slug]), sent)


def test_a_lead_sets_what_leads_set(client, group, lead):
    drawn = {f"initial-{name}": getattr(group, name) for name in LEADS_FIELDS}
    assert settings(client, lead, group, **LEADS_FIELDS, **drawn).status_code == 302
    group.refresh_from_db()
    assert (group.purpose, group.hue, group.mail_privacy) == ("New purpose", "teal", "link")
    entry = Entry.objects.get()
    assert (entry.act, entry.details) == ("change-group", {"settings": ["hue", "mail_privacy", "purpose"]})


def test_what_a_lead_may_not_set_is_ignored_when_sent_by_hand(client, group, lead):
    sent = {**STAFF_FIELDS, "slug": "taken", "archived_at": "2020-01-01", "id": "999", "created_at": "2020-01-01"}
    assert settings(client, lead, group, **sent).status_code == 302
    found = Group.objects.get()
    assert found.purpose == "New purpose"
    assert (found.name, found.slug, found.mark, found.kind) == ("Workforce", "workforce", "W", "standing")
    assert (found.visibility, found.joining, found.seats) == ("listed", "request", None)
    assert (found.is_confidential, found.ends_on, found.archived_at) == (False, None, None)


def test_staff_set_everything_but_the_address(client, group, staff):
    assert settings(client, staff, group, **STAFF_FIELDS, slug="other").status_code == 302
    group.refresh_from_db()
    assert (group.name, group.slug, group.visibility, group.seats) == ("Work force", "workforce", "hidden", 2)
    assert (group.is_confidential, group.ends_on) == (True, dt.date(2099, 12, 31))


def test_others_set_nothing(client, group, member, observer, outsider):
    for person, answer in ((member, 403), (observer, 403), (outsider, 404)):
        assert settings(client, person, group, **LEADS_FIELDS).status_code == answer
    assert Group.objects.get().purpose == "What we do together"


def test_a_wrong_value_is_said_and_nothing_is_saved(client, group, lead):
    answer = settings(client, lead, group, **{**LEADS_FIELDS, "hue": "neon", "purpose": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    assert Group.objects.get().purpose == "What we do together"


def test_two_leads_who_change_different_things_keep_both(client, group, lead):
    drawn = {f"initial-{name}": getattr(group, name) for name in LEADS_FIELDS}
    unchanged = {name: getattr(group, name) for name in LEADS_FIELDS}
    Group.objects.update(purpose="Set by another lead")
    assert settings(client, lead, group, **{**unchanged, **drawn, "hue": "teal"}).status_code == 302
    group.refresh_from_db()
    assert (group.purpose, group.hue) == ("Set by another lead", "teal")


def test_a_clash_is_said_and_sending_again_settles_it(client, group, lead):
    drawn = {f"initial-{name}": getattr(group, name) for name in LEADS_FIELDS}
    unchanged = {name: getattr(group, name) for name in LEADS_FIELDS}
    Group.objects.update(purpose="Set by another lead")
    mine = {**unchanged, **drawn, "purpose": "My long text"}
    answer = settings(client, lead, group, **mine)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Set by another lead" in page and "My long text" in page
    assert Group.objects.get().purpose == "Set by another lead"
    again = {**mine, "initial-purpose": "Set by another lead"}
    assert 'name="initial-purpose" value="Set by another lead"' in page
    assert settings(client, lead, group, **again).status_code == 302
    assert Group.objects.get().purpose == "My long text"


def test_closing_a_group_to_readers_makes_every_connection_ask_again(client, staff):
    group = make.group("News", visibility="open")
    settings(client, staff, group, **{**STAFF_FIELDS, "name": "News", "mark": "N"})
    assert Event.objects.filter(stream=live.ACCESS, thing_id=None).exists()


def test_staff_archive_and_open_again_and_leads_do_not(client, group, lead, staff, outsider):
    address = reverse("groups:archive", args=[group.slug])
    for person, answer in ((lead, 403), (outsider, 404)):
        client.force_login(person)
        assert client.post(address).status_code == answer
    group.refresh_from_db()
    assert not group.is_read_only
    client.force_login(staff)
    for expected in (True, False):
        assert client.post(address).status_code == 302
        group.refresh_from_db()
        assert group.is_read_only is expected
    assert [entry.act for entry in Entry.objects.all()] == ["archive-group", "reopen-group"]


def test_a_group_past_its_day_is_read_only_and_staff_can_extend_it(client, group, lead, staff):
    Group.objects.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert settings(client, lead, group, **LEADS_FIELDS).status_code == 403
    assert settings(client, staff, group, **{**STAFF_FIELDS, "is_confidential": ""}).status_code == 302
    assert settings(client, lead, group, **LEADS_FIELDS).status_code == 302


def create(client, member, **sent):
    client.force_login(member)
    return client.post(reverse("groups:create"), {**STAFF_FIELDS, "lead": "@brass-peri", **sent})


def test_staff_set_up_a_group_with_its_first_lead(client, staff, member, outsider):
    assert client.get(reverse("groups:create")).status_code == 302
    assert create(client, outsider).status_code == 403
    assert create(client, member).status_code == 403
    assert create(client, staff, name="Early years").url == "/groups/early-years/"
    found = Group.objects.get(slug="early-years")
    assert found.role_of(member) == Role.LEAD
    assert found.role_of(staff) is None
    assert client.get(reverse("groups:create")).status_code == 200


@pytest.mark.parametrize("wrong", [{"name": "New"}, {"name": "Workforce"}, {"name": "!!!"}, {"lead": "nobody"}])
def test_a_group_needs_an_address_of_its_own_and_a_lead_with_standing(client, staff, member, wrong):
    assert create(client, staff, **{"name": "Early years", **wrong}).status_code == 422
    assert Group.objects.count() == 1
