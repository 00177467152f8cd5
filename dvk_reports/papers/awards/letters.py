"""Answers to the units that proposed someone who was not chosen: each subject with its reason, plainly and kindly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dvk_reports.model.proposals import NOT_CHOSEN, Chosen, Doubt, Gate, GateState, Outcome, Proposal
from dvk_reports.papers.awards.lists import by_unit, choice_of, form_of, lower_first, quota_of, told
from dvk_reports.papers.awards.skeletons import head_fields
from dvk_reports.papers.docx.drafts import render
from dvk_reports.papers.docx.tone import names_of, toned
from dvk_reports.papers.report.wording import wanted
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.reminding import addressee
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import tidy
from dvk_reports.vietnamese.words import tones

REPLY: Final = "tra_loi_de_nghi"
FOLDER: Final = "thu-tra-loi"
_VERBATIM = ("kinh_gui", "chua_chon", "ho_ten")
_NEVER_DECIDES = ("E8", "E11")
_HOLDS = ("E6", "E9")
"""Gates that hold a subject back (“Chưa xét”) when they are not passed."""


def replies(
    plan: Plan, register: Register, chosen: Chosen, dot: str, day: date, template: Path | None = None
) -> dict[str, bytes]:
    """``thu-tra-loi/…`` -> .docx for every unit with a subject that was not chosen."""
    spec = plan.document(REPLY, day)
    tone, names = plan.documents.dau_thanh, names_of(register)
    found = {}
    for unit, subjects in by_unit(plan, register, chosen.shortlist.proposals).items():
        if all(chosen.is_chosen(proposal) for proposal in subjects):
            continue
        fields = reply_fields(plan, register, chosen, unit, subjects, dot, day)
        paper = render(
            spec.mau,
            toned(fields, tone, names, _VERBATIM),
            title=tones(f"Công văn {spec.trich_yeu}", tone),
            day=day,
            template=template,
            tone=tone,
        )
        found[f"{FOLDER}/DVK_{unit}_{chosen.shortlist.round}_tra-loi.docx"] = paper
    return found


def reply_fields(
    plan: Plan, register: Register, chosen: Chosen, unit: str, subjects: Sequence[Proposal], dot: str, day: date
) -> dict[str, object]:
    """Every field of ``tra-loi-de-nghi.docx``. ``subjects``: all that the unit has proposed."""
    spec = plan.document(REPLY, day)
    layout = plan.documents.layout(spec.the_thuc, day)
    reader = name_of(register, unit, day)
    out = [proposal for proposal in subjects if not chosen.is_chosen(proposal)]
    between = plan.documents.ngan_cach_dong
    lines = []
    for number, proposal in enumerate(out, start=1):
        asked = f"(đề nghị {form_of(plan, proposal.candidate)})"
        lines.append(f"{number}. {told(proposal.candidate, between)} {asked}: {reason_of(chosen, proposal)}.")
    return {
        **head_fields(spec, layout, register, day),
        "trich_yeu": spec.trich_yeu,
        "kinh_gui": reader,
        "dot": dot,
        "mo_dau": (
            f"{spec.ten_co_quan} đã nhận và xem xét hồ sơ đề nghị biểu dương, khen thưởng của {reader} ({dot}). "
            f"{spec.ten_co_quan} ghi nhận, trân trọng những kết quả của các tập thể, cá nhân được đề nghị trong Phong "
            "trào “Dân vận khéo”."
        ),
        "tinh_hinh": _standing(len(subjects), len(out)),
        "chua_chon": lines,
        "de_nghi": (
            f"{spec.ten_co_quan} đề nghị {reader} thông báo, động viên các trường hợp có tên trên tiếp tục duy trì mô "
            "hình để được xem xét ở đợt sau. Trường hợp có ý kiến hoặc bổ sung được căn cứ, đề nghị gửi về "
            f"{spec.ten_co_quan} trước ngày {wanted('thời hạn')}."
        ),
        "loi_ket": f"{spec.ten_co_quan} trân trọng cảm ơn sự phối hợp của {reader}.",
    }


def name_of(register: Register, code: str, day: date) -> str:
    """Name of who answers for a unit on the day; its own name, or its code, where nobody does."""
    unit = register.by_code.get(code)
    if unit is None:
        return code
    reader = addressee(register, unit, day)
    return (reader or unit).name


def _standing(proposed: int, out: int) -> str:
    kept = proposed - out
    forward = "được đưa vào danh sách trình cấp có thẩm quyền xem xét, quyết định"
    first = f"{show_count(kept)} trường hợp {forward}; " if kept else ""
    return (
        f"Trong {show_count(proposed)} trường hợp được đề nghị, {first}{show_count(out)} trường hợp chưa được chọn ở "
        "đợt này, với lý do như sau:"
    )


def reason_of(chosen: Chosen, proposal: Proposal) -> str:
    """Why a subject was not chosen, as the end of a sentence without its full stop; the clerk's own words win."""
    choice = choice_of(chosen, proposal)
    if choice.decision == NOT_CHOSEN and tidy(choice.reason):
        return _open(choice.reason)
    return _BY_OUTCOME[proposal.outcome](chosen, proposal)


