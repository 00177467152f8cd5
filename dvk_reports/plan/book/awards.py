"""``awards.yaml``: rounds, quotas, the reading of “02 năm liên tục”, gates, ranking, money, laws; dated and cited."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import AfterValidator, Field

from dvk_reports.plan.book.entries import DatedBase, Entry, T, in_force
from dvk_reports.plan.book.references import AwardClass, AwardForm, Grade, RoundName

Reading = Literal["A", "B", "C"]
RankingStep = Literal[
    "xep_loai", "diem", "so_nam", "thu_tu_don_vi", "doi_tuong", "nu", "so_luot_nhan_rong", "thu_tu_danh_muc"
]
REGISTER_ORDER: RankingStep = "thu_tu_danh_muc"
GateCode = Literal["E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11"]
GATES: tuple[GateCode, ...] = get_args(GateCode)
Paper = Literal["hs_to_trinh", "hs_bao_cao", "hs_bien_ban", "hs_xac_nhan"]


def _number(value: str) -> str:
    try:
        positive = Decimal(value) >= 0
    except InvalidOperation:
        positive = False
    if not positive:
        raise ValueError("phải là số không âm, dấu thập phân là dấu chấm, ví dụ 0.3")
    return value


Number = Annotated[str, AfterValidator(_number)]


class Round(DatedBase):
    """One round, named by year and month (``2023-10``); ``tu_ngay`` is the first day of that month."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    ten: str
    han_nhan: date | None = None
    """Last day on which a proposal is taken in; none: nothing is late."""
    can_cu_han_nhan: str = ""

    @property
    def year(self) -> int:
        return self.tu_ngay.year


class QuotaSpec(DatedBase):
    """How many may be expected of one form and class in one round: a ceiling, never moved to another line."""

    KEY: ClassVar[tuple[str, ...]] = ("dot", "hinh_thuc", "phan_loai")

    dot: RoundName
    hinh_thuc: AwardForm
    phan_loai: AwardClass
    so: Annotated[int, Field(ge=0)]


class ReadingSpec(DatedBase):
    """How a disputed rule is read from a day on."""

    gia_tri: Reading


class Whole(DatedBase):
    """A whole number from a day on; it may be zero."""

    gia_tri: Annotated[int, Field(ge=0)]


class Positive(DatedBase):
    """A whole number of at least one from a day on."""

    gia_tri: Annotated[int, Field(ge=1)]


class Switch(DatedBase):
    """Whether something is asked for from a day on."""

    gia_tri: bool


class Cap(DatedBase):
    """The most that is allowed from a day on."""

    gia_tri: Annotated[int, Field(ge=1)] | None
    """None: off."""


class Ranking(DatedBase):
    """The steps of the ranking from a day on."""

    buoc: list[RankingStep] = Field(min_length=1)


class Share(DatedBase):
    """A part of the whole from a day on."""

    gia_tri: Number

    @property
    def number(self) -> Decimal:
        return Decimal(self.gia_tri)


class Dossier(DatedBase):
    """Papers a dossier must have: keys of B9b."""

    giay_to: list[Paper] = Field(min_length=1)


class GateSpec(DatedBase):
    """A condition of an award: its code, and what it asks for."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: GateCode
    ten: str


class ClassFrom(Entry):
    """The score from which a class is given."""

    KEY: ClassVar[tuple[str, ...]] = ("xep_loai",)

    xep_loai: Grade
    tu: Number


class Scale(Entry):
    """Points of a criteria version: their most, and from how many on each class begins."""

    toi_da: Number
    nguong: list[ClassFrom]


class Criterion(Entry):
    """One criterion of the score, and its highest mark."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    toi_da: Number | None = None


