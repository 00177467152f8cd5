"""Every remedy is true: who does what it says, word for word, is told the same thing no more.

``SUGGESTED``: remedies that name what to write ("ví dụ …", "Có phải là …?", "lần sau ghi đúng …"); what stands in the
sentence itself is put into the cell. ``DONE``: remedies that say what to do; the table holds the return before and
after each way out that the sentence offers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from dvk_reports.intake.form.values import ValueParser
from dvk_reports.intake.readers.raw import RawCell
from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.values import Cell
from dvk_reports.vietnamese.numbers import read_number
from tests.checks.commune import EMPTY_B1, NIL, REGISTER, XA, findings, sent
from tests.checks.registers import DUE, THON, WAIVER, register
from tests.checks.registers import XA as XA_LINE
from tests.support.build import PLAN, b1, b2, b3, b5, b6, b7, b8, b9a, b9b, b10, checked, office, unit

_OFFERS = (
    re.compile(r"Có phải là “?(?P<one>[^”?]+)”?\?"),
    re.compile(r"ví dụ (?P<one>\S+?)(?: hoặc (?P<two>\S+?))?[.;]?(?: |$)"),
    re.compile(r"lần sau ghi đúng (?:số )?(?P<one>.+)\.$"),
    re.compile(r"[Gg]hi mã của đơn vị: (?P<one>\S+?)(?: hoặc (?P<two>\S+?))?\.$"),
    re.compile(r"một cách: (?P<one>\S+?)(?: hoặc (?P<two>\S+?))?\.$"),
    re.compile(r"chuyển sang: (?P<list>.+)\.$"),
    re.compile(r"Ghi một trong: (?P<list>.+)\.$"),
    re.compile(r"biểu mẫu phiên bản (?P<one>\S+) được gửi"),
    re.compile(r"Ghi kỳ dạng (?P<one>\S+?)\.$"),
    re.compile(r"Ghi lại mã (?P<one>\S+);"),
    re.compile(r"dạng (?P<code>MH-\S+?)-<3 chữ số>"),
)
OFFERING = re.compile(
    r"ví dụ|lần sau ghi đúng|\{gan\}|\{vi_du\}|\{duoc\}|\{list\}|\{cach\}|\{dung\} được|dạng MH-|\{ma\}\.$"
)
"""Templates of remedies that name what to write."""


def offered(remedy: str) -> list[str]:
    """All that a remedy names to be written into the cell."""
    found: list[str] = []
    for pattern in _OFFERS:
        for match in pattern.finditer(remedy):
            parts = match.groupdict()
            found += [part for key, part in parts.items() if part and key in ("one", "two")]
            found += [part.strip(" “”") for part in (parts.get("list") or "").split(",") if part.strip()]
            found += [f"{parts['code']}-007"] if parts.get("code") else []
    return found


def same(items: Iterable[Finding], one: Finding) -> list[Finding]:
    """The findings that say the same of the same cell; a row or sheet that is gone cannot."""
    return [item for item in items if (item.rule, item.sheet, item.key) == (one.rule, one.sheet, one.key)]


def first(items: Iterable[Finding], rule: str) -> Finding:
    found = [item for item in items if item.rule == rule]
    assert found, f"{rule} is not said"
    return found[0]


# --- one cell ---------------------------------------------------------------------------------------------------------

# field of the form -> what units type into it that is not taken, or is taken and told
TYPED: Mapping[tuple[str, str], tuple[Any, ...]] = {
    ("B5", "so_luot"): ("1,234", "1.234", "1 234", "12 lượt", "12,5", "-3", "12%", "１２", "1.234,5", "hai", 2.5, -1),
    ("B10", "thuc_hien"): ("1,234", "1.234", "1,234,567", "12 triệu", "12.5", "12,5", "-3", "12%", "1.234.567"),
    ("B1", "ngay_ke_hoach"): ("2023", 2023, "5/9/23", "31/9/2023", "tháng 9", "5-9-2023", "2023-09-05", "quý III"),
    ("B6", "ngay"): ("5.9.2023", "9/2023", "hôm qua", "5 tháng 9 năm 2023"),
    ("B2", "linh_vuc"): (
        "kinh te",
        "KINH TẾ",
        "Kinh tê",
        "Kinh tế xã hội",
        "Văn hoá xã hội",
        "Quốc phòng",
        "An ninh",
        "abc",
    ),
    ("B2", "trang_thai"): ("Đang thưc hiện", "dung", "Duy tri", "Kêt thúc"),
    ("B2", "co_ntm"): ("x", "co", "CÓ", "Kông", "có ạ", "khong"),
    ("BIA", "loai_bao_cao"): ("chính thúc", "Bô sung", "không phát sinh"),
}


def of_cell(sheet: str, key: str, value: Any) -> list[Finding]:
    parser, spec = ValueParser(PLAN, "DB-XA-1"), PLAN.sheets[sheet]
    parser.value(spec, spec.fields[key], RawCell(value), Cell("a.xlsx", sheet, 7, 3), 7)
    return parser.findings


@pytest.mark.parametrize(("sheet", "key"), TYPED)
def test_what_the_remedy_for_a_cell_names_is_taken(sheet: str, key: str) -> None:
    """As text, just as the sentence has it, and as Excel keeps a number that is typed so."""
    numeric, named = PLAN.sheets[sheet].fields[key].numeric, 0
    whole = PLAN.sheets[sheet].fields[key].kieu == "nguyen"
    for wrong in TYPED[sheet, key]:
        for told in of_cell(sheet, key, wrong):
            for text in offered(told.remedy):
                named += 1
                again = of_cell(sheet, key, text)
                if numeric and told.level is not Level.BLOCK:
                    number = read_number(text, whole)
                    assert number is not None, f"{wrong!r}: {told.remedy}"
                    again = of_cell(sheet, key, float(number))
                assert [item for item in again if item.level is Level.BLOCK] == [], f"{wrong!r}: {told.remedy}"
                assert same(again, told) == [], f"{wrong!r}: {told.remedy}"
    assert named, "no remedy names anything"


# --- one return: what the sentence names is put into the place of {} --------------------------------------------------

OWN = b2("| ma_mo_hinh | ma_thon |\n| MH-DB-XA-1-001 | T1 |")
Before = tuple[tuple[str, str], ...]


def bia(key: str, text: str) -> list[Finding]:
    code = text if key == "ma_don_vi" else XA.code
    who = REGISTER.by_code.get(code) or unit(code)
    return list(checked(who, REGISTER, "2023-Q3", sent(bia={key: text})).findings)


def one_sheet(sheet: str, lines: str) -> Callable[[str], list[Finding]]:
    def said(text: str) -> list[Finding]:
        given = {"B2": OWN, sheet: lines.replace("{}", text)}
        return list(findings(sent(given)))

    return said


def after_quarter(before: str, now: str) -> Callable[[str], list[Finding]]:
    past = [sent({"B2": before}, period="2023-Q2")]
    return lambda text: list(findings(sent({"B2": now.replace("{}", text)}), before=past))


def alike_bodies(text: str) -> list[Finding]:
    two = office(XA, unit("DB-XA-8", name="Đảng bộ xã Lương Sơn"), unit("DB-XA-9", name="Đảng bộ xã Lương Són"))
    given = {"B2": OWN, "B7": b7("| don_vi_duoc_kt |\n| {} |".replace("{}", text))}
    return list(findings(sent(given), register=two))


RUNNING = b2("| ma_mo_hinh | ma_thon | trang_thai |\n| MH-DB-XA-1-001 | T1 | Duy trì |")

# sentence, what is said of a text in the cell, the faulty texts
SUGGESTED: list[tuple[str, Callable[[str], list[Finding]], tuple[str, ...]]] = [
    ("UNKNOWN_UNIT", lambda text: bia("ma_don_vi", text), ("DB-XA-11", "DB-XA1", "db-xa-1")),
    ("UNKNOWN_PERIOD", lambda text: bia("ky", text), ("2023-Q5", "Quý 3", "2030-Q1")),
    ("WRONG_FORM", lambda text: bia("ma_mau", text), ("2019.1", "2022")),
    ("SYMBOL", one_sheet("B1", b1(so_ke_hoach="{}")), ("12-BC/ĐU", "số 12")),
    ("UNKNOWN_MODEL", one_sheet("B3", b3("| ma_mo_hinh |\n| {} |")), ("MH-DB-XA-1-002", "MH-DB-XA-1-01", "001")),
    ("FOREIGN_MODEL", one_sheet("B6", b6("| ma_mo_hinh |\n| {} |")), ("MH-DB-XA-77-001", "001", "MH-DB-XA-1")),
    ("NOT_OWN_CODE", one_sheet("B2", b2("| ma_mo_hinh | ma_thon |\n| {} | T1 |")), ("MH-DB-XA-2-001", "001")),
    ("UNKNOWN_HAMLET", one_sheet("B2", b2("| ma_thon |\n| {} |")), ("Bản Ria Hạ", "T9", "T1; Làng Hoàng")),
    ("UNKNOWN_BODY", one_sheet("B7", b7("| don_vi_duoc_kt |\n| {} |")), ("Xã Bảo Hòa", "Đảng bộ xã Nghĩa Độc")),
    ("DOUBTFUL_BODY", alike_bodies, ("ĐB xa Luong Son",)),
    ("STATE_CHANGE", after_quarter(RUNNING, RUNNING.replace("Duy trì", "{}")), ("Đăng ký",)),
]


@pytest.mark.parametrize(("rule", "said", "wrong"), SUGGESTED, ids=[item[0] for item in SUGGESTED])
def test_what_the_remedy_names_is_taken(
    rule: str, said: Callable[[str], list[Finding]], wrong: tuple[str, ...]
) -> None:
    named = 0
    for text in wrong:
        told = first(said(text), rule)
        for right in offered(told.remedy):
            named += 1
            again = said(right)
            assert same(again, told) == [], f"{text}: {told.remedy}"
            stops = [f for f in again if f.level is Level.BLOCK and (f.sheet, f.key) == (told.sheet, told.key)]
            assert stops == [] or rule == "STATE_CHANGE", f"{text}: {told.remedy}"
    assert named, "no remedy names anything"


# --- one return: what the sentence says to do is done -----------------------------------------------------------------

Given = dict[str, Any]
OPINIONS = "phieu_hop_le | tt_rat_hl | tt_hl | tt_bt | tt_khl | tt_rat_khl"
NAMED = "| ten | ket_qua |\n| Tổ B | Điển hình |\n"
PLACES = "| ma_mo_hinh | noi_nhan_rong | thon_nhan_rong | ngay_nhan_rong |\n"


def sheets(**given: str) -> Given:
    return {"sheets": {"B2": OWN, **given}}


# sentence, the return it is said of, the returns after each way out of the remedy
DONE: list[tuple[str, Given, list[Given]]] = [
    (
        "BIA_BLANK",
        {"bia": {"ky": ""}},
        [{}],
    ),
    (
        "BLANK",
        sheets(B1=b1(tong_so_chi_bo="")),
        [sheets(B1=b1(tong_so_chi_bo="0", so_chi_bo_da_trien_khai="0")), sheets()],
    ),
    ("BLANK_TEXT", sheets(B2=b2("| ten | ma_thon |\n| | T1 |")), [sheets()]),
    (
        "BLANK_IF",
        sheets(B2=b2("| trang_thai | ngay_tt | ly_do_tt | ma_thon |\n| Tạm dừng | | Mưa lũ | T1 |")),
        [sheets(B2=b2("| trang_thai | ngay_tt | ly_do_tt | ma_thon |\n| Tạm dừng | 05/09/2023 | Mưa lũ | T1 |"))],
    ),
    (
        "NO_REPLICATION",
        sheets(B3=b3("| kien_nghi |\n| Nhân rộng |")),
        [
            sheets(
                B3=b3("| kien_nghi |\n| Nhân rộng |"),
                B3b=f"{PLACES}| MH-DB-XA-1-001 | DB-XA-2 | | 05/09/2023 |",
            ),
            sheets(B3=b3("| kien_nghi |\n| Duy trì |")),
        ],
    ),
    (
        "NIL_SNAPSHOT",
        {"sheets": {"B1": EMPTY_B1}, "bia": NIL, "ticked": "B2"},
        [{"sheets": {"B1": b1()}, "bia": NIL, "ticked": "B2"}],
    ),
    (
        "NIL_NO_MODELS",
        {"sheets": {"B1": EMPTY_B1}, "bia": NIL, "ticked": ""},
        [
            {"sheets": {"B1": EMPTY_B1}, "bia": NIL, "ticked": "B2"},
            {"sheets": {"B1": EMPTY_B1, "B2": OWN}, "bia": NIL, "ticked": ""},
        ],
    ),
    (
        "NO_ASSESSMENT",
        {"sheets": {"B11": "| uu_diem | |"}, "period": "2023-Q2"},
        [{"sheets": {"B11": "| ton_tai | Còn chậm |"}, "period": "2023-Q2"}],
    ),
    (
        "KIND_ONLY",
        sheets(B2=b2("| co_dtvm | ma_thon |\n| Có | T1 |")),
        [sheets(), sheets(B2=b2("| co_dtvm | ma_thon |\n| Không | T1 |"))],
    ),
    (
        "MORE_THAN_ONE",
        sheets(B6=b6("| so_luong |\n| 2 |")),
        [
            sheets(B6=b6("| tieu_de | so_luong |\n| Tin một | 1 |\n| Tin hai | |")),
            sheets(B6=b6("| kenh | so_luong |\n| Loa truyền thanh cơ sở | 2 |")),
        ],
    ),
    (
        "COUNTER_DIFFERS",
        sheets(B4="| ma_thon | so_mo_hinh |\n| T1 | 2 |\n| T2 | |"),
        [sheets(B4="| ma_thon | so_mo_hinh |\n| T1 | |\n| T2 | |")],
    ),
    (
        "PART_OVER_WHOLE",
        sheets(B1=b1(tong_so_chi_bo="9")),
        [sheets(B1=b1(tong_so_chi_bo="9", so_chi_bo_da_trien_khai="9")), sheets(B1=b1())],
    ),
    (
        "OPINIONS",
        sheets(B8=b8(f"| {OPINIONS} |\n| 29 | 20 | 8 | 0 | 0 | 0 |")),
        [
            sheets(B8=b8(f"| {OPINIONS} |\n| 29 | 20 | 8 | 1 | 0 | 0 |")),
            sheets(B8=b8(f"| {OPINIONS} |\n| 29 | | | | | |")),
        ],
    ),
    (
        "OPINIONS_BLANK",
        sheets(B8=b8(f"| {OPINIONS} |\n| 40 | 20 | 20 | | | |")),
        [
            sheets(B8=b8(f"| {OPINIONS} |\n| 40 | 20 | 20 | 0 | 0 | 0 |")),
            sheets(B8=b8(f"| {OPINIONS} |\n| 40 | | | | | |")),
        ],
    ),
    ("HAMLET_MISSING", sheets(B4="| ma_thon |\n| T1 |"), [sheets(B4="| ma_thon |\n| T1 |\n| T2 |")]),
    ("DATE_OUTSIDE", sheets(B6=b6("| ngay |\n| 30/06/2023 |")), [sheets(B6=b6("| ngay |\n| 01/07/2023 |"))]),
    ("LEFT_OVER", sheets(B11="| uu_diem | [CẦN BỔ SUNG] |"), [sheets(B11="| uu_diem | Có chuyển biến |")]),
    ("STALE_TEXT", sheets(B11="| uu_diem | Trong quý II |"), [sheets(B11="| uu_diem | Trong quý III |")]),
    (
        "MONEY",
        sheets(B10=b10("| nguon | thuc_hien |\n| Khác | 50000 |")),
        [sheets(B10=b10("| nguon | thuc_hien |\n| Khác | 0,05 |"))],
    ),
    ("NOT_REPORTED", {"sheets": {"B2": OWN}, "ticked": ""}, [sheets(), sheets(B5=b5("| so_luot |\n| 5 |"))]),
    (
        "TICK_AGAINST_ROWS",
        {"sheets": {"B2": OWN}, "ticked": "B2 B3 B5 B6 B7 B8 B9b B10"},
        [sheets(), {"sheets": {}, "ticked": "B2 B3 B5 B6 B7 B8 B9b B10"}],
    ),
    (
        "NIL_AGAINST_ROWS",
        {"sheets": {"B1": EMPTY_B1, "B5": b5("| so_luot |\n| 5 |")}, "bia": NIL, "ticked": "B2"},
        [
            sheets(B5=b5("| so_luot |\n| 5 |")),
            {"sheets": {"B1": EMPTY_B1}, "bia": NIL, "ticked": "B2"},
        ],
    ),
    (
        "TWICE",
        sheets(B2=b2("| ma_thon |\n| T1 |\n| T1 |")),
        [sheets(), sheets(B2=b2("| ma_mo_hinh | ma_thon |\n| MH-DB-XA-1-001 | T1 |\n| MH-DB-XA-1-002 | T1 |"))],
    ),
    (
        "REPEATED",
        sheets(B5=b5("| so_luot |\n| 5 |\n| 5 |")),
        [sheets(B5=b5("| so_luot |\n| 5 |"))],
    ),
    (
        "REPEATED_ONCE",
        {"sheets": {"B2": OWN, "B9a": b9a(f"{NAMED}| Tổ B | Điển hình |")}, "period": "2023-Q4"},
        [{"sheets": {"B2": OWN, "B9a": b9a(NAMED)}, "period": "2023-Q4"}],
    ),
    (
        "SECOND_REVIEW",
        sheets(B3=b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | 100 |\n| 05/09/2023 | 50 |")),
        [sheets(B3=b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | |\n| 05/09/2023 | 150 |"))],
    ),
    (
        "RANK_TWICE",
        sheets(B9b=b9b("| ten | thu_tu |\n| Tổ A | 1 |\n| Tổ B | 1 |")),
        [sheets(B9b=b9b("| ten | thu_tu |\n| Tổ A | 1 |\n| Tổ B | 2 |"))],
    ),
    (
        "DATE_ORDER",
        sheets(B5=b5("| ngay_den |\n| 04/09/2023 |")),
        [
            sheets(B5=b5("| ngay_den |\n| 05/09/2023 |")),
            sheets(B5=b5("| ngay_tu | ngay_den |\n| 04/09/2023 | 04/09/2023 |")),
        ],
    ),
    (
        "REPLICATED_AT_HOME",
        sheets(B3b=f"{PLACES}| MH-DB-XA-1-001 | DB-XA-1 | | 05/09/2023 |"),
        [
            sheets(B3b=f"{PLACES}| MH-DB-XA-1-001 | DB-XA-2 | | 05/09/2023 |"),
            sheets(B3b=f"{PLACES}| MH-DB-XA-1-001 | DB-XA-1 | T2 | 05/09/2023 |"),
        ],
    ),
    ("SHEET_ABSENT", {"sheets": {"B2": OWN}, "absent": ["B6"]}, [sheets()]),
    ("TOO_LONG", sheets(B11=f"| uu_diem | {'a' * 1501} |"), [sheets(B11=f"| uu_diem | {'a' * 1500} |")]),
    (
        "DECISION_OUTSIDE",
        {"sheets": {"B2": OWN, "B9a": b9a("| ten | ngay_qd |\n| Tổ A | 15/10/2022 |")}, "period": "2023-Q4"},
        [{"sheets": {"B2": OWN, "B9a": b9a("| ten | ngay_qd |\n| Tổ A | 15/10/2023 |")}, "period": "2023-Q4"}],
    ),
]


@pytest.mark.parametrize(("rule", "wrong", "right"), DONE, ids=[item[0] for item in DONE])
def test_who_does_what_the_remedy_says_is_told_no_more(rule: str, wrong: Given, right: list[Given]) -> None:
    told = first(findings(sent(**wrong)), rule)
    for given in right:
        again = findings(sent(**given))
        assert [item.text for item in same(again, told)] == [], f"{told.remedy} -> {given}"
        assert [item.text for item in again if item.level is Level.BLOCK] == [], f"{told.remedy} -> {given}"


# --- against earlier quarters -----------------------------------------------------------------------------------------

MODELS = "| ma_mo_hinh | ten | ma_thon | trang_thai | ngay_tt | ly_do_tt | ngay_dk | tiep_noi_ma |\n"
ROSE = "| MH-DB-XA-1-001 | Đường hoa | T1 | Đang thực hiện | | | 05/03/2022 | |\n"
ENDED = "| MH-DB-XA-1-001 | Đường hoa | T1 | Dừng | 05/09/2023 | Đã xong | 05/03/2022 | |\n"
LAMP = "| MH-DB-XA-1-002 | Đường điện | T1 | Đang thực hiện | | | 05/03/2022 | |\n"
LATE = "| MH-DB-XA-1-003 | Hiến đất | T2 | Đang thực hiện | | | 20/05/2023 | |\n"
STOPPED = "| MH-DB-XA-1-001 | Đường hoa | T1 | Dừng | 05/05/2023 | Hết việc | 05/03/2022 | |\n"

AGAIN = "| MH-DB-XA-1-008 | Đường hoa | T1 | Đăng ký | | | 05/08/2023 | MH-DB-XA-1-001 |\n"

# sentence, rows of B2 one quarter before, rows now, (rows before, rows now) after each way out
LATER: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("MODEL_GONE", ROSE + LAMP, LAMP, [(ROSE + LAMP, ROSE + LAMP), (ROSE + LAMP, ENDED + LAMP)]),
    ("CODE_CHANGED", ROSE, ROSE.replace("001", "009"), [(ROSE, ROSE)]),
    ("LISTED_LATE", ROSE, ROSE + LATE, [(ROSE + LATE, ROSE + LATE)]),
    ("ENDED_BEFORE", STOPPED + LAMP, ROSE + LAMP, [(STOPPED + LAMP, LAMP), (STOPPED + LAMP, AGAIN + LAMP)]),
]


@pytest.mark.parametrize(("rule", "before", "now", "right"), LATER, ids=[item[0] for item in LATER])
def test_what_is_said_against_the_quarter_before_can_be_mended(
    rule: str, before: str, now: str, right: list[tuple[str, str]]
) -> None:
    def said(past: str, present: str) -> list[Finding]:
        earlier = [sent({"B2": b2(MODELS + past)}, period="2023-Q2")]
        now = b2(MODELS + present, chu_the="Chi bộ", ly_do="Cần làm", muc_tieu="Sạch", noi_dung="Trồng hoa")
        return list(findings(sent({"B2": now}), before=earlier))

    told = first(said(before, now), rule)
    for ways in right:
        again = said(*ways)
        assert [item.text for item in same(again, told)] == [], f"{told.remedy} -> {ways}"
        assert [item.text for item in again if item.level is Level.BLOCK] == [], f"{told.remedy} -> {ways}"


# --- the register -----------------------------------------------------------------------------------------------------

UNIT = {**XA_LINE, "ma_don_vi": "DB-XA-2"}
INDEX = {"ma": "MT5.8", "nam": 2023, "gia_tri": 85, "nguon": "Sở Nội vụ"}

TASK = {"ma_nv": PLAN.info.nhiem_vu[0].ma, "nam": 2023, "noi_dung": "Họp", "chu_tri": "Ban Dân vận"}

# sentence, sheet of danh-muc.xlsx, its rows, the key of the faulty cell in the last of them, what stands there
LISTED: list[tuple[str, str, list[Mapping[str, object]], str, tuple[object, ...]]] = [
    ("REG_LIST", "Đơn vị", [XA_LINE, UNIT], "loai", ("XA", "đảng bộ")),
    ("REG_LIST", "Đơn vị", [XA_LINE, UNIT], "la_co_quan", ("phải",)),
    ("REG_VALUE", "Hạn nộp", [DUE], "ngay_khoa_so", ("giữa tháng 10", "31/9/2023")),
    ("REG_VALUE", "Hạn nộp", [DUE], "ky", ("quý 13",)),
    ("REG_UNKNOWN", "Thôn", [THON], "ma_don_vi", ("DB-XA-11",)),
    ("REG_VALUE", "Chỉ số ngoài", [INDEX], "nam", ("hai nghìn",)),
    ("REG_VALUE", "Chỉ số ngoài", [INDEX], "gia_tri", ("nhiều",)),
    ("REG_NO_SUCH", "Chỉ số ngoài", [INDEX], "ma", ("MT5.9",)),
    ("REG_NO_SUCH", "Miễn trừ", [WAIVER], "ma_loi", ("K1O",)),
    ("REG_NOT_OF_PLAN", "Nhiệm vụ kế hoạch", [TASK], "ma_nv", (f"{PLAN.info.nhiem_vu[0].ma}a",)),
    ("REG_INDEX", "Chỉ số ngoài", [INDEX], "gia_tri", (0.8311, 831)),
]


@pytest.mark.parametrize(("rule", "sheet", "rows", "key", "wrong"), LISTED)
def test_what_the_remedy_names_for_the_register_is_taken(
    tmp_path: Path, rule: str, sheet: str, rows: list[dict[str, object]], key: str, wrong: tuple[object, ...]
) -> None:
    def said(value: object) -> list[Finding]:
        return list(register(tmp_path, {sheet: [*rows[:-1], {**rows[-1], key: value}]}).findings)

    named = 0
    for value in wrong:
        told = first(said(value), rule)
        for text in offered(f"{told.text} {told.remedy}"):
            named += 1
            number = read_number(text, integer=False) if rule == "REG_INDEX" else None
            again = said(text if number is None else float(number))
            assert [item.text for item in again if (item.rule, item.cell) == (rule, told.cell)] == [], (
                f"{value}: {told.remedy}"
            )
    assert named, "no remedy names anything"


def test_every_remedy_that_names_something_is_tried() -> None:
    of_cells = {
        told.rule
        for (sheet, key), texts in TYPED.items()
        for text in texts
        for told in of_cell(sheet, key, text)
        if offered(told.remedy)
    }
    tried = of_cells.union(*({item[0] for item in items} for items in (SUGGESTED, DONE, LATER, LISTED)))
    tried |= {"REG_UNIT_LOST"}  # its row is written again in test_former_units.py
    naming = {name for name, item in CATALOGUE.items() if OFFERING.search(item.remedy) or "{gan}" in item.text}
    assert sorted(naming - tried) == []
