"""The desk's page of files that are not taken again, and lifting that with a reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community.files import BadFile
from community.models import Entry
from community.moderation.models import Act, Appeal, BarredFile, Keeper, Moderatable, Ruling, SealedCase, Worry
from groups.threads.models import PostFile, Thread
from tests import make
from tests.community.moderation.deeds import decide, first, page, send_report
from tests.community.moderation.test_barred import upload

BARRED = reverse("moderation:barred")
LIFT = "Let it be uploaded again"


def with_picture(group, writer, look=(200, 30, 30)):
    return Thread(group=group, title="Look").start(first(writer), "This", files=[PostFile(stored=upload(writer, look))])


def taken_down(group, writer, staff, look=(200, 30, 30)):
    """The bar of a picture that staff removed."""
    with_picture(group, writer, look).decide(staff, Ruling(Act.REMOVE, "It shows a pupil.", "5.1"))
    return BarredFile.objects.latest("pk")


def lift(client, who, bar, reason="It was the wrong file."):
    client.force_login(who)
    return client.post(bar.get_absolute_url(), {"reason": reason})


@pytest.fixture
def bar(group, member, staff):
    return taken_down(group, member, staff)


def test_staff_see_since_when_by_whom_and_from_which_case_and_others_see_no_such_page(client, bar, lead, staff):
    text = page(client, staff, BARRED).text
    assert bar.sha256[:12] in text and "Removed" in text and staff.name in text and str(bar.decision.case) in text
    assert bar.decision.case.get_absolute_url() in text
    assert "It shows a pupil." in page(client, staff, bar.get_absolute_url()).text
    for url in (BARRED, bar.get_absolute_url()):
        assert page(client, lead, url).status_code == 404
    assert lift(client, lead, bar).status_code == 404
    assert BarredFile.has(bar.sha256)


def test_a_bar_is_lifted_with_a_reason_which_stands_in_the_ledger(client, bar, lead, staff):
    with pytest.raises(BadFile):
        upload(lead)
    assert lift(client, staff, bar, reason="").status_code == 422
    assert BarredFile.has(bar.sha256), "not without a reason"
    assert lift(client, staff, bar).status_code == 302
    assert upload(lead).pk, "it is taken again"
    entry = Entry.objects.get(act="lift-bar")
    assert (entry.actor, entry.reason, entry.subject) == (staff, "It was the wrong file.", bar.decision.subject)
    assert bar.sha256[:12] not in page(client, staff, BARRED).text
    assert page(client, staff, bar.get_absolute_url()).status_code == 404, "there is nothing left to lift"
    assert bar.decision.stands, "what it was a part of stays removed"


def test_each_decision_that_keeps_the_same_file_away_is_lifted_by_itself(client, group, member, lead, staff):
    posts = [with_picture(group, member), with_picture(group, lead)]
    for post in posts:
        post.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    one, other = BarredFile.objects.order_by("pk")
    assert "1 other decision keeps the same file away" in page(client, staff, one.get_absolute_url()).text
    lift(client, staff, one)
    with pytest.raises(BadFile):
        upload(lead)
    assert "other decision" not in page(client, staff, other.get_absolute_url()).text
    lift(client, staff, other)
    assert upload(lead).pk


def test_whose_it_was_and_who_reported_it_neither_see_it_nor_lift_it(client, group, colleague, third, staff):
    make.place(group, colleague)
    make.place(group, third)
    post = with_picture(group, colleague)
    send_report(client, third, post, kind="rules")
    post.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    bar = BarredFile.objects.get()
    for who in (colleague, third):
        assert bar.sha256[:12] not in page(client, who, BARRED).text
        assert lift(client, who, bar).status_code == 404
    assert BarredFile.has(bar.sha256)
    assert lift(client, staff, bar).status_code == 302
    assert not BarredFile.has(bar.sha256)


def test_who_decided_lifts_nothing_while_somebody_appeals_and_a_colleague_may(client, bar, member, colleague, staff):
    Appeal.lodge(bar.decision, member, "It shows me.")
    assert LIFT not in page(client, staff, bar.get_absolute_url()).text
    assert lift(client, staff, bar).status_code == 403
    assert LIFT in page(client, colleague, bar.get_absolute_url()).text
    assert lift(client, colleague, bar).status_code == 302


def test_what_was_undone_is_not_on_the_list(client, bar, member, staff):
    thing = Moderatable.find(bar.decision.subject)
    decide(client, staff, thing, "restore")
    assert bar.sha256[:12] not in page(client, staff, BARRED).text


def test_of_what_is_sealed_staff_see_a_count_and_keepers_the_way_there(client, bar, group, lead, keeper, staff):
    worrying = with_picture(group, lead, (1, 2, 3))
    SealedCase.take(Worry("abuse", "Look at it"), worrying)
    SealedCase.take(Worry("worry", "And at this"), Moderatable.find(bar.decision.subject))
    Keeper.name("lead", keeper)
    text = page(client, staff, BARRED).text
    assert "1 sealed case keeps files away" in text and reverse("moderation:sealed") not in text
    assert bar.sha256[:12] not in text, "what is held is for the keepers alone"
    assert page(client, staff, bar.get_absolute_url()).status_code == 404
    assert lift(client, staff, bar).status_code == 404
    assert BarredFile.has(bar.sha256)
    assert reverse("moderation:sealed") in page(client, keeper, BARRED).text


def test_the_page_goes_on_after_fifty_and_costs_the_same_however_many_there_are(
    client, bar, group, member, staff, django_assert_max_num_queries
):
    page(client, staff, BARRED)
    with django_assert_max_num_queries(16):
        assert "Older" not in page(client, staff, BARRED).text
    for number in range(52):
        facts = {"why": "removed", "decision": bar.decision}
        last = BarredFile.objects.create(sha256=f"{number:064}", **facts)
    with django_assert_max_num_queries(16):
        text = page(client, staff, BARRED).text
    assert "Older" in text and str(bar) not in text
    rows = BarredFile.objects.filter(pk__lte=last.pk).order_by("-pk")
    assert str(bar) in page(client, staff, f"{BARRED}?after={rows[49].pk}").text
