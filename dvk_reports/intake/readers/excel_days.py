"""Days and lengths of time as Excel keeps them: a number, and a number format that says so.

The rules are those of openpyxl, to which the tests hold them; importing openpyxl costs more than reading three forms.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

WINDOWS_EPOCH = datetime(1899, 12, 30)
MAC_EPOCH = datetime(1904, 1, 1)
_MILLISECONDS = 86_400_000
"""In a day."""

_AS_IS = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
"""Text in quotes, and in brackets all but the lengths ``[h]``, ``[m]`` and ``[s]``: colours, locales, conditions."""
_OF_A_DAY = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_OF_A_LENGTH = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)

BUILTIN_FORMATS = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The formats that a workbook names by a number and never writes out."""


@lru_cache(maxsize=1_000)
def is_date_format(shown: str) -> bool:
    """Whether a number format shows its number as a day or a time."""
    return _OF_A_DAY.search(_AS_IS.sub("", shown.split(";")[0])) is not None


@lru_cache(maxsize=1_000)
def is_timedelta_format(shown: str) -> bool:
    """Whether a number format shows its number as a length of time, which has no day."""
    return _OF_A_LENGTH.search(shown.split(";")[0]) is not None


def from_excel(number: float, epoch: datetime = WINDOWS_EPOCH, length: bool = False) -> datetime | time | timedelta:
    """The day, the time of day or the length that a number stands for; OverflowError or ValueError where it is none."""
    if length:
        span = timedelta(days=number)
        rounded = timedelta(seconds=span.total_seconds() // 1, microseconds=round(span.microseconds, -3))
        return rounded if span.microseconds else span
    day, fraction = divmod(number, 1)
    within = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= number < 1 and within.days == 0:
        return (datetime.min + within).time()
    if 0 < number < 60 and epoch == WINDOWS_EPOCH:
        day += 1  # Excel counts a 29 February 1900, which never was
    return epoch + timedelta(days=day) + within
