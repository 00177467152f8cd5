"""``docs/do-trang-in.md``: each component of the printed papers, what is required of it and what LibreOffice prints.

    python -m tools.measured

It needs LibreOffice and pdftotext, so it is run by hand after a change of the templates or of their layout. What is
required comes from the rule book's layouts; tests hold the same rules on the same papers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from tests.papers import test_golden as golden
from tests.support.papers import CERTIFICATE, PRAISE
from tests.support.printed import Line, printed
from tools.regenerate import ROOT

Row = tuple[str, float, float, float]
"""(component, required, measured, how far it may be off), in mm or points."""
PAPERS: Mapping[str, str] = {
    "report": "Báo cáo (HD 36/2018)",
    "letter": "Công văn đôn đốc (HD 36/2018)",
    PRAISE: "Quyết định biểu dương (HD 36/2018)",
    CERTIFICATE: "Quyết định tặng Giấy khen (NĐ 30/2020)",
}


def rows(pages: list[list[Line]], want: golden.Expected) -> Iterator[Row]:
    """Every component that has a place of its own on the page."""
    layout = want.layout
    left, right = layout.le_trai, layout.rong - layout.le_phai
    body = golden._until_annex(pages)
    pairs = list(golden._full(body, layout))
    yield "lề trái (mm)", left, median(lower.left for _, lower in pairs), 1
    yield "lề phải (mm)", layout.le_phai, layout.rong - median(upper.right for upper, _ in pairs), 1
    spaced = layout.gian_dong_lan
    pitch = layout.gian_dong if spaced is None else spaced * layout.co_noi_dung * golden.SINGLE
    yield "giãn dòng nội dung (pt)", pitch, median(low.top - up.top for up, low in pairs) / 25.4 * 72, 0.3
    first = {line.text: line for line in pages[0]}
    columns = (
        (want.left_heads, left + layout.cot_trai / 2, "giữa cột trái"),
        (want.right_heads, left + layout.cot_trai + layout.cot_phai / 2, "giữa cột phải"),
        (want.centred, (left + right) / 2, "giữa trang"),
    )
    for names, middle, where in columns:
        for name in names:
            yield f"“{name}”: {where} (mm)", middle, first[name].middle, 1
    for number, page in enumerate(body[1:], start=2):
        head = next(line for line in page if line.bottom < layout.le_tren)
        yield f"số trang {number}: cách mép trên (mm)", layout.so_trang_cach_mep, head.top, 1
        yield f"số trang {number}: giữa trang (mm)", (left + right) / 2, head.middle, 1


def page() -> str:
    """The whole page as Markdown."""
    made = golden.papers()
    with tempfile.TemporaryDirectory() as folder:
        told = printed({name: made[name] for name in PAPERS}, Path(folder))
    parts = [
        "# Trang in: thành phần, yêu cầu, đo được\n\n"
        "Do `python -m tools.measured` ghi, từ văn bản mẫu in bằng LibreOffice. Yêu cầu lấy từ thể thức khai trong\n"
        "quy định (`documents.yaml`); cùng những điều này được thử ở `tests/papers/test_golden.py`.\n"
    ]
    for name, title in PAPERS.items():
        lines = ["| thành phần | yêu cầu | đo được | lệch cho phép | |", "|---|---|---|---|---|"]
        for what, asked, found, off in rows(told[name], golden.EXPECTED[name]):
            verdict = "đạt" if abs(found - asked) <= off else "**lệch**"
            numbers = " | ".join(f"{value:.1f}".replace(".", ",") for value in (asked, found, off))
            lines.append(f"| {what} | {numbers} | {verdict} |")
        parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (ROOT / "docs" / "do-trang-in.md").write_text(page(), encoding="utf-8")
