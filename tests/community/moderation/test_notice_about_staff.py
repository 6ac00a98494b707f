"""A report from outside is not read by whoever it is about: it says who sent it."""

import pytest

from community.members.models import Member
from community.moderation.models import Notice
from community.moderation.tasks import keep_old_notices
from community.policy import Refused
from tests.community.moderation.deeds import case_page, claim, decide, first, page

LIST = "/desk/from-outside/"


@pytest.fixture
def staffs_post(group, post, colleague):
    """A post of one of staff in a discussion of others."""
    from tests import make

    make.place(group, colleague)
    return post.thread.reply(first(colleague), "You all talk too much")


def sees(client, who, notice):
    """Whether it is found, listed and counted; one and the same for all three."""
    found = page(client, who, notice.get_absolute_url()).status_code == 200
    listed = notice.reference in page(client, who, LIST).text
    counted = "waiting</span>" in page(client, who, "/desk/").text
    assert found == listed == counted
    return found


def take(address):
    return Notice.take("harassment", "How they write!", address=address, name="A parent", email="p@example.org")


def test_staff_whose_post_is_reported_do_not_see_it_and_a_colleague_does(client, staff, colleague, staffs_post):
    notice = take(f"https://forum.example{staffs_post.get_absolute_url()}")
    assert not sees(client, colleague, notice) and sees(client, staff, notice)
    client.force_login(colleague)
    assert client.post(notice.get_absolute_url(), {"answer": "Nothing in it."}).status_code == 404
    client.force_login(staff)
    assert client.post(notice.get_absolute_url(), {"answer": "We spoke to them."}).status_code == 302
    assert "A parent" not in page(client, colleague, LIST).text


def test_of_a_post_in_a_discussion_only_its_writer_is_meant_and_of_a_discussion_all_who_wrote_in_it(
    client, staff, colleague, post, staffs_post
):
    thread = post.thread.get_absolute_url()
    assert sees(client, colleague, take(f"{thread}#post-{post.pk}"))
    Notice.objects.all().delete()
    assert not sees(client, colleague, take(thread))
    assert sees(client, staff, Notice.objects.get())


def test_who_is_named_by_their_page_does_not_see_it(client, staff, colleague):
    assert not sees(client, colleague, take(f"https://forum.example/people/{colleague.handle}/"))
    assert sees(client, staff, Notice.objects.get())


def test_whoever_reads_it_can_say_that_it_is_about_a_colleague_or_themselves(client, staff, colleague):
    notice = take("")
    assert sees(client, colleague, notice)
    client.force_login(staff)
    address = f"{notice.get_absolute_url()}keep-from/"
    assert client.post(address, {"colleague": ""}).status_code == 422
    assert client.post(address, {"colleague": colleague.pk}).status_code == 302
    assert not sees(client, colleague, notice) and sees(client, staff, notice)
    assert colleague.name not in page(client, colleague, "/desk/ledger/").text.partition("keep-notice-from")[2][:300]
    refused = page(client, staff, notice.get_absolute_url()) and client.post(address, {"colleague": staff.pk})
    assert refused.status_code == 403 and "nobody could answer it" in refused.text


def test_what_all_of_staff_wrote_in_is_left_to_whom_it_does_not_concern_first(client, staff, colleague, staffs_post):
    Member.objects.filter(pk=staff.pk).update(is_staff=False)
    notice = take(staffs_post.thread.get_absolute_url())
    assert sees(client, colleague, notice), "somebody has to answer, and it is the discussion of another"
    assert "Whoever runs the server" not in page(client, colleague, LIST).text
    Notice.objects.all().delete()
    assert not sees(client, colleague, take(staffs_post.get_absolute_url()))
    assert "Whoever runs the server" in page(client, colleague, LIST).text


def test_those_that_came_before_are_kept_from_them_too(client, colleague, staff, staffs_post):
    notice = take(staffs_post.get_absolute_url())
    notice.kept_from.clear()
    assert sees(client, colleague, notice)
    keep_old_notices.call()
    assert not sees(client, colleague, notice)


def test_once_it_is_part_of_a_case_they_neither_find_nor_decide_that_and_a_colleague_does(
    client, staff, colleague, staffs_post
):
    notice = take(staffs_post.thread.get_absolute_url())
    notice.open_case(staff, staffs_post.thread)
    thread = staffs_post.thread
    assert case_page(client, colleague, thread).status_code == 403
    assert f"/desk/{thread.subject}/" not in page(client, colleague, "/desk/").text
    assert (
        claim(client, colleague, thread).status_code == decide(client, colleague, thread, "nothing").status_code == 403
    )
    with pytest.raises(Refused):
        thread.leave(colleague, "At the model's door too")
    assert f"/desk/{thread.subject}/" in page(client, staff, "/desk/").text
    assert decide(client, staff, thread, "hide", rule="3.2").status_code == 302
    notice.refresh_from_db()
    assert notice.answered_by == staff
    assert decide(client, colleague, thread, "restore").status_code == 403, "nor do they undo what was decided"


def test_where_nobody_else_is_left_the_desk_says_so(client, staff, colleague, post):
    notice = take("")
    notice.open_case(staff, post)
    notice.keep_from(colleague, staff)
    assert "has to name one more" not in case_page(client, colleague, post).text
    Member.objects.filter(pk=staff.pk).update(is_staff=False)
    assert "has to name one more" in case_page(client, colleague, post).text
    assert "has to name one more" in page(client, colleague, "/desk/").text
