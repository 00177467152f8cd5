"""A plan that has no sheet, or no label, for a role: what rests on it finds nothing, and nothing breaks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dvk_reports.checks.across import across
from dvk_reports.model.findings import Finding
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from tests.checks.commune import CQ, NIL, REGISTER, XA, sent
from tests.support.build import PLAN, b2, b3, b5, b6, b7, b8, b9a, b9b, b10, checked, quarter

NO_WORDS: Mapping[str, str] = {}
EVERYTHING = {
    "B2": b2("| ma_mo_hinh | trang_thai |\n| MH-DB-XA-1-001 | Duy trì |\n| MH-DB-XA-1-002 | Đăng ký |"),
    "B3": b3("| ma_mo_hinh | kien_nghi |\n| MH-DB-XA-1-001 | Củng cố |\n| MH-DB-XA-1-002 | Nhân rộng |"),
    "B3b": "| ma_mo_hinh | noi_nhan_rong | ngay_nhan_rong |\n| MH-DB-XA-1-001 | DB-XA-1 | 05/09/2023 |",
    "B4": "| ma_thon | so_mo_hinh |\n| T9 | 7 |",
    "B5": b5("| cap_to_chuc |\n| Huyện |"),
    "B6": b6("| so_luong | ma_mo_hinh |\n| 2 | x |"),
    "B7": b7("| cap |\n| Ban Dân vận Huyện ủy |"),
    "B8": b8("| phieu_hop_le |\n| 9 |"),
    "B9a": b9a("| ten | ngay_qd |\n| Tổ A | 15/10/2022 |"),
    "B9b": b9b("| ten |\n| Tổ A |\n| Tổ A |"),
    "B10": b10("| nguon | thuc_hien |\n| Khác | 10001 |"),
    "B11": "| uu_diem | Trong quý II |",
}


def of_plan(plan: Plan, bia: Mapping[str, str] = NO_WORDS) -> list[Finding]:
    """What the checks of a plan find in a return with rows of every sheet, after one that had them too."""
    before, item = sent(EVERYTHING, period="2023-Q2"), sent(EVERYTHING, bia=bia)
    found = checked(XA, REGISTER, "2023-Q3", item, [before], plan=plan).findings
    return [
        *found,
        *across(Office(plan, REGISTER, quarter("2023-Q3").last_day), quarter("2023-Q3"), [item, sent(EVERYTHING, CQ)]),
    ]


@pytest.mark.parametrize("role", [role for role in SheetRole if role is not SheetRole.COVER])
@pytest.mark.parametrize("bia", [NO_WORDS, NIL], ids=["", "nil"])
def test_a_plan_without_a_sheet_finds_nothing_of_it(role: SheetRole, bia: Mapping[str, str]) -> None:
    gone = PLAN.sheet(role)
    sheets = [sheet for sheet in PLAN.forms.bieu if sheet.ma != gone]
    found = of_plan(changed(PLAN, forms=changed(PLAN.forms, bieu=sheets)), bia)
    assert found and gone not in {finding.sheet for finding in found}


@pytest.mark.parametrize("bia", [NO_WORDS, NIL], ids=["", "nil"])
def test_a_plan_whose_labels_play_no_role_finds_nothing_of_them(bia: Mapping[str, str]) -> None:
    plain = {
        name: changed(choice, nhan=[changed(label, vai=[], sang=None) for label in choice.nhan])
        for name, choice in PLAN.forms.danh_sach.items()
    }
    found = {finding.rule for finding in of_plan(changed(PLAN, forms=changed(PLAN.forms, danh_sach=plain)), bia)}
    of_roles = {"NO_REPLICATION", "ATTENDANCE_ONLY", "INSPECTED_ONLY", *(["NIL_AGAINST_ROWS"] if bia else [])}
    assert of_roles <= {finding.rule for finding in of_plan(PLAN, bia)}
    assert found and not found & of_roles
