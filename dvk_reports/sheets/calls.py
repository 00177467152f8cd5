"""``goi-dien.xlsx``: whom the clerk telephones today, in which order, and what to say. One sheet, printed on A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from dvk_reports.messages.asking import asks_unit, urgency
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Submission, UnitState
from dvk_reports.model.shelf import Filed, in_order
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.reminding import (
    addressee,
    answer_of,
    missing_things,
    outstanding,
    quarter_of,
    standing_of,
)
from dvk_reports.plan.workdays import days_late, holidays_known, new_deadline
from dvk_reports.sheets.base.book import (
    Formats,
    Sheet,
    hidden_keys,
    lines_of,
    must,
    page,
    put,
    row_height,
    widths,
)
from dvk_reports.sheets.base.looks import GREY, GROUP_FILL, HEAD_FILL, STATES
from dvk_reports.sheets.base.written import list_book
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count

NAME = "don-doc/goi-dien.xlsx"
_SHEET = "Gọi điện"
_COLUMNS = (
    ("tt", "TT", 4.5),
    ("ma_don_vi", "Mã đơn vị", 15),
    ("ten_don_vi", "Đơn vị", 21),
    ("dien_thoai", "Điện thoại", 14),
    ("dau_moi", "Người phụ trách", 15),
    ("trang_thai", "Tình trạng", 16),
    ("ngay_cham", "Chậm (ngày làm việc)", 8),
    ("muc_nhac", "Mức nhắc", 6.5),
    ("noi_gi", "Nội dung cần nói", 44),
    ("can_sua", "Ba chỗ cần sửa trước", 42),
    ("ket_qua", "Đã gọi, kết quả", 22),
)
_CENTRED = {"tt", "ngay_cham", "muc_nhac"}
_WORST = 3
_LETTERS = 1.07  # letters of text to a digit's width, on the safe side
_SENTENCE = 110  # characters of a finding that are shown
_URGENCY = (UnitState.MISSING, UnitState.UNREADABLE, UnitState.REFUSED, UnitState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Call:
    """One line. ``late`` and ``level`` are None where the return is used, or where no deadline is known."""

    unit: Unit
    reader: Unit | None
    item: Submission
    late: int | None
    level: int | None
    say: str
    worst: tuple[str, ...] = ()


def call_sheet(office: Office, data: Consolidation) -> bytes:
    """The workbook: units without a used return first, then used returns with a Chặn or an unanswered Cảnh báo."""
    quarter = quarter_of(data)
    silent = outstanding(office, data) if quarter else ()
    mending = _with_mistakes(office.register, data) if quarter else {}
    parts: list[tuple[str, int, Iterable[Call]]] = []
    if quarter:
        parts = [
            ("I. Chưa có báo cáo để tổng hợp", len(silent), _without_return(office, data, quarter, silent)),
            (
                "II. Đã có báo cáo, còn chỗ cần sửa hoặc giải trình",
                len(mending),
                _to_mend(office.register, data, mending),
            ),
        ]
    head = _head(office, data, quarter)
    return list_book("goi-dien.xlsx", lambda book: _write(book, head, parts), len(silent) + len(mending))


def _without_return(
    office: Office, data: Consolidation, quarter: Quarter, silent: Sequence[tuple[Unit, Submission]]
) -> Iterator[Call]:
    for unit, item in sorted(silent, key=lambda pair: _URGENCY.index(pair[1].state)):
        reader = addressee(office.register, unit, data.as_of)
        answer = answer_of(office.register, data, item)
        level, late = standing_of(office, quarter, answer)
        things = " ".join(missing_things(data, item, answer))
        asked = _ask(office, data, quarter, unit, level, bool(answer))
        yield Call(unit, reader, item, late, level, f"{things}{asked}")


def _ask(office: Office, data: Consolidation, quarter: Quarter, unit: Unit, level: int | None, answered: bool) -> str:
    """Whom to ask for what is missing, and by when."""
    reader = addressee(office.register, unit, data.as_of)
    if reader is None:
        return " Đơn vị đã thôi hoạt động, danh mục không ghi đơn vị kế thừa: tìm người giữ số liệu cũ."
    merged = f" Nay thuộc {reader.name}: gọi đơn vị này." if reader.code != unit.code else ""
    if level is None:
        return f"{merged} Hỏi ngày gửi được báo cáo."
    if not level:
        due = show_date_prose(office.register.deadlines[quarter].due)
        return f"{merged} Hạn nộp là ngày {due}: nhắc đơn vị, hỏi có vướng mắc gì."
    until = show_date_prose(new_deadline(office.plan, level, data.as_of))
    asked = "Đề nghị gửi lại" if answered else _FIRM[min(level, len(_FIRM))]
    return f"{merged} {asked} chậm nhất ngày {until}."


_FIRM = {1: "Đề nghị gửi", 2: "Đề nghị khẩn trương gửi", 3: "Đề nghị người phụ trách nói rõ lý do chậm và gửi"}


def _with_mistakes(register: Register, data: Consolidation) -> Mapping[str, tuple[str, ...]]:
    """Unit -> what it is asked to mend first, of those whose used return has something to mend."""
    accepted = {item.unit for item in data.submissions if item.state is UnitState.ACCEPTED}
    there = accepted.intersection(register.by_code)
    found: Filed[tuple[str, ...]] = Filed()
    asked = (finding for finding in data.findings if finding.unit in there and asks_unit(finding))
    for unit, own in groupby(in_order(asked, attrgetter("unit")), attrgetter("unit")):
        found.put(unit, worst_cells(own))
    return found


def _to_mend(register: Register, data: Consolidation, worst: Mapping[str, tuple[str, ...]]) -> Iterator[Call]:
    items = [item for item in data.submissions if item.unit in worst]
    for item in sorted(items, key=lambda item: (-item.blocks, -item.warnings)):
        counts = [f"{show_count(item.blocks)} lỗi Chặn"] if item.blocks else []
        counts += [f"{show_count(item.warnings)} Cảnh báo"] if item.warnings else []
        weight = "chỗ có lỗi Chặn chưa được tính" if item.blocks else "cần đơn vị xem lại"
        words = (
            f"Báo cáo đã được dùng, còn {', '.join(counts)}: {weight}. Đề nghị sửa hoặc giải trình trong tệp đánh dấu, "
            "rồi gửi lại."
        )
        unit = register.by_code[item.unit]
        reader = addressee(register, unit, data.as_of)
        yield Call(unit, reader, item, None, None, words, worst[item.unit])


def worst_cells(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The three cells that a unit is asked to mend first: those that stop most, one of each kind before a second."""
    own = sorted(findings, key=urgency)
    firsts: dict[tuple[Level, str, str], Finding] = {}
    for finding in own:
        firsts.setdefault((finding.level, finding.code, finding.rule or finding.text), finding)
    chosen = list(firsts.values())
    chosen += [finding for finding in own if finding not in chosen]
    chosen = sorted(chosen[:_WORST], key=lambda f: f.level.rank)
    return tuple(_cell_words(finding) for finding in chosen)


