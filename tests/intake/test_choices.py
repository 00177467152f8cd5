"""The clerk's copy of ``xet-chon.xlsx`` read back, and what a new proposal makes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from dvk_reports.awards.identity import subject_id
from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.back.choices import ReadChoices, read_choices, read_word
from dvk_reports.model.findings import Finding
from dvk_reports.model.proposals import Choice, Chosen, Outcome, Proposal, Result, Shortlist
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from dvk_reports.run.steps.choices import chosen_of, followed, others_beside, repropose, stops_drafting, workbook_name
from dvk_reports.sheets.shortlist.workbook import write_shortlist
from dvk_reports.workspace.folder import digest
from tests.support.build import PLAN, office, unit
from tests.support.offices import convert, edited
from tests.support.shortlists import FAILED, PAPER, PERSON, QUOTAS, REGISTER, mixed, proposal, shortlist

X1 = "DB-XA-1/2023-Q3"
FILE = "xet-chon.xlsx"
SAO = proposal(7, "Lý Thị Sao")
MAY = proposal(8, "Lý Thị Mẩy", rank=2)
PAO = proposal(9, "Vàng A Páo", rank=3, outcome=Outcome.RESERVE)
LU = proposal(10, "Lù Văn Ỉnh", rank=None, outcome=Outcome.INELIGIBLE, states={"e5": FAILED})
FOUR = shortlist(SAO, MAY, PAO, LU)


def workbook(data: Shortlist, choices: Mapping[str, Choice] | None = None) -> bytes:
    target = BytesIO()
    write_shortlist(target, Office(PLAN, REGISTER, data.as_of), Chosen(data, choices or {}))
    return target.getvalue()


FRESH = workbook(FOUR)


class Typing:
    """The clerk at ``Đề nghị``: cells are named by the subject's row in its unit's file and the key."""

    def __init__(self, book: Any) -> None:
        self.book, self.sheet = book, book["Đề nghị"]
        self.keys = {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, number: int) -> int:
        wanted = f"{X1}/{number}"
        return next(row for row in range(2, self.sheet.max_row + 1) if self.sheet.cell(row, 1).value == wanted)

    def put(self, number: int, **cells: object) -> None:
        row = self.row(number)
        for key, value in cells.items():
            self.sheet.cell(row, self.keys[key]).value = value


def copy_of(tmp_path: Path, typing: Callable[[Typing], None], data: bytes = FRESH) -> Path:
    path = tmp_path / FILE
    path.write_bytes(edited(data, lambda book: typing(Typing(book))))
    return path


def read(tmp_path: Path, typing: Callable[[Typing], None], data: bytes = FRESH) -> ReadChoices:
    return read_choices(copy_of(tmp_path, typing, data))


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    return [(finding.level.value, finding.code, finding.cell, finding.rule) for finding in findings]


def nothing(typing: Typing) -> None:
    pass


# --- reading ---


def test_a_copy_in_which_nothing_was_typed(tmp_path: Path):
    found = read(tmp_path, nothing)
    assert (found.choices, found.findings) == ({}, ())
    assert [f"{X1}/{row}" for row in (7, 8, 9, 10)] == list(found.lines)


def test_what_was_typed_and_what_stood_under_it(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Không chọn", ly_do_sua="Đã chuyển công tác")
        at.put(10, quyet_dinh="Chọn", ly_do_sua="Hội nghị thống nhất")

    found = read(tmp_path, typing)
    assert {
        f"{X1}/7": Choice("Không chọn", "Đã chuyển công tác"),
        f"{X1}/10": Choice("Chọn", "Hội nghị thống nhất"),
    } == found.choices
    line = found.lines[f"{X1}/10"]
    assert (line.at.file, line.at.sheet, line.at.a1, line.reason_at.a1) == ("xet-chon.xlsx", "Đề nghị", "X9", "Y9")
    stood = line.before
    assert (stood.name, stood.unit, stood.form, stood.kind) == ("Lù Văn Ỉnh", "DB-XA-1", PAPER, PERSON)
    assert (stood.outcome, stood.rank, stood.money) == ("Không đủ điều kiện", None, 540_000)
    assert {**{f"E{n}": "Đạt" for n in range(1, 12)}, "E5": "Không đạt"} == stood.gates
    assert stood.reasons == "Đủ điều kiện, trong chỉ tiêu (B9b!D7)."
    assert found.findings == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Chọn", "Chọn"),
        (" chọn. ", "Chọn"),
        ("CHON", "Chọn"),
        ("Không  chọn", "Không chọn"),
        ("khong chon", "Không chọn"),
        ("Cho\u0323n", "Chọn"),
        ("x", ""),
        ("không", ""),
        ("chọn lại", ""),
        ("chôn", ""),
        ("", ""),
    ],
)
def test_words_that_can_only_mean_one_thing(text: str, word: str):
    assert word == read_word(text)


def test_a_word_that_is_not_understood_chooses_nobody_and_is_kept(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(7, quyet_dinh="đồng ý", ly_do_sua="Hội nghị"))
    assert {f"{X1}/7": Choice("đồng ý", "Hội nghị")} == found.choices
    assert brief(found.findings) == [("Chặn", "X01", "X6", "UNKNOWN_WORD")]
    assert found.findings[0].text == "Quyết định của Lý Thị Sao ghi “đồng ý”, không hiểu là chọn hay không chọn."
    chosen, _ = chosen_of(FOUR, found)
    assert not chosen.is_chosen(SAO)


def test_a_word_typed_by_hand_is_understood_and_said(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(7, quyet_dinh="chon"))
    assert {f"{X1}/7": Choice("Chọn")} == found.choices
    assert brief(found.findings) == [("Ghi chú", "X01", "X6", "UNDERSTOOD")]


def test_sorted_filtered_moved_and_widened_by_the_clerk(tmp_path: Path):
    """Rows turned round, one hidden by a filter, a line put above the keys, a column inserted before all others."""

    def typing(at: Typing) -> None:
        at.put(9, quyet_dinh="Chọn", ly_do_sua="Hội nghị bỏ phiếu")
        sheet = at.sheet
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=9)]
        for number, values in enumerate(reversed(rows), 6):
            for col, value in enumerate(values, 1):
                sheet.cell(number, col).value = value
        sheet.row_dimensions[7].hidden = True
        sheet.insert_cols(1)
        sheet.cell(5, 1).value = "Ý kiến riêng"
        sheet.cell(7, 1).value = "xem lại"
        sheet.insert_rows(1)

    found = read(tmp_path, typing)
    assert ({f"{X1}/9": Choice("Chọn", "Hội nghị bỏ phiếu")}, ()) == (found.choices, found.findings)
    assert found.lines[f"{X1}/9"].at.a1 == "Y8"


def test_a_renamed_sheet_is_known_by_its_keys(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Chọn")
        at.sheet.title = "DS họp 05.10"

    found = read(tmp_path, typing)
    assert {f"{X1}/7": Choice("Chọn")} == found.choices
    assert found.lines[f"{X1}/7"].at.sheet == "DS họp 05.10"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx:Calc MS Excel 2007 XML", "ods", "xls"])
def test_saved_by_another_program_it_says_the_same(ending: str, tmp_path: Path):
    typed = {
        f"{X1}/8": Choice("Chọn"),
        f"{X1}/9": Choice("Không chọn", "Đã chuyển công tác\nTheo ý kiến chi bộ"),
        f"{X1}/10": Choice("Chọn", "= ý kiến hội nghị", 300_000, "Quyết định 5"),
        "DB-XA-9/2023-Q3/4": Choice("Chọn", "Giữ lại"),
    }
    path = tmp_path / FILE
    path.write_bytes(workbook(mixed(), typed))
    mine, theirs = read_choices(path), read_choices(convert(path, ending, tmp_path / "out"))
    assert typed == theirs.choices
    assert [line.before for line in mine.lines.values()] == [line.before for line in theirs.lines.values()]
    assert () == mine.findings == theirs.findings


def test_a_deleted_row_is_named(tmp_path: Path):
    def typing(at: Typing) -> None:
        for number in (7, 9):
            at.sheet.delete_rows(at.row(number))

    found = read(tmp_path, typing)
    assert {f"{X1}/7", f"{X1}/9"} == set(found.deleted)
    assert brief(found.findings) == [("Chặn", "X08", "", "EXPECTED_DELETED"), ("Cảnh báo", "X08", "", "ROW_DELETED")]


def test_what_was_typed_over_our_own_cells_is_named_and_not_taken(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, ten="Lý Thị Sao (xã Nghĩa Đô)")
        at.put(10, de_xuat="Dự kiến", e5="Đạt")

    found = read(tmp_path, typing)
    assert brief(found.findings) == [
        ("Cảnh báo", "X09", "C6", "EDITED"),
        ("Cảnh báo", "X09", "N9", "EDITED"),
        ("Cảnh báo", "X09", "V9", "EDITED"),
    ]
    assert found.findings[0].text == (
        "Ô “Tên tập thể, họ và tên” của Lý Thị Sao đã bị sửa từ “Lý Thị Sao” thành “Lý Thị Sao (xã Nghĩa Đô)”; "
        "chương trình không dùng chữ sửa ở đây."
    )
    assert found.lines[f"{X1}/10"].before.outcome == "Không đủ điều kiện"


def test_lines_that_are_not_ours(tmp_path: Path):
    def typing(at: Typing) -> None:
        last = at.sheet.max_row + 1
        for row, cells in ((last, {"ma_de_nghi": "tự thêm", "ten": "Giàng A Lử"}), (last + 1, {"ten": "Giàng A Vảng"})):
            for key, value in {**cells, "quyet_dinh": "Chọn"}.items():
                at.sheet.cell(row, at.keys[key]).value = value

    found = read(tmp_path, typing)
    rows = {finding.cell for finding in found.findings}
    assert [finding.rule for finding in found.findings] == ["UNKNOWN_ID", "ID_BLANK"]
    assert {"A12", "X13"} == rows


def test_one_proposal_on_two_lines(tmp_path: Path):
    def typing(at: Typing) -> None:
        row, last = at.row(7), at.sheet.max_row + 1
        for col in range(1, at.sheet.max_column + 1):
            at.sheet.cell(last, col).value = at.sheet.cell(row, col).value
        at.sheet.cell(last, at.keys["quyet_dinh"]).value = "Không chọn"
        at.put(7, quyet_dinh="Chọn")

    found = read(tmp_path, typing)
    assert {f"{X1}/7": Choice("Chọn")} == found.choices
    assert brief(found.findings) == [("Chặn", "X11", "X12", "TWICE")]


@pytest.mark.parametrize(
    ("typed", "kept", "rule"),
    [
        ({"so_tien_nhap": 300000, "can_cu_tien": "QĐ 5"}, Choice("", "", 300_000, "QĐ 5"), []),
        ({"so_tien_nhap": "300.000", "can_cu_tien": "QĐ 5"}, Choice("", "", 300_000, "QĐ 5"), []),
        ({"so_tien_nhap": 300000}, Choice("", "", 300_000), ["MONEY_NO_BASIS"]),
        ({"so_tien_nhap": "ba trăm", "can_cu_tien": "QĐ 5"}, Choice("", "", None, "QĐ 5"), ["MONEY_UNREAD"]),
        ({"so_tien_nhap": -5, "can_cu_tien": "QĐ 5"}, Choice("", "", None, "QĐ 5"), ["MONEY_UNREAD"]),
        ({"so_tien_nhap": 0, "can_cu_tien": "QĐ 5"}, Choice("", "", 0, "QĐ 5"), []),
    ],
)
def test_money_typed_by_hand(typed: dict[str, object], kept: Choice, rule: list[str], tmp_path: Path):
    data = workbook(shortlist(proposal(7, "Lý Thị Sao", money=None)))
    found = read(tmp_path, lambda at: at.put(7, **typed), data)
    assert ({f"{X1}/7": kept}, rule) == (found.choices, [finding.rule for finding in found.findings])


def test_typed_money_beside_an_amount_of_the_table_is_not_used(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(7, so_tien_nhap=100, can_cu_tien="QĐ 5"))
    assert brief(found.findings) == [("Cảnh báo", "X12", "AA6", "MONEY_UNUSED")]


def test_a_file_without_its_keys_stops_the_run(tmp_path: Path):
    with pytest.raises(WorkspaceError, match="không thấy trang “Đề nghị” với dòng khóa ẩn"):
        read(tmp_path, lambda at: at.sheet.delete_rows(1))


@pytest.mark.parametrize("data", [b"", b"abc", FRESH[:5000]])
def test_a_file_that_is_no_workbook_stops_the_run(data: bytes, tmp_path: Path):
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(WorkspaceError, match="Không đọc được"):
        read_choices(tmp_path / FILE)


def test_without_the_hidden_record_the_line_itself_is_read(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(10, quyet_dinh="Chọn", ly_do_sua="Hội nghị")
        del at.book["Bản ghi"]

    found = read(tmp_path, typing)
    assert ({f"{X1}/10": Choice("Chọn", "Hội nghị")}, ()) == (found.choices, found.findings)
    assert found.lines[f"{X1}/10"].before.outcome == "Không đủ điều kiện"


def test_a_row_pasted_twice_counts_once_and_is_told(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Chọn")
        row, last = at.row(7), at.sheet.max_row + 1
        for col in range(1, at.sheet.max_column + 1):
            at.sheet.cell(last, col).value = at.sheet.cell(row, col).value

    found = read(tmp_path, typing)
    assert ({f"{X1}/7": Choice("Chọn")}, [("Ghi chú", "X11", "X12", "TWICE_ALIKE")]) == (
        found.choices,
        brief(found.findings),
    )


def test_only_some_columns_sorted_decides_for_nobody(tmp_path: Path):
    """Column A stayed where it was: every decision would have gone to somebody else."""

    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Không chọn", ly_do_sua="xin rút tên")
        sheet = at.sheet
        rows = [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=6, max_row=7)]
        for number, values in enumerate(reversed(rows), 6):
            for col, value in enumerate(values, 2):
                sheet.cell(number, col).value = value

    kept = read(tmp_path, typing, workbook(FOUR, {f"{X1}/8": Choice("Chọn", "đã họp")}))
    assert {f"{X1}/8": Choice("Chọn", "đã họp")} == kept.choices and not kept.edited
    found = read(tmp_path, typing)
    assert found.choices == {}
    mixed_lines = [finding for finding in found.findings if finding.rule == "MIXED"]
    assert brief(tuple(mixed_lines)) == [("Chặn", "X09", "C6", "MIXED"), ("Chặn", "X09", "C7", "MIXED")]
    assert mixed_lines[0].text == (
        f"Dòng mã {X1}/7 là của Lý Thị Sao nhưng nay ghi tên Lý Thị Mẩy: không rõ điều đã ghi là của ai (có thể đã sắp "
        "xếp hoặc chép một phần các cột)."
    )


def test_a_name_added_without_an_id_is_named(tmp_path: Path):
    found = read(tmp_path, lambda at: at.sheet.cell(at.sheet.max_row + 1, at.keys["ten"], "Giàng A Lử"))
    assert brief(found.findings) == [("Chặn", "X10", "X12", "ID_BLANK")]


def test_a_deleted_column_that_can_be_done_without(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(10, quyet_dinh="Chọn", ly_do_sua="Hội nghị")
        for key in ("so_tien_nhap", "ly_do"):
            at.sheet.delete_cols(at.keys[key])

    found = read(tmp_path, typing)
    assert {f"{X1}/10": Choice("Chọn", "Hội nghị")} == found.choices
    assert [(finding.rule, finding.text) for finding in found.findings] == [
        (
            "COLUMN_GONE",
            "Trang Đề nghị không còn cột “Lý do và ô làm căn cứ” (có thể đã bị xóa); chương trình vẫn dùng điều đã lập "
            "ở cột này.",
        ),
        (
            "MONEY_COLUMN_GONE",
            "Trang Đề nghị không còn cột “Số tiền nhập tay (đồng)” (có thể đã bị xóa): số tiền nhập tay không được "
            "dùng.",
        ),
    ]


def test_a_formula_in_the_column_of_decisions_is_told(tmp_path: Path):
    """LibreOffice computes it as Excel does; what is shown is what is read."""
    path = copy_of(tmp_path, lambda at: at.put(7, quyet_dinh='=IF(1=1,"Chọn","")', ly_do_sua="Hội nghị"))
    assert brief(read_choices(path).findings) == [("Chặn", "X01", "X6", "UNKNOWN_WORD")]
    if shutil.which("soffice") is not None:
        found = read_choices(convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out"))
        assert brief(found.findings) == [("Cảnh báo", "X01", "X6", "FORMULA")]
        assert {f"{X1}/7": Choice("Chọn", "Hội nghị")} == found.choices


def test_a_decision_that_is_struck_out_is_none(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Không chọn")
        at.sheet.cell(at.row(7), at.keys["quyet_dinh"]).font = Font(strike=True)

    found = read(tmp_path, typing)
    assert (found.choices, brief(found.findings)) == ({}, [("Cảnh báo", "X01", "X6", "STRUCK")])


# --- equals at the line of the quota ---


TIE = shortlist(
    proposal(7, "Lý Thị Sao"),
    proposal(8, "Lý Thị Mẩy", rank=2, outcome=Outcome.TIED),
    proposal(9, "Vàng A Páo", rank=2, outcome=Outcome.TIED),
)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ({}, ["X7", "X8"]),
        ({8: {"quyet_dinh": "Không chọn"}}, ["X8"]),
        ({8: {"quyet_dinh": "Chọn", "ly_do_sua": "Hội nghị"}}, []),
        ({8: {"quyet_dinh": "Không chọn"}, 9: {"quyet_dinh": "Không chọn"}}, []),
        ({7: {"quyet_dinh": "Không chọn", "ly_do_sua": "rút"}, 8: {"quyet_dinh": "Chọn", "ly_do_sua": "HN"}}, ["X8"]),
    ],
)
def test_equals_stop_the_drafts_until_they_are_decided(typed: dict[int, Any], left: list[str], tmp_path: Path):
    def typing(at: Typing) -> None:
        for number, cells in typed.items():
            at.put(number, **cells)

    found = chosen_of(TIE, read(tmp_path, typing, workbook(TIE)))[1]
    assert brief(found) == [("Chặn", "X13", cell, "TIED") for cell in left]
    if not typed:
        assert found[0].text == (
            f"Lý Thị Mẩy ngang nhau tại ranh giới chỉ tiêu ({PAPER} - {PERSON}: đã chọn 1, chỉ tiêu 2), chưa có quyết "
            "định."
        )


# --- what the meeting decided ---


def meeting(tmp_path: Path, *rows: tuple[int, dict[str, object]], data: bytes = FRESH) -> ReadChoices:
    """Types on ``Kết quả`` beside subjects, named by the row in their unit's file."""

    def typing(book: Any) -> None:
        sheet = book["Kết quả"]
        keys = {cell.value: cell.column for cell in sheet[1]}
        places = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        for number, cells in rows:
            for key, value in cells.items():
                sheet.cell(places[f"{X1}/{number}"], keys[key]).value = value

    path = tmp_path / FILE
    path.write_bytes(edited(data, typing))
    return read_choices(path)


