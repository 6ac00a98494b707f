"""Two of staff, or two windows of one, at the same case: what was decided meanwhile is not decided once more unseen."""

import re

import pytest
from django.urls import reverse

from community.moderation import cases
from community.moderation.models import Case, Decision, Ruling
from community.policy import Refused
from tests import make
from tests.community.moderation.deeds import case_page, decide, page, send_report


def letters_page(client, who, thing, act="warn", **said):
    """The last page before a decision, and what its form sends along."""
    said = "&".join(f"{name}={value}" for name, value in {"act": act, "rule": "2.2", **said}.items())
    answer = page(client, who, f"{reverse('moderation:decide', args=[thing.subject])}?{said}")
    return answer, dict(re.findall(r'type="hidden" name="(\w+)" value="(\d+)"', answer.text))


def test_what_a_colleague_decided_meanwhile_is_not_decided_once_more(client, lead, staff, colleague, member, post):
    send_report(client, lead, post)
    _answer, known = letters_page(client, staff, post)
    decide(client, colleague, post, "suspend", rule="2.2", days=3)
    late = decide(client, staff, post, "suspend", rule="2.2", days=30, reason="Words I typed.", **known)
    assert late.status_code == 403
    assert "decided about this meanwhile" in late.text
    assert "Words I typed." in late.text
    assert [each.by for each in Decision.objects.all()] == [colleague]
    assert Case.objects.count() == 1
    again = letters_page(client, staff, post)[1]
    assert decide(client, staff, post, "warn", rule="2.2", **again).status_code == 302
    assert Decision.objects.count() == 2


def test_sending_a_decision_twice_decides_once(client, lead, staff, member, post):
    send_report(client, lead, post)
    _answer, known = letters_page(client, staff, post)
    assert decide(client, staff, post, "warn", rule="2.2", **known).status_code == 302
    assert decide(client, staff, post, "warn", rule="2.2", **known).status_code == 403
    assert Decision.objects.count() == 1


def test_what_is_undone_is_what_the_page_offered(client, staff, colleague, member, post):
    decide(client, colleague, post, "warn", rule="2.2")
    _answer, known = letters_page(client, staff, post, "restore")
    decide(client, colleague, post, "suspend", rule="2.2", days=3)
    assert decide(client, staff, post, "restore", **known).status_code == 403
    member.refresh_from_db()
    assert member.is_suspended
    known = letters_page(client, staff, post, "restore")[1]
    assert decide(client, staff, post, "restore", **known).status_code == 302
    member.refresh_from_db()
    assert not member.is_suspended


def test_steps_chosen_on_an_old_page_lead_to_the_case_as_it_is_now(client, lead, staff, colleague, member, post):
    send_report(client, lead, post)
    seen = re.search(r'name="seen" value="(\d+)"', case_page(client, staff, post).text)[1]
    decide(client, colleague, post, "warn", rule="2.2")
    old, _known = letters_page(client, staff, post, seen=seen)
    assert old.status_code == 302
    assert "decided about this meanwhile" in client.get(old.url).text
    assert letters_page(client, staff, post, seen="9" * 5000)[0].status_code == 302
    late = decide(client, staff, post, "warn", rule="2.2", reason="Words I typed.", seen="rubbish")
    assert late.status_code == 403 and "Words I typed." in late.text, "what nobody can have seen is old"


def test_nothing_is_hidden_as_spam_that_a_colleague_left_as_it_is_at_the_same_moment(
    client, lead, staff, colleague, post
):
    def hide(found):
        return cases.hide_all(staff, found, Ruling("hide", "An advert", "2.3"))

    send_report(client, lead, post, kind="spam")
    found = [cases.find(staff, post.subject)]
    post.leave(colleague, "It is none")
    with pytest.raises(Refused, match="decided about this meanwhile"):
        hide(found)
    assert Case.objects.count() == 1 and not Decision.objects.filter(act="hide").exists()
    send_report(client, lead, post, kind="spam")
    assert hide([cases.find(staff, post.subject)])


def test_the_last_page_names_the_rule_and_where_it_goes(client, lead, staff, member, post):
    other = make.group("Data and impact")
    answer, _known = letters_page(client, staff, post, "move", to=f"group-{other.pk}")
    assert "2.2 Harassment, threats, hatred" in answer.text
    assert "Data and impact" in answer.text
    answer, _known = letters_page(client, staff, post, "edit", to=f"group-{other.pk}")
    assert "the author has until" in answer.text
    assert "Data and impact" not in answer.text
