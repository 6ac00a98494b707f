"""What was taken down does not come back by being uploaded again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.files import BadFile
from community.files.models import StoredFile
from community.moderation.models import Act, Ruling, SealedCase, Worry
from groups.threads.models import PostFile, Thread
from tests.community.moderation.deeds import first


def picture(colour):
    kept = io.BytesIO()
    Image.new("RGB", (32, 20), colour).save(kept, "PNG")
    return kept.getvalue()


def upload(person, look=(200, 30, 30)):
    return StoredFile.objects.keep(SimpleUploadedFile("a.png", picture(look)), person)


@pytest.fixture
def shown(group, member):
    """A post with a picture."""
    return Thread(group=group, title="Look").start(first(member), "This", files=[PostFile(stored=upload(member))])


def test_a_removed_picture_is_not_taken_again_by_anybody_until_that_is_undone(shown, member, lead, staff):
    decision = shown.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    for who in (member, lead):
        with pytest.raises(BadFile, match="taken down here before"):
            upload(who)
    assert upload(lead, (10, 200, 10)).pk, "another picture is"
    assert StoredFile.objects.count() == 2
    shown.undo(decision, staff, "It was right")
    assert upload(lead).pk


def test_nor_is_one_that_was_hidden_as_an_intimate_picture(shown, lead, staff):
    shown.report(lead, "intimate", "")
    shown.hide(staff, "No", "5.1")
    with pytest.raises(BadFile):
        upload(lead)


def test_nor_where_one_of_several_reports_said_so(shown, lead, outsider, staff):
    shown.report(outsider, "rules", "")
    shown.report(lead, "rules", "")
    shown.report(lead, "intimate", "On second thoughts")
    shown.hide(staff, "No", "5.1")
    with pytest.raises(BadFile):
        upload(lead)


def test_what_was_hidden_for_its_words_can_be_shown_elsewhere(shown, lead, staff):
    shown.report(lead, "rules", "")
    shown.hide(staff, "No", "2.1")
    assert upload(lead).pk


@pytest.mark.parametrize(("kind", "is_taken"), [("abuse", False), ("worry", True)])
def test_sealed_child_abuse_material_is_kept_away_and_a_worry_gives_no_sign(shown, lead, kind, is_taken):
    SealedCase.take(Worry(kind, "It is bad"), shown)
    if is_taken:
        assert upload(lead).pk
    else:
        with pytest.raises(BadFile):
            upload(lead)
