"""What discussions start from: leads keep it, everybody may use it, and it never takes the place of words."""

import pytest
from django.urls import reverse

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.models import Entry
from groups.threads.models import Template, Thread
from groups.threads.starters import Wording, starters
from tests import make

BROKEN = "| a | b\n|--\n**never closed [link](\n```\n<script>alert(1)</script>"


def listing(group):
    return reverse("templates:list", args=[group.slug])


def new(group):
    return reverse("threads:new", args=[group.slug])


def page_of(answer):
    return answer.content.decode()


def box(answer):
    """What stands in the text box."""
    return answer.context["form"]["body"].value() or ""


@pytest.fixture
def template(group, lead):
    return Template.add(lead, group, Wording("Lesson idea", "For which ages?", "question"))


def test_every_group_offers_three_to_start_from(group, member, enter):
    reader = enter(member)
    page = page_of(reader.get(new(group)))
    for wording in starters():
        assert f'value="{wording.key}"' in page and wording.name in page
        assert wording.kind in Thread.Kind.values
        assert box(reader.get(new(group), template=wording.key)) == wording.body
    assert box(reader.get(new(group))) == ""


def test_a_template_brings_its_kind_unless_another_was_chosen(group, member, template, enter):
    reader = enter(member)
    assert reader.get(new(group), template=template.key).context["form"]["kind"].value() == "question"
    starting = reader.starts(group, title="", body="", kind="discussion", template=template.key)
    assert starting.context["form"]["kind"].value() == "question"
    Template.objects.update(kind="discussion")
    starting = reader.starts(group, body="", kind="question", template=template.key)
    assert starting.context["form"]["kind"].value() == "question"


def test_what_is_typed_so_far_comes_back_with_the_template(group, member, template, enter):
    tag = make.tag("brass", group)
    answer = enter(member).starts(group, title="Half a ti", body=" \r\n", tags=[tag.pk], template=template.key)
    assert answer.status_code == 200
    assert box(answer) == "For which ages?"
    page = page_of(answer)
    assert 'value="Half a ti"' in page and "error-summary" not in page
    assert answer.context["form"]["tags"].value() == [str(tag.pk)]
    assert not Thread.objects.exists()


def test_a_template_never_takes_the_place_of_words(group, member, template, enter):
    reader = enter(member)
    answer = reader.starts(group, body="My own words", template=template.key)
    assert answer.status_code == 422
    assert box(answer) == "My own words"
    assert "Your text stays as it is" in page_of(answer) and 'value="Ukuleles"' in page_of(answer)
    assert reader.starts(group, body="My own words").status_code == 302


@pytest.mark.parametrize(("more", "answer"), [({"preview": "1"}, 200), ({"title": ""}, 422)])
def test_a_form_that_comes_back_offers_them_still(group, member, template, enter, more, answer):
    back = enter(member).starts(group, body="My words", **more)
    assert back.status_code == answer
    assert "Start from" in page_of(back) and " data-typed\n" in page_of(back) and box(back) == "My words"
    assert " data-typed\n" not in page_of(enter(member).get(new(group)))


def test_a_draft_is_kept_before_a_template(group, member, template, enter):
    Draft.keep(member, Typed(f"new:groups.group-{group.pk}", {"body": "Begun yesterday"}))
    answer = enter(member).get(new(group), template=template.key)
    assert answer.status_code == 200
    assert box(answer) == "Begun yesterday" and "Your text stays as it is" in page_of(answer)


@pytest.mark.parametrize("key", ["", "never-was", "0", "\0", "9" * 30, "question"])
def test_what_is_not_offered_is_said_and_nothing_is_lost(group, member, template, enter, key):
    answer = enter(member).starts(group, body="My words", template=key)
    assert answer.status_code == 422
    assert "not offered any more" in page_of(answer) and box(answer) == "My words"


def test_a_page_of_another_group_does_not_give_away_its_template(group, member, lead, enter):
    other = make.group("Elsewhere")
    make.place(other, lead, "lead")
    secret = Template.add(lead, other, Wording("Secret", "Sealed words"))
    for answer in (
        enter(member).get(new(group), template=secret.key),
        enter(member).starts(group, body="", template=secret.key),
    ):
        assert "Sealed words" not in page_of(answer) and "not offered" in page_of(answer)
    assert box(enter(lead).get(new(other), template=secret.key)) == "Sealed words"


