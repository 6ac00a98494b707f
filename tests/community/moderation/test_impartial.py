"""Nobody decides about what they reported, or again once somebody appealed; nobody's own case is on their desk."""

import pytest
from django.urls import reverse

from community.moderation.models import Appeal, Case, Decision, Ruling
from community.moderation.models.links import address
from community.policy import Refused
from groups.threads.models import Post, Thread
from tests import make
from tests.community.moderation.deeds import case_page, claim, decide, first, page, send_report

DESK = "/desk/"


@pytest.fixture
def hidden(client, post, lead, staff, colleague):
    send_report(client, lead, post)
    decide(client, staff, post, "hide", rule="3.2")
    return Decision.objects.get()


def hear(client, who, upheld):
    client.force_login(who)
    url = reverse("moderation:hear", args=[Appeal.objects.latest("pk").pk])
    return client.post(url, {"is_upheld": "yes" if upheld else "no", "reason": "I looked again."})


def test_staff_do_not_decide_what_they_reported_and_a_colleague_does(client, group, post, staff, colleague):
    send_report(client, staff, post)
    assert post.subject not in page(client, staff, DESK).text
    refused = case_page(client, staff, post)
    assert refused.status_code == 403 and "You reported this yourself" in refused.text
    assert claim(client, staff, post).status_code == decide(client, staff, post, "hide", rule="2.2").status_code == 403
    with pytest.raises(Refused):
        post.hide(staff, "At the model's door too", "2.2")
    assert post.subject in page(client, colleague, DESK).text
    assert decide(client, colleague, post, "hide", rule="2.2").status_code == 302
    assert Post.objects.get(pk=post.pk).hidden.by == colleague


def test_staff_who_reported_it_do_not_hear_the_authors_appeal(client, post, member, staff, colleague, third):
    send_report(client, staff, post)
    decide(client, colleague, post, "hide", rule="2.2")
    lodged = Appeal.lodge(Decision.objects.get(), member, "It is not so")
    assert str(lodged) not in page(client, staff, f"{DESK}?show=appeals").text
    assert hear(client, staff, upheld=False).status_code == 403
    with pytest.raises(Refused):
        lodged.refuse(staff, "At the model's door too")
    assert hear(client, third, upheld=True).status_code == 302


def test_ones_own_is_on_no_list_of_ones_own_desk(client, group, post, lead, staff, colleague):
    make.place(group, colleague)
    named = post.thread.reply(first(colleague), "You all talk too much")
    veiled = Thread(group=group, title="What nobody dares", author=colleague)
    veiled.is_nameless = True
    opening = veiled.start(first(colleague), "Say it")
    for each in (post, named, opening, opening.thread):
        each.report(lead, "rules", "Look")
    mine, theirs = page(client, colleague, DESK).text, page(client, staff, DESK).text
    assert post.subject in mine and post.subject in theirs
    for each in (named, opening, opening.thread):
        assert f"/desk/{each.subject}/" not in mine and f"/desk/{each.subject}/" in theirs


def test_after_an_appeal_whoever_decided_leaves_it_to_a_colleague(client, hidden, post, member, staff, colleague):
    Appeal.lodge(hidden, member, "It is not so")
    undone = decide(client, staff, post, "restore")
    assert undone.status_code == 403 and "before somebody appealed" in undone.text
    hear(client, colleague, upheld=True)
    again = decide(client, staff, post, "hide", rule="3.2")
    assert again.status_code == 403 and not Post.objects.get(pk=post.pk).is_hidden
    shown = case_page(client, staff, post)
    assert shown.status_code == 200 and "before somebody appealed" in shown.text


def test_a_case_that_is_open_again_is_for_another_than_who_closed_it(client, post, lead, staff, colleague):
    send_report(client, lead, post)
    decide(client, staff, post, "nothing")
    Appeal.lodge(Decision.objects.get(), lead, "You can tell who it is")
    hear(client, colleague, upheld=True)
    assert Case.objects.open().count() == 1
    assert claim(client, staff, post).status_code == 403
    assert decide(client, staff, post, "nothing").status_code == 403
    with pytest.raises(Refused):
        post.decide(staff, Ruling("nothing", "At the model's door too"))
    assert decide(client, colleague, post, "hide", rule="3.2").status_code == 302


def test_where_nobody_is_left_it_says_what_to_do(client, post, staff):
    send_report(client, staff, post)
    assert "has to name one more" in case_page(client, staff, post).text
    desk = page(client, staff, DESK).text
    assert "has to name one more" in desk and post.subject not in desk
    make.person("one-more", is_staff=True)
    assert "has to name one more" not in case_page(client, staff, post).text
    assert "has to name one more" not in page(client, staff, DESK).text


def test_the_link_of_the_letter_still_opens_to_staff_who_reported_it(client, post, lead, staff, colleague):
    send_report(client, staff, post)
    decide(client, colleague, post, "nothing")
    client.logout()
    link = address(Decision.objects.get(), staff)
    assert client.post(link, {"words": "It does harm"}).status_code == 302
    assert "We have your appeal" in client.get(link).text


def test_letters_that_come_too_late_are_handed_back(client, post, lead, staff, colleague):
    send_report(client, lead, post)
    decide(client, colleague, post, "hide", rule="3.2")
    late = decide(client, staff, post, "hide", rule="3.2", letter="Dear cornet,", thanks="Well spotted.")
    assert late.status_code == 403 and "Dear cornet," in late.text and "Well spotted." in late.text
