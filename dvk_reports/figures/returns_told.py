"""What is told of the returns behind a figure: those that are missing, and those of units that have ended since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvk_reports.figures.counted import (
    Columns,
    Computed,
    UnitQuarters,
    ended_units,
    is_where,
    quarters_read,
    stop_columns,
)
from dvk_reports.figures.ledger import Ledger, LedgerEntry
from dvk_reports.figures.named.reviews import OF_LAST_LIST
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.registry import FIGURE_FUNCTIONS, UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.vietnamese.numbers import show_count

MOST_NAMED = 3
"""Units that a paper names; of more it says how many."""


def notes_of_returns(
    ledger: Ledger, spec: FigureSpec, found: Computed, most: int | None = None, own: Columns = ()
) -> list[str]:
    """“thiếu 07/420 lượt báo cáo: …”, the units that have ended, and who says that another return counts its number.

    ``most``: units that are named at most; ``own``: the columns of a line that has its own.
    """
    return [
        *_missing(ledger, spec, found.returns, most),
        *_ended(ledger, spec, found, most),
        *_counted_elsewhere(ledger, spec, found, most, own),
    ]


def left_out_here(ledger: Ledger, missing: Sequence[str], elsewhere: Sequence[str]) -> str:
    """“không tính Đảng bộ xã A”: units that are missing here and counted in what it stands beside."""
    names = [ledger.register.by_code[code].name for code in missing if code not in elsewhere]
    if len(names) > MOST_NAMED:
        return f"không tính {show_count(len(names))} đơn vị"
    return f"không tính {', '.join(names)}" if names else ""


def _missing(ledger: Ledger, spec: FigureSpec, returns: UnitQuarters, most: int | None) -> list[str]:
    """Nothing of a figure of one quarter: there the units that are not counted are the returns that are missing."""
    if len(quarters_read(ledger, spec)) < 2 or not returns.missing:
        return []
    said = f"thiếu {show_count(len(returns.missing))}/{show_count(returns.asked)} lượt báo cáo"
    absent: dict[Quarter, None] = {}
    names: dict[str, list[str]] = {}
    for unit, quarter in returns.missing:
        if quarter in ledger.held:
            names.setdefault(unit.name, []).append(quarter.short)
        else:
            absent[quarter] = None
    if most is not None and len(names) > most:
        return [said]
    told = [f"cả {quarter.title}" for quarter in absent]
    told += [f"{name} ({', '.join(quarters)})" for name, quarters in names.items()]
    return [f"{said}: {', '.join(told)}"]


def _ended(ledger: Ledger, spec: FigureSpec, found: Computed, most: int | None) -> list[str]:
    """Those that add something, and those that are not counted where a unit counts as a whole."""
    name = spec.phep.ham or ""
    if name in UNIT_TESTS or (name in FIGURE_FUNCTIONS and OF_LAST_LIST in FIGURE_FUNCTIONS[name].traits):
        return []
    items = [*found.items, *(item for line in found.lines.values() for item in line)]
    adding = {item.unit for item in items}
    over = ended_units(ledger, spec)
    as_a_whole = not found.returns.asked and not spec.ve_viec_nop
    lacking = [unit.name for unit in over if as_a_whole and unit.code not in found.counted]
    return [
        *_named("có", [unit.name for unit in over if unit.code in adding], most),
        *_named("chưa có", lacking, most),
    ]


def _counted_elsewhere(ledger: Ledger, spec: FigureSpec, found: Computed, most: int | None, own: Columns) -> list[str]:
    """“Đảng bộ xã A ghi “đã tính ở nơi khác” (II/2023)”, of the units that are counted."""
    quarters = quarters_read(ledger, spec)
    there = {unit.code: unit for quarter in quarters for unit in ledger.there(quarter)}
    units = {**there, **ledger.register.by_code}
    entries = found.returns.counted or [
        entry for code in found.counted for entry in ledger.entries_at_hand(units[code], quarters)
    ]
    said: dict[str, dict[str, list[str]]] = {}
    for entry in entries:
        for mark in _marks(ledger, spec, entry, own):
            said.setdefault(mark, {}).setdefault(entry.unit.name, []).append(entry.quarter.short)
    notes = []
    for mark, names in said.items():
        when = {name: f" ({', '.join(told)})" if len(quarters) > 1 else "" for name, told in names.items()}
        who = ", ".join(f"{name}{told}" for name, told in when.items())
        many = most is not None and len(names) > most
        notes.append(f"{show_count(len(names))} đơn vị ghi “{mark}”" if many else f"{who} ghi “{mark}”")
    return notes


def _marks(ledger: Ledger, spec: FigureSpec, entry: LedgerEntry, own: Columns) -> tuple[str, ...]:
    """The marks in the number cells of a return that a figure reads, each once."""
    key = ("marks", id(spec), entry.unit.code, entry.quarter, own)
    if key not in ledger.of_returns:
        ledger.of_returns[key] = tuple(dict.fromkeys(_marks_in(ledger, spec, entry, own)))
    found: tuple[str, ...] = ledger.of_returns[key]
    return found


def _marks_in(ledger: Ledger, spec: FigureSpec, entry: LedgerEntry, own: Columns) -> Iterator[str]:
    marks = entry.plan.forms.cach_doc.tinh_noi_khac
    columns = [(*column, None) for column in own] or stop_columns(ledger, spec, entry.quarter)
    for sheet, key, when in columns:
        field = entry.plan.sheets[sheet].fields.get(key) if sheet in entry.plan.sheets else None
        if field is not None and field.numeric and entry.counts_elsewhere(sheet):
            rows = (row for row in entry.rows(sheet) if is_where(entry, when, row))
            yield from (row.text(key) for row in rows if row.text(key) in marks)


def _named(said: str, names: Sequence[str], most: int | None) -> list[str]:
    if most is not None and len(names) > most:
        return [f"{said} số liệu của {show_count(len(names))} đơn vị đã kết thúc"]
    return [f"{said} số liệu của đơn vị đã kết thúc: {', '.join(names)}"] if names else []
