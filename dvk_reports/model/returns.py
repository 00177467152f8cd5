"""What came in: forms, files, and what became of each unit's return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dvk_reports.model.findings import Asked, Finding, Stop
from dvk_reports.model.values import Row, Value


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
    findings: Sequence[Finding] = ()
    """What reading alone has found."""
    foreign_sheets: tuple[str, ...] = ()
    """Sheets with data that are no part of the form."""
    received: date | None = None
    """The day of the mail it came in; the time of a file says nothing that a letter could rest on."""
    received_from: str = ""
    """Thư · Tệp · ""."""
    place: str = ""
    """Its path below the folder that was given to be read: what is above says nothing of the unit."""
    sender: str = ""
    """Address of who sent the mail it came in; "" where it came in none."""
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
        """Whether a sheet was sent and is not stopped."""
        return sheet in self.rows and (not self.stops or Stop(sheet) not in self.stops)

    def size(self, sheet: str) -> int:
        """How many rows a sheet has that was sent."""
        of_packed = getattr(self.rows, "size", None)
        return len(self.rows[sheet]) if of_packed is None else int(of_packed(sheet))

    def stopped(self, row: Row, key: str) -> bool:
        """Whether the value of one cell is stopped."""
        return bool(self.stops) and Stop(row.sheet, row.number, key) in self.stops


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
    near: str = ""
    """Whose it seems to be beside ``unit``: a unit that sent this was not silent."""
    received: date | None = None
    """The day of the mail it came in; the time of a file says nothing that a letter could rest on."""


class UnitState(StrEnum):
    """Sheet ``Tình hình nộp``, column trang_thai."""

    ACCEPTED = "Đã chấp nhận"
    REFUSED = "Trả lại"
    CONFLICT = "Cần xác minh"
    UNREADABLE = "Không đọc được"
    MISSING = "Chưa nộp"


FROM_REGISTER, FROM_MAIL, FROM_FILE = "Sổ", "Thư", "Tệp"
"""Where the day of receipt is known from."""
ON_TIME, LATE, AFTER_CLOSING = "Đúng hạn", "Nộp muộn", "Sau khóa sổ"


def is_late(word: str | None) -> bool:
    """Whether a return of that word came late: what came after the closing day is late too, in every count."""
    return word in (LATE, AFTER_CLOSING)


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
