"""The forms we mail out: where everything stands, what a cell accepts, what the counters say, the files shipped."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from dvk_reports.errors import SheetError
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.register.register import Hamlet, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.base.book import Formats, close_book, must, new_book, put, put_formula
from dvk_reports.sheets.forms import blank
from dvk_reports.sheets.forms.layout import FormContent, Layout
from dvk_reports.sheets.forms.templates import Templates, form_bytes
from tests.support.offices import convert
from tests.support.plans import with_columns
from tools.regenerate import PARTS

HERE = Cell("danh-muc.xlsx", "Đơn vị", 5, 1)
UNIT = Unit("DB-XA-02950", "Đảng bộ xã Tân Tiến", "DB_XA", "I", False, None, None, (), "", "", "", 0, HERE)
HAMLETS = tuple(Hamlet(f"T-{n:02d}", f"Thôn Nà {n}", "Thôn", UNIT.code, None, None, HERE) for n in range(1, 13))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan()


def model(number: int, **more: object) -> dict[str, object]:
    return {
        "ma_mo_hinh": f"MH-{UNIT.code}-{number:03d}",
        "ten": f"Tổ tự quản đường hoa số {number}",
        "loai": "Tập thể",
        "linh_vuc": "Kinh tế",
        "cap": "Cơ sở",
        "ma_thon": "Tất cả",
        "ngay_dk": date(2022, 5, 4),
        "trang_thai": "Duy trì",
        **more,
    }


def content(plan: Plan, period: str = "2023-Q4", **more: Any) -> FormContent:
    quarter = Quarter.parse(period)
    given = duties(plan, UNIT.kind, quarter)
    return FormContent(
        kind=UNIT.kind,
        given=given,
        ticks=ticks(plan, given),
        unit=UNIT,
        quarter=quarter,
        free_codes=[f"MH-{UNIT.code}-{n:03d}" for n in range(50, 60)],
        hamlets=HAMLETS,
        units=[(UNIT.code, UNIT.name)],
        **more,
    )


def answered(plan: Plan) -> FormContent:
    """A return with something right, something blank and something wrong on every kind of sheet."""
    opinions = {"ch_rat_hl": 40, "ch_hl": 40, "ch_bt": 8, "ch_khl": 0, "ch_rat_khl": 0, "tt_hl": 80}
    survey = {"dot": "Đợt 2", "tu_ngay": date(2023, 10, 1), "den_ngay": date(2023, 10, 20), "co_quan": "UBND xã"}
    counts = {"phieu_phat": 100, "phieu_thu": 90, "phieu_hop_le": 88}
    return content(
        plan,
        values={
            "BIA": {"loai_bao_cao": "Chính thức", "khong_phat_sinh_b3": True, "dien_thoai": "0912345678"},
            "B1": {"so_ke_hoach": "12-KH/ĐU", "tong_so_chi_bo": 14, "so_chi_bo_da_trien_khai": 15},
        },
        rows={
            "B2": [
                model(1, so_ho=40, ngay_bd=date(2022, 5, 1)),
                model(2, ma_thon="T-01; Thôn Nà 2", trang_thai="Đang thực hiện"),
                model(3, ma_thon="Thôn Nà 1", trang_thai="Dừng"),
                model(4, ma_thon="T-12 ;t-03", ngay_dk=date(2023, 11, 1), chu_the="Chi hội Phụ nữ"),
                model(5, ma_thon=None, trang_thai="Sáp nhập"),
            ],
            "B5": [{"ten_lop": "=1+1", "hinh_thuc": "Độc lập", "so_luot": 30, "trong_do_nu": 31}],
            "B6": [
                {"ngay": date(2023, 11, 2), "tieu_de": "Một bài", "kenh": "Báo Lào Cai", "loai": "Bài", "so_luong": 2},
                {"ngay": date(2024, 1, 2), "tieu_de": "Hai bài", "kenh": "Báo Lào Cai", "loai": "Bài"},
            ],
            "B8": [{**survey, **counts, **opinions, "doi_tuong": "Người dân", "hinh_thuc": "Trực tuyến"}],
            "B10": [{"noi_dung": "In tài liệu", "nguon": "NSNN cấp xã", "thuc_hien": Decimal("12.5")}],
        },
    )


def opened(data: bytes, **how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **how)


@pytest.fixture(scope="module")
def form(plan: Plan) -> Any:
    return opened(form_bytes(plan, answered(plan)))


def total_row(sheet: Any) -> int:
    """0 where a sheet has none."""
    return next((row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "dvk:tong"), 0)


def number_row(sheet: Any) -> int:
    return next(row for row in range(1, 20) if sheet.cell(row, 1).value == "A")


def test_sheets_stand_in_the_order_of_the_form_then_guide_then_hidden_lists(plan: Plan, form: Any) -> None:
    given = list(duties(plan, "DB_XA", Quarter(2023, 4)))
    assert form.sheetnames == [*given, "Hướng dẫn", "_ds"]
    assert [sheet.sheet_state for sheet in form] == ["visible"] * (len(given) + 1) + ["veryHidden"]


def test_where_the_office_prints_unit_and_period_every_sheet_says_the_same_words(plan: Plan) -> None:
    """Of two blank forms of a run only the cover and these words differ."""
    said, parts_of_two, templates = [], [], Templates()
    for unit in (UNIT, replace(UNIT, code="DB-XA-9", name="Đảng bộ “A & B”\nxã <C>")):
        own = replace(content(plan), unit=unit, free_codes=(), hamlets=(), units=())
        data = form_bytes(plan, own, templates)
        lines = [str(cell.value) for sheet in opened(data) for row in sheet["A2:C3"] for cell in row]
        said.append([line for line in lines if line.startswith("Đơn vị: ")])
        parts_of_two.append(parts(data))
    sheets = len(duties(plan, UNIT.kind, Quarter(2023, 4))) - 1
    assert said == [
        ["Đơn vị: Đảng bộ xã Tân Tiến     Mã: DB-XA-02950     Kỳ báo cáo: 2023-Q4"] * sheets,
        ["Đơn vị: Đảng bộ “A & B”\nxã <C>     Mã: DB-XA-9     Kỳ báo cáo: 2023-Q4"] * sheets,
    ]
    one, two = parts_of_two
    assert {name for name in one if one[name] != two[name]} == {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}


def test_on_a_blank_form_every_sheet_shows_the_unit_once_it_is_written(plan: Plan) -> None:
    form = opened(form_bytes(plan, blank.blank_content(plan, UNIT.kind)))
    formulas = [cell.value for sheet in form for row in sheet["A2:C3"] for cell in row]
    assert formulas.count("=dvk_don_vi") == len(form.sheetnames) - 3
    assert "dvk_don_vi" in form.defined_names


def test_tables_have_mark_keys_captions_numbers_room_and_total(plan: Plan, form: Any) -> None:
    for spec in plan.sheets.values():
        if not spec.table or spec.ma not in form.sheetnames:
            continue
        sheet = form[spec.ma]
        assert [sheet.cell(1, col).value for col in range(1, len(spec.keys) + 2)] == [
            f"dvk:{spec.ma}:2022.1",
            *spec.keys,
        ]
        assert sheet.row_dimensions[1].hidden
        numbers, total = number_row(sheet), total_row(sheet)
        places = range(2, len(spec.keys) + 2)
        assert [sheet.cell(numbers, col).value for col in places] == list(range(1, len(spec.keys) + 1))
        for col, field in zip(places, spec.truong, strict=True):
            head = sheet.cell(numbers - 1, col).value or sheet.cell(numbers - 2, col).value
            assert head == field.heads[-1] + " *" * field.bat_buoc
        added_up = any(sheet.cell(total, col).data_type == "f" for col in places) if total else False
        assert (total == numbers - 2 - (spec.ma == "B8")) if added_up else not total
        if total:
            assert sheet.cell(total, 1).number_format == ";;;"
            assert sheet.cell(total, 2).value == "Tổng cộng"
        orders = [sheet.cell(row, 1).value for row in range(numbers + 1, sheet.max_row + 1)]
        assert orders == list(range(1, len(orders) + 1)) and len(orders) >= 20


def test_five_opinions_stand_under_one_merged_head(form: Any) -> None:
    sheet = form["B8"]
    top = number_row(sheet) - 2
    merged = {sheet.cell(r.min_row, r.min_col).value: r.size["columns"] for r in sheet.merged_cells if r.min_row == top}
    assert {name: size for name, size in merged.items() if size > 1} == {
        "Tinh thần, trách nhiệm": 5,
        "Thái độ": 5,
        "Thời gian": 5,
        "Chất lượng": 5,
        "Đánh giá chung": 5,
    }


def test_only_what_can_be_added_up_is_added_up(plan: Plan) -> None:
    everything = opened(form_bytes(plan, blank.blank_content(plan, "DB_XA")))
    summed = {
        spec.ma: [
            key for col, key in enumerate(spec.keys, 2) if row and everything[spec.ma].cell(row, col).data_type == "f"
        ]
        for spec in plan.sheets.values()
        if spec.table
        for row in [total_row(everything[spec.ma])]
    }
    assert summed["B2"] == ["so_ho", "so_nguoi"]
    assert summed["B3"] == ["m2_dat", "ngay_cong", "tien_xhh", "km_duong"]
    assert summed["B9a"] == [] and summed["B4"] == []
    assert summed["B9b"] == ["so_nguoi", "so_nu"]
    assert summed["B10"] == ["du_toan", "thuc_hien", "quy_doi"]
    assert len(summed["B8"]) == 28


def test_key_value_sheets_have_keys_in_a_hidden_column(plan: Plan, form: Any) -> None:
    for name in ("BIA", "B1", "B11"):
        sheet, spec = form[name], plan.sheets[name]
        assert sheet["A1"].value == f"dvk:{name}:2022.1"
        assert sheet.column_dimensions["A"].hidden
        found = {sheet.cell(r, 1).value: r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value}
        assert set(found) <= set(spec.keys)
        for key, row in found.items():
            assert sheet.cell(row, 2).value == spec.fields[key].ten + " *" * spec.fields[key].bat_buoc
    shown = [cell.value for cell in form["BIA"]["A"] if str(cell.value).startswith("khong_phat_sinh")]
    assert shown == [f"khong_phat_sinh_{name}" for name in ("b2", "b3", "b7", "b8", "b9a", "b10")]


def values_of(sheet: Any) -> Mapping[str, Any]:
    return {sheet.cell(r, 1).value: sheet.cell(r, 3).value for r in range(2, sheet.max_row + 1)}


def test_cover_is_prefilled(form: Any) -> None:
    told = values_of(form["BIA"])
    assert (told["ma_don_vi"], told["ten_don_vi"], told["ky"]) == (UNIT.code, UNIT.name, "2023-Q4")
    assert told["ngay_chot"].date() == date(2023, 12, 31)
    assert (told["phien_ban"], told["ma_mau"], told["khong_phat_sinh_b3"]) == (1, "2022.1", "Có")
    assert told["dien_thoai"] == "0912345678"


def hints(sheet: Any) -> dict[str, Any]:
    """Cell of the first row or line -> validation."""
    return {
        f"{get_column_letter(col)}{area.min_row}": rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref
        for col in range(area.min_col, area.max_col + 1)
    }


def first_cells(layout: Layout, name: str) -> Mapping[str, str]:
    from dvk_reports.sheets.base.book import cell

    if name in layout.tables:
        shape = layout.tables[name]
        return {key: cell(shape.first_row, col) for key, col in shape.columns.items()}
    return {key: cell(row, 2) for key, row in layout.lines[name].rows.items()}


def test_every_field_has_a_hint_and_accepts_its_own_kind(plan: Plan, form: Any) -> None:
    layout = Layout(plan, answered(plan))
    kinds = {"nguyen": "whole", "so": "decimal", "ngay": "date", "chon": "list", "co_khong": "list"}
    for spec in layout.specs:
        found = hints(form[spec.ma])
        for key, place in first_cells(layout, spec.ma).items():
            field, rule = spec.fields[key], found.get(place)
            if spec.table:
                assert rule.prompt == field.huong_dan
                assert 0 < len(rule.promptTitle) <= 32
            else:  # it is printed beside the cell
                assert form[spec.ma][place].offset(0, 1).value == field.huong_dan
                assert rule is None or rule.prompt is None
            if field.kieu in kinds:
                assert rule.type == ("custom" if "ISNUMBER" in rule.formula1 else kinds[field.kieu]), (spec.ma, key)
                assert rule.error


def test_drop_downs_show_the_labels_of_the_rule_book(plan: Plan, form: Any) -> None:
    layout, lists = Layout(plan, answered(plan)), form["_ds"]
    own = {"don_vi": [UNIT.code], "ky": [f"{y}-Q{q}" for y in range(2022, 2026) for q in range(1, 5)][1:]}
    for spec in layout.specs:
        found = hints(form[spec.ma])
        for key, place in first_cells(layout, spec.ma).items():
            field = spec.fields[key]
            if field.kieu not in ("chon", "co_khong"):
                continue
            area = found[place].formula1.split("!")[1].replace("$", "")
            labels = [cell.value for (cell,) in lists[area]] if ":" in area else [lists[area].value]
            name = field.danh_sach or "co_khong"
            assert labels == (own.get(name) or plan.labels(name)), (spec.ma, key)


def test_dates_that_a_rule_binds_to_the_period_are_bound_by_the_cell(plan: Plan, form: Any) -> None:
    layout = Layout(plan, answered(plan))
    rule = hints(form["B6"])[first_cells(layout, "B6")["ngay"]]
    assert (rule.operator, rule.formula1, rule.formula2) == (None, "45200", "45291") or rule.operator == "between"
    assert "01/10/2023 đến 31/12/2023" in rule.error


def test_heads_are_locked_without_a_password_and_data_are_not(plan: Plan, form: Any) -> None:
    for sheet in form:
        if sheet.title == "_ds":
            continue
        assert sheet.protection.sheet and not sheet.protection.password
        assert looks_of(sheet, 3, 2).protection.locked
    for spec in plan.sheets.values():
        if spec.table and spec.ma in form.sheetnames:
            sheet, cols = form[spec.ma], range(1, len(spec.keys) + 2)
            heads = range(1, number_row(sheet) + 1)
            assert all(looks_of(sheet, row, col).protection.locked for row in heads for col in cols), spec.ma
    models, hamlets = form["B2"], form["B4"]
    first = number_row(models) + 1
    for row in (first, first + 30, first + 199):
        assert not any(looks_of(models, row, col).protection.locked for col in range(1, 28))
    first = number_row(hamlets) + 1
    for row in (first, first + 199):
        told = [looks_of(hamlets, row, col).protection.locked for col in range(1, 7)]
        assert told == [False, True, True, True, False, False]


def looks_of(sheet: Any, row: int, col: int) -> Any:
    """What a cell looks like: its own format, else that of its row, else that of its column."""
    if sheet.cell(row, col).has_style:
        return sheet.cell(row, col)
    if row in sheet.row_dimensions and sheet.row_dimensions[row].has_style:
        return sheet.row_dimensions[row]
    return next(look for look in sheet.column_dimensions.values() if look.min <= col <= look.max)


def test_a_row_that_is_not_drawn_takes_what_its_column_takes(plan: Plan, form: Any) -> None:
    for spec in plan.sheets.values():
        if not spec.table or spec.ma not in form.sheetnames:
            continue
        sheet, first = form[spec.ma], number_row(form[spec.ma]) + 1
        kinds = {"ngay": "dd/mm/yyyy", "so": "#,##0.###", "chu": "@", "chon": "@", "co_khong": "@"}
        for col, field in enumerate(spec.truong, 2):
            found = looks_of(sheet, first + 150, col).number_format
            assert found == kinds.get(field.kieu, found) and found in (*kinds.values(), "0", "#,##0"), field.khoa
            area = next(
                area
                for rule in sheet.data_validations.dataValidation
                for area in rule.sqref
                if area.min_row == first and area.min_col <= col <= area.max_col
            )
            assert area.max_row - first >= 199


def test_no_blank_cell_is_drawn_on_a_row_for_data(plan: Plan, form: Any) -> None:
    for spec in plan.sheets.values():
        if not spec.table or spec.ma not in form.sheetnames:
            continue
        sheet = form[spec.ma]
        rows = sheet.iter_rows(number_row(sheet) + 1)
        assert [cell.coordinate for row in rows for cell in row if cell.value is None and cell.has_style] == []


def test_below_the_rows_that_are_counted_nothing_can_be_typed(form: Any) -> None:
    sheet = form["B5"]
    rules = sheet.data_validations.dataValidation
    (rule,) = (rule for rule in rules if rule.formula1 == "FALSE")
    last = {area.max_row for other in rules if other is not rule for area in other.sqref}
    assert last == {number_row(sheet) + 500}
    assert (str(rule.sqref), rule.formula1) == (f"A{number_row(sheet) + 501}:N1048576", "FALSE")
    assert f"Biểu này tính đến dòng {number_row(sheet) + 500}." in rule.error


def test_free_rows_carry_the_next_codes(form: Any) -> None:
    sheet = form["B2"]
    first = number_row(sheet) + 1
    codes = [sheet.cell(first + n, 2).value for n in range(17)]
    assert codes[4:] == [f"MH-{UNIT.code}-005", *(f"MH-{UNIT.code}-{n:03d}" for n in range(50, 60)), None, None]


def test_text_that_looks_like_a_formula_stays_text(form: Any) -> None:
    cell = form["B5"].cell(number_row(form["B5"]) + 1, 2)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_what_excel_would_not_take_is_refused() -> None:
    book = new_book(io.BytesIO())
    sheet = book.add_worksheet("B2")
    with pytest.raises(SheetError):
        must(-2, "B2!A1")
    with pytest.raises(SheetError):
        put(sheet, 0, 0, [1])
    with pytest.raises(SheetError):
        put_formula(sheet, 0, 0, "=" + "1+" * 5000 + "1", 5001)
    close_book(book, "tệp thử")


def test_values_are_written_by_their_type() -> None:
    target = io.BytesIO()
    book = new_book(target)
    sheet, formats = book.add_worksheet("A"), Formats(book)
    for row, value in enumerate(["=1", "0912", 3, Decimal("2.5"), date(2023, 8, 15), True, False, None, "http://x.vn"]):
        put(sheet, row, 0, value, formats(num_format="dd/mm/yyyy") if isinstance(value, date) else None)
    assert formats(bold=True) is formats(bold=True)
    close_book(book, "tệp thử")
    cells = [cell for (cell,) in opened(target.getvalue())["A"]["A1:A9"]]
    assert [cell.value for cell in cells[:4]] == ["=1", "0912", 3, 2.5]
    assert cells[4].value.date() == date(2023, 8, 15)
    assert [cell.value for cell in cells[5:]] == ["Có", "Không", None, "http://x.vn"]
    assert cells[0].data_type == "s" and cells[8].hyperlink is None


def test_a_table_of_many_rows_keeps_its_room(plan: Plan) -> None:
    rows = [model(n, so_ho=1) for n in range(1, 461)]
    sheet = opened(form_bytes(plan, content(plan, rows={"B2": rows})))["B2"]
    first, total = number_row(sheet) + 1, total_row(sheet)
    assert sheet.cell(first + 459, 2).value == f"MH-{UNIT.code}-460"
    assert "P8:P567" in sheet.cell(total, 16).value


def test_same_content_gives_the_same_bytes(plan: Plan) -> None:
    assert form_bytes(plan, answered(plan)) == form_bytes(plan, answered(plan))


def test_blank_form_asks_unit_and_period(plan: Plan) -> None:
    form = opened(form_bytes(plan, blank.blank_content(plan, "DB_XA")))
    told = values_of(form["BIA"])
    assert told["ma_don_vi"] is None and told["ky"] is None and told["ma_mau"] == "2022.1"
    assert all(form["B4"].cell(row, 2).value is None for row in range(7, 27))
    rows = {form["BIA"].cell(r, 1).value: r for r in range(2, 40)}
    found = hints(form["BIA"])
    assert f"C{rows['ma_don_vi']}" not in found
    assert found[f"C{rows['ky']}"].type == "list"


def test_every_hint_is_shown_at_its_cell_or_in_the_guide(plan: Plan, form: Any) -> None:
    guide = [str(cell.value) for row in form["Hướng dẫn"].iter_rows() for cell in row if cell.value]
    for name in duties(plan, "DB_XA", Quarter(2023, 4)):
        rules = form[name].data_validations.dataValidation
        printed = [str(cell.value) for row in form[name].iter_rows() for cell in row if cell.value]
        said = "\n".join([*(rule.prompt or "" for rule in rules), *printed, *guide])
        for field in plan.sheets[name].truong:
            if not field.khoa.startswith("khong_phat_sinh") or field.khoa in answered(plan).ticks:
                assert field.huong_dan in said


def test_a_hint_too_long_for_a_cell_stands_in_the_guide(plan: Plan) -> None:
    long = "Ghi đủ tên, địa chỉ của từng chủ thể. " * 10
    models = plan.sheets["B2"]
    column = models.keys.index("chu_the") + 1
    other = with_columns(plan, "B2", models.fields["chu_the"].model_copy(update={"huong_dan": long}))
    guide = [str(cell.value) for row in opened(form_bytes(other, content(other)))["Hướng dẫn"] for cell in row]
    assert f"B2, cột {column}. Chủ thể thực hiện: {long}" in guide


def test_guide_says_every_rule(plan: Plan, form: Any) -> None:
    said = "\n".join(str(cell.value) for row in form["Hướng dẫn"].iter_rows() for cell in row if cell.value)
    assert "“Trong đó nữ” không lớn hơn “Số lượt người dự”." in said
    assert "“Tinh thần, trách nhiệm”: 5 ô cộng lại bằng “Phiếu hợp lệ”" in said
    assert "“Đô thị văn minh” không dùng cho đơn vị này" in said


# --- formulas ------------------------------------------------------------------------------------------------------


def formulas(book: Any) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def recounted(tmp_path: Path, forms: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same workbooks with every formula counted by LibreOffice: openpyxl drops the values we wrote."""
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name, book in forms.items():
        book.save(source / f"{name}.xlsx")
    first, *more = (source / f"{name}.xlsx" for name in forms)
    convert(first, "xlsx:Calc MS Excel 2007 XML", target, *more)
    return {name: openpyxl.load_workbook(target / f"{name}.xlsx", data_only=True) for name in forms}


