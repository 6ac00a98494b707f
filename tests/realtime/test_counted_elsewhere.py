"""Pages outside of a room that show how much was said there: they are told as it happens, and nothing of it is kept."""

from community import live
from community.models import Event
from realtime.chat.models import Room
from tests.realtime.servers import Page


def told(page, verb):
    while (frame := page.next())["verb"] != verb:
        pass
    return frame


def test_open_pages_of_the_group_are_told_that_something_was_said(server, room, say, member, lead):
    with Page(server, member) as page:
        page.follow(room.group.stream)
        say("Good morning")
        facts = {"room": room.pk, "last": 1, "by": lead.pk}
        assert told(page, "said") == {"stream": room.group.stream, "verb": "said", **facts}
    assert not Event.objects.filter(stream=room.group.stream).exists()


def test_what_one_reads_on_one_page_is_told_to_ones_others(server, client, room, say, member, lead):
    say("Good morning")
    own = f"reading-{member.pk}"
    with Page(server, member) as page:
        page.follow(own)
        client.force_login(member)
        client.post(f"{room.get_absolute_url()}read/", {"number": 9})
        assert told(page, "read") == {"stream": own, "verb": "read", "room": room.pk, "to": 1}
    assert not live.may_follow(lead, own)


def test_nobody_else_hears_that_somebody_wrote_to_the_leads(server, room, say, member, lead, observer):
    asked = Room.between(room.group, "leads", member)
    with Page(server, observer) as page:
        page.follow(room.group.stream)
        asked.say(member, "May I?", "k", member.affiliations.get())
        say("Good morning")
        assert told(page, "said")["room"] == room.pk