def test_an_observer_starts_nothing_from_a_template(group, member, observer, template, enter):
    assert enter(observer).get(new(group), template=template.key).status_code == 403
    assert enter(observer).starts(group, body="", template=template.key).status_code == 403
    assert enter(member).starts(group, body="", template=template.key).status_code == 200


def test_leads_add_change_and_sort_what_is_offered(group, lead, member, enter):
    keeper = enter(lead)
    assert keeper.client.post(listing(group), {"name": "  Lesson   idea", "body": "For whom?"}).status_code == 302
    first = group.templates.get()
    assert (first.name, first.kind, first.body) == ("Lesson idea", "", "For whom?")
    keeper.client.post(listing(group), {"name": "Agenda", "body": "1. Welcome", "kind": "discussion"})
    second = group.templates.get(name="Agenda")
    keeper.client.post(second.get_absolute_url(), {"up": "1"})
    sent = {"name": "Plan", "body": "For which ages?", "kind": "", "edition": "1"}
    assert keeper.client.post(first.get_absolute_url(), sent).status_code == 302
    offered = enter(member).get(new(group)).context["templates"]
    assert [(each.name, each.body) for each in offered] == [("Agenda", "1. Welcome"), ("Plan", "For which ages?")]
    acts = list(Entry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["add-template", "add-template", "move-template", "change-template"]
    assert Entry.objects.last().details == {"template": first.pk, "name": "Plan"}


def test_a_group_makes_the_three_its_own_once(group, lead, member, enter):
    keeper = enter(lead)
    assert "Use and change these" in page_of(keeper.get(listing(group)))
    for _click in range(2):
        assert keeper.client.post(listing(group), {"adopt": "1"}).status_code == 302
    assert [each.name for each in group.templates.all()] == [each.name for each in starters()]
    assert Entry.objects.filter(act="add-template").count() == 3
    assert "Use and change these" not in page_of(keeper.get(listing(group)))


def test_a_group_that_retires_all_offers_none(group, lead, member, template, enter):
    keeper = enter(lead)
    assert keeper.client.post(template.get_absolute_url(), {"retire": "1"}).status_code == 302
    page = page_of(enter(member).get(new(group)))
    assert "Start from" not in page and "Lesson idea" not in page
    keeper.client.post(template.get_absolute_url(), {"back": "1"})
    assert "Lesson idea" in page_of(enter(member).get(new(group)))


@pytest.mark.parametrize(("who", "answer"), [("member", 403), ("observer", 403), ("outsider", 404)])
def test_others_look_after_no_templates(group, lead, staff, template, enter, request, who, answer):
    sent = {"name": "Mine", "body": "Mine", "edition": "1"}
    client = enter(request.getfixturevalue(who)).client
    assert client.get(listing(group)).status_code == answer
    for url, more in ((listing(group), {}), (listing(group), {"adopt": "1"}), (template.get_absolute_url(), {})):
        assert client.post(url, {**sent, **more}).status_code == answer
    for deed in ("up", "retire", "back"):
        assert client.post(template.get_absolute_url(), {deed: "1"}).status_code == answer
    template.refresh_from_db()
    assert (template.name, template.retired_at, group.templates.count()) == ("Lesson idea", None, 1)
    assert enter(lead).client.post(template.get_absolute_url(), sent).status_code == 302
    assert enter(staff).client.post(listing(group), {**sent, "name": "Ours"}).status_code == 302


def test_nothing_changes_in_a_closed_group(group, lead, staff, template, enter):
    group.archive(staff)
    answer = enter(lead).client.post(template.get_absolute_url(), {"retire": "1"})
    assert answer.status_code == 403 and "This group is closed" in page_of(answer)
    group.reopen(staff)
    assert enter(lead).client.post(template.get_absolute_url(), {"retire": "1"}).status_code == 302


def test_a_lead_of_one_group_changes_no_other_s(group, lead, enter):
    other = make.group(visibility="open")
    theirs = Template.add(lead, other, Wording("Theirs", "Words"))
    url = reverse("templates:change", args=[group.slug, theirs.pk])
    assert enter(lead).client.post(url, {"retire": "1"}).status_code == 404
    assert enter(lead).client.post(theirs.get_absolute_url(), {"retire": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "required"),
        ({"name": "\u200b"}, "no words"),
        ({"name": "x" * 41}, "at most 40"),
        ({"name": "LESSON idea"}, "There is a template"),
        ({"body": ""}, "required"),
        ({"body": "**\n# "}, "no words"),
        ({"body": "x" * 4001}, "4,001 characters"),
        ({"kind": "party"}, "valid choice"),
        ({"edition": "x"}, ""),
    ],
)
def test_bad_input_is_handed_back_with_a_sentence(group, lead, template, enter, wrong, said):
    other = Template.add(lead, group, Wording("Agenda", "1. Welcome"))
    sent = {"name": "Plan", "body": "Kept words", "kind": "", "edition": "1", **wrong}
    for url in (listing(group), other.get_absolute_url()):
        answer = enter(lead).client.post(url, sent)
        assert answer.status_code == 422 and said in page_of(answer)
        assert sent["body"].strip() in page_of(answer) and sent["name"].strip("\u200b") in page_of(answer)
    assert set(group.templates.values_list("name", flat=True)) == {"Lesson idea", "Agenda"}
    right = {"name": "Plan", "body": "Kept words", "kind": "", "edition": "1"}
    assert enter(lead).client.post(other.get_absolute_url(), right).status_code == 302


