"""What is in force in a part of a period only: columns, labels, sheets, figures and ways of counting.

One commune and one agency, 2023-Q1 … 2024-Q2, with as many classes and news items as the little table says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from dvk_reports.awards.records import Records
from dvk_reports.awards.shortlist import shortlist
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Stop
from dvk_reports.model.periods import quarters_between
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.book.figures import Filter, Lines, Operation
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, duty_of
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from tests.support.build import (
    PLAN,
    b1,
    b5,
    b6,
    b10,
    day,
    figures_of,
    form,
    ledger,
    office,
    quarter,
    table,
    unit,
    used,
)
from tests.support.changed_plan import column, ended, figure, plan_with

XA = unit("DB-XA-1", name="Đảng bộ xã Một")
CQ = unit("DB-CQ-1", name="Đảng bộ cơ quan Hai", order=1)
REGISTER = office(XA, CQ, thon={"DB-XA-1": "T1; T2"})
QUARTERS = quarters_between(quarter("2023-Q1"), quarter("2024-Q2"))

ROWS = """
| ky      | xa_lop | cq_lop | xa_tin | cq_anh | xa_tien |
| 2023-Q1 | 1      | 2      | 1      | 0      | 5       |
| 2023-Q2 | 2      | 0      | 2      | 1      | 6       |
| 2023-Q3 | 0      | 1      | 1      | 2      | 7       |
| 2023-Q4 | 3      | 1      | 0      | 1      | 8       |
| 2024-Q1 | 1      | 1      | 2      | 0      | 9       |
| 2024-Q2 | 2      | 2      | 1      | 0      | 10      |
"""
ONLINE = column("truc_tuyen", "Mở trực tuyến", since="01/01/2024")
"""Column of B5 from 2024 on."""


def sent(sender: Unit, key: str, lop: int, tin: int, loai: str, tien: str) -> UsedReturn:
    inside = f"{quarter(key).first_day.replace(day=5):%d/%m/%Y}"
    sheets = {
        "B1": b1(so_chuyen_muc=lop),
        "B5": b5("| ngay_tu | ngay_den | doi_tuong |\n" + f"| {inside} | {inside} | Tổ dân vận |\n" * lop),
        "B6": b6("| ngay | tieu_de | loai |\n" + "".join(f"| {inside} | Tin {n} | {loai} |\n" for n in range(tin))),
    }
    if tien:
        sheets["B10"] = b10(f"| nguon | thuc_hien |\n| Xã hội hóa | {tien} |")
    return used(form(sender, key, {name: text for name, text in sheets.items() if len(text.splitlines()) > 1}))


def returns() -> list[UsedReturn]:
    found = []
    for line in table(ROWS):
        found.append(sent(XA, line["ky"], int(line["xa_lop"]), int(line["xa_tin"]), "Tin", line["xa_tien"]))
        found.append(sent(CQ, line["ky"], int(line["cq_lop"]), int(line["cq_anh"]), "Ảnh", ""))
    return found


def answered(items: Iterable[UsedReturn], online: Mapping[str, int]) -> list[UsedReturn]:
    """From 2024 on each class says whether it was online: of each return the first so many."""
    return [_answered(item, online.get(f"{item.unit} {item.period}", 0)) for item in items]


def _answered(item: UsedReturn, online: int) -> UsedReturn:
    if item.period < "2024" or "B5" not in item.rows:
        return item
    rows = []
    for place, row in enumerate(item.rows["B5"]):
        said = Value("Có", place < online, replace(row.at("ngay_tu"), col=30))
        rows.append(Row(row.sheet, row.number, {**row.values, "truc_tuyen": said}))
    return replace(item, rows={**item.rows, "B5": tuple(rows)})


def counted(plan: Plan, period: str, items: Iterable[UsedReturn] | None = None) -> dict[tuple[str, str], Figure]:
    found = ledger(REGISTER, period, [])
    until = [item for item in (returns() if items is None else items) if quarter(item.period) <= found.last]
    return figures_of(ledger(REGISTER, period, until, plan=plan))


def brief(line: Figure) -> tuple[object, int | None, int | None, str]:
    """(value, n, N, ghi_chu)"""
    return line.value, line.reported, line.owed, line.note


CLASSES, PEOPLE = ("NV1.1", ""), ("NV1.2", "")
ACROSS = "2023-Q3..2024-Q2"


# --- a column that begins --------------------------------------------------------------------------------------------


def test_a_column_that_begins_stops_nothing_before_and_its_unit_from_then_on() -> None:
    """NV1.1 asks from 2024 on whether a class was online; in 2024-Q2 the commune's answer is stopped."""
    plan = plan_with(
        columns={"B5": [ONLINE]},
        figures=[figure("NV1.1", dung_boi=[*PLAN.figure_specs["NV1.1"].dung_boi, "B5.truc_tuyen"])],
    )
    items = answered(returns(), {})
    stopped = [
        replace(item, stops=frozenset({Stop("B5", 7, "truc_tuyen")}))
        if (item.unit, item.period) in (("DB-XA-1", "2023-Q3"), ("DB-XA-1", "2024-Q2"))
        else item
        for item in items
    ]
    since = "cột “Mở trực tuyến” có từ quý I năm 2024"
    assert brief(counted(plan, "2023", stopped)[CLASSES]) == (Decimal(10), 2, 2, "")
    assert brief(counted(plan, "2024-Q1", items)[CLASSES]) == (Decimal(2), 2, 2, "")
    assert brief(counted(plan, ACROSS, items)[CLASSES]) == (Decimal(11), 2, 2, since)
    assert brief(counted(plan, "2024-Q2", stopped)[CLASSES]) == (Decimal(2), 1, 2, "")
    lacking = f"{since}; thiếu 01/08 lượt báo cáo: Đảng bộ xã Một (II/2024)"
    assert brief(counted(plan, ACROSS, stopped)[CLASSES]) == (Decimal(9), 1, 2, lacking)


