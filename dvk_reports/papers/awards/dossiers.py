"""Check sheets of the dossiers: for every unit, what the dossier of each subject it proposed holds and lacks.

A dossier is the request with its list, the account of merit certified by the unit, and the minutes of the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from dvk_reports.messages.marks import wanted
from dvk_reports.model.proposals import Gate, GateState, Proposal
from dvk_reports.papers.awards.lists import by_unit, form_of, on_one_line
from dvk_reports.papers.awards.rounds import AwardRound
from dvk_reports.papers.awards.skeletons import award_head
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.tone import toned
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Plan
from dvk_reports.plan.names import names_of
from dvk_reports.vietnamese.numbers import roman, show_count
from dvk_reports.vietnamese.spaces import soft_fields
from dvk_reports.vietnamese.text import tidy, upper_first
from dvk_reports.vietnamese.words import tones

FOLDER: Final = "ho-so"
PAPERS: Final = {
    "hs_to_trinh": "tờ trình",
    "hs_bao_cao": "báo cáo thành tích",
    "hs_bien_ban": "biên bản xét",
    "hs_xac_nhan": "xác nhận của đơn vị",
}
"""Key of the form -> the paper of a dossier."""
HELD, LACKED, NOT_KNOWN, COMPLETE = "Có", "Thiếu", "Chưa rõ", "Đủ"
_SAID: Final[Mapping[bool | None, str]] = {True: HELD, False: LACKED, None: NOT_KNOWN}
_GATE = "E5"


def dossier_sheets(given: AwardRound, template: Path | None = None) -> dict[str, bytes]:
    """``ho-so/…`` -> .docx for every unit that proposed someone."""
    office, listed = given.office, given.chosen.shortlist
    plan = office.plan
    paper = plan.document_with(DocumentRole.DOSSIER, office.day)
    if paper is None:
        return {}
    tone, names = plan.documents.dau_thanh, names_of(office.register)
    found = {}
    for unit, subjects in by_unit(plan, office.register, listed.proposals).items():
        fields = dossier_fields(given, paper, unit, subjects)
        found[f"{FOLDER}/DVK_{unit}_{listed.round}_ho-so.docx"] = render(
            Template(paper.mau, template, tone),
            soft_fields(toned(fields, tone, names, ("danh_sach", "ho_ten"))),
            title=tones(f"{paper.ten_loai.capitalize()} {fields['trich_yeu']}", tone, names),
            day=office.day,
        )
    return found


def dossier_fields(given: AwardRound, paper: IssuedPaper, unit: str, subjects: Sequence[Proposal]) -> dict[str, object]:
    """Every field of ``phieu-ho-so.docx``. ``subjects``: all that the unit has proposed."""
    name = given.name_of(unit)
    own = paper.model_copy(update={"noi_nhan": [line.format(don_vi=name) for line in paper.noi_nhan]})
    groups = [
        _group(given.office.plan, title, [p for p in subjects if given.chosen.is_chosen(p) is taken])
        for title, taken in (("Được chọn ở đợt này", True), ("Chưa được chọn", False))
    ]
    kept = [group for group in groups if group["dong"]]
    for number, group in enumerate(kept, start=1):
        group["tt"] = roman(number)
    lacking = sum(bool(lacks(proposal)) for proposal in subjects)
    return {
        **award_head(given.office, own),
        "don_vi": name,
        "dot": given.dot,
        "gach_trich_yeu": "-----" if paper.gach_trich_yeu else "",
        "trich_yeu": paper.trich_yeu.format(don_vi=name, dot=given.dot),
        "danh_sach": kept,
        "ket_luan": _told(len(subjects), lacking) + (_asked(name, paper.ten_co_quan) if lacking else ""),
    }


def papers_of(proposal: Proposal) -> dict[str, str]:
    """Key of the form -> Có, Thiếu or Chưa rõ: as the unit has ticked it, else what the gate of the dossier says."""
    ticked = dict(proposal.candidate.dossier)
    if ticked:
        return {key: _SAID[ticked.get(key)] for key in PAPERS}
    gate = _gate(proposal)
    passed = gate is not None and gate.state is GateState.PASSED
    return dict.fromkeys(PAPERS, HELD if passed else NOT_KNOWN)


def lacks(proposal: Proposal) -> str:
    """ "báo cáo thành tích, biên bản xét": what is missing or not known to be there; "" for a complete dossier."""
    held = papers_of(proposal)
    wrong = [name for key, name in PAPERS.items() if held[key] != HELD]
    gate = _gate(proposal)
    if wrong and not proposal.candidate.dossier and gate is not None and tidy(gate.reason):
        return tidy(gate.reason).rstrip(".")
    return ", ".join(wrong)


def _group(plan: Plan, title: str, subjects: Sequence[Proposal]) -> dict[str, object]:
    rows = []
    for number, proposal in enumerate(subjects, start=1):
        row = {
            "tt": str(number),
            "ten": on_one_line(plan, proposal.candidate),
            "hinh_thuc": form_of(plan, proposal.candidate),
        }
        missing = lacks(proposal)
        rows.append(row | papers_of(proposal) | {"con_thieu": upper_first(missing) or COMPLETE})
    return {"tt": "", "ten": title, "dong": rows}


def _gate(proposal: Proposal) -> Gate | None:
    return next((gate for gate in proposal.gates if gate.code == _GATE), None)


def _asked(unit: str, issuer: str) -> str:
    return f" Đề nghị {unit} bổ sung giấy tờ còn thiếu, gửi về {issuer} chậm nhất ngày {wanted('thời hạn')}."


def _told(number: int, lacking: int) -> str:
    if not lacking:
        return f"Hồ sơ của {show_count(number)} trường hợp đã đủ."
    full = number - lacking
    rest = f"Hồ sơ của {show_count(full)} trường hợp đã đủ; " if full else "Hồ sơ của "
    return f"{rest}{show_count(lacking)} trường hợp còn thiếu giấy tờ hoặc chưa rõ."
