"""The history of a quarter: its own ``tong-hop.xlsx``, read back into used returns exactly as they counted.

Every quarter is read with the rule book of its own last day: a column that came later is no gap in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.back.below_remarks import REMARKS, remarks_in
from dvk_reports.intake.back.printed import (
    FIGURES,
    FINDINGS,
    RESTATED,
    SUBMISSIONS,
    KeyedSheet,
    Known,
    findings_of,
    places_of,
)
from dvk_reports.intake.form.old_fonts import decoded
from dvk_reports.intake.form.values import ValueParser, number_in, shown
from dvk_reports.intake.limits import without_collector
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.intake.readers.workbook import ReadRefused, read_own
from dvk_reports.intake.workers import Workers, run_in_workers
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.packed import PackedValues, Shape, kept, shape_of
from dvk_reports.model.periods import Quarter
from dvk_reports.model.remarks import Remark
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.model.values import Row, Typed, column_number
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, Plan, SheetSpec
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.text import tidy

Sheets = Mapping[str, KeyedSheet]


@dataclass(frozen=True)
class PastQuarter:
    """One consolidated quarter."""

    quarter: Quarter
    returns: Mapping[str, UsedReturn]
    printed: Mapping[tuple[str, str], Figure]
    """(ma, nhom) -> the figure as it was printed, without its sources."""
    findings: Sequence[Finding] = ()
    """The lines of its ``Lỗi``, with the unit's Giải trình."""
    submissions: tuple[Submission, ...] = ()
    """The lines of its ``Tình hình nộp``."""
    edition: int = 0
    """“Bổ sung lần n” of a quarter that was restated after closing."""
    restated: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """(ma, nhom) -> (last edition that changed its value, why)."""
    remarks: tuple[Remark, ...] = ()
    """The lines of its ``Nhận xét``."""

    def in_doubt(self, used: UsedReturn, row: Row, key: str) -> bool:
        """Whether a value itself is stopped.

        A finding without a cell (a model that is gone) lays its stop on a row that has nothing to do with it, so that
        the sheet counts as not known; what stands in that row is as sure as before.
        """
        return used.stopped(row, key) and (used.unit, Stop(row.sheet, row.number, key)) not in self._of_no_cell

    @cached_property
    def _of_no_cell(self) -> frozenset[tuple[str, Stop]]:
        on_cells = {(item.unit, stop) for item in self.findings if item.cell for stop in item.stops}
        return frozenset((item.unit, stop) for item in self.findings if not item.cell for stop in item.stops) - on_cells


def read_past(plan: Plan, files: Sequence[tuple[Quarter, Path]], workers: Workers = None) -> tuple[PastQuarter, ...]:
    """Consolidated quarters, in the order given; WorkspaceError names one that cannot be read."""
    outcomes = run_in_workers(partial(_read, plan), files, workers, pack=_with_bytes)
    found = []
    for (_, path), outcome in zip(files, outcomes, strict=True):
        if outcome.value is None:
            raise WorkspaceError(f"Không đọc được sổ tổng hợp kỳ trước {path}: {outcome.reason}. Chạy lại kỳ đó.")
        found.append(outcome.value)
    return tuple(found)


def _with_bytes(item: tuple[Quarter, Path]) -> tuple[Quarter, bytes]:
    quarter, path = item
    try:
        return quarter, path.read_bytes()
    except OSError as error:
        raise ReadRefused(str(error.strerror or error)) from error


@without_collector()
def _read(plan: Plan, item: tuple[Quarter, bytes]) -> PastQuarter:
    """One quarter, in a worker process."""
    quarter, data = item
    view = plan.on(quarter.last_day)
    names = [*view.sheets, *FIGURES, FINDINGS, SUBMISSIONS, RESTATED, REMARKS]
    book = read_own(data, names)
    sheets = {raw.name: KeyedSheet(raw) for raw in book.sheets}
    cover = view.sheet(SheetRole.COVER)
    if cover not in sheets:
        raise ReadRefused(f"thiếu trang {cover}")
    edition, restated = _edition(sheets)
    return PastQuarter(
        quarter,
        _Returns(view, quarter, sheets).read(),
        _printed(view, sheets),
        tuple(finding for _, finding in findings_of(sheets[FINDINGS])) if FINDINGS in sheets else (),
        _submissions(quarter, sheets),
        edition,
        restated,
        tuple(_remarks(sheets)),
    )


def _remarks(sheets: Sheets) -> Iterator[Remark]:
    for remark in remarks_in({name: sheet.raw for name, sheet in sheets.items()}, ""):
        yield replace(remark, source=remark.source.removeprefix(", "))


