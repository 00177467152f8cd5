"""The parts of the report, what they say in which report, and where a figure stands in them.

``documents.yaml`` has the parts, the annexes and the sentences of the report as a whole; ``figures.yaml`` says with
each figure in which of them it stands and in which words.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field

from dvk_reports.plan.book.entries import DatedBase, Entry, NumberText
from dvk_reports.plan.book.references import AnnexName, FrameName, PartName, RoundName, TaskCode

ReportKind = Literal["quy", "sau_thang", "chin_thang", "nam", "so_ket", "tong_ket"]
REPORT_KINDS: tuple[ReportKind, ...] = get_args(ReportKind)

_MIDDLE = 50
"""Where an entry stands that does not say it."""


class State(StrEnum):
    """What is known of a figure; each state may have a sentence of its own."""

    KNOWN = "co"
    MET = "dat"
    MISSED = "khong_dat"
    YEAR_OPEN = "chua_het_nam"
    UNDECIDED = "chua_du"
    ZERO = "bang_khong"
    UNKNOWN = "chua_ro"


class StateSentences(Entry):
    """A sentence for each state. What is blank is not said; a known figure is said in ``co`` where it has no other."""

    co: str | None = None
    dat: str | None = None
    khong_dat: str | None = None
    chua_het_nam: str | None = None
    chua_du: str | None = None
    bang_khong: str | None = None
    chua_ro: str | None = None

    def of(self, state: State) -> str | None:
        """The sentence for a state of the figure; None where the plan has none."""
        found: str | None = getattr(self, state.value)
        return found

    @property
    def sentences(self) -> dict[str, str]:
        """Key -> sentence of every state that has one."""
        return {state.value: text for state in State if (text := self.of(state)) is not None}


class Tail(Entry):
    """What ends a sentence, said once of all the sentences that follow each other and would end so."""

    mot: str
    nhieu: str
    """Of several; ``{n}`` is how many, in words."""


class Frame(StateSentences):
    """A frame that sentences of figures are put into, for each state."""

    duoi: dict[Literal["dat", "khong_dat", "chua_het_nam", "chua_du"], Tail] = Field(default_factory=dict)
    """State -> the tail of its sentences."""


class Place(StateSentences):
    """Where a figure stands in the report: a part that says it, a table, or a task of the annex of tasks.

    In a part its sentences are put into the frame ``mau`` where there is one: they are the ``{cau}`` of the frame, and
    ``con_lai`` is its ``{con_lai}``.
    """

    KEY: ClassVar[tuple[str, ...]] = ("phan", "mau", "bang", "nhiem_vu", "dong")

    phan: PartName | None = None
    bang: Literal["muc_tieu"] | None = None
    nhiem_vu: TaskCode | None = None
    bao_cao: list[ReportKind] = Field(default_factory=list)
    """The reports in which it stands; blank: all."""
    thu_tu: int = _MIDDLE
    """Its order; what has the same stands in the order of ``figures.yaml``."""
    mau: FrameName | None = None
    """The frame of its sentences."""
    con_lai: str | None = None
    """Who or what is left, in words of the figure's own."""
    dong: str = ""
    """The line of its breakdown that the sentences are on; blank: the figure itself."""
    tu_don_vi: str | None = None
    """Another word for the unit of measure in these sentences."""
    cung: dict[str, str] = Field(default_factory=dict)
    """Figure -> what it is about: said in one sentence with this one (``{thap_nhat}``, ``{tong}``, ``{cac_khoan}``)."""
    neu_ten: bool = True
    """In the table of targets: whether those who have not met it are named in the annex."""
    it_nhat: NumberText | None = None
    """Said only from this size on, above or below zero."""

    def stands_in(self, kind: ReportKind) -> bool:
        """Whether it stands in a report of this kind."""
        return not self.bao_cao or kind in self.bao_cao


class ChartWords(Entry):
    """How a figure is called in charts."""

    ten: str
    ngan: str = ""
    """Inside a sentence that describes the chart."""


class Part(Entry):
    """A part of the report, in the order of the page: a heading, or text.

    The ``ma`` of a text is a field of the Word template. A heading is printed where something below it is.
    """

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str = ""
    """What it is, for whoever edits the Word template."""
    de_muc: str = ""
    """A heading: its words, without the number."""
    cap: Literal["phan", "muc", "tieu_muc"] | None = None
    """Level of a heading: “Phần thứ nhất”, “I.”, “1.”."""
    doan: Literal["lien", "rieng", "gach"] = "lien"
    """Its sentences make one paragraph, one paragraph each, or one each after a hyphen."""
    ngoai: bool = False
    """Stands outside of the body: the template has a place of its own for it."""
    bao_cao: list[ReportKind] = Field(default_factory=list)

    def stands_in(self, kind: ReportKind) -> bool:
        """Whether it stands in a report of this kind."""
        return not self.bao_cao or kind in self.bao_cao


