"""Columns and labels as other entries may name them: over all versions of a sheet, a column, a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dvk_reports.plan.book.cross_check.names import OPEN_LISTS
from dvk_reports.plan.book.cross_check.spans import EVER, Span, meet, span_of
from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.forms import FieldSpec, Label, When
from dvk_reports.plan.book.rulebook import Plan

Path = tuple[Any, ...]
NUMBER, DAY, TEXT, CHOICE = ("nguyen", "so"), ("ngay",), ("chu",), ("chon", "co_khong")
_TYPES = {NUMBER: "số", DAY: "ngày", TEXT: "chữ", CHOICE: "lựa chọn"}
YES_NO = "co_khong"


class Columns:
    """The columns of one or more sheets, by key."""

    def __init__(self, plan: Plan, *sheets: str) -> None:
        self.plan = plan
        self.names = [name for name in sheets if name in plan.sheets]
        self.found: dict[str, list[FieldSpec]] = {}
        for sheet in plan.forms.bieu:
            if sheet.ma in self.names:
                for field in sheet.truong:
                    self.found.setdefault(field.khoa, []).append(field)

    @property
    def where(self) -> str:
        return f" ở biểu {', '.join(self.names)}" if self.names else ""

    def wrongs(self, path: Path, key: str | None, types: tuple[str, ...] = (), span: Span = EVER) -> Iterator[Wrong]:
        """The column is there, on some day of ``span``, and holds what is needed."""
        if key is None or not self.names:
            return
        fields = self.found.get(key)
        if fields is None:
            wrong = unknown(path, "cột", key, self.found)
            yield Wrong(path, wrong.text.replace(f"“{key}”", f"“{key}”{self.where}", 1), key)
        elif not any(meet(span_of(field), span) for field in fields):
            yield Wrong(path, f"cột “{key}”{self.where} không có hiệu lực trong thời gian của mục này.")
        elif types and any(field.kieu not in types for field in fields):
            yield Wrong(path, f"cột “{key}”{self.where} không phải cột {_TYPES[types]}.")

    def labels(self, key: str) -> Iterator[Label]:
        """The labels that may stand in a column; none where the register or the calendar fills its list."""
        for field in self.found.get(key, ()):
            name = YES_NO if field.kieu == YES_NO else field.danh_sach
            choice = self.plan.forms.danh_sach.get(name or "")
            if choice is not None:
                yield from choice.nhan

    def label_wrongs(self, path: Path, key: str | None, words: Iterable[str] | None, span: Span) -> Iterator[Wrong]:
        """Every word is a label of the list of the column, in force on some day of ``span``."""
        if key is None or words is None or any(f.danh_sach in OPEN_LISTS for f in self.found.get(key, ())):
            return
        yield from self.wrongs(path[:-1], key, CHOICE, span)
        known: Mapping[str, list[Label]] = {}
        for label in self.labels(key):
            known = {**known, label.ten: [*known.get(label.ten, ()), label]}
        for at, word in enumerate(words):
            if word not in known:
                if key in self.found and known:
                    yield unknown((*path, at), f"nhãn của cột “{key}” là", word, known)
            elif not any(meet(span_of(label), span) for label in known[word]):
                yield Wrong((*path, at), f"nhãn “{word}” không có hiệu lực trong thời gian của mục này.")

    def condition_wrongs(self, path: Path, when: When, span: Span = EVER) -> Iterator[Wrong]:
        """A condition on another cell of the row: a column, and labels, a number or a day to match it."""
        asks = {
            "la": when.la is not None,
            "tren": when.tren is not None,
            "da_ghi": when.da_ghi,
            "trong_ky": when.trong_ky,
        }
        asked = [name for name, said in asks.items() if said]
        if when.o is None:
            if asked:
                yield Wrong((*path, asked[0]), "thiếu cột (o) mà điều kiện này xét.")
            elif when.loai_don_vi is None:
                yield Wrong(path, "thiếu điều kiện: ghi o và la, tren, da_ghi hoặc trong_ky; hoặc loai_don_vi.")
            return
        if len(asked) != 1:
            yield Wrong(path, "phải có đúng một trong la, tren, da_ghi, trong_ky.")
        types = NUMBER if when.tren is not None else DAY if when.trong_ky else ()
        found = list(self.wrongs((*path, "o"), when.o, types, span))
        yield from found
        if not found:
            yield from self.label_wrongs((*path, "la"), when.o, when.la, span)