def test_results_are_read_back_and_stand_in_the_next_copy(tmp_path: Path):
    day = date(2023, 10, 4)
    given = {"phieu_dong_y": 9, "phieu_khong_dong_y": "2", "ket_qua": "Được khen", "so_qd": "12/QĐ", "ngay_qd": day}
    found = meeting(tmp_path, (7, {**given, "so_thanh_vien": 11}), (9, {"ket_qua": "khong"}))
    results = {f"{X1}/7": Result(9, 2, "Được khen", "12/QĐ", day, 11), f"{X1}/9": Result(verdict="Không")}
    assert results == found.results.typed and found.edited
    assert brief(found.findings) == [("Ghi chú", "X17", "D8", "VERDICT_UNDERSTOOD")]
    chosen, _ = chosen_of(shortlist(SAO, MAY), found)
    again = BytesIO()
    write_shortlist(again, Office(PLAN, REGISTER, FOUR.as_of), chosen)
    (tmp_path / FILE).write_bytes(again.getvalue())
    back = read_choices(tmp_path / FILE)
    assert results == back.results.typed == back.results.written and not back.edited
    told = chosen_of(shortlist(SAO, MAY), back, date(2023, 10, 1))[1]
    assert [(finding.rule, finding.text) for finding in told] == [
        (
            "RESULT_GONE",
            f"Vàng A Páo (mã {X1}/9) đã có kết quả, nhưng đề nghị không còn trong số liệu đã nhận; kết quả vẫn được "
            "giữ.",
        )
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"phieu_dong_y": "mười"}, ("Chặn", "X16", "B6", "VOTES_UNREAD")),
        ({"phieu_dong_y": 9.5}, ("Chặn", "X16", "B6", "VOTES_UNREAD")),
        ({"phieu_khong_dong_y": -1}, ("Chặn", "X16", "C6", "VOTES_UNREAD")),
        ({"phieu_dong_y": 9, "phieu_khong_dong_y": 3, "so_thanh_vien": 11}, ("Chặn", "X16", "B6", "VOTES_TOO_MANY")),
        ({"ket_qua": "Đạt"}, ("Chặn", "X17", "D6", "VERDICT_UNKNOWN")),
        ({"ket_qua": "Được khen", "so_qd": "12/QĐ"}, ("Chặn", "X18", "F6", "DECISION_HALF")),
        ({"ket_qua": "Được khen", "ngay_qd": date(2023, 10, 4)}, ("Chặn", "X18", "E6", "DECISION_HALF")),
        ({"ket_qua": "Không", "so_qd": "1", "ngay_qd": date(2023, 10, 4)}, ("Chặn", "X18", "E6", "DECISION_OF_NONE")),
        ({"so_qd": "1", "ngay_qd": date(2023, 10, 4)}, ("Cảnh báo", "X17", "D6", "VERDICT_MISSING")),
        ({"ket_qua": "Được khen", "so_qd": "1", "ngay_qd": "2023"}, ("Chặn", "X18", "F6", "DECISION_DAY_UNREAD")),
        ({"ket_qua": "Được khen", "so_qd": "1", "ngay_qd": 2023}, ("Chặn", "X18", "F6", "DECISION_DAY")),
        ({"ket_qua": "Được khen", "so_qd": "1", "ngay_qd": date(2023, 9, 30)}, ("Chặn", "X18", "F6", "DECISION_DAY")),
        ({"ket_qua": "Được khen", "so_qd": "1", "ngay_qd": date(2023, 10, 6)}, ("Chặn", "X18", "F6", "DECISION_DAY")),
        ({"ket_qua": "Được khen", "so_qd": "1", "ngay_qd": date(2023, 10, 5)}, None),
        ({"ma_de_nghi": "DB-XA-1.ai-do", "ket_qua": "Không"}, ("Chặn", "X15", "A6", "RESULT_UNKNOWN_ID")),
        ({"ma_de_nghi": None, "ket_qua": "Không"}, ("Chặn", "X15", "A6", "RESULT_NO_ID")),
        ({"ma_de_nghi": f"{X1}/8", "ket_qua": "Không"}, ("Chặn", "X09", "H6", "MIXED")),
    ],
)
def test_a_result_that_cannot_be(typed: dict[str, object], said: tuple[str, ...] | None, tmp_path: Path):
    found = meeting(tmp_path, (7, typed))
    assert brief(chosen_of(FOUR, found, date(2023, 10, 1))[1]) == ([said] if said else [])


