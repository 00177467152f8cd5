"""``dvk rules --thu``: a rule over the quarters held, and what became of the places that it tells."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dvk_reports import consolidate, open_workspace
from dvk_reports.cli import dvk
from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.run.replay import replay_rule
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.workspace.folder import Workspace
from tests.support.small_space import DAY, files_of, made, put, sent

Q2, Q3, Q4 = "2023-Q2", "2023-Q3", "2023-Q4"


def members(number: object) -> dict[str, object]:
    return {"tong_so_dang_vien": number, "so_dang_vien_duoc_pho_bien": number}


def send(space: Workspace, quarter: str, code: str, *numbers: object) -> None:
    """The versions of a unit's return, each with so many members."""
    for version, number in enumerate(numbers, 1):
        cover = {"phien_ban": version, **({"thay_the_phien_ban": version - 1} if version > 1 else {})}
        name = f"{code}-{version}.xlsx"
        put(space, name, sent(space, code, cover, members(number), quarter=quarter), quarter)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    space = made(tmp_path_factory.mktemp("năm") / "làm việc")
    for code in ("CB-A", "CB-B", "CB-C"):
        send(space, Q2, code, 20)
    consolidate(space, Q2, as_of=DAY)
    send(space, Q3, "CB-A", 200, 20)
    send(space, Q3, "CB-B", 2000)
    send(space, Q3, "CB-C", 1000, 1001)
    consolidate(space, Q3, as_of=DAY)
    send(space, Q4, "CB-B", 21)
    send(space, Q4, "CB-C", 1001)
    return space


@pytest.fixture
def year(once: Workspace, tmp_path: Path) -> Workspace:
    """CB-A mends a number in its second version, CB-B in the next quarter, CB-C never."""
    return open_workspace(shutil.copytree(once.root, tmp_path / "làm việc"))


def places(space: Workspace, code: str, **more: Any) -> list[tuple[str, str, str, str, str]]:
    found = replay_rule(space, code, as_of=DAY, **more).told
    return [(t.quarter.key, t.finding.unit, t.finding.cell, t.finding.raw, t.mended) for t in found]


def grew(quarter: str, name: str, now: int, then: int, before: str, how: str = "tăng quá 3 lần") -> str:
    said = f"Ô “Tổng số đảng viên” ghi {now}, trong khi {before} năm 2023 ghi {show_number(Decimal(then))}: {how}."
    return f"  {quarter} · {name} · B1 C10: {said}"


def test_what_a_rule_tells_and_what_became_of_it(year: Workspace) -> None:
    before = files_of(year.root)
    assert places(year, "K13") == [
        (Q3, "CB-A", "C10", "200", "phiên bản sau"),
        (Q3, "CB-B", "C10", "2000", "kỳ sau"),
        (Q3, "CB-C", "C10", "1001", ""),
        (Q4, "CB-B", "C10", "21", ""),
        (Q4, "CB-B", "C11", "21", ""),
    ]
    assert replay_rule(year, " k13", as_of=DAY).lines == (
        "K13. Số thay đổi nhiều so với kỳ trước",
        "Sẽ báo 05 chỗ ở 03 quý đang giữ, trong đó 02 chỗ sau đó đơn vị đã sửa (01 ở phiên bản sau, 01 ở kỳ sau).",
        "  2023-Q2: không có",
        "  2023-Q3: 03 chỗ, đã sửa 02",
        "  2023-Q4: 02 chỗ",
        "Các chỗ:",
        grew(Q3, "Chi bộ A", 200, 20, "quý II") + " Đã sửa ở phiên bản sau.",
        grew(Q3, "Chi bộ B", 2000, 20, "quý II") + " Đã sửa ở kỳ sau.",
        grew(Q3, "Chi bộ C", 1001, 20, "quý II"),
        grew(Q4, "Chi bộ B", 21, 2000, "quý III", "còn dưới 1/3"),
        grew(Q4, "Chi bộ B", 21, 2000, "quý III", "còn dưới 1/3")
        .replace("C10", "C11")
        .replace("Tổng số đảng viên", "Số đảng viên được phổ biến"),
    )
    assert files_of(year.root) == before


def test_from_a_quarter_on(year: Workspace) -> None:
    assert [place[0] for place in places(year, "K13", since="IV/2023")] == [Q4, Q4]
    with pytest.raises(WorkspaceError, match="Từ 2024-Q1 chưa có quý nào để chạy lại"):
        replay_rule(year, "K13", since="2024-Q1", as_of=DAY)
    with pytest.raises(PlanError, match="gồm nhiều quý; kỳ đầu là một quý"):
        replay_rule(year, "K13", since="2023", as_of=DAY)


