"""Data about pupils, pasted into a post, is asked about before it is sent; some groups take none at all."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.files.models import StoredFile
from groups.threads.models import Post

TABLE = "The list\n\n| Pupil | Date of birth |\n| --- | --- |\n| Ada Lowe | 03/04/2014 |\n| Ben Okoro | 05/06/2014 |\n"
COUNTS = "| School | Pupils |\n| --- | --- |\n| Harrow Road | 31 |\n| Castle Hill | 28 |\n"


def key(answer):
    return re.search(r'name="sure" value="(pupils-\w+)"', answer.text)[1]


def test_it_is_asked_about_and_the_answer_counts_for_that_text_alone(enter, thread, member):
    writer = enter(member)
    asked = writer.replies(thread, TABLE)
    assert asked.status_code == 422
    assert "data about single pupils" in asked.text and "names with dates of birth" in asked.text
    assert "Ada Lowe | 03/04/2014" in asked.text, "what was typed is still there"
    sure = key(asked)
    other = writer.replies(thread, TABLE.replace("Ben", "Cai"), sure=sure)
    assert other.status_code == 422 and key(other) != sure
    assert thread.posts.count() == 1
    assert writer.replies(thread, TABLE, sure=sure).status_code == 302
    assert thread.posts.count() == 2


def test_a_group_that_takes_none_refuses_it_whatever_is_said(enter, thread, group, member):
    sure = key(enter(member).replies(thread, TABLE))
    group.refuses_pupil_data = True
    group.save()
    refused = enter(member).replies(thread, TABLE, sure=sure)
    assert refused.status_code == 422 and "takes no data about single pupils" in refused.text
    assert "Send it:" not in refused.text
    assert thread.posts.count() == 1
    assert enter(member).replies(thread, COUNTS).status_code == 302


def test_also_in_a_new_discussion_and_in_a_changed_post(enter, group, thread, member):
    writer = enter(member)
    assert writer.starts(group, body=TABLE).status_code == 422
    assert writer.replies(thread, "Harmless").status_code == 302
    mine = Post.objects.get(thread=thread, number=2)
    assert writer.edits(mine, TABLE).status_code == 422
    mine.refresh_from_db()
    assert mine.body == "Harmless"


def test_two_questions_are_answered_one_after_the_other(enter, thread, member, outsider):
    writer, body = enter(member), f"@{outsider.handle}\n\n{TABLE}"
    first = writer.replies(thread, body)
    second = writer.replies(thread, body, sure=key(first))
    assert second.status_code == 422 and "Send anyway" in second.text and "Send it:" not in second.text
    assert f'name="sure" value="{key(first)}"' in second.text
    assert writer.replies(thread, body, sure=key(first), anyway="1").status_code == 302


@pytest.mark.parametrize("sure", ["", "x", "pupils-", "\x00", "9" * 1000])
def test_a_made_up_answer_is_none(enter, thread, member, sure):
    assert enter(member).replies(thread, TABLE, sure=sure).status_code == 422
    assert thread.posts.count() == 1


def test_a_preview_asks_nothing(enter, thread, member):
    answer = enter(member).replies(thread, TABLE, preview="1")
    assert answer.status_code == 200 and "data about single pupils" not in answer.text


REGISTER = b"Pupil,Date of birth\nAda Lowe,03/04/2014\nBen Okoro,05/06/2014\n"


@pytest.mark.parametrize("is_strict", [False, True])
def test_a_file_of_a_post_that_names_pupils_is_not_kept_however_it_comes(enter, thread, group, member, is_strict):
    group.refuses_pupil_data = is_strict
    group.save()
    writer = enter(member)
    upload = reverse("threads:upload", args=[group.slug])
    refused = writer.client.post(upload, {"file": SimpleUploadedFile("list.csv", REGISTER)})
    with_the_form = writer.replies(thread, "Here it is", files=[SimpleUploadedFile("list.csv", REGISTER)])
    for answer in (refused, with_the_form):
        assert answer.status_code == 422
        assert "olumns A, B, rows 2, 3" in answer.text
        assert ("takes no data about single pupils" if is_strict else "share it under Documents") in answer.text
        assert "Okoro" not in answer.text
    assert not StoredFile.objects.exists()
    assert thread.posts.count() == 1
    counts = SimpleUploadedFile("counts.csv", b"School,Pupils\nHarrow Road,31\n")
    assert writer.client.post(upload, {"file": counts}).status_code == 201
