"""Hand-made shortlists of an award round: a few words make a proposal with its gates, years and steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dvk_reports.model.proposals import (
    Candidate,
    Doubt,
    Gate,
    GateState,
    Outcome,
    Proof,
    Proposal,
    Quota,
    Shortlist,
    Step,
    Year,
)
from dvk_reports.model.values import Cell
from dvk_reports.plan.register.register import Register
from tests.support.build import office, unit

PRAISE = "Biểu dương của Ban Thường vụ Huyện ủy"
PAPER = "Giấy khen của Chủ tịch UBND huyện"
GROUP, PERSON, HOME = "Tập thể", "Cá nhân", "Hộ gia đình"
REGISTER: Register = office(unit("DB-XA-1", order=1), unit("DB-XA-2", order=2), unit("DB-TT-1", order=3))
UNVERIFIED = "hệ số chưa đối chiếu văn bản"
PASSED, FAILED, LACKING = GateState.PASSED, GateState.FAILED, GateState.LACKING


def at(row: int, col: int = 4, sheet: str = "B9b") -> Cell:
    return Cell("DVK_DB-XA-1_2023-Q3.xlsx", sheet, row, col)


def gates(**states: GateState) -> tuple[Gate, ...]:
    """E1 … E11, Đạt where nothing else is said: ``gates(e5=FAILED)``."""
    said = {PASSED: "Có đủ căn cứ.", FAILED: "Không có quyết định công nhận.", LACKING: "Chưa ghi ở biểu B9b."}
    return tuple(
        Gate(f"E{n}", state, said[state], f"Quy định của điều kiện E{n}", (Proof("2023-Q3", at(7, n)),))
        for n in range(1, 12)
        for state in (states.get(f"e{n}", PASSED),)
    )


def year(number: int, *, pending: bool = False) -> Year:
    proof = Proof(f"{number}-Q4", at(9, 3, "B9a"))
    if pending:
        return Year(number, "", None, "", "MH-DB-XA-1-001", proof, pending=True)
    day = date(number, 10, 14)
    return Year(number, f"{number - 2010}-QĐ/ĐU", day, "Đảng ủy xã Nghĩa Đô", "MH-DB-XA-1-001", proof)


def proposal(
    row: int,
    name: str,
    *,
    form: str = PAPER,
    kind: str = PERSON,
    unit: str = "DB-XA-1",
    outcome: Outcome = Outcome.EXPECTED,
    rank: int | None = 1,
    states: dict[str, GateState] | None = None,
    years: Sequence[Year] = (),
    reasons: Sequence[str] = ("Đủ điều kiện, trong chỉ tiêu (B9b!D7).",),
    money: int | None = 540_000,
    money_note: str = UNVERIFIED,
    gender: str = "Nữ",
    ethnicity: str = "Tày",
    group: str = "Nông dân",
    fields: tuple[str, ...] = ("Kinh tế", "Cơ sở"),
    birth: date | None = date(1980, 3, 2),
    achievement: str = "Vận động 20 hộ hiến đất làm đường liên thôn.",
    earlier: str = "",
) -> Proposal:
    collective = kind == GROUP
    candidate = Candidate(
        id=f"{unit}/2023-Q3/{row}",
        unit=unit,
        period="2023-Q3",
        at=at(row),
        kind=kind,
        name=name,
        form=form,
        title="" if collective else "Bà",
        birth=None if collective else birth,
        gender="" if collective else gender,
        ethnicity="" if collective else ethnicity,
        post="" if collective else "Trưởng thôn",
        workplace="Thôn Nà Đình, xã Nghĩa Đô",
        address="Thôn Nà Đình",
        group=group,
        people=Decimal(12) if collective else None,
        women=Decimal(9) if collective else None,
        model="MH-DB-XA-1-001",
        achievement=achievement,
        priority=Decimal(row),
        earlier_award=earlier,
    )
    praised = form == PRAISE
    return Proposal(
        candidate=candidate,
        years=tuple(years) or (year(2022), year(2023, pending=True)),
        streak=2,
        gates=gates(**(states or {})),
        steps=(Step("Xếp loại", "Hiệu quả cao"), Step("Số năm liên tục", "2"), Step("Thứ tự của đơn vị", str(row))),
        rank=rank,
        outcome=outcome,
        reasons=tuple(reasons),
        model_name="Hiến đất làm đường",
        model_class="Hiệu quả cao",
        fields=fields,
        money=None if praised else money,
        money_note="" if praised else money_note,
    )


QUOTAS = (
    Quota(PRAISE, GROUP, 1, "Kế hoạch, mục III.5"),
    Quota(PRAISE, PERSON, 2, "Kế hoạch, mục III.5"),
    Quota(PAPER, GROUP, 1, "Kế hoạch, mục III.5"),
    Quota(PAPER, PERSON, 2, "Kế hoạch, mục III.5"),
)


def shortlist(*proposals: Proposal, quotas: Sequence[Quota] = QUOTAS, missing: Sequence[str] = ()) -> Shortlist:
    return Shortlist(
        round="2023-10",
        name="Sơ kết Phong trào “Dân vận khéo”",
        as_of=date(2023, 10, 5),
        reading="A",
        proposals=proposals,
        quotas=tuple(quotas),
        quarters=("2022-Q4", "2023-Q3"),
        missing_quarters=tuple(missing),
        notes=("Luật Thi đua, khen thưởng năm 2003 còn hiệu lực ở ngày xét.",),
    )


def beside(one: Proposal, two: Proposal) -> tuple[Proposal, Proposal]:
    """Two proposals that may be one subject, each with the other laid beside it."""
    why = "cùng tên nhưng khác ngày sinh"
    return replace(one, doubts=(Doubt(why, two.candidate),)), replace(two, doubts=(Doubt(why, one.candidate),))


def mixed() -> Shortlist:
    """One of every outcome, every class, a collective, a household, a text that looks like a formula."""
    outcome = Outcome
    not_met = ("E5: thiếu biên bản xét (2023-Q3/DVK_DB-XA-1_2023-Q3.xlsx, B9b!S12).",)
    alike = (
        proposal(15, "Trần Thị Lý", outcome=outcome.TO_VERIFY, rank=None,
                 states={"e7": FAILED}, reasons=("Trùng tên, ngày sinh khác nhau.",), money=None),
        proposal(16, "Trần Thị Lý", unit="DB-XA-2", outcome=outcome.TO_VERIFY, rank=None, gender="",
                 birth=date(1981, 3, 2), reasons=("Trùng tên, ngày sinh khác nhau.",)),
    )  # fmt: skip
    return shortlist(
        proposal(7, "Tổ dân vận thôn Nà Đình", form=PRAISE, kind=GROUP, group="Khác"),
        proposal(8, "Tổ dân vận thôn Bản Rịa", form=PRAISE, kind=GROUP, group="Khác", outcome=outcome.RESERVE, rank=2),
        proposal(9, "Hoàng Thị Mai", form=PRAISE),
        proposal(10, "=Lương Văn Ón", form=PRAISE, outcome=outcome.INELIGIBLE, rank=None, states={"e5": FAILED},
                 reasons=not_met, gender="Nam", ethnicity="Kinh"),
        proposal(11, "Chi hội phụ nữ thôn 5", kind=GROUP, unit="DB-TT-1", money=1_080_000, group="Khác",
                 fields=("Văn hóa - xã hội", "Huyện")),
        proposal(12, "Nguyễn Văn Hòa", unit="DB-XA-2", gender="Nam", ethnicity="Kinh", group="Lãnh đạo, quản lý"),
        proposal(13, "Vàng A Sùng", unit="DB-XA-2", gender="Nam", ethnicity="Mông", outcome=outcome.TIED, rank=2),
        proposal(14, "Đặng Thị Ngân", outcome=outcome.TIED, rank=2, states={"e8": LACKING}, earlier="Bằng khen 2022"),
        *beside(*alike),
        proposal(17, "Hộ ông Lý Văn Páo", kind=HOME, unit="DB-TT-1", outcome=outcome.NOT_CONSIDERED, rank=None,
                 states={"e9": LACKING}, reasons=("E9: hộ gia đình chưa có chỉ tiêu.",), money=None,
                 money_note="chưa có hệ số cho hộ gia đình", ethnicity="", fields=()),
        missing=("2023-Q2",),
    )  # fmt: skip
