"""Rules on the list of models (B2), and on the codes by which other sheets name a model."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.checks.context import Case, nearest_code
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.lookups import code_key, model_code, unit_of_code

_OWN = (
    (SheetRole.MODELS, "tiep_noi_ma"),
    (SheetRole.REVIEWS, "ma_mo_hinh"),
    (SheetRole.REPLICATIONS, "ma_mo_hinh"),
    (SheetRole.RECOGNITIONS, "ma_mo_hinh"),
    (SheetRole.PROPOSALS, "ma_mo_hinh"),
)
"""Columns that name a model of the unit itself."""
_ANY = (
    (SheetRole.PUBLICITY, "ma_mo_hinh"),
    (SheetRole.INSPECTIONS, "ma_mo_hinh"),
    (SheetRole.MODELS, "sap_nhap_vao"),
)
"""Columns that may name a model of another unit."""


@check("K02")
def nil_without_models(case: Case) -> Iterator[Finding]:
    """K02: báo cáo Không phát sinh không có dòng B2, không chọn ô B2 và không có kỳ trước: chưa được tính."""
    models = SheetRole.MODELS
    if not case.nil or not case.has(models) or case.rows(models) or case.ticked(models):
        return
    if case.carried(models) is None or Stop(case.plan_then.sheet(models)) in case.past.stops:
        cover, tick = case.name(SheetRole.COVER), case.tick_key(models)
        where = Location(cell=case.tick_cell(models), sheet=cover, key=tick)
        yield case.say(Msg.NIL_NO_MODELS, where, ten=case.caption(cover, tick))


@check("K21")
def own_model_codes(case: Case) -> Iterator[Finding]:
    """K21: mã mô hình của chính đơn vị phải có ở biểu B2 kỳ này hoặc kỳ trước của đơn vị."""
    if not case.lists_models:
        return
    for role, key in _OWN:
        for row, value in case.cells(role, key):
            code = row.text(key)
            if code and code_key(code) not in case.own_codes:
                yield _unknown(case, row, key, value.text)


@check("K21")
def foreign_model_codes(case: Case) -> Iterator[Finding]:
    """K21: mã mô hình của đơn vị khác (B6, B7, sáp nhập vào): phần mã đơn vị phải có trong danh mục."""
    for role, key in _ANY:
        for row, value in case.cells(role, key):
            code = row.text(key)
            if not code or code_key(code) in case.own_codes:
                continue
            owner = unit_of_code(code)
            if owner is not None and case.unit is not None and owner in case.selves:
                if case.lists_models:
                    yield _unknown(case, row, key, value.text)
            elif owner is None or (case.register is not None and owner not in case.register.by_code):
                yield case.about(Msg.FOREIGN_MODEL, row, key, vi_du=model_code(case.code, 1))


def _unknown(case: Case, row: Row, key: str, code: str) -> Finding:
    known = [model.text("ma_mo_hinh") for model in case.models.values()]
    return case.about(Msg.UNKNOWN_MODEL, row, key, gan=nearest_code(code, known))


@check("K21", needs_register=True)
def listed_model_codes(case: Case) -> Iterator[Finding]:
    """K21: mã ở biểu B2 là mã của đơn vị (MH-<mã đơn vị>-<3 chữ số>), của đơn vị đã nhập vào hoặc đã chia tách ra."""
    if case.unit is None:
        return
    for row, _ in case.cells(SheetRole.MODELS, "ma_mo_hinh"):
        code = row.text("ma_mo_hinh")
        if code and code_key(code) not in case.past.codes and unit_of_code(code) not in case.forerunners:
            yield case.about(Msg.NOT_OWN_CODE, row, "ma_mo_hinh", don_vi=case.unit.code)
