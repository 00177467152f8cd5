"""One tone placement (“ủy” or “uỷ”) for everything the program writes, and for nothing that a person has written."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from dvk_reports.papers.docx.marks import paragraphs
from dvk_reports.papers.docx.rows import each
from dvk_reports.vietnamese.words import tones


def toned(
    fields: Mapping[str, object], placement: str, names: Collection[str], verbatim: Collection[str] = ()
) -> dict[str, object]:
    """The same fields with one tone placement (``moi``, ``cu``); ``verbatim`` fields and ``names`` stay as written."""
    return {
        key: value if key in verbatim else _toned(value, placement, names, verbatim) for key, value in fields.items()
    }


def _toned(value: Any, placement: str, names: Collection[str], verbatim: Collection[str]) -> Any:
    if isinstance(value, str):
        return tones(value, placement, names)
    if isinstance(value, Mapping):
        return toned(value, placement, names, verbatim)
    return each(value, lambda row: _toned(row, placement, names, verbatim)) if isinstance(value, Sequence) else value


@lru_cache(maxsize=32)
def toned_template(source: bytes, placement: str) -> bytes:
    """A bundled template with its own words set the same way; field names have no tones and stay."""
    document = Document(io.BytesIO(source))
    for paragraph in paragraphs(document):
        for text in paragraph.iter(qn("w:t")):
            text.text = tones(text.text or "", placement)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