def test_a_year_is_the_sum_of_its_quarters_across_the_change() -> None:
    plan = plan_with(columns={"B5": [ONLINE]}, figures=[figure("NV1.1", dung_boi=["B5.ngay_tu", "B5.truc_tuyen"])])
    whole = counted(plan, "2023-Q1..2024-Q2", answered(returns(), {}))[CLASSES].value
    quarters = [counted(plan, key.key, answered(returns(), {}))[CLASSES].value or 0 for key in QUARTERS]
    assert whole == sum(quarters) == Decimal(16)


def test_a_new_figure_counts_by_a_new_column_from_its_first_quarter_on() -> None:
    online = Operation(dem="B5", cot="truc_tuyen", loc=[Filter(o="truc_tuyen", la=["Có"])])
    new = figure("NV1.1", name="NV1.9", since="01/01/2024", phep=online, dung_boi=["B5.truc_tuyen"], phan_to=None)
    plan = plan_with(columns={"B5": [ONLINE]}, figures=[new])
    items = answered(returns(), {"DB-XA-1 2024-Q1": 1, "DB-CQ-1 2024-Q2": 2})
    assert ("NV1.9", "") not in counted(plan, "2023", items)
    assert brief(counted(plan, "2024-Q1", items)["NV1.9", ""]) == (Decimal(1), 2, 2, "")
    found = counted(plan, "2023-Q1..2024-Q2", items)["NV1.9", ""]
    assert brief(found) == (Decimal(3), 2, 2, "chỉ tiêu có từ quý I năm 2024")


def test_a_figure_is_in_force_only_where_its_own_column_is_asked() -> None:
    """Its entry begins in 2022; before its column is asked nothing is known of it, so it is not 0."""
    online = Operation(dem="B5", cot="ngay_tu", loc=[Filter(o="truc_tuyen", la=["Có"])])
    plan = plan_with(columns={"B5": [ONLINE]}, figures=[figure("NV1.1", name="NV1.9", phep=online)])
    items = answered(returns(), {"DB-XA-1 2024-Q1": 1})
    assert ("NV1.9", "") not in counted(plan, "2023-Q4", items)
    assert brief(counted(plan, ACROSS, items)["NV1.9", ""]) == (Decimal(1), 2, 2, "chỉ tiêu có từ quý I năm 2024")


def test_a_filter_that_leaves_out_takes_every_row_of_before() -> None:
    on_site = Operation(dem="B5", cot="ngay_tu", loc=[Filter(o="truc_tuyen", khong_la=["Có"])])
    plan = plan_with(columns={"B5": [ONLINE]}, figures=[figure("NV1.1", phep=on_site)])
    items = answered(returns(), {"DB-XA-1 2024-Q1": 1})
    since = "cột “Mở trực tuyến” có từ quý I năm 2024"
    assert brief(counted(plan, ACROSS, items)[CLASSES]) == (Decimal(10), 2, 2, since)


