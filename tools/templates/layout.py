"""Pieces of a Word template in an official format: page, styles, letterhead, tables, page numbers.

Every component of the format has a paragraph style of its own, so that a clerk restyles it in one place; the numbers
come from ``the_thuc`` of documents.yaml.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from dvk_reports.papers.docx.drafts import set_properties, steady_zip
from dvk_reports.papers.docx.metrics import text_width
from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.vietnamese.spaces import soft

LEFT, CENTRE, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
# Styles of the blank document that the template is built on and that something of Word itself refers to.
_KEPT = {"Normal", "Header", "Heading1", "Heading2", "DefaultParagraphFont", "TableNormal", "NoList"}
PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
# The line under the title is a paragraph of almost no height with a border; Word takes no line below this.
_HAIR = 2


@dataclass(frozen=True, slots=True)
class Look:
    """One named style. Sizes in pt, lengths in mm.

    ``exact`` is the line pitch in pt, ``lines`` the pitch as a multiple; neither: single.
    """

    name: str
    size: float
    align: WD_ALIGN_PARAGRAPH = LEFT
    bold: bool = False
    italic: bool = False
    underline: bool = False
    first_line: float = 0
    side: float = 0
    line_above: bool = False
    before: float = 0
    after: float = 0
    exact: float | None = None
    lines: float | None = None
    keep_next: bool = False
    outline: int | None = None


def styles_of(layout: Layout) -> dict[str, Look]:
    """Style id -> look, for every component of the format."""
    body, table = layout.co_noi_dung, layout.co_bang
    line = (layout.cot_phai - text_width(PARTY_TITLE, layout.co_tieu_de_dang, bold=True)) / 2
    text = Look("", body, BOTH, first_line=layout.thut_dong, before=layout.cach_doan, exact=layout.gian_dong)
    heading = replace(text, bold=True, keep_next=True)
    return {
        "CoQuanCapTren": Look("DVK Cơ quan cấp trên", body, CENTRE),
        "CoQuan": Look("DVK Cơ quan ban hành", body, CENTRE, bold=True),
        "DauSao": Look("DVK Dấu sao", body, CENTRE),
        "TieuDeDang": Look("DVK Tiêu đề Đảng", layout.co_tieu_de_dang, CENTRE, bold=True),
        "DongKe": Look("DVK Dòng kẻ", 1, CENTRE, side=line, line_above=True, exact=_HAIR),
        "SoKyHieu": Look("DVK Số và ký hiệu", body, CENTRE),
        "DiaDanhNgay": Look("DVK Địa danh và ngày", body, CENTRE, italic=True),
        "TenLoai": Look("DVK Tên loại", layout.co_ten_loai, CENTRE, bold=True, before=18, keep_next=True),
        "TrichYeu": Look("DVK Trích yếu", body, CENTRE, bold=True, side=layout.thut_dong, keep_next=True),
        "GachTrichYeu": Look("DVK Gạch dưới trích yếu", body, CENTRE, after=6),
        "NoiDung": replace(text, name="DVK Nội dung"),
        "NoiDungCuoi": replace(text, name="DVK Nội dung cuối", after=2 * layout.cach_doan, keep_next=True),
        "YKien": replace(text, name="DVK Ý kiến đơn vị"),
        "TenBang": Look("DVK Tên bảng", body, CENTRE, bold=True, before=layout.cach_doan, after=3, keep_next=True),
        "DauBang": Look("DVK Đầu bảng", table, CENTRE, bold=True, before=2, after=2),
        "ChuBang": Look("DVK Chữ trong bảng", table, LEFT, before=2, after=2),
        "SoBang": Look("DVK Số trong bảng", table, CENTRE, before=2, after=2),
        "NhomBang": Look("DVK Nhóm trong bảng", table, LEFT, bold=True, before=2, after=2, keep_next=True),
        "GhiChuBang": Look("DVK Ghi chú bảng", table, BOTH, italic=True, before=3),
        "Phan": Look("DVK Phần", body, CENTRE, bold=True, before=12, keep_next=True, outline=0),
        "TenPhan": Look("DVK Tên phần", body, CENTRE, bold=True, keep_next=True),
        "BieuDo": Look("DVK Biểu đồ", body, CENTRE, before=layout.cach_doan, keep_next=True),
        "TenBieuDo": Look("DVK Tên biểu đồ", table, CENTRE, bold=True, after=layout.cach_doan),
        "NoiNhan": Look("DVK Nơi nhận", body, LEFT, underline=True, keep_next=True),
        "DanhSachNoiNhan": Look("DVK Danh sách nơi nhận", layout.co_noi_nhan, LEFT, keep_next=True),
        "QuyenHan": Look("DVK Quyền hạn", body, CENTRE, bold=True, keep_next=True),
        "ChucVu": Look("DVK Chức vụ", body, CENTRE, keep_next=True),
        # Four lines of the body left for signature and seal.
        "HoTen": Look("DVK Họ tên", body, CENTRE, bold=True, before=4 * layout.gian_dong),
        "NgatPhan": Look("DVK Ngắt phần", 1, LEFT, exact=_HAIR),
        "PhuLuc": Look("DVK Phụ lục", body, CENTRE, bold=True, keep_next=True, outline=0),
        "TenPhuLuc": Look("DVK Tên phụ lục", body, CENTRE, bold=True, keep_next=True),
        "KemTheo": Look("DVK Kèm theo", body, CENTRE, italic=True, after=6, keep_next=True),
        "Heading1": replace(heading, name="Heading 1", outline=0),
        "Heading2": replace(heading, name="Heading 2", outline=1),
    }


def letter_styles(layout: Layout) -> dict[str, Look]:
    """Style id -> look, for what a công văn has and a report has not."""
    body = layout.co_noi_dung
    return {
        "TrichYeuCongVan": Look("DVK Trích yếu công văn", layout.co_trich_yeu_cong_van, CENTRE, italic=True),
        "KinhGui": Look("DVK Kính gửi", body, CENTRE, before=12, after=6, keep_next=True),
    }


def blank_document(layout: Layout, more: Mapping[str, Look] | None = None) -> DocumentType:
    """An empty document with page, fonts and every style of the format, and ``more`` (style id -> look)."""
    document = Document()
    _drop_parts(document)
    _settings(document)
    _defaults(document, layout)
    for style_id, look in {**styles_of(layout), **(more or {})}.items():
        _style(document, style_id, look, layout.phong_chu)
    for heading in ("Heading 1", "Heading 2"):
        document.styles[heading].next_paragraph_style = document.styles["DVK Nội dung"]
    _page_number_style(document, layout)
    for style in _TABLE_STYLES:
        document.styles.element.append(parse_xml(style))
    section = document.sections[0]
    portrait(section, layout)
    return document


def save(document: DocumentType, path: Path, title: str, day: date) -> Path:
    """Write a template into ``path``; the same bytes every time."""
    set_properties(document, title, day)
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(steady_zip(out.getvalue()))
    return path


def portrait(section: Section, layout: Layout) -> None:
    """Lay a section upright, with the margins of the format."""
    section.page_width, section.page_height = Mm(layout.rong), Mm(layout.cao)
    section.top_margin, section.bottom_margin = Mm(layout.le_tren), Mm(layout.le_duoi)
    section.left_margin, section.right_margin = Mm(layout.le_trai), Mm(layout.le_phai)
    section.header_distance = section.footer_distance = Mm(layout.so_trang_cach_mep)
    section.different_first_page_header_footer = True


def landscape_section(document: DocumentType, layout: Layout) -> Section:
    """A new section for an annex: turned so that the binding edge comes to the top, pages numbered from 1 again."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(layout.cao), Mm(layout.rong)
    section.top_margin, section.bottom_margin = Mm(layout.le_trai), Mm(layout.le_phai)
    section.left_margin, section.right_margin = Mm(layout.le_duoi), Mm(layout.le_tren)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    restart = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section._sectPr.insert_element_before(restart, "w:cols", "w:titlePg", "w:docGrid")
    # The paragraph that carries the section break must not push an empty page before the annex.
    document.paragraphs[-1].style = document.styles["DVK Ngắt phần"]
    return section


