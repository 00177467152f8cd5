"""The report of half a year, nine months, a year and a range: its quarters, its years, last year, its chart."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from docx import Document
from docx.document import Document as DocumentType

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure, Trend, TrendLine, TrendPoint
from dvk_reports.model.periods import by_year, parse_period, quarters_between
from dvk_reports.papers.lint.documents import lint_documents
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_longer, example_register
from dvk_reports.plan.office import Office
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.base.chart_part import report_charts
from tests.support.offices import convert

PLAN = load_plan()
REGISTER = example_register(PLAN)
D = Decimal
GAP = TrendPoint()


def figure(code: str, **fields: object) -> Figure:
    spec = PLAN.figure_specs[code]
    return Figure(code, "", spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", **fields)  # type: ignore[arg-type]


def line(code: str, *points: TrendPoint) -> TrendLine:
    spec = PLAN.figure_specs[code]
    return TrendLine(code, "", spec.ten, spec.don_vi_tinh, spec.loai == "ty_so", points)


def point(value: str, n: int = 4, owed: int = 4, *, other: bool = False) -> TrendPoint:
    return TrendPoint(D(value), n, owed, other)


FIGURES = (
    figure("MT2.1", numerator=D(3), denominator=D(4), value=D("0.75"), reported=4, owed=4, last_year=D("0.5")),
    figure("NV3.1", value=D(12), reported=3, owed=4, last_year=D(10), percent_of_last_year=D(120)),
    figure("NV3.2", value=D(40), reported=4, owed=4, last_year=D(36), beside="cùng kỳ tính trên phạm vi 03 xã"),
    figure("NV4.1", value=D(5), reported=4, owed=4, last_year=D(0)),
    figure("KQ.1", value=D("1500.5"), reported=4, owed=4, last_year=D(0)),
    figure("NV1.1", value=D(7), reported=4, owed=4),
    figure("NV5.1", owed=0, reported=0),
    figure("TL.2", owed=4, reported=0),
)
TREND = Trend(
    ("2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"),
    (True, True, False, True, True),
    (
        line("MT2.1", GAP, point("0.5"), GAP, point("0.9996"), point("0.75")),
        line("NV3.1", point("1"), point("3", 2, 3, other=True), GAP, point("0"), point("9", 3)),
        line("NV3.2", point("9"), point("30", other=True), GAP, point("35", 3), point("40")),
        line("NV4.1", GAP, point("1"), GAP, point("1"), point("3")),
        line("NV1.1", GAP, GAP, GAP, GAP, GAP),
        line("KQ.1", GAP, point("500.5"), GAP, TrendPoint(None, 0, 0), point("1000")),
    ),
    (),
)
YEAR = Consolidation(parse_period("2023"), date(2024, 1, 15), (), (), (), FIGURES, (), trend=TREND)


def written(data: Consolidation, *, drawn: bool = False) -> bytes:
    out = io.BytesIO()
    write_report(out, Office(PLAN, REGISTER, data.as_of), data, charts=report_charts(PLAN, data) if drawn else None)
    return out.getvalue()


def opened(data: Consolidation, *, drawn: bool = False) -> DocumentType:
    return Document(io.BytesIO(written(data, drawn=drawn)))


def texts(document: DocumentType) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def table(document: DocumentType, first: str) -> list[list[str]]:
    """The table whose head begins with a word; [] where there is none."""
    found = [
        [[cell.text for cell in row.cells] for row in item.rows]
        for item in document.tables
        if item.rows[0].cells[0].text == first
    ]
    assert len(found) < 2
    return found[0] if found else []


@pytest.fixture(scope="module")
def year() -> DocumentType:
    return opened(YEAR)


# --- quarters side by side ---


def test_the_year_has_its_quarters_side_by_side(year):
    assert table(year, "Chỉ tiêu") == [
        ["Chỉ tiêu", "Đơn vị tính", "Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"],
        [PLAN.figure_specs["MT2.1"].ten, "%", "50,0%", "chưa có", "99,9%", "75,0%", "75,0%"],
        [PLAN.figure_specs["NV1.1"].ten, "lớp", *["chưa có"] * 4, "7"],
        [PLAN.figure_specs["NV3.1"].ten, "mô hình", "3 (2/3)*", "chưa có", "0", "9 (3/4)", "12 (3/4)"],
        [PLAN.figure_specs["NV3.2"].ten, "mô hình", "30*", "chưa có", "35 (3/4)", "40", "40"],
        [PLAN.figure_specs["NV4.1"].ten, "cuộc", "1", "chưa có", "1", "3", "5"],
        [PLAN.figure_specs["KQ.1"].ten, "m²", "500,5", "chưa có", "–", "1.000", "1.500,5"],
    ]
    said = texts(year)
    place = said.index("Bảng 3. Số liệu chính qua các quý")
    assert said[place - 1] == "6. Số liệu chính qua các quý"
    assert said[place + 1] == (
        "Dấu *: số của phạm vi đơn vị khác cuối kỳ (có sáp nhập, thành lập hoặc kết thúc đơn vị), không so sánh trực "
        "tiếp."
    )


def test_items_and_tables_are_numbered_without_a_gap(year):
    heads = [p.text for p in year.paragraphs if p.style.name == "Heading 2"]
    numbers = [int(text.split(".")[0]) for text in heads[: heads.index("1. Ưu điểm")]]
    assert numbers == list(range(1, len(numbers) + 1))
    waiting = opened(replace(example_longer(PLAN, 4), period=parse_period("2023")))
    tables = [text.split(".")[0] for text in texts(waiting) if re.match(r"Bảng \d\. ", text)]
    assert tables == ["Bảng 1", "Bảng 2", "Bảng 3", "Bảng 4"]
    assert any("chưa có báo cáo được tổng hợp (Bảng 4)." in text for text in texts(waiting))


@pytest.mark.parametrize(
    ("period", "head"),
    [
        ("2023-6T", ["Quý I", "Quý II", "6 tháng"]),
        ("2023-9T", ["Quý I", "Quý II", "Quý III", "9 tháng"]),
        ("2022-Q4..2023-Q3", ["Quý IV/2022", "Quý I/2023", "Quý II/2023", "Quý III/2023", "Cả giai đoạn"]),
    ],
)
def test_shorter_periods_have_their_own_quarters(period, head):
    assert table(opened(replace(YEAR, period=parse_period(period))), "Chỉ tiêu")[0] == [
        "Chỉ tiêu",
        "Đơn vị tính",
        *head,
    ]


def test_the_first_year_of_the_plan_has_no_quarter_before_it():
    assert table(opened(replace(YEAR, period=parse_period("2022"))), "Chỉ tiêu")[0][2:] == [
        "Quý II",
        "Quý III",
        "Quý IV",
        "Cả năm",
    ]


def test_the_report_of_a_quarter_has_none_of_it():
    document = opened(replace(YEAR, period=parse_period("2023-Q4")))
    assert table(document, "Chỉ tiêu") == table(document, "Mã")[7:] == []
    said = "\n".join(texts(document))
    assert "qua các" not in said and "cùng kỳ năm trước" not in said and "Phụ lục I" not in said
    assert "(kèm theo Phụ lục “Tiến độ nhiệm vụ”)" in said


def test_without_a_trend_there_is_no_table_of_quarters():
    document = opened(replace(YEAR, trend=None))
    assert table(document, "Chỉ tiêu") == [] and "qua các quý" not in "\n".join(texts(document))


# --- years side by side ---

STAGE = "2022-Q2..2025-Q3"


def stage(period: str = STAGE) -> Consolidation:
    """Each year's figures as they were computed over its own quarters; nothing is added here."""
    quarters = tuple(q.key for q in quarters_between(parse_period(STAGE).quarters[0], parse_period(period).last))
    moved = [place < 7 for place in range(len(quarters))]
    lines = tuple(line(code, *(point("1", other=other) for other in moved)) for code in ("NV3.1", "NV3.2"))
    years = tuple(
        (
            part.key,
            (
                figure("NV3.1", value=D(n * 10), reported=3 if n == 2 else 4, owed=4),
                figure("NV3.2", owed=4, reported=0),
            ),
        )
        for n, part in enumerate(by_year(parse_period(period)), 1)
    )
    return replace(
        YEAR,
        period=parse_period(period),
        as_of=date(2025, 10, 20),
        trend=Trend(quarters, (True,) * len(quarters), lines, (), years),
    )


