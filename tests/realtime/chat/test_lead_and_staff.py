"""A lead takes a message down at once; what anybody reported about it still waits for staff."""

import pytest

from community.moderation.models import Case, Notice
from realtime.chat.models import Message


@pytest.fixture
def take_down(as_):
    def take_down(lead, message):
        url = f"{message.room.get_absolute_url()}{message.pk}/remove/"
        return as_(lead).post(url, {"reason": "Not in this room"})

    return take_down


def test_a_report_from_outside_is_answered_by_staff_and_not_by_a_lead(say, take_down, lead, staff):
    said = say("Awful")
    notice = Notice.take("defamation", "This is about me", address=f"/messages/{said.pk}/")
    notice.open_case(staff, said)
    assert take_down(lead, said).status_code == 302
    notice.refresh_from_db()
    assert Message.objects.get(pk=said.pk).is_hidden
    assert Case.objects.open().exists() and notice.answered_by is None
    said.leave(staff, "Looked at")
    notice.refresh_from_db()
    assert notice.answered_by == staff and not Case.objects.open().exists()


def test_nobody_is_told_that_staff_hid_what_a_lead_took_down(say, take_down, as_, url, member, lead):
    said = say("Awful")
    take_down(lead, said)
    shown = as_(member).get(url).text
    assert "This message was hidden." in shown and "by staff" not in shown
    refused = as_(member).post(f"{url}{said.pk}/edit/", {"body": "Better"})
    assert refused.status_code == 403 and "how to appeal" in refused.text and "Staff hid" not in refused.text


def test_what_nobody_reported_is_done_with_once_a_lead_took_it_down(say, take_down, lead):
    take_down(lead, say("Awful"))
    assert not Case.objects.open().exists()


def test_a_lead_who_reported_it_takes_it_down_all_the_same(say, take_down, lead):
    said = say("Awful")
    said.report(lead, "harassment", "Look")
    assert take_down(lead, said).status_code == 302
    assert Message.objects.get(pk=said.pk).is_hidden and Case.objects.open().exists()
