"""Builders for award rounds: one good candidate, over which a test lays what matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dvk_reports.awards.records import Records
from dvk_reports.awards.shortlist import shortlist
from dvk_reports.model.findings import Stop
from dvk_reports.model.proposals import Proposal, Shortlist
from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.book.in_force import changed as changed_entry
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from tests.support.build import PLAN, b2, b9a, form, office, quarter, rows, unit, used

ROUND, DAY = "2023-10", date(2023, 10, 12)
MODEL = "MH-DB-XA-1-001"
PRAISE, PAPER = "Biểu dương của Ban Thường vụ Huyện ủy", "Giấy khen của Chủ tịch UBND huyện"
COMMUNE = unit("DB-XA-1", order=1)
PLAIN_OFFICE = office(COMMUNE, unit("DB-XA-2", order=2))

SUBJECT = {"ten": "Lý A Páo", "ngay_sinh": "05/03/1980"}
RECOGNISED = {**SUBJECT, "loai": "Cá nhân", "ma_mo_hinh": MODEL}
REVIEW = {
    "ma_mo_hinh": MODEL,
    "ngay_danh_gia": "05/09/2023",
    "hinh_thuc": "Đảng ủy đánh giá",
    "xep_loai": "Hiệu quả cao",
    "ket_qua": "Tốt",
    "kien_nghi": "Duy trì",
}
PROPOSED = {
    **SUBJECT,
    "phan_loai": "Cá nhân",
    "gioi_tinh": "Nam",
    "don_vi_cong_tac": "Thôn Bản Rịa",
    "doi_tuong": "Nông dân",
    "ma_mo_hinh": MODEL,
    "thanh_tich": "Vận động hiến đất",
    "hinh_thuc": PAPER,
    "thu_tu": "1",
    "hs_to_trinh": "Có",
    "hs_bao_cao": "Có",
    "hs_bien_ban": "Có",
    "hs_xac_nhan": "Có",
    "dang_xem_xet": "Không",
}


def b9b(text: str, **base: str) -> str:
    return rows(PROPOSED | base, text)


def b3(text: str, **base: str) -> str:
    return rows(REVIEW | base, text)


def recognised(text: str, **base: str) -> str:
    """Rows of B9a of the good candidate: year 2022 unless said otherwise."""
    plain = {"nam_xet": "2022", "so_qd": "30-QĐ/ĐU", "ngay_qd": "10/10/2022", **RECOGNISED}
    return b9a(rows(plain | base, text))


ONE = """
    | ghi_chu |
    |         |
"""
"""One row just as the plain one."""
THIS_YEAR = recognised(ONE, nam_xet="2023", so_qd="31-QĐ/ĐU", ngay_qd="28/09/2023")
LAST_YEAR = recognised(ONE)


def sent(sender: str, period: str, register=PLAIN_OFFICE, stops: Iterable[Stop] = (), **sheets: str) -> UsedReturn:
    return used(form(register.by_code[sender], period, sheets), stops)


def good(register=PLAIN_OFFICE, **changed: str | Iterable[Stop]) -> list[UsedReturn]:
    """2022-Q4 and 2023-Q3 of the good candidate. ``last`` and ``this``: B9a of 2022-Q4 and of 2023-Q3; ``b2``, ``b3``,
    ``b9b``: of 2023-Q3; ``stops``: of 2023-Q3; ``stops22``: of 2022-Q4.
    """
    given = {"last": LAST_YEAR, "this": THIS_YEAR, "b2": b2(ONE), "b3": b3(ONE), "b9b": b9b(ONE)} | changed
    stops, stops22 = given.pop("stops", ()), given.pop("stops22", ())
    return [
        sent("DB-XA-1", "2022-Q4", register, stops22, B9a=given["last"]),
        sent(
            "DB-XA-1",
            "2023-Q3",
            register,
            stops,
            B2=given["b2"],
            B3=given["b3"],
            B9a=given["this"],
            B9b=given["b9b"],
        ),
    ]


def listed(
    returns: Sequence[UsedReturn],
    *,
    plan: Plan = PLAN,
    register=PLAIN_OFFICE,
    name: str = ROUND,
    as_of: date = DAY,
    held: str = "",
    received: Mapping[tuple[str, str], date] | None = None,
    earlier=(),
) -> Shortlist:
    found = {(item.unit, quarter(item.period)): item for item in returns}
    quarters = {key for _, key in found} | {quarter(text) for text in held.split()}
    came = {(code, quarter(key)): day for (code, key), day in (received or {}).items()}
    return shortlist(
        Records(Office(plan, register, as_of), plan.round(name), found, frozenset(quarters), came), earlier
    )


def only(found: Shortlist) -> Proposal:
    (proposal,) = found.proposals
    return proposal


def states(proposal: Proposal) -> str:
    """``E3 Không đạt, E4 Thiếu căn cứ``: every gate that is not passed, and the outcome."""
    failed = [f"{gate.code} {gate.state}" for gate in proposal.gates if gate.state != "Đạt"]
    return ", ".join([*failed, proposal.outcome])


def plan_with(**changed: object) -> Plan:
    """The plan with other award values: ``cach_tinh_02_nam="B"``, ``chi_tieu=[…]`` …"""
    awards = PLAN.awards
    values, lists = {}, {}
    for name, value in changed.items():
        if name in type(awards.gia_tri).model_fields:
            entry = getattr(awards.gia_tri, name)[0]
            values[name] = [entry.model_copy(update={"gia_tri": value})]
        else:
            lists[name] = value
    lists["gia_tri"] = awards.gia_tri.model_copy(update=values)
    return changed_entry(PLAN, awards=awards.model_copy(update=lists))


def with_quota(number: int, form_name: str = PAPER, kind: str = "Cá nhân", **changed: object) -> Plan:
    """The plan with one quota of the round changed."""
    lines = [
        line.model_copy(update={"so": number})
        if (line.dot, line.hinh_thuc, line.phan_loai) == (ROUND, form_name, kind)
        else line
        for line in PLAN.awards.chi_tieu
    ]
    return plan_with(chi_tieu=lines, **changed)
