"""Where everything of a form stands, before a cell is drawn: formulas of one sheet point into the others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import DUE, Duty, FieldSpec, Longest, Plan, SheetSpec
from dvk_reports.plan.register.register import Hamlet, Unit
from dvk_reports.sheets.base.book import cell, span
from dvk_reports.sheets.forms.rules import Bound, Condition, Ref, Setting, one_of
from dvk_reports.vietnamese.words import NO, YES

GUIDE, LISTS = "Hướng dẫn", "_ds"
# Names of the workbook: a conditional format may not point into another sheet in every Excel, but may use a name.
FIRST_DAY, LAST_DAY, REPORT_KIND = "dvk_tu_ngay", "dvk_den_ngay", "dvk_loai_bao_cao"
# The words that may stand for a number in a cell that need not be filled in: the name of their list, and of its cells.
NO_NUMBER, NO_NUMBER_CELLS = "(khong_so)", "dvk_khong_so"
# What many cells would repeat: the line of unit and period, the models at work, the thôn that each of them names.
UNIT_LINE, AT_WORK, IN_HAMLETS = "dvk_don_vi", "dvk_dang_lam", "dvk_o_thon"
TOTAL = "dvk:tong"
ROOM, SPARE = 500, 100
"""Data rows that may be filled in: at least ROOM, and SPARE beyond what is given."""
LEAST_PRINTED, _NEXT = 20, 10
"""Data rows printed though blank: at least LEAST_PRINTED, and _NEXT beyond what is given."""
_NOTHING = "Không có"
"""What a sheet with nothing to report is called where the plan has no word for a whole return of that kind."""
_SCREEN_LINE = 205
"""Characters across one landscape A4 page that are still read without effort."""


@dataclass(frozen=True)
class FormContent:
    """What one form holds. Values are str, int, Decimal, date, bool (Có/Không) or None (blank)."""

    kind: str
    """``loai_don_vi``."""
    given: Mapping[str, str]
    """Sheet -> ``den_han`` | ``neu_co`` (``plan.duty.duties``); on the blank form each sheet it is ever given."""
    ticks: Sequence[str]
    """Keys of the lines ``khong_phat_sinh_*`` shown on the cover."""
    unit: Unit | None = None
    quarter: Quarter | None = None
    """None: the blank form, on which the unit itself writes unit and period."""
    window: tuple[date, date] | None = None
    """First and last day of the flows; None: the calendar quarter."""
    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Key/value sheets: sheet -> key -> value. What the cover carries anyway need not be given."""
    rows: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    """Table sheets: sheet -> rows, key -> value."""
    free_codes: Sequence[str] = ()
    """Model codes pre-printed on the next free rows of the sheet of models."""
    hamlets: Sequence[Hamlet] = ()
    """Pre-printed on the sheet of thôn."""
    hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Sheet -> key -> what the unit got wrong there before; shown first when the cell is chosen."""
    notes: Mapping[str, Mapping[tuple[int, str], str]] = field(default_factory=dict)
    """Sheet -> (place among its given rows, key) -> what the unit must know of that cell; it is coloured. A key/value
    sheet has its only row at 0.
    """
    units: Sequence[tuple[str, str]] = ()
    """(code, name) for the drop-down of units; empty: free text."""

    @property
    def days(self) -> tuple[date, date] | None:
        if self.window is not None or self.quarter is None:
            return self.window
        return self.quarter.first_day, self.quarter.last_day


@dataclass(frozen=True)
class TableShape:
    """A table sheet; rows and columns count from 0."""

    spec: SheetSpec
    sums: tuple[str, ...]
    given_rows: int

    @cached_property
    def grouped(self) -> bool:
        return any(len(field.heads) > 1 for field in self.spec.truong)

    @cached_property
    def total_row(self) -> int | None:
        """Above the captions: no row ever reaches it, and the last filled row is the last that is printed."""
        return 4 if self.sums else None

    @cached_property
    def caption_row(self) -> int:
        return 5 if self.sums else 4

    @cached_property
    def number_row(self) -> int:
        return self.caption_row + (2 if self.grouped else 1)

    @cached_property
    def first_row(self) -> int:
        return self.number_row + 1

    @cached_property
    def count(self) -> int:
        return max(ROOM, self.given_rows + SPARE)

    @cached_property
    def last_row(self) -> int:
        return self.first_row + self.count - 1

    @cached_property
    def printed(self) -> int:
        """Data rows with their number, which are printed even where they are blank."""
        return max(LEAST_PRINTED, self.given_rows + _NEXT)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        return {key: col for col, key in enumerate(self.spec.keys, 1)}

    @cached_property
    def last_col(self) -> int:
        return len(self.spec.truong)

    @cached_property
    def frozen_cols(self) -> int:
        """STT and the first field; with a pre-printed code its name too."""
        return 3 if self.spec.truong[0].in_san else 2

    @cached_property
    def pages_wide(self) -> int:
        sizes = [5, *(field.rong for field in self.spec.truong)]
        left = sum(sizes[:2])
        # A last page of one or two narrow columns is worse than slightly smaller letters.
        return max(1, math.ceil((sum(sizes) - left) / (_SCREEN_LINE - left) - 0.25))

    @cached_property
    def title_col(self) -> int:
        """Column of the title: not one of the first two where they are repeated on several pages side by side."""
        return 0 if self.pages_wide == 1 else 2

    def column(self, key: str, sheet: str = "") -> str:
        """The data cells of a field as a range."""
        return span(sheet, self.first_row, self.columns[key], self.last_row, self.columns[key])

    def in_row(self, row: int) -> Ref:
        """Where the cells of one row stand, for a formula in that row."""
        return lambda key: cell(row, self.columns[key], col_abs=True)

    def in_column(self) -> Ref:
        """Where the columns stand, for a formula on another sheet."""
        return lambda key: self.block(self.columns[key], self.columns[key])

    def block(self, first: int, last: int) -> str:
        """The data cells of columns side by side, for a formula of one cell on another sheet."""
        return f"'{self.spec.ma}'!{cell(self.first_row, first)}:{cell(self.last_row, last)}"


@dataclass(frozen=True)
class LineShape:
    """A key/value sheet."""

    spec: SheetSpec
    fields: tuple[FieldSpec, ...]
    first_row: int = 4

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Columns A to D; on the cover to F, as its index has counts below the hints. Prose gets most of the page."""
        if self.spec.vai is SheetRole.COVER:
            return 4, 38, 40, 17, 15, 15
        prose = any(isinstance(rule, Longest) for rule in self.spec.luat)
        return (4, 27, 88, 24) if prose else (4, 38, 40, 47)

    @property
    def last_col(self) -> int:
        return len(self.widths) - 1

    @cached_property
    def rows(self) -> Mapping[str, int]:
        return {field.khoa: row for row, field in enumerate(self.fields, self.first_row)}

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.fields) - 1

    def at(self, key: str, sheet: str = "") -> str:
        """The address of a value."""
        where = f"'{sheet}'!" if sheet else ""
        return where + cell(self.rows[key], 2, row_abs=True, col_abs=True)

    def here(self) -> Ref:
        """Where the values stand, for a formula on the same sheet."""
        return lambda key: self.at(key)

    def elsewhere(self) -> Ref:
        """Where the values stand, for a formula of one cell on another sheet."""
        return lambda key: f"'{self.spec.ma}'!{cell(self.rows[key], 2)}"


