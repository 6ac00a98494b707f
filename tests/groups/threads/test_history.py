"""What became of a text: each change with who, when and what; as far as the text itself can be read."""

import pytest

from groups.threads.models import Post
from tests import make
from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(group, member):
    post = make.thread(group, member, body="Breath before sound.").posts.get()
    post.edit(member, "Breath before tone.", 1)
    post.edit(member, "Breath before tone, always.", 2)
    return Post.objects.to_show().get(pk=post.pk)


def test_a_changed_post_leads_to_what_changed(enter, changed, outsider, lead):
    reader = enter(lead)
    address = at(changed, "history")
    assert address in reader.reads(changed.thread).text
    page = reader.get(address)
    assert page.status_code == 200
    assert "removed: </span> sound.<" in page.text
    assert "added: </span> tone.<" in page.text
    assert page.text.count("Changed by") == 2
    assert enter(outsider).get(address).status_code == 404
    assert enter(None).get(address).status_code == 302


@pytest.mark.parametrize("fate", ["hidden", "removed", "thread hidden", "left the group"])
def test_the_history_of_what_cannot_be_read_cannot_be_read_either(enter, group, changed, member, lead, staff, fate):
    address, reader = at(changed, "history"), enter(lead)
    assert reader.get(address).status_code == 200
    if fate == "hidden":
        changed.hide(staff, "It names a pupil")
    elif fate == "removed":
        changed.remove(member)
    elif fate == "thread hidden":
        changed.thread.hide(staff, "No")
    else:
        make.place(group, make.person(), "lead")
        group.remove(lead)
    assert reader.get(address).status_code == 404
    assert enter(member).get(address).status_code == 404 or fate == "left the group"


def test_its_author_goes_back_to_an_earlier_text_by_an_edit(enter, changed, member):
    writer = enter(member)
    first = changed.revisions.order_by("pk").first()
    assert f"edit/?text={first.pk}" in writer.get(at(changed, "history")).text
    form = writer.get(at(changed, "edit"), text=first.pk).context["form"]
    assert form["body"].value() == "Breath before sound."
    writer.edits(changed, form["body"].value(), form["edition"].value())
    changed.refresh_from_db()
    assert (changed.body, changed.edition) == ("Breath before sound.", 4)
    assert writer.get(at(changed, "edit"), text="nonsense").status_code == 200


def test_an_edit_conflict_shows_what_would_change(enter, changed, member):
    answer = enter(member).edits(changed, "Breath before song.", 1)
    assert answer.status_code == 409
    assert "removed: </span> tone, always.<" in answer.text
    assert "added: </span> song.<" in answer.text


def test_thirty_changes_come_in_pages_and_cost_the_same(enter, changed, member, lead, django_assert_num_queries):
    reader = enter(lead)
    address = at(changed, "history")
    reader.get(address)
    for number in range(3, 31):
        changed.edit(member, f"Text {number}", number)
    page = reader.get(address)
    assert page.text.count("Changed by") == 10
    older = reader.get(address, page=3)
    assert older.text.count("Changed by") == 10
    assert "sound." in older.text and "Posted by" in older.text
    with django_assert_num_queries(_queries(reader, address)):
        reader.get(address)


def _queries(reader, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        reader.get(address)
    assert len(asked) <= 25
    return len(asked)
