"""The one access rule: person, affiliation, organisation, group, role."""

import datetime as dt

import pytest
from django.utils import timezone

from community import live
from community.members.models import GRACE
from community.policy import Refused
from groups.models import Group, Role
from tests import make

today = timezone.localdate


def sees(member, group):
    return Group.objects.visible_to(type(member).objects.get(pk=member.pk)).filter(pk=group.pk).exists()


def test_a_member_sees_the_group_and_an_outsider_does_not(group, member, outsider):
    assert sees(member, group)
    assert not sees(outsider, group)


def test_an_affiliation_that_ended_closes_the_door(group, member):
    member.affiliations.get().end()
    assert not sees(member, group)
    assert not live.may_follow(member, live.stream_of(group))


def test_losing_one_of_two_affiliations_leaves_what_rests_on_the_other(group, member):
    other = make.group("Early years")
    second = member.affiliations.create(organisation=make.organisation())
    other.admit(second)
    member.affiliations.order_by("pk").first().end()
    assert sees(member, other)
    assert not sees(member, group)


def test_an_organisation_keeps_its_people_in_grace_and_not_a_day_longer(group, member):
    organisation = member.affiliations.get().organisation
    organisation.end(on=today() - GRACE)
    assert organisation.state == "grace"
    assert sees(member, group)
    organisation.end(on=today() - GRACE - dt.timedelta(days=1))
    assert organisation.state == "lapsed"
    assert not sees(member, group)
    organisation.reinstate()
    assert sees(member, group)


def test_a_school_keeps_access_for_a_while_after_its_sponsor_lapsed(group):
    sponsor = make.organisation()
    teacher = make.person(of=make.organisation(sponsor=sponsor, category="school"))
    make.place(group, teacher)
    sponsor.end(on=today() - GRACE * 2)
    assert sees(teacher, group)
    sponsor.end(on=today() - GRACE * 2 - dt.timedelta(days=1))
    assert not sees(teacher, group)


def test_an_observer_is_out_the_day_after_the_end_date(group, observer):
    place = observer.memberships.get()
    place.ends_on = today()
    place.save()
    assert sees(observer, group)
    place.ends_on = today() - dt.timedelta(days=1)
    place.save()
    assert not sees(observer, group)


def test_a_suspended_member_sees_nothing_until_it_is_over(group, member):
    member.suspend(timezone.now() + dt.timedelta(hours=1))
    assert not sees(member, group)
    member.suspend(timezone.now() - dt.timedelta(seconds=1))
    assert sees(member, group)


def test_staff_see_every_group_but_a_confidential_one(group, staff):
    assert sees(staff, group)
    assert not sees(staff, make.group("Sealed", is_confidential=True))


def test_an_open_group_is_read_by_all_members_with_standing(outsider):
    news = make.group("All members", joining="automatic", visibility="open")
    assert sees(outsider, news)
    outsider.affiliations.get().end()
    assert not sees(outsider, news)


def test_a_hidden_group_is_not_even_listed(outsider, group):
    assert group in Group.objects.listed_to(outsider)
    hidden = make.group("Leads", visibility="hidden")
    assert hidden not in Group.objects.listed_to(outsider)


def test_the_last_lead_stays(group, lead, member):
    with pytest.raises(Refused):
        group.remove(lead)
    with pytest.raises(Refused):
        group.admit(lead.affiliations.get(), Role.MEMBER)
    assert group.role_of(lead) == Role.LEAD
    group.admit(member.affiliations.get(), Role.LEAD)
    group.remove(lead)
    assert group.role_of(lead) is None


def test_seats_are_counted_per_organisation(member):
    one_seat = make.group(seats=1)
    organisation = member.affiliations.get().organisation
    colleague = make.person(of=organisation)
    assert one_seat.has_seat_for(colleague.affiliations.get())
    one_seat.admit(member.affiliations.get())
    assert not one_seat.has_seat_for(colleague.affiliations.get())
    assert one_seat.has_seat_for(make.person().affiliations.get())
