"""A waiver turns a finding into a Ghi chú and lifts its stop; some mistakes nobody can waive."""

from datetime import date

import openpyxl
import pytest

from dvk_reports import consolidate
from dvk_reports.model.findings import EXPIRED, NOT_WAIVED, WAIVED
from dvk_reports.sheets.register.workbook import RegisterData, write_register
from tests.support.small_space import DAY, KY, put, sent

LINE = {
    "ma_loi": "K06",
    "ly_do": "Chi bộ mới tách, số liệu đang rà soát",
    "nguoi_duyet": "Trưởng ban",
    "ngay": date(2023, 10, 1),
}


def with_waiver(space, **line):
    rows = {
        "Đơn vị": [{"ma_don_vi": "CB-A", "ten": "Chi bộ A", "loai": "CB_CQ", "nhom": "II"}],
        "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 20)}],
        "Miễn trừ": [{**LINE, **line}],
    }
    write_register(space.register_path, space.plan, RegisterData(rows))
    put(space, "A.xlsx", sent(space, "CB-A", b1={"so_dang_vien_duoc_pho_bien": 25}))
    return consolidate(space, KY, as_of=DAY)


def part_over_whole(result):
    (found,) = [finding for finding in result.data.findings if finding.code == "K06"]
    return found


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"ma_don_vi": "CB-A", "ky": KY, "sheet": "B1"},
        {"den_ngay": date(2023, 10, 12)},
    ],
)
def test_a_waiver_that_covers_lifts_the_stop(space, line):
    result = with_waiver(space, **line)
    found = part_over_whole(result)
    assert (found.level.value, found.stops) == ("Ghi chú", ())
    assert found.text.endswith("Đã miễn trừ: Chi bộ mới tách, số liệu đang rà soát (Trưởng ban, ngày 01/10/2023).")
    members = result.data.figure("MT1.6")
    assert (members.numerator, members.denominator, members.reported) == (25, 20, 1)
    assert [use.state for use in result.data.waivers] == [WAIVED]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ({"ky": "2023-Q2"}, NOT_WAIVED),
        ({"sheet": "B2"}, NOT_WAIVED),
        ({"khoa": "MH-CB-A-001"}, NOT_WAIVED),
        ({"ngay": date(2023, 10, 13)}, NOT_WAIVED),
        ({"den_ngay": date(2023, 10, 11)}, EXPIRED),
    ],
)
def test_a_waiver_that_does_not_cover_changes_nothing(space, line, state):
    result = with_waiver(space, **line)
    assert part_over_whole(result).level.value == "Chặn"
    assert result.data.figure("MT1.6").reported == 0
    assert [use.state for use in result.data.waivers] == [state]


@pytest.mark.parametrize("code", ["K01", "K02", "K03", "K04", "K20"])
def test_what_nobody_can_waive(space, code):
    result = with_waiver(space, ma_loi=code)
    assert [(f.code, f.raw) for f in result.data.findings if f.sheet == "Miễn trừ"] == [("D10", code)]
    assert [use.state for use in result.data.waivers] == [NOT_WAIVED]


def test_the_sheet_lists_them(space):
    with_waiver(space, ma_don_vi="CB-A")
    book = openpyxl.load_workbook(space.results(KY) / "tong-hop.xlsx")
    keys = [cell.value for cell in book["Miễn trừ"][1]]
    (line,) = [row for row in book["Miễn trừ"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert dict(zip(keys, line, strict=True)) | {"ngay": None} == {
        "ma_loi": "K06",
        "ma_don_vi": "CB-A",
        "ky": None,
        "sheet": None,
        "khoa": None,
        "ly_do": LINE["ly_do"],
        "nguoi_duyet": "Trưởng ban",
        "ngay": None,
        "den_ngay": None,
        "trang_thai": "Đã dùng",
    }