def test_a_stage_has_its_years_side_by_side():
    document = opened(stage())
    rows = {row[0]: row[1:] for row in table(document, "Chỉ tiêu")}
    assert rows["Chỉ tiêu"] == [
        *("Đơn vị tính", "Năm 2022 (từ quý II)", "Năm 2023", "Năm 2024", "9 tháng đầu năm 2025", "Cả giai đoạn"),
    ]
    # Other units at the end of 2022 and 2023 than at the end of the stage (the first seven quarters).
    assert rows[PLAN.figure_specs["NV3.1"].ten] == ["mô hình", "10*", "20 (3/4)*", "30", "40", "12 (3/4)"]
    assert rows[PLAN.figure_specs["NV3.2"].ten] == ["mô hình", *["chưa có"] * 4, "40"]
    assert "Bảng 3. Số liệu chính qua các năm" in texts(document)
    assert "Phần thứ nhất" in texts(document)


def test_a_stage_whose_years_were_not_computed_has_no_table():
    data = stage()
    assert data.trend is not None
    for years in ((), data.trend.years[1:]):
        assert table(opened(replace(data, trend=replace(data.trend, years=years))), "Chỉ tiêu") == []


def test_the_mid_term_review_has_two_years():
    head = table(opened(stage("2022-Q2..2023-Q3")), "Chỉ tiêu")[0]
    assert head[2:] == ["Năm 2022 (từ quý II)", "9 tháng đầu năm 2023", "Cả giai đoạn"]


