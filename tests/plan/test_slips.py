"""A slip of the rule book is told when it is loaded: file, line, entry, and the nearest right spelling."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.load import build_plan
from dvk_reports.plan.book.sources import RULE_FILES, Source
from dvk_reports.run.plans import known

FOLDER = files("dvk_reports.plans").joinpath("bao_yen_2022_2025")
TEXTS = {name: FOLDER.joinpath(name).read_text(encoding="utf-8") for name in RULE_FILES}


def changed(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with its first ``old`` replaced, and the line of the first sign that differs."""
    at = text.index(old)
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return text[:at] + new + text[at + len(old) :], text.count("\n", 0, at + same) + 1


def mistakes(texts: dict[str, str], strange: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(PlanError) as error:
        build_plan(Source("", texts, strange=strange), known())
    return str(error.value).splitlines()


with (Path(__file__).parent / "slips.csv").open(encoding="utf-8", newline="") as table:
    SLIPS = [tuple(row[key] for key in ("file", "old", "new", "told")) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("name", "old", "new", "told"), SLIPS, ids=[f"{n}: {new[:40]}" for n, _, new, _ in SLIPS])
def test_a_slip_is_told_with_file_line_entry_and_right_spelling(name, old, new, told):
    file = f"{name}.yaml"
    text, line = changed(TEXTS[file], old, new)
    found = mistakes({**TEXTS, file: text})
    assert [item for item in found if item.startswith(f"{file}, dòng ") and item.endswith(told)], found
    assert f"{file}, dòng {line}" in "\n".join(found) or told.startswith(("ky_cuoi", "vai", "luat", "muc_nhac"))


def test_slips_of_many_kinds_are_told_at_once_in_order_of_file_and_line():
    texts = dict(TEXTS)
    for name, old, new in (
        ("figures.yaml", "cot: so_luot,", "cot: so_luott,"),
        ("figures.yaml", "ham: co_ke_hoach", "ham: co_ke_hoac"),
        ("figures.yaml", "don_vi: [chi_dang_bo]", "don_vi: [chi_dang_boo]"),
        ("forms.yaml", "vai: so_lieu_chung", "vai: so_lieu_chun"),
        ("forms.yaml", "danh_sach: kien_nghi", "danh_sach: kiennghi"),
        ("documents.yaml", "mau: bao-cao.docx", "mau: bao_cao.docx"),
        ("awards.yaml", "so: 15", "so: -1"),
        ("plan.yaml", "dia_ban:", "diaban:"),
    ):
        texts[name] = changed(texts[name], old, new)[0]
    assert [item.rpartition(", mục ")[2] for item in mistakes(texts)] == [
        "chi_tieu → 0 → so: nhỏ hơn mức cho phép.",
        "van_ban → bao_cao_quy → mau: không có mẫu Word “bao_cao.docx”. Có phải là “bao-cao.docx”?",
        "chi_tieu → MT1.1 → don_vi → 0: không có loại đơn vị “chi_dang_boo”. Có phải là “chi_dang_bo”?",
        "chi_tieu → MT1.1 → phep → ham: không có hàm tính “co_ke_hoac”. Có phải là “co_ke_hoach”?",
        "chi_tieu → NV1.2 → phep → cot: không có cột “so_luott” ở biểu B5. Có phải là “so_luot”?",
        "bieu → B1 → vai: vai này không có. Có phải là “so_lieu_chung”?",
        "bieu → B3 → truong → kien_nghi → danh_sach: không có danh sách “kiennghi”. Có phải là “kien_nghi”?",
        "dia_ban: thiếu mục này.",
        "diaban: mục này không có trong quy định. Có phải là “dia_ban”?",
    ]


def test_a_file_that_is_missing_and_one_that_is_strange():
    texts = {name: text for name, text in TEXTS.items() if name != "awards.yaml"}
    assert mistakes(texts, strange=("award.yaml",)) == [
        "award.yaml, dòng 1: không phải là tệp của bộ quy định. Có phải là “awards.yaml”?",
        "awards.yaml, dòng 1: thiếu tệp quy định này.",
    ]


def test_a_label_or_column_that_is_never_in_force_together_with_what_names_it():
    forms, _ = changed(
        TEXTS["forms.yaml"], "{ten: Tạm dừng, vai: [tam_dung],", "{ten: Tạm dừng, tu_ngay: 2025-01-01, vai: [tam_dung],"
    )
    forms, line = changed(
        forms, "la: [Tạm dừng, Dừng, Sáp nhập]}}", "la: [Tạm dừng, Dừng, Sáp nhập]}, den_ngay: 2024-12-31}"
    )
    found = mistakes({**TEXTS, "forms.yaml": forms})
    assert found == [
        f"forms.yaml, dòng {line}, mục bieu → B2 → luat → bat_buoc_khi → khi → la → 0: "
        "nhãn “Tạm dừng” không có hiệu lực trong thời gian của mục này."
    ]


def test_the_sheet_of_a_role_has_the_columns_that_code_reads():
    forms = (
        TEXTS["forms.yaml"]
        .replace("khoa: noi_nhan_rong", "khoa: noi_nhan_rongg")
        .replace("noi_nhan_rong,", "noi_nhan_rongg,")
    )
    figures = TEXTS["figures.yaml"].replace("B3b.noi_nhan_rong", "B3b.noi_nhan_rongg")
    found = mistakes({**TEXTS, "forms.yaml": forms, "figures.yaml": figures})
    said = [item.partition(", mục ")[2] for item in found]
    hint = "Có phải là “noi_nhan_rongg”?"
    assert f"bieu → B3b → vai: biểu có vai nhan_rong phải có cột “noi_nhan_rong”. {hint}" in said
    told = f"hàm này đọc cột “noi_nhan_rong”: không có cột “noi_nhan_rong” ở biểu B3b. {hint}"
    assert f"chi_tieu → NV3.6 → phep → loc → 0 → ham: {told}" in said


def test_a_plan_whose_form_has_no_cover_is_told():
    """Without it nobody could say whose a return is: no form can be drawn and none read."""
    found = mistakes({**TEXTS, "forms.yaml": TEXTS["forms.yaml"].replace("    vai: bia\n", "", 1)})
    said = [item.partition(", mục ")[2] for item in found]
    assert "bieu: chưa có biểu nào có vai bia: biểu mẫu phải có trang ghi đơn vị, kỳ và phiên bản." in said
