"""The list: its order, its pages, its filters, and that its price does not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.documents.models import Document
from tests import make


@pytest.fixture
def shelf(group, lead):
    """Thirty documents, 30 the newest; every third an agenda; the 7th pinned."""
    now = timezone.now()
    for n in range(1, 31):
        made = make.document(group, lead, f"Document {n:02}", kind="agenda" if n % 3 == 0 else "paper")
        review = None if n % 2 else timezone.localdate() + dt.timedelta(days=n)
        Document.objects.filter(pk=made.pk).update(
            changed_at=now - dt.timedelta(days=30 - n), review_on=review, is_pinned=n == 7
        )
    return reverse("documents:list", args=[group.slug])


def numbers(client, address, query=""):
    return [int(row.title[-2:]) for row in client.get(address + query).context["page"].rows]


def test_pages_follow_each_other_without_gap_or_repeat_in_both_directions(leading, shelf):
    first = leading.get(shelf).context["page"]
    assert numbers(leading, shelf) == [7, *range(30, 11, -1)]
    second = leading.get(shelf + first.older).context["page"]
    assert numbers(leading, shelf, first.older) == [11, 10, 9, 8, 6, 5, 4, 3, 2, 1]
    assert not second.older
    assert numbers(leading, shelf, second.newer) == numbers(leading, shelf)
    assert not leading.get(shelf + second.newer).context["page"].newer


def test_what_is_posted_meanwhile_shifts_no_page(leading, group, lead, shelf):
    older = leading.get(shelf).context["page"].older
    make.document(group, lead, "Document 31")
    assert numbers(leading, shelf, older)[0] == 11


@pytest.mark.parametrize(("sort", "first", "last"), [("title", [7, 1, 2], [29, 30]), ("review", [7, 2, 4], [27, 29])])
def test_it_can_be_sorted(leading, shelf, sort, first, last):
    page = leading.get(f"{shelf}?sort={sort}").context["page"]
    assert numbers(leading, shelf, f"?sort={sort}")[:3] == first
    assert numbers(leading, shelf, page.older)[-2:] == last
    assert numbers(leading, shelf, leading.get(shelf + page.older).context["page"].newer)[:3] == first


def test_it_can_be_narrowed_to_a_kind_of_those_there_are(leading, shelf):
    assert numbers(leading, shelf, "?kind=agenda") == list(range(30, 0, -3))
    kinds = [name for name, _words, _address in leading.get(shelf).context["kinds"]]
    assert kinds == ["agenda", "paper"]


@pytest.mark.parametrize(
    "query", ["?kind=nonsense", "?sort=owner", "?after=x", "?after=999999", f"?after={'9' * 5000}", "?before=%00"]
)
def test_nonsense_is_ignored(leading, shelf, query):
    assert numbers(leading, shelf, query)[0] == 7


def test_another_groups_number_is_no_bookmark(leading, lead, shelf):
    other = make.group("Curriculum")
    foreign = make.document(other, lead, "Foreign 99")
    assert numbers(leading, shelf, f"?after={foreign.pk}") == numbers(leading, shelf)


def test_thirty_rows_cost_as_many_queries_as_three(leading, group, lead, member, shelf):
    other = make.group("Curriculum")
    make.place(other, lead, "lead")
    for n in range(3):
        make.document(other, lead, f"Document {n:02}")
    assert price(leading, shelf) == price(leading, reverse("documents:list", args=[other.slug])) <= 14


def test_a_page_with_forty_versions_costs_what_one_with_one_costs(leading, group, lead):
    short, long = make.document(group, lead, "Short"), make.document(group, lead, "Long")
    for _n in range(40):
        long.add_version(lead, make.stored(lead))
    assert price(leading, short.get_absolute_url()) == price(leading, long.get_absolute_url()) <= 20
    page = leading.get(long.get_absolute_url())
    assert [version.number for version in page.context["versions"]] == list(range(41, 21, -1))
    older = leading.get(long.get_absolute_url(), {"before": page.context["older"]})
    assert older.context["versions"][0].number == 21


def price(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_an_empty_library_says_what_belongs_here(client, leading, group):
    page = leading.get(reverse("documents:list", args=[group.slug])).content.decode()
    assert "No documents yet" in page
    assert reverse("documents:new", args=[group.slug]) in page
