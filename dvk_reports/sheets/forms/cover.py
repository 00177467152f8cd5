"""The index on the cover: a link to each sheet, what stands there now, what is still blank, what needs another look.

The sheets that must be sent come first; those to be filled in only where there is something say so, in a colour of
their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.sheets.base.book import Format, Formats, Sheet, cell, must, put, put_formula, quoted, row_height
from dvk_reports.sheets.forms.fields import EDGE, FAULT_FILL, HEAD_FILL, NEED_FILL, OPTIONAL_FILL
from dvk_reports.sheets.forms.layout import Layout, TableShape
from dvk_reports.sheets.forms.rules import (
    NEVER,
    Condition,
    Ref,
    Values,
    any_of,
    deciding,
    faults,
    given,
    needs,
    negation,
    one_of,
    started,
)
from dvk_reports.vietnamese.words import YES

NOT_YET, NONE_NEEDED = "CHƯA có gì", "Nếu có: không có thì để trống"
_LINK: Mapping[str, Any] = {"font_color": "#0563C1", "underline": 1}
_DUE_TAB, _OPTIONAL_TAB = "#2E75B6", "#A9D08E"
_COMPLETE, _LACKING = "Đã ghi đủ ô bắt buộc", "Còn ô bắt buộc trống"
_HEADS = ("Biểu (bấm để mở)", "Tình trạng", "Số dòng (ô) đã ghi", "Ô bắt buộc còn trống", "Ô cần xem lại")
_NO_ENTRY = {
    "validate": "custom",
    "value": "=FALSE",
    "ignore_blank": False,
    "error_title": "Ô này để mở biểu",
    "error_message": "Không ghi vào ô này. Bấm vào tên biểu để mở biểu.",
}


@dataclass(frozen=True)
class Counted:
    """One line of the counters: each formula, which is the same for all forms of a kind, with its value now."""

    status: tuple[Callable[[], str], str]
    rows: tuple[Callable[[], str], int]
    blanks: tuple[Callable[[], str], int]
    faults: tuple[Callable[[], str], int]


def draw_index(sheet: Sheet, formats: Formats, layout: Layout) -> int:
    """The table below the fields of the cover, without its counts; returns its last row."""
    first, listed = _first_line(layout), _listed(layout)
    last = first + len(listed) - 1
    put(sheet, first - 2, 1, "Mục lục và kiểm tra trước khi gửi (tự tính)", formats(bold=True))
    head = formats(
        bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=EDGE, bg_color=HEAD_FILL
    )
    for col, name in enumerate(_HEADS, 1):
        put(sheet, first - 1, col, name, head)
    must(sheet.set_row(first - 1, 34), layout.cover)
    for row, spec in enumerate(listed, first):
        name = _name(spec)
        must(sheet.write_url(row, 1, _start(layout, spec), _link_look(formats, layout, spec), name), layout.cover)
        sizes = layout.lines[layout.cover].widths
        must(sheet.set_row(row, row_height([(name, 44), (_todo(layout, spec), sizes[2])])), layout.cover)
    way, look = f"internal:'{layout.cover}'!{cell(first, 1)}", formats(valign="vcenter", locked=False, **_LINK)
    must(sheet.write_url(0, 3, way, look, "↓ Mở từng biểu: mục lục ở cuối trang này"), layout.cover)
    # A link that is locked could not be chosen; these can, and take nothing else.
    must(sheet.data_validation(first, 1, last, 1, {**_NO_ENTRY, "other_cells": [[0, 3, 0, 3]]}), layout.cover)
    total = formats(bold=True, text_wrap=True, border=1, border_color=EDGE, bg_color=HEAD_FILL)
    put(sheet, last + 1, 1, f"Biểu phải nộp chưa có dòng và chưa chọn {layout.nil_word}; tổng số ô", total)
    put(sheet, last + 1, 3, None, _sum(formats))
    must(sheet.set_row(last + 1, 32), layout.cover)
    for col, fill in ((4, NEED_FILL), (5, FAULT_FILL)):
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": formats(bg_color=fill)}
        must(sheet.conditional_format(first, col, last, col, rule), layout.cover)
    waiting = f"LEFT({cell(first, 2)},{len(NOT_YET)})={quoted(NOT_YET)}"
    rule = {"type": "formula", "criteria": f"={waiting}", "format": formats(bg_color=NEED_FILL)}
    must(sheet.conditional_format(first, 2, last, 2, rule), layout.cover)
    ready = {"type": "formula", "criteria": '=LEFT($B$3,5)="Đã đủ"', "format": formats(font_color="#375623")}
    must(sheet.conditional_format(2, 1, 2, 1, ready), layout.cover)
    return last + 1


def _start(layout: Layout, spec: SheetSpec) -> str:
    """Where one begins to write on a sheet."""
    row, col = (layout.tables[spec.ma].first_row, 1) if spec.table else (layout.lines[spec.ma].first_row, 2)
    return f"internal:'{spec.ma}'!{cell(row, col)}"


def _link_look(formats: Formats, layout: Layout, spec: SheetSpec) -> Format:
    fill = {"bg_color": OPTIONAL_FILL, "italic": True} if layout.optional(spec) else {}
    return formats(text_wrap=True, border=1, border_color=EDGE, locked=False, **_LINK, **fill)


def colour_tab(sheet: Sheet, layout: Layout, spec: SheetSpec) -> None:
    """The colour of a sheet's tab: must be sent, or only where there is something. The cover has none."""
    if spec.vai is not SheetRole.COVER:
        sheet.set_tab_color(_OPTIONAL_TAB if layout.optional(spec) else _DUE_TAB)


