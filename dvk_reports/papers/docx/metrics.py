"""How wide a text is printed in Times New Roman, without the font: advance widths as numbers.

Widths are those of Liberation Serif, made to the measures of Times New Roman; 2048 units are one em. A letter with a
tone or circumflex is as wide as the letter below it, so only base letters are listed. Word does not kern unless told
to, and neither does this.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

UNITS_PER_EM = 2048
MM_PER_PT = 25.4 / 72
LINE = 1.15
"""Height of a single-spaced line as a multiple of the font size."""
_HORN = "\u031b"
_SAME_AS = str.maketrans({"\u00a0": " ", "\u2011": "-", "\u00ad": "-", "\t": " "})

_REGULAR = {
    369: "'",
    410: "|",
    448: "′",
    512: " ,.",
    569: "/:;\\ijlt",
    614: "²³",
    682: "!()-I[]`fr‐‘’·",
    717: "•",
    797: "Js",
    819: "°",
    836: '"',
    853: "″",
    909: "?acez“”„",
    961: "^",
    983: "{}",
    1024: "#$*0123456789_bdghknopquvxyđ–«»§€",
    1050: "₫",
    1083: "ơ",
    1108: "~",
    1110: "ư",
    1124: "±÷≤≥≠",
    1139: "FPS",
    1155: "+<=>×−",
    1251: "ELTZ",
    1366: "BCR",
    1479: "ADGHKNOQUVXYwĐƠ",
    1536: "½¼¾",
    1556: "©®",
    1589: "Ư",
    1593: "&m",
    1706: "%",
    1821: "M",
    1886: "@",
    1933: "W",
    2048: "—―…→",
}
_BOLD = {
    451: "|",
    512: " ,.",
    569: "'/\\il",
    576: "′",
    614: "²³",
    682: "!()-:;[]`fjt‐‘’",
    683: "·",
    717: "•",
    797: "Is",
    807: "{}",
    819: "°",
    909: "cerz",
    1024: "#$*0123456789?J_agovxy–“”„«»§€",
    1050: "₫",
    1065: "~",
    1124: "±÷≤≥≠",
    1131: "″",
    1134: "ơ",
    1137: '"',
    1139: "Sbdhknpquđ",
    1167: "+<=>×−",
    1190: "^",
    1229: "ư",
    1251: "FP",
    1366: "BELTZ",
    1479: "ACDNRUVXYwĐ",
    1530: "©®",
    1536: "½¼¾",
    1593: "GHKOQƠ",
    1630: "Ư",
    1706: "&m",
    1905: "@",
    1933: "M",
    2048: "%W—―…→",
}
_ITALIC = {
    438: "'",
    448: "′",
    512: " ,.·",
    563: "|",
    569: "/\\fijlt",
    614: "²³",
    682: "!()-:;I`‐‘’",
    717: "•",
    797: "[]rsz",
    819: "{}°",
    853: "″",
    860: '"',
    864: "^",
    909: "Jcekvxy",
    1024: "#$*0123456789?S_abdghnopquđ–«»§€",
    1050: "₫",
    1093: "ơ",
    1108: "~",
    1117: "ư",
    1124: "±÷≤≥≠",
    1139: "LTYZ“”„",
    1251: "ABEFPRVX",
    1366: "CKNw",
    1382: "+<=>×−",
    1479: "DGHOQUmĐƠ",
    1536: "½¼¾",
    1544: "Ư",
    1556: "©®",
    1593: "&",
    1706: "%MW",
    1821: "—…",
    1884: "@",
    2048: "―→",
}
_BOLD_ITALIC = {
    451: "|",
    512: " ,.·",
    569: "'/\\ijlt",
    576: "′",
    614: "²³",
    682: "()-:;[]`f‐‘’",
    713: "{}",
    717: "•",
    797: "!Irsz",
    819: "°",
    909: "cevy",
    1024: "#$*0123456789?J_abdgkopqxđ–“”„«»§€",
    1050: "₫",
    1099: "ơ",
    1124: "±÷≤≥≠",
    1131: "″",
    1137: '"',
    1139: "Shnu",
    1167: "+<=>^~×",
    1227: "ư",
    1241: "−",
    1251: "LPTYZ",
    1366: "ABCEFKRVXw",
    1479: "DGNOQUĐƠ",
    1530: "©®",
    1536: "½¼¾",
    1587: "Ư",
    1593: "&Hm",
    1704: "@",
    1706: "%",
    1821: "MW",
    2048: "—―…→",
}

# A sign that is in no table: as wide as a digit.
_OTHER = 1024


def _widths(table: Mapping[int, str]) -> dict[str, int]:
    return {char: width for width, chars in table.items() for char in chars}


_TABLES = {
    (False, False): _widths(_REGULAR),
    (True, False): _widths(_BOLD),
    (False, True): _widths(_ITALIC),
    (True, True): _widths(_BOLD_ITALIC),
}


def text_width(text: str, size_pt: float, bold: bool = False, italic: bool = False) -> float:
    """Printed width of one line of text, in mm.

    >>> round(text_width("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True), 1)
    72.9
    """
    table = _TABLES[bold, italic]
    units = sum(_width(char, table) for char in unicodedata.normalize("NFC", text.translate(_SAME_AS)))
    return units / UNITS_PER_EM * size_pt * MM_PER_PT


def wrapped(text: str, width_mm: float, size_pt: float, bold: bool = False, italic: bool = False) -> list[str]:
    """The lines that a paragraph of that width breaks into, at spaces only; a line too long for it stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_pt, bold, italic) <= width_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(char: str, table: Mapping[str, int]) -> int:
    found = table.get(char)
    if found is not None:
        return found
    if unicodedata.combining(char):
        return 0
    parts = unicodedata.normalize("NFD", char)
    base, marks = parts[:1], parts[1:]
    if _HORN in marks:
        base = unicodedata.normalize("NFC", base + _HORN)
    return table.get(base, _OTHER)
