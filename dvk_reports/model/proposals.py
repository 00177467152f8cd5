"""The records of an award round: what a unit proposes, what was found out about it, and where it stands.

The program proposes and never grants: no record here is a decision. Everything is frozen, as in ``model``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dvk_reports.model.values import Cell


class GateState(StrEnum):
    """Sheet ``Đề nghị``, columns e1 … e11."""

    PASSED = "Đạt"
    FAILED = "Không đạt"
    LACKING = "Thiếu căn cứ"


class Outcome(StrEnum):
    """Sheet ``Đề nghị``, column de_xuat."""

    EXPECTED = "Dự kiến"
    RESERVE = "Dự bị"
    INELIGIBLE = "Không đủ điều kiện"
    NOT_CONSIDERED = "Chưa xét"
    TO_VERIFY = "Cần xác minh"
    TIED = "Ngang nhau tại ranh giới"


@dataclass(frozen=True, slots=True)
class Proof:
    """A cell that something rests on. ``at.file`` is relative to ``nhan-ve/<period>/``."""

    period: str
    """Key of the quarter whose return holds the cell; "" for the register."""
    at: Cell

    def shown(self) -> str:
        """``2023-Q3/tep.xlsx, B9a!C5``."""
        folder = f"{self.period}/" if self.period else ""
        return f"{folder}{self.at.file}, {self.at.sheet}!{self.at.a1}"


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of one proposal."""

    code: str
    """E1 … E11."""
    state: GateState
    reason: str
    """What was found, in plain Vietnamese."""
    basis: str
    """Article or rule behind the gate (awards.yaml)."""
    proofs: tuple[Proof, ...] = ()
    told: str = ""
    """The reason as a letter to the unit has it; "": in the same words."""


@dataclass(frozen=True, slots=True)
class Year:
    """One award year that counts for a streak, with its decision."""

    year: int
    number: str
    day: date | None
    authority: str
    model: str
    proof: Proof
    pending: bool = False
    """The year's decision is not there yet; a review proposes to go on (printed “chờ quyết định”)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ranking and what it weighed: (“Xếp loại”, “Hiệu quả cao”)."""

    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a proposal speaks of, as an id, a workbook and a later round know it."""

    unit: str
    """``ma_don_vi`` of the unit that proposes."""
    form: str
    kind: str
    name: str
    birth: date | None = None
    model: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of B9b, as the unit wrote it. Blank text is "", an unknown number or day is None."""

    id: str
    """Stable id of the subject in the round (``awards/identity.py``), never of the row."""
    unit: str
    """``ma_don_vi`` of the unit that proposes."""
    period: str
    at: Cell
    kind: str
    """phan_loai: Tập thể · Cá nhân · Hộ gia đình."""
    name: str
    form: str
    """hinh_thuc."""
    title: str = ""
    birth: date | None = None
    gender: str = ""
    ethnicity: str = ""
    post: str = ""
    workplace: str = ""
    address: str = ""
    group: str = ""
    """doi_tuong: Lãnh đạo, quản lý · Người trực tiếp lao động, công tác · Nông dân · Khác."""
    people: Decimal | None = None
    women: Decimal | None = None
    model: str = ""
    achievement: str = ""
    priority: Decimal | None = None
    earlier_award: str = ""
    """khen_da_nhan."""
    note: str = ""
    dossier: tuple[tuple[str, bool | None], ...] = ()
    """hs_to_trinh, hs_bao_cao, hs_bien_ban, hs_xac_nhan, each with what the unit has ticked; None: not known."""

    @property
    def subject(self) -> Subject:
        """Whom it speaks of."""
        return Subject(self.unit, self.form, self.kind, self.name, self.birth, self.model)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Another record that may be the same subject, or is the same one proposed twice: to be laid side by side."""

    why: str
    other: Candidate
    """As a proposal has it; of a recognition (B9a) what its row says, with a blank id."""
    years: tuple[Year, ...] = ()
    """The year of a recognition, with its decision."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with its years, gates, place in the ranking and outcome."""

    candidate: Candidate
    years: tuple[Year, ...]
    streak: int | None
    """By the reading in force; None where it is not known."""
    gates: tuple[Gate, ...]
    """E1 … E11, in order."""
    steps: tuple[Step, ...]
    rank: int | None
    """Inside (hinh_thuc, phan_loai); equal ranks stay equal; None for what is not ranked."""
    outcome: Outcome
    reasons: tuple[str, ...]
    """Each with the cells behind it."""
    model_name: str = ""
    model_class: str = ""
    """xep_loai of the latest review, "" where there is none."""
    fields: tuple[str, ...] = ()
    """linh_vuc of the model, cap of the model: for the spread."""
    money: int | None = None
    """In đồng; None for biểu dương and where no coefficient is in force."""
    money_note: str = ""
    """“hệ số chưa đối chiếu văn bản” where the coefficient is not verified."""
    doubts: tuple[Doubt, ...] = ()
    """The records to be laid beside this one (Cần xác minh)."""


