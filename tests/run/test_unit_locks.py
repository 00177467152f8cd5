"""The return of one unit locked and opened again: what counts, what is told, what the trace says."""

from __future__ import annotations

import csv
import shlex
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dvk_reports import cli, close_period, consolidate, lock_unit, open_workspace, status, verify_archive
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.model.locks import LockAct, UnitLock
from dvk_reports.run.steps.write import Result
from dvk_reports.workspace.folder import Workspace
from dvk_reports.workspace.unit_locks import acts, write_acts
from tests.support.small_space import DAY, KY, files_of, made, put, sent

LATER = date(2023, 10, 16)
LOG = "khoa-don-vi.csv"
WHY = {"reason": "Trưởng ban đã duyệt", "by": "Nguyễn Văn A"}


def members(number: int) -> dict[str, Any]:
    return {"tong_so_dang_vien": number, "so_dang_vien_duoc_pho_bien": number}


def version(space: Workspace, number: int, count: int, name: str = "") -> None:
    cover = {"phien_ban": number, **({"thay_the_phien_ban": number - 1} if number > 1 else {})}
    put(space, name or f"A{number}.xlsx", sent(space, "CB-A", cover, members(count)))


@pytest.fixture(scope="module")
def once_locked(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    space = made(tmp_path_factory.mktemp("khóa") / "làm việc")
    version(space, 1, 20)
    put(space, "B.xlsx", sent(space, "CB-B", b1=members(7)))
    consolidate(space, KY, as_of=DAY)
    lock_unit(space, KY, "CB-A", **WHY, as_of=DAY)
    return space


@pytest.fixture
def locked(once_locked: Workspace, tmp_path: Path) -> Workspace:
    """CB-A sent 20 members, and that return was locked."""
    return open_workspace(shutil.copytree(once_locked.root, tmp_path / "làm việc"))


def counted(result: Result) -> tuple[object, int | None]:
    figure = result.data.figure("MT1.6")
    assert figure is not None
    return figure.denominator, figure.reported


def states(result: Result) -> dict[str, str]:
    return {record.file: record.state.value for record in result.data.files}


def told(result: Result) -> list[tuple[str, str, str, str]]:
    return [(f.level.value, f.unit, f.file, f.text) for f in result.data.findings if f.code == "T21"]


def test_a_later_file_is_told_and_not_used(locked: Workspace) -> None:
    version(locked, 2, 90)
    result = consolidate(locked, KY, as_of=LATER)
    assert counted(result) == (27, 2)
    assert states(result) == {"A1.xlsx": "Dùng", "A2.xlsx": "Bỏ qua", "B.xlsx": "Dùng"}
    since = "đã khóa ngày 12/10/2023 (Nguyễn Văn A: Trưởng ban đã duyệt"
    assert [record.reason for record in result.data.files if record.file == "A2.xlsx"] == [
        f"báo cáo của đơn vị {since}); tệp này chưa được dùng"
    ]
    assert told(result) == [
        ("Cảnh báo", "CB-A", "A2.xlsx", f"Báo cáo của Chi bộ A {since}); tệp này đến sau, chưa được dùng.")
    ]
    (remedy,) = {f.remedy for f in result.data.findings if f.code == "T21"}
    typed = shlex.split(remedy[remedy.index("dvk close ") : remedy.index("; rồi")])
    assert (
        CliRunner().invoke(cli.dvk, ["-w", str(locked.root), "--as-of", LATER.isoformat(), *typed[1:]]).exit_code == 0
    )
    first = result.data.submissions[0]
    assert (first.unit, first.state.value, first.file) == ("CB-A", "Đã chấp nhận", "A1.xlsx")


def test_opened_again_it_counts(locked: Workspace) -> None:
    version(locked, 2, 90)
    done = lock_unit(locked, KY, "cb-a", "Đơn vị sửa số đảng viên", "Trần Thị B", as_of=LATER, reopen=True)
    assert done.summary == (
        "Mở khóa tệp A1.xlsx của Chi bộ A, kỳ 2023-Q3: từ nay phiên bản cao nhất được dùng. Đã ghi vào khoa-don-vi.csv."
    )
    result = consolidate(locked, KY, as_of=LATER)
    assert counted(result) == (97, 2)
    assert told(result) == []
    lines = (locked.root / LOG).read_text(encoding="utf-8-sig").splitlines()
    assert [line.rsplit(",", 1)[0] for line in lines] == [
        "ky,ma_don_vi,viec,ngay,nguoi,ly_do,tep",
        "2023-Q3,CB-A,Khóa,2023-10-12,Nguyễn Văn A,Trưởng ban đã duyệt,A1.xlsx",
        "2023-Q3,CB-A,Mở khóa,2023-10-16,Trần Thị B,Đơn vị sửa số đảng viên,A1.xlsx",
    ]
    # A run made for a day between the two comes out as it was.
    assert counted(consolidate(locked, KY, as_of=date(2023, 10, 15))) == (27, 2)
    assert counted(consolidate(locked, KY, as_of=date(2023, 10, 11))) == (97, 2)


def test_lower_versions_and_copies_are_what_they_were(locked: Workspace) -> None:
    version(locked, 2, 90)
    lock_unit(locked, KY, "CB-A", **WHY, as_of=DAY, reopen=True)
    consolidate(locked, KY, as_of=DAY)
    lock_unit(locked, KY, "CB-A", **WHY, as_of=DAY)
    version(locked, 2, 90, "sao/A2-gui-lai.xlsx")
    version(locked, 3, 91)
    assert states(consolidate(locked, KY, as_of=DAY)) == {
        "A1.xlsx": "Được thay thế",
        "A2.xlsx": "Dùng",
        "A3.xlsx": "Bỏ qua",
        "B.xlsx": "Dùng",
        "sao/A2-gui-lai.xlsx": "Trùng",
    }


@pytest.mark.parametrize("other", [False, True], ids=["no other file", "another version"])
def test_where_the_locked_file_is_gone_nothing_counts_in_its_place(locked: Workspace, other: bool) -> None:
    (locked.received(KY) / "A1.xlsx").unlink()
    if other:
        version(locked, 2, 90)
    result = consolidate(locked, KY, as_of=LATER)
    assert counted(result) == (7, 1)
    assert states(result) == ({"A2.xlsx": "Cần xác minh"} if other else {}) | {"B.xlsx": "Dùng"}
    assert [item.state.value for item in result.data.submissions][:2] == ["Cần xác minh", "Đã chấp nhận"]
    (line,) = told(result)
    assert line[:3] == ("Chặn", "CB-A", "A1.xlsx")
    assert line[3].endswith("nhưng tệp A1.xlsx đã khóa không còn trong thư mục nhan-ve/2023-Q3; đơn vị chưa được tính.")


def test_a_locked_file_may_lie_elsewhere(locked: Workspace) -> None:
    (locked.received(KY) / "xa").mkdir()
    (locked.received(KY) / "A1.xlsx").rename(locked.received(KY) / "xa" / "moi.xlsx")
    result = consolidate(locked, KY, as_of=LATER)
    assert states(result) == {"xa/moi.xlsx": "Dùng", "B.xlsx": "Dùng"}
    assert told(result) == []


def test_the_same_inputs_give_the_same_bytes(locked: Workspace) -> None:
    version(locked, 2, 90)
    consolidate(locked, KY, as_of=LATER)
    before = {name: data for name, data in files_of(locked.results(KY)).items() if name != "thay-doi.txt"}
    consolidate(locked, KY, as_of=LATER, workers=2)
    after = files_of(locked.results(KY))
    assert {name: after[name] for name in before} == before


def test_a_lock_is_sealed_with_its_quarter(locked: Workspace) -> None:
    version(locked, 2, 90)
    with pytest.raises(
        WorkspaceError, match=r"tệp nhận về A2\.xlsx \(mới\); khóa riêng đơn vị khoa-don-vi\.csv \(mới\)"
    ):
        close_period(locked, KY, as_of=LATER)
    consolidate(locked, KY, as_of=LATER)
    sealed = close_period(locked, KY, as_of=LATER)
    assert verify_archive(sealed.path).differences == ()
    lock_unit(locked, KY, "CB-B", **WHY, as_of=date(2023, 10, 20))
    # What was decided on a later day is no part of a run made for the day of the seal.
    with pytest.raises(WorkspaceError, match="Không có gì mới để khóa"):
        close_period(locked, KY, as_of=date(2023, 10, 20))


@pytest.mark.parametrize(
    ("unit", "more", "said"),
    [
        ("CB-Z", {}, "Danh mục không có đơn vị “CB-Z”. Có phải là CB-"),
        ("CB-C", {}, "Chi bộ C chưa có báo cáo được dùng ở kỳ 2023-Q3"),
        ("CB-A", {}, r"đã khóa ngày 12/10/2023 \(Nguyễn Văn A: Trưởng ban đã duyệt\)"),
        ("CB-B", {"reopen": True}, "Báo cáo của Chi bộ B không khóa riêng"),
        ("CB-B", {"reason": " "}, "Ghi lý do"),
        ("CB-B", {"by": ""}, "Ghi lý do"),
        ("CB-A", {"reopen": True, "as_of": date(2023, 10, 11)}, "ngày 12/10/2023, sau ngày 11/10/2023"),
    ],
)
def test_what_cannot_be_locked_or_opened(locked: Workspace, unit: str, more: dict[str, Any], said: str) -> None:
    before = (locked.root / LOG).read_bytes()
    with pytest.raises((PlanError, WorkspaceError), match=said):
        lock_unit(locked, KY, unit, **{**WHY, "as_of": DAY, **more})
    assert (locked.root / LOG).read_bytes() == before


def test_a_quarter_that_is_not_consolidated_has_nothing_to_lock(space: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="Kỳ 2023-Q3 chưa tổng hợp"):
        lock_unit(space, KY, "CB-A", **WHY, as_of=DAY)
    assert not (space.root / LOG).exists()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Khóa", "Khoá rồi", 2),
        ("2023-10-12", "hôm qua", 2),
        ("CB-A", "", 2),
        ("ma_don_vi", "don_vi", 1),
        ("2023-Q3", "Q", 2),
    ],
)
def test_a_line_that_cannot_be_understood_stops_the_run(locked: Workspace, old: str, new: str, line: int) -> None:
    path = locked.root / LOG
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WorkspaceError, match=f"{LOG}, dòng {line}: không đọc được"):
        consolidate(locked, KY, as_of=DAY)


