"""``xet-chon.xlsx``: keys, cells, live formulas, colours, and one A4 page for each candidate."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvk_reports.model.choosing import chosen_count, money_of, reminder
from dvk_reports.model.proposals import Choice, Chosen, Doubt, Outcome, Shortlist, Subject
from dvk_reports.plan.office import Office
from dvk_reports.sheets.shortlist.workbook import write_shortlist
from tests.support.build import PLAN
from tests.support.offices import convert, edited
from tests.support.printed import _pages
from tests.support.shortlists import (
    FAILED,
    GROUP,
    HOME,
    LACKING,
    PAPER,
    PERSON,
    PRAISE,
    REGISTER,
    at,
    mixed,
    proposal,
    shortlist,
    year,
)

KEYS = [
    *("ma_de_nghi", "phan_loai", "ten", "chuc_vu", "don_vi_cong_tac", "ma_don_vi", "hinh_thuc", "so_nam_lien_tuc"),
    *("cac_nam", *(f"e{number}" for number in range(1, 12)), "xep_hang", "de_xuat", "ly_do", "quyet_dinh"),
    *("ly_do_sua", "so_tien"),
]
SHEETS = [
    "Tổng quan", "Đề nghị", "Chỉ tiêu khen", "Xếp hạng", "Điều kiện", "Các năm", "Cần xác minh", "Cơ cấu",
    "Dự toán tiền thưởng", "Kết quả", "Phiếu xét", "Bản ghi",
]  # fmt: skip
X1, X2, TT = "DB-XA-1/2023-Q3", "DB-XA-2/2023-Q3", "DB-TT-1/2023-Q3"
TYPED: Mapping[str, Choice] = {
    f"{X1}/8": Choice("Chọn"),
    f"{X1}/9": Choice("Không chọn", "Đã chuyển công tác"),
    f"{X1}/10": Choice("Chọn", "Hội nghị thống nhất", 300_000, "Quyết định của Ban Thường vụ"),
    f"{X2}/12": Choice("Không chọn"),
    f"{X2}/13": Choice("Chọn", "Hội nghị bỏ phiếu"),
    f"{X1}/14": Choice("Chọn"),
    f"{X1}/15": Choice("có"),
    f"{TT}/17": Choice("Chọn", "", 200_000),
}
"""Choices of every sort over ``mixed``: with and without a reason, over a quota, against a gate, not understood."""


def written(data: Shortlist, choices: Mapping[str, Choice] | None = None) -> bytes:
    target = BytesIO()
    write_shortlist(target, Office(PLAN, REGISTER, data.as_of), Chosen(data, choices or {}))
    return target.getvalue()


def opened(data: bytes, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def lines(book: Any, name: str) -> list[dict[str, Any]]:
    """The data of a sheet as a reader takes it: every row with something in column A, by the keys of row 1."""
    keys, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(keys, row, strict=True)) for row in rows if row[0] is not None]


BOOK = opened(written(mixed()))
TYPED_BOOK = opened(written(mixed(), TYPED))


def test_sheets_in_order_and_the_record_hidden():
    assert BOOK.sheetnames == SHEETS
    assert [sheet.title for sheet in BOOK if sheet.sheet_state != "visible"] == ["Bản ghi"]


def test_keys_of_the_contract_from_column_a_in_hidden_row_1():
    sheet = BOOK["Đề nghị"]
    assert [cell.value for cell in sheet[1]][: len(KEYS)] == KEYS
    assert sheet.row_dimensions[1].hidden
    quota = BOOK["Chỉ tiêu khen"]
    assert [c.value for c in quota[1]] == ["hinh_thuc", "phan_loai", "chi_tieu", "da_chon", "con_lai", "can_cu"]
    assert quota.row_dimensions[1].hidden


def test_a_line_of_the_proposals_cell_by_cell():
    first = lines(BOOK, "Đề nghị")[0]
    assert {
        "ma_de_nghi": f"{X1}/7",
        "phan_loai": GROUP,
        "ten": "Tổ dân vận thôn Nà Đình",
        "chuc_vu": None,
        "don_vi_cong_tac": "Thôn Nà Đình, xã Nghĩa Đô",
        "ma_don_vi": "DB-XA-1",
        "hinh_thuc": PRAISE,
        "so_nam_lien_tuc": 2,
        "cac_nam": "2022: 12-QĐ/ĐU ngày 14/10/2022, Đảng ủy xã Nghĩa Đô (2022-Q4, B9a!C9)\n"
        "2023: chờ quyết định (2023-Q4, B9a!C9)",
        **{f"e{n}": "Đạt" for n in range(1, 12)},
        "xep_hang": 1,
        "de_xuat": "Dự kiến",
        "ly_do": "Đủ điều kiện, trong chỉ tiêu (B9b!D7).",
        "quyet_dinh": None,
        "ly_do_sua": None,
        "so_tien": None,
    } == {key: first[key] for key in KEYS}


def test_nobody_is_dropped_and_every_outcome_and_gate_stands_there():
    found = {line["ma_de_nghi"]: line for line in lines(BOOK, "Đề nghị")}
    assert [item.candidate.id for item in mixed().proposals] == list(found)
    assert {outcome.value for outcome in Outcome} == {line["de_xuat"] for line in found.values()}
    assert tuple(found[f"{X1}/10"][key] for key in ("e5", "xep_hang", "ten")) == ("Không đạt", None, "=Lương Văn Ón")
    assert tuple(found[f"{X1}/14"][key] for key in ("e8", "so_tien")) == ("Thiếu căn cứ", 540_000)


def test_every_sheet_of_data_leaves_column_a_blank_where_there_is_no_data():
    wanted = {
        "Đề nghị": 11, "Chỉ tiêu khen": 4, "Xếp hạng": 11, "Điều kiện": 121, "Các năm": 22, "Cần xác minh": 16,
        "Bản ghi": 11,
    }  # fmt: skip
    assert wanted == {name: len(lines(BOOK, name)) for name in wanted}


def test_what_every_card_says_is_not_printed_a_second_time():
    """All conditions of all proposals: the head of the sheet alone is printed, and says so."""
    ends = {name: int(BOOK[name].print_area.rpartition("$")[2]) for name in ("Điều kiện", "Đề nghị")}
    assert ends["Điều kiện"] < 6 and BOOK["Điều kiện"].max_row > 121 and ends["Đề nghị"] > 11
    assert any("chỉ in phần đầu" in str(cell.value) for cell in BOOK["Điều kiện"]["B"][:6])


def test_text_that_looks_like_a_formula_stays_text():
    for name in ("Đề nghị", "Xếp hạng", "Điều kiện", "Bản ghi"):
        cells = [cell for row in opened(written(mixed()), values=False)[name].iter_rows() for cell in row]
        assert {"s"} == {cell.data_type for cell in cells if cell.value == "=Lương Văn Ón"}, name


def test_the_quota_desk_follows_blank_choices_to_expected_only():
    told = [(line["chi_tieu"], line["da_chon"], line["con_lai"]) for line in lines(BOOK, "Chỉ tiêu khen")]
    assert told == [(1, 1, 0), (2, 1, 1), (1, 1, 0), (2, 1, 1)]


def test_the_quota_desk_with_choices_goes_below_zero():
    told = [(line["chi_tieu"], line["da_chon"], line["con_lai"]) for line in lines(TYPED_BOOK, "Chỉ tiêu khen")]
    assert told == [(1, 2, -1), (2, 1, 1), (1, 1, 0), (2, 2, 0)]


def test_what_each_choice_asks_for():
    assert {
        f"{X1}/8": "Vượt chỉ tiêu, cần lý do",
        f"{X1}/9": "Khác đề xuất, đã có lý do",
        f"{X1}/10": "Trái điều kiện, đã có lý do",
        f"{X2}/12": "Khác đề xuất, cần lý do",
        f"{X2}/13": "Khác đề xuất, đã có lý do",
        f"{X1}/14": "Khác đề xuất, cần lý do",
        f"{X1}/15": "Chỉ ghi Chọn hoặc Không chọn",
        f"{TT}/17": "Trái điều kiện, cần lý do",
    } == {line["ma_de_nghi"]: line["nhac"] for line in lines(TYPED_BOOK, "Đề nghị") if line["nhac"]}


def test_one_already_rewarded_asks_for_a_reason_and_keeps_its_place():
    data = shortlist(proposal(7, "Lý Thị Sao", states={"e8": FAILED}), proposal(8, "Lý Thị Mẩy", rank=2))
    assert [line["nhac"] for line in lines(opened(written(data)), "Đề nghị")] == ["Đã được khen, cần lý do", None]
    told = opened(written(data, {f"{X1}/7": Choice("", "Khen lần trước là việc khác")}))
    assert [line["nhac"] for line in lines(told, "Đề nghị")] == [None, None]


def test_the_budget_counts_number_times_amount_and_typed_money_with_its_basis():
    told = [
        (line["hinh_thuc"], line["phan_loai"], line["muc_tien"], line["so_luong"], line["so_tinh_tien"],
         line["thanh_tien"] or None)
        for line in lines(TYPED_BOOK, "Dự toán tiền thưởng")
    ]  # fmt: skip
    assert told == [
        (PRAISE, GROUP, None, 2, 0, None),
        (PRAISE, PERSON, None, 1, 1, 300_000),
        (PAPER, GROUP, 1_080_000, 1, 1, 1_080_000),
        (PAPER, PERSON, 540_000, 2, 2, 1_080_000),
        (PAPER, PERSON, None, 0, 0, None),
        (PAPER, HOME, None, 1, 0, None),
    ]
    total = next(row for row in TYPED_BOOK["Dự toán tiền thưởng"].iter_rows(values_only=True) if row[1] == "Cộng")
    assert total[3:7] == (7, 4, 2_460_000, "Đã tính tiền cho 4/7 trường hợp được chọn")


def test_an_unverified_coefficient_prints_so():
    notes = {line["phan_loai"]: line["ghi_chu"] for line in lines(BOOK, "Dự toán tiền thưởng")}
    assert notes[GROUP] == "hệ số chưa đối chiếu văn bản"
    assert notes[HOME].endswith("chưa có hệ số cho hộ gia đình")


def test_the_spread_adds_up_to_everybody():
    told: dict[str, list[int]] = {}
    for line in lines(TYPED_BOOK, "Cơ cấu"):
        sums = told.setdefault(line["cach_chia"], [0, 0, 0])
        for place, key in enumerate(("de_nghi", "du_kien", "duoc_chon")):
            sums[place] += line[key]
    everybody, people = [11, 4, 7], [8, 2, 4]
    assert {
        **dict.fromkeys(("Đơn vị", "Lĩnh vực", "Cấp", "Đối tượng"), everybody),
        **dict.fromkeys(("Giới tính", "Dân tộc"), people),
    } == told


def test_gates_with_state_reason_article_and_cells():
    line = next(line for line in lines(BOOK, "Điều kiện") if (line["ma_de_nghi"], line["ma"]) == (f"{X1}/10", "E5"))
    assert tuple(line[key] for key in ("dieu_kien", "trang_thai", "noi_dung", "can_cu", "o")) == (
        "Hồ sơ đầy đủ", "Không đạt", "Không có quyết định công nhận.", "Quy định của điều kiện E5",
        "2023-Q3/DVK_DB-XA-1_2023-Q3.xlsx, B9b!E7",
    )  # fmt: skip


def test_years_with_decision_or_the_mark_that_it_is_waited_for():
    first, second = lines(BOOK, "Các năm")[:2]
    assert (
        first["nam"], first["so_qd"], f"{first['ngay_qd']:%d/%m/%Y}", first["trang_thai"],
    ) == (2022, "12-QĐ/ĐU", "14/10/2022", None)  # fmt: skip
    assert tuple(second[k] for k in ("nam", "so_qd", "ngay_qd", "trang_thai")) == (2023, None, None, "chờ quyết định")


def test_ranking_has_one_column_for_each_step():
    line = lines(BOOK, "Xếp hạng")[0]
    assert tuple(line[f"buoc_{n}"] for n in (1, 2, 3)) == ("Hiệu quả cao", "2", "7")


def test_doubtful_records_stand_side_by_side_once():
    told = {line["thong_tin"]: (line["ban_1"], line["ban_2"], line["so_sanh"]) for line in lines(BOOK, "Cần xác minh")}
    assert (f"{X1}/15", f"{X2}/16", "khác") == told["Mã đề nghị"]
    assert told["Họ tên, tên tập thể"] == ("Trần Thị Lý", "Trần Thị Lý", "giống")
    assert told["Ngày sinh"] == ("02/03/1980", "02/03/1981", "khác")
    assert told["Giới tính"] == ("Nữ", None, "khác")


def test_a_recognition_stands_beside_the_proposal_it_may_belong_to():
    recognised = replace(
        proposal(9, "Trần Thị Lý").candidate, id="", form="", at=at(9, 8, "B9a"), birth=date(1979, 3, 2)
    )
    item = replace(
        proposal(15, "Trần Thị Lý", outcome=Outcome.TO_VERIFY, rank=None),
        doubts=(Doubt("cùng tên nhưng khác ngày sinh", recognised, (year(2022),)),),
    )
    told = {
        line["thong_tin"]: (line["ban_1"], line["ban_2"], line["so_sanh"])
        for line in lines(opened(written(shortlist(item))), "Cần xác minh")
    }
    assert told["Ngày sinh"] == ("02/03/1980", "02/03/1979", "khác")
    assert told["Dòng trong tệp"][1] == "2023-Q3/DVK_DB-XA-1_2023-Q3.xlsx, B9a!H9"
    assert told["Các năm được tính"][1] == "2022: 12-QĐ/ĐU ngày 14/10/2022, Đảng ủy xã Nghĩa Đô (2022-Q4, B9a!C9)"


def test_the_drop_down_and_the_red_of_a_missing_reason():
    sheet = opened(written(mixed()), values=False)["Đề nghị"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {"X6:X16": '"Chọn,Không chọn"'}
    rules = {
        str(area.sqref): [rule.formula[0] for rule in found]
        for area, found in sheet.conditional_formatting._cf_rules.items()
    }
    missing = 'OR(RIGHT($AC6,11)=", cần lý do",$AC6="Chỉ ghi Chọn hoặc Không chọn")'
    assert [missing, missing] == [rules[area][0] for area in ("X6:X16", "Y6:Y16")]


def test_choices_of_vanished_proposals_stay_on_a_sheet_of_their_own():
    target = BytesIO()
    who = Subject("DB-XA-9", PAPER, PERSON, "Lý A Páo", date(1980, 3, 5), "MH-1")
    gone = Choice("Chọn", "Ý kiến hội nghị", 5, "QĐ 1")
    chosen = Chosen(mixed(), {"DB-XA-9/2023-Q3/4": gone}, gone={"DB-XA-9/2023-Q3/4": who})
    write_shortlist(target, Office(PLAN, REGISTER, mixed().as_of), chosen)
    book = opened(target.getvalue())
    assert lines(book, "Không còn đề nghị") == [
        {
            "ma_de_nghi": "DB-XA-9/2023-Q3/4",
            "quyet_dinh": "Chọn",
            "ly_do_sua": "Ý kiến hội nghị",
            "so_tien_nhap": 5,
            "can_cu_tien": "QĐ 1",
            "ten": "Lý A Páo",
            "ma_don_vi": "DB-XA-9",
            "hinh_thuc": PAPER,
            "phan_loai": PERSON,
            "ngay_sinh": datetime(1980, 3, 5),
            "ma_mo_hinh": "MH-1",
        }
    ]


def test_what_needs_doing_first():
    told = [row[1] for row in TYPED_BOOK["Tổng quan"].iter_rows(min_row=6, max_row=17, values_only=True)]
    assert [
        "Chưa có số liệu của các kỳ: 2023-Q2. Tổng hợp các kỳ này rồi lập lại danh sách.",
        "Chỉ ghi Chọn hoặc Không chọn (1): Trần Thị Lý.",
        "Trái điều kiện, cần ghi lý do (1): Hộ ông Lý Văn Páo.",
        "Vượt chỉ tiêu, cần ghi lý do (1): Tổ dân vận thôn Bản Rịa.",
        "Khác đề xuất, cần ghi lý do (2): Nguyễn Văn Hòa; Đặng Thị Ngân.",
        f"Vượt chỉ tiêu: {PRAISE} - {GROUP}.",
        "Cần xác minh với đơn vị trước khi xét (2): Trần Thị Lý; Trần Thị Lý.",
        "Ngang nhau tại ranh giới chỉ tiêu, người có thẩm quyền chọn và ghi lý do (2): Vàng A Sùng; Đặng Thị Ngân.",
        "Chưa xét, chờ bổ sung căn cứ (1): Hộ ông Lý Văn Páo.",
        "2 điều kiện thiếu căn cứ ở 2 đề nghị: chưa đủ hồ sơ hoặc số liệu.",
        "Tiền thưởng: hệ số chưa đối chiếu văn bản; chưa có hệ số cho hộ gia đình.",
        None,
    ] == told


def test_the_same_shortlist_gives_the_same_bytes():
    assert written(mixed(), TYPED) == written(mixed(), TYPED)


@pytest.mark.parametrize("data", [shortlist(), shortlist(quotas=()), shortlist(proposal(7, "Lý Thị Sao"), quotas=())])
def test_an_empty_round_is_a_workbook_too(data: Shortlist):
    book = opened(written(data))
    assert len(data.proposals) == len(lines(book, "Đề nghị"))
    assert len(data.quotas) == len(lines(book, "Chỉ tiêu khen"))


# --- cards ---

LONG = proposal(
    30,
    "Tập thể cán bộ và nhân dân thôn Nà Đình " * 4,
    years=[year(number) for number in range(2010, 2023)],
    reasons=["Lý do rất dài của đơn vị, kèm các ô làm căn cứ. " * 20] * 4,
    achievement="Vận động nhân dân hiến đất, góp công làm đường. " * 10,
    states={"e5": FAILED, "e6": LACKING},
)
LONG = replace(LONG, gates=tuple(replace(gate, reason=gate.reason * 15) for gate in LONG.gates))


def heights_of_cards(book: Any) -> list[float]:
    """Points of each page of ``Phiếu xét`` between its page breaks."""
    sheet = book["Phiếu xét"]
    ends = [mark.id for mark in sheet.row_breaks.brk] + [sheet.max_row]
    starts = [0, *ends[:-1]]
    return [
        sum(sheet.row_dimensions[row].height or 15 for row in range(start + 1, end + 1))
        for start, end in zip(starts, ends, strict=True)
    ]


def test_each_card_is_lower_than_an_a4_page():
    data = shortlist(*mixed().proposals, LONG)
    found = heights_of_cards(opened(written(data)))
    assert len(data.proposals) == len(found)
    assert max(found) < 720


def test_everything_of_a_candidate_is_on_its_card():
    card = "\n".join(
        str(value) for row in BOOK["Phiếu xét"].iter_rows(max_row=34, values_only=True) for value in row if value
    )
    for text in (
        "PHIẾU XÉT: Tổ dân vận thôn Nà Đình", "12, trong đó nữ 9", "MH-DB-XA-1-001; Hiến đất làm đường; Hiệu quả cao",
        "2022: 12-QĐ/ĐU ngày 14/10/2022", "2023: chờ quyết định", "E11", "Hạng 1", "Dự kiến",
        "Xếp loại: Hiệu quả cao; Số năm liên tục: 2", "Quyết định của người xét",
    ):  # fmt: skip
        assert text in card, text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_printed_by_libreoffice_every_card_fills_one_page_of_its_own(tmp_path: Path):
    data = shortlist(*mixed().proposals, LONG)
    path = tmp_path / "xet-chon.xlsx"
    path.write_bytes(written(data))
    pages = [" ".join(line.text for line in page) for page in _pages(convert(path, "pdf", tmp_path / "out"))]
    first = next(number for number, page in enumerate(pages) if "PHIẾU XÉT" in page)
    cards = pages[first:]
    assert len(data.proposals) == len(cards)
    for item, page in zip(data.proposals, cards, strict=True):
        assert page.count("PHIẾU XÉT") == 1, item.candidate.id
        assert item.candidate.id in page
        assert "chưa phải quyết định" in page


# --- live formulas ---


def same(ours: Any, theirs: Any) -> None:
    assert ours.sheetnames == theirs.sheetnames
    for name in ours.sheetnames:
        for row in ours[name].iter_rows():
            for cell in row:
                other = theirs[name][cell.coordinate].value
                if isinstance(cell.value, float):
                    assert other == pytest.approx(cell.value), (name, cell.coordinate)
                else:
                    # A formula whose result is no text is blank in one program and "" in another.
                    assert (other if other != "" else None) == (cell.value if cell.value != "" else None), (
                        name,
                        cell.coordinate,
                    )


def type_in(book: Any) -> None:
    """As the clerk does in a fresh copy."""
    sheet = book["Đề nghị"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        choice = TYPED.get(sheet.cell(row, 1).value)
        if choice is not None:
            typed = (choice.decision, choice.reason, choice.money, choice.money_basis)
            for key, value in zip(("quyet_dinh", "ly_do_sua", "so_tien_nhap", "can_cu_tien"), typed, strict=True):
                sheet.cell(row, keys[key]).value = value or None


@pytest.fixture(scope="module")
def recounted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The workbooks as LibreOffice opens, counts and saves them."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("xét chọn")
    books = {"nothing typed": written(mixed()), "typed": written(mixed(), TYPED)}
    books["typed by hand"] = edited(books["nothing typed"], type_in)
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    first, *more = (folder / f"{name}.xlsx" for name in books)
    convert(first, "xlsx:Calc MS Excel 2007 XML", folder / "out", *more)
    return {name: opened((folder / "out" / f"{name}.xlsx").read_bytes()) for name in books}


@pytest.mark.parametrize(("name", "ours"), [("nothing typed", BOOK), ("typed", TYPED_BOOK)])
def test_libreoffice_counts_the_same(name: str, ours: Any, recounted: dict[str, Any]):
    same(ours, recounted[name])


def test_typing_into_the_workbook_moves_the_formulas_as_the_program_counts(recounted: dict[str, Any]):
    """The clerk types into a fresh copy; another program counts; the result is what we draw for those choices."""
    counted = recounted["typed by hand"]
    for name, keys in {
        "Đề nghị": ("nhac", "duoc_chon", "tien_tinh"),
        "Chỉ tiêu khen": ("da_chon", "con_lai"),
        "Cơ cấu": ("de_nghi", "du_kien", "duoc_chon"),
        "Dự toán tiền thưởng": ("so_luong", "so_tinh_tien", "thanh_tien"),
    }.items():
        wanted = [[line[key] or None for key in keys] for line in lines(TYPED_BOOK, name)]
        assert wanted == [[line[key] or None for key in keys] for line in lines(counted, name)], name


def test_the_rule_of_the_workbook_is_the_rule_of_the_program():
    chosen = Chosen(mixed(), TYPED)
    counted = chosen_count(chosen)
    told = [
        (line["ma_de_nghi"], line["nhac"] or "", line["duoc_chon"], line["tien_tinh"] or None)
        for line in lines(TYPED_BOOK, "Đề nghị")
    ]
    assert told == [
        (item.candidate.id, reminder(chosen, item, counted), chosen.is_chosen(item), money_of(chosen, item))
        for item in mixed().proposals
    ]


def test_numbers_of_people_are_written_as_offices_write_them():
    group = replace(proposal(7, "Tổ dân vận", kind=GROUP).candidate, people=Decimal(1200), women=None)
    data = shortlist(replace(proposal(7, "Tổ dân vận", kind=GROUP), candidate=group))
    card = list(opened(written(data))["Phiếu xét"].iter_rows(values_only=True))
    assert "1.200" in [value for row in card for value in row]


def test_every_sheet_repeats_its_heads_on_a4():
    for sheet in opened(written(mixed()), values=False):
        if sheet.title == "Bản ghi":
            continue
        assert int(sheet.page_setup.paperSize) == 9, sheet.title
        if sheet.title not in ("Tổng quan", "Phiếu xét"):
            assert sheet.print_title_rows, sheet.title
            assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
