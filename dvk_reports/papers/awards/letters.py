"""Answers to the units that proposed someone who was not chosen: each subject with its reason, plainly and kindly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from dvk_reports.messages.marks import wanted
from dvk_reports.model.choosing import choice_of
from dvk_reports.model.proposals import NOT_CHOSEN, Chosen, Doubt, Gate, GateState, Outcome, Proposal
from dvk_reports.papers.awards.lists import by_unit, form_of, on_one_line, quota_of
from dvk_reports.papers.awards.rounds import AwardRound
from dvk_reports.papers.awards.skeletons import award_head
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.tone import toned
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import IssuedPaper
from dvk_reports.plan.names import names_of
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.spaces import soft_fields
from dvk_reports.vietnamese.text import lower_first, tidy
from dvk_reports.vietnamese.words import tones

FOLDER: Final = "thu-tra-loi"
_VERBATIM = ("kinh_gui", "chua_chon", "ho_ten")
_NEVER_DECIDES = ("E8", "E11")
_HOLDS = ("E6", "E9")
"""Gates that hold a subject back (“Chưa xét”) when they are not passed."""


def replies(given: AwardRound, template: Path | None = None) -> dict[str, bytes]:
    """``thu-tra-loi/…`` -> .docx for every unit with a subject that was not chosen."""
    office, chosen = given.office, given.chosen
    plan = office.plan
    paper = plan.document_with(DocumentRole.REPLY, office.day)
    if paper is None:
        return {}
    tone, names = plan.documents.dau_thanh, names_of(office.register)
    found = {}
    for unit, subjects in by_unit(plan, office.register, chosen.shortlist.proposals).items():
        if all(chosen.is_chosen(proposal) for proposal in subjects):
            continue
        found[f"{FOLDER}/DVK_{unit}_{chosen.shortlist.round}_tra-loi.docx"] = render(
            Template(paper.mau, template, tone),
            soft_fields(toned(reply_fields(given, paper, unit, subjects), tone, names, _VERBATIM)),
            title=tones(f"Công văn {paper.trich_yeu}", tone),
            day=office.day,
        )
    return found


def reply_fields(given: AwardRound, paper: IssuedPaper, unit: str, subjects: Sequence[Proposal]) -> dict[str, object]:
    """Every field of ``tra-loi-de-nghi.docx``. ``subjects``: all that the unit has proposed."""
    plan, chosen = given.office.plan, given.chosen
    reader, issuer = given.name_of(unit), paper.ten_co_quan
    out = [proposal for proposal in subjects if not chosen.is_chosen(proposal)]
    lines = []
    for number, proposal in enumerate(out, start=1):
        asked = f"(đề nghị {form_of(plan, proposal.candidate)})"
        lines.append(f"{number}. {on_one_line(plan, proposal.candidate)} {asked}: {reason_of(chosen, proposal)}.")
    return {
        **award_head(given.office, paper),
        "trich_yeu": paper.trich_yeu,
        "kinh_gui": reader,
        "dot": given.dot,
        "mo_dau": (
            f"{issuer} đã nhận và xem xét hồ sơ đề nghị biểu dương, khen thưởng của {reader} ({given.dot}). "
            f"{issuer} ghi nhận, trân trọng những kết quả của các tập thể, cá nhân được đề nghị trong Phong "
            "trào “Dân vận khéo”."
        ),
        "tinh_hinh": _standing(len(subjects), len(out)),
        "chua_chon": lines,
        "de_nghi": (
            f"{issuer} đề nghị {reader} thông báo, động viên các trường hợp có tên trên tiếp tục duy trì mô "
            "hình để được xem xét ở đợt sau. Trường hợp có ý kiến hoặc bổ sung được căn cứ, đề nghị gửi về "
            f"{issuer} chậm nhất ngày {wanted('thời hạn')}."
        ),
        "loi_ket": f"{issuer} trân trọng cảm ơn sự phối hợp của {reader}.",
    }


def _standing(proposed: int, out: int) -> str:
    kept = proposed - out
    end = "chưa được chọn ở đợt này, với lý do như sau:"
    if not kept:
        every = f"Cả {show_count(out)} trường hợp" if out > 1 else "Trường hợp"
        return f"{every} được đề nghị {end}"
    forward = "được đưa vào danh sách trình cấp có thẩm quyền xem xét, quyết định"
    return (
        f"Trong {show_count(proposed)} trường hợp được đề nghị, {show_count(kept)} trường hợp {forward}; "
        f"{show_count(out)} trường hợp {end}"
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
    days = f" ({show_date_prose(mine)} và {show_date_prose(theirs)})" if mine and theirs and mine != theirs else ""
    return _open(f"{doubt.why}{days}")


def _holding(gate: Gate) -> bool:
    return gate.state is GateState.LACKING or (gate.state is GateState.FAILED and gate.code in _HOLDS)


def _gates(proposal: Proposal, wrong: Callable[[Gate], bool]) -> str:
    found = [g.told or g.reason for g in proposal.gates if g.code not in _NEVER_DECIDES and wrong(g)]
    return "; ".join(dict.fromkeys(_open(text) for text in found if tidy(text))) or wanted("lý do")


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
