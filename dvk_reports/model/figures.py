"""What was counted: figures with the cells behind them, and how they have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from dvk_reports.model.notebook import one_line, small_table
from dvk_reports.model.values import Small
from dvk_reports.vietnamese.numbers import show_number, show_percent


class Source(NamedTuple):
    """One line of sheet ``Nguồn số liệu``: a cell and what it adds to a figure; of which there are very many."""

    part: str
    """Tử số · Mẫu số."""
    unit: str
    file: str
    sheet: str
    cell: str
    amount: Decimal
    subject: str = ""
    """Code of the thôn or the model that the cell speaks of; "" where it speaks of the unit."""


NUMERATOR, DENOMINATOR = "Tử số", "Mẫu số"


MET, NOT_MET, UNDECIDED = "Đạt", "Không đạt", "Chưa đủ cơ sở kết luận"


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """One line of ``Chỉ tiêu`` or ``Nhiệm vụ``: a figure (``group`` empty) or a line of its breakdown.

    Ratios are fractions, money is triệu đồng; None is unknown and is printed blank, never 0.
    """

    code: str
    group: str
    name: str
    unit_of_measure: str
    ratio: bool
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    target: Decimal | None = None
    verdict: str = ""
    reported: int | None = None
    """n: units whose value is in it."""
    owed: int | None = None
    """N: units that owe it."""
    previous: Decimal | None = None
    last_year: Decimal | None = None
    percent_of_last_year: Decimal | None = None
    cumulative: Decimal | None = None
    note: str = ""
    brief: str = ""
    """The note as a paper has it, where the note names many units; "" where it is the same."""
    falls_short: str = ""
    """Why a breakdown comes to less than what it breaks down; part of the note."""
    beside: str = ""
    """What must be known of the numbers of other periods: their units, a shorter year."""
    previous_of_some: bool = False
    """Whether the previous period is counted on the units that both have, so that ``value`` is no match."""
    last_year_of_some: bool = False
    sources: Sequence[Source] = ()
    missing: tuple[str, ...] = ()
    """Codes of the units in N and not in n."""

    @property
    def partial(self) -> bool:
        return bool(self.owed) and self.reported is not None and self.reported < (self.owed or 0)

    @property
    def _coverage(self) -> str:
        return "" if self.owed is None else f"n/N {self.reported or 0}/{self.owed}"

    def _shown(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        return show_percent(value) if self.ratio else show_number(value, 2).rstrip("0").rstrip(",")

    def __repr__(self) -> str:
        name = f"{self.code} {self.group}".strip()
        return one_line("Figure", f"{name} = {self._shown(self.value) or UNKNOWN}", self._coverage, self.verdict)

    def _repr_html_(self) -> str:
        """The figure as a notebook shows it."""
        parts = (("Tử số", self.numerator), ("Mẫu số", self.denominator))
        lines = (
            ("Phân tổ", self.group),
            ("Đơn vị tính", self.unit_of_measure),
            ("Giá trị", self._shown(self.value) or UNKNOWN),
            *((name, "" if value is None else show_number(value)) for name, value in parts),
            ("Thấp nhất", self._shown(self.low)),
            ("Cao nhất", self._shown(self.high)),
            ("Mục tiêu", self._shown(self.target)),
            ("Kết luận", self.verdict),
            ("Số đơn vị được tính", self._coverage),
            ("Kỳ trước", self._shown(self.previous)),
            ("Cùng kỳ năm trước", self._shown(self.last_year)),
            ("Ghi chú", self.note),
        )
        return small_table(f"{self.code} · {self.name}", lines)


UNKNOWN = "Chưa rõ"


@dataclass(frozen=True, slots=True)
class BoardLine(Small):
    """One line of ``Kết quả theo đơn vị``: how a unit, a thôn or a model stands to a target.

    The lines of a figure add up to it: what counts in the figure stands in one of its lines, and nothing else does.
    """

    code: str
    unit: str
    subject: str
    """Code of the thôn or model; "" where the line is on the unit itself."""
    result: str
    """Đạt · Không đạt · Chưa rõ; "" of a ratio of sums without a target."""
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    source: Source | None = None
    """The cell that decides; None where a missing return decides. Without ``cell``: the sheet that is not known."""
    reason: str = ""
    """Why it is not met or not known, in a few words."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A figure in one quarter. All None: the quarter is not held or the figure was not printed; a gap, never 0."""

    value: Decimal | None = None
    reported: int | None = None
    owed: int | None = None
    other_units: bool = False
    """Other units owed it then than in the last quarter, so the two must not be set side by side unsaid."""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A figure (``group`` empty) or a line of its breakdown, one point for each quarter of the trend."""

    code: str
    group: str
    name: str
    unit_of_measure: str
    ratio: bool
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class RepeatedMistake:
    """The same mistake in quarters that follow each other, up to the last one the unit reported."""

    code: str
    sheet: str
    key: str
    """Key of the field; "" where it concerns the sheet or the file as a whole."""
    quarters: int
    until: str
    """Key of the last of them."""


@dataclass(frozen=True, slots=True)
class UnitTrend:
    """How one unit has reported. Each tuple has one entry for each quarter of the trend."""

    unit: str
    name: str
    states: tuple[str | None, ...]
    """Đúng hạn · Nộp muộn · Sau khóa sổ · Đã chấp nhận (the day is not known) · Chưa nộp · Trả lại · Cần xác minh ·
    Không đọc được · "" (did not have to report); None where the quarter is not held."""
    blocks: tuple[int | None, ...]
    warnings: tuple[int | None, ...]
    repeated: tuple[RepeatedMistake, ...] = ()
    predecessors: tuple[str, ...] = ()
    """Names of the units merged into it: their past is theirs and is not summed into its own."""
    successor: str = ""
    """Name of the unit it was merged into."""


@dataclass(frozen=True)
class Trend:
    """What the quarters up to the end of the period have come to."""

    quarters: tuple[str, ...]
    """Keys, oldest first, from the first quarter held to the last of the period, held or not."""
    held: tuple[bool, ...]
    lines: tuple[TrendLine, ...]
    """Each figure followed by the lines of its breakdown, in the order of the rule book."""
    units: tuple[UnitTrend, ...]
    """Every unit that had to report in one of the quarters, in register order."""
    years: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    """(key of the period, its figures) of each year in a range of quarters, or of the part of the year in it."""

    def line(self, code: str, group: str = "") -> TrendLine | None:
        """The line of a figure or of its breakdown; None where no quarter has it."""
        return self._by_code.get((code, group))

    @cached_property
    def _by_code(self) -> Mapping[tuple[str, str], TrendLine]:
        return {(item.code, item.group): item for item in self.lines}


@dataclass(frozen=True, slots=True)
class Restated:
    """One line of sheet ``Điều chỉnh``: a figure that the edition before had otherwise."""

    code: str
    group: str
    name: str
    unit_of_measure: str
    ratio: bool
    value_before: Decimal | None
    reported_before: int | None
    owed_before: int | None
    value: Decimal | None
    reported: int | None
    owed: int | None
    reason: str
    edition: int
    """The edition that has it otherwise; lines of earlier editions are kept behind those of this one."""

    @property
    def moved(self) -> bool:
        """Whether the value itself is another one, not only how many units are in it."""
        return self.value != self.value_before
