"""The sheet ``Hướng dẫn``: how to fill the form and send it back; every sheet, field and rule in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dvk_reports.model.periods import ROMAN
from dvk_reports.plan.book.rulebook import DUE, SheetSpec
from dvk_reports.sheets.base.book import Format, Formats, Sheet, lines_of, merge, must, page, put, row_height, widths
from dvk_reports.sheets.forms.fields import EDGE, HEAD_FILL, HINT_ROOM
from dvk_reports.sheets.forms.layout import GUIDE, Layout
from dvk_reports.sheets.forms.rules import sentences
from dvk_reports.vietnamese.dates import show_date_prose

_WIDTHS = (6, 31, 28, 48)
_STEPS = (
    "Mở tệp bằng Excel. Ghi trang {cover} trước: mã đơn vị, kỳ báo cáo, phiên bản, loại báo cáo.",
    "Ghi lần lượt các biểu. Cách ghi hiện khi bấm vào ô của bảng, hoặc in sẵn bên phải ô; ô có mũi tên thì chọn trong "
    "danh sách, không gõ chữ khác. Ngày ghi dạng ngày/tháng/năm, ví dụ 15/8/2023. Số chỉ ghi chữ số; không có thì ghi "
    "0.{none} Tiền ghi bằng triệu đồng.",
    "Dấu thập phân gõ theo máy đang dùng (dấu phẩy hoặc dấu chấm); gõ xong nhìn lại số hiện trong ô.",
    "Mỗi việc một dòng, ghi liền nhau từ dòng đầu. Hết dòng có sẵn số thứ tự thì ghi tiếp xuống dưới, không cần "
    "ghi số thứ tự. Bỏ một dòng thì xóa chữ, số trong các ô của dòng đó (phím Delete). Không chèn cột, không đổi tên "
    "trang, không sửa dòng tiêu đề và dòng Tổng cộng. Dòng tổng tự tính.",
    "Biểu phải nộp mà kỳ này không có gì: chọn Có ở ô “{nil}” của biểu đó trên trang {cover}.{whole}",
    "Ô vàng là ô còn phải ghi; ô cam là ô cần xem lại. Mục lục ở cuối trang {cover} tự đếm các ô này, nói từng biểu đã "
    "ghi đến đâu; bấm vào tên biểu để mở. Biểu phải nộp đứng trước, thẻ trang màu xanh dương; biểu “nếu có” đứng sau, "
    "thẻ trang màu xanh lá. Phím Tab đi qua các ô cần ghi, từ trái sang phải rồi xuống dòng.",
    "Lưu tệp, giữ nguyên tên tệp, gửi lại bằng cách trả lời thư đã gửi biểu này. Gửi kèm bản có chữ ký nếu được "
    "yêu cầu.",
    "Gửi lại sau khi sửa: gửi cả tệp, tăng ô “Phiên bản” thêm 1 và ghi số của lần trước ở ô “Thay thế phiên bản”.",
    "Các trang được khóa để không sửa nhầm tiêu đề; không có mật khẩu (Xem lại → Bỏ bảo vệ trang tính).",
)


def draw_guide(book: Any, formats: Formats, layout: Layout) -> None:
    """Draw the last sheet of the form: how it is filled in and sent back."""
    sheet = book.add_worksheet(GUIDE)
    widths(sheet, _WIDTHS)
    writer = _Writer(sheet, formats)
    writer.title("HƯỚNG DẪN GHI BIỂU MẪU", 14)
    writer.text(layout.plan.info.ten)
    writer.text(f"Phiên bản biểu mẫu: {layout.version}. Căn cứ: {layout.plan.info.can_cu}.")
    writer.title("1. Cách ghi và gửi lại")
    for order, step in enumerate(_steps(layout), 1):
        writer.text(f"{order}. {step}")
    writer.title("2. Các biểu trong tệp này")
    _sheets(writer, layout)
    writer.title("3. Cách ghi từng ô")
    _fields(writer, layout)
    writer.title("4. Số liệu được đối chiếu như sau")
    for spec in layout.specs:
        said = list(sentences(spec, layout.setting))
        if said:
            writer.text(f"Biểu {spec.ma}. {spec.ten}", bold=True)
        for sentence in said:
            writer.text(f"- {sentence}")
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    page(sheet, landscape=False, area=(0, 0, writer.row - 1, len(_WIDTHS) - 1), foot=GUIDE)


def _steps(layout: Layout) -> list[str]:
    """How to fill in and send back, in the plan's own words."""
    whole = f" Cả báo cáo không có việc mới: chọn loại báo cáo “{layout.nil}”." if layout.nil else ""
    words = "”, “".join(layout.words_for_numbers)
    none = f" Ô số không bắt buộc mà không có số để ghi: “{words}”." if words else ""
    return [step.format(cover=layout.cover, nil=layout.nil_word, whole=whole, none=none) for step in _STEPS]


