"""What a reader of a figure must know, beside its number (column ghi_chu)."""

from __future__ import annotations

from dvk_reports.figures.counted import Computed
from dvk_reports.figures.definitions import FigureInPeriod, dated_notes
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.returns_told import MOST_NAMED, notes_of_returns
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.roles import FigureRole, SheetRole
from dvk_reports.plan.duty import duties
from dvk_reports.plan.lookups import code_key


def notes_of(figure: FigureInPeriod, found: Computed) -> tuple[str, str]:
    """The note in full, and as a paper has it; "" for the second where it is the same."""
    first = [*dated_notes(figure), *found.notes, *_quarters_not_held(figure.ledger, figure)]
    if figure.spec.vai is FigureRole.NEW_MODELS:
        first += _reported_late(figure.ledger, found)
    full, brief = (
        "; ".join([*first, *notes_of_returns(figure.ledger, figure.spec, found, most)]) for most in (None, MOST_NAMED)
    )
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


def _reported_late(ledger: Ledger, found: Computed) -> list[str]:
    """Models that no earlier return lists, though registered before the quarter: they are named, not counted."""
    late: dict[str, None] = {}
    told: dict[tuple[str, Quarter], set[str]] = {}  # the list of a return is looked up by every later one
    for entry in sorted(found.returns.counted, key=lambda entry: entry.quarter):
        first, _ = ledger.register.window(entry.quarter)
        before = list(ledger.models_before(entry))
        if not before or not all(earlier.readable(SheetRole.MODELS) for earlier in before):
            continue
        for earlier in before:
            if (earlier.unit.code, earlier.quarter) not in told:
                codes = {code_key(row.text("ma_mo_hinh")) for row in earlier.rows(SheetRole.MODELS)}
                told[earlier.unit.code, earlier.quarter] = codes
        listed: set[str] = set().union(*(told[earlier.unit.code, earlier.quarter] for earlier in before))
        for row in entry.rows(SheetRole.MODELS):
            day = row.day("ngay_dk")
            if day is not None and day < first and code_key(row.text("ma_mo_hinh")) not in listed:
                late[row.text("ma_mo_hinh")] = None
    return [f"đăng ký từ trước nhưng kỳ trước chưa báo: {', '.join(late)}"] if late else []
