"""What is quoted goes out of sight with what it is quoted from, by every door, and comes back exactly."""

import io
import re
import uuid
import zipfile

import pytest

from community import live
from community.moderation.models import Act
from community.moderation.models.decision import Ruling
from groups.documents.models import Comment, PageText
from groups.links.models import Covered
from groups.links.tasks import cover
from groups.search.models import Record
from groups.threads.models import Post, Revision
from realtime.chat.models import Message, Room
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "The boy in the front row"
ASIDE = "told me about it"


def voice(member):
    return member.affiliations.get()


@pytest.fixture
def thread(group, lead):
    return make.thread(group, lead)


@pytest.fixture
def secret(thread, member):
    return thread.reply(voice(member), f"{SECRET}\n\n{ASIDE}")


def quoting(post, writer, answer="So I heard."):
    return post.thread.reply(voice(writer), f"{now(post).as_quotation()}{answer}")


def now(row):
    rows = type(row).objects
    return (rows.to_show() if hasattr(rows, "to_show") else rows).get(pk=row.pk)


def hide(thing, staff):
    now(thing).hide(staff, "It could tell who he is", "3.2")
    return lambda: now(thing).restore(staff, "It could not")


def hold(thing, _staff):
    before = now(thing).withhold()
    return lambda: now(thing).give_back(before)


def remove(thing, staff):
    now(thing).decide(staff, Ruling(Act.REMOVE, "It could tell who he is", "3.2"))
    return lambda: now(thing).restore(staff, "It could not")


away = pytest.mark.parametrize("away", [hide, hold, remove])


def stored():
    """All that is kept of texts, to the letter."""
    yield list(Post.objects.order_by("pk").values_list("body", "html", "edition", "edited_at"))
    yield list(Revision.objects.order_by("pk").values_list("body"))
    yield list(PageText.objects.order_by("pk").values_list("body", "html"))
    yield list(Record.objects.order_by("thing_model", "thing_id").values_list("title", "text", "at"))


def doors(client, who, thread, page=None):
    """Where the words of a quotation may stand."""
    client.force_login(who)
    last = thread.posts.order_by("-number").first()
    urls = [f"{thread.get_absolute_url()}?{query}" for query in ("", f"quote={last.number}", "size=whole")]
    urls += [f"{last.deeds_url}edit/", f"{last.deeds_url}history/", thread.group.get_absolute_url(), "/"]
    urls += ["/search/?q=front", "/search/?q=told"]
    if page is not None:
        place = page.get_absolute_url()
        urls += [place, f"{place}edit/", f"{place}2/", f"{place}2/compare/", f"{place}1/compare/?with=2"]
    for url in urls:
        yield url, client.get(url, follow=True).text
    streams = [live.stream_of(thread), live.stream_of(thread.group)]
    yield from (("live", str(frame)) for stream in streams for frame in live.since(stream, 0))
    yield from (("search", f"{record.title} {record.text}") for record in Record.objects.all())
    yield from (("letter", str(post.told)) for post in thread.posts.in_sight())


def leaks(*seen):
    words = (SECRET, ASIDE)
    return [url for url, text in doors(*seen) if any(word in re.sub(r"</?mark>", "", text) for word in words)]


@away
def test_a_post_that_is_quoted_is_gone_from_what_quotes_it_and_comes_back_exactly(
    client, thread, secret, lead, member, observer, staff, away
):
    one = quoting(secret, lead)
    one.edit(lead, now(one).body + "\n\nAnd more.", 1)
    quoting(one, observer, "Both of you.")
    before = list(stored())
    assert SECRET in str(before)
    back = away(secret, staff)
    for reader in (lead, member, observer, staff):
        assert leaks(client, reader, thread) == []
    shown = client.get(thread.get_absolute_url()).text
    assert shown.count("(hidden)") == 2 and "So I heard." in shown and "Both of you." in shown
    back()
    assert list(stored()) == before and not Covered.objects.exists()
    assert SECRET in client.get(thread.get_absolute_url()).text


def test_a_quotation_of_a_quotation_goes_with_the_first(client, thread, secret, lead, observer, staff):
    inner = quoting(secret, lead)
    outer = quoting(inner, observer, "Both of you.")
    before = list(stored())
    back, other = hide(inner, staff), hide(secret, staff)
    assert leaks(client, lead, thread) == [] and "So I heard." not in now(outer).body
    back()
    assert leaks(client, lead, thread) == [] and "So I heard." in now(outer).body
    other()
    assert list(stored()) == before


def test_a_discussion_that_is_hidden_takes_what_others_quote_of_it(client, group, secret, lead, staff):
    other = make.thread(group, lead, "Another", body=f"{now(secret).as_quotation()}Is that so?")
    before = list(stored())
    back = hide(secret.thread, staff)
    assert leaks(client, lead, other) == []
    back()
    assert list(stored()) == before


