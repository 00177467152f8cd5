"""Rules on a return against the unit's last used return: K07, K08, K13 and the late registrations of K11.

What was stopped or not understood in the last return is not known, so nothing is compared with it; a unit's first
return has no past and meets none of these rules. “Last used” may be older than the quarter before: a unit that was
silent for a quarter is compared with what it last said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dvk_reports.checks.context import Case
from dvk_reports.checks.one_return import Check
from dvk_reports.messages.returns import Msg, about, say
from dvk_reports.model.records import Finding, Row, Stop
from dvk_reports.plan.book.rulebook import AtMost, decimal_of
from dvk_reports.plan.lookups import code_key, unit_of_code
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import fold

ENDED = ("Dừng", "Sáp nhập")
NEXT_STATES: Mapping[str, tuple[str, ...]] = {
    "Đăng ký": ("Đang thực hiện", "Duy trì", "Tạm dừng", *ENDED),
    "Đang thực hiện": ("Duy trì", "Tạm dừng", *ENDED),
    "Duy trì": ("Tạm dừng", *ENDED),
    "Tạm dừng": ("Đang thực hiện", "Duy trì", *ENDED),
}
"""Trạng thái that may follow (rule of B2.trang_thai; several steps forward in one quarter); an ended model has none."""


def state_changes(case: Case) -> Iterator[Finding]:
    """K07: trạng thái mô hình chỉ đi theo chiều cho phép; mô hình đã Dừng, Sáp nhập không ghi lại.

    Stops the cell of trang_thai: whether the model counts as active is in doubt.
    """
    before = {code_key(row.text("ma_mo_hinh")): row for row in _sure_models(case, "trang_thai")}
    for row in case.rows("B2"):
        key, now = code_key(row.text("ma_mo_hinh")), row.text("trang_thai")
        ended = case.past.ended.get(key)
        if not now or not key:
            continue  # said where the cell was read
        if ended is not None:
            state, quarter = ended
            yield about(
                Msg.ENDED_BEFORE,
                row,
                "trang_thai",
                unit=case.code,
                ma=row.text("ma_mo_hinh"),
                truoc=state,
                ky=quarter.title,
            )
        elif key in before:
            then = before[key].text("trang_thai")
            allowed = NEXT_STATES.get(then, ())
            if now != then and now not in allowed:
                yield about(
                    Msg.STATE_CHANGE,
                    row,
                    "trang_thai",
                    unit=case.code,
                    ma=row.text("ma_mo_hinh"),
                    truoc=then,
                    ky=_then(case),
                    duoc=", ".join(allowed),
                )


def models_kept(case: Case) -> Iterator[Finding]:
    """K08: mô hình của kỳ trước phải còn trong biểu B2, với đúng mã của nó; mô hình đã Dừng, Sáp nhập thì thôi.

    A changed code (same name, same loai, a code never seen before) stops the cell of the new code. A model that is gone
    has no row: its finding has no cell, and it stops the code of the first row, so that the unit's list of models
    counts as not known; where no row is left it stops the sheet. A blank, foreign or repeated code on a row of the same
    name has been told already (K02, K21, K24) and is not told again. Nothing is checked where the list itself is
    missing or unreadable, or where the nil word carries it.
    """
    if not _listed(case):
        return
    rows = case.rows("B2")
    here = {code_key(row.text("ma_mo_hinh")) for row in rows}
    for old in _sure_models(case, "trang_thai"):
        code = old.text("ma_mo_hinh")
        if old.text("trang_thai") in ENDED or code_key(code) in here:
            continue
        heir = next((row for row in rows if _same_model(old, row) and not _listed_before(case, row)), None)
        if heir is None:
            yield _gone(case, old)
        elif _code_is_new(case, heir):
            yield about(
                Msg.CODE_CHANGED,
                heir,
                "ma_mo_hinh",
                unit=case.code,
                ten=heir.text("ten"),
                ma=code,
                ky=_then(case),
            )


def _listed(case: Case) -> bool:
    """Whether this return says which models the unit has."""
    if "B2" not in case.given or "B2" not in case.form.sheets or case.unread("B2"):
        return False
    return bool(case.rows("B2")) or case.ticked("B2")


def _gone(case: Case, old: Row) -> Finding:
    rows = case.rows("B2")
    code = old.text("ma_mo_hinh")
    finding = say(
        Msg.MODEL_GONE,
        unit=case.code,
        file=case.form.file,
        sheet="B2",
        key="ma_mo_hinh",
        stops=[Stop("B2", rows[0].number, "ma_mo_hinh") if rows else Stop("B2")],
        ma=code,
        ten=old.values["ten"].text,
        truoc=old.text("trang_thai"),
        ky=_then(case),
    )
    return replace(finding, subject=code)


def _same_model(old: Row, new: Row) -> bool:
    kind = new.text("loai")
    return bool(old.text("ten")) and fold(old.text("ten")) == fold(new.text("ten")) and kind in ("", old.text("loai"))


def _listed_before(case: Case, row: Row) -> bool:
    """The row is another model that was listed before and only bears the same name."""
    key = code_key(row.text("ma_mo_hinh"))
    return bool(key) and key in case.past.codes and not _repeated(case, key)


def _code_is_new(case: Case, row: Row) -> bool:
    """A code of the unit's own that stands on this row for the first time."""
    code = row.text("ma_mo_hinh")
    known = code_key(code) in case.past.codes or _repeated(case, code_key(code))
    return unit_of_code(code) is not None and unit_of_code(code) in _selves(case) and not known