def _listed(layout: Layout) -> list[SheetSpec]:
    """The sheets in the order of the index: the cover, what must be sent, what may be."""
    return sorted(layout.specs, key=lambda spec: (spec.vai is not SheetRole.COVER) + layout.optional(spec))


def fill_index(sheet: Sheet, formats: Formats, layout: Layout) -> None:
    """The counts with their values now, and one sentence under the title: whether the form may be sent."""
    lines = list(_counted(layout))
    first = _first_line(layout)
    last = first + len(lines) - 1
    text, count = _text(formats), formats(border=1, border_color=EDGE, num_format="#,##0", align="center")
    for row, line in enumerate(lines, first):
        put_formula(sheet, row, 2, partial(_in_row, line.status[0], row), line.status[1], text)
        for col, (formula, value) in enumerate((line.rows, line.blanks, line.faults), 3):
            put_formula(sheet, row, col, formula, value, count)
    late, empty, wrong = _totals(lines)
    status = f"{cell(first, 2)}:{cell(last, 2)}"
    waiting = f"=SUMPRODUCT(--(LEFT({status},{len(NOT_YET)})={quoted(NOT_YET)}))"
    put_formula(sheet, last + 1, 2, lambda: waiting, late, _sum(formats))
    for col, value in ((4, empty), (5, wrong)):
        total = f"=SUM({cell(first, col)}:{cell(last, col)})"
        put_formula(sheet, last + 1, col, partial(str, total), value, _sum(formats))
    none, blanks, doubts = (f"{cell(last + 1, col, row_abs=True, col_abs=True)}" for col in (2, 4, 5))
    ready = (
        f'=IF({none}+{blanks}+{doubts}=0,"Đã đủ, có thể ký và gửi.","Còn "&{none}&" biểu phải nộp chưa ghi, "&'
        f'{blanks}&" ô bắt buộc còn trống, "&{doubts}&" ô cần xem lại (xem mục lục ở cuối trang này).")'
    )
    said = (
        "Đã đủ, có thể ký và gửi."
        if late + empty + wrong == 0
        else f"Còn {late} biểu phải nộp chưa ghi, {empty} ô bắt buộc còn trống, {wrong} ô cần xem lại "
        "(xem mục lục ở cuối trang này)."
    )
    put_formula(sheet, 2, 1, lambda: ready, said, formats(bold=True, font_color="#C00000"))


def _in_row(formula: Callable[[], str], row: int) -> str:
    return formula().replace("{row}", str(row + 1))


def _text(formats: Formats) -> Format:
    return formats(text_wrap=True, border=1, border_color=EDGE)


def _sum(formats: Formats) -> Format:
    return formats(bold=True, border=1, border_color=EDGE, bg_color=HEAD_FILL, num_format="#,##0", align="center")


def _totals(lines: Iterable[Counted]) -> tuple[int, int, int]:
    lines = list(lines)
    return (
        sum(line.status[1].startswith(NOT_YET) for line in lines),
        sum(line.blanks[1] for line in lines),
        sum(line.faults[1] for line in lines),
    )


def _name(spec: SheetSpec) -> str:
    if spec.vai is SheetRole.COVER:
        return "Trang bìa"
    return f"{spec.ma}. {spec.ten}"


def _first_line(layout: Layout) -> int:
    return layout.lines[layout.cover].last_row + 4


def _counted(layout: Layout) -> Iterator[Counted]:
    for spec in _listed(layout):
        yield _table(layout, spec) if spec.table else _lines(layout, spec)


def _table(layout: Layout, spec: SheetSpec) -> Counted:
    shape, rows, setting = layout.tables[spec.ma], layout.rows_of(spec.ma), layout.setting
    ref, begun = shape.in_column(), started(spec)
    begun_rows = [row for row in rows if begun.holds(row)]
    must_fill, wrong = (needs(spec, setting), faults(spec, setting)) if rows else ({}, {})
    missing = sum(sum(map(need.holds, begun_rows)) for need in must_fill.values())
    doubtful = sum(sum(map(fault.holds, rows)) for fault in wrong.values())
    return Counted(
        _status(layout, spec, len(begun_rows)),
        (lambda: f"=SUMPRODUCT(--{_in_use(shape)})", len(begun_rows)),
        (lambda: _sum_formula(f"{_in_use(shape)}*", needs(spec, setting).values(), ref), missing),
        (lambda: _sum_formula("", faults(spec, setting).values(), ref), doubtful),
    )


