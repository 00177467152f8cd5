"""Struck text, broken looks and numbers that are none in one return: they stop its own value, and no other unit's."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dvk_reports import consolidate
from tests.support.offices import edited, with_xml
from tests.support.small_space import DAY, KY, put, sent, states

COST = {"noi_dung": "Hội nghị", "nguon": "NSNN cấp xã", "thuc_hien": Decimal(10)}
FIRST = 8
SPENT = f"E{FIRST}"
"""What the first line of the sheet of costs has spent."""


def strike(columns):
    def edit(book):
        for column in columns:
            book["B10"][f"{column}{FIRST}"].font = Font(strike=True)

    return lambda data: edited(data, edit)


def written(value):
    return lambda data: edited(data, lambda book: setattr(book["B10"][SPENT], "value", value))


def as_xml(cell):
    return lambda data: with_xml(data, "B10", SPENT, cell)


def error_behind_broken_looks(data):
    data, out = written("#DIV/0!")(data), BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"<fill>", b"<fill/><fill>", 1) if "styles" in name else content)
    return out.getvalue()


CASES = [
    (lambda data: data, Decimal(30), 3, []),
    (strike("BCDE"), Decimal(20), 2, ["K29 Cảnh báo B8"]),
    (strike("E"), Decimal(20), 2, ["K29 Chặn E8"]),
    (written(CellRichText(TextBlock(InlineFont(strike=True), "12"), "15")), Decimal(35), 3, ["K29 Cảnh báo E8"]),
    (error_behind_broken_looks, Decimal(20), 2, ["K04 Chặn E8"]),
    (as_xml("><v>1E+400</v>"), Decimal(20), 2, ["K04 Chặn E8"]),
    (as_xml("><v>NaN</v>"), Decimal(20), 2, ["K04 Chặn E8"]),
    (as_xml('t="s"><v>99999</v>'), Decimal(20), 2, ["K04 Chặn E8"]),
    (as_xml("><f>[1]B10!E8</f><v>10</v>"), Decimal(30), 3, ["T13 Ghi chú E8"]),
]


@pytest.mark.parametrize(("spoil", "spent", "counted", "told"), CASES)
def test_one_cell_of_one_unit(space, spoil, spent, counted, told):
    before = {f"CB-{name}": sent(space, f"CB-{name}", rows={"B10": [COST]}) for name in "ABC"}
    for code, data in before.items():
        put(space, f"{code}.xlsx", spoil(data) if code == "CB-A" else data)
    result = consolidate(space, KY, as_of=DAY)
    assert set(states(result).values()) == {"Dùng"}
    figure = next(item for item in result.data.figures if item.code == "KP.1" and not item.group)
    assert (figure.value, figure.reported, figure.owed) == (spent, counted, 3)
    found = [item for item in result.data.findings if item.sheet == "B10"]
    assert [f"{item.code} {item.level.value} {item.cell}" for item in found] == told
    assert {item.unit for item in found} <= {"CB-A"}
