"""One figure of the rule book for one period: value, bounds, verdict, n/N, breakdown, and the cells behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from dvk_reports.figures.counted import Computed, counted_parts, ended_units, quarters_read
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named import NAMED, attendants_line
from dvk_reports.figures.pieces import Piece, distinct, operate, total
from dvk_reports.figures.unit_tests import TESTS, run_test
from dvk_reports.model.records import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.plan.book.rulebook import FigureSpec, OwnLine, decimal_of, in_force
from dvk_reports.plan.duty import owes
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.numbers import show_count


def owing_units(ledger: Ledger, spec: FigureSpec) -> tuple[Unit, ...]:
    """N: units valid on the last day of the period, of the kinds that owe it, given every sheet it reads.

    A quarter in which neither the unit nor one merged into it was there has given it nothing.
    """
    read = ledger.window if spec.ky == "trong_nam" else ledger.period.quarters

    def there(unit: Unit) -> tuple[Quarter, ...]:
        return tuple(quarter for quarter in read if ledger.senders(unit, quarter))

    return tuple(unit for unit in ledger.units() if owes(ledger.plan, spec, unit, there(unit)))


def figure_lines(ledger: Ledger, spec: FigureSpec) -> Iterator[Figure]:
    """One figure and the lines of its breakdown, without any other period beside it."""
    of_register = spec.phep.ham == "chi_so_ngoai"
    of_intake = spec.ve_viec_nop
    units = () if of_register else owing_units(ledger, spec)
    base = Figure(
        code=spec.ma,
        group="",
        name=spec.ten,
        unit_of_measure=spec.don_vi_tinh,
        ratio=spec.loai == "ty_so",
        target=_target(ledger, spec),
        reported=None if of_register else 0,
        owed=None if of_register else len(ledger.due) if of_intake else len(units),
    )
    if not units and not of_register and not (of_intake and ledger.due):
        note = "xét công nhận vào dịp 15/10" if "B9a" in spec.sheets and ledger.last.number < 3 else ""
        yield replace(base, target=None, note=note)
        return
    computed = _compute(ledger, spec, units)
    figure = _with_value(ledger, spec, base, computed, units)
    note, brief = (_note(ledger, spec, computed, most) for most in (None, _MOST_NAMED))
    figure = replace(figure, note=note, brief=brief if brief != note else "")
    yield _tempered(ledger, spec, figure)
    yield from _lines(ledger, spec, figure, computed, units)


def _target(ledger: Ledger, spec: FigureSpec) -> Decimal | None:
    return decimal_of(in_force(spec.ma, spec.muc_tieu, ledger.last_day)) if spec.muc_tieu else None


def _compute(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    name = spec.phep.ham
    if name in TESTS:
        pieces, counted = run_test(ledger, spec, units)
        return Computed(pieces, counted)
    if name is not None:
        return NAMED[name](ledger, spec, units)
    counted_units = counted_parts(ledger, spec, units)
    columns = spec.phan_to.cot if spec.phan_to else []
    pieces = [
        item
        for code in counted_units
        for part in counted_units[code]
        if part.quarter in quarters_read(ledger, spec)
        for item in operate(ledger, spec.phep, part, columns)
    ]
    if spec.phep.khac_nhau:
        pieces = distinct(pieces)
    return Computed(pieces, tuple(counted_units))


def _with_value(
    ledger: Ledger, spec: FigureSpec, figure: Figure, computed: Computed, units: tuple[Unit, ...]
) -> Figure:
    """Value, bounds and verdict from the pieces of the counted units."""
    counted = set(computed.counted)
    in_n = counted if spec.ve_viec_nop else {unit.code for unit in units if unit.code in counted}
    n = None if figure.owed is None else len(in_n)
    figure = replace(
        figure,
        reported=n,
        missing=tuple(unit.code for unit in units if unit.code not in counted),
        sources=tuple(item.source() for item in computed.pieces),
    )
    if computed.no_value:
        return figure
    if computed.value is not None or spec.phep.ham in ("chenh_lech_hai_long", "chi_so_ngoai"):
        return replace(figure, value=computed.value)
    above = total(computed.pieces)
    if not figure.ratio:
        return replace(figure, numerator=above, value=above) if _known(figure, above) else figure
    below = total(computed.pieces, below=True)
    figure = replace(figure, numerator=above, denominator=below, value=above / below if below else None)
    if spec.thieu == "m1":
        figure = _bounded(spec, figure, computed)
    return replace(figure, verdict=_verdict(ledger, spec, figure)) if figure.target is not None else figure


def _known(line: Figure, amount: Decimal) -> bool:
    """Whether a count or a sum is known; of no unit in n only what one left that has ended, never its 0."""
    return bool(line.reported or amount)


def _bounded(spec: FigureSpec, figure: Figure, computed: Computed) -> Figure:
    """Lowest: missing units count as not met; highest: as met. Blank where a missing unit's denominator is unknown."""
    n, owed = figure.reported or 0, figure.owed or 0
    if spec.phep.ham in TESTS:
        met = figure.numerator or Decimal(0)
        return replace(figure, low=met / owed, high=(met + owed - n) / owed)
    if computed.low is not None or computed.high is not None:
        return replace(figure, low=computed.low, high=computed.high)
    if n == owed:
        return replace(figure, low=figure.value, high=figure.value)
    return figure


