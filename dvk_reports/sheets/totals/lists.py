"""Sheets ``Tình hình nộp``, ``Lỗi`` and ``Tệp``: who has sent, what is wrong, what became of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import LATE, ON_TIME, FileState, Submission, UnitState, is_late
from dvk_reports.model.shelf import in_order
from dvk_reports.sheets.base.book import WHOLE
from dvk_reports.sheets.base.looks import ABSENT, BAD, CENTRE, GOOD, GREY, LEVELS, STATES, WARNED, WRAP
from dvk_reports.sheets.base.pages import ON_SCREEN, Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.totals.context import FILES, FINDINGS, SUBMISSIONS, TotalsContext

_COUNT = {**CENTRE, "num_format": WHOLE}
_SUBMISSION_COLUMNS = (
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ten_don_vi", "Tên đơn vị", 36, WRAP),
    Column("loai", "Loại", 8, CENTRE),
    Column("trang_thai", "Trạng thái", 17),
    Column("ngay_nhan", "Ngày nhận", 12, CENTRE),
    Column("nguon_ngay_nhan", "Nguồn ngày nhận", 9, CENTRE),
    Column("dung_han", "Đúng hạn", 14, CENTRE),
    Column("tep", "Tệp", 40, WRAP),
    Column("phien_ban", "Phiên bản", 7, CENTRE),
    Column("so_chan", "Số Chặn", 7.5, _COUNT),
    Column("so_canh_bao", "Số Cảnh báo", 8, _COUNT),
    Column("so_ghi_chu", "Số Ghi chú", 8, _COUNT),
    Column("muc_nhac", "Mức nhắc", 7, CENTRE),
    Column("ky", "Kỳ", 9, CENTRE),
)
_STATE_COLUMN, _COUNTS_FROM = 3, 9
_PUNCTUAL: Mapping[str, Mapping[str, object]] = {ON_TIME: GOOD, LATE: WARNED}


def write_submissions(context: TotalsContext) -> None:
    """Sheet ``Tình hình nộp``: every unit that must report, in register order, by group."""
    data = context.data
    late = sum(is_late(item.punctual) for item in data.submissions)
    said = f" Nộp muộn (kể cả sau khóa sổ): {late}." if late else ""
    remark = f"{context.coverage} đơn vị đã được chấp nhận. {count_states(data.submissions)}{said}"
    page = Page(
        context,
        SUBMISSIONS,
        _SUBMISSION_COLUMNS,
        f"Tình hình nộp báo cáo {context.title}",
        [remark],
        PageLayout(numbered=True),
    )
    by_unit = {item.unit: item for item in data.submissions}
    for number, heading, codes in context.groups():
        items = [by_unit[code] for code in codes]
        page.band(heading)
        for item in items:
            page.line(_submission(item))
        page.band(f"Cộng {number}: {len(items)} đơn vị", _subtotal(items), total=True)
    page.band(f"Tổng cộng: {len(data.submissions)} đơn vị", _subtotal(data.submissions), total=True)
    for period, group in groupby(data.earlier, key=lambda item: item.period):
        items, title = list(group), parse_period(period).title
        page.band(f"Các quý trước trong kỳ: {title}")
        for item in items:
            page.line(_submission(item))
        page.band(f"Cộng {title}: {len(items)} đơn vị", _subtotal(items), total=True)
    page.close()


def _submission(item: Submission) -> list[object]:
    counts: Iterable[object] = (item.blocks, item.warnings, item.notes)
    if item.state is UnitState.MISSING or (item.state is UnitState.UNREADABLE and not any(counts)):
        counts = (None, None, None)
    return [
        item.unit,
        item.name,
        item.kind,
        StyledValue(item.state.value, STATES[item.state]),
        item.received,
        item.received_from,
        StyledValue(item.punctual, _PUNCTUAL.get(item.punctual, BAD if item.punctual else {})),
        item.file,
        int(item.version)
        if item.version.isascii() and item.version.isdigit() and len(item.version) < 10
        else item.version,
        *counts,
        item.reminder,
        item.period,
    ]


def _subtotal(items: Sequence[Submission]) -> dict[int, object]:
    accepted = sum(item.state is UnitState.ACCEPTED for item in items)
    said = StyledValue(f"{accepted}/{len(items)} chấp nhận", {"align": "left", "num_format": "@"})
    sums = (sum(item.blocks for item in items), sum(item.warnings for item in items), sum(item.notes for item in items))
    return {_STATE_COLUMN: said, **dict(enumerate((StyledValue(n, _COUNT) for n in sums), _COUNTS_FROM))}


def count_states(items: Sequence[Submission]) -> str:
    """“Trả lại: 2; Chưa nộp: 3.”; nothing where every unit is accepted."""
    count = Counter(item.state for item in items)
    said = [f"{state}: {count[state]}" for state in UnitState if state is not UnitState.ACCEPTED and count[state]]
    return "; ".join(said) + "." if said else ""


_FINDING_COLUMNS = (
    Column("muc", "Mức", 12),
    Column("ma_loi", "Mã lỗi", 7, CENTRE),
    Column("ma_don_vi", "Mã đơn vị", 16),
    Column("tep", "Tệp", 36, WRAP),
    Column("sheet", "Biểu", 8, {**CENTRE, **WRAP}),
    Column("o", "Ô", 7, CENTRE),
    Column("gia_tri", "Đơn vị ghi", 20, WRAP),
    Column("noi_dung", "Nội dung", 46, WRAP),
    Column("cach_sua", "Cách sửa", 42, WRAP),
    Column("giai_trinh", "Giải trình của đơn vị", 22, WRAP),
    Column("ten_don_vi", "Tên đơn vị", 26, WRAP),
    Column("dong", "Dòng trong biểu", 9, CENTRE),
    Column("khoa", "Mã ô", 18),
    Column("dung", "Làm dừng", 8, CENTRE),
    Column("dung_o", "Các ô bị dừng", 30, {"font_color": GREY}),
    Column("doi_tuong", "Đối tượng của dòng", 26, {"font_color": GREY}),
)
_FINDINGS_PRINTED = 11


def write_findings(context: TotalsContext) -> None:
    """Sheet ``Lỗi``: what stops a value first, then warnings, then notes; inside a level in register order."""
    order = {unit.code: unit.order for unit in context.register.units}
    findings = context.data.findings
    page = Page(
        context,
        FINDINGS,
        _FINDING_COLUMNS,
        f"Lỗi và điều cần xem lại - báo cáo {context.title}",
        [count_levels(findings)],
        PageLayout(printed=_FINDINGS_PRINTED),
    )
    for finding in in_order(findings, lambda finding: (finding.level.rank, order.get(finding.unit, -1))):
        page.line(_finding(context, finding))
    if not findings:
        page.remark("Không có lỗi nào.")
    page.close(foot="")


def _finding(context: TotalsContext, finding: Finding) -> list[object]:
    return [
        StyledValue(finding.level.value, LEVELS[finding.level]),
        finding.code,
        finding.unit,
        finding.file,
        finding.sheet,
        finding.cell,
        finding.raw,
        finding.text,
        finding.remedy,
        finding.answer,
        context.name_of(finding.unit),
        finding.row or None,
        finding.key,
        stopped_thing(finding),
        stops_text(finding.stops),
        finding.subject,
    ]


def stopped_thing(finding: Finding) -> str:
    """The largest thing a finding stops: ``tep``, ``bieu``, ``o`` or nothing; ``khong_tinh``: held out."""
    if finding.held_out:
        return "khong_tinh"
    if finding.refuses:
        return "tep"
    if any(not stop.key for stop in finding.stops):
        return "bieu"
    return "o" if finding.stops else ""


def stops_text(stops: Iterable[Stop]) -> str:
    """``B2!14!ma_thon; B8!9!ch_hl``: sheet, Excel row in the unit's file (0: none), key (empty: the whole sheet)."""
    return "; ".join(f"{stop.sheet}!{stop.row}!{stop.key}" for stop in stops)


