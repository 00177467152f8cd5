"""What the plan says of its report is checked when it is loaded: nothing is said with words that are not there."""

from __future__ import annotations

from importlib.resources import files

import pytest

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.load import build_plan
from dvk_reports.plan.book.sources import RULE_FILES, Source
from dvk_reports.run.plans import known

FOLDER = files("dvk_reports.plans").joinpath("bao_yen_2022_2025")
TEXTS = {name: FOLDER.joinpath(name).read_text(encoding="utf-8") for name in RULE_FILES}
TRAINING = """      - {phan: tuyen_truyen_tap_huan, mau: nhiem_vu,
         co: "Đã mở {so} bồi dưỡng, tập huấn","""


def mistakes(file: str, old: str, new: str) -> list[str]:
    """Every mistake of the plan where the first ``old`` of a file is ``new``."""
    assert old in TEXTS[file]
    texts = {**TEXTS, file: TEXTS[file].replace(old, new, 1)}
    with pytest.raises(PlanError) as caught:
        build_plan(Source("", texts), known())
    return str(caught.value).splitlines()


def line_of(file: str, text: str) -> str:
    """ "figures.yaml, dòng 47": where the last line of a text stands that the file has."""
    before = TEXTS[file][: TEXTS[file].index(text) + len(text)]
    return f"{file}, dòng {before.count(chr(10)) + 1}"


def test_a_figure_that_stands_nowhere_is_named_and_how_to_mend_it():
    old = "    noi:\n      - {nhiem_vu: III.1}\n  - ma: NV2.1"
    where = f"{line_of('figures.yaml', '  - ma: NV1.4')}, mục chi_tieu → NV1.4"
    assert mistakes("figures.yaml", old, "  - ma: NV2.1") == [
        f"{where} → ma: chỉ tiêu này không đứng ở đâu trong báo cáo; thêm noi (phan kèm câu, bang hoặc nhiem_vu), "
        "hoặc khong_noi kèm lý do."
    ]
    said = old.replace("    noi:\n", "    khong_noi: chỉ để đối chiếu\n    noi:\n")
    assert [item.rpartition(" → ")[2] for item in mistakes("figures.yaml", old, said)] == [
        "khong_noi: đã có chỗ trong báo cáo thì bỏ khong_noi."
    ]


def test_a_figure_may_stand_nowhere_where_the_plan_says_why():
    old = "    noi:\n      - {nhiem_vu: III.1}\n  - ma: NV2.1"
    text = TEXTS["figures.yaml"].replace(old, '    khong_noi: "Chỉ để đối chiếu."\n  - ma: NV2.1')
    plan = build_plan(Source("", {**TEXTS, "figures.yaml": text}), known())
    assert plan.figure_specs["NV1.4"].noi == []


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        (
            TRAINING.replace("phan: tuyen_truyen_tap_huan", "phan: tuyen_truyen"),
            ["phan: không có phần báo cáo “tuyen_truyen”. Có phải là “tuyen_truyen_tap_huan”?"],
        ),
        (
            TRAINING.replace("mau: nhiem_vu", "mau: nhiemvu"),
            ["mau: không có khung câu “nhiemvu”. Có phải là “nhiem_vu”?"],
        ),
        (
            TRAINING.replace("{so}", "{soo} và {so NV1.22} và {so /Lồng ghepp} và {cau}"),
            [
                "co: chỉ tiêu NV1.1 không có dòng “Lồng ghepp”. Có phải là “Lồng ghép”?",
                "co: không có chỉ tiêu “NV1.22”. Có phải là “NV1.2”?",
                "co: không có chỗ điền “{soo}”. Có phải là “so”?",
                "co: {cau} chỉ đứng trong khung câu.",
            ],
        ),
        (TRAINING.replace("{so}", "{ky_sau NV1.1}"), ["co: {ky_sau} không kèm mã chỉ tiêu hoặc dòng."]),
        (
            TRAINING.replace("mau:", "dong: Độc lậpp, mau:"),
            ["dong: chỉ tiêu không có dòng “Độc lậpp”. Có phải là “Độc lập”?"],
        ),
        (
            TRAINING.replace("phan:", "bang: muc_tieu, phan:"),
            ["0: mỗi chỗ ghi đúng một trong phan, bang, nhiem_vu."],
        ),
        (
            TRAINING.replace('co: "Đã mở {so} bồi dưỡng, tập huấn"', 'tu_don_vi: "lớp"'),
            ["0: chưa có câu nói khi đã có số: ghi co, hoặc mau là một khung câu đã đủ chữ."],
        ),
        (
            TRAINING.replace("mau: nhiem_vu", "mau: muc_tieu"),
            ["co: khung câu “muc_tieu” đã đủ chữ ở co, không có chỗ cho câu này."],
        ),
        (
            TRAINING.replace("mau: nhiem_vu", "bao_cao: [quyy], mau: nhiem_vu"),
            ["bao_cao → 0: giá trị không nằm trong các giá trị cho phép. Có phải là “quy”?"],
        ),
    ],
)
def test_a_slip_in_the_place_of_a_figure_is_named(new, wrong):
    found = mistakes("figures.yaml", TRAINING, new)
    assert [item.partition("chi_tieu → NV1.1 → noi → ")[2].removeprefix("0 → ") for item in found] == wrong
    places = (line_of("figures.yaml", TRAINING.splitlines()[0]), line_of("figures.yaml", TRAINING))
    assert [item for item in found if not item.startswith(places)] == []


