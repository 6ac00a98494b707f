"""The demo is whole, real and harmless: played once for all these tests."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from community import ledger
from community.demo import bulk, clock, sign_in
from community.demo.fill import fill, is_demo
from community.demo.play import Play
from community.demo.shapes import SHAPES
from community.drafts.models import Draft
from community.files.models import StoredFile
from community.members.models import Member, Organisation
from community.moderation.models import Appeal, Case, Decision, Report
from community.notifications.models import Notification
from community.responses.models import Bookmark, Reaction
from groups.documents.models import Document, Version
from groups.models import Group, JoinRequest, Membership
from groups.search.models import Record
from groups.tags.models import Tag
from groups.threads.models import Move, Post, Template, Thread
from groups.watching.models import Watch
from realtime.chat.models import Message, Room
from tests import make


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, once: everything is undone after the last test of this file."""
    from django.db import transaction

    files = tmp_path_factory.mktemp("demo-files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        # Tests that commit empty the tables afterwards, and with them what migrations put there.
        if not Tag.objects.nations().exists():
            import_module("groups.tags.migrations.0001_tags_and_nations").mark_nations(apps, None)
        assert fill()
        yield files
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path, request):
    """The demo's own files, where it was played."""
    settings.MEDIA_ROOT = request.getfixturevalue("demo") if "demo" in request.fixturenames else tmp_path


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def said(**options) -> str:
    out = io.StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def test_a_second_run_adds_nothing_and_says_how_to_sign_in(demo):
    before = counts()
    assert "nothing was added" in said()
    assert counts() == before
    with clock.standing_at(timezone.now() + dt.timedelta(days=3)):
        assert not fill()
    assert counts() == before


def test_it_leaves_a_database_alone_in_which_others_live(db):
    make.person("real-person")
    before = counts()
    with pytest.raises(CommandError, match="nothing was touched"):
        said()
    assert counts() == before


def test_it_never_goes_onto_a_production_site(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="passwords are public"):
        said()
    assert not Member.objects.exists()


def test_every_address_is_one_where_no_post_arrives(demo):
    assert is_demo()
    assert Member.objects.count() >= 24
    assert all(address.email.endswith(".example") and address.verified for address in EmailAddress.objects.all())
    assert EmailAddress.objects.count() == Member.objects.exclude(pk=Member.objects.nameless().pk).count()


def test_everyone_signs_in_with_the_password_and_staff_with_the_code_too(demo, client):
    member = Member.objects.get(handle="brass-peri")
    assert member.check_password(sign_in.PASSWORD)
    for staff in Member.objects.filter(is_staff=True):
        assert staff.has_second_factor()
        (authenticator,) = staff.authenticator_set.all()
        assert authenticator.wrap().validate_code(said(code=True).strip())


def test_every_place_has_something_in_it(demo):
    assert Thread.objects.count() >= 30
    assert Document.objects.count() >= 20
    for thread in Thread.objects.filter(merged_into=None, is_waiting=False):
        assert thread.post_count >= 3, thread.title
    for document in Document.objects.all():
        assert document.summary and document.current, document.title
    for group in Group.objects.all():
        assert group.threads.exists() and group.welcome, group
        assert group.leads().count() >= 2, group
    for room in Room.objects.filter(is_default=True):
        assert room.messages.count() >= 3, room.group


def test_numbers_and_counters_are_what_counting_again_gives(demo):
    for thread in Thread.objects.filter(merged_into=None):
        posts = list(thread.posts.order_by("number"))
        moved = thread.traces.values_list("number", flat=True)
        assert sorted([post.number for post in posts] + [*moved]) == list(range(1, thread.last_number + 1))
        assert thread.post_count == thread.posts.in_sight().count()
        assert thread.last_post_at == posts[-1].posted_at and thread.last_author == posts[-1].author
        assert thread.created_at == posts[0].posted_at
        assert [post.posted_at for post in posts] == sorted(post.posted_at for post in posts)
    for room in Room.objects.filter(is_default=True):
        assert [*room.messages.order_by("number").values_list("number", flat=True)] == [*range(1, room.last + 1)]
    for document in Document.objects.all():
        numbers = [*document.versions.order_by("number").values_list("number", flat=True)]
        assert numbers == [*range(1, document.version_count + 1)] and document.current.number == numbers[-1]


