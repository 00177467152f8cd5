"""Codes of thôn that the office has not given: of their unit and their name, whatever the line they stand on.

Lines may be sorted, put in and taken out: a code of a running number would then be another thôn's. One of the name
never becomes that; where the name is corrected it is lost, which is why the office is told to write it down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dvk_reports.messages.returns import Location, Msg
from dvk_reports.plan.register.lines import Line, LineReader
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.vietnamese.text import fold, unaccented

_KEY = "ma_thon"
_OTHER = re.compile(r"[^0-9a-z]+")
_NAMED = 5
"""Codes of one unit that are written out."""


def coded(reader: LineReader, lines: Sequence[Line]) -> list[Line]:
    """The lines with a code each, and a word for each unit of which some had none.

    A name of which no code can be made leaves its line out, as a blank cell does elsewhere.
    """
    found: list[Line] = []
    given: dict[str, list[tuple[Line, str]]] = {}
    for line in lines:
        if line.values[_KEY]:
            found.append(line)
            continue
        code = code_of(line.values["ma_don_vi"], line.values["ten"])
        if len(code) > reader.longest_code or code.endswith("-"):
            reader.note(Msg.REG_BLANK, line.sheet, line.cells[_KEY], SHEETS[line.sheet][0])
            reader.leave_out(line.sheet, line.cells[_KEY])
            continue
        cell = replace(line.cells[_KEY], text=code)
        found.append(Line(line.sheet, line.number, {**line.values, _KEY: code}, {**line.cells, _KEY: cell}))
        given.setdefault(line.values["ma_don_vi"], []).append((line, code))
    for unit, own in given.items():
        first, more = own[0][0].cells[_KEY].at, f" và {len(own) - _NAMED} ô khác" if len(own) > _NAMED else ""
        listed = "; ".join(f"{line.cells[_KEY].at.a1}: {code}" for line, code in own[:_NAMED]) + more
        place = Location(unit, first, sheet=own[0][0].sheet, raw=unit)
        reader.tell(Msg.REG_CODE_GIVEN, place, so=len(own), ds=listed)
    return found


def code_of(unit: str, name: str) -> str:
    """The code of a thôn by its unit and its name: “DB-XA-02950-BAN-RIA”."""
    return f"{unit}-{_OTHER.sub('-', unaccented(fold(name))).strip('-').upper()}"
