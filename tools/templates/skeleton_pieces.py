"""Pieces that the templates of the award papers share: heads of both families, articles, lists, signature blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.document import Document as DocumentType
from docx.shared import Mm
from docx.table import Table, _Cell

from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.vietnamese.spaces import soft
from tools.templates import layout as lay
from tools.templates.state_layout import MOTTO, annex_section

# A blank long enough to write in by hand.
GAP = " " * 6
_SHORT_LINE = 40
"""Length in mm of the line under the words that link an annex to its paper (Nghị định 30, Phụ lục III, Mẫu 2.1)."""


def party_head(document: DocumentType, layout: Layout, dated: bool) -> None:
    """The head of a paper of the Party."""
    table = lay.plain_table(document, (layout.cot_trai, layout.cot_phai), 2)
    left, right = table.rows[0].cells
    lay.say(left, "DVK Cơ quan cấp trên", "{{ co_quan_cap_tren }}")
    lay.say(left, "DVK Cơ quan ban hành", "{{ co_quan }}")
    lay.say(left, "DVK Dấu sao", "*")
    lay.say(right, "DVK Tiêu đề Đảng", lay.PARTY_TITLE)
    lay.say(right, "DVK Dòng kẻ", "")
    left, right = table.rows[1].cells
    lay.say(left, "DVK Số và ký hiệu", f"Số{GAP} -{{{{ ky_hieu }}}}")
    lay.say(right, "DVK Địa danh và ngày", _place_and_day() if dated else "")


def state_head(document: DocumentType, layout: Layout, dated: bool) -> None:
    """Nghị định 30: Quốc hiệu, Tiêu ngữ and organ with their lines; number and place on one level."""
    table = lay.plain_table(document, (layout.cot_trai, layout.cot_phai), 2)
    left, right = table.rows[0].cells
    for text in ("{%p if co_quan_cap_tren %}", "{{ co_quan_cap_tren }}", "{%p endif %}"):
        lay.say(left, "DVK Cơ quan cấp trên", text)
    lay.say(left, "DVK Cơ quan ban hành", "{{ co_quan }}")
    lay.say(left, "DVK Kẻ dưới cơ quan", "")
    lay.say(right, "DVK Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    lay.say(right, "DVK Tiêu ngữ", MOTTO)
    lay.say(right, "DVK Kẻ dưới Tiêu ngữ", "")
    left, right = table.rows[1].cells
    lay.say(left, "DVK Số và ký hiệu", f"Số:{GAP}/{{{{ ky_hieu }}}}")
    lay.say(right, "DVK Địa danh và ngày", _place_and_day() if dated else "")


def _place_and_day() -> str:
    return f"{{{{ dia_danh }}}}, ngày{GAP}tháng{GAP}năm {{{{ nam }}}}"


def title(document: DocumentType, layout: Layout, kind: str) -> None:
    """The kind of paper and what it is about."""
    lay.say(document, "DVK Tên loại", kind)
    lay.say(document, "DVK Trích yếu", "{{ trich_yeu }}")
    if layout.phan_ke is None:
        optional(document, "gach_trich_yeu", "DVK Gạch dưới trích yếu", "{{ gach_trich_yeu }}")
    else:
        lay.say(document, "DVK Kẻ dưới trích yếu", "")


def each(document: DocumentType, name: str, style: str, text: str = "{{ cau }}") -> None:
    """A paragraph for each line of a list."""
    for line in (f"{{%p for cau in {name} %}}", text, "{%p endfor %}"):
        lay.say(document, style, line)


def optional(document: DocumentType, name: str, style: str, text: str) -> None:
    """A paragraph that stands only where the field ``name`` is not blank."""
    for line in (f"{{%p if {name} %}}", text, "{%p endif %}"):
        lay.say(document, style, line)


def article(document: DocumentType, number: str, text: str, note: str = "", more: str = "", last: bool = False) -> None:
    """An Điều: its number bold, the text run in; ``note`` in italics, then ``more``. ``last``: with the signature."""
    paragraph = lay.say(document, "DVK Điều cuối" if last else "DVK Điều", number)
    paragraph.runs[0].bold = True
    paragraph.add_run(soft(f" {text}"))
    if note:
        paragraph.add_run(note).italic = True
    if more:
        paragraph.add_run(more)


def optional_article(document: DocumentType, name: str, number: str, text: str) -> None:
    """An article that stands only where the list has something."""
    lay.say(document, "DVK Điều", f"{{%p if {name} %}}")
    article(document, number, text)
    lay.say(document, "DVK Điều", "{%p endif %}")


def foot(document: DocumentType, layout: Layout) -> None:
    """Nơi nhận on the left, signature on the right, in one row that is not torn."""
    table = lay.plain_table(document, (layout.cot_trai, layout.cot_phai), 1)
    left, right = table.rows[0].cells
    _receivers(left)
    for text in ("{%p if quyen_han %}", "{{ quyen_han }}", "{%p endif %}"):
        lay.say(right, "DVK Quyền hạn", text)
    lay.say(right, "DVK Chức vụ", "{{ chuc_vu }}")
    lay.say(right, "DVK Họ tên", "{{ ho_ten }}")


def minutes_foot(document: DocumentType, layout: Layout, writer: str) -> None:
    """Who wrote the minutes on the left with Nơi nhận below, who was in the chair on the right, in one row."""
    half = (layout.cot_trai + layout.cot_phai) / 2
    table = lay.plain_table(document, (half, half), 1)
    left, right = table.rows[0].cells
    lay.say(left, "DVK Người ký bên trái", writer)
    lay.say(left, "DVK Họ tên", "")
    _receivers(left)
    lay.say(right, "DVK Chức vụ", "{{ chuc_vu }}")
    lay.say(right, "DVK Họ tên", "{{ ho_ten }}")


def _receivers(place: _Cell) -> None:
    lay.say(place, "DVK Nơi nhận", "Nơi nhận:")
    for text in ("{%p for noi in noi_nhan %}", "- {{ noi }}", "{%p endfor %}"):
        lay.say(place, "DVK Danh sách nơi nhận", text)


def annex(document: DocumentType, layout: Layout, name: str, paper: str, wide: bool) -> None:
    """A list in a section of its own, with the line that links it to its paper; number and day as blank as there."""
    annex_section(document, layout, wide)
    party = layout.phan_ke is None
    number = f"số{GAP} -{{{{ ky_hieu }}}}," if party else f"số{GAP}/{{{{ ky_hieu }}}}"
    lay.say(document, "DVK Tên phụ lục", name)
    lay.say(
        document,
        "DVK Kèm theo",
        f"({'kèm' if party else 'Kèm'} theo {paper} {number} ngày{GAP}tháng{GAP}năm {{{{ nam }}}} của "
        "{{ ten_co_quan }})",
    )
    if not party:
        form = lay.say(document, "DVK Kẻ dưới kèm theo", "").paragraph_format
        upright = layout.rong - layout.le_trai - layout.le_phai
        room = layout.cao - layout.le_duoi - layout.le_tren if wide else upright
        form.left_indent = form.right_indent = Mm((room - _SHORT_LINE) / 2)


def listed(document: DocumentType, heads: Mapping[str, tuple[float, str]], texts: Sequence[int], line: str) -> None:
    """The list in both its shapes, of which the paper gets one: a ruled table, or numbered lines.

    ``heads``: field of a subject -> (width in mm, head of its column). ``line``: the field a line is made of.
    """
    lay.say(document, "DVK Nội dung", "{%p if danh_sach_bang %}")
    table = lay.ruled_table(document, [width for width, _ in heads.values()], [head for _, head in heads.values()])
    grouped_rows(table, tuple(heads), texts)
    lay.say(document, "DVK Nội dung", "{%p else %}")
    for style, text in (
        ("DVK Nhóm danh sách", "{%p for nhom in danh_sach %}"),
        ("DVK Nhóm danh sách", "{{ nhom.tt }}. {{ nhom.ten }}"),
        ("DVK Nội dung", "{%p for dong in nhom.dong %}"),
        ("DVK Nội dung", f"{{{{ dong.tt }}}}. {{{{ dong.{line} }}}}{{{{ dong.dau }}}}"),
        ("DVK Nội dung", "{%p endfor %}"),
        ("DVK Nội dung", "{%p endfor %}"),
        ("DVK Nội dung", "{%p endif %}"),
    ):
        lay.say(document, style, text)


def grouped_rows(table: Table, keys: Sequence[str], texts: Sequence[int]) -> None:
    """A bold row for each group and one for each of its subjects, numbered anew; ``texts`` run from the left."""
    lay.loop_row(table, "{%tr for nhom in danh_sach %}")
    lay.merged_row(table, "DVK Nhóm trong bảng", "{{ nhom.tt }}. {{ nhom.ten }}")
    lay.loop_row(table, "{%tr for dong in nhom.dong %}")
    styles = ["DVK Chữ trong bảng" if place in texts else "DVK Số trong bảng" for place in range(len(keys))]
    lay.data_row(table, styles, [f"{{{{ dong.{key} }}}}" for key in keys])
    lay.loop_row(table, "{%tr endfor %}")
    lay.loop_row(table, "{%tr endfor %}")
