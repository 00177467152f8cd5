"""``plan.yaml``: tasks, groups of units, single values."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from dvk_reports.plan.book.entries import Dated, DatedBase, DatedNumber, Entry, QuarterKey, Span
from dvk_reports.plan.book.references import KindName
from dvk_reports.plan.book.roles import KindRole
from dvk_reports.vietnamese.spellings import Spellings


def _month_day(value: str) -> str:
    try:
        day, month = value.split("/")
        date(2000, int(month), int(day))
    except ValueError:
        raise ValueError(f"“{value}” không phải là ngày/tháng, ví dụ 15/10") from None
    return value


def _day(value: str) -> str:
    try:
        day, month, year = value.split("/")
        date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"“{value}” không phải là ngày/tháng/năm, ví dụ 01/01/2010") from None
    return value


def _years(value: str) -> str:
    if not all(part.strip().isdecimal() and len(part.strip()) == 4 for part in value.split(";")):
        raise ValueError(f"“{value}” không phải là các năm cách nhau bằng dấu chấm phẩy, ví dụ 2022; 2023")
    return value


class DatedMonthDay(Dated):
    """A day of every year: ``15/10``."""

    gia_tri: Annotated[str, AfterValidator(_month_day)]


class DatedDay(Dated):
    """One day: ``01/01/2010``."""

    gia_tri: Annotated[str, AfterValidator(_day)]


class DatedYears(Dated):
    """Years, parted by semicolons."""

    gia_tri: Annotated[str, AfterValidator(_years)]


class Task(Entry):
    """A task of the plan; ``figures.yaml`` says which figures belong to it."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    thoi_gian: str
    can_cu: str
    chu_tri: list[Dated]
    phoi_hop: list[Dated] = Field(default_factory=list)
    """The bodies that take part."""
    nam: list[int] = Field(default_factory=list)
    """The years in which it is done; none named: every year of the plan."""
    han: list[DatedMonthDay] = Field(default_factory=list)
    """Day of the year by which it is done; none named: the last day of the year."""


class Group(Entry):
    """A group of units as the report prints them."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str


class KindSpec(Span):
    """A kind of unit."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

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

    moc_dang_ky_de_danh_gia: list[DatedMonthDay]
    ngay_dang_ky_som_nhat: list[DatedDay]
    nam_cong_nhan_tu: list[DatedMonthDay]
    nam_cong_nhan_den: list[DatedMonthDay]
    nam_tap_huan: list[DatedYears]
    phieu_toi_thieu: list[DatedNumber]
    hai_long_cao_bat_thuong: list[DatedNumber]
    tien_lon_bat_thuong: list[DatedNumber]
    doi_bat_thuong_lan: list[DatedNumber]
    doi_bat_thuong_it_nhat: list[DatedNumber]
    cung_ky_lan: list[DatedNumber] = Field(default_factory=list)
    cung_ky_it_nhat: list[DatedNumber] = Field(default_factory=list)
    cung_loai_it_nhat: list[DatedNumber] = Field(default_factory=list)
    cung_loai_diem_lech: list[DatedNumber] = Field(default_factory=list)
    cung_loai_chenh_lech_it_nhat: list[DatedNumber] = Field(default_factory=list)
    nhan_xet_dai_nhat: list[DatedNumber] = Field(default_factory=list)
    """Of rules that a plan need not have."""
    ten_mo_hinh_giong_tu: list[DatedNumber]
    ten_mo_hinh_ngan_duoi: list[DatedNumber]
    ten_mo_hinh_dai_tu: list[DatedNumber]
    noi_dung_dai_tu: list[DatedNumber]
    danh_muc_ngay_som_nhat: list[DatedDay]
    danh_muc_nam_them: list[DatedNumber]
    danh_muc_tien_lon_nhat: list[DatedNumber]
    danh_muc_ma_dai_nhat: list[DatedNumber]


class ShortForm(Entry):
    """A short form in the names of places and bodies, with what it may stand for, the likeliest first."""

    KEY: ClassVar[tuple[str, ...]] = ("viet",)

    viet: str = Field(min_length=1)
    la: list[str] = Field(min_length=1)


class Annexed(DatedBase):
    """A unit that from a day on also covers places of another district, whose past is not at hand."""

    KEY: ClassVar[tuple[str, ...]] = ("ma_don_vi",)

    ma_don_vi: str
    gom_them: str


class PlanFile(Entry):
    """Everything in ``plan.yaml``."""

    ke_thua: str = ""
    """The plan that this one takes over: the name of a bundled one, or its folder."""
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
    tap_don_vi: dict[str, list[KindName]] = Field(default_factory=dict)
    """Named sets of unit kinds; in every list of kinds of the plan a name of a set stands for its kinds."""
    gom_ngoai_dia_ban: list[Annexed] = Field(default_factory=list)
    viet_tat: list[ShortForm] = Field(default_factory=list)
    """Short forms that a unit may write for the words of a name."""

    @property
    def spellings(self) -> Spellings:
        """How names may be written."""
        return Spellings({entry.viet: tuple(entry.la) for entry in self.viet_tat})
