"""From chat into a page of the library: messages are copied, with authors, times and links both ways."""

import uuid

import pytest

from groups.documents.models import Document
from tests import make

WORDS = "What we know about mutes."


@pytest.fixture
def page(group, lead):
    return make.page(group, lead, WORDS, title="Mutes")


@pytest.fixture
def append(as_, url):
    """Somebody puts these messages into a page; as the form would send it."""

    def append(who, page, *said, key=None):
        facts = {"page": page.pk, "key": key or str(uuid.uuid4()), "m": [message.pk for message in said]}
        return as_(who).post(f"{url}append/", facts)

    return append


def now(page):
    return Document.objects.get(pk=page.pk)


def test_what_is_ticked_stands_below_the_page_with_authors_times_and_links_both_ways(
    say, append, page, as_, url, lead, member
):
    first, second = say("Which mutes are quiet enough?"), say("The *wooden* ones", author=lead)
    say("Is it lunch yet?")
    answer = append(lead, page, second, first)
    assert answer.url == page.get_absolute_url()
    shown = as_(member).get(page.get_absolute_url()).text
    places = [shown.index(word) for word in (WORDS, "Which mutes are quiet", "The <em>wooden</em> ones")]
    assert places == sorted(places)
    assert str(member.affiliations.get().organisation) in shown and "Is it lunch yet?" not in shown
    assert f'href="/messages/{first.pk}/"' in shown
    assert (now(page).version_count, now(page).current.author) == (2, lead)
    assert as_(member).get(url).text.count("Put into <bdi>Mutes</bdi>") == 2


def test_the_form_offers_pages_to_leads_and_to_nobody_else(say, page, as_, url, lead, member, group):
    make.document(group, lead, "A file")
    said = say("The wooden ones")
    offered = as_(lead).get(f"{url}take-up/?m={said.pk}").text
    assert "Or put it into a page" in offered and ">Mutes<" in offered and ">A file<" not in offered
    assert "Or put it into a page" not in as_(member).get(f"{url}take-up/?m={said.pk}").text


def test_whoever_may_not_write_on_it_appends_nothing(say, append, page, member):
    answer = append(member, page, say("The wooden ones"))
    assert answer.status_code == 422 and now(page).version_count == 1


def test_a_page_of_another_group_is_none(say, append, lead):
    elsewhere = make.page(make.group("Elsewhere"), lead, "Other words")
    assert append(lead, elsewhere, say("The wooden ones")).status_code == 422
    assert now(elsewhere).version_count == 1


def test_sent_twice_it_is_there_once(say, append, page, lead):
    said, key = say("The wooden ones"), str(uuid.uuid4())
    append(lead, page, said, key=key)
    append(lead, page, said, key=key)
    assert now(page).current.page.body.count("The wooden ones") == 1


def test_what_is_gone_meanwhile_is_not_copied(say, append, page, lead, staff):
    said = say("It names a pupil")
    said.hide(staff, "A pupil")
    answer = append(lead, page, said)
    assert answer.status_code == 422
    assert "pupil" not in now(page).current.page.body


def test_a_page_that_somebody_else_holds_or_that_is_full_is_left_alone(say, append, page, lead, group):
    other = make.person("Ottoline Quayle")
    make.place(group, other, "lead")
    page.hold(other)
    answer = append(lead, page, say("The wooden ones"))
    assert answer.status_code == 422 and other.name in answer.text
    page.let_go(other)
    page.save_page(other, 1, "word " * 3990)
    answer = append(lead, page, say("The very wooden ones, which are quieter than all others" * 3))
    assert answer.status_code == 422 and "too long" in answer.text
    assert now(page).version_count == 2


def test_when_the_page_is_hidden_or_removed_the_room_leads_there_no_more(say, append, page, as_, url, lead, member):
    append(lead, page, say("The wooden ones"))
    now(page).remove(lead)
    assert "Put into" not in as_(member).get(url).text


def test_names_are_not_told_again_of_what_was_copied(say, append, page, lead, member):
    other = member.notifications.count()
    append(lead, page, say(f"Ask @{member.handle}", author=lead))
    assert not member.notifications.filter(kind="on-page").exists() and member.notifications.count() >= other
