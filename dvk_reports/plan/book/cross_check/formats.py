"""``formats.yaml``: marks of certainty name something of their entry, and both families of papers are told of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.formats import PARTY, STATE
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.rulebook import Plan


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """What ``formats.yaml`` says that does not fit together."""
    yield from _marks(plan.formats, ("formats.yaml",))
    for name, needed in (("duoi_ky_hieu", (PARTY, STATE)), ("tap_the", ("dang", "chuc_vu_dang"))):
        said = getattr(plan.formats, name)
        for key in needed:
            if key not in said:
                yield Wrong(("formats.yaml", name), f"thiếu mục {key}.", key)
        for key in said:
            if key not in needed:
                yield unknown(("formats.yaml", name, key), "mục", key, needed)


def _marks(entry: BaseModel, path: tuple[Any, ...]) -> Iterator[Wrong]:
    names = {*type(entry).model_fields, *getattr(entry, "MARKED", ())}
    for name, value in entry:
        if name == "chac_rieng":
            for key in value:
                if key not in names:
                    yield unknown((*path, name, key), "thuộc tính", key, names)
        elif isinstance(value, BaseModel):
            yield from _marks(value, (*path, name))
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _marks(item, (*path, name, at))
