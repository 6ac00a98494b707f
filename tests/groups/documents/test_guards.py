"""Before anything is kept: pupil data, pictures of people and printed music are asked about or refused."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.drafts.models import Draft
from community.drafts.typed import Typed
from community.files.models import StoredFile
from community.models import Entry
from groups.documents.models import Document
from tests import make, written
from tests.community.files.conftest import packed, picture
from tests.groups.documents.door import NEW, send_new, send_version

BORN = [["First name", "Instrument", "DOB"], ["Zebedee", "Cello", "03/04/2014"], ["Quillon", "Oboe", "05/06/2015"]]
NUMBERS = [["Pupil", "Band"], ["B801200005001", "1"]]
LIVES = [["Surname", "Postcode"], ["Zebedee", "ZE1 4AB"], ["Quillon", "QU2 9XY"]]
CSV = "\n".join(",".join(row) for row in BORN)
PUPILS = {
    "list.csv": (CSV.encode(), "Columns A, C, rows 2, 3"),
    "list.txt": ("Pasted:\n" + CSV.replace(",", "\t")).encode(),
    "list.xlsx": (written.xlsx([["Notes"]], [BORN[0], ["Zebedee", "", "=41732"]]), "Sheet 2, columns A, C, rows 2"),
    "list.ods": (written.ods(BORN), "Sheet 1, columns A, C, rows 2, 3"),
    "list.docx": (written.docx("Our pupils", table=BORN), "Columns A, C, rows 2, 3"),
    "numbers.csv": ("\n".join(",".join(row) for row in NUMBERS).encode(), "Columns A, rows 2: pupil numbers"),
    "prose.txt": (b"Ask B801200005001.\n\nAnd\nB801200005001 too.", "rows 2"),
    "one-line.txt": (b"The child with UPN B801200005001 plays the oboe.", "rows 1"),
    "line-by-line.txt": (b"Instrument: oboe\nUPN: B801200005001\nSchool: Northmoor", "rows 2"),
    "lives.xlsx": (written.xlsx(LIVES), "Sheet 1, columns A, B, rows 2, 3: names with postcodes"),
}
PUPILS["list.txt"] = (PUPILS["list.txt"], "Columns A, C, rows 3, 4")
PUPILS["prose.txt"] = (PUPILS["prose.txt"][0], "pupil numbers")

HARMLESS = {
    "blank-form.xlsx": written.xlsx([BORN[0], ["", "", ""]]),
    "dictionary.csv": b"Term,Meaning\nDOB,The day somebody was born\nFirst name,As they use it\n",
    "schools.csv": b"Name,Postcode\nAshgrove Lane Primary,AS1 2DF\n",
    "stock.csv": b"Serial,Kind\nB801200005001,Cello\nB801200005002,Viola\n",
    "concerts.csv": b"Event,Date\nSpring Concert,03/04/2014\nSummer Concert,03/07/2014\n" * 6,
    "one.txt": b"The code on the case is B801200005001.",
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("name", PUPILS)
def test_pupil_data_is_told_by_rows_and_columns_never_by_what_they_say_and_nothing_is_kept(
    leading, group, name, caplog
):
    content, where = PUPILS[name]
    answer = send_new(leading, group, file=upload(name, content))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "data about single pupils" in page
    assert where in page
    for value in ("Zebedee", "Quillon", "B8012", "03/04/2014", "ZE1 4AB"):
        assert value not in page + caplog.text
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_a_little_like_it_is_taken(leading, group, name):
    assert send_new(leading, group, file=upload(name, HARMLESS[name])).status_code == 302


def test_whoever_has_looked_again_says_so_for_that_very_file_and_it_is_on_record(leading, group, lead):
    content, _where = PUPILS["list.csv"]
    asked = send_new(leading, group, file=upload("list.csv", content))
    sure = re.findall(r'name="sure" value="(pupils-\w+)"', asked.content.decode())
    assert len(sure) == 1
    other = content.replace(b"Oboe", b"Flute")
    assert send_new(leading, group, file=upload("list.csv", other), sure=sure).status_code == 422
    assert send_new(leading, group, file=upload("list.csv", content), sure=["pupils-0"]).status_code == 422
    assert send_new(leading, group, file=upload("list.csv", content), sure=sure).status_code == 302
    record = Entry.objects.get(act="declare")
    assert (record.actor, record.subject) == (lead, Document.objects.get().subject)
    assert record.details == {"version": 1, "sure": ["pupils"]}


def test_a_strict_group_takes_none_whatever_anybody_says(leading, group):
    group.refuses_pupil_data = True
    group.save()
    content, where = PUPILS["list.csv"]
    asked = send_new(leading, group, file=upload("list.csv", content))
    assert where in asked.content.decode()
    assert 'name="sure"' not in asked.content.decode()
    group.refuses_pupil_data = False
    group.save()
    sure = re.findall(r'value="(pupils-\w+)"', send_new(leading, group, file=upload("a.csv", content)).content.decode())
    group.refuses_pupil_data = True
    group.save()
    assert send_new(leading, group, file=upload("list.csv", content), sure=sure).status_code == 422
    assert send_new(leading, group, file=upload("list.csv", b"Group,Pupils\nBrass,12\n")).status_code == 302


def test_leads_make_their_group_strict_in_its_settings(leading, group):
    page = leading.get(f"/groups/{group.slug}/settings/").content.decode()
    assert 'name="refuses_pupil_data"' in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.png", picture(), "whether a child can be recognised"),
        ("part.pdf", written.pdf("Allegro", creator="MuseScore 4.2"), "looks like printed music"),
        ("scan.pdf", written.pdf("", "", picture=True), "looks like a scan"),
    ],
)
def test_pictures_and_printed_music_are_asked_about(leading, group, document, name, content, sentence):
    for send, of in ((send_new, group), (send_version, document)):
        asked = send(leading, of, file=upload(name, content))
        assert asked.status_code == 422
        assert sentence in asked.content.decode()
        sure = re.findall(r'name="sure" value="([\w-]+)"', asked.content.decode())
        assert send(leading, of, file=upload(name, content), sure=sure).status_code == 302
    is_picture = name.endswith("png")
    declared = StoredFile.objects.filter(name=name, photograph_declared_at__isnull=not is_picture)
    assert declared.count() == 2, "what was said of a picture, and of nothing else, stands with its file"


def test_written_pages_are_not_asked_about(leading, group):
    assert (
        send_new(leading, group, file=upload("minutes.pdf", written.pdf("Present: six of us " * 5))).status_code == 302
    )


@pytest.mark.parametrize("sure", ["\0", "x" * 5000, "pupils-", "-"])
def test_odd_answers_answer_nothing(leading, group, sure):
    content, _where = PUPILS["list.csv"]
    assert send_new(leading, group, file=upload("list.csv", content), sure=sure).status_code == 422


CONTAINER = b'<container><rootfiles><rootfile full-path="march.xml"/></rootfiles></container>'
MUSIC = {"META-INF/container.xml": CONTAINER, "march.xml": b"<score-partwise/>"}
MUSESCORE = {"META-INF/container.xml": CONTAINER, "march.mscx": b"<museScore/>", "Thumbnails/a.png": picture()}
SCORES = {
    "march.mscz": packed(MUSESCORE),
    "march.sib": b"\x0fSIBELIUS\0\0" + b"\0" * 60,
    "march.mus": b"ENIGMA BINARY FILE" + b"\0" * 60,
    "march.musx": packed({"mimetype": b"application/vnd.makemusic.notation", "score.dat": b"\x93\x07" * 60}),
    "march.dorico": packed({"score.dtn": b"\x01\x02" * 60}),
    "march.mxl": packed(MUSIC),
    "march.musicxml": b'<?xml version="1.0"?>\n<score-partwise version="4.0"></score-partwise>',
    "Full score.png": picture("PNG"),
    "violin_2 part.pdf": b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
}


@pytest.mark.parametrize("name", SCORES)
def test_printed_music_is_asked_about_and_taken_once_somebody_answers_for_it(leading, group, name):
    asked = send_new(leading, group, file=upload(name, SCORES[name]))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "A licence for copies covers only your own organisation" in page
    assert not StoredFile.objects.exists()
    sure = re.findall(r'name="sure" value="([\w-]+)"', page)
    assert send_new(leading, group, file=upload(name, SCORES[name]), sure=sure).status_code == 302
    document = Document.objects.get()
    assert "music" in Entry.objects.get(act="declare").details["sure"]
    shown = leading.get(document.get_absolute_url()).content.decode()
    assert "Its text is being read" not in shown or name.endswith(".pdf")
    answer = leading.get(document.current.content_url)
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["march.mscz", "march.musicxml", "march.sib"])
def test_what_only_calls_itself_a_score_is_not_taken(leading, group, name):
    answer = send_new(leading, group, file=upload(name, b"<html><script>alert(1)</script>"))
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


TAKES_THE_NAME = {
    "zeros.mscz": (b"PK\x03\x04" + b"\0" * 60, "damaged"),
    "other.mscz": (packed({"notes.xml": b"<a/>"}), "Packed archives"),
    "bare.mxl": (packed({"march.xml": b"<score-partwise/>"}), "Packed archives"),
    "list.dorico": (packed({"list.csv": CSV.encode()}), "Packed archives"),
    "bomb.mscz": (packed({**MUSESCORE, "a.bin": b"\0" * 60_000_000}), "far larger inside"),
    "inner.musx": (packed({"score.dat": packed({"a": b"a"})}), "archive or a program packed inside"),
    "program.dorico": (packed({"run.exe": b"hello"}), "archive or a program packed inside"),
    "macros.mxl": (packed({**MUSIC, "word/vbaProject.bin": b"x"}), "macros"),
    "both.mxl": (packed(MUSIC) + b"%PDF-1.7", "two kinds"),
    "both.musicxml": (b'<?xml version="1.0"?><score-partwise/>' + packed({"a": b"a"}), "two kinds"),
    "pupils.mscz": (packed({**MUSESCORE, "pupils.xml": CSV.encode()}), "data about single pupils"),
}


@pytest.mark.parametrize("name", TAKES_THE_NAME)
def test_an_archive_does_not_pass_for_a_score_by_its_name(leading, group, name):
    content, sentence = TAKES_THE_NAME[name]
    answer = send_new(leading, group, file=upload(name, content))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["Scored results.pdf", "Bass lines of enquiry.pdf", "Partners.pdf", "Parts list.pdf"])
def test_other_names_are_not_asked_about(leading, group, name):
    content = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    assert send_new(leading, group, file=upload(name, content)).status_code == 302


TYPED = "A plan for the term.\n\nAsk B801200005001.\n\nAnd\nB801200005001 too."
WRITTEN = {  # what one types: at which address, and with what else
    "comment": ("comments/", {"key": str(uuid.uuid4())}),
    "page": ("page/", {"base": 1, "note": "Shorter"}),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_nothing_typed_is_lost_when_it_is_asked_about_and_its_draft_ends_once_it_is_sent(leading, group, lead, kind):
    page = make.page(group, lead, "A plan.")
    rest, more = WRITTEN[kind]
    address, place = f"{page.get_absolute_url()}{rest}", f"{kind}:documents.document-{page.pk}"
    Draft.keep(lead, Typed(place, {"body": "A plan for the"}))
    said = {**more, "body": TYPED, "place": place, "sequence": 1}
    asked = leading.post(address, said)
    assert asked.status_code == 422
    shown = asked.content.decode()
    assert "data about single pupils" in shown
    assert TYPED in shown.replace("\r\n", "\n")
    assert all(str(value) in shown for name, value in said.items() if name == "note")
    assert Draft.of(lead, place).is_kept
    sure = re.search(r'name="sure" value="(pupils-\w+)"', shown)[1]
    assert leading.post(address, {**said, "sure": sure}).status_code == 302
    assert not Draft.of(lead, place).is_kept


def test_a_new_page_comes_back_whole_from_the_question(leading, group):
    address = f"/groups/{group.slug}/documents/new-page/"
    said = {**NEW, "title": "How we work", "body": TYPED, "key": str(uuid.uuid4()), "accessibility": "Has headings"}
    shown = leading.post(address, said).content.decode()
    assert all(words in shown.replace("\r\n", "\n") for words in (TYPED, "How we work", "For families", "Has headings"))
    sure = re.search(r'name="sure" value="(pupils-\w+)"', shown)[1]
    assert leading.post(address, {**said, "sure": sure}).status_code == 302


def test_what_was_said_of_a_file_comes_back_from_the_question_too(leading, group):
    asked = send_new(leading, group, file=upload("list.csv", CSV.encode()), accessibility="Has headings")
    shown = asked.content.decode()
    assert all(words in shown for words in ("Loan agreement", "For families", "Has headings"))


@pytest.mark.parametrize("fact", ["title", "summary", "rights_note", "accessibility"])
def test_a_title_and_a_summary_name_no_pupil_but_may_name_a_document(leading, group, fact):
    refused = send_new(leading, group, **{fact: "B801200005001 and B801200005001"})
    assert refused.status_code == 422
    assert "data about single pupils" in refused.content.decode()
    assert not Document.objects.exists()
    assert send_new(leading, group, **{fact: "Report on 801 lessons"}).status_code == 302
    assert getattr(Document.objects.get(), fact) == "Report on 801 lessons"


def test_what_is_said_of_a_version_names_no_pupil(leading, document):
    refused = send_version(leading, document, note="Without B801200005001 and B801200005001")
    assert refused.status_code == 422
    assert "data about single pupils" in refused.content.decode()
    assert document.versions.count() == 1
    assert send_version(leading, document, note="Without two names").status_code == 302
