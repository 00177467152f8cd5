"""The subjects of the sheet of recognitions that have kept on for years, by the reading in force (awards.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dvk_reports.figures.contributions import of_cell
from dvk_reports.figures.counted import Computed, asked_returns, rows_in, unit_quarters, whole
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.registry import figure_function
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import DUE, FigureSpec
from dvk_reports.plan.duty import duty_of
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.people import Mention, Subject, recognition, streak, subjects, whole_years
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_count


@figure_function(
    "duy_tri_tu_hai_nam",
    reads={SheetRole.RECOGNITIONS: ("nam_xet", "ngay_qd", "loai", "ten", "ngay_sinh", "ma_mo_hinh")},
)
def kept_on_for_years(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Tập thể, cá nhân được công nhận trong năm và duy trì liên tục từ 02 năm, theo cách tính đang áp dụng.

    Đọc mọi báo cáo công nhận được tính từ đầu Kế hoạch; một ô bị dừng ở bất kỳ năm nào thì đơn vị không được tính đủ.
    Chưa có dòng công nhận nào của năm trước, cũng chưa có biểu đến hạn nào của năm trước, thì để trống.
    """
    year = ledger.last.year
    returns = unit_quarters(ledger, spec)
    codes = tuple(code for code in returns.whole(ledger, units) if _past_is_whole(ledger, spec, code))
    past = [
        entry
        for unit, quarter in asked_returns(ledger, spec, ledger.past)
        if (entry := ledger.entry(unit, quarter)) is not None
    ]
    named = any(row.number_of("nam_xet") == year - 1 for _, row in rows_in(past, SheetRole.RECOGNITIONS))
    if not named and not _nobody_named(ledger, past, year - 1):
        return Computed([], codes, ["cần số liệu năm trước"], no_value=True, returns=returns)
    sources: dict[tuple[str, str, str, int], LedgerEntry] = {}
    mentions: list[Mention] = []
    counted = [entry for entry in past if whole(ledger, spec, entry)]
    for entry, row in rows_in(counted, SheetRole.RECOGNITIONS):
        mention = recognition(entry.plan, entry.quarter, entry.used, row)
        if mention is not None:
            mentions.append(mention)
            sources[mention.place] = entry
    found = subjects(ledger.register, mentions, ledger.last_day)
    items = [
        of_cell(ledger, sources[here.place], here.row.at("ten"), groups=(subject.kind,))
        for subject in found
        if (here := _deciding(ledger, subject)) is not None
    ]
    return Computed(items, codes, _notes(ledger, codes, found), returns=returns)


def _past_is_whole(ledger: Ledger, spec: FigureSpec, code: str) -> bool:
    """Whether no return of a unit that is used, of whatever year, is stopped."""
    entries = ledger.entries_at_hand(ledger.register.by_code[code], ledger.past)
    return all(whole(ledger, spec, entry) for entry in entries)


def _nobody_named(ledger: Ledger, past: Iterable[LedgerEntry], year: int) -> bool:
    """Whether a due sheet of the year was read: that it holds no row is said, not missing."""
    return any(
        entry.quarter.year == year
        and entry.readable(SheetRole.RECOGNITIONS)
        and duty_of(ledger.plan, entry.plan.sheet(SheetRole.RECOGNITIONS), entry.unit.kind, entry.quarter) == DUE
        for entry in past
    )


def _deciding(ledger: Ledger, subject: Subject) -> Mention | None:
    """The row of the year that makes the subject count; None where it does not."""
    values = ledger.plan.awards.gia_tri
    day, year = ledger.last_day, ledger.last.year
    least = in_force("so_nam_toi_thieu", values.so_nam_toi_thieu, day).gia_tri
    reading = in_force("cach_tinh_02_nam", values.cach_tinh_02_nam, day).gia_tri
    latest = next((item for item in reversed(subject.mentions) if item.year == year), None)
    if latest is None:
        return None
    if reading == "A":
        long_enough = streak(subject.years, year) >= least
    elif reading == "B":
        first = subject.first_decision
        long_enough = first is not None and whole_years(first, day) >= least
    else:
        long_enough = any(whole_years(since, day) >= least for since in _active_since(ledger, subject, year))
    return latest if long_enough else None


def _active_since(ledger: Ledger, subject: Subject, year: int) -> Iterator[date]:
    """Since when the active models of the subject's rows of the year have been running."""
    codes = {code_key(item.row.text("ma_mo_hinh")) for item in subject.mentions if item.year == year} - {""}
    for unit in ledger.units():
        for entry in ledger.entries(unit, ledger.last) or ():
            for row in entry.rows(SheetRole.MODELS):
                since = row.day("ngay_bd") or row.day("ngay_dk")
                active = entry.says(row, "trang_thai", LabelRole.ACTIVE)
                if since and active and code_key(row.text("ma_mo_hinh")) in codes:
                    yield since


def _notes(ledger: Ledger, counted: Iterable[str], found: Iterable[Subject]) -> list[str]:
    """What a reader must know: doubtful names, and units whose returns of the years before are not all there."""
    reading = in_force("cach_tinh_02_nam", ledger.plan.awards.gia_tri.cach_tinh_02_nam, ledger.last_day).gia_tri
    notes = [f"cách tính {reading}"]
    doubtful = sum(bool(subject.doubts) for subject in found)
    if doubtful:
        notes.append(f"{show_count(doubtful)} trường hợp trùng tên cần xác minh, không gộp")
    before = [quarter for quarter in ledger.past if quarter.year == ledger.last.year - 1]
    short = [
        unit.name
        for unit in (ledger.register.by_code[code] for code in counted)
        if any(ledger.entries(unit, quarter) is None and _given(ledger, unit, quarter) for quarter in before)
    ]
    if short:
        notes.append(f"thiếu báo cáo công nhận năm trước của {', '.join(short)}")
    return notes


def _given(ledger: Ledger, unit: Unit, quarter: Quarter) -> bool:
    """Whether a return of the quarter could have told of recognitions."""
    sheet = ledger.on(quarter).sheet(SheetRole.RECOGNITIONS)
    kinds = (ledger.register.by_code[code].kind for code in ledger.senders(unit, quarter))
    return any(duty_of(ledger.plan, sheet, kind, quarter) for kind in kinds)
