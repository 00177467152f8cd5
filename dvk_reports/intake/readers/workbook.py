"""From the bytes of one foreign workbook to its cells.

``read_book`` runs in a worker process (see ``run_in_workers``): damaged files have killed the readers below it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module

from dvk_reports.intake.files.kinds import REASONS, WORKBOOKS, sniff
from dvk_reports.intake.readers.package import Package
from dvk_reports.intake.readers.raw import (
    OWN,
    UNKNOWN_FORMAT,
    RawBook,
    RawCell,
    RawSheet,
    RawValue,
    ReadRefused,
    SheetBuilder,
    book_of,
    day_if_midnight,
    finite,
)

__all__ = [
    "RawBook",
    "RawCell",
    "RawSheet",
    "RawValue",
    "ReadRefused",
    "read_book",
    "read_own",
    "read_sheets",
]

Reader = Callable[[bytes, str, Collection[str] | None], RawBook]

BUILT_IN_PASSWORD = "VelvetSweatshop"
"""What Excel encrypts with when a workbook is only marked "read-only recommended"."""
MAX_AREA = 5_000_000
"""Cells of the rectangle from A1; calamine holds it whole, and one stray cell at XFD1048576 would kill it."""

PASSWORD = "tệp có mật khẩu mở: đề nghị bỏ mật khẩu rồi gửi lại"
_BROKEN = "tệp bị hỏng, không đọc được: đề nghị mở trong Excel, lưu lại dạng .xlsx rồi gửi lại"
_TOO_BIG = "tệp đòi quá nhiều bộ nhớ để đọc: đề nghị mở trong Excel, xóa phần thừa rồi gửi lại"
_BLIND = "không phân biệt được ô lỗi với ô trống, ô phần trăm với ô số"


def read_book(data: bytes, kind: str, only: Collection[str] | None = None) -> RawBook:
    """All sheets of a workbook (or those named in ``only``); ``kind`` is what ``sniff`` said of it.

    Raises ReadRefused, with the reason, for everything that cannot be read; nothing else.
    """
    return _guarded(lambda: _read(data, kind, only))


def _guarded(read: Callable[[], RawBook]) -> RawBook:
    try:
        return read()
    except ReadRefused:
        raise
    except KeyboardInterrupt:
        raise
    except MemoryError:
        raise ReadRefused(_TOO_BIG) from None
    except BaseException:  # a panic of calamine is no Exception
        raise ReadRefused(_BROKEN) from None


def read_own(data: bytes, only: Collection[str] | None = None) -> RawBook:
    """The same of an .xlsx that was written here, which may hold the rows of thousands of units."""
    from dvk_reports.intake.readers.xlsx import read_xlsx

    return _guarded(lambda: read_xlsx(data, "xlsx", only, OWN))


def read_sheets(data: bytes) -> tuple[RawSheet, ...]:
    """Every sheet of an .xlsx of the office's own; ReadRefused where not all of it can be read."""
    book = read_book(data, "xlsx")
    if book.doubts:
        raise ReadRefused(book.doubts[0])
    return book.sheets


def _read(data: bytes, kind: str, only: Collection[str] | None) -> RawBook:
    entry = WORKBOOKS.get(kind)
    if entry is None:
        raise ReadRefused(REASONS.get(kind, REASONS["unknown"])[1])
    module, _, name = entry.reader.partition(":")
    reader: Reader = getattr(import_module(f"dvk_reports.intake.readers.{module}"), name)
    return reader(data, kind, only)


def read_xlsb(data: bytes, kind: str, only: Collection[str] | None) -> RawBook:
    """Cells of .xlsb: values alone, so error cells look like blank ones, and it says so.

    A file that the general reader refuses may be sound: it knows neither dialog sheets nor the first Excel to write it.
    """
    notes = Package(data).notes()
    try:
        return _calamine(data, kind, only, notes, f"tệp dạng .xlsb: {_BLIND}")
    except (ReadRefused, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of calamine is no Exception
        from dvk_reports.intake.readers.xlsb import read_records

        return read_records(data, kind, only)


def read_office(data: bytes, kind: str, only: Collection[str] | None) -> RawBook:
    """Cells of .xlsx and .xlsm; no other reader is asked where this one fails, for none sees as much."""
    from dvk_reports.intake.readers.xlsx import read_xlsx

    return read_xlsx(data, kind, only)


def read_old_excel(data: bytes, kind: str, only: Collection[str] | None) -> RawBook:
    """Cells of .xls; one that is encrypted is opened with Excel's own password."""
    from dvk_reports.intake.readers.xls import read_xls, without_empty_records

    try:
        return read_xls(data, only)
    except (ReadRefused, MemoryError):
        raise
    except Exception as error:
        if "encrypted" in str(error):
            return read_encrypted(data, "encrypted", only)
    with suppress(Exception):
        return read_xls(without_empty_records(data), only)
    return _calamine(data, kind, only, (), f"tệp .xls bị hỏng một phần, đọc bằng bộ đọc dự phòng: {_BLIND}")


def read_encrypted(data: bytes, kind: str, only: Collection[str] | None) -> RawBook:
    """The workbook inside an encrypted file that Excel's built-in password opens; ReadRefused for any other."""
    import msoffcrypto

    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=BUILT_IN_PASSWORD)
        office.decrypt(opened)
    except Exception:  # wrong key, unknown scheme, damaged: in each case a person must open it
        raise ReadRefused(PASSWORD) from None
    plain = opened.getvalue()
    kind = sniff(plain)
    if kind not in WORKBOOKS or kind == "encrypted":
        raise ReadRefused(PASSWORD if kind in ("zip-broken", "unknown", "empty") else REASONS.get(kind, ("", ""))[1])
    try:
        book = _read(plain, kind, only)
    except ReadRefused:
        raise
    except Exception:  # decrypted to nonsense; also stops a file that stays encrypted from going round
        raise ReadRefused(PASSWORD) from None
    note = "tệp được mã hóa bằng mật khẩu mặc định của Excel (chỉ đọc): đã mở được"
    return replace(book, notes=(note, *book.notes))


def _calamine(data: bytes, kind: str, only: Collection[str] | None, notes: Sequence[str], doubt: str) -> RawBook:
    """The reader that sees least; ``doubt`` says so to the unit."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    builders = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        if only is not None and about.name not in only:
            continue
        builder = SheetBuilder(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
        sheet = book.get_sheet_by_name(about.name)
        if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_AREA:
            raise ReadRefused("trang tính có ô lạc ở rất xa: xóa ô thừa rồi gửi lại")
        # Without skip_empty_area=False leading empty rows and columns are left out and every address shifts.
        for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            for col, value in enumerate(values, start=1):
                if value != "":
                    builder.put(row, col, finite(RawCell(day_if_midnight(value), number_format=UNKNOWN_FORMAT)))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            builder.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        builders.append(builder)
    return book_of(builders, kind, "calamine", notes, [doubt])
