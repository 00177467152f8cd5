"""The history of a quarter: its own ``tong-hop.xlsx``, read back into used returns exactly as they counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.back.printed import data_rows, keys_of, text_of
from dvk_reports.intake.form.values import ValueParser, exact
from dvk_reports.intake.readers.raw import RawSheet
from dvk_reports.intake.readers.workbook import ReadRefused, read_book
from dvk_reports.intake.workers import run_in_workers
from dvk_reports.model.records import (
    Cell,
    Figure,
    Finding,
    Level,
    Row,
    Stop,
    Submission,
    UnitState,
    UsedReturn,
    Value,
    column_number,
)
from dvk_reports.plan.book.rulebook import Plan, SheetSpec
from dvk_reports.plan.periods import Quarter
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.text import tidy

_FIGURES = ("Chỉ tiêu", "Nhiệm vụ")
_FINDINGS = "Lỗi"
_SUBMISSIONS = "Tình hình nộp"
_RESTATED = "Điều chỉnh"


@dataclass(frozen=True)
class PastQuarter:
    """One consolidated quarter."""

    quarter: Quarter
    returns: Mapping[str, UsedReturn]
    printed: Mapping[tuple[str, str], Figure]
    """(ma, nhom) -> the figure as it was printed, without its sources."""
    findings: tuple[Finding, ...] = ()
    """The lines of its ``Lỗi``, with the unit's Giải trình."""
    submissions: tuple[Submission, ...] = ()
    """The lines of its ``Tình hình nộp``."""
    edition: int = 0
    """“Bổ sung lần n” of a quarter that was restated after closing."""
    restated: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """(ma, nhom) -> (last edition that changed its value, why)."""


def read_past(plan: Plan, files: Sequence[tuple[Quarter, Path]], workers: int | None = None) -> tuple[PastQuarter, ...]:
    """Consolidated quarters, in the order given; WorkspaceError names one that cannot be read."""
    outcomes = run_in_workers(partial(_read, plan), files, workers)
    found = []
    for (_, path), outcome in zip(files, outcomes, strict=True):
        if outcome.value is None:
            raise WorkspaceError(f"Không đọc được sổ tổng hợp kỳ trước {path}: {outcome.reason}. Chạy lại kỳ đó.")
        found.append(outcome.value)
    return tuple(found)


def _read(plan: Plan, item: tuple[Quarter, Path]) -> PastQuarter:
    quarter, path = item
    names = [*plan.sheets, *_FIGURES, _FINDINGS, _SUBMISSIONS, _RESTATED]
    try:
        book = read_book(path.read_bytes(), "xlsx", names)
    except OSError as error:
        raise ReadRefused(str(error.strerror or error)) from error
    sheets = {raw.name: raw for raw in book.sheets}
    if "BIA" not in sheets:
        raise ReadRefused("thiếu trang BIA")
    edition, restated = _edition(sheets)
    return PastQuarter(
        quarter,
        _returns(plan, quarter, sheets),
        _printed(plan, sheets),
        _findings(sheets),
        _submissions(quarter, sheets),
        edition,
        restated,
    )


def _returns(plan: Plan, quarter: Quarter, sheets: Mapping[str, RawSheet]) -> dict[str, UsedReturn]:
    rows: dict[str, dict[str, list[Row]]] = {}
    stops: dict[str, set[Stop]] = {}
    files: dict[str, str] = {}
    places: dict[str, dict[str, dict[str, str]]] = {}
    present: dict[str, tuple[str, ...]] = {}
    raw = sheets["BIA"]
    keys = keys_of(raw)
    for row in data_rows(raw, keys):
        unit = text_of(raw, row, keys, "ma_don_vi")
        files[unit] = text_of(raw, row, keys, "tep")
        places[unit] = places_of(text_of(raw, row, keys, "bo_cuc"))
        listed = tuple(name for name in text_of(raw, row, keys, "bieu_co").split(";") if name)
        present[unit] = listed or tuple(plan.sheets)
        stops[unit] = {Stop(name) for name in text_of(raw, row, keys, "bieu_dung").split(";") if name}
        rows[unit] = {name: [] for name in present[unit]}
    for name, spec in plan.sheets.items():
        if name not in sheets:
            continue
        raw = sheets[name]
        keys = keys_of(raw)
        for line in data_rows(raw, keys):
            unit = text_of(raw, line, keys, "ma_don_vi")
            if unit not in rows:
                continue
            number = int(text_of(raw, line, keys, "dong") or 0)
            own = places[unit].get(name, {})
            at = partial(_cell, text_of(raw, line, keys, "tep"), spec, number, own)
            read = read_row(ValueParser(plan, ""), spec, raw, line, keys, number, own, at)
            rows[unit].setdefault(name, []).append(read)
            for key in text_of(raw, line, keys, "dung").split(";"):
                if key:
                    stops[unit].add(Stop(name, number, key))
    return {
        unit: UsedReturn(
            unit=unit,
            period=quarter.key,
            file=files[unit],
            kind=rows[unit]["BIA"][0].text("loai_bao_cao") if rows[unit].get("BIA") else "",
            rows={name: tuple(found) for name, found in rows[unit].items()},
            stops=frozenset(stops[unit]),
        )
        for unit in rows
    }


