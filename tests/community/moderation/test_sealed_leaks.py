"""What is sealed reaches nobody but the two: every surface, asked by everybody who might like to know."""

import io
import json
import logging
import zipfile

import pytest
from django.urls import reverse

from community.mail.models import Letter
from community.members.models import Member
from community.models import Entry, Event
from community.moderation.models import Case, Decision, Hold, Measure, SealedCase, Worry
from community.moderation.tasks import keep_time
from community.notifications.models import Notification
from community.policy import Refused
from community.privacy.retention import carry_out
from groups.documents.models import Comment
from groups.home.models import FeedAddress
from realtime.chat.models import Room
from tests import make
from tests.community.moderation.deeds import case_page, claim, decide, first, page, send_report
from tests.community.moderation.sealed import TEXT, TOLD, sealed, tell
from tests.community.privacy.copies import TAKE, own_copy

SEALED_URLS = ["sealed-case", "sealed-read", "sealed-refer", "sealed-close"]


@pytest.fixture
def everybody(group, lead, member, staff):
    """All but the keepers: the author, the reporter (who leads the group), other staff, a third member."""
    third = make.person("third")
    make.place(group, third)
    return [lead, member, staff, third]


def said_to(client, who, urls):
    """All that these addresses answer, with what they lead to."""
    client.force_login(who)
    return "".join(client.get(url, follow=True).text for url in urls)


def taken(found):
    """All text in a copy of somebody's data."""
    with found:
        return "".join(found.read(name).decode() for name in found.namelist() if name.endswith((".html", ".json")))


def test_no_page_list_search_feed_or_stream_shows_it(client, group, everybody, post, both):
    urls = ["/", post.thread.get_absolute_url(), group.get_absolute_url(), post.get_absolute_url(), "/discussions/"]
    urls += [reverse("search:results") + f"?q={TEXT.partition(' ')[0]}", "/notifications/", "/saved/"]
    urls += [f"/live/events/?thread-{post.thread_id}=0&group-{group.pk}=0&desk-0=0", f"/groups/{group.slug}/threads/"]
    urls += [reverse("moderation:standing"), reverse("moderation:desk"), reverse("moderation:ledger")]
    urls += [
        reverse("moderation:register"),
        reverse("moderation:desk") + "?show=closed",
        post.author.get_absolute_url(),
    ]
    urls += [reverse("moderation:person", args=[post.author.handle]), reverse("moderation:notices")]
    urls += [f"{post.thread.get_absolute_url()}{post.number}/history/", reverse("moderation:case", args=[post.subject])]
    feeds = [FeedAddress.make(who, group).get_absolute_url() for who in everybody]
    assert all(TEXT in said_to(client, who, urls) for who in everybody), "the tour passes the post"
    case = sealed(client, everybody[0], post, words=TOLD)
    for who in everybody:
        told = said_to(client, who, [*urls, *feeds])
        for secret in (TEXT, TOLD, str(case), case.get_absolute_url()):
            assert secret not in told, f"{who} is shown {secret}"


