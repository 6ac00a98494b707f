"""Before anything is kept: pupil data, pictures of people and printed music are asked about or refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.files.models import StoredFile
from community.models import Entry
from groups.documents.models import Document
from tests import written
from tests.community.files.conftest import picture
from tests.groups.documents.door import send_new, send_version

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


def test_written_pages_are_not_asked_about(leading, group):
    assert (
        send_new(leading, group, file=upload("minutes.pdf", written.pdf("Present: six of us " * 5))).status_code == 302
    )


@pytest.mark.parametrize("sure", ["\0", "x" * 5000, "pupils-", "-"])
def test_odd_answers_answer_nothing(leading, group, sure):
    content, _where = PUPILS["list.csv"]
    assert send_new(leading, group, file=upload("list.csv", content), sure=sure).status_code == 422
