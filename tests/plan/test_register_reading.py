"""The register is read as strictly as a form: small registers go in, every finding with its cell comes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvk_reports.errors import RegisterError
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import LeftOut, Register
from tests.checks.registers import DUE, THON, WAIVER, XA, Rows, register
from tests.support.build import PLAN, quarter

XB = {**XA, "ma_don_vi": "DB-XA-2", "ten": "Đảng bộ xã B"}
SIGNER = {"van_ban": "bao_cao_quy", "chuc_vu": "TRƯỞNG BAN"}
INDEX = {"ma": "MT5.8", "nam": 2023, "gia_tri": 83.11, "nguon": "Sở Nội vụ"}
MERGER = {"ma_cu": "DB-XA-1", "ma_moi": "DB-XA-2", "ngay": "01/7/2025", "van_ban": "Nghị quyết"}
GONE, COME = {**XA, "den_ngay": "30/6/2025"}, {**XB, "tu_ngay": "01/7/2025"}
CAME = {"ma_don_vi": "DB-XA-1", "ky": "2023-Q3", "ngay_nhan": "05/10/2023"}
TASK = {"ma_nv": "III.1", "nam": 2023, "noi_dung": "Tập huấn", "chu_tri": "Ban Dân vận"}


def told(found: Register) -> list[str]:
    return [f"{f.rule} {f.level} {f.sheet} {f.cell}" for f in found.findings]


WRONG: list[tuple[Rows, list[str]]] = [
    # codes: letters, digits, - and _
    *(
        ({"Đơn vị": [XA, {**XB, "ma_don_vi": code}]}, ["REG_CODE Chặn Đơn vị A4"])
        for code in ("../DB", "DB:1", "DB/XA", "DB\\XA", "DB XA", "Đ-1", "CON", "com1", ".", "-1", "a" * 41)
    ),
    ({"Thôn": [THON, {**THON, "ma_thon": "T/2", "ten": "Bản B"}]}, ["REG_CODE Chặn Thôn A4"]),
    # lists
    ({"Đơn vị": [{**XA, "nhom": "Nhóm xã"}]}, ["REG_LIST Chặn Đơn vị F3", "REG_UNKNOWN_LEFT_OUT Chặn Thôn D3"]),
    ({"Thôn": [{**THON, "loai": "Khu"}]}, ["REG_LIST Chặn Thôn C3"]),
    ({"Người ký": [{**SIGNER, "van_ban": "bao_cao"}]}, ["REG_NO_SUCH Chặn Người ký A3"]),
    ({"Miễn trừ": [{**WAIVER, "ma_loi": "K99"}]}, ["REG_NO_SUCH Chặn Miễn trừ A3"]),
    ({"Miễn trừ": [{**WAIVER, "sheet": "B22"}]}, ["REG_LIST Chặn Miễn trừ D3"]),
    ({"Chỉ số ngoài": [{**INDEX, "ma": "MT9.9"}]}, ["REG_NO_SUCH Chặn Chỉ số ngoài A3"]),
    ({"Nhiệm vụ kế hoạch": [{**TASK, "ma_nv": "III.11"}]}, ["REG_NOT_OF_PLAN Cảnh báo Nhiệm vụ kế hoạch A3"]),
    ({"Đơn vị": [{**XA, "la_co_quan": "một phần"}]}, ["REG_LIST Chặn Đơn vị G3"]),
    ({"Đơn vị": [{**XA, "ma_hanh_chinh": 2950}]}, ["REG_FIVE_DIGITS Cảnh báo Đơn vị B3"]),
    # bounds
    ({"Đơn vị": [{**XA, "tu_ngay": datetime(1905, 7, 15)}]}, ["REG_RANGE Chặn Đơn vị H3"]),
    ({"Đơn vị": [{**XA, "den_ngay": datetime(9999, 12, 31)}]}, ["REG_RANGE Chặn Đơn vị I3"]),
    ({"Hạn nộp": [DUE, {**DUE, "ky": "2022-Q1"}]}, ["REG_RANGE Chặn Hạn nộp A4"]),
    ({"Chỉ số ngoài": [{**INDEX, "nam": 1023}]}, ["REG_RANGE Chặn Chỉ số ngoài B3"]),
    ({"Chỉ số ngoài": [{**INDEX, "nam": 2023.5}]}, ["REG_VALUE Chặn Chỉ số ngoài B3"]),
    ({"Nhiệm vụ kế hoạch": [{**TASK, "du_toan": 5_000_000}]}, ["REG_RANGE Chặn Nhiệm vụ kế hoạch H3"]),
    ({"Nhiệm vụ kế hoạch": [{**TASK, "du_toan": "-5"}]}, ["REG_RANGE Chặn Nhiệm vụ kế hoạch H3"]),
    ({"Nhiệm vụ kế hoạch": [{**TASK, "du_toan": "năm triệu"}]}, ["REG_VALUE Chặn Nhiệm vụ kế hoạch H3"]),
    # order
    ({"Hạn nộp": [{**DUE, "ngay_khoa_so": "01/10/2023"}]}, ["REG_ORDER Chặn Hạn nộp C3"]),
    ({"Hạn nộp": [{**DUE, "tu_ngay": "01/11/2023"}]}, ["REG_ORDER Chặn Hạn nộp D3"]),
    ({"Hạn nộp": [{**DUE, "han_nop": "05/01/2023"}]}, ["REG_ORDER Chặn Hạn nộp B3"]),
    ({"Người ký": [{**SIGNER, "tu_ngay": "01/7/2023", "den_ngay": "01/6/2023"}]}, ["REG_ORDER Chặn Người ký C3"]),
    ({"Miễn trừ": [{**WAIVER, "den_ngay": "01/6/2023"}]}, ["REG_ORDER Chặn Miễn trừ I3"]),
    (
        {"Nhiệm vụ kế hoạch": [{**TASK, "ngay_bat_dau": "01/7/2023", "ngay_hoan_thanh": "01/6/2023"}]},
        ["REG_ORDER Chặn Nhiệm vụ kế hoạch K3"],
    ),
    # twice
    ({"Đơn vị": [XA, {**XB, "ma_don_vi": "db-xa-1"}]}, ["REG_TWICE Chặn Đơn vị A4"]),
    ({"Hạn nộp": [DUE, {**DUE, "han_nop": "06/10/2023"}]}, ["REG_TWICE Chặn Hạn nộp A4"]),
    ({"Ngày nhận": [CAME, {**CAME, "ngay_nhan": "06/10/2023"}]}, ["REG_TWICE Chặn Ngày nhận A4"]),
    ({"Ngày nhận": [{**CAME, "ngay_nhan": "05/10/2022"}]}, ["REG_ORDER Chặn Ngày nhận C3"]),
    ({"Chỉ số ngoài": [INDEX, {**INDEX, "gia_tri": 90}]}, ["REG_TWICE Chặn Chỉ số ngoài A4"]),
    ({"Nhiệm vụ kế hoạch": [TASK, TASK]}, ["REG_TWICE Chặn Nhiệm vụ kế hoạch A4"]),
    ({"Người ký": [SIGNER, {**SIGNER, "tu_ngay": "01/7/2023"}]}, ["REG_OVERLAP Chặn Người ký A4"]),
    ({"Gửi thư": [{"khoa": "cong", "gia_tri": 465}] * 2}, ["REG_TWICE Chặn Gửi thư A4"]),
    ({"Đơn vị": [XA, {**XB, "ten_khac": "xã B; đảng bộ xã a"}]}, ["REG_SAME_NAME Cảnh báo Đơn vị A4"]),
    ({"Thôn": [THON, {**THON, "ma_thon": "T2"}]}, ["REG_SAME_HAMLET Chặn Thôn A4"]),
    # mergers
    ({"Đơn vị": [GONE, COME], "Sáp nhập": [MERGER, MERGER]}, ["REG_TWICE Chặn Sáp nhập A4"]),
    ({"Đơn vị": [XA, COME], "Sáp nhập": [MERGER]}, ["REG_MERGED_STILL Cảnh báo Sáp nhập C3"]),
    (
        {"Đơn vị": [GONE, {**COME, "tu_ngay": "01/8/2025"}], "Sáp nhập": [MERGER]},
        ["REG_MERGED_EARLY Cảnh báo Sáp nhập C3"],
    ),
    (
        {"Đơn vị": [{**GONE, "den_ngay": "31/3/2025"}, COME], "Sáp nhập": [MERGER]},
        ["REG_MERGED_EARLY Cảnh báo Sáp nhập C3"],
    ),
    ({"Sáp nhập": [{**MERGER, "ma_moi": "DB-XA-1"}]}, ["REG_MERGED_INTO_ITSELF Chặn Sáp nhập B3"]),
    (
        {
            "Đơn vị": [GONE, COME],
            "Sáp nhập": [MERGER, {**MERGER, "ma_cu": "DB-XA-2", "ma_moi": "DB-XA-1"}],
        },
        ["REG_MERGED_INTO_ITSELF Chặn Sáp nhập B4"],
    ),
    ({"Sáp nhập": [{**MERGER, "ma_moi": "DB-XA-9"}]}, ["REG_UNKNOWN Chặn Sáp nhập B3"]),
    # mail
    ({"Đơn vị": [{**XA, "email": "không có"}]}, ["REG_MAIL Cảnh báo Đơn vị J3"]),
    ({"Đơn vị": [{**XA, "email": "a@x.vn\nBcc: b@y.vn"}]}, ["REG_MAIL Cảnh báo Đơn vị J3"]),
    ({"Đơn vị": [{**XA, "email": "a@x"}]}, ["REG_MAIL Cảnh báo Đơn vị J3"]),
    ({"Gửi thư": [{"khoa": "mat_khau", "gia_tri": "x"}]}, ["REG_LIST Chặn Gửi thư A3"]),
    ({"Gửi thư": [{"khoa": "cong", "gia_tri": 70_000}]}, ["REG_VALUE Chặn Gửi thư B3"]),
    ({"Gửi thư": [{"khoa": "bao_mat", "gia_tri": "TLS"}]}, ["REG_VALUE Chặn Gửi thư B3"]),
    ({"Gửi thư": [{"khoa": "may_chu", "gia_tri": "smtp.x.vn\nRCPT"}]}, ["REG_VALUE Chặn Gửi thư B3"]),
    ({"Gửi thư": [{"khoa": "nguoi_gui", "gia_tri": "Ban Dân vận"}]}, ["REG_VALUE Chặn Gửi thư B3"]),
]


@pytest.mark.parametrize(("changed", "expected"), WRONG)
def test_what_is_wrong_is_told_with_its_cell(tmp_path: Path, changed: Rows, expected: list[str]) -> None:
    assert told(register(tmp_path, changed)) == expected


RIGHT: list[Rows] = [
    {"Đơn vị": [{**XA, "loai": "đảng bộ xã", "nhom": "Các xã, thị trấn"}]},
    {"Đơn vị": [{**XA, "loai": "DB_XA - đảng bộ xã", "nhom": "I - Các xã, thị trấn", "la_co_quan": "có"}]},
    {"Đơn vị": [{**XA, "loai": "dang bo xa"}], "Thôn": [{**THON, "loai": "THÔN"}]},
    {"Người ký": [{**SIGNER, "van_ban": "Báo cáo quý"}]},
    {
        "Người ký": [
            {**SIGNER, "van_ban": "bao_cao_quy - Báo cáo quý", "den_ngay": "30/6/2023"},
            {**SIGNER, "tu_ngay": "01/7/2023"},
        ]
    },
    {"Miễn trừ": [{**WAIVER, "ma_loi": "k10", "sheet": "Danh sách mô hình “Dân vận khéo”"}]},
    {"Thôn": [{**THON, "ma_don_vi": "db-xa-1"}]},
    {"Thôn": [{**THON, "ma_don_vi": "Đảng bộ xã A"}]},
    {"Thôn": [{**THON, "den_ngay": "30/6/2023"}, {**THON, "ma_thon": "T2", "tu_ngay": "01/7/2023"}]},
    {"Đơn vị": [GONE, {**COME, "ten": "Đảng bộ xã A"}], "Sáp nhập": [MERGER]},
    {"Đơn vị": [GONE, COME, {**COME, "ma_don_vi": "DB-XA-3", "ten": "Đảng bộ xã C"}], "Sáp nhập": [
        MERGER, {**MERGER, "ma_moi": "DB-XA-3"}]},
    {"Chỉ số ngoài": [INDEX, {**INDEX, "nam": 2024}]},
    {"Nhiệm vụ kế hoạch": [TASK, {**TASK, "nam": 2022, "du_toan": "1.234,5", "han": "15/10/2022"}]},
    {"Gửi thư": [{"khoa": "máy chủ gửi thư (SMTP)", "gia_tri": "smtp.x.vn"}, {"khoa": "bao_mat", "gia_tri": "Không"}]},
]  # fmt: skip


@pytest.mark.parametrize("changed", RIGHT)
def test_a_code_or_its_words_in_any_spelling(tmp_path: Path, changed: Rows) -> None:
    found = register(tmp_path, changed)
    assert told(found) == []
    assert [unit.kind for unit in found.units][:1] == ["DB_XA"] and found.units[0].group == "I"
    assert [hamlet.unit for hamlet in found.hamlets][:1] == ["DB-XA-1"]
    assert {signer.document for signer in found.signers} <= {"bao_cao_quy"}


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a@x.vn", ("a@x.vn",)),
        ("a@x.vn; b@y.gov.vn", ("a@x.vn", "b@y.gov.vn")),
        ("a@x.vn,b@y.vn;a@x.vn", ("a@x.vn", "b@y.vn")),
        ("a@x.vn; A@X.vn; b@y.vn", ("a@x.vn", "b@y.vn")),
        ("a@x.vn\nb@y.vn", ("a@x.vn", "b@y.vn")),
        ("Nguyễn Văn A <a@x.vn>; b@y.vn", ("a@x.vn", "b@y.vn")),
        ("không có", ()),
        ("a@x.vn\nBcc: b@y.vn", ("a@x.vn",)),
        ("Bcc: A <b@y.vn>", ()),
        ("a@x.vn>\r\nBcc: <b@y.vn", ()),
        ("", ()),
    ],
)
def test_addresses(tmp_path: Path, text: str, addresses: tuple[str, ...]) -> None:
    assert register(tmp_path, {"Đơn vị": [{**XA, "email": text}]}).units[0].addresses == addresses


def test_a_task_and_the_way_mails_go(tmp_path: Path) -> None:
    post = [{"khoa": "may_chu", "gia_tri": "smtp.x.vn"}, {"khoa": "cong", "gia_tri": 465}, {"khoa": "tai_khoan"}]
    found = register(tmp_path, {"Nhiệm vụ kế hoạch": [TASK], "Gửi thư": post})
    assert [(task.code, task.year, task.lead, task.due) for task in found.tasks] == [
        ("III.1", 2023, "Ban Dân vận", date(2023, 12, 31))
    ]
    assert found.post == {"may_chu": "smtp.x.vn", "cong": "465"}


def test_an_older_register_without_the_later_sheets_is_read(tmp_path: Path) -> None:
    found = register(tmp_path, without=("Nhiệm vụ kế hoạch", "Gửi thư"))
    assert (told(found), found.tasks, found.post) == ([], (), {})


def test_units_that_get_no_form_are_known(tmp_path: Path) -> None:
    units = [XA, {**XB, "loai": "XA"}, {**XB, "ma_don_vi": None}, {**XA, "ten": "Đảng bộ xã C"}]
    found = register(tmp_path, {"Đơn vị": units})
    assert found.left_out == (LeftOut("DB-XA-2", 4), LeftOut("", 5), LeftOut("DB-XA-1", 6))
    assert told(found) == ["REG_LIST Chặn Đơn vị E4", "REG_BLANK Chặn Đơn vị A5", "REG_TWICE Chặn Đơn vị A6"]


def _copy(name: str) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book.copy_worksheet(book[name]).title = f"{name} (2)"

    return edit


def _cell(sheet: str, at: str, value: str) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book[sheet][at] = value

    return edit


def _merge(sheet: str, area: str) -> Callable[[Any], None]:
    return lambda book: book[sheet].merge_cells(area)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (_copy("Đơn vị"), ["REG_COPY Chặn Đơn vị (2) "]),
        (_copy("Ngày nhận"), ["REG_COPY Chặn Ngày nhận (2) "]),
        (_merge("Đơn vị", "C3:D3"), ["REG_MERGED Chặn Đơn vị C3"]),
        (_merge("Hạn nộp", "B3:B4"), ["REG_MERGED Chặn Hạn nộp B3"]),
        (_merge("Hạn nộp", "A2:B2"), []),
        (_cell("Hạn nộp", "C3", '=DATE(2023,10,20)'), ["REG_FORMULA Chặn Hạn nộp C3"]),
        (_cell("Hạn nộp", "A4", '="2023-Q4"'), ["REG_FORMULA Chặn Hạn nộp A4", "REG_BLANK Chặn Hạn nộp B4"]),
        (_cell("Đơn vị", "I1", ""), ["REG_COLUMN_BLANK Cảnh báo Đơn vị "]),
        (_cell("Đơn vị", "N1", "ten"), ["REG_COLUMN_TWICE Chặn Đơn vị N1"]),
        (_cell("Hạn nộp", "C3", "#REF!"), ["REG_ERROR Chặn Hạn nộp C3"]),
        (_cell("Thôn", "B7", "chữ rơi vãi"), [f"REG_BLANK Chặn Thôn {column}7" for column in "CD"]),
    ],
)  # fmt: skip
def test_what_a_sheet_can_hide(tmp_path: Path, edit: Callable[[Any], None], expected: list[str]) -> None:
    assert told(register(tmp_path, edit=edit)) == expected


def test_a_formula_counts_by_the_result_that_excel_has_saved(tmp_path: Path) -> None:
    """A result of no letters is a blank cell; a day is a day."""
    register(tmp_path, edit=_cell("Đơn vị", "D3", '=IF(1,"","")'))
    path, changed = tmp_path / "danh-muc.xlsx", io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b'<c r="D3"><f>' in data
                data = data.replace(b'<c r="D3"><f>', b'<c r="D3" t="str"><f>')
            new.writestr(name, data)
    path.write_bytes(changed.getvalue())
    found = read_register(path, PLAN, read_sheets)
    assert told(found) == [] and found.units[0].aliases == ()


def test_a_needed_sheet_under_another_name_is_pointed_at(tmp_path: Path) -> None:
    def rename(book: Any) -> None:
        book["Đơn vị"].title = "Đơn vị (2)"

    with pytest.raises(RegisterError, match="Trang “Đơn vị \\(2\\)” có dòng mã của trang này"):
        register(tmp_path, edit=rename)


def test_no_word_of_python_where_the_file_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "danh-muc.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(RegisterError) as error:
        read_register(tmp_path / "danh-muc.xlsx", PLAN, read_sheets)
    assert "Error" not in str(error.value) and "Zip" not in str(error.value)


def test_what_stops_in_the_register_stops_nothing_else(tmp_path: Path) -> None:
    found = register(tmp_path, {"Đơn vị": [XA, {**XB, "loai": "XA"}], "Hạn nộp": [DUE, {**DUE, "ky": "2030-Q1"}]})
    assert [unit.code for unit in found.units] == ["DB-XA-1"]
    assert list(found.deadlines) == [quarter("2023-Q3")]
    assert openpyxl.load_workbook(tmp_path / "danh-muc.xlsx").sheetnames[0] == "Đơn vị"
