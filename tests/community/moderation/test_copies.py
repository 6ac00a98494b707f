"""What was taken down stays away when the files are gone for good, and the same bytes elsewhere are found."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from community.files import BadFile
from community.files.models import StoredFile
from community.mail.models import Letter
from community.models import Entry
from community.moderation.models import Act, BarredFile, Case, Ruling, SealedCase, Worry
from community.moderation.tasks import bar_old_files, keep_time, look_for_copies
from community.privacy.retention import carry_out
from groups.threads.models import PostFile, Thread
from realtime.chat.models import MessageFile, Room
from tests import make
from tests.community.moderation.deeds import case_page, decide, first, page, send_report
from tests.community.moderation.sealed import read
from tests.community.moderation.test_barred import picture, upload

OPEN = "Open a case about each of them"
STANDS = "in sight elsewhere, without a case"
DECIDED = "Decided, but the same file is in sight elsewhere"
LONG = dt.timedelta(days=400)


def work():
    """What waits in the queue about copies."""
    for case in Case.objects.all():
        look_for_copies.call(case.pk)


@pytest.fixture
def shown(group, member):
    """A post with a picture."""
    return Thread(group=group, title="Look").start(first(member), "This", files=[PostFile(stored=upload(member))])


@pytest.fixture
def twin(group, lead):
    """The same picture in another discussion."""
    return Thread(group=group, title="Me too").start(first(lead), "That", files=[PostFile(stored=upload(lead))])


@pytest.mark.parametrize(("kind", "act"), [("intimate", Act.HIDE), ("illegal", Act.HIDE), ("rules", Act.REMOVE)])
def test_a_picture_stays_away_when_its_post_its_case_and_the_file_are_deleted_for_good(
    shown, lead, staff, time_machine, kind, act
):
    shown.report(lead, kind, "")
    shown.decide(staff, Ruling(act, "No", "5.1"))
    bytes_of = StoredFile.objects.get().sha256
    for _years in range(8):
        time_machine.move_to(timezone.now() + LONG)
        carry_out()
    assert not StoredFile.objects.exists(), "nothing of the picture is left"
    row = BarredFile.objects.get()
    assert row.sha256 == bytes_of and row.why == ("removed" if kind == "rules" else kind)
    with pytest.raises(BadFile, match="taken down here before"):
        upload(lead)
    assert upload(lead, (10, 200, 10)).pk, "another picture is taken"


def test_what_was_only_hidden_for_its_words_is_not_put_down(shown, lead, staff):
    shown.report(lead, "rules", "")
    shown.hide(staff, "No", "2.1")
    assert not BarredFile.objects.exists()


def test_undone_it_comes_back_and_hidden_anew_it_stays_away(shown, lead, staff):
    shown.report(lead, "intimate", "")
    decision = shown.hide(staff, "No", "5.1")
    with pytest.raises(BadFile):
        upload(lead)
    shown.undo(decision, staff, "It was right")
    assert upload(lead).pk
    shown.report(lead, "intimate", "")
    shown.hide(staff, "No", "5.1")
    with pytest.raises(BadFile):
        upload(lead)


def test_files_of_a_whole_discussion_a_document_and_a_message_are_put_down_too(shown, group, lead, member, staff):
    shown.thread.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    assert BarredFile.objects.count() == 1
    score = StoredFile.objects.keep(SimpleUploadedFile("b.png", picture((1, 2, 3))), lead)
    make.document(group, lead, "Score", content=score).decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    assert BarredFile.objects.filter(sha256=score.sha256).exists()
    message = Room.of(group).say(member, "Said", "key", first(member))
    message.attach([MessageFile(stored=upload(member, (4, 5, 6)), alt="A")])
    message.decide(staff, Ruling(Act.REMOVE, "No", "5.1"))
    assert BarredFile.objects.count() == 3


def test_what_was_taken_down_before_hashes_were_kept_is_put_down_once(shown, lead, staff):
    shown.report(lead, "intimate", "")
    shown.hide(staff, "No", "5.1")
    BarredFile.objects.all().delete()
    for _twice in range(2):
        bar_old_files.call()
    assert BarredFile.objects.get().why == "intimate"


def test_the_case_of_an_intimate_picture_lists_the_same_picture_elsewhere_and_opens_its_cases(
    client, shown, twin, outsider, group, staff, time_machine
):
    make.place(group, outsider)
    send_report(client, outsider, shown, kind="intimate")
    first_case = Case.objects.get()
    text = case_page(client, staff, shown).text
    assert twin.subject in text and OPEN in text
    time_machine.move_to(timezone.now() + dt.timedelta(hours=3))
    url = reverse("moderation:copies", args=[shown.subject])
    for _twice in range(2):
        assert client.post(url).status_code == 302
    other = Case.objects.get(subject=twin.subject)
    assert (other.kind, other.copy_of, other.due_at) == ("intimate", first_case, first_case.due_at)
    assert str(first_case) in case_page(client, staff, twin).text
    assert OPEN not in case_page(client, staff, shown).text, "each has its case"
    decide(client, staff, twin, "hide", rule="5.1")
    assert OPEN not in case_page(client, staff, shown).text, "what is hidden is dealt with"
    assert Entry.objects.filter(act="gather-copy", subject=twin.subject).exists()


def test_of_a_copy_in_a_confidential_group_staff_learn_only_that_it_is_there_until_it_has_a_case(
    client, shown, outsider, group, staff
):
    make.place(group, outsider)
    hidden = make.group("Quiet", visibility="hidden", is_confidential=True)
    writer = make.person("quiet-writer")
    make.place(hidden, writer)
    copy = Thread(group=hidden, title="Ours").start(first(writer), "Mine", files=[PostFile(stored=upload(writer))])
    send_report(client, outsider, shown, kind="intimate")
    text = case_page(client, staff, shown).text
    assert "1 place that is for a few only" in text and OPEN in text and copy.subject not in text and "Ours" not in text
    assert case_page(client, staff, copy).status_code == 404
    client.post(reverse("moderation:copies", args=[shown.subject]))
    assert case_page(client, staff, copy).status_code == 200
    assert Entry.objects.filter(act="look", subject=copy.subject).exists()


def test_for_other_kinds_nothing_is_looked_for_and_others_than_staff_open_nothing(
    client, shown, twin, outsider, group, lead, staff
):
    make.place(group, outsider)
    send_report(client, outsider, shown, kind="rules")
    assert OPEN not in case_page(client, staff, shown).text
    url = reverse("moderation:copies", args=[shown.subject])
    assert client.post(url).status_code == 404
    for who in (lead, outsider):
        page(client, who, "/")
        assert client.post(url).status_code == 404
    assert not Case.objects.filter(subject=twin.subject).exists()


def test_once_an_intimate_picture_is_taken_down_its_copies_are_cases_by_themselves_due_when_it_was(
    client, shown, twin, outsider, group, staff, time_machine
):
    make.place(group, outsider)
    send_report(client, outsider, shown, kind="intimate")
    case = Case.objects.get()
    work()
    assert Case.objects.count() == 1, "nothing happens before staff have looked"
    assert STANDS in page(client, staff, reverse("moderation:desk")).text
    time_machine.move_to(timezone.now() + dt.timedelta(hours=3))
    Letter.objects.all().delete()
    decide(client, staff, shown, "hide", rule="5.1")
    told = client.get(reverse("moderation:desk")).text
    assert "open by themselves" in told
    for _twice in range(2):
        look_for_copies.call(case.pk)
    other = Case.objects.get(subject=twin.subject)
    assert (other.kind, other.copy_of, other.due_at) == ("intimate", case, case.due_at)
    assert Entry.objects.get(act="gather-copy", subject=twin.subject).actor is None
    assert Letter.objects.filter(template="desk_calls").count() == 1, "whoever is on duty hears of it"
    twin.refresh_from_db()
    assert not twin.is_hidden, "a person decides"
    assert STANDS not in client.get(reverse("moderation:desk")).text
    assert OPEN not in case_page(client, staff, shown).text


def test_a_copy_that_staff_left_as_it_is_is_no_case_again_when_another_is_taken_down(
    shown, twin, outsider, group, lead, staff
):
    make.place(group, outsider)
    third = Thread(group=group, title="Us").start(first(outsider), "Us", files=[PostFile(stored=upload(outsider))])
    kept = upload(outsider)
    shown.report(lead, "intimate", "")
    shown.hide(staff, "No", "5.1")
    work()
    third.leave(staff, "They agreed")
    twin.hide(staff, "No", "5.1")
    work()
    case = Case.objects.get(subject=third.subject)
    assert not case.is_open and case.copy_of.subject == shown.subject
    late = Thread(group=group, title="New").start(first(outsider), "New", files=[PostFile(stored=kept)])
    for each in Case.objects.all():
        look_for_copies.call(each.pk)
    assert Case.objects.get(subject=late.subject).copy_of.subject == shown.subject, "what nobody looked at is one"
    third.report(lead, "intimate", "")
    assert Case.objects.open().filter(subject=third.subject).exists(), "anybody may report it anew"


def test_of_what_is_illegal_the_desk_says_that_copies_stand_until_cases_are_opened_or_they_are_gone(
    client, shown, twin, outsider, group, staff
):
    make.place(group, outsider)
    desk = reverse("moderation:desk")
    send_report(client, outsider, shown, kind="illegal")
    work()
    assert STANDS in page(client, staff, desk).text, "while it waits"
    decide(client, staff, shown, "hide", rule="5.1")
    assert "open cases about that there too" in client.get(desk).text
    work()
    assert not Case.objects.filter(subject=twin.subject).exists()
    assert DECIDED in client.get(desk).text and OPEN in case_page(client, staff, shown).text, "once it is decided too"
    keep_time.call()
    assert DECIDED in client.get(desk).text
    assert client.post(reverse("moderation:copies", args=[shown.subject])).status_code == 302
    assert DECIDED not in client.get(desk).text and OPEN not in case_page(client, staff, shown).text
    decide(client, staff, twin, "nothing")
    keep_time.call()
    assert DECIDED not in client.get(desk).text and OPEN not in case_page(client, staff, shown).text, "it was looked at"


def test_copies_that_went_by_another_way_are_not_spoken_of_for_ever(client, shown, twin, outsider, group, staff):
    make.place(group, outsider)
    send_report(client, outsider, shown, kind="illegal")
    decide(client, staff, shown, "hide", rule="5.1")
    work()
    assert DECIDED in page(client, staff, reverse("moderation:desk")).text
    twin.hide(staff, "Likewise", "5.1")
    keep_time.call()
    assert DECIDED not in client.get(reverse("moderation:desk")).text


def test_other_desks_learn_nothing_of_copies_whose_case_is_not_for_them(client, shown, twin, colleague, group, staff):
    make.place(group, colleague)
    send_report(client, colleague, shown, kind="illegal")
    decide(client, staff, shown, "hide", rule="5.1")
    work()
    assert DECIDED not in page(client, colleague, reverse("moderation:desk")).text
    assert DECIDED in page(client, staff, reverse("moderation:desk")).text


def test_child_abuse_material_is_sealed_wherever_it_stands_once_a_keeper_has_closed_the_case(
    client, shown, twin, lead, both, keeper, staff
):
    case = SealedCase.take(Worry("abuse", "Look", lead), shown).case
    twin.refresh_from_db()
    assert not twin.is_withheld, "one report takes down one thing"
    page(client, keeper, case.get_absolute_url())
    assert client.post(reverse("moderation:sealed-close", args=[case.pk])).status_code == 302
    twin.refresh_from_db()
    assert twin.is_withheld
    other = SealedCase.objects.exclude(pk=case.pk).get()
    assert other.subject == twin.subject and other.kind == "abuse" and other.closed_at is None
    client.post(reverse("moderation:sealed-close", args=[other.pk]), {"back": "1"})
    twin.refresh_from_db()
    assert not twin.is_withheld, "each is looked at"


@pytest.mark.parametrize("why", ["wrote", "named"])
def test_a_copy_is_kept_from_the_keeper_from_whom_the_first_is_kept(
    client, group, twin, lead, member, both, keeper, deputy, why
):
    writer = deputy if why == "wrote" else member
    make.place(group, deputy)
    one = Thread(group=group, title="Look").start(first(writer), "This", files=[PostFile(stored=upload(writer))])
    case = SealedCase.take(Worry("abuse", "Look", lead, kept_from="" if why == "wrote" else "deputy"), one).case
    Letter.objects.all().delete()
    page(client, keeper, case.get_absolute_url())
    client.post(reverse("moderation:sealed-close", args=[case.pk]))
    other = SealedCase.objects.exclude(pk=case.pk).get()
    assert other.subject == twin.subject and str(case.pk) in read(client, keeper, other).text
    assert read(client, deputy, other).status_code == 404, "it would tell that there is the first"
    assert [letter.to for letter in Letter.objects.filter(template="sealed")] == [keeper.email]


def test_however_many_copies_are_sealed_a_keeper_hears_of_them_once(client, group, shown, twin, lead, both, keeper):
    Thread(group=group, title="And me").start(first(lead), "Too", files=[PostFile(stored=upload(lead))])
    case = SealedCase.take(Worry("abuse", "Look", lead), shown).case
    Letter.objects.all().delete()
    page(client, keeper, case.get_absolute_url())
    client.post(reverse("moderation:sealed-close", args=[case.pk]))
    assert SealedCase.objects.count() == 3
    assert Letter.objects.filter(template="sealed", to=keeper.email).count() == 1


@pytest.mark.parametrize(("kind", "said"), [("worry", {}), ("abuse", {"back": "1"})])
def test_a_worry_or_what_is_given_back_seals_nothing_else(client, shown, twin, both, keeper, kind, said):
    case = SealedCase.take(Worry(kind, "Look"), shown).case
    page(client, keeper, case.get_absolute_url())
    assert client.post(reverse("moderation:sealed-close", args=[case.pk]), said).status_code == 302
    twin.refresh_from_db()
    assert not twin.is_withheld and SealedCase.objects.count() == 1


def test_where_it_was_left_or_is_shown_again_nothing_more_is_looked_for(client, shown, twin, outsider, group, staff):
    make.place(group, outsider)
    send_report(client, outsider, shown, kind="intimate")
    decide(client, staff, shown, "nothing")
    url = reverse("moderation:copies", args=[shown.subject])
    assert OPEN not in case_page(client, staff, shown).text and client.post(url).status_code == 404
    send_report(client, outsider, shown, kind="intimate")
    decide(client, staff, shown, "hide", rule="5.1")
    decide(client, staff, shown, "restore")
    assert OPEN not in case_page(client, staff, shown).text and client.post(url).status_code == 404
    assert not Case.objects.filter(subject=twin.subject).exists()


def test_however_many_there_are_each_has_its_case(client, shown, outsider, group, lead, staff):
    make.place(group, outsider)
    for number in range(25):
        thread = Thread(group=group, title=f"Copy {number}")
        thread.start(first(lead), "That", files=[PostFile(stored=upload(lead))])
    send_report(client, outsider, shown, kind="intimate")
    client.force_login(staff)
    client.post(reverse("moderation:copies", args=[shown.subject]))
    assert Case.objects.exclude(copy_of=None).count() == 25
    assert OPEN not in case_page(client, staff, shown).text


def test_a_discussion_that_was_reported_leads_to_copies_outside_it_alone(
    client, shown, twin, outsider, group, member, staff
):
    make.place(group, outsider)
    shown.thread.reply(first(member), "Once more", files=[PostFile(stored=upload(member))])
    send_report(client, outsider, shown.thread, kind="intimate")
    text = case_page(client, staff, shown.thread).text
    assert OPEN in text and reverse("moderation:case", args=[twin.subject]) in text
    client.post(reverse("moderation:copies", args=[shown.thread.subject]))
    assert [each.subject for each in Case.objects.exclude(copy_of=None)] == [twin.subject]
