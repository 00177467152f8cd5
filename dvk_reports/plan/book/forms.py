"""``forms.yaml``: sheets of the form, their fields, duties and rules."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from dvk_reports.plan.book.bounds import Bounds
from dvk_reports.plan.book.entries import DatedBase, Entry, Span
from dvk_reports.plan.book.reading_words import ReadingWords
from dvk_reports.plan.book.references import KindName, ListName
from dvk_reports.plan.book.roles import LabelRole, SheetRole

KINDS = ("chu", "nguyen", "so", "ngay", "chon", "co_khong")
DUE, IF_ANY = "den_han", "neu_co"


class ReadAs(Entry):
    """How a return on an earlier version of the form is read as this one; what is not named has stayed as it was."""

    KEY: ClassVar[tuple[str, ...]] = ("phien_ban",)

    phien_ban: str
    """The earlier version."""
    doi_bieu: dict[str, str] = Field(default_factory=dict)
    """Sheet of the earlier version -> sheet of this one."""
    doi_cot: dict[str, str] = Field(default_factory=dict)
    """Column of the earlier version, as ``B5.so_luot`` -> its key here, on the sheet that its sheet is read as."""
    doi_nhan: dict[str, dict[str, str]] = Field(default_factory=dict)
    """List of the earlier version -> its label -> the label here."""
    bo_bieu: list[str] = Field(default_factory=list)
    """Sheets of the earlier version that are read no more."""
    bo_cot: list[str] = Field(default_factory=list)
    """Columns of the earlier version that are read no more."""
    them_cot: list[str] = Field(default_factory=list)
    """Columns of this version that the earlier form did not have: they stay blank and stop nothing."""


class FormVersion(DatedBase):
    """A version of the form, and how earlier ones are read."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    doc_tu: list[ReadAs] = Field(default_factory=list)


class Label(Span):
    """One label of a drop-down, and what it means."""

    KEY: ClassVar[tuple[str, ...]] = ("ten",)

    ten: str
    vai: list[Annotated[LabelRole, Field(strict=False)]] = Field(default_factory=list)
    sang: list[str] | None = None
    """Labels that may follow it in the next quarter; None: any."""


def _as_label(value: Any) -> Any:
    return {"ten": value} if isinstance(value, str) else value


class Choice(DatedBase):
    """One drop-down; its labels in order, as plain words or as entries with their role and days."""

    nhan: list[Annotated[Label, BeforeValidator(_as_label)]] = Field(min_length=1)

    @cached_property
    def labels(self) -> list[str]:
        return [label.ten for label in self.nhan]


