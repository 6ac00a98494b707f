"""A discussion is moved to another group by decision: with reasons, and back exactly when an appeal is upheld."""

import datetime as dt

import pytest
from django.urls import reverse

from community.models import Entry
from community.moderation.models import Appeal, Decision, Measure
from community.policy import Refused
from groups.models import Group
from groups.tags.models import Tag
from groups.threads.models import Thread
from tests import make
from tests.community.moderation.deeds import case_page, decide, page

pytestmark = pytest.mark.django_db
KEPT = [each.attname for each in Thread._meta.concrete_fields if each.name != "look"]


@pytest.fixture
def other():
    return make.group("Instruments")


@pytest.fixture
def thread(group, lead, member):
    thread = make.thread(group, member, body=f"Which reeds, @{lead.handle}?")
    thread.tags.add(Tag.add(lead, group, "Reeds"))
    thread.pin(lead, dt.date(2031, 1, 2))
    thread.reply(lead.affiliations.get(), "Not here, I think.")
    return thread


def move(client, who, thing, to, **said):
    return decide(client, who, thing, "move", **{"rule": "2.3", "to": to.stream, **said})


def now(thread):
    thread = Thread.objects.get(pk=thread.pk)
    posts = list(thread.posts.order_by("pk").values("pk", "number", "body", "html", "thread", "author"))
    return {name: getattr(thread, name) for name in KEPT}, posts, set(thread.tags.values_list("pk", flat=True))


@pytest.mark.parametrize("about", ["thread", "post"])
def test_it_is_offered_shown_with_its_letters_and_done(client, staff, member, thread, group, other, about):
    thing = thread if about == "thread" else thread.posts.get(number=1)
    offered = case_page(client, staff, thing).text
    assert (
        'value="move"' in offered and f'value="{other.stream}"' in offered and f'value="{group.stream}"' not in offered
    )
    url = reverse("moderation:decide", args=[thing.subject])
    written = client.get(url, {"act": "move", "rule": "2.3", "to": other.stream}).text
    assert "we have moved the discussion to another group" in written and f'name="to" value="{other.stream}"' in written
    assert now(thread)[0]["group_id"] == group.pk, "looking moves nothing"
    assert move(client, staff, thing, other).status_code == 302
    assert now(thread)[0]["group_id"] == other.pk
    decision = Decision.objects.get(act="move")
    assert decision.rule and decision.stands
    statement = page(client, member, decision.get_absolute_url()).text
    assert "stands in another group now" in statement and other.name not in statement
    assert Entry.objects.filter(act="move").count() == Entry.objects.filter(act="move-thread").count() == 1


def test_who_reads_in_the_other_group_alone_reads_it_then(client, staff, thread, other, outsider, member):
    make.place(other, outsider)
    Group.objects.update(visibility="closed")
    url = thread.get_absolute_url()
    assert page(client, outsider, url).status_code == 404 and page(client, member, url).status_code == 200
    move(client, staff, thread, other)
    assert page(client, member, url).status_code == 404
    assert page(client, outsider, Thread.objects.get().get_absolute_url()).status_code == 200


def test_upheld_on_appeal_it_is_back_exactly(client, staff, colleague, member, thread, other):
    before = now(thread)
    move(client, staff, thread, other)
    decision = Decision.objects.get(act="move")
    assert now(thread) != before
    appeal = Appeal.lodge(decision, member, "It is about our work")
    client.force_login(colleague)
    assert client.post(appeal.get_absolute_url(), {"is_upheld": "yes", "reason": "So it is"}).status_code == 302
    assert now(thread) == before and not Measure.objects.in_force().exists()
    assert Entry.objects.filter(act="uphold-appeal").exists() and Decision.objects.filter(act="restore").exists()


def test_it_goes_back_to_a_group_that_is_closed_meanwhile_and_while_it_is_hidden(
    client, staff, lead, thread, group, other
):
    before = now(thread)
    move(client, staff, thread, other)
    decision = Decision.objects.get(act="move")
    hiding = Thread.objects.get().hide(staff, "For now", "2.3")
    group.archive(staff)
    Thread.objects.to_show().get().undo(decision, staff, "It was wrong")
    thread = Thread.objects.to_show().get()
    assert thread.group_id == group.pk and thread.hidden == hiding
    thread.restore(staff, "So was that")
    assert now(thread) == before


def test_what_was_sent_on_meanwhile_stays_where_it_was_sent(client, staff, thread, group, other):
    move(client, staff, thread, other)
    third = make.group("Third")
    client.force_login(staff)
    client.post(
        reverse("threads:move", args=[other.slug, thread.pk]), {"group": third.pk, "reason": "Better", "sure": "on"}
    )
    assert now(thread)[0]["group_id"] == third.pk
    Thread.objects.get().undo(Decision.objects.get(act="move"), staff, "It was wrong")
    assert now(thread)[0]["group_id"] == third.pk


@pytest.mark.parametrize("to", ["", "group-0", "group-x", "thread-1", "own", "closed", "secret"])
def test_it_goes_nowhere_without_a_place_or_where_it_cannot_stand(client, staff, thread, group, other, to):
    secret = make.group("Secret")
    Group.objects.filter(pk=secret.pk).update(is_confidential=True)
    Group.objects.filter(pk=other.pk).update(archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    make.group("Somewhere")
    place = {"own": group.stream, "closed": other.stream, "secret": secret.stream}.get(to, to)
    refused = decide(client, staff, thread, "move", rule="2.3", to=place)
    assert refused.status_code == 422 and "It could tell" not in str(Decision.objects.values())
    assert now(thread)[0]["group_id"] == group.pk and not Decision.objects.exists()


@pytest.mark.parametrize("to", ["", "group-", "elsewhere", "group-²", f"group-{10**30}"])
def test_a_place_that_is_none_is_refused_and_a_group_is_not(staff, thread, group, other, to):
    with pytest.raises(Refused):
        thread.send_to(to, staff, "Off its purpose")
    assert thread.send_to(other.stream, staff, "Off its purpose")["from"] == group.pk


def test_nothing_goes_out_of_a_confidential_group(client, staff, lead, thread, group, other):
    thread.posts.get(number=1).report(lead, "rules", "Not here")
    Group.objects.filter(pk=group.pk).update(is_confidential=True)
    post = thread.posts.get(number=1)
    assert 'value="move"' not in case_page(client, staff, post).text
    assert move(client, staff, post, other).status_code in {403, 422}
    assert now(thread)[0]["group_id"] == group.pk


def test_where_there_is_no_other_group_or_no_discussion_it_is_not_offered(client, staff, thread, group, lead):
    assert 'value="move"' not in case_page(client, staff, thread).text
    make.group("Other")
    assert 'value="move"' in case_page(client, staff, thread).text
    assert 'value="move"' not in case_page(client, staff, make.document(group, lead)).text


@pytest.mark.parametrize("act", ["lock", "slow"])
def test_closing_and_slowing_have_reasons_and_an_appeal_that_undoes_them(client, staff, colleague, member, thread, act):
    before = now(thread)
    assert decide(client, staff, thread.posts.get(number=1), act, rule="2.3").status_code == 302
    assert now(thread) != before
    decision = Decision.objects.get(act=act)
    assert "2.3" in page(client, member, decision.get_absolute_url()).text
    appeal = Appeal.lodge(decision, member, "It need not be")
    client.force_login(colleague)
    client.post(appeal.get_absolute_url(), {"is_upheld": "yes", "reason": "So it is"})
    assert now(thread) == before
