"""``Đọc trước``, the first page of the register: what is still missing, as it counts itself, and what words mean.

What is counted depends on the day in one cell, which is today unless a day is typed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.choices import shown
from dvk_reports.plan.register.gaps import quarters_to_come
from dvk_reports.plan.register.sheets import DEADLINES, HAMLETS, SHEETS, SIGNERS, UNITS
from dvk_reports.sheets.base.book import (
    DATE,
    Formats,
    Sheet,
    cell,
    merge,
    must,
    page,
    put,
    put_formula,
    quoted,
    row_height,
    widths,
)
from dvk_reports.sheets.forms.fields import EDGE, HEAD_FILL, NEED_FILL, PRINTED_FILL, colour
from dvk_reports.sheets.register.words import INTRO, NOTES

NAME, DAY = "Đọc trước", "dvk_ngay"
"""The page, and the name of the cell with its day."""
_SIZES = (30, 58, 14)
_LEAST = {UNITS: 300, HAMLETS: 1000, DEADLINES: 100, SIGNERS: 100}
"""Rows that are counted: many times as many are compared with each other at every change."""
_SPARE = 100

Rows = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True)
class Count:
    """Something that may be missing: the formula that counts it, and what it gives now."""

    what: str
    sheet: str
    formula: str
    now: int


@dataclass(frozen=True)
class Front:
    """Draws the page. ``first``: the first row of data of all sheets, counted from 0."""

    plan: Plan
    rows: Rows
    day: date
    first: int
    formats: Formats

    def draw(self, book: Any, sheet: Sheet, basis: Sequence[str]) -> None:
        """Everything on the page, from the top."""
        widths(sheet, _SIZES)
        put(sheet, 0, 0, "DANH MỤC CỦA PHONG TRÀO “DÂN VẬN KHÉO”", self.formats(bold=True, font_size=14))
        must(sheet.set_row(0, 26), NAME)
        row = self._texts(sheet, 1, (self.plan.info.ten, *INTRO))
        row = self._missing(book, sheet, row + 1)
        row = self._table(sheet, row + 1, ("Trang", "Ghi gì"), ((name, NOTES[name]) for name in SHEETS), links=True)
        kinds = ((kind.ma, kind.ten) for kind in self.plan.info.loai_don_vi)
        row = self._table(sheet, row + 1, ("Loại đơn vị: mã", "Tên gọi (ghi mã hoặc tên đều được)"), kinds)
        groups = ((group.ma, group.ten) for group in self.plan.info.nhom_don_vi)
        row = self._table(sheet, row + 1, ("Nhóm in báo cáo: mã", "Tên gọi"), groups)
        row = self._papers(sheet, row + 1)
        if basis:
            put(sheet, row + 1, 0, "Căn cứ của số liệu có sẵn", self.formats(bold=True))
            row = self._texts(sheet, row + 2, [f"- {said}" for said in basis])
        page(sheet, landscape=False, area=(0, 0, row, len(_SIZES) - 1), foot=NAME)

    def _texts(self, sheet: Sheet, row: int, texts: Sequence[str]) -> int:
        for said in texts:
            merge(sheet, row, 0, row, len(_SIZES) - 1, said, self.formats(text_wrap=True))
            must(sheet.set_row(row, row_height([(said, sum(_SIZES))])), NAME)
            row += 1
        return row

    @property
    def _edge(self) -> dict[str, Any]:
        return {"border": 1, "border_color": EDGE, "text_wrap": True}

    def _heads(self, sheet: Sheet, row: int, names: Sequence[str]) -> None:
        for col, name in enumerate(names):
            put(sheet, row, col, name, self.formats(bold=True, align="center", bg_color=HEAD_FILL, **self._edge))

    def _table(
        self, sheet: Sheet, row: int, heads: tuple[str, str], lines: Iterator[tuple[str, str]], links: bool = False
    ) -> int:
        """Two columns of words; returns the row below."""
        self._heads(sheet, row, heads)
        for code, words in lines:
            row += 1
            fmt = self.formats(bold=True, **self._edge)
            if links:
                look = self.formats(bold=True, font_color="#0563C1", underline=1, **self._edge)
                must(sheet.write_url(row, 0, f"internal:'{code}'!{cell(self.first, 0)}", look, code), NAME)
            else:
                put(sheet, row, 0, code, fmt)
            put(sheet, row, 1, words, self.formats(**self._edge))
            must(sheet.set_row(row, row_height([(code, _SIZES[0]), (words, _SIZES[1])])), NAME)
        return row + 1

    def _missing(self, book: Any, sheet: Sheet, row: int) -> int:
        put(sheet, row, 0, "Còn thiếu gì (tự tính)", self.formats(bold=True, font_size=12))
        day = self.formats(num_format=DATE, align="center", bg_color=PRINTED_FILL, **self._edge)
        put(sheet, row + 1, 0, "Tính cho ngày", self.formats(**self._edge))
        put(
            sheet,
            row + 1,
            1,
            "Hôm nay; muốn xem cho ngày khác thì ghi ngày vào ô bên phải.",
            self.formats(**self._edge),
        )
        put_formula(sheet, row + 1, 2, "=TODAY()", (self.day - date(1899, 12, 30)).days, day)
        must(book.define_name(DAY, f"='{NAME}'!{cell(row + 1, 2, row_abs=True, col_abs=True)}"), DAY)
        self._heads(sheet, row + 2, ("Trang", "Điều còn thiếu", "Số còn thiếu"))
        first = row = row + 3
        for item in self._counts():
            look = self.formats(font_color="#0563C1", underline=1, **self._edge)
            must(sheet.write_url(row, 0, f"internal:'{item.sheet}'!{cell(self.first, 0)}", look, item.sheet), NAME)
            put(sheet, row, 1, item.what, self.formats(**self._edge))
            must(sheet.set_row(row, row_height([(item.what, _SIZES[1])])), NAME)
            put_formula(sheet, row, 2, item.formula, item.now, self.formats(align="center", bold=True, **self._edge))
            row += 1
        colour(sheet, self.formats, (first, 2, row - 1, 2), f"{cell(first, 2, col_abs=True)}>0", NEED_FILL)
        return row

    def _counts(self) -> Iterator[Count]:
        units = [unit for unit in self.rows.get(UNITS, ()) if self._holds(unit)]
        active, code = f"{self._valid(UNITS)}*(LEN({self._at(UNITS, 'ma_don_vi')})>0)", self._at(UNITS, "ma_don_vi")
        silent = f"=SUMPRODUCT({active}*(LEN({self._at(UNITS, 'email')})=0))"
        yield Count(
            "Đơn vị đang hoạt động chưa có thư điện tử: không gửi được biểu, thư nhắc.",
            UNITS,
            silent,
            sum(not unit.get("email") for unit in units),
        )
        kinds = [kind for kind in self.plan.info.loai_don_vi if self.plan.has_hamlets(kind.ma)]
        of_kind = "+".join(_is(self._at(UNITS, "loai"), kind.ma, kind.ten) for kind in kinds) or "0"
        there = "+".join(
            f"COUNTIFS({self._at(HAMLETS, 'ma_don_vi')},{said},{self._at(HAMLETS, 'den_ngay')},{until})"
            for said in (code, f'{code}&" - *"', self._at(UNITS, "ten"))
            for until in ('""', f'">="&{DAY}')
        )
        listed = {row.get("ma_don_vi") for row in self.rows.get(HAMLETS, ()) if self._holds(row)}
        named = {kind.ma for kind in kinds}
        yield Count(
            "Đơn vị phải có thôn, tổ dân phố mà chưa ghi thôn nào: các chỉ tiêu về thôn chưa tính được cho đơn vị đó.",
            HAMLETS,
            f"=SUMPRODUCT({active}*(({of_kind})>0)*(({there})=0))",
            sum(unit.get("loai") in named and unit.get("ma_don_vi") not in listed for unit in units),
        )
        held = {str(row.get("ky")) for row in self.rows.get(DEADLINES, ())}
        coming = "+".join(
            f"({DAY}<={_day(quarter.last_day)})*(COUNTIF({self._at(DEADLINES, 'ky')},{quoted(quarter.key)})=0)"
            for quarter in quarters_to_come(self.plan, self.plan.first_quarter.first_day)
        )
        yield Count(
            "Kỳ sắp tới chưa có hạn nộp: không biết báo cáo nào nộp muộn. Ghi kỳ dạng năm-quý, như ở danh sách.",
            DEADLINES,
            f"={coming}",
            sum(quarter.key not in held for quarter in quarters_to_come(self.plan, self.day)),
        )
        signed = [self._signs(paper.ma, paper.ten) for paper in self.plan.documents.van_ban]
        yield Count(
            "Loại văn bản chưa có người ký (bảng ở dưới): trên văn bản để trống chức vụ, họ tên người ký.",
            SIGNERS,
            f"={'+'.join(f'({formula}=0)' for formula, _ in signed) or '0'}",
            sum(not now for _, now in signed),
        )

    def _papers(self, sheet: Sheet, row: int) -> int:
        """The kinds of papers that somebody signs, each with whether the register says who."""
        self._heads(sheet, row, ("Loại văn bản: mã (trang Người ký)", "Tên gọi (ghi mã hoặc tên đều được)", "Người ký"))
        first = row + 1
        for paper in self.plan.documents.van_ban:
            row += 1
            put(sheet, row, 0, paper.ma, self.formats(bold=True, **self._edge))
            put(sheet, row, 1, paper.ten, self.formats(**self._edge))
            formula, now = self._signs(paper.ma, paper.ten)
            middle = self.formats(align="center", **self._edge)
            put_formula(sheet, row, 2, f'=IF({formula}=0,"CHƯA có","Đã ghi")', "Đã ghi" if now else "CHƯA có", middle)
            must(sheet.set_row(row, row_height([(paper.ma, _SIZES[0]), (paper.ten, _SIZES[1])])), NAME)
        if row >= first:
            lacking = f'{cell(first, 2, col_abs=True)}="CHƯA có"'
            colour(sheet, self.formats, (first, 2, row, 2), lacking, NEED_FILL)
        return row + 1

    def _signs(self, code: str, words: str) -> tuple[str, int]:
        rows = [row for row in self.rows.get(SIGNERS, ()) if self._holds(row)]
        formula = f"SUMPRODUCT({self._valid(SIGNERS)}*({_is(self._at(SIGNERS, 'van_ban'), code, words)}))"
        return formula, sum(row.get("van_ban") == code for row in rows)

    def _at(self, sheet: str, key: str) -> str:
        """The cells of a column that are counted."""
        col = next(place for place, column in enumerate(SHEETS[sheet]) if column.key == key)
        last = self.first + max(_LEAST[sheet], len(self.rows.get(sheet, ())) + _SPARE) - 1
        return f"'{sheet}'!{cell(self.first, col, row_abs=True, col_abs=True)}:" + cell(
            last, col, row_abs=True, col_abs=True
        )

    def _valid(self, sheet: str) -> str:
        """Which rows hold on the day."""
        since, until = self._at(sheet, "tu_ngay"), self._at(sheet, "den_ngay")
        return f'((({since}="")+({since}<={DAY}))>0)*((({until}="")+({until}>={DAY}))>0)'

    def _holds(self, row: Mapping[str, object]) -> bool:
        since, until = row.get("tu_ngay"), row.get("den_ngay")
        return not (isinstance(since, date) and since > self.day) and not (isinstance(until, date) and until < self.day)


def _is(cells: str, code: str, words: str) -> str:
    """Which cells mean a choice, however it is written there."""
    return "+".join(f"({cells}={quoted(text)})" for text in dict.fromkeys((code, words, shown(code, words))))


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
