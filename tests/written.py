"""Real little files with words in them, one function for each kind that people bring."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
Rows = list[list[str]]


def docx(*paragraphs: str, table: Rows = (), **more: bytes) -> bytes:
    """A Word file. A paragraph that begins with "# " is a heading."""
    body = "".join(_word(text) for text in paragraphs)
    if table:
        rows = "".join(f"<w:tr>{''.join(f'<w:tc>{_word(cell)}</w:tc>' for cell in row)}</w:tr>" for row in table)
        body += f"<w:tbl>{rows}</w:tbl>"
    family = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{family}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{family}"><w:style w:styleId="Pennawd"><w:name w:val="heading 2"/>'
        "</w:style></w:styles>",
    }
    return _office("wordprocessingml.document", "word/document.xml", parts, more)


def xlsx(*sheets: Rows, **more: bytes) -> bytes:
    """A workbook. A cell "=40000" is the number 40000, shown as a day."""
    strings: list[str] = []
    parts = {"xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'}
    listed = related = ""
    for number, rows in enumerate(sheets, 1):
        listed += f'<sheet name="Sheet {number}" sheetId="{number}" r:id="rId{number}"/>'
        related += f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml"/>'
        lines = "".join(f'<row r="{at}">{_cells(row, at, strings)}</row>' for at, row in enumerate(rows, 1))
        parts[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet><sheetData>{lines}</sheetData></worksheet>"
    parts["xl/workbook.xml"] = f'<workbook xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}relationships">{related}</Relationships>'
    parts["xl/sharedStrings.xml"] = f"<sst>{''.join(f'<si><t>{escape(text)}</t></si>' for text in strings)}</sst>"
    return _office("spreadsheetml.sheet", "xl/workbook.xml", parts, more)


def pptx(*slides: tuple[str, str]) -> bytes:
    """A slide show: title and words of each slide."""
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    listed = related = ""
    parts = {}
    for number, (title, words) in enumerate(slides, 1):
        listed += f'<sldId id="{255 + number}" r:id="rId{number}"/>'
        related += f'<Relationship Id="rId{number}" Target="slides/slide{number}.xml"/>'
        shape = "<sp><nvSpPr>{}</nvSpPr><txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></txBody></sp>"
        shapes = shape.format('<ph type="title"/>', escape(title)) + shape.format("", escape(words))
        parts[f"ppt/slides/slide{number}.xml"] = f'<sld xmlns:a="{main}">{shapes}</sld>'
    parts["ppt/presentation.xml"] = f'<presentation xmlns:r="{REL}"><sldIdLst>{listed}</sldIdLst></presentation>'
    parts["ppt/_rels/presentation.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}relationships">{related}</Relationships>'
    )
    return _office("presentationml.presentation", "ppt/presentation.xml", parts, {})


def odt(*paragraphs: str) -> bytes:
    """An OpenDocument text. A paragraph that begins with "# " is a heading."""
    body = "".join(
        f'<text:h text:outline-level="2">{escape(text[2:])}</text:h>'
        if text.startswith("# ")
        else f"<text:p>{escape(text)}</text:p>"
        for text in paragraphs
    )
    return _open("text", f"<office:text>{body}</office:text>")


def ods(*sheets: Rows) -> bytes:
    """An OpenDocument workbook, with as many empty rows and cells at its ends as programs write."""
    body = ""
    for number, rows in enumerate(sheets, 1):
        lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}{_END}</table:table-row>" for row in rows)
        empty = f'<table:table-row table:number-rows-repeated="1048000">{_END}</table:table-row>'
        body += f'<table:table table:name="Sheet {number}">{lines}{empty}</table:table>'
    return _open("spreadsheet", f"<office:spreadsheet>{body}</office:spreadsheet>")


def pdf(*pages: str, creator: str = "", picture: bool = False) -> bytes:
    """A PDF with a line of text on each page, or a picture in its place."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    made = io.BytesIO()
    drawn = canvas.Canvas(made)
    drawn.setCreator(creator or "a test")
    for text in pages:
        if picture:
            drawn.drawImage(ImageReader(Image.new("RGB", (50, 70), "white")), 0, 0, 500, 700)
        drawn.drawString(72, 700, text)
        drawn.showPage()
    drawn.save()
    return made.getvalue()


_END = '<table:table-cell table:number-columns-repeated="16300"/>'


def _ods_cell(text: str) -> str:
    return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>" if text else "<table:table-cell/>"


def _word(text: str) -> str:
    style = '<w:pPr><w:pStyle w:val="Pennawd"/></w:pPr>' if text.startswith("# ") else ""
    return f"<w:p>{style}<w:r><w:t>{escape(text.removeprefix('# '))}</w:t></w:r></w:p>"


def _cells(row: list[str], at: int, strings: list[str]) -> str:
    made = ""
    for place, text in enumerate(row):
        name = f"{chr(65 + place)}{at}"
        if text.startswith("="):
            made += f'<c r="{name}" s="1"><v>{text[1:]}</v></c>'
        elif text:
            strings.append(text)
            made += f'<c r="{name}" t="s"><v>{len(strings) - 1}</v></c>'
    return made


def _office(kind: str, main: str, parts: dict[str, str], more: dict[str, bytes]) -> bytes:
    said = f'<Types xmlns="{PACKAGE}content-types"><Override PartName="/{main}" ContentType="{OFFICE}{kind}.main+xml"/>'
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in more.items()}
    return _packed({"[Content_Types].xml": said + "</Types>", **parts, **named})


def _open(kind: str, body: str) -> bytes:
    families = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = f"<office:document-content{families}><office:body>{body}</office:body></office:document-content>"
    return _packed({"mimetype": OPEN + kind, "content.xml": content})


def _packed(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
