"""What moved since the last run: every unit, figure and finding, none of them “and others”."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dvk_reports.cli.shown import result_lines
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import MET, NOT_MET
from dvk_reports.model.findings import Level
from dvk_reports.model.returns import UnitState
from dvk_reports.run.steps.changes import Changes, changes
from dvk_reports.run.steps.write import Result
from tests.sheets.test_consolidated import DATA, made
from tests.support.build import PLAN

COPIES = 60


@pytest.fixture
def before(tmp_path: Path) -> Path:
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(made(MANY))
    return path


ONE = DATA.figures[0]
MANY = replace(
    DATA,
    figures=(*DATA.figures, *(replace(ONE, code="NV3.3", group=f"Nhóm {n}", sources=()) for n in range(COPIES))),
    findings=tuple(replace(DATA.findings[-1], cell=f"P{n}") for n in range(COPIES)),
)


def test_nothing_moved(before: Path) -> None:
    assert changes(before, MANY) == Changes(("Không có gì thay đổi so với lần tổng hợp trước.",))


def test_a_ratio_that_a_workbook_cannot_keep_whole_has_not_moved(tmp_path: Path) -> None:
    data = replace(DATA, figures=tuple(replace(item, value=Decimal(238) / Decimal(309)) for item in DATA.figures))
    path = tmp_path / "tong-hop.xlsx"
    path.write_bytes(made(data))
    assert changes(path, data) == Changes(("Không có gì thay đổi so với lần tổng hợp trước.",))


def test_no_earlier_run(tmp_path: Path) -> None:
    assert changes(tmp_path / "tong-hop.xlsx", MANY) == Changes()


def test_every_line_stands_in_the_file(before: Path) -> None:
    figures = tuple(replace(item, value=Decimal("0.5")) for item in MANY.figures)
    found = changes(before, replace(MANY, figures=figures, findings=()))
    assert f"{COPIES + 2} số liệu theo phân tổ thay đổi." in found.main
    assert f"{COPIES} lỗi đã hết (Đảng bộ xã Tân Tiến)." in found.main
    text = found.text("2023-Q3")
    for number in range(COPIES):
        assert f"NV3.3 {ONE.name}, Nhóm {number}: từ 100% thành 50,0%." in text
        assert f"Đã hết: K04 Đảng bộ xã Tân Tiến, B2 P{number}: {DATA.findings[-1].text}" in text
    for figure in DATA.figures:
        assert f"{figure.code} {figure.name}" in text
    assert "khác" not in text.replace("tệp khác", "") and "…" not in text


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            replace(MANY, figures=(replace(ONE, value=Decimal("0.5"), verdict=NOT_MET), *MANY.figures[1:])),
            f"MT1.1 {ONE.name}: từ 100% thành 50,0%; kết luận từ “Chưa đủ cơ sở kết luận” thành “Không đạt”.",
        ),
        (
            replace(MANY, figures=(replace(ONE, verdict=MET), *MANY.figures[1:])),
            f"MT1.1 {ONE.name}: kết luận từ “Chưa đủ cơ sở kết luận” thành “Đạt”.",
        ),
        (
            replace(MANY, findings=(*MANY.findings, replace(DATA.findings[-1], level=Level.WARNING, cell="Q7"))),
            "01 lỗi mới (Đảng bộ xã Tân Tiến).",
        ),
        (
            replace(MANY, submissions=(replace(DATA.submissions[0], state=UnitState.REFUSED), *DATA.submissions[1:])),
            f"01 đơn vị từ “{DATA.submissions[0].state}” thành “Trả lại”: {DATA.submissions[0].name}.",
        ),
        (
            replace(MANY, submissions=DATA.submissions[1:]),
            f"01 đơn vị từ “{DATA.submissions[0].state}” thành “không còn phải báo cáo”: {DATA.submissions[0].name}.",
        ),
        (
            replace(MANY, files=(replace(MANY.files[0], sha256="9" * 64), *MANY.files[1:])),
            "01 đơn vị có tệp khác lần trước: Đảng bộ xã Tân Tiến (xa/tan tien.xlsx).",
        ),
    ],
)
def test_each_kind_of_change(before: Path, now: Consolidation, told: str) -> None:
    assert changes(before, now).main == (told,)


def test_the_screen_says_where_the_rest_is(tmp_path: Path) -> None:
    result = Result(DATA, tmp_path, (), (), changed=tuple(f"thay đổi {n}" for n in range(20)), plan=PLAN)
    shown = list(result_lines(result))
    assert "So với lần tổng hợp trước (từng chỗ: xem thay-doi.txt):" in shown
    assert "  … và 5 thay đổi khác: xem thay-doi.txt." in shown
