"""How a form was used: small returns of a quarter and what was found in them go in, what the screen says comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports.cli import dvk
from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Cell
from dvk_reports.plan.office import Office
from dvk_reports.run.form_review import FormReview, review_forms, review_of
from dvk_reports.sheets.form_review import KEYS, ColumnUse
from tests.support.build import PLAN, b2, b10, form, office, quarter, unit, used
from tests.support.small_space import made

XA, XB, CQ = unit("DB-XA-1"), unit("DB-XA-2"), unit("CQ-1", "DB_CQ")


def found(code: Message, who: str, sheet: str, key: str, cell: str) -> Finding:
    """A finding as it stands in ``Lỗi``."""
    at = Cell("a.xlsx", sheet, int(cell[1:]), ord(cell[0]) - 64)
    slots = {name for _, name, *_ in Formatter().parse(code.text + code.remedy) if name} - {"ghi"}
    return say(code, Location(who, at, sheet=sheet, raw="x", key=key), **dict.fromkeys(slots, "x"))


def review(findings: Sequence[Finding] = ()) -> FormReview:
    returns = [
        used(form(XA, "2023-Q3", {"B2": b2("| ten |\n| Một |"), "B10": b10("| thuc_hien |\n| 5 |")})),
        used(form(XB, "2023-Q3", {"B2": b2("| ten | ghi_chu |\n| Hai | x |\n| Ba | y |")})),
        used(form(CQ, "2023-Q3")),
    ]
    past = PastQuarter(quarter("2023-Q3"), {item.unit: item for item in returns}, {}, tuple(findings))
    return review_of(Office(PLAN, office(XA, XB, CQ), date(2023, 10, 12)), past)


def use(seen: FormReview, sheet: str, key: str = "") -> ColumnUse:
    return next(item for item in seen.columns if (item.sheet, item.key) == (sheet, key))


def test_units_are_counted_not_rows_and_only_those_that_were_given_the_sheet() -> None:
    seen = review()
    assert seen.returns == 3
    assert [(use(seen, "B2", key).filled, use(seen, "B2", key).asked) for key in ("", "ten", "ghi_chu", "ma_thon")] == [
        (2, 3), (2, 3), (1, 3), (2, 3),
    ]  # fmt: skip
    assert (use(seen, "B4b").filled, use(seen, "B4b").asked) == (0, 2)
    assert (use(seen, "B10", "thuc_hien").filled, use(seen, "B10").filled) == (1, 1)


def test_values_that_were_stopped_are_counted_by_column_with_their_most_frequent_fault() -> None:
    days = [found(Msg.DATE_OUTSIDE, who, "B2", "ngay_dk", cell) for who, cell in (("DB-XA-1", "H8"), ("DB-XA-2", "H8"))]
    seen = review(
        [*days, found(Msg.BLANK, "DB-XA-2", "B2", "ngay_dk", "H9"), replace(days[0], cell="H20", held_out=True)]
    )
    got = use(seen, "B2", "ngay_dk")
    name = PLAN.checks.ten_ma[days[0].code]
    assert (got.stopped, got.stopped_units, got.fault) == (3, 2, f"{days[0].code} - {name}")
    assert any(
        line.startswith("Hay ghi sai: B2 “Ngày đăng ký”: 3 giá trị bị dừng ở 2 đơn vị") for line in seen.lines
    ), seen.lines


def test_lists_pasted_over_and_captions_changed_are_counted_by_unit() -> None:
    lost = [found(Msg.LIST_LOST, who, "B2", "loai", "D8") for who in ("DB-XA-1", "DB-XA-2", "DB-XA-2")]
    seen = review([*lost, found(Msg.HEADING_CHANGED, "DB-XA-1", "B10", "nguon", "C6")])
    assert (use(seen, "B2", "loai").without_list, use(seen, "B10", "nguon").retitled) == (2, 1)
    assert use(seen, "B2", "loai").stopped == 0
    assert seen.lines[-2:] == (
        "Mất danh sách để chọn: B2 “Loại mô hình” (2 đơn vị).",
        "Sửa tiêu đề: B10 “Nguồn” (1 đơn vị).",
    )


def test_what_nobody_filled_in_is_said_without_the_cover() -> None:
    lines = review().lines
    assert lines[0] == "Xem lại biểu mẫu quý III năm 2023: 03 báo cáo được dùng."
    assert lines[1].startswith("Biểu không đơn vị nào ghi: B3 (0/3 đơn vị); B3b (0/3 đơn vị); B4 (0/2 đơn vị);")
    assert lines[2].startswith("Cột không đơn vị nào ghi, trong các đơn vị có ghi biểu: ")
    assert "BIA" not in lines[2]


def test_the_whole_is_a_sheet_and_no_other_file_is_lost(tmp_path: Path) -> None:
    seen = review()
    for _ in range(2):
        seen.save(tmp_path / "xem-lai.xlsx")
    rows = [
        row[: len(KEYS)] for row in openpyxl.load_workbook(tmp_path / "xem-lai.xlsx").active.iter_rows(values_only=True)
    ]
    assert rows[0] == KEYS and len(rows) == 4 + len(seen.columns)
    assert rows[4][:6] == ("BIA", None, PLAN.sheets["BIA"].ten, None, 3, 3)
    (tmp_path / "khac.xlsx").write_bytes(b"x")
    for name in ("khac.xlsx", "xem-lai.txt"):
        with pytest.raises(WorkspaceError):
            seen.save(tmp_path / name)
    assert (tmp_path / "khac.xlsx").read_bytes() == b"x"


def test_without_a_consolidated_quarter_it_says_so(tmp_path: Path) -> None:
    space = made(tmp_path / "ws")
    for period, said in (
        (None, "Chưa có quý nào.* một quý$"),
        ("2023-Q3", "Kỳ 2023-Q3 chưa.*: dvk consolidate 2023-Q3$"),
    ):
        with pytest.raises(WorkspaceError, match=said):
            review_forms(space.root, period, as_of=date(2023, 10, 12))


def test_no_single_unit_is_looked_back_at(tmp_path: Path) -> None:
    done = CliRunner().invoke(dvk, ["forms", "--xem-lai", "2023-Q3", "--unit", "CB-A", "-w", str(tmp_path)])
    assert done.exit_code == 2 and "không dùng cùng --unit" in done.output
