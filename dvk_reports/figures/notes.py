"""What a reader of a figure must know, beside its number (column ghi_chu)."""

from __future__ import annotations

from dvk_reports.figures.counted import Computed
from dvk_reports.figures.definitions import FigureInPeriod, dated_notes
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.returns_told import joined_notes, notes_of_returns
from dvk_reports.plan.book.roles import FigureRole, SheetRole
from dvk_reports.plan.duty import duties
from dvk_reports.plan.lookups import code_key


def notes_of(figure: FigureInPeriod, found: Computed) -> tuple[str, str]:
    """The note in full, and as a paper has it; "" for the second where it is the same."""
    first = [*dated_notes(figure), *found.notes, *_quarters_not_held(figure.ledger, figure)]
    if figure.spec.vai is FigureRole.NEW_MODELS:
        first += _reported_late(figure.ledger, found)
    return joined_notes(first, notes_of_returns(figure.ledger, figure.spec, found))


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
    for entry in sorted(found.returns.counted, key=lambda entry: entry.quarter):
        missed, known = _old_models(ledger, entry), False
        for earlier in ledger.models_before(entry) if missed else ():
            known = earlier.readable(SheetRole.MODELS)
            listed = _listed(ledger, earlier)
            missed = [model for model in missed if model[0] not in listed]
            if not missed or not known:
                break
        if known:
            late |= dict.fromkeys(code for _, code in missed)
    return [f"đăng ký từ trước nhưng kỳ trước chưa báo: {', '.join(late)}"] if late else []


def _old_models(ledger: Ledger, entry: LedgerEntry) -> list[tuple[str, str]]:
    """(key, code) of the models that a return lists as registered before its quarter."""

    def listed() -> list[tuple[str, str]]:
        first, _ = ledger.register.window(entry.quarter)
        rows = ((row, row.day("ngay_dk")) for row in entry.rows(SheetRole.MODELS))
        codes = (row.text("ma_mo_hinh") for row, day in rows if day is not None and day < first)
        return [(code_key(code), code) for code in codes]

    return ledger.of_return("old models", entry, listed)


def _listed(ledger: Ledger, entry: LedgerEntry) -> set[str]:
    """Keys of the models that a return lists; every later one is looked up in it."""

    def listed() -> set[str]:
        return {code_key(row.text("ma_mo_hinh")) for row in entry.rows(SheetRole.MODELS)}

    return ledger.of_return("listed models", entry, listed)