class _Writer:
    """Writes the sheet line by line from the top; merged and wrapped lines get the height they need."""

    def __init__(self, sheet: Sheet, formats: Formats) -> None:
        self.sheet = sheet
        self.formats = formats
        self.row = 0
        edge = {"border": 1, "border_color": EDGE, "text_wrap": True}
        self.head = formats(bold=True, align="center", valign="vcenter", bg_color=HEAD_FILL, **edge)
        self.body = formats(**edge)
        self.middle = formats(align="center", **edge)

    def title(self, text: str, size: int = 12) -> None:
        fmt = self.formats(bold=True, font_size=size, valign="bottom")
        put(self.sheet, self.row, 0, text, fmt)
        must(self.sheet.set_row(self.row, size * 2), GUIDE)
        self.row += 1

    def text(self, text: str, bold: bool = False) -> None:
        """A sentence across the page; only one of several lines needs merged cells and a height."""
        if lines_of(text, sum(_WIDTHS)) == 1:
            put(self.sheet, self.row, 0, text, self.formats(bold=bold))
        else:
            fmt = self.formats(text_wrap=True, bold=bold)
            merge(self.sheet, self.row, 0, self.row, len(_WIDTHS) - 1, text, fmt)
            must(self.sheet.set_row(self.row, row_height([(text, sum(_WIDTHS))])), GUIDE)
        self.row += 1

    def line(self, values: Sequence[str | int], fmts: Sequence[Format]) -> None:
        for col, (value, fmt) in enumerate(zip(values, fmts, strict=True)):
            put(self.sheet, self.row, col, value, fmt)
        texts = [(str(value), width) for value, width in zip(values, _WIDTHS, strict=True)]
        if any(lines_of(*text) > 1 for text in texts):
            must(self.sheet.set_row(self.row, row_height(texts)), GUIDE)
        self.row += 1


def _sheets(writer: _Writer, layout: Layout) -> None:
    writer.line(("Biểu", "Tên biểu", "Kỳ này", "Từ ngày; khi nào nộp; căn cứ"), (writer.head,) * 4)
    known = layout.content.quarter is not None
    for spec in layout.specs:
        now = ("Phải nộp" if layout.content.given[spec.ma] == DUE else "Nếu có") if known else "Xem cột cuối"
        basis = f"Từ ngày {show_date_prose(spec.tu_ngay)}. {_when(layout, spec)} {spec.can_cu}."
        writer.line((spec.ma, spec.ten, now, basis), (writer.middle, writer.body, writer.middle, writer.body))


def _when(layout: Layout, spec: SheetSpec) -> str:
    """Phải nộp: quý III, quý IV. Nếu có: quý I, quý II."""
    said = []
    for duty in spec.giao:
        if layout.content.kind not in duty.loai_don_vi:
            continue
        quarters = "mọi quý" if len(duty.quy) == 4 else ", ".join(f"quý {ROMAN[number]}" for number in duty.quy)
        if duty.chi_nam_co_dot_khen:
            years = ", ".join(str(year) for year in sorted({e.tu_ngay.year for e in layout.plan.awards.dot}))
            quarters += f" của năm có đợt khen thưởng ({years})"
        said.append(f"{'Phải nộp' if duty.nghia_vu == DUE else 'Nếu có'}: {quarters}.")
    return " ".join(said)


def _fields(writer: _Writer, layout: Layout) -> None:
    """What a cell says itself when it is clicked is not said again; a hint too long for a cell stands here."""
    long = [
        f"{spec.ma}, cột {order}. {entry.ten}: {entry.huong_dan}"
        for spec in layout.specs
        for order, entry in enumerate(spec.truong if spec.table else layout.lines[spec.ma].fields, 1)
        if len(entry.huong_dan) > HINT_ROOM
    ]
    more = " Lời nhắc dài hơn chỗ hiện được thì ghi đủ ở đây." if long else ""
    writer.text(
        "Biểu có bảng: bấm vào ô thì lời nhắc hiện cạnh ô, nói ghi gì, ghi thế nào. Biểu mỗi dòng một nội dung: cách "
        f"ghi in bên phải ô. Dấu * sau tên cột, tên dòng là ô bắt buộc.{more}"
    )
    for text in long:
        writer.text(text)
