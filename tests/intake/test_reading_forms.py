"""The same answers are read whatever the unit did to the sheet; what was done to it is said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from dvk_reports.intake.files.boxes import files_at
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.intake.reading import read_file
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.register.register import Hamlet, Register, Unit
from dvk_reports.run.plans import load_plan
from tests.support.offices import convert, edited, form_of, total_below

PLAN = load_plan()
QUARTER = Quarter(2023, 3)
UNIT = Unit(
    "DB-XA-02950",
    "Đảng bộ xã Tân Tiến",
    "DB_XA",
    "I",
    False,
    None,
    None,
    ("xã Tân Tiến",),
    "",
    "",
    "",
    0,
    Cell("danh-muc.xlsx", "Đơn vị", 4, 1),
)
HAMLETS = tuple(
    Hamlet(f"T-02950-0{n}", f"Thôn {n}", "Thôn", UNIT.code, None, None, Cell("danh-muc.xlsx", "Thôn", n + 3, 1))
    for n in (1, 2)
)
REGISTER = Register(units=(UNIT,), hamlets=HAMLETS)
VALUES = {
    "BIA": {"phien_ban": 1, "loai_bao_cao": "Chính thức", "dien_thoai": "0912000111"},
    "B1": {
        "so_ke_hoach": "12-KH/ĐU",
        "ngay_ke_hoach": date(2023, 2, 1),
        "tong_so_chi_bo": 10,
        "so_chi_bo_da_trien_khai": 9,
        "tong_so_dang_vien": 0,
    },
    "B11": {"uu_diem": "=Không phải công thức\nDòng hai"},
}
ROWS = {
    "B2": [
        {
            "ma_mo_hinh": "MH-DB-XA-02950-001",
            "ten": "Hiến đất làm đường",
            "loai": "Tập thể",
            "linh_vuc": "Kinh tế",
            "cap": "Cơ sở",
            "ma_thon": "T-02950-01; Thôn 2",
            "ngay_dk": date(2022, 5, 1),
            "trang_thai": "Duy trì",
            "so_ho": 0,
        },
        {
            "ma_mo_hinh": "MH-DB-XA-02950-002",
            "ten": "-Tự quản đường biên",
            "loai": "Tập thể",
            "linh_vuc": "Quốc phòng - an ninh",
            "cap": "Huyện",
            "ma_thon": "Tất cả",
            "ngay_dk": date(2023, 7, 9),
            "trang_thai": "Đăng ký",
        },
    ],
    "B8": [
        {
            "dot": "Đợt 1",
            "tu_ngay": date(2023, 7, 1),
            "den_ngay": date(2023, 7, 20),
            "co_quan": "UBND xã",
            "doi_tuong": "Người dân",
            "hinh_thuc": "Phiếu giấy",
            "phieu_phat": 50,
            "phieu_thu": 40,
            "phieu_hop_le": 40,
            "ch_rat_hl": 30,
            "ch_hl": 6,
            "ch_bt": 4,
            "ch_khl": 0,
            "ch_rat_khl": 0,
        }
    ],
    "B10": [{"noi_dung": "Hội nghị", "nguon": "NSNN cấp xã", "thuc_hien": Decimal("12.5"), "du_toan": Decimal("0")}],
}
SOME = ("BIA", "B1", "B2", "B4", "B8", "B10", "B11")
FORM = form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, ROWS, SOME)


def read(tmp_path, data=FORM, name="bieu.xlsx"):
    path = tmp_path / name
    path.write_bytes(data)
    return form_in(path)


def form_in(path):
    (received,) = files_at([path])
    (reading,) = read_file(PLAN, received)
    assert reading.found is not None, reading.reason
    return reading.found


def answers(form, *sheets):
    """(sheet, key) -> typed values down the rows, without the blanks."""
    return {
        (sheet, key): [row.typed(key) for row in form.sheets[sheet].rows]
        for sheet in sheets or ("BIA", "B1", "B2", "B8", "B10", "B11")
        for key in PLAN.sheets[sheet].keys
        if any(row.typed(key) is not None for row in form.sheets[sheet].rows)
    }


EXPECTED = {
    ("BIA", "ma_don_vi"): ["DB-XA-02950"],
    ("BIA", "ten_don_vi"): ["Đảng bộ xã Tân Tiến"],
    ("BIA", "ky"): ["2023-Q3"],
    ("BIA", "ngay_chot"): [date(2023, 9, 30)],
    ("BIA", "phien_ban"): [Decimal(1)],
    ("BIA", "loai_bao_cao"): ["Chính thức"],
    ("BIA", "dien_thoai"): ["0912000111"],
    ("BIA", "ma_mau"): ["2022.1"],
    ("B1", "so_ke_hoach"): ["12-KH/ĐU"],
    ("B1", "ngay_ke_hoach"): [date(2023, 2, 1)],
    ("B1", "tong_so_chi_bo"): [Decimal(10)],
    ("B1", "so_chi_bo_da_trien_khai"): [Decimal(9)],
    ("B1", "tong_so_dang_vien"): [Decimal(0)],
    ("B2", "ma_mo_hinh"): ["MH-DB-XA-02950-001", "MH-DB-XA-02950-002"],
    ("B2", "ten"): ["Hiến đất làm đường", "-Tự quản đường biên"],
    ("B2", "loai"): ["Tập thể", "Tập thể"],
    ("B2", "linh_vuc"): ["Kinh tế", "Quốc phòng - an ninh"],
    ("B2", "cap"): ["Cơ sở", "Huyện"],
    ("B2", "ma_thon"): ["T-02950-01; Thôn 2", "Tất cả"],
    ("B2", "so_ho"): [Decimal(0), None],
    ("B2", "ngay_dk"): [date(2022, 5, 1), date(2023, 7, 9)],
    ("B2", "trang_thai"): ["Duy trì", "Đăng ký"],
    ("B8", "dot"): ["Đợt 1"],
    ("B8", "tu_ngay"): [date(2023, 7, 1)],
    ("B8", "den_ngay"): [date(2023, 7, 20)],
    ("B8", "co_quan"): ["UBND xã"],
    ("B8", "doi_tuong"): ["Người dân"],
    ("B8", "hinh_thuc"): ["Phiếu giấy"],
    ("B8", "phieu_phat"): [Decimal(50)],
    ("B8", "phieu_thu"): [Decimal(40)],
    ("B8", "phieu_hop_le"): [Decimal(40)],
    ("B8", "ch_rat_hl"): [Decimal(30)],
    ("B8", "ch_hl"): [Decimal(6)],
    ("B8", "ch_bt"): [Decimal(4)],
    ("B8", "ch_khl"): [Decimal(0)],
    ("B8", "ch_rat_khl"): [Decimal(0)],
    ("B10", "noi_dung"): ["Hội nghị"],
    ("B10", "nguon"): ["NSNN cấp xã"],
    ("B10", "du_toan"): [Decimal(0)],
    ("B10", "thuc_hien"): [Decimal("12.5")],
    ("B11", "uu_diem"): ["=Không phải công thức\nDòng hai"],
}


def said(form):
    return [(finding.code, finding.level.value, finding.sheet, finding.cell) for finding in form.findings]


def test_a_form_as_it_was_sent_out_and_filled_in(tmp_path):
    form = read(tmp_path)
    assert answers(form) == EXPECTED
    assert (form.unit, form.period, form.form, form.version) == ("DB-XA-02950", "2023-Q3", "2022.1", 1)
    assert [row.text("ma_thon") for row in form.sheets["B4"].rows] == ["T-02950-01", "T-02950-02"]
    assert said(form) == []


@pytest.mark.parametrize("ending", ["ods", "xls:MS Excel 97", "xlsm:Calc MS Excel 2007 VBA XML"])
def test_other_formats_read_alike(tmp_path, ending):
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(FORM)
    form = form_in(convert(path, ending, tmp_path / "out"))
    assert answers(form) == EXPECTED
    assert [item for item in said(form) if item[0] != "T13"] == []


def test_pre_printed_codes_alone_make_no_row(tmp_path):
    form = read(tmp_path)
    assert len(form.sheets["B2"].rows) == 2


def test_moved_columns_are_followed_by_their_keys(tmp_path):
    def swap(book):
        sheet = book["B10"]
        for row in range(1, sheet.max_row + 1):
            left, right = sheet.cell(row, 3).value, sheet.cell(row, 5).value
            sheet.cell(row, 3).value, sheet.cell(row, 5).value = right, left

    form = read(tmp_path, edited(FORM, swap))
    assert answers(form, "B10") == {k: v for k, v in EXPECTED.items() if k[0] == "B10"}
    # The values were moved without the drop-down of their column.
    assert [item for item in said(form) if item[2] == "B10"] == [
        ("T03", "Ghi chú", "B10", ""),
        ("T20", "Ghi chú", "B10", "E8"),
    ]
    assert form.sheets["B10"].rows[0].values["nguon"].at.a1 == "E8"


@pytest.mark.parametrize("sheet", ["B2", "B8", "B10"])
def test_keys_gone_captions_serve(tmp_path, sheet):
    def strip(book):
        for column in range(1, book[sheet].max_column + 1):
            book[sheet].cell(1, column).value = None

    form = read(tmp_path, edited(FORM, strip))
    assert answers(form, sheet) == {k: v for k, v in EXPECTED.items() if k[0] == sheet}
    assert ("T03", "Ghi chú", sheet, "") in said(form)


@pytest.mark.parametrize("sheet", ["BIA", "B1", "B11"])
def test_keys_of_a_key_value_sheet_gone(tmp_path, sheet):
    def strip(book):
        for row in range(1, book[sheet].max_row + 1):
            book[sheet].cell(row, 1).value = None

    form = read(tmp_path, edited(FORM, strip))
    assert answers(form, sheet) == {k: v for k, v in EXPECTED.items() if k[0] == sheet}


def test_the_key_row_deleted_and_the_sheet_renamed(tmp_path):
    def cut(book):
        book["B2"].delete_rows(1)
        book["B2"].title = "Danh sach mo hinh"

    form = read(tmp_path, edited(FORM, cut))
    assert answers(form, "B2") == {k: v for k, v in EXPECTED.items() if k[0] == "B2"}
    assert form.sheets["B2"].rows[0].values["ten"].at == Cell(
        str(tmp_path / "bieu.xlsx"), "Danh sach mo hinh", form.sheets["B2"].rows[0].number, 3
    )


def test_a_sheet_whose_head_is_gone_is_stopped(tmp_path):
    def cut(book):
        sheet = book["B10"]
        for row in range(1, 9):
            sheet.cell(row, 5).value = None  # thuc_hien: key and caption

    form = read(tmp_path, edited(FORM, cut))
    (finding,) = [item for item in form.findings if item.sheet == "B10" and item.code == "T02"]
    assert finding.level.value == "Chặn" and [stop.sheet for stop in finding.stops] == ["B10"]
    assert "“Thực hiện (triệu đồng)”" in finding.text


def test_a_row_below_the_total_and_a_hidden_row_count_and_are_said(tmp_path):
    def edit(book):
        sheet = book["B10"]
        total = total_below(sheet)
        for column, value in ((2, "Chi thêm"), (3, "Khác"), (5, 3)):
            sheet.cell(total + 2, column).value = value
        sheet.row_dimensions[8].hidden = True

    form = read(tmp_path, edited(FORM, edit))
    assert [row.number_of("thuc_hien") for row in form.sheets["B10"].rows] == [Decimal("12.5"), Decimal(3)]
    assert sorted(code for code, _, sheet, _ in said(form) if sheet == "B10") == ["K27", "K27"]


def test_the_total_row_is_known_by_its_mark_and_never_a_row(tmp_path):
    form = read(tmp_path)
    assert len(form.sheets["B10"].rows) == 1


def test_a_number_typed_over_the_total_is_compared(tmp_path):
    def edit(book):
        sheet = book["B10"]
        total = next(row for row in range(1, 400) if sheet.cell(row, 1).value == "dvk:tong")
        sheet.cell(total, 5).value = 99

    form = read(tmp_path, edited(FORM, edit))
    (finding,) = [item for item in form.findings if item.code == "K05"]
    assert "ghi 99, cộng các dòng được 12,5" in finding.text


def test_a_column_of_the_units_own_is_named(tmp_path):
    def edit(book):
        sheet = book["B10"]
        sheet.cell(6, 12).value = "Cột riêng"
        sheet.cell(8, 12).value = "số liệu riêng"

    form = read(tmp_path, edited(FORM, edit))
    (finding,) = [item for item in form.findings if item.code == "T04"]
    assert (finding.cell, finding.level.value) == ("L8", "Cảnh báo") and "“Cột riêng”" in finding.text


def test_a_sheet_of_the_units_own_is_named(tmp_path):
    def edit(book):
        book.create_sheet("Ghi chép")["A1"] = "x"

    form = read(tmp_path, edited(FORM, edit))
    assert form.foreign_sheets == ("Ghi chép",)


def test_a_row_of_dots_is_no_row(tmp_path):
    def edit(book):
        for column in (2, 3, 5):
            book["B10"].cell(9, column).value = "…"

    form = read(tmp_path, edited(FORM, edit))
    assert len(form.sheets["B10"].rows) == 1
    assert said(form) == [("K27", "Ghi chú", "B10", "B9")]


def test_more_rows_than_the_room_of_the_form(tmp_path):
    rows = {"B10": [dict(ROWS["B10"][0], noi_dung=f"Việc {n}") for n in range(450)]}
    form = read(tmp_path, form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, rows))
    assert len(form.sheets["B10"].rows) == 450


def test_a_comment_or_a_colour_changes_nothing(tmp_path):
    def edit(book):
        book["B1"]["C8"].comment = Comment("xem lại", "x")

    assert answers(read(tmp_path, edited(FORM, edit))) == EXPECTED


CELLS = [
    ("B1", "tong_so_chi_bo", "12", Decimal(12), []),
    ("B1", "tong_so_chi_bo", "1.234", Decimal(1234), [("T08", "Ghi chú")]),
    ("B1", "tong_so_chi_bo", "１２", Decimal(12), [("T08", "Ghi chú")]),
    ("B1", "tong_so_chi_bo", "1,234", None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", "mười", None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", 2.5, None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", -1, None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", 0, Decimal(0), []),
    ("B1", "tong_so_chi_bo", None, None, []),
    ("B1", "tong_so_chi_bo", "   ", None, []),
    ("B1", "tong_so_chi_bo", "85%", None, [("K20", "Chặn")]),
    ("B1", "tong_so_chi_bo", True, None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", "#DIV/0!", None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", "=1+1", None, [("K04", "Chặn")]),
    ("B1", "tong_so_chi_bo", date(2023, 1, 5), None, [("K04", "Chặn")]),
    ("B1", "ngay_ke_hoach", "05/9/2023", date(2023, 9, 5), [("T08", "Ghi chú")]),
    ("B1", "ngay_ke_hoach", "2023-09-05", date(2023, 9, 5), [("T08", "Ghi chú")]),
    ("B1", "ngay_ke_hoach", "tháng 9", None, [("K04", "Chặn")]),
    ("B1", "ke_hoach_con_hieu_luc", "có", True, [("T08", "Ghi chú")]),
    ("B1", "ke_hoach_con_hieu_luc", "x", True, [("T08", "Ghi chú")]),
    ("B1", "ke_hoach_con_hieu_luc", "đúng", None, [("K03", "Chặn")]),
    ("BIA", "loai_bao_cao", "bổ  sung", "Bổ sung", [("T08", "Ghi chú")]),
    ("BIA", "loai_bao_cao", "Tạm", None, [("K03", "Chặn")]),
    ("BIA", "dien_thoai", 912000111, "912000111", []),
]


@pytest.mark.parametrize(("sheet", "key", "written", "typed", "codes"), CELLS)
def test_what_a_cell_may_hold(tmp_path, sheet, key, written, typed, codes):
    """Blank, zero and error are three things; one reading is taken and told, two are none."""

    def edit(book):
        row = next(r for r in range(1, 60) if book[sheet].cell(r, 1).value == key)
        book[sheet].cell(row, 3).value = written

    form = read(tmp_path, edited(FORM, edit))
    assert form.sheets[sheet].rows[0].typed(key) == typed
    assert [(item.code, item.level.value) for item in form.findings] == codes


@pytest.mark.parametrize(
    ("written", "typed", "codes"),
    [
        ("12,5", Decimal("12.5"), ["T08"]),
        ("1.234", None, ["K04"]),
        ("1,234", None, ["K04"]),
        ("1234,50", Decimal("1234.5"), ["T08"]),
        (0.1 + 0.2, Decimal("0.3"), []),
    ],
)
def test_decimals(tmp_path, written, typed, codes):
    form = read(tmp_path, edited(FORM, lambda book: setattr(book["B10"].cell(8, 5), "value", written)))
    assert form.sheets["B10"].rows[0].typed("thuc_hien") == typed
    assert [item.code for item in form.findings] == codes


def test_a_percent_format_is_a_percent(tmp_path):
    def edit(book):
        book["B1"]["C8"].value, book["B1"]["C8"].number_format = 0.85, "0%"

    form = read(tmp_path, edited(FORM, edit))
    assert [(item.code, item.raw) for item in form.findings] == [("K20", "85%")]


@pytest.mark.parametrize(
    ("font", "written", "typed", "codes"),
    [
        (".VnTime", "§èi tho¹i víi ng­êi lao ®éng", "Đối thoại với người lao động", [("T09", "Ghi chú")]),
        ("Times New Roman", "§èi tho¹i víi ng­êi lao ®éng", None, [("T09", "Chặn")]),
        ("Times New Roman", "Đối thoại với người lao động", "Đối thoại với người lao động", []),
    ],
)
def test_text_in_the_letters_of_an_old_font(tmp_path, font, written, typed, codes):
    """Read where font and letters agree; where they do not, the cell is asked for again."""

    def edit(book):
        cell = book["B2"].cell(8, 3)
        cell.value, cell.font = written, Font(name=font)

    form = read(tmp_path, edited(FORM, edit))
    row = form.sheets["B2"].rows[0]
    told = [item for item in form.findings if item.key == "ten"]
    assert row.typed("ten") == typed
    assert [(item.code, item.level.value) for item in told] == codes
    assert all(bool(item.stops) == (item.level.value == "Chặn") for item in told)


def test_a_hidden_sheet_counts_and_is_said(tmp_path):
    form = read(tmp_path, edited(FORM, lambda book: setattr(book["B10"], "sheet_state", "hidden")))
    assert answers(form) == EXPECTED
    assert said(form) == [("T05", "Ghi chú", "B10", "")]


def test_a_sheet_of_the_unit_itself_is_named_and_not_read(tmp_path):
    def edit(book):
        book.create_sheet("Theo dõi riêng")["A1"] = "Việc phải làm"

    form = read(tmp_path, edited(FORM, edit))
    assert form.foreign_sheets == ("Theo dõi riêng",)
    assert [(item.code, item.level.value, item.raw) for item in form.findings] == [("T10", "Ghi chú", "Theo dõi riêng")]


def test_what_a_reader_met_is_passed_on():
    book = replace(read_book(FORM, "xlsx"), notes=("trang macro “Module1”: không đọc, không chạy",))
    form = read_form(PLAN, book, "bieu.xlsm", "")
    assert [(item.code, item.text) for item in form.findings if item.code == "T13"] == [
        ("T13", "Trang macro “Module1”: không đọc, không chạy.")
    ]


def test_an_optional_column_taken_out_is_said_and_reads_as_blank(tmp_path):
    def edit(book):
        keys = [cell.value for cell in book["B10"][1]]
        book["B10"].delete_cols(keys.index("chung_tu") + 1)

    form = read(tmp_path, edited(FORM, edit))
    (told,) = [item for item in form.findings if item.code == "T04"]
    assert (told.level.value, told.sheet, told.stops) == ("Cảnh báo", "B10", ())
    assert "mất cột “Chứng từ”" in told.text
    assert all(row.typed("chung_tu") is None for row in form.sheets["B10"].rows)
