"""A workbook on its way to where it is kept: drawn in memory or, where it has very many lines, on the disk."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from dvk_reports.errors import SheetError, reason_of
from dvk_reports.sheets.base.book import close_book, let_go, new_book, stream
from dvk_reports.workspace.scratch import scratch_folder

_PIECE = 1 << 20


class Written(Protocol):
    """What a file is written to."""

    def write(self, data: Any, /) -> object:
        """The next piece."""


def write_book(target: Path | Written, name: str, draw: Callable[[Any], None], *, on_disk: bool) -> None:
    """Draw a workbook and write all of it; SheetError where Excel or the disk does not take it.

    ``target`` is a path or anything that takes the file piece by piece. ``on_disk``: its sheets may be streamed, and
    neither their lines nor the finished file stand in memory.
    """
    if not on_disk:
        made = io.BytesIO()
        _finish(new_book(target if isinstance(target, Path) else made), name, draw)
        if not isinstance(target, Path):
            target.write(made.getbuffer())
        return
    try:
        with scratch_folder() as scratch:
            path = target if isinstance(target, Path) else scratch / name
            book = new_book(path, scratch)
            try:
                _finish(book, name, draw)
            finally:
                let_go(book)
            if not isinstance(target, Path):
                with path.open("rb") as finished:
                    shutil.copyfileobj(finished, target, _PIECE)
    except OSError as error:  # what the target itself does not take is told where it is written
        raise SheetError(
            f"Không ghi được vào thư mục tạm {tempfile.gettempdir()}: {reason_of(error)}. Kiểm tra thư mục ấy "
            "còn chỗ và ghi được rồi chạy lại."
        ) from error


def _finish(book: Any, name: str, draw: Callable[[Any], None]) -> None:
    draw(book)
    close_book(book, name)


LONG = 1_000
"""From so many lines on a list of a line for each unit is streamed."""


def list_book(name: str, draw: Callable[[Any], None], lines: int) -> bytes:
    """A workbook with one sheet of so many lines, which come from top to bottom."""

    def drawn(book: Any) -> None:
        if lines >= LONG:
            stream(book)
        draw(book)

    made = io.BytesIO()
    write_book(made, name, drawn, on_disk=lines >= LONG)
    return made.getvalue()
