"""Returned forms with one thing in them made odd at random, as hands, programs and networks do it."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

CELLS = (
    "<v>1E400</v>",
    "<v>NaN</v>",
    "<v>-1E308</v>",
    "<v>99999999999999999999</v>",
    "<v></v>",
    "<v>abc</v>",
    "<f>1/0</f><v>#DIV/0!</v>",
    "<f>A1</f>",
    "<is><t>_xD800_ _x0000_</t></is>",
    "<is><t>&#10;\u202e=1+1</t></is>",
)
TEXTS = (
    "x" * 32_767,
    "=cmd|' /C calc'!A0",
    "_xD800_",
    "\u202eđảo\u2066",
    "a\tb\nc",
    "]]&gt;&lt;/t&gt;",
    "-0",
    "1e400",
    "٣٤٥",
    "\u00a0",
    "{{ ten }}{% for x in y %}",
    "[CẦN BỔ SUNG]",
)


def mutated(form: bytes, seed: int) -> bytes:
    """The form with one change that the seed decides; the same seed makes the same change."""
    draw = random.Random(seed)
    return draw.choice((_cell, _cell, _text, _text, _part, _bytes, _lost))(form, draw)


def _parts(form: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(form)) as box:
        return {name: box.read(name) for name in box.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in parts.items():
            box.writestr(name, data)
    return out.getvalue()


def _sheets(parts: dict[str, bytes]) -> list[str]:
    return sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))


def _cell(form: bytes, draw: random.Random) -> bytes:
    """What a cell holds becomes something else; its address and its looks stay."""
    parts = _parts(form)
    name = draw.choice(_sheets(parts))
    text = parts[name].decode("utf-8")
    found = list(re.finditer(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', text))
    if found:
        hit = draw.choice(found)
        content = draw.choice(CELLS)
        kind = ' t="inlineStr"' if "<is>" in content else ' t="e"' if "#DIV" in content else ""
        looks = "".join(re.findall(r' s="\d+"', hit[2]))
        text = f'{text[: hit.start()]}<c r="{hit[1]}"{looks}{kind}>{content}</c>{text[hit.end() :]}'
    return _zipped({**parts, name: text.encode("utf-8")})


def _text(form: bytes, draw: random.Random) -> bytes:
    """A text becomes another one, wherever it is used."""
    parts = _parts(form)
    name = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in parts else draw.choice(_sheets(parts))
    text = parts[name].decode("utf-8")
    found = list(re.finditer(r"<t(?: [^>]*)?>([^<]+)</t>", text))
    if found:
        hit = draw.choice(found)
        odd = draw.choice(TEXTS)
        odd = odd if "&" in odd else odd.replace("<", "&lt;")
        text = text[: hit.start(1)] + odd + text[hit.end(1) :]
    return _zipped({**parts, name: text.encode("utf-8")})


def _part(form: bytes, draw: random.Random) -> bytes:
    """A piece is cut out of an XML part, doubled, or turned round."""
    parts = _parts(form)
    name = draw.choice(sorted(name for name in parts if name.endswith((".xml", ".rels"))))
    data = parts[name]
    start = draw.randrange(len(data))
    end = min(len(data), start + draw.randrange(1, 200))
    change: Callable[[bytes], bytes] = draw.choice((lambda _: b"", lambda b: b + b, lambda b: b[::-1]))
    return _zipped({**parts, name: data[:start] + change(data[start:end]) + data[end:]})


def _bytes(form: bytes, draw: random.Random) -> bytes:
    """Some bytes of the file itself are others, or its end is missing."""
    data = bytearray(form)
    for _ in range(draw.randrange(1, 6)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data[: draw.randrange(len(data) // 2, len(data))]) if draw.random() < 0.4 else bytes(data)


def _lost(form: bytes, draw: random.Random) -> bytes:
    """A part is missing."""
    parts = _parts(form)
    del parts[draw.choice(sorted(parts))]
    return _zipped(parts)