def test_where_the_files_are_gone_the_workbook_tells_of_the_used_returns(year: Workspace) -> None:
    shutil.rmtree(year.received(Q3))
    found = replay_rule(year, "K13", as_of=DAY)
    assert [(t.finding.unit, t.finding.raw, t.mended) for t in found.told if t.quarter.key == Q3] == [
        ("CB-B", "2.000", "kỳ sau"),
        ("CB-C", "1.001", ""),
    ]
    assert "  2023-Q3: 02 chỗ, đã sửa 01 (theo sổ tổng hợp: chỉ các báo cáo đã dùng)" in found.lines


def test_a_rule_that_is_switched_off_is_run_all_the_same(year: Workspace) -> None:
    own = year.root / "ke-hoach"
    own.mkdir()
    (own / "plan.yaml").write_text("ke_thua: bao_yen_2022_2025\nma: thu\nten: Kế hoạch thử\n", encoding="utf-8")
    (own / "checks.yaml").write_text(
        "luat:\n  - {thong_bao: OUTLIER, hieu_luc: [{tu_ngay: 2022-04-01, che_do: tat, can_cu: Thử}]}\n",
        encoding="utf-8",
    )
    (year.root / "ke-hoach.yaml").write_text("dung: ke-hoach\n", encoding="utf-8")
    shutil.copytree(year.root, year.root.parent / "tat")
    result = consolidate(year.root.parent / "tat", Q3, as_of=DAY)
    assert [f for f in result.data.findings if f.code == "K13"] == []
    assert len(replay_rule(year.root, "K13", as_of=DAY).told) == 5


def test_rules_of_every_kind(year: Workspace) -> None:
    """Found while reading, by a typed rule, by a function, of the whole run, over all returns."""
    send(year, Q4, "CB-A", "hai mươi", 20)
    assert places(year, "K04") == [(Q4, "CB-A", cell, "hai mươi", "phiên bản sau") for cell in ("C10", "C11")]
    over = {**members(1001), "so_dang_vien_duoc_pho_bien": 1005}
    cover = {"phien_ban": 2, "thay_the_phien_ban": 1}
    put(year, "CB-C-2.xlsx", sent(year, "CB-C", cover, over, quarter=Q4), Q4)
    assert places(year, "K06") == [(Q4, "CB-C", "C11", "1005", "")]
    put(year, "hong.xlsx", b"PK", Q3)
    assert places(year, "T14") == []  # not consolidated since
    consolidate(year, Q3, as_of=DAY)
    found = replay_rule(year, "T14", as_of=DAY)
    assert [(t.quarter.key, t.unit_name) for t in found.told] == [(Q3, "hong.xlsx")]
    assert "  2023-Q3: 01 chỗ (theo trang Lỗi của sổ tổng hợp)" in found.lines
    assert found.lines[4] == "  2023-Q4: chưa biết (quý chưa tổng hợp)"
    assert places(year, "K09") == []
    lines = replay_rule(year, "K34", as_of=DAY).lines  # nothing is told, and why that may be so
    assert lines[-2:] == ("Luật này:", f"  {year.plan.checks.rules['UNLIKE_OTHERS'].cau}")
    assert lines[-1].endswith("loại có dưới 20 đơn vị thì không so.")
    for code in year.plan.checks.ten_ma:
        assert replay_rule(year, code, since=Q4, as_of=DAY).code == code


@pytest.mark.parametrize(("typed", "meant"), [("K133", "K33"), ("Đ13", "T13"), ("KK13", "K13")])
def test_an_unknown_code_gets_the_nearest(space: Workspace, typed: str, meant: str) -> None:
    with pytest.raises(PlanError, match=f"Không có mã lỗi “{typed}”. Có phải là {meant} "):
        replay_rule(space, typed)


def test_the_command(year: Workspace) -> None:
    def run(*words: str) -> Result:
        return CliRunner().invoke(dvk, ["-w", str(year.root), "rules", *words, "--as-of", DAY.isoformat()])

    done = run("--thu", "K6", "--tu-ky", "2023-Q3")
    assert done.exit_code == 0
    assert done.output.splitlines()[:2] == [
        "K06. Phần lớn hơn tổng; năm ý kiến không bằng số phiếu",
        "Sẽ báo 0 chỗ ở 02 quý đang giữ.",
    ]
    alone = run("--tu-ky", "2023-Q3")
    assert alone.exit_code == 2
    assert "--tu-ky chỉ đi với --thu" in alone.output
