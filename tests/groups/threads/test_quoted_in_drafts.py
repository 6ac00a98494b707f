"""A draft that quotes what is out of sight shows and sends nothing of it, and has it again when it is back."""

import io
import uuid
import zipfile

import pytest

from community.drafts.models import Draft
from community.privacy.copy import own_copy
from groups.documents.models import Comment
from groups.links.models import Covered
from groups.threads.models import Post
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "The boy in the front row"


@pytest.fixture
def secret(group, lead, member):
    return make.thread(group, lead).reply(member.affiliations.get(), SECRET)


@pytest.fixture
def place(secret):
    return f"reply:threads.thread-{secret.thread_id}"


@pytest.fixture
def writer(client, lead):
    client.force_login(lead)
    return client


def hide(post, staff):
    Post.objects.to_show().get(pk=post.pk).hide(staff, "It could tell who he is", "3.2")
    return lambda: Post.objects.to_show().get(pk=post.pk).restore(staff, "It could not")


def save(client, place, body, sequence=0, **fields):
    sent = {"place": place, "body": body, "sequence": sequence, "tab": "", "quiet": "1", **fields}
    return client.post("/drafts/save/", sent)


def kept():
    """What stands in the row, to the letter."""
    return Draft.objects.values_list("fields", flat=True).get()["body"]


def copied(member):
    packed = zipfile.ZipFile(io.BytesIO(b"".join(own_copy(member))))
    return "".join(packed.read(name).decode(errors="ignore") for name in packed.namelist())


@pytest.mark.parametrize("text", ["quoted", "in part"])
def test_it_is_read_by_no_door_and_comes_back_exactly(writer, secret, place, lead, staff, text):
    body = f"{secret.as_quotation()}So I heard." if text == "quoted" else f"> {SECRET}\n\nSo I heard."
    assert save(writer, place, body, to=secret.number).status_code == 200
    thread = secret.thread.get_absolute_url()
    back = hide(secret, staff)
    seen = [writer.get(url).text for url in ("/drafts/", thread)]
    seen += [save(writer, place, "Other words", tab="another").text, copied(lead)]
    assert all(SECRET not in each for each in seen) and all("So I heard." in each for each in seen)
    back()
    assert kept() == body == Draft.objects.get().fields["body"]
    assert SECRET in writer.get("/drafts/").text and SECRET in writer.get(thread).text


def test_what_is_typed_on_meanwhile_is_kept_with_it(writer, secret, place, lead, staff):
    body = f"{secret.as_quotation()}So I heard."
    save(writer, place, body)
    back = hide(secret, staff)
    now = Draft.objects.get()
    assert save(writer, place, f"{now.fields['body']}\n\nAnd more.", now.sequence).status_code == 200
    assert SECRET not in writer.get("/drafts/").text and "And more." in writer.get("/drafts/").text
    back()
    assert Draft.objects.get().fields["body"] == f"{body}\n\nAnd more."


def test_sent_meanwhile_it_says_hidden_and_comes_back_with_what_it_quotes(writer, secret, place, lead, staff):
    body = f"{secret.as_quotation()}So I heard."
    save(writer, place, body)
    back, now, thread = hide(secret, staff), Draft.objects.get(), secret.thread
    sent = {"body": now.fields["body"], "key": str(uuid.uuid4()), "posted_as": lead.affiliations.get().pk}
    sent |= {"place": place, "sequence": now.sequence}
    url = f"/groups/{thread.group.slug}/threads/{thread.pk}/reply/"
    assert writer.post(url, sent).status_code == 302 and not Draft.objects.get().is_kept
    assert SECRET not in writer.get(thread.get_absolute_url()).text
    post = Post.objects.order_by("pk").last()
    assert "(hidden)" in post.body and "So I heard." in post.body and SECRET not in post.body
    back()
    assert Post.objects.get(pk=post.pk).body == body and not Covered.objects.exists()


def test_a_comment_from_a_draft_is_sent_once_and_says_hidden(writer, group, secret, lead, staff):
    page = make.page(group, lead, "What we know.")
    place = f"comment:documents.document-{page.pk}"
    body = f"{secret.as_quotation()}Is that so?"
    save(writer, place, body)
    back, now = hide(secret, staff), Draft.objects.get()
    assert SECRET not in writer.get(page.get_absolute_url()).text
    sent = {"body": now.fields["body"], "key": str(uuid.uuid4()), "place": place, "sequence": now.sequence}
    url = f"/groups/{group.slug}/documents/{page.pk}/comments/"
    assert writer.post(url, sent).status_code == 302
    assert "(hidden)" in Comment.objects.get().body and SECRET not in writer.get(page.get_absolute_url()).text
    back()
    assert Comment.objects.get().body == body


def test_a_preview_of_what_was_open_shows_it_no_more(writer, secret, place, lead, staff):
    thread = secret.thread
    hide(secret, staff)
    sent = {"body": f"{secret.as_quotation()}So I heard.", "key": str(uuid.uuid4()), "preview": "1"}
    answer = writer.post(f"/groups/{thread.group.slug}/threads/{thread.pk}/reply/", sent)
    assert SECRET not in answer.context["form"].preview.html and "So I heard." in answer.context["form"].preview.html


def test_it_goes_along_whole_when_its_discussion_goes_into_another(writer, group, secret, place, lead, staff):
    body = f"{secret.as_quotation()}So I heard."
    save(writer, place, body)
    back, other = hide(secret, staff), make.thread(group, lead, "Another")
    Draft.move(place, f"reply:threads.thread-{other.pk}")
    assert SECRET not in writer.get(other.get_absolute_url()).text
    back()
    assert Draft.of(lead, f"reply:threads.thread-{other.pk}").fields["body"] == body


def test_a_part_that_is_known_by_what_it_answers_shows_nothing_once_it_answers_nothing(
    writer, group, secret, place, lead, staff
):
    save(writer, place, f"> {SECRET}\n\nSo I heard.", to=secret.number)
    hide(secret, staff)
    now, thread = Draft.objects.get(), secret.thread
    sent = {"body": now.fields["body"], "key": str(uuid.uuid4()), "posted_as": lead.affiliations.get().pk}
    sent |= {"place": place, "sequence": now.sequence}
    assert save(writer, place, f"{now.fields['body']}\n\nAnd more.", now.sequence).status_code == 200
    assert SECRET not in writer.get("/drafts/").text
    save(writer, place, f"> {SECRET}\n\nSo I heard.", Draft.objects.get().sequence, to=secret.number)
    Draft.move(place, f"reply:threads.thread-{make.thread(group, lead, 'Another').pk}")
    assert SECRET not in writer.get("/drafts/").text
    save(writer, place, f"> {SECRET}\n\nSo I heard.", Draft.of(lead, place).sequence, to=secret.number)
    assert writer.post(f"/groups/{group.slug}/threads/{thread.pk}/reply/", sent).status_code == 302
    assert SECRET not in writer.get(thread.get_absolute_url()).text and "(hidden)" in thread.posts.last().body
