"""What one entry of the rule book says of another: takes a Plan, gives every mistake with the path where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.plan.book.cross_check import (
    awards,
    checks,
    documents,
    figures,
    formats,
    forms,
    names,
    roles,
    sentences,
    spans,
    versions,
)
from dvk_reports.plan.book.cross_check.wrong import Wrong
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.rulebook import Plan

_PARTS = (names, spans, roles, forms, versions, figures, awards, documents, sentences, checks, formats)


def cross_check(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Every mistake of one entry about another."""
    for part in _PARTS:
        yield from part.wrongs(plan, known)
