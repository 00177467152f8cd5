"""Numbers as Vietnamese offices write them: point between thousands, comma before decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from dvk_reports.vietnamese.text import tidy

_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－−", "0123456789,.--")

_FIGURE = re.compile("[0-9０-９]")
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN = re.compile(r"[+-]?[0-9]+")
_GROUPED = re.compile(r"([+-]?[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?")
_DECIMAL = re.compile(r"([+-]?[0-9]+)[.,]([0-9]+)")
# One mark and three digits after it: thousands for one reader, thousandths for another.
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")

_FINEST = 30
"""Decimals beyond which no measure goes."""
# Totals of money in đồng over years stay far below; the default 28 digits would round in silence beyond that.
_EXACT = Context(prec=200)
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


def read_number(text: str, integer: bool) -> Decimal | None:
    """The number a text can only mean, or None where there is no reading or more than one.

    Thousands are parted by points, by commas or by spaces, alike throughout; one point before three digits parts
    thousands only where the number is whole.

    >>> read_number("1.234", integer=True), read_number("1.234", integer=False), read_number("1,234,567", integer=True)
    (Decimal('1234'), None, Decimal('1234567'))
    """
    if not _FIGURE.search(text) or _LETTER.search(text):
        return None  # as of most texts
    s = tidy(text.translate(_FULL_WIDTH))
    if two_readings(s, integer):
        return None
    number = _only_reading(s)
    return None if number is not None and integer and not _whole(number) else number


def _whole(number: Decimal) -> bool:
    return not format(number, "f").partition(".")[2].strip("0")


def _only_reading(s: str) -> Decimal | None:
    if _PLAIN.fullmatch(s):
        return Decimal(s)
    if found := _GROUPED.fullmatch(s):
        whole = re.sub("[., ]", "", found[1])
        return Decimal(f"{whole}.{found[3]}" if found[3] else whole)
    if found := _DECIMAL.fullmatch(s):
        return Decimal(f"{found[1]}.{found[2]}")
    return None


def two_readings(text: str, integer: bool) -> bool:
    """Whether a text is a number that two readers would take for two numbers."""
    s = tidy(text.translate(_FULL_WIDTH))
    return _AMBIGUOUS.fullmatch(s) is not None and not (integer and "." in s)


def digits_of(number: Decimal) -> int:
    """How many digits a number has, written out: 1200 four, 0.050 one; zeros before them count when there are many.

    >>> [digits_of(Decimal(text)) for text in ("1200", "0.050", "1E+20", "1E-50")]
    [4, 1, 21, 50]
    """
    whole, _, decimals = format(number.copy_abs(), "f").partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > _FINEST:
        return len(decimals)
    return max(len(f"{whole}{decimals}".lstrip("0")), 1)


def show_number(value: Decimal, places: int | None = None) -> str:
    """1234.5 -> "1.234,5". ``places`` None: every digit there is; else rounded half up."""
    if places is None:
        exact = format(value, "f")
        whole, _, decimals = exact.partition(".")
        decimals = decimals.rstrip("0")
    else:
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_EXACT)
        whole, _, decimals = format(rounded, "f").partition(".")
    sign = "-" if whole.startswith("-") and (whole.strip("-0") or decimals.strip("0")) else ""
    grouped = f"{Decimal(whole.lstrip('-')):,f}".replace(",", ".")
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def show_percent(numerator: Decimal | int, denominator: Decimal | int = 1) -> str:
    """One decimal, comma; "100%" and "0%" only where it is exactly so: 99.96 % prints "99,9%".

    Raises ZeroDivisionError where there is nothing below.
    """
    above, below = Decimal(numerator), Decimal(denominator)
    if not below:
        raise ZeroDivisionError("show_percent: denominator is 0")
    if above == below:
        return "100%"
    if not above:
        return "0%"
    exact = _EXACT.divide(above * _HUNDRED, below)
    shown = exact.quantize(_TENTH, ROUND_HALF_UP, context=_EXACT)
    # Rounding must not reach a bound that the figures themselves do not reach.
    for bound in (Decimal(0), _HUNDRED):
        if shown == bound:
            shown = bound + (_TENTH if exact > bound else -_TENTH)
    return f"{show_number(shown, 1)}%"


def shares(parts: Sequence[Decimal | int]) -> list[Decimal]:
    """Percentages of the parts of a whole, one decimal, that add up to 100: the largest remainders are rounded up.

    Among equal remainders the larger part is first, then the earlier one. All are 0 where the whole is.

    >>> [str(share) for share in shares([1, 1, 1])]
    ['33.4', '33.3', '33.3']
    """
    whole = sum(map(Decimal, parts), Decimal(0))
    if not whole:
        return [Decimal(0)] * len(parts)
    exact = [_EXACT.divide(Decimal(part) * _HUNDRED, whole) for part in parts]
    found = [share.quantize(_TENTH, ROUND_DOWN, context=_EXACT) for share in exact]
    lacking = int((_HUNDRED - sum(found, Decimal(0))) / _TENTH)
    first = sorted(range(len(parts)), key=lambda place: (found[place] - exact[place], -exact[place], place))
    for place in first[:lacking]:
        found[place] += _TENTH
    return found


def show_count(n: int) -> str:
    """A count in prose: two digits below ten ("05"), 0 as "0"."""
    return f"{n:02d}" if 0 < n < 10 else show_number(Decimal(n))


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman(number: int) -> str:
    """1 -> “I”, 4 -> “IV”; "" for 0."""
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found
