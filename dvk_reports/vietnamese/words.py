"""Numbers and money in words, comparison, lists and tone placement, as an official writes them.

Written here because the readers that can be had say “lẻ”, “bốn mươi bốn”, or read 1.005 as “một nghìn lẻ năm”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from dvk_reports.vietnamese.numbers import show_count, show_number
from dvk_reports.vietnamese.text import nfc

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
LIMIT: Final = _BILLION**3
"""First number that has no reading here: beyond “tỷ tỷ tỷ” nobody would follow."""

NEW, OLD = "moi", "cu"
"""Tone placement: “uỷ, hoà” (moi) or “ủy, hòa” (cu)."""
YES, NO = "Có", "Không"
"""Yes and no on every form and in every workbook, whatever the plan."""

_MILLION = Decimal(1_000_000)


def in_words(number: int) -> str:
    """105 -> “một trăm linh năm”. From 0 to below ``LIMIT``; ValueError outside."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"in_words: {number} is out of range")
    return " ".join(_read(number, full=False)) or _DIGITS[0]


def in_a_row(count: int) -> str:
    """ "ba quý liền"."""
    return f"{in_words(count)} quý liền"


def money_in_words(dong: int) -> str:
    """5200000 -> “Năm triệu hai trăm nghìn đồng”; capital first, as it stands in the brackets of a decision."""
    text = in_words(dong)
    return f"{text[0].upper()}{text[1:]} đồng"


def money(dong: int) -> str:
    """ "5.200.000 đồng (Năm triệu hai trăm nghìn đồng)"."""
    return f"{show_number(Decimal(dong))} đồng ({money_in_words(dong)})"


def dong_of(millions: Decimal) -> int:
    """Triệu đồng -> đồng, exactly; ValueError where that is no whole number of đồng."""
    exact = millions * _MILLION
    if exact != exact.to_integral_value():
        raise ValueError(f"dong_of: {millions} triệu đồng is no whole number of đồng")
    return int(exact)


def _read(number: int, full: bool) -> list[str]:
    """``full``: something stands before, so that the hundreds are read even where they are 0."""
    if number >= _BILLION:
        above, below = divmod(number, _BILLION)
        return [*_read(above, full), "tỷ", *(_read(below, True) if below else [])]
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (1000, "nghìn"), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += _three(group, full or bool(words))
            words += [name] if name else []
    return words


def _three(group: int, full: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    return words + _two(rest, bool(words)) if rest else words


def _two(rest: int, after_hundreds: bool) -> list[str]:
    tens, units = divmod(rest, 10)
    if not tens:
        return ["linh", _DIGITS[units]] if after_hundreds else [_DIGITS[units]]
    head = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if not units:
        return head
    if units == 5:
        return [*head, "lăm"]
    if tens > 1 and units in (1, 4):
        return [*head, "mốt" if units == 1 else "tư"]
    return [*head, _DIGITS[units]]


# --- comparison and lists


def change(now: Decimal, before: Decimal, unit: str = "", *, count: bool = True) -> str:
    """ "tăng 05 mô hình", "giảm 2,5 km" or "không đổi". ``count``: a zero is put before 1 – 9."""
    if now == before:
        return "không đổi"
    gap = abs(now - before)
    whole = count and gap == gap.to_integral_value()
    shown = show_count(int(gap)) if whole else show_number(gap)
    return f"{'tăng' if now > before else 'giảm'} {shown} {unit}".rstrip()


def by_count(number: int, *, none: str, one: str, many: str) -> str:
    """The sentence for none, one or many; ``{so}`` in it becomes the count (“05”)."""
    return (none if number == 0 else one if number == 1 else many).format(so=show_count(number))


def listed(items: Sequence[str]) -> str:
    """ "A", "A và B", "A, B và C"; "" for nothing."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} và {items[-1]}"


# --- tone placement

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_MARKS = f"{_TONES}\u0302\u0306\u031b"
# A syllable that ends in oa, oe or uy, the tone on either letter. Not after q: there the u is no vowel (quý).
_SYLLABLE = re.compile(
    rf"(?<![\w{_MARKS}])((?:(?![qQ])[^\W\d_aeiouyAEIOUY]{{1,3}})?)"
    rf"(?:([oO])([{_TONES}]?)([aeAE])([{_TONES}]?)|([uU])([{_TONES}]?)([yY])([{_TONES}]?))(?![\w{_MARKS}])"
)

_TONED = "àảãáạ", "èẻẽéẹ", "òỏõóọ", "ùủũúụ", "ỳỷỹýỵ"
_A, _E, _O, _U, _Y = (f"{letters}{letters.upper()}" for letters in _TONED)
_MOVABLE = re.compile(f"[oO][{_A}{_E}]|[{_O}][aeAE]|[uU][{_Y}]|[{_U}][yY]")
"""What every syllable has of which the tone could be moved: few texts have one."""


def tones(text: str, placement: str, names: Iterable[str] = ()) -> str:
    """The text with one tone placement, ``moi`` or ``cu``; whatever stands in ``names`` is left as it is written.

    >>> tones("Huyện ủy, văn hóa, quý", "moi"), tones("Đảng uỷ xã Công Hoà", "cu", ["xã Công Hoà"])
    ('Huyện uỷ, văn hoá, quý', 'Đảng ủy xã Công Hoà')
    """
    text = nfc(text)
    if not _MOVABLE.search(text):
        return text
    kept = _any_of(frozenset(names))
    parts = kept.split(text) if kept is not None else [text]
    return "".join(part if place % 2 else _placed(part, placement) for place, part in enumerate(parts))


@lru_cache(maxsize=16)  # the names of a register, for every field of every paper
def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern of these names as whole words, the longest first; None where there is none."""
    kept = sorted({name for name in map(nfc, names) if name}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, kept))})(?!\w)") if kept else None


def _placed(text: str, placement: str) -> str:
    def move(found: re.Match[str]) -> str:
        start = found[1]
        first, one, second, other = found.group(2, 3, 4, 5) if found[2] else found.group(6, 7, 8, 9)
        if one and other:  # no syllable of the language
            return found[0]
        tone = one or other
        return f"{start}{first}{second}{tone}" if placement == NEW else f"{start}{first}{tone}{second}"

    return nfc(_SYLLABLE.sub(move, unicodedata.normalize("NFD", text)))
