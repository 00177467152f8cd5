"""A plan that takes over another: what it does not name stays, what it names is replaced by key, ``bo`` removes."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.load import build_plan
from dvk_reports.plan.book.sources import Source
from dvk_reports.run.plans import known, load_plan

BASE = load_plan()
HEAD = 'ke_thua: bao_yen_2022_2025\nma: thu\nten: "Thử"\n'


def made(tmp_path: Path, texts: dict[str, str], name: str = "rieng") -> Path:
    folder = tmp_path / name
    folder.mkdir()
    for file, text in {"plan.yaml": HEAD, **texts}.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def loaded(tmp_path: Path, **texts: str):
    return load_plan(made(tmp_path, {f"{name}.yaml": text for name, text in texts.items()}))


def mistakes(tmp_path: Path, **texts: str) -> list[str]:
    with pytest.raises(PlanError) as error:
        loaded(tmp_path, **texts)
    return str(error.value).splitlines()


def unlike(plan, *parts: str) -> list[str]:
    """Which of the parts differ from those of the plan taken over."""
    return [name for name in parts if getattr(plan, name) != getattr(BASE, name)]


PARTS = ("forms", "figures", "awards", "documents", "reminders", "checks", "formats", "award_export")


def test_a_plan_that_says_only_its_name_is_the_other_plan(tmp_path):
    plan = loaded(tmp_path)
    assert (plan.info.ma, plan.info.ten) == ("thu", "Thử")
    assert unlike(plan, *PARTS) == []
    assert plan.info.model_copy(update={"ma": BASE.info.ma, "ten": BASE.info.ten, "ke_thua": ""}) == BASE.info
    assert plan.starter == ""


def test_a_named_entry_is_merged_deep_and_a_new_one_comes_last(tmp_path):
    forms = """
bieu:
  - ma: B5
    ten: "Tập huấn"
    truong:
      - {khoa: so_luot, ten: "Số lượt người dự"}
      - {khoa: so_buoi, ten: "Số buổi", kieu: nguyen, bien: F, huong_dan: "Ghi số buổi."}
"""
    plan = loaded(tmp_path, forms=forms)
    old, new = BASE.sheets["B5"], plan.sheets["B5"]
    assert new.ten == "Tập huấn" and new.giao == old.giao and new.luat == old.luat
    assert new.keys == (*old.keys, "so_buoi")
    assert new.fields["so_luot"] == old.fields["so_luot"].model_copy(update={"ten": "Số lượt người dự"})
    assert [sheet for sheet in plan.sheets if plan.sheets[sheet] != BASE.sheets[sheet]] == ["B5"]
    assert unlike(plan, *PARTS) == ["forms"]


def test_a_plain_list_is_replaced_and_so_is_one_whose_entries_have_no_key(tmp_path):
    forms = """
danh_sach:
  nguon: {nhan: [Ngân sách xã, Khác]}
bieu:
  - ma: B10
    giao: [{nghia_vu: neu_co, quy: [4], loai_don_vi: [DB_XA]}]
"""
    figures = """
chi_tieu:
  - {ma: KP.1, phep: {loc: [{o: nguon, la: [Ngân sách xã]}]}, dong_rieng: [{nhan: Dự toán, phep: {loc: []}}]}
  - {ma: KP.2, phep: {loc: [{o: nguon, la: [Khác]}]}}
