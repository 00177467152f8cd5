"""The register is told at once and whole: by the commands that use it, and by ``dvk check`` on the file itself."""

from __future__ import annotations

import json
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports.cli import dvk
from dvk_reports.workspace.folder import Workspace
from tests.support.small_space import DAY, KY, put, sent

LEFT_OUT = (
    "02 đơn vị không được tạo biểu, không được tính vì dòng ở trang Đơn vị của danh-muc.xlsx có lỗi: CB-B (dòng 6); "
    "../C (dòng 7)."
)
WRONG = "Chặn D03 · Đơn vị E6: Ô “Loại đơn vị” ghi “Chi bộ phòng”, không có trong danh sách; dòng này không được dùng."
CODE = "Chặn D03 · Đơn vị A7: Ô “Mã đơn vị” ghi “../C”: có ký tự không dùng được trong mã; dòng này không được dùng."


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(dvk, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def rewritten(space: Workspace, cells: dict[tuple[str, str], Any]) -> None:
    book = openpyxl.load_workbook(space.register_path)
    for (sheet, at), value in cells.items():
        book[sheet][at] = value
    book.save(space.register_path)


@pytest.fixture
def wrong(space: Workspace) -> Workspace:
    """Two of three units are lost: one by its kind, one by its code; an address is none."""
    rewritten(
        space,
        {
            ("Đơn vị", "E6"): "Chi bộ phòng",
            ("Đơn vị", "A7"): "../C",
            ("Đơn vị", "J5"): "a@x.vn; Tên <b@y.vn>; không có",
        },
    )
    return space


def test_forms_tell_everything_and_go_to_those_who_are_left(wrong: Workspace) -> None:
    code, text = run("forms", KY, "-w", wrong.root)
    assert code == 1
    for line in (LEFT_OUT, WRONG, CODE, "Cảnh báo D03 · Đơn vị J5: Ô “Thư điện tử”: “không có” không phải"):
        assert line in text
    assert sorted(path.name for path in (wrong.root / "gui-di" / KY).iterdir()) == [
        f"DVK_CB-A_{KY}.eml",
        f"DVK_CB-A_{KY}.xlsx",
    ]
    mail = BytesParser(policy=policy.default).parsebytes(
        (wrong.root / "gui-di" / KY / f"DVK_CB-A_{KY}.eml").read_bytes()
    )
    assert mail["To"] == "a@x.vn, b@y.vn"


def test_a_unit_that_is_left_out_is_named_where_its_form_is_asked_for(wrong: Workspace) -> None:
    code, text = run("forms", KY, "--unit", "cb-b", "-w", wrong.root)
    assert code == 2
    assert "Không tạo được biểu cho CB-B: dòng 6 của trang Đơn vị ở danh-muc.xlsx có lỗi." in text


def test_where_the_workspace_stands_tells_it(wrong: Workspace) -> None:
    code, text = run("-w", wrong.root, "--as-of", DAY)
    assert code == 0 and LEFT_OUT in text and WRONG in text and CODE in text


def test_consolidating_tells_it_first(wrong: Workspace) -> None:
    put(wrong, "A.xlsx", sent(wrong, "CB-A"))
    code, text = run("consolidate", KY, "-w", wrong.root, "--as-of", DAY)
    assert code == 1
    assert text.index(LEFT_OUT) < text.index(WRONG) < text.index("Đã ghi ")
    assert text.count("Chi bộ phòng") == 1


def test_the_register_itself_is_checked(wrong: Workspace, tmp_path: Path) -> None:
    code, text = run("check", wrong.register_path, "-w", wrong.root)
    assert code == 1
    assert f"{wrong.register_path} (danh mục)" in text and LEFT_OUT in text and WRONG in text and CODE in text
    other = tmp_path / "danh mục cũ.xlsx"
    other.write_bytes(wrong.register_path.read_bytes())
    code, text = run("check", other, "--json", "-w", tmp_path)
    found = json.loads(text)
    assert code == 1 and {line["tep"] for line in found} == {other.as_posix()}
    assert [(line["ma_loi"], line["sheet"], line["o"]) for line in found if line["muc"] == "Chặn"] == [
        ("D03", "Đơn vị", "E6"),
        ("D03", "Đơn vị", "A7"),
        ("D05", "Ngày nhận", "A6"),
        ("D05", "Ngày nhận", "A7"),
    ]


def test_a_register_without_a_mistake_is_clean(space: Workspace) -> None:
    code, text = run("check", space.register_path, "-w", space.root)
    assert (code, text.splitlines()[0]) == (0, f"{space.register_path} (danh mục): không có lỗi")
    assert run("forms", KY, "-w", space.root)[0] == 0


def test_a_register_that_has_lost_a_sheet_is_told_as_a_file(space: Workspace) -> None:
    book = openpyxl.load_workbook(space.register_path)
    book["Đơn vị"].delete_rows(1)
    book.save(space.register_path)
    code, text = run("check", space.register_path, "-w", space.root.parent)
    assert code == 1 and "trang “Đơn vị” mất dòng mã ẩn (dòng 1)" in text


@pytest.mark.parametrize("name", ["danh-muc.xlsx", "ghi chép.xlsx", "luat.docx", "luat"])
def test_the_list_of_rules_is_written_over_no_file_of_another(space: Workspace, name: str) -> None:
    path = space.root / name
    if name == "ghi chép.xlsx":
        openpyxl.Workbook().save(path)
    before = path.read_bytes() if path.exists() else None
    assert run("rules", path)[0] == 2
    assert (path.read_bytes() if path.exists() else None) == before


def test_the_list_of_rules_is_written_over_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "luat.xlsx"
    assert [run("rules", path)[0] for _ in range(2)] == [0, 0]
