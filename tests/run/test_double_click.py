"""What the .cmd files of the bundle run: asks for the period, carries out the command, opens the results."""

import io
import os
import sys

import pytest

from dvk_reports import cli
from dvk_reports.cli import double_click
from dvk_reports.cli.double_click import DROPPED, WORKSPACE, dropped
from tests.support.small_space import KY, made, put, sent


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    """(errand, lines typed) -> exit code, what was said, folders that were opened; in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    # Streams and log of the whole process are set by the real one.
    monkeypatch.setattr(double_click, "dvk", lambda: cli.dvk(prog_name="dvk", standalone_mode=False))

    def click(errand, *typed):
        opened = []
        monkeypatch.setattr(os, "startfile", opened.append, raising=False)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        code = double_click.main(errand)
        said = capsys.readouterr()
        return code, said.out + said.err, [path.relative_to(tmp_path).as_posix() for path in opened]

    return click


def test_first_the_workspace_then_the_forms(desk):
    code, said, opened = desk("consolidate")
    assert (code, opened) == (2, []) and "Bấm đúp 1-Tao-bieu-mau.cmd trước." in said
    code, said, opened = desk("forms")
    assert (code, opened) == (0, ["dan-van-kheo"]) and (WORKSPACE / "danh-muc.xlsx").is_file()
    assert "Ghi xong danh mục thì bấm đúp 1-Tao-bieu-mau.cmd lần nữa." in said


def test_the_likely_quarter_is_taken_by_enter_and_its_results_are_opened(desk, tmp_path):
    space = made(tmp_path / WORKSPACE)
    code, said, opened = desk("forms", "")  # years after the plan: its last quarter
    assert (code, opened) == (1, ["dan-van-kheo/gui-di/2025-Q4"])
    assert "Bấm Enter nếu là 2025-Q4" in said and "Đã tạo 3 biểu mẫu" in said
    put(space, "A.xlsx", sent(space, "CB-A"))
    code, said, opened = desk("consolidate", "quý 9", "q3/2023")
    assert (code, opened) == (1, ["dan-van-kheo/ket-qua/2023-Q3"])
    assert "“quý 9” không phải là kỳ báo cáo" in said
    assert (space.results(KY) / "tong-hop.xlsx").is_file()


def test_what_could_not_run_opens_nothing(desk, tmp_path):
    made(tmp_path / WORKSPACE)
    code, said, opened = desk("consolidate", "2030-Q1")
    assert (code, opened) == (2, []) and "ngoài thời gian của Kế hoạch" in said
    assert desk("forms")[::2] == (2, [])  # the window was closed


def test_a_round_is_proposed_then_drafted(desk, tmp_path):
    made(tmp_path / WORKSPACE)
    code, said, opened = desk("awards", "2023-10", "")
    assert opened == ["dan-van-kheo/khen-thuong/2023-10"], said
    assert "Đã ghi" in said and "xet-chon.xlsx" in said
    code, said, opened = desk("awards", "2023-10", "")  # there is a list now: papers are wanted, too late on this day
    assert (code, opened) == (2, []) and "không lập được văn bản về hình thức" in said
    assert desk("awards", "2023-10", "1")[0] == 1  # once more the list


@pytest.mark.parametrize(
    ("behind", "files"),
    [
        ("", []),
        (" ", []),
        (' "C:\\Thư mục của tôi\\biểu 1.xlsx"', ["C:\\Thư mục của tôi\\biểu 1.xlsx"]),
        (" C:\\a&b.xlsx", ["C:\\a&b.xlsx"]),
        (" C:\\100%PATH%^!x!.xlsx D:\\(1).xls", ["C:\\100%PATH%^!x!.xlsx", "D:\\(1).xls"]),
        (' "C:\\Đội & co\\a.xlsx" D:\\b.xlsx "E:\\c d"', ["C:\\Đội & co\\a.xlsx", "D:\\b.xlsx", "E:\\c d"]),
        (" \\\\may-chu\\chung\\a.xlsx", ["\\\\may-chu\\chung\\a.xlsx"]),
        (' "D:\\dvk 2\\Kiem-tra.cmd"', ["D:\\dvk 2\\Kiem-tra.cmd"]),
        (" --json.xlsx", ["--json.xlsx"]),
    ],
)
def test_paths_dropped_on_the_script(behind, files):
    """As Explorer writes the line, and as cmd keeps it: whole within one more pair of quotes."""
    assert dropped(f'C:\\Windows\\system32\\cmd.exe /c ""D:\\dvk & co\\Kiem-tra.cmd"{behind}"') == files
    assert dropped(f'C:\\Windows\\system32\\cmd.exe /c ""D:\\dvk\\KIEM-TRA.CMD"{behind} "') == files


def test_no_path_where_nothing_was_dropped():
    assert dropped("") == dropped('"C:\\Windows\\system32\\cmd.exe"') == []


def test_dropped_files_are_checked(desk, tmp_path, monkeypatch):
    space = made(tmp_path / WORKSPACE)
    form = tmp_path / "Biểu & của 100% !A^.xlsx"
    form.write_bytes(sent(space, "CB-A", b1={"tong_so_dang_vien": None}))
    monkeypatch.setenv(DROPPED, f'cmd.exe /c ""D:\\dvk\\Kiem-tra.cmd" "{form}""')
    code, said, opened = desk("check")
    assert (code, opened) == (1, []) and form.name in said and "Chặn K02" in said
    monkeypatch.setenv(DROPPED, 'cmd.exe /c ""D:\\dvk\\Kiem-tra.cmd" "')
    code, said, _ = desk("check")
    assert code == 2 and "thả lên Kiem-tra.cmd" in said