# --- the same period last year ---


def test_the_annex_compares_as_the_party_form_does(year):
    """Percent *of* last year; then = 0 prints the difference only; ratios and other perimeters have no percent."""
    rows = [item for item in year.tables if item.rows[0].cells[-1].text.startswith("(%)")]
    assert [[cell.text for cell in row.cells] for row in rows[0].rows] == [
        ["Mã", "Tiêu chí", "Đơn vị tính", "Kỳ này", "Cùng kỳ năm trước", "(%) kỳ này so với cùng kỳ năm trước"],
        ["1", "2", "3", "4", "5", "6 (= 4*100/5)"],
        ["MT2.1", PLAN.figure_specs["MT2.1"].ten, "%", "75,0%", "50,0%", ""],
        ["NV3.1", PLAN.figure_specs["NV3.1"].ten, "mô hình", "12 (3/4)", "10", "120,0"],
        ["NV3.2", PLAN.figure_specs["NV3.2"].ten, "mô hình", "40", "36", ""],
        ["NV4.1", PLAN.figure_specs["NV4.1"].ten, "cuộc", "5", "0", "– (tăng 05)"],
        ["KQ.1", PLAN.figure_specs["KQ.1"].ten, "m²", "1.500,5", "0", "– (tăng 1.500,5)"],
        ["NV1.1", PLAN.figure_specs["NV1.1"].ten, "lớp", "7", "", ""],
    ]
    said = texts(year)
    assert "NV3.2: cùng kỳ tính trên phạm vi 03 xã." in said[said.index("Phụ lục II") :]
    assert said[said.index("Phụ lục II") + 1] == "SO SÁNH VỚI CÙNG KỲ NĂM TRƯỚC, NĂM 2023"


def test_almost_a_hundred_percent_is_not_a_hundred():
    near = replace(FIGURES[1], percent_of_last_year=D("99.96"))
    document = opened(replace(YEAR, figures=(near,)))
    assert document.tables[-1].rows[-1].cells[-1].text == "99,9"


