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
from dvk_reports.model.proposals import Chosen, Outcome, Proposal
from dvk_reports.papers.awards.dossiers import DOSSIER, dossier_sheets
from dvk_reports.papers.awards.letters import REPLY, replies
from dvk_reports.papers.awards.lists import choice_of, counted, groups_of, lower_first, picked, quota_of, told
from dvk_reports.papers.awards.money import Clause, certificate_money, praise_money
from dvk_reports.papers.awards.skeleton_list import GROUP
from dvk_reports.papers.awards.skeletons import (
    CERTIFICATE,
    MINUTES,
    NOTICE,
    PARTY_MINUTES,
    PRAISE,
    REQUEST,
    STATE_REQUEST,
    write_skeleton,
)
from dvk_reports.papers.docx.tone import names_of
from dvk_reports.papers.report.wording import wanted
from dvk_reports.plan.book.rulebook import DocumentSpec, Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, tidy, unaccented
from dvk_reports.vietnamese.words import tones

PAPERS: Final[Mapping[str, str]] = {
    REQUEST: "to-trinh-bieu-duong",
    PRAISE: "quyet-dinh-bieu-duong",
    NOTICE: "thong-bao-bieu-duong",
    PARTY_MINUTES: "bien-ban-hop-xet-bieu-duong",
    STATE_REQUEST: "to-trinh-giay-khen",
    CERTIFICATE: "quyet-dinh-giay-khen",
    MINUTES: "bien-ban-hop-xet",
}
"""Paper -> name of its file, below ``khen-thuong/<DOT>/``."""
NO_TEMPLATES: Final[Mapping[str, Path]] = MappingProxyType({})
_DECISIONS, _REQUESTS = (PRAISE, CERTIFICATE), (REQUEST, STATE_REQUEST)


def award_drafts(
    plan: Plan, register: Register, chosen: Chosen, day: date, templates: Mapping[str, Path] = NO_TEMPLATES
) -> dict[str, bytes]:
    """Path below ``khen-thuong/<DOT>/`` -> .docx, for a paper made on ``day``. Same arguments, same bytes.

    No paper for a form of award nobody was chosen for (:func:`draft_notes` says so); with ``so_quyet_dinh: rieng`` one
    decision for each class. Besides: ``ho-so/…``, what the dossiers of each unit hold and lack, and ``thu-tra-loi/…``,
    the reasons to each unit with a subject that was not chosen. ``templates``: file name -> the office's own template.
    PlanError (gate E11) on a day on which an issuer is no more: then nothing is made; TemplateError as in ``render``.
    """
    forbid_late(plan, day)
    found: dict[str, bytes] = {}
    for kind, stem in PAPERS.items():
        spec = plan.document(kind, day)
        subjects = picked(plan, register, chosen, spec.hinh_thuc)
        for ending, part in _papers_of(spec, kind, subjects):
            found[f"{stem}{ending}.docx"] = _paper(plan, register, chosen, kind, part, day, templates.get(spec.mau))
    dot = round_name(chosen)
    found |= dossier_sheets(plan, register, chosen, dot, day, templates.get(plan.document(DOSSIER, day).mau))
    found |= replies(plan, register, chosen, dot, day, templates.get(plan.document(REPLY, day).mau))
    return found


def forbid_late(plan: Plan, day: date) -> None:
    """PlanError (E11) where an issuer of the round's papers no longer exists on the day."""
    for kind in (*PAPERS, DOSSIER, REPLY):
        spec = plan.document(kind, day)
        if spec.den_ngay is not None and day > spec.den_ngay:
            raise PlanError(
                f"E11: ngày {show_date_prose(day)} không lập được văn bản biểu dương, khen thưởng cấp huyện, vì "
                f"{spec.ten_co_quan} không còn là cơ quan ban hành sau ngày {show_date_prose(spec.den_ngay)}. "
                "Không tệp nào được ghi. Đợt này chỉ giữ để tra cứu; việc khen thưởng sau ngày đó do cấp xã hoặc cấp "
                "tỉnh thực hiện."
            )


