"""Rules on a return against the unit's earlier used returns: K07, K08, K13, K33 and the late registrations of K11.

A model is laid beside its last listing, in whichever quarter that was; the general numbers beside the last used return,
which may be older than the quarter before. What was stopped or not understood then is not known, so nothing is
compared with it; a unit's first return has no past and meets none of these rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dvk_reports.checks.context import Case, Listed, counted_numbers, parts_of, written
from dvk_reports.checks.force import in_force
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import decimal_of
from dvk_reports.plan.lookups import code_key, unit_of_code
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import fold


@check("K07")
def state_changes(case: Case) -> Iterator[Finding]:
    """K07: trạng thái mô hình chỉ đi theo chiều cho phép; mô hình đã Dừng, Sáp nhập không ghi lại.

    Which state may follow which is said by the labels themselves (``sang`` in forms.yaml). Stops the cell of
    trang_thai: whether the model counts as active is in doubt.
    """
    for row in case.rows(SheetRole.MODELS):
        code, now = row.text("ma_mo_hinh"), row.text("trang_thai")
        if not now or not code:
            continue  # said where the cell was read
        ended = case.past.ended.get(code_key(code))
        if ended is not None:
            state, quarter = ended
            o_noi = case.caption(row.sheet, "tiep_noi_ma")
            yield case.about(Msg.ENDED_BEFORE, row, "trang_thai", ma=code, truoc=state, ky=quarter.title, o_noi=o_noi)
            continue
        before = case.past.models.get(code_key(code))
        if before is not None and before.sure("trang_thai"):
            then = before.row.text("trang_thai")
            allowed = _may_follow(case, then)
            if allowed is not None and now != then and now not in allowed:
                duoc, ky = ", ".join(allowed), before.quarter.title
                yield case.about(Msg.STATE_CHANGE, row, "trang_thai", ma=code, truoc=then, ky=ky, duoc=duoc)


def _may_follow(case: Case, state: str) -> Sequence[str] | None:
    """The states that may follow one; None where the rule book does not say, or no longer knows the state."""
    spec = case.plan.sheets[case.name(SheetRole.MODELS)].fields.get("trang_thai")
    labels = case.plan.forms.danh_sach.get(spec.danh_sach or "") if spec is not None else None
    found = next((label for label in labels.nhan if label.ten == state), None) if labels is not None else None
    return found.sang if found is not None else None


@check("K08")
def models_kept(case: Case) -> Iterator[Finding]:
    """K08: mô hình đã có ở báo cáo trước phải còn trong biểu B2, với đúng mã; mô hình đã Dừng, Sáp nhập thì thôi.

    Every earlier used return of the unit is looked at, not the last alone: a model is missed until it is listed or
    ended. A changed code (same name, same loai, on a row of another code) stops the cell of that code. A model that is
    gone has no row: its finding has no cell, and it stops the code of the first row, so that the unit's list of models
    counts as not known; where no row is left it stops the sheet. A blank, foreign or repeated code on a row of the same
    name has been told already (K02, K21, K24) and is not told again. Nothing is checked where the list itself is
    missing or unreadable; under the nil word the list that is carried is looked at.
    """
    rows = _list_of_now(case)
    if rows is None:
        return
    holders = _holders(case, rows)
    own = rows if case.tells_models else ()  # what is carried stands in the file of another quarter
    for key, old in case.past.missed.items():
        if key in holders:
            continue
        heir = next((row for row in own if _same_model(old, row) and holders.get(_key(row)) is not row), None)
        if heir is None:
            yield _gone(case, old)
        elif _code_is_sure(case, heir):
            ten, ky = heir.text("ten"), old.quarter.title
            yield case.about(Msg.CODE_CHANGED, heir, "ma_mo_hinh", ten=ten, ma=old.row.text("ma_mo_hinh"), ky=ky)


def _list_of_now(case: Case) -> tuple[Row, ...] | None:
    """The models that this return lists, or carries under the nil word; None where nothing is known of them."""
    if case.tells_models:
        return case.rows(SheetRole.MODELS)
    models = SheetRole.MODELS
    return case.carried(models) if case.nil and case.has(models) and not case.unread(models) else None


def _holders(case: Case, rows: Sequence[Row]) -> dict[str, Row]:
    """Key of a model that was listed before -> the row that lists it still.

    A row that bears another listed model's name while nothing bears that name under its own code is the other model: of
    two models that have changed their codes neither is listed.
    """
    of_code = {_key(row): row for row in reversed(rows) if _key(row)}
    before = case.past.models

    def named(key: str) -> bool:
        return key in of_code and _same_model(before[key], of_code[key])

    def of_another(key: str) -> bool:
        return any(
            other != key and _same_model(old, of_code[key]) and not named(other)
            for other, old in case.past.missed.items()
        )

    return {key: row for key, row in of_code.items() if key in before and (named(key) or not of_another(key))}


def _gone(case: Case, old: Listed) -> Finding:
    rows, sheet = case.rows(SheetRole.MODELS), case.name(SheetRole.MODELS)
    code = old.row.text("ma_mo_hinh")
    return case.say(
        Msg.MODEL_GONE,
        Location(file=case.form.file, sheet=sheet, key="ma_mo_hinh", subject=code),
        stops=[Stop(sheet, rows[0].number, "ma_mo_hinh") if rows else Stop(sheet)],
        ma=code,
        ten=written(old.row, "ten"),
        truoc=written(old.row, "trang_thai"),
        ky=old.quarter.title,
    )


def _key(row: Row) -> str:
    return code_key(row.text("ma_mo_hinh"))


def _same_model(old: Listed, new: Row) -> bool:
    name, kind = old.row.text("ten"), new.text("loai")
    return bool(name) and fold(name) == fold(new.text("ten")) and kind in ("", old.row.text("loai"))


def _code_is_sure(case: Case, row: Row) -> bool:
    """A code of the unit's own that stands on this row alone: whatever is wrong with another has been told."""
    repeated = sum(_key(other) == _key(row) for other in case.rows(SheetRole.MODELS)) > 1
    own = _key(row) in case.past.codes or unit_of_code(row.text("ma_mo_hinh")) in case.forerunners
    return bool(_key(row)) and own and not repeated


