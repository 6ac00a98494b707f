"""What staff can do, the smallest step first: what each means for the author, for how long, and what they are told."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.mail.models import Letter
from community.models import Entry
from community.moderation import tasks
from community.moderation.models import Act, Case, Decision, Measure, Note, Ruling
from community.moderation.models.links import address
from community.moderation.models.report import tell_reporters
from community.notifications.models import Notification
from groups.threads.models import Mask, Post, Thread
from realtime.chat.models import Room
from tests import make
from tests.community.moderation.deeds import case_page, decide, first, page, send_report

DAY = dt.timedelta(days=1)


def reply(client, who, thread, words="Something new"):
    client.force_login(who)
    url = reverse("threads:reply", args=[thread.group.slug, thread.pk])
    return client.post(url, {"body": words, "key": words})


def letters_page(client, who, thing, act, **chosen):
    client.force_login(who)
    return client.get(reverse("moderation:decide", args=[thing.subject]), {"act": act, **chosen})


def test_letters_are_ready_before_anything_happens(client, post, lead, member, staff):
    send_report(client, lead, post)
    shown = letters_page(client, staff, post, "hide", rule="3.2")
    assert shown.status_code == 200
    assert f"Dear {member.name}," in shown.text and "We have hidden your post." in shown.text
    assert "Thank you for telling us. We have taken it out of sight" in shown.text
    assert not Decision.objects.exists() and Case.objects.get().is_open
    decide(client, staff, post, "hide", rule="3.2", letter="Dear Ann, it is hidden.", thanks="You were right.")
    decision = Decision.objects.get()
    assert "Dear Ann, it is hidden." in page(client, member, decision.get_absolute_url()).text
    assert "You were right." in page(client, lead, decision.reports.get().get_absolute_url()).text


@pytest.mark.parametrize(("act", "chosen"), [("hide", {}), ("silence", {"rule": "2.2"}), ("erase", {"rule": "2.2"})])
def test_a_step_without_its_rule_or_its_time_is_asked_for_again(client, post, staff, act, chosen):
    assert letters_page(client, staff, post, act, **chosen).status_code == 422
    assert decide(client, staff, post, act, **chosen).status_code == 422
    assert not Decision.objects.exists()


def test_only_steps_that_would_change_something_are_offered(client, post, staff):
    def offered():
        return {value for value, _label in case_page(client, staff, post).context["form"].fields["act"].choices}

    make.group("Somewhere else")
    assert offered() == set(Act.values) - {"restore"}
    decide(client, staff, post, "hide", rule="3.2")
    assert offered() == set(Act.values) - {"hide", "edit"}, "what is hidden can still be removed"


def test_letters_about_a_thing_of_a_confidential_group_are_a_look_into_it(client, post, lead, staff):
    type(post.thread.group).objects.update(is_confidential=True)
    send_report(client, lead, post)
    assert "front row" in letters_page(client, staff, post, "hide", rule="3.2").text
    assert Entry.objects.filter(act="look", actor=staff).count() == 1


def test_a_note_touches_nobody(client, post, lead, member, staff):
    send_report(client, lead, post)
    decide(client, staff, post, "note", reason="Watch this one")
    assert not Notification.objects.filter(member=member).exclude(kind="replied").exists()
    assert not Measure.objects.exists() and not Case.objects.get().is_open
    assert "Watch this one" in page(client, staff, reverse("moderation:person", args=[member.handle])).text


@pytest.mark.parametrize("act", ["note", "nothing"])
def test_why_nothing_is_done_is_for_colleagues_alone(client, post, lead, member, staff, act):
    send_report(client, lead, post)
    decide(client, staff, post, act, reason="Watch this one")
    url = Decision.objects.get().get_absolute_url()
    assert page(client, member, url).status_code == 404
    assert "Watch this one" in page(client, staff, url).text
    own = post.thread.posts.get(number=1)
    own.author = staff
    own.save()
    assert page(client, staff, own.decide(lead, Ruling(act, "Look out")).get_absolute_url()).status_code == 404


def test_a_warning_stands_for_a_year(client, post, member, staff, time_machine):
    decide(client, staff, post, "warn", rule="2.1")
    standing = reverse("moderation:standing")
    assert "Warned" in page(client, member, standing).text
    assert "front row" in page(client, member, post.thread.get_absolute_url()).text
    time_machine.move_to(timezone.now() + 366 * DAY)
    tasks.keep_time.call()
    assert "Nothing stands against you" in page(client, member, standing).text


@pytest.mark.parametrize("does_edit", [True, False])
def test_what_is_not_edited_in_time_is_a_case_again(client, post, member, staff, time_machine, does_edit):
    decide(client, staff, post, "edit", rule="3.2")
    if does_edit:
        post.edit(member, "A child told me", post.edition)
    time_machine.move_to(timezone.now() + 6 * DAY)
    tasks.keep_time.call()
    tasks.keep_time.call()
    assert Case.objects.open().count() == Note.objects.count() == (0 if does_edit else 1)


def test_a_discussion_is_closed_and_opened_again(client, post, lead, staff):
    decide(client, staff, post, "lock", rule="2.2")
    assert reply(client, lead, post.thread).status_code == 403
    assert decide(client, staff, post, "lock", rule="2.2").status_code == 403
    decide(client, staff, post, "restore")
    assert reply(client, lead, post.thread).status_code == 302


@pytest.mark.parametrize("act", ["restrict", "silence"])
def test_kept_from_writing_for_some_days(client, post, group, member, staff, time_machine, act):
    other = Thread(group=_another(member), title="Elsewhere")
    other.start(first(member), "Hello")
    assert decide(client, staff, post, act, rule="2.2", days="7").status_code == 302
    refused = reply(client, member, post.thread)
    assert refused.status_code == 403 and "not write, until" in refused.text and "Something new" in refused.text
    assert reply(client, member, other).status_code == (403 if act == "silence" else 302)
    said = client.post(reverse("chat:say", args=[group.slug]), {"body": "Hello", "key": "k1"})
    assert said.status_code == 403
    assert page(client, member, post.thread.get_absolute_url()).status_code == 200
    time_machine.move_to(timezone.now() + 8 * DAY)
    tasks.keep_time.call()
    assert reply(client, member, post.thread).status_code == 302
    assert Notification.objects.filter(member=member, kind="over").exists()


def _another(member):
    found = make.group("Early years")
    make.place(found, member)
    return found


def test_who_may_not_write_can_still_write_to_staff(client, post, group, member, staff):
    decide(client, staff, post, "silence", rule="2.2", days="7")
    member.refresh_from_db()
    for whom, status in (("leads", 403), ("staff", 302)):
        room = Room.between(group, whom, member)
        client.force_login(member)
        url = reverse("chat:say-other", args=[group.slug, room.pk])
        assert client.post(url, {"body": "Why?", "key": f"k-{whom}"}).status_code == status


def test_a_suspended_member_is_out_at_once_and_reads_why(client, post, member, staff, time_machine):
    decide(client, staff, post, "suspend", rule="2.2", days="3")
    out = page(client, member, post.thread.get_absolute_url())
    assert out.status_code == 403 and reverse("moderation:standing") in out.text
    standing = page(client, member, reverse("moderation:standing")).text
    assert "Suspended" in standing and "/appeals/" in standing and "It could tell who the pupil is." in standing
    time_machine.move_to(timezone.now() + 3 * DAY + dt.timedelta(minutes=1))
    assert page(client, member, post.thread.get_absolute_url()).status_code == 200
    tasks.keep_time.call()
    assert not Measure.objects.in_force().exists()


def test_until_when_it_lasts_is_counted_from_the_decision_whenever_the_letter_was_made_ready(
    client, post, member, staff, time_machine
):
    ready = letters_page(client, staff, post, "suspend", rule="2.2", days="3")
    time_machine.move_to(timezone.now() + dt.timedelta(hours=3), tick=False)
    decide(client, staff, post, "suspend", rule="2.2", days="3", letter=ready.context["form"]["letter"].value())
    said = page(client, member, address(Decision.objects.get(), member)).text
    assert re.findall(r"\d\d:\d\d", said.partition("<main")[2].partition("What this means")[2]) == [
        f"{timezone.localtime(timezone.now() + 3 * DAY):%H:%M}"
    ]
    assert "until the time given below" in said and not re.search(r"suspended until \d", said)


def test_of_two_suspensions_the_longer_counts(client, post, member, staff, colleague):
    other = post.thread.reply(first(member), "And another thing")
    decide(client, staff, post, "suspend", rule="2.2", days="30")
    decide(client, colleague, other, "suspend", rule="2.2", days="3")
    member.refresh_from_db()
    assert member.suspended_until > timezone.now() + 29 * DAY
    decide(client, staff, post, "restore")
    member.refresh_from_db()
    assert timezone.now() + 2 * DAY < member.suspended_until < timezone.now() + 4 * DAY


def test_an_account_that_was_ended_can_be_given_back(client, post, member, staff):
    decide(client, staff, post, "end", rule="2.2")
    member.refresh_from_db()
    assert not member.is_active
    assert decide(client, staff, post, "suspend", rule="2.2", days="3").status_code == 403
    decide(client, staff, post, "restore")
    assert page(client, member, post.thread.get_absolute_url()).status_code == 200


def test_one_silence_that_ends_leaves_the_other(client, post, member, staff):
    other = post.thread.reply(first(member), "And another thing")
    decide(client, staff, post, "silence", rule="2.2", days="3")
    decide(client, staff, other, "restrict", rule="2.2", days="7")
    decide(client, staff, post, "restore")
    assert reply(client, member, post.thread).status_code == 403
    decide(client, staff, other, "restore")
    assert reply(client, member, post.thread).status_code == 302


def test_who_gave_no_name_is_not_named_by_what_is_decided(client, group, member, staff):
    group.allows_masked = True
    group.save()
    post = Thread(group=group, title="May I ask?").nameless().start(first(member), "Without my name")
    assert Mask.objects.get().member == member
    post = Post.objects.to_show().get(pk=post.pk)
    for act in ("suspend", "silence", "restrict", "end"):
        assert decide(client, staff, post, act, rule="2.2", days="3").status_code == 403
    assert member.name not in letters_page(client, staff, post, "hide", rule="2.2").text
    client.get(decide(client, staff, post, "hide", rule="2.2").url)
    about_them = page(client, staff, reverse("moderation:person", args=[member.handle])).text
    assert post.subject not in about_them
    assert member.name not in str(list(Entry.objects.values("details", "subject", "reason")))


def test_the_letter_by_mail_tells_nothing_and_its_link_needs_no_sign_in(client, post, lead, member, staff):
    send_report(client, lead, post, words="Ashgrove Lane is named")
    decide(client, staff, post, "suspend", rule="2.2", days="30")
    letter = Letter.objects.get(to=member.email, template="decision")
    assert letter.subject == "A decision that concerns you on Ensemble"
    for secret in ("front row", "Ashgrove", "It could tell", "2.2", lead.name, staff.name, "uspend"):
        assert secret not in letter.text, secret
    link = next(line for line in letter.text.splitlines() if "/appeals/" in line).partition("8000")[2]
    client.logout()
    opened = client.get(link)
    assert opened.status_code == 200 and "It could tell who the pupil is." in opened.text
    assert lead.name not in opened.text and staff.name not in opened.text
    told = Notification.objects.get(member=member, kind="decided")
    assert told.mailed_at, "no second letter about the same"


def test_no_decision_is_put_down_without_reasons(post, staff):
    with pytest.raises(IntegrityError), transaction.atomic():
        post.hide(staff, "")


def test_a_hundred_reporters_are_told_a_little_later(post, staff):
    for _each in range(60):
        post.report(make.person(), "spam", "")
    post.leave(staff, "Fine")
    outcome = Notification.objects.filter(kind="outcome")
    assert outcome.count() == 0
    for _twice in range(2):
        tell_reporters.call(Decision.objects.get().pk)
        assert outcome.count() == 60


def test_whoever_claimed_it_is_warned_before_the_time_runs_out_else_all_of_staff(
    client, post, lead, staff, colleague, time_machine
):
    time_machine.move_to(dt.datetime(2026, 12, 7, 10, tzinfo=dt.UTC), tick=False)
    other = post.thread.reply(post.posted_as, "Another")
    for thing in (post, other):
        send_report(client, lead, thing, kind="rules")
    Case.objects.get(subject=post.subject).claim(staff)
    warned = Notification.objects.filter(kind="due")
    tasks.keep_time.call()
    assert not warned.exists()
    time_machine.move_to(dt.datetime(2026, 12, 9, 1, tzinfo=dt.UTC), tick=False)
    tasks.keep_time.call()
    tasks.keep_time.call()
    told = {(note.member, note.thing_id) for note in warned}
    mine, free = Case.objects.get(subject=post.subject).pk, Case.objects.get(subject=other.subject).pk
    assert told == {(staff, mine), (staff, free), (colleague, free)}
    assert "Its time runs out" in page(client, staff, reverse("notifications:tray")).text
    decide(client, staff, post, "nothing")
    assert not warned.filter(thing_id=mine, read_at=None).exists()


def test_adverts_are_hidden_in_one_go_and_nobodys_own(client, post, group, lead, staff):
    make.place(group, staff)
    adverts = [post.thread.reply(first(post.author), f"Advert {number}") for number in range(3)]
    own = post.thread.reply(first(staff), "By staff")
    for thing in (*adverts, own):
        send_report(client, lead, thing, kind="spam")
    keys = {case.subject: case.pk for case in Case.objects.all()}
    chosen = {"case": [keys[advert.subject] for advert in adverts]}
    client.force_login(staff)
    url = reverse("moderation:spam")
    assert "Advert 1" in client.get(url, chosen).text
    mixed = {"case": list(keys.values()), "reason": "An advert", "thanks": "Thank you"}
    assert client.post(url, {**mixed, "case": [keys[own.subject]]}).status_code == 302
    assert not Decision.objects.exists(), "one's own is on no desk of one's own"
    assert client.post(url, {**chosen, "reason": "", "thanks": "Thank you"}).status_code == 422
    assert client.post(url, {**mixed, **chosen}).status_code == 302
    assert {(each.act, each.rule) for each in Decision.objects.all()} == {("hide", "2.3")}
    assert Post.objects.exclude(hidden=None).count() == 3 and Case.objects.open().count() == 1
    assert client.post(url, {**mixed, **chosen}).status_code == 302, "they are decided: nothing is left to do"
    client.force_login(lead)
    assert client.get(url, chosen).status_code == 404


def test_the_register_says_what_was_decided_in_time(client, post, lead, staff, time_machine):
    send_report(client, lead, post, kind="spam")
    decide(client, staff, post, "nothing")
    send_report(client, lead, post, kind="spam")
    time_machine.move_to(timezone.now() + 20 * DAY)
    decide(client, staff, post, "nothing")
    send_report(client, lead, post, kind="spam")
    lines = page(client, staff, reverse("moderation:register")).context["lines"]
    assert [(line["kind"], line["closed"], line["in_time"], line["waiting"]) for line in lines] == [("spam", 2, 1, 1)]
    assert page(client, lead, reverse("moderation:register")).status_code == 404
