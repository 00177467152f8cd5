"""What the main job is measured against: programs that do less, or do it the plain way. Each is a process of its own.

    python -m benchmarks.yardsticks bare FOLDER OUT
    python -m benchmarks.yardsticks colleague FOLDER OUT [--engine openpyxl|calamine]

``bare``:      every cell of every form read with calamine, every row of data written with XlsxWriter: the least that
               any program can do which reads these files and writes these rows.
``colleague``: the script anyone in the office who knows pandas would write: every sheet of every form read, rows put
               one under the other and added up, a workbook and a Word paper written. No check, no marked copy, no
               letter.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias
from zipfile import is_zipfile

Engine: TypeAlias = Literal["openpyxl", "calamine"]
FORM = "B"
"""How the sheets of a form begin; the guide and the lists carry no data."""


def forms_in(folder: Path) -> list[Path]:
    """The workbooks of a folder that any program can open, at any depth."""
    return sorted(path for path in folder.rglob("*.xlsx") if is_zipfile(path))


def bare(folder: Path, out: Path) -> None:
    """Read with calamine, write with XlsxWriter."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    rows: dict[str, list[list[Any]]] = defaultdict(list)
    for path in forms_in(folder):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if name.startswith(FORM):
                rows[name].extend(_data_rows(cells))
    with xlsxwriter.Workbook(str(out / "bare.xlsx"), {"default_date_format": "dd/mm/yyyy"}) as target:
        for name, lines in rows.items():
            page = target.add_worksheet(name)
            for number, line in enumerate(lines):
                page.write_row(number, 0, line)


def _data_rows(cells: list[list[Any]]) -> Iterator[list[Any]]:
    """The lines below the keys that hold something besides their number."""
    for line in cells[1:]:
        if any(value != "" for value in line[1:]):
            yield line


def colleague(folder: Path, out: Path, engine: Engine) -> None:
    """pandas for reading and adding up, openpyxl (behind pandas) and python-docx for writing."""
    import docx
    import pandas

    parts: dict[str, list[Any]] = defaultdict(list)
    for path in forms_in(folder):
        for name, frame in pandas.read_excel(path, sheet_name=None, engine=engine, dtype=object).items():
            if not name.startswith(FORM):
                continue
            filled = frame.dropna(how="all", subset=frame.columns[1:])
            filled.insert(0, "tep", path.name)
            parts[name].append(filled)
    paper = docx.Document()
    paper.add_heading("Báo cáo", 0)
    with pandas.ExcelWriter(out / "colleague.xlsx", engine="openpyxl") as target:
        for name, frames in parts.items():
            whole = pandas.concat(frames, ignore_index=True)
            whole.to_excel(target, sheet_name=name, index=False)
            totals = whole.apply(pandas.to_numeric, errors="coerce").sum(numeric_only=True)
            paper.add_heading(name, 1)
            table = paper.add_table(rows=0, cols=2)
            for column, total in totals[totals != 0].head(20).items():
                line = table.add_row().cells
                line[0].text, line[1].text = str(column), f"{total:g}"
    paper.save(str(out / "colleague.docx"))


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser()
    words.add_argument("what", choices=("bare", "colleague"))
    words.add_argument("folder", type=Path)
    words.add_argument("out", type=Path)
    words.add_argument("--engine", default="openpyxl")
    options = words.parse_args()
    if options.what == "bare":
        bare(options.folder, options.out)
    else:
        colleague(options.folder, options.out, options.engine)


if __name__ == "__main__":
    main()