def _cell_words(finding: Finding) -> str:
    where = ", ô ".join(part for part in (finding.sheet, finding.cell) if part) or "Cả tệp"
    text = finding.text if len(finding.text) <= _SENTENCE else f"{finding.text[:_SENTENCE].rstrip()}…"
    return f"{finding.level} - {where}: {text}"


def _head(office: Office, data: Consolidation, quarter: Quarter | None) -> list[str]:
    """Title, then remarks."""
    if quarter is None:
        return ["Danh sách gọi điện", "Chỉ lập theo từng quý."]
    used = sum(item.state is UnitState.ACCEPTED for item in data.submissions)
    day = show_date_prose(data.as_of)
    told = [
        f"Đến ngày {day}, đã có báo cáo của {used}/{len(data.submissions)} đơn vị để tổng hợp. "
        f"{_due(office, data, quarter)}"
    ]
    deadline = office.register.deadlines.get(quarter)
    years = sorted({data.as_of.year, *([deadline.due.year] if deadline else [])})
    unknown = [str(year) for year in years if not holidays_known(office.plan, year)]
    if unknown:
        told.append(
            f"Bộ quy định chưa ghi ngày nghỉ lễ, Tết năm {', '.join(unknown)}: số ngày làm việc chỉ trừ thứ Bảy, "
            "Chủ nhật."
        )
    return [f"Danh sách gọi điện - báo cáo Phong trào “Dân vận khéo” {quarter.title}", *told]


