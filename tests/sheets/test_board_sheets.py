"""Sheets ``Kết quả theo đơn vị``, ``Tiến độ nhiệm vụ`` and ``B4`` of the consolidated workbook, cell by cell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
import pytest

from dvk_reports.figures.board import board
from dvk_reports.figures.compute import compute
from dvk_reports.figures.named.coverage import models_of_hamlets
from dvk_reports.figures.running import running_models
from dvk_reports.figures.task_progress import task_progress
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.model.values import Cell
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.entries import PlannedTask
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.build import PLAN, b1, b2, form, ledger, office, unit, used

DAY = date(2023, 10, 12)
XA, XB = unit("DB-XA-1", name="Đảng bộ xã Một"), unit("DB-XA-2", name="Đảng bộ xã Hai", order=1)
TASK = PlannedTask(
    *("III.1", 2023, "Tập huấn", "Ban A", "Ban B", None, date(2023, 9, 1), Decimal(20), Decimal("12.5")),
    *(None, None, "", Cell("danh-muc.xlsx", "Nhiệm vụ kế hoạch", 3, 1)),
)
REGISTER = replace(office(XA, XB, thon={"DB-XA-1": "T1 Bản Rịa; T2 Làng Hòa", "DB-XA-2": "U1 Bản Lúc"}), tasks=(TASK,))
SENT = form(
    XA,
    "2023-Q3",
    {
        "B1": b1(tong_so_chi_bo=4, so_chi_bo_da_trien_khai=3),
        "B2": b2(
            "| ma_mo_hinh | ma_thon | trang_thai |\n| MH-DB-XA-1-001 | T1 | Duy trì |\n| MH-DB-XA-1-002 | T1 | Dừng |"
        ),
        "B4": "| ma_thon | so_mo_hinh |\n| T1 | 7 |\n| Làng Hòa | |\n| Bản ở đâu | 3 |",
    },
)


def data(*returns: UsedReturn) -> Consolidation:
    source = ledger(REGISTER, "2023-Q3", returns, as_of=DAY)
    figures = compute(source)
    states = {item.unit: UnitState.ACCEPTED for item in returns}
    submissions = tuple(
        Submission(of.code, of.name, of.kind, states.get(of.code, UnitState.MISSING)) for of in (XA, XB)
    )
    return Consolidation(
        source.period,
        DAY,
        (),
        submissions,
        (),
        figures,
        returns,
        board=board(source, figures),
        tasks=task_progress(source),
        models_of_hamlets=models_of_hamlets(source),
        models=running_models(source),
    )


def lines(found: Consolidation, name: str, streamed: int = 300) -> list[dict[str, Any]]:
    target = io.BytesIO()
    write_consolidated(target, Office(PLAN, REGISTER, DAY), found, streamed=streamed)
    sheet = openpyxl.load_workbook(target)[name]
    keys = [cell.value for cell in sheet[1]]
    return [
        dict(zip(keys, (cell.value for cell in cells), strict=True))
        for cells in sheet.iter_rows(min_row=2)
        if cells[0].value is not None
    ]


@cache
def whole() -> Consolidation:
    return data(used(SENT))


@pytest.mark.parametrize("streamed", [1, 300])
def test_the_lines_of_who_has_met_what(streamed: int) -> None:
    keys = (
        "ma_don_vi",
        "ten_don_vi",
        "doi_tuong",
        "ten_doi_tuong",
        "ket_qua",
        "tu_so",
        "mau_so",
        "ly_do",
        "tep",
        "sheet",
    )
    found = [
        [line[key] for key in keys] for line in lines(whole(), "Kết quả theo đơn vị", streamed) if line["ma"] == "MT2.1"
    ]
    file = SENT.file
    assert found == [
        ["DB-XA-1", "Đảng bộ xã Một", "T1", "Bản Rịa", "Đạt", 1, 1, None, file, "B2"],
        ["DB-XA-1", "Đảng bộ xã Một", "T2", "Làng Hòa", "Không đạt", 0, 1, "chưa có mô hình", *found[1][-2:]],
        ["DB-XA-2", "Đảng bộ xã Hai", "U1", "Bản Lúc", "Chưa rõ", None, None, "chưa báo cáo", None, None],
    ]


def test_a_task_as_the_office_keeps_it_and_what_the_returns_say() -> None:
    (line,) = lines(whole(), "Tiến độ nhiệm vụ")
    told = line.pop("so_lieu")
    assert told.startswith("Số lớp bồi dưỡng, tập huấn: ")
    assert line | {"han": line["han"].date()} == {
        "ma_nv": "III.1",
        "nam": 2023,
        "noi_dung": "Tập huấn",
        "chu_tri": "Ban A",
        "phoi_hop": "Ban B",
        "han": date(2023, 9, 1),
        "trang_thai": "Chậm",
        "du_toan": 20,
        "thuc_hien": 12.5,
        "ghi_chu": "quá hạn, danh mục chưa ghi nhận hoàn thành",
    }


@pytest.mark.parametrize(
    ("stops", "counts"),
    [([], [1, 0, None]), ([Stop("B2", 7, "ma_thon")], [None] * 3), ([Stop("B4", 7, "so_mo_hinh")], [1, 0, None])],
)
def test_models_of_a_thon_are_those_of_B2_whatever_was_typed(stops: list[Stop], counts: list[int | None]) -> None:
    """A thôn that the register does not know, or a list that is not known: blank, never what was typed."""
    assert [line["so_mo_hinh"] for line in lines(data(used(SENT, stops)), "B4")] == counts
