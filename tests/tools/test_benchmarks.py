"""The programs that measure run, and their yardsticks do the work they are named for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from benchmarks import made, parts, ratios, yardsticks
from dvk_reports import consolidate


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("measured") / "ws"
    made.workspace(root, 6)
    return root


def models(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path)["B2"]
    return sorted({str(cell.value) for row in sheet for cell in row if str(cell.value).startswith("MH-DV-")})


def test_the_yardsticks_write_every_row_that_the_forms_hold(space: Path, tmp_path: Path) -> None:
    received = space / "nhan-ve" / made.QUARTER.key
    sent = sorted(f"MH-DV-{unit:05d}-{place:03d}" for unit in range(6) for place in range(1, 31))
    yardsticks.bare(received, tmp_path)
    assert models(tmp_path / "bare.xlsx") == sent
    yardsticks.colleague(received, tmp_path, "calamine")
    assert models(tmp_path / "colleague.xlsx") == sent


def test_two_of_three_forms_come_back_marked(space: Path) -> None:
    copies, make = parts.marked(space)
    assert len(copies) == 4
    assert len([name for name in make() if name.endswith(".xlsx")]) == 4  # type: ignore[attr-defined]


def test_a_stage_holds_its_quarters(tmp_path: Path) -> None:
    day = date(2023, 10, 12)
    parts.stage(tmp_path / "ws", 3, "2023-Q1..2023-Q3", day)
    result = consolidate(tmp_path / "ws", "2023-Q1..2023-Q3", as_of=day)
    assert [item.period for item in result.data.used] == ["2023-Q1"] * 3 + ["2023-Q2"] * 3 + ["2023-Q3"] * 3


@pytest.mark.parametrize(
    ("measured", "at_least", "far"),
    [(4.0, False, False), (7.9, False, False), (8.1, False, True), (2.1, True, False), (1.9, True, True)],
)
def test_only_a_ratio_at_twice_the_reach_is_far_off(measured: float, at_least: bool, far: bool) -> None:
    line = ratios.Line("", 4.0, ratios.Cost(measured, 1.0), "", "", at_least)
    assert line.far_off is far
