"""What a rule on one return may look at: the return with the rule book in force, the register and the unit's past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, about, say
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Return, UsedReturn
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import IF_ANY, AtMost, FieldSpec, Plan, SheetSpec
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.vietnamese.text import nearest
from dvk_reports.vietnamese.words import NO, YES


@dataclass(frozen=True)
class Listed:
    """A model as it last stood in a used list: in the words of the form now in force."""

    row: Row
    quarter: Quarter
    unit: str
    """The unit that listed it."""
    stops: frozenset[Stop] = frozenset()
    """What was stopped in that return."""

    def sure(self, key: str) -> bool:
        """Whether the value that stood there then was understood and not stopped."""
        return self.row.typed(key) is not None and Stop(self.row.sheet, self.row.number, key) not in self.stops


@dataclass(frozen=True)
class Past:
    """What the checks need of the unit's earlier used returns."""

    codes: frozenset[str] = frozenset()
    """Keys of every model code that is the unit's: listed by it, its predecessors, or a unit that it is a part of."""
    last: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Rows of the last used return, by sheet; empty where there is none."""
    quarter: Quarter | None = None
    """Quarter of the last used return."""
    stops: frozenset[Stop] = frozenset()
    """What was stopped in the last used return: not known, so nothing is compared with it."""
    ended: Mapping[str, tuple[str, Quarter]] = field(default_factory=dict)
    """Key of a model code that an earlier return of the unit or its predecessors ended -> (trang_thai, quarter)."""
    nil: Mapping[str, tuple[Row, ...]] | None = None
    """What a nil report carries, where that is not ``last``: nothing if one of the units merged into it was silent."""
    models: Mapping[str, Listed] = field(default_factory=dict)
    """Key of a model code -> how it last stood in a list of any earlier quarter."""
    missed: Mapping[str, Listed] = field(default_factory=dict)
    """Those of them that the unit must list or end."""
    year_ago: tuple[UsedReturn, ...] = ()
    """The used returns of the same quarter of last year of the unit and those merged into it; () where one is not held.
    In the words of the form now in force."""

    def sure(self, row: Row, key: str) -> bool:
        """Whether the value that stood there then was understood and not stopped."""
        return row.typed(key) is not None and Stop(row.sheet, row.number, key) not in self.stops


@dataclass(frozen=True)
class Case:
    """One return with everything in force for it. ``register`` None: rules that need it are left out.

    Every method that takes a sheet takes its role or its name; where the plan has no sheet of the role there are no
    rows of it, and no rule finds anything.
    """

    book: Plan
    """The whole rule book, whatever the day."""
    form: Return
    quarter: Quarter
    register: Register | None = None
    unit: Unit | None = None
    past: Past = field(default_factory=Past)
    dated: bool = True
    """Whether it is known of which quarter the return is, by itself or by the folder it lies in."""
    sent_alone: bool = False
    """Nothing is asked for but what is in the file: it is in a form of another time, which had other sheets."""
    day: date | None = None
    """The day that the run is made for; None: any."""

    @cached_property
    def plan(self) -> Plan:
        """The rule book as it is in force on the last day of the quarter."""
        return self.book.on(self.quarter.last_day)

    @property
    def code(self) -> str:
        return self.unit.code if self.unit else self.form.unit

    @cached_property
    def kind(self) -> str | None:
        return self.unit.kind if self.unit else None

    @cached_property
    def selves(self) -> tuple[str, ...]:
        """The unit and those whose whole past is its own: their model codes are its codes."""
        register, day = self.register, self.quarter.last_day
        if register is None:
            return (self.code,)
        before = (code for code in register.predecessors(self.code) if register.heir(code, day) == self.code)
        return (self.code, *before)

    @cached_property
    def forerunners(self) -> tuple[str, ...]:
        """The unit and all that became it, wholly or in part: of their models it may list what is now its own."""
        return (self.code, *(self.register.forerunners(self.code) if self.register is not None else ()))

    @cached_property
    def window(self) -> tuple[date, date]:
        """First and last day of what happened in the quarter."""
        if self.register is not None:
            return self.register.window(self.quarter)
        return self.quarter.first_day, self.quarter.last_day

    @cached_property
    def last_day(self) -> date:
        """The last day that a day of the return may be: of the quarter, or of its flows where that is later."""
        return max(self.quarter.last_day, self.window[1])

    # --- what the unit is asked for ---

    @cached_property
    def given(self) -> Mapping[str, str]:
        """Sheets the unit is given; without a register, every sheet that is in the file."""
        if self.kind is None:
            return dict.fromkeys((sheet for sheet in self.form.sheets if sheet in self.plan.sheets), IF_ANY)
        owed = duties(self.plan, self.kind, self.quarter)
        return {sheet: duty for sheet, duty in owed.items() if sheet in self.form.sheets} if self.sent_alone else owed

    @cached_property
    def ticks(self) -> tuple[str, ...]:
        return ticks(self.plan, self.given)

    def asked(self, sheet: str) -> bool:
        """Whether the unit is asked for the tick of a sheet, even where its file has lost the line."""
        return self.tick_key(sheet) in self.ticks

    # --- what it has sent ---

    def name(self, sheet: str) -> str:
        """The sheet's name in the form; "" where the plan has no sheet of the role."""
        return self.plan.sheet(sheet) if isinstance(sheet, SheetRole) else sheet

    def has(self, sheet: str) -> bool:
        """Whether the file has the sheet."""
        return self.name(sheet) in self.form.sheets

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """Rows of a sheet the unit was given; none of the others."""
        name = self.name(sheet)
        found = self.form.sheets.get(name)
        return found.rows if found is not None and name in self.given else ()

    def answers(self, sheet: str) -> Row | None:
        """A key/value sheet the unit was given, as its only row."""
        rows = self.rows(sheet)
        return rows[0] if rows else None

    def cells(self, sheet: str, key: str) -> Iterator[tuple[Row, Value]]:
        """Every value of a column that the file has."""
        for row in self.rows(sheet):
            if key in row.values:
                yield row, row.values[key]

    def unread(self, sheet: str) -> bool:
        """Whether reading has stopped the sheet (T02): what its rows seem to lack may stand in a column not found."""
        return self.name(sheet) in self._unread

    @cached_property
    def _unread(self) -> frozenset[str]:
        return frozenset(stop.sheet for finding in self.form.findings for stop in finding.stops if not stop.key)

    # --- the cover ---

    @cached_property
    def cover(self) -> Row | None:
        sheet = self.form.sheets.get(self.plan.sheet(SheetRole.COVER))
        return sheet.rows[0] if sheet is not None and sheet.rows else None

    @cached_property
    def nil(self) -> bool:
        """Whether the whole return says that nothing happened."""
        return self.form.kind in self.plan.labels_with(LabelRole.NIL)

    def tick_key(self, sheet: str) -> str:
        """Key on the cover of the sheet's tick “không phát sinh”; the cover need not have it."""
        spec = self.plan.sheets.get(self.name(sheet))
        return spec.tick if spec is not None else ""

    def tick(self, sheet: str) -> Value | None:
        """The tick of a sheet on the cover, where the unit is asked for it."""
        return self.cover.values.get(self.tick_key(sheet)) if self.cover is not None and self.asked(sheet) else None

    def ticked(self, sheet: str) -> bool:
        """Whether the unit ticked that it has nothing to report on a sheet."""
        value = self.tick(sheet)
        return value is not None and value.typed is True

    def tick_cell(self, sheet: str) -> Cell | None:
        """Where the tick of a sheet stands on the cover, or else the kind of return."""
        if self.cover is None:
            return None
        tick = self.cover.values.get(self.tick_key(sheet)) or self.cover.values.get("loai_bao_cao")
        return tick.at if tick is not None else None

    # --- models ---

    @cached_property
    def models(self) -> Mapping[str, Row]:
        """Key of a model code -> its row in this return."""
        rows = self.rows(SheetRole.MODELS)
        return {code_key(row.text("ma_mo_hinh")): row for row in rows if row.text("ma_mo_hinh")}

    @cached_property
    def own_codes(self) -> frozenset[str]:
        """Keys of the model codes that are the unit's: in this list of models and in its earlier ones."""
        here = {code_key(value.text) for _, value in self.cells(SheetRole.MODELS, "ma_mo_hinh")}
        return frozenset(here - {""}) | self.past.codes

    @cached_property
    def lists_models(self) -> bool:
        """Whether the list of models is there to be looked up: where it is missing, unreadable or not reported, that is
        told (T01, T02, K22), and the codes of the other sheets are not called unknown as well.
        """
        return self.tells_models or (self.nil and self.has(SheetRole.MODELS) and not self.unread(SheetRole.MODELS))

    @cached_property
    def tells_models(self) -> bool:
        """Whether this return itself says which models the unit has: by rows, or by the tick that there is none."""
        if not self.has(SheetRole.MODELS) or self.unread(SheetRole.MODELS):
            return False
        return bool(self.rows(SheetRole.MODELS)) or self.ticked(SheetRole.MODELS)

    # --- the last used return ---

    @cached_property
    def plan_then(self) -> Plan:
        """The rule book as it was in force for the last used return."""
        return self.book.on((self.past.quarter or self.quarter).last_day)

    def known_before(self, role: SheetRole) -> tuple[Row, ...]:
        """Rows of a sheet of the last used return; none where the sheet as a whole was not known."""
        name = self.plan_then.sheet(role)
        return () if Stop(name) in self.past.stops else self.past.last.get(name, ())

    def carried(self, role: SheetRole) -> tuple[Row, ...] | None:
        """What a nil report may carry of a sheet; None where there is no such sheet."""
        source = self.past.last if self.past.nil is None else self.past.nil
        return source.get(self.plan_then.sheet(role))

    # --- words and findings ---

    def plays(self, row: Row, key: str, *roles: LabelRole) -> bool:
        """Whether the label in a cell plays one of the roles."""
        text = row.text(key)
        return any(text in self.plan.labels_with(role) for role in roles) if text else False

    def caption(self, sheet: str, key: str) -> str:
        """What the form calls a column; the key itself where it is not asked for."""
        spec = self.plan.sheets.get(self.name(sheet))
        return spec.fields[key].ten if spec is not None and key in spec.fields else key

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What the plan calls its sheets and labels, as slots of a sentence."""
        return words_of(self.plan)

    def called(self, kinds: Iterable[str]) -> str:
        """“xã, thị trấn”: what units of some kinds are called in a sentence."""
        return ", ".join(self.plan.kinds[kind].called for kind in kinds if kind in self.plan.kinds)

    def about(self, message: Message, row: Row, key: str, **slots: Any) -> Finding:
        """A finding on one cell of this return; ``{ten}`` is the caption of the cell unless it is given."""
        known = {**self.words, "ten": self.caption(row.sheet, key)}
        return about(message, row, key, unit=self.code, **{**known, **slots})

    def say(self, message: Message, where: Location, **slots: Any) -> Finding:
        """A finding of this return that is not on one cell of a row."""
        return say(message, replace(where, unit=self.code), **{**self.words, **slots})


def parts_of(sheet: SheetSpec) -> frozenset[str]:
    """Keys of the columns that are a part of another one of the same row."""
    return frozenset(rule.phan for rule in sheet.luat if isinstance(rule, AtMost))


def counted_numbers(sheet: SheetSpec, *, parts: bool = True) -> Iterator[FieldSpec]:
    """The numbers that every unit states; optional head counts follow the number of meetings. ``parts``: parts too."""
    left_out = frozenset() if parts else parts_of(sheet)
    return (item for item in sheet.truong if item.numeric and item.bat_buoc and item.khoa not in left_out)


def words_of(plan: Plan) -> Mapping[str, str]:
    """``bieu_<role>``: name of the sheet; ``nhan_<role>``: the labels that play the role, “Dừng hoặc Sáp nhập”."""
    sheets = {f"bieu_{role}": plan.sheet(role) for role in SheetRole}
    labels = {f"nhan_{role}": " hoặc ".join(plan.labels_with(role)) for role in LabelRole}
    return sheets | labels | {"nhan_co": YES, "nhan_khong": NO}


def written(row: Row | None, key: str) -> str:
    """What stands in a cell as the unit wrote it; "" where there is no such cell."""
    value = row.values.get(key) if row is not None else None
    return value.text if value is not None else ""


def nearest_code(text: str, known: Iterable[str]) -> str:
    """`` Có phải là MH-DB-XA-1-001?``, to be put behind a remedy; "" where none is near."""
    close = nearest(text, list(known))
    return f" Có phải là {close}?" if close else ""


_SUBJECTS = (
    "ma_mo_hinh",
    "ma_thon",
    "ten",
    "ten_lop",
    "tieu_de",
    "don_vi_duoc_kt",
    "dot",
    "noi_dung",
    "ten_thon_moi",
    "ten_thon_cu",
)


def subject_of(row: Row | None) -> str:
    """What a row is about, so that it is known again wherever it stands: its code, its name or its title."""
    return next((text for key in _SUBJECTS if (text := written(row, key))), "")
