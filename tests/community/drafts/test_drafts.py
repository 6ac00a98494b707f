"""What someone is writing and has not sent: kept for them alone, never overwritten by a stale page."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from community.drafts.models import MOST, Draft
from community.drafts.tasks import forget
from tests import make

pytestmark = pytest.mark.django_db


class Page:
    """One page of a writer: it knows a state of the draft, as its hidden fields do."""

    def __init__(self, member, place, tab=""):
        self.client, self.place, self.tab, self.sequence = Client(), place, tab, 0
        self.client.force_login(member)

    def saves(self, body, **more):
        sent = {"place": self.place, "sequence": self.sequence, "tab": self.tab, "body": body, "quiet": "1", **more}
        answer = self.client.post("/drafts/save/", sent)
        if answer.status_code == 200:
            self.sequence = answer.json()["sequence"]
        return answer


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead, "A hall with a low ceiling")


@pytest.fixture
def place(thread):
    return f"reply:threads.thread-{thread.pk}"


def kept(member):
    return [draft.fields["body"] for draft in Draft.objects.visible_to(member).kept()]


def test_what_is_typed_is_saved_and_found_again(member, thread, place):
    page = Page(member, place)
    assert page.saves("Practice mutes").status_code == 200
    assert page.saves("Practice mutes help").json()["sequence"] == 2
    again = Page(member, place).client.get(thread.get_absolute_url()).text
    assert "Practice mutes help</textarea>" in again
    assert 'name="sequence" value="2"' in again


def test_nobody_else_can_read_change_or_find_it(member, lead, staff, thread, place):
    Page(member, place).saves("For my eyes")
    draft = Draft.objects.get()
    for other in (lead, staff):
        page = Page(other, place)
        assert "For my eyes" not in page.client.get("/drafts/").text + page.client.get(thread.get_absolute_url()).text
        assert page.client.post(f"/drafts/{draft.pk}/discard/").status_code == 404
        page.saves("Theirs")
    assert kept(member) == ["For my eyes"]


def test_a_stale_page_does_not_overwrite_a_newer_draft_and_gets_both_texts(member, place):
    old, new = Page(member, place, "a"), Page(member, place, "b")
    new.saves("Newer, from the train")
    answer = old.saves("Older, from the desk")
    assert answer.status_code == 409
    assert answer.json()["fields"]["body"] == "Newer, from the train"
    assert kept(member) == ["Newer, from the train"]


def test_without_script_both_texts_are_shown_and_mine_can_be_kept(member, place):
    Page(member, place).saves("Newer, from the train")
    page = Page(member, place)
    sent = {"place": place, "sequence": "0", "body": "Older, from the desk"}
    answer = page.client.post("/drafts/save/", sent)
    assert answer.status_code == 409
    assert "Newer, from the train" in answer.text and "Older, from the desk" in answer.text
    chosen = page.client.post("/drafts/save/", {**sent, "sequence": answer.context["draft"].sequence}, follow=True)
    assert "Your draft is saved" in chosen.text
    assert kept(member) == ["Older, from the desk"]


def test_a_page_goes_on_from_its_own_save_whose_answer_was_lost(member, place):
    page = Page(member, place, "tab-1")
    page.saves("One")
    page.sequence = 0
    assert page.saves("One two").status_code == 200
    assert Page(member, place, "tab-2").saves("Elsewhere").status_code == 409
    assert Page(member, place, "tab-2").saves("One two").status_code == 200
    assert kept(member) == ["One two"]


def test_what_was_sent_has_no_draft_and_does_not_come_back(member, thread, place):
    page, late = Page(member, place, "a"), Page(member, place, "b")
    page.saves("Mutes help")
    late.sequence = page.sequence
    reply = {"body": "Mutes help.", "place": place, "sequence": page.sequence, "tab": "a"}
    assert page.client.post(f"/groups/workforce/threads/{thread.pk}/reply/", reply).status_code == 302
    assert kept(member) == []
    for stale in (page, late):
        answer = stale.saves("Mutes help")
        assert answer.status_code == 409
        assert answer.json()["fields"] == {}
    assert "Mutes help</textarea>" not in page.client.get(thread.get_absolute_url()).text


def test_a_save_that_arrives_after_the_first_thing_sent_brings_nothing_back(member, thread, place):
    page = Page(member, place, "a")
    reply = {"body": "At once", "place": place, "sequence": 0, "tab": "a"}
    page.client.post(f"/groups/workforce/threads/{thread.pk}/reply/", reply)
    assert page.saves("At onc").status_code == 409
    assert kept(member) == []


def test_sending_an_old_text_keeps_the_newer_draft_from_elsewhere(member, thread, place):
    Page(member, place, "b").saves("Another thought, from the train")
    page = Page(member, place, "a")
    page.client.post(
        f"/groups/workforce/threads/{thread.pk}/reply/", {"body": "Old", "place": place, "sequence": 0, "tab": "a"}
    )
    assert thread.posts.count() == 2
    assert kept(member) == ["Another thought, from the train"]


def test_a_form_that_is_sent_back_keeps_its_draft(member, thread, place):
    page = Page(member, place)
    page.saves("Mutes")
    answer = page.client.post(
        f"/groups/workforce/threads/{thread.pk}/reply/", {"body": "", "place": place, "sequence": page.sequence}
    )
    assert answer.status_code == 422
    assert f'name="sequence" value="{page.sequence}"' in answer.text
    assert kept(member) == ["Mutes"]


def test_a_quotation_comes_below_the_draft(member, thread, place):
    page = Page(member, place)
    page.saves("My thought")
    body = page.client.get(thread.get_absolute_url(), {"quote": 1}).context["form"].initial["body"]
    assert body.startswith("My thought\n\n> What has worked")
    page.saves(body)
    assert page.client.get(thread.get_absolute_url(), {"quote": 1}).context["form"].initial["body"] == body


def test_a_new_discussion_and_an_edit_have_drafts_too(member, group):
    page = Page(member, f"new:groups.group-{group.pk}")
    page.saves("Who repairs 200 of them?", title="Ukuleles", kind="question")
    form = page.client.get("/groups/workforce/threads/new/").context["form"]
    assert (form.initial["title"], form.initial["kind"]) == ("Ukuleles", "question")
    post = make.thread(group, member).posts.get()
    edit = Page(member, f"edit:threads.post-{post.pk}")
    edit.saves("Better words", edition="1")
    address = f"{post.deeds_url}edit/"
    assert "Better words</textarea>" in edit.client.get(address).text
    edit.client.post(address, {"body": "Better words", "edition": 1, "place": edit.place, "sequence": 1})
    assert kept(member) == ["Who repairs 200 of them?"]


def test_all_tags_that_were_chosen_are_there_again(member, group):
    page = Page(member, f"new:groups.group-{group.pk}")
    page.saves("Body", title="Title", tags=["1", "2"])
    assert page.client.get("/groups/workforce/threads/new/").context["form"].initial["tags"] == ["1", "2"]
    stale = page.client.post("/drafts/save/", {"place": page.place, "sequence": 0, "body": "B", "tags": ["1", "3"]})
    assert stale.status_code == 409
    assert stale.text.count('name="tags"') == 2


def test_a_draft_for_a_changed_post_shows_both_texts(member, group):
    post = make.thread(group, member).posts.get()
    page = Page(member, f"edit:threads.post-{post.pk}")
    page.saves("From the draft", edition="1")
    post.edit(member, "Changed meanwhile", 1)
    form = page.client.get(f"{post.deeds_url}edit/").context["form"]
    sent = {"body": form["body"].value(), "edition": form["edition"].value()}
    answer = page.client.post(f"{post.deeds_url}edit/", sent)
    assert answer.status_code == 409
    assert "Changed meanwhile" in answer.text and "From the draft" in answer.text


def test_my_drafts_lists_them_with_place_first_words_and_the_way_on(member, thread, place, group):
    page = Page(member, place)
    assert "No drafts" in page.client.get("/drafts/").text
    page.saves("Practice mutes help a great deal")
    Page(member, f"new:groups.group-{group.pk}").saves("", title="Only a title")
    told = page.client.get("/drafts/").text
    assert "A hall with a low ceiling" in told and "Practice mutes help" in told and "Only a title" in told
    assert f'href="{thread.get_absolute_url()}#reply"' in told
    assert "/drafts/" in page.client.get("/").text


def test_a_place_one_may_not_see_any_more_has_no_name_but_the_text_is_there(member, thread, place, group):
    page = Page(member, place)
    page.saves("An hour of work")
    group.visibility = "hidden"
    group.save()
    group.remove(member)
    told = page.client.get("/drafts/").text
    assert "An hour of work" in told
    assert "A hall with a low ceiling" not in told and "Workforce" not in told and thread.get_absolute_url() not in told
    assert page.saves("An hour of work, and more").status_code == 200


def test_discard_can_be_undone(member, place):
    page = Page(member, place)
    page.saves("Perhaps not")
    draft = Draft.objects.get()
    answer = page.client.post(f"/drafts/{draft.pk}/discard/", follow=True)
    assert "The draft is discarded" in answer.text and "Perhaps not" not in answer.text
    assert page.saves("Perhaps not, said the stale page").status_code == 409
    page.client.post(f"/drafts/{draft.pk}/discard/", {"back": "1"})
    assert kept(member) == ["Perhaps not"]


def test_emptying_the_form_ends_the_draft(member, place):
    page = Page(member, place)
    page.saves("Something")
    page.saves("  ", posted_as="3")
    assert kept(member) == []
    assert page.saves("Something else").status_code == 200


@pytest.mark.parametrize("where", ["", "reply", "reply:threads.thread", "reply:thread-1", "../x:a.b-1", "a" * 200])
def test_a_place_that_is_none_is_refused_with_the_text(member, where):
    page = Page(member, where)
    assert page.saves("Words").status_code == 422
    refused = page.client.post("/drafts/save/", {"place": where, "body": "Words to copy"})
    assert refused.status_code == 422
    assert "Words to copy" in refused.text
    assert not Draft.objects.exists()


def test_a_draft_is_bounded_in_size_and_number(member, place):
    page = Page(member, place)
    assert page.saves("x" * 100_001).status_code == 422
    assert page.saves("x" * 99_000).status_code == 200
    for number in range(MOST):
        Page(member, f"reply:threads.thread-{10**6 + number}").saves("One more")
    assert len(kept(member)) == MOST
    assert page.saves("Still mine").status_code == 200
    assert Page(member, "reply:threads.thread-77").saves("Too many").status_code == 422


def test_saving_too_often_is_told_with_when_to_go_on(member, place, settings):
    settings.LIMITS = {**settings.LIMITS, "draft": "2/10m"}
    page = Page(member, place)
    answers = [page.saves(f"Text {number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_who_is_signed_out_saves_nothing_and_keeps_the_text(member, place):
    page = Page(member, place)
    page.client.logout()
    assert page.saves("Typed while the session ended").status_code == 403
    assert not Draft.objects.exists()


def test_control_characters_meet_no_database(member, place):
    page = Page(member, place)
    assert page.saves("One\0 two", title="\0").status_code == 200
    assert kept(member) == ["One two"]


def test_old_and_discarded_drafts_are_forgotten(member):
    now = timezone.now()
    for number, facts in enumerate(
        [{}, {"at": now - dt.timedelta(days=91)}, {"discarded_at": now - dt.timedelta(days=2)}, {"discarded_at": now}]
    ):
        Draft.objects.create(member=member, place=f"reply:threads.thread-{number}", fields={"body": "x"}, **facts)
    forget.func()
    assert sorted(Draft.objects.values_list("place", flat=True)) == [
        "reply:threads.thread-0",
        "reply:threads.thread-3",
    ]


def test_thirty_drafts_cost_no_more_queries_than_three(member, group, lead, django_assert_max_num_queries):
    page = Page(member, "")
    for number in range(30):
        page.place, page.sequence = f"reply:threads.thread-{make.thread(group, lead, f'T {number}').pk}", 0
        page.saves(f"Draft {number}")
    page.client.get("/drafts/")
    with django_assert_max_num_queries(16) as asked:
        assert page.client.get("/drafts/").text.count('id="draft-') == 30
    print(f"{len(asked)} queries")
