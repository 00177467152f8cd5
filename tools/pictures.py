"""The pictures of README and docs/, taken from the sample workspaces: what a clerk sees, page by page.

    python -m tools.pictures

It needs LibreOffice, pdftoppm and the extra ``docs``. LibreOffice draws a little differently from release to release,
so the pictures are remade by hand after a change of what is drawn, and looked at.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image, ImageChops

from dvk_reports import consolidate, make_forms, open_workspace, propose_awards
from tools.regenerate import ROOT
from tools.samples.render import workspace

DAY = date(2023, 10, 12)
QUARTER, NEXT = "2023-Q3", "2023-Q4"
UNIT = "DB-XA-02965"
"""A commune of the sample whose return has something to mend."""
ROUND = "2023-10"
DOTS = 80
"""Dots an inch: a page is read on a screen, and the file stays small."""
COLOURS = 64
LOCALE = "vi_VN.UTF-8"


@dataclass(frozen=True)
class Shot:
    """Pages of one output, side by side in one picture."""

    name: str
    source: str
    """Below the workspace; a pattern with one match."""
    words: Sequence[str]
    """One page for each: the first that holds these words."""


SHOTS = (
    Shot("hinh/bieu-bia.png", f"gui-di/{NEXT}/DVK_{UNIT}_{NEXT}.xlsx", ["BÌA BÁO CÁO"]),
    Shot("hinh/bieu-b2.png", f"gui-di/{NEXT}/DVK_{UNIT}_{NEXT}.xlsx", ["Biểu B2 Trang"]),
    Shot("hinh/can-sua.png", f"ket-qua/{QUARTER}/tra-lai/DVK_{UNIT}_{QUARTER}_v*.xlsx", ["CẦN SỬA"]),
    Shot("hinh/bao-cao.png", f"ket-qua/{QUARTER}/bao-cao.docx", ["BÁO CÁO"]),
    Shot("hinh/xet-chon.png", f"khen-thuong/{ROUND}/xet-chon.xlsx", ["Mã đề nghị"]),
)
COVER = ("tong-quan.png", f"ket-qua/{QUARTER}/tong-hop.xlsx", f"ket-qua/{QUARTER}/bao-cao.docx")
"""The picture of the README: the first page of the workbook and of the report."""


def printed(path: Path, work: Path) -> Path:
    """The PDF that LibreOffice makes of it."""
    profile = (work / "office").as_uri()
    words = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(work)]
    subprocess.run([*words, str(path)], check=True, capture_output=True, env={**os.environ, "LC_ALL": LOCALE})
    return work / f"{path.stem}.pdf"


def page_with(pdf: Path, words: str) -> int:
    """The number of the first page that holds these words, in capitals or not."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8")
    for number, text in enumerate(done.stdout.split("\f"), start=1):
        if words.casefold() in " ".join(text.split()).casefold():
            return number
    raise LookupError(f"{pdf.name}: no page with “{words}”")


def page(pdf: Path, number: int) -> Image.Image:
    """One page without its empty margin."""
    target = pdf.with_suffix(f".{number}")
    words = ["pdftoppm", "-r", str(DOTS), "-png", "-singlefile", "-f", str(number), "-l", str(number)]
    subprocess.run([*words, str(pdf), str(target)], check=True)
    with Image.open(f"{target}.png") as read:
        image = read.convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox() or (0, 0, *image.size)
    edge = 12
    return image.crop((max(0, box[0] - edge), max(0, box[1] - edge), box[2] + edge, box[3] + edge))


def save(images: Sequence[Image.Image], target: Path) -> None:
    """Side by side in one PNG with few colours."""
    whole = Image.new("RGB", (sum(each.width for each in images), max(each.height for each in images)), "white")
    left = 0
    for each in images:
        whole.paste(each, (left, 0))
        left += each.width
    target.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(COLOURS).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")


def main() -> None:
    """Take every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        root, work = Path(folder) / "bao-yen", Path(folder) / "pdf"
        for name, data in workspace("bao-yen").items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        space = open_workspace(root)
        consolidate(space, QUARTER, as_of=DAY)
        make_forms(space, NEXT, unit=UNIT, as_of=DAY)
        propose_awards(space, ROUND, as_of=DAY)
        work.mkdir()
        for shot in SHOTS:
            (source,) = root.glob(shot.source)
            pdf = printed(source, work)
            save([page(pdf, page_with(pdf, words)) for words in shot.words], ROOT / "docs" / shot.name)
        name, *sources = COVER
        save([page(printed(root / source, work), 1) for source in sources], ROOT / "docs" / name)


if __name__ == "__main__":
    main()
