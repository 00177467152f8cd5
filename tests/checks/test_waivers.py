"""A waiver turns a finding into a Ghi chú and lifts its stop; some mistakes nobody can waive."""

from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest

from dvk_reports import consolidate
from dvk_reports.model.findings import EXPIRED, NOT_WAIVED, WAIVED, Finding, Level, Stop, Waiver
from dvk_reports.run.steps.waivers import Waivers
from tests.support.build import office
from tests.support.registers import register_bytes
from tests.support.small_space import DAY, KY, made, put, sent

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
    space.register_path.write_bytes(register_bytes(space.plan, rows))
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
        "muc": "Miễn trừ",
    }


# --- “Không tính” ---

DOUBT = {
    "ma_loi": "K13",
    "ma_don_vi": "CB-A",
    "ky": KY,
    "ly_do": "Gấp mười quý trước, đang hỏi lại",
    "nguoi_duyet": "Trưởng ban",
    "ngay": date(2023, 10, 11),
    "muc": "Không tính",
}
SAID = "Gấp mười quý trước, đang hỏi lại (Trưởng ban, ngày 11/10/2023)"


def held_out(space, *lines, now=60, versions=()):
    """CB-A told of 5 members last quarter; CB-B of 7 now. ``versions``: what CB-A sent before ``now``."""
    rows = {
        "Đơn vị": [{"ma_don_vi": f"CB-{n}", "ten": f"Chi bộ {n}", "loai": "CB_CQ", "nhom": "II"} for n in "AB"],
        "Hạn nộp": [{"ky": ky, "han_nop": date(2023, 10, 20)} for ky in ("2023-Q2", KY)],
        "Miễn trừ": list(lines),
    }
    space.register_path.write_bytes(register_bytes(space.plan, rows))
    put(space, "A.xlsx", sent(space, "CB-A", b1=members(5), quarter="2023-Q2"), "2023-Q2")
    consolidate(space, "2023-Q2", as_of=DAY)
    for number, value in enumerate((*versions, now), 1):
        cover = {"phien_ban": number, **({"thay_the_phien_ban": number - 1} if number > 1 else {})}
        put(space, f"A{number}.xlsx", sent(space, "CB-A", cover, members(value)))
    put(space, "B.xlsx", sent(space, "CB-B", b1=members(7)))
    return consolidate(space, KY, as_of=DAY)


def members(number):
    return {"tong_so_dang_vien": number, "so_dang_vien_duoc_pho_bien": number}


def counted(result):
    """Members, and the units that they are counted from."""
    figure = result.data.figure("MT1.6")
    return figure.denominator, figure.reported, figure.owed


def register_tells(result):
    return [(f.code, f.unit, f.cell, f.text) for f in result.data.findings if f.sheet == "Miễn trừ"]


def test_a_doubtful_value_is_kept_out_of_the_figures(space):
    assert counted(held_out(space)) == (67, 2, 2)
    result = held_out(space, DOUBT)
    assert counted(result) == (7, 1, 2)
    assert result.data.figure("MT1.1").reported == 2  # of no other figure
    (found,) = [f for f in result.data.findings if f.code == "K13"]
    assert (found.level.value, found.stops) == ("Chặn", (Stop("B1", 0, "tong_so_dang_vien"),))
    assert found.text.endswith(f": tăng quá 3 lần. Không tính: {SAID}.")
    assert found.why_held_out == SAID
    assert [(use.waiver.held_out, use.state) for use in result.data.waivers] == [(True, WAIVED)]
    assert register_tells(result) == []


def test_it_is_shown_in_the_workbook_and_in_the_report(space):
    held_out(space, DOUBT)
    book = openpyxl.load_workbook(space.results(KY) / "tong-hop.xlsx")
    keys = [cell.value for cell in book["Miễn trừ"][1]]
    (line,) = [row for row in book["Miễn trừ"].iter_rows(min_row=2, values_only=True) if row[0]]
    shown = dict(zip(keys, line, strict=True))
    assert (shown["muc"], shown["trang_thai"], shown["ly_do"]) == ("Không tính", "Đã dùng", DOUBT["ly_do"])
    general = {row[0]: row for row in book["B1"].iter_rows(min_row=2, values_only=True) if row[0]}
    places = [cell.value for cell in book["B1"][1]]
    assert general["CB-A"][places.index("tong_so_dang_vien")] == 60  # as the unit wrote it
    assert general["CB-A"][places.index("dung")] == "tong_so_dang_vien"
    paper = docx.Document(str(space.results(KY) / "bao-cao.docx"))
    cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    caption = "Tổng số đảng viên (biểu B1, ô C10)"
    assert ["1", "Chi bộ A", f"{caption}. Không tính: {SAID}", "60"] in cells


def test_the_year_knows_of_it_too(space):
    held_out(space, DOUBT)
    year = consolidate(space, "2023-9T", as_of=DAY)
    assert counted(year) == (7, 1, 2)
    assert [f.why_held_out for f in year.data.findings if f.held_out] == [SAID]


DOUBTED = Finding(Level.WARNING, "K13", "CB-A", "A.xlsx", "B1", "C10", "60", "…", "…", key="tong_so_dang_vien")
COUNTED = {("B1", "tong_so_dang_vien"), ("B1", "so_dang_vien_duoc_pho_bien")}
LINE_OF_IT = Waiver("K13", "CB-A", KY, "", "", "Đang hỏi lại", "Trưởng ban", date(2023, 10, 11), None, held_out=True)


