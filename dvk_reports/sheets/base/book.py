"""What every workbook we draw has in common: one font, exact cells, A4 pages, the same bytes for the same content.

XlsxWriter answers a negative code where it *ignored* a cell, a list or a message; a figure lost in silence is our worst
failure, so every answer goes through :func:`must`.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import xlsxwriter

from dvk_reports.errors import SheetError, reason_of
from dvk_reports.model.values import column_letter
from dvk_reports.sheets.base.fast_sheet import Dressed, FastSheet
from dvk_reports.sheets.base.lean import lean as without_spare
from dvk_reports.sheets.base.streamed import Packager, Streamed, put_in
from dvk_reports.sheets.base.theme import THEME
from dvk_reports.sheets.base.xml_text import fitting
from dvk_reports.vietnamese.text import writable
from dvk_reports.vietnamese.words import NO, YES

Sheet: TypeAlias = Any
"""A worksheet of XlsxWriter, which has no types of its own."""
Format: TypeAlias = Any
Look: TypeAlias = tuple[tuple[str, Any], ...]
"""The properties of a format, by their names in XlsxWriter."""

FONT = "Times New Roman"
DATE, WHOLE, NUMBER, TEXT, UNSEEN = "dd/mm/yyyy", "#,##0", "#,##0.###", "@", ";;;"
# A file date that no run changes: same content, same bytes.
_CREATED = datetime(2022, 4, 1)
_A4 = 9
# XlsxWriter does not look; Excel calls the file damaged.
MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
_LONGEST_FORMULA = 8192
_LONGEST_FOOT = 255
# A letter of Times New Roman against the digit in which Excel counts column widths, with some room to spare.
_NARROW = 0.92


def must(code: int | None, what: str) -> None:
    """SheetError where XlsxWriter has not done what it was asked; it answers 0 or None for done."""
    if code not in (0, None):
        raise SheetError(f"{what}: không ghi được vào tệp Excel (mã {code}).")


class _Page(FastSheet):
    """A worksheet that takes a text as it stands."""

    COPIED = False
    """Whether what all sheets of its kind have stands there before anything is written."""

    def keep_formula(self, _row: int, _col: int, _value: object) -> bool:
        """A sheet that is drawn has no formula yet."""
        return False

    def put_cell(self, row: int, col: int, value: Any, look: Format) -> None:
        put(self, row, col, value, look)

    def _write_string(self, row: int, col: int, string: str, cell_format: Format = None) -> Any:
        # XlsxWriter keeps its rich strings as their XML among all other texts, and takes every text of that shape for
        # one. Such a text is written as a rich string itself: its runs are escaped.
        if string.startswith("<r>") and string.endswith("</r>"):
            font = cell_format or xlsxwriter.format.Format({"font_name": FONT, "font_size": 11})
            runs = (font, string[:1], font, string[1:])
            return self._write_rich_string(row, col, *runs, *([cell_format] if cell_format else []))
        return super()._write_string(row, col, string, cell_format)


class _Book(xlsxwriter.Workbook):  # type: ignore[misc]
    worksheet_class = _Page
    lined = False
    lean = False

    def __init__(self, target: Path | BinaryIO, options: dict[str, Any]) -> None:
        self.target = target
        self.parts: dict[str, bytes | Streamed] = {}
        super().__init__(io.BytesIO(), options)

    def _get_packager(self) -> Any:
        return Packager(self.parts)

    def add_worksheet(self, *args: Any, **named: Any) -> Sheet:
        sheet = super().add_worksheet(*args, **named)
        sheet.lined = self.lined
        return sheet


def new_book(target: Path | BinaryIO, scratch: Path | None = None, *, lean: bool = False) -> Any:
    """An empty workbook: Times New Roman 11, text never turned into a number, formula or link.

    ``scratch``: a folder for what does not have to stand in memory; its sheets may be ``streamed``. ``lean``: written
    without what says nothing, for a workbook in memory that is mailed many times.
    """
    book = _Book(
        target,
        {
            "in_memory": scratch is None,
            "tmpdir": None if scratch is None else str(scratch),
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            # A font tied to the theme would be shown as the theme's, whatever its name.
            "default_format_properties": {"font_name": FONT, "font_size": 11, "font_scheme": "none"},
        },
    )
    book.lean = lean
    book.use_custom_theme(io.StringIO(THEME))
    book.set_properties({"created": _CREATED})
    # Excel counts anew on opening; what others read meanwhile are the values we have counted ourselves.
    book.set_calc_mode("auto")
    return book


def stream(book: Any) -> None:
    """From here on the rows of a sheet come from top to bottom, and no chart reads them.

    In a workbook with a scratch folder a sheet then keeps one row in memory. It holds its texts itself, not in the
    list that all sheets share, which would stand in memory.
    """
    book.lined = True
    book.constant_memory = not book.in_memory


def let_go(book: Any) -> None:
    """No file in the scratch folder is open any more, also where the workbook was not finished."""
    for sheet in book.worksheets():
        rows = vars(sheet).get("row_data_fh")
        if rows is not None:
            rows.close()


def parts_of(book: Any) -> dict[str, Any]:
    """What a workbook is made of, in bytes where it is in memory; nothing more can be drawn."""
    book.constant_memory = False  # else it takes every sheet for a streamed one when it closes them
    book.close()
    parts: dict[str, Any] = book.parts
    for sheet in book.worksheets():
        # Book and sheets hold each other: all that was drawn would stay until somebody searches for such circles.
        vars(sheet).clear()
    return without_spare(parts) if book.lean else parts


def close_book(book: Any, what: str) -> None:
    """Write the file; SheetError where the disk or Excel holds it."""
    try:
        parts = parts_of(book)
        with zipfile.ZipFile(book.target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                put_in(package, name, part)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        why = f": {reason_of(error)}" if isinstance(error, OSError) else ""
        raise SheetError(f"Không ghi được {what}{why}. Đóng tệp trong Excel rồi chạy lại.") from error


class Formats:
    """Cell formats by their properties; the same properties give the same format."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.made: dict[Look, Format] = {}
        self._asked: dict[Look, Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """``formats(bold=True, num_format=WHOLE)``; names are those of XlsxWriter."""
        asked = tuple(properties.items())
        known = self._asked.get(asked)
        return known if known is not None else self._asked.setdefault(asked, self._made(properties))

    def _made(self, properties: Mapping[str, Any]) -> Format:
        look = tuple(sorted({"font_name": FONT, "font_size": 11, "valign": "top", **properties}.items()))
        if look not in self.made:
            self.made[look] = self._book.add_format(dict(look))
        return self.made[look]


def put(sheet: Sheet, row: int, col: int, value: object, fmt: Format = None) -> None:
    """Write one cell by the type of its value; rows and columns count from 0.

    Text stays text, also where it begins with = + - @; numbers and days stay numbers and days (the format shows them);
    True and False are Có and Không; None and "" are a blank that keeps its format.
    """
    if value is None or value == "":
        done = sheet.write_blank(row, col, None, fmt)
    elif isinstance(value, str):
        done = sheet.write_string(row, col, fitting(value), fmt)
    elif isinstance(value, bool):
        done = sheet.write_string(row, col, YES if value else NO, fmt)
    elif isinstance(value, int | float | Decimal):
        done = sheet.write_number(row, col, value, fmt)
    elif isinstance(value, date):
        done = sheet.write_datetime(row, col, value, fmt)
    else:
        raise SheetError(f"{_at(sheet, row, col)}: không ghi được giá trị “{value}”.")
    if done not in (0, None):  # a million cells pass here: their address is put together for a failure alone
        must(done, _at(sheet, row, col))


def put_line(
    sheet: Sheet,
    row: int,
    values: Sequence[object],
    looks: Sequence[Format],
    dressed: Dressed,
    height: float | None = None,
) -> None:
    """``put`` for a new row from column A on, with its height in points: a stage has two million cells.

    A plain text, a whole number or a blank takes the look of its column, every other value is ``dressed`` first.
    """
    if not sheet.put_line(row, values, looks, dressed, height):
        must(-1, _at(sheet, row, len(values) - 1))


def _at(sheet: Sheet, row: int, col: int) -> str:
    return f"{sheet.get_name()}!{column_letter(col + 1)}{row + 1}"


def put_formula(
    sheet: Sheet, row: int, col: int, formula: str | Callable[[], str], value: object, fmt: Format = None
) -> None:
    """A formula with the value it has now, for readers that do not count.

    One given as a function is the same in all copies of a drawn form: it is put together when the form is drawn.
    """
    at = _at(sheet, row, col)
    if not isinstance(formula, str):
        if sheet.keep_formula(row, col, value):
            return
        formula = formula()
    if len(formula) > _LONGEST_FORMULA:
        raise SheetError(f"{at}: công thức dài {len(formula)} ký tự, Excel không mở được.")
    must(sheet.write_formula(row, col, formula, fmt, "" if value is None else value), at)


def merge(sheet: Sheet, first_row: int, first_col: int, last_row: int, last_col: int, text: str, fmt: Format) -> None:
    """A merged head; a single cell is written plainly."""
    if (first_row, first_col) == (last_row, last_col):
        put(sheet, first_row, first_col, text, fmt)
        return
    must(sheet.merge_range(first_row, first_col, last_row, last_col, "", fmt), text)
    put(sheet, first_row, first_col, text, fmt)


def continued(name: str, number: int) -> str:
    """The name of a sheet, or of the one on which it goes on: ``Tệp``, ``Tệp (2)``."""
    return name if number == 1 else f"{name} ({number})"


def hidden_keys(sheet: Sheet, keys: Sequence[str], mark: str | None = None, fmt: Format = None) -> None:
    """Row 1, hidden: the machine keys from column A on, or after the mark in A1."""
    for col, key in enumerate(keys if mark is None else (mark, *keys)):
        put(sheet, 0, col, key, fmt)
    must(sheet.set_row(0, None, None, {"hidden": True}), sheet.get_name())


def widths(sheet: Sheet, sizes: Iterable[float], first: int = 0) -> None:
    """Column widths in characters, from column ``first`` (counted from 0) on."""
    for col, size in enumerate(sizes, first):
        must(sheet.set_column(col, col, size), sheet.get_name())


def page(
    sheet: Sheet,
    *,
    landscape: bool = True,
    pages_wide: int = 1,
    head: tuple[int, int] | None = None,
    left: tuple[int, int] | None = None,
    area: tuple[int, int, int, int] | None = None,
    foot: str = "",
) -> None:
    """A4 that prints well: fitted in width, head rows and left columns on every page, “Trang x/y” below.

    ``head``, ``left``: first and last row or column, counted from 0; ``area``: first row, first column, last row, last
    column; ``foot``: a few words at the left of the footer.
    """
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.4, top=0.55, bottom=0.6)
    sheet.fit_to_pages(pages_wide, 0)
    if head is not None:
        sheet.repeat_rows(*head)
    if left is not None:
        sheet.repeat_columns(*left)
    if area is not None:
        must(sheet.print_area(*area), sheet.get_name())
    footer(sheet, foot)