@dataclass
class _Returns:
    """The used returns of one quarter, read from its sheets of rows."""

    view: Plan
    quarter: Quarter
    sheets: Sheets
    files: dict[str, str] = field(default_factory=dict)
    """Unit -> its file."""
    places: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """Unit -> sheet -> key -> where it stands in the unit's own file."""
    rows: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    """Unit -> sheet -> rows."""
    stops: dict[str, set[Stop]] = field(default_factory=dict)

    def read(self) -> dict[str, UsedReturn]:
        """Unit -> its return."""
        cover = self.view.sheet(SheetRole.COVER)
        self._covers(self.sheets[cover])
        for spec in self.view.sheets.values():
            if spec.ma in self.sheets:
                self._lines(spec, self.sheets[spec.ma])
        return {
            unit: UsedReturn(
                unit=unit,
                period=self.quarter.key,
                file=self.files[unit],
                kind=rows[cover][0].text("loai_bao_cao") if rows.get(cover) else "",
                rows={name: tuple(found) for name, found in rows.items()},
                stops=frozenset(self.stops[unit]),
            )
            for unit, rows in self.rows.items()
        }

    def _covers(self, sheet: KeyedSheet) -> None:
        """Who has a return, which sheets it has, and which of them are stopped."""
        for row in sheet.rows:
            unit = sheet.text(row, "ma_don_vi")
            self.files[unit] = sheet.text(row, "tep")
            self.places[unit] = places_of(sheet.text(row, "bo_cuc"))
            self.stops[unit] = {Stop(name) for name in sheet.parts(row, "bieu_dung")}
            listed = [name for name in sheet.parts(row, "bieu_co") if name in self.view.sheets]
            self.rows[unit] = {name: [] for name in listed or self.view.sheets}

    def _lines(self, spec: SheetSpec, sheet: KeyedSheet) -> None:
        lines = _Lines(self.view, spec, sheet)
        text = Known(lambda cell: shown(cell.written))
        places = [sheet.keys.get(key, 0) for key in ("ma_don_vi", "tep", "dong", "dung")]
        layouts = {unit: lines.layout(of_unit.get(spec.ma, {})) for unit, of_unit in self.places.items()}
        for line in sheet.rows:
            cells = sheet.by_row[line]
            unit, file, row, stopped = [text[cells[col]] if col in cells else "" for col in places]
            if unit not in self.rows:
                continue
            number = int(row or 0)
            self.rows[unit].setdefault(spec.ma, []).append(lines.row(line, file, number, layouts[unit]))
            if stopped:
                self.stops[unit] |= {Stop(spec.ma, number, key) for key in stopped.split(";") if key}


@dataclass
class _Layout:
    """Where the fields of rows stand: those of a unit whose file has them in the same places."""

    fields: Sequence[tuple[str, int, int, int]]
    """Key, column in our sheet (0: none), column in the unit's own file, row there (0: that of the line)."""
    columns: Mapping[int, Known[tuple[str, Typed | None] | None]]
    """Column in our sheet -> what its cells say."""
    _shapes: dict[tuple[tuple[int, ...], int], Shape] = field(default_factory=dict)

    def first(self, number: int) -> int:
        """The row in the unit's own file of the first field of a line."""
        return self.fields[0][3] or number

    def shape(self, filled: tuple[int, ...], number: int) -> Shape:
        """What all lines share in which cells of these columns are filled in, in this order."""
        lines = 0 if self.in_lines else number
        found = self._shapes.get((filled, lines))
        if found is None:
            places, first = {col: place for place, col in enumerate(filled)}, self.first(number)
            rows = [own_row or number for *_, own_row in self.fields]
            told = (
                (key, places.get(col, -1), own_column, 0 if row == first else row)
                for (key, col, own_column, _), row in zip(self.fields, rows, strict=True)
            )
            found = self._shapes[filled, lines] = shape_of(tuple(told))
        return found

    @cached_property
    def in_lines(self) -> bool:
        """Whether all cells of a line stand in one row."""
        return not any(own_row for *_, own_row in self.fields)


