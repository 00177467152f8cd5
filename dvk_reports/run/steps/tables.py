"""Sheets of ``tong-hop.xlsx`` as plain tables, and as CSV for other systems."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from dvk_reports.vietnamese.words import NO, YES
from dvk_reports.workspace.formulas import guarded

if TYPE_CHECKING:
    import pandas as pd

    from dvk_reports.plan.book.rulebook import Plan

FOLDER = "csv"
_NOT_SHOWN = "(thông tin cá nhân: xem tong-hop.xlsx)"
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def table_of(book: pd.ExcelFile, name: str) -> pd.DataFrame:
    """The data rows of one sheet under its machine keys, each cell as it is written."""
    import pandas as pd

    # “NA” and “None” are words that a unit may write: only an empty cell is a blank.
    table = pd.read_excel(book, sheet_name=name, header=0, dtype=object, keep_default_na=False, na_values=[""])
    return table[table.iloc[:, 0].notna()].reset_index(drop=True) if len(table.columns) else table


def csv_files(workbook: bytes, plan: Plan, whole: bool = False) -> dict[str, bytes]:
    """``csv/<sheet>.csv`` -> content, of every sheet that has keys: UTF-8 with a mark that Excel knows, CRLF lines.

    What is of a person (``ca_nhan`` in forms.yaml: birth date, telephone, ethnic group) is left out, its columns and
    what findings quote of them, save with ``whole``.

    Days are 2023-09-30, numbers have a decimal point and no thousands, Có/Không stay words, a blank is empty. Before
    text that begins with = + - @ (a space before it or not), a tab or an apostrophe stands one apostrophe more, so that
    Excel does not take it for a formula: another system takes one leading apostrophe off.
    """
    import pandas as pd

    with pd.ExcelFile(io.BytesIO(workbook), engine="calamine") as book:
        tables = {str(name): table_of(book, str(name)) for name in book.sheet_names}
    kept = {name: table if whole else _impersonal(plan, name, table) for name, table in tables.items()}
    return {f"{FOLDER}/{name}.csv": _csv(table) for name, table in kept.items() if _has_keys(table)}


def _impersonal(plan: Plan, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A sheet without what is of a person."""
    personal = {spec.ma: [field.khoa for field in spec.truong if field.ca_nhan] for spec in plan.forms.bieu}
    if name in personal:
        return table.drop(columns=[key for key in personal[name] if key in table.columns])
    if {"sheet", "khoa", "gia_tri", "noi_dung"} <= set(table.columns):
        # A finding on no field of its sheet quotes whatever stood there: a line below the total, a column more.
        hidden = {sheet: {*keys, None, ""} for sheet, keys in personal.items() if keys}
        places = zip(table["sheet"], table["khoa"].where(table["khoa"].notna(), None), strict=True)
        about = [key in hidden.get(sheet, ()) for sheet, key in places]
        table = table.copy()
        table.loc[about, ["gia_tri", "noi_dung"]] = _NOT_SHOWN
    return table


def _has_keys(table: pd.DataFrame) -> bool:
    return bool(len(table.columns)) and all(_KEY.fullmatch(str(key)) for key in table.columns)


def _csv(table: pd.DataFrame) -> bytes:
    text = table.map(_plain).to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    return text.encode("utf-8-sig")


def _plain(value: object) -> str:
    if value is None or value != value:  # pandas' blank equals nothing
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return format(Decimal(repr(value)).normalize(), "f")
    return guarded(str(value))
