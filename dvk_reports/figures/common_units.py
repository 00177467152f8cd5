"""Which units two periods of a figure have in common, and what has become of the others.

A unit that took in others is one unit, they included. One that was split leaves its past to none of its parts, and no
part of it, new or older, is a unit that both periods have. One that ended inside one of the periods is in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dvk_reports.figures.counted import asked_returns, quarters_read
from dvk_reports.figures.counting import owing_units
from dvk_reports.figures.definitions import FigureInPeriod
from dvk_reports.plan.register.register import Unit


@dataclass(frozen=True)
class CommonUnits:
    """The units of a figure in two periods."""

    now: frozenset[str]
    """Codes, as of the end of the later period, of the units that both have."""
    senders: frozenset[str]
    """Codes of these and of all units that went into them."""
    everybody: bool
    """Whether nobody else stands in either period."""
    unchanged: bool
    """Whether they were the same units then, by the same names."""
    uncountable: bool
    """Whether the figure counts units, and one of its own was merged or split."""
    gone: tuple[Unit, ...] = ()
    fresh: tuple[Unit, ...] = ()
    parts: tuple[Unit, ...] = ()
    """Units that were there in both, but hold a part of one that was split."""


def common_units(figure: FigureInPeriod, then: FigureInPeriod) -> CommonUnits:
    """The units of a figure in its own period and in an earlier one."""
    ledger, register = figure.ledger, figure.ledger.register
    present, former = _owing(figure), _owing(then)
    senders = present | former | {unit.code: unit for side in (figure, then) for unit in _sending(side)}
    ended = {old: new for old, new in _successors(figure, then) if old in senders or new & senders.keys()}
    split = {
        ledger.heir(part)
        for old, new in ended.items()
        if len(new) > 1 and old in senders and ledger.heir(old) is None
        for part in new
    }
    common = frozenset(
        heir for code in former if (heir := ledger.heir(code)) is not None and heir in present and heir not in split
    )
    of_both = frozenset(unit.code for unit in register.units if ledger.heir(unit.code) in common)
    others = [unit for code, unit in senders.items() if code not in of_both]
    return CommonUnits(
        now=common,
        senders=of_both,
        everybody=not others,
        unchanged=not others and present.keys() == former.keys() == senders.keys(),
        uncountable=bool(ended) and figure.spec.dem_don_vi,
        gone=tuple(unit for unit in others if unit.code not in present),
        fresh=tuple(unit for unit in others if unit.code in present and ledger.heir(unit.code) not in former),
        parts=tuple(unit for unit in others if unit.code in present and unit.code in former),
    )


def _owing(figure: FigureInPeriod) -> dict[str, Unit]:
    return {unit.code: unit for unit in owing_units(figure)}


def _sending(figure: FigureInPeriod) -> Iterator[Unit]:
    """The units whose returns stand in a figure of several quarters, those that ended since among them."""
    quarters = quarters_read(figure.ledger, figure.spec)
    if figure.spec.ky != "cuoi_ky" and figure.spec.don_vi:
        yield from (unit for unit, _ in asked_returns(figure.ledger, figure.spec, quarters))


def _successors(figure: FigureInPeriod, then: FigureInPeriod) -> Iterator[tuple[str, frozenset[str]]]:
    """Each unit that stood in one of the quarters compared and is there no more, with those that took over from it."""
    register, days = (
        figure.ledger.register,
        [quarter.last_day for side in (figure, then) for quarter in quarters_read(side.ledger, side.spec)],
    )
    for unit in register.units:
        new = register.became(unit.code)
        if new and not unit.valid(figure.ledger.last_day) and any(unit.valid(day) for day in days):
            yield unit.code, new
