"""Why a unit is not in a figure, in a few words, with the cell that stops it (column ``ly_do``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from dvk_reports.figures.contributions import named_here, of_cell
from dvk_reports.figures.counted import asked_of, is_where, quarters_read, stop_columns
from dvk_reports.figures.definitions import FigureInPeriod
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.model.figures import NUMERATOR, Source
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UnitState
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.register.register import Unit

NOTHING_ASKED = "không có đối tượng để tính"
"""Of a unit that counts, but has none of what a ratio is of."""
_NOT_ENOUGH = "chưa đủ số liệu để kết luận"
_NOT_USED = {
    UnitState.REFUSED: "báo cáo bị trả lại",
    UnitState.CONFLICT: "báo cáo cần xác minh",
    UnitState.UNREADABLE: "báo cáo không đọc được",
}
_NOT_REPORTED = "chưa báo cáo"


def why_unknown(figure: FigureInPeriod, code: str) -> tuple[str, Source | None]:
    """The first that holds: a return is missing, a sheet is, a cell is stopped."""
    ledger, spec = figure.ledger, figure.spec
    unit = ledger.register.by_code.get(code)
    if unit is None:
        return _NOT_ENOUGH, None
    read, stopped_in = quarters_read(ledger, spec), set(quarters_read(ledger, spec))
    if ledger.on(ledger.last).reads_reviews(spec):  # a review may stand in any quarter of the year, or before it
        read = tuple(sorted({*read, *ledger.window}))
        stopped_in |= {*ledger.window, *ledger.past}
    missing = [q for q in read if ledger.entries(unit, q) is None and asked_of(ledger, spec, unit, q)]
    if missing:
        return _missing(ledger, unit, missing, several=len(read) > 1), None
    return next(_stopped(figure, ledger.entries_at_hand(unit, tuple(sorted(stopped_in)))), (_NOT_ENOUGH, None))


def _missing(ledger: Ledger, unit: Unit, quarters: list[Quarter], *, several: bool) -> str:
    """“chưa báo cáo”; where several quarters are read, with those that are missing."""
    said: dict[str, list[str]] = {}
    for quarter in quarters:
        senders = ledger.senders(unit, quarter)
        states = [item.state for item in ledger.sent(quarter) if item.unit in senders]
        why = next((_NOT_USED[state] for state in states if state in _NOT_USED), _NOT_REPORTED)
        said.setdefault(why, []).append(quarter.short)
    return "; ".join(f"{why} ({', '.join(when)})" if several else why for why, when in said.items())


def _stopped(figure: FigureInPeriod, entries: Iterable[LedgerEntry]) -> Iterator[tuple[str, Source]]:
    ledger, spec = figure.ledger, figure.spec
    for entry in entries:
        models = entry.plan.sheet(SheetRole.MODELS)
        for sheet, key, when in stop_columns(ledger, spec, entry.quarter):
            if sheet == models and entry.quarter != ledger.last:
                continue  # a list of models is read at the end of the period only
            if not entry.readable(sheet):
                file = named_here(ledger, entry, entry.used.file)
                why = "bị dừng" if sheet in entry.used.rows else "không có trong tệp"
                yield f"biểu {sheet} {why}", Source(NUMERATOR, entry.unit.code, file, sheet, "", Decimal(0))
            for row in entry.rows(sheet):
                if entry.stopped(row, key) and is_where(entry, when, row):
                    value = row.values.get(key)
                    why = "ô bị dừng" if value is not None and not value.blank else "ô còn trống"
                    yield why, of_cell(ledger, entry, row.at(key)).source()
