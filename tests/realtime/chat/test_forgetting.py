"""How long a room keeps what was said in it."""

import datetime as dt
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from community import live
from community.files.models import StoredFile
from community.files.tasks import sweep
from community.models import Entry
from community.moderation.models import Decision
from community.notifications.models import Notification
from community.privacy.retention import carry_out
from community.responses.models import Bookmark, Reaction
from groups.search.models import Record
from realtime.chat.models import Message, MessageFile, Room
from tests import make

DAY = dt.timedelta(days=1)


@pytest.fixture
def old(room, say):
    """Ten messages, the first five of them forty days old."""
    said = [say(f"Words {n}") for n in range(10)]
    Message.objects.filter(number__lte=5).update(at=timezone.now() - 40 * DAY)
    return said


def rule(room, days):
    Room.objects.filter(pk=room.pk).update(keep_days=days)


def left():
    return list(Message.objects.order_by("number").values_list("number", flat=True))


def settings_of(room):
    return f"/groups/{room.group.slug}/live/rooms/{room.pk}/settings/"


def test_by_default_everything_stays(room, old):
    carry_out()
    assert len(left()) == 10


def test_what_is_older_than_the_rule_goes_for_good_with_all_that_speaks_of_it(room, old, lead):
    gone, kept = old[0], old[9]
    for message in (gone, kept):
        message.react(lead, "helpful")
        Bookmark.keep(lead, message)
        message.tell({lead.pk})
    rule(room, 30)
    carry_out()
    assert left() == [6, 7, 8, 9, 10]
    for kind in (Record, Notification, Reaction, Bookmark):
        rows = kind.objects.filter(thing_model="chat.message")
        assert not rows.filter(thing_id=gone.pk).exists(), kind
        assert rows.filter(thing_id=kept.pk).exists(), kind
    frames = live.since(live.stream_of(room), 0)
    assert not any("Words 0" in frame.get("html", "") for frame in frames)
    assert {"verb": "refresh", "target": ""}.items() <= frames[-2].items()


def test_what_a_report_is_about_stays_until_it_is_decided(room, old, lead, staff):
    old[0].report(lead, "other", "Look")
    rule(room, 30)
    carry_out()
    assert left() == [1, 6, 7, 8, 9, 10]
    old[0].leave(staff, "Nothing wrong")
    carry_out()
    assert left() == [6, 7, 8, 9, 10]


def test_what_staff_hid_stays_while_one_may_appeal(room, old, staff):
    old[0].hide(staff, "Reason", "3.2")
    rule(room, 30)
    carry_out()
    assert left() == [1, 6, 7, 8, 9, 10]
    Decision.objects.update(at=timezone.now() - 200 * DAY)
    carry_out()
    assert left() == [6, 7, 8, 9, 10]
    assert Decision.objects.exists()


def test_the_room_says_its_rule_to_whoever_reads(room, old, as_, observer):
    assert "What is said here stays" in as_(observer).get(room.get_absolute_url()).text
    rule(room, 30)
    assert "deleted after 30 days, for good" in as_(observer).get(room.get_absolute_url()).text


def test_a_lead_sees_what_a_rule_would_delete_before_it_is_saved(room, old, as_, lead):
    asked = as_(lead).post(settings_of(room), {"keep_days": "30"})
    assert asked.status_code == 422 and "deletes 5 messages that are there now" in asked.text
    room.refresh_from_db()
    assert room.keep_days is None
    other = as_(lead).post(settings_of(room), {"keep_days": "10", "sure": "30"})
    assert other.status_code == 422 and Room.objects.get().keep_days is None
    assert as_(lead).post(settings_of(room), {"keep_days": "30", "sure": "30"}).status_code == 302
    assert Room.objects.get().keep_days == 30
    assert Entry.objects.get(act="change-room").details["keep_days"] == 30
    assert len(left()) == 10
    carry_out()
    assert len(left()) == 5


def test_a_rule_that_deletes_nothing_is_saved_at_once_and_taken_back_at_once(room, old, as_, lead):
    assert as_(lead).post(settings_of(room), {"keep_days": "60"}).status_code == 302
    assert Room.objects.get().keep_days == 60
    assert as_(lead).post(settings_of(room), {"keep_days": ""}).status_code == 302
    assert Room.objects.get().keep_days is None


def test_the_command_shows_first_what_it_would_delete(room, old):
    rule(room, 30)
    said = StringIO()
    call_command("retention", stdout=said)
    assert "Messages in rooms that keep them for a time: 5" in said.getvalue() and len(left()) == 10
    call_command("retention", for_real=True, stdout=said)
    assert len(left()) == 5


def test_replies_to_what_is_gone_stay_and_say_so(room, say, as_, member):
    first = say("Long ago")
    say("In reply", reply_to=first.number)
    Message.objects.filter(pk=first.pk).update(at=timezone.now() - 40 * DAY)
    rule(room, 30)
    carry_out()
    page = as_(member).get(room.get_absolute_url()).text
    assert "In reply" in page and "Long ago" not in page
    assert "Earlier messages" in page and 'id="earlier" hidden' in page


def test_files_go_with_their_messages(room, say, member):
    held = make.stored(member)
    message = say("With a file")
    MessageFile.objects.create(message=message, stored=held)
    Message.objects.update(at=timezone.now() - 40 * DAY)
    StoredFile.objects.update(kept_at=timezone.now() - 40 * DAY)
    path = Path(held.blob.path)
    os.utime(path, (0, 0))
    rule(room, 30)
    sweep.call()
    assert path.exists()
    carry_out()
    sweep.call()
    assert not StoredFile.objects.exists() and not path.exists()


def test_numbers_go_on_where_they_were(room, old, say):
    rule(room, 30)
    Message.objects.update(at=timezone.now() - 40 * DAY)
    carry_out()
    assert left() == []
    assert say("New").number == 11


def test_what_is_forgotten_is_unread_by_nobody(room, old, as_, lead, observer):
    room.mark_read(observer, 2)
    rule(room, 30)
    carry_out()
    counted = {who: as_(who).get("/messages/unread/").json()["rooms"][str(room.pk)] for who in (lead, observer)}
    assert {who: facts["last"] - facts["read"] for who, facts in counted.items()} == {lead: 5, observer: 5}
    assert "New, 5 messages" in as_(observer).get(room.get_absolute_url()).text
    Message.objects.update(at=timezone.now() - 40 * DAY)
    carry_out()
    assert as_(observer).get("/messages/unread/").json()["rooms"][str(room.pk)]["read"] == 10
    assert "New," not in as_(observer).get(room.get_absolute_url()).text


def test_what_is_kept_for_a_report_makes_nothing_unread_that_is_gone(room, old, as_, lead, observer):
    old[0].report(lead, "other", "Look")
    rule(room, 30)
    carry_out()
    assert left() == [1, 6, 7, 8, 9, 10]
    facts = as_(observer).get("/messages/unread/").json()["rooms"][str(room.pk)]
    assert facts["last"] - facts["read"] == 5
