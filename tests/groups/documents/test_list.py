"""The list: its order, its pages, its filters, and that its price does not grow."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.documents import tasks
from groups.documents.models import Document, Look
from groups.documents.models.look import KEPT
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


def test_what_others_open_most_comes_first_as_long_as_that_is_kept(leading, lead, member, observer, shelf):
    often, once, owned, long_ago = (Document.objects.get(title=f"Document {n:02}") for n in (3, 4, 5, 6))
    today = timezone.localdate()
    for document, reader, ago in [
        (often, member, 1),
        (often, member, 2),
        (often, observer, 1),
        (once, member, 1),
        *((owned, lead, n) for n in range(9)),
        *((long_ago, member, KEPT.days + n) for n in range(9)),
    ]:
        Look.objects.create(document=document, member=reader, on=today - dt.timedelta(days=ago))
    Document.objects.filter(pk=long_ago.pk).update(use=9)
    tasks.keep_time.call()
    page = leading.get(f"{shelf}?sort=used").context["page"]
    assert numbers(leading, shelf, "?sort=used")[:5] == [7, 3, 4, 30, 29], "one’s own looks do not count"
    assert numbers(leading, shelf, page.older)[-1] == 1
    assert numbers(leading, shelf, leading.get(shelf + page.older).context["page"].newer)[:3] == [7, 3, 4]


def test_what_one_opened_lately_comes_back_the_latest_first_and_is_nobody_else_s(client, member, lead, staff, shelf):
    client.force_login(member)
    opened = Document.objects.filter(title__in=["Document 04", "Document 07", "Document 20", "Document 21"])
    long_ago, hidden = opened.get(title="Document 20"), opened.get(title="Document 21")
    for document in opened.order_by("-pk"):
        client.get(document.get_absolute_url())
    Look.objects.filter(document=long_ago).update(on=timezone.localdate() - KEPT)
    hidden.hide(staff, "Wrong", "3.2")
    assert numbers(client, shelf, "?sort=opened") == [4, 7], "pinned or not"
    assert numbers(client, shelf, "?sort=opened&kind=agenda") == []
    client.force_login(lead)
    page = client.get(f"{shelf}?sort=opened")
    assert page.context["page"].rows == []
    assert "You have opened none of these here in the last 90 days." in page.content.decode()


def test_what_one_opened_has_pages_and_costs_what_the_others_cost(client, member, shelf):
    client.force_login(member)
    Look.objects.bulk_create(Look(document=each, member=member) for each in Document.objects.order_by("pk"))
    first = client.get(f"{shelf}?sort=opened").context["page"]
    assert numbers(client, shelf, "?sort=opened") == [*range(30, 10, -1)]
    assert numbers(client, shelf, first.older) == [*range(10, 0, -1)]
    assert numbers(client, shelf, client.get(shelf + first.older).context["page"].newer) == [*range(30, 10, -1)]
    costs = []
    for query in ("?sort=new", "?sort=opened"):
        client.get(shelf + query)
        with CaptureQueriesContext(connection) as asked:
            client.get(shelf + query)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_library_is_searched_from_its_own_page(client, member, group, shelf):
    client.force_login(member)
    page = client.get(shelf).content.decode()
    assert f'name="group" value="{group.slug}"' in page
    found = client.get(reverse("search:results"), {"kind": "documents", "group": group.slug, "q": "13"})
    assert [hit.thing.title for hit in found.context["page"].hits] == ["Document 13"]


def test_the_newest_come_first_however_late_others_were_changed(leading, shelf):
    assert numbers(leading, shelf, "?sort=new")[:3] == [7, 30, 29]
    Document.objects.filter(title="Document 01").update(changed_at=timezone.now())
    assert numbers(leading, shelf)[:2] == [7, 1]
    assert numbers(leading, shelf, "?sort=new")[:3] == [7, 30, 29]


def test_what_can_be_chosen_is_what_there_is_in_sight(leading, group, lead, staff):
    make.document(group, lead, "Plain")
    hidden = make.document(group, lead, "Hidden", kind="letter", nation="wales")
    gone = make.document(group, lead, "Gone", kind="slides", audience="families", language="cy")
    make.document(make.group("Curriculum"), lead, "Foreign", kind="toolkit")
    assert group.documents.present() == {
        "kind": {"template", "letter", "slides"},
        "nation": {"wales"},
        "audience": {"families"},
        "language": {"en", "cy"},
    }
    hidden.hide(staff, "A reason")
    gone.remove(lead)
    there = group.documents.present()
    assert there == {"kind": {"template"}, "nation": set(), "audience": set(), "language": {"en"}}


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
    assert price(leading, short.get_absolute_url()) == price(leading, long.get_absolute_url()) <= 22
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
