"""A file is read by the rule book of the quarter it says; a past quarter by that of its own last day.

In the plan of these tests B5 asks for a number of sessions and knows online classes from 2024 on, and B11 begins then.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports import consolidate
from dvk_reports.intake.back.past import read_past
from dvk_reports.intake.files.boxes import ReceivedFile
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.reading import read_file, read_files
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.steps.judge import judge
from tests.support.edited_plans import changed_plan, column, sheet
from tests.support.offices import edited, form_of
from tests.support.small_space import DAY, KY, put, sent

D24 = date(2024, 1, 1)
UNIT = Unit(
    code="CQ-BDV",
    name="Ban Dân vận Huyện ủy",
    kind="BXD",
    group="III",
    agency=True,
    since=None,
    until=None,
    aliases=(),
    email="",
    phone="",
    contact="",
    order=0,
    at=Cell("danh-muc.xlsx", "Đơn vị", 4, 1),
)
REGISTER = Register(units=(UNIT,))


def more_from_2024(forms, figures):
    columns = sheet(forms, "B5")["truong"]
    count = column(forms, "B5", "so_luot")
    columns.append({**count, "khoa": "so_buoi", "ten": "Số buổi", "bat_buoc": True, "tu_ngay": D24})
    forms["danh_sach"]["hinh_thuc_lop"]["nhan"].append({"ten": "Trực tuyến", "tu_ngay": D24})
    sheet(forms, "B11")["tu_ngay"] = D24


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return changed_plan(tmp_path_factory.mktemp("quy-dinh"), more_from_2024)


def form(plan, drawn_for, said, row):
    """A form drawn for one quarter; the unit has written another period over its own."""
    quarter, claimed = Quarter.parse(drawn_for), Quarter.parse(said)
    ticks = {f"khong_phat_sinh_{key}": True for key in ("b6", "b7", "b8", "b9a")}
    values = {
        "BIA": {"phien_ban": 1, "loai_bao_cao": "Chính thức", **ticks},
        "B11": {"uu_diem": "Có chuyển biến"},
    }
    view = plan.on(quarter.last_day)
    data = form_of(view, REGISTER, UNIT, quarter, values, {"B5": [row]}, ("BIA", "B5", "B11"))

    def other_period(book):
        for cells in book["BIA"].iter_rows():
            if cells[0].value in ("ky", "ngay_chot"):
                cells[2].value = said if cells[0].value == "ky" else claimed.last_day

    return edited(data, other_period)


def a_class(year, **cells):
    return {
        "ten_lop": "Lớp dân vận khéo",
        "hinh_thuc": "Độc lập",
        "cap_to_chuc": "Huyện",
        "ngay_tu": date(year, 2, 5),
        "ngay_den": date(year, 2, 6),
        "doi_tuong": "Khác",
        "so_luot": 30,
        **cells,
    }


def received(name, data):
    return ReceivedFile(name, data, name, None, kind=sniff(data))


def read(plan, data):
    (reading,) = read_file(plan, received("BDV.xlsx", data))
    assert reading.found is not None, reading.reason
    return reading.found


def with_codes(findings, *codes):
    return [(item.code, item.level.value, item.sheet, item.cell, item.text) for item in findings if item.code in codes]


def test_what_came_later_is_no_part_of_an_earlier_form(plan):
    """The form of 2024 sent for a quarter of 2023: its new column, label and sheet were not asked for then."""
    found = read(plan, form(plan, "2024-Q1", "2023-Q1", a_class(2023, hinh_thuc="Trực tuyến", so_buoi=2)))
    assert list(found.sheets) == ["BIA", "B5"]
    assert "so_buoi" not in found.sheets["B5"].rows[0].values
    assert with_codes(judge(plan, REGISTER, None, found).findings, "K02", "K03", "T04", "T10") == [
        ("K03", "Chặn", "B5", "D8", "Ô “Hình thức” ghi “Trực tuyến”, không có trong danh sách."),
        (
            "T04",
            "Cảnh báo",
            "B5",
            "O8",
            "Biểu B5: cột O “Số buổi *” không thuộc biểu mẫu, có số liệu và không được đọc.",
        ),
        ("T10", "Ghi chú", "B11", "", "Trang “B11” không thuộc biểu mẫu; không đọc."),
    ]


def test_what_came_later_is_asked_for_from_then_on(plan):
    found = read(plan, form(plan, "2024-Q1", "2024-Q1", a_class(2024, hinh_thuc="Trực tuyến", so_buoi=2)))
    row = found.sheets["B5"].rows[0]
    assert (row.text("hinh_thuc"), row.number_of("so_buoi"), list(found.sheets)) == (
        "Trực tuyến",
        Decimal(2),
        ["BIA", "B5", "B11"],
    )
    assert with_codes(judge(plan, REGISTER, None, found).findings, "K02", "K03", "T04", "T10") == []


def test_a_return_of_before_is_whole_without_it(plan):
    found = read(plan, form(plan, "2023-Q1", "2023-Q1", a_class(2023)))
    assert with_codes(judge(plan, REGISTER, None, found).findings, "K02", "K03", "T04", "T10") == []
    assert not any(item.sheet == "B11" for item in judge(plan, REGISTER, None, found).findings)


def test_every_file_of_a_run_has_the_rule_book_of_its_own_quarter(plan):
    """One plan goes to the worker process; which of its days counts is known only when the file is open."""
    early, late = form(plan, "2023-Q1", "2023-Q1", a_class(2023)), form(plan, "2024-Q1", "2024-Q1", a_class(2024))
    found = read_files(plan, [received("2023.xlsx", early), received("2024.xlsx", late)], workers=1)
    assert [
        (item.file, item.found.period, "so_buoi" in item.found.sheets["B5"].columns) for item in found if item.found
    ] == [("2023.xlsx", "2023-Q1", False), ("2024.xlsx", "2024-Q1", True)]


def test_a_past_quarter_is_read_whole_under_a_rule_book_that_has_grown(space, plan):
    rows = {"B5": [{**a_class(2023), "ngay_tu": date(2023, 8, 1), "ngay_den": date(2023, 8, 1)}]}
    put(space, "A.xlsx", sent(space, "CB-A", rows=rows))
    consolidate(space, KY, as_of=DAY, workers=1)
    held = [(Quarter.parse(KY), space.results(KY) / "tong-hop.xlsx")]
    (before,), (after,) = read_past(space.plan, held, 1), read_past(plan, held, 1)
    old = before.returns["CB-A"]
    # B11 was part of the form when the quarter was consolidated; under the later rule book it was not yet.
    rows = {name: found for name, found in old.rows.items() if name != "B11"}
    assert after.returns["CB-A"] == replace(old, rows=rows)
    assert "so_buoi" not in after.returns["CB-A"].rows["B5"][0].values
    assert (after.printed, after.submissions, after.findings) == (before.printed, before.submissions, before.findings)
