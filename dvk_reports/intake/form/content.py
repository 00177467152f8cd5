"""What a return says, whatever the file it came in: its values, without cells, names of files or looks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import Return
from dvk_reports.model.values import Value
from dvk_reports.vietnamese.text import tidy
from dvk_reports.vietnamese.words import NO, YES
from dvk_reports.workspace.folder import digest

_OFFICE = ("ten_don_vi",)
"""Printed by the office that keeps the register, not said by the unit."""


def content_hash(form: Return, stops: Iterable[Stop] = ()) -> str:
    """A hash of what a return says: equal for the same values in the same rows.

    ``stops``: what is known to be stopped in it, which is then part of the hash.
    """
    held = set(stops)
    said: list[object] = []
    for name, sheet in sorted(form.sheets.items()):
        rows = []
        for row in sheet.rows:
            values = {key: plain(value) for key, value in row.values.items() if not value.blank and key not in _OFFICE}
            stopped = sorted(stop.key for stop in held if (stop.sheet, stop.row) == (name, row.number) and stop.key)
            rows.append([sorted(values.items()), stopped])
        said.append([name, Stop(name) in held, rows])
    return digest(json.dumps(said, ensure_ascii=False).encode("utf-8"))


def plain(value: Value) -> list[str]:
    """The kind of a value and the value as text; of one that was not understood, what was written.

    How lines are broken inside a cell is no difference: each program that saves a workbook has its own way.
    """
    typed = value.typed
    if typed is None:
        return ["?", tidy(value.text)]
    if isinstance(typed, Decimal):
        return ["so", format(typed.normalize(), "f")]
    if isinstance(typed, date):
        return ["ngay", typed.isoformat()]
    if isinstance(typed, bool):
        return ["co_khong", YES if typed else NO]
    return ["chu", tidy(typed)]
