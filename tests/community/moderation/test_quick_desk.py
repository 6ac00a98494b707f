"""A desk that is worked through quickly: from case to case, with the next one opened, and read at a glance."""

import pytest
from django.urls import reverse

from community.moderation.models import Case, Decision
from tests import make
from tests.community.moderation.deeds import case_page, claim, decide, first, page, send_report

DESK = reverse("moderation:desk")


@pytest.fixture
def queue(client, post, lead):
    """Three that were reported one after the other."""
    things = [post, *(post.thread.reply(post.posted_as, f"Number {n}") for n in (2, 3))]
    for thing in things:
        send_report(client, lead, thing, kind="spam")
    return things


def case_of(thing):
    return Case.objects.get(subject=thing.subject)


def test_a_decision_leads_to_the_next_case_and_the_last_one_to_the_desk(client, queue, staff):
    one, two, three = queue
    assert decide(client, staff, two, "nothing").url == case_of(three).get_absolute_url()
    told = page(client, staff, case_of(three).get_absolute_url()).text
    assert f"{case_of(two)}</a>: No action" in told and "Letters leave" not in told
    assert decide(client, staff, three, "hide", rule="2.3").url == case_of(one).get_absolute_url()
    assert "Letters leave after a minute" in page(client, staff, case_of(one).get_absolute_url()).text
    assert decide(client, staff, one, "warn", rule="2.3").url == DESK
    assert f"{case_of(one)}</a>: Warned" in page(client, staff, DESK).text
    assert f"{case_of(one)}</a>: Warned" not in page(client, staff, DESK).text


def test_the_next_is_none_that_a_colleague_is_at_or_that_one_wrote(client, queue, group, lead, staff, colleague):
    one, two, three = queue
    claim(client, colleague, two)
    make.place(group, staff)
    own = one.thread.reply(first(staff), "By staff")
    send_report(client, lead, own, kind="spam")
    assert decide(client, staff, one, "nothing").url == case_of(three).get_absolute_url()
    assert decide(client, staff, three, "nothing").url == DESK


def test_the_next_is_none_of_a_confidential_group_for_that_would_be_a_look(client, queue, lead, staff):
    one, two, three = queue
    secret = make.group(name="Whispering", is_confidential=True, joining="closed")
    make.place(secret, lead), make.place(secret, one.author)
    hidden = make.thread(secret, one.author).posts.get()
    send_report(client, lead, hidden, kind="intimate")
    assert decide(client, staff, one, "nothing").url == case_of(two).get_absolute_url()
    decide(client, staff, two, "nothing")
    assert decide(client, staff, three, "nothing").url == DESK


def test_a_line_of_the_desk_tells_nothing_of_what_is_in_a_confidential_group(client, queue, lead, staff):
    secret = make.group(name="Whispering", is_confidential=True, joining="closed")
    whisperer = make.person("whisperer")
    make.place(secret, lead), make.place(secret, whisperer)
    hidden = make.thread(secret, whisperer, body="Nobody else shall know").posts.get()
    send_report(client, lead, hidden, kind="intimate")
    desk = page(client, staff, DESK).text
    assert case_of(hidden).get_absolute_url() in desk
    assert "Nobody else" not in desk and "whisperer" not in desk
    assert "Opening it is put into the ledger" in desk
    assert queue[0].words in desk, "what staff see in its place has its words"


def test_a_case_has_the_one_before_and_the_one_after_it_beside_it(client, queue, staff):
    one, two, three = (case_of(thing).get_absolute_url() for thing in queue)
    shown = page(client, staff, two).text
    assert f'href="{one}" data-key="k"' in shown and f'href="{three}" data-key="j"' in shown
    assert "Previous case" not in page(client, staff, one).text
    assert "Next case" not in page(client, staff, three).text


def test_the_desk_shows_plain_words_and_no_marks(client, post, lead, staff):
    advert = post.thread.reply(post.posted_as, "**30 % off**, see [our shop](https://shop.example) & <b>more</b>")
    send_report(client, lead, advert, kind="spam")
    desk = page(client, staff, DESK).text
    assert "30 % off, see our shop &amp; " in desk and "**" not in desk
    assert "**30 % off**" in case_page(client, staff, advert).text, "there it stands as it was written"


def test_a_case_is_claimed_and_released_from_the_desk_and_one_is_back_at_its_line(client, queue, staff, colleague):
    case = case_of(queue[1])
    answer = claim(client, staff, queue[1], stay="open")
    assert answer.url == f"{DESK}?show=open&at={case.pk}"
    row = page(client, staff, answer.url).text
    assert f'{case.get_absolute_url()}" autofocus' in row and row.count("autofocus") == 1
    assert claim(client, colleague, queue[1], stay="open").status_code == 403, "it is taken over on its page alone"
    assert claim(client, staff, queue[1], stay="mine", release="1").url == f"{DESK}?show=mine&at={case.pk}"
    assert case_of(queue[1]).claimed_by is None


def test_every_step_has_one_key_and_who_switched_keys_off_sees_none(client, post, lead, staff):
    send_report(client, lead, post, kind="spam")
    shown = case_page(client, staff, post).text
    assert all(f'data-key="{key}"' in shown for key in "123456789abdf")
    staff.has_keys = False
    staff.save()
    assert 'data-key="5"' not in case_page(client, staff, post).text


def test_the_rule_that_a_report_speaks_of_stands_ready_and_goes_with_no_decision_that_touches_nobody(
    client, post, lead, staff
):
    send_report(client, lead, post, kind="spam")
    assert '<option value="2.3" selected>' in case_page(client, staff, post).text
    decide(client, staff, post, "nothing", rule="2.3")
    assert Decision.objects.get().rule == ""


def test_what_was_hidden_as_spam_in_one_go_has_each_its_own_reasons_and_is_said(client, queue, staff):
    keys = [case_of(thing).pk for thing in queue]
    client.force_login(staff)
    client.post(reverse("moderation:spam"), {"case": keys, "reason": "An advert", "thanks": "Thank you"})
    assert Decision.objects.filter(act="hide", reason="An advert", rule="2.3").count() == 3
    told = client.get(DESK).text
    assert all(f"Case {key}</a>: Hidden." in told for key in keys)


def test_what_was_decided_in_another_window_is_named_and_the_rest_is_hidden(client, queue, staff):
    keys = [case_of(thing).pk for thing in queue]
    url, said = reverse("moderation:spam"), {"reason": "An advert", "thanks": "Thank you"}
    client.force_login(staff)
    client.post(url, {"case": keys[:1], **said})
    assert "Decided meanwhile" not in client.get(DESK).text
    client.post(url, {"case": keys, **said})
    told = client.get(DESK).text
    assert f"Case {keys[0]}</a>" in told.partition("Decided meanwhile")[2]
    assert all(f"Case {key}</a>: Hidden." in told for key in keys[1:])
    client.post(url, {"case": keys, **said})
    told = client.get(DESK).text.partition("Decided meanwhile")[2]
    assert all(f"Case {key}</a>" in told for key in keys)
    assert Decision.objects.count() == 3


def test_hiding_as_spam_asks_for_something_ticked(client, queue, staff):
    client.force_login(staff)
    assert "Tick what is spam first" in client.get(reverse("moderation:spam"), follow=True).text
