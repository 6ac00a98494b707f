"""Files with a report: for those who work on the case, and nobody else."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.files.models import StoredFile
from community.models import Entry
from community.moderation.models import Case, Exhibit, Notice, Report, Worry
from community.moderation.models import exhibit as models_of_exhibits
from community.privacy.retention import carry_out
from tests import make
from tests.community.files.conftest import picture
from tests.community.moderation.deeds import case_page, decide, page, send_report

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 %%EOF"


def text(name="letter.txt", content=b"They wrote this to me"):
    return SimpleUploadedFile(name, content)


def shot():
    return SimpleUploadedFile("screen.png", picture())


def bytes_of(answer):
    return b"".join(answer.streaming_content)


def at(thing, exhibit):
    return reverse("moderation:exhibit", args=[thing.subject, exhibit.pk])


@pytest.fixture
def reported(client, post, lead):
    sent = send_report(client, lead, post, words="Look", files=[shot(), text()])
    assert sent.status_code == 302
    return list(Exhibit.objects.all())


def test_files_come_with_a_report_and_staff_open_them_each_look_being_kept(client, reported, post, lead, staff):
    drawn, letter = reported
    assert (drawn.report, drawn.title, letter.title) == (Report.objects.get(), "screen.png", "letter.txt")
    assert "letter.txt" in page(client, lead, Report.objects.get().get_absolute_url()).text
    case = case_page(client, staff, post).text
    assert at(post, drawn) in case and at(post, letter) in case
    assert lead.name not in case.partition("What the reporters said")[2].partition("Decide")[0]
    got = client.get(at(post, letter))
    assert bytes_of(got) == b"They wrote this to me" and got["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got["Content-Security-Policy"]
    assert client.get(at(post, drawn))["Content-Disposition"].startswith("inline")
    looks = Entry.objects.filter(act="look", subject=post.subject)
    assert [look.actor for look in looks] == [staff, staff] and letter.stored.sha256 in str(looks[0].details)


def test_nobody_else_opens_them_neither_author_nor_leads_nor_who_sent_them(
    client, reported, post, member, lead, outsider, staff, colleague
):
    for who in (member, lead, outsider):
        assert page(client, who, at(post, reported[1])).status_code == 404
    client.logout()
    assert client.get(at(post, reported[1])).status_code == 302
    post.report(colleague, "rules", "")
    assert page(client, colleague, at(post, reported[1])).status_code == 403, "staff who reported it themselves"
    other = post.thread.reply(lead.affiliations.get(), "Something else")
    assert page(client, staff, at(other, reported[1])).status_code == 404, "by the address of another case"
    decide(client, staff, post, "hide", rule="3.2")
    for each in Entry.objects.all():
        assert "letter.txt" not in f"{each.reason}{each.details}"
    letter = page(client, member, "/needs-you/").text + page(client, member, post.thread.get_absolute_url()).text
    assert "letter.txt" not in letter and "screen.png" not in letter


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([SimpleUploadedFile("a.html", b"<script>1</script>")], "not taken"),
        ([SimpleUploadedFile("a.pdf", b"no pdf")], "a.pdf"),
        ([SimpleUploadedFile("song.mp3", b"ID3\x03\x00" + bytes(64))], "Pictures, PDF and plain text"),
        ([SimpleUploadedFile(f"{n}.txt", b"%d" % n) for n in range(4)], "At most 3 files"),
        ([SimpleUploadedFile("a.txt", b"a" * 10_000_001)], "too large"),
        ([text(), SimpleUploadedFile("a.txt", b"")], "a.txt:"),
    ],
)
def test_what_is_refused_leaves_nothing_behind_and_keeps_the_words(client, post, lead, files, why):
    refused = send_report(client, lead, post, words="Look at this", files=files)
    assert refused.status_code == 422 and "Look at this" in refused.text
    assert why in refused.text
    assert not (Report.objects.exists() or Exhibit.objects.exists() or StoredFile.objects.exists())


def test_with_child_abuse_material_and_worries_no_file_is_taken(client, post, lead, both):
    for kind in ("abuse", "worry"):
        shown = send_report(client, lead, post, kind=kind, words="There", files=[shot()])
        assert shown.status_code == 200 and "The files you chose were not taken." in shown.text
        assert "There" in shown.text and not StoredFile.objects.exists()
    assert "were not taken" not in send_report(client, lead, post, kind="abuse", words="There").text
    form = page(client, lead, reverse("moderation:report", args=[post.subject])).text
    assert "the law forbids copies" in form
    client.logout()
    outside = client.post("/report/without-account/", {"kind": "abuse", "words": "There", "files": [shot()]})
    assert "The files you chose were not taken." in outside.text and not StoredFile.objects.exists()


def test_the_same_bytes_are_kept_once(client, reported, post, outsider):
    make.place(post.thread.group, outsider)
    send_report(client, outsider, post, files=[text("other.txt")])
    assert Exhibit.objects.count() == 3 and StoredFile.objects.count() == 2
    assert Exhibit.objects.latest("pk").title == "other.txt"
    send_report(client, outsider, post, files=[text("other.txt")])
    assert Exhibit.objects.count() == 3, "added to the same report, it is there already"


def test_a_file_is_called_what_its_own_writer_called_it(client, reported, post, outsider, staff):
    make.place(post.thread.group, outsider)
    opening = post.thread.posts.get(number=1)
    send_report(client, outsider, opening, files=[text("other.txt")])
    case = case_page(client, staff, opening).text
    assert "Open other.txt" in case
    assert "letter.txt" not in case, "somebody else called the same bytes so, in a case of its own"
    assert "other.txt" in client.get(at(opening, Exhibit.objects.latest("pk")))["Content-Disposition"]


def test_a_report_does_not_grow_without_end(client, reported, post, lead):
    for round_ in range(3):
        files = [text(f"{n}.txt", b"%d-%d" % (round_, n)) for n in range(3)]
        last = send_report(client, lead, post, words="More", files=files)
    assert last.status_code == 422 and "more than a report can carry" in last.text
    assert StoredFile.objects.count() == Exhibit.objects.count() == 8


def test_they_come_without_an_account_too(client, post, staff, lead, outsider):
    said = {"kind": "copyright", "words": "Our score", "address": post.get_absolute_url(), "files": [text(), shot()]}
    sent = client.post("/report/without-account/", said)
    assert sent.status_code == 302
    notice = Notice.objects.get()
    own = reverse("moderation:notice-file", args=[notice.pk, notice.exhibits.first().pk])
    assert "letter.txt" not in client.get(sent.url).text, "its page is for whoever has the link"
    for who in (lead, outsider):
        assert page(client, who, own).status_code == 404
    assert own in page(client, staff, notice.get_absolute_url()).text
    assert bytes_of(client.get(own)) == b"They wrote this to me"
    assert Entry.objects.get(act="look").subject == notice.subject
    client.post(reverse("moderation:open-case", args=[notice.pk]), {"about": post.subject})
    assert (
        reverse("moderation:notice-file", args=[notice.pk, notice.exhibits.first().pk])
        in case_page(client, staff, post).text
    )


def test_once_it_is_sealed_staff_open_none_of_them(client, reported, post, staff, both):
    said = {"kind": "other", "words": "Look", "address": post.get_absolute_url(), "files": [text("other.txt", b"x")]}
    client.post("/report/without-account/", said)
    notice = Notice.objects.get()
    outside = reverse("moderation:notice-file", args=[notice.pk, notice.exhibits.get().pk])
    client.force_login(staff)
    client.post(reverse("moderation:open-case", args=[notice.pk]), {"about": post.subject})
    urls = [at(post, reported[1]), outside]
    assert [client.get(url).status_code for url in urls] == [200, 200]
    client.post(reverse("moderation:hand", args=[post.subject]), {"kind": "abuse", "sealed": "1", "words": "A child"})
    assert [client.get(url).status_code for url in urls] == [404, 404]


def test_they_go_with_the_words_of_the_case(client, reported, post, staff):
    decide(client, staff, post, "nothing")
    carry_out()
    assert Exhibit.objects.count() == 2
    long_ago = timezone.now() - dt.timedelta(days=7 * 365)
    Case.objects.update(closed_at=long_ago)
    type(Case.objects.get().decisions.get()).objects.update(at=long_ago)
    carry_out()
    assert not Exhibit.objects.exists() and not StoredFile.objects.exists()
    assert Report.objects.get().words == ""


def test_those_of_a_notice_go_a_year_after_the_answer(client, staff):
    client.post("/report/without-account/", {"kind": "copyright", "words": "Our score", "files": [text()]})
    Notice.objects.get().answer_with(staff, "Done")
    Notice.objects.update(answered_at=timezone.now() - dt.timedelta(days=366))
    carry_out()
    assert not Exhibit.objects.exists() and not StoredFile.objects.exists() and Notice.objects.get().words == ""


def test_a_case_with_many_files_asks_no_more_than_with_few(client, reported, post, staff, group):
    def cost():
        case_page(client, staff, post)
        with CaptureQueriesContext(connection) as asked:
            case_page(client, staff, post)
        return len(asked)

    few = cost()
    for n in range(12):
        who = make.person(f"reporter-{n}")
        make.place(group, who)
        post.report(who, "rules", "", [Exhibit(title="a.pdf", stored=make.stored(who, content=PDF + b"%d" % n))])
    assert cost() <= few


# ── from outside ──────────────────────────────────────────────────────────────────────────────────────────────────


def send_from_outside(client, *files, ip="192.0.2.1"):
    said = {"kind": "copyright", "words": "Our score", "files": files}
    return client.post("/report/without-account/", said, REMOTE_ADDR=ip)


def test_what_others_sent_from_outside_keeps_nobody_from_sending_theirs(client, settings):
    settings.FILES_LIMIT_EACH = 1_500
    for number in range(3):
        assert send_from_outside(client, text(f"{number}.txt", b"%d" % number * 1_000)).status_code == 302
    assert Exhibit.objects.count() == 3


def test_so_many_files_come_from_one_address_in_a_day_and_reports_without_still_do(client, settings):
    settings.LIMITS = {**settings.LIMITS, "notice-file": "2/1d"}
    assert send_from_outside(client, text("a.txt", b"a"), text("b.txt", b"b")).status_code == 302
    refused = send_from_outside(client, text("c.txt", b"c"))
    assert refused.status_code == 422 and "Send it without" in refused.text and "Our score" in refused.text
    assert StoredFile.objects.count() == 2 and Notice.objects.count() == 1
    assert send_from_outside(client).status_code == 302
    assert send_from_outside(client, text("c.txt", b"c"), ip="192.0.2.2").status_code == 302


@pytest.mark.parametrize("over", ["answered", "handed"])
def test_what_waits_from_outside_is_bounded_until_it_is_answered_or_handed_to_the_keepers(
    client, staff, both, monkeypatch, over
):
    monkeypatch.setattr(models_of_exhibits, "OUTSIDE", 1_500)
    assert send_from_outside(client, text("a.txt", b"a" * 1_000)).status_code == 302
    refused = send_from_outside(client, text("b.txt", b"b" * 1_000))
    assert refused.status_code == 422 and "no room for more files now" in refused.text and "Our score" in refused.text
    assert StoredFile.objects.count() == 1 and Notice.objects.count() == 1
    assert send_from_outside(client).status_code == 302
    for each in Notice.objects.all():
        each.answer_with(staff, "Done") if over == "answered" else each.hand(Worry("worry", "Look", staff))
    assert send_from_outside(client, text("b.txt", b"b" * 1_000)).status_code == 302


def test_a_report_that_comes_back_says_that_its_files_are_gone(client, post, lead):
    again = "Choose your files again"
    assert again in send_report(client, lead, post, kind="", files=[shot()]).text
    bad = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
    assert again in send_report(client, lead, post, files=[shot(), bad]).text
    assert again not in send_report(client, lead, post, files=[bad]).text
    assert again not in send_report(client, lead, post, kind="").text
    assert again in client.post(reverse("moderation:send-notice"), {"kind": "spam", "files": [shot()]}).text
    assert send_report(client, lead, post, files=[shot()]).status_code == 302
