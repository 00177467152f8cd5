"""A packed row says of every cell what the row said, and takes a fraction of the room."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dvk_reports.model import spool
from dvk_reports.model.packed import PackedValues, Picked, RowsOf, packed, packed_sheets
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.spool import Spooled
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
            assert each.blank(key) is row.blank(key) is (value.text == "")
            assert each.unclear(key) is row.unclear(key) is (value.text != "" and value.typed is None)
        for word in ("Tên dài", "khoảng 50", "x", "Tên"):
            assert each.holds([word, "-"]) is row.holds([word, "-"]) is (word in [v.typed for v in row.values.values()])
            in_text = [v.typed for v in row.values.values() if isinstance(v.typed, str) and word in v.typed]
            assert each.has_in_text(word) is row.has_in_text(word) is bool(in_text)
        assert not each.blank("không có") and not each.unclear("không có")
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


SHEETS = {
    "B1": FormSheet("B1", "Biểu 1", "2022.1", (LINES,), {"a": 5, "b": 6, "c": 9}),
    "B2": FormSheet("B2", "Biểu 2", "2022.1", (TABLE, replace(TABLE, number=8)), {"ma": 2, "ten": 3}),
    "B3": FormSheet("B3", "Biểu 3", "", (), {}, {"x": cell("", None, 3, 4)}),
    "B4": FormSheet("B4", "B4", "", (Row("B4", 3, {}), Row("B4", 4, {"m": cell("1", Decimal(1), 4, 1, "b.xlsx"),
                                                                     "n": cell("2", Decimal(2), 4, 2)})), {"m": 1}),
}  # fmt: skip


def test_the_sheets_of_a_return_are_the_same_in_memory_on_the_disk_and_in_another_process() -> None:
    here = packed_sheets(SHEETS)
    for sheets in (
        here,
        here.put_aside(),
        pickle.loads(pickle.dumps(here)),
        pickle.loads(pickle.dumps(here.put_aside())),
    ):
        assert list(sheets) == list(SHEETS)
        assert sheets == SHEETS
        assert repr(sheets["B2"].rows[0].typed("so")) == "Decimal('1.50')"
        assert "B9" not in sheets
        with pytest.raises(KeyError):
            sheets["B9"]
        assert RowsOf(sheets) == {key: sheet.rows for key, sheet in SHEETS.items()}


def test_the_sheets_of_many_returns_take_no_room_in_memory_and_none_is_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spool, "_KEPT", 20)
    held = []
    for number in range(400):
        rows = tuple(replace(TABLE, number=number * 100 + line) for line in range(10))
        held.append(packed_sheets({"B2": replace(SHEETS["B2"], rows=rows), "B1": SHEETS["B1"]}).put_aside())
    assert all(isinstance(item._held, Spooled) for item in held)
    for _ in range(2):
        for number, item in enumerate(held):
            assert [row.number for row in item["B2"].rows] == [number * 100 + line for line in range(10)]
            assert item["B1"] == SHEETS["B1"]
    recent = held[0]._held.spool.recent  # type: ignore[union-attr]
    assert sum(weight for _, weight in recent._held.values()) == recent._weight <= 20


def test_where_the_disk_is_full_rows_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    monkeypatch.setattr(spool, "_common", {})
    assert packed_sheets(SHEETS).put_aside() == SHEETS


@pytest.mark.parametrize("keys", [("so", "ma", "trong", "không có", "co", "so"), ("ngay",), ("trong",), ()])
def test_what_the_cells_of_some_keys_hold(keys: tuple[str, ...]) -> None:
    understood = Row("B2", 7, {key: value for key, value in TABLE.values.items() if key != "khong_hieu"})
    fewer = Row("B2", 8, {**understood.values, "ma": cell("", None, 7, 2)})
    picked = Picked(keys)
    for row in (understood, fewer, understood, LINES):
        assert repr(picked.of(packed(row))) == repr(tuple(row.typed(key) for key in keys))
    assert picked.of(packed(TABLE)) is None  # of a text that was not understood the text itself must be asked for
    assert picked.of(understood) is None
