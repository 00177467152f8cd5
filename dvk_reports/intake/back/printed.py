"""Sheets of a workbook we wrote, read back as plain tables of text by their machine keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from dvk_reports.intake.form.values import ValueParser, shown
from dvk_reports.intake.readers.raw import RawCell, RawSheet, RawValue, ReadRefused
from dvk_reports.intake.readers.workbook import read_own
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.vietnamese.text import tidy

FIGURES = ("Chỉ tiêu", "Nhiệm vụ")
FINDINGS, SUBMISSIONS, RESTATED = "Lỗi", "Tình hình nộp", "Điều chỉnh"
"""Sheets of ``tong-hop.xlsx`` that are read back besides those of the form."""

R = TypeVar("R")
Table = list[dict[str, str]]
RawTable = list[dict[str, RawValue]]
_PARTS = 20
"""On so many sheets of a million rows each a table may go on."""


def keys_of(raw: RawSheet) -> dict[str, int]:
    """Machine key -> column, from the hidden row 1."""
    return _keys_in({place[1]: raw.cells[place] for place in raw.cells if place[0] == 1})


def _keys_in(cells: Mapping[int, RawCell]) -> dict[str, int]:
    first = {col: tidy(str(written)) for col, cell in cells.items() if (written := cell.written)}
    return {first[col]: col for col in sorted(first, reverse=True)}  # of a key that stands twice the first column


def data_rows(raw: RawSheet, keys: Mapping[str, int]) -> list[int]:
    """Rows of data: the first key column is not blank; caption, group and total rows leave it so."""
    first = min(keys.values(), default=1)
    return sorted({row for row, col in raw.cells if row > 1 and col == first})


def text_of(raw: RawSheet, row: int, keys: Mapping[str, int], key: str) -> str:
    """What stands in a cell, struck out or not; "" where it is blank or the sheet has no such key."""
    cell = raw.cells.get((row, keys.get(key, 0)))
    return shown(cell.written) if cell is not None else ""


class Known(dict[RawCell, R]):
    """What cells say, asked once for all that are alike in every respect."""

    def __init__(self, read: Callable[[RawCell], R]) -> None:
        super().__init__()
        self._read = read
        self._numbers: dict[tuple[type, RawCell], R] = {}

    def __missing__(self, cell: RawCell) -> R:
        kind = type(cell.value)
        if cell.struck is not None or kind is float:  # 0.0 and -0.0 are alike and read differently
            return self._read(cell)
        if kind is str or kind is date:
            found = self[cell] = self._read(cell)
            return found
        if (kind, cell) not in self._numbers:  # 1 and True are alike too
            self._numbers[kind, cell] = self._read(cell)
        return self._numbers[kind, cell]


@dataclass(frozen=True)
class KeyedSheet:
    """A sheet of a workbook that the program wrote, with its machine keys found."""

    raw: RawSheet

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, RawCell]]:
        """Row -> column -> cell."""
        found: dict[int, dict[int, RawCell]] = {}
        for (row, col), cell in self.raw.cells.items():
            if row in found:
                found[row][col] = cell
            else:
                found[row] = {col: cell}
        return found

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """Machine key -> column."""
        return _keys_in(self.by_row.get(1, {}))

    @cached_property
    def rows(self) -> Sequence[int]:
        """The rows of data."""
        first = min(self.keys.values(), default=1)
        return sorted(row for row, cells in self.by_row.items() if row > 1 and first in cells)

    def text(self, row: int, key: str) -> str:
        """What a cell shows."""
        return text_of(self.raw, row, self.keys, key)

    def value(self, row: int, key: str) -> RawValue:
        """What a cell holds, struck out or not; None where it is blank or the sheet has no such key."""
        cell = self.raw.cells.get((row, self.keys.get(key, 0)))
        return cell.written if cell is not None else None

    def parts(self, row: int, key: str) -> list[str]:
        """A cell that names several things, set apart by a semicolon."""
        return [part for part in self.text(row, key).split(";") if part]

    def reader(self, row: int) -> Callable[[str], str]:
        """The texts of one row by their keys."""
        return partial(self.text, row)

    def row(
        self,
        parser: ValueParser,
        spec: SheetSpec,
        line: int,
        number: int,
        places: Mapping[str, str],
        at: Callable[[str], Cell],
    ) -> Row:
        """A line of a form sheet with typed values.

        ``places`` are those of the unit's own file; a line of a key/value sheet that is not there is left out.
        ``at`` gives each value the cell that it is known by.
        """
        values: dict[str, Value] = {}
        cells, columns, all_keys = self.raw.cells, self.keys, spec.table or not places
        for key, entry in spec.fields.items():
            if all_keys or key in places:
                cell = cells.get((line, columns.get(key, 0)))
                # Most cells of a quarter are blank.
                values[key] = (
                    Value("", None, at(key)) if cell is None else parser.value(spec, entry, cell, at(key), number)
                )
        return Row(spec.ma, number, values)


def places_of(text: str) -> dict[str, dict[str, str]]:
    """``B1:so_ke_hoach=C4,…|B2:ten=D,…`` -> sheet -> key -> cell or column in the unit's own file."""
    found: dict[str, dict[str, str]] = {}
    for part in text.split("|"):
        sheet, _, cells = part.partition(":")
        found[sheet] = dict(cell.split("=", 1) for cell in cells.split(",") if "=" in cell)
    return found


