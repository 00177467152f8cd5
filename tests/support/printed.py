"""Word papers printed to PDF by LibreOffice, and where each printed line stands."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

from tests.support.offices import convert

_PT = 25.4 / 72
_BOX = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"')


class Line(NamedTuple):
    """One printed line; lengths in mm from the left and upper edge of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def printed(papers: Mapping[str, bytes], folder: Path) -> dict[str, list[list[Line]]]:
    """Name -> pages -> lines of every paper, all printed by one start of LibreOffice."""
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(paper)
    first, *more = (folder / f"{name}.docx" for name in papers)
    convert(first, "pdf", folder, *more)
    return {name: _pages(folder / f"{name}.pdf") for name in papers}


def _pages(pdf: Path) -> list[list[Line]]:
    told = pdf.with_suffix(".html")
    subprocess.run(
        ["pdftotext", "-bbox-layout", pdf.name, told.name], cwd=pdf.parent, check=True, capture_output=True, timeout=60
    )
    pages = []
    for page in told.read_text(encoding="utf-8").split("<page ")[1:]:
        found = []
        for line in re.findall(r"<line (.*?)</line>", page, re.DOTALL):
            words = re.findall(r">([^<>\n]+)</word>", line)
            box = _BOX.search(line)
            assert box is not None
            found.append(Line(unescape(" ".join(words)), *(float(value) * _PT for value in box.groups())))
        pages.append(sorted(found, key=lambda line: (round(line.top, 1), line.left)))
    return pages
