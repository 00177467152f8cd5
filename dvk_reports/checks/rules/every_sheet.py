"""Rules that look at every sheet alike: what is given, what is there, what is required, what the ticks say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dvk_reports.checks.context import Case, Listed, written
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.model.findings import Finding, Level, Stop
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import DUE, FieldSpec
from dvk_reports.plan.lookups import code_key
from dvk_reports.vietnamese.text import fold

LEFT_OVER = re.compile(r"\[\s*CẦN BỔ SUNG[^\]]*\]?", re.IGNORECASE)


@check("K02")
def required(case: Case) -> Iterator[Finding]:
    """K02: ô bắt buộc để trống. Trống không phải là 0, nên giá trị đó dừng lại."""
    cover, general = case.name(SheetRole.COVER), case.name(SheetRole.GENERAL)
    for sheet in case.given:
        fields = [field for field in case.plan.sheets[sheet].truong if field.bat_buoc]
        for row in case.rows(sheet):
            for field in fields:
                if not row.blank(field.khoa):
                    continue
                if sheet == cover and field.khoa in ("ma_don_vi", "ky"):
                    continue  # K01 has said it
                if sheet == general and case.nil:
                    yield from _blank_under_nil(case, row, field)
                    continue
                message = Msg.BLANK if field.numeric or field.kieu == "co_khong" else Msg.BLANK_TEXT
                yield case.about(message, row, field.khoa)


def _blank_under_nil(case: Case, row: Row, field: FieldSpec) -> Iterator[Finding]:
    """Under the nil word a blank flow is 0; a blank snapshot is carried from the last used return, if it is known."""
    carried = case.carried(SheetRole.GENERAL) or ()
    if field.bien == "S" and not any(case.past.sure(old, field.khoa) for old in carried):
        yield case.about(Msg.NIL_SNAPSHOT, row, field.khoa)


@check("T01", needs_register=True)
def sheets_present(case: Case) -> Iterator[Finding]:
    """T01: biểu đã giao nhưng tệp không có; K22 thay cho T01 khi biểu phải nộp và chưa chọn Không phát sinh.

    Phần đánh giá chung chỉ là lời, không vào chỉ tiêu nào, nên thiếu thì chỉ cảnh báo.
    """
    for sheet, duty in case.given.items():
        if sheet == case.name(SheetRole.COVER) or case.has(sheet):
            continue
        if duty == DUE and case.asked(sheet) and not case.ticked(sheet) and not case.nil:
            continue
        words = sheet == case.name(SheetRole.ASSESSMENT)
        yield case.say(
            Msg.SHEET_ABSENT,
            Location(file=case.form.file, sheet=sheet),
            bieu=sheet,
            level=Level.WARNING if words else None,
            stops=() if words else [Stop(sheet)],
        )


@check("T07", needs_register=True)
def not_given(case: Case) -> Iterator[Finding]:
    """T07: dòng ở biểu không giao cho đơn vị: giữ, không tính."""
    for name, sheet in case.form.sheets.items():
        spec = case.book.sheets.get(name)
        if name not in case.given and sheet.rows and spec is not None and spec.table:
            row = sheet.rows[0]
            at = next(iter(row.values.values())).at
            yield case.say(Msg.NOT_GIVEN, Location(cell=at, sheet=name, row=row.number), bieu=name)


@check("K22", needs_register=True)
def reported(case: Case) -> Iterator[Finding]:
    """K22: biểu phải nộp mà không có dòng và không chọn Không phát sinh: không biết là 0 hay quên, nên dừng biểu."""
    for sheet, duty in case.given.items():
        if duty != DUE or not case.asked(sheet) or case.rows(sheet) or case.ticked(sheet) or case.nil:
            continue
        if case.unread(sheet) or (sheet == case.name(SheetRole.REVIEWS) and not _may_have_active_model(case)):
            continue
        tick = case.tick_key(sheet)
        cover, cell = case.name(SheetRole.COVER), case.tick_cell(sheet)
        where = Location(cell=cell, sheet=cover, raw=written(case.cover, tick), key=tick)
        yield case.say(Msg.NOT_REPORTED, where, stops=[Stop(sheet)], bieu=sheet, ten=case.caption(cover, tick))


def _may_have_active_model(case: Case) -> bool:
    """A review is asked only of a unit with an active model; what could not be read may be one."""
    if not case.has(SheetRole.MODELS):
        return True
    rows = case.rows(SheetRole.MODELS)
    if not rows:
        return not case.ticked(SheetRole.MODELS)  # without rows only the tick says that there is no model
    return any(row.typed("trang_thai") is None or case.plays(row, "trang_thai", LabelRole.ACTIVE) for row in rows)


@check("K23")
def nil_against_rows(case: Case) -> Iterator[Finding]:
    """K23: chọn Không phát sinh nhưng biểu có dòng: các dòng được tính, chữ Không phát sinh không xóa được dòng nào."""
    models, hamlets = case.name(SheetRole.MODELS), case.name(SheetRole.HAMLETS)
    for sheet in case.given:
        rows = case.rows(sheet) if case.plan.sheets[sheet].table and sheet != hamlets else ()
        if not rows:
            continue
        tick = case.tick_key(sheet)
        if case.ticked(sheet):
            ten = case.caption(SheetRole.COVER, tick)
            yield _against_rows(case, Msg.TICK_AGAINST_ROWS, tick, bieu=sheet, ten=ten, so=len(rows))
        elif case.nil and not (sheet == models and _unchanged(case, rows)):
            key = tick if case.tick(sheet) is not None else "loai_bao_cao"
            yield _against_rows(case, Msg.NIL_AGAINST_ROWS, key, bieu=sheet, so=len(rows))


def _against_rows(case: Case, message: Message, key: str, **slots: Any) -> Finding:
    value = case.cover.values.get(key) if case.cover is not None else None
    at = value.at if value is not None else None
    cover = case.name(SheetRole.COVER)
    return case.say(
        message, Location(cell=at, file=case.form.file, sheet=cover, raw=written(case.cover, key), key=key), **slots
    )


def _unchanged(case: Case, rows: tuple[Row, ...]) -> bool:
    """Pre-printed models left as they were sent out."""
    for row in rows:
        old = case.past.models.get(code_key(row.text("ma_mo_hinh")))
        if old is None or not all(_as_printed(case, old, key, value) for key, value in row.values.items()):
            return False
    return True


def _as_printed(case: Case, old: Listed, key: str, value: Value) -> bool:
    """What stood there before; a stopped cell is printed blank, a thôn under its code of now."""
    before = written(old.row, key)
    if value.text == before or (value.blank and not old.sure(key)):
        return True
    return key == "ma_thon" and _hamlets_meant(case, value.text) == _hamlets_meant(case, before)


def _hamlets_meant(case: Case, text: str) -> set[str]:
    """The names of the thôn that a text names by code or by name, whichever day they are of."""
    names = {fold(hamlet.code): fold(hamlet.name) for hamlet in case.register.hamlets} if case.register else {}
    return {names.get(fold(part), fold(part)) for part in text.split(";")}


@check("K16")
def left_over(case: Case) -> Iterator[Finding]:
    """K16 (Cảnh báo): còn dấu [CẦN BỔ SUNG] của biểu mẫu trong ô chữ."""
    for sheet in case.given:
        for row in case.rows(sheet):
            for key in row.values if row.has_in_text("[") else ():
                found = LEFT_OVER.search(row.text(key))
                if found is not None:
                    yield case.about(Msg.LEFT_OVER, row, key, doan=found[0])
