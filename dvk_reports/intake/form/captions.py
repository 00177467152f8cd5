"""Captions of a form as they are compared with what stands in a file."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import lru_cache
from typing import NamedTuple

from dvk_reports.intake.form.grid import LONGEST
from dvk_reports.intake.form.shown import shown
from dvk_reports.intake.readers.raw import RawCell, RawValue
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.vietnamese.legacy import DOUBTFUL, readings
from dvk_reports.vietnamese.text import fold, remembered, tidy


@remembered
def caption(text: str) -> str:
    """A caption as it is compared: without the mark of a required field."""
    return fold(text.strip().strip("*").replace("(*)", ""))


def _caption_in(written: RawValue) -> str:
    if isinstance(written, str):
        return written.strip()  # one of so many letters is none
    if type(written) is int:
        return str(written)
    return caption(tidy(shown(written)))


@remembered
def _caption_in_text(written: str) -> str:
    return caption(tidy(shown(written)))


def caption_of(cell: RawCell, known: Container[str]) -> str:
    """A caption as it is compared; of one whose letters may be in an old encoding, the reading that is known."""
    written = cell.value if cell.value is not None else cell.struck
    text = _caption_in_text(written) if isinstance(written, str) and len(written) <= LONGEST else _caption_in(written)
    if cell.encoding != DOUBTFUL or text in known:
        return text
    return next((read for item in readings(str(cell.value), cell.font) if (read := caption(tidy(item))) in known), text)


class Captions(NamedTuple):
    """The captions of one sheet."""

    single: Mapping[str, str]
    """Caption -> key."""
    double: Mapping[tuple[str, str], str]
    """Group head and caption under it -> key."""
    lower: Container[str]
    """The captions under a group head."""
    known: Container[str]
    """All of them, group heads too."""


def captions_of(spec: SheetSpec) -> Captions:
    """The captions of a sheet; those of a key/value sheet stand whole on its lines."""
    if spec.table:
        return _captions(tuple((field.khoa, field.heads) for field in spec.truong))
    return _captions(tuple((field.khoa, (field.ten,)) for field in spec.truong))


@lru_cache(maxsize=1_000)
def _captions(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Captions:
    single = {caption(heads[0]): key for key, heads in fields if len(heads) == 1}
    double = {(caption(heads[0]), caption(heads[1])): key for key, heads in fields if len(heads) == 2}
    lower = {below for _, below in double}
    return Captions(single, double, lower, {*single, *lower, *(group for group, _ in double)})
