"""The lines below a figure: by the labels of a column, those a function made, and those with an n of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from dvk_reports.figures.contributions import Contribution, total
from dvk_reports.figures.counted import Columns, Computed, quarters_read, unit_quarters
from dvk_reports.figures.definitions import FigureInPeriod, asked_for, breakdown_sheet, in_force_when
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.training import attendants_line
from dvk_reports.figures.operations.closed_list import operate
from dvk_reports.figures.returns_told import joined_notes, left_out_here, notes_of_returns
from dvk_reports.model.figures import Figure
from dvk_reports.model.periods import Quarter
from dvk_reports.model.shelf import Pile, shelved
from dvk_reports.plan.book.rulebook import FigureSpec, OwnLine
from dvk_reports.plan.register.register import Unit

YES_NO = "co_khong"
"""List of the labels of a Có/Không column."""


def breakdown(figure: FigureInPeriod, head: Figure, found: Computed, units: tuple[Unit, ...]) -> Iterator[Figure]:
    """The lines of a figure in order. ``head``: the figure's own line."""
    spec = figure.spec
    plain = replace(
        head,
        numerator=None,
        denominator=None,
        value=None,
        low=None,
        high=None,
        target=None,
        verdict="",
        note=head.falls_short,
        brief="",
        sources=(),
    )
    if not (found.no_value and not spec.dong_rieng):
        lines = list(lines_of(figure.ledger, spec, found))
        known = is_known(plain, found) or any(total(items) for _, items in lines)
        for name, items in lines:
            note = "; ".join(part for part in (head.falls_short, _label_note(figure, name)) if part)
            yield _line(plain, name, items, known=known, note=note)
    for own in spec.dong_rieng:
        yield from _own_line(figure, plain, own, units)


def lines_of(ledger: Ledger, spec: FigureSpec, found: Computed) -> Iterator[tuple[str, Collection[Contribution]]]:
    """(name, what adds to it) of each line that the figure's own items make."""
    if found.lines:
        yield from found.lines.items()
        return
    for place, column in enumerate(spec.phan_to.cot if spec.phan_to else []):
        lines: dict[str, Pile[Contribution]] = {name: Pile() for name in _labels(ledger, spec, column)}
        for item in found.items if lines else ():
            line = lines.get(item.groups[place]) if len(item.groups) > place else None
            if line is not None:
                line.append(item)
        yield from lines.items()


def _labels(ledger: Ledger, spec: FigureSpec, column: str) -> list[str]:
    """Labels of a column in force in a quarter that is read, less those the figure's own filter leaves out."""
    allowed = [entry.la for entry in spec.phep.loc if entry.o == column and entry.la is not None]
    held = {label for quarter in quarters_read(ledger, spec) for label in _labels_in(ledger, spec, column, quarter)}
    ordered = [label for name in _lists(ledger, spec, column) for label in ledger.plan.labels(name)]
    return [label for label in dict.fromkeys(ordered) if label in held and all(label in names for names in allowed)]


def _lists(ledger: Ledger, spec: FigureSpec, column: str) -> list[str]:
    """The lists that a column has had in the quarters read."""
    found: dict[str, None] = {}
    for quarter in quarters_read(ledger, spec):
        plan = ledger.on(quarter)
        sheet = breakdown_sheet(plan, spec, column)
        if sheet:
            found[plan.sheets[sheet].fields[column].danh_sach or YES_NO] = None
    return list(found)


def _labels_in(ledger: Ledger, spec: FigureSpec, column: str, quarter: Quarter) -> list[str]:
    plan = ledger.on(quarter)
    sheet = breakdown_sheet(plan, spec, column)
    return plan.labels(plan.sheets[sheet].fields[column].danh_sach or YES_NO) if sheet else []


def _label_note(figure: FigureInPeriod, name: str) -> str:
    """From when or until when the label of a line is in force, where that is a part of the period."""
    ledger, spec = figure.ledger, figure.spec
    read = quarters_read(ledger, spec)
    if len({id(ledger.on(quarter)) for quarter in read}) < 2:
        return ""
    columns = spec.phan_to.cot if spec.phan_to else []
    held = [q for q in read if any(name in _labels_in(ledger, spec, column, q) for column in columns)]
    return "; ".join(in_force_when(f"“{name}”", held, read))


def is_known(line: Figure, found: Computed) -> bool:
    """Whether a count or a sum is known: of a unit, or of one return though no unit has sent them all."""
    return bool(line.reported or found.returns.counted or total(found.items))


def _line(plain: Figure, name: str, items: Collection[Contribution], *, known: bool, note: str) -> Figure:
    above, below, value = total(items), None, None
    if plain.ratio:
        below = total(items, below=True)
        value = above / below if below else None
    elif known:
        value = above
    return replace(
        plain,
        group=name,
        numerator=above if plain.ratio or known else None,
        denominator=below,
        value=value,
        note=note,
        sources=shelved(item.source() for item in items),
    )


def _own_line(figure: FigureInPeriod, plain: Figure, own: OwnLine, units: tuple[Unit, ...]) -> Iterator[Figure]:
    """A line with columns of its own, so with units of its own in n; none where no quarter asks for them."""
    spec, read = figure.spec, quarters_read(figure.ledger, figure.spec)
    columns: Columns = tuple((sheet, key) for sheet, _, key in (entry.partition(".") for entry in own.dung_boi))
    held = [quarter for quarter in read if _has_line(figure.ledger, spec, own, columns, quarter)]
    if read and not held:
        return
    ledger = figure.ledger if len(held) == len(read) else replace(figure.ledger, quarters=frozenset(held))
    if own.phep is None:
        found = attendants_line(ledger, spec, units, own.cot or "", columns)
    else:
        returns = unit_quarters(ledger, spec, columns)
        items = operate(ledger, own.phep, returns.counted)
        found = Computed(items, returns.whole(ledger, units), returns=returns)
    missing = tuple(unit.code for unit in units if unit.code not in found.counted)
    short = left_out_here(ledger, missing, plain.missing)
    first = [*([f"số này {short}"] if short else []), *found.notes, *in_force_when(f"“{own.nhan}”", held, read)]
    note, brief = joined_notes(first, notes_of_returns(ledger, spec, found, columns))
    line = replace(
        plain,
        reported=len(units) - len(missing),
        missing=missing,
        falls_short=f"số này {short}" if short else "",
        brief=brief,
    )
    yield _line(line, own.nhan, found.items, known=is_known(line, found), note=note)


def _has_line(ledger: Ledger, spec: FigureSpec, own: OwnLine, columns: Columns, quarter: Quarter) -> bool:
    """Whether the definition of a quarter has the line, and the form of then its columns."""
    then, plan = ledger.spec(spec.ma, quarter) or spec, ledger.on(quarter)
    return any(item.nhan == own.nhan for item in then.dong_rieng) and all(
        asked_for(plan, sheet, key) for sheet, key in columns
    )
