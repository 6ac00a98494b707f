"""Real files for the library: PDF, Word, Excel and OpenDocument, made from one plain way of writing.

A text has blocks parted by empty lines: "## heading", lines that begin with "- ", rows "| a | b |", or a paragraph.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
ODT = "application/vnd.oasis.opendocument.text"


class Block(NamedTuple):
    """A heading, list, table or paragraph; `rows` are its lines, split into cells."""

    kind: str
    rows: list[list[str]]

    @property
    def text(self) -> str:
        return self.rows[0][0]


def make(name: str, title: str, text: str) -> bytes:
    """The bytes of a file whose name says its kind."""
    makers = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "odt": odt}
    return makers[name.rpartition(".")[2]](title, blocks(text))


def blocks(text: str) -> list[Block]:
    """The text, block by block."""
    return [_block(part.strip()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _block(part: str) -> Block:
    lines = [line.strip() for line in part.split("\n")]
    if part.startswith("## "):
        return Block("heading", [[part[3:]]])
    if part.startswith("- "):
        return Block("list", [[line.removeprefix("- ")] for line in lines])
    if part.startswith("|"):
        return Block("table", [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
    return Block("text", [[" ".join(lines)]])


def pdf(title: str, text: list[Block]) -> bytes:
    """Its title and language are inside, so that a screen reader can say what it is."""
    made = io.BytesIO()
    document = SimpleDocTemplate(made, pagesize=A4, title=title, author="Demo", lang="en-GB", invariant=1)
    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph(escape(title), styles["Title"])]
    for block in text:
        story += [_flowable(block, styles), Spacer(1, 6)]
    document.build(story)
    return made.getvalue()


def _flowable(block: Block, styles: dict[str, object]) -> Flowable:
    if block.kind == "list":
        items = [Paragraph(escape(row[0]), styles["BodyText"]) for row in block.rows]
        return ListFlowable(items, bulletType="bullet", bulletFontSize=6)
    if block.kind == "table":
        cells = [[Paragraph(escape(cell), styles["BodyText"]) for cell in row] for row in block.rows]
        lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]
        return Table(cells, style=TableStyle([*lines, ("VALIGN", (0, 0), (-1, -1), "TOP")]), repeatRows=1)
    return Paragraph(escape(block.text), styles["Heading2" if block.kind == "heading" else "BodyText"])


def docx(title: str, text: list[Block]) -> bytes:
    """A Word document with real headings."""
    body = _word_paragraph(title, "Title") + "".join(_word(block) for block in text)
    content = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return _packed(
        {
            "[Content_Types].xml": _types(
                "wordprocessingml.document", "/word/document.xml", {"/word/styles.xml": "wordprocessingml.styles"}
            ),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": content,
            "word/_rels/document.xml.rels": _relations({"styles": "styles.xml"}),
            "word/styles.xml": _word_styles(),
        }
    )


def _word(block: Block) -> str:
    if block.kind == "list":
        return "".join(_word_paragraph(f"•  {row[0]}") for row in block.rows)
    if block.kind == "table":
        return _word_table(block.rows) + _word_paragraph("")
    return _word_paragraph(block.text, "Heading1" if block.kind == "heading" else "")


def _word_paragraph(text: str, style: str = "") -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{about}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_table(rows: list[list[str]]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join("<w:gridCol/>" for _cell in rows[0])
    body = "".join(f"<w:tr>{''.join(f'<w:tc>{_word_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _word_styles() -> str:
    sizes = {"Title": 40, "Heading1": 28}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name.replace("g1", "g 1")}"/>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for name, size in sizes.items()
    )
    return f'{HEAD}<w:styles xmlns:w="{WORD}">{styles}</w:styles>'


def xlsx(title: str, text: list[Block]) -> bytes:
    """A workbook: what is written on the first sheet, each table on a sheet of its own."""
    tables = [block.rows for block in text if block.kind == "table"]
    words = [[title], *(row for block in text if block.kind != "table" for row in block.rows)]
    sheets = {"Read me": words, **{f"Sheet {number}": rows for number, rows in enumerate(tables, 1)}}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>' for number, name in enumerate(sheets, 1)
    )
    book = f'{HEAD}<workbook xmlns="{SHEET}" xmlns:r="{PARTS}"><sheets>{listed}</sheets></workbook>'
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    links = "".join(
        f'<Relationship Id="r{number}" Type="{PARTS}/worksheet" Target="{name.removeprefix("xl/")}"/>'
        for number, name in enumerate(names, 1)
    )
    return _packed(
        {
            "[Content_Types].xml": _types(
                "spreadsheetml.sheet", "/xl/workbook.xml", {f"/{name}": "spreadsheetml.worksheet" for name in names}
            ),
            "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
            **{name: _worksheet(rows) for name, rows in zip(names, sheets.values(), strict=True)},
        }
    )


def _worksheet(rows: list[list[str]]) -> str:
    body = "".join(
        f'<row r="{number}">{"".join(_cell(cell, f"{chr(65 + place)}{number}") for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    width = '<cols><col min="1" max="8" width="28" customWidth="1"/></cols>'
    return f'{HEAD}<worksheet xmlns="{SHEET}">{width}<sheetData>{body}</sheetData></worksheet>'


def _cell(text: str, at: str) -> str:
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return f'<c r="{at}"><v>{text}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def odt(title: str, text: list[Block]) -> bytes:
    """An OpenDocument text."""
    spaces = " ".join(f'xmlns:{name}="{OPEN}{name}:1.0"' for name in ("office", "text", "table"))
    body = f'<text:h text:outline-level="1">{escape(title)}</text:h>' + "".join(_open(block) for block in text)
    content = (
        f'{HEAD}<office:document-content {spaces} office:version="1.3"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    entry = "<manifest:file-entry manifest:full-path={} manifest:media-type={}/>"
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="{OPEN}manifest:1.0" manifest:version="1.3">'
        + entry.format('"/"', f'"{ODT}"')
        + entry.format('"content.xml"', '"text/xml"')
        + "</manifest:manifest>"
    )
    return _packed({"mimetype": ODT, "content.xml": content, "META-INF/manifest.xml": manifest})


def _open(block: Block) -> str:
    if block.kind == "list":
        items = "".join(f"<text:list-item>{_open_paragraph(row[0])}</text:list-item>" for row in block.rows)
        return f"<text:list>{items}</text:list>"
    if block.kind == "table":
        rows = "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell>{_open_paragraph(cell)}</table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in block.rows
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
        return f"<table:table>{columns}{rows}</table:table>"
    if block.kind == "heading":
        return f'<text:h text:outline-level="2">{escape(block.text)}</text:h>'
    return _open_paragraph(block.text)


def _open_paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"


def _types(main: str, part: str, others: dict[str, str]) -> str:
    over = {part: f"{main}.main", **others}
    listed = "".join(f'<Override PartName="{name}" ContentType="{OFFICE}{kind}+xml"/>' for name, kind in over.items())
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{number}" Type="{PARTS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{links}</Relationships>'


def _packed(parts: dict[str, str]) -> bytes:
    """Always the same bytes for the same parts: no time of day in it. The kind of an OpenDocument lies bare in front."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(zipfile.ZipInfo(name), text, compress_type=how)
    return made.getvalue()