def _left_out(chosen: Chosen, proposal: Proposal) -> str:
    return wanted("lý do không chọn")


def _reserve(chosen: Chosen, proposal: Proposal) -> str:
    place = "" if proposal.rank is None else f", xếp thứ {proposal.rank}"
    return f"đủ điều kiện{place}; {_quota(chosen, proposal)} nên được xếp vào danh sách dự bị"


def _tied(chosen: Chosen, proposal: Proposal) -> str:
    return f"đủ điều kiện, ngang nhau với trường hợp khác ở mọi tiêu chí xếp hạng; {_quota(chosen, proposal)}"


def _quota(chosen: Chosen, proposal: Proposal) -> str:
    number = quota_of(chosen, proposal.candidate.form, proposal.candidate.kind)
    return f"chỉ tiêu của đợt là {show_count(number)} {lower_first(tidy(proposal.candidate.kind))}"


def _ineligible(chosen: Chosen, proposal: Proposal) -> str:
    return f"chưa đáp ứng điều kiện xét: {_gates(proposal, lambda gate: gate.state is not GateState.PASSED)}"


def _not_considered(chosen: Chosen, proposal: Proposal) -> str:
    return f"chưa xét ở đợt này: {_gates(proposal, _holding)}"


def _to_verify(chosen: Chosen, proposal: Proposal) -> str:
    told = "; ".join(dict.fromkeys(_doubt(proposal, doubt) for doubt in proposal.doubts))
    return f"cần xác minh thêm trước khi xét: {told or _gates(proposal, _holding)}"


def _doubt(proposal: Proposal, doubt: Doubt) -> str:
    """Why, with the two birthdays where they differ; cells and the affairs of another unit are not for a letter."""
    mine, theirs = proposal.candidate.birth, doubt.other.birth
    days = f" ({show_date(mine)} và {show_date(theirs)})" if mine and theirs and mine != theirs else ""
    return _open(f"{doubt.why}{days}")


def _holding(gate: Gate) -> bool:
    return gate.state is GateState.LACKING or (gate.state is GateState.FAILED and gate.code in _HOLDS)


def _gates(proposal: Proposal, wrong: Callable[[Gate], bool]) -> str:
    found = [_open(g.reason) for g in proposal.gates if g.code not in _NEVER_DECIDES and wrong(g) and tidy(g.reason)]
    return "; ".join(found or map(_open, proposal.reasons)) or wanted("lý do")


def _open(text: str) -> str:
    return tidy(text).rstrip(".")


_BY_OUTCOME: Mapping[Outcome, Callable[[Chosen, Proposal], str]] = {
    Outcome.EXPECTED: _left_out,
    Outcome.RESERVE: _reserve,
    Outcome.TIED: _tied,
    Outcome.INELIGIBLE: _ineligible,
    Outcome.NOT_CONSIDERED: _not_considered,
    Outcome.TO_VERIFY: _to_verify,
}