def test_what_excel_makes_of_the_file_is_read(locked: Workspace) -> None:
    path = locked.root / LOG
    text = path.read_text(encoding="utf-8-sig").replace(",", ";").replace("2023-10-12", "12/10/2023")
    path.write_text(f"{text}\n;;;;;;;\n", encoding="utf-8")
    version(locked, 2, 90)
    assert counted(consolidate(locked, KY, as_of=DAY)) == (27, 2)


def test_the_command(locked: Workspace) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli.dvk, ["-w", str(locked.root), "close", KY, *words, "--as-of", DAY.isoformat()])
        return done.exit_code, done.output

    code, said = run("--unit", "CB-B", "--reason", "Đã duyệt", "--by", "=A1")
    assert (code, said.splitlines()[0]) == (
        0,
        "Khóa tệp B.xlsx của Chi bộ B, kỳ 2023-Q3: tệp đến sau không được dùng cho đến khi mở khóa. Đã ghi vào "
        "khoa-don-vi.csv.",
    )
    assert ",'=A1," in (locked.root / LOG).read_text(encoding="utf-8")
    assert run("--open")[0] == run("--unit", "CB-B", "--mat-khau")[0] == 2
    assert run("--unit", "CB-B", "--open", "--reason", "x", "--by", "y")[0] == 0


