"""Widths of printed text: the measures of the official headings, every Vietnamese letter, breaking into lines."""

from __future__ import annotations

import pytest

from dvk_reports.papers.docx.metrics import text_width, wrapped

MOTTO = "Độc lập - Tự do - Hạnh phúc"
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TONES = "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ uùúủũụ yỳýỷỹỵ"
HORNS = "ơờớởỡợ ưừứửữự"


@pytest.mark.parametrize(
    ("text", "size", "bold", "mm"),
    [
        (STATE, 13, True, 95.7),
        (STATE, 12, True, 88.3),
        (MOTTO, 14, True, 60.5),
        (MOTTO, 13, True, 56.1),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, 72.9),
        ("HUYỆN ỦY BẢO YÊN", 14, True, 49.8),
        ("ĐẢNG BỘ TỈNH LÀO CAI", 14, False, 56.5),
        ("HUYỆN BẢO YÊN", 13, True, 38.5),
    ],
)
def test_width_of_official_headings(text, size, bold, mm):
    assert text_width(text, size, bold) == pytest.approx(mm, abs=0.3)


@pytest.mark.parametrize("group", [*TONES.split(), *HORNS.split(), *TONES.upper().split(), *HORNS.upper().split()])
@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_tone_does_not_widen_a_letter(group, bold, italic):
    assert len({text_width(letter, 14, bold, italic) for letter in group}) == 1


def test_a_horn_does_widen_a_letter():
    assert text_width("ư", 14) > text_width("u", 14)
    assert text_width("ơ", 14) > text_width("o", 14)


def test_text_typed_with_separate_tones_is_as_wide():
    assert text_width("Huye\u0323\u0302n u\u0309y", 14) == text_width("Huyện ủy", 14)


def test_a_space_that_does_not_break_is_a_space():
    assert text_width("Điều\u00a01", 14) == text_width("Điều 1", 14)


def test_lines_break_at_spaces_and_fit():
    text = "kết quả thực hiện Phong trào “Dân vận khéo” quý III năm 2023, nhiệm vụ trọng tâm quý IV năm 2023"
    lines = wrapped(text, 120, 14, bold=True)
    assert " ".join(lines) == text
    assert all(text_width(line, 14, bold=True) <= 120 for line in lines)
    assert len(lines) == 2


def test_a_word_too_long_for_the_line_stands_alone():
    assert wrapped("Nơi nhận dàidàidàidàidàidài x", 20, 14) == ["Nơi nhận", "dàidàidàidàidàidài", "x"]
