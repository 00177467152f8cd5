"""The first sheet of a marked copy, ``Cần sửa``: one line per finding, the way to its cell, room for a Giải trình."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dvk_reports.messages.to_mend import TO_MEND, TO_MEND_COLUMNS
from dvk_reports.model.findings import Finding, Level
from dvk_reports.sheets.base.book import (
    FONT,
    Formats,
    Sheet,
    footer,
    hidden_keys,
    merge,
    must,
    page,
    put,
    row_height,
    widths,
)
from dvk_reports.sheets.forms.fields import EDGE, HEAD_FILL
from dvk_reports.sheets.forms.heading import TALLEST
from dvk_reports.sheets.marked.cells import LOOKS
from dvk_reports.vietnamese.dates import show_date_long

_WIDTHS = (12, 7, 7, 8, 20, 44, 40, 34)
_HIDDEN = len(TO_MEND_COLUMNS) - len(_WIDTHS)
_LAST = len(_WIDTHS) - 1
_ANSWER = list(TO_MEND_COLUMNS).index("giai_trinh")
_SIGNS = {Level.BLOCK: '"■ "@', Level.WARNING: '"▲ "@', Level.NOTE: '"○ "@'}
_STEPS = (
    "Tệp này là biểu mẫu sạch, đã chép sẵn mọi số liệu đơn vị đã gửi. Chỉ sửa các ô có màu: bấm vào địa chỉ ở "
    "cột “Ô” dưới đây để đến ngay ô đó; đưa chuột lên ô để đọc lời nhắc.",
    "Chặn (ô đỏ, viền đậm): giá trị chưa được tính vào kết quả chung, phải sửa. Cảnh báo (ô cam, viền gạch): "
    "xem lại và sửa; nếu số liệu đúng thì ghi lý do ở cột “Giải trình”, dòng đó sẽ không hỏi lại, trừ khi giá "
    "trị thay đổi. Ghi chú (ô xanh, viền chấm): để biết. Ô đã sửa chuyển sang màu xanh lá nhạt.",
    "Lưu tệp và gửi lại bằng cách trả lời thư{until}. Ô Phiên bản đã ghi sẵn {version}, thay thế phiên bản "
    "{before}; không phải sửa. Nhận được tệp đã sửa đúng thì các dòng dưới đây được đóng.",
)
_CAPTIONS = 1 + 3 + len(_STEPS) + 1
"""The row of the captions: below the keys, three lines of what this is, the steps and a free line."""
_MOST_LINKS = 65_000
_CAPTION_HEIGHT = 34
_LONGEST = 32_000
_LINK = "#0563C1"


@dataclass(frozen=True)
class Line:
    """One finding in the words and addresses of the copy."""

    finding: Finding
    sheet: str
    """Sheet of the copy it leads to; empty where the copy has none."""
    cell: str


@dataclass(frozen=True)
class PageWords:
    """What the head of the page says."""

    title: str
    unit: str
    version: int
    until: date | None
    left_out: Sequence[str]


def draw_page(sheet: Sheet, formats: Formats) -> None:
    """Draw the sheet, without a line, which stands first in the workbook and is the one that is seen on opening."""
    hidden_keys(sheet, list(TO_MEND_COLUMNS))
    widths(sheet, _WIDTHS)
    must(sheet.set_column(_LAST + 1, _LAST + _HIDDEN, 10, None, {"hidden": True}), TO_MEND)
    _captions(sheet, formats)
    sheet.freeze_panes(_CAPTIONS + 1, 0)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    sheet.set_tab_color(LOOKS[Level.BLOCK]["border_color"])
    page(sheet, head=(_CAPTIONS, _CAPTIONS), area=(1, 0, _CAPTIONS, _LAST))
    sheet.activate()


def fill_page(sheet: Sheet, formats: Formats, words: PageWords, lines: Sequence[Line]) -> None:
    """Write what is to be mended, for whom and until when."""
    _Page(sheet, formats, words, lines).fill()


def _captions(sheet: Sheet, formats: Formats) -> None:
    fmt = formats(
        bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=EDGE, bg_color=HEAD_FILL
    )
    for col, caption in enumerate(TO_MEND_COLUMNS.values()):
        put(sheet, _CAPTIONS, col, caption if col else None, fmt)
    must(sheet.set_row(_CAPTIONS, _CAPTION_HEIGHT), TO_MEND)
    # The cell in column A stays blank: a reader takes every row that has something there.
    first = next(iter(TO_MEND_COLUMNS.values()))
    box = {
        "width": int(_WIDTHS[0] * 7 + 5) - 1,
        "height": int(_CAPTION_HEIGHT * 4 / 3) - 1,
        "x_offset": 1,
        "y_offset": 1,
        "object_position": 2,
        "fill": {"color": HEAD_FILL},
        "line": {"none": True},
        "font": {"name": FONT, "size": 11, "bold": True},
        "align": {"vertical": "middle", "horizontal": "center"},
        "description": f"Tiêu đề cột A: {first}",
    }
    must(sheet.insert_textbox(_CAPTIONS, 0, first, box), first)


class _Page:
    def __init__(self, sheet: Sheet, formats: Formats, words: PageWords, lines: Sequence[Line]) -> None:
        self.sheet = sheet
        self.formats = formats
        self.words = words
        self.lines = lines
        self.row = 1
        self.links = 0
        edge = {"border": 1, "border_color": EDGE, "text_wrap": True}
        self.body = formats(num_format="@", **edge)
        self.middle = formats(num_format="@", align="center", **edge)
        # Excel fits a row to the wrapped text of its hidden columns too.
        self.unseen = formats(num_format="@")
        self.link = formats(num_format="@", align="center", font_color=_LINK, underline=1, **edge)
        self.asked = formats(num_format="@", locked=False, bg_color="#FFFFFF", **edge)
        self.shut = formats(num_format="@", bg_color="#EDEDED", **edge)

    def fill(self) -> None:
        self._head()
        self.row = _CAPTIONS + 1
        for line in self.lines:
            self._line(line)
        self._left_out()
        must(self.sheet.print_area(1, 0, self.row - 1, _LAST), TO_MEND)
        footer(self.sheet, self.words.unit)

    def _say(self, text: str, **look: Any) -> None:
        fmt = self.formats(text_wrap=True, valign="vcenter", **look)
        merge(self.sheet, self.row, 1, self.row, _LAST, text, fmt)
        size = look.get("font_size", 11)
        must(self.sheet.set_row(self.row, min(row_height([(text, sum(_WIDTHS[1:]) * 1.1)], size), TALLEST)), TO_MEND)
        self.row += 1

    def _head(self) -> None:
        self._say("CẦN SỬA", bold=True, font_size=14)
        self._say(f"{self.words.title}. {self.words.unit}", bold=True)
        self._say(_counted(self.lines))
        until = f" chậm nhất {show_date_long(self.words.until)}" if self.words.until is not None else ""
        version = self.words.version
        for number, step in enumerate(_STEPS, 1):
            self._say(f"{number}. {step.format(until=until, version=version, before=version - 1)}")

    def _line(self, line: Line) -> None:
        finding, row = line.finding, self.row
        level = self.formats(bold=True, num_format=_SIGNS[finding.level], **LOOKS[finding.level])
        put(self.sheet, row, 0, finding.level.value, level)
        put(self.sheet, row, 1, finding.code, self.middle)
        self._place(line)
        texts = [finding.raw[:_LONGEST], finding.text, finding.remedy, finding.answer[:_LONGEST]]
        for col, text in enumerate(texts[:3], 4):
            put(self.sheet, row, col, text[:_LONGEST], self.body)
        self._answer(finding)
        for col, value in enumerate((finding.key, finding.row or None, finding.subject[:_LONGEST]), _LAST + 1):
            put(self.sheet, row, col, value, self.unseen)
        must(self.sheet.fit_row(row, min(row_height(zip(texts, _WIDTHS[4:], strict=True)), TALLEST)), TO_MEND)
        self.row += 1

    def _place(self, line: Line) -> None:
        """Sheet and cell, each a link where there is something to go to."""
        for col, text, target in (
            (2, line.finding.sheet, f"'{line.sheet}'!A1" if line.sheet and not line.cell else ""),
            (3, line.cell, f"'{line.sheet}'!{line.cell}" if line.cell else ""),
        ):
            if target and self.links < _MOST_LINKS:
                self.links += 1
                code = self.sheet.write_url(self.row, col, f"internal:{target}", self.link, text)
                must(code, f"{TO_MEND}!{text}")
            else:
                put(self.sheet, self.row, col, text, self.middle)

    def _answer(self, finding: Finding) -> None:
        if finding.level is not Level.WARNING:
            put(self.sheet, self.row, _ANSWER, None, self.shut)
            return
        put(self.sheet, self.row, _ANSWER, finding.answer[:_LONGEST], self.asked)
        hint = {
            "validate": "any",
            "input_title": "Giải trình",
            "input_message": "Nếu số liệu đúng, ghi ngắn gọn lý do ở đây. Nếu sai, sửa ở ô của biểu và để trống ô này.",
        }
        must(self.sheet.data_validation(self.row, _ANSWER, self.row, _ANSWER, hint), TO_MEND)

    def _left_out(self) -> None:
        if not self.words.left_out:
            return
        self.row += 1
        self._say("Có trong tệp đơn vị đã gửi nhưng không chép sang tệp này:", bold=True)
        for text in self.words.left_out:
            self._say(f"- {text}")


_COUNTED = {
    Level.BLOCK: "chỗ phải sửa (Chặn)",
    Level.WARNING: "chỗ cần xem lại (Cảnh báo)",
    Level.NOTE: "ghi chú",
}


def _counted(lines: Sequence[Line]) -> str:
    """How many places there are of each level: “Có 4 chỗ phải sửa (Chặn), 2 chỗ cần xem lại (Cảnh báo)”."""
    count = Counter(line.finding.level for line in lines)
    answered = sum(1 for line in lines if line.finding.answer and line.finding.level is Level.WARNING)
    said = ", ".join(f"{count[level]} {words}" for level, words in _COUNTED.items() if count[level])
    rests = f" Đã giải trình {answered} Cảnh báo." if answered else ""
    return f"Có {said}.{rests}" if said else "Không còn chỗ nào phải sửa."