@dataclass
class _Lines:
    """The lines of one sheet made rows; what was wrong with a value was said when its quarter was consolidated."""

    view: Plan
    spec: SheetSpec
    sheet: KeyedSheet
    _layouts: dict[tuple[tuple[str, str], ...], _Layout] = field(default_factory=dict)

    @cached_property
    def _known(self) -> Mapping[str, Known[tuple[str, Typed | None] | None]]:
        """Key of a field -> what its cells say: a few labels, codes, days and numbers fill most of a quarter."""
        parser = ValueParser(self.view, "")
        return {key: Known(partial(_said, parser, self.spec, entry)) for key, entry in self.spec.fields.items()}

    def layout(self, places: Mapping[str, str]) -> _Layout:
        """The fields of a unit; a line of a key/value sheet that its own file has not is left out."""
        said = tuple(places.items())
        if said not in self._layouts:
            found = []
            for column, key in enumerate(self.spec.keys, start=2):
                if self.spec.table or not places or key in places:
                    place = places.get(key, "")
                    letters = place.rstrip("0123456789")
                    own = (column_number(letters), int(place[len(letters) :] or 0)) if letters else (column, 0)
                    found.append((key, self.sheet.keys.get(key, 0), *own))
            self._layouts[said] = _Layout(found, {col: self._known[key] for key, col, *_ in found if col})
        return self._layouts[said]

    def row(self, line: int, file: str, number: int, layout: _Layout) -> Row:
        """A line with typed values, each known by its cell in the unit's own file."""
        if not layout.fields:
            return Row(self.spec.ma, number, {})
        filled: list[int] = []
        texts: list[str] = []
        typed: list[Typed | None] = []
        columns = layout.columns
        for col, cell in self.sheet.by_row[line].items():
            if col in columns and (said := columns[col][cell]) is not None:
                filled.append(col)
                texts.append(said[0])
                typed.append(said[1])
        where = kept(file), self.spec.ma, layout.first(number)
        values = PackedValues(layout.shape(tuple(filled), number), where, tuple(texts), tuple(typed))
        return Row(self.spec.ma, number, values)


def _said(parser: ValueParser, sheet: SheetSpec, field_of: FieldSpec, cell: RawCell) -> tuple[str, Typed | None] | None:
    """Its text and its typed value, which are the same wherever such a cell stands; None where it says nothing."""
    text, typed = parser.read(sheet, field_of, decoded(cell), _NOWHERE, 0)
    if text == "" and typed is None:
        return None
    said = kept(text)
    return said, said if type(typed) is str and typed == text else kept(typed)


_NOWHERE = "", "", 0, 0


def _printed(view: Plan, sheets: Sheets) -> dict[tuple[str, str], Figure]:
    """The lines of Chỉ tiêu and Nhiệm vụ, as far as another period may need them."""
    found = {}
    for sheet in (sheets[name] for name in FIGURES if name in sheets):
        for row in sheet.rows:
            read = sheet.reader(row)
            code, group = read("ma"), read("nhom")
            spec = view.figure_specs.get(code)
            numbers = {key: number_in(sheet.value(row, key)) for key in _MEASURES}
            n, owed = numbers["n_bao_cao"], numbers["n_phai_bao_cao"]
            found[code, group] = Figure(
                code=code,
                group=group,
                name=read("ten"),
                unit_of_measure=read("don_vi_tinh"),
                ratio=spec is not None and spec.loai == "ty_so",
                numerator=numbers["tu_so"],
                denominator=numbers["mau_so"],
                value=numbers["gia_tri"],
                reported=None if n is None else int(n),
                owed=None if owed is None else int(owed),
            )
    return found


_MEASURES = ("tu_so", "mau_so", "gia_tri", "n_bao_cao", "n_phai_bao_cao")


def _edition(sheets: Sheets) -> tuple[int, dict[tuple[str, str], tuple[int, str]]]:
    """(“bổ sung lần n”, restated values); 0 and nothing for a first edition, which has no such sheet."""
    sheet = sheets.get(RESTATED)
    if sheet is None:
        return 0, {}
    marks = (tidy(str(cell.value)) for (row, _), cell in sheet.raw.cells.items() if row == 1 and cell.value)
    edition = next((int(mark[4:]) for mark in marks if mark.startswith("ban=") and mark[4:].isdigit()), 0)
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for row in sheet.rows:
        read = sheet.reader(row)
        if read("gia_tri") != read("gia_tri_truoc"):
            # The lines of the last edition come first.
            found.setdefault((read("ma"), read("nhom")), (int(read("lan") or edition), read("ly_do")))
    return edition, found


def _submissions(quarter: Quarter, sheets: Sheets) -> tuple[Submission, ...]:
    sheet = sheets.get(SUBMISSIONS)
    if sheet is None:
        return ()
    states = {state.value: state for state in UnitState}
    found = []
    for row in sheet.rows:
        read = sheet.reader(row)
        state = states.get(read("trang_thai"))
        if state is None or read("ky") not in ("", quarter.key):
            continue
        blocks, warnings, notes = (int(read(key) or 0) for key in ("so_chan", "so_canh_bao", "so_ghi_chu"))
        found.append(
            Submission(
                unit=read("ma_don_vi"),
                name=read("ten_don_vi"),
                kind=read("loai"),
                state=state,
                received=read_date(read("ngay_nhan")),
                received_from=read("nguon_ngay_nhan"),
                punctual=read("dung_han"),
                file=read("tep"),
                version=read("phien_ban"),
                blocks=blocks,
                warnings=warnings,
                notes=notes,
                period=quarter.key,
            )
        )
    return tuple(found)