def _verdict(ledger: Ledger, spec: FigureSpec, figure: Figure) -> str:
    target = figure.target
    assert target is not None
    found = UNDECIDED
    if spec.thieu == "m2":
        if figure.reported == figure.owed and figure.value is not None:
            found = MET if figure.value >= target else NOT_MET
    elif spec.mau_so_khong_ro and figure.reported != figure.owed:
        above, below = figure.numerator, figure.denominator
        if above is not None and below is not None and target == 1 and above < below:
            found = NOT_MET
    elif figure.low is not None and figure.high is not None:
        found = MET if figure.low >= target else NOT_MET if figure.high < target else UNDECIDED
    return found


def _note(ledger: Ledger, spec: FigureSpec, computed: Computed, most: int | None) -> str:
    """What a reader must know; of more than ``most`` units that have ended it says how many."""
    notes = list(computed.notes)
    if spec.ky == "trong_nam":
        absent = [quarter for quarter in ledger.year_window if quarter not in ledger.held]
        if absent:
            notes.append("chưa có số liệu " + ", ".join(quarter.title for quarter in absent))
    if spec.ma == "NV3.1":
        notes += _unlisted(ledger, computed)
    over = ended_units(ledger, spec) if spec.phep.ham not in (*TESTS, *_OF_THE_LAST_LIST) else ()
    adding = {item.unit for item in computed.pieces}
    for said, names in (
        ("có", [unit.name for unit in over if unit.code in computed.counted and adding & _selves(ledger, unit)]),
        ("chưa có", [unit.name for unit in over if unit.code not in computed.counted]),
    ):
        if most is not None and len(names) > most:
            notes.append(f"{said} số liệu của {show_count(len(names))} đơn vị đã kết thúc")
        elif names:
            notes.append(f"{said} số liệu của đơn vị đã kết thúc: {', '.join(names)}")
    return "; ".join(notes)


def _selves(ledger: Ledger, unit: Unit) -> set[str]:
    return {unit.code, *ledger.register.predecessors(unit.code)}


def _unlisted(ledger: Ledger, computed: Computed) -> list[str]:
    """NV3.1: rows not listed last quarter though registered before this one; they are named, not counted."""
    found = []
    first, _ = ledger.register.window(ledger.last)
    for code in computed.counted:
        unit = ledger.register.by_code[code]
        before = ledger.parts(unit, ledger.last.previous)
        if not before or not all(part.readable("B2") for part in before):
            continue
        listed = {code_key(row.text("ma_mo_hinh")) for part in before for row in part.rows("B2")}
        for part in ledger.parts(unit, ledger.last) or ():
            for row in part.rows("B2"):
                day = row.day("ngay_dk")
                if day is not None and day < first and code_key(row.text("ma_mo_hinh")) not in listed:
                    found.append(row.text("ma_mo_hinh"))
    return [f"đăng ký từ trước nhưng kỳ trước chưa báo: {', '.join(found)}"] if found else []


