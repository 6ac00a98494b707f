"""What a composer gives: in reply to a post, whom one may mention, files that wait, a warning before nobody is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.files.models import StoredFile
from groups.threads.models import Post
from groups.watching.models import Level, Watch
from tests import make
from tests.journeys.deeds import picture

pytestmark = pytest.mark.django_db


def asks_for(reader, group, letters):
    return reader.get(reverse("threads:people", args=[group.slug]), q=letters)


def uploads(reader, group, name="room.png", content=None):
    file = SimpleUploadedFile(name, content or picture())
    return reader.client.post(reverse("threads:upload", args=[group.slug]), {"file": file})


def at_waiting(group, stored):
    return reverse("threads:waiting", args=[group.slug, stored.pk])


# ── In reply ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reply_says_what_it_is_in_reply_to(enter, thread, post, member):
    enter(member).replies(thread, "Mutes", to=1)
    assert thread.posts.get(number=2).reply_to == post
    page = enter(member).reads(thread).text
    assert "In reply to <bdi>workforce-chair</bdi>, post 1" in page
    assert "<bdi>What has worked for you?</bdi>" in page


@pytest.mark.parametrize("to", ["7", "x", "-1", "9" * 40, "\0"])
def test_a_number_that_is_no_post_is_no_context(enter, thread, member, to):
    assert enter(member).replies(thread, "Mutes", to=to).status_code == 302
    assert thread.posts.get(number=2).reply_to is None


def test_what_goes_out_of_sight_is_not_read_in_its_replies(enter, thread, post, member, lead, staff):
    enter(member).replies(thread, "Mutes", to=1)
    look = thread.posts.get(number=2).look
    post.hide(staff, "It names a child")
    page = enter(member).reads(thread).text
    assert "What has worked" not in page
    assert "In reply to a post that is not here any more" in page
    assert thread.posts.get(number=2).look > look
    post.refresh_from_db()
    post.restore(staff, "Well")
    assert "<bdi>What has worked for you?</bdi>" in enter(member).reads(thread).text
    enter(lead).edits(Post.objects.get(pk=post.pk), "What helped you?")
    page = enter(member).reads(thread).text
    assert "<bdi>What helped you?</bdi>" in page
    assert "What has worked" not in page


def test_a_page_of_replies_costs_no_more_for_saying_so(enter, thread, member, django_assert_max_num_queries):
    voice = member.affiliations.get()
    for _ in range(30):
        thread.reply(voice, "Mutes", to=thread.posts.get(number=1))
    reader = enter(member)
    reader.reads(thread)
    with django_assert_max_num_queries(30):
        reader.reads(thread)


# ── Mentions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_who_can_see_the_group_is_offered_and_at_most_eight(enter, group, member, outsider):
    for number in range(12):
        make.place(group, make.person(f"strings-tutor-{number}"))
    found = asks_for(enter(member), group, "strings").json()["people"]
    assert len(found) == 8
    assert outsider.handle not in {each["handle"] for each in found}
    assert asks_for(enter(member), group, "workf").json()["people"][0]["handle"] == group.slug


def test_an_outsider_and_nobody_are_offered_nobody(enter, group, outsider):
    group.visibility = "hidden"
    group.save()
    assert asks_for(enter(outsider), group, "a").status_code == 404
    assert asks_for(enter(None), group, "a").status_code == 302


def test_one_is_told_first_whom_a_mention_does_not_reach(enter, thread, member, outsider):
    reader = enter(member)
    answer = reader.replies(thread, "What do you say, @strings-peri?", key="k")
    assert answer.status_code == 422
    assert "strings-peri cannot see this group and will not be told." in answer.text
    assert "Send anyway" in answer.text and "What do you say" in answer.text
    assert "cannot see this group" in reader.replies(thread, "@strings-peri", preview="1").text
    assert thread.posts.count() == 1
    assert reader.replies(thread, "What do you say, @strings-peri?", key="k", anyway="1").status_code == 302
    assert not outsider.notifications.exists()


def test_a_handle_that_may_not_be_known_is_no_mention(enter, thread, member, outsider):
    outsider.is_active = False
    outsider.save()
    for handle in ("strings-peri", "never-was"):
        assert enter(member).replies(thread, f"Hello @{handle}").status_code == 302


def test_an_edit_warns_of_new_mentions_only(enter, thread, post, lead, outsider):
    reader = enter(lead)
    assert reader.edits(post, "And @strings-peri?").status_code == 422
    post.edit(lead, "And @strings-peri?", 1)
    assert reader.edits(post, "And @strings-peri, too?", edition=2).status_code == 302


# ── Files that wait ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_picture_waits_and_goes_with_the_post(enter, thread, group, member, lead):
    reader = enter(member)
    answer = uploads(reader, group)
    assert answer.status_code == 201
    stored = StoredFile.objects.get()
    assert f'name="kept" value="{stored.pk}"' in answer.text
    assert reader.get(at_waiting(group, stored)).status_code == 200
    assert enter(lead).get(at_waiting(group, stored)).status_code == 404
    bare = reader.replies(thread, "Look", kept=stored.pk)
    assert bare.status_code == 422
    assert '<a href="#id_kept">Pictures and files: Say what room.png shows' in bare.text and 'id="id_kept"' in bare.text
    assert f'value="{stored.pk}"' in bare.text
    unsure = reader.replies(thread, "Look", kept=stored.pk, **{f"alt-{stored.pk}": "Chairs"})
    assert unsure.status_code == 422
    assert "that no child can be recognised in it" in unsure.content.decode()
    said = {f"alt-{stored.pk}": "Chairs", f"sure-{stored.pk}": "on"}
    assert reader.replies(thread, "Look", kept=stored.pk, **said).status_code == 302
    assert thread.posts.get(number=2).files.get().alt == "Chairs"
    assert reader.get(at_waiting(group, stored)).status_code == 404


def test_a_picture_may_be_decoration(enter, thread, group, member):
    reader = enter(member)
    uploads(reader, group)
    stored = StoredFile.objects.get()
    said = {f"decoration-{stored.pk}": "on", f"sure-{stored.pk}": "on"}
    assert reader.replies(thread, "Look", kept=stored.pk, **said).status_code == 302
    assert thread.posts.get(number=2).files.get().description == ""


def test_nobody_sends_a_file_of_another(enter, thread, group, member, lead):
    uploads(enter(lead), group)
    answer = enter(member).replies(thread, "Look", kept=StoredFile.objects.get().pk)
    assert answer.status_code == 422
    assert "is gone" in answer.text
    assert thread.posts.count() == 1


def test_a_file_that_is_none_is_refused_with_a_sentence(enter, group, member, observer, outsider):
    answer = uploads(enter(member), group, "x.exe", b"MZ" + b"\0" * 100)
    assert answer.status_code == 422
    assert answer.text == "Programs are not taken."
    assert enter(member).client.post(reverse("threads:upload", args=[group.slug])).status_code == 422
    assert uploads(enter(observer), group).status_code == 403
    assert not StoredFile.objects.exists()


def test_a_second_press_sends_the_files_once(enter, thread, group, member):
    reader = enter(member)
    uploads(reader, group, "plan.txt", b"Our plan")
    facts = {"kept": StoredFile.objects.get().pk, "key": "k"}
    first = reader.replies(thread, "Look", **facts)
    assert reader.replies(thread, "Look", **facts).url == first.url
    assert thread.posts.get(number=2).files.count() == 1


# ── Who is told ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("level", "told"), [(Level.MENTIONS, 1), (Level.NOTHING, 0)])
def test_a_reply_to_oneself_is_told_like_a_mention(thread, post, lead, member, level, told):
    Watch.choose(lead, ("groups.group", thread.group_id), level)
    voice = member.affiliations.get()
    thread.reply(voice, "In general")
    assert not lead.notifications.exists()
    thread.reply(voice, "To you", to=post)
    assert lead.notifications.filter(kind="replied").count() == told
