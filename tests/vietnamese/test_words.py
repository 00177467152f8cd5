"""Numbers and money in words, comparison, the top three, and where the tone stands."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvk_reports.vietnamese import words
from dvk_reports.vietnamese.text import fold
from dvk_reports.vietnamese.words import (
    LIMIT,
    by_count,
    change,
    dong_of,
    in_words,
    listed,
    money,
    money_in_words,
    tones,
)

TABLE = """
    0                   | không
    1                   | một
    4                   | bốn
    5                   | năm
    10                  | mười
    11                  | mười một
    14                  | mười bốn
    15                  | mười lăm
    20                  | hai mươi
    21                  | hai mươi mốt
    24                  | hai mươi tư
    25                  | hai mươi lăm
    44                  | bốn mươi tư
    55                  | năm mươi lăm
    91                  | chín mươi mốt
    100                 | một trăm
    101                 | một trăm linh một
    104                 | một trăm linh bốn
    105                 | một trăm linh năm
    110                 | một trăm mười
    111                 | một trăm mười một
    115                 | một trăm mười lăm
    121                 | một trăm hai mươi mốt
    1000                | một nghìn
    1005                | một nghìn không trăm linh năm
    1010                | một nghìn không trăm mười
    1055                | một nghìn không trăm năm mươi lăm
    1500                | một nghìn năm trăm
    10005               | mười nghìn không trăm linh năm
    20010               | hai mươi nghìn không trăm mười
    21021               | hai mươi mốt nghìn không trăm hai mươi mốt
    100000              | một trăm nghìn
    1000000             | một triệu
    1000005             | một triệu không trăm linh năm
    1020000             | một triệu không trăm hai mươi nghìn
    5200000             | năm triệu hai trăm nghìn
    29700000            | hai mươi chín triệu bảy trăm nghìn
    45950000            | bốn mươi lăm triệu chín trăm năm mươi nghìn
    1000000000          | một tỷ
    1000000005          | một tỷ không trăm linh năm
    5000000000          | năm tỷ
    1000000000000       | một nghìn tỷ
    1000000000000000000 | một tỷ tỷ
    1000000000000000024 | một tỷ tỷ không trăm hai mươi tư
"""


@pytest.mark.parametrize(("number", "words"), [line.split("|") for line in TABLE.strip().splitlines()])
def test_numbers_as_they_are_read(number, words):
    assert in_words(int(number)) == words.strip()


DIGITS = dict(zip(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(10), strict=True))
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}


def read_back(words: list[str]) -> int:
    """What a listener understands; written from the ear and not from the writer's own steps."""
    for name, size in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 1000)):
        if name in words:
            place = len(words) - 1 - words[::-1].index(name)
            return read_back(words[:place]) * size + read_back(words[place + 1 :])
    value = last = 0
    for word in words:
        if word == "trăm":
            value, last = last * 100, 0
        elif word in ("mươi", "mười"):
            value, last = value + (last * 10 if word == "mươi" else 10), 0
        elif word != "linh":
            last = DIGITS[word]
    return value + last


@given(st.integers(0, LIMIT - 1) | st.integers(0, 10**7) | st.integers(0, 26).map(lambda n: 10**n))
def test_words_read_back_are_the_number(number):
    words = in_words(number)
    assert read_back(words.split()) == number
    assert "  " not in words and words == words.strip()


@given(st.integers(0, LIMIT - 1))
def test_no_word_of_the_street(number):
    words = f" {in_words(number)} "
    for wrong in (" lẻ ", " ngàn ", " mươi một ", " mươi năm ", " mười năm ", " mươi bốn ", " mười tư ", " tỉ "):
        assert wrong not in words


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_what_has_no_reading_is_refused(number):
    with pytest.raises(ValueError, match="out of range"):
        in_words(number)


