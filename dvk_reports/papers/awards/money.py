"""The money clause of an award decision: a rate for each class of subjects, the sum, and what it rests on.

Amounts come finished from the proposal (where the plan has a table) or from the clerk; here they are only added up. An
amount that is not known is asked for, and there is no sum without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dvk_reports.messages.marks import wanted
from dvk_reports.model.choosing import choice_of
from dvk_reports.model.proposals import Chosen, Proposal
from dvk_reports.papers.awards.lists import subject
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.vietnamese.numbers import show_count, show_number
from dvk_reports.vietnamese.text import fold, lower_first, tidy
from dvk_reports.vietnamese.words import money, tones


@dataclass(frozen=True, slots=True)
class Clause:
    """``rates``: the amounts in words and figures, "" where the paper has no money; ``source``: what they rest on."""

    rates: str = ""
    source: str = ""


def money_clause(plan: Plan, chosen: Chosen, form: str, proposals: Sequence[Proposal]) -> Clause:
    """The clause of a decision: by the plan's table where it has one for the form, else as the clerk has typed it."""
    tabled = any(fold(entry.hinh_thuc) == fold(form) for entry in plan.awards.he_so)
    return _by_table(plan, proposals) if tabled else _as_typed(plan, chosen, proposals)


def reward_lines(plan: Plan, chosen: Chosen, form: str, proposals: Sequence[Proposal]) -> list[dict[str, str]]:
    """Lines of an estimate of costs, one for each class: number, rate, amount; what is not known is asked for."""
    tabled = any(fold(entry.hinh_thuc) == fold(form) for entry in plan.awards.he_so)
    paid = {p.candidate.id: p.money if tabled else choice_of(chosen, p).money for p in proposals}
    found = []
    for kind in dict.fromkeys(_kind(p) for p in proposals):
        amounts = [paid[p.candidate.id] for p in proposals if _kind(p) == kind]
        known = [amount for amount in amounts if amount is not None]
        whole = len(known) == len(amounts)
        if not tabled and not known:
            continue  # a commendation has no money unless somebody has typed it
        found.append(
            {
                "ten": tones(f"{form}: {kind}", plan.documents.dau_thanh),
                "so_luong": show_count(len(amounts)),
                "muc": show_number(Decimal(known[0])) if whole and len(set(known)) == 1 else "",
                "thanh_tien": show_number(Decimal(sum(known))) if whole else wanted("mức tiền thưởng"),
            }
        )
    return found


def _by_table(plan: Plan, proposals: Sequence[Proposal]) -> Clause:
    """Amounts by the dated table; what is not known or not verified is asked for."""
    return Clause(_rates(plan, [(p, p.money) for p in proposals]), money_source(proposals))


def money_source(proposals: Sequence[Proposal]) -> str:
    """What only a person knows of the amounts of the table, with what is not verified of them."""
    notes = list(dict.fromkeys(tidy(p.money_note) for p in proposals if tidy(p.money_note)))
    doubt = f" ({'; '.join(notes)})" if notes else ""
    return wanted(f"căn cứ mức tiền thưởng{doubt}, nguồn chi")


def _as_typed(plan: Plan, chosen: Chosen, proposals: Sequence[Proposal]) -> Clause:
    """Only what the clerk has typed, with its basis; none where nothing was typed."""
    typed = [(p, choice_of(chosen, p)) for p in proposals]
    paid = [(p, choice.money) for p, choice in typed if choice.money is not None]
    if not paid:
        return Clause()
    bases = list(dict.fromkeys(tidy(c.money_basis) for _, c in typed if c.money is not None))
    told = [text.rstrip(".") if text else wanted("căn cứ mức tiền") for text in bases]
    whole = {_kind(p) for p in proposals if choice_of(chosen, p).money is None}
    return Clause(_rates(plan, paid, named=whole), f"theo {'; '.join(told)}" if any(bases) else told[0])


def _rates(plan: Plan, amounts: Sequence[tuple[Proposal, int | None]], named: set[str] | None = None) -> str:
    """A class whose members all get the same is told by its rate; else, and in ``named``, each member is told."""
    parts: list[str] = []
    for kind in dict.fromkeys(_kind(p) for p, _ in amounts):
        own = [(p, amount) for p, amount in amounts if _kind(p) == kind]
        rates = {amount for _, amount in own}
        if len(rates) == 1 and kind not in (named or ()):
            rate = rates.pop()
            shown = wanted("mức tiền thưởng") if rate is None else _dong(rate)
            parts.append(f"{show_count(len(own))} {kind}, mỗi {kind} {shown}")
        else:
            parts += [f"{subject(plan, p.candidate)} {wanted('mức tiền') if a is None else _dong(a)}" for p, a in own]
    known = [amount for _, amount in amounts if amount is not None]
    total = money(sum(known)) if len(known) == len(amounts) else wanted("tổng số tiền")
    return "; ".join([*parts, f"tổng số tiền {total}"])


def _kind(proposal: Proposal) -> str:
    return lower_first(tidy(proposal.candidate.kind))


def _dong(amount: int) -> str:
    return f"{show_number(Decimal(amount))} đồng"
