"""Sheet ``Kết quả theo đơn vị``: who has met what, a line for every unit (thôn, model) and every target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dvk_reports.model.figures import MET, NOT_MET, UNKNOWN, BoardLine
from dvk_reports.model.shelf import Names
from dvk_reports.plan.lookups import code_key
from dvk_reports.sheets.base.looks import BAD, CENTRE, GOOD, GREY, RIGHT, WARNED, WRAP
from dvk_reports.sheets.base.pages import ON_SCREEN, Column, Page, PageLayout, StyledValue, number_cell
from dvk_reports.sheets.totals.context import BOARD, TotalsContext

_COLUMNS = (
    Column("ma", "Mã", 8),
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ten_don_vi", "Tên đơn vị", 46, WRAP),
    Column("doi_tuong", "Thôn, mô hình (mã)", 22),
    Column("ten_doi_tuong", "Tên thôn, mô hình", 36, WRAP),
    Column("ket_qua", "Kết quả", 11, CENTRE),
    Column("tu_so", "Tử số (hoặc số đếm)", 10, RIGHT),
    Column("mau_so", "Mẫu số", 10, RIGHT),
    Column("ly_do", "Lý do", 36, {**WRAP, "indent": 1}),
    Column("tep", "Tệp", 40, {"font_color": GREY, "indent": 1}),
    Column("sheet", "Biểu", 10, {**CENTRE, "font_color": GREY}),
    Column("o", "Ô", 7, {**CENTRE, "font_color": GREY}),
)
_PRINTED = 9
"""Columns up to the reason: where the cells stand is for the screen."""
_LOOKS: Mapping[str, Mapping[str, Any]] = {MET: GOOD, NOT_MET: BAD, UNKNOWN: WARNED}


def write_board(context: TotalsContext) -> None:
    """The lines of each target under its name."""
    remarks = (
        "Mỗi dòng là một đơn vị (thôn, mô hình) ở một mục tiêu, kèm ô quyết định kết quả. Tử số, mẫu số các dòng "
        "cộng lại bằng trang “Chỉ tiêu”.",
        "Chưa rõ: chưa đủ số liệu, hoặc đơn vị không có đối tượng để tính (chưa có mô hình, phiếu, chi bộ …).",
        ON_SCREEN,
    )
    layout = PageLayout(frozen=3, numbered=True, printed=_PRINTED, on_screen=True, limits=context.limits)
    page = Page(context, BOARD, _COLUMNS, f"Kết quả theo đơn vị - {context.title}", remarks, layout)
    names, code = Names(_names(context)), ""
    for line in context.data.board:
        if line.code != code:
            code = line.code
            figure = context.data.figure(code)
            page.band(f"{code}. {figure.name}" if figure is not None else code)
        page.line(list(_cells(context, line, names)))
    if not context.data.board:
        page.remark("Kỳ này chưa có mục tiêu nào tính theo đơn vị.")
    page.close()


def _names(context: TotalsContext) -> Iterator[tuple[str, str]]:
    """(key of its code, name) of each model and each thôn; of two that have one code the last is meant."""
    yield from ((code_key(model.code), model.name) for model in context.data.models)
    yield from ((code_key(hamlet.code), hamlet.name) for hamlet in context.register.hamlets)


def _cells(context: TotalsContext, line: BoardLine, names: Names) -> Iterator[object]:
    figure, source = context.data.figure(line.code), line.source
    yield from (line.code, line.unit, context.name_of(line.unit))
    yield from (line.subject, names.get(code_key(line.subject)) if line.subject else "")
    yield StyledValue(line.result, _LOOKS.get(line.result, {}))
    unknown = line.result == UNKNOWN and not line.numerator and not line.denominator
    yield number_cell(None if unknown else line.numerator, ratio=False)
    yield number_cell(line.denominator if figure is not None and figure.ratio and not unknown else None, ratio=False)
    yield line.reason
    yield from (_file(context, source.file), source.sheet, source.cell) if source is not None else ("", "", "")


def _file(context: TotalsContext, file: str) -> str:
    """In a period of several quarters a file begins with its quarter."""
    return file if context.period.is_quarter else file.removeprefix("../")