def test_nothing_lies_in_the_future_and_much_lies_long_ago(demo):
    now = timezone.now()
    for model, field in [(Post, "posted_at"), (Message, "at"), (Version, "at"), (Report, "at"), (Notification, "at")]:
        times = model._default_manager.values_list(field, flat=True)
        assert max(times) <= now, model
    assert min(Post.objects.values_list("posted_at", flat=True)) < now - dt.timedelta(days=350)


def test_the_ledger_holds(demo):
    assert ledger.first_broken() is None


def test_search_finds_what_was_said_and_nothing_hidden(demo):
    assert Record.objects.filter(text__icontains="silence drills", thing_model="threads.post").exists()
    found = Post.objects.in_sight().exclude(thread__is_waiting=True)
    assert Record.objects.filter(thing_model="threads.post").count() == found.count()
    assert Record.objects.filter(thing_model="chat.message").count() == Message.objects.filter(hidden=None).count()
    assert (
        Record.objects.filter(thing_model="documents.document").count() == Document.objects.filter(hidden=None).count()
    )
    assert not Record.objects.filter(text__contains="lost her post").exists()


def test_every_file_opens(demo):
    kinds = set()
    for stored in StoredFile.objects.all():
        content = Path(settings.MEDIA_ROOT, stored.blob.name).read_bytes()
        kinds.add(stored.name.rpartition(".")[2])
        if stored.name.endswith(".pdf"):
            assert content.startswith(b"%PDF-") and b"%%EOF" in content[-64:]
        elif stored.name.endswith(".png"):
            assert Image.open(io.BytesIO(content)).size == (stored.width, stored.height)
        else:
            assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert kinds == {"pdf", "docx", "xlsx", "odt", "png"}


def test_the_states_that_pages_must_show_are_there(demo):
    today = timezone.localdate()
    assert {body.state for body in Organisation.objects.all()} == set(Organisation.State)
    assert Organisation.objects.exclude(sponsor=None).exists()
    assert Member.objects.get(handle="brass-peri").affiliations.in_force().count() == 2
    assert Membership.objects.filter(role="observer", ends_on__lt=today).exists(), "an expired guest"
    assert any(post.posted_as.has_ended for post in Post.objects.all()), "formerly at"
    assert Document.objects.exclude(superseded_by=None).exists()
    assert {*Document.objects.values_list("state", flat=True)} == {"", "draft", "review", "agreed"}
    assert any(document.is_past_review for document in Document.objects.all())
    assert {*Document.objects.values_list("rights", flat=True)} == {"own", "open", "permission", "link"}
    assert Document.objects.filter(language="cy").exists()
    assert JoinRequest.objects.waiting().count() >= 3
    assert Report.objects.open().exists()
    assert {*Decision.objects.values_list("act", flat=True)} == {"hide", "restore", "nothing"}
    assert Post.objects.exclude(hidden=None).exists() and Document.objects.exclude(hidden=None).exists()
    assert Post.objects.exclude(deleted_at=None).exists() and Post.objects.exclude(edited_at=None).exists()
    restored = Decision.objects.get(act="restore")
    assert restored.by != restored.undoes.by and Appeal.objects.get(decision=restored.undoes).is_upheld
    assert Appeal.objects.open().exists() and Case.objects.open().exclude(claimed_by=None).exists()


def test_some_things_are_unread_and_some_are_read(demo):
    member = Member.objects.get(handle="brass-peri")
    threads = Thread.objects.visible_to(member).with_news_for(member)
    assert any(thread.unread for thread in threads) and any(not thread.unread for thread in threads)
    assert member.notifications.filter(read_at=None).exists()
    assert member.notifications.exclude(read_at=None).exists()