def test_how_many_met_is_typed_once_for_a_form(tmp_path: Path):
    found = meeting(tmp_path, (7, {"phieu_dong_y": 8, "so_thanh_vien": 8}), (8, {"phieu_dong_y": 9}))
    assert brief(found.findings) == [("Chặn", "X16", "B7", "VOTES_TOO_MANY")]


# --- judging the choices ---


def needs(tmp_path: Path, typing: Callable[[Typing], None], data: Shortlist = FOUR) -> list[tuple[str, ...]]:
    return brief(chosen_of(data, read(tmp_path, typing, workbook(data)))[1])


def test_following_the_proposal_needs_no_reason(tmp_path: Path):
    assert needs(tmp_path, nothing) == []
    assert needs(tmp_path, lambda at: (at.put(7, quyet_dinh="Chọn"), at.put(9, quyet_dinh="Không chọn"))) == []


def test_without_a_copy_the_proposal_is_followed():
    chosen, findings = chosen_of(FOUR, None)
    assert ([item for item in FOUR.proposals if chosen.is_chosen(item)], findings) == ([SAO, MAY], ())


def test_a_departure_without_a_reason(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Không chọn")
        at.put(9, quyet_dinh="Chọn")

    assert needs(tmp_path, typing) == [("Chặn", "X02", "Y6", "NO_REASON"), ("Chặn", "X02", "Y8", "NO_REASON")]


def test_over_the_quota_without_a_reason(tmp_path: Path):
    assert needs(tmp_path, lambda at: at.put(9, quyet_dinh="Chọn")) == [
        ("Chặn", "X03", "Y8", "OVER_QUOTA"),
        ("Cảnh báo", "X05", "", "QUOTA_EXCEEDED"),
    ]


def test_over_the_quota_with_a_reason_stays_visible_and_stops_nothing(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(9, quyet_dinh="Chọn", ly_do_sua="Hội nghị bỏ phiếu"))
    chosen, findings = chosen_of(FOUR, found)
    assert brief(findings) == [("Cảnh báo", "X05", "", "QUOTA_EXCEEDED")]
    assert f"{PAPER} - {PERSON}: đã chọn 3, chỉ tiêu 2." == findings[0].text
    assert stops_drafting(findings) == ()
    assert chosen.is_chosen(PAO)


def test_against_a_gate_without_a_reason(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(10, quyet_dinh="Chọn"))
    finding = stops_drafting(chosen_of(FOUR, found)[1])[0]
    assert (finding.code, finding.rule, finding.cell) == ("X04", "AGAINST_GATES", "Y9")
    assert (
        finding.text
        == "Chọn Lù Văn Ỉnh trong khi chương trình ghi “Không đủ điều kiện” (E5 Không đạt), mà chưa ghi lý do."
    )


def test_a_class_without_a_quota(tmp_path: Path):
    data = replace(shortlist(PAO), quotas=QUOTAS[:1])
    assert needs(tmp_path, lambda at: at.put(9, quyet_dinh="Chọn"), data) == [("Chặn", "X03", "Y6", "NO_QUOTA")]


def test_already_rewarded_asks_for_a_reason_and_does_not_stop(tmp_path: Path):
    data = shortlist(proposal(7, "Lý Thị Sao", states={"e8": FAILED}))
    assert needs(tmp_path, nothing, data) == [("Cảnh báo", "X06", "Y6", "REWARDED")]


def test_choices_are_judged_by_what_is_proposed_now(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(7, quyet_dinh="Chọn"))
    now = shortlist(replace(SAO, outcome=Outcome.RESERVE, rank=3), MAY, PAO, LU)
    assert [finding.rule for finding in chosen_of(now, found)[1]] == ["NO_REASON"]


def test_a_choice_for_what_is_proposed_no_more(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(7, quyet_dinh="Chọn")
        at.put(9, quyet_dinh="Không chọn")

    found = read(tmp_path, typing)
    assert brief(chosen_of(shortlist(MAY, LU), found)[1]) == [
        ("Cảnh báo", "X07", "X6", "LAPSED"),
        ("Cảnh báo", "X07", "X8", "LAPSED"),
    ]


# --- proposing again ---


def test_nothing_changed_says_nothing(tmp_path: Path):
    found = read(tmp_path, lambda at: at.put(7, quyet_dinh="Chọn", ly_do_sua="Hội nghị"))
    assert ({f"{X1}/7": Choice("Chọn", "Hội nghị")}, ()) == repropose(found, FOUR)
    assert repropose(None, FOUR) == ({}, ())


def test_what_changed_under_the_edits(tmp_path: Path):
    def typing(at: Typing) -> None:
        at.put(8, quyet_dinh="Chọn", ly_do_sua="Hội nghị thống nhất")
        at.put(10, quyet_dinh="Không chọn")

    now = shortlist(
        SAO,
        replace(proposal(8, "Lý Thị Mẩy", states={"e5": FAILED}), outcome=Outcome.INELIGIBLE, rank=None, money=None),
        replace(PAO, outcome=Outcome.EXPECTED, rank=2),
        proposal(11, "Giàng A Lử", rank=4, outcome=Outcome.RESERVE),
    )
    choices, changes = repropose(read(tmp_path, typing), now)
    assert {f"{X1}/8": Choice("Chọn", "Hội nghị thống nhất"), f"{X1}/10": Choice("Không chọn")} == choices
    group = f"({PAPER}, {PERSON})"
    assert (
        f"Lý Thị Mẩy {group}: đề xuất từ “Dự kiến” thành “Không đủ điều kiện”; xếp hạng từ “2” thành trống; "
        "tiền thưởng từ “540.000” thành trống; điều kiện E5 từ “Đạt” thành “Không đạt”; đã ghi “Chọn”, "
        "lý do “Hội nghị thống nhất”, được giữ nguyên.",
        f"Vàng A Páo {group}: đề xuất từ “Dự bị” thành “Dự kiến”; xếp hạng từ “3” thành “2”.",
        f"Lù Văn Ỉnh {group} (mã {X1}/10): không còn trong số liệu đã nhận; đã ghi “Không chọn”, không còn hiệu lực.",
        "01 đề nghị mới: Giàng A Lử (Dự bị).",
    ) == changes


def test_a_choice_comes_back_with_its_proposal(tmp_path: Path):
    """Typed, then the unit withdraws, then proposes again: three workbooks, one choice."""
    typed = {f"{X1}/9": Choice("Chọn", "Hội nghị bỏ phiếu")}
    path = tmp_path / FILE
    path.write_bytes(workbook(FOUR, typed))
    gone, _ = repropose(read_choices(path), shortlist(SAO, MAY, LU))
    path.write_bytes(workbook(shortlist(SAO, MAY, LU), gone))
    (aside,) = chosen_of(shortlist(SAO, MAY, LU), read_choices(path))[1]
    assert (aside.rule, aside.text) == (
        "KEPT_ASIDE",
        f"Điều đã ghi cho đối tượng này (mã {X1}/9) được giữ lại ở trang Không còn đề nghị, không vào danh sách.",
    )
    back, changes = repropose(read_choices(path), FOUR)
    assert typed == back
    assert (f"Vàng A Páo (mã {X1}/9): được đề nghị lại, lấy lại điều đã ghi trước đây.",) == changes


def test_a_deleted_line_comes_back_blank_and_is_named(tmp_path: Path):
    found = read(tmp_path, lambda at: at.sheet.delete_rows(at.row(9)))
    choices, changes = repropose(found, FOUR)
    assert choices == {}
    assert (
        f"Vàng A Páo ({PAPER}, {PERSON}) (mã {X1}/9): dòng đã bị xóa trong tệp trước, nay có lại, chưa ghi quyết định.",
    ) == changes


WORDS = st.sampled_from(["", "Chọn", "Không chọn", "để xem", "=1+1"])
REASONS = st.one_of(st.just(""), st.text(st.sampled_from("aăâ đ=+-@\"'&<.\n1"), max_size=30).map(str.strip))
CHOICES = st.builds(Choice, WORDS, REASONS, st.none() | st.integers(0, 10**9), REASONS)
OUTCOMES = st.sampled_from(list(Outcome))


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Shortlist, dict[str, Choice], Shortlist]:
    """A proposal, what is typed into it, and a later proposal of partly other subjects in another order."""

    def some(numbers: list[int]) -> list[Proposal]:
        return [
            proposal(number, f"Người {number}", outcome=draw(OUTCOMES), rank=draw(st.none() | st.integers(1, 9)))
            for number in numbers
        ]

    rows = st.lists(st.integers(1, 6), unique=True)
    before, after = some(draw(rows)), some(draw(rows))
    typed = {item.candidate.id: choice for item in before if (choice := draw(CHOICES)) != Choice()}
    return shortlist(*before), typed, shortlist(*after)


@given(rounds())
def test_proposing_again_keeps_every_edit(tmp_path_factory: pytest.TempPathFactory, case: Any):
    before, typed, after = case
    path = tmp_path_factory.mktemp("khen") / FILE
    path.write_bytes(workbook(before, typed))
    first, _ = repropose(read_choices(path), after)
    assert typed == first
    path.write_bytes(workbook(after, first))
    second, changes = repropose(read_choices(path), after)
    assert (typed, ()) == (second, changes)


# --- beside a copy that a person has edited ---


def test_an_edited_copy_is_never_overwritten(tmp_path: Path):
    path = copy_of(tmp_path, lambda at: at.put(7, quyet_dinh="Chọn"))
    name, said = workbook_name(tmp_path, FRESH, frozenset({digest(FRESH)}), date(2023, 10, 6))
    assert name == "xet-chon-2023-10-06.xlsx"
    assert said.startswith("xet-chon.xlsx đã có người sửa nên được giữ nguyên; bản mới là xet-chon-2023-10-06.xlsx")
    (tmp_path / name).write_bytes(FRESH)
    assert (name,) == others_beside(tmp_path, FILE)
    path.write_bytes(FRESH)
    assert workbook_name(tmp_path, workbook(mixed()), frozenset({digest(FRESH)}), date(2023, 10, 6)) == (FILE, "")


def test_a_copy_whose_ids_named_rows_passes_to_its_subjects(tmp_path: Path):
    """As the program wrote them before ids were those of subjects; two of one name and unit are not told apart."""
    renamed = [replace(item, candidate=replace(item.candidate, id=f"DB-XA-1.2023-Q3.{row}")) for row, item in OLD]
    path = copy_of(tmp_path, nothing, workbook(shortlist(*renamed), {"DB-XA-1.2023-Q3.9": Choice("Không chọn", "rút")}))
    now = [replace(item, candidate=replace(item.candidate, id=f"DB-XA-1.mới.{row}")) for row, item in reversed(OLD)]
    found = followed(read_choices(path), shortlist(*now), REGISTER, date(2023, 10, 1))
    assert {"DB-XA-1.mới.9": Choice("Không chọn", "rút")} == found.choices
    assert list(found.lines) == ["DB-XA-1.2023-Q3.7", "DB-XA-1.2023-Q3.8", "DB-XA-1.mới.9"]


OLD = [(7, SAO), (8, replace(MAY, candidate=replace(MAY.candidate, name="Lý Thị Sao"))), (9, PAO)]


GIVEN = Result(9, 2, "Được khen", "12/QĐ", date(2023, 10, 4), 11)


def with_result() -> bytes:
    target = BytesIO()
    chosen = Chosen(FOUR, {}, {f"{X1}/7": GIVEN})
    write_shortlist(target, Office(PLAN, REGISTER, FOUR.as_of), chosen)
    return target.getvalue()


def without_column(sheet: Any, key: str) -> None:
    sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == key))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda book: book["Kết quả"].delete_rows(6), "RESULT_ROW_GONE"),
        (lambda book: book.remove(book["Kết quả"]), "RESULTS_GONE"),
        (lambda book: without_column(book["Kết quả"], "ma_de_nghi"), "RESULTS_GONE"),
        (lambda book: book["Kết quả"].cell(6, 8, "Lý Thị Mẩy"), "MIXED"),
    ],
)
def test_results_that_are_deleted_whole_are_told_and_kept(change: Callable[[Any], None], rule: str, tmp_path: Path):
    (tmp_path / FILE).write_bytes(edited(with_result(), change))
    found = read_choices(tmp_path / FILE)
    assert {f"{X1}/7": GIVEN} == found.results.typed
    assert [finding.rule for finding in chosen_of(FOUR, found, date(2023, 10, 1))[1]] == [rule]
    later = [finding.rule for finding in chosen_of(FOUR, found, date(2023, 10, 5))[1]]
    assert later == [rule, "DECISION_DAY"]


