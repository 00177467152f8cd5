"""A return of a commune that is good but for what a test gives, and the findings of it.

A finding is written ``code SENTENCE level sheet cell key``; ``stopped`` tells what it makes doubtful.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import Return
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.register.register import Register, Unit
from tests.support.build import (
    PLAN,
    b2,
    checked,
    form,
    office,
    quarter,
    told,
    unit,
)

XA, XB = unit("DB-XA-1"), unit("DB-XA-2", order=1)
TT = unit("DB-TT-1", order=2)
CQ = unit("DB-CQ-1", order=3)
BDV = unit("CQ-BDV", "BXD", order=4)
GONE = unit("DB-CQ-9", until="30/06/2023", order=5)
THON = {"DB-XA-1": "T1 Bản Rịa; T2 Làng Hòa", "DB-XA-2": "U1 Bản Lúc", "DB-TT-1": "P1 Tổ 1"}
REGISTER = office(XA, XB, TT, CQ, BDV, GONE, thon=THON)
NIL = {"loai_bao_cao": "Không phát sinh"}
EMPTY_B1 = "| ghi_chu | |"


def sent(
    sheets: Mapping[str, str] | None = None,
    who: Unit = XA,
    period: str = "2023-Q3",
    ticked: str | None = None,
    **more: object,
) -> Return:
    """A good return but for what is given: ticks where a due sheet is empty, every thôn on B4."""
    given = dict(sheets or {})
    thon = [h.code for h in REGISTER.hamlets_of(who.code, quarter(period).last_day)]
    if thon:
        given.setdefault("B4", "\n".join(["| ma_thon |", *(f"| {code} |" for code in thon)]))
    asked = ticks(PLAN, duties(PLAN, who.kind, quarter(period)))
    names = {PLAN.sheets[name].tick: name for name in PLAN.sheets}
    auto = " ".join(names[key] for key in asked if names[key] not in given)
    return form(who, period, given, ticks=auto if ticked is None else ticked, **more)  # type: ignore[arg-type]


def findings(
    item: Return, who: Unit = XA, before: Sequence[Return] = (), register: Register | None = REGISTER
) -> tuple[Finding, ...]:
    period = item.period if item.period in ("2023-Q1", "2023-Q2", "2023-Q4", "2024-Q3") else "2023-Q3"
    return checked(who, register, period, item, before).findings


def found(sheets: Mapping[str, str] | None = None, who: Unit = XA, **more: object) -> list[str]:
    return told(findings(sent(sheets, who, **more), who))  # type: ignore[arg-type]


def stopped(item: Return, who: Unit = XA, before: Sequence[Return] = ()) -> set[str]:
    return {
        f"{stop.sheet}{f'.{stop.row}' if stop.row else ''} {stop.key}".strip()
        for f in findings(item, who, before)
        for stop in f.stops
    }


def alone(sheet: str, text: str, who: Unit = XA, period: str = "2023-Q3", **more: str) -> list[str]:
    """Findings of one sheet of a good return whose B2 holds MH-…-001."""
    own = b2("| ma_mo_hinh |\n| MH-DB-XA-1-001 |") if sheet != "B2" else text
    return found({"B2": own, sheet: text, **more}, who, period=period)