def test_a_breakdown_by_a_new_column_has_lines_from_then_on() -> None:
    plan = plan_with(columns={"B5": [ONLINE]}, figures=[figure("NV1.1", phan_to=Lines(cot=["truc_tuyen"]))])
    items = answered(returns(), {"DB-XA-1 2024-Q1": 1})
    assert {key for key in counted(plan, "2023-Q4", items) if key[0] == "NV1.1"} == {CLASSES}
    found = counted(plan, ACROSS, items)
    assert (found["NV1.1", "Có"].value, found["NV1.1", "Không"].value) == (Decimal(1), Decimal(5))
    assert found[CLASSES].note == "cột “Mở trực tuyến” có từ quý I năm 2024"


def test_a_column_that_ends_stops_nothing_from_then_on() -> None:
    """so_luot is asked until the end of 2023: NV1.2 ends with it, NV1.1 that is only stopped by it goes on."""
    plan = plan_with(
        columns={"B5": [ended("B5", "so_luot", "31/12/2023")]},
        figures=[figure("NV1.1", dung_boi=["B5.ngay_tu", "B5.so_luot"])],
    )
    assert PEOPLE not in counted(plan, "2024-Q1")
    found = counted(plan, ACROSS)
    assert brief(found[PEOPLE]) == (Decimal(50), 2, 2, "chỉ tiêu có đến quý IV năm 2023")
    assert brief(found[CLASSES]) == (Decimal(11), 2, 2, "cột “Số lượt người dự” có đến quý IV năm 2023")


# --- labels and sheets ---------------------------------------------------------------------------------------------


def test_a_label_that_ends_has_its_line_in_the_periods_that_had_it() -> None:
    plan = plan_with(labels={"loai_tin_bai": {"Ảnh": {"den_ngay": day("31/12/2023")}}})
    assert counted(plan, "2023")["NV2.1", "Ảnh"].value == Decimal(4)
    assert ("NV2.1", "Ảnh") not in counted(plan, "2024-Q1")
    found = counted(plan, ACROSS)
    assert brief(found["NV2.1", "Ảnh"]) == (Decimal(3), 2, 2, "“Ảnh” có đến quý IV năm 2023")
    assert brief(found["NV2.1", "Tin"]) == (Decimal(4), 2, 2, "")


def test_a_sheet_that_begins_is_owed_and_counted_from_then_on() -> None:
    """B10 is asked from 2024 on: rows that an older return had anyway are in no figure."""
    plan = plan_with(sheets={"B10": {"tu_ngay": day("01/01/2024")}})
    assert "B10" not in duties(plan, "DB_XA", quarter("2023-Q4"))
    assert "B10" in duties(plan, "DB_XA", quarter("2024-Q1"))
    assert not [code for code, _ in counted(plan, "2023") if code.startswith("KP")]
    assert brief(counted(plan, "2024-6T")["KP.2", ""]) == (Decimal(19), 2, 2, "")
    assert brief(counted(plan, ACROSS)["KP.2", ""]) == (Decimal(19), 2, 2, "chỉ tiêu có từ quý I năm 2024")


def test_a_figure_by_a_function_is_in_force_where_its_sheets_are_asked() -> None:
    plan = plan_with(sheets={"B8": {"tu_ngay": day("01/01/2024")}})
    assert not [code for code, _ in counted(plan, "2023") if code.startswith("MT5") and code != "MT5.8"]
    assert counted(plan, "2024-Q1")["MT5.1", ""].owed == 1


def test_who_is_given_a_sheet_is_asked_of_each_quarter() -> None:
    """Agencies are asked for B6 from 2024 on: what they sent of it before is in no figure, and they did not owe it."""
    both = PLAN.sheets["B6"].giao[0]
    agencies = changed(both, loai_don_vi=["DB_CQ"], tu_ngay=day("01/01/2024"))
    plan = plan_with(sheets={"B6": {"giao": [changed(both, loai_don_vi=["DB_XA"]), agencies]}})
    assert (duty_of(plan, "B6", "DB_CQ", quarter("2023-Q4")), duty_of(plan, "B6", "DB_CQ", quarter("2024-Q1"))) == (
        None,
        both.nghia_vu,
    )
    assert brief(counted(plan, "2023")["NV2.1", ""]) == (Decimal(4), 1, 1, "")
    assert brief(counted(plan, ACROSS)["NV2.1", ""]) == (Decimal(4), 2, 2, "")


