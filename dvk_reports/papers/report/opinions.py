"""The units' own words of B11 in a report: unchanged, with their source, the same words told once."""

from __future__ import annotations

from dvk_reports.model.records import Consolidation, UsedReturn
from dvk_reports.papers.report.periods import period_title
from dvk_reports.papers.report.wording import wanted
from dvk_reports.plan.periods import parse_period
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold

SHEET = "B11"
_NAMED = 10
"""Units that are named after one opinion; of more it says how many."""


def gathered(register: Register, data: Consolidation, key: str, what: str, most: int | None = None) -> list[str]:
    """The units' own words of one cell of B11, unchanged and with their source; the same words are told once.

    A text of several lines keeps them. Of more than ``most`` opinions those that most units share are told, in the
    order of the register, and the rest is counted. Where no unit has written anything: the mark to fill in, or
    nothing if ``what`` is "".
    """
    said: dict[str, tuple[str, list[UsedReturn]]] = {}
    for used in data.used:
        text = _words(used, key)
        if text:
            said.setdefault(fold(text), (text, []))[1].append(used)
    if not said:
        return [wanted(what)] if what else []
    told = _kept(list(said.values()), most)
    lines = [line for text, sources in told for line in _quote(text, _sources(register, data, sources))]
    left = len(said) - len(told)
    return [*lines, f"- Và {show_count(left)} ý kiến khác, xem biểu {SHEET} của sổ tổng hợp."] if left else lines


def _kept(said: list[tuple[str, list[UsedReturn]]], most: int | None) -> list[tuple[str, list[UsedReturn]]]:
    if most is None or len(said) <= most:
        return said
    by_weight = sorted(range(len(said)), key=lambda place: -len(said[place][1]))
    return [said[place] for place in sorted(by_weight[:most])]


def proposals(register: Register, data: Consolidation) -> list[str]:
    """Nobody must propose anything: where every unit heard is silent, that is the answer."""
    none = ["Các đơn vị đã báo cáo không nêu kiến nghị, đề xuất."] if data.used else []
    return gathered(register, data, "kien_nghi", "") or none or [wanted("kiến nghị, đề xuất")]


def _words(used: UsedReturn, key: str) -> str:
    rows = used.rows.get(SHEET, ())
    if not rows or not used.readable(SHEET) or used.stopped(rows[0], key):
        return ""
    return rows[0].text(key).strip()


def _sources(register: Register, data: Consolidation, said_by: list[UsedReturn]) -> list[str]:
    """Each unit once, with the quarters in which it said so where the report is on several."""
    quarters: dict[str, list[str]] = {}
    for used in said_by:
        own = quarters.setdefault(used.unit, [])
        if used.period != data.period:
            own.append(period_title(parse_period(used.period)))
    names = {code: unit.name if (unit := register.by_code.get(code)) else code for code in quarters}
    told = [", ".join([names[code], *own]) for code, own in quarters.items()]
    left = len(told) - _NAMED
    return [*told[:_NAMED], f"và {show_count(left)} đơn vị khác"] if left > 0 else told


def _quote(text: str, sources: list[str]) -> list[str]:
    lines = [line.strip() for line in text.replace("\t", " ").splitlines() if line.strip()]
    lines[0] = f"- “{lines[0]}"
    lines[-1] = f"{lines[-1]}” ({'; '.join(sources)})"
    return lines
