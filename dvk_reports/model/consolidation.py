"""Everything that one run has found out about one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dvk_reports.model.figures import BoardLine, Figure, Restated, Trend
from dvk_reports.model.findings import Finding, WaiverUse
from dvk_reports.model.periods import Period
from dvk_reports.model.proposals import Award
from dvk_reports.model.remarks import Remark
from dvk_reports.model.returns import FileRecord, FileState, Submission, UnitState, UsedReturn
from dvk_reports.model.running import RunningModel
from dvk_reports.model.task_progress import TaskProgress
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.text import lower_first


@dataclass(frozen=True, slots=True)
class HamletChange:
    """A row of B4b and what it asks of sheet ``Thôn`` of the register. The program proposes, the clerk writes."""

    unit: str
    at: Cell
    kind: str
    """Thành lập · Sáp nhập · Chia tách · Đổi tên · Giải thể."""
    old: str
    new: str
    decision: str
    since: date | None
    state: str
    """Đã có trong danh mục · Chờ ghi vào danh mục · Chưa đủ căn cứ."""
    steps: tuple[str, ...] = ()
    """What to write in the register, one sentence a line."""


@dataclass(frozen=True)
class Consolidation:
    """Everything one run has found out about one period; the workbook and the papers are drawn from it alone."""

    period: Period
    """As it was asked for: a year is the whole year though the plan may run in a part of it only."""
    as_of: date
    files: tuple[FileRecord, ...]
    submissions: tuple[Submission, ...]
    """One for each unit that must report in the (last) quarter, in register order."""
    findings: Sequence[Finding]
    figures: tuple[Figure, ...]
    """Each figure followed by the lines of its breakdown, in the order of the rule book."""
    used: tuple[UsedReturn, ...]
    """The returns that count, in register order."""
    waivers: tuple[WaiverUse, ...] = ()
    earlier: tuple[Submission, ...] = ()
    """The same of the other quarters of a longer period, oldest first."""
    hamlets: tuple[HamletChange, ...] = ()
    """What the units say of changed thôn, against the register."""
    trend: Trend | None = None
    edition: int = 0
    """“Bổ sung lần n” of a quarter that was closed before; 0 is the quarter as it was first made."""
    restated: tuple[Restated, ...] = ()
    """The figures that differ from the edition before, then those that earlier editions had restated."""
    edition_reasons: tuple[str, ...] = ()
    """Why there is this edition."""
    awards: tuple[Award, ...] = ()
    """What the meetings of the award rounds of a longer period granted, as the clerk has typed it; of a round without
    results what is proposed."""

    board: Sequence[BoardLine] = ()
    """How each unit, thôn or model stands to each target."""
    tasks: tuple[TaskProgress, ...] = ()
    """How the tasks of the plan go on."""
    models_of_hamlets: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)
    """(unit, quarter) -> how many models run in each of its thôn, where that is known."""
    models: Sequence[RunningModel] = ()
    """The models that are running at the end of the period."""

    remarks: tuple[Remark, ...] = ()
    """What the office and the levels below say of the numbers."""

    @property
    def edition_title(self) -> str:
        """ "bổ sung lần 2"; "" for the first edition."""
        return f"bổ sung lần {self.edition}" if self.edition else ""

    @property
    def every_submission(self) -> tuple[Submission, ...]:
        """Those of all quarters, oldest first."""
        return (*self.earlier, *self.submissions)

    @property
    def sum_of_files(self) -> str:
        """``62 tệp: 57 dùng, 2 được thay thế, …; 3 đơn vị chưa nộp``; the parts add up to the whole."""
        states = Counter(record.state for record in self.files)
        parts = [f"{states[state]} {lower_first(state.value)}" for state in FileState if states[state]]
        missing = sum(item.state is UnitState.MISSING for item in self.every_submission)
        turns = "lượt đơn vị" if len({item.period for item in self.every_submission}) > 1 else "đơn vị"
        head = f"{len(self.files)} tệp" + (f": {', '.join(parts)}" if parts else "")
        return f"{head}; {missing} {turns} chưa nộp"

    def figure(self, code: str, group: str = "") -> Figure | None:
        """A figure by its code, or a line of its breakdown; None where it is not printed for the period."""
        return self._by_code.get(code, {}).get(group)

    def lines(self, code: str) -> tuple[Figure, ...]:
        """The lines of the breakdown of a figure, in order."""
        return tuple(item for group, item in self._by_code.get(code, {}).items() if group)

    @cached_property
    def _by_code(self) -> Mapping[str, Mapping[str, Figure]]:
        found: dict[str, dict[str, Figure]] = {}
        for item in self.figures:
            found.setdefault(item.code, {}).setdefault(item.group, item)
        return found