def _lines(
    ledger: Ledger, spec: FigureSpec, figure: Figure, computed: Computed, units: tuple[Unit, ...]
) -> Iterator[Figure]:
    """The breakdown: lines by the labels of a column, lines a function made, and lines with their own n."""
    plain = replace(
        figure,
        numerator=None,
        denominator=None,
        value=None,
        low=None,
        high=None,
        target=None,
        verdict="",
        note="",
        brief="",
        sources=(),
    )
    if not (computed.no_value and not spec.dong_rieng):
        grouped = list(_grouped(ledger, spec, computed))
        known = any(_known(plain, total(pieces)) for _, pieces in grouped)
        for name, pieces in grouped:
            yield _line(plain, name, pieces, known)
    for own in spec.dong_rieng:
        yield _own_line(ledger, spec, plain, own, units)


def _grouped(ledger: Ledger, spec: FigureSpec, computed: Computed) -> Iterator[tuple[str, list[Piece]]]:
    if computed.lines:
        yield from computed.lines.items()
        return
    for place, column in enumerate(spec.phan_to.cot if spec.phan_to else []):
        for name in _labels(ledger, spec, column):
            yield name, [item for item in computed.pieces if len(item.groups) > place and item.groups[place] == name]


_MOST_NAMED = 3
_OF_THE_LAST_LIST = ("mo_hinh_duoc_danh_gia",)
"""Counts of the models at the end of the period, though they read other quarters: an ended unit has none then."""
_SHEET_OF_NAMED = {"mo_hinh_theo_xep_loai": "B3", "dien_hinh_duoc_ghi_danh": "B9a", "duy_tri_tu_hai_nam": "B9a"}


def _labels(ledger: Ledger, spec: FigureSpec, column: str) -> list[str]:
    """Labels of the lines of a column, less those the figure's own filter leaves out."""
    sheet = spec.phep.sheet or _SHEET_OF_NAMED.get(spec.phep.ham or "", spec.sheets[0])
    name = ledger.plan.sheets[sheet].fields[column].danh_sach or "co_khong"
    allowed = [entry.la for entry in spec.phep.loc if entry.o == column and entry.la is not None]
    return [label for label in ledger.plan.labels(name) if all(label in names for names in allowed)]


def _line(plain: Figure, name: str, pieces: Iterable[Piece], known: bool) -> Figure:
    pieces = list(pieces)
    line = replace(plain, group=name, sources=tuple(item.source() for item in pieces))
    above = total(pieces)
    if not plain.ratio:
        return replace(line, numerator=above, value=above) if known else line
    below = total(pieces, below=True)
    return replace(line, numerator=above, denominator=below, value=above / below if below else None)


def _own_line(ledger: Ledger, spec: FigureSpec, plain: Figure, own: OwnLine, units: tuple[Unit, ...]) -> Figure:
    columns = []
    for entry in own.dung_boi:
        sheet, _, key = entry.partition(".")
        columns.append((sheet, key))
    extra = tuple(columns)
    if own.phep is None:
        computed = attendants_line(ledger, spec, units, own.cot or "", extra)
    else:
        counted = counted_parts(ledger, spec, units, extra)
        pieces = [item for parts in counted.values() for part in parts for item in operate(ledger, own.phep, part)]
        computed = Computed(pieces, tuple(counted))
    line = replace(
        plain,
        reported=sum(1 for unit in units if unit.code in computed.counted),
        missing=tuple(unit.code for unit in units if unit.code not in computed.counted),
    )
    known = _known(line, total(computed.pieces))
    return replace(_line(line, own.nhan, computed.pieces, known), note="; ".join(computed.notes))


def _tempered(ledger: Ledger, spec: FigureSpec, figure: Figure) -> Figure:
    """A yearly target is missed only when the year is over."""
    yearly = spec.ky == "trong_nam" or ledger.plan.reads_reviews(spec)
    if figure.verdict != NOT_MET or not yearly or ledger.period.ends_year:
        return figure
    note, brief = ("; ".join(part for part in (text, "chưa hết năm") if part) for text in (figure.note, figure.brief))
    return replace(figure, verdict=UNDECIDED, note=note, brief=brief if figure.brief else "")
