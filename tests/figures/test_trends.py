"""Quarter beside quarter: what the trend holds, what is a gap, which mistakes come again, and how it is shown."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from dvk_reports import consolidate
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure, RepeatedMistake, Trend, TrendPoint
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Period, by_year, parse_period
from dvk_reports.model.returns import AFTER_CLOSING, LATE, ON_TIME, Submission, UnitState, UsedReturn
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.trends import mistakes_made, running, trend_of
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.build import PLAN, office, quarter, table, unit
from tests.support.changed_plan import figure as changed_figure
from tests.support.changed_plan import plan_with
from tests.support.offices import convert
from tests.support.small_space import DAY, put, sent

D = Decimal
ACCEPTED, REFUSED = UnitState.ACCEPTED.value, UnitState.REFUSED.value
MISSING, UNREADABLE = UnitState.MISSING.value, UnitState.UNREADABLE.value

# Two communes become one on 01/7/2023; an office stays.
OLD_1 = unit("DB-XA-1", until="30/06/2023", order=1)
OLD_2 = unit("DB-XA-2", until="30/06/2023", order=2)
NEW = unit("DB-XA-3", since="01/07/2023", order=3, name="Đảng bộ xã Bảo Yên")
OFFICE = unit("DB-CQ-1", order=4)
REGISTER = office(
    OLD_1,
    OLD_2,
    NEW,
    OFFICE,
    mergers=[("DB-XA-1", "DB-XA-3", "01/07/2023"), ("DB-XA-2", "DB-XA-3", "01/07/2023")],
    due={"2023-Q3": "10/10/2023"},
)


def mistake(code: str, rule: str, sheet: str, key: str, **more: object) -> Finding:
    level = more.pop("level", Level.BLOCK)
    return Finding(level, rule, code, "t.xlsx", sheet, "B7", "x", "sai", "sửa", key=key, **more)  # type: ignore[arg-type]


def past(key: str, states: str, figures: str = "", findings: tuple[Finding, ...] = ()) -> PastQuarter:
    """``states``: | unit | trang_thai | dung_han | chan | canh_bao |; ``figures``: | ma | nhom | gia_tri | n | N |."""
    sent_in = [
        Submission(
            row["unit"],
            row["unit"],
            "",
            UnitState(row["state"]),
            punctual=row["day"],
            blocks=int(row["chan"] or 0),
            warnings=int(row["canh_bao"] or 0),
            period=key,
        )
        for row in table("| unit | state | day | chan | canh_bao |\n" + states)
    ]
    printed = {}
    for row in table("| ma | nhom | gia_tri | n | N |\n" + figures):
        spec = PLAN.figure_specs[row["ma"]]
        printed[row["ma"], row["nhom"]] = Figure(
            row["ma"],
            row["nhom"],
            spec.ten,
            spec.don_vi_tinh,
            spec.loai == "ty_so",
            value=D(row["gia_tri"]) if row["gia_tri"] else None,
            reported=int(row["n"]),
            owed=int(row["N"]),
        )
    used = [item.unit for item in sent_in if item.state is UnitState.ACCEPTED]
    return PastQuarter(
        quarter(key),
        {code: UsedReturn(code, key, "t.xlsx", "", {}) for code in used},
        printed,
        findings,
        tuple(sent_in),
    )


HISTORY = (
    past(
        "2022-Q4",
        """
        | DB-XA-1 | Đã chấp nhận | Đúng hạn | 0 | 1 |
        | DB-XA-2 | Trả lại      |          | 2 | 0 |
        | DB-CQ-1 | Đã chấp nhận | Nộp muộn | 1 | 0 |
        """,
        """
        | NV3.2 |          | 10     | 2 | 3 |
        | NV3.3 | Kinh tế  | 7      | 2 | 3 |
        | MT2.1 |          | 0.5    | 1 | 2 |
        """,
        (mistake("DB-CQ-1", "K04", "B6", "so_luong"),),
    ),
    # 2023-Q1 is not held.
    past(
        "2023-Q2",
        """
        | DB-XA-1 | Đã chấp nhận   |              | 0 | 0 |
        | DB-XA-2 | Không đọc được |              |   |   |
        | DB-CQ-1 | Đã chấp nhận   | Sau khóa sổ  | 3 | 4 |
        """,
        """
        | NV3.2 |          | 12     | 2 | 3 |
        | MT2.1 |          |        | 0 | 2 |
        """,
        (mistake("DB-CQ-1", "K04", "B6", "so_luong"), mistake("DB-CQ-1", "K02", "B1", "tong_so_chi_bo")),
    ),
)


def figure(code: str, group: str = "", **fields: object) -> Figure:
    spec = PLAN.figure_specs[code]
    return Figure(code, group, spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", **fields)  # type: ignore[arg-type]


RUN = Office(PLAN, REGISTER, date(2023, 10, 12))
DATA = Consolidation(
    parse_period("2023-Q3"),
    date(2023, 10, 12),
    (),
    (
        Submission("DB-XA-3", NEW.name, "DB_XA", UnitState.ACCEPTED, punctual=ON_TIME, warnings=2),
        Submission("DB-CQ-1", OFFICE.name, "DB_CQ", UnitState.REFUSED, blocks=1),
    ),
    (mistake("DB-CQ-1", "K04", "B6", "so_luong"), mistake("DB-CQ-1", "K02", "B1", "tong_so_chi_bo")),
    (
        figure("MT2.1", value=D("0.75"), reported=1, owed=1),
        figure("NV3.2", value=D(9), reported=1, owed=2),
        figure("NV3.3", "Kinh tế", value=D(4), reported=1, owed=2),
    ),
    (UsedReturn("DB-XA-3", "2023-Q3", "t.xlsx", "", {}),),
)


@pytest.fixture(scope="module")
def trend() -> Trend:
    return trend_of(RUN, DATA, HISTORY)


def points(trend: Trend, code: str, group: str = "") -> list[tuple[str, str, bool]]:
    line = trend.line(code, group)
    assert line is not None
    return [(str(point.value), f"{point.reported}/{point.owed}", point.other_units) for point in line.points]


# --- what the trend holds ---


def test_quarters_run_from_the_first_held_to_the_last_with_the_gap_between(trend):
    assert trend.quarters == ("2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3")
    assert trend.held == (True, False, True, True)


def test_a_figure_has_its_value_and_units_of_every_quarter_and_a_mark_where_other_units_owed_it(trend):
    assert points(trend, "NV3.2") == [
        ("10", "2/3", True),
        ("None", "None/None", False),
        ("12", "2/3", True),
        ("9", "1/2", False),
    ]
    assert points(trend, "MT2.1") == [
        ("0.5", "1/2", True),
        ("None", "None/None", False),
        ("None", "0/2", False),  # printed without a value: a gap, not 0, and not marked
        ("0.75", "1/1", False),
    ]
    assert points(trend, "NV3.3", "Kinh tế")[::3] == [("7", "2/3", True), ("4", "1/2", False)]


def test_every_figure_of_the_rule_book_has_a_line_in_its_order(trend):
    assert [line.code for line in trend.lines if not line.group] == list(PLAN.figure_specs)
    assert trend.line("NV1.1").points == (TrendPoint(),) * 4


def test_a_figure_that_begins_later_has_no_line():
    begins = plan_with(figures=[changed_figure("NV1.1", since="01/01/2024")])
    codes = {line.code for line in trend_of(replace(RUN, plan=begins), DATA, HISTORY).lines}
    assert codes == set(PLAN.figure_specs) - {"NV1.1"}


def test_how_each_unit_has_reported(trend):
    assert [(item.unit, item.states, item.blocks, item.warnings) for item in trend.units] == [
        ("DB-XA-1", (ON_TIME, None, ACCEPTED, ""), (0, None, 0, None), (1, None, 0, None)),
        ("DB-XA-2", (REFUSED, None, UNREADABLE, ""), (2, None, None, None), (0, None, None, None)),
        ("DB-XA-3", ("", None, "", ON_TIME), (None, None, None, 0), (None, None, None, 2)),
        ("DB-CQ-1", (LATE, None, AFTER_CLOSING, REFUSED), (1, None, 3, 1), (0, None, 4, 0)),
    ]


def test_the_past_of_merged_units_is_named_and_not_summed(trend):
    told = {item.unit: (item.predecessors, item.successor) for item in trend.units}
    assert told == {
        "DB-XA-1": ((), NEW.name),
        "DB-XA-2": ((), NEW.name),
        "DB-XA-3": ((OLD_1.name, OLD_2.name), ""),
        "DB-CQ-1": ((), ""),
    }


def test_a_mistake_comes_again_only_in_quarters_that_follow_each_other(trend):
    """The quarter between is not held, so nobody knows: two quarters in a row and not three."""
    assert trend.units[-1].repeated == (
        RepeatedMistake("K02", "B1", "tong_so_chi_bo", 2, "2023-Q3"),
        RepeatedMistake("K04", "B6", "so_luong", 2, "2023-Q3"),
    )
    whole = trend_of(RUN, DATA, (*HISTORY, replace(HISTORY[0], quarter=quarter("2023-Q1"))))
    assert whole.units[-1].repeated == (
        RepeatedMistake("K04", "B6", "so_luong", 4, "2023-Q3"),
        RepeatedMistake("K02", "B1", "tong_so_chi_bo", 2, "2023-Q3"),
    )


@pytest.mark.parametrize(
    ("last", "count"),
    [
        (mistake("DB-CQ-1", "K04", "B6", "so_luong"), {("B6", "so_luong", "K04"): 2}),
        (mistake("DB-CQ-1", "K04", "B6", "so_luong", answer="Đúng thực tế"), {}),
        (mistake("DB-CQ-1", "K04", "B6", "so_luong", level=Level.NOTE), {}),
        (mistake("DB-CQ-1", "K04", "B6", "ngay"), {("B6", "ngay", "K04"): 1}),
        (mistake("DB-CQ-1", "K03", "B6", "so_luong"), {("B6", "so_luong", "K03"): 1}),
        (mistake("DB-XA-1", "K04", "B6", "so_luong"), {}),
        (mistake("DB-CQ-1", "T01", "B6", ""), {("B6", "", "T01"): 1}),
    ],
)
def test_what_is_the_same_mistake(last, count):
    """What was explained, waived, or made by another unit or in another field is not."""
    later = past("2023-Q1", "| DB-CQ-1 | Đã chấp nhận | Đúng hạn | 1 | 0 |", findings=(last,))
    assert running(mistakes_made((later, HISTORY[0]))["DB-CQ-1"]) == count


def test_a_quarter_in_which_the_unit_sent_nothing_ends_the_run():
    made = (mistake("DB-CQ-1", "K04", "B6", "so_luong"),)
    quarters = [
        past(key, f"| DB-CQ-1 | {state} | | | |", findings=made)
        for key, state in (("2022-Q4", ACCEPTED), ("2023-Q1", MISSING), ("2023-Q2", REFUSED), ("2023-Q3", ACCEPTED))
    ]
    assert running(mistakes_made(quarters)["DB-CQ-1"]) == {("B6", "so_luong", "K04"): 2}
    assert running({}) == {}


def test_the_order_of_the_quarters_never_matters(trend):
    extra = replace(HISTORY[0], quarter=quarter("2022-Q3"))
    quarters = (*HISTORY, extra)
    found = {trend_of(RUN, DATA, order) for order in itertools.permutations(quarters)}
    assert len(found) == 1


def test_what_comes_after_the_period_is_left_out(trend):
    later = replace(HISTORY[0], quarter=quarter("2023-Q4"))
    assert trend_of(RUN, DATA, (*HISTORY, later)) == trend
    # An earlier workbook of the run's own quarter does not count either.
    assert trend_of(RUN, DATA, (*HISTORY, replace(HISTORY[0], quarter=quarter("2023-Q3")))) == trend


def test_a_longer_period_has_only_what_its_quarters_have_printed():
    data = replace(DATA, period=parse_period("2023-6T"))
    trend = trend_of(RUN, data, HISTORY, {"2023-6T": DATA.figures})
    assert trend.quarters == ("2022-Q4", "2023-Q1", "2023-Q2")
    assert [p.value for p in trend.line("NV3.2").points] == [10, None, 12]
    # Both quarters had the same units, so nothing is marked.
    assert not any(p.other_units for line in trend.lines for p in line.points)
    assert trend.years == (("2023-6T", DATA.figures),)


@pytest.mark.parametrize(
    ("period", "parts"),
    [
        ("2022-Q2..2025-Q3", ["2022-Q2..2022-Q4", "2023", "2024", "2025-9T"]),
        ("2022-Q4..2023-Q2", ["2022-Q4", "2023-6T"]),
        ("2023-Q2..2023-Q3", ["2023-Q2..2023-Q3"]),
        ("2024", ["2024"]),
    ],
)
def test_a_range_falls_into_years(period, parts):
    whole = parse_period(period)
    found = by_year(whole)
    assert [part.key for part in found] == parts
    assert tuple(itertools.chain.from_iterable(part.quarters for part in found)) == whole.quarters
    assert all(parse_period(part.key) == Period(part.key, part.quarters) for part in found)


# --- the sheets ---


def workbook(trend: Trend | None, data: Consolidation = DATA) -> bytes:
    out = io.BytesIO()
    write_consolidated(out, RUN, replace(data, trend=trend))
    return out.getvalue()


@pytest.fixture(scope="module")
def written(trend) -> bytes:
    return workbook(trend)


@pytest.fixture(scope="module")
def book(written):
    return openpyxl.load_workbook(io.BytesIO(written))


def sheet_rows(book, first: str) -> list[list[object]]:
    """The row with ``first`` in column A and the one below it."""
    sheet = book["Xu hướng"]
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == first)
    return [[cell.value for cell in sheet[number]] for number in (row, row + 1)]


def test_the_sheets_stand_after_the_figures(book):
    assert book.sheetnames[1:6] == ["Chỉ tiêu", "Nhiệm vụ", "Tiến độ nhiệm vụ", "Xu hướng", "Biểu đồ xu hướng"]
    assert [cell.value for cell in book["Xu hướng"][1]] == [
        *("ma", "nhom", "ten", "don_vi_tinh"),
        *("2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3"),
        "ghi_chu",
    ]
    assert book["Xu hướng"].row_dimensions[1].hidden


def test_a_value_stands_over_its_units(book):
    values, units = sheet_rows(book, "NV3.2")
    assert values[4:8] == [10, None, 12, 9]
    assert units[0] is None and units[2:8] == ["n/N", None, "2/3", None, "2/3", "1/2"]
    values, units = sheet_rows(book, "MT2.1")
    assert values[4:8] == [0.5, None, None, 0.75]
    assert units[4:8] == ["1/2", None, "0/2", "1/1"]
    sheet = book["Xu hướng"]
    row = next(row for row in range(2, sheet.max_row) if sheet.cell(row, 1).value == "MT2.1")
    assert sheet.cell(row, 5).number_format == "0.0%" and sheet.cell(row + 1, 5).number_format == '@"*"'
    assert sheet.cell(row + 1, 8).number_format == "General"


def test_a_line_of_a_breakdown_stands_under_its_figure(book):
    sheet = book["Xu hướng"]
    found = [[cell.value for cell in row][:8] for row in sheet.iter_rows() if row[1].value == "Kinh tế"]
    assert found == [
        ["NV3.3", "Kinh tế", PLAN.figure_specs["NV3.3"].ten, "mô hình", 7, None, None, 4],
    ]


def test_a_unit_has_its_states_its_errors_and_what_comes_again_in_words(book):
    states, errors = sheet_rows(book, "DB-CQ-1")
    assert states[4:8] == ["Nộp muộn", None, "Sau khóa sổ", "Trả lại"]
    assert errors[4:8] == ["1 / 0", None, "3 / 4", "1 / 0"]
    assert states[8] == (
        "Đúng hạn 0/3 quý phải báo cáo; nộp muộn 02 (01 sau khóa sổ); trả lại 01. Hai quý liền không đúng hạn. "
        "Hai quý liền sai ở B1, dòng “Tổng số chi bộ trực thuộc” (K02: ô bắt buộc để trống). "
        "Hai quý liền sai ở B6, cột “Số lượng” (K04: ô số, ô ngày ghi sai)."
    )
    states, errors = sheet_rows(book, "DB-XA-3")
    assert states[4:8] == ["–", None, "–", "Đúng hạn"] and errors[4:8] == [None, None, None, "0 / 2"]
    assert states[8] == (
        "Đúng hạn 1/1 quý phải báo cáo. Nhận từ Đảng bộ xã Nghĩa Đô, Đảng bộ xã Bảo Hà: các quý trước xem ở dòng của "
        "đơn vị cũ, không cộng vào đây."
    )
    assert sheet_rows(book, "DB-XA-1")[0][8].endswith("Đã nhập vào Đảng bộ xã Bảo Yên.")


def test_units_that_have_ended_stand_last(book):
    column = [row[1].value for row in book["Xu hướng"].iter_rows() if row[0].value is None and row[1].value]
    assert column[-2:] == ["Đơn vị đã kết thúc, sáp nhập", "Số liệu của 1/2 đơn vị tính đến 12/10/2023."]
    codes = [row[0].value for row in book["Xu hướng"].iter_rows(min_row=2) if row[1].value == "Nộp báo cáo"]
    assert codes == ["DB-XA-3", "DB-CQ-1", "DB-XA-1", "DB-XA-2"]


def test_nobody_is_late_before_the_deadline():
    early = replace(
        DATA,
        as_of=date(2023, 10, 9),
        submissions=(DATA.submissions[0], replace(DATA.submissions[1], state=UnitState.MISSING)),
    )
    for data, told in ((early, False), (replace(early, as_of=date(2023, 10, 11)), True)):
        made = openpyxl.load_workbook(io.BytesIO(workbook(trend_of(RUN, data, HISTORY), data)))
        assert ("Hai quý liền không đúng hạn." in sheet_rows(made, "DB-CQ-1")[0][8]) is told


def test_what_is_missing_is_said_above_the_table(book):
    said = [book["Xu hướng"].cell(row, 2).value for row in range(2, 7)]
    assert "Chưa có sổ tổng hợp của quý I năm 2023." in said


# --- charts ---


def charts(data: bytes) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = sorted((n for n in archive.namelist() if n.startswith("xl/charts/chart")), key=lambda n: (len(n), n))
    return [archive.read(name).decode("utf-8") for name in names]


def test_a_chart_for_each_figure_with_two_known_quarters_over_the_very_cells(written, book):
    """Three charts of the overview, then NV3.2 and MT2.1: the other figures have no two points."""
    found = [xml for xml in charts(written) if "'Xu hướng'!" in xml]
    assert [re.findall(r"<a:t>(MT2\.1|NV3\.2)\.", xml) for xml in found] == [["MT2.1"], ["NV3.2"]]
    sheet = book["Xu hướng"]
    for xml, code in zip(found, ("MT2.1", "NV3.2"), strict=True):
        row = next(row for row in range(2, sheet.max_row) if sheet.cell(row, 1).value == code)
        assert f"<c:val><c:numRef><c:f>'Xu hướng'!$E${row}:$H${row}</c:f>" in xml
        assert "dispBlanksAs" not in xml  # XlsxWriter leaves out the word for a gap, which is what a workbook takes


def test_an_unknown_quarter_is_no_zero_among_the_numbers_of_the_chart(written):
    (xml,) = (xml for xml in charts(written) if "NV3.2." in xml)
    cache = re.search(r"<c:val>.*?</c:val>", xml, re.DOTALL)[0]
    assert re.findall(r'<c:pt idx="(\d)"><c:v>([^<]+)</c:v>', cache) == [("0", "10"), ("2", "12"), ("3", "9")]


def test_the_axis_names_each_quarter_with_its_units(written, book):
    (xml,) = (xml for xml in charts(written) if "NV3.2." in xml)
    where = re.search(r"<c:cat><c:strRef><c:f>'Biểu đồ xu hướng'!\$(\w+)\$(\d+):\$(\w+)\$(\d+)</c:f>", xml)
    first, row, last, _ = where.groups()
    (cells,) = book["Biểu đồ xu hướng"][f"{first}{row}:{last}{row}"]
    assert [cell.value for cell in cells] == ["IV/2022\n2/3*", "I/2023", "II/2023\n2/3*", "III/2023\n1/2"]
    # Hollow where other units owed it; nothing is told by colour.
    assert re.findall(r'<c:dPt><c:idx val="(\d)"/>', xml) == ["0", "2"]
    colours = set(re.findall(r'srgbClr val="(\w{6})"', xml))
    assert all(code[:2] == code[2:4] == code[4:] for code in colours), colours


def test_each_figure_is_drawn_in_its_own_format(written):
    by_code = {re.search(r"<a:t>(\w+\.\d)\.", xml)[1]: xml for xml in charts(written) if "'Xu hướng'!" in xml}
    axis = {code: re.search(r"<c:valAx>.*</c:valAx>", xml, re.DOTALL)[0] for code, xml in by_code.items()}
    assert 'formatCode="0%"' in axis["MT2.1"] and '<c:max val="1.2"/>' in axis["MT2.1"]
    assert 'formatCode="#,##0"' in axis["NV3.2"]
    for code, xml in by_code.items():  # the label of the highest point stands under the title
        values = [float(number) for number in re.findall(r"<c:v>([\d.]+)</c:v>", xml.split("<c:val>")[1])]
        assert float(re.search(r'<c:max val="([\d.]+)"', axis[code])[1]) >= 1.19 * max(values)


def test_with_one_quarter_there_is_nothing_to_compare_yet():
    alone = openpyxl.load_workbook(io.BytesIO(workbook(trend_of(RUN, DATA, ()))))
    sheet = alone["Xu hướng"]
    assert "Biểu đồ xu hướng" not in alone.sheetnames
    assert [cell.value for cell in sheet["A"][1:] if cell.value] == []
    assert "Mới có số liệu của một quý, chưa có gì để so sánh giữa các quý." in [c.value for c in sheet["B"]]


def test_same_trend_same_bytes(trend, written):
    assert workbook(trend_of(RUN, DATA, HISTORY[::-1])) == written
    assert "Xu hướng" not in openpyxl.load_workbook(io.BytesIO(workbook(None))).sheetnames


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_the_same_cells(tmp_path, written, book):
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(written)
    theirs = openpyxl.load_workbook(convert(path, "xlsx", tmp_path / "lo"))
    for first in ("NV3.2", "MT2.1", "DB-CQ-1"):
        ours = [list(row[:8]) for row in sheet_rows(book, first)]
        assert [list(row[:8]) for row in sheet_rows(theirs, first)] == ours
    assert len(theirs["Biểu đồ xu hướng"]._charts) == 2


def test_the_next_quarter_reads_the_first_one_back(space):
    """What one run has printed is what the trend of the next one holds: values, n/N, states and errors."""
    for key, day in (("2023-Q2", date(2023, 7, 12)), ("2023-Q3", DAY)):
        put(space, "A.xlsx", sent(space, "CB-A", b1={"so_chuyen_muc": None}, quarter=key), key)
        result = consolidate(space, key, as_of=day)
    then = trend_of(
        space.office(result.data.as_of), result.data, read_past(space.plan, list(space.quarters_held())[:1])
    )
    assert result.data.trend == then
    line = then.line("NV2.4")
    assert [(p.value, p.reported, p.owed) for p in line.points] == [(None, 0, 3)] * 2
    line = then.line("TL.1")
    assert [(p.reported, p.owed) for p in line.points] == [(3, 3)] * 2
    told = {item.unit: item for item in then.units}
    assert told["CB-A"].blocks == (1, 1) and told["CB-B"].blocks == (None, None)
    assert told["CB-B"].states == (MISSING, MISSING)
    assert [(r.code, r.sheet, r.key, r.quarters) for r in told["CB-A"].repeated] == [("K02", "B1", "so_chuyen_muc", 2)]
    assert result.frame("Xu hướng")["2023-Q2"].dropna().tolist()
