"""The shared strings of .xlsx, by their letters where they are written plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dvk_reports.intake.readers.looks import ESCAPED, Text, text_in, unescaped
from dvk_reports.intake.readers.plain_xml import Head, NotPlain, decoded, parsed, refuse_odd, refuse_unknown, unquoted

_OPEN, _SPACED, _CLOSE, _END = "<si><t>", '<si><t xml:space="preserve">', "</t></si>", "</si>"
_NUMBER = re.compile('="[0-9]+"')
_REMEMBERED = 4_000
"""Letters of a piece of rich texts that is remembered."""


def plain_strings(xml: bytes, tags: tuple[str, ...]) -> Sequence[Text]:
    """The shared strings of a workbook, in their order; raises NotPlain."""
    text = decoded(xml)
    head, begin = Head.of(text)
    inner, end, after = text[begin:].rpartition(head.closing)
    around = f"{text[:begin]}<si/>{end}{after}"
    refuse_odd(around)
    if not end or len(_texts(_NUMBER.sub('="0"', around), tags)) != 1:
        raise NotPlain
    inner = inner.replace(_SPACED, _OPEN)
    found = inner[len(_OPEN) : -len(_CLOSE)].split(_CLOSE + _OPEN)
    if not (inner.startswith(_OPEN) and inner.endswith(_CLOSE) and inner.count("<") == 4 * len(found)):
        return _each(head, inner, tags)  # one of them is rich
    refuse_unknown(inner, found)
    return _meant(inner, found)


def _each(head: Head, inner: str, tags: tuple[str, ...]) -> Sequence[Text]:
    """The same one by one."""
    refuse_odd(inner)
    items = inner.split(_END)
    refuse_unknown(inner, items)
    found: list[Text] = []
    for item in items[:-1]:
        if item.startswith(_OPEN) and item.endswith("</t>") and item.count("<") == 3:
            found += _meant(item, [item[len(_OPEN) : -len("</t>")]])
        else:
            texts = _texts if len(item) < _REMEMBERED else _texts.__wrapped__
            found += texts(head.around(item + _END), tags)
    return [*found, *_texts(head.around(items[-1]), tags)]


def _meant(inner: str, texts: list[str]) -> list[str]:
    """The texts that stand in a piece of XML, as it means them."""
    if "&" in inner:
        texts = [unquoted(text) if "&" in text else text for text in texts]
    return [*map(unescaped, texts)] if ESCAPED.search(inner) else texts


@lru_cache(maxsize=1_000)
def _texts(xml: str, tags: tuple[str, ...]) -> tuple[Text, ...]:
    """The texts of a piece of the shared strings; the captions of all forms are the same."""
    return tuple(text_in(found) for found in parsed(xml).iter(*tags))
