"""The live counters on the cover: what is written, what is still blank, what needs another look, sheet by sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import SheetSpec
from dvk_reports.sheets.base.book import Format, Formats, Sheet, cell, must, put, put_formula, quoted, row_height, span
from dvk_reports.sheets.forms.fields import EDGE, FAULT_FILL, HEAD_FILL, NEED_FILL
from dvk_reports.sheets.forms.layout import Layout, TableShape
from dvk_reports.sheets.forms.rules import (
    Condition,
    Ref,
    Values,
    any_of,
    deciding,
    faults,
    given,
    needs,
    one_of,
    started,
)
from dvk_reports.vietnamese.words import YES

WRITTEN, NOT_YET, IF_ANY = "Đã ghi", "Chưa ghi", "Không có thì để trống"
_HEADS = ("Biểu", "Tình trạng", "Số dòng (ô) đã ghi", "Ô bắt buộc còn trống", "Ô cần xem lại")


@dataclass(frozen=True)
class Counted:
    """One line of the counters: each formula with its value now."""

    status: tuple[str, str]
    rows: tuple[str, int]
    blanks: tuple[str, int]
    faults: tuple[str, int]


def draw_counters(sheet: Sheet, formats: Formats, layout: Layout) -> int:
    """The table below the fields of the cover, without its counts; returns its last row."""
    first, names = _first_line(layout), [_name(spec) for spec in layout.specs]
    last = first + len(names) - 1
    put(sheet, first - 2, 1, "Kiểm tra trước khi gửi (tự tính)", formats(bold=True))
    head = formats(
        bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=EDGE, bg_color=HEAD_FILL
    )
    for col, name in enumerate(_HEADS, 1):
        put(sheet, first - 1, col, name, head)
    must(sheet.set_row(first - 1, 34), layout.cover)
    for row, name in enumerate(names, first):
        put(sheet, row, 1, name, _text(formats))
        must(sheet.set_row(row, row_height([(name, 44)])), layout.cover)
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


def fill_counters(sheet: Sheet, formats: Formats, layout: Layout) -> None:
    """The counts with their values now, and one sentence under the title: whether the form may be sent."""
    lines = list(_counted(layout))
    first = _first_line(layout)
    last = first + len(lines) - 1
    text, count = _text(formats), formats(border=1, border_color=EDGE, num_format="#,##0", align="center")
    for row, line in enumerate(lines, first):
        put_formula(sheet, row, 2, line.status[0].replace("{row}", str(row + 1)), line.status[1], text)
        for col, (formula, value) in enumerate((line.rows, line.blanks, line.faults), 3):
            put_formula(sheet, row, col, formula, value, count)
    late, empty, wrong = _totals(lines)
    status = f"{cell(first, 2)}:{cell(last, 2)}"
    waiting = f"=SUMPRODUCT(--(LEFT({status},{len(NOT_YET)})={quoted(NOT_YET)}))"
    put_formula(sheet, last + 1, 2, waiting, late, _sum(formats))
    for col, value in ((4, empty), (5, wrong)):
        put_formula(sheet, last + 1, col, f"=SUM({cell(first, col)}:{cell(last, col)})", value, _sum(formats))
    none, blanks, doubts = (f"{cell(last + 1, col, row_abs=True, col_abs=True)}" for col in (2, 4, 5))
    formula = (
        f'=IF({none}+{blanks}+{doubts}=0,"Đã đủ, có thể ký và gửi.","Còn "&{none}&" biểu phải nộp chưa ghi, "&'
        f'{blanks}&" ô bắt buộc còn trống, "&{doubts}&" ô cần xem lại (xem bảng ở cuối trang này).")'
    )
    said = (
        "Đã đủ, có thể ký và gửi."
        if late + empty + wrong == 0
        else f"Còn {late} biểu phải nộp chưa ghi, {empty} ô bắt buộc còn trống, {wrong} ô cần xem lại "
        "(xem bảng ở cuối trang này)."
    )
    put_formula(sheet, 2, 1, formula, said, formats(bold=True, font_color="#C00000"))


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
    return "Trang bìa" if spec.vai is SheetRole.COVER else f"{spec.ma}. {spec.ten}"


def _first_line(layout: Layout) -> int:
    return layout.lines[layout.cover].last_row + 4


def _counted(layout: Layout) -> Iterator[Counted]:
    for spec in layout.specs:
        must_fill = needs(spec, layout.setting)
        wrong = faults(spec, layout.setting)
        if spec.table:
            yield _table(layout, spec, must_fill, wrong)
        else:
            yield _lines(layout, spec, must_fill, wrong)


def _table(
    layout: Layout, spec: SheetSpec, must_fill: Mapping[str, Condition], wrong: Mapping[str, Condition]
) -> Counted:
    shape, rows = layout.tables[spec.ma], layout.rows_of(spec.ma)
    ref, in_use = shape.in_column(), _in_use(shape)
    begun = started(spec)
    count = sum(begun.holds(row) for row in rows)
    blanks = _sum_formula(f"{in_use}*", must_fill.values(), ref)
    missing = sum(need.holds(row) for row in rows if begun.holds(row) for need in must_fill.values())
    doubtful = sum(fault.holds(row) for row in rows for fault in wrong.values())
    return Counted(
        _status(layout, spec, count),
        (f"=SUMPRODUCT(--{in_use})", count),
        (blanks, missing),
        (_sum_formula("", wrong.values(), ref), doubtful),
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
        area = span(shape.spec.ma, shape.first_row, block[0], shape.last_row, block[-1])
        lengths.append(f"LEN({area})" if len(block) == 1 else f"MMULT(LEN({area}),ROW(1:{len(block)})^0)")
    return f"({'+'.join(lengths)}>0)"


def _lines(
    layout: Layout, spec: SheetSpec, must_fill: Mapping[str, Condition], wrong: Mapping[str, Condition]
) -> Counted:
    shape, values = layout.lines[spec.ma], layout.values_of(spec.ma)
    ref = shape.elsewhere()
    fields = [entry.khoa for entry in shape.fields]
    count = sum(given(values.get(key)) for key in fields)
    shown = {key: need for key, need in must_fill.items() if key in shape.rows}
    first, last = ref(fields[0]), shape.at(fields[-1])
    return Counted(
        _status(layout, spec, count),
        (f"=COUNTA({first}:{last})", count),
        (_sum_formula("", shown.values(), ref), sum(need.holds(values) for need in shown.values())),
        (_sum_formula("", wrong.values(), ref), sum(fault.holds(values) for fault in wrong.values())),
    )


def _sum_formula(lead: str, conditions: Iterable[Condition], ref: Ref) -> str:
    """A text typed into a number cell makes a sum of cells impossible; the counter then says 1: look again."""
    # Five opinions that do not add up are five cells under one condition: said once, the formula stays short.
    times = Counter(condition.formula(ref) for condition in conditions)
    parts = "+".join(f"{count}*{formula}" if count > 1 else formula for formula, count in times.items())
    return f"=IFERROR(SUMPRODUCT({lead}({parts})),1)" if parts else "=0"


def _status(layout: Layout, spec: SheetSpec, count: int) -> tuple[str, str]:
    """The word of a sheet. ``{row}`` in the formula is the line's own row, where its counts stand."""
    if spec.vai is SheetRole.COVER:
        return f'=IF(E{{row}}=0,"{WRITTEN}","Còn ô bắt buộc trống")', _cover_word(layout, spec)
    due, due_now = layout.due(spec.ma)
    cells = layout.lines[layout.cover]
    told = layout.values_of(layout.cover)
    word = layout.nil_word
    contradicts = f"Đã có dòng: bỏ chọn {word}"
    ticks = [one_of(spec.tick, [YES])] if spec.tick in cells.rows else []
    nil, nil_now = "FALSE", False
    if spec.table:
        said = any_of(one_of("loai_bao_cao", [layout.nil] if layout.nil else []), *ticks)
        nil, nil_now = f"{said.formula(cells.here())}>0", said.holds(told)
    todo = f"{NOT_YET}: ghi dòng hoặc chọn {word}" if ticks else NOT_YET
    against, against_now = (ticks[0].formula(cells.here()), ticks[0].holds(told)) if ticks else ("FALSE", False)
    formula = (
        f'=IF(D{{row}}>0,IF({against},"{contradicts}","{WRITTEN}"),IF({nil},"{word}",IF({due},"{todo}","{IF_ANY}")))'
    )
    if count:
        return formula, contradicts if against_now else WRITTEN
    return formula, word if nil_now else todo if due_now else IF_ANY


def _cover_word(layout: Layout, spec: SheetSpec) -> str:
    values: Values = layout.values_of(layout.cover)
    shape = layout.lines[layout.cover]
    blank = any(need.holds(values) for key, need in needs(spec, layout.setting).items() if key in shape.rows)
    return "Còn ô bắt buộc trống" if blank else WRITTEN
