"""The units' own words on their work in a report: unchanged, with their source, the same words once."""

from __future__ import annotations

from dvk_reports.messages.marks import wanted
from dvk_reports.model.periods import parse_period
from dvk_reports.model.returns import UsedReturn
from dvk_reports.papers.report.basis import Basis
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold

_NAMED = 10
"""Units that are named after one quotation; the rest is counted."""


def quotations(basis: Basis, key: str, what: str, most: int | None = None) -> list[str]:
    """The units' own words in one cell of the assessment, unchanged and with their source.

    A text of several lines keeps them. Of more than ``most`` quotations those that most units share are quoted, in the
    order of the register, and the rest is counted. Where no unit has written anything: the mark to fill in, or
    nothing if ``what`` is "".
    """
    sheet = basis.plan.sheet(SheetRole.ASSESSMENT)
    found: dict[str, tuple[str, list[UsedReturn]]] = {}
    for used in basis.data.used:
        text = _words(used, sheet, key)
        if text:
            found.setdefault(fold(text), (text, []))[1].append(used)
    if not found:
        return [wanted(what)] if what else []
    quoted = _shared_by_most(list(found.values()), most)
    lines = [line for text, used in quoted for line in _quote(text, _sources(basis, used))]
    left = len(found) - len(quoted)
    return [*lines, f"- Và {show_count(left)} ý kiến khác, xem biểu {sheet} của sổ tổng hợp."] if left else lines


def _shared_by_most(found: list[tuple[str, list[UsedReturn]]], most: int | None) -> list[tuple[str, list[UsedReturn]]]:
    if most is None or len(found) <= most:
        return found
    by_weight = sorted(range(len(found)), key=lambda place: -len(found[place][1]))
    return [found[place] for place in sorted(by_weight[:most])]


def proposals(basis: Basis) -> list[str]:
    """Nobody must propose anything: where every unit heard is silent, that is the answer."""
    none = ["Các đơn vị đã báo cáo không nêu kiến nghị, đề xuất."] if basis.data.used else []
    return quotations(basis, "kien_nghi", "") or none or [wanted("kiến nghị, đề xuất")]


def _words(used: UsedReturn, sheet: str, key: str) -> str:
    rows = used.rows.get(sheet, ())
    if not rows or not used.readable(sheet) or used.stopped(rows[0], key):
        return ""
    return rows[0].text(key).strip()


def _sources(basis: Basis, of: list[UsedReturn]) -> list[str]:
    """Each unit once, with the quarters in which it wrote so where the report is on several."""
    quarters: dict[str, list[str]] = {}
    for used in of:
        own = quarters.setdefault(used.unit, [])
        if used.period != basis.period.key:
            own.append(parse_period(used.period).title)
    named = [", ".join([basis.name_of(code), *own]) for code, own in quarters.items()]
    left = len(named) - _NAMED
    return [*named[:_NAMED], f"và {show_count(left)} đơn vị khác"] if left > 0 else named


def _quote(text: str, sources: list[str]) -> list[str]:
    lines = [line.strip() for line in text.replace("\t", " ").splitlines() if line.strip()]
    lines[0] = f"- “{lines[0]}"
    lines[-1] = f"{lines[-1]}” ({'; '.join(sources)})"
    return lines
