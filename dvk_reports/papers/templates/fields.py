"""Every template by its file name, with its fields filled from the example quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from dvk_reports.model.proposals import NOT_CHOSEN, Candidate, Choice, Chosen, Outcome, Proposal, Shortlist
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.papers.awards.dossiers import dossier_fields
from dvk_reports.papers.awards.letters import reply_fields
from dvk_reports.papers.awards.recognition import Recognised, recognition_fields
from dvk_reports.papers.awards.rounds import AwardRound
from dvk_reports.papers.awards.skeletons import papers_around, skeleton_fields
from dvk_reports.papers.letters.reminders import letter_context
from dvk_reports.papers.report.annex_targets import COLUMNS
from dvk_reports.papers.report.report import report_context
from dvk_reports.papers.report.restated import restated
from dvk_reports.papers.templates.example import example_edition, example_quarter, example_register, example_stage
from dvk_reports.plan.book.roles import DocumentRole, LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import IssuedPaper, Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from dvk_reports.plan.reminding import due_reminders

DAY: Final = date(2000, 1, 1)
"""The day written into a paper that is only made to try a template."""

_AT: Final = Cell("", "", 1, 1)
_ROUND: Final = "đợt ví dụ"
_BODY: Final = "Đơn vị A (ví dụ)"


def example_fields(plan: Plan) -> Mapping[str, Mapping[str, object]]:
    """Template file name -> field -> example: text, list of text, or list of rows. Only of the papers the plan has."""
    register, data = example_register(plan), example_quarter(plan)
    day = data.as_of
    office = Office(plan, register, day)
    found: dict[str, Mapping[str, object]] = {}
    report = plan.document_with(DocumentRole.REPORT, day)
    if report is not None:
        found[report.mau] = {**_of_longer(office), **restated(example_edition(plan))}
    reminder = plan.document_with(DocumentRole.REMINDER, day)
    if reminder is not None:
        found[reminder.mau] = letter_context(office, data, due_reminders(office, data)[0], reminder)
    for name in papers_around(plan):
        found[plan.document(name, day).mau] = skeleton_fields(office, name, example_round(plan))
    proposed = _proposed(plan)
    example = AwardRound(office, _choice(proposed), _ROUND)
    for role, fields in ((DocumentRole.DOSSIER, dossier_fields), (DocumentRole.REPLY, reply_fields)):
        paper = plan.document_with(role, day)
        if paper is not None:
            found[paper.mau] = fields(example, paper, _BODY, proposed)
    for name in plan.documents_with(DocumentRole.RECOGNITION)[:1]:
        decision = plan.document(name, day)
        found[decision.mau] = _recognition(office, decision)
    return found


def example_round(plan: Plan) -> Mapping[str, object]:
    """An award round with one collective and one person."""
    collective, person = plan.label(LabelRole.COLLECTIVE), plan.label(LabelRole.INDIVIDUAL)
    return {
        "dot": _ROUND,
        "danh_sach": [
            {
                "nhom": collective,
                "loai": collective.lower(),
                "dong": [{"ten": "Chi bộ A (ví dụ)", "chuc_vu_don_vi": "Đảng bộ xã A"}],
            },
            {
                "nhom": person,
                "loai": person.lower(),
                "dong": [
                    {"ten": "Ông Nguyễn Văn A (ví dụ)", "chuc_vu_don_vi": "Trưởng thôn", "hinh_thuc": "Giấy khen"}
                ],
            },
        ],
        "tien_thuong": 5_200_000,
        "hoi_nghi": "hội nghị sơ kết (ví dụ)",
        "khoan_thuong": [
            {"ten": "Giấy khen: cá nhân", "so_luong": "02", "muc": "540.000", "thanh_tien": "1.080.000"},
        ],
    }


def _proposed(plan: Plan) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(
            Candidate(name, "", "", _AT, plan.label(role), name, form), (), None, (), (), None, Outcome.EXPECTED, ()
        )
        for role, name, form in (
            (LabelRole.COLLECTIVE, "Chi bộ A (ví dụ)", "Biểu dương (ví dụ)"),
            (LabelRole.INDIVIDUAL, "Nguyễn Văn A (ví dụ)", "Giấy khen (ví dụ)"),
        )
    )


def _choice(proposed: tuple[Proposal, ...]) -> Chosen:
    """The second of the proposals was not chosen."""
    passed_over = {proposed[1].candidate.id: Choice(NOT_CHOSEN, "Lý do (ví dụ)")}
    return Chosen(Shortlist("", "", DAY, "A", proposed, ()), passed_over)


def _recognition(office: Office, paper: IssuedPaper) -> dict[str, object]:
    """The fields of a unit's own decision, for a unit of a kind that issues it."""
    plan = office.plan
    body = f"{paper.dau_ten[0]} xã A"
    kind, group = paper.loai_don_vi[0], plan.info.nhom_don_vi[0].ma
    unit = Unit("", f"{body} (ví dụ)", kind, group, False, None, None, (), "", "", "", 0, _AT)
    texts = {"ten": "Chi bộ A (ví dụ)", "don_vi": body, "ket_qua": plan.label(LabelRole.MODEL_RECOGNISED)}
    values = {key: Value(text, text, _AT) for key, text in texts.items()}
    values["nam_xet"] = Value(str(DAY.year), Decimal(DAY.year), _AT)
    row = Row(plan.sheet(SheetRole.RECOGNITIONS), 1, values)
    return recognition_fields(office, Recognised(unit, DAY.year, (row,)))


def _of_longer(office: Office) -> dict[str, object]:
    """What the report of a quarter leaves empty, with the examples of a year, of a stage and of a later edition."""
    found: dict[str, object] = {}
    for data in (example_quarter(office.plan), example_stage(office.plan)):
        fields = report_context(office, data)
        found |= {name: value for name, value in fields.items() if not found.get(name)}
    for count in COLUMNS:
        rows = [dict.fromkeys(("ten", "muc_tieu", *(f"cot_{n}" for n in range(1, count + 1)), "ket_luan", "ma"), "1")]
        found[f"muc_tieu_{count}"] = rows
        found[f"dau_cot_{count}"] = f"Năm {office.plan.first_quarter.year + count - 1}"
    return found
