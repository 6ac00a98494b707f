"""Tables as an ODT, which every office program opens: a zip of three small files."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from community.moderation.evidence import Table

KIND = "application/vnd.oasis.opendocument.text"
SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{KIND}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def as_odt(title: str, tables: list[Table]) -> bytes:
    """A heading, then each table under its own."""
    body = _heading(title, 1) + "".join(_heading(table.title, 2) + _table(table) for table in tables)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content{SPACES} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", KIND, zipfile.ZIP_STORED)  # first and bare, so that programs know it by it
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
    return out.getvalue()


def _heading(words: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{escape(words)}</text:h>'


def _table(table: Table) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{len(table.columns)}"/>'
    head = f"<table:table-header-rows>{_row(table.columns)}</table:table-header-rows>"
    rows = "".join(_row([str(cell) for cell in row]) for row in table.rows)
    return f'<table:table table:name="{escape(table.title)}">{columns}{head}{rows}</table:table>'


def _row(cells: list[str]) -> str:
    text = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{text}</table:table-row>"
