"""Who was whom: mergers, splits, a split after a merger, parts that come together again."""

from __future__ import annotations

import pytest

from tests.support.build import day, office, unit


def register(*edges: str, days: str = ""):  # type: ignore[no-untyped-def]
    """``A>U 01/01/2023``: A ends the day before and becomes U, which begins that day. ``days``: units that stay."""
    begin: dict[str, str] = {}
    end: dict[str, str] = {}
    mergers = []
    for edge in edges:
        names, when = edge.split()
        old, new = names.split(">")
        mergers.append((old, new, when))
        begin.setdefault(new, when)
        if old not in days.split():
            year = int(when[-4:]) - 1
            end[old] = f"31/12/{year}"
        begin.setdefault(old, "")
    for code in days.split():
        begin[code] = ""
    units = [
        unit(code, "DB_XA", since=since, until=end.get(code, ""), order=place)
        for place, (code, since) in enumerate(sorted(begin.items()))
    ]
    return office(*units, mergers=mergers)


MERGER = ("A>U 01/01/2023", "B>U 01/01/2023")
SPLIT = ("U>P 01/01/2024", "U>Q 01/01/2024")
AGAIN = ("P>W 01/01/2025", "Q>W 01/01/2025")


@pytest.mark.parametrize(
    ("edges", "stay", "of", "predecessors", "forerunners"),
    [
        (MERGER, "", "U", "A B", "A B"),
        (SPLIT, "", "P", "", "U"),
        ((*MERGER, *SPLIT), "", "Q", "", "U A B"),
        ((*MERGER, *SPLIT), "", "U", "A B", "A B"),
        ((*SPLIT, *AGAIN), "", "W", "P Q U", "P Q U"),
        (("P>W 01/01/2025", *SPLIT), "", "W", "P", "P U"),  # one part went on as another unit, the other stayed
        (("U>P 01/01/2024",), "U", "P", "U", "U"),  # a unit that gives something away and goes on existing
    ],
)
def test_whose_past_is_it(edges: tuple[str, ...], stay: str, of: str, predecessors: str, forerunners: str) -> None:
    found = register(*edges, days=stay)
    assert " ".join(found.predecessors(of)) == predecessors
    assert " ".join(found.forerunners(of)) == forerunners


@pytest.mark.parametrize(
    ("edges", "stay", "when", "heirs", "heir"),
    [
        (MERGER, "", "30/12/2022", "A", "A"),
        (MERGER, "", "30/12/2023", "U", "U"),
        ((*MERGER, *SPLIT), "", "30/12/2023", "U", "U"),
        ((*MERGER, *SPLIT), "", "30/12/2024", "P Q", None),
        ((*MERGER, *SPLIT, *AGAIN), "", "30/12/2025", "W", "W"),
        (("A>P 01/01/2024",), "A", "30/12/2024", "A", "A"),
        (("A>P 01/01/2024", "P>A 01/01/2025"), "", "30/12/2025", "", None),  # a circle leads nowhere
    ],
)
def test_who_stands_for_it(edges: tuple[str, ...], stay: str, when: str, heirs: str, heir: str | None) -> None:
    found = register(*edges, days=stay)
    assert " ".join(sorted(found.heirs("A" if "A" in found.by_code else "U", day(when)))) == heirs
    assert found.heir("A" if "A" in found.by_code else "U", day(when)) == heir


def test_the_sums_of_a_unit_that_was_split_go_to_neither_part_and_come_together_with_them() -> None:
    found = register(*MERGER, *SPLIT, *AGAIN)
    assert found.senders_for("P", day("30/12/2022"), day("30/12/2024")) == ()
    assert found.senders_for("P", day("30/12/2024"), day("30/12/2024")) == ("P",)
    assert found.senders_for("W", day("30/12/2023"), day("30/12/2025")) == ("U",)
    assert found.senders_for("W", day("30/12/2022"), day("30/12/2025")) == ("A", "B")
    assert found.parts("U") == ("P", "Q") and found.parts("A") == ("U",) and found.parts("W") == ()
