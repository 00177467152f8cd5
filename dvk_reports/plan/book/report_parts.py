"""The parts of the report, what they say in which report, and where a figure stands in them.

``documents.yaml`` has the parts and the sentences of the report as a whole; ``figures.yaml`` says with each figure in
which of them it stands and in which words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field

from dvk_reports.plan.book.entries import DatedBase, Entry
from dvk_reports.plan.book.references import FrameName, PartName, TaskCode

ReportKind = Literal["quy", "sau_thang", "chin_thang", "nam", "so_ket", "tong_ket"]
REPORT_KINDS: tuple[ReportKind, ...] = get_args(ReportKind)

EVERYTHING, NOTABLE, KNOWN_ONLY, NOTHING = "tat_ca", "can_luu_y", "co_so", "khong"
Detail: TypeAlias = Literal["tat_ca", "can_luu_y", "co_so", "khong"]
"""How much a part says: every figure, those missed or under verification, those known and not zero, nothing."""

_MIDDLE = 50
"""Where an entry stands that does not say it."""


class State(StrEnum):
    """What is known of a figure; each state may have a sentence of its own."""

    ALWAYS = "luon"
    """StateSentences in every state."""
    KNOWN = "co"
    MET = "dat"
    MISSED = "khong_dat"
    YEAR_OPEN = "chua_het_nam"
    UNDECIDED = "chua_du"
    ZERO = "bang_khong"
    NO_OBJECT = "khong_doi_tuong"
    """Every unit has answered and there is nothing below the line of a ratio."""
    UNKNOWN = "chua_ro"
    UNDER_REVIEW = "dang_xac_minh"
    """StateSentences after the sentence of its state while cells of it wait for an explanation."""


class StateSentences(Entry):
    """A sentence for each state. What is blank is not said; a known figure is said in ``co`` where it has no other."""

    luon: str | None = None
    co: str | None = None
    dat: str | None = None
    khong_dat: str | None = None
    chua_het_nam: str | None = None
    chua_du: str | None = None
    bang_khong: str | None = None
    khong_doi_tuong: str | None = None
    chua_ro: str | None = None
    dang_xac_minh: str | None = None

    def of(self, state: State) -> str | None:
        """The sentence for a state of the figure; None where the plan has none."""
        found: str | None = getattr(self, state.value)
        return found

    @property
    def sentences(self) -> dict[str, str]:
        """Key -> sentence of every state that has one."""
        return {state.value: text for state in State if (text := self.of(state)) is not None}


class Place(StateSentences):
    """Where a figure stands in the report: a part that says it, a table, or a task of the annex of tasks.

    In a part its sentences are put into the frame ``mau`` where there is one: they are the ``{cau}`` of the frame.
    """

    KEY: ClassVar[tuple[str, ...]] = ("phan", "mau", "bang", "nhiem_vu", "dong")

    phan: PartName | None = None
    bang: Literal["muc_tieu", "dien_bien"] | None = None
    nhiem_vu: TaskCode | None = None
    bao_cao: list[ReportKind] = Field(default_factory=list)
    """The reports in which it stands; blank: all."""
    thu_tu: int = _MIDDLE
    """Its order; what has the same stands in the order of ``figures.yaml``."""
    mau: FrameName | None = None
    """The frame of its sentences."""
    dong: str = ""
    """The line of its breakdown that the sentences are on; blank: the figure itself."""
    tu_don_vi: str | None = None
    """Another word for the unit of measure in these sentences."""

    def stands_in(self, kind: ReportKind) -> bool:
        """Whether it stands in a report of this kind."""
        return not self.bao_cao or kind in self.bao_cao


class ChartWords(Entry):
    """How a figure is called in charts."""

    ten: str
    ngan: str = ""
    """Inside a sentence that describes the chart."""


class Part(Entry):
    """A part of the report; its ``ma`` is a field of the Word template."""

    KEY: ClassVar[tuple[str, ...]] = ("ma",)

    ma: str
    ten: str
    """What it is, for whoever edits the Word template."""
    doan: bool = False
    """Its sentences make one paragraph; else each is one."""
    de_muc: str = ""
    """Its numbered heading, the field ``muc_<ma>``; printed only where there is something below it."""
    thuoc: str = ""
    """The part under whose heading it stands."""


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


class AnnexNames(Entry):
    """Names of the annexes that the program fills in itself."""

    nhiem_vu: str
    so_sanh: str


class ReportSpec(Entry):
    """What the report is made of."""

    phan: list[Part]
    cau: list[ReportSentence]
    phu_luc: AnnexNames

    def part(self, name: str) -> Part | None:
        """A part of the report by its code."""
        return next((part for part in self.phan if part.ma == name), None)


class ReportLength(DatedBase):
    """How much the report of one kind of period says."""

    KEY: ClassVar[tuple[str, ...]] = ("ky",)

    ky: ReportKind
    ten: str
    """What the report is on, at the head of its title: “kết quả thực hiện”, “sơ kết”."""
    muc_do: dict[PartName, Detail] = Field(default_factory=dict)
    """Part -> how much it says; a part that is not named says everything."""
    y_kien_toi_da: Annotated[int, Field(ge=1)] | None = None
    """How many of the units' own words are quoted under one heading; None: all. Proposals are always quoted."""
