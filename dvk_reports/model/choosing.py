"""What the clerk's choices come to: who is chosen, against which quota, and which choice still needs its reason.

One rule for the workbook (its live formulas say the same), for reading it back and for the drafts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from dvk_reports.model.proposals import (
    CHOSEN,
    NOT_CHOSEN,
    Choice,
    Chosen,
    Gate,
    GateState,
    Outcome,
    Proposal,
    Shortlist,
)

Line = tuple[str, str]
"""(hinh_thuc, phan_loai): one line of the quotas."""

REWARD_GATE = "E8"
BLOCKED = frozenset({Outcome.INELIGIBLE, Outcome.NOT_CONSIDERED, Outcome.TO_VERIFY})
"""A gate or a doubt stands against the choice; Dự bị and Ngang nhau are a matter of quota and order only."""


class Need(StrEnum):
    """Why a choice asks for a reason; the first that holds. Column ``nhac`` prints it."""

    UNKNOWN = "Chỉ ghi Chọn hoặc Không chọn"
    AGAINST = "Trái điều kiện"
    NO_QUOTA = "Không có chỉ tiêu"
    OVER = "Vượt chỉ tiêu"
    DEPARTS = "Khác đề xuất"
    REWARDED = "Đã được khen"


NO_REASON, WITH_REASON = ", cần lý do", ", đã có lý do"


def line_of(proposal: Proposal) -> Line:
    """The form of award and the class that share a quota."""
    return proposal.candidate.form, proposal.candidate.kind


def gate_of(proposal: Proposal, code: str) -> Gate | None:
    """One condition of a proposal by its code."""
    return next((gate for gate in proposal.gates if gate.code == code), None)


def choice_of(chosen: Chosen, proposal: Proposal) -> Choice:
    """What the clerk chose for a proposal; nothing where the clerk wrote nothing."""
    return chosen.choices.get(proposal.candidate.id, Choice())


def chosen_count(chosen: Chosen) -> Counter[Line]:
    """How many are chosen in each line of the quotas, lines without a quota too."""
    return Counter(line_of(item) for item in chosen.shortlist.proposals if chosen.is_chosen(item))


def quota_numbers(shortlist: Shortlist) -> Mapping[Line, int]:
    """How many each form of award and class may have."""
    return {(quota.form, quota.kind): quota.number for quota in shortlist.quotas}


def need_of(chosen: Chosen, proposal: Proposal, counted: Mapping[Line, int]) -> Need | None:
    """Why this choice asks for a reason, whether it has one or not; ``counted`` is ``chosen_count``."""
    choice = choice_of(chosen, proposal)
    if choice.decision not in ("", CHOSEN, NOT_CHOSEN):
        return Need.UNKNOWN
    taken = chosen.is_chosen(proposal)
    if taken is (proposal.outcome is Outcome.EXPECTED):
        gate = gate_of(proposal, REWARD_GATE)
        rewarded = taken and gate is not None and gate.state is not GateState.PASSED and not choice.reason
        return Need.REWARDED if rewarded else None
    if not taken:
        return Need.DEPARTS
    if proposal.outcome in BLOCKED:
        return Need.AGAINST
    quota = quota_numbers(chosen.shortlist).get(line_of(proposal))
    if quota is None:
        return Need.NO_QUOTA
    return Need.OVER if counted[line_of(proposal)] > quota else Need.DEPARTS


def reminder(chosen: Chosen, proposal: Proposal, counted: Mapping[Line, int]) -> str:
    """“Vượt chỉ tiêu, cần lý do”; "" where the choice asks for nothing."""
    need = need_of(chosen, proposal, counted)
    if need is None or need is Need.UNKNOWN:
        return need or ""
    return need + (WITH_REASON if choice_of(chosen, proposal).reason else NO_REASON)


def money_of(chosen: Chosen, proposal: Proposal) -> int | None:
    """What a chosen subject costs, in đồng: by the table, else typed with its basis; None where it is not known."""
    if not chosen.is_chosen(proposal):
        return None
    if proposal.money is not None:
        return proposal.money
    choice = choice_of(chosen, proposal)
    return choice.money if choice.money_basis else None
