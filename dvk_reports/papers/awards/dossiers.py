"""Check sheets of the dossiers: for every unit, what the dossier of each subject it proposed holds and lacks.

A dossier is the request with its list, the account of merit certified by the unit, and the minutes of the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dvk_reports.model.proposals import Chosen, Gate, GateState, Proposal
from dvk_reports.papers.awards.letters import name_of
from dvk_reports.papers.awards.lists import by_unit, form_of, told
from dvk_reports.papers.awards.skeleton_list import roman
from dvk_reports.papers.awards.skeletons import head_fields
from dvk_reports.papers.docx.drafts import render
from dvk_reports.papers.docx.tone import names_of, toned
from dvk_reports.papers.report.wording import wanted
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import tidy
from dvk_reports.vietnamese.words import tones

DOSSIER: Final = "phieu_ho_so"
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


def dossier_sheets(
    plan: Plan, register: Register, chosen: Chosen, dot: str, day: date, template: Path | None = None
) -> dict[str, bytes]:
    """``ho-so/…`` -> .docx for every unit that proposed someone."""
    spec = plan.document(DOSSIER, day)
    tone, names = plan.documents.dau_thanh, names_of(register)
    found = {}
    for unit, subjects in by_unit(plan, register, chosen.shortlist.proposals).items():
        fields = dossier_fields(plan, register, chosen, unit, subjects, dot, day)
        title = f"{spec.ten_loai.capitalize()} {fields['trich_yeu']}"
        paper = render(
            spec.mau,
            toned(fields, tone, names, ("danh_sach", "ho_ten")),
            title=tones(title, tone, names),
            day=day,
            template=template,
            tone=tone,
        )
        found[f"{FOLDER}/DVK_{unit}_{chosen.shortlist.round}_ho-so.docx"] = paper
    return found


def dossier_fields(
    plan: Plan, register: Register, chosen: Chosen, unit: str, subjects: Sequence[Proposal], dot: str, day: date
) -> dict[str, object]:
    """Every field of ``phieu-ho-so.docx``. ``subjects``: all that the unit has proposed."""
    name = name_of(register, unit, day)
    spec = plan.document(DOSSIER, day)
    spec = spec.model_copy(update={"noi_nhan": [text.format(don_vi=name) for text in spec.noi_nhan]})
    layout = plan.documents.layout(spec.the_thuc, day)
    groups = [
        _group(plan, title, [p for p in subjects if chosen.is_chosen(p) is taken])
        for title, taken in (("Được chọn ở đợt này", True), ("Chưa được chọn", False))
    ]
    kept = [group for group in groups if group["dong"]]
    for number, group in enumerate(kept, start=1):
        group["tt"] = roman(number)
    lacking = sum(bool(lacks(proposal)) for proposal in subjects)
    return {
        **head_fields(spec, layout, register, day),
        "don_vi": name,
        "dot": dot,
        "gach_trich_yeu": "-----" if spec.gach_trich_yeu else "",
        "trich_yeu": spec.trich_yeu.format(don_vi=name, dot=dot),
        "danh_sach": kept,
        "ket_luan": _told(len(subjects), lacking) + (_asked(name, spec.ten_co_quan) if lacking else ""),
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
            "ten": told(proposal.candidate, plan.documents.ngan_cach_dong),
            "hinh_thuc": form_of(plan, proposal.candidate),
        }
        missing = lacks(proposal)
        rows.append(row | papers_of(proposal) | {"con_thieu": missing[:1].upper() + missing[1:] or COMPLETE})
    return {"tt": "", "ten": title, "dong": rows}


def _gate(proposal: Proposal) -> Gate | None:
    return next((gate for gate in proposal.gates if gate.code == _GATE), None)


def _asked(unit: str, issuer: str) -> str:
    return f" Đề nghị {unit} bổ sung giấy tờ còn thiếu, gửi về {issuer} trước ngày {wanted('thời hạn')}."


def _told(number: int, lacking: int) -> str:
    if not lacking:
        return f"Hồ sơ của {show_count(number)} trường hợp đã đủ."
    full = number - lacking
    rest = f"Hồ sơ của {show_count(full)} trường hợp đã đủ; " if full else "Hồ sơ của "
    return f"{rest}{show_count(lacking)} trường hợp còn thiếu giấy tờ hoặc chưa rõ."
