"""The clerk of an award round: runs the commands, types into ``xet-chon.xlsx``, reads what came of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner
from docx import Document

from dvk_reports.cli import dvk
from dvk_reports.workspace.folder import Workspace
from tests.support.offices import edited

AS_OF = "2023-10-12"


def run(space: Workspace, *words: str, as_of: str = AS_OF) -> tuple[int, str]:
    done = CliRunner().invoke(dvk, ["-w", str(space.root), "awards", *words, "--as-of", as_of])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def clerk(path: Path, typed: dict[str, dict[str, object]], page: str = "Đề nghị") -> None:
    """Types beside the subjects: name -> key -> what is typed."""

    def typing(book: Any) -> None:
        sheet = book[page]
        keys = {cell.value: cell.column for cell in sheet[1]}
        rows = {sheet.cell(row, keys["ten"]).value: row for row in range(2, sheet.max_row + 1)}
        for name, cells in typed.items():
            for key, value in cells.items():
                sheet.cell(rows[name], keys[key]).value = value

    path.write_bytes(edited(path.read_bytes(), typing))


def lines(path: Path, page: str = "Đề nghị") -> dict[str, dict[str, Any]]:
    """A sheet with a line for each subject: name -> key -> value."""
    sheet = openpyxl.load_workbook(path, data_only=True)[page]
    keys, *rows = sheet.iter_rows(values_only=True)
    found = [dict(zip(keys, row, strict=True)) for row in rows if row[0]]
    return {line["ten"]: line for line in found}


def words(path: Path) -> str:
    """All text of a paper, tables too."""
    document = Document(BytesIO(path.read_bytes()))
    texts = [p.text for p in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)
