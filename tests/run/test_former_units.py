"""What is said of units that are no more, or no longer in the register: D11, D12."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from dvk_reports import consolidate, make_forms
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import LeftOut
from dvk_reports.run.steps.former_units import lost_units, unlisted_models
from tests.run.test_prefill import OLD, SPLIT, P, Q, returned
from tests.support import small_space
from tests.support.build import PLAN, office, quarter, unit
from tests.support.small_space import DAY, KY

XA = unit("DB-XA-1")


def past(key: str, *returns: UsedReturn, names: str = "") -> PastQuarter:
    """``names``: ``DB-XA-8 Đảng bộ xã Tám`` as its own workbook named the unit."""
    code, _, name = names.partition(" ")
    said = (Submission(code, name, "DB_XA", UnitState.ACCEPTED),) if names else ()
    return PastQuarter(quarter(key), {item.unit: item for item in returns}, {}, submissions=said)


def said(finding: Finding) -> tuple[str, ...]:
    return finding.level.value, finding.code, finding.unit, finding.file, finding.sheet


def test_a_unit_whose_row_has_left_the_register_is_named_with_its_quarters() -> None:
    gone, kept = unit("DB-XA-8"), returned("2023-Q1", "1 Một")
    history = [
        past(key, returned(key, who=gone), kept, names="DB-XA-8 Đảng bộ xã Tám") for key in ("2023-Q1", "2023-Q2")
    ]
    (found,) = lost_units(office(XA), history)
    assert said(found) == ("Chặn", "D11", "DB-XA-8", "danh-muc.xlsx", "Đơn vị")
    assert (found.text, found.remedy) == (
        "Đơn vị Đảng bộ xã Tám (DB-XA-8) không còn dòng ở trang Đơn vị nhưng có báo cáo đã dùng ở kỳ 2023-Q1, 2023-Q2: "
        "số phát sinh của các kỳ đó vẫn ở trong tổng, đơn vị không còn trong số phải báo cáo.",
        "Ghi lại dòng của đơn vị với mã DB-XA-8, loại DB_XA; đơn vị đã thôi hoạt động thì ghi ngày cuối ở ô Hiệu lực "
        "đến, không xóa dòng.",
    )
    assert list(lost_units(office(XA, gone), history)) == []  # the remedy, followed
    stopped = replace(office(XA), left_out=(LeftOut("DB-XA-8", 4),))  # its row is there, and told by its own mistake
    assert list(lost_units(stopped, history)) == []


def test_a_unit_whose_code_was_changed_is_told_which() -> None:
    gone, renamed = unit("DB-XA-8"), unit("DB-XA-08", name="Đảng bộ xã Tám")
    (found,) = lost_units(
        office(renamed), [past("2023-Q1", returned("2023-Q1", who=gone), names="DB-XA-8 Đảng bộ xã Tám")]
    )
    assert found.remedy.endswith(" Nếu mã đã đổi thành DB-XA-08 thì đổi lại thành DB-XA-8.")


ONE, TWO = "MH-DB-XA-9-001 Một", "MH-DB-XA-9-002 Hai"
BEFORE = past("2023-Q2", returned("2023-Q2", ONE, TWO, "MH-DB-XA-9-003 Ba | Dừng", who=OLD, thon="Tất cả"))


@pytest.mark.parametrize(
    ("of_p", "of_q", "left"),
    [
        ([ONE], [TWO], []),
        ([ONE], ["1 Mới"], ["MH-DB-XA-9-002 “Hai”"]),
        (["1 Mới"], ["1 Mới"], ["MH-DB-XA-9-001 “Một”", "MH-DB-XA-9-002 “Hai”"]),
        ([ONE, f"{TWO} | Dừng"], ["1 Mới"], []),  # ended by one of them: it was listed
        ([ONE], None, []),  # the other part has not reported yet: nobody knows
    ],
)
def test_models_that_no_part_lists(of_p: list[str], of_q: list[str] | None, left: list[str]) -> None:
    sent = [returned(KY, *of_p, who=P, thon="P1")]
    if of_q is not None:
        sent.append(returned(KY, *of_q, who=Q, thon="Q1"))
    found = list(unlisted_models(Office(PLAN, SPLIT, DAY), [BEFORE], past(KY, *sent)))
    assert [item.text.rpartition("nào: ")[2] for item in found] == ([", ".join(left) + "."] if left else [])
    assert [said(item) for item in found] == (
        [("Cảnh báo", "D12", "DB-XA-9", "danh-muc.xlsx", "Sáp nhập")] if left else []
    )


def test_a_model_listed_a_quarter_later_is_no_longer_missing() -> None:
    first = past(KY, returned(KY, ONE, who=P, thon="P1"), returned(KY, "1 Mới", who=Q, thon="Q1"))
    later = past("2023-Q4", returned("2023-Q4", "1 Mới", TWO, who=Q, thon="Q1"))
    office_then = Office(PLAN, SPLIT, date(2024, 1, 12))
    (found,) = unlisted_models(office_then, [BEFORE, first], past("2023-Q4"))
    assert (found.text, found.remedy) == (
        "Đảng bộ xã Cũ (DB-XA-9) đã chia tách thành Đảng bộ xã Bảo Hà, DB-XA-3; 01 mô hình chưa kết thúc chưa có trong "
        "báo cáo của đơn vị nào: MH-DB-XA-9-002 “Hai”.",
        "Đề nghị đơn vị nhận mô hình ghi lại dòng với đúng mã ở biểu B2; mô hình không còn thì một đơn vị ghi lại dòng "
        "và chọn trạng thái Dừng hoặc Sáp nhập.",
    )
    assert list(unlisted_models(office_then, [BEFORE, first], later)) == []


def test_a_row_deleted_from_the_register_is_told_in_the_next_quarter_and_in_the_year(tmp_path) -> None:  # type: ignore[no-untyped-def]
    space = small_space.made(tmp_path)
    for code in ("CB-A", "CB-B"):
        small_space.put(space, f"{code}.xlsx", small_space.sent(space, code))
    consolidate(space, KY, as_of=DAY)
    register = tmp_path / "danh-muc.xlsx"
    book = openpyxl.load_workbook(register)
    for name in ("Đơn vị", "Ngày nhận"):
        sheet = book[name]
        sheet.delete_rows(next(row for row in range(2, 60) if sheet.cell(row, 1).value == "CB-B"))
    book.save(register)
    told = make_forms(space, "2023-Q4", as_of=date(2023, 12, 1)).register
    assert sum("Đơn vị Chi bộ B (CB-B) không còn dòng" in line for line in told) == 1
    small_space.put(space, "a.xlsx", small_space.sent(space, "CB-A", quarter="2023-Q4"), quarter="2023-Q4")
    for key in ("2023-Q4", "2023"):
        result = consolidate(space, key, as_of=date(2024, 1, 12))
        lines = [row for row in result.frame("Lỗi").to_dict("records") if row["ma_loi"] == "D11"]
        assert [(row["muc"], row["ma_don_vi"], row["tep"], row["sheet"]) for row in lines] == [
            ("Chặn", "CB-B", "danh-muc.xlsx", "Đơn vị")
        ]
        assert "Chi bộ B (CB-B)" in lines[0]["noi_dung"] and KY in lines[0]["noi_dung"]
