"""``documents.yaml``: official formats, papers, and how long a report is."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dvk_reports.plan.book.entries import DatedBase, Entry, Span, in_force
from dvk_reports.plan.book.references import AwardForm, IssuerName, KindName, LayoutName, TemplateName
from dvk_reports.plan.book.report_parts import ReportLength, ReportSpec, StageReport
from dvk_reports.plan.book.roles import DocumentRole


class Layout(DatedBase):
    """One official document format. Lengths in mm, font sizes and line pitch in pt."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    phong_chu: str
    rong: float
    cao: float
    le_tren: float
    le_duoi: float
    le_trai: float
    le_phai: float
    so_trang_cach_mep: float
    cot_trai: float
    cot_phai: float
    thut_dong: float
    cach_doan: float
    gian_dong: float
    co_noi_dung: float
    co_tieu_de_dang: float
    co_ten_loai: float
    co_noi_nhan: float
    co_trich_yeu_cong_van: float
    co_bang: float
    dau_noi_nhan: str
    ket_thuc: str = "."
    # Of the state format only: sizes of motto, organ, number, of “Nơi nhận:”, and what is measured to a text.
    co_tieu_ngu: float | None = None
    co_co_quan: float | None = None
    co_so_ky_hieu: float | None = None
    co_chu_noi_nhan: float | None = None
    phan_ke: float | None = None
    """Length of the line under organ and summary, as a part of the printed line above it."""
    gian_dong_lan: float | None = None
    """Line pitch as a multiple of single, where the format fixes no pt."""


class Name(Span):
    """How something is called in the sentences of papers, on the days that it is called so."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    la: str
    """What it is, for the mark that stands where no name is in force."""
    ten: str
    can_cu: str


class Issuer(Span):
    """Who issues papers on the days of the span: the lines of the head, the symbol, the place, who signs, who keeps."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    can_cu: str
    co_quan_cap_tren: str = ""
    co_quan: str
    ten_co_quan: str
    """The issuer inside a sentence."""
    tham_quyen: str = ""
    """Who decides, in capitals, in the line above the articles of a decision."""
    ky_hieu: str
    dia_danh: str
    quyen_han: str = ""
    chuc_vu: str
    luu: str


class DatedText(DatedBase):
    """A line of a paper that is right on some days only, such as the law that it cites."""

    KEY: ClassVar[tuple[str, ...]] = ("noi_dung",)

    noi_dung: str
    den_ngay: date | None = None


class StandingTask(DatedBase):
    """A line of “Phương hướng, nhiệm vụ trọng tâm”, in the papers whose next period touches its quarters and days."""

    KEY: ClassVar[tuple[str, ...]] = ("noi_dung",)

    noi_dung: str
    quy: list[Annotated[int, Field(ge=1, le=4)]]
    den_ngay: date | None = None


class DocumentSpec(DatedBase):
    """A Word paper: its template, its format, who issues it and its fixed words.

    A name of ``ten_goi`` stands in the words as ``{ma}``, what belongs to the issuer as ``{ky_hieu}``, ``{luu}``,
    ``{tham_quyen}``, ``{ten_co_quan}``; ``dvk_reports.plan.book.issued`` puts in what they are on a day.
    """

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    vai: Annotated[DocumentRole, Field(strict=False)]
    mau: TemplateName
    the_thuc: LayoutName
    co_quan_ban_hanh: IssuerName
    ky_hieu: str
    chuc_vu: str = ""
    """Who signs, where that is not the head of the issuer."""
    noi_nhan: list[str]
    can_cu_viet: list[str] = Field(default_factory=list)
    nhiem_vu_trong_tam: list[StandingTask] = Field(default_factory=list)
    ten_loai: str = ""
    trich_yeu: str = ""
    kinh_gui: str = ""
    tham_quyen: str = ""
    can_cu_van_ban: list[DatedText] = Field(default_factory=list)
    """Bases of a decision or request, in order, each cited on its own days."""
    gach_trich_yeu: bool = True
    """The five hyphens under the summary of a Party paper."""
    dang_danh_sach: Literal["bang", "dong"] = "bang"
    """Shape of the list that goes with it: a ruled table, or numbered lines."""
    hinh_thuc: AwardForm = ""
    """Form of award the paper is about, as in the drop-down ``hinh_thuc_khen``; blank: none or every one."""
    ten_hinh_thuc: str = ""
    """The same form, spelled out for a sentence."""
    ten_tep: str = ""
    """Name of its file in the folder of the award round, without the ending."""
    so_quyet_dinh: Literal["chung", "rieng"] = "chung"
    """One decision for all, or one with a number of its own for each group (tập thể, cá nhân)."""
    dieu_tien: Literal["rieng", "dieu_1"] = "rieng"
    """The money as an article of its own, or at the end of Điều 1."""
    loai_don_vi: list[KindName] = Field(default_factory=list)
    """Kinds of units that issue it, where it is a paper of the units themselves."""
    dau_ten: list[str] = Field(default_factory=list)
    """First words of the name of such a unit; the rest is put for {ten} in its issuer lines."""
    thi_hanh: str = ""
    """Who carries out a decision, in its last article."""
    noi_de_nghi: str = ""
    """Who has sent the dossiers that a request is about."""
    noi_xet: str = ""
    """The council whose meeting a request rests on."""


class DocumentsFile(Entry):
    """Everything in ``documents.yaml``."""

    dau_thanh: Literal["moi", "cu"] = "cu"
    """Tone placement of generated words: “uỷ, hoà” (moi) or “ủy, hòa” (cu)."""
    thu_tu_nhom: list[str] = Field(default_factory=list)
    """Order of the groups in a list of those praised; a group not named comes last, as given."""
    ngan_cach_dong: str = ", "
    """Between name, post and body of a subject, in every list."""
    tu_viet_thuong: list[str] = Field(default_factory=list)
    """Words of administrative units, written small before a proper name inside a sentence."""
    cach_tinh_02_nam: dict[str, str] = Field(default_factory=dict)
    """How each reading of “duy trì liên tục từ 02 năm” is told in a request."""
    tu_hanh_chinh: list[str] = Field(default_factory=list)
    """Words before the proper name of a commune, left out in the place of issue."""
    do_dai: list[ReportLength]
    bao_cao: ReportSpec
    giai_doan: list[StageReport] = Field(default_factory=list)
    """Ranges of quarters that are reported for an award round."""
    ten_goi: list[Name] = Field(default_factory=list)
    co_quan_ban_hanh: list[Issuer] = Field(default_factory=list)
    the_thuc: list[Layout]
    van_ban: list[DocumentSpec]

    def layout(self, name: str, day: date) -> Layout:
        """The page format of a name in force on the day; PlanError where there is none."""
        return in_force(name, [entry for entry in self.the_thuc if entry.ma == name], day)

    def length(self, kind: str, day: date) -> ReportLength:
        """How long the report of a period may be, on the day."""
        return in_force(f"do_dai {kind}", [entry for entry in self.do_dai if entry.ky == kind], day)
