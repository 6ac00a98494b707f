"""Posts are drawn once and kept: the page follows at once all the same, in this process and in every other."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.kept import Kept
from community.templatetags import kept as parts
from groups import mine
from groups.models import Role
from groups.tags.models import Tag
from groups.threads import drawn
from tests import make
from tests.groups.threads.test_reading import fill

pytestmark = pytest.mark.django_db


@contextmanager
def another_process():
    """As in a process that has kept other things."""
    places = [(drawn, "_drawn"), (parts, "parts"), (mine, "_leads"), (mine, "_groups")]
    places.append((mine, "_needs"))
    own = [getattr(module, name) for module, name in places]
    for module, name in places:
        setattr(module, name, OTHER.setdefault(name, Kept(1000)))
    try:
        yield
    finally:
        for (module, name), things in zip(places, own, strict=True):
            setattr(module, name, things)


OTHER = {}


@pytest.fixture
def page(enter, thread, member):
    """The page as two processes show it, which is the same, after both have shown it before."""
    reader = enter(member)
    OTHER.clear()

    def look():
        here = reader.reads(thread).text
        with another_process():
            there = reader.reads(thread).text
        assert posts_in(here) == posts_in(there)
        return here

    look()
    return look


def posts_in(text):
    return text.partition('<ol class="posts"')[2].partition("</ol>")[0]


def test_an_edit_is_seen_at_once(page, post, lead):
    post.edit(lead, "Quite another text", 1)
    assert "Quite another text" in page()
    assert "What has worked for you?" not in page()


def test_what_is_hidden_goes_and_comes_back(page, post, staff):
    post.hide(staff, "Against rule 3")
    assert "What has worked" not in page() and "Hidden by staff" in page() and "Against rule 3" not in page()
    post.refresh_from_db()
    post.restore(staff, "A mistake")
    assert "What has worked" in page() and "Hidden by staff" not in page()


def test_what_is_removed_goes_and_comes_back(page, post, lead):
    post.remove(lead)
    assert "What has worked" not in page()
    post.refresh_from_db()
    post.put_back(lead)
    assert "What has worked" in page()


def test_another_name_is_seen_at_once_and_the_old_one_too(page, enter, lead):
    for name in ("Kim Brass", "workforce-chair", "Kim Brass"):
        facts = {"name": name, "language": "en-gb", "time_zone": "Europe/London"}
        assert enter(lead).client.post(reverse("members:profile"), facts).status_code == 302
        shown = page()
        assert shown.count(f'<bdi class="who">{name}</bdi>') == 2, "the post and the head of the thread"


def test_who_left_is_said_to_be_formerly_there(page, lead):
    lead.affiliations.get().end()
    assert "formerly at" in page()


def test_an_organisation_s_new_name_is_seen_at_once(page, lead, staff):
    organisation = lead.affiliations.get().organisation
    organisation.name = "Northmoor Music Service"
    organisation.keep(staff)
    assert "Northmoor Music Service" in page()


def test_a_role_comes_and_goes(page, thread, group, lead):
    assert ">Lead</span>" in page()
    other = make.person()
    group.admit(other.affiliations.get(), Role.LEAD)
    group.admit(lead.affiliations.get(), Role.MEMBER)
    assert ">Lead</span>" not in page()


def test_a_reply_shows_what_it_answers_as_that_is_now(page, enter, thread, post, lead):
    enter(lead).replies(thread, "I agree", to=1)
    assert "What has worked for you?</bdi>" in page()
    post.edit(lead, "Another beginning", 1)
    assert "Another beginning</bdi>" in page()


def test_pins_and_tags_of_the_head_are_seen_at_once(page, enter, thread, group, lead):
    enter(lead).does("pin", thread)
    assert "Unpin" in page()
    tag = Tag.add(lead, group, "Breathing")
    thread.tag(lead, [tag])
    assert "Breathing" in page()
    tag.rename(lead, "Air")
    assert ">Air<" in page() and "Breathing" not in page()


def test_the_menu_of_groups_follows(page, member, staff):
    group = make.group("Early years")
    assert "Early years" not in page()
    group.admit(member.affiliations.get())
    assert "Early years" in page()
    group.change(staff, {"name": "First access"})
    assert "First access" in page() and "Early years" not in page()
    make.place(group, staff, Role.LEAD)
    group.remove(member)
    assert "First access" not in page()


def test_whoever_may_reply_no_more_reads_why(page, group, member):
    assert 'name="body"' in page()
    group.admit(member.affiliations.get(), Role.OBSERVER, until=make.timezone.localdate())
    assert 'name="body"' not in page() and "You are an observer here" in page()


def test_every_reader_has_a_token_of_their_own(enter, thread, member, lead):
    texts = [enter(reader).reads(thread).text for reader in (member, lead)]
    tokens = [{text.split('csrfmiddlewaretoken" value="')[n][:64] for n in range(1, 5)} for text in texts]
    assert not tokens[0] & tokens[1]


def queries_of(reader, thread):
    reader.reads(thread)
    with CaptureQueriesContext(connection) as caught:
        assert reader.reads(thread).status_code == 200
    return [query["sql"] for query in caught]


def test_a_page_asks_at_most_five_times_and_as_often_for_five_posts_as_for_five_thousand(enter, thread, lead, member):
    reader = enter(member)
    make.person("other", of=member.affiliations.get().organisation)
    fill(thread, lead, 4)
    few = queries_of(reader, thread)
    fill(thread, lead, 4995)
    for _ in range(30):
        make.place(make.group(), member)
    many = queries_of(reader, thread)
    assert len(few) == len(many) <= 5, "\n".join(many)
    assert max(map(len, many)) < 4500, "psycopg remembers how a question is taken apart only up to 4,096 characters"


def test_what_is_kept_has_bounds():
    kept = Kept(10)
    for number in range(1000):
        kept.put(number, str(number))
    assert len(kept._things) <= 10 and kept.get(999) == "999"