def count_levels(findings: Sequence[Finding]) -> str:
    """How many findings there are of each level, in one line."""
    count = Counter(finding.level for finding in findings)
    answered = sum(bool(finding.answer) for finding in findings)
    said = " · ".join(f"{level}: {count[level]}" for level in Level)
    return f"{len(findings)} dòng. {said}." + (f" Đã giải trình: {answered}." if answered else "")


_FILE_COLUMNS = (
    Column("tep", "Tệp", 60, WRAP),
    Column("sha256", "Mã băm SHA-256", 20, {"font_color": GREY}),
    Column("trang_thai", "Trạng thái", 20),
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ky", "Kỳ", 10, CENTRE),
    Column("phien_ban", "Phiên bản", 8, CENTRE),
    Column("ly_do", "Lý do", 60, WRAP),
    Column("ten_don_vi", "Tên đơn vị", 32, WRAP),
)
_FILE_LOOKS: Mapping[FileState, Mapping[str, object]] = {
    FileState.USED: {**GOOD, "num_format": '"● "@'},
    FileState.REPLACED: {"num_format": '"○ "@'},
    FileState.DUPLICATE: {"num_format": '"○ "@'},
    FileState.SKIPPED: {"num_format": '"○ "@'},
    FileState.CONFLICT: {**WARNED, "num_format": '"▲ "@'},
    FileState.WRONG_PERIOD: {**WARNED, "num_format": '"▲ "@'},
    FileState.NOT_A_FORM: {**ABSENT, "align": "left", "num_format": '"○ "@'},
    FileState.REFUSED: {**BAD, "num_format": '"▼ "@'},
    FileState.UNREADABLE: {**BAD, "num_format": '"■ "@'},
}


def write_files(context: TotalsContext) -> None:
    """Sheet ``Tệp``: every file met, once."""
    page = Page(
        context,
        FILES,
        _FILE_COLUMNS,
        f"Các tệp nhận về - {context.title}",
        [context.data.sum_of_files, ON_SCREEN],
        PageLayout(frozen=1, on_screen=True),
    )
    for record in context.data.files:
        page.line(
            [
                record.file,
                record.sha256,
                StyledValue(record.state.value, _FILE_LOOKS[record.state]),
                record.unit,
                record.period,
                record.version,
                record.reason,
                context.name_of(record.unit),
            ]
        )
    if not context.data.files:
        page.remark("Chưa có tệp nào gửi về.")
    page.close(foot="")
