"""The report by its period: what it is called, what follows, how much it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvk_reports.model.periods import parse_period
from dvk_reports.papers.report.periods import next_quarters, next_title, report_kind
from dvk_reports.papers.report.report import report_context
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from tests.support.small_report import DATA, PLAN, D, figure, lists_of, of_period, opened, texts, unit, words, written


@pytest.mark.parametrize(
    ("key", "now", "then", "quarters"),
    [
        ("2023-Q3", "quý III năm 2023", "quý IV năm 2023", ["2023-Q4"]),
        ("2023-Q4", "quý IV năm 2023", "quý I năm 2024", ["2024-Q1"]),
        ("2023-6T", "6 tháng đầu năm 2023", "6 tháng cuối năm 2023", ["2023-Q3", "2023-Q4"]),
        ("2023-9T", "9 tháng đầu năm 2023", "quý IV năm 2023", ["2023-Q4"]),
        ("2023", "năm 2023", "năm 2024", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        ("2022-Q2..2023-Q3", "từ quý II năm 2022 đến quý III năm 2023", "thời gian tới", ["2023-Q4"]),
        ("2025-Q4", "quý IV năm 2025", "thời gian tới", ["2026-Q1"]),
    ],
)
def test_names_of_periods(key, now, then, quarters):
    period = parse_period(key)
    assert (period.title, next_title(period, PLAN)) == (now, then)
    assert [quarter.key for quarter in next_quarters(period)] == quarters


# --- length by period

KEYS = {
    "2023-Q3": "quy",
    "2023-6T": "sau_thang",
    "2023-9T": "chin_thang",
    "2023": "nam",
    "2022-Q2..2023-Q3": "so_ket",
    "2022-Q2..2025-Q4": "tong_ket",
}
FIVE_PARTS = (
    "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI",
    "II. KẾT QUẢ THỰC HIỆN",
    "III. ĐÁNH GIÁ CHUNG",
    "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM",
    "V. KIẾN NGHỊ, ĐỀ XUẤT",
)


@pytest.mark.parametrize(("key", "kind"), KEYS.items())
def test_every_report_has_the_five_parts_and_only_a_stocktaking_two_phan_and_lessons(key, kind):
    assert report_kind(parse_period(key), PLAN) == kind
    said = texts(opened(written(of_period(key))))
    heads = [text for text in said if text.startswith(tuple(part.split(" ")[0] + " " for part in FIVE_PARTS))]
    assert [head.startswith(part) for head, part in zip(heads, FIVE_PARTS, strict=True)] == [True] * 5
    ranged = kind in ("so_ket", "tong_ket")
    assert ("Phần thứ nhất" in said, "Phần thứ hai" in said, "4. Bài học kinh nghiệm" in said) == (ranged,) * 3


def test_short_reports_give_a_sentence_to_missed_targets_alone():
    short, full = lists_of("2023-Q3")["ket_qua_muc_tieu"], lists_of("2023")["ket_qua_muc_tieu"]
    assert [text.split(" là ")[0] for text in short] == ["Tỷ lệ thôn, tổ dân phố có mô hình “Dân vận khéo”"]
    assert len(full) == 3 and set(short) < set(full)
    assert lists_of("2023-6T")["ket_qua_muc_tieu"] == lists_of("2023-9T")["ket_qua_muc_tieu"] == short
    assert lists_of("2022-Q2..2023-Q3")["ket_qua_muc_tieu"] == full
    # The table holds every target in each of them.
    assert len(lists_of("2023-Q3")["muc_tieu"]) == len(lists_of("2023")["muc_tieu"]) == 7


def test_part_three_of_a_quarter_is_the_words_of_the_units_and_who_has_not_reported():
    quarter, half = lists_of("2023-Q3"), lists_of("2023-6T")
    assert quarter["danh_gia_uu_diem"] == []
    assert quarter["danh_gia_ton_tai"] == [
        "Tính đến ngày 12/10/2023, còn 02 đơn vị chưa có báo cáo được tổng hợp (Bảng 3)."
    ]
    assert half["danh_gia_uu_diem"] == ["Có 01 chỉ tiêu đạt mức phải đạt của Kế hoạch (MT2.3; Bảng 1)."]
    assert half["danh_gia_ton_tai"][0] == "Có 01 chỉ tiêu không đạt mức phải đạt của Kế hoạch (MT2.1; Bảng 1)."


def test_recognition_is_asked_for_in_the_report_of_a_year_only():
    unknown = replace(DATA, figures=(figure("NV5.1", owed=4, reported=0), figure("NV5.4", value=D(2), owed=4)))
    known = ["Có 02 đề nghị biểu dương, khen thưởng"]
    for key in ("2023-Q4", "2023-6T"):
        assert [text.split(" (")[0].rstrip(".") for text in lists_of(key, unknown)["cong_nhan"]] == known
    assert "[CẦN BỔ SUNG: số liệu của các đơn vị]" in lists_of("2023", unknown)["cong_nhan"][0]


def test_a_quarter_says_how_it_moved_since_the_last():
    moved = replace(DATA, figures=(figure("NV3.1", value=D(5), previous=D(3), owed=4, reported=4),))
    assert lists_of("2023-Q3", moved)["xay_dung_mo_hinh"] == [
        "Đăng ký mới 05 mô hình, tăng 02 mô hình so với số đã tổng hợp của quý II năm 2023."
    ]


def test_words_of_many_units_are_capped_in_a_quarter_and_told_in_full_in_a_longer_report():
    most = PLAN.documents.length("quy", DATA.as_of).y_kien_toi_da
    assert most is not None
    units = tuple(unit(f"DB-{n}", f"Đảng bộ xã {n}", "DB_XA", "I") for n in range(1, most + 4))
    register = Register(units=units)
    # The last two say the same: more units stand behind it, so it is not left out.
    said = [*(f"Ý {n}" for n in range(1, most + 2)), "Ý chung", "ý chung"]
    used = tuple(words(one.code, uu_diem=text, kien_nghi=text) for one, text in zip(units, said, strict=True))
    office = Office(PLAN, register, DATA.as_of)
    fields = report_context(office, of_period("2023-Q3", used=used))
    shown = fields["y_kien_uu_diem"]
    assert [text.split("”")[0] for text in shown[:-1]] == [f"- “Ý {n}" for n in range(1, most)] + ["- “Ý chung"]
    assert shown[-1] == "- Và 02 ý kiến khác, xem biểu B11 của sổ tổng hợp."
    assert len(fields["y_kien_kien_nghi"]) == most + 2
    longer = report_context(office, of_period("2023-6T", used=used))["y_kien_uu_diem"]
    assert len(longer) == most + 2 and not [text for text in longer if "ý kiến khác" in text]
