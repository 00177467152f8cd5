"""All returns of a period together: which pairs are told, at which cell, and which look-alikes are left alone."""

from __future__ import annotations

import random

import pytest

from dvk_reports.checks.across import across
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.returns import Return
from dvk_reports.plan.office import Office
from tests.support.build import PLAN, b2, b5, b6, b9a, b9b, form, office, quarter, unit

XA, XB = unit("DB-XA-1"), unit("DB-XA-2", order=1)
CQ, BDV = unit("DB-CQ-1", order=2), unit("CQ-BDV", "BXD", order=3)
REGISTER = office(XA, XB, CQ, BDV, thon={"DB-XA-1": "T1 Thôn Trung Tâm; T2 Bản Rịa", "DB-XA-2": "U1 Thôn Trung Tâm"})
AIM = "Mỗi hộ có hố ủ rác hữu cơ và điểm gom rác vô cơ của thôn"


def models(*names: str, who: str = "DB-XA-1", **cells: str) -> str:
    lines = [f"| MH-{who}-{n:03d} | {name} |" for n, name in enumerate(names, 1)]
    return b2("\n".join(["| ma_mo_hinh | ten |", *lines]), **cells)


def told(*returns: Return, period: str = "2023-Q3") -> list[str]:
    return [f"{f.code} {f.rule} {f.level} {f.unit} {f.sheet} {f.cell} {f.key}" for f in found(*returns, period=period)]


def found(*returns: Return, period: str = "2023-Q3") -> tuple[Finding, ...]:
    return across(Office(PLAN, REGISTER, quarter(period).last_day), quarter(period), returns)


def inside(*names: str) -> list[str]:
    return told(form(XA, "2023-Q3", {"B2": models(*names)}))


def between(one: str, two: str, first: dict[str, str] | None = None, second: dict[str, str] | None = None) -> list[str]:
    """A model of the commune and one of an office."""
    mine = form(XA, "2023-Q3", {"B2": models(one, **(first or {}))})
    other = form(CQ, "2023-Q3", {"B2": models(two, who="DB-CQ-1", **(second or {}))})
    return told(mine, other)


# --- K09 inside a unit ---


@pytest.mark.parametrize(
    "other",
    [
        "Thu gom, phân loại rác tại hộ",
        "thu gom phan loai rac tai ho",
        "THU GOM, PHÂN LOẠI RÁC TẠI HỘ",
        "Mô hình “Dân vận khéo” trong thu gom, phân loại rác tại hộ",
        "Thu gom, phân lọai rác tại hộ",
        "Thu gom, phâm loại rác tại hộ",
        "Thu gom và phân loại rác tại hộ",
    ],
)
def test_names_that_are_one_name(other: str) -> None:
    assert inside("Thu gom, phân loại rác tại hộ", other) == ["K09 ALIKE_INSIDE Cảnh báo DB-XA-1 B2 C8 ten"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Tuyến đường hoa Thôn 1", "Tuyến đường hoa Thôn 2"),
        ("Tuyến đường hoa năm 2022", "Tuyến đường hoa năm 2023"),
        ("Nhà sạch, vườn đẹp thôn Nà Khương", "Nhà sạch, vườn đẹp thôn Nà Phường"),
        ("Ông Hoàng Văn An vận động hiến đất", "Ông Hoàng Văn Ân vận động hiến đất thôn Múi"),
        ("Tổ liên gia phòng cháy bản Rịa", "Tổ liên gia chữa cháy bản Rịa"),
        ("Nuôi trâu vỗ béo", "Nuôi cá lồng"),
        ("Đường hoa", "Đường hoa"),  # too short and general to be compared
    ],
)
def test_names_that_are_two_names(one: str, two: str) -> None:
    assert inside(one, two) == []


def test_what_it_says_names_the_other_and_how_alike() -> None:
    (got,) = found(form(XA, "2023-Q3", {"B2": models("Thu gom, phân loại rác tại hộ", "Thu gom phân loại rác tại hộ")}))
    assert got.text == (
        "Tên mô hình “Thu gom phân loại rác tại hộ” giống hệt mô hình MH-DB-XA-1-001 "
        "“Thu gom, phân loại rác tại hộ” ở dòng 7 của cùng đơn vị."
    )
    assert (got.subject, got.rule, got.stops) == ("MH-DB-XA-1-002", "ALIKE_INSIDE", ())
    (near,) = found(
        form(XA, "2023-Q3", {"B2": models("Thu gom, phân loại rác tại hộ", "Thu gom phâm loại rác tại hộ")})
    )
    assert "giống 96,4% mô hình" in near.text


