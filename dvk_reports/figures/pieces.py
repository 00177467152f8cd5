"""What a unit adds to a figure, cell by cell, and the closed list of operations that find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dvk_reports.figures.ledger import Ledger, Part
from dvk_reports.model.records import DENOMINATOR, NUMERATOR, Cell, Row, Source, Value
from dvk_reports.plan.book.rulebook import FigureSpec, Filter, Operation, When
from dvk_reports.plan.lookups import code_key, last_reviews, replication
from dvk_reports.plan.register.register import Unit


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell and what it adds. ``groups``: the labels of the breakdown lines it stands in."""

    unit: str
    file: str
    at: Cell
    amount: Decimal
    groups: tuple[str, ...] = ()
    below: bool = False
    """True: adds to the denominator."""
    key: str = ""
    """For distinct counts: what must not be counted twice."""

    def source(self) -> Source:
        part = DENOMINATOR if self.below else NUMERATOR
        return Source(part, self.unit, self.file, self.at.sheet, self.at.a1, self.amount)


def piece(
    ledger: Ledger,
    part: Part,
    value: Value,
    amount: Decimal | int = 1,
    *,
    below: bool = False,
    groups: tuple[str, ...] = (),
    key: str = "",
) -> Piece:
    file = value.at.file
    elsewhere = part.quarter.key != ledger.period.key
    if elsewhere and not file.startswith("../"):
        file = f"../{part.quarter.key}/{file}"
    return Piece(part.unit.code, file, value.at, Decimal(amount), groups, below, key)


def total(pieces: Iterable[Piece], *, below: bool = False) -> Decimal:
    return sum((item.amount for item in pieces if item.below is below), Decimal(0))


def distinct(pieces: Iterable[Piece]) -> list[Piece]:
    """The first piece of every key."""
    found: dict[str, Piece] = {}
    for item in pieces:
        found.setdefault(item.key, item)
    return list(found.values())


def label(value: Value | None) -> str:
    """The label a cell stands under; Có/Không for a yes/no cell, where blank is Không."""
    if value is None:
        return ""
    if value.typed is True:
        return "Có"
    if value.typed is False:
        return "Không"
    return value.typed if isinstance(value.typed, str) else ""


def meets(when: When, row: Row) -> bool:
    """A condition of ``dung_boi``: on which rows a column stops the figure."""
    return when.la is None or label(row.values.get(when.o or "")) in when.la


def whole(ledger: Ledger, spec: FigureSpec, part: Part, extra: tuple[tuple[str, str], ...] = ()) -> bool:
    """Whether nothing the figure reads in this return is stopped, blank though required, or in an absent sheet."""
    columns = [*spec.stop_columns, *((sheet, key, None) for sheet, key in extra)]
    for sheet, key, when in columns:
        if sheet == "B2" and part.quarter != ledger.last and spec.ky in ("cuoi_ky", "trong_nam"):
            continue  # a list of models is read at the end of the period only
        if not part.readable(sheet):
            return False
        for row in part.rows(sheet):
            if part.stopped(row, key) and (when is None or meets(when, row)):
                return False
    return True


def rows_of(ledger: Ledger, part: Part, operation: Operation) -> Iterator[Row]:
    """The rows an operation takes."""
    sheet = operation.sheet
    rows = part.rows(sheet)
    for row in rows:
        if all(_passes(ledger, part, row, rows, entry) for entry in operation.loc):
            yield row


def _passes(ledger: Ledger, part: Part, row: Row, rows: tuple[Row, ...], entry: Filter) -> bool:
    if entry.ham is not None:
        return FILTERS[entry.ham](ledger, part, row, rows)
    value = row.values.get(entry.o or "")
    if entry.la is not None:
        return label(value) in entry.la
    if entry.khong_la is not None:
        return label(value) not in entry.khong_la
    first, last = ledger.register.window(part.quarter)
    return value is not None and isinstance(value.typed, date) and first <= value.typed <= last


def counted_class(ledger: Ledger, part: Part, row: Row, rows: tuple[Row, ...]) -> bool:
    """NV1.1: a class of the grassroots anywhere; one of the district only in returns of units that are no commune."""
    level = row.text("cap_to_chuc")
    return level == "Cơ sở" or (level == "Huyện" and not ledger.plan.has_hamlets(part.unit.kind))


def chaired(ledger: Ledger, part: Part, row: Row, rows: tuple[Row, ...]) -> bool:
    """NV4.1: what the sender itself chaired; the rest tells of being inspected by another level."""
    level = row.text("cap")
    if level == "Ban Dân vận Huyện ủy":
        return part.unit.kind == "BXD"
    if level == "Đảng ủy xã, thị trấn":
        return ledger.plan.has_hamlets(part.unit.kind)
    return level == "Khác"


def last_review(ledger: Ledger, part: Part, row: Row, rows: tuple[Row, ...]) -> bool:
    """KQ: one row per model and quarter, the latest review."""
    latest = last_reviews(rows).get(code_key(row.text("ma_mo_hinh")))
    return latest is not None and latest.number == row.number


def valid_replication(ledger: Ledger, part: Part, row: Row, rows: tuple[Row, ...]) -> bool:
    """MT4.2, NV3.6: in another unit, or in another thôn of the own unit."""
    models = {code_key(model.text("ma_mo_hinh")): model for model in part.rows("B2")}
    told = replication(ledger.register, part.unit.code, row, models, part.quarter.last_day)
    return told is True


FILTERS: Mapping[str, Callable[[Ledger, Part, Row, tuple[Row, ...]], bool]] = {
    "lop_duoc_tinh": counted_class,
    "cuoc_tu_chu_tri": chaired,
    "danh_gia_cuoi_quy": last_review,
    "nhan_rong_hop_le": valid_replication,
}


def operate(ledger: Ledger, operation: Operation, part: Part, columns: Iterable[str] = ()) -> Iterator[Piece]:
    """The pieces of one return. ``columns``: those whose labels are the lines of the breakdown."""
    for row in rows_of(ledger, part, operation):
        groups = tuple(label(row.values.get(column)) for column in columns)
        if operation.ty_so:
            for name, below in ((operation.tu, False), (operation.mau, True)):
                number = row.number_of(name or "")
                if number is not None:
                    yield piece(ledger, part, row.values[name or ""], number, below=below)
            continue
        column = operation.cot or ""
        value = row.values.get(column)
        if value is None:
            continue
        if operation.dem:
            yield piece(ledger, part, value, 1, groups=groups)
        elif operation.khac_nhau:
            if row.text(column):
                yield piece(ledger, part, value, 1, groups=groups, key=code_key(row.text(column)))
        else:
            number = row.number_of(column)
            if number is None and value.blank and operation.de_trong_la is not None:
                number = Decimal(operation.de_trong_la)
            if number is not None:
                yield piece(ledger, part, value, number, groups=groups)


def unit_piece(unit: Unit, below: bool, groups: tuple[str, ...] = ()) -> Piece:
    """A unit as it stands in the register: for what no form says (not sent, on time)."""
    return Piece(unit.code, unit.at.file, unit.at, Decimal(1), groups, below)
