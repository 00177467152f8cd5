"""The models of a unit over all its earlier used returns: which it has listed, which ended, which it still has to list.

A row whose code is in doubt is no listing, and a sheet that was stopped says nothing. A model that once stood in a used
list is missed in every later one until it is listed or ended, however many quarters lie between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from dvk_reports.checks.context import Listed
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.later_form import book_of, in_later_form
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.register.register import Register


@dataclass(frozen=True)
class ModelHistory:
    """What some units have said of their models, oldest first."""

    listed: Mapping[str, Listed] = field(default_factory=dict)
    """Key of a model code -> the last time it was listed, in the words of the form now in force."""
    ended: Mapping[str, tuple[str, Quarter]] = field(default_factory=dict)
    """Key of a model code -> (trang_thai, quarter) of the row that ended it."""
    told: Mapping[str, Quarter] = field(default_factory=dict)
    """Unit -> the last quarter in which its list could be read and was not carried by the nil word."""

    @property
    def open(self) -> Mapping[str, Listed]:
        """Those that have not ended."""
        return {key: item for key, item in self.listed.items() if key not in self.ended}


@dataclass(frozen=True)
class OwnModels:
    """The models of one unit as things stand before a quarter."""

    own: ModelHistory
    """Of the unit and of those whose whole past is its own."""
    inherited: ModelHistory
    """Of units that it is a part of, as far as no other part has listed them; its own are left out."""
    moved: frozenset[str] = frozenset()
    """Keys that a unit to which this one has given something away has listed."""

    @property
    def codes(self) -> frozenset[str]:
        """Keys of every model code that is the unit's."""
        return frozenset(self.own.listed) | frozenset(self.inherited.listed)

    @property
    def all(self) -> Mapping[str, Listed]:
        """Each of them as it last stood in a list."""
        return {**self.inherited.listed, **self.own.listed}

    @property
    def ended(self) -> Mapping[str, tuple[str, Quarter]]:
        return {**self.inherited.ended, **self.own.ended}

    @property
    def missed(self) -> Mapping[str, Listed]:
        """What the unit itself must list or end; of what it may have inherited it lists what is its own."""
        return {key: item for key, item in self.own.open.items() if key not in self.moved}


Codes: TypeAlias = Mapping[str, frozenset[str]]
"""Unit -> keys of the model codes that stand in its returns of the quarter itself."""


def own_models(
    plan: Plan,
    register: Register | None,
    unit: str,
    history: Sequence[PastQuarter],
    quarter: Quarter,
    now: Codes = MappingProxyType({}),
) -> OwnModels:
    """The models of a unit by its used returns, and those of its forerunners, of the quarters before this one.

    ``now``: what the other units list in this quarter; a model that one of them has taken over is not missed here.
    """
    day = quarter.last_day
    before = sorted((past for past in history if past.quarter < quarter), key=lambda past: past.quarter)
    if register is None:
        return OwnModels(models_listed(plan, before, (unit,), day), ModelHistory())
    whole = (unit, *(code for code in register.predecessors(unit) if register.heir(code, day) == unit))
    own = models_listed(plan, before, whole, day)
    partly = tuple(code for code in register.forerunners(unit) if code not in whole)
    inherited = models_listed(plan, before, partly, day)
    elsewhere = _Elsewhere(plan, before, now, day)
    claimed = {key for code in partly for key in _claimed(register, elsewhere, code, unit)}
    return OwnModels(own, _without(inherited, {*own.listed, *claimed}), elsewhere.keys(register.parts(unit)))


def models_listed(plan: Plan, history: Sequence[PastQuarter], units: Sequence[str], day: date) -> ModelHistory:
    """What the used lists of some units say, in the words of the form of ``day``. ``history``: oldest first."""
    listed: dict[str, Listed] = {}
    ended: dict[str, tuple[str, Quarter]] = {}
    told: dict[str, Quarter] = {}
    for past in history:
        for used in (_list_alone(plan, past.returns[code]) for code in units if code in past.returns):
            later = in_later_form(plan, used, day)
            over = book_of(plan, later).labels_with(LabelRole.ENDED)
            if _tells(plan, used):
                told[used.unit] = past.quarter
            for row, now in _rows(plan, past, used, later):
                key, state = code_key(now.text("ma_mo_hinh")), now.text("trang_thai")
                listed[key] = Listed(now, past.quarter, used.unit, later.stops)
                if state in over and not past.in_doubt(used, row, "trang_thai"):
                    ended.setdefault(key, (row.text("trang_thai"), past.quarter))
    return ModelHistory(listed, ended, told)


def _list_alone(plan: Plan, used: UsedReturn) -> UsedReturn:
    """The return with its list of models only: nothing else is put into later words."""
    models = book_of(plan, used).sheet(SheetRole.MODELS)
    return replace(used, rows={models: used.rows[models]} if models in used.rows else {})


def _tells(plan: Plan, used: UsedReturn) -> bool:
    book = book_of(plan, used)
    models = book.sheet(SheetRole.MODELS)
    nil = used.kind in book.labels_with(LabelRole.NIL)
    return used.readable(models) and (bool(used.rows[models]) or not nil)


def _rows(plan: Plan, past: PastQuarter, used: UsedReturn, later: UsedReturn) -> Iterator[tuple[Row, Row]]:
    """The rows of a list of models whose code is known, each as it was sent and in later words."""
    then, now = book_of(plan, used).sheet(SheetRole.MODELS), book_of(plan, later).sheet(SheetRole.MODELS)
    if not used.readable(then):
        return
    for row, again in zip(used.rows[then], later.rows.get(now, ()), strict=False):
        if code_key(row.text("ma_mo_hinh")) and not past.in_doubt(used, row, "ma_mo_hinh"):
            yield row, again


def _without(models: ModelHistory, keys: set[str]) -> ModelHistory:
    return ModelHistory(
        {key: item for key, item in models.listed.items() if key not in keys},
        {key: item for key, item in models.ended.items() if key not in keys},
        models.told,
    )


@dataclass(frozen=True)
class _Elsewhere:
    """What other units list, earlier and in the quarter itself."""

    plan: Plan
    history: Sequence[PastQuarter]
    now: Codes
    day: date

    def keys(self, units: Sequence[str], since: date = date.min) -> frozenset[str]:
        """Keys of the models that some units have listed in the quarters that end on ``since`` or later."""
        later = [past for past in self.history if past.quarter.last_day >= since]
        found = set(models_listed(self.plan, later, units, self.day).listed)
        return frozenset(found.union(*(self.now.get(code, frozenset()) for code in units)))


def _claimed(register: Register, elsewhere: _Elsewhere, old: str, unit: str) -> frozenset[str]:
    """Keys that have gone on elsewhere: in another part of ``old``, or in itself where it goes on existing."""
    mine = {unit, *register.forerunners(unit)}
    others = [item.code for item in register.units if item.code not in mine and old in register.forerunners(item.code)]
    since = max(merger.day for merger in register.mergers if merger.old == old and merger.new in mine)
    return elsewhere.keys(others) | elsewhere.keys((old,), since)
