"""“Duy trì liên tục từ 02 năm trở lên”, by the reading in force.

A  consecutive award years with a recognition, ending in the year of the round. While nothing of that year is in the
   returns read (its decision is announced on 15/10), the year counts as one, “chờ quyết định”, if the latest review of
   the proposed model is of that year and proposes that it goes on; else the streak that ends in that year is 0.
B  full years from the first recognition to the first day of the round's month: 24 months are two.
C  full years for which the model has been active without a stop up to that day, whatever the recognition; it begins
   with ngay_bd, or ngay_dk where that is blank, and begins anew after a quarter in which it was not active.

A streak that falls short is known to do so only where nothing unread could fill it: a return that is not used, a
stopped sheet, a stopped cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dvk_reports.awards.candidates import Entrant, Identities
from dvk_reports.awards.records import Line, Records
from dvk_reports.model.periods import Quarter
from dvk_reports.model.proposals import Proof, Year
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import DUE
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.people import FAMILY, PERSON, Mention, role_of, streak, whole_years
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.text import fold


@dataclass(frozen=True)
class Continuity:
    """How long a subject has kept on."""

    years: tuple[Year, ...]
    """The years counted, oldest first."""
    lines: Mapping[int, Line]
    """Year -> the recognition it was taken from; a pending year has none."""
    length: int
    sure: bool
    """False where something unread could make it longer, so that falling short is not known."""
    text: str
    """The same in words."""
    proofs: tuple[Proof, ...] = ()


def continuity(records: Records, people: Identities, entrant: Entrant) -> Continuity:
    """How long the subject of a proposal has kept on, by the reading in force."""
    if records.reading == "C":
        return _by_model(records, entrant)
    subject = people.subject(entrant)
    if subject is None or (subject.role is PERSON and entrant.candidate.birth is None):
        return Continuity((), {}, 0, False, "chưa rõ người, tập thể được đề nghị là ai (tên, phân loại hoặc ngày sinh)")
    rows = _best_rows(records, people, subject.mentions)
    if records.reading == "B":
        return _since_first(records, entrant, rows, subject.first_decision)
    return _consecutive(records, entrant, rows)


def on_time(records: Records, line: Line, year: int) -> bool | None:
    """Whether the decision of a year is whole and of its time (gate E2); None where it cannot be told."""
    if not all(line.known(key) for key in ("so_qd", "ngay_qd", "co_quan_qd")):
        return None
    day = line.day("ngay_qd")
    return day is not None and day <= last_day(records, year)


def last_day(records: Records, year: int) -> date:
    """The last day of the recognition window of a year, with the tolerance."""
    tolerance = in_force("dung_sai_ngay_cong_bo", records.plan.awards.gia_tri.dung_sai_ngay_cong_bo, records.day)
    return records.plan.month_day("nam_cong_nhan_den", records.day, year) + timedelta(days=tolerance.gia_tri)


def _best_rows(records: Records, people: Identities, mentions: tuple[Mention, ...]) -> dict[int, Line]:
    """Year -> one recognition: of several for a year the one whose decision stands best, then the earliest read."""
    found: dict[int, Line] = {}
    for item in mentions:
        line = people.recognitions.get(item.place)
        if line is None or item.year is None:
            continue
        old = found.get(item.year)
        if old is None or _worth(records, line, item.year) > _worth(records, old, item.year):
            found[item.year] = line
    return found


def _worth(records: Records, line: Line, year: int) -> int:
    return {True: 2, None: 1, False: 0}[on_time(records, line, year)]


# --- reading A ------------------------------------------------------------------------------------------------------


def _consecutive(records: Records, entrant: Entrant, rows: dict[int, Line]) -> Continuity:
    now = records.round.year
    years = set(rows)
    pending: Line | None = None
    open_year = False
    """Whether the year of the round may yet count: something of it is not read."""
    if now not in years:
        pending, unsure = _review_to_go_on(records, entrant)
        if pending is not None:
            years.add(now)
        open_year = unsure or (pending is None and _unread(records, entrant, now))
    length = streak(years, now)
    counted = range(now - length + 1, now + 1)
    found = [rows[year].year(year) for year in counted if year in rows]
    proofs = [year.proof for year in found]
    if pending is not None:
        found.append(Year(now, "", None, "", entrant.candidate.model, pending.proof("kien_nghi"), pending=True))
        proofs.append(pending.proof("kien_nghi"))
    lacking = [year for year in range(now - records.least_years + 1, now + 1) if year not in years]
    sure = any(not (open_year if year == now else _unread(records, entrant, year)) for year in lacking)
    text = _in_words(records, years, pending, length, open_year=open_year)
    lines = {year: rows[year] for year in counted if year in rows}
    return Continuity(tuple(found), lines, length, sure, text, tuple(proofs))


def _in_words(records: Records, years: set[int], pending: Line | None, length: int, *, open_year: bool) -> str:
    now = records.round.year
    text = f"{length:02d} năm liên tục đến năm {now}" if length else f"năm {now} chưa được tính"
    if pending is not None:
        text += f" (năm {now} chờ quyết định, đánh giá kiến nghị {pending.text('kien_nghi')})"
    elif open_year:
        text += ": chưa thấy quyết định công nhận, chưa rõ lần đánh giá gần nhất của năm kiến nghị gì"
    elif now not in years:
        wanted = " hoặc ".join(records.plan.labels_with(LabelRole.GO_ON))
        text += f": chưa có quyết định công nhận và lần đánh giá gần nhất của năm không kiến nghị {wanted}"
    gap = max((year for year in range(min(years, default=now), now) if year not in years), default=None)
    return text if gap is None else f"{text}; gián đoạn năm {gap}"


def _review_to_go_on(records: Records, entrant: Entrant) -> tuple[Line | None, bool]:
    """(the latest review where it is of the year and proposes to go on, whether that is not known)."""
    if not entrant.model:
        return None, True
    reviews = records.reviews(entrant.line.unit, entrant.model)

    def answer(line: Line | None) -> bool | None:
        """None: not known."""
        if line is None:
            return False
        day = line.day("ngay_danh_gia")
        if line.used.stopped(line.row, "kien_nghi") or day is None:
            return None
        return day.year == records.round.year and line.says("kien_nghi", LabelRole.GO_ON)

    answers = {answer(line) for line in (reviews.latest, *reviews.perhaps)}
    if answers == {True}:
        return reviews.latest, False
    return None, answers != {False} or records.reviews_missed(entrant.line.unit, reviews.latest)


def _unread(records: Records, entrant: Entrant, year: int) -> bool:
    """Whether a recognition of the year may stand where it was not read.

    A year is read where the workspace holds every quarter of it in which the sheet is due and, of all in which it is
    given, every return of the line is used. Of the year of the round, which is pending, nothing is due yet.
    """
    units = records.line(entrant.line.unit)
    due = {
        quarter
        for quarter in (Quarter(year, number) for number in (1, 2, 3, 4))
        if records.plan.first_quarter <= quarter
        and quarter.last_day < records.day
        and any(records.duty(SheetRole.RECOGNITIONS, unit, quarter) == DUE for unit in units)
    }
    of_year = tuple(quarter for quarter in records.quarters if quarter.year == year)
    if not due <= set(of_year) or records.lost(SheetRole.RECOGNITIONS, units, of_year):
        return True
    return any(_may_be(line, entrant, year) for line in records.rows(SheetRole.RECOGNITIONS, units))


def _may_be(line: Line, entrant: Entrant, year: int) -> bool:
    """Whether a row whose name, class or year is not known may be this subject's of that year."""
    if all(line.known(key) for key in ("loai", "ten", "nam_xet")):
        return False
    number = line.row.number_of("nam_xet")
    return not (
        (line.known("nam_xet") and number != year)
        or (line.known("ten") and fold(line.text("ten")) != fold(entrant.candidate.name))
        # Of a family the recognitions stand under another class where there is none of its own.
        or (
            entrant.role is not FAMILY
            and line.known("loai")
            and role_of(line.plan, line.text("loai")) is not entrant.role
        )
    )


