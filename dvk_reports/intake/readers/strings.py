"""The shared strings of .xlsx, by patterns where they are written plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count

from dvk_reports.intake.readers.looks import ESCAPED, Text, text_in, unescaped
from dvk_reports.intake.readers.plain_xml import Head, NotPlain, decoded, parsed, refuse_odd, refuse_unknown, unquoted

_STRING = re.compile('<si><t(?: xml:space="preserve")?+>([^<]*+)</t></si>')
_REMEMBERED = 4_000
"""Letters of a piece of rich texts that is remembered."""


def plain_strings(xml: bytes, tags: tuple[str, ...]) -> Sequence[Text]:
    """The shared strings of a workbook, in their order; raises NotPlain."""
    text = decoded(xml)
    head, begin = Head.of(text)
    inner, end, after = text[begin:].rpartition(head.closing)
    around = f"{text[:begin]}<si/>{end}{after}"
    pieces = _STRING.split(inner)
    left, strings = pieces[::2], pieces[1::2]
    refuse_odd(around + "".join(left))
    refuse_unknown(inner, pieces)
    if not end or len([*parsed(around).iter(*tags)]) != 1:
        raise NotPlain
    if "&" in inner:
        strings = [*map(unquoted, strings)]
    if ESCAPED.search(inner):
        strings = [*map(unescaped, strings)]
    found: list[Text] = []
    last = 0
    for at in compress(count(), left):
        rich = left[at]
        found += strings[last:at]
        found += _rich(head, rich, tags) if len(rich) < _REMEMBERED else _rich.__wrapped__(head, rich, tags)
        last = at
    return found + strings[last:]


@lru_cache(maxsize=1_000)
def _rich(head: Head, xml: str, tags: tuple[str, ...]) -> tuple[Text, ...]:
    """The texts of a piece of the shared strings; the captions of all forms are the same."""
    return tuple(text_in(found) for found in parsed(head.around(xml)).iter(*tags))
