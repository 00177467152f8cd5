"""From the returns of a round to its shortlist: who passes, in which order, how far the quota reaches, and why.

The program proposes; the people decide. Every proposal is in the list, in exactly one state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dvk_reports.awards.candidates import Entrant, Identities, Likeness, entrants
from dvk_reports.awards.case import Case
from dvk_reports.awards.gates import gates, power_ended, same_achievement
from dvk_reports.awards.money import money
from dvk_reports.awards.ranking import Place, Weighed, places, weigh
from dvk_reports.awards.records import Records
from dvk_reports.awards.years import Continuity, continuity
from dvk_reports.model.periods import Quarter
from dvk_reports.model.proposals import (
    Award,
    Candidate,
    Doubt,
    Gate,
    GateState,
    Outcome,
    Proposal,
    Quota,
    Shortlist,
    Step,
)
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.people import FAMILY
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import upper_first

BLOCKING = ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E9", "E10")
"""E8 warns and E11 forbids a draft: neither decides the state."""

READINGS = {
    "A": "các năm xét liên tiếp có quyết định công nhận, đến năm của đợt xét",
    "B": "đủ 24 tháng kể từ quyết định công nhận đầu tiên đến đợt xét",
    "C": "mô hình hoạt động đủ 24 tháng đến đợt xét",
}


@dataclass(frozen=True)
class _Judged:
    """One candidate with all that is known of it but its place."""

    weighed: Weighed
    continuity: Continuity
    gates: tuple[Gate, ...]
    likenesses: tuple[Likeness, ...]
    doubts: tuple[Doubt, ...]
    blocked: Outcome | None
    weights: tuple[Decimal, ...]
    steps: tuple[Step, ...]

    @property
    def candidate(self) -> Candidate:
        return self.weighed.entrant.candidate

    @property
    def key(self) -> str:
        return self.candidate.id


def shortlist(records: Records, earlier: Sequence[Award] = ()) -> Shortlist:
    """The shortlist of the round that the records are of. ``earlier``: who was granted or chosen in earlier rounds."""
    found = entrants(records)
    people = Identities(records, found)
    judged = [_judged(records, people, entrant, order, earlier) for order, entrant in enumerate(found)]
    places_of = _places(records, [item for item in judged if item.blocked is None])
    listed = sorted(judged, key=lambda item: _printed(records.plan, item, places_of.get(item.key)))
    return Shortlist(
        round=records.round.ma,
        name=records.round.ten,
        as_of=records.as_of,
        reading=records.reading,
        proposals=tuple(_proposal(records, item, places_of.get(item.key)) for item in listed),
        quotas=tuple(
            Quota(line.hinh_thuc, line.phan_loai, line.so, line.can_cu)
            for line in records.plan.awards.quotas(records.round.ma, records.decision_day)
        ),
        quarters=tuple(quarter.key for quarter in records.quarters),
        missing_quarters=tuple(quarter.key for quarter in records.due if quarter not in records.held),
        notes=tuple(_notes(records)),
    )


def _judged(records: Records, people: Identities, entrant: Entrant, order: int, earlier: Sequence[Award]) -> _Judged:
    kept_on = continuity(records, people, entrant)
    answers = gates(Case(records, people, entrant, kept_on, earlier))
    likenesses = _likenesses(people, entrant, answers)
    weighed = _weighed(records, entrant, order, kept_on)
    weights, steps = weigh(records, weighed)
    blocked = _blocked(entrant, answers, likenesses)
    doubts = tuple(_doubts(people, entrant, answers, likenesses))
    return _Judged(weighed, kept_on, answers, likenesses, doubts, blocked, weights, steps)


def _likenesses(people: Identities, entrant: Entrant, answers: Sequence[Gate]) -> tuple[Likeness, ...]:
    """Whom the candidate may be confused with; a record elsewhere matters only where the years wanted stand there."""
    found, reading, now = people.likenesses(entrant), people.records.reading, people.records.round.year
    lasting = next(gate for gate in answers if gate.code == "E3")
    if lasting.state is not GateState.PASSED and reading != "C":
        wanted = set(range(now - people.records.least_years + 1, now + 1))
        if people.moved_years(entrant) & wanted or (reading == "B" and people.moved_years(entrant)):
            found += people.elsewhere(entrant)
    return found


def _doubts(
    people: Identities, entrant: Entrant, answers: Sequence[Gate], likenesses: Sequence[Likeness]
) -> Iterator[Doubt]:
    yield from (likeness.doubt for likeness in likenesses)
    once = next(gate for gate in answers if gate.code == "E7")
    if once.state is GateState.FAILED:
        for rival in people.rivals(entrant):
            if same_achievement(entrant, rival):
                yield Doubt(f"cùng thành tích còn được đề nghị {rival.candidate.form}".strip(), rival.candidate)


def _blocked(entrant: Entrant, answers: Sequence[Gate], likenesses: Sequence[Likeness]) -> Outcome | None:
    """The state of one that is not ranked, first match; None for one that is."""
    state = {gate.code: gate.state for gate in answers}
    family = entrant.role is FAMILY and state["E9"] is not GateState.PASSED
    if state["E6"] is GateState.FAILED or family:
        return Outcome.NOT_CONSIDERED
    if state["E7"] is GateState.FAILED or likenesses:
        return Outcome.TO_VERIFY
    blocking = {state[code] for code in BLOCKING}
    if GateState.FAILED in blocking:
        return Outcome.INELIGIBLE
    return Outcome.NOT_CONSIDERED if GateState.LACKING in blocking else None


def _weighed(records: Records, entrant: Entrant, order: int, kept_on: Continuity) -> Weighed:
    unit, model = entrant.line.unit, entrant.model
    criteria = records.plan.awards.criteria(records.day)
    return Weighed(
        entrant=entrant,
        order=order,
        review=records.reviews(unit, model).latest if model else None,
        streak=kept_on.length,
        replications=len(records.replications(unit, model)) if model else 0,
        scored=criteria is not None and criteria.thang_diem is not None,
    )


def _places(records: Records, free: Sequence[_Judged]) -> dict[str, Place]:
    cap = in_force("toi_da_moi_don_vi", records.plan.awards.gia_tri.toi_da_moi_don_vi, records.day).gia_tri
    found: dict[str, Place] = {}
    for quota in records.plan.awards.quotas(records.round.ma, records.decision_day):
        ranked = [
            (item.weights, item.weighed)
            for item in free
            if (item.candidate.form, item.candidate.kind) == (quota.hinh_thuc, quota.phan_loai)
        ]
        for item, place in places(ranked, quota.so, cap):
            found[item.entrant.candidate.id] = place
    return found


def _proposal(records: Records, item: _Judged, place: Place | None) -> Proposal:
    candidate, key = item.candidate, item.weighed.entrant.model
    model = records.model(candidate.unit, key) if key else None
    review = item.weighed.review
    amount, note = money(records.plan, candidate.form, candidate.kind, records.decision_day)
    lasting = next(gate for gate in item.gates if gate.code == "E3")
    assert item.blocked is not None or place is not None, "a candidate that passes has a quota (E9)"
    return Proposal(
        candidate=candidate,
        years=item.continuity.years,
        streak=None if lasting.state is GateState.LACKING else item.continuity.length,
        gates=item.gates,
        steps=item.steps,
        rank=place.rank if place is not None else None,
        outcome=item.blocked or (place.outcome if place is not None else Outcome.NOT_CONSIDERED),
        reasons=tuple(_reasons(item.gates, item.likenesses, place)),
        model_name=model.text("ten") if model is not None else "",
        model_class=review.text("xep_loai") if review is not None else "",
        fields=(model.text("linh_vuc"), model.text("cap")) if model is not None else (),
        money=amount,
        money_note=note,
        doubts=item.doubts,
    )


def _reasons(answers: Sequence[Gate], likenesses: Sequence[Likeness], place: Place | None) -> Iterator[str]:
    for likeness in likenesses:
        yield f"Cần xác minh: {likeness.text}"
    for gate in answers:
        if gate.state is not GateState.PASSED:
            cells = "; ".join(dict.fromkeys(proof.shown() for proof in gate.proofs))
            yield f"{gate.code} {gate.state.value.lower()}: {gate.reason}" + (f" ({cells})" if cells else "")
    if place is not None:
        yield upper_first(place.reason)


def _printed(plan: Plan, item: _Judged, place: Place | None) -> tuple[int, int, float, int]:
    forms, kinds = plan.labels("hinh_thuc_khen"), plan.labels("phan_loai_khen")
    form, kind = item.candidate.form, item.candidate.kind
    return (
        forms.index(form) if form in forms else len(forms),
        kinds.index(kind) if kind in kinds else len(kinds),
        place.rank if place is not None else float("inf"),
        item.weighed.order,
    )


def _notes(records: Records) -> Iterator[str]:
    yield f"Cách tính “02 năm liên tục”: {records.reading} - {READINGS[records.reading]}."
    missing = [quarter.key for quarter in records.due if quarter not in records.held]
    if missing:
        yield f"Chưa có sổ tổng hợp của các quý: {', '.join(missing)}; số liệu của các quý này chưa được xét."
    for quarter in records.of_year:
        yield from _unheard(records, quarter)
    for form in dict.fromkeys(quota.hinh_thuc for quota in records.plan.awards.quotas(records.round.ma, records.day)):
        authority = records.plan.awards.authority(form, records.decision_day)
        if authority is None or not authority.exists(records.decision_day):
            yield f"E11: {power_ended(records, form)}; đợt này chỉ để tra cứu, không lập dự thảo {form}."
    laws = "; ".join(law.noi_dung for law in records.plan.awards.laws(records.decision_day))
    yield f"Quy định áp dụng nếu quyết định ban hành ngày {show_date(records.decision_day)}: {laws}."


def _unheard(records: Records, quarter: Quarter) -> Iterator[str]:
    """The units whose proposals of a quarter, if there are any, were not looked at."""
    sheet = records.sheet(SheetRole.PROPOSALS, quarter)
    silent, stopped = [], []
    for unit in records.register.units_on(quarter.last_day):
        if records.given(SheetRole.PROPOSALS, unit.code, quarter):
            used = records.used(unit.code, quarter)
            if used is None:
                silent.append(unit.name)
            elif not used.readable(sheet):
                stopped.append(unit.name)
    if silent:
        yield f"Chưa có báo cáo {quarter.title} được dùng, đề nghị (nếu có) chưa được xét: {'; '.join(silent)}."
    if stopped:
        yield f"Biểu {sheet} {quarter.title} chưa dùng được, đề nghị (nếu có) chưa được xét: {'; '.join(stopped)}."
