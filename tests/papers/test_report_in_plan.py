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
TRAINING = """      - {phan: tuyen_truyen, bang_khong: "",
         co: "Các đơn vị mở {so} bồi dưỡng, tập huấn<"""
NOWHERE = '    khong_noi: "Có ở sổ tổng hợp; báo cáo nói NV1.1."\n'


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
    where = f"{line_of('figures.yaml', '  - ma: NV1.4')}, mục chi_tieu → NV1.4"
    assert mistakes("figures.yaml", NOWHERE, "") == [
        f"{where} → ma: chỉ tiêu này không đứng ở đâu trong báo cáo; thêm noi (phan kèm câu, bang hoặc nhiem_vu), "
        "hoặc khong_noi kèm lý do."
    ]
    both = NOWHERE + "    noi:\n      - {nhiem_vu: III.1}\n"
    assert [item.rpartition(" → ")[2] for item in mistakes("figures.yaml", NOWHERE, both)] == [
        "khong_noi: đã có chỗ trong báo cáo thì bỏ khong_noi."
    ]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (
            "phan: tuyen_truyen,",
            "phan: tuyen_truyenn,",
            ["phan: không có phần báo cáo “tuyen_truyenn”. Có phải là “tuyen_truyen”?"],
        ),
        ("bang_khong:", "mau: chi_tieuu, bang_khong:", ["mau: không có khung câu “chi_tieuu”. Có phải là “chi_tieu”?"]),
        (
            "{so}",
            "{soo} và {so NV1.22} và {so /Lồng ghepp} và {cau}",
            [
                "co: chỉ tiêu NV1.1 không có dòng “Lồng ghepp”. Có phải là “Lồng ghép”?",
                "co: không có chỉ tiêu “NV1.22”. Có phải là “NV1.2”?",
                "co: không có chỗ điền “{soo}”. Có phải là “so”?",
                "co: {cau} chỉ đứng trong khung câu.",
            ],
        ),
        ("{so}", "{ky_sau NV1.1}", ["co: {ky_sau} không kèm mã chỉ tiêu hoặc dòng."]),
        ("{so}", "{phu_luc chua_datt}", ["co: {phu_luc chua_datt} phải kèm mã phụ lục, ví dụ {phu_luc muc_tieu}."]),
        ("{so}", "{ten_mo_hinh}", ["co: {ten_mo_hinh} nói về mô hình được nêu tên, không điền được ở câu này."]),
        (
            "bang_khong:",
            "dong: Độc lậpp, bang_khong:",
            ["dong: chỉ tiêu không có dòng “Độc lậpp”. Có phải là “Độc lập”?"],
        ),
        ("phan:", "bang: muc_tieu, phan:", ["0: mỗi chỗ ghi đúng một trong phan, bang, nhiem_vu."]),
        ("bang_khong:", "cung: {NV1.22: lớp}, bang_khong:", ["cung: không có chỉ tiêu “NV1.22”. Có phải là “NV1.2”?"]),
        ("bang_khong:", 'con_lai: "{chua_dat}", bang_khong:', ["con_lai: chỉ dùng cùng một khung câu có {con_lai}."]),
        (
            "bang_khong:",
            "bao_cao: [quyy], bang_khong:",
            ["bao_cao → 0: giá trị không nằm trong các giá trị cho phép. Có phải là “quy”?"],
        ),
    ],
)
def test_a_slip_in_the_place_of_a_figure_is_named(old, new, wrong):
    found = mistakes("figures.yaml", TRAINING, TRAINING.replace(old, new, 1))
    assert [item.partition("chi_tieu → NV1.1 → noi → ")[2].removeprefix("0 → ") for item in found] == wrong


def test_a_place_without_words_for_a_known_figure_says_so():
    found = mistakes("figures.yaml", 'thu_tu: 60, co: "", bang_khong:', "thu_tu: 60, bang_khong:")
    assert [item.partition(" → noi → ")[2] for item in found] == [
        "0: chưa có câu nói khi đã có số: ghi co, hoặc mau là một khung câu đã đủ chữ."
    ]


def test_words_belong_to_a_part_and_not_to_a_table():
    old = "      - {bang: muc_tieu, neu_ten: false}\n"
    found = mistakes("figures.yaml", old, old.replace("}", ', co: "Có {so}."}'))
    assert [item.partition(" → noi → ")[2] for item in found] == ["0 → co: chỉ dùng ở chỗ ghi phan."]


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong"),
    [
        (
            "figures.yaml",
            'dat: "{cau}, đạt mục tiêu',
            'dat: "{caau}, đạt mục tiêu',
            ["khung_cau → chi_tieu → dat: không có chỗ điền “{caau}”. Có phải là “cau”?"],
        ),
        (
            "documents.yaml",
            "phu_luc: [muc_tieu, chua_dat, pham_vi]",
            "phu_luc: [muc_tieu, chua_datt, pham_vi]",
            ["do_dai → quy → phu_luc → 1: không có phụ lục báo cáo “chua_datt”. Có phải là “chua_dat”?"],
        ),
        (
            "documents.yaml",
            '- {phan: tom_tat,\n       cau: "Trong',
            '- {phan: tomtat,\n       cau: "{so} Trong',
            [
                "bao_cao → cau → 5 → phan: không có phần báo cáo “tomtat”. Có phải là “tom_tat”?",
                "bao_cao → cau → 5 → cau: {so} nói về chỉ tiêu, không điền được ở câu này.",
            ],
        ),
        (
            "documents.yaml",
            'cap: muc, de_muc: "Kết quả thực hiện"',
            'de_muc: "Kết quả thực hiện"',
            ["bao_cao → phan → muc_ket_qua: đề mục ghi cả de_muc và cap; phần có câu thì không ghi cả hai."],
        ),
        (
            "documents.yaml",
            'khong_co: "Lĩnh vực {linh_vuc} chưa',
            'khong_co: "Lĩnh vực {linhvuc} chưa',
            ["bao_cao → dien_hinh → 0 → khong_co: không có chỗ điền “{linhvuc}”. Có phải là “linh_vuc”?"],
        ),
        (
            "documents.yaml",
            "{dot: 2023-10, ky: so_ket",
            "{dot: 2023-11, ky: so_ket",
            ["giai_doan → so_ket → dot: không có đợt xét “2023-11”. Có phải là “2023-10”?"],
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
