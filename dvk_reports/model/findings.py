"""What is wrong or remarkable: findings, what they stop, answers of the units, waivers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from dvk_reports.model.notebook import one_line, small_table
from dvk_reports.model.values import Cell, Small

HELD_OUT = " Không tính: "


class Level(StrEnum):
    """How much a finding weighs."""

    BLOCK = "Chặn"
    WARNING = "Cảnh báo"
    NOTE = "Ghi chú"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Stop(NamedTuple):
    """What a finding makes doubtful: a whole sheet (``key`` empty) or one value of it.

    A whole file that is stopped is refused, so it never becomes a Stop.
    """

    sheet: str
    row: int = 0
    """Excel row in the unit's own file; 0 on key/value sheets and for a whole sheet."""
    key: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Finding(Small):
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
    held_out: bool = False
    """The office keeps the value out of all figures; its text ends with ``HELD_OUT``, why, who and since when."""

    @property
    def why_held_out(self) -> str:
        """“số vô lý, đang hỏi lại (Trưởng ban, ngày 12/10/2023)”; "" where the value is not held out."""
        return self.text.rpartition(HELD_OUT)[2].removesuffix(".") if self.held_out else ""

    def __repr__(self) -> str:
        at = f"{self.unit} {self.sheet} {self.cell}"
        return one_line("Finding", f"{self.code} {self.level}", at if at.strip() else self.file)

    def _repr_html_(self) -> str:
        """The finding as a notebook shows it."""
        lines = (
            ("Đơn vị", self.unit),
            ("Tệp", self.file),
            ("Biểu", self.sheet),
            ("Ô", self.cell),
            ("Đơn vị ghi", self.raw),
            ("Nội dung", self.text),
            ("Cách sửa", self.remedy),
            ("Giải trình", self.answer),
        )
        return small_table(f"{self.code} · {self.level}", lines)


@lru_cache(maxsize=4_000)
def _one(stop: Stop) -> Stop:
    """One object for all that are alike: the same cells are stopped in the returns of many units."""
    return Stop(intern(stop.sheet), stop.row, intern(stop.key))


@lru_cache(maxsize=1_000)
def _one_set(stops: frozenset[Stop]) -> frozenset[Stop]:
    return stops


def stops_of(findings: Iterable[Finding]) -> frozenset[Stop]:
    """What some findings stop; most returns have nothing stopped, or the same."""
    return _one_set(frozenset(_one(stop) for finding in findings for stop in finding.stops))


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
    held_out: bool = False
    """“Không tính”: not the mistake is let pass, but the value is kept out of all figures."""
    at: Cell | None = None
    """Where the line stands in the register."""


WAIVE, HOLD_OUT = "Miễn trừ", "Không tính"
"""Column ``muc`` of the register; blank is the first."""
NEVER_WAIVED = ("K01", "K02", "K03", "K04", "K20")
"""What no waiver can make right: who, when, blank, and what is no value of its cell."""
WAIVED, NOT_WAIVED, EXPIRED = "Đã dùng", "Chưa dùng", "Hết hạn"


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """One line of sheet ``Miễn trừ`` of the consolidated workbook."""

    waiver: Waiver
    state: str