@pytest.mark.parametrize("name", SEALED_URLS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_its_pages_exist_for_nobody_else(client, everybody, keeper, post, both, name, method):
    case = sealed(client, everybody[0], post)
    url, never = (reverse(f"moderation:{name}", args=[pk]) for pk in (case.pk, case.pk + 999))
    for who in everybody:
        client.force_login(who)
        assert getattr(client, method)(url).status_code == getattr(client, method)(never).status_code, who
        assert getattr(client, method)(url).status_code in {404, 405}, who
        assert client.get(reverse("moderation:sealed")).status_code == 404
    assert not case.looks.exists() and not case.referrals.exists()
    assert page(client, keeper, case.get_absolute_url()).status_code == 200


def test_other_staff_see_a_count_and_nothing_else(client, lead, staff, post, both):
    desk = reverse("moderation:desk")
    before = page(client, staff, desk).text
    sealed(client, lead, post)
    after = page(client, staff, desk).text
    assert '<span class="count">' not in before and '<span class="count">1<' in after
    assert reverse("moderation:sealed") not in after and post.subject not in after


def test_the_author_gets_no_letter_no_sign_and_no_standing(client, lead, member, post, both):
    Letter.objects.all().delete()
    before = Notification.objects.filter(member=member).count()
    sealed(client, lead, post)
    assert set(Letter.objects.values_list("template", flat=True)) == {"sealed"}
    assert not Letter.objects.filter(to=member.email).exists()
    assert Notification.objects.filter(member=member).count() == before
    assert not Measure.objects.exists() and not Decision.objects.visible_to(member).exists()
    assert "Nothing stands against you" in page(client, member, reverse("moderation:standing")).text


def test_the_ledger_knows_that_and_not_what(client, lead, keeper, post, both):
    number = Entry.objects.count()
    case = sealed(client, lead, post)
    page(client, keeper, case.get_absolute_url())
    case.give_back(keeper)
    rows = Entry.objects.filter(number__gt=number)
    assert {row.act for row in rows} == {"sealed-report", "sealed-look", "sealed-give-back"}
    assert all((row.subject, row.reason, row.details) == ("sealed", "", {}) for row in rows)
    assert rows[0].actor is None


def test_logs_letters_and_events_hold_none_of_it(client, lead, keeper, post, both, caplog):
    with caplog.at_level(logging.DEBUG):
        case = sealed(client, lead, post)
        page(client, keeper, case.get_absolute_url())
        client.post(reverse("moderation:sealed-read", args=[case.pk]), {"text": "1"})
    kept = [*Letter.objects.values_list("subject", "text"), *Event.objects.values_list("target", "thing_model")]
    for told in (caplog.text, str(kept)):
        assert TOLD not in told and TEXT not in told


def test_an_ordinary_case_about_it_is_withdrawn_from_staff_and_comes_back(
    client, group, lead, staff, keeper, post, both
):
    third = make.person("third")
    make.place(group, third)
    send_report(client, third, post, kind="rules")
    assert TEXT in page(client, staff, reverse("moderation:desk")).text
    case = sealed(client, lead, post)
    assert case_page(client, staff, post).status_code == 404
    assert decide(client, staff, post, "hide", rule="3.2").status_code == 404
    assert claim(client, staff, post).status_code == 404
    waiting = Case.objects.get()
    assert client.get(reverse("moderation:spam"), {"case": waiting.pk}).status_code == 302
    assert str(waiting) not in page(client, staff, reverse("moderation:desk")).text
    Case.objects.update(due_at=waiting.at)
    keep_time.call()
    assert not Notification.objects.filter(member=staff, kind="due").exists()
    case.give_back(keeper)
    assert TEXT in case_page(client, staff, post).text


def test_the_case_of_its_neighbour_does_not_show_it(client, lead, member, staff, post, both):
    next_one = post.thread.reply(first(lead), "A harmless word next to it")
    send_report(client, member, next_one, kind="rules")
    assert TEXT in case_page(client, staff, next_one).text
    sealed(client, lead, post)
    text = case_page(client, staff, next_one).text
    assert "A harmless word" in text and TEXT not in text


def test_nor_does_the_case_of_a_part_of_what_is_sealed(client, lead, member, staff, post, both):
    send_report(client, lead, post, kind="rules")
    assert case_page(client, staff, post).status_code == 200
    SealedCase.take(Worry("worry", TOLD), post.thread)
    assert case_page(client, staff, post).status_code == 404
    assert TEXT not in page(client, staff, reverse("moderation:desk")).text


def test_an_earlier_decision_does_not_tell_its_text_to_its_author_again(client, member, staff, lead, post, both):
    decision = post.hide(staff, "No", "3.2")
    url = reverse("moderation:decision", args=[decision.pk])
    assert page(client, member, url).status_code == 200
    SealedCase.take(Worry("worry", TOLD), post)
    text = page(client, member, url).text
    assert TEXT not in text and TOLD not in text
    assert decide(client, staff, post, "restore").status_code == 404


def test_for_whoever_reports_it_once_more_it_is_like_anything_that_staff_hid(client, group, lead, member, staff, both):
    one, other = (make.thread(group, member).posts.get() for _ in range(2))
    one.hide(staff, "No", "3.2")
    sealed(client, lead, other)
    answers = [send_report(client, lead, each, kind="spam") for each in (one, other)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert tell(client, lead, other).status_code == 403


def test_it_is_kept_as_it_is_whatever_its_author_tries(client, group, member, lead, post, both):
    client.force_login(member)
    client.post(f"{post.deeds_url}edit/", {"body": f"{post.body}, once more", "edition": post.edition})
    post.refresh_from_db()
    assert post.body.endswith("once more"), "the door opens while nothing is held"
    sealed(client, lead, post)
    client.force_login(member)
    for deed in ("edit", "remove"):
        answer = client.post(f"{post.deeds_url}{deed}/", {"body": "Nothing was here", "edition": post.edition})
        assert answer.status_code in {403, 404}, deed
    post.refresh_from_db()
    assert TEXT in post.body and post.deleted_at is None


def test_a_room_that_forgets_does_not_forget_it(client, group, lead, member, keeper, both, time_machine):
    room = Room.of(group)
    time_machine.move_to("2026-01-01T10:00:00Z")
    held, other = (room.say(member, f"Said {n}", f"key-{n}", first(member)) for n in (1, 2))
    case = SealedCase.take(Worry("worry", TOLD), held).case
    time_machine.move_to("2026-12-01T10:00:00Z")
    Room.objects.filter(pk=room.pk).update(keep_days=30)
    carry_out()
    assert list(room.messages.values_list("pk", flat=True)) == [held.pk] and other.pk != held.pk
    case.give_back(keeper)
    carry_out()
    assert not room.messages.exists()


def test_it_is_in_no_copy_of_anybodys_data(client, group, lead, member, staff, post, both):
    theirs = reverse("privacy:of_person", args=[member.handle])
    client.force_login(member)
    assert TEXT in taken(own_copy(client))
    case = sealed(client, lead, post)
    client.force_login(member)
    assert client.get(TAKE).status_code == 302, "what was made before is not handed out any more"
    for who in (member, lead, staff):
        client.force_login(who)
        asked = None if who != staff else client.post(theirs, {"reason": "They asked for it"})
        text = taken(zipfile.ZipFile(io.BytesIO(asked.getvalue())) if asked else own_copy(client))
        assert TEXT not in text and TOLD not in text and case.reports.get().reference not in text, who
        assert f'"{post.subject}"' not in json.dumps(text) and f">{post.subject}<" not in text


@pytest.mark.parametrize("who", ["author", "reporter"])
def test_nobody_it_concerns_is_erased_while_it_is_held(client, lead, member, staff, keeper, post, both, who):
    third = make.person("third")
    make.place(post.thread.group, third)
    person = member if who == "author" else third
    case = sealed(client, third, post)
    client.force_login(staff)
    url = reverse("privacy:erase", args=[person.handle])
    answer = client.post(url, {"reason": "They asked", "handle": person.handle, "way": "keep"})
    assert "kept by law" in answer.text and Member.objects.get(pk=person.pk).is_active
    assert Hold.objects.filter(subject=post.subject).exists()
    case.give_back(keeper)
    assert client.post(url, {"reason": "They asked", "handle": person.handle, "way": "keep"}).status_code == 302
    assert not Member.objects.get(pk=person.pk).is_active


def test_the_bin_is_not_emptied_of_it(group, lead, member, keeper, both, time_machine):
    time_machine.move_to("2026-01-01T10:00:00Z")
    paper = make.document(group, member)
    case = SealedCase.take(Worry("worry", TOLD), Comment.say(paper, lead, "I saw something")).case
    paper.remove(member)
    time_machine.move_to("2028-01-01T10:00:00Z")
    with pytest.raises(Refused):
        paper.purge(lead)
    case.give_back(keeper)
    assert paper.purge(lead)
