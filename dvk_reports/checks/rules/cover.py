"""Rules on the cover (BIA): who reports, for which period, on which form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dvk_reports.checks.context import Case, nearest_code
from dvk_reports.errors import PlanError
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.vietnamese.text import fold, tidy


@check("K01", first=True)
def identity(case: Case) -> Iterator[Finding]:
    """K01: đơn vị, kỳ, phiên bản biểu mẫu phải có thật và đúng ngày cuối kỳ; sai thì trả lại cả tệp."""
    cover, sheet = case.cover, case.name(SheetRole.COVER)
    if cover is None:
        yield case.say(Msg.SHEET_ABSENT, Location(file=case.form.file, sheet=sheet), bieu=sheet, refuses=True)
        return
    for key in ("ma_don_vi", "ky"):
        value = cover.values.get(key)
        if value is None or value.blank:
            at = value.at if value is not None else None
            where = Location(cell=at, file=case.form.file, sheet=sheet, key=key)
            yield case.say(Msg.BIA_BLANK, where, refuses=True, ten=case.caption(sheet, key))
    if case.form.period:
        yield from _period(case, cover)
    if case.register is not None and case.form.unit:
        yield from _unit(case, cover)


def _period(case: Case, cover: Row) -> Iterator[Finding]:
    try:
        quarter = Quarter.parse(case.form.period)
        inside = case.plan.first_quarter <= quarter <= case.plan.last_quarter
    except PlanError:
        inside = False
    if not inside:
        yield _refused(case, Msg.UNKNOWN_PERIOD, cover, "ky", vi_du=case.quarter.key)
        return
    version = case.plan.form_version(quarter.last_day).ma
    if case.form.form and tidy(case.form.form) != version:
        key = "ma_mau" if "ma_mau" in cover.values and not cover.values["ma_mau"].blank else "ky"
        yield _refused(case, Msg.WRONG_FORM, cover, key, ghi=case.form.form, ky=quarter.key, dung=version)


def _unit(case: Case, cover: Row) -> Iterator[Finding]:
    if case.unit is None:
        known = [unit.code for unit in case.register.units] if case.register is not None else []
        yield _refused(case, Msg.UNKNOWN_UNIT, cover, "ma_don_vi", gan=nearest_code(case.form.unit, known))
    elif fold(cover.values["ma_don_vi"].text) != fold(case.unit.code):
        gan = f" Có phải là {case.unit.code} ({case.unit.name})?"
        yield _refused(case, Msg.UNKNOWN_UNIT, cover, "ma_don_vi", gan=gan)
    elif not case.unit.valid(case.quarter.last_day):
        yield _refused(case, Msg.UNIT_NOT_VALID, cover, "ma_don_vi", ky=case.quarter.key)


@check("K32", needs_register=True)
def outside_says_another(case: Case) -> Iterator[Finding]:
    """K32: đơn vị ghi trong biểu mẫu khác đơn vị mà tên tệp, thư mục hoặc địa chỉ người gửi nói tới."""
    form, unit = case.form, case.unit
    if case.register is None or unit is None or form.box or case.cover is None:
        return
    signs = case.register.signs.said(form.place, form.sender, case.quarter.last_day)
    said = [found for found in signs if found[2].code != unit.code]
    others = [f"{sign} “{text}” là của {other.name}" for sign, text, other in said]
    if others and "ma_don_vi" in case.cover.values:
        yield case.about(Msg.OTHER_UNIT, case.cover, "ma_don_vi", don_vi=unit.name, dau_hieu="; ".join(others))


def _refused(case: Case, message: Message, cover: Row, key: str, **slots: Any) -> Finding:
    value = cover.values[key]
    where = Location(cell=value.at, sheet=cover.sheet, raw=value.text, key=key)
    return case.say(message, where, refuses=True, **slots)
