"""Gate E4: the reviews of the model."""

from __future__ import annotations

from dvk_reports.awards.case import FAILED, LACKING, PASSED, Answer, Case
from dvk_reports.awards.records import Line
from dvk_reports.model.proposals import GateState
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.vietnamese.dates import show_date_prose


def reviewed(case: Case) -> Answer:
    """E4: the latest review of the model is of the round's year, and its class is high enough.

    Of a form of the district the highest class is asked while the rule book says so; else any but the lowest passes.
    What cannot be placed matters only where it could overturn the answer, as in the figures.
    """
    records = case.records
    if not case.entrant.model:
        return Answer(
            LACKING, "chưa rõ mã mô hình", (case.entrant.proof("ma_mo_hinh"),), "chưa rõ mô hình được đề nghị"
        )
    reviews = records.reviews(case.unit, case.entrant.model)
    said = {_class_state(case, line) for line in (reviews.latest, *reviews.perhaps)}
    proofs = tuple(line.proof("xep_loai") for line in (reviews.latest, *reviews.perhaps) if line is not None)
    state = said.pop() if len(said) == 1 else LACKING
    text = _review_in_words(case, reviews.latest)
    if state is LACKING:
        return Answer(
            LACKING, f"{text}; có ô đánh giá chưa đọc được hoặc chưa rõ", proofs, "kết quả đánh giá mô hình chưa rõ"
        )
    if state is FAILED and records.reviews_missed(case.unit, reviews.latest):
        unsure = "số liệu đánh giá mô hình trong năm chưa đủ"
        return Answer(LACKING, f"{text}; có quý trong năm chưa có số liệu đánh giá được dùng", proofs, unsure)
    return Answer(state, text, proofs, _review_told(case, reviews.latest))


def _class_state(case: Case, line: Line | None) -> GateState:
    day = line.day("ngay_danh_gia") if line is not None else None
    if line is None or (day is not None and day.year != case.records.round.year):
        return FAILED
    if day is None or not line.known("xep_loai"):
        return LACKING
    high, poor = line.says("xep_loai", LabelRole.HIGH), line.says("xep_loai", LabelRole.INEFFECTIVE)
    return PASSED if high or (not poor and not _asks_high(case)) else FAILED


def _asks_high(case: Case) -> bool:
    awards, day = case.records.plan.awards, case.records.day
    authority = awards.authority(case.entrant.candidate.form, day)
    of_district = authority is None or authority.cap_huyen
    return of_district and in_force("yeu_cau_hieu_qua_cao", awards.gia_tri.yeu_cau_hieu_qua_cao, day).gia_tri


def _review_told(case: Case, line: Line | None) -> str:
    """The same to the unit: without the code of the model."""
    return _review_in_words(case, line) if line is not None else "mô hình chưa được đánh giá"


def _review_in_words(case: Case, line: Line | None) -> str:
    year = case.records.round.year
    if line is None:
        return f"mô hình {case.entrant.candidate.model} chưa được đánh giá"
    day = line.day("ngay_danh_gia")
    when = show_date_prose(day) if day is not None else "chưa rõ"
    text = f"đánh giá gần nhất ngày {when}: {line.text('xep_loai') or 'chưa rõ xếp loại'}"
    if day is not None and day.year != year:
        return f"{text}; chưa được đánh giá trong năm {year}"
    short = _asks_high(case) and not line.says("xep_loai", LabelRole.HIGH)
    return f"{text} (cần {line.plan.label(LabelRole.HIGH)})" if short else text