def _due(office: Office, data: Consolidation, quarter: Quarter) -> str:
    deadline = office.register.deadlines.get(quarter)
    late = days_late(office, quarter)
    if deadline is None or late is None:
        return (
            f"Trang Hạn nộp của danh mục chưa có hạn của kỳ {quarter.key}: không tính được số ngày chậm, không dự thảo "
            "công văn đôn đốc."
        )
    within = "còn trong hạn" if data.as_of <= deadline.due else "chưa qua ngày làm việc nào"
    passed = f"đã qua {show_count(late)} ngày làm việc" if late else within
    return f"Hạn nộp: {show_date_prose(deadline.due)}, {passed}."


# --- drawing ------------------------------------------------------------------------------------------------------


def _write(book: Any, head: Sequence[str], parts: Iterable[tuple[str, int, Iterable[Call]]]) -> None:
    """``parts``: a title, how many lines it has, the lines."""
    sheet = book.add_worksheet(_SHEET)
    formats = Formats(book)
    hidden_keys(sheet, [key for key, _, _ in _COLUMNS])
    widths(sheet, [width for _, _, width in _COLUMNS])
    must(sheet.set_column(1, 1, _COLUMNS[1][2], None, {"hidden": True}), _SHEET)
    row = 1
    must(sheet.set_row(row, 22), _SHEET)
    put(sheet, row, 0, head[0], formats(bold=True, font_size=14))
    for remark in head[1:]:
        row += 1
        put(sheet, row, 0, remark, formats(italic=True, font_color=GREY))
    row += 2
    captions = row
    look = formats(bold=True, align="center", valign="vcenter", text_wrap=True, border=1, bg_color=HEAD_FILL)
    must(sheet.set_row(row, row_height((caption, width - 1) for _, caption, width in _COLUMNS)), _SHEET)
    for col, (_, caption, _) in enumerate(_COLUMNS):
        put(sheet, row, col, caption, look)
    row += 1
    number = 0
    for title, count, calls in parts:
        if count:
            row = _band(sheet, formats, row, f"{title}: {show_count(count)} đơn vị")
        for call in calls:
            number += 1
            _line(sheet, formats, row, number, call)
            row += 1
    if not number:
        row = _band(sheet, formats, row, "Không có đơn vị nào cần gọi.")
    sheet.freeze_panes(captions + 1, 3)
    page(sheet, head=(captions, captions), area=(1, 0, row - 1, len(_COLUMNS) - 1), foot=head[0])


def _band(sheet: Sheet, formats: Formats, row: int, text: str) -> int:
    for col in range(len(_COLUMNS)):
        put(sheet, row, col, text if col == 0 else None, formats(bold=True, bg_color=GROUP_FILL, top=1, bottom=1))
    return row + 1


def _line(sheet: Sheet, formats: Formats, row: int, number: int, call: Call) -> None:
    person = call.reader or call.unit
    worst = "\n".join(call.worst)
    values: tuple[object, ...] = (
        number,
        call.unit.code,
        call.unit.name,
        person.phone,
        person.contact,
        call.item.state.value,
        call.late,
        call.level,
        call.say,
        worst,
        None,
    )
    tallest = 1
    for col, ((key, _, width), value) in enumerate(zip(_COLUMNS, values, strict=True)):
        look: dict[str, Any] = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True}
        if key in _CENTRED:
            look["align"] = "center"
        if key == "trang_thai":
            look |= STATES[call.item.state]
        put(sheet, row, col, value, formats(**look))
        if isinstance(value, str) and value:
            tallest = max(tallest, lines_of(value, width * _LETTERS))
    # Room enough to write the answer in by hand.
    must(sheet.set_row(row, max(tallest, 2) * 14.6 + 4), _SHEET)
