"""Bad input: one line in Vietnamese saying what and what to do, exit 2, nothing half-written; never a traceback."""

import errno
import os
import pty
import subprocess
import sys

import openpyxl
import pytest

from dvk_reports import check_files, consolidate, open_workspace
from dvk_reports.errors import DvkError
from tests.support.offices import edited
from tests.support.small_space import DAY, KY, files_of, put, sent, states


def told(*words):
    done = subprocess.run(
        [sys.executable, "-m", "dvk_reports", *map(str, words)], capture_output=True, text=True, encoding="utf-8"
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


def without_sheet(space, name):
    book = openpyxl.load_workbook(space.register_path)
    del book[name]
    book.save(space.register_path)


@pytest.mark.parametrize("name", ["Đơn vị", "Thôn", "Hạn nộp"])
def test_a_register_without_a_sheet_it_needs(space, name):
    without_sheet(space, name)
    code, line = told("-w", space.root, "consolidate", KY)
    assert (code, line) == (
        2,
        f"Không chạy được: danh-muc.xlsx: trang “{name}” không có. Chép lại trang này từ danh mục mẫu.",
    )
    assert not space.results(KY).exists()


def test_a_register_without_a_sheet_that_may_be_empty_is_a_finding(space):
    without_sheet(space, "Miễn trừ")
    put(space, "A.xlsx", sent(space, "CB-A"))
    found = [f for f in consolidate(space, KY, as_of=DAY).data.findings if f.code == "D01"]
    assert [(f.sheet, f.level.value) for f in found] == [("Miễn trừ", "Cảnh báo")]


def test_a_register_that_is_no_workbook(space):
    space.register_path.write_bytes(b"khong phai so Excel")
    code, line = told("-w", space.root, "consolidate", KY)
    assert code == 2 and "danh-muc.xlsx không phải là sổ Excel đọc được" in line


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("consolidate", "2023-Q3"), "Không thấy danh-muc.xlsx"),
        (("forms", "2023-Q3"), "Không thấy danh-muc.xlsx"),
        (("check", "không-có.xlsx"), "Không thấy tệp hoặc thư mục"),
    ],
)
def test_a_missing_workspace_or_file(tmp_path, words, line):
    code, said = told("-w", tmp_path, *words)
    assert code == 2 and line in said


def test_an_unknown_unit_on_the_command_line(space):
    code, line = told("-w", space.root, "forms", KY, "--unit", "CB-X")
    assert code == 2 and "Không có đơn vị “CB-X” phải báo cáo kỳ 2023-Q3" in line


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "hết chỗ trên đĩa"), (errno.EACCES, "không có quyền")],
)
def test_a_disk_that_takes_nothing(space, monkeypatch, number, words):
    put(space, "A.xlsx", sent(space, "CB-A"))

    def full(handle):
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DvkError, match=words):
        consolidate(space, KY, as_of=DAY)
    assert files_of(space.results(KY)) == {}


@pytest.mark.processes
def test_a_broken_return_is_a_finding_and_costs_one_file(space):
    put(space, "A.xlsx", sent(space, "CB-A"))
    put(space, "B.xlsx", sent(space, "CB-B")[:3000])
    put(space, "C.xlsx", edited(sent(space, "CB-C"), lambda book: setattr(book["B1"]["C8"], "value", "#REF!")))
    result = consolidate(space, KY, as_of=DAY)
    assert states(result) == {"A.xlsx": "Dùng", "B.xlsx": "Không đọc được", "C.xlsx": "Dùng"}
    assert [(f.file, f.unit, f.code, f.cell, f.raw) for f in result.data.findings if f.level.value == "Chặn"] == [
        ("B.xlsx", "", "T14", "", ""),
        ("C.xlsx", "CB-C", "K04", "C8", "#REF!"),
    ]
    told_of = check_files(space, [space.received(KY) / "B.xlsx"]).rows()
    assert [(row["ma_loi"], row["muc"]) for row in told_of] == [("T14", "Chặn")]


def test_a_mistake_in_the_rule_book_is_told_like_any_other(space):
    """The workspace works on a plan of its own that has a slip: file, line and the nearest right spelling."""
    own = space.root / "ke-hoach"
    own.mkdir()
    lines = ("ke_thua: bao_yen_2022_2025", "ma: rieng", "ten: Kế hoạch riêng", 'ky_dauu: "2022-Q2"')
    (own / "plan.yaml").write_text("\n".join(lines), encoding="utf-8")
    (space.root / "ke-hoach.yaml").write_text("dung: ke-hoach\n", encoding="utf-8")
    with pytest.raises(DvkError, match=r"dòng 4.*ky_dauu.*Có phải là “ky_dau”"):
        open_workspace(space.root)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own needs pty")
def test_a_bar_with_the_file_in_hand_only_where_somebody_watches(space):
    """More than a second of work shows a bar on a terminal, and not a word of it elsewhere."""
    from dvk_reports.cli.base import Bar

    program = (
        "import sys, time; from dvk_reports.cli.base import Bar; Bar.PATIENCE = 0\n"
        "with Bar('Đang đọc') as bar:\n"
        "    bar(0, 2, 'xã A.xlsx'); bar(1, 2, 'xã B.xlsx')\n"
    )
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", program], stderr=theirs, stdout=theirs, check=True, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 65536).decode("utf-8", "replace")
    os.close(ours)
    assert "Đang đọc" in shown and "xã B.xlsx" in shown
    quiet = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60)
    assert (quiet.stdout, quiet.stderr) == (b"", b"")
    assert Bar.PATIENCE == 1.0
