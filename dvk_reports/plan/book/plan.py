"""``plan.yaml``: tasks, groups of units, single values."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dvk_reports.plan.book.entries import Dated, DatedBase, Entry, QuarterKey, Span
from dvk_reports.plan.book.roles import KindRole


class Task(Entry):
    """A task of the plan; ``figures.yaml`` says which figures belong to it."""

    ma: str
    ten: str
    thoi_gian: str
    can_cu: str
    chu_tri: list[Dated]


class Group(Entry):
    ma: str
    ten: str


class KindSpec(Span):
    """A kind of unit."""

    ma: str
    ten: str
    goi: str = ""
    """What a unit of the kind is called in a sentence ("xã"), where that is not ``ten``."""
    vai: list[Annotated[KindRole, Field(strict=False)]] = Field(default_factory=list)

    @property
    def called(self) -> str:
        return self.goi or self.ten


class Values(Entry):
    """Single values that a document or a convention of the office fixes."""

    moc_dang_ky_de_danh_gia: list[Dated]
    ngay_dang_ky_som_nhat: list[Dated]
    nam_cong_nhan_tu: list[Dated]
    nam_cong_nhan_den: list[Dated]
    nam_tap_huan: list[Dated]
    phieu_toi_thieu: list[Dated]
    hai_long_cao_bat_thuong: list[Dated]
    tien_lon_bat_thuong: list[Dated]
    doi_bat_thuong_lan: list[Dated]
    doi_bat_thuong_it_nhat: list[Dated]
    ten_mo_hinh_giong_tu: list[Dated]
    ten_mo_hinh_ngan_duoi: list[Dated]
    ten_mo_hinh_dai_tu: list[Dated]
    noi_dung_dai_tu: list[Dated]


class Annexed(DatedBase):
    """A unit that from a day on also covers places of another district, whose past is not at hand."""

    ma_don_vi: str
    gom_them: str


class PlanFile(Entry):
    ma: str
    ten: str
    dia_ban: str
    ky_dau: QuarterKey
    ky_cuoi: QuarterKey
    can_cu: str
    gia_tri: Values
    nhiem_vu: list[Task]
    nhom_don_vi: list[Group]
    loai_don_vi: list[KindSpec] = Field(min_length=1)
    tap_don_vi: dict[str, list[str]] = Field(default_factory=dict)
    """Named sets of unit kinds; in every list of kinds of the plan a name of a set stands for its kinds."""
    gom_ngoai_dia_ban: list[Annexed] = Field(default_factory=list)
