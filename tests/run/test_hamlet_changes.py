"""Thôn changes of B4b against the register: what is asked of the clerk, and what already stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from dvk_reports.model.consolidation import HamletChange
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Cell
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Hamlet, Register
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.run.steps.hamlet_changes import hamlet_changes
from tests.checks.registers import XA as XA_LINE
from tests.checks.registers import register as written
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


ROWS = (
    ("T-1-01", "Thôn Già Hạ"),
    ("T-1-02", "Thôn Già Thượng"),
    ("T-1-03", "Thôn Cũ"),
    ("T-1-04", "Bản Lằng"),
)
FROM = "25/NQ-HĐND | 20/06/2023 | 01/07/2023 |"


def _pasted(rows: list[dict[str, object]], steps: Iterable[str]) -> None:
    """Do to the rows of sheet ``Thôn``, the first of which is row 3, what the lines say, as a clerk would."""
    captions = {column.caption: column.key for column in SHEETS["Thôn"]}
    captions |= {"Mã": "ma_thon", "Loại": "loai"}
    for step in steps:
        if added := re.fullmatch(r"Trang Thôn, thêm dòng: (.*)\.", step):
            cells = [part.strip() for part in added[1].split(";")]
            named = [(next(name for name in captions if cell.startswith(f"{name} ")), cell) for cell in cells]
            rows.append({captions[name]: cell.removeprefix(name).strip() for name, cell in named})
        elif renamed := re.fullmatch(r"Trang Thôn, dòng (\d+) .*: sửa Tên “(.*)” thành “(.*)”\.", step):
            assert rows[int(renamed[1]) - 3]["ten"] == renamed[2]
            rows[int(renamed[1]) - 3]["ten"] = renamed[3]
        else:
            found = re.fullmatch(r"Trang Thôn, dòng (\d+) .*: ghi (Hiệu lực đến|Hiệu lực từ) (\S+)\.", step)
            assert found is not None, step
            rows[int(found[1]) - 3][captions[found[2]]] = found[3]


@pytest.mark.parametrize(
    "lines",
    [
        # one new thôn told by two rows; by one row; told twice
        [f"| Sáp nhập | T-1-01 | | Thôn Già | {FROM}", f"| Sáp nhập | T-1-02 | | Thôn Già | {FROM}"],
        [f"| Sáp nhập | T-1-01; T-1-02 | | Thôn Già | {FROM}"],
        [f"| Sáp nhập | T-1-01; T-1-02 | | Thôn Già | {FROM}"] * 2,
        # a name goes on
        [f"| Sáp nhập | T-1-01; T-1-02 | | Thôn Già Hạ | {FROM}"],
        [f"| Sáp nhập | T-1-01 | | thôn già hạ | {FROM}", f"| Sáp nhập | T-1-02 | | Thôn Già Hạ | {FROM}"],
        [f"| Chia tách | T-1-03 | | Thôn Cũ; Thôn Mới; thôn mới | {FROM}"],
        [f"| Chia tách | T-1-03 | | Thôn Cũ 1; Thôn Cũ 2 | {FROM}", f"| Thành lập | | | Thôn Xa | {FROM}"],
        [f"| Thành lập | | | Tổ dân phố số 1 | {FROM}", f"| Thành lập | | | Tổ dân phố số 1 | {FROM}"],
        [f"| Đổi tên | T-1-04 | | Bản Lằng Mới | {FROM}"],
        [f"| Đổi tên | | Bản Lằng | Bản Lằng Mới | {FROM}"],
        [f"| Đổi tên | | thôn bản lằng; Thôn Cũ | Bản A; Bản B | {FROM}"],
        [f"| Giải thể | | Thôn Cũ | | {FROM}"],
    ],
)
def test_the_register_is_right_when_every_line_is_followed(tmp_path: Path, lines: list[str]) -> None:
    rows: list[dict[str, object]] = [
        {"ma_thon": code, "ten": name, "loai": "Thôn", "ma_don_vi": XA.code} for code, name in ROWS
    ]
    item = form(XA, "2023-Q3", {"B4b": "\n".join([WHOLE, *lines])})

    def changes() -> list[HamletChange]:
        found = written(tmp_path, {"Đơn vị": [{**XA_LINE, "ma_don_vi": XA.code}], "Thôn": rows})
        assert found.findings == ()
        return list(hamlet_changes(Office(PLAN, found, date(2023, 10, 12)), Quarter.parse(item.period), [used(item)]))

    before = changes()
    assert {change.state for change in before} <= {"Chờ ghi vào danh mục", "Đã có trong danh mục"}
    _pasted(rows, (step for change in before for step in change.steps))
    after = changes()
    assert [(change.state, change.steps) for change in after] == [("Đã có trong danh mục", ())] * len(lines)


WHOLE = "| loai_thay_doi | ma_thon_cu | ten_thon_cu | ten_thon_moi | so_qd | ngay_qd | ngay_hieu_luc |"


@pytest.mark.parametrize(
    "lines",
    [
        [f"| Sáp nhập | T-1-01; T-9-99 | | Thôn Già | {FROM}"],
        [f"| Đổi tên | T-1-04 | | Thôn Cũ | {FROM}"],
        [f"| Đổi tên | T-1-04; T-1-03 | | Bản A | {FROM}"],
        [f"| Giải thể | T-1-03 | | | {FROM}", "| Giải thể | T-1-03 | | | 25/NQ-HĐND | 20/06/2023 | 15/07/2023 |"],
    ],
)
def test_what_cannot_stand_in_the_register_is_asked_of_the_unit(lines: list[str]) -> None:
    thon = "| ma | ten | den |\n" + "\n".join(f"| {code} | {name} | |" for code, name in ROWS)
    item = form(XA, "2023-Q3", {"B4b": "\n".join([WHOLE, *lines])})
    found = hamlet_changes(Office(PLAN, register(thon), date(2023, 10, 12)), Quarter.parse(item.period), [used(item)])
    assert found[-1].state == "Chưa đủ căn cứ"


def test_a_thon_that_the_register_begins_later_gets_its_day(tmp_path: Path) -> None:
    later = {"ma_thon": "T-1-09", "ten": "Thôn Xa", "loai": "Thôn", "ma_don_vi": XA.code, "tu_ngay": "01/9/2023"}
    found = written(tmp_path, {"Đơn vị": [{**XA_LINE, "ma_don_vi": XA.code}], "Thôn": [later]})
    item = form(XA, "2023-Q3", {"B4b": f"{WHOLE}\n| Thành lập | | | Thôn Xa | {FROM}"})
    (change,) = hamlet_changes(Office(PLAN, found, date(2023, 10, 12)), Quarter.parse(item.period), [used(item)])
    assert change.steps == ("Trang Thôn, dòng 3 (T-1-09, Thôn Xa): ghi Hiệu lực từ 01/07/2023.",)