@dataclass(frozen=True, slots=True)
class Quota:
    """One line of ``Chỉ tiêu khen``."""

    form: str
    kind: str
    number: int
    basis: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Everything one ``dvk awards propose`` has found out; the workbook and the drafts are drawn from it alone."""

    round: str
    """``2023-10``."""
    name: str
    as_of: date
    reading: str
    """A, B or C of “02 năm liên tục”."""
    proposals: tuple[Proposal, ...]
    """In the order of form, class, rank, then the register."""
    quotas: tuple[Quota, ...]
    quarters: tuple[str, ...] = ()
    """Keys of the quarters whose returns were read."""
    missing_quarters: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know: waiting quarters, reading used, laws in force."""


CHOSEN, NOT_CHOSEN = "Chọn", "Không chọn"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the clerk has typed beside one proposal in ``xet-chon.xlsx``."""

    decision: str = ""
    """Chọn · Không chọn · "" follows de_xuat (Dự kiến only)."""
    reason: str = ""
    money: int | None = None
    """An amount typed for a biểu dương, in đồng."""
    money_basis: str = ""


class Verdict(StrEnum):
    """Sheet ``Kết quả``, column ket_qua: what the meeting came to."""

    PRAISED = "Được biểu dương"
    REWARDED = "Được khen"
    REFUSED = "Không"


@dataclass(frozen=True, slots=True)
class Result:
    """What the clerk has typed on ``Kết quả`` after the meeting; a text where the cell holds something else."""

    agree: int | str | None = None
    against: int | str | None = None
    verdict: str = ""
    number: str = ""
    day: date | str | None = None
    members: int | str | None = None

    @property
    def granted(self) -> bool:
        return self.verdict in (Verdict.PRAISED, Verdict.REWARDED)


@dataclass(frozen=True, slots=True)
class Award:
    """Somebody of an earlier round: granted by its meeting, or chosen there while no result is typed yet (E8)."""

    round: str
    subject: Subject
    result: Result = field(default_factory=Result)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A shortlist with the clerk's choices, as the drafts are made from it."""

    shortlist: Shortlist
    choices: Mapping[str, Choice]
    """Id of the proposal -> choice; one without an entry follows de_xuat."""
    results: Mapping[str, Result] = field(default_factory=dict)
    """What the meeting decided, by the same ids."""
    gone: Mapping[str, Subject] = field(default_factory=dict)
    """Whom a choice or a result of an earlier copy speaks of where nobody proposes the subject any more."""

    def is_chosen(self, proposal: Proposal) -> bool:
        """Whether a proposal goes on: as the clerk decided, else as the conditions say."""
        choice = self.choices.get(proposal.candidate.id, Choice())
        if choice.decision:
            return choice.decision == CHOSEN
        return proposal.outcome is Outcome.EXPECTED