def test_three_alike_are_told_twice() -> None:
    name = "Thu gom, phân loại rác tại hộ"
    assert inside(name, name, name) == [
        "K09 ALIKE_INSIDE Cảnh báo DB-XA-1 B2 C8 ten",
        "K09 ALIKE_INSIDE Cảnh báo DB-XA-1 B2 C9 ten",
    ]


def test_one_code_twice_is_told_by_its_own_rule() -> None:
    text = b2(
        "| ma_mo_hinh | ten |\n| MH-DB-XA-1-001 | Phân loại rác tại hộ |\n| MH-DB-XA-1-001 | Phân loại rác tại hộ |"
    )
    assert told(form(XA, "2023-Q3", {"B2": text})) == []


# --- K09 across units ---


def test_across_units_the_content_must_agree_too() -> None:
    name, near = "Thu gom, phân loại rác tại hộ", "Thu gom phân lọai rác tại hộ"
    assert between(name, near) == []  # a good idea may be copied
    hit = ["K09 ALIKE_ACROSS Cảnh báo DB-CQ-1 B2 C7 ten"]
    for key in ("noi_dung", "muc_tieu", "chu_the", "trung_phong_trao"):
        assert between(name, near, {key: AIM}, {key: AIM.upper()}) == hit
        assert between(name, near, {key: AIM}, {key: AIM + " và của xã"}) == []
    assert between(name, near, {"chu_the": "Hội Phụ nữ xã"}, {"chu_the": "Hội Phụ nữ xã"}) == []


def test_the_very_same_long_name_is_enough() -> None:
    name = "Vận động Nhân dân hiến đất, góp công làm đường liên thôn"
    assert between(name, f"Mô hình {name.lower()}") == ["K09 ALIKE_ACROSS Cảnh báo DB-CQ-1 B2 C7 ten"]
    assert between("Dân vận khéo trong hiến đất làm đường", "Dân vận khéo trong hiến đất làm đường") == []


def test_two_thon_of_one_name_are_two_places() -> None:
    name = "Camera an ninh bảo vệ xóm làng thôn Trung Tâm"
    one = form(XA, "2023-Q3", {"B2": models(name, ma_thon="T1", muc_tieu=AIM)})
    two = form(XB, "2023-Q3", {"B2": models(name, who="DB-XA-2", ma_thon="U1", muc_tieu=AIM)})
    assert told(one, two) == []
    far = form(XA, "2023-Q3", {"B2": models(name, ma_thon="T2", muc_tieu=AIM)})
    assert told(far, two) == ["K09 ALIKE_ACROSS Cảnh báo DB-XA-2 B2 C7 ten"]


def test_what_it_says_of_two_units() -> None:
    one = form(XA, "2023-Q3", {"B2": models("Thu gom, phân loại rác tại hộ", muc_tieu=AIM)})
    two = form(CQ, "2023-Q3", {"B2": models("Thu gom phân loại rác tại hộ", who="DB-CQ-1", muc_tieu=AIM)})
    (got,) = found(one, two)
    assert got.text == (
        "Tên mô hình “Thu gom phân loại rác tại hộ” giống hệt mô hình MH-DB-XA-1-001 "
        "“Thu gom, phân loại rác tại hộ” của Đảng bộ xã Nghĩa Đô, cùng mục tiêu."
    )
    assert got.file == "DB-CQ-1.xlsx"


# --- K24: a model that two units list ---


def test_a_model_that_two_units_list_is_told_on_the_second_and_not_as_a_look_alike() -> None:
    both = [form(who, "2023-Q3", {"B2": models("Thu gom rác tại hộ", muc_tieu=AIM)}) for who in (XA, XB)]
    (got,) = found(*both)
    assert told(*both) == ["K24 MODEL_TWICE Cảnh báo DB-XA-2 B2 B7 ma_mo_hinh"]
    assert got.text == (
        "Mô hình MH-DB-XA-1-001 đã có trong báo cáo của Đảng bộ xã Nghĩa Đô (dòng 7); cả hai dòng đang được tính."
    )
    assert (got.stops, got.subject) == ((), "MH-DB-XA-1-001")
    other = form(XB, "2023-Q3", {"B2": models("Thu gom rác tại hộ", who="DB-XA-2", muc_tieu=AIM)})
    assert told(both[0], other) == ["K09 ALIKE_ACROSS Cảnh báo DB-XA-2 B2 C7 ten"]


