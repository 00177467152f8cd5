"""Make the bundled ``bao-cao.docx`` (``python -m tools.regenerate``).

The file is an ordinary Word document; an office copies it into ``mau-word/`` and edits it there. Only a change of the
bundled one is made here, so that format and template cannot drift apart. The body is one loop over what the plan says
stands in it; each annex is a section of its own, which goes with its content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from docx.document import Document as DocumentType
from docx.table import Table

from dvk_reports.papers.report.annex_targets import COLUMNS
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.run.plans import load_plan
from tools.templates import layout as lay
from tools.templates import skeleton_pieces as piece

LOOKS = {
    "phan": "DVK Phần",
    "ten_phan": "DVK Tên phần",
    "muc": "Heading 1",
    "tieu_muc": "Heading 2",
    "doan": "DVK Nội dung",
}
"""Kind of a line of the body -> its style."""


def make_template(folder: Path) -> Path:
    """Write ``bao-cao.docx`` into ``folder`` in the format of the bundled plan; the same bytes every time."""
    plan = load_plan()
    day = plan.first_quarter.first_day
    spec = plan.document(plan.documents_with(DocumentRole.REPORT)[0], day)
    layout = plan.documents.layout(spec.the_thuc, day)
    document = lay.blank_document(layout)
    lay.page_number(document.sections[0])
    _letterhead(document, layout)
    _body(document)
    piece.foot(document, layout)
    for kind, fill in _ANNEXES.items():
        _annex(document, layout, kind, fill)
    return lay.save(document, folder / spec.mau, "Mẫu báo cáo Phong trào “Dân vận khéo”", spec.tu_ngay)


def _letterhead(document: DocumentType, layout: Layout) -> None:
    piece.party_head(document, layout, dated=True)
    lay.say(document, "DVK Tên loại", "BÁO CÁO")
    lay.say(document, "DVK Trích yếu", "{{ trich_yeu }}")
    lay.say(document, "DVK Gạch dưới trích yếu", "-----")
    lay.say(
        document,
        "DVK Nội dung",
        "Thực hiện {{ can_cu_viet }}; {{ ten_co_quan }} báo cáo kết quả {{ ky_bao_cao }} như sau:",
    )
    for name in ("pham_vi", "tom_tat"):
        lay.say(document, "DVK Nội dung", f"{{%p if {name} %}}")
        lay.say(document, "DVK Nội dung", f"{{{{ {name} }}}}")
        lay.say(document, "DVK Nội dung", "{%p endif %}")
    _restated(document)


def _restated(document: DocumentType) -> None:
    """In a later edition of a closed quarter: what it restates and why."""
    lay.say(document, "DVK Nội dung", "{%p if loi_dieu_chinh %}")
    lay.say(document, "DVK Nội dung", "{{ loi_dieu_chinh }}")
    lay.say(document, "DVK Nội dung", "{%p endif %}")
    lay.say(document, "DVK Nội dung", "{%p for cau in ly_do_dieu_chinh %}")
    lay.say(document, "DVK Nội dung", "{{ cau }}")
    lay.say(document, "DVK Nội dung", "{%p endfor %}")
    lay.say(document, "DVK Tên bảng", "{%p if dieu_chinh %}")
    lay.say(document, "DVK Tên bảng", "Số liệu khác bản trước")
    table = lay.ruled_table(
        document, (77, 26, 18, 26, 18), ("Chỉ tiêu", "Bản trước", "Số đơn vị", "Bản này", "Số đơn vị")
    )
    marks = [f"{{{{ dong.{key} }}}}" for key in ("chi_tieu", "truoc", "don_vi_truoc", "nay", "don_vi")]
    _rows(table, "dieu_chinh", marks, texts=(0,))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")


def _body(document: DocumentType) -> None:
    """Headings and paragraphs, each in the style of its kind."""
    lay.say(document, "DVK Nội dung", "{%p for dong in noi_dung %}")
    for place, (kind, style) in enumerate(LOOKS.items()):
        lay.say(document, style, f"{{%p {'elif' if place else 'if'} dong.kieu == '{kind}' %}}")
        lay.say(document, style, "{{ dong.chu }}")
    lay.say(document, "DVK Nội dung", "{%p endif %}")
    lay.say(document, "DVK Nội dung", "{%p endfor %}")
    lay.say(document, "DVK Nội dung cuối", "Trên đây là báo cáo {{ trich_yeu }} của {{ ten_co_quan }}.")


# --- annexes ---

_LINK = (
    f"(kèm theo Báo cáo số{piece.GAP} -{{{{ ky_hieu }}}}, ngày{piece.GAP}tháng{piece.GAP}năm {{{{ nam }}}} "
    "của {{ ten_co_quan }})"
)


def _annex(document: DocumentType, layout: Layout, kind: str, fill: Callable[[DocumentType], None]) -> None:
    """A section with its own page numbers; all of it goes where the report has no such annex."""
    number = f"so_phu_luc_{kind}"
    lay.say(document, "DVK Ngắt phần", f"{{%p if {number} %}}")
    lay.portrait_section(document, layout)
    lay.say(document, "DVK Phụ lục", f"{{{{ {number} }}}}")
    lay.say(document, "DVK Tên phụ lục", f"{{{{ ten_phu_luc_{kind} }}}}")
    lay.say(document, "DVK Kèm theo", _LINK)
    fill(document)
    lay.say(document, "DVK Ngắt phần", "{%p endif %}")


def _targets(document: DocumentType) -> None:
    for count in COLUMNS:
        name = f"muc_tieu_{count}"
        lay.say(document, "DVK Ngắt phần", f"{{%p if {name} %}}")
        each = {1: 38.0, 2: 28.0, 3: 23.0, 4: 19.0}[count]
        last = 27 if count < 3 else 22
        table = lay.ruled_table(
            document,
            (165 - 17 - last - each * count, 17, *([each] * count), last),
            ("Chỉ tiêu", "Mục tiêu", *(f"{{{{ dau_cot_{n} }}}}" for n in range(1, count + 1)), "So với mục tiêu"),
        )
        keys = ("ten", "muc_tieu", *(f"cot_{n + 1}" for n in range(count)), "ket_luan")
        _rows(table, name, [f"{{{{ dong.{key} }}}}" for key in keys], texts=(0,))
        lay.say(document, "DVK Ngắt phần", "{%p endif %}")


def _missed(document: DocumentType) -> None:
    table = lay.ruled_table(document, (10, 70, 85), ("TT", "Đơn vị", "Thôn, mô hình"))
    lay.loop_row(table, "{%tr for nhom in chua_dat %}")
    lay.merged_row(table, "DVK Nhóm trong bảng", "{{ nhom.ten }}")
    lay.loop_row(table, "{%tr if nhom.cac_don_vi %}")
    lay.merged_row(table, "DVK Chữ trong bảng", "{{ nhom.cac_don_vi }}")
    lay.loop_row(table, "{%tr endif %}")
    _rows(table, "nhom.dong", [f"{{{{ dong.{key} }}}}" for key in ("tt", "don_vi", "noi_dung")], texts=(1, 2))
    lay.loop_row(table, "{%tr endfor %}")


def _models(document: DocumentType) -> None:
    lay.say(document, "DVK Biểu đồ", "{%p if bieu_do_xu_huong %}")
    lay.say(document, "DVK Biểu đồ", "{{ bieu_do_xu_huong }}")
    lay.say(document, "DVK Tên biểu đồ", "Mô hình đang thực hiện và mô hình đăng ký mới qua các quý")
    lay.say(document, "DVK Biểu đồ", "{%p endif %}")
    table = lay.ruled_table(document, (12, 62, 41, 28, 22), ("TT", "Mô hình", "Nơi thực hiện", "Lĩnh vực", "Xếp loại"))
    _groups(table, "mo_hinh_theo_don_vi", "nhom.dong", ("tt", "ten", "noi", "linh_vuc", "xep_loai"), texts=(1, 2, 3))


def _tasks(document: DocumentType) -> None:
    table = lay.ruled_table(
        document,
        (9, 35, 30, 23, 24, 44),
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Tình hình", "Kết quả"),
    )
    marks = [f"{{{{ dong.{key} }}}}" for key in ("tt", "ten", "chu_tri", "thoi_gian", "tinh_hinh", "so_lieu")]
    _rows(table, "nhiem_vu", marks, texts=(1, 2, 3, 4, 5))


def _scope(document: DocumentType) -> None:
    _titled(document, "tinh_hinh_nop", "Đơn vị chưa gửi, đang xác minh, gửi muộn")
    table = lay.ruled_table(document, (12, 85, 68), ("TT", "Đơn vị", "Tình hình"))
    _groups(table, "tinh_hinh_nop", "nhom.don_vi", ("tt", "ten", "tinh_trang"), texts=(1, 2))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")
    _titled(document, "pham_vi_so_lieu", "Số liệu chưa đủ đơn vị")
    table = lay.ruled_table(
        document, (12, 70, 20, 63), ("TT", "Số liệu", "Số đơn vị", "Ngoài đơn vị chưa có báo cáo, còn thiếu")
    )
    marks = [f"{{{{ dong.{key} }}}}" for key in ("tt", "so_lieu", "don_vi", "con_thieu")]
    _rows(table, "pham_vi_so_lieu", marks, texts=(1, 3))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")
    _titled(document, "dang_xac_minh", "Số liệu đang xác minh, chưa tính trong báo cáo")
    table = lay.ruled_table(document, (12, 60, 58, 35), ("TT", "Đơn vị", "Số liệu", "Đơn vị đã ghi"))
    marks = [f"{{{{ dong.{key} }}}}" for key in ("tt", "ten", "so_lieu", "gia_tri")]
    _rows(table, "dang_xac_minh", marks, texts=(1, 2))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")
    _titled(document, "nhan_xet", "Nhận xét kèm số liệu")
    table = lay.ruled_table(document, (12, 45, 73, 35), ("TT", "Về", "Nhận xét", "Người nhận xét"))
    marks = [f"{{{{ dong.{key} }}}}" for key in ("tt", "ve", "noi_dung", "nguoi")]
    _rows(table, "nhan_xet", marks, texts=(1, 2, 3))
    lay.say(document, "DVK Tên bảng", "{%p endif %}")


def _awards(document: DocumentType) -> None:
    table = lay.ruled_table(document, (12, 65, 25, 63), ("TT", "Tập thể, cá nhân", "Đối tượng", "Đơn vị đề nghị"))
    _groups(table, "khen_thuong", "nhom.dong", ("tt", "ten", "loai", "don_vi"), texts=(1, 3))


def _opinions(document: DocumentType) -> None:
    table = lay.ruled_table(document, (12, 128, 25), ("TT", "Ý kiến", "Số đơn vị nêu"))
    _groups(table, "y_kien_don_vi", "nhom.dong", ("tt", "y_kien", "so_don_vi"), texts=(1,))


_ANNEXES: dict[str, Callable[[DocumentType], None]] = {
    "muc_tieu": _targets,
    "chua_dat": _missed,
    "mo_hinh": _models,
    "nhiem_vu": _tasks,
    "pham_vi": _scope,
    "khen_thuong": _awards,
    "y_kien": _opinions,
}
"""What each annex of the plan holds, in the order of the page."""


def _titled(document: DocumentType, name: str, title: str) -> None:
    """The title of a table that stands only where it has rows; the caller closes it."""
    lay.say(document, "DVK Tên bảng", f"{{%p if {name} %}}")
    lay.say(document, "DVK Tên bảng", title)


def _groups(table: Table, name: str, rows: str, keys: Sequence[str], texts: Sequence[int]) -> None:
    """Groups of rows, each under its title."""
    lay.loop_row(table, f"{{%tr for nhom in {name} %}}")
    lay.merged_row(table, "DVK Nhóm trong bảng", "{{ nhom.ten }}")
    _rows(table, rows, [f"{{{{ dong.{key} }}}}" for key in keys], texts)
    lay.loop_row(table, "{%tr endfor %}")


def _rows(table: Table, name: str, marks: Sequence[str], texts: Sequence[int]) -> None:
    """A loop of rows; the columns in ``texts`` run from the left, the others are centred."""
    lay.loop_row(table, f"{{%tr for dong in {name} %}}")
    styles = ["DVK Chữ trong bảng" if place in texts else "DVK Số trong bảng" for place in range(len(marks))]
    lay.data_row(table, styles, marks)
    lay.loop_row(table, "{%tr endfor %}")
