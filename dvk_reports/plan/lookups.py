"""Meanings that the checks and the figures must read alike: labels, model codes, reviews, replications."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from dvk_reports.model.values import Row, Typed, Value
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.text import fold
from dvk_reports.vietnamese.words import NO, YES

_CODE = re.compile(r"MH-(.+)-(\d{3,})")
REVIEWERS = "hinh_thuc_danh_gia"
"""The list of who reviews a model, from the weakest word to the strongest."""


def label_of(value: Value | None) -> str:
    """The label that a cell of a list, or of Có/Không, stands under; "" where it has none."""
    return _label(None if value is None else value.typed)


def label_in(row: Row, key: str) -> str:
    """The same of the cell of a row; "" where the row has no such cell."""
    return _label(row.typed(key))


def _label(typed: Typed | None) -> str:
    if isinstance(typed, bool):
        return YES if typed else NO
    return typed if isinstance(typed, str) else ""


def unit_of_code(code: str) -> str | None:
    """The unit part of a model code ``MH-<ma_don_vi>-<3 digits>``; None where it is no such code."""
    found = _CODE.fullmatch(code.strip().upper())
    return found[1] if found else None


def model_code(unit: str, number: int) -> str:
    """The model code of a unit's model of that number."""
    return f"MH-{unit}-{number:03d}"


def number_of_code(code: str) -> int | None:
    """The number part of a model code; None where it is no such code."""
    found = _CODE.fullmatch(code.strip().upper())
    return int(found[2]) if found else None


def code_key(text: str) -> str:
    """Key by which two writings of one model code are the same."""
    return fold(text)


def review_rank(plan: Plan, row: Row) -> tuple[date, int, int]:
    """Order of the reviews of a model: by day, then by the reviewer's place in his list, then by the row."""
    reviewers, reviewer = plan.labels(REVIEWERS), row.text("hinh_thuc")
    place = reviewers.index(reviewer) if reviewer in reviewers else -1
    return row.day("ngay_danh_gia") or date.min, place, row.number


def last_reviews(plan: Plan, rows: Iterable[Row]) -> dict[str, Row]:
    """Model key -> its latest review among rows of one return."""
    found: dict[str, Row] = {}
    for row in rows:
        key = code_key(row.text("ma_mo_hinh"))
        if key and (key not in found or review_rank(plan, row) > review_rank(plan, found[key])):
            found[key] = row
    return found


def replication(register: Register, unit: str, row: Row, models: Mapping[str, Row], day: date) -> bool | None:
    """Whether a row says that a model was taken up elsewhere: in another unit, or in another thôn of the unit itself.

    None where it cannot be told: the place or the model's thôn are not known.

    ``models``: model key -> its row in the list of models, of the same return. A unit that was merged into this one
    later was another unit then.
    """
    if not row.text("noi_nhan_rong"):
        return None
    place = register.resolve_unit(row.text("noi_nhan_rong"), day)
    if place is None or place.code != unit:
        return True
    model = models.get(code_key(row.text("ma_mo_hinh")))
    named, _ = register.resolve_hamlets(unit, row.text("thon_nhan_rong"), day)
    if not named:
        return False
    if model is None:
        return None
    text = model.values.get("ma_thon")
    if text is not None and text.typed is None and not text.blank:
        return None
    covered, _ = register.resolve_hamlets(unit, model.text("ma_thon"), day)
    return bool({h.code for h in named} - {h.code for h in covered})
