"""The register as it is shipped and drawn: read back without a finding, its heads seen, its hints there."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvk_reports.errors import PlanError
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.model.periods import Quarter, quarters_between
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.register.workbook import RegisterData, bundled_register, write_register
from dvk_reports.vietnamese.text import fold

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan()


@pytest.fixture(scope="module")
def path(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("danh-muc") / "danh-muc.xlsx"
    write_register(found, plan, bundled_register(plan))
    return found


@pytest.fixture(scope="module")
def register(plan: Plan, path: Path) -> Register:
    return read_register(path, plan, read_sheets)


def test_it_reads_back_without_a_finding(register: Register) -> None:
    assert register.findings == ()


def test_17_communes_become_6_on_the_first_of_july_2025(register: Register) -> None:
    assert len(register.units_on(BEFORE)) == 17
    assert Counter(unit.kind for unit in register.units_on(BEFORE)) == {"DB_XA": 16, "DB_TT": 1}
    after = {unit.code: register.predecessors(unit.code) for unit in register.units_on(AFTER)}
    assert {code: len(old) for code, old in after.items()} == {
        "DB-XA-02947-2025": 4,
        "DB-XA-02953-2025": 3,
        "DB-XA-02962-2025": 2,
        "DB-XA-02968-2025": 3,
        "DB-XA-02989-2025": 3,
        "DB-XA-02998-2025": 2,
    }
    assert after["DB-XA-02953-2025"] == ("DB-XA-02950", "DB-XA-02953", "DB-XA-02956")


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_a_name_means_one_unit_on_a_day(register: Register, day: date) -> None:
    units = register.units_on(day)
    names = Counter(fold(name) for unit in units for name in {unit.code, unit.name, *unit.aliases})
    assert not [name for name, times in names.items() if times > 1]
    for unit in units:
        for name in (unit.code, unit.name, *unit.aliases):
            assert register.resolve_unit(name, day) == unit


def test_every_quarter_of_the_plan_has_a_deadline(plan: Plan, register: Register) -> None:
    assert tuple(register.deadlines) == quarters_between(plan.first_quarter, plan.last_quarter)
    deadline = register.deadlines[Quarter(2023, 4)]
    assert (deadline.due, deadline.closing) == (date(2024, 1, 10), date(2024, 1, 20))
    assert (deadline.first_day, deadline.last_day) == (date(2023, 10, 1), date(2023, 12, 31))


def test_keys_are_hidden_and_heads_leave_the_first_key_column_blank(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Đọc trước", *SHEETS, "_ds"]
    for name, columns in SHEETS.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == [column.key for column in columns]
        assert sheet.row_dimensions[1].hidden
        assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == [None] * 3
        assert [cell.value for cell in sheet[4]][1:] == [column.caption for column in columns][1:]
        assert sheet.freeze_panes is not None and sheet.auto_filter.ref.startswith("A4:")


def test_the_first_caption_is_a_text_box_over_its_cell(path: Path) -> None:
    with zipfile.ZipFile(path) as box:
        for number, columns in enumerate(SHEETS.values(), 1):
            drawing = box.read(f"xl/drawings/drawing{number}.xml").decode()
            assert f"<a:t>{columns[0].caption}</a:t>" in drawing
            assert "<xdr:from><xdr:col>0</xdr:col>" in drawing and "<xdr:row>3</xdr:row>" in drawing


def test_every_column_has_a_hint(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for name, columns in SHEETS.items():
        rules = book[name].data_validations.dataValidation
        assert len(rules) == len(columns)
        assert all(rule.prompt and rule.promptTitle for rule in rules)


def test_more_units_and_other_sheets_read_back(plan: Plan, tmp_path: Path) -> None:
    units = [
        {"ma_don_vi": f"CB-{n:03d}", "ten": f"Chi bộ {n}", "loai": "CB_CQ", "nhom": "II", "la_co_quan": True}
        for n in range(150)
    ]
    hamlets = [{"ma_thon": f"T-{n}", "ten": f"Thôn {n}", "loai": "Thôn", "ma_don_vi": "CB-000"} for n in range(300)]
    index = [{"ma": "MT5.8", "nam": 2023, "gia_tri": 83.11, "nguon": "Bộ Nội vụ"}]
    deadlines = bundled_register(plan).rows["Hạn nộp"]
    data = RegisterData({"Đơn vị": units, "Thôn": hamlets, "Hạn nộp": deadlines, "Chỉ số ngoài": index})
    write_register(tmp_path / "danh-muc.xlsx", plan, data)
    register = read_register(tmp_path / "danh-muc.xlsx", plan, read_sheets)
    assert register.findings == ()
    assert (len(register.units), len(register.hamlets)) == (150, 300)
    assert all(unit.agency for unit in register.units)
    assert str(register.indices[0].value) == "83.11"


def test_same_data_give_the_same_bytes(plan: Plan, path: Path) -> None:
    again = io.BytesIO()
    write_register(again, plan, bundled_register(plan))
    assert again.getvalue() == path.read_bytes()


def test_what_is_wrong_in_the_rows_of_the_plan_is_told_with_its_line(plan: Plan) -> None:
    rows = """\