@pytest.mark.parametrize(
    ("line", "finding", "state", "told"),
    [
        ({}, {}, WAIVED, False),
        ({}, {"level": Level.NOTE}, WAIVED, False),  # what is only remarked may be in doubt too
        ({}, {"key": ""}, NOT_WAIVED, True),  # of no cell
        ({}, {"key": "ghi_chu"}, NOT_WAIVED, True),  # no figure reads it: it would go on counting
        ({}, {"refuses": True}, NOT_WAIVED, True),
        ({"period": "2023-Q2"}, {}, NOT_WAIVED, False),  # not asked of this quarter
        ({"code": "K18"}, {}, NOT_WAIVED, True),
        ({"unit": "CB-B"}, {}, NOT_WAIVED, True),
        ({"sheet": "B2"}, {}, NOT_WAIVED, True),
        ({"subject": "MH-CB-A-001"}, {}, NOT_WAIVED, True),
        ({"subject": "MH-CB-A-001"}, {"subject": "mh-cb-a-001"}, WAIVED, False),
        ({"period": "", "sheet": "b1"}, {}, WAIVED, False),
        ({"since": date(2023, 10, 13)}, {}, NOT_WAIVED, False),  # not in force yet
        ({"until": date(2023, 10, 11)}, {}, EXPIRED, False),
        ({"until": date(2023, 10, 12)}, {}, WAIVED, False),
    ],
)
def test_what_a_hold_out_covers(line, finding, state, told):
    doubted = replace(DOUBTED, **finding)
    waivers = Waivers([replace(LINE_OF_IT, **line)], KY, DAY, COUNTED)
    (got,) = waivers.apply([doubted])
    assert got.stops == ((Stop("B1", 0, "tong_so_dang_vien"),) if state == WAIVED else ())
    assert got.level is (Level.BLOCK if state == WAIVED else doubted.level)
    assert [use.state for use in waivers.uses()] == [state]
    assert [found.code for found in waivers.unmatched(office(), KY)] == (["D13"] if told else [])


def test_what_is_stopped_already_stays_so():
    part = replace(DOUBTED, code="K06", level=Level.BLOCK, stops=(Stop("B1", 0, "so_dang_vien_duoc_pho_bien"),))
    (got,) = Waivers([replace(LINE_OF_IT, code="K06")], KY, DAY, COUNTED).apply([part])
    assert (got.stops, got.held_out) == (part.stops, True)


def test_what_is_said_of_one_that_matches_nothing(space):
    result = held_out(space, DOUBT, now=7)
    assert register_tells(result) == [
        (
            "D13",
            "CB-A",
            "A5",
            "Dòng “Không tính” về mã lỗi K13 của Chi bộ A không khớp với giá trị nào được tính ở kỳ 2023-Q3: không có "
            "gì được để ngoài số liệu.",
        )
    ]
    assert counted(result) == (14, 2, 2)
    assert held_out(space, {**DOUBT, "den_ngay": date(2023, 10, 11)}, now=7).data.waivers[0].state == EXPIRED


def test_a_version_that_was_replaced_uses_up_no_line(space):
    result = held_out(space, DOUBT, versions=(60,), now=7)
    assert [code for code, *_ in register_tells(result)] == ["D13"]
    assert [use.state for use in result.data.waivers] == [NOT_WAIVED]


def test_a_hold_out_is_stronger_than_a_waiver_and_than_an_answer(space):
    result = held_out(space, {**DOUBT, "muc": "Miễn trừ"}, DOUBT)
    assert counted(result) == (7, 1, 2)
    assert [use.state for use in result.data.waivers] == [NOT_WAIVED, WAIVED]


def test_a_hold_out_names_its_unit(space):
    result = held_out(space, {**DOUBT, "ma_don_vi": None})
    assert [(code, cell) for code, _, cell, _ in register_tells(result)] == [("D02", "B5")]
    assert register_tells(result)[0][-1].startswith("Ô “Mã đơn vị” bắt buộc nhưng để trống")
    assert counted(result) == (67, 2, 2)


def test_a_register_without_the_column_is_as_good_as_before(space):
    held_out(space, {**DOUBT, "ma_loi": "K13", "muc": None})
    book = openpyxl.load_workbook(space.register_path)
    sheet = book["Miễn trừ"]
    sheet.delete_cols([cell.value for cell in sheet[1]].index("muc") + 1)
    book.save(space.register_path)
    result = consolidate(space, KY, as_of=DAY)
    assert register_tells(result) == []
    assert [use.state for use in result.data.waivers] == [WAIVED]
    assert counted(result) == (67, 2, 2)


def test_the_level_above_knows_that_it_is_held_out(space, tmp_path):
    held_out(space, DOUBT)
    above = made(tmp_path / "cấp trên")
    put(above, "khoi.xlsx", (space.results(KY) / "tong-hop.xlsx").read_bytes())
    result = consolidate(above, KY, as_of=DAY)
    assert counted(result)[:2] == (7, 1)
    (found,) = [f for f in result.data.findings if f.code == "K13"]
    assert (found.level.value, found.why_held_out) == ("Chặn", SAID)