def draft_notes(plan: Plan, chosen: Chosen, day: date) -> tuple[str, ...]:
    """What the clerk must know beside the drafts: forms of award without a paper, choices over a quota."""
    forms = list(dict.fromkeys(plan.document(kind, day).hinh_thuc for kind in PAPERS))
    taken = [p for p in chosen.shortlist.proposals if chosen.is_chosen(p)]
    found = []
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


def round_name(chosen: Chosen) -> str:
    """ "đợt sơ kết tháng 10/2023": the occasion and the month of the round, as a title has it in brackets."""
    year, _, month = chosen.shortlist.round.partition("-")
    occasion = tidy(lower_first(chosen.shortlist.name).replace("Phong trào “Dân vận khéo”", ""))
    when = f"tháng {month.lstrip('0') if month not in ('01', '02') else month}/{year}" if month else year
    return " ".join(part for part in ("đợt", occasion, when) if part)


def _papers_of(spec: DocumentSpec, kind: str, subjects: Sequence[Proposal]) -> Iterator[tuple[str, Sequence[Proposal]]]:
    """(ending of the file name, subjects): all in one paper, or a decision for each class."""
    if kind not in _DECISIONS or spec.so_quyet_dinh == "chung":
        if subjects:
            yield "", subjects
        return
    for name in dict.fromkeys(tidy(p.candidate.kind) for p in subjects):
        own = [p for p in subjects if fold(p.candidate.kind) == fold(name)]
        yield f"-{'-'.join(unaccented(name).lower().split())}", own


def _paper(
    plan: Plan,
    register: Register,
    chosen: Chosen,
    kind: str,
    subjects: Sequence[Proposal],
    day: date,
    template: Path | None,
) -> bytes:
    spec = plan.document(kind, day)
    between = ", " if spec.dang_danh_sach == "bang" and kind not in (MINUTES, PARTY_MINUTES) else _between(plan)
    fields: dict[str, object] = {"dot": round_name(chosen), GROUP: groups_of(plan, subjects, between)}
    clause = _clause(chosen, kind, subjects)
    if clause.rates:
        fields |= {"tien_thuong": clause.rates, "nguon_tien": clause.source}
    if kind in _REQUESTS:
        fields["ket_qua_xet"] = _results(plan, register, chosen, subjects)
    out = io.BytesIO()
    write_skeleton(out, plan, register, kind, fields, day, template)
    return out.getvalue()


def _between(plan: Plan) -> str:
    return plan.documents.ngan_cach_dong


def _clause(chosen: Chosen, kind: str, subjects: Sequence[Proposal]) -> Clause:
    if kind == CERTIFICATE:
        return certificate_money(subjects)
    return praise_money(chosen, subjects) if kind == PRAISE else Clause()


# --- what a request says of the choice


def _results(plan: Plan, register: Register, chosen: Chosen, subjects: Sequence[Proposal]) -> list[str]:
    """The reading used, years still waiting for their decision, and every choice that departs from the proposal."""
    names = {*names_of(register), *(p.candidate.name for p in subjects)}
    said = [_reading(plan, chosen), *_pending(subjects)]
    over = _over_quota(chosen, subjects)
    said += [f"Số đề nghị {'; '.join(over)}."] if over else []
    own = [tones(text, plan.documents.dau_thanh, names) for text in said]
    # Reasons are the clerk's own words: as they were typed.
    return [*own, *_departures(plan, chosen, subjects)]


def _reading(plan: Plan, chosen: Chosen) -> str:
    name = chosen.shortlist.reading
    how = plan.documents.cach_tinh_02_nam.get(name) or wanted("cách tính")
    return f"Việc duy trì liên tục từ 02 năm trở lên được tính theo {how} (cách {name})."


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
            who = told(proposal.candidate, _between(plan))
            found.append(f"{who}: kết quả rà soát là “{proposal.outcome}”; lý do chọn: {reason}.")
    return found
