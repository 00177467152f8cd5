"""``tong-hop.xlsx`` read back cell by cell: what a clerk, the next quarter and the level above find in it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dvk_reports.errors import SheetError
from dvk_reports.figures.named.submissions import _why_remind
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import DENOMINATOR, MET, NUMERATOR, UNDECIDED, Figure, Source
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import LATE, ON_TIME, FileRecord, FileState, Submission, UnitState, UsedReturn
from dvk_reports.model.values import Cell, Row, Typed, Value
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.base.book import Formats, new_book
from dvk_reports.sheets.base.looks import amount_format, fit, ratio_format
from dvk_reports.sheets.base.tasks import some
from dvk_reports.sheets.totals.context import TotalsContext
from dvk_reports.sheets.totals.overview_todo import first_tasks
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.offices import convert

DAY = date(2023, 10, 12)
PERIOD = "2023-Q3"


@cache
def plan() -> Plan:
    return load_plan()


def unit(order: int, code: str, name: str, kind: str, group: str) -> Unit:
    return Unit(
        code, name, kind, group, False, None, None, (), "", "", "", order, Cell("danh-muc.xlsx", "Đơn vị", 3, 1)
    )


UNITS = (
    unit(0, "DB-TT-02947", "Đảng bộ thị trấn Phố Ràng", "DB_TT", "I"),
    unit(1, "DB-XA-02950", "Đảng bộ xã Tân Tiến", "DB_XA", "I"),
    unit(2, "DB-XA-02953", "Đảng bộ xã Nghĩa Đô", "DB_XA", "I"),
    unit(3, "DB-XA-02956", "Đảng bộ xã Vĩnh Yên", "DB_XA", "I"),
    unit(4, "CB-CQ-BDV", "Chi bộ Ban Dân vận Huyện ủy", "CB_CQ", "II"),
    unit(5, "DB-LL-CA", "Đảng bộ Công an huyện", "LLVT", "III"),
)
REGISTER = Register(units=UNITS)


def row(sheet: str, number: int, file: str, **fields: Typed | tuple[str, Typed | None]) -> Row:
    """A row of a form; a pair gives what the unit wrote and what it was read as."""
    values = {}
    for col, (key, given) in enumerate(fields.items(), 2):
        text, typed = given if isinstance(given, tuple) else (str(given), given)
        values[key] = Value(text, typed, Cell(file, sheet, number, col))
    return Row(sheet, number, values)


def model(file: str, number: int, code: str, field: str, state: str, **more: Typed | tuple[str, Typed | None]) -> Row:
    return row(
        "B2",
        number,
        file,
        ma_mo_hinh=code,
        ten=f"Mô hình {code}",
        linh_vuc=field,
        cap="Cơ sở",
        trang_thai=state,
        **more,
    )


TAN_TIEN = UsedReturn(
    "DB-XA-02950",
    PERIOD,
    "xa/tan tien.xlsx",
    "Chính thức",
    {
        "BIA": (
            row(
                "BIA",
                0,
                "xa/tan tien.xlsx",
                ma_don_vi="DB-XA-02950",
                ten_don_vi="Tân Tiến",
                ky=PERIOD,
                ngay_chot=date(2023, 9, 30),
                phien_ban=Decimal(1),
                loai_bao_cao="Chính thức",
                dien_thoai="0987654321",
                ban_ky=True,
            ),
        ),
        "B1": (row("B1", 0, "xa/tan tien.xlsx", so_ke_hoach="12-KH/ĐU", tong_so_chi_bo=Decimal(9)),),
        "B2": (
            model("xa/tan tien.xlsx", 8, "MH-DB-XA-02950-001", "Kinh tế", "Duy trì", ngay_dk=date(2022, 5, 4)),
            model(
                "xa/tan tien.xlsx",
                9,
                "MH-DB-XA-02950-002",
                "Văn hóa - xã hội",
                "Đang thực hiện",
                chu_the="=1+1",
                ghi_chu="- nhắc lại",
                so_ho=("bốn mươi", None),
            ),
            model("xa/tan tien.xlsx", 10, "MH-DB-XA-02950-003", "Kinh tế", "Dừng", ly_do="á" * 40_000),
        ),
        "B10": (row("B10", 8, "xa/tan tien.xlsx", noi_dung="Tập huấn", thuc_hien=Decimal("12.5")),),
        "B5": (),
    },
    frozenset({Stop("B2", 9, "so_ho"), Stop("B7")}),
)
NGHIA_DO = UsedReturn(
    "DB-XA-02953",
    PERIOD,
    "xa/nghia do.xlsx",
    "Chính thức",
    {
        "BIA": (row("BIA", 0, "xa/nghia do.xlsx", ma_don_vi="DB-XA-02953", ky=PERIOD),),
        "B2": (
            model("xa/nghia do.xlsx", 8, "MH-DB-XA-02953-001", "Kinh tế", "Duy trì"),
            row(
                "B2",
                9,
                "xa/nghia do.xlsx",
                ma_mo_hinh="MH-DB-XA-02953-002",
                linh_vuc="Kinh tế",
                cap="Huyện",
                trang_thai=("đang làm", None),
            ),
        ),
    },
    frozenset({Stop("B2", 9, "trang_thai"), Stop("B2", 9, "ten")}),
)
BAN_DAN_VAN = UsedReturn(
    "CB-CQ-BDV",
    PERIOD,
    "thu.eml!/bdv.xlsx",
    "Không phát sinh",
    {"BIA": (row("BIA", 0, "thu.eml!/bdv.xlsx", ma_don_vi="CB-CQ-BDV", ky=PERIOD),), "B2": ()},
)

SUBMISSIONS = (
    Submission("DB-TT-02947", UNITS[0].name, "DB_TT", UnitState.MISSING),
    Submission(
        "DB-XA-02950",
        UNITS[1].name,
        "DB_XA",
        UnitState.ACCEPTED,
        date(2023, 9, 28),
        "Sổ",
        ON_TIME,
        "xa/tan tien.xlsx",
        "1",
    ),
    Submission(
        "DB-XA-02953",
        UNITS[2].name,
        "DB_XA",
        UnitState.ACCEPTED,
        date(2023, 10, 9),
        "Thư",
        LATE,
        "xa/nghia do.xlsx",
        "2",
    ),
    Submission("DB-XA-02956", UNITS[3].name, "DB_XA", UnitState.CONFLICT, date(2023, 10, 1), "Tệp"),
    Submission(
        "CB-CQ-BDV", UNITS[4].name, "CB_CQ", UnitState.ACCEPTED, date(2023, 9, 29), "Sổ", ON_TIME, "thu.eml!/bdv.xlsx"
    ),
    Submission(
        "DB-LL-CA", UNITS[5].name, "LLVT", UnitState.REFUSED, date(2023, 9, 29), "Sổ", "", "ca.xlsx", "1", 1, 0, 0
    ),
)
SUBMISSIONS = (
    SUBMISSIONS[0],
    replace(SUBMISSIONS[1], blocks=2, warnings=1, notes=0),
    replace(SUBMISSIONS[2], blocks=1),
    *SUBMISSIONS[3:],
)

FINDINGS = (
    Finding(
        Level.NOTE,
        "T05",
        "DB-XA-02950",
        "xa/tan tien.xlsx",
        "B2",
        "",
        "",
        "Biểu B2 đang bị ẩn; vẫn được tính.",
        "Bỏ ẩn.",
    ),
    Finding(
        Level.BLOCK,
        "K03",
        "DB-XA-02953",
        "xa/nghia do.xlsx",
        "B2",
        "X9",
        "đang làm",
        "Ô “Trạng thái cuối kỳ” ghi “đang làm”, không có trong danh sách.",
        "Chọn một giá trị trong danh sách của ô.",
        stops=(Stop("B2", 9, "trang_thai"),),
        row=9,
        key="trang_thai",
    ),
    Finding(
        Level.WARNING,
        "K17",
        "DB-XA-02950",
        "xa/tan tien.xlsx",
        "B1",
        "C5",
        "@12",
        "Ký hiệu lạ.",
        "Ghi lại.",
        "Đúng như vậy",
    ),
    Finding(
        Level.BLOCK,
        "K22",
        "DB-XA-02950",
        "xa/tan tien.xlsx",
        "BIA",
        "C22",
        "",
        "Biểu B7 phải nộp.",
        "Chọn Có.",
        stops=(Stop("B7"),),
        row=0,
        key="khong_phat_sinh_b7",
    ),
    Finding(
        Level.BLOCK,
        "K01",
        "DB-LL-CA",
        "ca.xlsx",
        "BIA",
        "C7",
        "X",
        "Phiên bản biểu mẫu không dùng.",
        "Chép lại.",
        refuses=True,
    ),
    Finding(
        Level.BLOCK,
        "K04",
        "DB-XA-02950",
        "xa/tan tien.xlsx",
        "B2",
        "P9",
        "bốn mươi",
        "Ô “Số hộ hưởng lợi” ghi “bốn mươi”, không phải là số.",
        "Chỉ ghi chữ số trong ô này.",
        stops=(Stop("B2", 9, "so_ho"),),
        row=9,
        key="so_ho",
    ),
)

FILES = (
    FileRecord("xa/tan tien.xlsx", "a" * 64, FileState.USED, "DB-XA-02950", PERIOD, "1"),
    FileRecord("xa/nghia do.xlsx", "b" * 64, FileState.USED, "DB-XA-02953", PERIOD, "2"),
    FileRecord("xa/nghia do cu.xlsx", "c" * 64, FileState.REPLACED, "DB-XA-02953", PERIOD, "1", "Có phiên bản 2"),
    FileRecord("thu.eml!/bdv.xlsx", "d" * 64, FileState.USED, "CB-CQ-BDV", PERIOD, ""),
    FileRecord("ca.xlsx", "e" * 64, FileState.REFUSED, "DB-LL-CA", PERIOD, "1", "Phiên bản biểu mẫu không dùng"),
    FileRecord("+giấy mời.docx", "f" * 64, FileState.NOT_A_FORM),
)


def source(part: str, code: str, sheet: str, cell: str, amount: str = "1") -> Source:
    file = {"DB-XA-02950": "xa/tan tien.xlsx", "DB-XA-02953": "xa/nghia do.xlsx"}[code]
    return Source(part, code, file, sheet, cell, Decimal(amount))


FIGURES = (
    Figure(
        "MT1.1",
        "",
        "Tỷ lệ chi, đảng bộ trực thuộc Huyện ủy có kế hoạch thực hiện Phong trào",
        "%",
        True,
        numerator=Decimal(2),
        denominator=Decimal(2),
        value=Decimal(1),
        low=Decimal(2) / Decimal(6),
        high=Decimal(1),
        target=Decimal(1),
        verdict=UNDECIDED,
        reported=2,
        owed=6,
        sources=(
            source(NUMERATOR, "DB-XA-02950", "B1", "C4"),
            source(NUMERATOR, "DB-XA-02953", "B1", "C4"),
            source(DENOMINATOR, "DB-XA-02950", "B1", "C4"),
            source(DENOMINATOR, "DB-XA-02953", "B1", "C4"),
        ),
        missing=("DB-TT-02947", "DB-XA-02956", "CB-CQ-BDV", "DB-LL-CA"),
    ),
    Figure(
        "MT2.1",
        "",
        "Tỷ lệ thôn, tổ dân phố có mô hình",
        "%",
        True,
        target=Decimal(1),
        verdict=UNDECIDED,
        reported=0,
        owed=4,
    ),
    Figure(
        "MT5.1",
        "",
        "Tỷ lệ hài lòng chung",
        "%",
        True,
        numerator=Decimal(2499),
        denominator=Decimal(2500),
        value=Decimal(2499) / Decimal(2500),
        target=Decimal("0.9"),
        verdict=MET,
        reported=1,
        owed=1,
        note="=không phải công thức",
        sources=(
            source(NUMERATOR, "DB-XA-02950", "B8", "K9", "2499"),
            source(DENOMINATOR, "DB-XA-02950", "B8", "J9", "2500"),
        ),
    ),
    Figure(
        "NV3.3",
        "",
        "Số mô hình đang thực hiện theo lĩnh vực",
        "mô hình",
        False,
        numerator=Decimal(2),
        value=Decimal(2),
        reported=2,
        owed=6,
        previous=Decimal(1200),
        sources=(source(NUMERATOR, "DB-XA-02950", "B2", "E8"), source(NUMERATOR, "DB-XA-02950", "B2", "E9")),
        missing=("DB-TT-02947", "DB-XA-02953", "DB-XA-02956", "DB-LL-CA"),
    ),
    Figure(
        "NV3.3",
        "Kinh tế",
        "Số mô hình đang thực hiện theo lĩnh vực",
        "mô hình",
        False,
        numerator=Decimal(1),
        value=Decimal(1),
        reported=2,
        owed=6,
        sources=(source(NUMERATOR, "DB-XA-02950", "B2", "E8"),),
    ),
    Figure(
        "NV3.3",
        "Văn hóa - xã hội",
        "Số mô hình đang thực hiện theo lĩnh vực",
        "mô hình",
        False,
        numerator=Decimal(1),
        value=Decimal(1),
        reported=2,
        owed=6,
        sources=(source(NUMERATOR, "DB-XA-02950", "B2", "E9"),),
    ),
    Figure(
        "KP.1",
        "",
        "Kinh phí ngân sách nhà nước đã thực hiện",
        "triệu đồng",
        False,
        numerator=Decimal("12.5"),
        value=Decimal("12.5"),
        reported=2,
        owed=6,
        sources=(source(NUMERATOR, "DB-XA-02950", "B10", "D8", "12.5"),),
    ),
)

DATA = Consolidation(
    parse_period(PERIOD), DAY, FILES, SUBMISSIONS, FINDINGS, FIGURES, (TAN_TIEN, NGHIA_DO, BAN_DAN_VAN)
)
EMPTY = Consolidation(
    parse_period(PERIOD), DAY, (), tuple(replace(s, state=UnitState.MISSING) for s in SUBMISSIONS[:1]), (), (), ()
)


def made(data: Consolidation = DATA) -> bytes:
    target = io.BytesIO()
    write_consolidated(target, Office(plan(), REGISTER, data.as_of), data)
    return target.getvalue()


@cache
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made()))


def records(name: str) -> list[dict[str, object]]:
    """The lines of a sheet by key: every row under row 1 with something in column A."""
    sheet = book()[name]
    keys = [cell.value for cell in sheet[1]]
    return [
        dict(zip(keys, (cell.value for cell in cells), strict=True))
        for cells in sheet.iter_rows(min_row=2)
        if cells[0].value is not None
    ]


def columns(name: str, *keys: str) -> list[tuple[object, ...]]:
    return [tuple(line[key] for key in keys) for line in records(name)]


def texts(sheet: Worksheet, col: int) -> list[object]:
    return [
        cells[0].value for cells in sheet.iter_rows(min_row=2, min_col=col, max_col=col) if cells[0].value is not None
    ]


# Keys of the sheets of rows, which come from the form; those of the other sheets are in tests/expected/results.csv.
FIXED = {
    "BIA": "ma_don_vi ten_don_vi ky tep dong ngay_chot phien_ban",
    "B1": "ma_don_vi ten_don_vi ky tep dong so_ke_hoach",
    "B2": "ma_don_vi ten_don_vi ky tep dong ma_mo_hinh ten loai linh_vuc",
    "B8": "ma_don_vi ten_don_vi ky tep dong dot tu_ngay",
    "B11": "ma_don_vi ten_don_vi ky tep dong uu_diem ton_tai nguyen_nhan kien_nghi phuong_huong",
}


def test_the_sheets_stand_in_the_order_of_the_contract_and_the_overview_opens_first():
    names = ["Tổng quan", "Chỉ tiêu", "Nhiệm vụ", "Tiến độ nhiệm vụ", "Kết quả theo đơn vị", "Tình hình nộp", "Lỗi"]
    names += ["Tệp", "Nguồn số liệu", "Miễn trừ", "Mô hình theo đơn vị"]
    assert [*names, *plan().sheets] == book().sheetnames
    assert book().active.title == "Tổng quan"


@pytest.mark.parametrize("name", FIXED)
def test_the_keys_stand_in_hidden_row_1(name: str):
    sheet = book()[name]
    keys = [cell.value for cell in sheet[1]]
    fixed = FIXED[name].split()
    assert fixed == keys[: len(fixed)]
    assert sheet.row_dimensions[1].hidden
    assert len(set(keys)) == len(keys) and None not in keys


def test_every_form_sheet_carries_every_key_of_the_form():
    for spec in plan().forms.bieu:
        keys = [cell.value for cell in book()[spec.ma][1]]
        assert set(spec.keys) <= set(keys)
        assert keys[-1] == "dung"


def test_rows_of_the_forms_come_back_typed_and_in_order():
    assert [
        (
            "DB-XA-02950",
            "Đảng bộ xã Tân Tiến",
            PERIOD,
            "xa/tan tien.xlsx",
            8,
            "MH-DB-XA-02950-001",
            datetime(2022, 5, 4),
            None,
        ),
        ("DB-XA-02950", "Đảng bộ xã Tân Tiến", PERIOD, "xa/tan tien.xlsx", 9, "MH-DB-XA-02950-002", None, "so_ho"),
        ("DB-XA-02950", "Đảng bộ xã Tân Tiến", PERIOD, "xa/tan tien.xlsx", 10, "MH-DB-XA-02950-003", None, None),
        ("DB-XA-02953", "Đảng bộ xã Nghĩa Đô", PERIOD, "xa/nghia do.xlsx", 8, "MH-DB-XA-02953-001", None, None),
        (
            "DB-XA-02953",
            "Đảng bộ xã Nghĩa Đô",
            PERIOD,
            "xa/nghia do.xlsx",
            9,
            "MH-DB-XA-02953-002",
            None,
            "ten;trang_thai",
        ),
    ] == columns("B2", "ma_don_vi", "ten_don_vi", "ky", "tep", "dong", "ma_mo_hinh", "ngay_dk", "dung")
    assert columns("B10", "thuc_hien") == [(12.5,)]
    assert columns("B1", "so_ke_hoach", "tong_so_chi_bo", "so_chuyen_muc", "dong") == [("12-KH/ĐU", 9, None, None)]


def test_a_stopped_value_stays_the_unit_s_own_text_and_is_coloured():
    sheet = book()["B2"]
    keys = [cell.value for cell in sheet[1]]
    cells = {
        cell.value: cell for cell in next(c for c in sheet.iter_cols(keys.index("so_ho") + 1, keys.index("so_ho") + 1))
    }
    assert cells["bốn mươi"].data_type == "s"
    assert cells["bốn mươi"].fill.fgColor.rgb == "FFFCE4D6"
    # A required cell that is blank and stopped is blank and coloured.
    blank = sheet.cell(row=10, column=keys.index("ten") + 1)
    assert (blank.value, blank.fill.fgColor.rgb) == (None, "FFFCE4D6")
    # Neither is told by its colour alone.
    assert {cells["bốn mươi"].border.left.style, blank.border.left.style} == {"dashed"}
    assert columns("B2", "trang_thai")[4][0] == "đang làm"


def test_text_that_looks_like_a_formula_stays_text():
    line = records("B2")[1]
    assert (line["chu_the"], line["ghi_chu"]) == ("=1+1", "- nhắc lại")
    sheet = book()["B2"]
    kinds = {
        cell.value: cell.data_type
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value in ("=1+1", "- nhắc lại")
    }
    with io.BytesIO(made()) as held:
        plain = openpyxl.load_workbook(held, data_only=True)["B2"]
        assert "=1+1" in [cell.value for cells in plain.iter_rows() for cell in cells]
    assert kinds["- nhắc lại"] == "s"
    assert columns("Tệp", "tep")[5][0] == "+giấy mời.docx"
    assert [line["gia_tri"] for line in records("Lỗi") if line["ma_loi"] == "K17"] == ["@12"]


def test_text_over_the_limit_of_excel_is_cut_with_a_mark():
    (long,) = [line["ly_do"] for line in records("B2") if line["ly_do"]]
    assert isinstance(long, str)
    assert len(long) == 32_767 and long.endswith("á … (đã cắt, xem tệp gốc)")
    assert len(fit("𝟙" * 30_000).encode("utf-16-le")) // 2 + 1 == 32_767
    assert fit("á" * 32_767) == "á" * 32_767


def test_the_cover_tells_absent_empty_and_stopped_sheets_apart():
    assert [
        ("DB-XA-02950", "0987654321", "Có", datetime(2023, 9, 30), 1, "BIA;B1;B2;B5;B10", "B7", None),
        ("DB-XA-02953", None, None, None, None, "BIA;B2", None, None),
        ("CB-CQ-BDV", None, None, None, None, "BIA;B2", None, None),
    ] == columns("BIA", "ma_don_vi", "dien_thoai", "ban_ky", "ngay_chot", "phien_ban", "bieu_co", "bieu_dung", "dung")


def test_figures_are_printed_exactly_and_the_unknown_is_blank():
    keys = (
        "ma",
        "nhom",
        "tu_so",
        "mau_so",
        "gia_tri",
        "muc_tieu",
        "ket_luan",
        "n_bao_cao",
        "n_phai_bao_cao",
        "ghi_chu",
    )
    assert columns("Chỉ tiêu", *keys) == [
        ("MT1.1", None, 2, 2, 1, 1, UNDECIDED, 2, 6, None),
        ("MT2.1", None, None, None, None, 1, UNDECIDED, 0, 4, None),
        ("MT5.1", None, 2499, 2500, 0.9996, 0.9, MET, 1, 1, "=không phải công thức"),
    ]
    assert columns("Nhiệm vụ", *keys) == [
        ("NV3.3", None, 2, None, 2, None, None, 2, 6, None),
        ("NV3.3", "Kinh tế", 1, None, 1, None, None, 2, 6, None),
        ("NV3.3", "Văn hóa - xã hội", 1, None, 1, None, None, 2, 6, None),
        ("KP.1", None, 12.5, None, 12.5, None, None, 2, 6, None),
    ]


def test_figures_stand_under_the_clause_of_the_plan():
    assert [text for text in texts(book()["Chỉ tiêu"], 2) if str(text).startswith("Mục II")] == [
        "Mục II.2 ý 1 của Kế hoạch",
        "Mục II.2 ý 2 của Kế hoạch",
        "Mục II.2 ý 5 của Kế hoạch",
    ]
    assert {"III.3. Xây dựng mô hình điểm và nhân rộng", "IV. Kinh phí thực hiện"} <= set(texts(book()["Nhiệm vụ"], 2))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1", "0%"),
        ("0", "0%"),
        ("0.831", "0.0%"),
        ("0.9996", "0.00%"),
        ("0.99999", "0.000%"),
        ("0.0004", "0.00%"),
        ("-0.05", "0.0%"),
        ("1.2", "0.0%"),
    ],
)
def test_100_percent_is_printed_only_where_it_is_so(value: str, shown: str):
    assert shown == ratio_format(Decimal(value))


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1200", "#,##0"), ("12.5", "#,##0.0"), ("12.50", "#,##0.0"), ("1E+3", "#,##0"), ("0.1234", "#,##0.000")],
)
def test_amounts_show_the_decimals_they_have(value: str, shown: str):
    assert shown == amount_format(Decimal(value))


@pytest.mark.parametrize("name", ["Chỉ tiêu", "Nhiệm vụ"])
def test_each_figure_leads_to_its_sources_and_they_add_up_to_it(name: str):
    sources = book()["Nguồn số liệu"]
    for cells in book()[name].iter_rows(min_row=2):
        code, group = cells[0].value, cells[1].value
        if code is None or cells[6].value is None:
            continue
        places = {cell.hyperlink.location for cell in (cells[0], cells[6]) if cell.hyperlink}
        (place,) = places
        row_number = int(place.rpartition("!A")[2])
        sums = {NUMERATOR: Decimal(0), DENOMINATOR: Decimal(0)}
        while (sources.cell(row_number, 1).value, sources.cell(row_number, 2).value) == (code, group):
            sums[str(sources.cell(row_number, 3).value)] += Decimal(str(sources.cell(row_number, 8).value))
            row_number += 1
        assert (cells[4].value, cells[5].value or 0) == (float(sums[NUMERATOR]), float(sums[DENOMINATOR]))
        # The rows of a figure stand together.
        keys = [(line["ma"], line["nhom"]) for line in records("Nguồn số liệu")]
        assert keys.count((code, group)) == row_number - int(place.rpartition("!A")[2])


def test_sources_name_file_sheet_and_cell():
    assert columns("Nguồn số liệu", "ma", "nhom", "vao", "ma_don_vi", "tep", "sheet", "o", "gia_tri")[4] == (
        "MT5.1",
        None,
        NUMERATOR,
        "DB-XA-02950",
        "xa/tan tien.xlsx",
        "B8",
        "K9",
        2499,
    )


def test_who_has_sent_in_register_order_with_groups():
    keys = ("ma_don_vi", "trang_thai", "ngay_nhan", "dung_han", "phien_ban", "so_chan", "so_canh_bao", "muc_nhac")
    assert [
        ("DB-TT-02947", "Chưa nộp", None, None, None, None, None, None),
        ("DB-XA-02950", "Đã chấp nhận", datetime(2023, 9, 28), ON_TIME, 1, 2, 1, None),
        ("DB-XA-02953", "Đã chấp nhận", datetime(2023, 10, 9), LATE, 2, 1, 0, None),
        ("DB-XA-02956", "Cần xác minh", datetime(2023, 10, 1), None, None, 0, 0, None),
        ("CB-CQ-BDV", "Đã chấp nhận", datetime(2023, 9, 29), ON_TIME, None, 0, 0, None),
        ("DB-LL-CA", "Trả lại", datetime(2023, 9, 29), None, 1, 1, 0, None),
    ] == columns("Tình hình nộp", *keys)
    bands = [str(cells[1].value) for cells in book()["Tình hình nộp"].iter_rows(min_row=6) if not cells[0].value]
    assert bands == [
        "I. Các xã, thị trấn",
        "Cộng I: 4 đơn vị",
        "II. Các chi, đảng bộ cơ quan, đơn vị",
        "Cộng II: 1 đơn vị",
        "III. Lực lượng vũ trang, doanh nghiệp",
        "Cộng III: 1 đơn vị",
        "Tổng cộng: 6 đơn vị",
        "None",
        "Số liệu của 3/6 đơn vị tính đến 12/10/2023.",
    ]


def test_findings_stand_by_weight_and_say_what_they_stop():
    assert columns("Lỗi", "muc", "ma_loi", "ma_don_vi", "o", "dung", "dung_o", "dong") == [
        ("Chặn", "K22", "DB-XA-02950", "C22", "bieu", "B7!0!", None),
        ("Chặn", "K04", "DB-XA-02950", "P9", "o", "B2!9!so_ho", 9),
        ("Chặn", "K03", "DB-XA-02953", "X9", "o", "B2!9!trang_thai", 9),
        ("Chặn", "K01", "DB-LL-CA", "C7", "tep", None, None),
        ("Cảnh báo", "K17", "DB-XA-02950", "C5", None, None, None),
        ("Ghi chú", "T05", "DB-XA-02950", None, None, None, None),
    ]
    assert "6 dòng. Chặn: 4 · Cảnh báo: 1 · Ghi chú: 1. Đã giải trình: 1." in texts(book()["Lỗi"], 2)


def test_every_file_stands_once():
    assert [(record.file, record.state.value) for record in FILES] == columns("Tệp", "tep", "trang_thai")
    assert "6 tệp: 3 dùng, 1 được thay thế, 1 trả lại, 1 không phải biểu mẫu; 1 đơn vị chưa nộp" in texts(
        book()["Tệp"], 2
    )


def test_models_by_unit_show_a_word_where_there_is_no_figure_and_never_0():
    keys = (
        "ma_don_vi",
        "linh_vuc_1",
        "linh_vuc_2",
        "linh_vuc_3",
        "tong_so",
        "cap_1",
    )
    silent, mend = "chưa báo cáo", "cần sửa"
    assert [
        ("DB-TT-02947", *[silent] * 5),
        ("DB-XA-02950", 1, 1, 0, 2, 2),
        ("DB-XA-02953", *[mend] * 5),
        ("DB-XA-02956", *[silent] * 5),
        ("CB-CQ-BDV", 0, 0, 0, 0, 0),
        ("DB-LL-CA", *[silent] * 5),
    ] == columns("Mô hình theo đơn vị", *keys)
    sheet = book()["Mô hình theo đơn vị"]
    bands = {
        str(cells[1].value): [cell.value for cell in cells[2:8]]
        for cells in sheet.iter_rows(min_row=6)
        if not cells[0].value
    }
    assert [1, 1, 0, 0, 2, 2] == bands["Cộng I (1/4 đơn vị)"] == bands["Tổng cộng (2/6 đơn vị)"]
    assert bands["Cộng III (0/1 đơn vị)"] == [None] * 6
    assert bands["Cơ cấu (%)"] == [50, 50, 0, 0, 100, 100]
    assert bands["Số đơn vị được tính (n/N)"] == ["2/6"] * 6


def test_the_overview_says_what_to_do_first():
    context = TotalsContext(object(), Formats(new_book(io.BytesIO())), Office(plan(), REGISTER, DATA.as_of), DATA)
    assert [(task.head, task.text) for task in first_tasks(context)] == [
        ("Chưa nộp, cần đôn đốc (1 đơn vị):", "Đảng bộ thị trấn Phố Ràng."),
        ("Trả lại, chờ gửi lại (1 đơn vị):", "Đảng bộ Công an huyện."),
        ("Cần xác minh bản nào đúng (1 đơn vị):", "Đảng bộ xã Vĩnh Yên."),
        ("Nộp muộn (1 đơn vị):", "Đảng bộ xã Nghĩa Đô."),
        ("4 lỗi Chặn ở 3 đơn vị:", "chưa được tính; gửi bản đánh dấu trả lại đơn vị."),
        ("Giá trị không có trong danh sách: 1 đơn vị:", "Đảng bộ xã Nghĩa Đô. Mã K03."),
        (
            "Biểu phải nộp mà không có dòng, không chọn “Không phát sinh”: 1 đơn vị:",
            "Đảng bộ xã Tân Tiến. Mã K22.",
        ),
        ("Đơn vị, kỳ báo cáo hoặc phiên bản biểu mẫu ghi sai: 1 đơn vị:", "Đảng bộ Công an huyện. Mã K01."),
        ("1 loại lỗi Chặn khác:", "1 chỗ."),
        ("Mục tiêu chưa đủ cơ sở kết luận (2):", "Có kế hoạch thực hiện; Thôn, tổ dân phố có mô hình."),
    ]
    assert some(["a", "b", "c"], 12, "đơn vị") != "a; b và còn 1 đơn vị."
    assert some([str(n) for n in range(14)], 12, "đơn vị").endswith("; 11 và còn 2 đơn vị.")


def tasks_of(**changed: object) -> dict[str, str]:
    data = replace(DATA, **changed)
    book = new_book(io.BytesIO())
    context = TotalsContext(book, Formats(book), Office(plan(), REGISTER, DATA.as_of), data)
    return {task.head: task.text for task in first_tasks(context)}


def test_a_kind_of_mistake_is_told_by_all_its_units():
    """Whatever sentence, sheet and cell it has there; a warning asks for a decision as long as nobody answers it."""
    missing = replace(FINDINGS[0], code="T01", level=Level.WARNING, answer="")
    codes = [item.unit for item in SUBMISSIONS[:5]]
    lines = [replace(missing, unit=code, text=f"Thiếu biểu B{n}.") for n, code in enumerate([*codes, codes[0]])]
    lines += [replace(missing, code="K18", answer="Đúng số.", unit=codes[0])]
    lines += [
        replace(missing, code="T14", unit="", file="xã/a.xlsx"),
        replace(missing, code="T14", unit="", file="b.xlsx"),
    ]
    told = tasks_of(findings=tuple(lines))
    names = [item.name for item in SUBMISSIONS[:5]]
    assert told["8 Cảnh báo chưa giải trình ở 5 đơn vị:"].startswith("đã được tính")
    assert told["Thiếu biểu đã giao: 5 đơn vị:"] == (
        f"{names[0]} (2 chỗ); {names[1]}; {names[2]} và còn 2 đơn vị. Mã T01."
    )
    assert told["Tệp không dùng được: 2 tệp:"] == "a.xlsx; b.xlsx. Mã T14."
    assert not any("K18" in text for text in told.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Đúng hạn", "Nộp muộn", "Sau khóa sổ"), "Nộp muộn (2 đơn vị, trong đó 1 sau khóa sổ):"),
        (("Đúng hạn", "Nộp muộn", "Nộp muộn"), "Nộp muộn (2 đơn vị):"),
        (("", "Sau khóa sổ", "Sau khóa sổ"), "Nộp muộn (2 đơn vị, trong đó 2 sau khóa sổ):"),
    ],
)
def test_late_is_one_number_everywhere(words: tuple[str, ...], said: str):
    """What came after the closing day is late on the overview, on the list of returns and in the figure."""
    items = tuple(
        replace(item, state=UnitState.ACCEPTED, punctual=word)
        for item, word in zip(SUBMISSIONS[:3], words, strict=True)
    )
    assert said in tasks_of(submissions=items)
    sheet = openpyxl.load_workbook(io.BytesIO(made(replace(DATA, submissions=items))))["Tình hình nộp"]
    assert str(sheet["B3"].value).endswith("Nộp muộn (kể cả sau khóa sổ): 2.")
    assert sum(_why_remind(item) == "Nộp muộn" for item in items) == 2


def test_the_overview_names_groups_and_targets():
    """No bare code of a target or group stands where a reader looks: tasks, charts, their alternative text."""
    sheet = book()["Tổng quan"]
    drawn = [cell.value for row in sheet.iter_rows(min_col=21) for cell in row if isinstance(cell.value, str)]
    drawings = zipfile.ZipFile(io.BytesIO(made())).read("xl/drawings/drawing1.xml").decode()
    alts = re.findall(r'descr="([^"]*)"', drawings)
    assert len(alts) == 3 and all(len(alt) > 40 for alt in alts)
    assert "Các xã, thị trấn: 2/4" in drawn and "Có kế hoạch thực hiện" in drawn
    assert not [text for text in [*drawn, *alts] if re.search(r"\bMT\d|Nhóm I", text)]


def test_the_overview_carries_three_charts():
    assert len(book()["Tổng quan"]._charts) == 3  # openpyxl gives no public list of charts


def test_an_unknown_target_is_no_zero_among_the_numbers_of_a_chart():
    """A chart keeps its own copy of the numbers; there too a blank cell is a gap."""
    sheet, blanks = book()["Tổng quan"], 0
    for chart in sheet._charts:
        for part in [chart, *chart._charts]:
            for series in part.series:
                numbers = series.val.numRef
                cells = [cell.value for row in sheet[numbers.f.split("!")[1].replace("$", "")] for cell in row]
                kept = {point.idx: float(point.v) for point in numbers.numCache.pt}
                assert kept == {place: float(value) for place, value in enumerate(cells) if value is not None}
                blanks += cells.count(None)
    assert blanks


@pytest.mark.parametrize("name", ["Chỉ tiêu", "Tình hình nộp", "Lỗi", "Tệp", "Nguồn số liệu", "B2", "B11"])
def test_tables_have_filter_frozen_head_and_an_A4_page(name: str):
    sheet = book()[name]
    assert sheet.auto_filter.ref and sheet.freeze_panes and sheet.print_title_rows
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)


def test_caption_rows_leave_column_a_blank():
    for name in book().sheetnames[1:]:
        sheet = book()[name]
        filter_row = int(sheet.auto_filter.ref.split(":")[0].lstrip("A"))
        assert [None] * (filter_row - 1) == [sheet.cell(number, 1).value for number in range(2, filter_row + 1)]


def test_the_same_content_gives_the_same_bytes():
    assert made() == made()


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path):
    with pytest.raises(SheetError, match=r"Không ghi được tong-hop\.xlsx"):
        write_consolidated(tmp_path / "không có" / "tong-hop.xlsx", Office(plan(), REGISTER, EMPTY.as_of), EMPTY)


def test_a_unit_whose_level_alone_is_stopped_keeps_its_fields():
    used = replace(TAN_TIEN, stops=frozenset({Stop("B2", 8, "cap")}))
    sheet = openpyxl.load_workbook(io.BytesIO(made(replace(DATA, used=(used,)))))["Mô hình theo đơn vị"]
    lines = {cells[0].value: [cell.value for cell in cells[2:]] for cells in sheet.iter_rows(min_row=6)}
    assert lines["DB-XA-02950"] == [1, 1, 0, 0, 2, "cần sửa", "cần sửa", "cần sửa"]
    assert "Cộng I (1/4 đơn vị; theo cấp đăng ký 0/4)" in texts(sheet, 2)


def test_a_period_with_nothing_in_it_is_a_workbook_too():
    empty = openpyxl.load_workbook(io.BytesIO(made(EMPTY)))
    assert "Không có lỗi nào." in texts(empty["Lỗi"], 2)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("2023-Q3", "quý III năm 2023"),
        ("2023-6T", "6 tháng đầu năm 2023"),
        ("2023-9T", "9 tháng đầu năm 2023"),
        ("2023", "năm 2023"),
        ("2022-Q2..2023-Q3", "giai đoạn từ quý II năm 2022 đến quý III năm 2023"),
    ],
)
def test_periods_in_words(key: str, title: str):
    context = Office(plan(), REGISTER, DATA.as_of)
    assert (
        TotalsContext(object(), Formats(new_book(io.BytesIO())), context, replace(DATA, period=parse_period(key))).title
        == title
    )


def test_libreoffice_opens_it_and_counts_the_same(tmp_path: Path):
    source_file = tmp_path / "tong-hop.xlsx"
    write_consolidated(source_file, Office(plan(), REGISTER, DATA.as_of), DATA)
    theirs_file = convert(source_file, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    ours = openpyxl.load_workbook(source_file, data_only=True)
    theirs = openpyxl.load_workbook(theirs_file, data_only=True)
    assert ours.sheetnames == theirs.sheetnames
    for name in ours.sheetnames:
        for cells in ours[name].iter_rows():
            for cell in cells:
                other = theirs[name][cell.coordinate].value
                if isinstance(cell.value, float):
                    assert other == pytest.approx(cell.value), (name, cell.coordinate)
                else:
                    assert other == cell.value, (name, cell.coordinate)
