"""Erasing a person with what they wrote, or without: nothing that has to go is left in any table, nor in any file."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.files.models import StoredFile
from community.mail.models import Letter
from community.members.models import Member
from community.models import Entry
from community.moderation.models import DataRequest
from community.privacy.erasure import plan
from community.privacy.removal import rows
from groups.documents.models import Comment, Document, PageText
from groups.threads.models import Post, Summary, Thread
from groups.threads.models.post_file import PostFile
from realtime.chat.models import Message, Room
from realtime.chat.models.message_file import MessageFile
from tests import make

S = "Zanzibar"  # stands in all that they write
LEDGER = {"community_entry"}  # names rows, and says what staff typed as their reason


@pytest.fixture
def world(group, peri, lead, member):
    """What they wrote, and what others made of it."""
    mine, others = peri.affiliations.get(), lead.affiliations.get()
    group.allows_masked = True
    group.save()
    alone = make.thread(group, peri, title=f"Only {S} here", body=f"Opening {S}")
    begun = make.thread(group, peri, title=f"On {S}", body=f"First {S}")
    thread = make.thread(group, lead, body=f"What do you say, @{peri.handle}?")
    post = thread.reply(mine, f"We lend {S}.", files=[PostFile(stored=make.stored(peri, f"{S}.pdf", S.encode()))])
    post.edit(peri, f"We lend two {S}.", 1)
    post.react(lead, "thanks")
    thread.nameless().reply(mine, f"Masked {S}")
    thread.is_nameless = False
    Thread(group=group, title=f"Masked title {S}").nameless().start(mine, f"Masked opening {S}")
    answer = begun.reply(others, post.as_quotation() + "I think so too.")
    answer.react(peri, "agree")
    begun.reply(others, f"{answer.as_quotation()}And again.")
    Summary.write(thread, lead, f"{post.as_quotation()}So it is.", 0)
    room = Room.of(group)
    said = room.say(peri, f"Good morning {S}", "k", mine)
    said.attach([MessageFile(stored=make.stored(peri, f"room-{S}.pdf", f"1{S}".encode()))])
    room.say(lead, f"Good morning, @{peri.handle}", "k2", others)
    Message.take_up(room, [said.pk], lambda: thread.reply(others, "Taken up"))
    page = make.page(group, lead, "How we lend")
    Message.append_to(page, room, [said.pk], lead, uuid4())
    gone = make.document(group, peri, title=f"Rota {S}", content=make.stored(peri, f"rota-{S}.pdf", f"2{S}".encode()))
    Comment.say(gone, lead, "Whose is it?")
    Comment.say(page, peri, f"A comment on {S}", passage="How we lend")
    ours = make.page(group, peri, "Ours")
    ours.save_page(lead, 1, "Ours, and theirs")
    Draft.keep(peri, Typed(f"reply:threads.thread-{thread.pk}", {"body": f"Not sent {S}"}))
    Draft.keep(lead, Typed(f"reply:threads.thread-{begun.pk}", {"body": post.as_quotation() + "Hm"}))
    Letter.write(lead.email, "application", {"name": f"{peri.name}"})
    Letter.objects.update(text=f"{peri.name} asks you in", sent_at=None)
    Letter.objects.create(to=lead.email, template="news", subject=f"On {S}, {peri.name}", sent_at=make.timezone.now())
    Letter.objects.create(to=lead.email, template="news", subject=S, text=S, html=S, about={"member": lead.pk})
    make.stored(peri, f"loose-{S}.pdf", f"3{S}".encode())
    return {"alone": alone, "begun": begun, "thread": thread, "post": post, "page": page, "gone": gone, "ours": ours}


@pytest.fixture
def erase(client, staff, django_capture_on_commit_callbacks):
    def erase(person, way):
        client.force_login(staff)
        said = {"reason": "Asked by letter", "handle": person.handle, "way": way}
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"/people/{person.handle}/erase/", said)
        assert answer.status_code == 302, answer.text

    return erase


def left(word):
    """The tables and columns in which a word stands."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                said = (bytes(each) if isinstance(each, memoryview) else each for each in row)
                if table not in LEDGER and any(word.lower() in str(each).lower() for each in said):
                    found.add(table)
    return found


def in_files(settings):
    return [blob for blob in Path(settings.MEDIA_ROOT).rglob("*") if blob.is_file() and S.encode() in blob.read_bytes()]


def test_nothing_of_what_is_removed_is_left_anywhere(erase, peri, world, settings):
    names = (peri.name, peri.handle, peri.email)
    assert len(in_files(settings)) == 4 and {"threads_post", "threads_revision", "search_record"} <= left(S)
    erase(peri, "remove")
    assert not left(S) and not in_files(settings)
    assert S not in json.dumps(list(Entry.objects.values_list("details", flat=True)))
    assert [left(name) for name in names] == [set()] * 3


def test_what_is_kept_stays_word_for_word_without_name_handle_or_address(erase, peri, world, settings):
    names = (peri.name, peri.handle, peri.email)
    before = Post.objects.get(pk=world["post"].pk).body
    assert all(left(name) for name in names)
    erase(peri, "keep")
    assert [left(name) for name in names] == [set()] * 3
    assert Post.objects.get(pk=world["post"].pk).body == before
    quoted = world["begun"].posts.get(number=2)
    assert f"> We lend {S}." in quoted.body and "[Former member in post 2]" in quoted.body
    now = Member.objects.get(pk=peri.pk)
    assert f"@{now.handle}" in world["thread"].posts.get(number=1).body
    assert "**Former member**" in PageText.objects.get(version=Document.objects.get(pk=world["page"].pk).current).body
    assert len(in_files(settings)) == 3, "what nothing holds is gone"


