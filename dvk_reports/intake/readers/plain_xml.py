"""XML that is written plainly: nothing in it hides text from patterns or reads as something else than is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from dvk_reports.intake.readers.package import SAFE, Node
from dvk_reports.vietnamese.text import remembered


class NotPlain(ValueError):
    """The XML is not written plainly, or is broken; a parser can tell."""


_DECLARATION = re.compile(
    r"""\ufeff?<\?xml version=["']1\.0["']"""
    r"""(?: encoding=["'](?i:utf-8)["'])?(?: standalone=["'][a-z]+["'])?\s*\?>"""
)
_HEAD = re.compile(r"\ufeff?(?:<\?[^<>]*\?>)?\s*(<([A-Za-z]+)(?=[\s>])[^<>]*(?<!/)>)")
_MAX_PIECE = 1_000_000
"""Longer texts are left to the parser, which has limits of its own."""
_CONTROLS = bytes(letter < 32 and letter not in b"\t\n" for letter in range(256))
"""One for each byte that XML does not allow or reads as another, nothing for all others."""
NO_LETTER = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")
_UNKNOWN = re.compile("&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_NUMBERED = re.compile("&#([0-9]+|x[0-9A-Fa-f]+);")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_PARSER = etree.XMLParser(**SAFE)


class Head(NamedTuple):
    """The opening of the outermost element, so that a piece of XML can be read in its place."""

    opening: str
    closing: str

    @classmethod
    def of(cls, text: str) -> tuple[Head, int]:
        """The head, and where it ends."""
        found = _HEAD.match(text)
        if found is None:
            raise NotPlain
        return cls(found[1], f"</{found[2]}>"), found.end()

    def around(self, xml: str) -> str:
        """The piece of XML as all that the element holds."""
        return f"{self.opening}{xml}{self.closing}"


@lru_cache(maxsize=100)
def vocabularies(head: Head) -> dict[str | None, str]:
    """Prefix -> vocabulary."""
    return dict(parsed(head.around("")).nsmap)


def refuse_odd(text: str) -> None:
    """Refuse what hides text from patterns: comments, instructions, CDATA, declarations, another encoding."""
    declaration = _DECLARATION.match(text)
    if "<!" in text or text.find("<?", declaration.end() if declaration else 0) >= 0:
        raise NotPlain


class _Letters(dict[str, str]):
    """The number of a letter, as some programs write all beyond ASCII -> the letter."""

    def __missing__(self, written: str) -> str:
        number = int(written[1:], 16) if written[0] == "x" else int(written)
        letter = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
        if not (letter or 0x10000 <= number < 0x110000) or number == ord("&"):  # what this begins is no entity
            raise NotPlain
        if len(self) < 1_000:
            self[written] = chr(number)
        return chr(number)


_LETTERS = _Letters()


def letters_of(xml: bytes) -> str:
    """The text that the bytes are."""
    try:
        return xml.decode()
    except UnicodeDecodeError:
        raise NotPlain from None


def decoded(xml: bytes) -> str:
    """The text; what XML does not allow, or reads as something else than is written, is refused."""
    text = letters_of(xml)
    if b"\1" in xml.translate(_CONTROLS) or "\ufffe" in text or "\uffff" in text:
        raise NotPlain
    return text


def refuse_unknown(text: str, pieces: Iterable[str]) -> None:
    """Refuse entities that are not known, what no text may hold, and texts that are too long."""
    if ("]" in text and "]]>" in text) or ("&" in text and _UNKNOWN.search(text)):
        raise NotPlain
    if len(text) > _MAX_PIECE and any(len(piece) > _MAX_PIECE for piece in pieces):
        raise NotPlain


def parsed(text: str) -> Node:
    """The outermost element; raises NotPlain where the XML is broken."""
    try:
        return etree.fromstring(text.encode(), _PARSER)
    except etree.XMLSyntaxError:
        raise NotPlain from None


@remembered
def unquoted(text: str) -> str:
    """A text as XML means it."""
    if "&#" in text:
        pieces = _NUMBERED.split(text)
        pieces[1::2] = map(_LETTERS.__getitem__, pieces[1::2])
        text = "".join(pieces)
    if "&" in text:
        for written, letter in _ENTITIES:
            text = text.replace(written, letter)
    return text