def test_money_of_a_decision():
    assert money_in_words(5_200_000) == "Năm triệu hai trăm nghìn đồng"
    assert money(1_950_000) == "1.950.000 đồng (Một triệu chín trăm năm mươi nghìn đồng)"
    assert money(0) == "0 đồng (Không đồng)"
    assert dong_of(D("29.7")) == 29_700_000
    with pytest.raises(ValueError, match="whole number"):
        dong_of(D("0.0000001"))


@pytest.mark.parametrize(
    ("now", "before", "unit", "said"),
    [
        (D(12), D(7), "mô hình", "tăng 05 mô hình"),
        (D(7), D(19), "mô hình", "giảm 12 mô hình"),
        (D(7), D("7.0"), "mô hình", "không đổi"),
        (D("12.5"), D(10), "km", "tăng 2,5 km"),
    ],
)
def test_more_less_or_the_same(now, before, unit, said):
    assert change(now, before, unit) == said


def test_a_measure_takes_no_zero_in_front():
    assert change(D(7), D(5), "triệu đồng", count=False) == "tăng 2 triệu đồng"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "Không có đơn vị nộp muộn"), (1, "Chỉ 01 đơn vị"), (9, "Có 09 đơn vị"), (12, "Có 12 đơn vị")],
)
def test_none_one_many(number, said):
    assert by_count(number, none="Không có đơn vị nộp muộn", one="Chỉ {so} đơn vị", many="Có {so} đơn vị") == said


def test_a_list_in_a_sentence():
    assert [listed(items) for items in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A và B", "A, B và C"]


def test_one_tone_placement_for_generated_words():
    text = "Huyện uỷ, ĐẢNG UỶ, văn hóa, hoà, khỏe, quý, quỳ, thuý, hoàn, huỳnh, khuya, hoài, lũy, của, xã hội hoá"
    old = "Huyện ủy, ĐẢNG ỦY, văn hóa, hòa, khỏe, quý, quỳ, thúy, hoàn, huỳnh, khuya, hoài, lũy, của, xã hội hóa"
    new = "Huyện uỷ, ĐẢNG UỶ, văn hoá, hoà, khoẻ, quý, quỳ, thuý, hoàn, huỳnh, khuya, hoài, luỹ, của, xã hội hoá"
    assert (tones(text, "cu"), tones(text, "moi")) == (old, new)


def test_a_name_keeps_the_tone_it_is_written_with():
    assert tones("Đảng uỷ xã Hoà Bình, thôn Hòa", "cu", ["xã Hoà Bình"]) == "Đảng ủy xã Hoà Bình, thôn Hòa"
    assert tones("Đảng ủy xã Hòa, hòa", "moi", ["Hòa"]) == "Đảng uỷ xã Hòa, hoà"


@given(st.text(alphabet="qQhlnođuyaeiUYOAúùýỳóòáàéẻọạũỹ gt-.", max_size=30))
def test_moving_the_tone_changes_no_word(text):
    for placement in ("cu", "moi"):
        moved = tones(text, placement)
        assert fold(moved) == fold(text)
        assert tones(moved, placement) == moved


@pytest.mark.parametrize("placement", ["moi", "cu"])
def test_a_text_that_is_taken_as_it_stands_has_no_tone_to_move(placement, monkeypatch):
    """Every start, pair of vowels, mark on either and end: looked through or not, the text is the same."""
    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323", "\u0302", "\u0306", "\u031b"]
    vowels = ["oa", "oe", "uy", "OA", "oE", "UY", "ua", "ay", "uY"]
    parts = itertools.product(["", "h", "q", "ng", "â"], vowels, marks, marks, ["", " ", "n", "."])
    texts = [f"{start}{pair[0]}{one}{pair[1]}{other}{end}" for start, pair, one, other, end in parts]
    found = [tones(text, placement) for text in texts]
    monkeypatch.setattr(words, "_MOVABLE", re.compile(""))
    assert found == [tones(text, placement) for text in texts]
