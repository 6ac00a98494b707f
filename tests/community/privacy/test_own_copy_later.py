"""A copy of one's data is prepared in the background, kept for some days, and handed to nobody else."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.jobs import Worker
from community.mail.models import Letter
from community.members.models import Member
from community.privacy.erasure import erase
from community.privacy.models import KEPT, LONGEST, OwnCopy
from community.privacy.retention import carry_out
from community.privacy.tasks import make_copy, sweep_copies
from groups.threads.models import Post
from tests import make
from tests.community.privacy.copies import TAKE, URL, own_copy, prepared


@pytest.fixture
def mine(client, group, member):
    """The member is signed in, has written something, and has a file."""
    make.thread(group, member, body="We lend ukuleles.")
    make.stored(member, "loan.pdf", b"%PDF-1.7 mine %%EOF")
    client.force_login(member)
    return client


def kept():
    return default_storage.listdir("copies")[1] if default_storage.exists("copies") else []


def later(after):
    return time_machine.travel(timezone.now() + after, tick=False)


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_for_prepared_told_and_taken(mine, member):
    assert "Prepare my copy" in mine.get(URL).text and mine.get(TAKE).status_code == 404
    assert mine.post(URL).status_code == 302
    page = mine.get(URL).text
    assert "will be prepared in a moment" in page and "Prepare a new copy" not in page
    assert mine.get(TAKE).status_code == 302, "not yet"
    Worker("test", batch=True).run()
    assert "Your copy is ready" in mine.get(URL).text
    answer = mine.get(TAKE)
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "private, no-store"
    assert re.search(rf'filename="Data of {member.handle}, .*\.zip"', answer["Content-Disposition"])
    whole = answer.getvalue()
    assert b"%PDF-1.7 mine %%EOF" in whole and whole.startswith(b"PK")


def test_the_letter_says_that_it_is_ready_and_nothing_of_what_is_in_it(mine, member):
    prepared(mine)
    letter = Letter.objects.get(to=member.email, template="copy_ready")
    assert URL in letter.text and "ukuleles" not in letter.text and "loan" not in letter.text
    assert TAKE not in letter.text


def test_there_is_one_at_a_time(mine, member):
    mine.post(URL)
    mine.post(URL)
    assert OwnCopy.objects.filter(member=member).count() == 1
    assert DBTaskResult.objects.filter(task_path=make_copy.module_path).count() == 1
    own = OwnCopy.objects.get()
    make_copy.call(own.pk)
    make_copy.call(own.pk)
    assert len(kept()) == 1 and Letter.objects.filter(template="copy_ready").count() == 1


def test_a_new_one_takes_the_place_of_the_former(mine, django_capture_on_commit_callbacks):
    prepared(mine)
    (former,) = kept()
    with django_capture_on_commit_callbacks(execute=True):
        prepared(mine)
    assert len(kept()) == 1 and former not in kept()


def test_nobody_else_gets_it_not_even_staff(client, mine, member, lead, staff):
    prepared(mine)
    for other in (lead, staff):
        client.force_login(other)
        assert client.get(TAKE).status_code == 404 and "is ready" not in client.get(URL).text
    client.logout()
    assert client.get(TAKE).url.startswith("/sign-in/")
    client.force_login(member)
    assert client.get(TAKE).status_code == 200


def test_looking_changes_nothing(mine):
    assert mine.get(URL).status_code == 200 and mine.post(TAKE).status_code == 405
    assert not OwnCopy.objects.exists() and not DBTaskResult.objects.filter(task_path=make_copy.module_path).exists()


@pytest.mark.parametrize("until", [None, dt.timedelta(days=3)])
def test_whoever_is_suspended_or_has_left_comes_by_it_as_well(mine, member, until):
    if until:
        Member.objects.filter(pk=member.pk).update(suspended_until=timezone.now() + until)
    else:
        member.affiliations.update(ends_on=dt.date(2020, 2, 1))
    assert "index.html" in own_copy(mine).namelist()


def test_after_some_days_it_is_gone(mine, django_capture_on_commit_callbacks):
    prepared(mine)
    with later(KEPT - dt.timedelta(minutes=1)), django_capture_on_commit_callbacks(execute=True):
        sweep_copies.call()
        assert mine.get(TAKE).status_code == 200
    with later(KEPT + dt.timedelta(minutes=1)):
        assert mine.get(TAKE).status_code == 404, "also before the sweep"
        with django_capture_on_commit_callbacks(execute=True):
            sweep_copies.call()
    assert not OwnCopy.objects.exists() and not kept()


def test_it_stands_among_what_is_kept_for_a_time(client, mine, django_capture_on_commit_callbacks):
    prepared(mine)
    assert "Copies of what is held about somebody" in client.get("/how-long/").text
    with later(KEPT + dt.timedelta(minutes=1)), django_capture_on_commit_callbacks(execute=True):
        carry_out()
    assert not OwnCopy.objects.exists() and not kept()


def test_what_was_hidden_since_is_not_handed_out_any_more(mine, staff):
    prepared(mine)
    Post.objects.get().hide(staff, "Against our rules")
    assert mine.get(TAKE).status_code == 302
    page = mine.get(URL).text
    assert "Something here was taken out of sight" in page and TAKE not in page
    assert "ukuleles" not in own_copy(mine).read("data.json").decode()


def test_left_in_the_middle_it_is_begun_anew(mine, member):
    """Its worker is killed while it writes: the bytes of a file are missing, then they are there again."""
    stored = make.stored(member, "second.pdf", b"%PDF-1.7 second %%EOF")
    whole = default_storage.open(str(stored.blob)).read()
    default_storage.delete(str(stored.blob))
    with pytest.raises(FileNotFoundError):
        prepared(mine)
    own = OwnCopy.objects.get()
    assert own.is_being_made and own.begun_at and not kept()
    assert "is being prepared" in mine.get(URL).text and "<progress" in mine.get(URL).text
    with default_storage.open(str(stored.blob), "wb") as file:
        file.write(whole)
    make_copy.call(own.pk)
    assert b"%PDF-1.7 second %%EOF" in mine.get(TAKE).getvalue() and len(kept()) == 1


def test_what_never_gets_ready_is_said_and_can_be_asked_for_again(mine):
    mine.post(URL)
    with later(LONGEST + dt.timedelta(minutes=1)):
        page = mine.get(URL).text
        assert "could not be prepared" in page and "Prepare a new copy" in page
        assert own_copy(mine).namelist()


def test_bytes_that_a_crash_left_are_swept(mine, settings):
    prepared(mine)
    left = settings.MEDIA_ROOT / "copies" / "left"
    left.write_bytes(b"PK")
    sweep_copies.call()
    assert left.exists(), "it may be at work"
    with later(LONGEST + dt.timedelta(minutes=1)):
        sweep_copies.call()
    assert not left.exists() and len(kept()) == 1


def test_it_goes_with_whoever_is_erased(mine, member, staff, lead, django_capture_on_commit_callbacks):
    prepared(mine)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(member, staff, "Asked by letter")
    assert not OwnCopy.objects.exists() and not kept()


def test_whoever_is_erased_while_it_is_made_leaves_none(mine, member, staff):
    mine.post(URL)
    own = OwnCopy.objects.get()
    erase(member, staff, "Asked by letter")
    own.make()
    assert not kept() and not Letter.objects.filter(template="copy_ready").exists()


def test_the_page_asks_as_much_however_much_is_held(mine, group, member):
    prepared(mine)
    mine.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        mine.get(URL)
    for _ in range(30):
        make.stored(member, "more.pdf")
    with CaptureQueriesContext(connection) as many:
        mine.get(URL)
    assert len(many) == len(few)
