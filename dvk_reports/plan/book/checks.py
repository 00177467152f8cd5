"""``checks.yaml``: what the rule book says of each sentence of the catalogue."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field

from dvk_reports.plan.book.entries import DatedBase, Entry
from dvk_reports.plan.book.references import CheckCode

ON: Literal["ap_dung"] = "ap_dung"
TRIAL, OFF = "thu_nghiem", "tat"


class InForce(DatedBase):
    """From when to when a check is on, on trial (warns, stops nothing) or off."""

    che_do: Literal["ap_dung", "thu_nghiem", "tat"] = ON
    den_ngay: date | None = None


class CheckRule(Entry):
    """What the rule book says of one sentence of the catalogue."""

    KEY: ClassVar[tuple[str, ...]] = ("thong_bao",)

    thong_bao: str
    ma: CheckCode
    muc: Literal["Chặn", "Cảnh báo", "Ghi chú"]
    pham_vi: Literal["tep", "mot_bao_cao", "ky_truoc", "toan_huyen", "danh_muc"]
    cau: str
    vi_du: str
    hieu_luc: list[InForce] = Field(min_length=1)

    def on(self, day: date) -> InForce | None:
        """The latest entry that holds on ``day``; None before the first and after the last."""
        held = [
            entry
            for entry in self.hieu_luc
            if entry.tu_ngay <= day and (entry.den_ngay is None or day <= entry.den_ngay)
        ]
        return max(held, key=lambda entry: entry.tu_ngay) if held else None


class ChecksFile(Entry):
    """Everything in ``checks.yaml``."""

    ten_ma: dict[str, str]
    luat: list[CheckRule]

    @cached_property
    def rules(self) -> Mapping[str, CheckRule]:
        """Name of the sentence -> its rule."""
        return {rule.thong_bao: rule for rule in self.luat}