def places_of(text: str) -> dict[str, dict[str, str]]:
    """``B1:so_ke_hoach=C4,…|B2:ten=D,…`` -> sheet -> key -> cell or column."""
    found: dict[str, dict[str, str]] = {}
    for part in text.split("|"):
        sheet, _, cells = part.partition(":")
        found[sheet] = dict(cell.split("=", 1) for cell in cells.split(",") if "=" in cell)
    return found


def read_row(
    parser: ValueParser,
    spec: SheetSpec,
    raw: RawSheet,
    line: int,
    keys: Mapping[str, int],
    number: int,
    places: Mapping[str, str],
    at: Callable[[str], Cell],
) -> Row:
    """One row of a form sheet; ``places`` are those of the unit's own file, ``at`` the cell that a value is given."""
    values: dict[str, Value] = {}
    for key, entry in spec.fields.items():
        if places and not spec.table and key not in places:
            continue  # a line that this unit's form does not have
        values[key] = parser.value(spec, entry, raw.cells.get((line, keys.get(key, 0))), at(key), number)
    return Row(spec.ma, number, values)


def _cell(file: str, spec: SheetSpec, number: int, places: Mapping[str, str], key: str) -> Cell:
    """The cell of the unit's own file: as recorded, else where the form has it."""
    place = places.get(key, "")
    letters = place.rstrip("0123456789")
    if letters:
        digits = place[len(letters) :]
        return Cell(file, spec.ma, int(digits) if digits else number, column_number(letters))
    return Cell(file, spec.ma, number, spec.keys.index(key) + 2)


def _printed(plan: Plan, sheets: Mapping[str, RawSheet]) -> dict[tuple[str, str], Figure]:
    """The lines of Chỉ tiêu and Nhiệm vụ, as far as another period may need them."""
    found = {}
    for raw in (sheets[name] for name in _FIGURES if name in sheets):
        keys = keys_of(raw)
        for row in data_rows(raw, keys):
            read = partial(text_of, raw, row, keys)
            code, group = read("ma"), read("nhom")
            spec = plan.figure_specs.get(code)
            number = partial(_number, raw, row, keys)
            n, owed = number("n_bao_cao"), number("n_phai_bao_cao")
            found[code, group] = Figure(
                code=code,
                group=group,
                name=read("ten"),
                unit_of_measure=read("don_vi_tinh"),
                ratio=spec is not None and spec.loai == "ty_so",
                numerator=number("tu_so"),
                denominator=number("mau_so"),
                value=number("gia_tri"),
                reported=None if n is None else int(n),
                owed=None if owed is None else int(owed),
            )
    return found


def _number(raw: RawSheet, row: int, keys: Mapping[str, int], key: str) -> Decimal | None:
    cell = raw.cells.get((row, keys.get(key, 0)))
    if cell is None or isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return None
    return exact(cell.value)


def _edition(sheets: Mapping[str, RawSheet]) -> tuple[int, dict[tuple[str, str], tuple[int, str]]]:
    """(“bổ sung lần n”, restated values); 0 and nothing for a first edition, which has no such sheet."""
    raw = sheets.get(_RESTATED)
    if raw is None:
        return 0, {}
    marks = (tidy(str(cell.value)) for (row, _), cell in raw.cells.items() if row == 1 and cell.value)
    edition = next((int(mark[4:]) for mark in marks if mark.startswith("ban=") and mark[4:].isdigit()), 0)
    found: dict[tuple[str, str], tuple[int, str]] = {}
    keys = keys_of(raw)
    for row in data_rows(raw, keys):
        read = partial(text_of, raw, row, keys)
        if read("gia_tri") != read("gia_tri_truoc"):
            # The lines of the last edition come first.
            found.setdefault((read("ma"), read("nhom")), (int(read("lan") or edition), read("ly_do")))
    return edition, found


def _submissions(quarter: Quarter, sheets: Mapping[str, RawSheet]) -> tuple[Submission, ...]:
    raw = sheets.get(_SUBMISSIONS)
    if raw is None:
        return ()
    states = {state.value: state for state in UnitState}
    found = []
    keys = keys_of(raw)
    for row in data_rows(raw, keys):
        read = partial(text_of, raw, row, keys)
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


def _findings(sheets: Mapping[str, RawSheet]) -> tuple[Finding, ...]:
    raw = sheets.get(_FINDINGS)
    return tuple(finding for _, finding in findings_of(raw)) if raw is not None else ()


def findings_of(raw: RawSheet) -> Iterator[tuple[int, Finding]]:
    """(row, line) of ``Lỗi``, as it was written."""
    levels = {level.value: level for level in Level}
    keys = keys_of(raw)
    for row in data_rows(raw, keys):
        read = partial(text_of, raw, row, keys)
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
        )
        yield row, finding


def _stops(text: str) -> Iterator[Stop]:
    """``B2!14!ma_thon; B8!9!ch_hl`` -> the stops it names."""
    for part in text.split(";"):
        sheet, _, rest = part.strip().partition("!")
        row, _, key = rest.partition("!")
        if sheet and row.isdigit():
            yield Stop(sheet, int(row), key)
