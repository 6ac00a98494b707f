"""Messages to the leads of a group, or to staff: seen by whoever asks, whoever is asked, and nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from community import live
from community.models import Entry
from community.moderation.models import Report
from community.notifications.models import Notification, shown
from groups.models import Role
from groups.search.find import find
from groups.search.models import Record
from realtime.chat.models import Message, Room
from tests import make


@pytest.fixture
def ask(url, as_):
    def ask(who, whom="leads", body="May I say something about zebrafish?", key="k1"):
        return as_(who).post(f"{url}ask/{whom}/", {"body": body, "key": key})

    return ask


@pytest.fixture
def other(group):
    """Somebody else in the group."""
    found = make.person("cello-peri")
    make.place(group, found)
    return found


def say(as_, who, room, body, key):
    return as_(who).post(f"{room.get_absolute_url()}say/", {"body": body, "key": key})


def told(who, kind):
    return Notification.objects.visible_to(who).unread().filter(kind=kind).count()


# ── To the leads ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_asks_the_leads_is_led_to_a_room_that_only_they_and_the_leads_can_see(
    ask, as_, url, member, lead, other, observer, staff, outsider
):
    answer = ask(member)
    room = Room.objects.get(kind="leads")
    assert answer.url == room.get_absolute_url()
    for who in (member, lead):
        page = as_(who).get(room.get_absolute_url())
        assert "zebrafish" in page.text and "whoever leads this group read this" in page.text
        assert "brass-peri and the leads" in as_(who).get(f"{url}rooms/").text
    for who in (other, observer, staff):
        assert as_(who).get(room.get_absolute_url()).status_code == 404
        assert say(as_, who, room, "Me too", "k").status_code == 404
        assert "zebrafish" not in as_(who).get(url).text
        assert "and the leads" not in as_(who).get(f"{url}rooms/").text
        assert not live.may_follow(who, live.stream_of(room))
    assert as_(outsider).get(room.get_absolute_url()).status_code == 404
    assert room.messages.count() == 1


def test_there_is_one_room_for_each_who_asks(ask, as_, url, member, lead, other):
    assert ask(member).url == ask(member, body="And another thing", key="k2").url
    assert ask(member).url == ask(member).url
    assert as_(member).get(f"{url}ask/leads/").url == Room.objects.get(asker=member).get_absolute_url()
    assert as_(other).get(f"{url}ask/leads/").status_code == 200
    ask(other)
    assert Room.objects.filter(kind="leads").count() == 2
    assert Room.objects.get(asker=member).messages.count() == 2


def test_an_observer_who_may_not_write_in_the_group_may_still_ask_its_leads(ask, as_, observer, lead, url):
    assert as_(observer).get(f"{url}ask/leads/").status_code == 200
    assert ask(observer).status_code == 302
    room = Room.objects.get(asker=observer)
    assert say(as_, observer, room, "More", "k2").status_code == 302
    assert say(as_, lead, room, "Yes", "k3").status_code == 302


def test_whoever_is_asked_is_told_once_until_they_have_read_it_and_the_answer_is_told_to_who_asked(
    ask, as_, member, lead, other, staff
):
    ask(member)
    ask(member, body="Second", key="k2")
    assert told(lead, "asked-leads") == 1
    assert not Notification.objects.filter(member__in=[other, staff, member]).exists()
    room = Room.objects.get(kind="leads")
    as_(lead).post(f"{room.get_absolute_url()}read/", {"number": "2"})
    assert told(lead, "asked-leads") == 0
    ask(member, body="Third", key="k3")
    assert told(lead, "asked-leads") == 1
    say(as_, lead, room, "Of course", "k4")
    assert told(member, "replied") == 1 and told(lead, "replied") == 0
    tray = as_(member).get("/needs-you/").text
    assert "workforce-chair replied" in tray and "zebrafish" not in tray


def test_what_one_lead_has_answered_waits_for_no_other(
    ask, as_, group, member, lead, other, django_capture_on_commit_callbacks
):
    group.admit(other.affiliations.get(), Role.CO_LEAD)
    ask(member)
    assert told(lead, "asked-leads") == told(other, "asked-leads") == 1
    with django_capture_on_commit_callbacks(execute=True):
        say(as_, other, Room.objects.get(kind="leads"), "Of course", "k2")
    assert told(lead, "asked-leads") == told(other, "asked-leads") == 0
    ask(member, body="One more", key="k3")
    assert told(lead, "asked-leads") == told(other, "asked-leads") == 1


def test_leads_who_come_later_see_it_and_leads_who_go_see_it_no_more(ask, as_, group, member, lead, other):
    ask(member)
    room = Room.objects.get(kind="leads")
    group.admit(other.affiliations.get(), Role.CO_LEAD)
    assert as_(other).get(room.get_absolute_url()).status_code == 200
    assert say(as_, other, room, "I am new here", "k2").status_code == 302
    group.admit(other.affiliations.get(), Role.MEMBER)
    assert as_(other).get(room.get_absolute_url()).status_code == 404
    assert not live.may_follow(other, live.stream_of(room))
    assert find(other, "zebrafish").hits == []
    notes = shown(Notification.objects.filter(member=other), other)
    assert notes == []


def test_whoever_is_removed_from_the_group_loses_their_room_too(ask, as_, group, member, lead):
    ask(member)
    room = Room.objects.get(kind="leads")
    group.remove(member, by=lead)
    assert as_(member).get(room.get_absolute_url()).status_code == 404
    assert find(member, "zebrafish").hits == []


def test_who_lost_their_place_between_the_question_and_the_deed_says_nothing(ask, group, member, lead, other):
    from realtime.chat import policy

    ask(member)
    room = Room.objects.get(kind="leads")
    group.admit(other.affiliations.get(), Role.CO_LEAD)
    assert policy.say(other, room)
    group.admit(other.affiliations.get(), Role.MEMBER)
    with room.held(other) as now:
        assert not policy.say(now, room)


def test_search_finds_it_for_them_alone_and_counts_it_for_nobody_else(ask, member, lead, other, staff):
    ask(member)
    assert Record.objects.get(thing_model="chat.message").only_within == Room.objects.get(kind="leads").pk
    for who, count in ((member, 1), (lead, 1), (other, 0), (staff, 0)):
        page = find(who, "zebrafish")
        assert (len(page.hits), page.next) == (count, None), who


def test_pages_of_results_are_not_longer_for_what_somebody_may_not_see(group, lead, member, other):
    room = Room.between(group, "leads", member)
    for n in range(25):
        room.say(member, f"Zebrafish number {n}", f"k{n}", member.affiliations.get())
    assert find(member, "zebrafish").next == 2
    assert find(other, "zebrafish").next is None


def test_only_who_can_see_the_room_can_be_mentioned_there(ask, as_, member, lead, other, staff):
    ask(member, body="What do you say, @workforce-chair and @cello-peri and @duty-moderator?")
    said = Message.objects.get()
    assert f'data-member="{lead.pk}"' in said.html
    assert f'data-member="{other.pk}"' not in said.html and f'data-member="{staff.pk}"' not in said.html
    assert told(lead, "mentioned") == 1 and told(lead, "asked-leads") == 0
    assert not Notification.objects.filter(member__in=[other, staff]).exists()


def test_leads_neither_pin_nor_remove_what_was_written_to_them(ask, as_, url, member, lead):
    ask(member)
    said = Message.objects.get()
    assert as_(lead).post(f"{url}{said.pk}/pin/", {"on": "1"}).status_code == 403
    assert as_(lead).post(f"{url}{said.pk}/remove/").status_code == 403
    assert as_(member).post(f"{url}{said.pk}/remove/").status_code == 302


def test_leads_do_not_arrange_such_a_room(ask, as_, member, lead):
    ask(member)
    room = Room.objects.get(kind="leads")
    for deed in ("settings/", "archive/"):
        assert as_(lead).post(f"{room.get_absolute_url()}{deed}", {"name": "Mine", "on": "1"}).status_code == 404


def test_a_report_opens_the_message_at_the_desk_alone_and_the_look_is_logged(ask, as_, member, lead, staff):
    ask(member)
    ask(member, body="The one before", key="k2")
    said = Message.objects.get(number=1)
    assert as_(lead).post(f"/report/{said.subject}/", {"kind": "other", "words": "Look"}).status_code == 302
    assert Report.objects.get().subject == said.subject
    case = as_(staff).get(reverse("moderation:case", args=[said.subject])).text
    assert "zebrafish" in case and "The one before" not in case
    assert Entry.objects.filter(act="look", subject=said.subject).exists()


def test_who_leads_is_told_that_they_do_and_who_has_no_leads_is_led_to_staff(ask, as_, group, member, lead, url):
    assert "You lead this group yourself." in ask(lead).text
    group.memberships.filter(member=lead).update(ends_on=timezone.localdate().replace(year=2020))
    assert "Nobody leads this group" in ask(member).text
    assert not Room.objects.filter(kind="leads").exists()


@pytest.mark.parametrize("whom", ["pair", "talk", "x", "LEADS"])
def test_nobody_else_can_be_asked(as_, member, url, whom):
    assert as_(member).post(f"{url}ask/{whom}/", {"body": "Hello", "key": "k"}).status_code == 404


@pytest.mark.parametrize("wrong", [{"body": " "}, {"body": "x" * 4001}, {"key": ""}, {"key": "\x00"}], ids=str)
def test_what_cannot_be_said_opens_no_room(as_, member, lead, url, wrong):
    assert as_(member).post(f"{url}ask/leads/", {"body": "Hello", "key": "k", **wrong}).status_code == 422
    assert not Room.objects.exclude(asker=None).exists()


def test_asking_has_a_limit_and_the_words_come_back(ask, member, lead, settings):
    settings.LIMITS = settings.LIMITS | {"ask": "1/1h"}
    assert ask(member).status_code == 302
    refused = ask(member, body="Second words", key="k2")
    assert refused.status_code == 429 and "Second words" in refused.text


def test_in_a_closed_group_nothing_is_asked(ask, group, member, lead):
    group.archive()
    assert ask(member).status_code == 403
    assert ask(member, "staff").status_code == 403


# ── To staff ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_written_to_staff_is_not_seen_by_leads(ask, as_, url, member, lead, staff, other):
    ask(member, "staff", "It is about the zebrafish of our chair")
    room = Room.objects.get(kind="staff")
    assert told(staff, "asked-staff") == 1
    assert not Notification.objects.filter(member=lead).exists()
    for who in (lead, other):
        assert as_(who).get(room.get_absolute_url()).status_code == 404
        assert find(who, "zebrafish").hits == []
        assert not live.may_follow(who, live.stream_of(room))
    assert "not the leads" in as_(staff).get(room.get_absolute_url()).text
    assert say(as_, staff, room, "Thank you", "k2").status_code == 302
    assert told(member, "replied") == 1
    assert len(find(staff, "zebrafish").hits) == 1


def test_staff_read_what_they_are_asked_in_a_confidential_group_and_no_more_of_it(ask, as_, group, member, lead, staff):
    type(group).objects.filter(pk=group.pk).update(is_confidential=True, visibility="hidden")
    Room.of(group).say(lead, "Walrus among ourselves", "k", lead.affiliations.get())
    ask(member, "staff", "It is about a zebrafish")
    room = Room.objects.get(kind="staff")
    page = as_(staff).get(room.get_absolute_url())
    assert "zebrafish" in page.text and "Walrus" not in page.text and "/threads/" not in page.text
    assert say(as_, staff, room, "We look into it", "k2").status_code == 302
    assert as_(staff).get(f"/groups/{group.slug}/live/").status_code == 404
    assert as_(staff).get(f"/groups/{group.slug}/live/rooms/").status_code == 404
    assert find(staff, "walrus").hits == [] and len(find(staff, "zebrafish").hits) == 1


def test_staff_who_asked_nobody_see_no_question_to_the_leads_of_a_group_they_do_not_lead(ask, as_, member, lead, staff):
    ask(member)
    assert find(staff, "zebrafish").hits == []
    assert "You are staff yourself." in ask(staff, "staff").text
