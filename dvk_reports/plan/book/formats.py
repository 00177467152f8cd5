"""``formats.yaml``: how an official paper must look, as data: each line with its basis and how sure it is.

A profile is one official format (of the Party or of the State) with the days on which papers were made in it.
Sizes in pt, lengths in mm; a range is ``[least, most]``.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Family = Literal["dang", "nha_nuoc"]
PARTY: Family = "dang"
STATE: Family = "nha_nuoc"
Mark = Literal["V", "Q", "S", "U", "D"]
"""V read in the original, Q quoted from it, S from a digest: sure. U unverified, D derived: worth a look only."""
SURE = frozenset("VQS")


def _rising(value: list[float]) -> list[float]:
    if len(value) == 2 and value[0] > value[1]:
        raise ValueError("khoảng viết ngược: số nhỏ đứng trước")
    return value


Range = Annotated[list[float], Field(min_length=2, max_length=2), AfterValidator(_rising)]
Component = Literal[
    "quoc_hieu",
    "tieu_ngu",
    "tieu_de",
    "co_quan_cap_tren",
    "co_quan",
    "so_ky_hieu",
    "dia_danh_ngay",
    "ten_loai",
    "trich_yeu",
    "trich_yeu_cong_van",
    "kinh_gui",
    "tham_quyen",
    "can_cu",
    "quyet_dinh",
    "noi_dung",
    "phan",
    "ten_phan",
    "muc_la_ma",
    "dieu",
    "diem",
    "quyen_han",
    "chuc_vu",
    "ho_ten",
    "noi_nhan",
    "danh_sach_noi_nhan",
    "khan",
    "luu_hanh",
    "nguoi_soan",
    "phu_luc",
    "ten_phu_luc",
    "kem_theo",
]
"""The parts of an official paper, as the linter asks for them."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class _Marked(_Entry):
    """Something with a basis and with marks: one for the whole, others for single values."""

    chac: Mark
    chac_rieng: dict[str, Mark] = {}
    nguon: str

    def sure(self, name: str = "") -> bool:
        return self.chac_rieng.get(name, self.chac) in SURE


class PageSpec(_Marked):
    """The page of a format: its size and margins."""

    MARKED: ClassVar[tuple[str, ...]] = ("kho",)

    rong: float
    cao: float
    le_tren: Range
    le_duoi: Range
    le_trai: Range
    le_phai: Range


class PageNumberSpec(_Marked):
    """Page numbers of a format."""

    co: Range
    cach_mep: float | None


class FontSpec(_Marked):
    """The font of a format and its colour."""

    ten: str
    mau: str


class Below(_Entry):
    """What stands under a component: a line as long as ``phan`` of the text, an asterisk, or five hyphens."""

    kieu: Literal["ke", "sao", "gach"]
    phan: Range = [1, 1]
    chac: Mark | None = None


class Pitch(_Entry):
    """``chinh_xac``: exactly so many pt; ``boi``: so many times a single line."""

    kieu: Literal["chinh_xac", "boi"]
    tu: float
    den: float


class ComponentSpec(_Marked):
    """One row of the table of components; None: the format says nothing of it."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: Component
    o: str
    ten: str
    vi_tri: str
    can: Literal["trai", "giua", "phai", "deu"] | None = None
    kieu_chu: Literal["hoa", "thuong"] | None = None
    co: Range
    dam: bool | None = None
    nghieng: bool | None = None
    gach_chan: bool | None = None
    duoi: Below | None = None
    thut_dong: list[float] = []
    cach_doan: float | None = None
    gian_dong: Pitch | None = None
    vi_du: str = ""


class WordingSpec(_Marked):
    """Fixed words and signs. ``ky_hieu`` holds {so}, {loai}, {co_quan}; ``luu`` may hold {ten}."""

    MARKED: ClassVar[tuple[str, ...]] = ("can_cu",)

    ky_hieu: str
    trich_yeu_chu_dau: Literal["hoa", "thuong"]
    cong_van_vv: bool
    can_cu_dau_dong: str
    can_cu_cuoi: list[str]
    ket_thuc: str
    ket_thuc_khac: str = ""
    noi_nhan_dau: str
    luu: str
    ky_thay: Literal["/", "."]
    kinh_to_trinh: list[str]


class Profile(_Entry):
    """One official format and the days on which papers were issued in it."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    ho: Family
    tu_ngay: date
    den_ngay: date | None = None
    can_cu: str
    trang: PageSpec
    so_trang: PageNumberSpec
    phong_chu: FontSpec
    loi_van: WordingSpec
    khong_gach_trich_yeu: list[str] = []
    thanh_phan: list[ComponentSpec]

    @cached_property
    def components(self) -> Mapping[str, ComponentSpec]:
        return {spec.ma: spec for spec in self.thanh_phan}


class KindOfPaper(_Entry):
    """A kind of paper and its abbreviation in the symbols of Party and State."""

    KEY: ClassVar[tuple[str, ...]] = ("ten",)

    ten: str
    dang: str = ""
    nha_nuoc: str = ""


class Tolerance(_Entry):
    """What is too small to tell: lengths in mm, sizes in pt, drawn lines in mm."""

    mm: float
    pt: float
    ke: float


class Abolished(_Entry):
    """Organs that issue nothing after a day, known by words of their names."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    sau_ngay: date
    tu: list[str]
    thay: str
    can_cu: str
    chac: Mark


class ToneRule(_Entry):
    """How tone marks are placed in this format."""

    dung: str
    khac: str
    chac: Mark


class CitedLaw(_Entry):
    """A law or decree that may be cited only on the days it was in force."""

    KEY: ClassVar[tuple[str, ...]] = ("ten",)

    nhan: list[str]
    ten: str
    tu_ngay: date | None = None
    den_ngay: date | None = None
    thay: str
    chac: Mark


class FormatsFile(_Entry):
    """Everything in ``formats.yaml``."""

    sai_so: Tolerance
    the_thuc: list[Profile]
    loai_van_ban: list[KindOfPaper]
    cong_van: dict[Family, str]
    vi_du_cong_van: str
    """A number of a letter of the State, for an example."""
    dau_ten_co_quan: list[str]
    duoi_ky_hieu: dict[str, list[str]]
    tap_the: dict[str, list[str]]
    tham_quyen_rieng: list[str]
    hoc_ham: list[str]
    co_quan_da_bo: list[Abolished]
    dat_dau: ToneRule
    vien_dan: list[CitedLaw]
