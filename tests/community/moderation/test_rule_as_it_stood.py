"""A statement of reasons says the rule as it stood when it was decided, whatever becomes of rules and case."""

import datetime as dt

import pytest
from django.utils import timezone

from community.members.models import SiteText
from community.moderation.models import Decision
from community.moderation.models.links import address
from community.moderation.tasks import word_old_rules
from community.privacy.retention import carry_out
from tests.community.moderation.deeds import decide, page, send_report

OLD, NEW = "No pictures or names of pupils at all.", "Pupils may be named by anybody."
RULES = "# 3 Pupils\n\n**3.2** {}\n\n# 4 Rights\n\n**4.1** Share only what is yours."


def publish(staff, words):
    text = SiteText.write("rules", RULES.format(words), staff)
    return text.publish(staff, "Another rule", None)


@pytest.fixture
def decided(client, post, lead, staff):
    """By version 2 of the rules; then there is a third."""
    publish(staff, OLD)
    send_report(client, lead, post, kind="rules")
    decide(client, staff, post, "hide", rule="3.2")
    return Decision.objects.get()


def test_a_later_edit_of_the_rules_does_not_change_what_the_author_reads(client, decided, member, staff):
    publish(staff, NEW)
    for text in (page(client, member, decided.get_absolute_url()).text, client.get(address(decided, member)).text):
        assert OLD in text and NEW not in text and "Share only" not in text and "4 Rights" not in text
        assert "/about/rules/versions/2/#rule-3-2" in text
    client.logout()
    assert OLD in client.get("/about/rules/versions/2/").text


def test_the_shipped_rules_are_a_version_too(client, post, lead, member, staff):
    send_report(client, lead, post, kind="rules")
    decide(client, staff, post, "hide", rule="3.2")
    decision = Decision.objects.get()
    assert decision.rules_number == 1 and decision.rule_words
    assert decision.rule_url == "/about/rules/versions/1/#rule-3-2"
    assert client.get("/about/rules/versions/1/").status_code == 200


def test_decisions_from_before_get_the_words_that_were_in_force_then(decided, staff, time_machine):
    time_machine.move_to(timezone.now() + dt.timedelta(days=1))
    publish(staff, NEW)
    Decision.objects.update(rule_words="", rules_number=None)
    for _twice in range(2):
        word_old_rules.call()
    decided.refresh_from_db()
    assert (decided.rule_words, decided.rules_number) == (f"3.2 {OLD}", 2)


def test_a_decision_without_a_rule_keeps_none(client, post, lead, staff):
    send_report(client, lead, post, kind="rules")
    decide(client, staff, post, "nothing")
    decision = Decision.objects.get()
    assert decision.rule_words == "" and decision.rules_number is None


def test_when_its_reasons_are_deleted_the_statement_still_says_what_was_done_by_which_rule_and_how_it_reads(
    client, decided, member, staff, time_machine
):
    at = decided.at
    for _year in range(8):
        time_machine.move_to(timezone.now() + dt.timedelta(days=366))
        carry_out()
    decided.refresh_from_db()
    assert decided.letter == "" and "deleted after their time" in decided.reason
    text = page(client, member, decided.get_absolute_url()).text
    assert OLD in text and "3.2" in text and "Nobody sees its text any more" in text and str(at.year) in text
    assert "Ashgrove" not in text and "could tell who the pupil" not in text