class FieldSpec(Span):
    """One column of a table sheet, or one line of a key/value sheet."""

    KEY: ClassVar[tuple[str, ...]] = ("khoa",)

    khoa: str
    ten: str
    kieu: Literal["chu", "nguyen", "so", "ngay", "chon", "co_khong"]
    huong_dan: str = Field(max_length=255)
    bat_buoc: bool = False
    danh_sach: ListName | None = None
    bien: Literal["S", "F"] | None = None
    rong: int = 40
    in_san: bool = False
    cho_san: bool = False
    """Pre-printed on free rows too, so it alone makes no row."""
    lay_lai: bool = False
    """Printed again in the next form as the unit last wrote it: who fills it in, who signs."""
    tu_tinh: bool = False
    """Counted by the form itself and always recomputed, so it makes no row and is never read as an answer."""
    ca_nhan: bool = False
    """Of a person (birth date, telephone, ethnic group): it leaves the office only where a paper needs it."""
    la_ma: bool = False
    """Holds codes: of a model, a thôn."""
    so_hieu: bool = False
    """Holds a number or symbol that is no quantity: of a document, a voucher, a telephone."""
    gioi_han: str | None = None
    """Name of its bound; None: the one of its type."""
    la_quy_mo: bool = False
    """Says how large the unit is: the other numbers of the sheet are laid against it where units are compared."""

    @property
    def numeric(self) -> bool:
        return self.kieu in ("nguyen", "so")

    @property
    def bound(self) -> str:
        """Name of the bound that its numbers or days lie in."""
        return self.gioi_han or self.kieu

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Caption path: ("Thái độ", "Hài lòng") or ("Ghi chú",)."""
        return tuple(part.strip() for part in self.ten.split(" / "))


class Duty(Span):
    """Which kinds of unit are given a sheet, in which quarters, and whether they must send it."""

    nghia_vu: Literal["den_han", "neu_co"]
    quy: list[Annotated[int, Field(ge=1, le=4)]]
    loai_don_vi: list[KindName]
    chi_nam_co_dot_khen: bool = False


class When(Entry):
    """A condition on another cell of the row, or on the kind of unit."""

    o: str | None = None
    la: list[str] | None = None
    tren: int | None = None
    da_ghi: bool = False
    trong_ky: bool = False
    loai_don_vi: list[KindName] | None = None


class SheetRule(Span):
    """A rule on one row or sheet; two that look at the same columns on the same condition are one."""

    KEY: ClassVar[tuple[str, ...]] = ("loai", "o", "khi", "phan", "toan_the", "truoc", "sau")


class RequiredIf(SheetRule):
    """A cell that is required where a condition holds."""

    loai: Literal["bat_buoc_khi"]
    o: str
    khi: When


class AtMost(SheetRule):
    """A part that may not be larger than its whole."""

    loai: Literal["khong_vuot"]
    phan: str
    toan_the: str


class AddsUp(SheetRule):
    """Parts that must add up to their whole."""

    loai: Literal["cong_bang"]
    phan: list[str]
    toan_the: str


class DateOrder(SheetRule):
    """Two days in their order."""

    loai: Literal["thu_tu_ngay"]
    truoc: str
    sau: str
    muc: Literal["Chặn", "Cảnh báo"] = "Chặn"


class DateWithin(SheetRule):
    """A day that must lie in a span."""

    loai: Literal["ngay_trong"]
    o: str
    tu: Literal["dau_ky"] | date
    den: Literal["cuoi_ky"]


class Unique(SheetRule):
    """Cells that no two rows may share."""

    loai: Literal["duy_nhat"]
    o: list[str]
    khi: When | None = None
    muc: Literal["Chặn", "Cảnh báo"]


class Longest(SheetRule):
    """The most characters that a text may have."""

    loai: Literal["toi_da_chu"]
    o: str
    so: int


class Largest(SheetRule):
    """The most that a number may be, save where a condition holds."""

    loai: Literal["toi_da_so"]
    o: str
    so: int
    tru_khi: When


class MoneyDoubt(SheetRule):
    """An amount so large that it may have been written in đồng."""

    loai: Literal["nghi_don_vi_tien"]
    o: str


class Symbol(SheetRule):
    """The symbol that the number of a document must bear."""

    loai: Literal["ky_hieu"]
    o: str
    thuoc: list[str]
    vi_du: str


class KindOnly(SheetRule):
    """A cell that only some kinds of unit may fill in."""

    loai: Literal["chi_loai_don_vi"]
    o: str
    loai_don_vi: list[KindName]


Rule = Annotated[
    RequiredIf | AtMost | AddsUp | DateOrder | DateWithin | Unique | Longest | Largest | MoneyDoubt | Symbol | KindOnly,
    Field(discriminator="loai"),
]


class SheetSpec(DatedBase):
    """One sheet of the form."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    vai: Annotated[SheetRole, Field(strict=False)] | None = None
    """The part it plays for the program; None: its rows are kept, checked and shown, and no code asks for it."""
    den_ngay: date | None = None
    ten: str
    bo_cuc: Literal["khoa_gia_tri", "bang"]
    don_vi_tinh: str = ""
    giao: list[Duty]
    truong: list[FieldSpec]
    luat: list[Rule] = Field(default_factory=list)

    @property
    def table(self) -> bool:
        return self.bo_cuc == "bang"

    @cached_property
    def fields(self) -> Mapping[str, FieldSpec]:
        return {spec.khoa: spec for spec in self.truong}

    @cached_property
    def size(self) -> str:
        """Key of the column that says how large the unit is; "" where there is none."""
        return next((field.khoa for field in self.truong if field.la_quy_mo), "")

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.fields)

    @cached_property
    def tick(self) -> str:
        """Key of this sheet's tick on BIA (it may not exist there)."""
        return tick_of(self.ma)


def tick_of(sheet: str) -> str:
    """Key of the tick on the cover that says of a sheet that there is nothing to report."""
    return f"khong_phat_sinh_{sheet.lower()}"


class FormsFile(Entry):
    """Everything in ``forms.yaml``."""

    phien_ban: list[FormVersion]
    danh_sach: dict[str, Choice]
    gioi_han: Bounds
    cach_doc: ReadingWords
    bieu: list[SheetSpec]
