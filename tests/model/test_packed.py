"""A packed row says of every cell what the row said, and takes a fraction of the room."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports.model.packed import PackedValues, packed
from dvk_reports.model.values import Cell, Row, Typed, Value


def cell(text: str, typed: Typed | None, row: int, col: int, file: str = "a.xlsx") -> Value:
    return Value(text, typed, Cell(file, "Biểu 2", row, col))


TABLE = Row(
    "B2",
    7,
    {
        "ma": cell("MH-01", "MH-01", 7, 2),
        "ten": cell(" Tên  dài ", "Tên dài", 7, 3),
        "so": cell("1,50", Decimal("1.50"), 7, 4),
        "so_khac": cell("1,5", Decimal("1.5"), 7, 5),
        "ngay": cell("05/09/2023", date(2023, 9, 5), 7, 6),
        "co": cell("x", True, 7, 7),
        "mot": cell("1", Decimal(1), 7, 8),
        "trong": cell("", None, 7, 9),
        "khong_hieu": cell("khoảng 50", None, 7, 20),
    },
)
LINES = Row("B1", 0, {"a": cell("5", Decimal(5), 5, 3), "b": cell("", None, 6, 3), "c": cell("x", "x", 9, 4)})


@pytest.mark.parametrize("row", [TABLE, LINES, Row("B2", 3, {})])
def test_every_value_is_the_same(row: Row) -> None:
    found = packed(row)
    again = pickle.loads(pickle.dumps(found))
    for each in (found, again):
        assert (each.sheet, each.number) == (row.sheet, row.number)
        assert list(each.values) == list(row.values)
        assert each == row
        assert {**each.values} == row.values
        for key, value in row.values.items():
            assert repr(each.values[key]) == repr(value) == repr(each.values.get(key))
            assert repr(each.typed(key)) == repr(row.typed(key))
            assert each.at(key) == row.at(key)
        assert "không có" not in each.values
        assert each.values.get("không có") is None
        assert each.typed("không có") is None
        with pytest.raises(KeyError):
            each.values["không có"]


def test_numbers_that_are_equal_keep_their_own_digits() -> None:
    assert [str(packed(TABLE).number_of(key)) for key in ("so", "so_khac", "mot")] == ["1.50", "1.5", "1"]
    assert packed(TABLE).typed("co") is True


def test_a_row_of_several_sheets_stays_as_it_is() -> None:
    row = Row("B2", 7, {**TABLE.values, "khac": cell("y", "y", 7, 3, file="b.xlsx")})
    assert packed(row) is row
    assert packed(packed(TABLE)).values == TABLE.values


def test_rows_that_are_filled_alike_share_what_they_have_in_common() -> None:
    other = Row(
        "B2", 8, {key: Value(v.text, v.typed, Cell("b.xlsx", "B2", 8, v.at.col)) for key, v in TABLE.values.items()}
    )
    one, two = (packed(row).values for row in (TABLE, other))
    assert isinstance(one, PackedValues) and isinstance(two, PackedValues)
    assert one._shape is two._shape
    many = [Row("B2", n, {key: Value(v.text, v.typed, Cell("a", "B2", n, v.at.col)) for key, v in TABLE.values.items()})
            for n in range(50)]  # fmt: skip
    assert 2 * len(pickle.dumps(list(map(packed, many)))) < len(pickle.dumps(many))