"""
    plan = loaded(tmp_path, forms=forms, figures=figures)
    assert plan.labels("nguon") == ["Ngân sách xã", "Khác"]
    assert plan.forms.danh_sach["nguon"].can_cu == BASE.forms.danh_sach["nguon"].can_cu
    assert [(duty.quy, duty.loai_don_vi) for duty in plan.sheets["B10"].giao] == [([4], ["DB_XA"])]
    one = plan.figure_specs["KP.1"]
    assert (one.phep.tong, one.phep.cot, one.phep.loc[0].la) == ("B10", "thuc_hien", ["Ngân sách xã"])
    assert one.dong_rieng[0].dung_boi == BASE.figure_specs["KP.1"].dong_rieng[0].dung_boi


def test_a_value_from_another_day_is_a_new_version_beside_the_old(tmp_path):
    values = HEAD + 'gia_tri:\n  phieu_toi_thieu:\n    - {tu_ngay: 2024-01-01, gia_tri: "20", can_cu: "Quy ước mới"}\n'
    plan = loaded(tmp_path, plan=values)
    assert [plan.value("phieu_toi_thieu", date(year, 6, 1)).gia_tri for year in (2023, 2024)] == ["30", "20"]


def test_a_new_version_takes_over_what_it_does_not_say_but_not_the_last_day(tmp_path):
    documents = """
co_quan_ban_hanh:
  - {ma: ban_chu_tri, tu_ngay: 2025-07-01, co_quan: "ĐẢNG ỦY XÃ BẢO YÊN"}
"""
    plan = loaded(tmp_path, documents=documents)
    before, after = (entry for entry in plan.documents.co_quan_ban_hanh if entry.ma == "ban_chu_tri")
    assert before == next(entry for entry in BASE.documents.co_quan_ban_hanh if entry.ma == "ban_chu_tri")
    assert before.den_ngay == date(2025, 6, 30) and after.den_ngay is None
    assert after.co_quan == "ĐẢNG ỦY XÃ BẢO YÊN" and after.dia_danh == before.dia_danh


def test_a_label_written_as_a_word_is_known_by_it(tmp_path):
    forms = "danh_sach:\n  loai_bao_cao:\n    nhan:\n      - {ten: Bổ sung, den_ngay: 2023-12-31}\n"
    plan = loaded(tmp_path, forms=forms)
    assert plan.labels("loai_bao_cao") == BASE.labels("loai_bao_cao")
    assert plan.on(date(2024, 1, 1)).labels("loai_bao_cao") == ["Chính thức", "Không phát sinh"]


def test_what_is_removed_is_gone(tmp_path):
    forms = "bo:\n  bieu: [B11]\nbieu:\n  - ma: B2\n    bo: {luat: [{loai: chi_loai_don_vi, o: co_dtvm}]}\n"
    head = HEAD + "bo: {nhiem_vu: [IV], gom_ngoai_dia_ban: tat_ca}\n"
    plan = loaded(tmp_path, forms=forms, plan=head)
    assert list(plan.sheets) == [sheet for sheet in BASE.sheets if sheet != "B11"]
    assert len(plan.sheets["B2"].luat) == len(BASE.sheets["B2"].luat) - 1
    assert [task.ma for task in plan.info.nhiem_vu] == [task.ma for task in BASE.info.nhiem_vu][:-1]
    assert plan.info.gom_ngoai_dia_ban == []


def test_lines_that_name_what_was_removed_go_with_it(tmp_path):
    """Of those taken over, and only lines of lists: what else names it is a mistake."""
    head = HEAD + "bo:\n  nhiem_vu: [IV]\n  loai_don_vi: [LLVT]\n"
    awards = "bo: {dot: ['2025-10']}\n"
    rule = "{loai: khong_vuot, phan: trong_do_dtts}"
    forms = f"bieu: [{{ma: B5, bo: {{truong: [trong_do_dtts], luat: [{rule}]}}}}]\n"
    figures = "chi_tieu: [{ma: NV1.3, bo: {dong_rieng: [Dân tộc thiểu số]}}]\n"
    plan = loaded(tmp_path, plan=head, awards=awards, forms=forms, figures=figures)
    assert [place for spec in plan.figures.chi_tieu for place in spec.noi if place.nhiem_vu == "IV"] == []
    assert len(plan.figure_specs["KP.1"].noi) == len(BASE.figure_specs["KP.1"].noi) - 1
    assert all("LLVT" not in duty.loai_don_vi for sheet in plan.forms.bieu for duty in sheet.giao)
    assert "LLVT" not in plan.info.tap_don_vi["tat_ca_don_vi"]
    assert {quota.dot for quota in plan.awards.chi_tieu} == {"2023-10"}
    assert [line.nhan for line in plan.figure_specs["NV1.3"].dong_rieng] == ["Nữ"]


def test_a_line_of_the_plan_s_own_that_names_what_it_removed_is_a_mistake(tmp_path):
    head = HEAD + "bo: {nhiem_vu: [IV]}\n"
    figures = "chi_tieu: [{ma: KP.2, noi: [{nhiem_vu: IV}]}]\n"
    assert mistakes(tmp_path, plan=head, figures=figures) == [
        "rieng/figures.yaml, dòng 1, mục chi_tieu → KP.2 → noi → 0 → nhiem_vu: không có nhiệm vụ “IV”."
    ]


def test_removed_first_so_an_entry_can_be_said_anew(tmp_path):
    head = HEAD + "bo: {nhom_don_vi: [I, II, III]}\nnhom_don_vi: [{ma: A, ten: Thôn}, {ma: I, ten: Trường}]\n"
    assert [(group.ma, group.ten) for group in loaded(tmp_path, plan=head).info.nhom_don_vi] == [
        ("A", "Thôn"),
        ("I", "Trường"),
    ]


def test_a_set_of_kinds_said_anew_holds_in_everything_that_is_taken_over(tmp_path):
    head = HEAD + "tap_don_vi: {tat_ca_don_vi: [DB_XA, BXD]}\n"
    plan = loaded(tmp_path, plan=head)
    assert {kind for duty in plan.sheets["B1"].giao for kind in duty.loai_don_vi} == {"DB_XA", "BXD"}


def test_defaults_of_a_file_are_for_its_own_new_entries(tmp_path):
    figures = """
