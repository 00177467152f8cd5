"""What a middle level says of the numbers that it hands on; it changes none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dvk_reports.model.values import Cell


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of sheet ``Nhận xét``, of the office's own register or of a consolidated workbook of the level below."""

    period: str
    unit: str
    """Code of the unit it is about; "" where it is about all of them."""
    sheet: str
    figure: str
    """Sheet of the form and figure that it is about; "" where it is about no one of them."""
    text: str
    by: str
    day: date | None
    source: str = ""
    """The workbook it came in; "" for the office's own."""
    row: int = 0
    """Where it stands there; 0 where the sheet itself cannot be read."""
    at: Cell | None = field(default=None, compare=False)
    """The cell of its day, in the office's own register."""
