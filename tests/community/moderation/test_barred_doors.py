"""What was taken down comes back by no door, whoever tries, and they are told why."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from community.files import BadFile
from community.files.models import StoredFile
from community.moderation.models import Act, Ruling
from groups.documents.models import Document, Proposal
from groups.threads.models import Post, PostFile, Thread
from realtime.chat.models import Message
from tests import make
from tests.community.moderation.deeds import first
from tests.community.moderation.test_barred import picture, upload
from tests.groups.documents.door import NEW

pytestmark = pytest.mark.django_db
TOLD = "taken down here"


def browser(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def again(name: str = "other-name.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture((200, 30, 30)))


@pytest.fixture
def removed(group, member, staff):
    """A picture that staff took down."""
    shown = Thread(group=group, title="Look").start(first(member), "This", files=[PostFile(stored=upload(member))])
    return shown.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))


@pytest.fixture
def doors(group, lead) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each address that takes a file, and what is sent there."""
    here, thread, document = [group.slug], make.thread(group, lead), make.document(group, lead)
    key, facts = {"key": str(uuid.uuid4())}, {**NEW}
    return {
        "beside a post": (reverse("threads:upload", args=here), {}),
        "with a post": (
            reverse("threads:reply", args=[*here, thread.pk]),
            {"body": "This", "key": "k", "alt": "A", "declared": "on"},
        ),
        "beside a message": (reverse("chat:upload", args=here), {}),
        "with a message": (
            reverse("chat:say", args=here),
            {"body": "This", "key": "k", "alt": "A", "sure": "on"},
        ),
        "a document": (reverse("documents:new", args=here), {**facts, **key}),
        "several": (reverse("documents:many", args=here), {**facts, **key}),
        "a version": (reverse("documents:version", args=[*here, document.pk]), {**key, "note": ""}),
    }


def send(member: Any, url: str, said: dict[str, Any]) -> Any:
    """With what is asked about the picture answered."""
    name = "files" if "many" in url or "alt" in said else "file"
    answer = browser(member).post(url, {**said, name: again()})
    sure = re.findall(r'name="sure" value="([^"]+)"', answer.text)
    return browser(member).post(url, {**said, name: again(), "sure": sure}) if sure else answer


def test_no_door_takes_it_and_each_says_why(removed, doors, group, lead, member):
    counts = Post.objects.count(), Message.objects.count(), Document.objects.count()
    for name, (url, said) in doors.items():
        asked = send(lead, url, said)
        assert (asked.status_code, TOLD in asked.text) == (422, True), name
    url = reverse("documents:propose", args=[group.slug])
    assert TOLD in send(member, url, {**NEW, "key": str(uuid.uuid4())}).text
    assert (Post.objects.count(), Message.objects.count(), Document.objects.count()) == counts
    assert not Proposal.objects.exists()


def test_what_was_uploaded_before_is_not_sent_after(group, member, staff, lead):
    shown = Thread(group=group, title="Look").start(first(member), "This", files=[PostFile(stored=upload(member))])
    copy = upload(lead)
    proposed = Proposal.make(group, member, upload(member), title="T", kind="paper", rights="own")
    decision = shown.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    said = {"body": "This", "key": "k", "kept": copy.pk, f"alt-{copy.pk}": "A", f"sure-{copy.pk}": "on"}
    thread = make.thread(group, lead)
    doors = [reverse("threads:reply", args=[group.slug, thread.pk]), reverse("chat:say", args=[group.slug])]
    for url in doors:
        refused = browser(lead).post(url, said)
        assert (refused.status_code, TOLD in refused.text) == (422, True)
    refused = browser(lead).post(reverse("documents:proposal", args=[group.slug, proposed.pk]), {"takes": "on"})
    assert refused.status_code == 403 and TOLD in refused.text
    shown.undo(decision, staff, "It was right")
    assert browser(lead).post(doors[0], said).status_code == 302


def test_the_same_picture_with_other_words_in_its_file_is_the_same(removed, lead):
    """What cameras and programs write beside a picture is taken out before it is looked at."""
    noted, kept = PngInfo(), io.BytesIO()
    noted.add_text("Comment", "Made elsewhere")
    Image.new("RGB", (32, 20), (200, 30, 30)).save(kept, "PNG", pnginfo=noted)
    with pytest.raises(BadFile, match=TOLD):
        StoredFile.objects.keep(SimpleUploadedFile("b.png", kept.getvalue()), lead)