def portrait_section(document: DocumentType, layout: Layout) -> Section:
    """A new upright section for an annex, pages numbered from 1 again."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    portrait(section, layout)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    restart = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section._sectPr.insert_element_before(restart, "w:cols", "w:titlePg", "w:docGrid")
    # The paragraph that carries the section break must not push an empty page before the annex.
    document.paragraphs[-1].style = document.styles["DVK Ngắt phần"]
    return section


def page_number(section: Section) -> None:
    """PAGE in the middle of the header; the first page has none."""
    paragraph = section.header.paragraphs[0]
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>'))


def say(place: DocumentType | _Cell, style: str, text: str) -> Paragraph:
    """A paragraph of a named style; in a fresh cell its first, empty paragraph is used."""
    first = place.paragraphs[0] if isinstance(place, _Cell) and not place.paragraphs[0].runs else None
    paragraph = first if first is not None and len(place.paragraphs) == 1 else place.add_paragraph()
    paragraph.style = style
    paragraph.add_run(soft(text))
    return paragraph


def plain_table(document: DocumentType, widths: Sequence[float], rows: int) -> Table:
    """A fixed table without borders or cell margins (letterhead, signatures); widths in mm."""
    return _table(document, widths, rows, "BangKhongKe")


def ruled_table(document: DocumentType, widths: Sequence[float], heads: Sequence[str]) -> Table:
    """A fixed table with borders whose head is repeated on every page."""
    table = _table(document, widths, 1, "BangKe")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        say(cell, "DVK Đầu bảng", head)
    row_flag(table.rows[0], "w:tblHeader")
    return table


def loop_row(table: Table, mark: str) -> None:
    """A row that holds one {%tr %} mark and vanishes when the paper is made."""
    cells = add_row(table)
    merged = cells[0].merge(cells[-1])
    say(merged, "DVK Chữ trong bảng", mark)


def data_row(table: Table, styles: Sequence[str], texts: Sequence[str]) -> None:
    """Add a row of a table, each cell in its style."""
    for cell, style, text in zip(add_row(table), styles, texts, strict=True):
        say(cell, style, text)


def merged_row(table: Table, style: str, text: str) -> None:
    """Add a row of one cell over all columns."""
    cells = add_row(table)
    say(cells[0].merge(cells[-1]), style, text)


def add_row(table: Table) -> list[_Cell]:
    """Add a row that does not break over two pages."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row_flag(row, "w:cantSplit")
    return list(row.cells)


