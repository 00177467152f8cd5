"""Sheets of ``tong-hop.xlsx`` for people who go on in Python: tables whose columns have the types of what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from dvk_reports.errors import UnknownSheetError, WorkspaceError
from dvk_reports.model.figures import DENOMINATOR, MET, NOT_MET, NUMERATOR, UNDECIDED, UNKNOWN
from dvk_reports.model.findings import EXPIRED, NOT_WAIVED, WAIVED, Level
from dvk_reports.model.returns import AFTER_CLOSING, LATE, ON_TIME, FileState, UnitState
from dvk_reports.plan.book.rulebook import FieldSpec, Plan
from dvk_reports.run.steps.tables import table_of
from dvk_reports.sheets.totals.context import BOARD, FILES, FINDINGS, MODELS, SUBMISSIONS
from dvk_reports.sheets.totals.waivers import NAME as WAIVERS
from dvk_reports.vietnamese.text import nearest
from dvk_reports.vietnamese.words import NO, YES

NUMBER: Final = "Float64"
COUNT: Final = "Int64"
DAY: Final = "datetime64[us]"
TEXT: Final = "str"
_LATER = re.compile(r" \(\d+\)$")
"""What follows the name of a sheet that goes on in another."""
_FIRST_KEY = re.compile(r"[a-z][a-z0-9_]*")

_Kind = str | tuple[str, ...]
"""A dtype of pandas, or the labels of a drop-down in their order."""
_KINDS: Mapping[str, _Kind] = {
    **dict.fromkeys(("ma_don_vi", "ten_don_vi"), TEXT),
    **dict.fromkeys(("tu_so", "mau_so", "gia_tri", "gia_tri_truoc", "thap_nhat", "cao_nhat", "muc_tieu"), NUMBER),
    **dict.fromkeys(("ky_truoc", "cung_ky", "so_cung_ky", "luy_ke", "du_toan", "thuc_hien"), NUMBER),
    **dict.fromkeys(("n_bao_cao", "n_phai_bao_cao", "n_truoc", "N_truoc", "n", "N", "lan", "nam", "dong"), COUNT),
    **dict.fromkeys(("so_chan", "so_canh_bao", "so_ghi_chu", "muc_nhac"), COUNT),
    **dict.fromkeys(("ngay_nhan", "tu_ngay", "ngay", "den_ngay", "han"), DAY),
    "muc": tuple(level.value for level in Level),
    "ket_luan": (MET, NOT_MET, UNDECIDED),
    "dung_han": (ON_TIME, LATE, AFTER_CLOSING),
    "vao": (NUMERATOR, DENOMINATOR),
}
"""Columns of the sheets that the program itself defines, by their keys; those not named here show what they hold."""
_OF_ONE_SHEET: Mapping[tuple[str, str], _Kind] = {
    (FINDINGS, "gia_tri"): TEXT,  # as the unit wrote it
    (SUBMISSIONS, "trang_thai"): tuple(state.value for state in UnitState),
    (FILES, "trang_thai"): tuple(state.value for state in FileState),
    (WAIVERS, "trang_thai"): (WAIVED, NOT_WAIVED, EXPIRED),
    (BOARD, "ket_qua"): (MET, NOT_MET, UNKNOWN),
}


def frame(workbook: Path, name: str, plan: Plan, raw: bool = False) -> pd.DataFrame:
    """One sheet with its machine keys as columns and the data rows alone; ``raw``: every cell as it is written.

    What was too long for one sheet and goes on in ``<sheet> (2)`` is one table.
    """
    if not workbook.is_file():
        raise WorkspaceError(f"Không thấy {workbook}. Tổng hợp lại kỳ này rồi đọc.")
    with pd.ExcelFile(workbook, engine="calamine") as book:
        sheets = [str(other) for other in book.sheet_names]
        parts = [sheet for sheet in sheets if sheet == name or (_LATER.search(sheet) and _LATER.sub("", sheet) == name)]
        tables = [table_of(book, part) for part in parts]
        if name not in sheets or not _is_table(tables[0]):
            known = [sheet for sheet in sheets if not _LATER.search(sheet) and _is_table(table_of(book, sheet))]
            raise _unknown(name, known)
    table = pd.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
    if raw:
        return table
    kinds = _kinds_of_form(plan, name)
    return pd.DataFrame({key: _typed(table[key], _kind(name, key, kinds)) for key in table.columns})


def _is_table(table: pd.DataFrame) -> bool:
    return len(table.columns) > 0 and _FIRST_KEY.fullmatch(str(table.columns[0])) is not None


def _unknown(name: str, known: Iterable[str]) -> UnknownSheetError:
    listed = list(known)
    close = nearest(str(name), listed)
    meant = f" Tên gần nhất: “{close}”." if close else ""
    return UnknownSheetError(f"tong-hop.xlsx không có bảng “{name}”.{meant} Các bảng có: {', '.join(listed)}.")


def _kind(sheet: str, key: str, of_form: Mapping[str, _Kind]) -> _Kind | None:
    if of_form:
        return of_form.get(key)
    return _OF_ONE_SHEET.get((sheet, key)) or _KINDS.get(key) or (COUNT if sheet == MODELS else None)


def _kinds_of_form(plan: Plan, sheet: str) -> Mapping[str, _Kind]:
    """Key -> kind of the columns of a sheet of the form; empty for any other sheet."""
    spec = next((item for item in plan.forms.bieu if item.ma == sheet), None)
    return {"dong": COUNT, **{field.khoa: _kind_of_field(plan, field) for field in spec.truong}} if spec else {}


def _kind_of_field(plan: Plan, field: FieldSpec) -> _Kind:
    if field.kieu == "chon":  # a list that comes from the register has no labels in the plan
        return tuple(plan.labels(field.danh_sach or "")) or TEXT
    by_type: Mapping[str, _Kind] = {"so": NUMBER, "nguyen": COUNT, "ngay": DAY, "co_khong": (YES, NO)}
    return by_type.get(field.kieu, TEXT)


def _typed(column: pd.Series, kind: _Kind | None) -> pd.Series:
    """A column in its type; what is no number or day in a column of them is blank."""
    held = column[column.notna()]
    kind = _found_out(held) if kind is None else kind
    if isinstance(kind, tuple):
        labels = dict.fromkeys([*kind, *held])
        return column.astype(pd.CategoricalDtype(list(labels)))
    if kind in (NUMBER, COUNT):
        numbers = column.where(column.map(_is_number), None)
        whole = all(float(number).is_integer() for number in numbers[numbers.notna()])
        return numbers.astype(COUNT) if kind == COUNT and whole else numbers.astype(NUMBER)
    if kind == DAY:
        return pd.to_datetime(column.where(column.map(_is_day), None)).astype(DAY)
    return column.astype(TEXT) if all(isinstance(value, str) for value in held) else column


def _found_out(held: pd.Series) -> _Kind:
    """The kind of a column that nobody declares, from what it holds."""
    if len(held) and held.map(_is_number).all():
        return COUNT if held.map(lambda value: float(value).is_integer()).all() else NUMBER
    if len(held) and held.map(_is_day).all():
        return DAY
    return TEXT


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _is_day(value: object) -> bool:
    return isinstance(value, date) and value == value  # pandas' blank day equals nothing
