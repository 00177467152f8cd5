"""NV5.3: the subjects of B9a that have kept on for two years or more, by the reading in force (awards.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dvk_reports.figures.counted import Computed, counted_parts
from dvk_reports.figures.ledger import Ledger, Part
from dvk_reports.figures.pieces import piece, whole
from dvk_reports.model.records import Row
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.rulebook import DUE, FigureSpec
from dvk_reports.plan.duty import duty_of
from dvk_reports.plan.lookups import ACTIVE, code_key
from dvk_reports.plan.people import Mention, Subject, recognition, streak, subjects, whole_years
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_count


def kept_two_years(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """NV5.3: tập thể, cá nhân được công nhận trong năm và duy trì liên tục từ 02 năm, theo cách tính đang áp dụng.

    Đọc mọi biểu B9a từ đầu Kế hoạch của đơn vị được tính; một ô bị dừng ở bất kỳ năm nào thì đơn vị không được tính.
    Chưa có dòng công nhận nào của năm trước, cũng chưa có biểu B9a đến hạn nào của năm trước, thì để trống.
    """
    year = ledger.last.year
    told = [(part, row) for unit in units for part, row in _recognitions(ledger, unit)]
    counted = {
        code: parts
        for code, parts in counted_parts(ledger, spec, units).items()
        if all(whole(ledger, spec, part) for part in _parts(ledger, ledger.register.by_code[code]))
    }
    named = any(row.number_of("nam_xet") == year - 1 for _, row in told)
    if not named and not _nobody_named(ledger, units, year - 1):
        return Computed([], tuple(counted), ["cần số liệu năm trước"], no_value=True)
    places: dict[tuple[str, str, str, int], Part] = {}
    mentions: list[Mention] = []
    for code in counted:
        for part, row in _recognitions(ledger, ledger.register.by_code[code]):
            mention = recognition(part.unit.code, part.quarter, row, part.stopped)
            if mention is not None:
                mentions.append(mention)
                places[mention.place] = part
    found = subjects(ledger.register, mentions, ledger.last_day)
    pieces = []
    for subject in found:
        here = _deciding(ledger, subject)
        if here is not None:
            value = here.row.values["ten"]
            pieces.append(piece(ledger, places[here.place], value, 1, groups=(subject.kind,)))
    return Computed(pieces, tuple(counted), _notes(ledger, spec, counted, found))


def _parts(ledger: Ledger, unit: Unit) -> Iterable[Part]:
    return ledger.parts_at_hand(unit, ledger.past)


def _recognitions(ledger: Ledger, unit: Unit) -> list[tuple[Part, Row]]:
    return [(part, row) for part in _parts(ledger, unit) for row in part.rows("B9a")]


def _nobody_named(ledger: Ledger, units: Iterable[Unit], year: int) -> bool:
    """Whether a due B9a of the year was read: that it holds no row is said, not missing."""
    return any(
        part.quarter.year == year
        and part.used.readable("B9a")
        and duty_of(ledger.plan, "B9a", part.unit.kind, part.quarter) == DUE
        for unit in units
        for part in _parts(ledger, unit)
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
        kept = streak(subject.years, year) >= least
    elif reading == "B":
        first = subject.first_decision
        kept = first is not None and whole_years(first, day) >= least
    else:
        kept = any(whole_years(since, day) >= least for since in _active_since(ledger, subject, year))
    return latest if kept else None


def _active_since(ledger: Ledger, subject: Subject, year: int) -> Iterable[date]:
    """Since when the active models of the subject's rows of the year have been running."""
    codes = {code_key(item.row.text("ma_mo_hinh")) for item in subject.mentions if item.year == year} - {""}
    for unit in ledger.units():
        for part in ledger.parts(unit, ledger.last) or ():
            for row in part.rows("B2"):
                since = row.day("ngay_bd") or row.day("ngay_dk")
                if since and row.text("trang_thai") in ACTIVE and code_key(row.text("ma_mo_hinh")) in codes:
                    yield since


def _notes(ledger: Ledger, spec: FigureSpec, counted: Mapping[str, object], found: Iterable[Subject]) -> list[str]:
    """What a reader must know: doubtful names, and units whose returns of the years before are not all there."""
    reading = in_force("cach_tinh_02_nam", ledger.plan.awards.gia_tri.cach_tinh_02_nam, ledger.last_day).gia_tri
    notes = [f"cách tính {reading}"]
    doubtful = sum(bool(subject.doubts) for subject in found)
    if doubtful:
        notes.append(f"{show_count(doubtful)} trường hợp trùng tên cần xác minh, không gộp")
    before = [quarter for quarter in ledger.past if quarter.year == ledger.last.year - 1]
    short = [
        unit.name
        for unit in map(ledger.register.by_code.__getitem__, counted)
        if any(ledger.parts(unit, quarter) is None for quarter in before if quarter.number >= 3)
    ]
    if short:
        notes.append(f"thiếu báo cáo công nhận năm trước của {', '.join(short)}")
    return notes