# --- figures that begin or end -------------------------------------------------------------------------------------


def test_a_figure_that_ends_is_given_for_its_quarters() -> None:
    """NV2.4 is a number of the end of the period: of a range over its end it is that of its last quarter."""
    plan = plan_with(figures=[figure("NV2.4", until="31/12/2023")])
    code = ("NV2.4", "")
    assert counted(plan, "2023-Q4")[code].value == Decimal(4)
    assert code not in counted(plan, "2024-Q1")
    assert brief(counted(plan, ACROSS)[code]) == (Decimal(4), 2, 2, "chỉ tiêu có đến quý IV năm 2023")


def test_only_the_quarters_of_a_figure_make_a_unit_owe_it() -> None:
    """B9b is asked in the third quarter of the round's year only: a figure that begins after it is owed by nobody."""
    plan = plan_with(figures=[figure("NV5.4", since="01/10/2023")])
    whole = counted(PLAN, "2023")["NV5.4", ""]
    assert (whole.reported, whole.owed) == (2, 2)
    assert brief(counted(plan, "2023")["NV5.4", ""]) == (None, 0, 0, "chỉ tiêu có từ quý IV năm 2023")


def test_a_figure_of_the_year_does_not_miss_the_quarters_before_it_began() -> None:
    plan = plan_with(figures=[figure("MT1.2", since="01/07/2023")])
    items = [item for item in returns() if item.period >= "2023-Q3"]
    note = counted(PLAN, "2023-Q4", items)["MT1.2", ""].note
    assert note == "chưa có số liệu quý I năm 2023, quý II năm 2023"
    found = counted(plan, "2023-Q4", items)["MT1.2", ""]
    assert (found.value, found.reported, found.note) == (Decimal(1), 2, "chỉ tiêu có từ quý III năm 2023")


def test_the_period_before_a_figure_began_has_no_number() -> None:
    plan = plan_with(figures=[figure("NV1.1", since="01/01/2024")])
    found = counted(plan, "2024-Q1")[CLASSES]
    assert (found.previous, found.last_year, found.percent_of_last_year, found.beside) == (None, None, None, "")
    after = counted(plan, "2024-Q2")[CLASSES]
    assert (after.previous, after.last_year) == (Decimal(2), None)


def test_a_year_is_not_set_against_a_part_of_the_year_before() -> None:
    """NV1.1 begins with the second quarter of 2023; all of it is held from 2023-Q1 on."""
    plan = plan_with(figures=[figure("NV1.1", since="01/04/2023")])
    found = counted(plan, "2024-6T")[CLASSES]
    assert (found.value, found.last_year, found.percent_of_last_year) == (Decimal(6), Decimal(2), None)
    assert found.beside == "cùng kỳ năm trước: chỉ tiêu có từ quý II năm 2023"


# --- a figure that is counted in another way ------------------------------------------------------------------------

NEW_WAY = Operation(tong="B5", cot="so_luot", loc=[Filter(o="doi_tuong", la=["Cấp ủy viên"])])


def redefined(code: str, since: str = "01/01/2024", **fields: object) -> Plan:
    last = f"{day(since).replace(day=1):%d/%m/%Y}"
    assert last == since
    return plan_with(figures=[PLAN.figure_specs[code], figure(code, since=since, **fields)])


def test_each_quarter_of_a_flow_is_counted_by_its_own_definition() -> None:
    """From 2024 on NV1.2 counts classes of cấp ủy viên alone, of which there are none."""
    plan = redefined("NV1.2", phep=NEW_WAY)
    assert counted(plan, "2023-Q4")[PEOPLE].value == Decimal(40)
    assert counted(plan, "2024-Q1")[PEOPLE].value == Decimal(0)
    found = counted(plan, ACROSS)
    assert brief(found[PEOPLE]) == (Decimal(50), 2, 2, "cách tính đổi từ quý I năm 2024")
    assert found["NV1.2", "Tổ dân vận"].value == Decimal(50)


