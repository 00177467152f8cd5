"""``register.yaml`` of a plan: the rows that a new register begins with, each mistake told with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dvk_reports.errors import PlanError
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.mistakes import Told, all_of, meant
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sources import REGISTER_FILE
from dvk_reports.plan.book.tree import Map, Place, Seq
from dvk_reports.plan.book.yaml_text import parsed
from dvk_reports.plan.register.cells import is_code
from dvk_reports.plan.register.choices import choices_of
from dvk_reports.plan.register.sheets import (
    DEADLINES,
    HAMLETS,
    INDICES,
    MERGERS,
    RECEIVED,
    SHEETS,
    SIGNERS,
    UNITS,
    WAIVERS,
)

_KEYS: Mapping[str, str] = {
    "don_vi": UNITS,
    "sap_nhap": MERGERS,
    "thon": HAMLETS,
    "han_nop": DEADLINES,
    "ngay_nhan": RECEIVED,
    "nguoi_ky": SIGNERS,
    "mien_tru": WAIVERS,
    "chi_so_ngoai": INDICES,
}
"""Key of the file -> sheet of the register."""
_NOTES, _HINTS, _BASIS = "ghi_chu", "goi_y", "can_cu"
_LONGEST_HINT = 255
"""Characters that Excel shows beside a cell."""
_CODES = {(UNITS, "ma_don_vi"), (HAMLETS, "ma_thon"), (DEADLINES, "ky")}
"""Columns that no two rows may share."""
_CALLED: Mapping[str, str] = {
    "loai_don_vi": "loại đơn vị",
    "nhom": "nhóm đơn vị",
    "van_ban": "văn bản",
    "bieu": "biểu",
    "ma_loi": "mã lỗi",
    "muc_mien_tru": "mức miễn trừ",
    "loai_thon": "loại thôn",
    "chi_tieu": "chỉ tiêu",
}
"""Kind of column -> what its choices are called."""


@dataclass(frozen=True)
class Starter:
    """What a new register begins with. A missing key is a blank cell."""

    rows: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    """Sheet -> one more sentence under its title."""
    hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Sheet -> column -> what is said beside its cells, where the plan has a word of its own."""
    basis: Sequence[str] = ()


def starter_of(plan: Plan) -> Starter:
    """The rows of the plan's ``register.yaml``, none where it has none; PlanError lists every mistake in it."""
    tree = parsed(plan.starter, REGISTER_FILE)
    told = list(_mistakes(plan, tree))
    if told:
        raise all_of(told)
    rows = {_KEYS[key]: value for key, value in tree.items() if key in _KEYS}
    hints = {_KEYS[key]: words for key, words in tree.get(_HINTS, {}).items()}
    return Starter(rows, tree.get(_NOTES, {}), hints, tree.get(_BASIS, ()))


def _mistakes(plan: Plan, tree: Any) -> Iterator[Told]:
    if not isinstance(tree, Map):
        yield Told(Place(REGISTER_FILE, 1), "tệp phải gồm các mục dạng tên: giá trị.")
        return
    known = (*_KEYS, _NOTES, _HINTS, _BASIS)
    for key, value in tree.items():
        if key not in known:
            yield Told(tree.places[key], f"không có mục “{key}”.{meant(str(key), known)}")
        elif key in _KEYS and not (isinstance(value, Seq) and all(isinstance(row, Map) for row in value)):
            yield Told(tree.places[key], "phải là một danh sách các dòng.", key)
        elif key in _KEYS:
            yield from _rows(plan, tree, key)
        elif key == _HINTS:
            yield from _hints(value, tree.places[key])


def _hints(tree: Any, at: Place) -> Iterator[Told]:
    """Mistakes of the words beside the cells: each stands under the key of its list and of its column."""
    if not (isinstance(tree, Map) and all(isinstance(words, Map) for words in tree.values())):
        yield Told(at, "phải gồm danh mục → cột: câu.", _HINTS)
        return
    for key, words in tree.items():
        if key not in _KEYS:
            yield Told(tree.places[key], f"không có danh mục “{key}”.{meant(str(key), _KEYS)}", _HINTS)
            continue
        columns = [column.key for column in SHEETS[_KEYS[key]]]
        for name, text in words.items():
            where = f"{_HINTS} → {key}"
            if name not in columns:
                yield Told(words.places[name], f"không có cột “{name}”.{meant(str(name), columns)}", where)
            elif not isinstance(text, str) or not text or len(text) > _LONGEST_HINT:
                yield Told(words.places[name], f"phải là một câu không quá {_LONGEST_HINT} ký tự.", f"{where} → {name}")


def _rows(plan: Plan, tree: Map, key: str) -> Iterator[Told]:
    sheet = _KEYS[key]
    columns = {column.key: column for column in SHEETS[sheet]}
    units = {row.get("ma_don_vi") for row in tree.get("don_vi", ()) if isinstance(row, Map)}
    seen: dict[tuple[str, object], Place] = {}
    for number, row in enumerate(tree[key], 1):
        where = f"{key} → {number}"
        for name, value in row.items():
            place = row.places[name]
            if name not in columns:
                yield Told(place, f"trang {sheet} không có cột “{name}”.{meant(str(name), columns)}", where)
                continue
            for text in _of_column(plan, columns[name].kind, value, units):
                yield Told(place, text, f"{where} → {name}")
            if (sheet, name) in _CODES:
                before = seen.setdefault((name, value), place)
                if before is not place:
                    yield Told(place, f"“{value}” đã ghi ở dòng {before.line}.", f"{where} → {name}")
        for name, column in columns.items():
            if column.required and row.get(name) is None:
                yield Told(tree[key].places[number - 1], f"thiếu cột “{name}”.", where)
        first, last = row.get("tu_ngay"), row.get("den_ngay")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            yield Told(row.places["den_ngay"], f"den_ngay ({last}) đứng trước tu_ngay ({first}).", where)


def _of_column(plan: Plan, kind: str, value: object, units: set[object]) -> Iterator[str]:
    """What is wrong with one value."""
    if value is None:
        return
    if kind == "ngay":
        if not isinstance(value, date):
            yield "phải là ngày dạng 2023-10-01."
    elif kind == "co_khong":
        if not isinstance(value, bool):
            yield "phải là true hoặc false."
    elif kind in ("nam", "so", "tien"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield "phải là số."
    elif not isinstance(value, str):
        yield "phải là chữ (đặt trong dấu ngoặc kép)."
    else:
        yield from _named(plan, kind, value, units)


def _named(plan: Plan, kind: str, word: str, units: set[object]) -> Iterator[str]:
    """A word that names something which is not there."""
    choices = choices_of(plan)
    known = sorted(str(unit) for unit in units) if kind == "don_vi" else list(choices.get(kind, ()))
    called = "đơn vị" if kind == "don_vi" else _CALLED.get(kind)
    if called is not None and word not in known:
        yield f"không có {called} “{word}”.{meant(word, known)}"
    if kind == "ma" and not is_code(word):
        yield f"mã “{word}” chỉ được gồm chữ cái không dấu, chữ số, dấu - và dấu _."
    if kind == "ky":
        try:
            Quarter.parse(word)
        except PlanError as error:
            yield str(error)