class ReportSentence(Entry):
    """A sentence of the report as a whole; not said where one of its slots has nothing to say."""

    KEY: ClassVar[tuple[str, ...]] = ("phan", "cau")

    phan: PartName
    cau: str
    bao_cao: list[ReportKind] = Field(default_factory=list)
    thu_tu: int = _MIDDLE

    def stands_in(self, kind: ReportKind) -> bool:
        """Whether it stands in a report of this kind."""
        return not self.bao_cao or kind in self.bao_cao


AnnexKind: TypeAlias = Literal["muc_tieu", "chua_dat", "mo_hinh", "nhiem_vu", "pham_vi", "khen_thuong", "y_kien"]
"""What the program can fill an annex with."""


class Annex(Entry):
    """An annex: what it holds, its fixed number and its title."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: AnnexKind
    so: str
    ten: str


class VerdictWords(Entry):
    """How a verdict is called: in a count of targets, and in the column of the annex."""

    cau: str
    bang: str


class UnitWords(Entry):
    """How the units whose names begin alike are called in a sentence; the rest of the name follows."""

    KEY: ClassVar[tuple[str, ...]] = ("dau",)

    dau: str
    mot: str
    nhieu: str


class Opinions(Entry):
    """What is said of the units' own words in one column of their assessment."""

    KEY: ClassVar[tuple[str, ...]] = ("cot",)

    cot: str
    ten: str
    """Its heading in the annex."""
    phan: PartName | None = None
    """The part that says those which most units share; blank: the annex alone."""
    cau: str = ""
    """``{y_kien}``: the ideas, each with how many units share it."""
    mot_y: str = ""
    """Where each idea is a sentence: ``{y_kien}`` is one of them."""
    mot_y_ro: str = ""
    """The same where the units say themselves which body they ask."""
    phan_cua_ban: PartName | None = None
    """The part of those that ask the issuer itself: they are its tasks."""
    bo_dau: list[str] = Field(default_factory=list)
    """First words that are left out: “Đề nghị”."""
    noi_nhan: list[str] = Field(default_factory=list)
    """Whom the units ask when they do not say which body: left out too."""


ModelStep: TypeAlias = Literal[
    "danh_gia_trong_ky", "noi_danh_gia", "so_luot_nhan_rong", "da_cong_nhan", "so_ho", "thu_tu_danh_muc"
]


class NamedModels(DatedBase):
    """Which models a report names, and in which words.

    One is named only while it is running, its last review says it is of high effect, nothing printed of it is stopped
    or doubted, and it belongs to no movement of another body.
    """

    KEY: ClassVar[tuple[str, ...]] = ()

    thu_tu: list[ModelStep]
    toi_da_moi_don_vi: Annotated[int, Field(ge=1)]
    so_lieu_toi_da: Annotated[int, Field(ge=0)]
    """How many amounts are said of one model."""
    phan: PartName
    dau: str
    """The sentence on the first one that is named."""
    sau: str
    """On the first one of each other field."""
    them: str
    """On a further one of the same field."""
    khong_co: str
    """On a field without any."""
    dau_so_lieu: str
    """What stands before the amounts of a model."""
    so_lieu: dict[str, str]
    """Column of the review -> its words, in the order in which they are said; ``{so}`` is the amount."""
    chua_hieu_qua: str
    """How a model is named that the last review calls ineffective."""


class ReportSpec(Entry):
    """What the report is made of."""

    phan: list[Part]
    cau: list[ReportSentence]
    phu_luc: list[Annex]
    ket_luan: dict[Literal["dat", "khong_dat", "chua_het_nam", "chua_du"], VerdictWords]
    goi_don_vi: list[UnitWords] = Field(default_factory=list)
    y_kien: list[Opinions] = Field(default_factory=list)
    dien_hinh: list[NamedModels] = Field(default_factory=list)
    neu_ten_toi_da: Annotated[int, Field(ge=1)]
    """More names than that are counted and stand in the annex."""
    pham_vi_lech: NumberText
    """The share of units of a figure is said where it is lower than that of the report by more than this."""

    def part(self, name: str) -> Part | None:
        """A part of the report by its code."""
        return next((part for part in self.phan if part.ma == name), None)


class StageReport(DatedBase):
    """A range of quarters that is reported for an award round: it ends with the last quarter before its month."""

    KEY: ClassVar[tuple[str, ...]] = ("dot",)

    dot: RoundName
    ky: Literal["so_ket", "tong_ket"]


class ReportLength(DatedBase):
    """How much the report of one kind of period says."""

    KEY: ClassVar[tuple[str, ...]] = ("ky",)

    ky: ReportKind
    ten: str
    """What the report is on, at the head of its title: “kết quả thực hiện”, “sơ kết”."""
    so_trang: Annotated[int, Field(ge=1)]
    """Pages at most, annexes apart."""
    mo_hinh_moi_linh_vuc: Annotated[int, Field(ge=0)]
    """Models that are named of each field."""
    y_kien: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    """Column of the assessment -> how many ideas of the units are said in the text."""
    phu_luc: list[AnnexName] = Field(default_factory=list)
    """The annexes that go with it."""
    so_sanh: Literal["quy_truoc", "cung_ky", "nam_truoc", "tung_nam"]
    """What changes are counted from."""