don_vi:
  - {ma_don_vi: A, ten: "Chi bộ A", loai: CB_CQQ, nhom: II}
  - {ma_donvi: B}
  - {ma_don_vi: A, ten: "Chi bộ A", loai: CB_CQ, nhom: IV, tu_ngay: 2023-01-01, den_ngay: 2022-01-01}
sap_nhap:
  - {ma_cu: A, ma_moi: AB, ngay: "2023", van_ban: "QĐ"}
hannop: []
mien_tru:
  - {ma_loi: K099, ky: 2023-Q5, sheet: B22, ly_do: "…", nguoi_duyet: "…", ngay: 2023-01-01}
"""
    with pytest.raises(PlanError) as error:
        bundled_register(plan.model_copy(update={"starter": rows}))
    assert str(error.value).splitlines() == [
        "register.yaml, dòng 2, mục don_vi → 1 → loai: không có loại đơn vị “CB_CQQ”. Có phải là “CB_CQ”?",
        "register.yaml, dòng 3, mục don_vi → 2: thiếu cột “loai”.",
        "register.yaml, dòng 3, mục don_vi → 2: thiếu cột “ma_don_vi”.",
        "register.yaml, dòng 3, mục don_vi → 2: thiếu cột “nhom”.",
        "register.yaml, dòng 3, mục don_vi → 2: thiếu cột “ten”.",
        "register.yaml, dòng 3, mục don_vi → 2: trang Đơn vị không có cột “ma_donvi”. Có phải là “ma_don_vi”?",
        "register.yaml, dòng 4, mục don_vi → 3 → ma_don_vi: “A” đã ghi ở dòng 2.",
        "register.yaml, dòng 4, mục don_vi → 3 → nhom: không có nhóm đơn vị “IV”. Có phải là “I”?",
        "register.yaml, dòng 4, mục don_vi → 3: den_ngay (2022-01-01) đứng trước tu_ngay (2023-01-01).",
        "register.yaml, dòng 6, mục sap_nhap → 1 → ma_moi: không có đơn vị “AB”. Có phải là “A”?",
        "register.yaml, dòng 6, mục sap_nhap → 1 → ngay: phải là ngày dạng 2023-10-01.",
        "register.yaml, dòng 7: không có mục “hannop”. Có phải là “han_nop”?",
        "register.yaml, dòng 9, mục mien_tru → 1 → ky: “2023-Q5” không phải là kỳ báo cáo quý. "
        "Cách ghi đúng: 2023-Q3 (quý III năm 2023).",
        "register.yaml, dòng 9, mục mien_tru → 1 → ma_loi: không có mã lỗi “K099”. Có phải là “K09”?",
        "register.yaml, dòng 9, mục mien_tru → 1 → sheet: không có biểu “B22”. Có phải là “B2”?",
    ]


def test_words_beside_the_cells_are_the_plans_own_where_it_has_some(plan: Plan, path: Path) -> None:
    """Examples in the codes of one plan are data of that plan: another plan gets the general words."""

    def prompt(book: Any, sheet: str, col: int) -> str:
        rules = book[sheet].data_validations.dataValidation
        return next(str(rule.prompt) for rule in rules if next(iter(rule.sqref.ranges)).min_col == col)

    own = openpyxl.load_workbook(path)
    other = io.BytesIO()
    write_register(other, plan, RegisterData({}, hints={"Đơn vị": {"ten": "Tên như trên con dấu."}}))
    general = openpyxl.load_workbook(io.BytesIO(other.getvalue()))
    assert [prompt(book, "Đơn vị", 3) for book in (own, general)] == [
        "Tên chính thức, in trên báo cáo. Ví dụ: Đảng bộ xã Tân Tiến.",
        "Tên như trên con dấu.",
    ]
    assert "BXD" in prompt(own, "Đơn vị", 5) and prompt(general, "Đơn vị", 5) == "Chọn loại đơn vị trong danh sách."


def test_a_word_for_a_column_that_is_not_there_is_told(plan: Plan) -> None:
    rows = """\
goi_y:
  donvi: {ten: "Tên."}
  thon:
    ma_thn: "Mã."
    ten: 7
"""
    with pytest.raises(PlanError) as error:
        bundled_register(plan.model_copy(update={"starter": rows}))
    assert str(error.value).splitlines() == [
        "register.yaml, dòng 2, mục goi_y: không có danh mục “donvi”. Có phải là “don_vi”?",
        "register.yaml, dòng 4, mục goi_y → thon: không có cột “ma_thn”. Có phải là “ma_thon”?",
        "register.yaml, dòng 5, mục goi_y → thon → ten: phải là một câu không quá 255 ký tự.",
    ]