def test_whoever_wrote_has_read_up_to_what_they_wrote(demo):
    for post in Post.objects.select_related("thread", "author", "mask__member"):
        if Thread.objects.visible_to(post.writer).contains(post.thread):
            assert post.thread.read_by(post.writer) >= post.number, (post, post.writer)


def test_every_kind_of_discussion_is_there_with_what_belongs_to_it(demo):
    threads = Thread.objects.filter(merged_into=None)
    assert {*threads.values_list("kind", flat=True)} == {*Thread.Kind.values}
    assert threads.filter(is_answered=True).count() >= 5
    for resource in threads.filter(kind="resource"):
        assert resource.linked_to(resource.author), resource
    now = timezone.now()
    taking, over = threads.filter(kind="consultation").order_by("-closes_at")
    assert taking.closes_at > now and not taking.is_over and over.closes_at < now and over.is_over
    for consultation in (taking, over):
        assert [section.comments > 0 for section in consultation.sections.with_comments()] == [True] * 3
    (asking,) = threads.filter(asks=True)
    read = [each.has_read for each in asking.who_was_asked()]
    assert read.count(True) == 4 and read.count(False) == 5
    assert set(Notification.objects.filter(kind="acknowledge", read_at=None).values_list("member", flat=True)) == {
        each.pk for each in asking.who_was_asked() if not each.has_read
    }
    assert asking.pinned_until > timezone.localdate()


def test_one_discussion_opens_later_and_one_is_in_the_archive(demo, client):
    (waiting,) = Thread.objects.filter(is_waiting=True)
    assert waiting.opens_at > timezone.now()
    for handle, status in (("brass-peri", 404), ("ivc-chair", 200)):
        client.force_login(Member.objects.get(handle=handle))
        assert client.get(waiting.get_absolute_url()).status_code == status
    assert Thread.objects.exclude(archived_at=None).get().archived_at < timezone.now()


def test_one_group_has_words_of_its_own_to_start_from(demo):
    own = Template.objects.get(group__slug="teaching", name="A lesson that went wrong")
    assert own in Template.objects.offered_in(own.group)


def test_discussions_are_sorted_and_one_is_for_one_nation_only(demo):
    tagged = Thread.objects.exclude(tags=None).distinct()
    assert tagged.count() > Thread.objects.count() / 2
    brass = Thread.objects.get(title__startswith="Whole-class brass")
    assert {tag.slug for tag in brass.tags.all()} == {"whole-class", "brass", "wellbeing"}
    assert Tag.objects.exclude(group=None).filter(threads__in=tagged).exists()
    (english,) = tagged.filter(tags__slug="england")
    muting = Member.objects.get(handle="dei-chair")
    seen = Thread.objects.visible_to(muting)
    assert english in seen and english not in seen.without(list(Tag.objects.muted_by(muting)), muting)


def test_the_brass_discussion_shows_what_came_of_it(demo):
    brass = Thread.objects.get(title__startswith="Whole-class brass")
    assert brass.summary.number == 2 and brass.summaries.count() == 2
    assert [post.reply_to.number for post in brass.posts.exclude(reply_to=None)] == [2, 3, 7, 7, 11, 13, 14]
    assert brass.posts.get(number=6).revisions.count() == 2
    said = Post.objects.exclude(reactions={})
    assert said.count() >= 12
    for post in said:
        there = Reaction.objects.to(("threads.post", post.pk))
        assert sum(post.reactions.values()) == there.count()
        assert post.writer.pk not in there.values_list("member", flat=True)


def test_what_was_moved_leads_on(demo, client):
    client.force_login(Member.objects.get(handle="brass-peri"))
    move = Move.objects.get(source__merged_into=None)
    assert "2 posts were moved by" in client.get(move.source.get_absolute_url()).content.decode()
    assert move.target.posts.count() == 3
    merged = Thread.objects.exclude(merged_into=None).get()
    answer = client.get(merged.get_absolute_url(), follow=True)
    assert answer.redirect_chain and merged.merged_into.title in answer.content.decode()


