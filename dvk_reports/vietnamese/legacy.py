"""Text typed in the fonts of before Unicode: TCVN3 (ABC, ``.VnTime``) and VNI-Windows (``VNI-Times``).

A wrong decoding turns one name into another that looks just as good, so text is decoded only where the cell's
font and the letters themselves say the same; where only one of them does, a person is asked. What the letters say is
told by the words they make: those of an old encoding are Vietnamese syllables when decoded, and none before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dvk_reports.vietnamese.syllables import is_syllable

TCVN3, VNI, DOUBTFUL = "TCVN3", "VNI", "nghi ngờ"

# One letter stands for one letter. Capitals with a tone do not exist: they were set in a capital font (.VnTimeH).
_TCVN3 = dict(
    zip(
        "¸µ¶·¹©ÊÇÈÉË¨¾»¼½ÆÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¢¡£¤¥¦§",
        "áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđÂĂÊÔƠƯĐ",
        strict=True,
    )
)

_VNI_SINGLE = dict(zip("íìæóòôöîñÍÌÆÓÒÔÖÎÑ", "íìỉĩịơưỵđÍÌỈĨỊƠƯỴĐ", strict=True))
# Base letter -> the marks that follow it, and what each pair stands for.
_VNI_PAIRS = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    # These have a sign of their own as well ("ò" for ị); the pair looks the same on paper.
    "i": ("ùøûõï", "íìỉĩị"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõï", "ýỳỷỹỵ"),
}
_VNI: dict[str, str] = dict(_VNI_SINGLE)
for _base, (_marks, _letters) in _VNI_PAIRS.items():
    for _mark, _letter in zip(_marks, _letters, strict=True):
        _VNI[_base + _mark] = _letter
        # A capital with a small mark is what one gets by typing without the capital lock.
        _VNI[_base.upper() + _mark] = _VNI[_base.upper() + _mark.upper()] = _letter.upper()
_VNI_TOKEN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_VIETNAMESE = frozenset("áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ")
_VIETNAMESE_ALL = _VIETNAMESE | {c.upper() for c in _VIETNAMESE}
_TODAY = _VIETNAMESE_ALL | frozenset(map(chr, range(128)))
_UNMISTAKABLE = frozenset(c for c in _VIETNAMESE_ALL if ord(c) > 0xFF)
"""Letters of Unicode Vietnamese that are in no old encoding."""

_CAPITAL_INSIDE = re.compile(r"[A-Za-z\u00a8-\u00be][ÊÇÈÉÌÒÓÔÕÝ](?:[a-z]|$)")
# Whatever the word, no text of today has these between letters (the middle dot and the soft hyphen it may have).
_SIGN_INSIDE = re.compile(r"[A-Za-z][¸µ¶¹©¨¾»¼½«¬®¡¢£¤¥¦§ª][a-z]")
# "hoá", "hoà", "hoã" are good Unicode as well as VNI for "hố", "hồ", "hỗ".
_VNI_EITHER = frozenset(base + mark for base in "oO" for mark in "áàãÁÀÃ")
_SIGNS = "".join(re.escape(c) for c in sorted(c for c in _TCVN3 if not c.isalpha()))
_WORD = re.compile(rf"(?:[^\W\d_²³]|[{_SIGNS}])+")


def from_tcvn3(text: str) -> str:
    """Text typed with TCVN3 as Unicode."""
    return "".join(_TCVN3.get(c, c) for c in text)


def from_vni(text: str) -> str:
    """Text typed with VNI as Unicode."""
    return _VNI_TOKEN.sub(lambda found: _VNI[found[0]], text)


@dataclass(frozen=True)
class _Code:
    """One old encoding."""

    name: str
    letters: frozenset[str]
    read: Callable[[str], str]
    fonts: tuple[str, ...]
    """How the names of its fonts begin."""


_CODES = (
    _Code(TCVN3, frozenset(_TCVN3), from_tcvn3, (".vn",)),
    _Code(VNI, frozenset("".join(_VNI)), from_vni, ("vni-", "vni ")),
)

_OLD = _CODES[0].letters | _CODES[1].letters


def looks_like_tcvn3(text: str) -> bool:
    """A word of it is Vietnamese in TCVN3 alone, by signs that no Unicode Vietnamese has."""
    return _tells(text, _CODES[0])


def looks_like_vni(text: str) -> bool:
    """A word of it is Vietnamese in VNI alone, by letters or pairs that no Unicode Vietnamese has."""
    return _tells(text, _CODES[1])


@lru_cache(maxsize=65536)
def decode(text: str, font_name: str) -> tuple[str, str | None]:
    """The text in Unicode and what it was read as: TCVN3, VNI, DOUBTFUL (unchanged: a person must look) or None."""
    if text.isascii():
        return text, None
    code = _code_of(font_name)
    if code is None:
        return text, DOUBTFUL if any(_tells(text, code) for code in _CODES) else None
    foreign = [c for c in text if not c.isascii() and (c in _OLD or c in _VIETNAMESE_ALL or c.isalpha())]
    if not foreign:
        return text, None
    if not _UNMISTAKABLE.isdisjoint(foreign) or code.read(text) == text:
        # Unicode, or the same in both; unless a part of it is in an old encoding.
        return text, DOUBTFUL if any(_tells(text, code) for code in _CODES) else None
    if _agrees(text, code):
        return _decoded(text, font_name, code), code.name
    return text, DOUBTFUL


def readings(text: str, font_name: str) -> tuple[str, ...]:
    """All that a text may say: as it stands and, in an old font, decoded. For what must be one of few known words."""
    code = _code_of(font_name)
    if code is None or text.isascii():
        return (text,)
    return text, _decoded(text, font_name, code)


def is_of_today(text: str) -> bool:
    """Whether a text in a font of today raises no doubt."""
    if text.isascii() or (_TODAY.issuperset(text) and not _UNMISTAKABLE.isdisjoint(text)):
        return True  # as most do
    return decode(text, "")[1] is None


@lru_cache(maxsize=1_000)
def is_old(font_name: str) -> bool:
    """Whether a font is one of before Unicode."""
    return _code_of(font_name) is not None


def _code_of(font_name: str) -> _Code | None:
    font = font_name.strip().lower()
    return next((code for code in _CODES if font.startswith(code.fonts)), None)


def _decoded(text: str, font_name: str, code: _Code) -> str:
    # The capital fonts (.VnTimeH) draw small letters as capitals; that is what the writer saw.
    capitals = code.name == TCVN3 and font_name.strip().lower().endswith("h")
    return code.read(text).upper() if capitals else code.read(text)


def _agrees(text: str, code: _Code) -> bool:
    """The words are Vietnamese in the encoding of the font: none is so in Unicode alone, nor more of them in the other.

    Up to half may be no Vietnamese words (mistakes, foreign names), where the others are so in no other way.
    """
    fits = neither = 0
    words = list(_foreign_words(text))
    for word in words:
        if not _written_in(word, code):
            return False
        coded, plain = _spelled(code.read(word)), _plain(word)
        if plain and not coded:
            return False
        fits += coded and not plain
        neither += not coded and not plain
    return fits > 0 and fits >= neither and _fitting(words, code) >= max(_fitting(words, item) for item in _CODES)


def _fitting(words: Iterable[str], code: _Code) -> int:
    return sum(_written_in(word, code) and _spelled(code.read(word)) for word in words)


def _tells(text: str, code: _Code) -> bool:
    """Whatever the font: a word that is Vietnamese in the encoding, and by signs that Unicode Vietnamese lacks."""
    mixed = not _UNMISTAKABLE.isdisjoint(text)
    if mixed and _TODAY.issuperset(text):
        return False  # what most texts of today are
    return any(
        _SIGN_INSIDE.search(word) is not None
        or (len(word) > 1 and _telling(word, code, mixed) and _spelled(code.read(word)) and not _plain(word))
        for word in _foreign_words(text)
    )


def _telling(word: str, code: _Code, mixed: bool) -> bool:
    """``mixed``: the text also has letters of Unicode alone, so that a slip of the keys is likelier than a code."""
    if any(not c.isascii() and c not in _VIETNAMESE_ALL for c in word):
        return True
    if mixed:
        return False
    if code.name == TCVN3:
        return bool(_CAPITAL_INSIDE.search(word))
    return any(len(token) == 2 and token not in _VNI_EITHER for token in _VNI_TOKEN.findall(word))


def _foreign_words(text: str) -> Iterator[str]:
    """Words with a letter or sign beyond ASCII; a sign that stands alone ("3 × 4", "§ 5") is none."""
    return (word for word in _WORD.findall(text) if not word.isascii() and (len(word) > 1 or word.isalpha()))


def _written_in(word: str, code: _Code) -> bool:
    return all(c.isascii() or c in code.letters for c in word)


def _spelled(word: str) -> bool:
    """A Vietnamese syllable, or an abbreviation in capitals (UBKTĐU)."""
    return all(c.isascii() or c in _VIETNAMESE_ALL for c in word) and (word.isupper() or is_syllable(word))


def _plain(word: str) -> bool:
    """A Vietnamese syllable as it stands, with capitals where a word has them."""
    return is_syllable(word) and (word.islower() or word.isupper() or word.istitle())