# --- K24: a class, an article, a person ---


def test_a_class_of_two_units() -> None:
    text = b5("| ten_lop |\n| Bồi dưỡng công tác dân vận |")
    one, two = form(CQ, "2023-Q3", {"B5": text}), form(BDV, "2023-Q3", {"B5": text})
    assert told(two, one) == ["K24 CLASS_TWICE Cảnh báo CQ-BDV B5 B7 ten_lop"]
    assert found(one, two)[0].text == (
        "Lớp “Bồi dưỡng công tác dân vận” từ ngày 05/09/2023 đã có trong báo cáo của Đảng bộ cơ quan Huyện ủy (dòng 7)"
        "; cả hai dòng đang được tính."
    )


@pytest.mark.parametrize(
    "other",
    [
        b5("| ten_lop | ngay_tu |\n| Bồi dưỡng công tác dân vận | 06/09/2023 |"),
        b5("| ten_lop |\n| Bồi dưỡng công tác Mặt trận |"),
        b5("| ten_lop | dia_diem |\n| Bồi dưỡng công tác dân vận | Nhà văn hóa xã |"),
        b5(
            "| ten_lop | cap_to_chuc |\n| Bồi dưỡng công tác dân vận | Huyện |"
        ),  # a commune's attendance counts nowhere
    ],
)
def test_two_classes(other: str) -> None:
    own = b5("| ten_lop | dia_diem |\n| Bồi dưỡng công tác dân vận | Hội trường huyện |")
    assert told(form(CQ, "2023-Q3", {"B5": own}), form(XA, "2023-Q3", {"B5": other})) == []


def test_an_article_of_two_units() -> None:
    text = b6("| tieu_de | kenh |\n| Làm đường ở Bản Rịa | Báo Lào Cai |")
    assert told(form(XA, "2023-Q3", {"B6": text}), form(CQ, "2023-Q3", {"B6": text})) == [
        "K24 ARTICLE_TWICE Cảnh báo DB-CQ-1 B6 C7 tieu_de"
    ]


@pytest.mark.parametrize(
    "other",
    [
        b6("| tieu_de | kenh |\n| Làm đường ở Bản Rịa | Mạng xã hội |"),
        b6("| tieu_de | kenh | ngay |\n| Làm đường ở Bản Rịa | Báo Lào Cai | 06/09/2023 |"),
        b6("| tieu_de | kenh |\n| Làm đường ở Bản Lúc | Báo Lào Cai |"),
        b6("| tieu_de | kenh | lien_ket |\n| Làm đường ở Bản Rịa | Báo Lào Cai | baolaocai.vn/2 |"),
    ],
)
def test_two_articles(other: str) -> None:
    own = b6("| tieu_de | kenh | lien_ket |\n| Làm đường ở Bản Rịa | Báo Lào Cai | baolaocai.vn/1 |")
    assert told(form(XA, "2023-Q3", {"B6": own}), form(CQ, "2023-Q3", {"B6": other})) == []


def test_an_article_without_a_channel_repeats_nothing() -> None:
    text = b6("| tieu_de | kenh |\n| Làm đường ở Bản Rịa | |")
    assert told(form(XA, "2023-Q3", {"B6": text}), form(CQ, "2023-Q3", {"B6": text})) == []


def test_every_commune_has_a_loudspeaker() -> None:
    text = b6("| tieu_de | kenh |\n| Tuyên truyền phong trào | Loa truyền thanh cơ sở |")
    assert told(form(XA, "2023-Q3", {"B6": text}), form(XB, "2023-Q3", {"B6": text})) == []


PERSON = "| loai | ten | ngay_sinh | nam_xet |\n| Cá nhân | {} | {} | {} |"


