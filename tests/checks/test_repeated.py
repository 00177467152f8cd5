"""K24: one thing told twice in one return."""

from __future__ import annotations

from dvk_reports.messages.returns import Msg
from tests.checks.commune import (
    alone,
    findings,
    found,
    sent,
    stopped,
)
from tests.support.build import (
    b2,
    b3,
    b5,
    b6,
    b7,
    b8,
    b9a,
    b9b,
    b10,
    told,
)


def test_a_code_stands_once() -> None:
    twice = sent({"B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| mh-db-xa-1-001 |")})
    assert told(findings(twice)) == ["K24 TWICE Chặn B2 B7 ma_mo_hinh", "K24 TWICE Chặn B2 B8 ma_mo_hinh"]
    assert stopped(twice) == {"B2.7 ma_mo_hinh", "B2.8 ma_mo_hinh"}
    assert [finding.text for finding in findings(twice)] == [
        "Mã “MH-DB-XA-1-001” ghi ở cả dòng này và dòng 8: một mã chỉ được ghi một dòng.",
        "Mã “mh-db-xa-1-001” ghi ở cả dòng này và dòng 7: một mã chỉ được ghi một dòng.",
    ]
    assert found({"B4": "| ma_thon |\n| T1 |\n| T2 |\n| t1 |"}) == [
        "K24 TWICE Chặn B4 B7 ma_thon",
        "K24 TWICE Chặn B4 B9 ma_thon",
    ]


def test_three_rows_of_one_code_are_three_findings() -> None:
    thrice = sent({"B2": b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-001 |\n| MH-DB-XA-1-001 |")})
    assert [(f.row, f.text.split(":")[0].rpartition(" ")[2]) for f in findings(thrice)] == [
        (7, "8"),
        (8, "7"),
        (9, "7"),
    ]
    assert stopped(thrice) == {"B2.7 ma_mo_hinh", "B2.8 ma_mo_hinh", "B2.9 ma_mo_hinh"}


def test_a_hamlet_by_its_code_and_by_its_name_is_one_hamlet() -> None:
    assert found({"B4": "| ma_thon |\n| T1 |\n| Làng Hòa |\n| bản rịa |"}) == [
        "K24 TWICE Chặn B4 B7 ma_thon",
        "K24 TWICE Chặn B4 B9 ma_thon",
    ]


def test_a_repeated_row_elsewhere_is_a_warning_and_counts() -> None:
    item = sent({"B6": b6("| ngay | tieu_de |\n| 05/09/2023 | Tin  A |\n| 05/09/2023 | tin a |")})
    assert told(findings(item)) == ["K24 REPEATED Cảnh báo B6 B8 ngay"]
    assert stopped(item) == set()
    assert alone("B6", b6("| ngay | tieu_de |\n| 05/09/2023 | Tin A |\n| 06/09/2023 | Tin A |")) == []


def test_the_same_day_in_two_spellings_is_the_same_day() -> None:
    text = b6("| ngay | tieu_de |\n| 05/09/2023 | Tin A |\n| 5/9/2023 | Tin A |")
    assert alone("B6", text) == ["K24 REPEATED Cảnh báo B6 B8 ngay", "T08 NORMALISED Ghi chú B6 B8 ngay"]


def test_every_other_sheet_tells_a_repeated_row() -> None:
    assert alone("B5", b5("| so_luot |\n| 5 |\n| 6 |")) == ["K24 REPEATED Cảnh báo B5 B8 ten_lop"]
    assert alone("B7", b7("| chu_tri |\n| a |\n| b |")) == ["K24 REPEATED Cảnh báo B7 C8 ngay"]
    assert alone("B8", b8("| phieu_thu |\n| 50 |\n| 49 |")) == ["K24 REPEATED Cảnh báo B8 B8 dot"]
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 5 |\n| Khác | 5 |")) == [
        "K24 REPEATED Cảnh báo B10 B8 noi_dung"
    ]
    assert alone("B10", b10("| nguon | thuc_hien |\n| Khác | 5 |\n| Khác | 6 |")) == []
    line = "| MH-DB-XA-1-001 | DB-XA-2 | U1 | 05/09/2023 |"
    spread = f"| ma_mo_hinh | noi_nhan_rong | thon_nhan_rong | ngay_nhan_rong |\n{line}\n{line}"
    assert alone("B3b", spread) == ["K24 REPEATED Cảnh báo B3b B8 ma_mo_hinh"]


def test_a_column_that_the_file_has_lost_tells_two_rows_apart_no_more() -> None:
    item = sent({"B5": b5("| ten_lop | dia_diem |\n| Lớp A | Xã |\n| Lớp A | Huyện |")})
    for row in item.sheets["B5"].rows:
        del row.values["dia_diem"]  # type: ignore[attr-defined]
    assert told(findings(item)) == ["K24 REPEATED Cảnh báo B5 B8 ten_lop"]


def test_a_person_named_twice_counts_once_and_is_told() -> None:
    """NV5.2: equal in loai, name and birthday, whatever the model."""
    text = b9a(
        """
        | loai    | ten            | ngay_sinh  | ma_mo_hinh     |
        | Cá nhân | Nguyễn Thị Hòa | 01/01/1980 | MH-DB-XA-1-001 |
        | Cá nhân | nguyễn thị hoà | 01/01/1980 |                |
        | Cá nhân | Nguyễn Thị Hòa | 02/01/1980 |                |
        """
    )
    got = findings(sent({"B2": b2("| ma_thon |\n| T1 |"), "B9a": text}, period="2023-Q4"))
    assert [(f.code, f.level.value, f.sheet, f.row) for f in got] == [("K24", "Cảnh báo", "B9a", 8)]
    assert got[0].text == Msg.REPEATED_ONCE.text.format(dong=7)


def test_a_rank_is_used_once() -> None:
    text = b9b("| ten | thu_tu |\n| Tổ A | 1 |\n| Tổ B | 1 |")
    got = findings(sent({"B2": b2("| ma_thon |\n| T1 |"), "B9b": text}))
    assert told(got) == ["K24 RANK_TWICE Cảnh báo B9b Q8 thu_tu"]
    assert "Thứ tự ưu tiên 1 đã dùng ở dòng 7" in got[0].text
    other = b9b(
        """
        | hinh_thuc                             | thu_tu |
        | Giấy khen của Chủ tịch UBND huyện     | 1      |
        | Biểu dương của Ban Thường vụ Huyện ủy | 1      |
        """
    )
    assert alone("B9b", other) == []


def test_contributions_of_an_earlier_review_are_not_added() -> None:
    text = b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | 100 |\n| 05/09/2023 | 50 |")
    assert alone("B3", text) == ["K24 SECOND_REVIEW Cảnh báo B3 J7 m2_dat"]
    assert alone("B3", b3("| ngay_danh_gia | m2_dat |\n| 05/08/2023 | 0 |\n| 05/09/2023 | 50 |")) == []
