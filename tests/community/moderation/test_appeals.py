"""Whoever is touched by a decision, or reported the thing, is heard by another than who decided."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from community.drafts import tasks as drafts
from community.drafts.models import APPEAL, Draft
from community.mail.models import Letter
from community.models import Entry
from community.moderation.models import Appeal, Case, Decision, Measure, Ruling, acts
from community.moderation.models.links import address
from community.notifications.models import Notification
from community.policy import Refused
from groups.threads.models import Post
from realtime.chat.models import Room
from tests.community.moderation.deeds import decide, page, send_report


@pytest.fixture
def hidden(client, post, lead, staff):
    send_report(client, lead, post)
    decide(client, staff, post, "hide", rule="3.2")
    return Decision.objects.get()


def appeal(client, decision, who, words="It names nobody."):
    """By the link in the letter, signed out."""
    client.logout()
    return client.post(address(decision, who), {"words": words})


def hear(client, who, upheld, reason="Nobody can be told from it."):
    client.force_login(who)
    url = reverse("moderation:hear", args=[Appeal.objects.order_by("-pk")[0].pk])
    return client.post(url, {"is_upheld": "yes" if upheld else "no", "reason": reason})


def test_an_upheld_appeal_restores_exactly_and_says_so(client, hidden, post, lead, member, colleague):
    kept = [field.attname for field in Post._meta.concrete_fields if field.name not in {"look", "hidden"}]
    before = {name: getattr(post, name) for name in kept}
    assert "You can appeal until" in page(client, member, hidden.get_absolute_url()).text
    assert appeal(client, hidden, member).status_code == 302
    assert "We have your appeal" in client.get(address(hidden, member)).text
    assert hear(client, colleague, upheld=True).status_code == 302
    post = Post.objects.get(pk=post.pk)
    assert {name: getattr(post, name) for name in kept} == before and not post.is_hidden
    assert "front row" in page(client, lead, post.thread.get_absolute_url()).text
    assert "Your appeal was upheld" in client.get(address(hidden, member)).text
    over = page(client, member, hidden.get_absolute_url()).text
    assert "stands against you no longer" in over and "You can appeal until" not in over
    told = Notification.objects.get(member=member, kind="restore")
    restored = Decision.objects.get(pk=told.thing_id)
    assert "Nobody can be told from it." in page(client, member, restored.get_absolute_url()).text
    assert Letter.objects.filter(to=member.email, template="decision").count() == 2


def test_what_was_taken_back_is_no_news_any_more(client, hidden, member, colleague):
    unread = Notification.objects.filter(member=member).unread()
    assert list(unread.values_list("kind", flat=True)) == ["hide"]
    appeal(client, hidden, member)
    hear(client, colleague, upheld=True)
    assert list(unread.values_list("kind", flat=True)) == ["restore"]


def test_a_refused_appeal_leaves_it_and_gives_reasons(client, hidden, post, member, colleague):
    appeal(client, hidden, member)
    assert hear(client, colleague, upheld=False, reason="The lane has one school.").status_code == 302
    assert Post.objects.get(pk=post.pk).is_hidden
    client.logout()
    outcome = client.get(address(hidden, member)).text
    assert "Your appeal was refused" in outcome and "The lane has one school." in outcome
    letter = Letter.objects.get(to=member.email, template="appeal_heard")
    assert "lane" not in letter.text and "front row" not in letter.text
    assert Notification.objects.filter(member=member, kind="appeal-heard").exists()


def test_who_decided_does_not_hear_the_appeal(client, hidden, member, staff, colleague):
    appeal(client, hidden, member)
    refused = hear(client, staff, upheld=False)
    assert refused.status_code == 403 and "A colleague has to hear" in refused.text
    assert Appeal.objects.get().heard_at is None
    assert hear(client, colleague, upheld=False).status_code == 302
    assert hear(client, colleague, upheld=True).status_code == 403, "it was heard already"


def test_who_is_suspended_is_heard_and_comes_in_again(client, post, member, staff, colleague):
    decide(client, staff, post, "suspend", rule="2.2", days="30")
    decision = Decision.objects.get()
    appeal(client, decision, member)
    hear(client, colleague, upheld=True)
    assert page(client, member, post.thread.get_absolute_url()).status_code == 200
    assert not Measure.objects.in_force().exists()


def test_whoever_reported_it_may_appeal_and_the_case_is_open_again(client, post, lead, member, staff, colleague):
    receipt = send_report(client, lead, post).url
    decide(client, staff, post, "nothing", thanks="It stays.")
    decision = Decision.objects.get()
    assert address(decision, lead)[:12] in page(client, lead, receipt).text
    assert appeal(client, decision, lead, "You can tell who it is.").status_code == 302
    shown = client.get(address(decision, lead)).text
    assert "front row" not in shown and member.name not in shown
    desk = page(client, colleague, f"{reverse('moderation:desk')}?show=appeals").text
    assert "by somebody who reported it" in desk and lead.name not in desk
    heard = page(client, colleague, reverse("moderation:hear", args=[Appeal.objects.get().pk])).text
    assert lead.name not in heard.partition("Where it stands")[0]
    hear(client, colleague, upheld=True)
    assert Case.objects.open().count() == 1
    assert Letter.objects.filter(to=lead.email, template="appeal_heard").exists()
    assert not Notification.objects.filter(member=member).exclude(kind__in=["replied", "posted"]).exists()


def test_others_have_nothing_to_appeal_against(client, hidden, outsider, member, staff, post):
    assert appeal(client, hidden, outsider).status_code == 403
    post.restore(staff, "A mistake")
    assert appeal(client, hidden, member).status_code == 403, "it stands against them no longer"
    assert appeal(client, Decision.objects.get(act="restore"), member).status_code == 403
    assert not Appeal.objects.exists()


def test_the_time_to_appeal_is_shown_and_kept(client, hidden, member, time_machine):
    limit = hidden.appeal_until
    assert f"until {timezone.localtime(limit).day} " in client.get(address(hidden, member)).text
    link = address(hidden, member)
    time_machine.move_to(limit + dt.timedelta(minutes=1))
    assert client.post(link, {"words": "Late"}).status_code == 403
    time_machine.move_to(limit - dt.timedelta(minutes=1))
    assert client.post(link, {"words": "In time"}).status_code == 302


def test_opening_the_link_changes_nothing_and_a_made_up_one_opens_nothing(client, hidden, member):
    link = address(hidden, member)
    for call in (client.get, client.head):
        assert call(link).status_code == 200
    assert not Appeal.objects.exists()
    assert client.get(link[:-3] + "x/").status_code == 404
    assert client.post(link, {"words": ""}).status_code == 422


def test_pressed_twice_it_is_one_appeal_and_too_many_are_held_back(client, hidden, member, settings):
    appeal(client, hidden, member)
    assert appeal(client, hidden, member, "Again").status_code == 200
    assert Appeal.objects.get().words == "It names nobody."
    assert Entry.objects.filter(act="appeal").count() == 1
    settings.LIMITS = {**settings.LIMITS, "appeal": "1/1d"}
    Appeal.objects.all().delete()
    appeal(client, hidden, member)
    Appeal.objects.all().delete()
    held = appeal(client, hidden, member, "Once more, with reasons")
    assert held.status_code == 429 and "Once more, with reasons" in held.text


def test_what_was_decided_about_it_later_stays(client, hidden, post, member, staff, colleague):
    appeal(client, hidden, member)
    decide(client, colleague, post, "warn", rule="2.1")
    hear(client, colleague, upheld=True)
    assert not Post.objects.get(pk=post.pk).is_hidden
    assert [measure.act for measure in Measure.objects.in_force()] == ["warn"]


def test_what_was_undone_meanwhile_is_not_undone_twice_and_the_appeal_is_answered(
    client, hidden, post, member, staff, colleague
):
    appeal(client, hidden, member)
    decide(client, colleague, post, "restore")
    assert hear(client, colleague, upheld=True).status_code == 302
    assert Decision.objects.filter(act="restore").count() == 1
    assert "Your appeal was upheld" in client.get(address(hidden, member)).text
    assert Letter.objects.filter(to=member.email, template="appeal_heard").count() == 1


def test_nothing_is_restored_where_nothing_was_done(client, hidden, post, staff):
    known = Post.objects.get(pk=post.pk)
    decide(client, staff, post, "restore")
    for again in (lambda: known.undo(hidden, staff, "Again"), lambda: known.decide(staff, Ruling("restore", "Again"))):
        with pytest.raises(Refused):
            again()
    assert Decision.objects.filter(act="restore").count() == 1


def test_a_message_waits_for_its_appeal_before_it_is_forgotten(client, group, member, staff, colleague, time_machine):
    room = Room.of(group)
    said = room.say(member, "Old words", "k1", member.affiliations.get())
    decision = said.hide(staff, "Why")
    time_machine.move_to(timezone.now() + dt.timedelta(days=182))
    Appeal.lodge(decision, member, "Please")
    time_machine.move_to(timezone.now() + dt.timedelta(days=3))
    assert not room.due_to_go(30).exists()
    Appeal.objects.get().refuse(colleague, "No")
    assert room.due_to_go(30).exists()


def test_drafts_wait_until_the_end_of_an_account_cannot_be_appealed_against_any_more(member, time_machine):
    begun = timezone.now()
    Draft.objects.create(member=member, place="reply:threads.thread-1", at=begun)
    time_machine.move_to(begun + dt.timedelta(days=89))
    drafts.forget.func()
    member.end()
    time_machine.move_to(begun + dt.timedelta(days=89) + acts.APPEAL)
    drafts.forget.func()
    assert Draft.objects.exists() and APPEAL == acts.APPEAL
    time_machine.move_to(begun + dt.timedelta(days=91) + acts.APPEAL)
    drafts.forget.func()
    assert not Draft.objects.exists()


def test_the_desk_of_appeals_is_for_staff(client, hidden, member, lead):
    appeal(client, hidden, member)
    for other, answer in ((member, 302), (lead, 404)):  # whoever lodged it is led to the page of their letter
        assert page(client, other, reverse("moderation:hear", args=[Appeal.objects.get().pk])).status_code == answer
        assert hear(client, other, upheld=True).status_code == 404


def test_standing_asks_who_it_is(client, hidden, member, lead):
    client.logout()
    assert client.get(reverse("moderation:standing")).status_code == 302
    assert "Hidden" in page(client, member, reverse("moderation:standing")).text
    assert "Nothing stands against you" in page(client, lead, reverse("moderation:standing")).text


def test_the_desk_counts_only_what_is_for_its_reader_to_hear(client, hidden, member, staff, colleague):
    appeal(client, hidden, member)
    for show in ("open", "appeals"):
        desk = f"{reverse('moderation:desk')}?show={show}"
        assert page(client, colleague, desk).context["appeals"] == 1
        assert page(client, staff, desk).context["appeals"] == 0
    assert "Appeal against" in page(client, staff, desk).text, "they see that it waits for a colleague"
    hear(client, colleague, upheld=False)
    assert page(client, colleague, desk).context["appeals"] == 0


def test_what_was_decided_says_which_of_the_things_one_wrote_it_is_about(client, hidden, post, member):
    when = f'about your post, <time datetime="{timezone.localtime(post.posted).isoformat()}'[:48]
    for url in (reverse("moderation:standing"), hidden.get_absolute_url(), address(hidden, member)):
        assert when in " ".join(page(client, member, url).text.split()), url
