"""The catalogue of what a clerk or a unit can be told about returns and the register, and how a finding is made of it.

K… are the checks of the reporting practice, T… what reading a file can meet, D… the register ``danh-muc.xlsx``. Each
part of the catalogue stands in a file of its own; a sentence is named ``Msg.<NAME>`` wherever it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dvk_reports.messages.across import Across
from dvk_reports.messages.history import History
from dvk_reports.messages.message import BLOCK, Message, sentences_of
from dvk_reports.messages.one_return import OneReturn
from dvk_reports.messages.reading import Reading
from dvk_reports.messages.register import OfRegister
from dvk_reports.messages.values import Values
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.values import Cell, Row


class Msg(Reading, Values, OneReturn, History, Across, OfRegister):
    """Every sentence by its name. ``{ten}`` is the caption of the cell, ``{ghi}`` what the unit wrote.

    ``{bieu_<role>}`` and ``{nhan_<role>}`` are what the plan calls its sheet, or its labels, of a role.
    """


CATALOGUE: Mapping[str, Message] = sentences_of(Reading, Values, OneReturn, History, Across, OfRegister)
"""Name -> sentence."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is, and what stands there."""

    unit: str = ""
    cell: Cell | None = None
    """Where it was read: gives the file, the address and, where no ``sheet`` is named, the sheet."""
    file: str = ""
    """Named where there is no cell."""
    sheet: str = ""
    """Name of the sheet in the form."""
    raw: str = ""
    """As it was written; the slot ``{ghi}`` of the sentence."""
    row: int = 0
    key: str = ""
    subject: str = ""
    """What it is about, so that an answer or a waiver finds it again."""


def say(
    message: Message,
    where: Location,
    *,
    level: Level | None = None,
    stops: Sequence[Stop] = (),
    refuses: bool = False,
    **slots: Any,
) -> Finding:
    """One finding with its sentence filled in; a slot that is not given is a KeyError, never a gap in a sentence."""
    slots.setdefault("ghi", where.raw)
    slots.setdefault("gan", "")
    at = where.cell
    return Finding(
        level=level or message.level,
        code=message.code,
        unit=where.unit,
        file=at.file if at else where.file,
        sheet=where.sheet or (at.sheet if at else ""),
        cell=at.a1 if at else "",
        raw=where.raw,
        text=message.text.format(**slots),
        remedy=message.remedy.format(**slots),
        stops=tuple(stops),
        refuses=refuses,
        row=where.row,
        key=where.key,
        rule=message.name,
        subject=where.subject,
    )


def about(
    message: Message,
    row: Row,
    key: str,
    *,
    unit: str,
    subject: str = "",
    level: Level | None = None,
    stop: bool | None = None,
    **slots: Any,
) -> Finding:
    """A finding on one cell of a row. A Chặn stops that value unless ``stop`` says otherwise."""
    value = row.values[key]
    weight = level or message.level
    stops = stop if stop is not None else weight is BLOCK
    return say(
        message,
        Location(unit, value.at, sheet=row.sheet, raw=value.text, row=row.number, key=key, subject=subject),
        level=weight,
        stops=[Stop(row.sheet, row.number, key)] if stops else (),
        **slots,
    )
