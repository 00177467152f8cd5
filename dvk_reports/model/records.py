"""The records that travel from the mail folder to the printed page.

Nothing here reads a file, knows Excel or Word, or holds a rule: only what a value is and where it was read.
Every record is frozen, so that it may cross to a worker process and back and no later stage can change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


def column_letter(col: int) -> str:
    """1 -> "A", 27 -> "AA"."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """ "A" -> 1, "AA" -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Small:
    """A record of which there are a million: told to another process by its fields alone, in their order."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in type(self).__slots__)


@dataclass(frozen=True, slots=True, order=True)
class Cell(_Small):
    """Where a value was read. It travels with the value to the last page."""

    file: str
    """Path inside ``nhan-ve/<KY>/``; ``archive!/member`` inside a zip or a mail."""
    sheet: str
    """Sheet name in that file, as the unit has it."""
    row: int
    """Counted from 1, as Excel shows it."""
    col: int

    @property
    def a1(self) -> str:
        return f"{column_letter(self.col)}{self.row}"


Typed: TypeAlias = str | Decimal | date | bool
"""What a cell may hold once it is understood: text, number, day, Có/Không."""


@dataclass(frozen=True, slots=True)
class Value(_Small):
    """One cell of a form.

    ``typed`` is None both for a blank and for something that could not be understood; ``text`` tells them apart:
    it is what the unit wrote, and it is empty only for a blank. 0 is Decimal(0), never None.
    """

    text: str
    typed: Typed | None
    at: Cell

    @property
    def blank(self) -> bool:
        return self.text == ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or a whole key/value sheet (then ``number`` is 0)."""

    sheet: str
    number: int
    values: Mapping[str, Value]

    def typed(self, key: str) -> Typed | None:
        value = self.values.get(key)
        return None if value is None else value.typed

    def text(self, key: str) -> str:
        """The typed text of a field, or "" where it is blank or was not understood."""
        typed = self.typed(key)
        return typed if isinstance(typed, str) else ""

    def number_of(self, key: str) -> Decimal | None:
        typed = self.typed(key)
        return typed if isinstance(typed, Decimal) else None

    def day(self, key: str) -> date | None:
        typed = self.typed(key)
        return typed if isinstance(typed, date) else None

    def yes(self, key: str) -> bool:
        """Có; an optional Có/Không left blank is Không."""
        return self.typed(key) is True

    def at(self, key: str) -> Cell:
        """Where a field stands; the first cell of the row where the form had no such field."""
        value = self.values.get(key) or next(iter(self.values.values()), None)
        return value.at if value is not None else Cell("", self.sheet, self.number, 1)


class Level(StrEnum):
    """How much a finding weighs."""

    BLOCK = "Chặn"
    WARNING = "Cảnh báo"
    NOTE = "Ghi chú"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """What a finding makes doubtful: a whole sheet (``key`` empty) or one value of it.

    A whole file that is stopped is refused, so it never becomes a Stop.
    """

    sheet: str
    row: int = 0
    """Excel row in the unit's own file; 0 on key/value sheets and for a whole sheet."""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake or remark, said once, with its cell. Column names follow sheet ``Lỗi``."""

    level: Level
    code: str
    unit: str
    file: str
    sheet: str
    """Sheet key of the form (``B2``), the sheet's own name where it is no form sheet, or ""."""
    cell: str
    """A1 address in the unit's own file, or "" where it concerns the file or sheet as a whole."""
    raw: str
    """As the unit wrote it."""
    text: str
    remedy: str
    answer: str = ""
    """The unit's Giải trình."""
    stops: tuple[Stop, ...] = ()
    refuses: bool = False
    """True where the whole file cannot be used (unknown unit, period or form version)."""
    row: int = 0
    key: str = ""
    """Key of the field, so that history can be read back without the unit's own column order."""
    rule: str = ""
    """Name of its sentence in the catalogue: the same mistake in forty cells has one."""
    subject: str = ""
    """What the row is about (ma_mo_hinh, ma_thon, a title …), so that a waiver or an answer finds it again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of sheet ``Cần sửa`` as a unit sent it back: what it was asked, and its Giải trình."""

    level: str
    code: str
    sheet: str
    cell: str
    raw: str
    key: str
    subject: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One line of the register's ``Miễn trừ``; "" and None match anything."""

    code: str
    unit: str
    period: str
    sheet: str
    subject: str
    reason: str
    approver: str
    since: date
    until: date | None


WAIVED, NOT_WAIVED, EXPIRED = "Đã dùng", "Chưa dùng", "Hết hạn"


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """One line of sheet ``Miễn trừ`` of the consolidated workbook."""

    waiver: Waiver
    state: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet of the form as it was found in a file."""

    key: str
    name: str
    version: str
    rows: tuple[Row, ...]
    columns: Mapping[str, int]
    """Field key -> column (tables) or row (key/value sheets) where it stands in the file."""
    blanks: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Return:
    """One readable form file: a unit's answer for a period, before it is decided whether it is used."""

    file: str
    sha256: str
    unit: str
    """``ma_don_vi`` as written on BIA; "" where it cannot be read."""
    period: str
    form: str
    version: int | None
    """``phien_ban``; None where it cannot be read (ranks below all)."""
    kind: str
    """Label of ``loai_bao_cao``."""
    sheets: Mapping[str, FormSheet]
    findings: tuple[Finding, ...] = ()
    """What reading alone has found."""
    foreign_sheets: tuple[str, ...] = ()
    """Sheets with data that are no part of the form."""
    received: date | None = None
    """The day of the mail it came in, else of the file."""
    received_from: str = ""
    """Thư · Tệp · ""."""
    asked: tuple[Asked, ...] = ()
    """What the sheet ``Cần sửa`` of a marked copy had asked."""
    box: str = ""
    """The consolidated workbook of the level below that it came in; "" for a file of the unit's own."""
    carried: tuple[Finding, ...] = ()
    """What the level below had found, in the cells of that workbook; what reading it has met is in ``findings``."""