def test_words_belong_to_a_part_and_not_to_a_table():
    found = mistakes("figures.yaml", "      - {bang: dien_bien}\n", '      - {bang: dien_bien, co: "Có {so}."}\n')
    assert [item.partition(" → noi → ")[2] for item in found] == ["2 → co: chỉ dùng ở chỗ ghi phan."]


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong"),
    [
        (
            "figures.yaml",
            'bang_khong: "{cau}<',
            'bang_khong: "{caau}<',
            ["khung_cau → nhiem_vu → bang_khong: không có chỗ điền “{caau}”. Có phải là “cau”?"],
        ),
        (
            "documents.yaml",
            "muc_do: {ket_qua_muc_tieu: can_luu_y,",
            "muc_do: {ket_qua_muc_tieuu: can_luu_y,",
            [
                "do_dai → quy → muc_do → ket_qua_muc_tieuu: không có phần báo cáo “ket_qua_muc_tieuu”. "
                "Có phải là “ket_qua_muc_tieu”?"
            ],
        ),
        (
            "documents.yaml",
            "thuoc: xay_dung_mo_hinh",
            "thuoc: xay_dung",
            [
                "bao_cao → phan → nong_thon_moi → thuoc: không có phần có đề mục “xay_dung”. "
                "Có phải là “xay_dung_mo_hinh”?"
            ],
        ),
        (
            "documents.yaml",
            '{phan: tom_tat_muc_tieu, cau: "Kết quả',
            '{phan: tom_tat, cau: "{so} Kết quả',
            [
                "bao_cao → cau → 3 → cau: {so} phải kèm mã chỉ tiêu, ví dụ {so MT1.1}.",
                "bao_cao → cau → 3 → phan: không có phần báo cáo “tom_tat”. Có phải là “tom_tat_muc_tieu”?",
            ],
        ),
        (
            "documents.yaml",
            "  - ky: nam\n",
            "  - ky: quy\n",
            [
                "do_dai: thiếu kỳ “nam”.",
                "do_dai → quy: “quy” ghi nhiều lần từ cùng một ngày.",
            ],
        ),
    ],
)
def test_a_slip_in_the_parts_of_the_report_is_named(file, old, new, wrong):
    assert [item.partition(", mục ")[2] for item in mistakes(file, old, new)] == wrong
