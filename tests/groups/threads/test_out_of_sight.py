"""What staff hid is out of everybody's sight by every door, and comes back exactly."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community import live
from community.models import Event
from community.moderation.models import Moderatable
from community.notifications.models import Notification
from groups.search.models import Record
from groups.threads.models import Post, Thread
from tests.groups.threads.conftest import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(thread, member) -> Post:
    return thread.reply(member.affiliations.get(), "The child’s name is secret")


def doors(reader, post):
    """Every page and frame on which the text of a post may stand."""
    thread = post.thread
    yield reader.reads(thread).text
    yield reader.reads(thread, quote=post.number).text
    yield reader.lists(thread.group).text
    yield from (str(frame) for frame in live.since(live.stream_of(thread), 0))
    yield from (str(frame) for frame in live.since(live.stream_of(thread.group), 0))
    yield from (record.title + record.text for record in Record.objects.all())


def test_a_hidden_post_says_that_and_nothing_of_its_text_or_of_the_reasons(enter, thread, secret, lead, member, staff):
    before = enter(lead).reads(thread).text
    assert "secret" in before
    secret.hide(staff, "It named a child", "Rule 3.2")
    for reader in (lead, member, staff):
        assert all("secret" not in text for text in doors(enter(reader), secret))
    for reader in (lead, member, staff):
        page = enter(reader).reads(thread).text
        assert "Hidden by staff" in page and "It named a child" not in page and "3.2" not in page
    assert Thread.objects.get().post_count == 1


def test_a_hidden_post_comes_back_exactly(enter, thread, secret, lead, staff):
    before, found = live.render(Post.objects.to_show().get(pk=secret.pk)), Record.objects.count()
    secret.hide(staff, "It named a child")
    assert Record.objects.count() == found - 1
    secret.restore(staff, "It did not")
    assert live.render(Post.objects.to_show().get(pk=secret.pk)) == before
    assert Record.objects.count() == found
    assert Thread.objects.get().post_count == 2


def test_hiding_is_told_to_open_pages_without_the_text(thread, secret, staff):
    Event.objects.all().delete()
    secret.hide(staff, "It named a child")
    assert [(e.stream, e.verb, e.target) for e in Event.objects.filter(stream__startswith="thread")] == [
        (f"thread-{thread.pk}", "replace", f"post-{secret.pk}")
    ]


def test_an_author_cannot_edit_or_remove_what_staff_hid(enter, secret, member, staff):
    secret.hide(staff, "It named a child")
    assert enter(member).edits(secret, "Harmless").status_code == 403
    assert enter(member).removes(secret).status_code == 403
    secret.restore(staff, "It did not")
    assert enter(member).edits(secret, "Harmless").status_code == 302


def test_a_hidden_thread_is_gone_from_lists_and_its_page_says_only_that(enter, group, thread, secret, lead, staff):
    thread.hide(staff, "All of it named a child", "Rule 3.2")
    for reader in (lead, staff):
        assert all("secret" not in text and thread.title not in text for text in doors(enter(reader), secret))
        assert enter(reader).get(at(secret, "post")).status_code == 404
    page = enter(lead).reads(thread)
    assert page.status_code == 200
    assert "Hidden by staff" in page.text and "All of it named a child" not in page.text
    assert enter(lead).replies(thread, "Kept words").status_code == 403
    thread.restore(staff, "It did not")
    assert "secret" in enter(lead).reads(thread).text
    assert thread.title in enter(lead).lists(group).text
    assert Record.objects.count() == 2


def test_a_post_removed_or_hidden_on_its_own_stays_unfindable_when_its_thread_comes_back(thread, secret, member, staff):
    secret.remove(member)
    thread.hide(staff, "A look first")
    thread.restore(staff, "Fine")
    assert [record.thing_id for record in Record.objects.all()] == [thread.posts.get(number=1).pk]


def test_moderators_get_the_text_and_three_posts_around_it(thread, secret, lead, staff):
    for number in range(6):
        thread.reply(lead.affiliations.get(), f"Number {number}")
    secret.hide(staff, "It named a child")
    found = Moderatable.named(secret.subject).objects.get(pk=secret.pk)
    assert "secret" in found.evidence
    assert [post.number for post in found.surroundings()] == [1, 2, 3, 4, 5]


# ── Files ──


def picture(name="plan.png") -> SimpleUploadedFile:
    from io import BytesIO

    from PIL import Image

    content = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


@pytest.fixture
def with_picture(enter, thread, member, settings, tmp_path) -> Post:
    settings.MEDIA_ROOT = tmp_path
    assert enter(member).replies(thread, "Our hall", files=[picture()], alt="A hall").status_code == 422
    answer = enter(member).replies(thread, "Our hall", files=[picture()], alt="A hall with two windows", declared="on")
    assert answer.status_code == 302
    return thread.posts.get(number=2)


def test_a_picture_stands_below_the_text_with_its_description(enter, thread, with_picture, lead):
    url = at(with_picture, "file", with_picture.files.get().pk)
    page = enter(lead).reads(thread).text
    assert f'src="{url}"' in page
    assert 'alt="A hall with two windows"' in page
    shown = enter(lead).get(url)
    assert shown.status_code == 200
    assert shown["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_given_to_those_who_read_the_post_and_while_they_can(
    enter, group, thread, with_picture, member, observer, outsider, staff
):
    url = at(with_picture, "file", with_picture.files.get().pk)
    assert enter(observer).get(url).status_code == 200
    assert enter(outsider).get(url).status_code == 404
    assert enter(None).get(url).status_code == 302
    with_picture.hide(staff, "It shows a child")
    assert enter(observer).get(url).status_code == 404
    with_picture.restore(staff, "It does not")
    with_picture.remove(member)
    assert enter(observer).get(url).status_code == 404
    with_picture.put_back(member)
    reader = enter(observer)
    assert reader.get(url).status_code == 200
    group.remove(observer)
    assert reader.get(url).status_code == 404


def test_a_file_is_found_under_its_own_post_only(enter, thread, with_picture, member):
    other = thread.posts.get(number=1)
    assert enter(member).get(at(other, "file", with_picture.files.get().pk)).status_code == 404
    assert enter(member).get(at(with_picture, "file", 10**30)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"<html><script>alert(1)</script>"), ("empty.pdf", b""), ("a.svg", b"<svg onload='alert(1)'/>")],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_text_is_kept(enter, thread, member, name, content):
    answer = enter(member).replies(thread, "An hour of work", files=[SimpleUploadedFile(name, content)])
    assert answer.status_code == 422
    assert "An hour of work</textarea>" in answer.text
    assert thread.posts.count() == 1


def test_too_many_files_are_refused_and_a_repeat_keeps_them_once(enter, thread, member, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    many = [SimpleUploadedFile(f"{n}.txt", b"words") for n in range(11)]
    assert enter(member).replies(thread, "Look", files=many).status_code == 422
    for _ in range(2):
        again = [SimpleUploadedFile("a.txt", b"words")]
        assert enter(member).replies(thread, "Look", files=again, key="k1").status_code == 302
    post = thread.posts.get(number=2)
    assert post.files.count() == 1


# ── Who is told ──


def told(member):
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def test_those_who_wrote_before_and_those_mentioned_are_told_once_each(thread, lead, member, observer):
    post = thread.reply(
        member.affiliations.get(), "@industry-guest and @workforce-chair, what do you think? @brass-peri"
    )
    assert told(lead) == ["mentioned"]
    assert told(observer) == ["mentioned"]
    assert told(member) == []
    thread.reply(lead.affiliations.get(), "Nothing yet")
    assert told(member) == ["replied"]
    assert told(observer) == ["mentioned"]
    assert 'class="mention"' in Post.objects.get(pk=post.pk).html


def test_whoever_cannot_see_the_group_is_not_told_and_not_named(thread, member, outsider, lead, group):
    post = thread.reply(member.affiliations.get(), "@strings-peri should see this, and @no-such-person")
    assert told(outsider) == []
    assert "mention" not in post.html
    gone = lead.affiliations.get()
    group.admit(member.affiliations.get(), "lead")
    group.remove(lead)
    thread.reply(member.affiliations.get(), "@workforce-chair?")
    assert told(lead) == ["replied"], "of the first reply, while still there"
    assert gone.member_id == lead.pk


def test_an_edit_tells_only_who_is_newly_mentioned(thread, member, lead, observer):
    post = thread.reply(member.affiliations.get(), "Dear @workforce-chair")
    post.edit(member, "Dear @workforce-chair and @industry-guest", 1)
    assert told(lead) == ["mentioned"]
    assert told(observer) == ["mentioned"]
