"""Text, numbers, dates and old fonts: each example is one a commune has sent or an office prints."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvk_reports.vietnamese.dates import read_date, show_date, show_date_long, show_date_prose
from dvk_reports.vietnamese.legacy import DOUBTFUL, decode, from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni
from dvk_reports.vietnamese.numbers import read_number, shares, show_count, show_number, show_percent
from dvk_reports.vietnamese.syllables import is_syllable
from dvk_reports.vietnamese.text import fold, nearest, nfc, sort_key, tidy, unaccented

VIETNAMESE = "áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"

# --- text


def test_tidy_keeps_the_words_and_drops_what_cannot_be_seen():
    assert tidy("\ufeff  Xã\u00a0 Bảo\t\nHà\u200b ") == "Xã Bảo Hà"
    assert tidy("Ba\u0309o Ha\u0300") == "Bảo Hà"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "HÒA  BÌNH"),
        ("Đảng uỷ", "đảng ủy"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("hoạ", "họa"),
        ("quỹ", "QŨY"),
        ("Vùng 1 – Xuân Thượng", "vùng 1-xuân thượng"),
        ("KH 12—ĐU", "KH 12 - ĐU"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
    ],
)
def test_two_spellings_of_one_name(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("quý", "quy"), ("hòa", "hóa"), ("hoạ", "hoậ"), ("An", "Ân"), ("Thôn 1", "Thôn 2"), ("của", "cùa"), ("uở", "ủo")],
)
def test_two_names_that_must_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + "aeouyOAEUYq019 -–—\u00a0\u00ad\u200b\u0301\u0323"))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_unaccented():
    assert unaccented("Đường Ấp Nghĩa Đô, ưỡn ẹo") == "Duong Ap Nghia Do, uon eo"


def test_order_of_a_vietnamese_dictionary():
    names = ["An", "an", "ăn", "Ân", "Ấn", "Báo", "Bào", "Bảo", "Bạo", "Bão", "da", "Dũng", "đa", "Đức", "tê", "té"]
    assert sorted(names, key=sort_key) == [
        *("an", "An", "ăn", "Ân", "Ấn", "Bào", "Bảo", "Bão", "Báo", "Bạo", "da", "Dũng", "đa", "Đức", "té", "tê")
    ]
    assert sorted(["Xã 2", "Xã", "Xã-A", "Xã 1"], key=sort_key) == ["Xã", "Xã 1", "Xã 2", "Xã-A"]


def test_did_you_mean():
    fields = ["Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh"]
    assert nearest("văn hoá, xã hội", fields) == "Văn hóa - xã hội"
    assert nearest("Kinh tê", fields) == "Kinh tế"
    assert nearest("xyz", fields) is None


# --- numbers


@pytest.mark.parametrize(
    ("text", "integer", "decimal"),
    [
        ("12", "12", "12"),
        (" ０５ ", "5", "5"),
        ("-3", "-3", "-3"),
        ("1.234", "1234", None),
        ("1.234.567", "1234567", "1234567"),
        ("1.234,5", None, "1234.5"),
        ("1.234,567", None, "1234.567"),
        ("12,5", None, "12.5"),
        ("12.5", None, "12.5"),
        ("0,125", None, "0.125"),
        ("1234,567", None, "1234.567"),
        ("-1.234", "-1234", None),
        ("1,234", None, None),
        ("1,234,567", "1234567", "1234567"),
        ("1,234.5", None, "1234.5"),
        ("12.34.567", None, None),
        ("0.123", None, "0.123"),
        ("50%", None, None),
        ("1e5", None, None),
        ("+5", "5", "5"),
        ("12 triệu", None, None),
        ("1 234", "1234", "1234"),
        ("", None, None),
        ("-", None, None),
        ("½", None, None),
        ("٣", None, None),
    ],
)
def test_a_text_is_a_number_where_it_has_one_reading(text, integer, decimal):
    assert read_number(text, integer=True) == (None if integer is None else Decimal(integer))
    assert read_number(text, integer=False) == (None if decimal is None else Decimal(decimal))


@given(st.integers())
def test_every_whole_number_is_read_back(n):
    assert read_number(show_number(Decimal(n)), integer=True) == n


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15))
def test_every_amount_with_two_decimals_is_read_back(amount):
    assert read_number(show_number(amount, 2), integer=False) == amount


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_no_number_is_ever_read_back_as_another(value):
    """What could be read in two ways ("1,234") is not read at all."""
    assert read_number(show_number(value), integer=False) in (value, None)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1234567.50", None, "1.234.567,5"),
        ("1E+3", None, "1.000"),
        ("0", None, "0"),
        ("-0.04", 1, "0,0"),
        ("-0.05", 1, "-0,1"),
        ("0.25", 1, "0,3"),
        ("45950000", 0, "45.950.000"),
        ("-1234.5", None, "-1.234,5"),
    ],
)
def test_show_number(value, places, shown):
    assert show_number(Decimal(value), places) == shown


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [
        (831, 1000, "83,1%"),
        (9996, 10000, "99,9%"),
        (10000, 10000, "100%"),
        (10004, 10000, "100,1%"),
        (0, 7, "0%"),
        (1, 10000, "0,1%"),
        (1, 2, "50,0%"),
        (1, 3, "33,3%"),
        (3, 2, "150,0%"),
    ],
)
def test_a_hundred_percent_is_a_hundred_percent(above, below, shown):
    assert show_percent(above, below) == shown


def test_a_ratio_is_shown_as_a_percentage():
    assert show_percent(Decimal("0.8312")) == "83,1%"


def test_a_percentage_of_nothing_is_refused():
    with pytest.raises(ZeroDivisionError):
        show_percent(0, 0)


@pytest.mark.parametrize(
    ("parts", "percent"),
    [
        ([1, 1, 1], "33.4 33.3 33.3"),
        ([2, 2, 2, 1], "28.6 28.6 28.5 14.3"),
        ([1, 1, 4], "16.7 16.6 66.7"),  # half up would be 16.7 16.7 66.7, which is 100.1
        ([5, 0, 0], "100.0 0.0 0.0"),
        ([0, 0], "0 0"),
        ([], ""),
    ],
)
def test_shares_side_by_side_add_up_to_100(parts: list[int], percent: str):
    assert " ".join(map(str, shares(parts))) == percent


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_shares_add_up_and_none_is_a_tenth_away_from_its_own(parts: list[int]):
    found, whole = shares(parts), sum(parts)
    assert sum(found) == (100 if whole else 0)
    pairs = list(zip(found, parts, strict=True))
    assert not whole or all(abs(share * whole - 100 * part) < whole * Decimal("0.1") for share, part in pairs)
    assert all(share == 0 for share, part in pairs if not part)


def test_counts_in_prose_have_two_digits():
    assert [show_count(n) for n in (0, 5, 10, 1234)] == ["0", "05", "10", "1.234"]


# --- dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/03/2023", date(2023, 3, 5)),
        ("5/3/2023", date(2023, 3, 5)),
        (" 5 - 3 - 2023 ", date(2023, 3, 5)),
        ("05.03.2023", date(2023, 3, 5)),
        ("０５/０３/２０２３", date(2023, 3, 5)),
        ("2023-03-05", date(2023, 3, 5)),
        ("2023-03-05 00:00:00", date(2023, 3, 5)),
        ("ngày 05 tháng 3 năm 2023", date(2023, 3, 5)),
        ("Ngày 5  tháng 03 năm 2023", date(2023, 3, 5)),
        ("12/25/2023", None),
        ("31/4/2023", None),
        ("29/2/2023", None),
        ("5/3/23", None),
        ("5/3", None),
        ("tháng 9/226", None),
        ("05/03-2023", None),
        ("Quý I", None),
        ("", None),
    ],
)
def test_read_date(text, day):
    assert read_date(text) == day


@given(st.dates())
def test_every_day_is_read_back(day):
    assert read_date(show_date(day)) == read_date(show_date_prose(day)) == read_date(show_date_long(day)) == day


def test_zeros_of_dates_in_official_prose():
    days = [date(2013, 6, 3), date(2023, 1, 15), date(2023, 2, 1), date(2023, 10, 9), date(2023, 12, 31)]
    assert [show_date_prose(d) for d in days] == ["03/6/2013", "15/01/2023", "01/02/2023", "09/10/2023", "31/12/2023"]
    assert show_date_long(date(2023, 3, 5)) == "ngày 05 tháng 3 năm 2023"
    assert show_date(date(2023, 3, 5)) == "05/03/2023"


# --- old fonts


@pytest.mark.parametrize(
    ("text", "font", "read", "how"),
    [
        ("§¶ng ñy x· B¶o Hµ", ".VnTime", "Đảng ủy xã Bảo Hà", "TCVN3"),
        ("b×nh ®¼ng", ".vntime", "bình đẳng", "TCVN3"),
        ("L©m tr\xadêng", ".VnArial", "Lâm trường", "TCVN3"),
        ("B¶o Hµ", ".VnTimeH", "BẢO HÀ", "TCVN3"),
        ("Huyeän uûy Baûo Yeân", "VNI-Times", "Huyện ủy Bảo Yên", "VNI"),
        ("ÑAÛNG UÛY", "VNI-Times", "ĐẢNG ỦY", "VNI"),
        # Plain letters, and Unicode typed into a cell that kept its old font.
        ("Thon 1", ".VnTime", "Thon 1", None),
        ("Lớp học", ".VnTime", "Lớp học", None),
        ("Là Hà", ".VnTime", "Là Hà", None),
        ("Lý do", ".VnTime", "Lý do", None),
        ("Duy trì", "VNI-Times", "Duy trì", None),
        ("Xã Bảo Hà, đường 3 × 4 m", "Times New Roman", "Xã Bảo Hà, đường 3 × 4 m", None),
        ("Hoà", "Times New Roman", "Hoà", None),
        ("§ 5, Microsoft®, Müller, Noël", "Arial", "§ 5, Microsoft®, Müller, Noël", None),
        # Words that are none in Unicode are enough, as are abbreviations and one slip among words that are.
        ("Trung Quèc", ".VnTime", "Trung Quốc", "TCVN3"),
        ("QuyÕt ®Þnh sè 12-Q§/§U", ".VnTime", "Quyết định số 12-QĐ/ĐU", "TCVN3"),
        ("Sè hé ≥ 5 (tæ tù qu¶n)", ".VnTime", "Số hộ ≥ 5 (tổ tự quản)", "TCVN3"),
        ("HuyÖn §×nh L©p", ".VnTime", "Huyện Đình Lâp", "TCVN3"),
        ("NAÊM 2023", "VNI-Times", "NĂM 2023", "VNI"),
        ("Khoâng xaùc ñiïnh", "VNI-Times", "Không xác định", "VNI"),
        # Only the font or only the letters say so: a person decides.
        ("Líp", ".VnTime", "Líp", DOUBTFUL),
        ("Hoá", "VNI-Times", "Hoá", DOUBTFUL),
        ("§¶ng ñy", "Arial", "§¶ng ñy", DOUBTFUL),
        ("Huyeän uûy", "", "Huyeän uûy", DOUBTFUL),
        ("BÕn Tre", "Arial", "BÕn Tre", DOUBTFUL),
        # Each in a font of the other.
        ("Huyeän uûy Baûo Yeân", ".VnTime", "Huyeän uûy Baûo Yeân", DOUBTFUL),
        ("ÑAÛNG UÛY", ".VnTimeH", "ÑAÛNG UÛY", DOUBTFUL),
        ("HuyÖn uû B¶o Yªn", "VNI-Times", "HuyÖn uû B¶o Yªn", DOUBTFUL),
        ("HuyÖn uû", "VNI-Times", "HuyÖn uû", DOUBTFUL),
        # Half of it was made Unicode by another program.
        ("tại QuyÕt ®ịnh sè 12", ".VnTime", "tại QuyÕt ®ịnh sè 12", DOUBTFUL),
        ("M¸y mãc thiết bÞ", "Times New Roman", "M¸y mãc thiết bÞ", DOUBTFUL),
        ("§¶ng", "VNI-Times", "§¶ng", DOUBTFUL),
        ("Kr«ng", "Calibri", "Kr«ng", DOUBTFUL),
        # Words that are none in the encoding of the font.
        ("Bình Hòa", ".VnTime", "Bình Hòa", DOUBTFUL),
    ],
)
def test_old_fonts_are_decoded_where_font_and_letters_agree(text, font, read, how):
    assert decode(text, font) == (read, how)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + "abcdeghiklmnopqrstuvxy ", min_size=1))
def test_text_in_unicode_beyond_latin_1_is_never_taken_for_an_old_encoding(text):
    if any(ord(c) > 0xFF for c in text):
        assert not looks_like_tcvn3(text)
        assert not looks_like_vni(text)


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        ("gì giêng quốc quỳnh quýt khuỷu ngoằn ngoèo thuở giữa yến hoà hòa quý quà khuya mía Đắk LẮK Séo ủy uỷ", True),
        ("nghiã gèc hãa kú céng lôc toâi Huyeän uûy aù phò-tò hôôc x", False),
    ],
)
def test_what_can_be_a_syllable(words, spelled):
    assert [word for word in words.split() if is_syllable(word) is not spelled] == []


def test_the_whole_alphabet_can_be_read():
    tcvn3 = "¸µ¶·¹©ÊÇÈÉË¨¾»¼½ÆÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ®"
    vni = (
        "aùaøaûaõaïaâaáaàaåaãaäaêaéaèaúaüaëeùeøeûeõeïeâeáeàeåeãeäíìæóòoùoøoûoõoïoâoáoàoåoãoä"
        "ôôùôøôûôõôïuùuøuûuõuïööùöøöûöõöïyùyøyûyõîñ"
    )
    assert sorted(from_tcvn3(tcvn3)) == sorted(VIETNAMESE)
    assert from_vni(vni) == VIETNAMESE
    assert nfc(from_vni(vni.upper())) == VIETNAMESE.upper()
