"""What is told of the returns behind a figure: those that are missing, and those of units that have ended since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from dvk_reports.figures.counted import (
    Columns,
    Computed,
    StopColumn,
    UnitQuarters,
    ended_units,
    is_where,
    quarters_read,
    stop_columns,
)
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.reviews import OF_LAST_LIST
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.registry import FIGURE_FUNCTIONS, UNIT_TESTS
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.vietnamese.numbers import show_count

MOST_NAMED = 3
"""Units that a paper names; of more it says how many."""


Note: TypeAlias = tuple[str, str]
"""A note in full, and as a paper has it, where not more than ``MOST_NAMED`` units are named."""


def notes_of_returns(ledger: Ledger, spec: FigureSpec, found: Computed, own: Columns = ()) -> list[Note]:
    """“thiếu 07/420 lượt báo cáo: …”, the units that have ended, and who says that another return counts its number.

    ``own``: the columns of a line that has its own.
    """
    return [
        *_missing(ledger, spec, found.returns),
        *_ended(ledger, spec, found),
        *_counted_elsewhere(ledger, spec, found, own),
    ]


def joined_notes(first: Sequence[str], notes: Sequence[Note]) -> Note:
    """All notes as one in full, and as a paper has it; "" for the second where it is the same."""
    full, brief = ("; ".join([*first, *(note[of_paper] for note in notes)]) for of_paper in (False, True))
    return full, brief if brief != full else ""


def left_out_here(ledger: Ledger, missing: Sequence[str], elsewhere: Sequence[str]) -> str:
    """“không tính Đảng bộ xã A”: units that are missing here and counted in what it stands beside."""
    names = [ledger.register.by_code[code].name for code in missing if code not in elsewhere]
    if len(names) > MOST_NAMED:
        return f"không tính {show_count(len(names))} đơn vị"
    return f"không tính {', '.join(names)}" if names else ""


def _missing(ledger: Ledger, spec: FigureSpec, returns: UnitQuarters) -> Iterator[Note]:
    """Nothing of a figure of one quarter: there the units that are not counted are the returns that are missing."""
    if len(quarters_read(ledger, spec)) < 2 or not returns.missing:
        return
    said = f"thiếu {show_count(len(returns.missing))}/{show_count(returns.asked)} lượt báo cáo"
    absent: dict[Quarter, None] = {}
    names: dict[str, list[str]] = {}
    for unit, quarter in returns.missing:
        if quarter in ledger.held:
            names.setdefault(unit.name, []).append(quarter.short)
        else:
            absent[quarter] = None
    told = [f"cả {quarter.title}" for quarter in absent]
    told += [f"{name} ({', '.join(quarters)})" for name, quarters in names.items()]
    full = f"{said}: {', '.join(told)}"
    yield full, said if len(names) > MOST_NAMED else full


def _ended(ledger: Ledger, spec: FigureSpec, found: Computed) -> Iterator[Note]:
    """Those that add something, and those that are not counted where a unit counts as a whole."""
    name, over = spec.phep.ham or "", ended_units(ledger, spec)
    of_last_list = name in FIGURE_FUNCTIONS and OF_LAST_LIST in FIGURE_FUNCTIONS[name].traits
    if not over or name in UNIT_TESTS or of_last_list:
        return
    adding = {item.unit for items in (found.items, *found.lines.values()) for item in items}
    as_a_whole = not found.returns.asked and not spec.ve_viec_nop
    yield from _named("có", [unit.name for unit in over if unit.code in adding])
    yield from _named("chưa có", [unit.name for unit in over if as_a_whole and unit.code not in found.counted])


def _counted_elsewhere(ledger: Ledger, spec: FigureSpec, found: Computed, own: Columns) -> Iterator[Note]:
    """“Đảng bộ xã A ghi “đã tính ở nơi khác” (II/2023)”, of the units that are counted."""
    quarters = quarters_read(ledger, spec)
    columns = {quarter: _for_numbers(ledger, spec, quarter, own) for quarter in quarters}
    saying = {
        quarter: frozenset().union(*(ledger.counting_elsewhere(quarter, sheet) for sheet, _, _ in read))
        for quarter, read in columns.items()
    }
    if not any(saying.values()):
        return
    there = {unit.code: unit for quarter in quarters for unit in ledger.there(quarter)}
    units = {**there, **ledger.register.by_code}
    entries = found.returns.counted or [
        entry for code in found.counted for entry in ledger.entries_at_hand(units[code], quarters)
    ]
    said: dict[str, dict[str, list[str]]] = {}
    for entry in entries:
        if entry.unit.code in saying[entry.quarter]:
            for mark in dict.fromkeys(_marks(entry, columns[entry.quarter])):
                said.setdefault(mark, {}).setdefault(entry.unit.name, []).append(entry.quarter.short)
    for mark, names in said.items():
        when = {name: f" ({', '.join(told)})" if len(quarters) > 1 else "" for name, told in names.items()}
        full = f"{', '.join(f'{name}{told}' for name, told in when.items())} ghi “{mark}”"
        yield full, f"{show_count(len(names))} đơn vị ghi “{mark}”" if len(names) > MOST_NAMED else full


def _for_numbers(ledger: Ledger, spec: FigureSpec, quarter: Quarter, own: Columns) -> list[StopColumn]:
    """The columns for numbers that a figure, or a line of its own columns, reads in a quarter."""
    sheets = ledger.on(quarter).sheets
    columns = [(*column, None) for column in own] or stop_columns(ledger, spec, quarter)
    fields = ((column, sheets[column[0]].fields.get(column[1])) for column in columns if column[0] in sheets)
    return [column for column, field in fields if field is not None and field.numeric]


def _marks(entry: LedgerEntry, columns: Iterable[StopColumn]) -> Iterator[str]:
    """The marks in the number cells of a return that a figure reads."""
    marks = entry.plan.forms.cach_doc.tinh_noi_khac
    for sheet, key, when in columns:
        rows = (row for row in entry.rows(sheet) if is_where(entry, when, row))
        yield from (row.text(key) for row in rows if row.text(key) in marks)


def _named(said: str, names: Sequence[str]) -> Iterator[Note]:
    if names:
        full = f"{said} số liệu của đơn vị đã kết thúc: {', '.join(names)}"
        many = f"{said} số liệu của {show_count(len(names))} đơn vị đã kết thúc"
        yield full, many if len(names) > MOST_NAMED else full