# --- readings B and C -----------------------------------------------------------------------------------------------


def _since_first(records: Records, entrant: Entrant, rows: dict[int, Line], first: date | None) -> Continuity:
    length = max(0, whole_years(first, records.day)) if first is not None else 0
    years = tuple(rows[year].year(year) for year in sorted(rows))
    proofs = tuple(year.proof for year in years)
    past = range(records.plan.first_quarter.year, records.round.year)
    sure = all(line.known("ngay_qd") for line in rows.values()) and not any(
        _unread(records, entrant, year) for year in past if year not in rows
    )
    if first is None:
        return Continuity(years, rows, 0, sure, "chưa thấy quyết định công nhận nào có ngày", proofs)
    text = (
        f"quyết định công nhận đầu tiên ngày {show_date_prose(first)}, đến {show_date_prose(records.day)} được "
        f"{length:02d} năm đủ"
    )
    return Continuity(years, rows, length, sure, text, proofs)


def _by_model(records: Records, entrant: Entrant) -> Continuity:
    """Reading C: nothing of it rests on recognitions."""
    if not entrant.model:
        return Continuity((), {}, 0, False, "chưa rõ mã mô hình")
    since: date | None = None
    last: Line | None = None
    stood_still = unsure = False
    for line in records.rows(SheetRole.MODELS, records.line(entrant.line.unit)):
        if not line.known("ma_mo_hinh") or code_key(line.text("ma_mo_hinh")) != entrant.model:
            continue
        last = line
        if not line.text("trang_thai"):
            unsure = True
        elif not line.says("trang_thai", LabelRole.ACTIVE):
            since, stood_still = None, stood_still or not line.says("trang_thai", LabelRole.REGISTERED)
        elif since is None:
            began = line.day("ngay_bd") or line.day("ngay_dk")
            since = (line.day("ngay_tt") or line.quarter.first_day) if stood_still else began
            unsure = unsure or since is None
    if last is None:
        sure = not records.models_unsure(entrant.line.unit)
        return Continuity((), {}, 0, sure, f"không thấy mô hình trong biểu {records.name_of(SheetRole.MODELS)}")
    proofs = (last.proof("trang_thai"),)
    if since is None:
        state = last.text("trang_thai") or "chưa rõ"
        return Continuity((), {}, 0, not unsure, f"mô hình ở trạng thái {state}", proofs)
    length = max(0, whole_years(since, records.day))
    text = f"mô hình hoạt động từ {show_date_prose(since)}, đến {show_date_prose(records.day)} được {length:02d} năm đủ"
    return Continuity((), {}, length, not unsure, text, proofs)
