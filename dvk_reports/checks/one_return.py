"""Rules on one return that the rule book cannot say as a typed entry: one function a rule, its reason beside it.

K01 – K06, K10, K11, K14 – K18, K20 – K26 of the reporting practice. What a cell holds (K03, K04, K20) is found while
it is read; rules on one row or sheet are entries of forms.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from dvk_reports.checks.context import Case
from dvk_reports.errors import PlanError
from dvk_reports.messages.returns import Msg, about, say
from dvk_reports.model.records import Cell, Finding, Level, Row, Stop, Value
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.book.rulebook import DUE, decimal_of
from dvk_reports.plan.lookups import (
    code_key,
    last_reviews,
    replication,
    unit_of_code,
)
from dvk_reports.plan.periods import ROMAN, Quarter
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_number, show_percent
from dvk_reports.vietnamese.text import fold, nearest, tidy

Check = Callable[[Case], Iterator[Finding]]


def identity(case: Case) -> Iterator[Finding]:
    """K01: đơn vị, kỳ, phiên bản biểu mẫu phải có thật và đúng ngày cuối kỳ; sai thì trả lại cả tệp."""
    bia = case.bia
    if bia is None:
        yield say(Msg.SHEET_ABSENT, file=case.form.file, sheet="BIA", bieu="BIA", refuses=True)
        return
    for key in ("ma_don_vi", "ky"):
        value = bia.values.get(key)
        if value is None or value.blank:
            at = value.at if value is not None else None
            yield say(
                Msg.BIA_BLANK,
                unit=case.code,
                at=at,
                file=case.form.file,
                sheet="BIA",
                key=key,
                refuses=True,
                ten=case.caption("BIA", key),
            )
    if case.form.period:
        yield from _period(case, bia)
    if case.register is not None and case.form.unit:
        yield from _unit(case, bia)


def _refuse(case: Case, message: Msg, row: Row, key: str, **slots: Any) -> Finding:
    value = row.values[key]
    return say(
        message,
        unit=case.code,
        at=value.at,
        sheet="BIA",
        raw=value.text,
        key=key,
        refuses=True,
        **slots,
    )


def _period(case: Case, bia: Row) -> Iterator[Finding]:
    try:
        quarter = Quarter.parse(case.form.period)
        inside = case.plan.first_quarter <= quarter <= case.plan.last_quarter
    except PlanError:
        inside = False
    if not inside:
        yield _refuse(case, Msg.UNKNOWN_PERIOD, bia, "ky")
        return
    version = case.plan.form_version(quarter.last_day).ma
    if case.form.form and tidy(case.form.form) != version:
        key = "ma_mau" if "ma_mau" in bia.values and not bia.values["ma_mau"].blank else "ky"
        finding = _refuse(case, Msg.WRONG_FORM, bia, key, ghi=case.form.form, ky=quarter.key, dung=version)
        yield finding


def _unit(case: Case, bia: Row) -> Iterator[Finding]:
    register = case.register
    assert register is not None
    if case.unit is None:
        close = nearest(case.form.unit, [unit.code for unit in register.units])
        gan = f" Có phải là {close}?" if close else ""
        yield _refuse(case, Msg.UNKNOWN_UNIT, bia, "ma_don_vi", gan=gan)
    elif not case.unit.valid(case.quarter.last_day):
        yield _refuse(case, Msg.UNIT_NOT_VALID, bia, "ma_don_vi", ky=case.quarter.key)


def required(case: Case) -> Iterator[Finding]:
    """K02: ô bắt buộc để trống. Trống không phải là 0, nên giá trị đó dừng lại."""
    for sheet in case.given:
        if sheet not in case.form.sheets:
            continue
        spec = case.plan.sheets[sheet]
        for row in case.rows(sheet):
            for field in spec.truong:
                value = row.values.get(field.khoa)
                if not field.bat_buoc or value is None or not value.blank:
                    continue
                if sheet == "BIA" and field.khoa in ("ma_don_vi", "ky"):
                    continue  # K01 has said it
                if sheet == "B1" and case.nil:
                    yield from _nil_blank(case, row, field.khoa)
                    continue
                message = Msg.BLANK if field.numeric or field.kieu == "co_khong" else Msg.BLANK_TEXT
                yield about(message, row, field.khoa, unit=case.code, ten=field.ten)


def _nil_blank(case: Case, row: Row, key: str) -> Iterator[Finding]:
    """Under the nil word a blank flow is 0; a blank snapshot is carried from the last used return, if there is one."""
    field = case.plan.sheets["B1"].fields[key]
    carried = [old.values[key] for old in case.past.carried("B1") or () if key in old.values]
    if field.bien == "S" and not any(value.typed is not None for value in carried):
        yield about(Msg.NIL_SNAPSHOT, row, key, unit=case.code, ten=field.ten)


def nil_without_plan(case: Case) -> Iterator[Finding]:
    """K02 (Cảnh báo): báo cáo Không phát sinh để trống cả ba ô kế hoạch và không có kỳ trước: chưa tính ở MT1.1."""
    row = case.key_values("B1")
    keys = ("so_ke_hoach", "ngay_ke_hoach", "ke_hoach_con_hieu_luc")
    if not case.nil or row is None or not all(key in row.values and row.values[key].blank for key in keys):
        return
    carried = [old.values[key] for old in case.past.carried("B1") or () for key in keys if key in old.values]
    if not any(value.typed is not None for value in carried):
        yield about(
            Msg.NIL_SNAPSHOT, row, "so_ke_hoach", unit=case.code, ten=case.caption("B1", "so_ke_hoach"), stop=False
        )


def nil_without_models(case: Case) -> Iterator[Finding]:
    """K02: báo cáo Không phát sinh không có dòng B2, không chọn ô B2 và không có kỳ trước: chưa được tính."""
    if not case.nil or "B2" not in case.form.sheets or case.rows("B2") or case.ticked("B2"):
        return
    if case.past.carried("B2") is not None:
        return
    at = _tick_cell(case, "B2")
    yield say(Msg.NIL_NO_MODELS, unit=case.code, at=at, sheet="BIA", key=case.plan.sheets["B2"].tick)


def general_assessment(case: Case) -> Iterator[Finding]:
    """K02 (Cảnh báo): quý II, quý IV biểu B11 phải có ít nhất một ô."""
    row = case.key_values("B11")
    if case.given.get("B11") == DUE and row is not None and all(value.blank for value in row.values.values()):
        yield about(Msg.NO_ASSESSMENT, row, next(iter(row.values)), unit=case.code, stop=False)


def replication_written(case: Case) -> Iterator[Finding]:
    """K02 (Cảnh báo): kiến nghị Nhân rộng thì phải có dòng ở biểu B3b."""
    if case.unread("B3b"):
        return
    written = {code_key(row.text("ma_mo_hinh")) for row in case.rows("B3b")}
    if not written <= case.own_codes:
        return  # a row there names no model of this unit, which is said: it may be the one that is missing
    for row in case.rows("B3"):
        code = row.text("ma_mo_hinh")
        unknown = code_key(code) not in case.own_codes
        if (
            row.text("kien_nghi") == case.plan.label(LabelRole.REPLICATE)
            and code
            and not unknown
            and code_key(code) not in written
        ):
            yield about(Msg.NO_REPLICATION, row, "kien_nghi", unit=case.code, ma=code)


def sheets_present(case: Case) -> Iterator[Finding]:
    """T01: biểu đã giao nhưng tệp không có; K22 thay cho T01 khi biểu phải nộp và chưa chọn Không phát sinh.

    Phần đánh giá chung (B11) chỉ là lời, không vào chỉ tiêu nào, nên thiếu thì chỉ cảnh báo.
    """
    for sheet, duty in case.given.items():
        if sheet == "BIA" or sheet in case.form.sheets:
            continue
        if duty == DUE and case.asked(sheet) and not case.ticked(sheet) and not case.nil:
            continue
        words = sheet == "B11"
        yield say(
            Msg.SHEET_ABSENT,
            unit=case.code,
            file=case.form.file,
            sheet=sheet,
            bieu=sheet,
            level=Level.WARNING if words else None,
            stops=() if words else [Stop(sheet)],
        )


def not_given(case: Case) -> Iterator[Finding]:
    """T07: dòng ở biểu không giao cho đơn vị: giữ, không tính."""
    for key, sheet in case.form.sheets.items():
        if key not in case.given and sheet.rows and case.plan.sheets[key].table:
            row = sheet.rows[0]
            at = next(iter(row.values.values())).at
            yield say(Msg.NOT_GIVEN, unit=case.code, at=at, sheet=key, row=row.number, bieu=key)


def reported(case: Case) -> Iterator[Finding]:
    """K22: biểu phải nộp mà không có dòng và không chọn Không phát sinh: không biết là 0 hay quên, nên dừng biểu."""
    for sheet, duty in case.given.items():
        if duty != DUE or not case.asked(sheet) or case.rows(sheet) or case.ticked(sheet) or case.nil:
            continue
        if case.unread(sheet) or (sheet == "B3" and not _may_have_active_model(case)):
            continue
        tick = case.plan.sheets[sheet].tick
        yield say(
            Msg.NOT_REPORTED,
            unit=case.code,
            at=_tick_cell(case, sheet),
            sheet="BIA",
            raw=_text_of(case.tick(sheet)),
            key=tick,
            stops=[Stop(sheet)],
            bieu=sheet,
            ten=case.caption("BIA", tick),
        )


def _may_have_active_model(case: Case) -> bool:
    if "B2" not in case.form.sheets:
        return True
    rows = case.rows("B2")
    if not rows:
        # Without rows only the tick says that there is no model.
        return not case.ticked("B2")
    states = [row.values.get("trang_thai") for row in rows]
    active = case.plan.labels_with(LabelRole.ACTIVE)
    return any(state is None or state.typed is None or state.typed in active for state in states)


def _tick_cell(case: Case, sheet: str) -> Cell | None:
    bia = case.bia
    if bia is None:
        return None
    tick = bia.values.get(case.plan.sheets[sheet].tick) or bia.values.get("loai_bao_cao")
    return tick.at if tick is not None else None


def _text_of(value: Value | None) -> str:
    return value.text if value is not None else ""


def nil_against_rows(case: Case) -> Iterator[Finding]:
    """K23: chọn Không phát sinh nhưng biểu có dòng: các dòng được tính, chữ Không phát sinh không xóa được dòng nào."""
    for sheet in case.given:
        spec = case.plan.sheets[sheet]
        rows = case.rows(sheet) if spec.table and sheet != "B4" else ()
        if not rows:
            continue
        if case.ticked(sheet):
            ten = case.caption("BIA", spec.tick)
            yield _against(case, Msg.TICK_AGAINST_ROWS, sheet, spec.tick, ten=ten, so=len(rows))
        elif case.nil and not (sheet == "B2" and _unchanged(case, rows)):
            key = spec.tick if case.tick(sheet) is not None else "loai_bao_cao"
            yield _against(case, Msg.NIL_AGAINST_ROWS, sheet, key, so=len(rows))


def _against(case: Case, message: Msg, sheet: str, key: str, **slots: Any) -> Finding:
    bia = case.bia
    value = bia.values.get(key) if bia is not None else None
    return say(
        message,
        unit=case.code,
        at=value.at if value is not None else None,
        file=case.form.file,
        sheet="BIA",
        raw=_text_of(value),
        key=key,
        bieu=sheet,
        **slots,
    )


def _unchanged(case: Case, rows: tuple[Row, ...]) -> bool:
    """Pre-printed rows left as they were sent out."""
    before = {code_key(row.text("ma_mo_hinh")): row for row in case.past.last.get("B2", ())}
    for row in rows:
        old = before.get(code_key(row.text("ma_mo_hinh")))
        if old is None or any(
            value.text != (old.values[key].text if key in old.values else "") for key, value in row.values.items()
        ):
            return False
    return True


def hamlets_listed(case: Case) -> Iterator[Finding]:
    """K10 (Cảnh báo): biểu B4 phải có đủ mọi thôn, tổ dân phố của danh mục."""
    if case.register is None or case.unit is None or "B4" not in case.given or "B4" not in case.form.sheets:
        return
    if case.unread("B4"):
        return
    written = {fold(value.text) for _, value in case.cells("B4", "ma_thon")}
    lacking = [
        hamlet
        for hamlet in case.register.hamlets_of(case.unit.code, case.quarter.last_day)
        if fold(hamlet.code) not in written
    ]
    if lacking:
        names = ", ".join(f"{hamlet.name} ({hamlet.code})" for hamlet in lacking)
        yield say(
            Msg.HAMLET_MISSING,
            unit=case.code,
            file=case.form.file,
            sheet="B4",
            so=show_number(Decimal(len(lacking))),
            ten_thon=names,
        )


def models_per_hamlet(case: Case) -> Iterator[Finding]:
    """K05 (Cảnh báo): số mô hình ghi tay ở biểu B4 khác số đếm từ biểu B2; chương trình luôn đếm lại."""
    if case.register is None or case.unit is None:
        return
    if not _lists_models(case):
        return
    day = case.quarter.last_day
    counted: dict[str, int] = {}
    for row in case.rows("B2"):
        if row.text("trang_thai") in case.plan.labels_with(LabelRole.ACTIVE):
            for hamlet in case.register.resolve_hamlets(case.unit.code, row.text("ma_thon"), day)[0]:
                counted[fold(hamlet.code)] = counted.get(fold(hamlet.code), 0) + 1
    for row in case.rows("B4"):
        typed = row.number_of("so_mo_hinh")
        count = counted.get(fold(row.text("ma_thon")), 0)
        if typed is not None and typed != count:
            yield about(
                Msg.COUNTER_DIFFERS,
                row,
                "so_mo_hinh",
                unit=case.code,
                ten=case.caption("B4", "so_mo_hinh"),
                cong=show_number(Decimal(count)),
            )


def decision_in_year(case: Case) -> Iterator[Finding]:
    """K11 (Cảnh báo): quyết định công nhận từ 16/10 năm trước đến 15/10 của năm xét (Kế hoạch, mục III.5)."""
    for row in case.rows("B9a"):
        day, year = row.day("ngay_qd"), row.number_of("nam_xet")
        if day is None or year is None or not 2000 <= year <= 2100:
            continue
        last_day = case.quarter.last_day
        first = case.plan.month_day("nam_cong_nhan_tu", last_day, int(year) - 1)
        last = case.plan.month_day("nam_cong_nhan_den", last_day, int(year))
        if not first <= day <= last:
            yield about(
                Msg.DECISION_OUTSIDE,
                row,
                "ngay_qd",
                unit=case.code,
                tu=show_date(first),
                den=show_date(last),
                nam=int(year),
            )


def all_recognised_and_high(case: Case) -> Iterator[Finding]:
    """K14 (Ghi chú): đăng ký bao nhiêu công nhận bấy nhiêu và tất cả Hiệu quả cao: nên xem lại việc đánh giá."""
    active = [
        code_key(row.text("ma_mo_hinh"))
        for row in case.rows("B2")
        if row.text("trang_thai") in case.plan.labels_with(LabelRole.ACTIVE)
    ]
    recognised = {code_key(row.text("ma_mo_hinh")) for row in case.rows("B9a") if row.text("ket_qua") == "Mô hình"}
    latest = last_reviews(case.plan, case.rows("B3"))
    if not active or not all(code and code in recognised and code in latest for code in active):
        return
    if all(row.text("xep_loai") in case.plan.labels_with(LabelRole.HIGH) for row in latest.values()):
        row = latest[active[0]]
        yield about(Msg.ALL_HIGH, row, "xep_loai", unit=case.code, so=show_number(Decimal(len(active))))


def survey_doubts(case: Case) -> Iterator[Finding]:
    """K15 (Ghi chú): hài lòng từ 99% trở lên, hoặc dưới 30 phiếu hợp lệ."""
    day = case.quarter.last_day
    high = decimal_of(case.plan.value("hai_long_cao_bat_thuong", day))
    least = decimal_of(case.plan.value("phieu_toi_thieu", day))
    for row in case.rows("B8"):
        valid = row.number_of("phieu_hop_le")
        if valid is not None and valid < least:
            yield about(Msg.SMALL_SAMPLE, row, "phieu_hop_le", unit=case.code, so=show_number(least))
        counts = [row.number_of(f"ch_{opinion}") for opinion in ("rat_hl", "hl", "bt", "khl", "rat_khl")]
        known = [count for count in counts if count is not None]
        total = sum(known, Decimal(0))
        if len(known) == len(counts) and total > 0 and (known[0] + known[1]) >= high * total:
            yield about(Msg.SATISFIED, row, "ch_rat_hl", unit=case.code, ty_le=show_percent(known[0] + known[1], total))


_LEFT_OVER = re.compile(r"\[\s*CẦN BỔ SUNG[^\]]*\]?", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?<!\w)quý\s+(?P<so>IV|III|II|I|[1-4])(?!\w)(?:\s*(?:/|năm|-)\s*(?P<nam>20\d\d))?", re.IGNORECASE
)
_MONTH = re.compile(r"(?<!\w)tháng\s+(?P<so>1[0-2]|0?[1-9])\s*(?:/|năm)\s*(?P<nam>20\d\d)", re.IGNORECASE)
_COMPARISON = re.compile(r"(?:so với|cùng kỳ|từ|kể từ|trước|kỳ trước|giai đoạn)\s*(?:của\s*)?$", re.IGNORECASE)


def stale_text(case: Case) -> Iterator[Finding]:
    """K16 (Cảnh báo): chữ của kỳ khác còn sót (nhắc quý, tháng khác), hoặc còn dấu [CẦN BỔ SUNG]."""
    for sheet in case.given:
        for row in case.rows(sheet):
            for key, value in row.values.items():
                text = value.typed if isinstance(value.typed, str) else ""
                left = _LEFT_OVER.search(text)
                if left is not None:
                    yield about(Msg.LEFT_OVER, row, key, unit=case.code, ten=case.caption(sheet, key), doan=left[0])
                elif sheet == "B11":
                    other = _other_period(text, case.quarter, key == "phuong_huong")
                    if other:
                        yield about(
                            Msg.STALE_TEXT,
                            row,
                            key,
                            unit=case.code,
                            ten=case.caption(sheet, key),
                            doan=other,
                            ky=case.quarter.title,
                        )


def _other_period(text: str, quarter: Quarter, ahead: bool) -> str:
    """The first mention of another period; plans may name coming ones, and a comparison may name any."""
    mentions = [(found, _quarter_of(found, quarter)) for found in _QUARTER.finditer(text)]
    mentions += [(found, Quarter(int(found["nam"]), (int(found["so"]) + 2) // 3)) for found in _MONTH.finditer(text)]
    for found, named in sorted(mentions, key=lambda mention: mention[0].start()):
        if named == quarter or (ahead and named > quarter) or _COMPARISON.search(text[: found.start()]):
            continue
        return tidy(found[0])
    return ""


def _quarter_of(found: re.Match[str], quarter: Quarter) -> Quarter:
    number = found["so"].upper()
    place = ROMAN.index(number) if number in ROMAN else int(number)
    if found["nam"]:
        return Quarter(int(found["nam"]), place)
    # Without a year the coming quarter I is next year's.
    year = quarter.year + 1 if quarter.number == 4 and place == 1 else quarter.year
    return Quarter(year, place)


def own_model_codes(case: Case) -> Iterator[Finding]:
    """K21: mã mô hình của chính đơn vị phải có ở biểu B2 kỳ này hoặc kỳ trước của đơn vị."""
    if not _lists_models(case):
        return
    own = case.own_codes
    for sheet, key in (
        ("B2", "tiep_noi_ma"),
        ("B3", "ma_mo_hinh"),
        ("B3b", "ma_mo_hinh"),
        ("B9a", "ma_mo_hinh"),
        ("B9b", "ma_mo_hinh"),
    ):
        for row, value in case.cells(sheet, key):
            code = row.text(key)
            if code and code_key(code) not in own:
                yield _unknown_model(case, row, key, value.text)


def _lists_models(case: Case) -> bool:
    """Whether the list of models is there to be looked up: where B2 is missing, unreadable or not reported, that is
    told (T01, T02, K22), and the codes of the other sheets are not called unknown as well.
    """
    if "B2" not in case.form.sheets or case.unread("B2"):
        return False
    return bool(case.rows("B2")) or case.ticked("B2") or case.nil


def _unknown_model(case: Case, row: Row, key: str, code: str) -> Finding:
    close = nearest(code, [model.text("ma_mo_hinh") for model in case.models.values()])
    gan = f" Có phải là {close}?" if close else ""
    return about(Msg.UNKNOWN_MODEL, row, key, unit=case.code, ten=case.caption(row.sheet, key), gan=gan)


def foreign_model_codes(case: Case) -> Iterator[Finding]:
    """K21: mã mô hình của đơn vị khác (B6, B7, sáp nhập vào): phần mã đơn vị phải có trong danh mục."""
    for sheet, key in (("B6", "ma_mo_hinh"), ("B7", "ma_mo_hinh"), ("B2", "sap_nhap_vao")):
        for row, value in case.cells(sheet, key):
            code = row.text(key)
            if not code or code_key(code) in case.own_codes:
                continue
            owner = unit_of_code(code)
            if owner is not None and case.unit is not None and owner in _selves(case):
                if _lists_models(case):
                    yield _unknown_model(case, row, key, value.text)
            elif owner is None or (case.register is not None and owner not in case.register.by_code):
                yield about(
                    Msg.FOREIGN_MODEL,
                    row,
                    key,
                    unit=case.code,
                    ten=case.caption(sheet, key),
                    vi_du=f"MH-{case.code}-001",
                )


def _selves(case: Case) -> tuple[str, ...]:
    """The unit and those merged into it: their codes live on."""
    assert case.unit is not None
    before = case.register.predecessors(case.unit.code) if case.register is not None else ()
    return (case.unit.code, *before)


def listed_model_codes(case: Case) -> Iterator[Finding]:
    """K21: mã ghi ở biểu B2 phải là mã của đơn vị (MH-<mã đơn vị>-<3 chữ số>), hoặc của đơn vị đã nhập vào."""
    if case.unit is None:
        return
    for row, _ in case.cells("B2", "ma_mo_hinh"):
        code = row.text("ma_mo_hinh")
        if code and code_key(code) not in case.past.codes and unit_of_code(code) not in _selves(case):
            yield about(
                Msg.NOT_OWN_CODE,
                row,
                "ma_mo_hinh",
                unit=case.code,
                ten=case.caption("B2", "ma_mo_hinh"),
                don_vi=case.unit.code,
            )


def hamlet_names(case: Case) -> Iterator[Finding]:
    """K21: thôn, tổ dân phố ghi ở B2, B4 phải khớp đúng một thôn của chính đơn vị."""
    if case.register is None or case.unit is None or not case.plan.has_hamlets(case.kind):
        return
    for sheet in ("B2", "B4"):
        for row, value in case.cells(sheet, "ma_thon"):
            if isinstance(value.typed, str):
                yield from _hamlets(case, row, "ma_thon", case.unit.code, case.unit.name)


def replicated_hamlets(case: Case) -> Iterator[Finding]:
    """K21: thôn nhân rộng phải là thôn của đơn vị nhân rộng. Nơi nhân rộng không có trong danh mục thì được phép."""
    if case.register is None:
        return
    for row in case.rows("B3b"):
        place = case.register.resolve_unit(row.text("noi_nhan_rong"), case.quarter.last_day)
        if place is not None and row.text("thon_nhan_rong"):
            yield from _hamlets(case, row, "thon_nhan_rong", place.code, place.name)


def _hamlets(case: Case, row: Row, key: str, unit: str, name: str) -> Iterator[Finding]:
    assert case.register is not None
    day = case.quarter.last_day
    _, bad = case.register.resolve_hamlets(unit, row.text(key), day)
    if bad:
        known = case.register.hamlets_of(unit, day)
        close = nearest(bad[0], [hamlet.name for hamlet in known])
        gan = f" Có phải là “{close}”?" if close else ""
        yield about(
            Msg.UNKNOWN_HAMLET,
            row,
            key,
            unit=case.code,
            ten=case.caption(row.sheet, key),
            doan="; ".join(bad),
            don_vi=name,
            gan=gan,
        )


_REPLICATION = ("ma_mo_hinh", "noi_nhan_rong", "thon_nhan_rong")


def replicated_at_home(case: Case) -> Iterator[Finding]:
    """K26 (Cảnh báo): nhân rộng ở chính đơn vị và chính thôn của mô hình thì không phải là nhân rộng."""
    if case.register is None or case.unit is None:
        return
    for row in case.rows("B3b"):
        if any(
            row.values[key].typed is None and not row.values[key].blank for key in _REPLICATION if key in row.values
        ):
            continue  # said where the cell could not be read
        told = replication(case.register, case.unit.code, row, case.models, case.quarter.last_day)
        _, bad = case.register.resolve_hamlets(case.unit.code, row.text("thon_nhan_rong"), case.quarter.last_day)
        if told is False and not bad:
            yield about(Msg.REPLICATED_AT_HOME, row, "noi_nhan_rong", unit=case.code, ma=row.text("ma_mo_hinh"))


def earlier_reviews(case: Case) -> Iterator[Finding]:
    """K24 (Cảnh báo): số đóng góp ở lần đánh giá không phải cuối cùng của quý thì không cộng."""
    latest = last_reviews(case.plan, case.rows("B3"))
    for row in case.rows("B3"):
        last = latest.get(code_key(row.text("ma_mo_hinh")))
        if last is None or last.number == row.number:
            continue
        for key in ("m2_dat", "ngay_cong", "tien_xhh", "km_duong"):
            if row.number_of(key):
                yield about(Msg.SECOND_REVIEW, row, key, unit=case.code, ma=row.text("ma_mo_hinh"), dong=last.number)
                break


def classes_of_the_district(case: Case) -> Iterator[Finding]:
    """T12 (Ghi chú): lớp do huyện mở trong báo cáo của xã, thị trấn chỉ để biết; huyện đã kê một lần."""
    if case.unit is None or not case.plan.has_hamlets(case.kind):
        return
    for row in case.rows("B5"):
        if row.text("cap_to_chuc") == "Huyện":
            yield about(Msg.ATTENDANCE_ONLY, row, "cap_to_chuc", unit=case.code)


def inspections_of_others(case: Case) -> Iterator[Finding]:
    """T12 (Ghi chú): cuộc kiểm tra do cấp khác chủ trì thì cấp đó kê."""
    if case.kind is None:
        return
    for row in case.rows("B7"):
        level = row.text("cap")
        if (level == "Ban Dân vận Huyện ủy" and case.kind != "BXD") or (
            level == "Đảng ủy xã, thị trấn" and case.kind not in ("DB_XA", "DB_TT")
        ):
            yield about(Msg.INSPECTED_ONLY, row, "cap", unit=case.code)


CHECKS: tuple[Check, ...] = (
    required,
    nil_without_plan,
    nil_without_models,
    general_assessment,
    replication_written,
    sheets_present,
    not_given,
    reported,
    nil_against_rows,
    hamlets_listed,
    models_per_hamlet,
    decision_in_year,
    all_recognised_and_high,
    survey_doubts,
    stale_text,
    own_model_codes,
    foreign_model_codes,
    listed_model_codes,
    hamlet_names,
    replicated_hamlets,
    replicated_at_home,
    earlier_reviews,
    classes_of_the_district,
    inspections_of_others,
)
NEED_REGISTER: tuple[Check, ...] = (
    sheets_present,
    not_given,
    reported,
    hamlets_listed,
    models_per_hamlet,
    listed_model_codes,
    hamlet_names,
    replicated_hamlets,
    replicated_at_home,
    classes_of_the_district,
    inspections_of_others,
)
"""Left out, and named, where there is no register."""
