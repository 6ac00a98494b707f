"""Leads look after their group's tags, staff after the shared ones; and the words stay apart."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from community.models import Entry
from community.notifications.models import Notification
from groups.tags.models import Tag
from tests import make


def place(group):
    return reverse("tags:group", args=[group.slug])


def add(client, person, group, name):
    client.force_login(person)
    return client.post(place(group) if group else reverse("tags:shared"), {"name": name})


def change(client, person, tag, **sent):
    client.force_login(person)
    where = ("tags:change", [tag.group.slug, tag.pk]) if tag.group else ("tags:change-shared", [tag.pk])
    return client.post(reverse(where[0], args=where[1]), sent)


def test_a_lead_adds_a_tag_and_members_are_offered_it(client, group, lead, member):
    assert add(client, lead, group, "  #Whole   class ").status_code == 302
    tag = group.tags.get()
    assert (tag.name, tag.slug) == ("Whole class", "whole-class")
    assert Entry.objects.get(act="add-tag").details == {"tag": tag.pk, "name": "Whole class"}
    client.force_login(member)
    assert "Whole class" in client.get(reverse("threads:new", args=[group.slug])).content.decode()


@pytest.mark.parametrize(("who", "answer"), [("member", 403), ("observer", 403), ("outsider", 404)])
def test_others_look_after_no_tags_of_a_group(client, group, lead, who, answer, request):
    tag = make.tag("brass", group)
    person = request.getfixturevalue(who)
    assert add(client, person, group, "strings").status_code == answer
    assert change(client, person, tag, name="winds").status_code == answer
    assert change(client, person, tag, retire="1").status_code == answer
    tag.refresh_from_db()
    assert (tag.name, tag.retired_at) == ("brass", None)
    assert change(client, lead, tag, name="winds").status_code == 302


def test_shared_tags_are_for_staff_to_look_after(client, group, lead, staff):
    assert add(client, lead, None, "strings").status_code == 403
    assert add(client, staff, None, "strings").status_code == 302
    shared = Tag.objects.get(slug="strings")
    assert change(client, lead, shared, name="winds").status_code == 403
    assert change(client, staff, shared, name="Bowed strings").status_code == 302
    assert Tag.objects.get(pk=shared.pk).slug == "bowed-strings"
    assert change(client, lead, make.tag("brass", group), name="winds").status_code == 302


def test_a_lead_changes_no_other_group_s_tags(client, group, lead):
    other = make.tag("brass", make.group(visibility="open"))
    client.force_login(lead)
    assert client.post(reverse("tags:change", args=[group.slug, other.pk]), {"name": "x"}).status_code == 404
    assert Tag.objects.get(pk=other.pk).name == "brass"


def test_renaming_never_joins_two_tags_and_says_why(client, group, lead):
    brass, winds = make.tag("brass", group), make.tag("winds", group)
    answer = change(client, lead, winds, name="Brass")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "cannot be joined by renaming" in page and 'value="Brass"' in page
    assert Tag.objects.get(pk=winds.pk).name == "winds"
    assert change(client, lead, brass, name="Brass").status_code == 302, "its own word in another spelling is free"
    assert Tag.objects.get(pk=brass.pk).name == "Brass"


def test_a_word_stands_once_in_a_group_and_beside_the_shared_ones(client, group, lead):
    make.tag("strings")
    make.tag("brass", group)
    for word in ("strings", "BRASS", "brass!"):
        assert add(client, lead, group, word).status_code == 422
    assert group.tags.count() == 1
    with pytest.raises(IntegrityError):
        Tag.objects.create(name="strings", slug="strings")


@pytest.mark.parametrize("name", ["", "   ", "###", "\u200b", "x" * 41])
def test_a_tag_without_a_word_is_handed_back(client, group, lead, name):
    assert add(client, lead, group, name).status_code == 422
    assert not group.tags.exists()


def test_a_retired_tag_stays_where_it_is_and_is_offered_no_more(client, group, lead, member):
    tag = make.tag("winds", group)
    thread = make.thread(group, lead, tags=[tag])
    assert change(client, lead, tag, retire="1").status_code == 302
    client.force_login(member)
    assert "winds" not in client.get(reverse("threads:new", args=[group.slug])).content.decode()
    assert "winds" in client.get(thread.get_absolute_url()).content.decode()
    change(client, lead, tag, back="1")
    assert Tag.objects.offered_in(group).filter(pk=tag.pk).exists()


def test_a_list_of_thirty_tags_costs_what_five_cost(client, group, lead, django_assert_max_num_queries):
    for number in range(30):
        make.tag(f"Word {number}", group)
    client.force_login(lead)
    client.get(place(group))
    with django_assert_max_num_queries(25) as queries:
        client.get(place(group))
    assert sum('FROM "tags_tag"' in query["sql"] for query in queries.captured_queries) == 1


def test_one_mutes_nations_and_takes_it_back(client, member):
    wales = make.tag("Wales", nation="wales")
    client.force_login(member)
    address = reverse("tags:muted")
    assert f'href="{address}"' in client.get("/discussions/").text
    assert client.post(address, {"nations": [wales.pk]}).status_code == 302
    assert list(Tag.objects.muted_by(member)) == [wales]
    assert f'value="{wales.pk}" id="id_nations' in client.get(address).content.decode()
    assert client.post(address, {"nations": [wales.pk, make.tag("plain").pk]}).status_code == 422
    assert list(Tag.objects.muted_by(member)) == [wales], "bad input changes nothing"
    client.post(address, {})
    assert not Tag.objects.muted_by(member).exists()


def test_who_mutes_a_nation_reads_that_what_they_follow_is_still_told_and_it_is(client, group, member, lead):
    wales, thread = make.tag("Wales", nation="wales"), make.thread(group, member)
    thread.tags.add(wales)
    client.force_login(member)
    client.post(reverse("tags:muted"), {"nations": [wales.pk]})
    assert "you are told as before" in client.get(reverse("tags:muted")).text
    thread.reply(lead.affiliations.get(), "An answer")
    assert Notification.objects.filter(member=member).count() == 1
