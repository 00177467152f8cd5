"""How what stands in a cell is shown, the number that Excel shows of it, and what of a line is struck out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import nfc, remembered
from dvk_reports.vietnamese.words import NO, YES

CARRIAGE_RETURN = "_x000D_"
"""As old programs write it into a text; nothing of it is seen."""


def shown(value: object, number_format: str = "") -> str:
    """A raw value as a person sees it, with thousand points only where its format has them; "" for white space."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if "," in number_format else str(value)
    if isinstance(value, datetime):
        return show_date(value.date()) if value.time() == time() else f"{show_date(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, float):
        text = show_number(exact(value))
        return text if "," in number_format else text.replace(".", "")
    if isinstance(value, time | timedelta):
        return str(value)
    return _text(str(value))


def text_shown(value: str) -> str:
    """The same of a text."""
    return nfc(value).replace("\r\n", "\n").replace(CARRIAGE_RETURN, "").strip()


_text = remembered(text_shown)


def exact(value: int | float) -> Decimal:
    """The number that Excel shows: 15 significant digits, so that 0.1 + 0.2 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def number_in(value: object) -> Decimal | None:
    """The number in a cell of a workbook that the program wrote; None where it holds no number."""
    return exact(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def struck_out(spec: SheetSpec, cells: Mapping[str, RawCell | None]) -> Mapping[str, str]:
    """Key -> what stood there, of a line that is struck out whole: in all that people fill in; else nothing."""
    if all(cell is None or cell.struck is None for cell in cells.values()):
        return {}
    own = {
        key: cell
        for key, cell in cells.items()
        if cell is not None and not (spec.fields[key].cho_san or spec.fields[key].tu_tinh)
    }
    if any(cell.value is not None or cell.struck is None for cell in own.values()):
        return {}
    return {key: shown(cell.struck, cell.number_format) for key, cell in own.items()}