def test_who_quoted_it_edits_what_can_be_read_and_loses_nothing(client, thread, secret, lead, staff):
    post = quoting(secret, lead)
    written = post.body
    back = hide(secret, staff)
    client.force_login(lead)
    form = client.get(f"{post.deeds_url}edit/").text
    assert "(hidden)" in form and SECRET not in form
    changed = now(post).body.replace("So I heard.", "So I heard, too.")
    assert client.post(f"{post.deeds_url}edit/", {"body": changed, "edition": 1}).status_code == 302
    assert leaks(client, lead, thread) == []
    back()
    assert now(post).body == written.replace("So I heard.", "So I heard, too.")
    assert now(post).revisions.get().body == written


def test_a_form_that_was_open_when_it_was_hidden_brings_nothing_back(client, thread, secret, lead, staff):
    quoted, mine = f"{secret.as_quotation()}So I heard.", quoting(secret, lead)
    hide(secret, staff)
    client.force_login(lead)
    sent = {"body": quoted, "key": str(uuid.uuid4()), "posted_as": voice(lead).pk}
    assert client.post(f"/groups/{thread.group.slug}/threads/{thread.pk}/reply/", sent).status_code == 302
    changed = {"body": mine.body + "\n\nAnd more.", "edition": 1}
    assert client.post(f"{mine.deeds_url}edit/", changed).status_code == 302
    assert thread.posts.count() == 4 and leaks(client, lead, thread) == []


def test_part_of_it_and_what_answers_it_without_its_address_is_gone_too(client, thread, secret, lead, staff):
    part = f"> {ASIDE}\n\nDid he?\n\n> {SECRET}\n>\n> [brass-peri in post 2]({secret.get_absolute_url()})\n\nOh."
    thread.reply(voice(lead), part)
    thread.reply(voice(lead), f"> {SECRET}\n\nOh.", to=secret)
    before = list(stored())
    back = hide(secret, staff)
    assert leaks(client, lead, thread) == [] and client.get(thread.get_absolute_url()).text.count("Oh.") == 2
    back()
    assert list(stored()) == before


@pytest.mark.parametrize("away", [hide, hold])
def test_a_message_that_was_put_into_a_page_is_gone_from_its_versions_and_comes_back_exactly(
    client, group, thread, lead, member, staff, away
):
    page, room = make.page(group, lead, "What we know."), Room.of(group)
    said = room.say(member, f"{SECRET}\n{ASIDE}", "key-1", voice(member))
    Message.append_to(page, room, [said.pk], lead, uuid.uuid4())
    now(page).save_page(member, 2, now(page).current.page.body.replace("What we know.", "What we know now."))
    remark = Comment.say(now(page), lead, "Is that so?", passage=SECRET)
    before = list(stored())
    back = away(said, staff)
    for reader in (lead, member):
        assert leaks(client, reader, thread, page) == []
        assert "Is that so?" in client.get(remark.get_absolute_url(), follow=True).text
    zipped = client.get(f"/groups/{group.slug}/documents/zip/?all")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(zipped.streaming_content)))
    assert len(packed.namelist()) > 3 and all(SECRET not in packed.read(name).decode() for name in packed.namelist())
    second = now(page).versions.get(number=2)
    now(page).bring_back(lead, second)
    assert leaks(client, lead, thread, page) == [] and "What we know." in now(page).current.page.body
    back()
    texts = [made.page.body for made in now(page).versions.order_by("number")]
    assert texts[3] == texts[1] and SECRET in texts[3]
    assert list(stored())[2] == [*before[2], before[2][1]]


def test_what_was_hidden_before_is_covered_once(client, thread, secret, lead, staff):
    post = quoting(secret, lead)
    written = post.body
    hide(secret, staff)
    Covered.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(body=written)
    now(post).render_again()
    assert leaks(client, lead, thread)
    cover.call()
    assert leaks(client, lead, thread) == []


def test_what_goes_for_good_while_it_is_hidden_leaves_no_passage_behind(client, group, thread, lead, member, staff):
    page, room = make.page(group, lead, "What we know."), Room.of(group)
    said = room.say(member, SECRET, "key-1", voice(member))
    Message.append_to(page, room, [said.pk], lead, uuid.uuid4())
    Comment.say(now(page), lead, "Is that so?", passage=SECRET)
    Comment.say(now(page), lead, "Surely?", passage="What we know.")
    hide(said, staff)
    now(said).wipe()
    assert list(Comment.objects.order_by("pk").values_list("passage", flat=True)) == ["", "What we know."]
    assert not Covered.objects.exists()
