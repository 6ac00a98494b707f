"""The people page, and what leads do there."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community import ledger, live
from community.models import Entry, Event
from community.notifications.models import Notification
from groups.models import Removal, Role
from tests import make


def people(client, group, **asked):
    return client.get(reverse("groups:people", args=[group.slug]), asked)


def change(client, lead, place, **sent):
    client.force_login(lead)
    return client.post(reverse("groups:place", args=[place.group.slug, place.pk]), sent)


def remove(client, lead, place, **sent):
    client.force_login(lead)
    return client.post(reverse("groups:remove", args=[place.group.slug, place.pk]), sent)


def test_leads_come_first_then_people_by_organisation(client, group, lead, member, observer):
    client.force_login(member)
    page = people(client, group).content.decode().partition("<main")[2].partition("</main>")[0]
    assert page.index("workforce-chair") < page.index("brass-peri") < page.index("industry-guest")
    assert member.affiliations.get().organisation.name in page
    assert "Observer until" in page
    assert "3 people" in page


def test_whose_place_has_ended_is_not_listed(client, group, lead, member, observer):
    observer.memberships.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    member.affiliations.get().end()
    client.force_login(lead)
    page = people(client, group).content.decode()
    assert "industry-guest" not in page and "brass-peri" not in page and "workforce-chair" in page


def test_the_page_costs_the_same_for_three_people_and_for_sixty(client, group, lead):
    client.force_login(lead)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert people(client, group).status_code == 200
        return len(queries)

    make.place(group, make.person("first-member"))
    group.ask(make.person("first-asker").affiliations.get())
    few = cost()
    for number in range(60):
        make.place(group, make.person(f"member-{number:02}"))
        group.ask(make.person(f"asker-{number:02}").affiliations.get())
    assert cost() == few
    assert "1 to 30 of 61" in people(client, group).content.decode()
    assert "31 to 60 of 61" in people(client, group, page="2").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1000000000", "9" * 400, "\x00", "1e3"])
def test_a_page_that_is_none_is_the_nearest_one(client, group, member, page):
    client.force_login(member)
    assert people(client, group, page=page).status_code == 200


def test_people_are_found_by_name_and_organisation(client, group, lead, member):
    client.force_login(member)
    name = lead.affiliations.get().organisation.name
    assert "workforce-chair" in people(client, group, q=name).content.decode()
    page = people(client, group, q="brass").content.decode()
    assert "brass-peri" in page and "workforce-chair" not in page
    nobody = people(client, group, q="<b>zz\x00").content.decode()
    assert "&lt;b&gt;zz" in nobody and "<b>zz" not in nobody


def test_only_leads_see_requests_and_tools(client, group, lead, member, outsider):
    group.ask(outsider.affiliations.get(), "Please")
    client.force_login(member)
    page = people(client, group).content.decode()
    assert "strings-peri" not in page and "Remove" not in page and "Invite" not in page
    client.force_login(lead)
    page = people(client, group).content.decode()
    assert "strings-peri" in page and "Remove" in page and "Invite" in page


def test_a_lead_changes_a_role_and_it_is_written_down(client, group, lead, member):
    place = member.memberships.get()
    assert change(client, lead, place, role="co-lead", ends_on="2030-01-01").status_code == 302
    place.refresh_from_db()
    assert (place.role, place.ends_on) == ("co-lead", None)
    assert change(client, lead, place, role="observer").status_code == 422
    assert change(client, lead, place, role="observer", ends_on="2099-01-01").status_code == 302
    assert group.role_of(member) == Role.OBSERVER
    written = Entry.objects.order_by("number")
    assert [(entry.act, entry.subject, entry.details["role"]) for entry in written] == [
        ("change-role", group.stream, "co-lead"),
        ("change-role", group.stream, "observer"),
    ]
    assert ledger.first_broken() is None


def test_the_last_lead_cannot_step_down_until_there_is_another(client, group, lead, member):
    place = lead.memberships.get()
    assert change(client, lead, place, role="member").status_code == 403
    assert group.role_of(lead) == Role.LEAD
    assert Entry.objects.count() == 0
    change(client, lead, member.memberships.get(), role="co-lead")
    assert change(client, lead, place, role="member").status_code == 302
    assert group.role_of(lead) == Role.MEMBER


def test_others_change_and_remove_nobody(client, group, lead, member, observer, outsider):
    rival = make.person()
    make.place(make.group(), rival, Role.LEAD)
    place = member.memberships.get()
    for person, answer in ((member, 403), (observer, 403), (outsider, 404), (rival, 404)):
        assert change(client, person, place, role="lead").status_code == answer
        assert remove(client, person, place).status_code == answer
    assert group.role_of(member) == Role.MEMBER
    assert remove(client, lead, place).status_code == 302
    assert group.role_of(member) is None


def test_a_place_of_another_group_is_not_reached_through_one_s_own(client, group, lead):
    other = make.place(make.group("Other"), make.person())
    client.force_login(lead)
    for name in ("groups:place", "groups:remove"):
        assert client.post(reverse(name, args=[group.slug, other.pk]), {"role": "lead"}).status_code == 404
    other.refresh_from_db()
    assert other.role == Role.MEMBER


def test_whoever_is_removed_loses_the_group_at_once_and_is_told_why(client, group, lead, member):
    place = member.memberships.get()
    assert remove(client, lead, place, reason="You moved to another service").status_code == 302
    client.force_login(member)
    assert client.get(group.get_absolute_url()).status_code == 404
    assert not live.may_follow(member, group.stream)
    assert Event.objects.filter(stream=live.ACCESS, thing_id=member.pk).exists()
    told = Notification.objects.get(member=member)
    removal = Removal.objects.visible_to(member).get(pk=told.thing_id)
    assert told.kind == "removed"
    page = client.get(removal.get_absolute_url()).content.decode()
    assert "Workforce" in page and "You moved to another service" in page
    entry = Entry.objects.get()
    assert (entry.actor, entry.act, entry.subject) == (lead, "remove-member", group.stream)
    assert (entry.reason, entry.details) == ("You moved to another service", {"member": member.pk})


def test_a_removal_is_read_by_the_person_alone_and_names_no_hidden_group(client, group, lead, member, outsider, staff):
    remove(client, lead, member.memberships.get())
    address = Removal.objects.get().get_absolute_url()
    for person in (lead, outsider, staff):
        client.force_login(person)
        assert client.get(address).status_code == 404
    group.visibility = group.Visibility.HIDDEN
    group.save()
    client.force_login(member)
    page = client.get(address).content.decode()
    assert "Workforce" not in page and "A group you were in" in page


def test_whoever_was_removed_from_an_open_group_must_ask_to_come_back(client, lead, member):
    group = make.group("Open house", joining="open")
    make.place(group, lead, Role.LEAD)
    join = reverse("groups:join", args=[group.slug])
    sent = {"affiliation": member.affiliations.get().pk}
    client.force_login(member)
    client.post(join, sent)
    remove(client, lead, member.memberships.get(group=group))
    client.force_login(member)
    client.post(join, sent)
    assert group.role_of(member) is None
    group.join_requests.get().admit(lead)
    assert group.role_of(member) == Role.MEMBER


def test_a_lead_removes_also_from_a_closed_group_for_it_is_still_read(client, group, lead, member):
    group.archive()
    assert remove(client, lead, member.memberships.get()).status_code == 302
    client.force_login(member)
    assert client.get(group.get_absolute_url()).status_code == 404


def test_the_last_lead_is_not_removed_either_by_staff(client, group, lead, staff):
    assert remove(client, staff, lead.memberships.get()).status_code == 403
    assert group.role_of(lead) == Role.LEAD
    assert Removal.objects.count() == 0