def test_a_result_that_is_cleared_is_gone_and_a_deleted_column_is_named(tmp_path: Path):
    def cleared(book: Any) -> None:
        for col in range(2, 8):
            book["Kết quả"].cell(6, col).value = None

    (tmp_path / FILE).write_bytes(edited(with_result(), cleared))
    found = read_choices(tmp_path / FILE)
    assert (found.results.typed, found.edited, found.findings) == ({}, True, ())
    (tmp_path / FILE).write_bytes(edited(with_result(), lambda book: without_column(book["Kết quả"], "ket_qua")))
    told = read_choices(tmp_path / FILE).findings
    assert [(finding.rule, finding.text) for finding in told] == [
        ("VERDICT_MISSING", "Lý Thị Sao có số, ngày quyết định nhưng chưa ghi kết quả."),
        (
            "RESULT_COLUMN_GONE",
            "Trang Kết quả không còn cột “Kết quả” (có thể đã bị xóa), nên không rõ cột này đã ghi gì.",
        ),
    ]


# --- units that were merged since the copy was written ---

APART = office(unit("DB-XA-1", order=1), unit("DB-XA-2", order=2), unit("DB-XA-9", order=3))
TOGETHER = office(
    unit("DB-XA-1", until="31/08/2023", order=1),
    unit("DB-XA-2", until="31/08/2023", order=2),
    unit("DB-XA-9", since="01/09/2023", order=3),
    mergers=[("DB-XA-1", "DB-XA-9", "01/09/2023"), ("DB-XA-2", "DB-XA-9", "01/09/2023")],
)
START = date(2023, 10, 1)