def test_one_group_allows_posts_without_a_name_and_its_pages_tell_nobody(demo, client):
    (group,) = Group.objects.filter(allows_masked=True)
    withheld = Post.objects.filter(author=Member.objects.nameless())
    assert withheld.count() == 2 and {post.thread.group for post in withheld} == {group}
    client.force_login(Member.objects.get(handle="inclusion-lead"))
    page = client.get(withheld[0].thread.get_absolute_url()).content.decode()
    assert "Name withheld" in page and "brass-peri" not in page


def test_the_demo_member_has_made_choices_and_left_texts_unfinished(demo):
    member = Member.objects.get(handle="brass-peri")
    places = {draft.deed for draft in Draft.objects.visible_to(member).kept()}
    assert places == {"reply", "new"}
    levels = {(row.thing_model, row.level) for row in Watch.objects.visible_to(member)}
    assert levels == {("groups.group", "everything"), ("threads.thread", "nothing")}
    assert Bookmark.objects.visible_to(member).kept().count() == 2
    unread = Thread.objects.visible_to(member).in_sight().unread_by(member)
    assert unread.count() >= 3 and unread.values("group").distinct().count() >= 2


def test_the_outsider_is_in_no_group(demo):
    outsider = Member.objects.get(handle="strings-peri")
    assert not outsider.memberships.exists() and outsider.has_standing()


def test_whoever_wrote_could(demo):
    """Nobody writes in a group that they were not in, nor as an observer."""
    for post in Post.objects.select_related("thread__group", "author"):
        group = post.thread.group
        assert group.joining == "automatic" or group.memberships.filter(member=post.writer).exists(), post


@pytest.mark.parametrize("days", range(0, 371, 53))
@pytest.mark.parametrize("hour", [3, 9, 22])
def test_on_any_day_of_the_year_everything_has_its_turn(days, hour):
    """Weekends, nights and clock changes move what is said, but never past now, nor before what it answers."""
    now = dt.datetime(2026, 1, 1, hour, tzinfo=dt.UTC) + dt.timedelta(days=days)
    play = Play(now)
    play.plan()
    assert max(moment for moment, _act in play.acts) <= now
    for name in ("private", "trumpets", "advert", "moan"):
        assert play.times[name] < now - dt.timedelta(minutes=5), name
    for title, shape in SHAPES.items():
        assert not shape.paper or play.times[f"{shape.paper} 1"] < play.times[title], title
        assert shape.opens is None or clock.ahead(shape.opens, "09:00", now) > now


def test_a_hundredth_of_a_benchmark_has_right_numbers(demo):
    assert bulk.multiply(3)
    before = counts()
    assert not bulk.multiply(3)
    assert counts() == before
    for thread in Thread.objects.filter(merged_into=None):
        numbers = [*thread.posts.values_list("number", flat=True)]
        if not thread.title.startswith("Festival"):  # two of its posts were moved
            assert sorted(numbers) == [*range(1, thread.last_number + 1)]
        assert thread.post_count == thread.posts.in_sight().count()
    found = Post.objects.in_sight().exclude(thread__is_waiting=True)
    assert Record.objects.filter(thing_model="threads.post").count() == found.count()
    assert is_demo()


def test_there_are_rooms_of_every_kind(demo):
    rooms = Room.objects.filter(is_default=False)
    now = timezone.now()
    assert rooms.filter(kind="talk", opens_at=None, archived_at=None, last__gt=0).exists(), "for a topic"
    assert rooms.filter(opens_at__gt=now).exists() and rooms.filter(closes_at__lt=now, last__gt=0).exists(), "hours"
    assert rooms.filter(kind="news", last__gt=0).exists(), "announcements"
    assert rooms.exclude(archived_at=None).filter(last__gt=0).exists(), "an archive"
    asked = rooms.get(kind="leads")
    assert set(asked.messages.values_list("author__handle", flat=True)) == {"brass-peri", "ivc-chair"}
