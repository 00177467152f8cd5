"""Every template by its file name, with its fields filled from the example quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from dvk_reports.model.proposals import NOT_CHOSEN, Candidate, Choice, Chosen, Outcome, Proposal, Shortlist
from dvk_reports.model.records import Cell, Row, Value
from dvk_reports.papers.awards.dossiers import DOSSIER, dossier_fields
from dvk_reports.papers.awards.letters import REPLY, reply_fields
from dvk_reports.papers.awards.recognition import RECOGNITION, recognition_fields
from dvk_reports.papers.awards.skeletons import KINDS, skeleton_fields
from dvk_reports.papers.letters.reminders import letter_context, letters
from dvk_reports.papers.report.over_time import COLUMNS, over_time
from dvk_reports.papers.report.report import DOCUMENT as REPORT
from dvk_reports.papers.report.report import report_context
from dvk_reports.papers.report.restated import restated
from dvk_reports.papers.templates.example import example_edition, example_longer, example_quarter, example_register
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Unit
from dvk_reports.plan.reminding import DOCUMENT as REMINDER

DAY: Final = date(2000, 1, 1)
"""The day written into a paper that is only made to try a template."""

EXAMPLE_ROUND: Final[Mapping[str, object]] = {
    "dot": "đợt ví dụ",
    "danh_sach": [
        {"nhom": "Tập thể", "loai": "tập thể", "dong": [{"ten": "Chi bộ A (ví dụ)", "chuc_vu_don_vi": "Đảng bộ xã A"}]},
        {
            "nhom": "Cá nhân",
            "loai": "cá nhân",
            "dong": [{"ten": "Ông Nguyễn Văn A (ví dụ)", "chuc_vu_don_vi": "Trưởng thôn", "hinh_thuc": "Giấy khen"}],
        },
    ],
    "tien_thuong": 5_200_000,
}

_AT = Cell("", "B9b", 1, 1)
_PROPOSED: Final = tuple(
    Proposal(Candidate(name, "", "", _AT, kind, name, form), (), None, (), (), None, Outcome.EXPECTED, ())
    for kind, name, form in (
        ("Tập thể", "Chi bộ A (ví dụ)", "Biểu dương (ví dụ)"),
        ("Cá nhân", "Nguyễn Văn A (ví dụ)", "Giấy khen (ví dụ)"),
    )
)
EXAMPLE_CHOICE: Final = Chosen(
    Shortlist("", "", DAY, "A", _PROPOSED, ()), {_PROPOSED[1].candidate.id: Choice(NOT_CHOSEN, "Lý do (ví dụ)")}
)
_UNIT: Final = Unit("", "Đảng bộ xã A (ví dụ)", "DB_XA", "I", False, None, None, (), "", "", "", 0, _AT)
_RECOGNISED: Final = (
    Row(
        "B9a",
        1,
        {
            "nam_xet": Value(str(DAY.year), Decimal(DAY.year), _AT),
            "ten": Value("Chi bộ A (ví dụ)", "Chi bộ A (ví dụ)", _AT),
            "don_vi": Value("Đảng bộ xã A", "Đảng bộ xã A", _AT),
            "ket_qua": Value("Mô hình", "Mô hình", _AT),
        },
    ),
)


def example_fields(plan: Plan) -> Mapping[str, Mapping[str, object]]:
    """Template file name -> field -> example: text, list of text, or list of rows."""
    register, data = example_register(plan), example_quarter(plan)
    letter = letters(plan, register, data)[0]
    awards = {
        plan.document(kind, data.as_of).mau: skeleton_fields(plan, register, kind, EXAMPLE_ROUND, data.as_of)
        for kind in KINDS
    }
    around = {
        DOSSIER: dossier_fields(plan, register, EXAMPLE_CHOICE, "Đơn vị A (ví dụ)", _PROPOSED, "đợt ví dụ", data.as_of),
        REPLY: reply_fields(plan, register, EXAMPLE_CHOICE, "Đơn vị A (ví dụ)", _PROPOSED, "đợt ví dụ", data.as_of),
        RECOGNITION[0]: recognition_fields(plan, register, _UNIT, DAY.year, _RECOGNISED, (), (), data.as_of),
    }
    return {
        plan.document(REPORT, data.as_of).mau: {
            **report_context(plan, register, data),
            **restated(example_edition(plan)),
            **_of_longer(plan),
        },
        plan.document(REMINDER, data.as_of).mau: letter_context(plan, register, data, letter),
        **awards,
        **{plan.document(kind, data.as_of).mau: fields for kind, fields in around.items()},
    }


def _of_longer(plan: Plan) -> dict[str, object]:
    """What the report of a quarter leaves empty, with the examples of half a year, nine months and a year."""
    found: dict[str, object] = {}
    for count in COLUMNS:
        told = over_time(plan, example_longer(plan, count))
        found |= {name: value for name, value in told.items() if value or name not in found}
    return found
