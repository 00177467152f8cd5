"""Remarks of a middle level: typed into its register, carried by its workbook, shown and checked on the level above."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from dvk_reports import check_files, consolidate, open_workspace, status
from dvk_reports.run.steps.write import Result
from dvk_reports.workspace.folder import Workspace
from tests.support.registers import register_bytes
from tests.support.small_space import DAY, KY, PLAN_FIELDS, files_of, put, sent

SAID = {
    "ky": KY,
    "ma_don_vi": "CB-A",
    "chi_tieu": "MT1.6",
    "noi_dung": "Chi bộ mới chuyển sinh hoạt 5 đảng viên; số đã đối chiếu.",
    "nguoi": "Nguyễn Văn A, Khối thi đua số 1",
    "ngay": date(2023, 10, 11),
}
WHOLE = {**SAID, "ma_don_vi": None, "chi_tieu": None, "noi_dung": "Cả khối đã họp rà soát số liệu quý III."}
Line = Mapping[str, object]
Totals = Callable[..., bytes]


def office(root: Path, codes: str, *remarks: Line) -> Workspace:
    for folder in ("nhan-ve", "mau-word", "ket-qua"):
        (root / folder).mkdir(parents=True)
    space = open_workspace(root)
    rows = {
        "Đơn vị": [{"ma_don_vi": f"CB-{n}", "ten": f"Chi bộ {n}", "loai": "CB_CQ", "nhom": "II"} for n in codes],
        "Hạn nộp": [{"ky": KY, "han_nop": date(2023, 10, 20)}],
        "Nhận xét": list(remarks),
    }
    space.register_path.write_bytes(register_bytes(space.plan, rows))
    return space


def below(tmp_path: Path, *remarks: Line) -> Workspace:
    """The group of CB-A and CB-B, consolidated."""
    space = office(tmp_path / "khối", "AB", *remarks)
    for code in ("CB-A", "CB-B"):
        put(space, f"{code}.xlsx", sent(space, code))
    consolidate(space, KY, as_of=DAY)
    return space


def workbook_of(space: Workspace) -> bytes:
    return (space.results(KY) / "tong-hop.xlsx").read_bytes()


@pytest.fixture(scope="module")
def totals(tmp_path_factory: pytest.TempPathFactory) -> Totals:
    """Remarks -> the workbook of the group that has them, consolidated once."""
    known: dict[str, bytes] = {}

    def of(*remarks: Line) -> bytes:
        if repr(remarks) not in known:
            space = below(tmp_path_factory.mktemp("dưới"), *remarks)
            known[repr(remarks)] = workbook_of(space)
        return known[repr(remarks)]

    return of


def above(tmp_path: Path, data: bytes, *remarks: Line, codes: str = "ABC") -> Workspace:
    space = office(tmp_path / "tỉnh", codes, *remarks)
    put(space, "khoi-1.xlsx", data)
    return space


def shown(space: Workspace) -> list[dict[str, Any]]:
    """The lines of sheet Nhận xét, without the blank cells."""
    sheet = openpyxl.load_workbook(space.results(KY) / "tong-hop.xlsx")["Nhận xét"]
    keys = [cell.value for cell in sheet[1]]
    lines = [dict(zip(keys, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    return [{key: value for key, value in line.items() if value is not None} for line in lines]


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book["Nhận xét"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(result: Result) -> list[str]:
    return [f.text for f in result.data.findings if f.code == "T22"]


def test_a_remark_travels_up_with_the_numbers(tmp_path: Path, totals: Totals) -> None:
    space = above(tmp_path, totals(SAID, WHOLE), {**WHOLE, "noi_dung": "Tỉnh đã xem.", "nguoi": "B"})
    result = consolidate(space, KY, as_of=DAY)
    assert told(result) == []
    assert [(r.unit, r.figure, r.text, r.by, r.source) for r in result.data.remarks] == [
        ("", "", "Tỉnh đã xem.", "B", ""),
        ("CB-A", "MT1.6", SAID["noi_dung"], SAID["nguoi"], "khoi-1.xlsx"),
        ("", "", WHOLE["noi_dung"], WHOLE["nguoi"], "khoi-1.xlsx"),
    ]
    lines = shown(space)
    assert {**lines[1], "ngay": None} == {
        "ky": KY,
        "ma_don_vi": "CB-A",
        "ten_don_vi": "Chi bộ A",
        "chi_tieu": "MT1.6",
        "noi_dung": SAID["noi_dung"],
        "nguoi": SAID["nguoi"],
        "ngay": None,
        "nguon": "khoi-1.xlsx",
    }
    assert "nguon" not in lines[0]


def test_it_changes_no_number_and_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    space = below(tmp_path, SAID, WHOLE)
    before = files_of(space.results(KY))
    consolidate(space, KY, as_of=DAY, workers=2)
    after = files_of(space.results(KY))
    assert {**after, "thay-doi.txt": b""} == {**before, "thay-doi.txt": b""}
    plain = below(tmp_path / "không", *[])
    figures = [consolidate(one, KY, as_of=DAY).data.figures for one in (space, plain)]
    assert figures[0] == figures[1]
    assert "Nhận xét" not in openpyxl.load_workbook(plain.results(KY) / "tong-hop.xlsx").sheetnames


def test_the_report_says_who_remarks_what(tmp_path: Path, totals: Totals) -> None:
    space = above(tmp_path, totals(SAID, WHOLE), {**WHOLE, "sheet": "B2", "nguoi": "Trần Thị B"})
    consolidate(space, KY, as_of=DAY)
    paper = docx.Document(str(space.results(KY) / "bao-cao.docx"))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    at = rows.index(["TT", "Về", "Nhận xét", "Người nhận xét"])
    name = space.plan.figure_specs["MT1.6"].ten
    assert rows[at + 1 : at + 4] == [
        ["1", "Biểu B2", WHOLE["noi_dung"], "Trần Thị B, ngày 11/10/2023"],
        ["2", f"Chi bộ A; {name[0].lower()}{name[1:]}", SAID["noi_dung"], f"{SAID['nguoi']}, ngày 11/10/2023"],
        ["3", "Chung", WHOLE["noi_dung"], f"{WHOLE['nguoi']}, ngày 11/10/2023"],
    ]
    assert "Nhận xét kèm số liệu" in [paragraph.text for paragraph in paper.paragraphs]


def test_a_longer_period_and_a_third_level_have_them_too(tmp_path: Path, totals: Totals) -> None:
    space = above(tmp_path, totals(SAID), codes="AB")
    consolidate(space, KY, as_of=DAY)
    year = consolidate(space, "2023-9T", as_of=DAY)
    assert [(r.period, r.unit, r.source) for r in year.data.remarks] == [(KY, "CB-A", "khoi-1.xlsx")]
    top = office(tmp_path / "trung ương", "AB")
    put(top, "tinh.xlsx", workbook_of(space))
    assert [r.source for r in consolidate(top, KY, as_of=DAY).data.remarks] == ["tinh.xlsx, khoi-1.xlsx"]


def test_only_remarks_of_the_quarter_up_to_the_day_of_the_run(tmp_path: Path) -> None:
    others = ({**SAID, "ky": "2023-Q2"}, {**SAID, "ngay": date(2023, 10, 13)})
    space = below(tmp_path, *others, {**SAID, "ngay": DAY})
    assert [r.day for r in consolidate(space, KY, as_of=DAY).data.remarks] == [DAY]


def test_a_remark_of_a_later_day_is_told_with_its_cell(tmp_path: Path) -> None:
    late = {**SAID, "ngay": date(2024, 10, 11)}
    space = below(tmp_path, SAID, late, {**late, "ky": "2023-Q4"})
    result = consolidate(space, KY, as_of=DAY)
    assert [
        (f.level.value, f.code, f.unit, f.sheet, f.cell, f.text) for f in result.data.findings if f.code == "D16"
    ] == [
        (
            "Cảnh báo",
            "D16",
            "CB-A",
            "Nhận xét",
            "G6",
            "Nhận xét về kỳ 2023-Q3 ghi ngày 11/10/2024, sau ngày lập 12/10/2023; nhận xét này chưa được đưa vào kết "
            "quả.",
        )
    ]
    line = "  Cảnh báo D16 · Nhận xét G6: Nhận xét về kỳ 2023-Q3 ghi ngày 11/10/2024, sau ngày lập 12/10/2023"
    assert len([said for said in result.register if said.startswith(line)]) == 1
    assert len([said for said in status(space, as_of=DAY).lines if "Cảnh báo D16" in said]) == 2
    (checked,) = check_files(space, [space.register_path], as_of=DAY).files
    assert [f.cell for f in checked.findings] == ["G6", "G7"]
    assert not [said for said in status(space, as_of=late["ngay"]).lines if "D16" in said]
    assert [r.day for r in consolidate(space, KY, as_of=late["ngay"]).data.remarks] == [SAID["ngay"], late["ngay"]]


@pytest.mark.parametrize(
    ("line", "told_", "cell"),
    [
        ({"noi_dung": "a" * 1000}, None, ""),
        ({"noi_dung": "a" * 1001}, "D15", "E5"),
        ({"noi_dung": None}, "D02", "E5"),
        ({"nguoi": None}, "D02", "F5"),
        ({"ngay": None}, "D02", "G5"),
        ({"ma_don_vi": "CB-Z"}, "D05", "B5"),
        ({"chi_tieu": "MT9.9"}, "D05", "D5"),
    ],
)
def test_what_is_wrong_in_the_register_is_told(tmp_path: Path, line: Line, told_: str | None, cell: str) -> None:
    register = office(tmp_path / "khối", "AB", {**SAID, **line}).register()
    assert [(f.code, f.sheet, f.cell) for f in register.findings] == ([(told_, "Nhận xét", cell)] if told_ else [])
    # A cell that may be blank costs itself alone.
    assert len(register.remarks) == (told_ is None or "chi_tieu" in line)


def test_a_register_without_the_sheet_is_as_good_as_before(tmp_path: Path) -> None:
    space = office(tmp_path / "khối", "AB")
    book = openpyxl.load_workbook(space.register_path)
    del book["Nhận xét"]
    book.save(space.register_path)
    register = space.register()
    assert (register.findings, register.remarks) == ((), ())


COLUMNS = {"ky": 1, "ma_don_vi": 2, "sheet": 4, "chi_tieu": 5, "noi_dung": 6, "nguoi": 7, "ngay": 8}


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("ma_don_vi", "CB-Z", "ghi mã đơn vị “CB-Z” không có trong danh mục"),
        ("noi_dung", None, "để trống nội dung"),
        ("noi_dung", "a" * 1001, "dài 1.001 ký tự, quá 1.000"),
        ("nguoi", None, "để trống người nhận xét"),
        ("ngay", "hôm qua", "không ghi ngày đọc được"),
        ("ngay", date(2023, 10, 13), "ghi ngày 13/10/2023, sau ngày tổng hợp"),
        ("ky", "2023-Q2", "ghi kỳ “2023-Q2”, không phải 2023-Q3"),
        ("ky", None, "ghi kỳ “”, không phải 2023-Q3"),
        ("sheet", "B99", "ghi biểu “B99” không có ở kỳ này"),
        ("chi_tieu", "MT9.9", "ghi chỉ tiêu “MT9.9” không có ở kỳ này"),
    ],
)
def test_what_a_hand_has_written_wrongly_is_told_above(
    tmp_path: Path, totals: Totals, key: str, value: object, why: str
) -> None:
    def change(sheet: Any) -> None:
        row = next(cell.row for cell in sheet["F"] if cell.value == SAID["noi_dung"])
        sheet.cell(row, COLUMNS[key]).value = value

    result = consolidate(above(tmp_path, edited(totals(SAID, WHOLE), change)), KY, as_of=DAY)
    (text,) = told(result)
    assert text == (f"Nhận xét ở dòng 5 trang Nhận xét của sổ tổng hợp gửi lên {why}; nhận xét này chưa được đưa vào.")
    assert [r.text for r in result.data.remarks] == [WHOLE["noi_dung"]]


def test_a_line_typed_into_the_workbook_is_read(tmp_path: Path, totals: Totals) -> None:
    def add(sheet: Any) -> None:
        for key, column in COLUMNS.items():
            sheet.cell(sheet.max_row + (key == "ky"), column).value = {**SAID, "sheet": None, "ma_don_vi": "cb-b"}[key]

    result = consolidate(above(tmp_path, edited(totals(SAID), add)), KY, as_of=DAY)
    assert told(result) == []
    assert [r.unit for r in result.data.remarks] == ["CB-A", "CB-B"]


def test_a_sheet_that_has_lost_its_keys_is_told(tmp_path: Path, totals: Totals) -> None:
    data = edited(totals(SAID), lambda sheet: sheet.delete_rows(1))
    result = consolidate(above(tmp_path, data), KY, as_of=DAY)
    assert told(result) == [
        "Nhận xét trang Nhận xét của sổ tổng hợp gửi lên không đọc được vì trang mất các khóa ở dòng 1 đang ẩn; "
        "nhận xét này chưa được đưa vào."
    ]


def test_a_remark_on_a_return_that_was_replaced_is_told_and_left_out(tmp_path: Path, totals: Totals) -> None:
    space = above(tmp_path, totals(SAID, WHOLE))
    cover = {"phien_ban": 2, "thay_the_phien_ban": 1}
    put(space, "A2.xlsx", sent(space, "CB-A", cover, {**PLAN_FIELDS, "tong_so_dang_vien": 25}))
    result = consolidate(space, KY, as_of=DAY)
    assert told(result) == [
        "Nhận xét ở dòng 5 trang Nhận xét của sổ tổng hợp gửi lên nói về báo cáo đã được thay bằng tệp A2.xlsx; "
        "nhận xét này chưa được đưa vào."
    ]
    assert [r.text for r in result.data.remarks] == [WHOLE["noi_dung"]]


def test_the_same_workbook_twice_says_it_once(tmp_path: Path, totals: Totals) -> None:
    data = totals(SAID, WHOLE)
    space = above(tmp_path, data)
    put(space, "sao.xlsx", data)
    result = consolidate(space, KY, as_of=DAY)
    assert [(r.unit, r.source) for r in result.data.remarks] == [("CB-A", "khoi-1.xlsx"), ("", "khoi-1.xlsx")]
    assert told(result) == []
