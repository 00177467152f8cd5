"""What a reader of a figure must know, beside its number (column ghi_chu)."""

from __future__ import annotations

from dvk_reports.figures.counted import Computed, ended_units
from dvk_reports.figures.definitions import FigureInPeriod, dated_notes
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.reviews import OF_LAST_LIST
from dvk_reports.plan.book.registry import FIGURE_FUNCTIONS, UNIT_TESTS
from dvk_reports.plan.book.roles import FigureRole, SheetRole
from dvk_reports.plan.duty import duties
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_count

_MOST_NAMED = 3
"""Units that a paper names; of more it says how many."""


def notes_of(figure: FigureInPeriod, found: Computed) -> tuple[str, str]:
    """The note in full, and as a paper has it; "" for the second where it is the same."""
    first = [*dated_notes(figure), *found.notes, *_quarters_not_held(figure.ledger, figure)]
    if figure.spec.vai is FigureRole.NEW_MODELS:
        first += _reported_late(figure.ledger, found)
    over = _ended(figure, found)
    full, brief = ("; ".join([*first, *_of_ended(over, most)]) for most in (None, _MOST_NAMED))
    return full, brief if brief != full else ""


def note_of_nobody(figure: FigureInPeriod) -> str:
    """Of a figure that no unit owes: that recognitions are not asked for yet, where it reads them."""
    ledger, spec = figure.ledger, figure.spec
    sheet = ledger.on(ledger.last).sheet(SheetRole.RECOGNITIONS)
    given = any(
        sheet in duties(ledger.plan, kind, quarter) for kind in ledger.plan.kinds for quarter in ledger.period.quarters
    )
    notes = dated_notes(figure)
    if sheet in spec.sheets and not given:
        notes.append(f"xét công nhận vào dịp {ledger.plan.value('nam_cong_nhan_den', ledger.last_day).gia_tri}")
    return "; ".join(notes)


def _quarters_not_held(ledger: Ledger, figure: FigureInPeriod) -> list[str]:
    absent = [quarter.title for quarter in ledger.year_window if quarter not in ledger.held]
    return [f"chưa có số liệu {', '.join(absent)}"] if absent and figure.spec.ky == "trong_nam" else []


def _ended(figure: FigureInPeriod, found: Computed) -> tuple[list[str], list[str]]:
    """Names of the units without a successor that have ended: those that add something, those that are not counted."""
    name, ledger = figure.spec.phep.ham or "", figure.ledger
    if name in UNIT_TESTS or (name in FIGURE_FUNCTIONS and OF_LAST_LIST in FIGURE_FUNCTIONS[name].traits):
        return [], []
    adding = {item.unit for item in found.items}
    over = ended_units(ledger, figure.spec)
    counted = [unit for unit in over if unit.code in found.counted and adding & _selves(ledger, unit)]
    return [unit.name for unit in counted], [unit.name for unit in over if unit.code not in found.counted]


def _selves(ledger: Ledger, unit: Unit) -> set[str]:
    return {unit.code, *ledger.register.predecessors(unit.code)}


def _of_ended(over: tuple[list[str], list[str]], most: int | None) -> list[str]:
    notes = []
    for said, names in zip(("có", "chưa có"), over, strict=True):
        if most is not None and len(names) > most:
            notes.append(f"{said} số liệu của {show_count(len(names))} đơn vị đã kết thúc")
        elif names:
            notes.append(f"{said} số liệu của đơn vị đã kết thúc: {', '.join(names)}")
    return notes


def _reported_late(ledger: Ledger, found: Computed) -> list[str]:
    """Models not listed last quarter though registered before this one: they are named, not counted."""
    late = []
    first, _ = ledger.register.window(ledger.last)
    for code in found.counted:
        unit = ledger.register.by_code[code]
        before = ledger.entries(unit, ledger.last.previous)
        if not before or not all(entry.readable(SheetRole.MODELS) for entry in before):
            continue
        listed = {code_key(row.text("ma_mo_hinh")) for entry in before for row in entry.rows(SheetRole.MODELS)}
        for entry in ledger.entries(unit, ledger.last) or ():
            for row in entry.rows(SheetRole.MODELS):
                day = row.day("ngay_dk")
                if day is not None and day < first and code_key(row.text("ma_mo_hinh")) not in listed:
                    late.append(row.text("ma_mo_hinh"))
    return [f"đăng ký từ trước nhưng kỳ trước chưa báo: {', '.join(late)}"] if late else []
