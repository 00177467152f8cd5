"""Rules on the general assessment (B11): words alone, so they only warn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvk_reports.checks.context import Case
from dvk_reports.checks.rules.every_sheet import LEFT_OVER
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import ROMAN, Quarter
from dvk_reports.plan.book.registry import check
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import DUE
from dvk_reports.vietnamese.text import tidy
from dvk_reports.vietnamese.words import in_words

_QUARTER = re.compile(
    r"(?<!\w)quý\s+(?P<so>IV|III|II|I|[1-4])(?!\w)(?:\s*(?:/|năm|-)\s*(?P<nam>20\d\d))?", re.IGNORECASE
)
_MONTH = re.compile(r"(?<!\w)tháng\s+(?P<so>1[0-2]|0?[1-9])\s*(?:/|năm)\s*(?P<nam>20\d\d)", re.IGNORECASE)
_COMPARISON = re.compile(r"(?:so với|cùng kỳ|từ|kể từ|trước|kỳ trước|giai đoạn)\s*(?:của\s*)?$", re.IGNORECASE)


@check("K02")
def general_assessment(case: Case) -> Iterator[Finding]:
    """K02 (Cảnh báo): kỳ phải có phần đánh giá chung thì biểu B11 phải có ít nhất một ô."""
    row = case.answers(SheetRole.ASSESSMENT)
    due = case.given.get(case.name(SheetRole.ASSESSMENT)) == DUE
    if due and row is not None and all(value.blank for value in row.values.values()):
        yield case.about(Msg.NO_ASSESSMENT, row, next(iter(row.values)), stop=False, so=in_words(len(row.values)))


@check("K16")
def stale_text(case: Case) -> Iterator[Finding]:
    """K16 (Cảnh báo): chữ của kỳ khác còn sót trong phần đánh giá chung (nhắc quý, tháng khác)."""
    for row in case.rows(SheetRole.ASSESSMENT):
        for key in row.values:
            text = row.text(key)
            other = _other_period(text, case.quarter, ahead=key == "phuong_huong")
            if other and not LEFT_OVER.search(text):  # a text still to be completed is told as that
                yield case.about(Msg.STALE_TEXT, row, key, doan=other, ky=case.quarter.title)


def _other_period(text: str, quarter: Quarter, *, ahead: bool) -> str:
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