@pytest.mark.parametrize("said", ["=A1", "+84 912", "-x", "@x", "'x", "''x", "'=x", "x=1", 'a "b", c'])
@pytest.mark.parametrize("file", ["=A.xlsx", "'A.xlsx", "-A  1.xlsx", "A.xlsx"])
def test_no_cell_of_the_file_is_a_formula_and_all_is_read_back(space: Workspace, said: str, file: str) -> None:
    line = UnitLock(KY, "CB-A", LockAct.LOCKED, DAY, said, said, file, "0" * 64)
    write_acts(space, [line])
    text = (space.root / LOG).read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert acts(space) == (line,)


def test_a_folder_in_the_place_of_the_file_stops_the_run(locked: Workspace) -> None:
    (locked.root / LOG).rename(locked.root / "khac.csv")
    (locked.root / LOG).mkdir()
    with pytest.raises(WorkspaceError, match=f"{LOG} là thư mục, không phải tệp"):
        consolidate(locked, KY, as_of=DAY)


def test_where_the_quarter_stands_names_how_many_are_locked(locked: Workspace) -> None:
    assert any("khóa riêng 01 đơn vị" in line for line in status(locked, as_of=LATER).lines)
    assert not any("khóa riêng" in line for line in status(locked, as_of=date(2023, 10, 11)).lines)


def test_the_next_step_is_to_consolidate_with_the_lock(locked: Workspace) -> None:
    again = f"consolidate {KY}"
    assert again in status(locked, as_of=LATER).next_step and "khóa đơn vị" in status(locked, as_of=LATER).next_step
    consolidate(locked, KY, as_of=LATER)
    assert again not in status(locked, as_of=LATER).next_step
    assert "khóa đơn vị" not in status(locked, as_of=LATER).next_step
    lock_unit(locked, KY, "CB-A", **WHY, as_of=LATER, reopen=True)
    assert again in status(locked, as_of=LATER).next_step
