"""A unit of the sample district and the hand that fills its form.

Everything is drawn from ``random.Random`` seeded by the unit's code, so that the same unit always writes the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from dvk_reports.plan.periods import Quarter
from tools.samples.models_text import AGENCY, COMMUNE, ModelText

QUARTER = Quarter(2023, 3)
SEED = f"dan-van-kheo-{QUARTER.key}"
HIGH, FAIR, MIDDLE, LOW = "Hiệu quả cao", "Hiệu quả khá", "Trung bình", "Chưa hiệu quả"
REPLICATE = "Nhân rộng"

RowValues = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as its own clerk knows it."""

    code: str
    name: str
    kind: str
    short: str
    """As it is written inside a sentence: “xã Tân Tiến”, “Phòng Nội vụ”."""
    hamlets: tuple[tuple[str, str], ...] = ()
    """(code, name) of its thôn."""

    @property
    def commune(self) -> bool:
        return self.kind in ("DB_XA", "DB_TT")


@dataclass
class Report:
    """Content of one form. ``values``: key/value sheets; ``rows``: table sheets."""

    place: Place
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    rows: dict[str, list[RowValues]] = field(default_factory=dict)

    def add(self, sheet: str, **row: object) -> None:
        self.rows.setdefault(sheet, []).append(dict(row))


_FAMILY = ("Hoàng", "Lục", "Nông", "Triệu", "Bàn", "Đặng", "Lý", "Vàng", "Giàng", "Ma", "Nguyễn", "Trần", "Lương",
           "Phùng")  # fmt: skip
_MALE = ("Văn Tòng", "Văn Páo", "Văn Khoàn", "Seo Chứ", "Tiến Lành", "Văn Thích", "Quang Đàm", "Văn Quấy", "Đức Sềnh")
_FEMALE = ("Thị Mẩy", "Thị Pham", "Thị Dở", "Thị Nhói", "Thị Ích", "Thị Lả", "Thị Sao Mai", "Thị Chẩy", "Thị Ỏn")


class Hand:
    """What every sheet of a quarter is written with."""

    def __init__(self, place: Place, others: Sequence[Place], quarter: Quarter = QUARTER) -> None:
        self.place = place
        self.quarter = quarter
        self.first, self.last = quarter.first_day, quarter.last_day
        self.others = [other for other in others if other.code != place.code]
        self.rng = random.Random(f"dan-van-kheo-{quarter.key}:{place.code}")
        self.report = Report(place)
        self.key = place.code.rsplit("-", 1)[-1] if place.commune else place.code

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def inside(self, after: int, before: int) -> date:
        """A day of the quarter: so many days after its first, so many before its last."""
        return self.day(self.first + timedelta(days=after), self.last - timedelta(days=before))

    @property
    def cut_off(self) -> date:
        """Models registered from this day on are not yet reviewed in the year."""
        return date(self.quarter.year, 9, 1)

    def tenth(self, low: float, high: float) -> Decimal:
        return Decimal(round(self.rng.uniform(low, high) * 10)) / 10

    def person(self, female: bool) -> str:
        return f"{self.rng.choice(_FAMILY)} {self.rng.choice(_FEMALE if female else _MALE)}"

    def code(self, number: int) -> str:
        return f"MH-{self.place.code}-{number:03d}"

    def doer(self) -> str:
        return f"Khối dân vận {self.place.short}" if self.place.commune else capital(self.place.short)

    def active(self) -> list[RowValues]:
        rows = self.report.rows.get("B2", [])
        return [row for row in rows if row["trang_thai"] in ("Đang thực hiện", "Duy trì")]

    def text_of(self, model: RowValues) -> ModelText:
        pool = COMMUNE if self.place.commune else AGENCY
        return next(text for text in pool if text.product == model["ket_qua_du_kien"])


def lower(text: str) -> str:
    """“Thôn Nà Khéo” inside a sentence; “Bản Nà” is a name of its own."""
    return text if text.startswith("Bản ") else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_day(value: object) -> date:
    assert isinstance(value, date)
    return value
