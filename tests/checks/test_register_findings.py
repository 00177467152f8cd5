"""What reading ``danh-muc.xlsx`` finds wrong: a small register goes in, the whole list of findings comes out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from dvk_reports.model.findings import Finding
from dvk_reports.plan.register.register import Register
from tests.checks.registers import DUE, THON, WAIVER, XA, Rows, register
from tests.support.build import PLAN, quarter


def lines(findings: Iterable[Finding]) -> list[str]:
    return [f"{f.code} {f.rule} {f.level} {f.sheet} {f.cell}".strip() for f in findings]


def told(found: Register) -> list[str]:
    return lines(found.findings)


CASES: list[tuple[Rows, str]] = [
    ({"Đơn vị": [XA, {**XA, "ma_don_vi": "DB-XA-2", "ten": None}]}, "D02 REG_BLANK Chặn Đơn vị C4"),
    ({"Hạn nộp": [{**DUE, "ngay_khoa_so": "giữa tháng 10"}]}, "D03 REG_VALUE Chặn Hạn nộp C3"),
    ({"Hạn nộp": [DUE, {"ky": "quý 4", "han_nop": "05/01/2024"}]}, "D03 REG_VALUE Chặn Hạn nộp A4"),
    ({"Đơn vị": [XA, {**XA, "ma_don_vi": "DB-XA-2", "loai": "XA"}]}, "D03 REG_LIST Chặn Đơn vị E4"),
    ({"Đơn vị": [XA, XA]}, "D04 REG_TWICE Chặn Đơn vị A4"),
    ({"Thôn": [THON, {**THON, "ma_thon": "T2", "ma_don_vi": "DB-XA-11"}]}, "D05 REG_UNKNOWN Chặn Thôn D4"),
    ({"Đơn vị": [{**XA, "tu_ngay": "01/7/2023", "den_ngay": "30/6/2023"}]}, "D06 REG_ORDER Chặn Đơn vị I3"),
    ({"Hạn nộp": [{**DUE, "tu_ngay": "16/9/2023", "den_ngay": "15/6/2023"}]}, "D06 REG_ORDER Chặn Hạn nộp E3"),
    (
        {"Chỉ số ngoài": [{"ma": "MT5.8", "nam": 2023, "gia_tri": 0.8311, "nguon": "Sở Nội vụ"}]},
        "D09 REG_INDEX Chặn Chỉ số ngoài C3",
    ),
    ({"Miễn trừ": [{**WAIVER, "ma_don_vi": "DB-XA-9"}]}, "D05 REG_UNKNOWN Chặn Miễn trừ B3"),
]


@pytest.mark.parametrize(("changed", "expected"), CASES, ids=lambda case: case if isinstance(case, str) else "")
def test_one_wrong_cell(tmp_path: Path, changed: Rows, expected: str) -> None:
    assert told(register(tmp_path, changed)) == [expected]


def test_nothing_wrong(tmp_path: Path) -> None:
    found = register(tmp_path, {"Miễn trừ": [WAIVER]})
    assert told(found) == []
    assert found.findings_for(PLAN, quarter("2023-Q3")) == ()


def test_a_sheet_or_a_column_that_is_missing(tmp_path: Path) -> None:
    assert told(register(tmp_path, without=("Người ký",))) == ["D01 REG_SHEET Cảnh báo Người ký"]
    lost = register(tmp_path, without=("Thôn.loai",))
    assert told(lost)[0] == "D01 REG_COLUMN Chặn Thôn"


def test_the_nearest_code_is_offered(tmp_path: Path) -> None:
    found = register(tmp_path, {"Thôn": [THON, {**THON, "ma_thon": "T2", "ma_don_vi": "DB-XA-11"}]})
    assert "Có phải là DB-XA-1?" in found.findings[0].text


def test_what_a_period_lacks(tmp_path: Path) -> None:
    found = register(tmp_path, {"Thôn": [{**THON, "den_ngay": "30/6/2023"}]})
    lacking = lines(found.findings_for(PLAN, quarter("2023-Q4")))
    assert lacking == ["D08 REG_NO_DEADLINE Cảnh báo Hạn nộp", "D07 REG_NO_HAMLET Chặn Đơn vị A3"]
    assert found.findings_for(PLAN, quarter("2023-Q2")) != ()


@pytest.mark.parametrize("code", ["K01", "K02", "K03", "K04", "K20"])
def test_a_mistake_that_cannot_be_waived(tmp_path: Path, code: str) -> None:
    found = register(tmp_path, {"Miễn trừ": [{**WAIVER, "ma_loi": code}, WAIVER]})
    assert told(found) == ["D10 REG_NEVER_WAIVED Cảnh báo Miễn trừ A3"]
    assert found.findings[0].raw == code