def row_flag(row: _Row, name: str) -> None:
    """Set a mark of a row, such as one that repeats it on every page."""
    properties: Any = row._tr.get_or_add_trPr()
    if properties.find(qn(name)) is None:
        properties.append(parse_xml(f"<{name} {nsdecls('w')}/>"))


def _table(document: DocumentType, widths: Sequence[float], rows: int, style_id: str) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.autofit = False
    table._tbl.tblPr.style = style_id
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        row_flag(row, "w:cantSplit")
    return table


def _style(document: DocumentType, style_id: str, look: Look, font: str) -> None:
    styles = document.styles
    style = styles[look.name] if look.name in styles else styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    element: Any = style.element
    element.set(qn("w:styleId"), style_id)
    for old in (element.rPr, element.pPr):
        if old is not None:
            element.remove(old)
    style.base_style = styles["Normal"]
    style.quick_style = True
    style.hidden = False
    _fonts(element.get_or_add_rPr(), font)
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    style.font.underline = True if look.underline else None
    form = style.paragraph_format
    form.alignment = look.align
    form.first_line_indent = Mm(look.first_line) if look.first_line else None
    form.left_indent = form.right_indent = Mm(look.side) if look.side else None
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    if look.exact:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.exact)
    elif look.lines:
        form.line_spacing = look.lines
    form.keep_with_next = look.keep_next or None
    form.widow_control = True
    if look.outline is not None:
        level = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{look.outline}"/>')
        element.get_or_add_pPr().append(level)
    if look.line_above:
        border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        element.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _page_number_style(document: DocumentType, layout: Layout) -> None:
    style = document.styles["Header"]
    style.font.size = Pt(layout.co_noi_dung)
    style.paragraph_format.alignment = CENTRE


def _fonts(properties: Any, font: str) -> None:
    """The font in all four slots: Word takes letters such as ư, ợ from another slot than a, b, c."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    slots = " ".join(f'w:{slot}="{font}"' for slot in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {slots}/>"))


def _defaults(document: DocumentType, layout: Layout) -> None:
    root: Any = document.styles.element
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT:
            root.remove(style)
    for link in root.findall(f"{qn('w:style')}/{qn('w:link')}"):
        link.getparent().remove(link)
    half_points = int(layout.co_noi_dung * 2)
    defaults = root.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    slots = " ".join(f'w:{slot}="{layout.phong_chu}"' for slot in ("ascii", "hAnsi", "cs", "eastAsia"))
    defaults.append(
        parse_xml(
            f"<w:rPrDefault {nsdecls('w')}><w:rPr><w:rFonts {slots}/><w:noProof/>"
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
            '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        )
    )
    defaults.append(parse_xml(f"<w:pPrDefault {nsdecls('w')}><w:pPr/></w:pPrDefault>"))


def _settings(document: DocumentType) -> None:
    settings: Any = document.settings.element
    for name in ("w:themeFontLang", "w:savePreviewPicture", "w:rsids", "w:proofState"):
        for old in settings.findall(qn(name)):
            settings.remove(old)
    for old in settings.iter(qn("w:useFELayout")):
        old.getparent().remove(old)
        break
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    zoom = settings.find(qn("w:zoom"))
    zoom.attrib.clear()
    zoom.set(qn("w:percent"), "100")


def _drop_parts(document: DocumentType) -> None:
    """Leave out what the blank document carries for other programs: preview picture, second style sheet, lists."""
    package = document.part.package
    for holder in (package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in ("thumbnail", "stylesWithEffects", "customXml", "numbering"):
                del holder.rels[key]


def _table_style(style_id: str, name: str, edges: Sequence[str], margin: int, align: str) -> str:
    """A table style as XML: thin lines on the named edges, ``margin`` (twentieths of a point) beside the text."""
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in edges)
    sides = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="{align}"/></w:tcPr></w:style>'
    )


_TABLE_STYLES = (
    _table_style("BangKe", "DVK Bảng kẻ", ("top", "left", "bottom", "right", "insideH", "insideV"), 57, "center"),
    _table_style("BangKhongKe", "DVK Bảng không kẻ", (), 0, "top"),
)
