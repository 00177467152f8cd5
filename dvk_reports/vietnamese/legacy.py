"""Text typed in the fonts of before Unicode: TCVN3 (ABC, ``.VnTime``) and VNI-Windows (``VNI-Times``).

A wrong decoding turns one name into another that looks just as good, so text is decoded only where the cell's
font and the letters themselves say the same; where only one of them does, a person is asked.
"""

from __future__ import annotations

import re

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
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
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

# Signs that occur in text of any encoding and say nothing.
_NEUTRAL = frozenset("\u00a0–—‘’“”…•°²³±€")
# What the old encodings write and Unicode Vietnamese never does: a foreign sign, or a capital inside a small word.
_TCVN3_TELLING = frozenset(_TCVN3) - _VIETNAMESE_ALL - _NEUTRAL
# A sign must touch a letter or another sign: "3 × 4" and "§ 5" are ordinary, "b×nh" and "§¶ng" are not.
_SIGN = "[" + "".join(re.escape(c) for c in sorted(_TCVN3_TELLING)) + "]"
_TCVN3_SIGN_IN_WORD = re.compile(rf"[^\W\d_]{_SIGN}|{_SIGN}[^\W\d_]|{_SIGN}{_SIGN}")
_TCVN3_CAPITAL_INSIDE = re.compile(r"[a-z\u00a8-\u00be][ÊÇÈÉÌÒÓÔÕÝ]")
# "hoá", "hoà", "hoã" are good Unicode as well as VNI for "hố", "hồ", "hỗ".
_VNI_EITHER = frozenset(base + mark for base in "oO" for mark in "áàãÁÀÃ")
_VNI_TELLING = frozenset(
    token for token in _VNI if token not in _VNI_EITHER and (len(token) == 2 or token not in _VIETNAMESE_ALL)
)
_VNI_LETTERS = frozenset("".join(_VNI))
# One such letter ("ế", "ạ") and the text is in no old encoding.
_OF_NEITHER = re.compile(rf"[^\x00-\x7f{''.join(map(re.escape, sorted({*_TCVN3, *_VNI_LETTERS, *_NEUTRAL})))}]")


def looks_like_tcvn3(text: str) -> bool:
    """Every letter beyond ASCII is one TCVN3 uses, and at least one is none of Unicode Vietnamese."""
    foreign = [c for c in text if not c.isascii() and c not in _NEUTRAL]
    if not foreign or not all(c in _TCVN3 for c in foreign):
        return False
    return bool(_TCVN3_SIGN_IN_WORD.search(text) or _TCVN3_CAPITAL_INSIDE.search(text))


def looks_like_vni(text: str) -> bool:
    """Every letter beyond ASCII is one VNI uses, and at least one pair is none of Unicode Vietnamese."""
    foreign = [c for c in text if not c.isascii() and c not in _NEUTRAL]
    if not foreign or not all(c in _VNI_LETTERS for c in foreign):
        return False
    return any(found[0] in _VNI_TELLING for found in _VNI_TOKEN.finditer(text))


def from_tcvn3(text: str) -> str:
    """Text typed with TCVN3 as Unicode."""
    return "".join(_TCVN3.get(c, c) for c in text)


def from_vni(text: str) -> str:
    """Text typed with VNI as Unicode."""
    return _VNI_TOKEN.sub(lambda found: _VNI[found[0]], text)


def decode(text: str, font_name: str) -> tuple[str, str | None]:
    """The text in Unicode and what it was read as: TCVN3, VNI, DOUBTFUL (unchanged: a person must look) or None."""
    font = font_name.strip().lower()
    if font.startswith(".vn"):
        if looks_like_tcvn3(text):
            read = from_tcvn3(text)
            # The capital fonts draw small letters as capitals; that is what the writer saw.
            return (read.upper() if font.endswith("h") else read), TCVN3
        return text, (DOUBTFUL if _undecided(text) else None)
    if font.startswith(("vni-", "vni ")):
        if looks_like_vni(text):
            return from_vni(text), VNI
        return text, (DOUBTFUL if _undecided(text) else None)
    if text.isascii() or _OF_NEITHER.search(text):
        return text, None
    return text, (DOUBTFUL if looks_like_tcvn3(text) or looks_like_vni(text) else None)


def _undecided(text: str) -> bool:
    """In an old font: letters that could be either. Plain ASCII and unmistakable Unicode ("ế", "ạ") could not."""
    foreign = [c for c in text if not c.isascii() and c not in _NEUTRAL]
    return bool(foreign) and all(ord(c) < 0x100 for c in foreign)
