"""Search: what one may read is found by its words, and nothing else leaves a trace."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from groups.models import Role
from groups.search.models import Record, drop, index
from groups.search.similar import similar
from tests import make


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead, "Brass in a low hall", body="Practice mutes help the children’s hearing most.")


def search(client, words, person=None, **asked):
    if person:
        client.force_login(person)
    return client.get(reverse("search:results"), {"q": words, **asked})


def found(answer):
    return re.findall(r'<li class="hit">\s*<h2><a class="(?:plain|doc-title)" href="([^"]+)">', answer.content.decode())


def without_the_question(answer, question):
    """The page as it would be for any question: tokens differ from answer to answer."""
    text = answer.content.decode().replace(question, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_a_member_finds_a_post_by_its_words_and_its_title(client, thread, member):
    for words in ("mutes", "MUTES hearing", "hear", "brass practice", "helping", "low hal"):
        assert found(search(client, words, member)) == [thread.posts.get().get_absolute_url()], words
    assert found(search(client, "mutes trombone", member)) == []


def test_what_was_looked_for_is_marked_and_the_rest_is_escaped(client, group, lead, member):
    make.thread(group, lead, "<b>Title</b>", body="Careful: `<script>alert(1)</script>` and mutes \x02 here")
    text = search(client, "mutes", member).content.decode()
    assert "<mark>mutes</mark>" in text
    assert "<script>alert" not in text
    assert "&lt;b&gt;Title&lt;/b&gt;" in text


def test_talk_that_is_found_is_set_plain_and_documents_as_a_record(client, thread, group, lead, member):
    make.document(group, lead, "Loan of mutes")
    hits = re.findall(r'<h2><a class="([^"]+)"', search(client, "mutes", member).content.decode())
    assert sorted(hits) == ["doc-title", "plain"]


def test_for_an_outsider_a_private_word_and_a_nonsense_word_are_the_same(client, thread, outsider):
    private, nonsense = search(client, "mutes", outsider), search(client, "xqzwv", outsider)
    assert found(private) == []
    assert without_the_question(private, "mutes") == without_the_question(nonsense, "xqzwv")
    named, made_up = (search(client, "mutes", group=slug) for slug in (thread.group.slug, "no-such"))
    assert without_the_question(named, thread.group.slug) == without_the_question(made_up, "no-such")


def test_a_removed_member_finds_nothing_from_the_next_question_on(client, thread, group, member):
    assert found(search(client, "mutes", member))
    group.remove(member)
    assert found(search(client, "mutes", member)) == []


def test_hidden_and_removed_things_are_not_found_and_restored_ones_are(client, thread, member, staff):
    post = thread.posts.get()
    post.hide(staff, "Names a pupil")
    assert found(search(client, "mutes", member)) == []
    post.restore(staff, "It did not")
    assert found(search(client, "mutes", member))
    post.remove(post.author)
    assert found(search(client, "mutes", member)) == []


def test_a_record_left_behind_shows_nothing_of_a_thing_that_may_not_be_seen(client, thread, group, member, staff):
    thread.hide(staff, "Reason")
    index(thread.posts.get(), group, "Brass", "mutes")
    answer = search(client, "mutes", member)
    assert found(answer) == []
    assert "<mark>" not in answer.content.decode()


def test_a_thing_is_found_by_what_it_says_now(client, thread, member):
    post = thread.posts.get()
    post.edit(post.author, "Sordinos, then.", post.edition)
    assert found(search(client, "mutes", member)) == []
    assert found(search(client, "sordino", member))


def test_accents_do_not_matter(client, group, lead, member):
    post = make.thread(group, lead, "Café plan").posts.get()
    for words in ("cafe", "Café", "CAFE\u0301"):
        assert found(search(client, words, member)) == [post.get_absolute_url()], words


def test_a_search_can_be_kept_to_one_group(client, thread, lead, member):
    other = make.group("Early years")
    make.place(other, member)
    make.place(other, lead, Role.LEAD)
    elsewhere = make.thread(other, lead, "Singing", body="No mutes for singers")
    assert len(found(search(client, "mutes", member))) == 2
    assert found(search(client, "mutes", member, group=other.slug)) == [elsewhere.posts.get().get_absolute_url()]


def test_many_hits_come_in_pages_and_cost_the_same_number_of_queries(
    client, group, lead, member, django_assert_max_num_queries
):
    def write(count):
        for number in range(count):
            make.thread(group, lead, f"Tune {number}", body="mutes")

    write(3)
    search(client, "mutes", member)
    with django_assert_max_num_queries(20) as few:
        search(client, "mutes")
    write(27)
    with django_assert_max_num_queries(len(few)):
        first = search(client, "mutes")
    second = search(client, "mutes", page=2)
    assert (len(found(first)), len(found(second))) == (20, 10)
    assert not set(found(first)) & set(found(second))
    assert "page=2" in first.content.decode()
    assert len(found(search(client, "mutes", page="999"))) == 20


def test_the_best_match_comes_first(client, group, lead, member):
    make.thread(group, lead, "Something else", body="a word about mutes among many other words " + "filler " * 50)
    best = make.thread(group, lead, "Mutes", body="mutes mutes")
    assert found(search(client, "mutes", member))[0] == best.posts.get().get_absolute_url()


def test_a_question_has_a_length_and_a_rate(client, thread, member, settings):
    long = search(client, "a" * 201, member)
    assert long.status_code == 422
    assert "fewer words" in long.content.decode()
    assert search(client, "a" * 200).status_code == 200
    settings.LIMITS = settings.LIMITS | {"search": "2/1m"}
    client.force_login(make.person())
    assert [search(client, "mutes").status_code for _ in range(3)] == [200, 200, 429]


def test_an_empty_question_and_a_question_without_words_find_nothing(client, thread, member):
    for words in ("", "   ", "!!!", "\x00", "🎺", "_"):
        assert found(search(client, words, member)) == []


SIGNS = st.sampled_from(
    [
        "mutes",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "title:",
        '"',
        "'",
        "*",
        "^",
        ":",
        "(",
        ")",
        "-",
        "\\",
        "%s",
        "&",
        "|",
        "!",
        "<->",
    ]
)


@pytest.mark.django_db
@given(st.lists(SIGNS | st.text(max_size=8), max_size=12))
@given_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_is_a_syntax_error(member, pieces):
    from groups.search.find import find

    find(member, " ".join(pieces))
    find(member, "".join(pieces))


def test_dropping_and_deleting_leave_no_words_behind(thread, member):
    drop(thread.posts.get())
    assert not Record.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_words WHERE search_words MATCH 'mutes'")
            assert cursor.fetchone() == (0,)
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('integrity-check')")


@pytest.mark.parametrize("sort", ["", "new"])
def test_of_a_word_that_many_hold_what_has_it_in_its_title_is_found_however_old_it_is(
    client, group, lead, member, monkeypatch, sort
):
    monkeypatch.setattr("groups.search.find.RANKED", 2)
    oldest = make.document(group, lead, "Trombone loan")
    for number in range(4):
        make.document(group, lead, f"Paper {number}", summary="It is about a trombone")
    hits = found(search(client, "trombone", member, sort=sort))
    if sort == "new":
        assert len(hits) == 5
    else:
        assert hits[0] == oldest.get_absolute_url()
        assert len(hits) == 3
    assert found(search(client, "trombone loan", member)) == [oldest.get_absolute_url()]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans")
def test_a_search_is_planned_for_its_own_words_each_time(client, thread, member):
    """One plan for rare and common words alike fetched everything that holds a common one."""
    for _often in range(6):
        assert found(search(client, "mutes", member))
        similar(member, "threads.post", "Brass in a low hall", 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall()]
    assert any("groups_group" in statement for statement in kept)  # other questions keep theirs
    assert not [statement for statement in kept if "tsquery" in statement]
