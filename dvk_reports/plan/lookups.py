"""Meanings that the checks and the figures must read alike: model codes, thôn of a model, replications, reviews."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from dvk_reports.model.records import Row
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.text import fold

ACTIVE = ("Đang thực hiện", "Duy trì")
"""Trạng thái of a model that counts as active (forms: B2.trang_thai)."""
ENDED = ("Dừng", "Sáp nhập")
HIGH = "Hiệu quả cao"
REPLICATE = "Nhân rộng"
NIL = "Không phát sinh"

_CODE = re.compile(r"MH-(.+)-(\d{3,})")
_REVIEWERS = ("Tự đánh giá", "Đảng ủy đánh giá", "Ban Dân vận đánh giá")


def unit_of_code(code: str) -> str | None:
    """The unit part of a model code ``MH-<ma_don_vi>-<3 digits>``; None where it is no such code."""
    found = _CODE.fullmatch(code.strip().upper())
    return found[1] if found else None


def model_code(unit: str, number: int) -> str:
    return f"MH-{unit}-{number:03d}"


def number_of_code(code: str) -> int | None:
    found = _CODE.fullmatch(code.strip().upper())
    return int(found[2]) if found else None


def code_key(text: str) -> str:
    """Key by which two writings of one model code are the same."""
    return fold(text)


def review_rank(row: Row) -> tuple[date, int, int]:
    """Order of reviews: the greatest day; same day Ban Dân vận, then Đảng ủy, then Tự đánh giá, then the lower row."""
    day = row.day("ngay_danh_gia") or date.min
    form = row.text("hinh_thuc")
    return day, _REVIEWERS.index(form) if form in _REVIEWERS else -1, row.number


def last_reviews(rows: Iterable[Row]) -> dict[str, Row]:
    """Model key -> its latest review among rows of one return."""
    found: dict[str, Row] = {}
    for row in rows:
        key = code_key(row.text("ma_mo_hinh"))
        if key and (key not in found or review_rank(row) > review_rank(found[key])):
            found[key] = row
    return found


def replication(register: Register, unit: str, row: Row, models: Mapping[str, Row], day: date) -> bool | None:
    """Whether a row of B3b is a replication (MT4.2): another unit, or the own unit and a thôn that is not the model's.

    None where it cannot be told: the place or the model's thôn are not known.

    ``models``: model key -> its B2 row, of the same return. A unit merged into this one later was another unit then.
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
