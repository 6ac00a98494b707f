"""What the sender of a picture declares of it is on record with the picture, and comes along with what is theirs."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from community.files.models import StoredFile
from tests.community.privacy.copies import own_copy
from tests.journeys.deeds import picture

pytestmark = pytest.mark.django_db


def png(name):
    return SimpleUploadedFile(name, picture())


def declared():
    return dict(StoredFile.objects.values_list("name", "photograph_declared_at"))


def test_what_was_declared_of_a_picture_is_kept_with_it_and_comes_along(enter, thread, group, member):
    reader = enter(member)
    reader.client.post(reverse("threads:upload", args=[group.slug]), {"file": png("kept.png")})
    assert declared() == {"kept.png": None}, "nothing was said of it yet"
    kept = StoredFile.objects.get().pk
    said = {"kept": kept, f"alt-{kept}": "Chairs", f"sure-{kept}": "on", "alt": "Our hall", "declared": "on"}
    notes = SimpleUploadedFile("notes.txt", b"Bring chairs.")
    before = timezone.now()
    assert reader.replies(thread, "Look", files=[png("with-it.png"), notes], **said).status_code == 302
    when = declared()
    assert when["notes.txt"] is None
    assert before <= when["kept.png"] <= when["with-it.png"] <= timezone.now()

    told = json.loads(own_copy(reader.client).read("data.json"))["files.storedfile.owner"]
    assert {each["name"] for each in told if "photograph_declared_at" in each} == {"kept.png", "with-it.png"}


def test_a_picture_that_is_not_sent_has_nothing_on_record(enter, thread, member):
    assert enter(member).replies(thread, "Look", files=[png("hall.png")], alt="A hall").status_code == 422
    assert not StoredFile.objects.exclude(photograph_declared_at=None).exists()
