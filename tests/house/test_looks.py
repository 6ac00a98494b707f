"""Style is light, in layers, and loads nothing more."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
KILOBYTE = 1000


def zipped(*sheets):
    return sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in sheets)


def on_every_page():
    names = re.findall(r"css/([\w-]+)\.css", (ROOT / "templates/base.html").read_text())
    return [ROOT / f"static/css/{name}.css" for name in names]


def test_all_style_sheets_together_stay_within_16_kilobytes():
    assert len(gzip.compress(b"".join(sheet.read_bytes() for sheet in SHEETS), 9)) <= 16 * KILOBYTE


def test_no_page_loads_more_than_16_kilobytes_of_style():
    shared = on_every_page()
    heaviest = max((sheet for sheet in SHEETS if sheet not in shared), key=zipped)
    assert zipped(*shared, heaviest) <= 16 * KILOBYTE


def test_the_base_leaves_room_for_a_thread_within_15_requests():
    linked = re.findall(r"<(?:link|script)\b[^>]*(?:stylesheet|src=)", (ROOT / "templates/base.html").read_text())
    page_and_icons_and_mark = 3
    assert len(linked) + page_and_icons_and_mark <= 9, "leave six for the thread's own sheet and scripts"


def test_every_sheet_keeps_to_its_layers():
    for sheet in SHEETS:
        outside = re.sub(
            r"/\*.*?\*/|@layer [\w, ]+(;|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})", "", sheet.read_text(), flags=re.S
        )
        assert not outside.strip(), sheet.name


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_sheet_loads_anything_more(path):
    assert not re.findall(r"url\(|@import", path.read_text())
