"""Which official format holds on which day, and that the rule book's numbers agree with each other."""

from __future__ import annotations

from datetime import date

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.papers.docx.profiles import latest_profile, profile_for, profile_named
from dvk_reports.run.plans import load_plan

PLAN = load_plan()
PARTY = {
    "tieu_de", "co_quan_cap_tren", "co_quan", "so_ky_hieu", "dia_danh_ngay", "ten_loai", "trich_yeu",
    "trich_yeu_cong_van", "kinh_gui", "can_cu", "noi_dung", "phan", "ten_phan", "muc_la_ma", "dieu", "diem",
    "quyen_han", "chuc_vu", "ho_ten", "noi_nhan", "danh_sach_noi_nhan", "khan", "phu_luc", "ten_phu_luc", "kem_theo",
}  # fmt: skip
STATE = (PARTY - {"tieu_de"}) | {"quoc_hieu", "tieu_ngu", "tham_quyen", "quyet_dinh", "luu_hanh", "nguoi_soan"}


@pytest.mark.parametrize(
    ("family", "day", "name"),
    [
        ("dang", date(2018, 4, 3), "P36"),
        ("dang", date(2025, 6, 30), "P36"),
        ("dang", date(2026, 1, 9), "P36"),
        ("dang", date(2026, 5, 26), "P36"),
        ("dang", date(2026, 5, 27), "P05"),
        ("nha_nuoc", date(2020, 3, 5), "N30"),
        ("nha_nuoc", date(2026, 12, 31), "N30"),
    ],
)
def test_format_of_a_family_on_a_day(family, day, name):
    assert profile_for(PLAN, family, day).ma == name


def test_no_format_is_guessed_before_the_first():
    with pytest.raises(PlanError, match=r"nhà nước cho ngày 04/03/2020; thể thức đầu tiên có từ 05/03/2020"):
        profile_for(PLAN, "nha_nuoc", date(2020, 3, 4))


def test_formats_by_name():
    assert profile_named(PLAN, "P05").ho == "dang"
    assert latest_profile(PLAN, "dang").ma == "P05"
    with pytest.raises(PlanError, match="P36, P05, N30"):
        profile_named(PLAN, "P99")


@pytest.mark.parametrize(("name", "parts"), [("P36", PARTY), ("P05", PARTY), ("N30", STATE)])
def test_every_component_has_a_row_with_basis_and_mark(name, parts):
    profile = profile_named(PLAN, name)
    assert set(profile.components) == parts
    assert all(spec.nguon and spec.o and spec.vi_tri and spec.chac for spec in profile.thanh_phan)


# (component, size, bold, italic, underline) where the formats differ most: the table of document-formats, line by line.
SWITCHES = [
    ("P36", "tieu_de", [15, 15], True, False, None),
    ("P36", "co_quan", [14, 14], True, False, None),
    ("P36", "so_ky_hieu", [14, 14], False, False, None),
    ("P36", "ten_loai", [15, 16], True, False, None),
    ("P36", "trich_yeu_cong_van", [12, 12], False, True, None),
    ("P36", "can_cu", [14, 15], False, False, None),
    ("P36", "chuc_vu", [14, 14], False, False, None),
    ("P36", "noi_nhan", [14, 14], False, False, True),
    ("P36", "danh_sach_noi_nhan", [12, 12], False, False, False),
    ("N30", "quoc_hieu", [12, 13], True, False, None),
    ("N30", "tieu_ngu", [13, 14], True, False, None),
    ("N30", "co_quan", [12, 13], True, False, None),
    ("N30", "so_ky_hieu", [13, 13], False, False, None),
    ("N30", "ten_loai", [13, 14], True, False, None),
    ("N30", "trich_yeu_cong_van", [12, 13], False, False, None),
    ("N30", "can_cu", [13, 14], False, True, None),
    ("N30", "chuc_vu", [13, 14], True, False, None),
    ("N30", "noi_nhan", [12, 12], True, True, False),
    ("N30", "danh_sach_noi_nhan", [11, 11], False, False, False),
]


@pytest.mark.parametrize(("profile", "name", "size", "bold", "italic", "underline"), SWITCHES)
def test_rows_in_which_the_families_differ(profile, name, size, bold, italic, underline):
    spec = profile_named(PLAN, profile).components[name]
    assert (spec.co, spec.dam, spec.nghieng, spec.gach_chan) == (size, bold, italic, underline)


def test_what_is_not_sure_is_marked():
    party = profile_named(PLAN, "P36")
    assert not party.loi_van.sure("ket_thuc") and profile_named(PLAN, "P05").loi_van.sure("ket_thuc")
    assert not party.components["phu_luc"].sure()
    assert party.components["tieu_de"].sure("co") and not party.components["tieu_de"].sure("can")


@pytest.mark.parametrize("layout", PLAN.documents.the_thuc, ids=lambda layout: layout.ma)
def test_what_our_papers_are_made_with_lies_in_the_ranges_of_the_format(layout):
    profile = profile_for(PLAN, profile_named(PLAN, layout.ma).ho, layout.tu_ngay)
    page = profile.trang
    for name in ("le_tren", "le_duoi", "le_trai", "le_phai"):
        least, most = getattr(page, name)
        assert least <= getattr(layout, name) <= most, name
    sizes = {"noi_dung": layout.co_noi_dung, "ten_loai": layout.co_ten_loai, "danh_sach_noi_nhan": layout.co_noi_nhan}
    for name, size in sizes.items():
        least, most = profile.components[name].co
        assert least <= size <= most, name
    assert layout.thut_dong in profile.components["noi_dung"].thut_dong
    assert layout.dau_noi_nhan == profile.loi_van.noi_nhan_dau