def known_as(item: Proposal, register: Register, code: str) -> Proposal:
    """The proposal as a unit of a register makes it, with its id."""
    candidate = replace(item.candidate, unit=code)
    return replace(item, candidate=replace(candidate, id=subject_id(register, candidate.subject, START)))


def test_a_decision_goes_with_the_unit_that_was_merged(tmp_path: Path):
    old = known_as(SAO, APART, "DB-XA-1")
    now = known_as(SAO, TOGETHER, "DB-XA-9")
    (tmp_path / FILE).write_bytes(workbook(shortlist(old), {old.candidate.id: Choice("Không chọn", "rút")}))
    found = followed(read_choices(tmp_path / FILE), shortlist(now), TOGETHER, START)
    assert old.candidate.id.startswith("DB-XA-1.") and now.candidate.id.startswith("DB-XA-9.")
    assert {now.candidate.id: Choice("Không chọn", "rút")} == found.choices
    assert repropose(found, shortlist(now))[1] == ()


def test_two_decisions_on_one_subject_since_its_units_became_one(tmp_path: Path):
    two = [known_as(SAO, APART, code) for code in ("DB-XA-1", "DB-XA-2")]
    now = known_as(SAO, TOGETHER, "DB-XA-9")
    typed = {two[0].candidate.id: Choice("Không chọn", "rút"), two[1].candidate.id: Choice("Chọn")}
    (tmp_path / FILE).write_bytes(workbook(shortlist(*two), typed))
    found = followed(read_choices(tmp_path / FILE), shortlist(now), TOGETHER, START)
    assert brief(found.findings) == [("Chặn", "X11", "X7", "TWICE")]
