"""On the screen the same mistake in forty cells is one message; blockers stand first."""

from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Level
from dvk_reports.model.values import Cell
from dvk_reports.run.plans import load_plan
from dvk_reports.run.steps.grouped import message_lines

PLAN = load_plan()


def blank(unit, sheet, cell):
    return say(
        Msg.BLANK,
        Location(unit, Cell("a.xlsx", sheet, int(cell[1:]), 3), sheet=sheet),
        ten="Tổng số",
        nhan_khong="Không",
    )


def test_one_cell_is_told_with_what_to_do():
    (line,) = message_lines(PLAN, [blank("CB-A", "B1", "C8")])
    assert line.startswith("Chặn K02 · CB-A B1 C8: Ô “Tổng số” bắt buộc nhưng để trống.") and line.endswith(".")


def test_many_cells_are_one_message_with_its_cells():
    found = [blank("CB-A", "B1", "C8"), blank("CB-A", "B1", "C9"), blank("CB-B", "B1", "C8")]
    (line,) = message_lines(PLAN, found)
    assert line.startswith("Chặn K02 · 3 chỗ: ") and line.endswith("CB-A (B1 C8, C9); CB-B (B1 C8).")


def test_blockers_first_and_answered_warnings_rest():
    from dataclasses import replace

    warning = say(Msg.REPEATED, Location("CB-A", Cell("a.xlsx", "B6", 9, 2), sheet="B6"), dong=8)
    lines = message_lines(
        PLAN, [warning, replace(warning, cell="B12", answer="Hai bài khác nhau"), blank("CB-A", "B1", "C8")]
    )
    assert [line.split(" · ")[0] for line in lines[:2]] == ["Chặn K02", "Cảnh báo K24"]
    assert lines[2:] == ("1 cảnh báo đã có giải trình (xem trang Lỗi).",)


def test_a_file_without_a_unit_is_named():
    found = [say(Msg.UNREADABLE_FILE, Location(file=name), noi="tệp hỏng") for name in ("x.xlsx", "y.xlsx")]
    (line,) = message_lines(PLAN, found)
    assert found[0].level is Level.BLOCK and line.endswith("x.xlsx; y.xlsx.")
