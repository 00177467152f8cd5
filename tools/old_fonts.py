"""How well text of the old encodings is read, against transcripts made by a person; writes ``docs/phong-chu-cu.md``.

    python -m tools.old_fonts FOLDER

FOLDER holds workbooks (.xls) and, anywhere below, a transcript (.txt) of the same name for each: one line for each row
of each sheet, cells parted by tabs. The page names the public collection that its figures are of.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.form.old_fonts import decoded
from dvk_reports.intake.form.values import shown
from dvk_reports.intake.readers.raw import RawBook, RawCell
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.vietnamese.legacy import DOUBTFUL, TCVN3, VNI
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import tidy

PAGE = Path(__file__).resolve().parents[1] / "docs" / "phong-chu-cu.md"


@dataclass
class Score:
    """Cells of one encoding (or stopped), and how much of them is as the person wrote it."""

    cells: int = 0
    whole: int = 0
    words: int = 0
    same_words: int = 0
    letters: int = 0
    same_letters: int = 0

    def add(self, read: str, written: str) -> None:
        """Count one cell; the capitals of a capital font, which a transcript may not have, do not count."""
        own, other = tidy(read).casefold(), tidy(written).casefold()
        self.cells += 1
        self.whole += own == other
        self.words += len(other.split())
        self.same_words += _same(own.split(), other.split())
        self.letters += len(other)
        self.same_letters += _same(own, other)


def _same(own: str | list[str], other: str | list[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, own, other, autojunk=False).get_matching_blocks())


def measure(folder: Path) -> tuple[int, Mapping[str, Score]]:
    """(number of workbooks, encoding or DOUBTFUL -> its score) over all cells whose text is in an old encoding."""
    scores = {name: Score() for name in (TCVN3, VNI, DOUBTFUL)}
    books = sorted(path for path in folder.rglob("*.xls") if next(folder.rglob(f"{path.stem}.txt"), None))
    for path in books:
        data = path.read_bytes()
        (transcript,) = folder.rglob(f"{path.stem}.txt")
        for cell, written in _pairs(read_book(data, sniff(data)), transcript.read_text("utf-8").split("\n")):
            read = decoded(cell)
            if read.encoding:
                scores[read.encoding].add(shown(read.value), written)
    return len(books), scores


def _pairs(book: RawBook, lines: list[str]) -> Iterator[tuple[RawCell, str]]:
    """Every text cell with what the transcript has in its place."""
    above = 0
    for sheet in book.sheets:
        for (row, col), cell in sorted(sheet.cells.items()):
            if isinstance(cell.value, str):
                yield cell, lines[above + row - 1].split("\t")[col - 1]
        above += max((row for row, _ in sheet.cells), default=0)


def _share(part: int, whole: int) -> str:
    """Cut, not rounded: 100 % is said only where it is all."""
    return f"{show_number(Decimal(part * 10000 // whole) / 100)} %" if whole else "–"


def page(books: int, scores: Mapping[str, Score]) -> str:
    """The page with its figures."""
    done = [scores[TCVN3], scores[VNI]]
    read, stopped = sum(score.cells for score in done), scores[DOUBTFUL].cells
    words, same = sum(score.words for score in done), sum(score.same_words for score in done)
    table = "\n".join(
        f"| {name} | {show_number(Decimal(score.cells))} | {_share(score.whole, score.cells)} "
        f"| {_share(score.same_words, score.words)} | {_share(score.same_letters, score.letters)} |"
        for name, score in scores.items()
        if name != DOUBTFUL
    )
    return f"""<!-- Trang này do tools/old_fonts.py viết ra từ phép đo; không sửa tay. -->

# Chữ gõ bằng phông cũ (TCVN3, VNI)

Chữ chỉ được đổi sang Unicode khi phông của ô và chính các chữ trong ô cùng nói một bảng mã: phông `.Vn…` với
TCVN3, phông `VNI-…` với VNI; các từ đọc ra là tiếng Việt, và có từ không phải tiếng Việt nếu để nguyên. Ô đã
đổi có Ghi chú T09 (nhãn của danh sách: T08) nêu chữ đã ghi và chữ đã đọc. Phông và chữ không khớp nhau, hoặc
chữ có hai cách đọc (“Nhãm” bằng phông `.VnTime`), thì không đổi: ô bị dừng, có Chặn T09 đề nghị gõ lại. Chữ
Unicode gõ trong ô còn mang phông cũ được giữ nguyên. Cách đọc như nhau với .xlsx, .xls, .ods và với mọi chữ
của biểu mẫu: ô chữ, nhãn của danh sách, tiêu đề cột khi mất dòng mã. Tệp .xlsb không cho biết phông, nên chữ
cũ trong đó luôn bị dừng.

## Kết quả đo

Đo trên {books} tệp .xls của cơ quan nhà nước (2005 - 2009) trong bộ công khai
[viparse-corpus](https://github.com/TrizenX/viparse-corpus) (giấy phép MIT), so với bản chép do người đọc lại;
không phân biệt chữ hoa, chữ thường vì phông hoa (`.VnTimeH`) hiện chữ thường thành chữ hoa.

| Bảng mã | Số ô đã đổi | Ô đúng cả ô | Từ đúng | Ký tự đúng |
|---|---:|---:|---:|---:|
{table}

Trong {show_number(Decimal(read + stopped))} ô có chữ cũ: \
{show_number(Decimal(read))} ô ({_share(read, read + stopped)}) được đổi, \
{_share(same, words)} số từ đúng như bản chép; {show_number(Decimal(stopped))} ô bị dừng để hỏi lại.

Đo lại: `python -m tools.old_fonts THƯ_MỤC` với thư mục chứa các tệp .xls và bản chép .txt cùng tên.
"""


def main(arguments: list[str]) -> int:
    """Measure and write the page."""
    PAGE.write_text(page(*measure(Path(arguments[0]))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