mac_dinh: {tu_ngay: 2024-01-01, can_cu: "Hướng dẫn mới"}
chi_tieu:
  - {ma: NV1.1, ten: "Số lớp"}
  - {ma: NV1.9, ten: "Số lớp tối", trang: nhiem_vu, don_vi_tinh: lớp, loai: dem, don_vi: [tat_ca_don_vi],
     khong_noi: "Thử", ky: phat_sinh, thieu: m2, dinh_nghia: "Đếm",
     dung_boi: [B5.ten_lop], phep: {dem: B5, cot: ten_lop}}
"""
    plan = loaded(tmp_path, figures=figures)
    old, new = plan.figure_specs["NV1.1"], plan.figure_specs["NV1.9"]
    assert (old.tu_ngay, old.can_cu) == (date(2022, 4, 1), BASE.figure_specs["NV1.1"].can_cu)
    assert (new.tu_ngay, new.can_cu) == (date(2024, 1, 1), "Hướng dẫn mới")


def test_a_chain_of_plans_and_its_texts_give_the_same_plan_again(tmp_path):
    made(tmp_path, {"forms.yaml": "bo: {bieu: [B11]}\n"}, "huyen")
    head = 'ke_thua: ../huyen\nma: xa\nten: "Xã"\nky_cuoi: 2026-Q4\n'
    plan = load_plan(made(tmp_path, {"plan.yaml": head}, "xa"))
    assert "B11" not in plan.sheets and plan.last_quarter.key == "2026-Q4"
    assert {"plan.yaml", "ke-thua/plan.yaml", "ke-thua/forms.yaml", "ke-thua/ke-thua/checks.yaml"} <= set(plan.texts)
    assert build_plan(Source.of_flat(plan.texts), known()) == plan


def test_a_plan_that_takes_over_itself_is_named(tmp_path):
    made(tmp_path, {"plan.yaml": 'ke_thua: ../b\nma: a\nten: "A"\n'}, "a")
    made(tmp_path, {"plan.yaml": 'ke_thua: ../c\nma: b\nten: "B"\n'}, "b")
    folder = made(tmp_path, {"plan.yaml": 'ke_thua: ../b\nma: c\nten: "C"\n'}, "c")
    with pytest.raises(PlanError, match=r"vòng tròn \(c → b → c\): sửa mục ke_thua"):
        load_plan(folder)


@pytest.mark.parametrize(
    ("files_", "told"),
    [
        ({"forms": "bo: {bieu: [B12]}\n"}, "forms.yaml, dòng 1: không có “B12” để bỏ. Có phải là “B2”?"),
        ({"forms": "bo: {bieuu: [B2]}\n"}, "forms.yaml, dòng 1: không có mục “bieuu” để bỏ. Có phải là “bieu”?"),
        ({"forms": "bo: [B2]\n"}, "forms.yaml, dòng 1: bo phải ghi dạng bo: {tên danh sách: [khóa, …]}."),
        ({"forms": "bo: {bieu: B2}\n"}, "forms.yaml, dòng 1: ghi các khóa cần bỏ trong dấu [ ], hoặc ghi tat_ca."),
        (
            {"awards": "bo:\n  he_so:\n    - {hinh_thuc: Bằng khen}\n"},
            "awards.yaml, dòng 3: không có “hinh_thuc: Bằng khen” để bỏ.",
        ),
        (
            {"plan": HEAD + "bo: {dia_ban: [x]}\n"},
            "plan.yaml, dòng 4: mục “dia_ban” không phải là danh sách: ghi tat_ca để bỏ cả mục.",
        ),
        (
            {"documents": 'co_quan_ban_hanh:\n  - {ma: dang_uy_co_so, luu: "…"}\n'},
            "documents.yaml, dòng 2: kế hoạch được kế thừa có nhiều bản của mục này (từ 2022-04-01, 2025-07-01): "
            "ghi thêm tu_ngay.",
        ),
        (
            {"plan": "ke_thua: bao_yen_2022_2025\nma: x\n"},
            "plan.yaml, dòng 1, mục ten: thiếu mục này (không được kế thừa).",
        ),
        (
            {"figures": "chi_tieu: [{ma: NV1.2, phep: {cot: so_luott}}]\n"},
            "figures.yaml, dòng 1, mục chi_tieu → NV1.2 → phep → cot: "
            "không có cột “so_luott” ở biểu B5. Có phải là “so_luot”?",
        ),
        (
            {"figures": "mac_dinh: {tu_ngai: 2024-01-01}\n"},
            "figures.yaml, dòng 1: không có mục bắt buộc nào tên là “tu_ngai”. Có phải là “tu_ngay”?",
        ),
    ],
)
def test_a_mistake_names_the_file_and_line_in_the_folder_where_it_stands(tmp_path, files_, told):
    assert f"rieng/{told}" in mistakes(tmp_path, **files_)


def test_a_reference_of_the_other_plan_to_what_was_removed_is_told_there(tmp_path):
    found = mistakes(tmp_path, forms="bo: {bieu: [B10]}\n")
    line = 1 + files("dvk_reports.plans").joinpath("bao_yen_2022_2025", "figures.yaml").read_text(
        encoding="utf-8"
    ).splitlines().index("  - ma: KP.1")
    assert all(item.startswith("bao_yen_2022_2025/figures.yaml, dòng ") for item in found)
    first = int(found[0].split("dòng ")[1].split(",")[0])
    assert line < first < line + 20 and "không có biểu “B10”" in found[0]


def test_the_plan_taken_over_must_be_there(tmp_path):
    with pytest.raises(PlanError, match=r"Không có kế hoạch “bao_yen_2022”\. Có phải là “bao_yen_2022_2025”"):
        loaded(tmp_path, plan='ke_thua: bao_yen_2022\nma: x\nten: "X"\n')