def footer(sheet: Sheet, words: str) -> None:
    """A few words at the left of the foot of every page, “Trang x/y” in its middle."""
    font = "&9"  # of the workbook's own font
    pages = f"&C{font} Trang &P/&N"
    must(sheet.set_footer(f"{_foot(words, f'&L{font} ', _LONGEST_FOOT - len(pages))}{pages}"), sheet.get_name())


def _foot(text: str, before: str, room: int) -> str:
    """The words at the left of a footer, as many as Excel takes; they only repeat what stands above."""
    # An ampersand in a unit's name would be read as a code of the footer; a line's end would begin another.
    said = " ".join(writable(text).split()).replace("&", "&&")
    units, most = said.encode("utf-16-le"), 2 * (room - len(before))
    if len(units) > most:
        said = units[: most - 2].decode("utf-16-le", "ignore")
        # A doubled ampersand is not cut in two.
        said = said[: len(said) - (len(said) - len(said.rstrip("&"))) % 2] + "…"
    return f"{before}{said}" if said else ""


def lines_of(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column so many characters wide."""
    return sum(max(1, math.ceil(len(part) * _NARROW / max(width, 1))) for part in text.split("\n"))


def wrapped(text: str, width: float) -> int:
    """How many lines a text takes so many letters wide, word by word: a long file name leaves much of a line free."""
    count = 0
    for part in text.split("\n"):
        if len(part) <= width:
            count += 1
            continue
        line = 0.0
        count += 1
        for word in part.split(" "):
            if line and line + 1 + len(word) > width:
                count, line = count + 1, 0.0
            line += len(word) + (1 if line else 0)
            if line > width:  # a word longer than the line is broken
                more = math.ceil(line / width) - 1
                count, line = count + more, line - more * width
    return count


def row_height(texts: Iterable[tuple[str, float]], size: float = 11) -> float:
    """Height in points of a row of wrapped texts, each with its width: merged cells do not grow by themselves."""
    tallest = max((lines_of(text, width) for text, width in texts), default=1)
    return round(tallest * size * 1.32 + 4, 1)


def quoted(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def cell(row: int, col: int, *, row_abs: bool = False, col_abs: bool = False) -> str:
    """(0, 0) -> ``A1``, with $ where asked."""
    return f"{'$' if col_abs else ''}{column_letter(col + 1)}{'$' if row_abs else ''}{row + 1}"


def span(sheet: str, first_row: int, first_col: int, last_row: int, last_col: int) -> str:
    """``'B2'!$A$1:$B$9``; the sheet's name may be "" for the sheet itself."""
    where = f"'{sheet}'!" if sheet else ""
    first = cell(first_row, first_col, row_abs=True, col_abs=True)
    last = cell(last_row, last_col, row_abs=True, col_abs=True)
    return f"{where}{first}:{last}"


def holds_only(data: bytes, name: str, keys: tuple[str, ...]) -> bool:
    """Whether a file is a workbook with one sheet of this name and keys: writing it anew loses nothing."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        found = next(book.worksheets[0].iter_rows(max_row=1, values_only=True), ())
        return book.sheetnames == [name] and tuple(found[: len(keys)]) == keys
    except Exception:  # openpyxl raises a dozen kinds for what is no workbook; each means that it is not ours
        return False
