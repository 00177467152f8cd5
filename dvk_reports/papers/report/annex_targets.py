"""Annexes on targets: what came of each, by year in a range of years, and who has not met which, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dvk_reports.model.figures import BoardLine, Figure
from dvk_reports.model.periods import ROMAN, Period, by_year
from dvk_reports.model.shelf import Grouped
from dvk_reports.papers.docx.rows import listed
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.naming import together
from dvk_reports.plan.lookups import code_key, unit_of_code
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent
from dvk_reports.vietnamese.text import upper_first

COLUMNS = (1, 2, 3, 4)
"""How many columns of results a table of the template may have."""
NOT_YET = "chưa có"


@dataclass(frozen=True, slots=True)
class TargetTable:
    """The heads of the columns of results, and a row for each target."""

    heads: tuple[str, ...]
    rows: list[dict[str, str]]

    def fields(self) -> dict[str, object]:
        """As the template has them: one table for each number of columns, of which one is filled."""
        return {
            **{f"muc_tieu_{count}": self.rows if len(self.heads) == count else [] for count in COLUMNS},
            **{f"dau_cot_{place}": self.heads[place - 1] if place <= len(self.heads) else "" for place in COLUMNS},
        }


def target_table(basis: Basis) -> TargetTable:
    """Of a range over several years a column for each; else this period, and the one a year ago where it is known."""
    figures = [figure for figure, _ in basis.in_targets()]
    years = _years(basis)
    if years:
        rows = [_row(basis, figure, [_of_year(found.get(figure.code)) for _, found in years]) for figure in figures]
        return TargetTable(tuple(title for title, _ in years), rows)
    if len(basis.period.quarters) > 1 and any(figure.last_year is not None for figure in figures):
        then = f"Năm {basis.period.year - 1}" if basis.kind == "nam" else f"Cùng kỳ năm {basis.period.year - 1}"
        then += " (đơn vị có ở cả hai kỳ)" if any(figure.last_year_of_some for figure in figures) else ""
        rows = [_row(basis, figure, [_then(figure), _result(basis, figure)]) for figure in figures]
        return TargetTable((then, "Kết quả"), rows)
    return TargetTable(("Kết quả",), [_row(basis, figure, [_result(basis, figure)]) for figure in figures])


def _row(basis: Basis, figure: Figure, cells: Sequence[str]) -> dict[str, str]:
    target = wording.NOTHING if figure.target is None else wording.fixed_percent(figure.target)
    verdict = basis.spec.ket_luan[wording.verdict_of(figure)].bang if figure.target is not None else wording.NOTHING
    numbered = {f"cot_{place}": cell for place, cell in enumerate(cells, start=1)}
    return {"ten": figure.name, "muc_tieu": target, **numbered, "ket_luan": verdict, "ma": figure.code}


def _result(basis: Basis, figure: Figure) -> str:
    return basis.amounts.result_cell(basis.without_doubted(figure))


def _then(figure: Figure) -> str:
    """The same period a year ago; the head of the column says on which units."""
    if figure.last_year is None:
        return wording.NOTHING
    return _shown(figure, figure.last_year)


def _shown(figure: Figure, value: object) -> str:
    number = figure.value if value is None else value
    return show_percent(number) if figure.ratio else show_number(number)  # type: ignore[arg-type]


def _of_year(figure: Figure | None) -> str:
    """A year's value with its verdict."""
    if figure is None or figure.owed == 0:
        return wording.NOTHING
    if figure.value is None:
        return NOT_YET
    verdict = {"dat": "\nĐạt", "khong_dat": "\nChưa đạt"}.get(wording.verdict_of(figure), "")
    return f"{_shown(figure, figure.value)}{verdict if figure.target is not None else ''}"


def _years(basis: Basis) -> list[tuple[str, dict[str, Figure]]]:
    """(title, figures) of each year; none where the figures of a year were not handed on, or there are too many."""
    trend, parts = basis.data.trend, by_year(basis.period)
    computed = dict(trend.years) if trend is not None else {}
    if not 1 < len(parts) <= max(COLUMNS) or not all(part.key in computed for part in parts):
        return []
    return [(_year_title(part), {item.code: item for item in computed[part.key] if not item.group}) for part in parts]


def _year_title(part: Period) -> str:
    """ "Năm 2023", "Năm 2022 (từ quý II)", "9 tháng đầu năm 2025"."""
    first, last = part.quarters[0], part.last
    if last.number < 4 and first.number == 1 and len(part.quarters) > 1:
        return part.title
    span = "" if first.number == 1 else f"từ quý {ROMAN[first.number]}"
    if last.number < 4:
        span = f"{span} đến quý {ROMAN[last.number]}".strip() if len(part.quarters) > 1 else f"quý {ROMAN[last.number]}"
    return f"Năm {part.year}" + (f" ({span})" if span else "")


# --- who has not met it ---


def missed_groups(basis: Basis) -> list[dict[str, object]]:
    """Target by target those that have not met it: units in one row, thôn and models unit by unit."""
    found: list[dict[str, object]] = []
    for figure, place in basis.in_targets():
        lines = basis.not_met(figure) if place.neu_ten and figure.target is not None else []
        if not lines:
            continue
        of_things = any(line.subject for line in lines)
        name = f"{figure.name}: {show_count(len(lines))} {_things(lines)} chưa đạt"
        units = "" if of_things else _all_units(basis, lines)
        rows = listed(_by_unit(basis, lines) if of_things else ())
        found.append({"ten": name, "ma": figure.code, "cac_don_vi": units, "dong": rows})
    return found


def _things(lines: Sequence[BoardLine]) -> str:
    subject = next((line.subject for line in lines if line.subject), "")
    if not subject:
        return "đơn vị"
    return "mô hình" if unit_of_code(subject) else "thôn, tổ dân phố"


def _all_units(basis: Basis, lines: Sequence[BoardLine]) -> str:
    """The units by name; of a ratio of sums with the numbers of each."""
    own = {
        line.unit: f"{show_number(line.numerator)}/{show_number(line.denominator)}"
        for line in lines
        if line.denominator > 1
    }
    return upper_first(together(basis, [line.unit for line in lines], own))


def _by_unit(basis: Basis, lines: Sequence[BoardLine]) -> Iterator[dict[str, str]]:
    by_unit = Grouped(lines, lambda line: line.unit)
    for number, (unit, own) in enumerate(by_unit.items(), start=1):
        subjects = "; ".join(_subject(basis, line.subject) for line in own)
        yield {"tt": str(number), "don_vi": basis.name_of(unit), "noi_dung": subjects}


def _subject(basis: Basis, code: str) -> str:
    return basis.names_of_models.get(code_key(code)) or basis.names_of_hamlets.get(code) or code
