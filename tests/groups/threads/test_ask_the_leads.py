"""@leads: a question to whoever leads the group."""

from __future__ import annotations

from django.urls import reverse

from community.members.models import Member
from community.notifications.models import Notification
from groups.models import Role
from groups.threads.models import Thread
from tests import make


def told(member):
    return list(Notification.objects.filter(member=member).values_list("kind", flat=True))


def start(group, author, body):
    return Thread(group=group, title="A question").start(author.affiliations.get(), body)


def test_every_lead_is_told_and_asked_for_an_answer(group, lead, member):
    colead, other = make.person(), make.person()
    make.place(group, colead, Role.CO_LEAD)
    make.place(group, other)
    post = start(group, member, "May we borrow the hall, @leads?")
    assert told(lead) == told(colead) == ["asked-leads"]
    assert told(other) == told(member) == []
    assert Notification.objects.get(member=lead).asks
    assert f'href="{reverse("groups:people", args=[group.slug])}"' in post.html


def test_a_lead_who_is_also_named_is_told_once_and_one_who_asks_is_not_told(group, lead, member):
    start(group, member, f"@leads and @{lead.handle}")
    assert told(lead) == ["mentioned"]
    colead = make.person()
    make.place(group, colead, Role.CO_LEAD)
    start(group, lead, "What do the other @leads think?")
    assert told(colead) == ["asked-leads"] and told(lead) == ["mentioned"]


def test_an_edit_tells_the_leads_only_if_they_were_not_asked_before(group, lead, member):
    post = start(group, member, "May we?")
    post.edit(member, "May we, @leads?", post.edition)
    assert told(lead) == ["asked-leads"]
    post.refresh_from_db()
    post.edit(member, "May we please, @leads?", post.edition)
    assert told(lead) == ["asked-leads"]


def test_without_leads_it_is_a_word_and_a_lead_of_another_group_is_not_told(group, member):
    elsewhere = make.person()
    make.place(make.group("Elsewhere"), elsewhere, Role.LEAD)
    post = start(group, member, "Who are our @leads?")
    assert "mention" not in post.html and told(elsewhere) == []


def test_a_lead_who_cannot_see_the_group_any_more_is_not_told(group, lead, member):
    lead.affiliations.get().end()
    start(group, member, "Help, @leads")
    assert told(lead) == []


def test_the_form_begins_with_the_question_and_the_group_leads_to_it(enter, group, lead, member):
    reader = enter(member)
    url = f"{reverse('threads:new', args=[group.slug])}?ask=leads"
    assert url in reader.get(group.get_absolute_url()).content.decode()
    form = reader.get(url).content.decode()
    assert "@leads " in form and '<option value="question" selected>' in form
    assert "@leads" not in reader.get(url.replace("leads", "nobody")).content.decode()


def test_the_leads_are_among_those_one_can_mention(enter, group, lead, member):
    people = reverse("threads:people", args=[group.slug])
    offered = enter(member).get(people, q="lea").json()["people"]
    assert offered[0]["handle"] == "leads"
    assert "leads" not in [each["handle"] for each in enter(member).get(people, q="bra").json()["people"]]


def test_nobody_is_given_that_name(db):
    assert Member.objects.enrol("leads@example.org", "Leads").handle != "leads"