class Criteria(DatedBase):
    """One version of the criteria. None is published for the district, so none is shipped."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    tieu_chi: list[Criterion]
    thang_diem: Scale | None = None


class Authority(DatedBase):
    """Who grants a form of award, in which family of papers, and until when that body exists."""

    KEY: ClassVar[tuple[str, ...]] = ("hinh_thuc",)

    hinh_thuc: AwardForm
    co_quan: str
    the_thuc: Literal["dang", "nha_nuoc"]
    cap_huyen: bool
    den_ngay: date | None = None

    def exists(self, day: date) -> bool:
        """Whether the quota is in force on the day."""
        return self.tu_ngay <= day and (self.den_ngay is None or day <= self.den_ngay)


class Coefficient(DatedBase):
    """Money of a form and class, as a multiple of lương cơ sở."""

    KEY: ClassVar[tuple[str, ...]] = ("hinh_thuc", "phan_loai")

    hinh_thuc: AwardForm
    phan_loai: AwardClass
    gia_tri: Number
    da_doi_chieu: bool
    """Whether the number was read in the text of the decree itself."""

    @property
    def number(self) -> Decimal:
        return Decimal(self.gia_tri)


class Law(DatedBase):
    """A law or decision that the papers of a round cite."""

    KEY: ClassVar[tuple[str, ...]] = ("noi_dung",)

    noi_dung: str
    den_ngay: date | None = None


class AwardValues(Entry):
    """Everything of the rounds that is a single value."""

    cach_tinh_02_nam: list[ReadingSpec]
    so_nam_toi_thieu: list[Positive]
    dung_sai_ngay_cong_bo: list[Whole]
    """Days after the last day of the recognition window that still pass."""
    yeu_cau_hieu_qua_cao: list[Switch]
    """Whether an award of the district asks for Hiệu quả cao."""
    toi_da_moi_don_vi: list[Cap]
    ty_le_nu_tap_the: list[Share]
    lam_tron_tien: list[Positive]


class AwardsFile(Entry):
    """Everything in ``awards.yaml``."""

    dot: list[Round]
    chi_tieu: list[QuotaSpec]
    gia_tri: AwardValues
    xep_hang: list[Ranking]
    ho_so: list[Dossier]
    dieu_kien: list[GateSpec]
    tieu_chi: list[Criteria]
    tham_quyen: list[Authority]
    he_so: list[Coefficient]
    luong_co_so: list[Positive]
    """Đồng a month."""
    phap_luat: list[Law]

    def quotas(self, name: str, day: date) -> tuple[QuotaSpec, ...]:
        """The quotas of a round in force on a day, in the order of the file."""
        lines: dict[tuple[str, str], list[QuotaSpec]] = {}
        for entry in self.chi_tieu:
            if entry.dot == name:
                lines.setdefault((entry.hinh_thuc, entry.phan_loai), []).append(entry)
        return tuple(
            in_force("chi_tieu", series, day) for series in lines.values() if any(e.tu_ngay <= day for e in series)
        )

    def gate(self, code: str, day: date) -> GateSpec:
        """The condition in force on the day; PlanError where there is none."""
        return in_force(f"dieu_kien {code}", [entry for entry in self.dieu_kien if entry.ma == code], day)

    def criteria(self, day: date) -> Criteria | None:
        """The version in force; None where none has been issued."""
        return _latest(self.tieu_chi, day)

    def authority(self, form: str, day: date) -> Authority | None:
        """Who grants the form on a day, or granted it last; None where nobody does yet."""
        return _latest([entry for entry in self.tham_quyen if entry.hinh_thuc == form], day)

    def coefficient(self, form: str, kind: str, day: date) -> Coefficient | None:
        """The coefficient of a form of award and a class on the day, if there is one."""
        return _latest([e for e in self.he_so if e.hinh_thuc == form and e.phan_loai == kind], day)

    def laws(self, day: date) -> tuple[Law, ...]:
        """The laws in force on the day."""
        return tuple(
            law for law in self.phap_luat if law.tu_ngay <= day and (law.den_ngay is None or day <= law.den_ngay)
        )


def _latest(series: list[T], day: date) -> T | None:
    past = [entry for entry in series if entry.tu_ngay <= day]
    return max(past, key=lambda entry: entry.tu_ngay) if past else None


def first_of_month(name: str) -> date:
    """``2023-10`` -> the first day of that month."""
    year, month = name.split("-")
    return date(int(year), int(month), 1)
