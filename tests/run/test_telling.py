"""On the screen the same mistake in forty cells is one message; blockers stand first."""

import pytest

from dvk_reports.cli.base import fitted
from dvk_reports.messages.faults import FAULTS
from dvk_reports.messages.returns import CATALOGUE, Location, Msg, say
from dvk_reports.model.findings import Level
from dvk_reports.model.values import Cell
from dvk_reports.run.steps.grouped import message_lines
from dvk_reports.vietnamese.lists import Listed, cut


def blank(unit, sheet, cell):
    return say(
        Msg.BLANK,
        Location(unit, Cell("a.xlsx", sheet, int(cell[1:]), 3), sheet=sheet),
        ten="Tổng số",
        nhan_khong="Không",
    )


def test_one_cell_is_told_with_what_to_do():
    (line,) = message_lines([blank("CB-A", "B1", "C8")])
    assert line.startswith("Chặn K02 · CB-A, B1 C8: Ô “Tổng số” bắt buộc nhưng để trống.") and line.endswith(".")


def test_many_cells_are_one_message_with_its_cells():
    found = [blank("CB-A", "B1", "C8"), blank("CB-A", "B1", "C9"), blank("CB-B", "B1", "C8")]
    (line,) = message_lines(found)
    assert line == "Chặn K02 · Ô bắt buộc để trống: 3 chỗ ở 2 đơn vị: CB-A (B1 C8, C9); CB-B (B1 C8)"
    (line,) = message_lines(found, {"CB-A": "Chi bộ A"})
    assert line.endswith("Chi bộ A (B1 C8, C9); CB-B (B1 C8)")


def test_the_fault_is_stated_and_the_units_are_named():
    found = [say(Msg.SHEET_ABSENT, Location(unit), bieu="B7") for unit in ("CB-A", "CB-B")]
    assert message_lines(found) == ("Chặn T01 · Thiếu biểu đã giao: 2 đơn vị: CB-A; CB-B",)


def test_every_sentence_of_the_catalogue_has_a_fault():
    """A fault is a short phrase: no slot, no duty (“phải” of what should be done), no full stop."""
    assert set(FAULTS) == set(CATALOGUE)
    for name, fault in FAULTS.items():
        assert fault == fault.strip(" .") and "{" not in fault and len(fault) <= 70, name
        assert fault[0].isupper(), name


WIDTH = 60


@pytest.mark.parametrize("count", [1, 2, 3, 8, 60])
def test_a_list_is_cut_after_a_whole_name(count):
    names = [f"Đảng bộ xã {n}.{n:03}" for n in range(count)]
    line = Listed("Chưa nộp:", names)
    assert line == f"Chưa nộp: {'; '.join(names)}"
    shown = line.fitted(WIDTH)
    kept, _, rest = shown.partition(" … và ")
    if not rest:
        assert shown == line
        return
    assert len(shown) <= 2 * WIDTH
    left = kept.removeprefix("Chưa nộp: ").split("; ")
    assert left == names[: len(left)]
    assert rest == f"{count - len(left)} đơn vị khác"


def test_a_list_with_one_long_name_keeps_it():
    line = Listed("Chưa nộp:", ["A" * 200, "B"], end=".")
    assert line.fitted(WIDTH) == f"Chưa nộp: {'A' * 200} … và 1 đơn vị khác."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tệp có mật khẩu mở", "tệp có mật khẩu mở"),
        ("tệp có mật khẩu mở: đề nghị bỏ", "tệp có mật khẩu mở: đề …"),
        ("số tiền nộp là 1.234.567 đồng", "số tiền nộp là …"),
        ("x" * 40, "x" * 23 + " …"),
    ],
)
def test_a_reason_is_cut_between_words(text, said):
    assert cut(text, 25) == said


def test_a_sentence_goes_on_with_a_whole_word():
    line = "  Chặn K02 · CB-A, B1 C8: Ô “Tổng số chi bộ” bắt buộc nhưng để trống. Ghi số 1.234.567 vào ô này."
    shown = fitted(line, 40).split("\n")
    assert max(map(len, shown)) <= 40
    assert [part[:2] for part in shown] == ["  "] * len(shown)
    assert " ".join(part.strip() for part in shown) == line.strip()
    cut_off = fitted(Listed("Chưa nộp:", ["Chi bộ A"] * 20), 40)
    assert (cut_off.count("\n"), cut_off.endswith("… và 16 đơn vị khác")) == (1, True)


def test_blockers_first_and_answered_warnings_rest():
    from dataclasses import replace

    warning = say(Msg.REPEATED, Location("CB-A", Cell("a.xlsx", "B6", 9, 2), sheet="B6"), dong=8)
    lines = message_lines(
        [warning, replace(warning, cell="B12", answer="Hai bài khác nhau"), blank("CB-A", "B1", "C8")]
    )
    assert [line.split(" · ")[0] for line in lines[:2]] == ["Chặn K02", "Cảnh báo K24"]
    assert lines[2:] == ("1 cảnh báo đã có giải trình (xem trang Lỗi).",)


def test_a_file_without_a_unit_is_named():
    found = [say(Msg.UNREADABLE_FILE, Location(file=name), noi="tệp hỏng") for name in ("x.xlsx", "y.xlsx")]
    (line,) = message_lines(found)
    assert found[0].level is Level.BLOCK and line.endswith("Tệp không dùng được: 2 tệp: x.xlsx; y.xlsx")