def test_others_keep_their_words_and_their_places(client, erase, peri, lead, world, group):
    erase(peri, "remove")
    begun = Thread.objects.to_show().get(pk=world["begun"].pk)
    assert begun.title.startswith("Discussion of") and begun.withdrawn_at is None
    assert "I think so too." in begun.posts.get(number=2).body and "And again." in begun.posts.get(number=3).body
    client.force_login(lead)
    page = client.get(begun.get_absolute_url()).text
    assert "And again." in page and "(removed with whoever wrote it)" in page and S not in page
    assert client.get(world["alone"].get_absolute_url()).status_code == 404
    assert client.get(world["gone"].get_absolute_url()).status_code == 404
    assert "Ours, and theirs" in client.get(world["ours"].get_absolute_url()).text
    assert "So it is." in client.get(world["thread"].get_absolute_url()).text
    room = client.get(f"/groups/{group.slug}/live/").text
    assert "This message was removed." in room and S not in room
    assert begun.posts.get(number=2).reactions == {}


def test_what_the_preview_counts_is_what_happens(client, staff, erase, peri, world):
    """Counted from the rows before and after, not by the plan."""
    client.force_login(staff)
    page = client.get(f"/people/{peri.handle}/erase/").text.split('id="removed-h"')[1]

    def counted(title):
        found = re.search(rf"{title}(?:<br><span[^>]*>[^<]*</span>)?</span><span[^>]*>(\d+)<", page)
        return int(found[1]) if found else 0

    def blank(kind, **of):
        return kind.objects.filter(body="", **of).count()

    documents, files, others = (
        Document.objects.count(),
        StoredFile.objects.count(),
        Comment.objects.exclude(author=peri),
    )
    begun = Thread.objects.filter(author=peri)
    before, visible = others.count(), begun.filter(withdrawn_at=None).count()
    titles = set(begun.values_list("title", flat=True))
    erase(peri, "remove")
    assert counted("Posts in discussions") == blank(Post, author=peri) == 3
    assert counted("Messages in rooms") == blank(Message, author=peri) == 1
    assert counted("Comments on documents") == blank(Comment, author=peri) == 1
    assert counted("Documents that nobody else worked on") == documents - Document.objects.count() == 1
    assert (
        counted("Comments of others on these documents") == before - Comment.objects.exclude(author=peri).count() == 1
    )
    gone = visible - begun.filter(withdrawn_at=None).count()
    renamed = len(titles - set(begun.values_list("title", flat=True))) - gone
    assert (counted("Discussions with nobody else’s posts"), counted("Discussions in which others wrote")) == (
        gone,
        renamed,
    )
    assert (gone, renamed) == (1, 1)
    assert counted("Files") == files - StoredFile.objects.count() == 4
    assert counted("Documents that were agreed, or that others worked on") == 1


def test_the_preview_changes_nothing(client, staff, peri, world):
    client.force_login(staff)
    before = (left(S), Entry.objects.count())
    client.get(f"/people/{peri.handle}/erase/")
    plan(peri)
    assert (left(S), Entry.objects.count()) == before


def test_the_ledger_says_in_which_way(erase, peri, lead, world):
    erase(peri, "remove")
    assert Entry.objects.get(act="erase").details == {"way": "remove"}
    assert not Entry.objects.filter(reason__contains=S).exists()


def test_a_discussion_goes_once_however_long_it_is(peri, group, lead):
    thread = make.thread(group, peri)
    for n in range(3):
        thread.reply(lead.affiliations.get(), f"Answer {n}")
    assert list(rows("threads.thread.author", peri, nameless=True)) == [thread]


def test_what_a_group_agreed_upon_stays(erase, group, peri, lead, settings):
    agreed = make.document(group, peri, title="Minutes of May")
    review = agreed.reviews.create(version=agreed.current, asked_by=lead, due_on=make.dt.date(2030, 1, 1))
    review.outcome, review.ended_at = "agreed", make.timezone.now()
    review.save()
    Document.objects.filter(pk=agreed.pk).update(agreed=agreed.current, state="agreed")
    blob = agreed.current.file.blob.path
    erase(peri, "remove")
    stays = Document.objects.get(pk=agreed.pk)
    assert stays.title == "Minutes of May" and stays.author.name == "Former member" and Path(blob).exists()


def test_what_may_still_be_appealed_against_is_not_removed_yet(client, staff, peri, world):
    world["post"].hide(staff, "Against our rules", "2.1")
    client.force_login(staff)
    said = {"reason": "Asked by letter", "handle": peri.handle, "way": "remove"}
    refused = client.post(f"/people/{peri.handle}/erase/", said)
    assert (
        refused.status_code == 422
        and "still needed" in refused.text
        and S in Post.objects.get(pk=world["post"].pk).body
    )
    assert client.post(f"/people/{peri.handle}/erase/", {**said, "way": "keep"}).status_code == 302


def test_who_asks_says_which_way_and_staff_find_it_chosen(client, staff, peri, world):
    client.force_login(peri)
    page = client.get("/account/data/ask/").text
    assert "Posts in discussions" in page and "remove what I wrote" in page
    assert client.post("/account/data/ask/", {"kind": "remove", "words": ""}).status_code == 302
    assert DataRequest.objects.get().kind == "remove"
    client.force_login(staff)
    page = client.get(f"/people/{peri.handle}/erase/").text
    assert re.search(r'value="remove"[^>]*checked', page) and not re.search(r'value="keep"[^>]*checked', page)


def test_open_pages_of_others_are_told(erase, peri, world):
    from community.models import Event

    before = Event.objects.filter(stream=world["thread"].subject).count()
    erase(peri, "remove")
    told = Event.objects.filter(stream=world["thread"].subject)[before:]
    assert world["post"].subject in {event.target for event in told}