def test_two_ways_of_counting_are_not_set_against_each_other() -> None:
    found = counted(redefined("NV1.2", phep=NEW_WAY), "2024-Q1")[PEOPLE]
    assert (found.previous, found.last_year, found.percent_of_last_year) == (Decimal(40), Decimal(30), None)
    assert found.beside == (
        "kỳ trước: theo cách tính trước ngày 01/01/2024; cùng kỳ năm trước: theo cách tính trước ngày 01/01/2024"
    )


def test_an_operation_may_take_the_place_of_a_function() -> None:
    """NV1.4 counted the classes of 2022 and 2023 alone; from 2024 on it counts every class."""
    plan = redefined("NV1.4", phep=Operation(dem="B5", cot="ngay_tu"), phan_to=Lines(cot=["hinh_thuc"]))
    found = counted(plan, ACROSS)
    assert brief(found["NV1.4", ""]) == (Decimal(11), 2, 2, "cách tính đổi từ quý I năm 2024")
    assert (found["NV1.4", "Năm 2023"].value, found["NV1.4", "Độc lập"].value) == (Decimal(5), Decimal(6))


def test_a_return_that_is_not_whole_is_out_of_the_flow_and_its_unit_out_of_n() -> None:
    plan = redefined("NV1.2", phep=NEW_WAY)
    items = [
        replace(item, stops=frozenset({Stop("B5", 7, "so_luot")}))
        if (item.unit, item.period) == ("DB-CQ-1", "2023-Q3")
        else item
        for item in returns()
    ]
    found = counted(plan, ACROSS, items)[PEOPLE]
    assert (found.value, found.reported, found.missing) == (Decimal(40), 1, ("DB-CQ-1",))


def test_a_figure_of_the_year_follows_the_definition_at_its_end() -> None:
    """NV5.4 counts proposals by another column from 2023-Q4 on; the year is counted in that way throughout."""
    plan = redefined("NV5.4", "01/10/2023", phep=Operation(dem="B9b", cot="phan_loai"))
    assert counted(plan, "2023")["NV5.4", ""].note == "cả năm theo cách tính từ quý IV năm 2023"


def test_another_target_is_no_other_way_of_counting() -> None:
    plan = redefined("MT1.6", ten="Tỷ lệ đảng viên được phổ biến Phong trào")
    found = counted(plan, "2024-Q1")["MT1.6", ""]
    assert (found.name, found.previous, found.note) == ("Tỷ lệ đảng viên được phổ biến Phong trào", Decimal(1), "")


# --- a plan that has less ------------------------------------------------------------------------------------------

READ = [sheet.ma for sheet in PLAN.forms.bieu if sheet.ma not in ("BIA", "B4", "B4b", "B11")]


@pytest.mark.parametrize("sheet", READ)
def test_a_plan_without_a_sheet_has_no_rows_of_it_and_counts_the_rest(sheet: str) -> None:
    plan = plan_with(without=[sheet])
    found = counted(plan, "2023")
    kept = {spec.ma for spec in PLAN.figures.chi_tieu if sheet not in spec.sheets}
    assert {code for code, _ in found} == kept
    whole = counted(PLAN, "2023")
    assert {key: line.value for key, line in found.items()} == {
        key: line.value for key, line in whole.items() if key[0] in kept
    }


def test_a_round_of_a_plan_without_proposals_has_none() -> None:
    plan = plan_with(without=["B9a", "B9b", "B2", "B3", "B3b"])
    items = {(item.unit, quarter(item.period)): item for item in returns()}
    held = frozenset(QUARTERS)
    records = Records(Office(plan, REGISTER, day("20/10/2023")), plan.round("2023-10"), items, held)
    assert shortlist(records).proposals == ()


def test_the_ledger_asks_for_the_rule_book_of_each_quarter() -> None:
    plan = plan_with(columns={"B5": [ONLINE]})
    found = ledger(REGISTER, "2024-Q1", returns(), plan=plan)
    before, after = (found.entry(REGISTER.by_code["DB-XA-1"], quarter(key)) for key in ("2023-Q4", "2024-Q1"))
    assert before is not None and after is not None
    assert "truc_tuyen" not in before.plan.sheets["B5"].fields
    assert "truc_tuyen" in after.plan.sheets["B5"].fields
