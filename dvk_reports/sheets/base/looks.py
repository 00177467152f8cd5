"""How cells look and how numbers are shown: colours that also read in black and white, formats, cut texts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED
from dvk_reports.model.findings import Level
from dvk_reports.model.returns import UnitState
from dvk_reports.sheets.base.book import WHOLE

_LONGEST = 32_767  # UTF-16 units that an Excel cell holds
_CUT = " … (đã cắt, xem tệp gốc)"

HEAD_FILL, GROUP_FILL, TOTAL_FILL, GREY_FILL = "#D9E2F3", "#EDEDED", "#E2E2E2", "#E7E6E6"
GREY, LINK = "#595959", "#0563C1"
GOOD = {"bg_color": "#E2EFDA", "font_color": "#375623"}
BAD = {"bg_color": "#F8CBAD", "font_color": "#7B0000", "bold": True}
WAITING = {"bg_color": GREY_FILL, "font_color": "#404040", "italic": True}
WARNED = {"bg_color": "#FFF2CC", "font_color": "#5F4A00"}
# Dashed all round, so that it is seen without its colour, on a blank cell too.
DOUBTFUL = {"bg_color": "#FCE4D6", "font_color": "#9C0006", "italic": True, "border": 3, "border_color": "#9C0006"}
"""A value that is stopped or was not understood: the unit's own text."""
ABSENT = {"bg_color": GREY_FILL, "font_color": GREY, "italic": True, "align": "center"}

# The sign stands in the number format: it prints in black and white, and the value of the cell stays the bare word.
VERDICTS: Mapping[str, dict[str, Any]] = {
    MET: {**GOOD, "num_format": '"● "@'},
    NOT_MET: {**BAD, "num_format": '"▼ "@'},
    UNDECIDED: {**WAITING, "num_format": '"○ "@'},
}
STATES: Mapping[UnitState, dict[str, Any]] = {
    UnitState.ACCEPTED: {**GOOD, "num_format": '"● "@'},
    UnitState.REFUSED: {**BAD, "num_format": '"▼ "@'},
    UnitState.CONFLICT: {**WARNED, "num_format": '"▲ "@'},
    UnitState.UNREADABLE: {**BAD, "num_format": '"■ "@'},
    UnitState.MISSING: {**WAITING, "num_format": '"○ "@'},
}
LEVELS: Mapping[Level, dict[str, Any]] = {
    Level.BLOCK: {**BAD, "num_format": '"■ "@'},
    Level.WARNING: {**WARNED, "num_format": '"▲ "@'},
    Level.NOTE: {"font_color": GREY, "num_format": '"○ "@'},
}

CENTRE: Mapping[str, Any] = {"align": "center"}
WRAP: Mapping[str, Any] = {"text_wrap": True}
RIGHT: Mapping[str, Any] = {"align": "right"}


def fit(text: str) -> str:
    """Text as Excel can hold it; what is too long is cut with a mark that says so."""
    if len(text) <= _LONGEST // 2:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * _LONGEST:
        return text
    return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def ratio_format(value: Decimal) -> str:
    """One decimal, more where one would print a share as 0 % or 100 % that is not exactly so."""
    percent = abs(value) * 100
    if percent in (0, 100):
        return "0%"
    places = 1
    while places < 6 and round(percent, places) in (0, 100):
        places += 1
    return f"0.{'0' * places}%"


@lru_cache(maxsize=2_000)
def amount_format(value: Decimal) -> str:
    """Thousands apart, and as many decimals as the number has, at most three."""
    exponent = value.normalize().as_tuple().exponent
    places = min(3, max(0, -exponent)) if isinstance(exponent, int) else 0
    return f"#,##0.{'0' * places}" if places else WHOLE