def test_a_person_in_the_lists_of_two_units() -> None:
    one = form(XA, "2023-Q4", {"B9a": b9a(PERSON.format("Nguyễn Thị Hòa", "01/01/1980", 2023))})

    def with_(name: str, born: str, year: int) -> list[str]:
        return told(one, form(CQ, "2023-Q4", {"B9a": b9a(PERSON.format(name, born, year))}), period="2023-Q4")

    assert with_("nguyễn thị hoà", "01/01/1980", 2023) == ["K24 PERSON_TWICE Cảnh báo DB-CQ-1 B9a H7 ten"]
    assert with_("Nguyễn Thị Hòa", "02/01/1980", 2023) == []
    assert with_("Nguyễn Thị Hoa", "", 2023) == []
    assert with_("Nguyễn Thị Hòa", "01/01/1980", 2022) == []


PROPOSED = "| phan_loai | ten | ngay_sinh | hinh_thuc | thu_tu |\n| Cá nhân | {0} | {1} | {2} | 1 |"
PRAISE, PAPER = "Biểu dương của Ban Thường vụ Huyện ủy", "Giấy khen của Chủ tịch UBND huyện"


def test_a_person_proposed_by_two_units() -> None:
    text = b9b(PROPOSED.format("Nguyễn Thị Hòa", "01/01/1980", PRAISE))
    got = found(form(XA, "2023-Q3", {"B9b": text}), form(CQ, "2023-Q3", {"B9b": text}))
    assert [(f.unit, f.cell, f.level) for f in got] == [("DB-CQ-1", "C7", Level.WARNING)]
    assert got[0].text == ("“Nguyễn Thị Hòa” (sinh ngày 01/01/1980) đã có ở biểu B9b của Đảng bộ xã Nghĩa Đô (dòng 7).")


def test_one_proposed_for_both_forms_of_award() -> None:
    person = PROPOSED.format("Nguyễn Thị Hòa", "01/01/1980", PRAISE)
    again = person + f"\n| Cá nhân | Nguyễn Thị Hoà | 01/01/1980 | {PAPER} | 1 |"
    assert told(form(XA, "2023-Q3", {"B9b": b9b(again)})) == ["K24 AWARD_TWICE Cảnh báo DB-XA-1 B9b C8 ten"]
    another = person + f"\n| Cá nhân | Nguyễn Thị Hòa | 02/01/1980 | {PAPER} | 1 |"
    assert told(form(XA, "2023-Q3", {"B9b": b9b(another)})) == []
    unclassed = b9b("| phan_loai | ten |\n| | Tổ A |\n| | Tổ A |")
    assert told(form(XA, "2023-Q3", {"B9b": unclassed})) == []
    bodies = b9b(f"| ten | hinh_thuc |\n| Tổ A | {PRAISE} |\n| Tổ A | {PAPER} |\n| Tổ B | {PAPER} |")
    assert told(form(XA, "2023-Q3", {"B9b": bodies})) == ["K24 AWARD_TWICE Cảnh báo DB-XA-1 B9b C8 ten"]


# --- order ---


def test_the_order_of_the_files_does_not_matter() -> None:
    name = "Vận động Nhân dân hiến đất, góp công làm đường liên thôn"
    lesson = b5("| ten_lop |\n| Bồi dưỡng công tác dân vận |")
    returns = [
        form(who, "2023-Q3", {"B2": models(name, name, who=who.code), "B5": lesson}) for who in (XA, XB, CQ, BDV)
    ]
    expected = found(*returns)
    assert [f.unit for f in expected] == ["DB-XA-1", *["DB-XA-2"] * 3, *["DB-CQ-1"] * 3, *["CQ-BDV"] * 3]
    for seed in range(3):
        shuffled = returns[:]
        random.Random(seed).shuffle(shuffled)
        assert found(*shuffled) == expected


def test_a_sheet_that_was_not_given_and_a_unit_that_is_not_known_repeat_nothing() -> None:
    text = b9b(PROPOSED.format("Nguyễn Thị Hòa", "01/01/1980", PRAISE))
    assert told(form(XA, "2024-Q3", {"B9b": text}), form(CQ, "2024-Q3", {"B9b": text}), period="2024-Q3") == []
    stranger = unit("DB-XA-9")
    assert told(form(XA, "2023-Q3", {"B9b": text}), form(stranger, "2023-Q3", {"B9b": text})) == []