def test_two_leads_who_change_one_lose_no_words(group, lead, template, enter):
    keeper = enter(lead)
    keeper.client.post(template.get_absolute_url(), {"name": "Lesson idea", "body": "Theirs", "edition": "1"})
    mine = {"name": "Lesson idea", "body": "Mine", "edition": "1"}
    answer = keeper.client.post(template.get_absolute_url(), mine)
    assert answer.status_code == 422
    page = page_of(answer)
    assert "Theirs" in page and "Mine" in page and 'value="2"' in page
    template.refresh_from_db()
    assert template.body == "Theirs"
    assert keeper.client.post(template.get_absolute_url(), {**mine, "edition": "2"}).status_code == 302
    assert group.templates.get().body == "Mine"


def test_a_group_has_at_most_twenty(group, lead, enter):
    for number in range(19):
        Template.add(lead, group, Wording(f"Plan {number}", "Words"))
    client = enter(lead).client
    assert client.post(listing(group), {"name": "The twentieth", "body": "Words"}).status_code == 302
    answer = client.post(listing(group), {"name": "One more", "body": "Words"})
    assert answer.status_code == 422 and "20 templates already" in page_of(answer)


def test_broken_markdown_does_no_harm(group, lead, member, enter):
    assert enter(lead).client.post(listing(group), {"name": "Broken", "body": BROKEN}).status_code == 302
    broken = group.templates.get()
    reader = enter(member)
    begun = reader.get(new(group), template=broken.key)
    assert box(begun) == BROKEN and "<script>alert" not in page_of(begun)
    assert "<script>alert" not in page_of(enter(lead).get(broken.get_absolute_url()))
    assert reader.starts(group, body=BROKEN).status_code == 302
    assert "<script>alert" not in page_of(reader.reads(Thread.objects.get()))


def test_thirty_templates_cost_one_query(group, lead, enter, django_assert_max_num_queries):
    Template.objects.bulk_create(Template(group=group, name=f"Plan {n}", body="Words") for n in range(30))
    keeper = enter(lead)
    for url in (listing(group), new(group)):
        keeper.get(url)
        with django_assert_max_num_queries(25) as queries:
            keeper.get(url)
        assert sum('FROM "threads_template"' in query["sql"] for query in queries.captured_queries) == 1, url


def test_a_thread_page_asks_for_no_templates(thread, member, template, enter, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as queries:
        page = page_of(enter(member).reads(thread))
    assert not any("threads_template" in query["sql"] for query in queries.captured_queries)
    assert "Start from" not in page
