"""What one story of the awards is made of: rows of B9a and B9b, the gate they concern, how it should end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dvk_reports.plan.periods import Quarter
from tools.samples.history_awards import PRAISE

TAN_TIEN, NGHIA_DO, VINH_YEN, XUAN_HOA = "DB-XA-02950", "DB-XA-02953", "DB-XA-02956", "DB-XA-02962"
DIEN_QUAN, KIM_SON, XUAN_THUONG, YEN_SON, BAO_HA = (
    "DB-XA-02959",
    "DB-XA-02971",
    "DB-XA-02980",
    "DB-XA-02986",
    "DB-XA-02989",
)
TAN_DUONG, PHUC_KHANH, LUONG_SON = "DB-XA-02965", "DB-XA-02998", "DB-XA-02992"
FARMER = {"doi_tuong": "Nông dân"}
MET, NOT_MET, UNKNOWN = "Đạt", "Không đạt", "Thiếu căn cứ"
Finding = tuple[str, str, str]
"""(key of the cell, code, level)."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A row of B9a. ``born`` makes it a person's; ``quarter``: of the return, if not that of the unit's decision."""

    unit: str
    year: int
    model: str
    name: str
    born: date | None = None
    female: bool = False
    quarter: Quarter | None = None
    more: Mapping[str, object] = field(default_factory=dict)
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row of B9b of 2023-Q3."""

    unit: str
    model: str
    name: str
    form: str = PRAISE
    born: date | None = None
    female: bool = False
    more: Mapping[str, object] = field(default_factory=dict)
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Case:
    key: str
    what: str
    gate: str
    """E1 … E11 of the award round, or ``danh_tinh`` (who is who), ``hạng`` (ranking)."""
    expected: str
    rows: tuple[Recognised | Proposed, ...]


def model(unit: str, number: int = 1) -> str:
    return f"MH-{unit}-{number:03d}"
