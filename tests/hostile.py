"""Files made to hurt whoever opens them, each with the states in which reading it may end."""

from __future__ import annotations

import io
import zipfile
import zlib

from tests import written

KINDS = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": f"{written.OFFICE}spreadsheetml.sheet",
    "docx": f"{written.OFFICE}wordprocessingml.document",
    "ods": f"{written.OPEN}spreadsheet",
}


def packed(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def laughing():
    """A workbook whose shared strings are made of entities made of entities."""
    lines = '<!DOCTYPE s [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return written.xlsx([["x"]], xl__sharedStrings_xml=f"{lines}]><sst><si><t>&j;</t></si></sst>".encode())


def endless_pages(count=50_000):
    pages = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" % (n + 3) for n in range(count))
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(count))
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (count, kids)
    return body + pages + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (count + 3)


def inflating():
    """A PDF whose only page inflates to 400 MB."""
    squeezed = zlib.compress(b"(quintolet) Tj " * 27_000_000, 1)
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    body += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(squeezed), squeezed)
    return body + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"


def zeros(letters=300_000_000):
    """A Word file of a few hundred kilobytes with that much in it."""
    begins = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    )
    return written.docx(word__document_xml=begins + b"a" * letters)


def huge_sheet(rows=400_000):
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}"><v>{0}</v></c></row>'
    lines = "".join(row.format(at) for at in range(1, rows))
    return written.xlsx([["x"]], xl__worksheets__sheet1_xml=f"<s><sheetData>{lines}</sheetData></s>".encode())


def repeating():
    """A sheet that says of one row that it stands there a thousand million times."""
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>ha</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return written._open("spreadsheet", f"<office:spreadsheet><table:table>{row}</table:table></office:spreadsheet>")


def cells(count=20_000_000):
    return b"a," * count


def torn():
    """A real PDF with its middle taken out."""
    whole = written.pdf(*["Bring a quintolet."] * 50)
    return whole[: len(whole) // 3] + b"\xff" * 5_000 + whole[len(whole) // 2 :]


HOSTILE = {
    "zeros.docx": (zeros, {"bomb", "broken"}),
    "huge.xlsx": (huge_sheet, {"read", "bomb"}),
    "repeating.ods": (repeating, {"read", "bomb"}),
    "cells.csv": (cells, {"read", "bomb", "broken"}),
    "torn.pdf": (torn, {"read", "empty", "broken"}),
    "laughing.xlsx": (laughing, {"broken"}),
    "pages.pdf": (endless_pages, {"read", "bomb", "broken"}),
    "inflating.pdf": (inflating, {"bomb", "broken", "empty", "read"}),
    "junk.pdf": (
        lambda: b"%PDF-1.7\n" + b"1 0 obj<</Type/Pages/Kids[1 0 R]>>endobj\n" * 1000 + b"%%EOF",
        {"broken", "empty", "bomb"},
    ),
    "deep.docx": (lambda: written.docx(word__document_xml=b"<a>" * 100_000), {"broken", "bomb"}),
    "sheet.xlsx": (
        lambda: written.xlsx(
            [["x"]], xl__worksheets__sheet1_xml=b'<s><row r="1"><c r="ZZZ1" t="s"><v>99999999</v></c></row></s>'
        ),
        {"read", "empty"},
    ),
}
