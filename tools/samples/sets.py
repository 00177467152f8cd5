"""A sample set: the text from which a whole workspace is drawn (``samples/nguon/<name>``).

``bo.yaml`` says which plan and quarters it is of and how the returns came; ``danh-muc/`` holds sheets of the register,
``<quarter>/`` the rows of every unit, ``loi-gai-san.csv`` every mistake that stands in them and must be found.
samples/README.md tells how they are written.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.yaml_text import parsed
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.register.workbook import RegisterData, bundled_register
from tools.samples.rows import RowValues, SampleError, read_rows

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "samples" / "nguon"
OWNER = "don_vi_gui"
"""First column of every sheet of returns: the unit whose row it is."""


@dataclass(frozen=True)
class Return:
    """What one unit wrote in its form of one quarter."""

    unit: str
    quarter: Quarter
    values: Mapping[str, Mapping[str, object]]
    """Key/value sheets."""
    rows: Mapping[str, Sequence[Mapping[str, object]]]
    """Table sheets."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake and what must be found. Most stand in the rows; ``how`` names what was done to the drawn workbook."""

    quarter: Quarter
    unit: str
    sheet: str
    row: int
    """The n-th data row of the sheet; 0 on a key/value sheet."""
    key: str
    """"" where the finding names the sheet (or the file) and no cell."""
    code: str
    level: str
    how: str
    wrong: str


@dataclass(frozen=True)
class SentFile:
    """One file that came, as ``bo.yaml`` describes it: a form, another paper, or a box (archive, mail) of such."""

    name: str
    told: Mapping[str, Any]

    @property
    def unit(self) -> str | None:
        """Whose form it is."""
        return self.told.get("bieu")

    @property
    def inside(self) -> tuple[SentFile, ...]:
        return tuple(SentFile(item["tep"], item) for item in self.told.get("gom", ()))

    def leaves(self, above: str = "") -> Iterator[tuple[str, SentFile]]:
        """(name under which it is accounted for, file) of the file itself or of everything inside the box."""
        name = f"{above}{self.name}"
        if not self.inside:
            yield name, self
            return
        passed_on = self.told.get("thu", {}).get("chuyen_tiep")
        middle = f"{passed_on['tieu_de']}.eml!/" if passed_on else ""
        for sent in self.inside:
            yield from sent.leaves(f"{name}!/{middle}")


class SampleSet:
    """One set by its name, or by the folder of its text."""

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.folder = folder or SOURCES / name
        if not (self.folder / "bo.yaml").is_file():
            known = ", ".join(sorted(path.parent.name for path in SOURCES.glob("*/bo.yaml")))
            raise SampleError(f"Không có bộ dữ liệu “{name}”. Các bộ đang có: {known}.")
        self.name = name
        self.told: Mapping[str, Any] = parsed((self.folder / "bo.yaml").read_text(encoding="utf-8"), "bo.yaml")
        self.quarters = tuple(Quarter.parse(key) for key in self.told["ky"])
        self.lean: bool = self.told["bieu_gon"]

    @cached_property
    def plan(self) -> Plan:
        return load_plan(self.told["ke_hoach"])

    # --- register -----------------------------------------------------------------------------------------------------

    def register(self) -> RegisterData:
        """The register of the plan with the sheets of ``danh-muc/`` in place of its own."""
        real, own = bundled_register(self.plan), dict(self._register_sheets())
        notes = {**real.notes, **self.told.get("ghi_chu_trang", {})}
        return RegisterData({**real.rows, **own}, notes, real.hints, [*self.told["loi_dau"], *real.basis])

    def _register_sheets(self) -> Iterator[tuple[str, list[RowValues]]]:
        for name, columns in SHEETS.items():
            path = self.folder / "danh-muc" / f"{name}.csv"
            if path.is_file():
                yield name, list(read_rows(path, {column.key: column.kind for column in columns}))

    # --- returns ------------------------------------------------------------------------------------------------------

    @cached_property
    def returns(self) -> Mapping[tuple[Quarter, str], Return]:
        """Every return that was sent, by quarter and unit."""
        return {
            (quarter, unit): found
            for folder in sorted(self.folder.glob("????-Q?"))
            for quarter in [Quarter.parse(folder.name)]
            for unit, found in self._of_quarter(folder, quarter).items()
        }

    def of_quarter(self, quarter: Quarter) -> Mapping[str, Return]:
        """Unit -> its return of the quarter."""
        return {unit: found for (of, unit), found in self.returns.items() if of == quarter}

    def _of_quarter(self, folder: Path, quarter: Quarter) -> dict[str, Return]:
        values: dict[str, dict[str, RowValues]] = {}
        rows: dict[str, dict[str, list[RowValues]]] = {}
        for spec in self.plan.forms.bieu:
            path = folder / f"{spec.ma}.csv"
            if not path.is_file():
                continue
            kinds = {entry.khoa: entry.kieu for entry in spec.truong}
            for row in read_rows(path, kinds, (OWNER,)):
                unit = str(row.pop(OWNER))
                if spec.table:
                    rows.setdefault(unit, {}).setdefault(spec.ma, []).append(row)
                else:
                    values.setdefault(unit, {})[spec.ma] = row
        return {unit: Return(unit, quarter, told, rows.get(unit, {})) for unit, told in values.items()}

    # --- mistakes -----------------------------------------------------------------------------------------------------

    @cached_property
    def mistakes(self) -> Sequence[Mistake]:
        with (self.folder / "loi-gai-san.csv").open(encoding="utf-8", newline="") as stream:
            return [
                Mistake(
                    Quarter.parse(line["ky"]),
                    line["don_vi"],
                    line["bieu"],
                    int(line["dong"] or 0),
                    line["o"],
                    line["ma_loi"],
                    line["muc"],
                    line["cach"] or "",
                    line["ghi"] or "",
                )
                for line in csv.DictReader(stream)
            ]

    def mistakes_of(self, quarter: Quarter, unit: str) -> tuple[Mistake, ...]:
        """The mistakes in one return."""
        return tuple(one for one in self.mistakes if (one.quarter, one.unit) == (quarter, unit))

    # --- how they came ------------------------------------------------------------------------------------------------

    def sent_files(self, quarter: Quarter) -> list[SentFile]:
        """Every file of the quarter; a unit that ``giao_nop`` does not name sent one form under the usual name."""
        told = [SentFile(item["tep"], item) for item in self.told.get("giao_nop", {}).get(quarter.key, ())]
        named = {leaf.unit for sent in told for _, leaf in sent.leaves()}
        plain = [
            SentFile(f"DVK_{unit}_{quarter.key}.xlsx", {"bieu": unit})
            for unit in self.of_quarter(quarter)
            if unit not in named
        ]
        return [*plain, *told]

    def content(self, sent: SentFile, quarter: Quarter) -> Return:
        """The return in a form, with what this copy of it says otherwise (``sua``)."""
        of = Quarter.parse(sent.told.get("ky", quarter.key))
        found = self.returns[of, sent.told["bieu"]]
        values = {sheet: dict(told) for sheet, told in found.values.items()}
        rows = {sheet: [dict(row) for row in told] for sheet, told in found.rows.items()}
        for place, value in sent.told.get("sua", {}).items():
            sheet, row, key = re.fullmatch(r"(\w+)(?:\.(\d+|\*))?\.(\w+)", place).groups()  # type: ignore[union-attr]
            meant = [values[sheet]] if row is None else rows[sheet] if row == "*" else [rows[sheet][int(row) - 1]]
            for told in meant:
                told[key] = value
        return replace(found, values=values, rows=rows)
