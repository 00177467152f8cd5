"""Pieces of a state document (Nghị định 30/2020/NĐ-CP, Phụ lục I) and of annexes, beside those of ``layout``.

Lines under organ and summary are part of the printed text above them, so they are measured when the paper is filled.
"""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section

from dvk_reports.papers.docx.metrics import text_width
from dvk_reports.plan.book.rulebook import Layout
from tools.templates import layout as lay
from tools.templates.layout import BOTH, CENTRE, LEFT, Look

MOTTO = "Độc lập - Tự do - Hạnh phúc"
_HAIR = 2


def skeleton_styles(layout: Layout) -> dict[str, Look]:
    """Styles that decisions, requests, minutes and invitations have and a report has not; both families."""
    party = layout.phan_ke is None
    body = _body(layout)
    return {
        "CanCu": replace(body, name="DVK Căn cứ", italic=not party),
        "ThamQuyen": Look(
            "DVK Thẩm quyền ban hành", layout.co_noi_dung, CENTRE, bold=True, before=12, after=6, keep_next=True
        ),
        "QuyetDinh": Look(
            "DVK Chữ quyết định", layout.co_noi_dung, CENTRE, bold=True, before=12, after=6, keep_next=True
        ),
        "Dieu": replace(body, name="DVK Điều"),
        "DieuCuoi": replace(body, name="DVK Điều cuối", after=2 * layout.cach_doan, keep_next=True),
        "DongGiay": replace(body, name="DVK Dòng thông tin"),
        "DongTruocBang": replace(body, name="DVK Dòng trước bảng", after=layout.cach_doan, keep_next=True),
        "NhomDanhSach": replace(body, name="DVK Nhóm danh sách", bold=True, keep_next=True),
        "NguoiKyTrai": Look("DVK Người ký bên trái", layout.co_noi_dung, CENTRE, bold=not party, keep_next=True),
        "KinhGui": Look("DVK Kính gửi", layout.co_noi_dung, CENTRE, before=12, after=6, keep_next=True),
    }


def state_styles(layout: Layout) -> dict[str, Look]:
    """Style id -> look of a state document; the ids that a Party document has too keep their names."""
    size, organ, motto = layout.co_noi_dung, layout.co_co_quan or 0, layout.co_tieu_ngu or 0
    under_motto = (layout.cot_phai - text_width(MOTTO, motto, bold=True)) / 2
    body = _body(layout)
    return {
        "QuocHieu": Look("DVK Quốc hiệu", layout.co_tieu_de_dang, CENTRE, bold=True),
        "TieuNgu": Look("DVK Tiêu ngữ", motto, CENTRE, bold=True),
        "KeTieuNgu": _rule("DVK Kẻ dưới Tiêu ngữ", under_motto),
        "CoQuanCapTren": Look("DVK Cơ quan cấp trên", organ, CENTRE),
        "CoQuan": Look("DVK Cơ quan ban hành", organ, CENTRE, bold=True),
        "KeCoQuan": _rule("DVK Kẻ dưới cơ quan", layout.cot_trai / 3),
        "SoKyHieu": Look("DVK Số và ký hiệu", layout.co_so_ky_hieu or size, CENTRE, before=6),
        "DiaDanhNgay": Look("DVK Địa danh và ngày", size, CENTRE, italic=True, before=6),
        "TenLoai": Look("DVK Tên loại", layout.co_ten_loai, CENTRE, bold=True, before=18, keep_next=True),
        "TrichYeu": Look("DVK Trích yếu", size, CENTRE, bold=True, side=layout.thut_dong, keep_next=True),
        "KeTrichYeu": replace(
            _rule("DVK Kẻ dưới trích yếu", layout.thut_dong), before=2, after=layout.cach_doan, keep_next=True
        ),
        "KemTheo": Look("DVK Kèm theo", size, CENTRE, italic=True, keep_next=True),
        # Its sides are those of the section that it stands in.
        "KeKemTheo": replace(_rule("DVK Kẻ dưới kèm theo", 0), before=2, after=layout.cach_doan, keep_next=True),
        "NoiDung": replace(body, name="DVK Nội dung"),
        "NoiDungCuoi": replace(body, name="DVK Nội dung cuối", after=2 * layout.cach_doan, keep_next=True),
        "QuyenHan": Look("DVK Quyền hạn", size, CENTRE, bold=True, keep_next=True),
        "ChucVu": Look("DVK Chức vụ", size, CENTRE, bold=True, keep_next=True),
        "NoiNhan": Look("DVK Nơi nhận", layout.co_chu_noi_nhan or size, LEFT, bold=True, italic=True, keep_next=True),
        **skeleton_styles(layout),
    }


def _body(layout: Layout) -> Look:
    fixed = layout.gian_dong if layout.gian_dong_lan is None else None
    return Look(
        "",
        layout.co_noi_dung,
        BOTH,
        first_line=layout.thut_dong,
        before=layout.cach_doan,
        exact=fixed,
        lines=layout.gian_dong_lan,
    )


def _rule(name: str, side: float) -> Look:
    return Look(name, 1, CENTRE, side=side, line_above=True, exact=_HAIR)


def annex_section(document: DocumentType, layout: Layout, wide: bool) -> Section:
    """A section of its own for an annex, numbered from 1, its first page without a number; turned where ``wide``."""
    if wide:
        return lay.landscape_section(document, layout)
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    lay.portrait(section, layout)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    restart = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section._sectPr.insert_element_before(restart, "w:cols", "w:titlePg", "w:docGrid")
    document.paragraphs[-1].style = document.styles["DVK Ngắt phần"]
    return section