class Layout:
    """The shapes of all sheets, the drop-down lists and the period, for one content.

    The rule book is the one in force on the last day of the content's quarter; on the plan's last day for a blank form.
    """

    def __init__(self, plan: Plan, content: FormContent) -> None:
        day = (content.quarter or plan.last_quarter).last_day
        self.plan = plan.on(day)
        self.content = content
        self.version = plan.form_version(day).ma
        self.cover = self.plan.sheet(SheetRole.COVER)
        self.nil = self.plan.label(LabelRole.NIL)
        self.nil_word = self.nil or _NOTHING
        self.specs = tuple(spec for spec in self.plan.forms.bieu if spec.ma in content.given)
        self.tables = {
            spec.ma: TableShape(spec, _sums(spec), len(self.rows_of(spec.ma))) for spec in self.specs if spec.table
        }
        self.lines = {spec.ma: LineShape(spec, self._shown(spec)) for spec in self.specs if not spec.table}
        self.lists = self._lists()

    def _shown(self, spec: SheetSpec) -> tuple[FieldSpec, ...]:
        ticks = {other.tick for other in self.plan.forms.bieu}
        return tuple(f for f in spec.truong if f.khoa not in ticks or f.khoa in self.content.ticks)

    def _lists(self) -> Mapping[str, Sequence[str]]:
        quarters = quarters_between(self.plan.first_quarter, self.plan.last_quarter)
        own = {"don_vi": [code for code, _ in self.content.units], "ky": [quarter.key for quarter in quarters]}
        found: dict[str, Sequence[str]] = {"co_khong": [YES, NO]}
        for spec in self.specs:
            for entry in spec.truong:
                name = entry.danh_sach
                if name is not None and name not in found:
                    labels = own[name] if name in own else self.plan.labels(name)
                    if labels:
                        found[name] = labels
        if self.words_for_numbers:
            found[NO_NUMBER] = self.words_for_numbers
        return found

    @property
    def words_for_numbers(self) -> Sequence[str]:
        """What a reader takes in place of a number that need not be written."""
        words = self.plan.forms.cach_doc
        return *words.khong_cong, *words.tinh_noi_khac

    def range_of(self, name: str) -> str:
        """The cells of a list."""
        col = list(self.lists).index(name) + 1
        return span(LISTS, 1, col, len(self.lists[name]), col)

    def list_of(self, entry: FieldSpec) -> str | None:
        """Range of a field's drop-down, or None where it has none (the unit on a blank form)."""
        name = "co_khong" if entry.kieu == "co_khong" else entry.danh_sach
        if name is None or name not in self.lists:
            return None
        return self.range_of(name)

    @property
    def models(self) -> TableShape | None:
        """The sheet of models, where this form has one."""
        return self.tables.get(self.plan.sheet(SheetRole.MODELS))

    @cached_property
    def setting(self) -> Setting:
        days = self.content.days or (None, None)
        first, last = (Bound(name, day) for name, day in zip((FIRST_DAY, LAST_DAY), days, strict=True))
        word = one_of("loai_bao_cao", [self.nil] if self.nil else [])
        told = self.values_of(self.cover)
        # The word stands on the cover, whichever sheet asks.
        nil = Condition(lambda ref: word.formula(lambda key: REPORT_KIND), lambda row: word.holds(told))
        return Setting(self.plan, self.content.kind, first, last, nil)

    def values_of(self, sheet: str) -> Mapping[str, object]:
        """Values of a key/value sheet; on the cover with what is pre-printed."""
        told = self.content.values.get(sheet, {})
        return {**self._printed(), **told} if sheet == self.cover else told

    def _printed(self) -> Mapping[str, object]:
        content = self.content
        found: dict[str, object] = {"ma_mau": self.version, "phien_ban": 1}
        if content.unit is not None:
            found |= {"ma_don_vi": content.unit.code, "ten_don_vi": content.unit.name}
        if content.quarter is not None and content.days is not None:
            found |= {"ky": content.quarter.key, "ngay_chot": content.days[1]}
        return found

    def rows_of(self, sheet: str) -> Sequence[Mapping[str, object]]:
        """The rows a table starts with: those given, and the thôn of the register on the sheet of thôn."""
        told = self.content.rows.get(sheet, ())
        if sheet != self.plan.sheet(SheetRole.HAMLETS) or not self.content.hamlets:
            return told
        by_code = {str(row.get("ma_thon", "")): row for row in told}
        printed = [{"ma_thon": hamlet.code, "ten_thon": hamlet.name} for hamlet in self.content.hamlets]
        known = {row["ma_thon"] for row in printed}
        return [
            *({**row, **by_code.get(row["ma_thon"], {})} for row in printed),
            *(row for row in told if row.get("ma_thon") not in known),
        ]

    def optional(self, spec: SheetSpec) -> bool:
        """Whether the unit sends the sheet only where it has something to tell."""
        return self.content.given[spec.ma] != DUE

    def due(self, sheet: str) -> tuple[str, bool]:
        """Whether the sheet must be sent: as an Excel expression, and now. The blank form looks at its period."""
        if self.content.given[sheet] != DUE:
            return "FALSE", False
        if self.content.quarter is not None:
            return "TRUE", True
        period = self.lines[self.cover].at("ky", self.cover)
        told = str(self.values_of(self.cover).get("ky") or "")
        arms = [self._due_arm(duty, period) for duty in self.plan.sheets[sheet].giao if self._mine(duty)]
        if "TRUE" in arms:
            return "TRUE", True
        # Until the unit has chosen its period nobody can say that such a sheet is owed.
        return f"AND(LEN({period})=7,OR({','.join(arms)}))", bool(told) and self._due_now(sheet, told)

    def _mine(self, duty: Duty) -> bool:
        return self.content.kind in duty.loai_don_vi and duty.nghia_vu == DUE

    def _due_arm(self, duty: Duty, period: str) -> str:
        if len(duty.quy) == 4 and not duty.chi_nam_co_dot_khen:
            return "TRUE"
        quarter = "+".join(f'(RIGHT({period},1)="{number}")' for number in duty.quy)
        if not duty.chi_nam_co_dot_khen:
            return f"({quarter})"
        years = sorted({entry.tu_ngay.year for entry in self.plan.awards.dot})
        return f"(({quarter})*({'+'.join(f'(LEFT({period},4)={chr(34)}{year}{chr(34)})' for year in years)}))"

    def _due_now(self, sheet: str, period: str) -> bool:
        quarter = Quarter.parse(period)
        return any(
            self._mine(duty)
            and quarter.number in duty.quy
            and (not duty.chi_nam_co_dot_khen or self.plan.has_round(quarter.year))
            for duty in self.plan.sheets[sheet].giao
        )


def _sums(spec: SheetSpec) -> tuple[str, ...]:
    """Fields that may be added up: flows, and counts by their name (``so_…``). Scores, years, ranks may not."""
    return tuple(
        entry.khoa
        for entry in spec.truong
        if entry.numeric and not entry.tu_tinh and (entry.bien == "F" or entry.khoa.startswith("so_"))
    )


def counted(entry: FieldSpec) -> bool:
    """Whether a whole number is shown with a thousands mark: a year or a rank is not."""
    return entry.bien == "F" or entry.khoa.startswith(("so_", "tong_so_"))
