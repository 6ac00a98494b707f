"""From chat to knowledge: messages are carried into a discussion, with authors, times and links both ways."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community import live
from groups.models import Group
from groups.search.find import find
from groups.threads.models import FormerGroup, Post, Quotation, Thread
from realtime.chat.models import Message, Room
from tests import make

WORDS = "What we said about mutes on Monday."


@pytest.fixture
def take_up(as_, url):
    """Somebody takes up these messages; as the page would send it."""

    def take_up(who, *said, **more):
        facts = {"title": "Practice mutes", "body": WORDS, "key": "key-1"} | more
        return as_(who).post(f"{url}take-up/", facts | {"m": [message.pk for message in said]})

    return take_up


def test_what_is_ticked_becomes_a_discussion_with_authors_times_and_links_back(say, take_up, as_, url, lead, member):
    first, second = say("Which mutes are quiet enough?"), say("The *wooden* ones", author=lead)
    say("Is it lunch yet?")
    answer = take_up(member, second, first)
    thread = Thread.objects.get()
    assert answer.url.startswith(thread.get_absolute_url())
    page = as_(member).get(thread.get_absolute_url()).text
    places = [page.index(word) for word in (WORDS, "Which mutes are quiet", "The <em>wooden</em> ones")]
    assert places == sorted(places)
    assert str(lead.affiliations.get().organisation) in page
    assert "Is it lunch yet?" not in page
    assert f'href="/messages/{first.pk}/"' in page
    assert as_(member).get(f"/messages/{first.pk}/").url == first.get_absolute_url()
    room = as_(member).get(url).text
    assert room.count("Taken up in <bdi>Practice mutes</bdi>") == 2


def test_messages_are_added_to_a_discussion_that_is_there(say, take_up, member, lead, group):
    thread = make.thread(group, lead)
    said = say("The wooden ones")
    answer = take_up(member, said, title="", target=thread.pk)
    post = thread.posts.get(number=2)
    assert answer.url == post.page_url
    assert (post.author, post.carried[0].author) == (member, member)


def test_a_closed_discussion_takes_nothing_and_the_page_says_why(say, take_up, member, lead, group):
    thread = make.thread(group, lead)
    thread.close(lead)
    answer = take_up(member, say("Late"), title="", link=thread.get_absolute_url())
    assert (answer.status_code, thread.posts.count()) == (422, 1)
    assert "closed" in answer.text
    assert WORDS in answer.text


def test_open_rooms_and_open_discussions_hear_of_it(say, take_up, member, lead, group, room):
    thread, said = make.thread(group, lead), say("The wooden ones")
    before = live.head(live.stream_of(room))
    take_up(member, said, title="", target=thread.pk)
    [told] = live.since(live.stream_of(room), before)
    assert (told["verb"], told["target"]) == ("replace", said.subject)
    assert "Taken up in" in told["html"]
    assert "The wooden ones" in live.since(live.stream_of(thread), 1)[-1]["html"]


def test_a_second_click_takes_up_nothing_twice(say, take_up, member):
    said = say("The wooden ones")
    assert take_up(member, said).url == take_up(member, said).url
    assert (Post.objects.count(), Quotation.objects.count()) == (1, 1)
    assert take_up(member, said, body="Other words").status_code == 422
    assert Post.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("member", 302), ("observer", 403), ("outsider", 404), ("lead", 302)])
def test_who_may_take_up_messages(say, take_up, as_, url, who, status, request):
    said, somebody = say("Hello"), request.getfixturevalue(who)
    assert take_up(somebody, said).status_code == status
    assert Thread.objects.count() == (status == 302)
    assert as_(somebody).get(f"{url}select/").status_code == (200 if status == 302 else status)


def test_in_an_announcement_group_only_leads_start_but_members_add(say, take_up, member, lead, group):
    Group.objects.filter(pk=group.pk).update(kind=Group.Kind.ANNOUNCEMENT)
    thread, said = make.thread(group, lead), say("A remark")
    assert take_up(member, said).status_code == 422
    assert Thread.objects.count() == 1
    assert take_up(member, said, title="", target=thread.pk).status_code == 302


def test_messages_of_another_room_or_out_of_sight_are_not_carried(say, take_up, member, lead, staff, outsider):
    other = Room.of(make.group("Elsewhere"))
    make.place(other.group, outsider)
    foreign = other.say(outsider, "Foreign words", "k", outsider.affiliations.get())
    hidden, removed, said = say("Awful"), say("Taken back"), say("Good")
    hidden.hide(staff, "Against our rules")
    removed.remove()
    assert take_up(member, foreign, hidden, removed).status_code == 422
    assert take_up(member, foreign, hidden, removed, said).status_code == 302
    assert [each.body for each in Quotation.objects.all()] == ["Good"]


def test_what_is_hidden_removed_or_changed_later_is_so_in_the_discussion_too(say, take_up, as_, member, staff):
    said = say("Secret word")
    take_up(member, said)
    thread = Thread.objects.get()
    said.edit("Sacred word")
    assert "Sacred word" in as_(member).get(thread.get_absolute_url()).text
    assert find(member, "sacred").hits
    before = live.head(live.stream_of(thread))
    Message.objects.get(pk=said.pk).hide(staff, "Against our rules")
    page = as_(member).get(thread.get_absolute_url()).text
    assert "Sacred" not in page
    assert "This message was hidden." in page
    assert find(member, "sacred").hits == []
    assert not Quotation.objects.filter(body__contains="Sacred").exists()
    assert any("was hidden" in frame.get("html", "") for frame in live.since(live.stream_of(thread), before))
    Message.objects.get(pk=said.pk).restore(staff, "On second thoughts")
    assert "Sacred word" in as_(member).get(thread.get_absolute_url()).text
    Message.objects.get(pk=said.pk).remove()
    assert "Sacred" not in as_(member).get(thread.get_absolute_url()).text


def test_a_report_of_the_post_keeps_what_it_carries(say, take_up, member):
    take_up(member, say("Secret word"))
    assert f"{member.name}: Secret word" in Post.objects.get().evidence


def test_a_discussion_that_goes_out_of_sight_is_named_no_more_in_the_room(
    say, take_up, as_, url, room, member, staff, django_capture_on_commit_callbacks
):
    take_up(member, say("The wooden ones"), title="An awful title")
    before = live.head(live.stream_of(room))
    with django_capture_on_commit_callbacks(execute=True):
        Thread.objects.get().hide(staff, "A bad title")
    assert "awful" not in as_(member).get(url).text
    assert [frame["verb"] for frame in live.since(live.stream_of(room), before)] == ["refresh"]
    Thread.objects.get().restore(staff, "It was fine")
    assert "awful" in as_(member).get(url).text


def test_a_discussion_that_moved_to_another_group_is_named_no_more_in_the_room(say, take_up, as_, url, member, lead):
    take_up(member, say("The wooden ones, @brass-peri"))
    thread, other = Thread.objects.get(), make.group("Elsewhere", visibility=Group.Visibility.HIDDEN)
    make.place(other, lead)
    FormerGroup.leave(thread, other, lead)
    assert "Practice mutes" not in as_(member).get(url).text
    assert "mention" not in Quotation.objects.get().html  # nobody there knows them


def test_who_said_it_is_shown_by_the_name_they_have_now(say, take_up, as_, member, lead):
    take_up(member, say("The wooden ones", author=lead))
    address = Thread.objects.get().get_absolute_url()
    as_(member).get(address)
    lead.name = "Another Name"
    lead.save()
    live.renamed()
    assert as_(member).get(address).text.count("Another Name") == 1


def test_ticks_are_kept_from_page_to_page_and_all_between_can_be_ticked(say, as_, url, member):
    said = [say(f"Message {n}") for n in range(60)]
    page = as_(member).get(f"{url}select/", {"m": [said[1].pk], "after": 20}).text
    assert f'<input type="hidden" name="m" value="{said[1].pk}">' in page
    assert "1 more is ticked on other pages" in page
    page = as_(member).get(f"{url}select/", {"m": [said[50].pk, said[58].pk], "between": "1", "at": "56"}).text
    assert page.count(" checked") == 9


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 30, "\x00", ""])
def test_nonsense_takes_up_nothing(as_, url, member, say, nonsense):
    say("Hello")
    fields = {"m": nonsense, "title": "A title", "body": WORDS, "key": "k"}
    assert as_(member).post(f"{url}take-up/", fields).status_code == 422
    assert as_(member).get(f"{url}take-up/", {"m": nonsense}).status_code == 200
    assert not Thread.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"body": " "}, {"body": "\x00"}, {"title": ""}, {"title": "\x00"}, {"target": "x"}, {"key": ""}]
)
def test_a_form_that_lacks_something_comes_back_with_its_text(take_up, say, member, wrong):
    said = say("Hello")
    answer = take_up(member, said, **({"title": "", "target": ""} if "target" in wrong else {}) | wrong)
    assert answer.status_code == 422
    assert f'name="m" value="{said.pk}"' in answer.text
    assert not Thread.objects.exists()


def test_more_words_than_a_post_can_carry_are_refused(say, take_up, member):
    said = [say("word " * 790) for _ in range(26)]
    assert take_up(member, *said).status_code == 422
    assert take_up(member, *said[:25]).status_code == 302


def test_choosing_costs_the_same_for_many_messages_as_for_few(
    say, as_, url, member, lead, take_up, django_assert_num_queries
):
    say("One")
    as_(member).get(f"{url}select/")
    with CaptureQueriesContext(connection) as few:
        as_(member).get(f"{url}select/")
    count = len(few)
    for n in range(30):
        say(f"Message {n}", author=(lead, member)[n % 2])
    with django_assert_num_queries(count):
        as_(member).get(f"{url}select/")


def test_what_a_post_carries_can_be_kept_as_a_file_without_what_is_out_of_sight(
    say, take_up, as_, member, outsider, staff
):
    first, second = say("The *wooden* ones"), say("Awful")
    take_up(member, first, second)
    second.hide(staff, "Against our rules")
    address = f"{Post.objects.get().deeds_url}transcript/"
    assert address in as_(member).get(Thread.objects.get().get_absolute_url()).text
    answer = as_(member).get(address)
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert WORDS in text
    assert "> The *wooden* ones" in text
    assert f"/messages/{first.pk}/" in text
    assert "Awful" not in text
    assert as_(outsider).get(address).status_code == 404
    Post.objects.get().hide(staff, "A reason")
    assert as_(member).get(address).status_code == 404


def test_a_post_that_carries_nothing_has_no_such_file(as_, group, member):
    thread = make.thread(group, member)
    assert as_(member).get(f"{thread.posts.get().deeds_url}transcript/").status_code == 404


def test_an_advert_of_somebody_new_is_not_taken_up_and_their_words_come_back(say, take_up, member, lead):
    links = "Look: https://a.example/1 https://b.example/2 www.c.example and http://d.example"
    said = say("The wooden ones", author=lead)
    refused = take_up(member, said, body=links)
    assert (refused.status_code, "https://b.example/2" in refused.text) == (422, True)
    assert "cannot wait for approval" in refused.text
    assert not Thread.objects.exists()
    assert take_up(lead, said, body=links).status_code == 302
