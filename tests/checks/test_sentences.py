"""Every sentence of the catalogue as a unit reads it: said by the rule or the reader itself, slots filled in.

``sentences.txt`` holds name, what is wrong and what to do of each; a sentence that nobody says is told here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font

from dvk_reports.checks.across import across
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import FileState
from dvk_reports.model.values import Cell
from dvk_reports.plan.office import Office
from dvk_reports.run.check import unusable
from tests.checks.commune import BDV, CQ, EMPTY_B1, GONE, NIL, REGISTER, XA, findings, sent
from tests.checks.registers import DUE, THON, WAIVER, register
from tests.checks.registers import XA as XA_LINE
from tests.support.build import (
    PLAN,
    b1,
    b2,
    b3,
    b5,
    b6,
    b7,
    b8,
    b9a,
    b9b,
    b10,
    checked,
    form,
    office,
    quarter,
    unit,
)
from tests.support.offices import edited as edited_file
from tests.support.offices import form_of, total_below
from tests.support.raw_forms import BOOK, copy_of, edited, line_of
from tests.support.raw_forms import form as read_return

ROOT = Path(__file__).parents[2]
ELSEWHERE = {
    "EARLIER_FORM": ("tests/intake/test_form_versions.py", "đã đọc theo bảng chuyển đổi của quy định"),
    "STOPPED_BELOW": ("tests/intake/test_level_above.py", "đã bị dừng ở sổ tổng hợp gửi lên; sổ không còn ghi lý do"),
    "DAMAGED_BELOW": ("tests/intake/test_level_above.py", "Biểu B1 của sổ tổng hợp gửi lên có 0 dòng của đơn vị"),
    "MODEL_TWICE": ("tests/checks/test_across.py", "(dòng 7); cả hai dòng đang được tính."),
    "REG_MODELS_UNLISTED": (
        "tests/run/test_former_units.py",
        "mô hình chưa kết thúc chưa có trong báo cáo của đơn vị nào:",
    ),
    "REG_UNIT_LOST": (
        "tests/run/test_former_units.py",
        ": số phát sinh của các kỳ đó vẫn ở trong tổng, đơn vị không còn trong số phải báo cáo.",
    ),
    "REMARK_NOT_TAKEN": ("tests/run/test_remarks.py", "; nhận xét này chưa được đưa vào."),
    "CAME_AFTER_LOCK": ("tests/run/test_unit_locks.py", "); tệp này đến sau, chưa được dùng."),
    "LOCKED_IS_GONE": ("tests/run/test_unit_locks.py", " đã khóa không còn trong thư mục nhan-ve/"),
    "REG_HELD_NOTHING": (
        "tests/checks/test_waivers.py",
        "không khớp với giá trị nào được tính ở kỳ 2023-Q3:",
    ),
    "NOT_MADE": ("tests/run/test_one_unit.py", "); các đơn vị khác không bị ảnh hưởng."),
    "QUARTER_ABSENT": (
        "tests/run/test_long_period.py",
        "chưa tổng hợp, nên số phát sinh của kỳ thiếu quý này và không đơn vị nào đủ báo cáo.",
    ),
}
"""Sentences that take a whole run to be said -> the test that pins them, and its words."""


def pinned() -> Mapping[str, tuple[str, str]]:
    """Name -> (what is wrong, what to do), as ``sentences.txt`` holds them."""
    text = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8")
    blocks = (block.split("\n") for block in text.strip().split("\n\n"))
    return {name: (wrong.strip(), remedy.strip()) for name, wrong, remedy in blocks}


PINNED = pinned()


# --- who says them ---


def of_one_return() -> Iterator[Finding]:
    """Returns of the commune of ``commune.py``, each with a few mistakes."""
    own = b2("| ma_thon |\n| T1 |")
    for bia, who in (
        ({"ma_don_vi": "DB-XA-11"}, unit("DB-XA-11")),
        ({"ky": ""}, XA),
        ({"ky": "2023-Q5"}, XA),
        ({"ma_mau": "2019.1"}, XA),
    ):
        yield from checked(who, REGISTER, "2023-Q3", sent(bia=bia)).findings
    yield from findings(sent(who=GONE), GONE)
    yield from findings(replace(sent(), place="Nhận về/DVK_DB-TT-1_2023-Q3.xlsx"))
    given: list[dict[str, str]] = [
        {"B1": b1(so_chuyen_muc="", ngay_ke_hoach="", tong_so_chi_bo="9"), "B2": b2("| ten | co_dtvm |\n| | Có |")},
        {"B2": own, "B3": b3("| kien_nghi |\n| Nhân rộng |"), "B4": "| ma_thon | so_mo_hinh |\n| T1 | 2 |"},
        {"B6": b6("| so_luong | ma_mo_hinh |\n| 2 | MH-DB-XA-77-001 |")},
        {"B8": b8("| phieu_hop_le | tt_rat_hl | tt_hl | tt_bt | tt_khl | tt_rat_khl |\n| 29 | 20 | 8 | 0 | 0 | 0 |")},
        {"B8": b8("| tt_rat_hl | tt_hl | tt_bt |\n| 20 | 20 | |")},
        {
            "B8": b8(
                "| phieu_phat | phieu_thu | phieu_hop_le | ch_rat_hl | ch_hl | ch_bt | ch_khl | ch_rat_khl |\n"
                "| 200 | 200 | 200 | 98 | 100 | 2 | 0 | 0 |"
            )
        },
        {"B6": b6("| ngay | tieu_de |\n| 30/06/2023 | a |\n| 05/09/2023 | b |\n| 05/09/2023 | b |")},
        {
            "B1": b1(so_ke_hoach="12-BC/ĐU", ngay_ke_hoach="31/12/2023", tong_so_dang_vien="20000000"),
            "B10": b10("| nguon | thuc_hien |\n| Khác | 50000 |"),
        },
        {"B2": b2("| ma_mo_hinh | ma_thon |\n| MH-DB-XA-2-001 | T9 |\n| MH-DB-XA-2-001 | T1 |")},
        {"B2": own, "B3": b3("| ma_mo_hinh |\n| MH-DB-XA-1-002 |")},
        {"B2": own, "B3": b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | 100 |\n| 05/09/2023 | 50 |")},
        {"B2": own, "B9b": b9b("| ten | thu_tu |\n| Tổ A | 1 |\n| Tổ B | 1 |")},
        {"B5": b5("| ngay_den | cap_to_chuc |\n| 04/09/2023 | Huyện |"), "B11": f"| uu_diem | {'a' * 1501} |"},
        {
            "B7": b7("| cap |\n| Ban Dân vận Huyện ủy |"),
            "B11": "| uu_diem | Trong quý II |\n| phuong_huong | [CẦN BỔ SUNG] |",
        },
        {
            "B2": own,
            "B3b": "| ma_mo_hinh | noi_nhan_rong | ngay_nhan_rong |\n| MH-DB-XA-1-001 | DB-XA-1 | 05/09/2023 |\n"
            "| MH-DB-XA-1-001 | Xã Bảo Ha | 06/09/2023 |",
        },
    ]
    for sheets in given:
        yield from findings(sent(sheets))
    review = b3("| ngay_danh_gia |\n| 05/11/2023 |")
    named = (
        "| ket_qua | ten | ma_mo_hinh | ngay_qd |\n"
        "| Mô hình | Tổ A | MH-DB-XA-1-001 | 15/10/2022 |\n"
        "| Điển hình | Tổ B | | 10/10/2023 |\n"
        "| Điển hình | Tổ B | | 10/10/2023 |"
    )
    yield from findings(sent({"B2": own, "B3": review, "B9a": b9a(named)}, period="2023-Q4"))
    yield from findings(sent({"B11": "| uu_diem | |"}, period="2023-Q2"))
    yield from findings(sent({"B2": own, "B9a": b9a("| ten |\n| Tổ A |")}, period="2023-Q2"))
    yield from findings(sent(absent=["B6"], ticked="B3"))
    yield from findings(sent({"B2": own}, ticked="B2 B3 B9b"))
    nil = sent({"B1": EMPTY_B1, "B5": b5("| so_luot |\n| 5 |")}, ticked="", bia=NIL)
    yield from findings(nil)
    two = office(XA, unit("DB-XA-8", name="Đảng bộ xã Lương Sơn"), unit("DB-XA-9", name="Đảng bộ xã Lương Són"))
    yield from findings(sent({"B7": b7("| don_vi_duoc_kt |\n| ĐB xa Luong Son |")}), register=two)


def of_two_quarters() -> Iterator[Finding]:
    line = "| ma_mo_hinh | ten | trang_thai | ngay_tt | ly_do_tt | ngay_dk | so_ho |\n"
    first = "| MH-DB-XA-1-004 | Tổ tự quản | Dừng | 05/02/2023 | Hết việc | 05/03/2022 | |"
    before = (
        "| MH-DB-XA-1-001 | Đường hoa | Duy trì | | | 05/03/2022 | 30 |\n"
        "| MH-DB-XA-1-002 | Đường điện | Đang thực hiện | | | 05/03/2022 | |\n"
        "| MH-DB-XA-1-003 | Vườn mẫu | Đang thực hiện | | | 05/03/2022 | |"
    )
    now = (
        "| MH-DB-XA-1-001 | Đường hoa | Đăng ký | | | 05/03/2022 | 300 |\n"
        "| MH-DB-XA-1-009 | Vườn mẫu | Đang thực hiện | | | 05/03/2022 | |\n"
        "| MH-DB-XA-1-004 | Tổ tự quản | Đang thực hiện | | | 05/03/2022 | |\n"
        "| MH-DB-XA-1-005 | Hiến đất | Đang thực hiện | | | 20/05/2023 | |"
    )
    past = [sent({"B2": b2(line + rows)}, period=period) for rows, period in ((first, "2023-Q1"), (before, "2023-Q2"))]
    yield from findings(sent({"B2": b2(line + now)}), before=past)


def of_a_year() -> Iterator[Finding]:
    past = [sent({"B1": b1(so_cuoc_tuyen_truyen=n)}, period=period) for period, n in (("2022-Q3", 12), ("2023-Q2", 20))]
    yield from findings(sent({"B1": b1(so_cuoc_tuyen_truyen=40)}), before=past)


def of_many_units() -> Iterator[Finding]:
    """Twenty offices, of which one says ten times as much as the others."""
    many = [unit(f"DB-CQ-{number}", order=number) for number in range(20)]
    returns = [form(who, "2023-Q3", {"B1": b1(so_cuoc_tuyen_truyen=10 + 90 * (who is many[7]))}) for who in many]
    yield from across(Office(PLAN, office(*many), quarter("2023-Q3").last_day), quarter("2023-Q3"), returns)


def of_all_returns() -> Iterator[Finding]:
    """Two units that tell the same, and one that tells it twice."""
    name = "Vận động Nhân dân hiến đất, góp công làm đường liên thôn"
    person = "| phan_loai | ten | ngay_sinh | thu_tu |\n| Cá nhân | Nguyễn Thị Hòa | 01/01/1980 | 1 |"
    sheets = {
        "B5": b5("| ten_lop |\n| Bồi dưỡng công tác dân vận |"),
        "B6": b6("| tieu_de | kenh |\n| Làm đường ở Bản Rịa | Báo Lào Cai |"),
        "B9b": b9b(person + "\n| Cá nhân | Nguyễn Thị Hòa | 01/01/1980 | 2 |"),
    }
    returns = [
        form(who, "2023-Q3", {**sheets, "B2": b2(f"| ma_mo_hinh | ten |\n| MH-{who.code}-001 | {name} |\n{more}")})
        for who, more in ((XA, f"| MH-DB-XA-1-002 | {name} |"), (CQ, ""))
    ]
    yield from across(Office(PLAN, REGISTER, quarter("2023-Q3").last_day), quarter("2023-Q3"), returns)


def of_cells() -> Iterator[Finding]:
    """One cell after another as a workbook may hold it."""
    parser = ValueParser(PLAN, "DB-XA-1")

    def read(sheet: str, key: str, value: Any, **more: Any) -> None:
        spec = PLAN.sheets[sheet]
        parser.value(spec, spec.fields[key], RawCell(value, **more), Cell("a.xlsx", sheet, 7, 3), 7)

    for text in ("12 lượt", "1,234", "-1", "12%", "1.234.567"):
        read("B5", "so_luot", text)
    read("B5", "so_luot", "1" * 16)
    read("B5", "so_luot", 2.5)
    read("B10", "thuc_hien", 2500, number_format="0,0,")
    read("B10", "chung_tu", date(2023, 9, 12))
    read("B5", "so_luot", None, error="#REF!", formula=True)
    read("B5", "so_luot", None, formula=True)
    read("B5", "so_luot", None, error="1E+400")
    read("B5", "so_luot", 1, number_format="")
    read("B5", "so_luot", "15", struck="12")
    read("B5", "so_luot", None, struck=120)
    read("B5", "so_luot", 15, formula=True, linked=True)
    read("B6", "ngay", "31/9/2023")
    read("B6", "ngay", 2023)
    read("B2", "linh_vuc", "Kinh tê")
    for font in (".VnTime", "Times New Roman"):
        read("B2", "ten", "§èi tho¹i víi ng­êi lao ®éng", font=font)
    yield from parser.findings


def of_workbooks() -> Iterator[Finding]:
    """A form that was pulled about, and a file that is none."""
    cost = {"noi_dung": "Hội nghị", "nguon": "Khác", "thuc_hien": 5}
    news = {"ngay": date(2023, 9, 5), "tieu_de": "Tin", "kenh": "Mạng xã hội", "loai": "Tin"}
    rows = {"B5": [], "B6": [news], "B7": [], "B8": [], "B10": [cost, cost]}
    data = form_of(PLAN, REGISTER, BDV, quarter("2023-Q3"), {}, rows, ("BIA", "B1", "B5", "B6", "B7", "B10"))

    def pull(book: Any) -> None:
        costs, articles = book["B10"], book["B6"]
        total = total_below(costs)
        costs.cell(total, 3).value = 99
        for column, value in ((2, "Chi thêm"), (3, "Khác"), (5, 3)):
            costs.cell(total + 2, column).value = value
        costs.row_dimensions[8].hidden = True
        costs.cell(6, 12).value, costs.cell(8, 12).value = "Cột riêng", "số liệu riêng"
        for column in (3, 5):
            costs.cell(total + 3, column).value = "Khác" if column == 3 else 4
            costs.cell(total + 3, column).font = Font(strike=True)
        for row in range(1, 20):  # two columns change places, one is lost
            left, right = costs.cell(row, 3).value, costs.cell(row, 5).value
            costs.cell(row, 3).value, costs.cell(row, 5).value = right, left
            costs.cell(row, 6).value = None
        for column in range(1, articles.max_column + 1):
            articles.cell(1, column).value = None
        articles.sheet_state = "hidden"
        for row in range(1, 9):
            book["B5"].cell(row, 2).value = None
        book.create_sheet("Theo dõi riêng")["A1"] = "Việc phải làm"
        book.create_sheet("Theo dõi riêng 2")

    book = replace(read_book(edited_file(data, pull), "xlsx"), notes=("trang macro “Module1”: không đọc, không chạy",))
    book = replace(book, doubts=("tệp dạng .xlsb: không phân biệt được ô lỗi với ô trống, ô phần trăm với ô số",))
    found = read_form(PLAN, book, "bieu.xlsm", "")
    assert found is not None
    yield from found.findings
    yield unusable("a.pdf", FileState.UNREADABLE, "tệp PDF")


def of_changed_cells() -> Iterator[Finding]:
    """Lines that are no record, values where nothing is read, sheets twice in a file."""
    days = {f"B{row}": day for row, day in ((8, date(2023, 7, 8)), (9, "25/8/2023"))}
    news = days | {f"{column}{row}": text for row in (8, 9) for column, text in (("C", "Tin"), ("E", "Tin"))}
    for book in (
        edited("B10", {"B9": "Tổng cộng", "E9": 33.5, "B10": "II. CHI KHÁC", "B11": "Không có"}),
        edited("B6", {"C8": "Không phát sinh"}),
        edited("B6", news),
        edited("B10", {"C6": "Nguồn tiền"}, lists=()),
        edited("B10", {"F8": "khuất"}, merged=((8, 5, 8, 6),)),
        edited("B1", {f"D{line_of('so_luot_nhan_dan')}": 350}),
        edited("B1", {"C19": 350}),
        copy_of(edited("B10", {"B8": None, "C8": None, "E8": None}), "B10", "B10 (2)", {}),
        copy_of(BOOK, "B10", "B10 (2)", {}),
        copy_of(BOOK, "B10", "B10 (2)", {"E8": 40}),
    ):
        yield from read_return(book).findings


def of_the_register(folder: Path) -> Iterator[Finding]:
    other = {**XA_LINE, "ma_don_vi": "DB-XA-2"}
    wrong = {
        "Đơn vị": [XA_LINE, XA_LINE, {**other, "ten": None}, {**other, "loai": "XA"}],
        "Hạn nộp": [{**DUE, "ngay_khoa_so": "giữa tháng 10", "tu_ngay": "16/9/2023", "den_ngay": "15/6/2023"}],
        "Thôn": [{**THON, "den_ngay": "30/6/2023"}, {**THON, "ma_thon": "T2", "ma_don_vi": "DB-XA-11"}],
        "Chỉ số ngoài": [{"ma": "MT5.8", "nam": 2023, "gia_tri": 0.8311, "nguon": "Sở Nội vụ"}],
        "Miễn trừ": [{**WAIVER, "ma_loi": "K02"}],
    }
    found = register(folder, wrong)
    yield from found.findings
    yield from found.findings_for(PLAN, quarter("2023-Q4"))
    yield from register(folder, without=("Người ký", "Thôn.loai")).findings
    signer, index = {"van_ban": "bao_cao_quy", "chuc_vu": "TRƯỞNG BAN"}, wrong["Chỉ số ngoài"][0]
    merger = {"ma_cu": "DB-XA-1", "ma_moi": "DB-XA-2", "ngay": "01/7/2025", "van_ban": "Nghị quyết"}
    mail = "Nguyễn Văn A <a@x.vn>; không có"
    more = {
        "Đơn vị": [
            {**XA_LINE, "ma_hanh_chinh": 2950, "den_ngay": "31/12/9999", "email": mail},
            {**other, "tu_ngay": "01/8/2025"},
            {**XA_LINE, "ma_don_vi": "../DB"},
        ],
        "Thôn": [
            THON,
            {**THON, "ma_thon": "T2"},
            {**THON, "ma_thon": None, "ten": "Bản Đ"},
            {**THON, "ma_thon": "T3", "ten": "Bản C", "ma_don_vi": "../DB"},
        ],
        "Sáp nhập": [merger, {**merger, "ma_cu": "DB-XA-2", "ma_moi": "DB-XA-1"}],
        "Người ký": [signer, signer],
        "Chỉ số ngoài": [{**index, "ma": "MT5.88"}],
        "Nhận xét": [
            {"ky": "2023-Q3", "noi_dung": text, "nguoi": "Nguyễn Văn A", "ngay": "10/10/2023"}
            for text in ("a" * 1001, "Đã họp")
        ],
        "Nhiệm vụ kế hoạch": [{"ma_nv": "III.11", "nam": 2023, "noi_dung": "Tập huấn", "chu_tri": "Ban Dân vận"}],
    }
    spoilt = register(folder, more, edit=_spoilt)
    yield from (*spoilt.findings, *spoilt.not_yet(date(2023, 9, 30)))
    yield from register(folder, {"Đơn vị": [XA_LINE, {**other, "ten": XA_LINE["ten"]}]}).findings


def _spoilt(book: Any) -> None:
    book.copy_worksheet(book["Hạn nộp"]).title = "Hạn nộp (2)"
    book["Hạn nộp"]["C3"] = "#REF!"
    book["Hạn nộp"]["B4"] = "=B3+90"
    book["Thôn"].merge_cells("G3:G4")
    book["Thôn"]["E1"], book["Thôn"]["H1"] = None, "ten"


# --- what they say ---


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Finding]:
    """Name -> the first finding that says it."""
    folder = tmp_path_factory.mktemp("câu")
    found: dict[str, Finding] = {}
    sources: Iterable[Iterable[Finding]] = (
        of_one_return(),
        of_two_quarters(),
        of_a_year(),
        of_many_units(),
        of_all_returns(),
        of_cells(),
        of_workbooks(),
        of_changed_cells(),
        of_the_register(folder),
    )
    for finding in (finding for source in sources for finding in source):
        found.setdefault(finding.rule, finding)
    return found


def test_every_sentence_is_pinned() -> None:
    assert sorted((*PINNED, *ELSEWHERE)) == sorted(CATALOGUE)


@pytest.mark.parametrize("name", PINNED)
def test_what_a_sentence_says(said: Mapping[str, Finding], name: str) -> None:
    assert name in said, f"{name}: no rule or reader says it"
    assert (said[name].text, said[name].remedy) == PINNED[name]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_a_whole_run_says_is_pinned_there(name: str) -> None:
    path, words = ELSEWHERE[name]
    text = (ROOT / path).read_text(encoding="utf-8")
    assert words in re.sub(r'"\s*\n\s*f?"', "", text)  # a long sentence stands there on several lines
    fixed = re.split(r"\{\w+\}", CATALOGUE[name].text)
    assert max(fixed, key=len).strip(" .;:") in words