@dataclass(frozen=True, slots=True)
class UsedReturn:
    """A return that counts: its rows, and what its findings have stopped."""

    unit: str
    period: str
    file: str
    kind: str
    rows: Mapping[str, tuple[Row, ...]]
    """Sheet key -> rows; a sheet that is absent from the file is absent here."""
    stops: frozenset[Stop] = frozenset()
    as_of: date | None = None
    """Its sheets, columns and labels are those of the form of this day; None: of the last day of its quarter."""

    def readable(self, sheet: str) -> bool:
        return sheet in self.rows and Stop(sheet) not in self.stops

    def stopped(self, row: Row, key: str) -> bool:
        return Stop(row.sheet, row.number, key) in self.stops


class FileState(StrEnum):
    """Sheet ``Tệp``, column trang_thai."""

    USED = "Dùng"
    REPLACED = "Được thay thế"
    DUPLICATE = "Trùng"
    REFUSED = "Trả lại"
    CONFLICT = "Cần xác minh"
    WRONG_PERIOD = "Sai kỳ"
    UNREADABLE = "Không đọc được"
    NOT_A_FORM = "Không phải biểu mẫu"
    SKIPPED = "Bỏ qua"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One line of sheet ``Tệp``."""

    file: str
    sha256: str
    state: FileState
    unit: str = ""
    period: str = ""
    version: str = ""
    reason: str = ""


class UnitState(StrEnum):
    """Sheet ``Tình hình nộp``, column trang_thai."""

    ACCEPTED = "Đã chấp nhận"
    REFUSED = "Trả lại"
    CONFLICT = "Cần xác minh"
    UNREADABLE = "Không đọc được"
    MISSING = "Chưa nộp"


ON_TIME, LATE, AFTER_CLOSING = "Đúng hạn", "Nộp muộn", "Sau khóa sổ"


@dataclass(frozen=True, slots=True)
class Submission:
    """One line of sheet ``Tình hình nộp``."""

    unit: str
    name: str
    kind: str
    state: UnitState
    received: date | None = None
    received_from: str = ""
    """Sổ · Thư · Tệp · ""."""
    punctual: str = ""
    file: str = ""
    version: str = ""
    blocks: int = 0
    warnings: int = 0
    notes: int = 0
    reminder: int | None = None
    """Level of the reminder written in this run, 0 – 3."""
    period: str = ""
    """Key of the quarter."""


@dataclass(frozen=True, slots=True)
class Source:
    """One line of sheet ``Nguồn số liệu``: a cell and what it adds to a figure."""

    part: str
    """Tử số · Mẫu số."""
    unit: str
    file: str
    sheet: str
    cell: str
    amount: Decimal


NUMERATOR, DENOMINATOR = "Tử số", "Mẫu số"
MET, NOT_MET, UNDECIDED = "Đạt", "Không đạt", "Chưa đủ cơ sở kết luận"


@dataclass(frozen=True, slots=True)
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
    beside: str = ""
    """What must be known of the numbers of other periods: their units, a shorter year."""
    sources: tuple[Source, ...] = ()
    missing: tuple[str, ...] = ()
    """Codes of the units in N and not in n."""

    @property
    def partial(self) -> bool:
        return bool(self.owed) and self.reported is not None and self.reported < (self.owed or 0)


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


@dataclass(frozen=True, slots=True)
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
        return next((item for item in self.lines if item.code == code and item.group == group), None)


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


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Everything one run has found out about one period; the workbook and the papers are drawn from it alone."""

    period: str
    as_of: date
    files: tuple[FileRecord, ...]
    submissions: tuple[Submission, ...]
    """One for each unit that must report in the (last) quarter, in register order."""
    findings: tuple[Finding, ...]
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
        parts = [f"{states[state]} {state.value[0].lower()}{state.value[1:]}" for state in FileState if states[state]]
        missing = sum(item.state is UnitState.MISSING for item in self.every_submission)
        turns = "lượt đơn vị" if len({item.period for item in self.every_submission}) > 1 else "đơn vị"
        head = f"{len(self.files)} tệp" + (f": {', '.join(parts)}" if parts else "")
        return f"{head}; {missing} {turns} chưa nộp"

    def figure(self, code: str, group: str = "") -> Figure | None:
        return next((item for item in self.figures if item.code == code and item.group == group), None)

    def lines(self, code: str) -> tuple[Figure, ...]:
        return tuple(item for item in self.figures if item.code == code and item.group)
