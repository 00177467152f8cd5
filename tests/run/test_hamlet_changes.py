"""Thôn changes of B4b against the register: what is asked of the clerk, and what already stands there."""

from __future__ import annotations

from datetime import date

from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Hamlet, Register
from dvk_reports.run.steps.hamlet_changes import hamlet_changes
from tests.support.build import PLAN, form, office, table, unit, used

XA = unit("DB-XA-1")
THON = """
| ma  | ten         | den        |
| T-1-01 | Thôn Thượng |            |
| T-1-02 | Thôn Hạ     |            |
| T-1-03 | Thôn Cũ     | 2023-06-30 |
"""
HEAD = "| loai_thay_doi | ma_thon_cu | ten_thon_moi | so_qd | ngay_qd | ngay_hieu_luc |"


def register(text: str) -> Register:
    hamlets = [
        Hamlet(
            row["ma"],
            row["ten"],
            "Thôn",
            XA.code,
            None,
            date.fromisoformat(row["den"]) if row["den"] else None,
            Cell("danh-muc.xlsx", "Thôn", number, 1),
        )
        for number, row in enumerate(table(text), 2)
    ]
    return Register(units=office(XA).units, hamlets=tuple(hamlets))


def told(line: str, thon: str = THON) -> tuple[str, tuple[str, ...]]:
    item = form(XA, "2023-Q3", {"B4b": f"{HEAD}\n{line}"})
    (change,) = hamlet_changes(
        Office(PLAN, register(thon), date(2023, 10, 12)), Quarter.parse(item.period), [used(item)]
    )
    assert change.at.sheet == "B4b"
    return change.state, change.steps


def test_a_new_thon_gets_the_next_code_of_the_unit() -> None:
    assert told("| Thành lập |  | Thôn Mới | 25/NQ-HĐND | 20/06/2023 | 01/07/2023 |") == (
        "Chờ ghi vào danh mục",
        (
            "Trang Thôn, thêm dòng: Mã T-1-04; Tên Thôn Mới; Loại Thôn; Mã đơn vị DB-XA-1; "
            "Hiệu lực từ 01/07/2023; Ghi chú 25/NQ-HĐND ngày 20/06/2023.",
        ),
    )


def test_two_thon_become_one() -> None:
    state, steps = told("| Sáp nhập | T-1-01; T-1-02 | Thôn Liên | 25/NQ-HĐND | 20/06/2023 | 01/07/2023 |")
    assert state == "Chờ ghi vào danh mục"
    assert [step.partition(":")[0] for step in steps] == [
        "Trang Thôn, dòng 2 (T-1-01, Thôn Thượng)",
        "Trang Thôn, dòng 3 (T-1-02, Thôn Hạ)",
        "Trang Thôn, thêm dòng",
    ]
    assert steps[0].endswith("ghi Hiệu lực đến 30/06/2023.")


def test_what_the_register_shows_is_done() -> None:
    after = THON + "| T-1-04 | Thôn Mới | |"
    line = "| Sáp nhập | T-1-03 | Thôn Mới | 25/NQ-HĐND | 20/06/2023 | 01/07/2023 |"
    assert told(line, after) == ("Đã có trong danh mục", ())
    assert told(line)[0] == "Chờ ghi vào danh mục"


def test_a_new_name_keeps_the_code() -> None:
    assert told("| Đổi tên | T-1-02 | Thôn Hạ Long | 25/NQ-HĐND | 20/06/2023 |  |")[1] == (
        "Trang Thôn, dòng 3 (T-1-02): sửa Tên “Thôn Hạ” thành “Thôn Hạ Long”.",
    )


def test_a_thon_that_ends_and_one_that_nobody_knows() -> None:
    assert told("| Giải thể | Thôn Hạ |  | 25/NQ-HĐND | 20/06/2023 | 01/07/2023 |")[1] == (
        "Trang Thôn, dòng 3 (T-1-02, Thôn Hạ): ghi Hiệu lực đến 30/06/2023.",
    )
    assert told("| Giải thể | T-9-99 |  | 25/NQ-HĐND | 20/06/2023 | 01/07/2023 |")[0] == "Chưa đủ căn cứ"
    assert told("| Thành lập |  | Thôn Mới | 25/NQ-HĐND |  |  |")[0] == "Chưa đủ căn cứ"