def counters(book: Any) -> dict[str, Sequence[Any]]:
    sheet = book["BIA"]
    head = next(r for r in range(1, 60) if sheet.cell(r, 2).value == "Biểu (bấm để mở)")
    lines: dict[str, Sequence[Any]] = {}
    for row in range(head + 1, sheet.max_row + 1):
        if sheet.cell(row, 2).value:
            name = str(sheet.cell(row, 2).value).split(".")[0]
            lines[name] = [sheet.cell(row, col).value for col in range(3, 7)]
    return lines


def test_counters_and_b4_recount_to_what_we_wrote(plan: Plan, tmp_path: Path) -> None:
    blank_form = blank.blank_content(plan, "DB_XA")
    nil = {"BIA": {"loai_bao_cao": "Không phát sinh"}}
    forms = {
        "answered": form_bytes(plan, answered(plan)),
        "nil": form_bytes(plan, content(plan, values=nil, rows={"B2": [model(1)]})),
        "blank": form_bytes(plan, blank_form),
        "typed": form_bytes(
            plan, FormContent(blank_form.kind, blank_form.given, blank_form.ticks, values={"BIA": {"ky": "2023-Q3"}})
        ),
    }
    books = {name: opened(data) for name, data in forms.items()}
    counted = recounted(tmp_path, books)
    for name, data in forms.items():
        ours = opened(data, data_only=True)
        for (sheet, at), formula in formulas(books[name]).items():
            wrote, found = ours[sheet][at].value, counted[name][sheet][at].value
            if (sheet, at) in (("_ds", "A2"), ("_ds", "A3")):
                continue  # the days of a period that is typed later
            assert (wrote or "") == (found or ""), (name, sheet, at, formula)
    hamlets = counted["answered"]["B4"]
    first = number_row(hamlets) + 1
    assert [hamlets.cell(first + n, 4).value for n in range(12)] == [2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    assert counters(counted["answered"]) == {
        "Trang bìa": ["Đã ghi đủ ô bắt buộc", 9, 0, 0],
        "B1": ["Đã ghi 3 ô", 3, 6, 1],
        "B2": ["Đã có 5 dòng", 5, 6, 1],
        "B3": ["Đã đánh dấu Không phát sinh", 0, 0, 0],
        "B3b": ["Nếu có: không có thì để trống", 0, 0, 0],
        "B4": ["Đã có 12 dòng", 12, 0, 0],
        "B4b": ["Nếu có: không có thì để trống", 0, 0, 0],
        "B5": ["Nếu có: đã có 1 dòng", 1, 4, 1],
        "B6": ["Nếu có: đã có 2 dòng", 2, 0, 2],
        "B7": ["CHƯA có gì, chưa chọn Không phát sinh", 0, 0, 0],
        "B8": ["Đã có 1 dòng", 1, 0, 5],
        "B9a": ["CHƯA có gì, chưa chọn Không phát sinh", 0, 0, 0],
        "B10": ["Đã có 1 dòng", 1, 0, 0],
        "B11": ["CHƯA có gì", 0, 0, 0],
        "Biểu phải nộp chưa có dòng và chưa chọn Không phát sinh; tổng số ô": [3, None, 16, 10],
    }
    assert counters(counted["nil"])["B7"][0] == "Đã đánh dấu Không phát sinh"
    assert counters(counted["nil"])["B1"] == ["CHƯA có gì", 0, 0, 0]
    assert counters(counted["typed"])["B9b"][0] == "CHƯA có gì, chưa chọn Không phát sinh"
    assert counters(counted["blank"])["B9b"][0] == "Nếu có: không có thì để trống"
    assert counted["typed"]["_ds"]["A3"].value.date() == date(2023, 9, 30)


def test_all_that_is_filled_is_printed_and_nothing_else(plan: Plan, tmp_path: Path) -> None:
    """A sheet has no print area: what is used of it is printed, so nothing may stand below the rows."""
    book = opened(form_bytes(plan, blank.blank_content(plan, "DB_XA")))
    lessons = book["B5"]
    for number, row in enumerate(range(number_row(lessons) + 1, number_row(lessons) + 36), 1):
        lessons.cell(row, 2).value = f"Lớp thứ {number}."
    for name in book.sheetnames:
        if name not in ("B5", "B6", "BIA", "_ds"):
            del book[name]
    book.save(tmp_path / "typed.xlsx")
    convert(tmp_path / "typed.xlsx", "pdf", tmp_path)
    said = subprocess.run(["pdftotext", "-layout", tmp_path / "typed.pdf", "-"], capture_output=True, check=True).stdout
    pages = [page for page in said.decode().split("\f") if page.strip()]
    assert [any(f"Lớp thứ {number}." in page for page in pages) for number in (1, 20, 21, 35)] == [True] * 4
    cover, *lessons_at, articles_at = pages
    assert "BÌA BÁO CÁO" in cover and all("Lớp thứ" in page for page in lessons_at)
    assert "Biểu B6" in articles_at and "20" in [line.strip() for line in articles_at.splitlines()]


def test_below_the_numbered_rows_nothing_stands(plan: Plan) -> None:
    form = opened(form_bytes(plan, answered(plan)))
    for spec in plan.sheets.values():
        if spec.table and spec.ma in form.sheetnames:
            sheet = form[spec.ma]
            last = sheet.max_row
            assert not sheet.print_area and type(sheet.cell(last, 1).value) is int, spec.ma


def test_a_form_is_light_enough_to_be_mailed(plan: Plan) -> None:
    """That of the largest quarter, as it goes out and as it is shipped."""
    for own in (replace(content(plan, "2025-Q3"), free_codes=(), hamlets=()), blank.blank_content(plan, UNIT.kind)):
        data = form_bytes(plan, own)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert sum(part.file_size for part in package.infolist()) < 250_000
        assert len(data) < 60_000


# --- files shipped -------------------------------------------------------------------------------------------------


def parts(data: bytes) -> Mapping[str, bytes]:
    """Every part of a workbook but its properties (they name the writer's version)."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name) for name in box.namelist() if not name.startswith("docProps/")}


def workbooks_in(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.xlsx") if not path.name.startswith("~$")}


def test_shipped_workbooks_are_those_of_the_rule_book(plan: Plan) -> None:
    shipped = workbooks_in(Path(str(files("dvk_reports.templates_xlsx"))))
    drawn = {Path(name).name: data for name, data in PARTS["templates_xlsx"]().items()}
    assert sorted(shipped) == sorted(drawn)
    names = {"danh-muc.xlsx", *(blank.blank_name(kind) for kind in list(plan.kinds))}
    assert set(drawn) == names and "bieu-mau-db-xa.xlsx" in names
    old = [
        f"{name}: {part}"
        for name, data in drawn.items()
        for part, text in parts(data).items()
        if parts(shipped[name]).get(part) != text
    ]
    assert not old, "python -m tools.regenerate templates_xlsx writes them anew"
