"""Word files written tag by tag, as other programs and offices write them: nothing of our own writer is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TIMES = "".join(f' w:{slot}="Times New Roman"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{TIMES}/><w:sz w:val='28'/></w:rPr></w:rPrDefault></w:docDefaults>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAGE = (
    '<w:hdr {ns}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)


def run(text: str, size: float = 14, marks: str = "", more: str = "") -> str:
    """``marks``: letters out of b (bold), i (italic), u (underline)."""
    switched = "".join(f"<w:{mark}/>" for mark in marks if mark in "bi")
    line = '<w:u w:val="single"/>' if "u" in marks else ""
    inner = "<w:tab/>".join(
        "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in cell.split("\n"))
        for cell in text.split("\t")
    )
    return f'<w:r><w:rPr>{switched}<w:sz w:val="{round(size * 2)}"/>{line}{more}</w:rPr>{inner}</w:r>'


def p(text: str = "", size: float = 14, marks: str = "", align: str = "left", form: str = "", more: str = "") -> str:
    inner = run(text, size, marks) if text else ""
    return f'<w:p><w:pPr>{form}<w:jc w:val="{align}"/></w:pPr>{inner}{more}</w:p>'


def body(text: str, size: float = 14, marks: str = "", pitch: str = 'w:line="276" w:lineRule="auto"') -> str:
    return p(text, size, marks, "both", f'<w:spacing w:before="120" {pitch}/><w:ind w:firstLine="567"/>')


def shape(mm: float) -> str:
    """A drawn horizontal line in both forms that Word writes."""
    emu = round(mm * 36000)
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f'<wp:extent cx="{emu}" cy="0"/><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:xfrm>'
        f'<a:ext cx="{emu}" cy="0"/></a:xfrm><a:prstGeom prst="line"/></wps:spPr></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:line from="0,0" to="500pt,0"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], ruled: bool = False) -> str:
    """Cells are paragraphs as XML; widths in mm; no cell margins."""
    edges = "".join(
        f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV") if ruled
    )
    made = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width / 25.4 * 1440)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar><w:left w:w='0' w:type='dxa'/>"
        f"<w:right w:w='0' w:type='dxa'/></w:tblCellMar></w:tblPr>{made}</w:tbl>"
    )


def docx(
    *blocks: str,
    margins: tuple[float, float, float, float] = (20, 20, 30, 15),
    styles: str = DEFAULTS,
    numbering: str = "",
    theme: str = "",
    settings: str = "",
) -> bytes:
    """A Word file of these blocks; margins in mm: top, bottom, left, right; a page number centred in the header."""
    top, bottom, left, right = (round(mm / 25.4 * 1440) for mm in margins)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:bottom="{bottom}" w:left="{left}" w:right="{right}" w:header="567" w:footer="567"/>'
        "<w:titlePg/></w:sectPr>"
    )
    parts = {
        "styles": f"<w:styles {NS}>{styles}</w:styles>",
        "numbering": f"<w:numbering {NS}>{numbering}</w:numbering>" if numbering else "",
        "theme": theme,
        "settings": f"<w:settings {NS}>{settings}</w:settings>",
    }
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name, text in parts.items() if text
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        main = f'<Relationship Id="a" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", _relations(main))
        text = "".join(blocks)
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{text}{section}</w:body></w:document>")
        header = f'<Relationship Id="rId9" Type="{_REL}/header" Target="header1.xml"/>'
        archive.writestr("word/_rels/document.xml.rels", _relations(relations + header))
        archive.writestr("word/header1.xml", _PAGE.format(ns=NS))
        for name, text in parts.items():
            if text:
                archive.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