@check("K11")
def registered_late(case: Case) -> Iterator[Finding]:
    """K11 (Cảnh báo): mô hình đăng ký từ trước kỳ này mà kỳ trước chưa báo thì không tính là đăng ký mới (NV3.1).

    A code that any earlier return of the unit or of those merged into it has listed was counted then. Not told on a row
    whose code is in doubt by K08, nor on a day that K11 blocks.
    """
    then = case.plan_then.sheet(SheetRole.MODELS)
    if case.past.quarter is None or then not in case.past.last or Stop(then) in case.past.stops:
        return
    earliest = read_date(case.plan.value("ngay_dang_ky_som_nhat", case.quarter.last_day).gia_tri)
    changed = {finding.row for finding in models_kept(case) if finding.rule == Msg.CODE_CHANGED.name}
    for row in case.rows(SheetRole.MODELS):
        day, code = row.day("ngay_dk"), row.text("ma_mo_hinh")
        if day is None or not code or code_key(code) in case.past.codes or row.number in changed:
            continue
        if (earliest is None or earliest <= day) and day < case.window[0]:
            yield case.about(Msg.LISTED_LATE, row, "ngay_dk", ma=code, ky=_last_quarter(case))


@check("K13")
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
    for row, old, key, rises, ky in (*_general_numbers(case), *_numbers_of_models(case)):
        now, then = row.number_of(key), old.number_of(key)
        if now is None or then is None or then == 0 or abs(now - then) < least:
            continue
        grown, shrunk = now > times * then, times * now < then
        if shrunk or (grown and rises):
            yield case.about(Msg.OUTLIER, row, key, truoc=show_number(then), ky=ky, muc_doi=_change(grown, times))


def _change(grown: bool, times: Decimal) -> str:
    return f"tăng quá {show_number(times)} lần" if grown else f"còn dưới 1/{show_number(times)}"


@check("K33")
def unlike_last_year(case: Case) -> Iterator[Finding]:
    """K33 (Cảnh báo): số tăng quá 3 lần hoặc còn dưới 1/3 cùng quý năm trước, chênh lệch từ 5 trở lên, thì xem lại.

    The general numbers that K13 looks at, and no cell of which K13 asks already. The returns of the units merged into
    this one since then are added up; where one of them is not held, or was not sure of the number, nothing is compared.
    """
    day = case.quarter.last_day
    times, least = case.plan.limit("cung_ky_lan", day), case.plan.limit("cung_ky_it_nhat", day)
    row = case.answers(SheetRole.GENERAL)
    if row is None or times is None or least is None or not case.past.year_ago:
        return
    spec = case.plan.sheets[row.sheet]
    parts = parts_of(spec)
    for field in counted_numbers(spec):
        now, then = row.number_of(field.khoa), _year_ago(case, row.sheet, field.khoa)
        if now is None or not then or abs(now - then) < least:
            continue
        grown, shrunk = now > times * then, times * now < then
        if (shrunk or (grown and field.khoa not in parts)) and (row.sheet, field.khoa) not in _asked(case):
            yield case.about(
                Msg.UNLIKE_LAST_YEAR,
                row,
                field.khoa,
                truoc=show_number(then),
                ky=replace(case.quarter, year=case.quarter.year - 1).title,
                ai="các đơn vị nay đã nhập lại cộng chung " if len(case.past.year_ago) > 1 else "",
                muc_doi=_change(grown, times),
            )


def _asked(case: Case) -> set[tuple[str, str]]:
    """The cells of which K13 asks, as far as it is on."""
    return {(item.sheet, item.key) for item in in_force(case.plan, outliers(case), case.quarter.last_day)}


def _year_ago(case: Case, sheet: str, key: str) -> Decimal | None:
    """What the unit and those merged into it stated a year ago; None where one of them is not sure."""
    total = Decimal(0)
    for used in case.past.year_ago:
        rows = used.rows.get(sheet, ()) if used.readable(sheet) else ()
        number = rows[0].number_of(key) if rows and not used.stopped(rows[0], key) else None
        if number is None:
            return None
        total += number
    return total


def _general_numbers(case: Case) -> Iterator[tuple[Row, Row, str, bool, str]]:
    """(row now, row then, key, whether a rise is looked at, when that was) of the required numbers that were sure."""
    row, before = case.answers(SheetRole.GENERAL), case.known_before(SheetRole.GENERAL)
    if row is None or not before:
        return
    spec = case.plan.sheets[row.sheet]
    parts = parts_of(spec)
    for field in counted_numbers(spec):
        if case.past.sure(before[0], field.khoa):
            yield row, before[0], field.khoa, field.khoa not in parts, _last_quarter(case)


def _numbers_of_models(case: Case) -> Iterator[tuple[Row, Row, str, bool, str]]:
    """The same of every counted number of a model that was listed before."""
    for row in case.rows(SheetRole.MODELS):
        then = case.past.models.get(_key(row))
        for field in case.plan.sheets[row.sheet].truong if then is not None else ():
            if then is not None and field.numeric and field.bien == "S" and then.sure(field.khoa):
                yield row, then.row, field.khoa, True, then.quarter.title


def _last_quarter(case: Case) -> str:
    """“quý II năm 2023”, the quarter of the last used return."""
    return case.past.quarter.title if case.past.quarter is not None else "kỳ trước"