def _repeated(case: Case, key: str) -> bool:
    return sum(code_key(row.text("ma_mo_hinh")) == key for row in case.rows("B2")) > 1


def _selves(case: Case) -> tuple[str, ...]:
    before = case.register.predecessors(case.code) if case.register is not None else ()
    return (case.code, *before)


def registered_late(case: Case) -> Iterator[Finding]:
    """K11 (Cảnh báo): mô hình đăng ký từ trước kỳ này mà kỳ trước chưa báo thì không tính là đăng ký mới (NV3.1).

    A code that any earlier return of the unit or of those merged into it has listed was counted then. Not told on a row
    whose code is in doubt by K08, nor on a day that K11 blocks.
    """
    if case.past.quarter is None or "B2" not in case.past.last or Stop("B2") in case.past.stops:
        return
    earliest = read_date(case.plan.value("ngay_dang_ky_som_nhat", case.quarter.last_day).gia_tri)
    changed = {finding.row for finding in models_kept(case) if finding.rule == Msg.CODE_CHANGED.name}
    for row in case.rows("B2"):
        day, code = row.day("ngay_dk"), row.text("ma_mo_hinh")
        if day is None or not code or code_key(code) in case.past.codes or row.number in changed:
            continue
        if (earliest is None or earliest <= day) and day < case.window[0]:
            yield about(Msg.LISTED_LATE, row, "ngay_dk", unit=case.code, ma=code, ky=_then(case))


def outliers(case: Case) -> Iterator[Finding]:
    """K13 (Cảnh báo): số tăng quá 3 lần hoặc còn dưới 1/3 kỳ trước, chênh lệch từ 5 trở lên, thì xem lại.

    Looked at: the required numbers of B1, snapshots and flows alike (a district total is wrong by a whole unit when one
    zero too many is typed in either), and the households and people of each model (B2). Not looked at: optional head
    counts of B1, which follow the number of meetings; rises of a part towards its whole (branches and members already
    reached), which is what the plan wants and K06 limits; anything that was 0 or blank before, as there is no ratio.
    """
    day = case.quarter.last_day
    times = decimal_of(case.plan.value("doi_bat_thuong_lan", day))
    least = decimal_of(case.plan.value("doi_bat_thuong_it_nhat", day))
    for row, old, key, rises in _compared(case):
        now, then = row.number_of(key), old.number_of(key)
        if now is None or then is None or then == 0 or abs(now - then) < least:
            continue
        grown, shrunk = now > times * then, times * now < then
        if shrunk or (grown and rises):
            yield about(
                Msg.OUTLIER,
                row,
                key,
                unit=case.code,
                ten=case.caption(row.sheet, key),
                truoc=show_number(then),
                ky=_then(case),
                muc_doi=f"tăng quá {show_number(times)} lần" if grown else f"còn dưới 1/{show_number(times)}",
            )


def _compared(case: Case) -> Iterator[tuple[Row, Row, str, bool]]:
    """(row now, row then, key, whether a rise is looked at) of every number that is compared."""
    spec = case.plan.sheets["B1"]
    parts = {rule.phan for rule in spec.luat if isinstance(rule, AtMost)}
    row, before = case.key_values("B1"), case.past.known("B1")
    if row is not None and before:
        for field in spec.truong:
            if field.numeric and field.bat_buoc and case.past.sure(before[0], field.khoa):
                yield row, before[0], field.khoa, field.khoa not in parts
    old = {code_key(item.text("ma_mo_hinh")): item for item in _sure_models(case)}
    counts = [field.khoa for field in case.plan.sheets["B2"].truong if field.numeric and field.bien == "S"]
    for model in case.rows("B2"):
        then = old.get(code_key(model.text("ma_mo_hinh")))
        for key in counts if then is not None else ():
            if then is not None and case.past.sure(then, key):
                yield model, then, key, True


def _sure_models(case: Case, *keys: str) -> Iterator[Row]:
    """Models of the last used return whose code, and whose cells named, were known."""
    for row in case.past.known("B2"):
        if all(case.past.sure(row, key) for key in ("ma_mo_hinh", *keys)):
            yield row


def _then(case: Case) -> str:
    """“quý II năm 2023”, the quarter of the last used return."""
    return case.past.quarter.title if case.past.quarter is not None else "kỳ trước"


HISTORY: tuple[Check, ...] = (state_changes, models_kept, registered_late, outliers)