def _in_use(shape: TableShape) -> str:
    """Which rows are started, for all rows at once: the letters of neighbouring columns are added up as a block."""
    columns = sorted(shape.columns[key] for key in deciding(shape.spec))
    blocks: list[list[int]] = []
    for col in columns:
        if blocks and blocks[-1][-1] == col - 1:
            blocks[-1].append(col)
        else:
            blocks.append([col])
    lengths = []
    for block in blocks:
        area = shape.block(block[0], block[-1])
        lengths.append(f"LEN({area})" if len(block) == 1 else f"MMULT(LEN({area}),ROW(1:{len(block)})^0)")
    return f"({'+'.join(lengths)}>0)"


def _lines(layout: Layout, spec: SheetSpec) -> Counted:
    must_fill, wrong = needs(spec, layout.setting), faults(spec, layout.setting)
    shape, values = layout.lines[spec.ma], layout.values_of(spec.ma)
    ref = shape.elsewhere()
    fields = [entry.khoa for entry in shape.fields]
    count = sum(given(values.get(key)) for key in fields)
    shown = {key: need for key, need in must_fill.items() if key in shape.rows}
    counting = f"=COUNTA({ref(fields[0])}:{cell(shape.rows[fields[-1]], 2)})"

    def blanks() -> str:
        # A nil report asks for none of them: said once, not of each.
        asked = needs(spec, replace(layout.setting, nil=NEVER))
        lead = "" if spec.vai is SheetRole.COVER else f"{negation(layout.setting.nil).formula(ref)}*"
        return _sum_formula(lead, [asked[key] for key in shown], ref)

    return Counted(
        _status(layout, spec, count),
        (lambda: counting, count),
        (blanks, sum(need.holds(values) for need in shown.values())),
        (lambda: _sum_formula("", wrong.values(), ref), sum(fault.holds(values) for fault in wrong.values())),
    )


def _sum_formula(lead: str, conditions: Iterable[Condition], ref: Ref) -> str:
    """A text typed into a number cell makes a sum of cells impossible; the counter then says 1: look again."""
    # Five opinions that do not add up are five cells under one condition: said once, the formula stays short.
    times = Counter(condition.formula(ref) for condition in conditions)
    parts = "+".join(f"{count}*{formula}" if count > 1 else formula for formula, count in times.items())
    if len(times) == 1 and not lead:
        parts = f"1*{parts}"  # SUMPRODUCT of Excel counts no TRUE by itself
    return f"=IFERROR(SUMPRODUCT({lead}({parts})),1)" if parts else "=0"


def _status(layout: Layout, spec: SheetSpec, count: int) -> tuple[Callable[[], str], str]:
    """The word of a sheet. ``{row}`` in the formula is the line's own row, where its counts stand."""
    if spec.vai is SheetRole.COVER:
        return lambda: f'=IF(E{{row}}=0,"{_COMPLETE}","{_LACKING}")', _cover_word(layout, spec)
    cells, told, word = layout.lines[layout.cover], layout.values_of(layout.cover), layout.nil_word
    begun = "Nếu có: đã" if layout.optional(spec) else "Đã"
    lead, unit = (f"{begun} có", "dòng") if spec.table else (f"{begun} ghi", "ô")
    contradicts, marked = f"Đã có dòng: bỏ chọn {word}", f"{begun} đánh dấu {word}"
    ticks = [one_of(spec.tick, [YES])] if spec.tick in cells.rows else []
    said = any_of(*([one_of("loai_bao_cao", [layout.nil])] if layout.nil else []), *ticks) if spec.table else NEVER
    due, due_now = layout.due(spec.ma)
    todo = _todo(layout, spec)

    def formula() -> str:
        there = f'"{lead} "&D{{row}}&" {unit}"'
        if ticks:
            there = f'IF({ticks[0].formula(cells.here())},"{contradicts}",{there})'
        blank = {"TRUE": f'"{todo}"', "FALSE": f'"{NONE_NEEDED}"'}.get(due, f'IF({due},"{todo}","{NONE_NEEDED}")')
        if spec.table and (layout.nil or ticks):
            blank = f'IF({said.formula(cells.here())},"{marked}",{blank})'
        return f"=IF(D{{row}}>0,{there},{blank})"

    if count:
        return formula, contradicts if ticks and ticks[0].holds(told) else f"{lead} {count} {unit}"
    return formula, marked if said.holds(told) else todo if due_now else NONE_NEEDED


def _todo(layout: Layout, spec: SheetSpec) -> str:
    """What a sheet that must be sent says as long as nothing stands there."""
    ticked = spec.tick in layout.lines[layout.cover].rows
    return f"{NOT_YET}, chưa chọn {layout.nil_word}" if ticked else NOT_YET


def _cover_word(layout: Layout, spec: SheetSpec) -> str:
    values: Values = layout.values_of(layout.cover)
    shape = layout.lines[layout.cover]
    blank = any(need.holds(values) for key, need in needs(spec, layout.setting).items() if key in shape.rows)
    return _LACKING if blank else _COMPLETE
