"""What a rule on all returns of a period may look at, and how one thing is found in two of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import about
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.in_two import InTwo
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Return
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan, decimal_of
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold, remembered, unaccented

WORD = re.compile(r"\w+")
OF_A_UNIT = 256
"""So many keys of one kind a unit is taken to have, for the room that ``InTwo`` makes."""


@dataclass(frozen=True)
class Sent:
    """One used return with its unit."""

    unit: Unit
    form: Return
    given: frozenset[str]
    """Names of the sheets that the unit was given."""
    stops: frozenset[Stop] = frozenset()
    """What its own rules have stopped."""


@dataclass(frozen=True)
class Together:
    """All used returns of a period, in register order, with the rule book in force on its last day."""

    plan: Plan
    register: Register
    quarter: Quarter
    sent: tuple[Sent, ...]

    def rows(self, sent: Sent, role: SheetRole) -> tuple[Row, ...]:
        """Rows of a sheet that the unit was given; none where the plan has no sheet of the role."""
        name = self.plan.sheet(role)
        found = sent.form.sheets.get(name)
        return found.rows if found is not None and name in sent.given else ()

    def number(self, name: str) -> float:
        """A limit of the plan, as it stands at the end of the quarter."""
        return float(decimal_of(self.plan.value(name, self.quarter.last_day)))


@dataclass(frozen=True)
class Repeat:
    """A row that tells what a row of an earlier return has told."""

    first: Sent
    old: Row
    later: Sent
    row: Row

    def day(self, key: str) -> str:
        """A day of the row as it is written in a sentence; "" where there is none."""
        found = self.row.day(key)
        return show_date(found) if found is not None else ""

    def about(self, message: Message, key: str, **slots: Any) -> Finding:
        """A finding on the later row, which names the unit and the line of the earlier one."""
        return about(
            message,
            self.row,
            key,
            unit=self.later.unit.code,
            subject=self.row.text(key),
            don_vi=self.first.unit.name,
            dong=self.old.number,
            **slots,
        )


def repeated(
    together: Together, role: SheetRole, key_of: Callable[[Sent, Row], tuple[str, ...] | None], apart: str = ""
) -> Iterator[Repeat]:
    """Rows whose key stands in the return of an earlier unit; a repetition inside one return is told there.

    ``apart``: a column by which two rows of one key are known to be two things, where both fill it in.
    """
    keys = ((key_of(sent, row) for row in together.rows(sent, role)) for sent in together.sent)
    in_two = InTwo(len(together.sent) * OF_A_UNIT, keys)
    if in_two.empty:
        return
    seen: dict[tuple[str, ...], dict[str | None, tuple[int, Sent, Row]]] = {}
    every = ((sent, row) for sent in together.sent for row in together.rows(sent, role))
    for place, (sent, row) in enumerate(every):
        key = key_of(sent, row)
        if key is None or not key[0] or key not in in_two:
            continue
        # Returns come one after the other, so the first row of each kind is enough: where that one is of this return,
        # so are all. None: of any kind, for a row that does not fill in the cell.
        firsts = seen.setdefault(key, {})
        said = letters_of(row.text(apart)) if apart else ""
        known = (firsts.get(said), firsts.get("")) if said else (firsts.get(None),)
        earlier = [entry for entry in known if entry is not None and entry[1] is not sent]
        if earlier:
            _, old, line = min(earlier, key=lambda entry: entry[0])
            yield Repeat(old, line, sent, row)
        firsts.setdefault(said, (place, sent, row))
        firsts.setdefault(None, (place, sent, row))


@remembered
def letters_of(text: str) -> str:
    """A text by its letters and digits alone: without tones, capitals, signs and spaces."""
    return "".join(WORD.findall(unaccented(fold(text))))