def test_two_annexes_are_numbered_and_named_in_the_text(year):
    said = texts(year)
    assert [text for text in said if re.fullmatch(r"Phụ lục( I+)?", text)] == ["Phụ lục I", "Phụ lục II"]
    assert any(
        "(kèm theo Phụ lục I “Tiến độ nhiệm vụ”, Phụ lục II “So sánh với cùng kỳ năm trước”)" in text for text in said
    )
    stages = texts(opened(stage()))
    assert [text for text in stages if text.startswith("Phụ lục")] == ["Phụ lục"]


# --- chart ---


def test_the_chart_draws_the_quarters_of_the_period_and_leaves_a_gap():
    part = report_charts(PLAN, YEAR)["xu_huong"]
    sheet = openpyxl.load_workbook(io.BytesIO(part.workbook)).active
    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows()] == [
        ["Quý (n/N đơn vị)", "Mô hình đang thực hiện cuối quý", "Mô hình đăng ký mới trong quý"],
        ["I/2023\n4/4 và 2/3", 30, 3],
        ["II/2023", None, None],
        ["III/2023\n3/4 và 4/4", 35, 0],
        ["IV/2023\n4/4 và 3/4", 40, 9],
    ]
    xml = part.xml.decode("utf-8")
    assert '<c:dispBlanksAs val="gap"/>' in xml
    values = re.findall(r"<c:val>.*?</c:val>", xml, re.DOTALL)
    assert [re.findall(r'<c:pt idx="(\d)"><c:v>([^<]+)</c:v>', item) for item in values] == [
        [("0", "30"), ("2", "35"), ("3", "40")],
        [("0", "3"), ("2", "0"), ("3", "9")],
    ]
    assert "II/2023: đang thực hiện chưa có số liệu, đăng ký mới chưa có số liệu" in part.alt


def test_no_chart_of_one_quarter_or_one_point():
    assert "xu_huong" not in report_charts(PLAN, replace(YEAR, period=parse_period("2023-Q4")))
    assert "xu_huong" not in report_charts(PLAN, replace(YEAR, period=parse_period("2023-6T")))
    assert "xu_huong" not in report_charts(PLAN, replace(YEAR, trend=None))


def test_the_chart_stands_over_its_caption():
    document = opened(YEAR, drawn=True)
    caption = texts(document).index("Biểu đồ 3. Mô hình đang thực hiện và mô hình đăng ký mới qua các quý")
    assert "w:drawing" in document.paragraphs[caption - 1]._p.xml
    assert not [text for text in texts(opened(YEAR)) if text.startswith("Biểu đồ 3")]


# --- as a paper ---


@pytest.mark.parametrize(
    "data", [YEAR, replace(YEAR, period=parse_period("2023-6T")), stage()], ids=lambda data: data.period.key
)
def test_the_paper_is_clean_and_the_same_every_time(tmp_path, data):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(written(data, drawn=True))
    (result,) = lint_documents([path], PLAN)
    assert (result.deviations, result.problem) == ((), "")
    assert path.read_bytes() == written(data, drawn=True)


def test_the_tables_fill_the_page_and_no_more():
    for count in (2, 3, 4):
        document = opened(example_longer(PLAN, count))
        (found,) = (item for item in document.tables if item.rows[0].cells[0].text == "Chỉ tiêu")
        assert sum(round(cell.width.mm) for cell in found.rows[0].cells) == 165
    assert round(sum(cell.width.mm for cell in document.tables[-1].rows[0].cells)) == 257


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_chart_and_the_tables(tmp_path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(written(YEAR, drawn=True))
    theirs = convert(path, "docx", tmp_path / "lo")
    assert len([n for n in zipfile.ZipFile(theirs).namelist() if re.match(r"word/charts/chart\d+\.xml", n)]) == 1
    assert table(Document(str(theirs)), "Chỉ tiêu") == table(opened(YEAR), "Chỉ tiêu")
