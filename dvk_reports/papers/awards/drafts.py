"""The Word drafts of an award round, from the chosen subjects alone: nothing in them is a decision yet.

Request, decision, notice and minutes of one form of award share one list, so that a count in a text is the count of
every list. Number, day, votes and signatures stay blank; what only a person knows is asked for.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dvk_reports.errors import PlanError
from dvk_reports.messages.marks import no_issuer, wanted
from dvk_reports.model.choosing import choice_of
from dvk_reports.model.proposals import Chosen, Outcome, Proposal
from dvk_reports.papers.awards.dossiers import dossier_sheets
from dvk_reports.papers.awards.letters import replies
from dvk_reports.papers.awards.lists import counted, for_the_vote, groups_of, on_one_line, picked, quota_of
from dvk_reports.papers.awards.money import Clause, money_clause, money_source, reward_lines
from dvk_reports.papers.awards.rounds import AwardRound, conference_name, round_name
from dvk_reports.papers.awards.skeleton_list import GROUP
from dvk_reports.papers.awards.skeletons import CONFERENCE, ended_authority, late, write_skeleton
from dvk_reports.plan.book.roles import DocumentRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Plan
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, lower_first, tidy, unaccented
from dvk_reports.vietnamese.words import tones

NO_TEMPLATES: Final[Mapping[str, Path]] = MappingProxyType({})


def award_drafts(office: Office, chosen: Chosen, templates: Mapping[str, Path] = NO_TEMPLATES) -> dict[str, bytes]:
    """Path below ``khen-thuong/<DOT>/`` -> .docx, for papers made on the day. Same arguments, same bytes.

    No paper for a form of award nobody was chosen for (:func:`draft_notes` says so); with ``so_quyet_dinh: rieng`` one
    decision for each class. Besides: ``ho-so/…``, what the dossiers of each unit hold and lack, and ``thu-tra-loi/…``,
    the reasons to each unit with a subject that was not chosen. ``templates``: file name -> the office's own template.
    PlanError (gate E11) for a day on which a form of the round is granted no more: then nothing is made; TemplateError
    as in ``render``.
    """
    plan, day = office.plan, office.day
    forbid_late(plan, chosen.shortlist.round, day)
    given = AwardRound(office, chosen, round_name(chosen))
    found: dict[str, bytes] = {}
    for paper in _papers(plan, day):
        subjects = picked(plan, office.register, chosen, paper.hinh_thuc)
        for ending, part in _parts_of(paper, subjects):
            found[f"{paper.ten_tep}{ending}.docx"] = _draft(given, paper, part, templates.get(paper.mau))
    found |= _conference(given, templates)
    found |= dossier_sheets(given, _own(plan, DocumentRole.DOSSIER, day, templates))
    found |= replies(given, _own(plan, DocumentRole.REPLY, day, templates))
    return found


def _conference(given: AwardRound, templates: Mapping[str, Path]) -> dict[str, bytes]:
    """Invitation, programme and request for funds of the conference of the round; none where nobody was chosen."""
    plan, day, register = given.office.plan, given.office.day, given.office.register
    forms = list(dict.fromkeys(paper.hinh_thuc for paper in _papers(plan, day)))
    taken = {form: chosen for form in forms if (chosen := picked(plan, register, given.chosen, form))}
    told = {form: next(p.ten_hinh_thuc or form for p in _papers(plan, day) if p.hinh_thuc == form) for form in taken}
    tone = plan.documents.dau_thanh
    fields: Mapping[str, object] = {
        "dot": given.dot,
        "hoi_nghi": conference_name(given.chosen),
        "cong_bo": [tones(f"{told[form]}: {counted(own)}", tone) for form, own in taken.items()],
        "khoan_thuong": [line for form, own in taken.items() for line in reward_lines(plan, given.chosen, form, own)],
        "nguon_tien": money_source([proposal for own in taken.values() for proposal in own]),
    }
    names = dict.fromkeys(spec.ma for spec in plan.documents.van_ban if spec.vai in CONFERENCE and spec.ten_tep)
    found: dict[str, bytes] = {}
    for paper in [plan.document(name, day) for name in names] if taken else []:
        out = io.BytesIO()
        write_skeleton(out, given.office, paper.ma, fields, templates.get(paper.mau))
        found[f"{paper.ten_tep}.docx"] = out.getvalue()
    return found


def _own(plan: Plan, role: DocumentRole, day: date, templates: Mapping[str, Path]) -> Path | None:
    paper = plan.document_with(role, day)
    return templates.get(paper.mau) if paper is not None else None


def _papers(plan: Plan, day: date) -> list[IssuedPaper]:
    """Every paper about a form of award that has a file of its own, the papers of one form together."""
    names = dict.fromkeys(spec.ma for spec in plan.documents.van_ban if spec.hinh_thuc and spec.ten_tep)
    papers = [plan.document(name, day) for name in names]
    forms = list(dict.fromkeys(paper.hinh_thuc for paper in papers))
    return sorted(papers, key=lambda paper: forms.index(paper.hinh_thuc))


def forbid_late(plan: Plan, name: str, day: date) -> None:
    """PlanError (E11) where a form of award of the round ``name`` is granted no more on the day."""
    for form in dict.fromkeys(quota.hinh_thuc for quota in plan.awards.chi_tieu if quota.dot == name):
        ended = ended_authority(plan, form, day)
        if ended is not None:
            raise PlanError(
                f"E11: {late(ended, day)}. Không tệp nào được ghi. Đợt này chỉ giữ để tra cứu; việc khen thưởng sau "
                f"ngày đó do cơ quan có thẩm quyền lúc ấy thực hiện. Căn cứ: {ended.can_cu}."
            )


def draft_notes(plan: Plan, chosen: Chosen, day: date) -> tuple[str, ...]:
    """What the clerk must know beside the drafts: papers without an issuer, forms without a paper, quotas exceeded."""
    papers = _papers(plan, day)
    around = [plan.document_with(role, day) for role in (DocumentRole.DOSSIER, DocumentRole.REPLY)]
    nobody = [paper.ten for paper in (*papers, *around) if paper is not None and not paper.has_issuer]
    forms = list(dict.fromkeys(paper.hinh_thuc for paper in papers))
    taken = [p for p in chosen.shortlist.proposals if chosen.is_chosen(p)]
    found = [no_issuer("; ".join(nobody), day)] if nobody else []
    for form in forms:
        if not any(fold(p.candidate.form) == fold(form) for p in taken):
            found.append(f"{form}: không có tập thể, cá nhân nào được chọn nên không lập văn bản.")
    known = {fold(form) for form in forms}
    for form in dict.fromkeys(p.candidate.form for p in taken if fold(p.candidate.form) not in known):
        count = sum(p.candidate.form == form for p in taken)
        found.append(
            f"{show_count(count)} đối tượng được chọn với hình thức “{form}”: không có văn bản cho hình thức này."
        )
    for form in forms:
        over = _over_quota(chosen, [p for p in taken if fold(p.candidate.form) == fold(form)])
        found += [f"{form}: {text}." for text in over]
    return tuple(found)


def _parts_of(paper: IssuedPaper, subjects: Sequence[Proposal]) -> Iterator[tuple[str, Sequence[Proposal]]]:
    """(ending of the file name, subjects): all in one paper, or a decision for each class."""
    if paper.vai is not DocumentRole.DECISION or paper.so_quyet_dinh == "chung":
        if subjects:
            yield "", subjects
        return
    for name in dict.fromkeys(tidy(p.candidate.kind) for p in subjects):
        own = [p for p in subjects if fold(p.candidate.kind) == fold(name)]
        yield f"-{'-'.join(unaccented(name).lower().split())}", own


def _draft(given: AwardRound, paper: IssuedPaper, subjects: Sequence[Proposal], template: Path | None) -> bytes:
    plan = given.office.plan
    if paper.vai is DocumentRole.MINUTES:
        subjects = for_the_vote(plan, given.office.register, given.chosen, paper.hinh_thuc)
    fields: dict[str, object] = {"dot": given.dot, GROUP: groups_of(plan, subjects)}
    decides = paper.vai is DocumentRole.DECISION
    clause = money_clause(plan, given.chosen, paper.hinh_thuc, subjects) if decides else Clause()
    if clause.rates:
        fields |= {"tien_thuong": clause.rates, "nguon_tien": clause.source}
    if paper.vai is DocumentRole.REQUEST:
        fields["ket_qua_xet"] = _results(given, subjects)
    out = io.BytesIO()
    write_skeleton(out, given.office, paper.ma, fields, template)
    return out.getvalue()


# --- what a request says of the choice


def _results(given: AwardRound, subjects: Sequence[Proposal]) -> list[str]:
    """The reading used, years still waiting for their decision, and every choice that departs from the proposal."""
    plan = given.office.plan
    names = {*names_of(given.office.register), *(p.candidate.name for p in subjects)}
    said = [_reading(plan, given.chosen), *_pending(subjects)]
    over = _over_quota(given.chosen, subjects)
    said += [f"Số đề nghị {'; '.join(over)}."] if over else []
    own = [tones(text, plan.documents.dau_thanh, names) for text in said]
    # Reasons are the clerk's own words: as they were typed.
    return [*own, *_departures(plan, given.chosen, subjects)]


def _reading(plan: Plan, chosen: Chosen) -> str:
    name = chosen.shortlist.reading
    how = plan.documents.cach_tinh_02_nam.get(name) or wanted("cách tính")
    return f"Việc duy trì liên tục từ 02 năm trở lên được tính theo {how}."


def _pending(subjects: Sequence[Proposal]) -> list[str]:
    years = sorted({year.year for p in subjects for year in p.years if year.pending})
    waiting = {y: [p for p in subjects if any(x.pending and x.year == y for x in p.years)] for y in years}
    return [
        f"Năm {year} của {counted(found)} đang chờ quyết định công nhận, tính theo kết quả rà soát."
        for year, found in waiting.items()
    ]


def _over_quota(chosen: Chosen, subjects: Sequence[Proposal]) -> list[str]:
    """ "vượt chỉ tiêu: 16 tập thể (chỉ tiêu 15)", "không có chỉ tiêu: 01 hộ gia đình"."""
    count = Counter((p.candidate.form, p.candidate.kind) for p in subjects)
    found = []
    for (form, kind), number in count.items():
        quota = quota_of(chosen, form, kind)
        told = f"{show_count(number)} {lower_first(tidy(kind))}"
        if not quota:
            found.append(f"không có chỉ tiêu: {told}")
        elif number > quota:
            found.append(f"vượt chỉ tiêu: {told} (chỉ tiêu {show_count(quota)})")
    return found


def _departures(plan: Plan, chosen: Chosen, subjects: Sequence[Proposal]) -> list[str]:
    found = []
    for proposal in subjects:
        if proposal.outcome is not Outcome.EXPECTED:
            reason = tidy(choice_of(chosen, proposal).reason).rstrip(".") or wanted("lý do chọn")
            who = on_one_line(plan, proposal.candidate)
            found.append(f"{who}: kết quả rà soát là “{proposal.outcome}”; lý do chọn: {reason}.")
    return found