def findings_of(sheet: KeyedSheet) -> Iterator[tuple[int, Finding]]:
    """(row, line) of ``Lỗi``, as it was written."""
    levels = {level.value: level for level in Level}
    for row in sheet.rows:
        read = sheet.reader(row)
        level = levels.get(read("muc"))
        if level is None:
            continue
        number = read("dong")
        finding = Finding(
            level=level,
            code=read("ma_loi"),
            unit=read("ma_don_vi"),
            file=read("tep"),
            sheet=read("sheet"),
            cell=read("o"),
            raw=read("gia_tri"),
            text=read("noi_dung"),
            remedy=read("cach_sua"),
            answer=read("giai_trinh"),
            refuses=read("dung") == "tep",
            stops=tuple(_stops(read("dung_o"))),
            row=int(number) if number.isdigit() else 0,
            key=read("khoa"),
            subject=read("doi_tuong"),
            held_out=read("dung") == "khong_tinh",
        )
        yield row, finding


def _stops(text: str) -> Iterator[Stop]:
    """``B2!14!ma_thon; B8!9!ch_hl`` -> the stops it names."""
    for part in text.split(";"):
        sheet, _, rest = part.strip().partition("!")
        row, _, key = rest.partition("!")
        if sheet and row.isdigit():
            yield Stop(sheet, int(row), key)


def read_tables(path: Path, names: Mapping[str, Collection[str]]) -> dict[str, Table]:
    """Sheet -> data rows (first key column not blank), key -> what the cell shows; {} where it cannot be read.

    ``names``: the keys that are wanted of each sheet, as far as it has them. Only for telling what changed since the
    last run: a file that a person broke must not stop the next one.
    """
    same: dict[str, str] = {}  # one text for all cells that say it: a long table says few things

    def text(value: RawValue) -> str:
        said = "" if value is None else shown(value)
        return same.setdefault(said, said)

    tables: dict[str, Table] = {}
    try:
        for name, rows in _tables(path.read_bytes(), names):
            wanted = names[name]
            tables.setdefault(name, []).extend(
                {key: text(value) for key, value in row.items() if key in wanted} for row in rows
            )
    except (OSError, ReadRefused):
        return {}
    return tables


def raw_tables(data: bytes, names: Sequence[str]) -> dict[str, RawTable]:
    """The same with all keys and the values as they stand in the cells; ReadRefused where it cannot be read."""
    tables: dict[str, RawTable] = {}
    for name, rows in _tables(data, names):
        tables.setdefault(name, []).extend(rows)
    return tables


def _tables(data: bytes, names: Iterable[str]) -> Iterator[tuple[str, Iterator[dict[str, RawValue]]]]:
    """(name, data rows) of each sheet; what is too long for one goes on in ``Nguồn số liệu (2)``, of the same name."""
    of = {name: name for name in names} | {f"{name} ({n})": name for name in names for n in range(2, _PARTS + 1)}
    sheets = list(reversed(read_own(data, list(of)).sheets))
    while sheets:  # each goes when it has been looked through
        raw = sheets.pop()
        yield of[raw.name], _rows(raw)


def _rows(raw: RawSheet) -> Iterator[dict[str, RawValue]]:
    keys = keys_of(raw)
    for row in data_rows(raw, keys):
        yield {key: cell.written if (cell := raw.cells.get((row, col))) else None for key, col in keys.items()}
