"""A unit that was split: its sums stay, its models and recognitions go on in the parts that list them."""

from __future__ import annotations

from decimal import Decimal

from dvk_reports.model.figures import Figure
from dvk_reports.model.returns import Return
from tests.figures.test_figures import counted, told
from tests.support.build import b2, b3, b9a, form, office, unit

WHOLE = unit("DB-CQ-8", until="30/06/2023", agency=True)
P = unit("DB-CQ-6", since="01/07/2023", agency=True, order=1)
Q = unit("DB-CQ-7", since="01/07/2023", agency=True, order=2)
SPLIT = office(WHOLE, P, Q, mergers=[("DB-CQ-8", "DB-CQ-6", "01/07/2023"), ("DB-CQ-8", "DB-CQ-7", "01/07/2023")])
TICKS = "B2 B3 B5 B6 B9a B9b B10"


def sent(who, period: str, models: str = "", **sheets: str) -> Return:  # type: ignore[no-untyped-def]
    """``models``: codes of the list, each active since 2022."""
    if models:
        rows = "\n".join(["| ma_mo_hinh | ten | ma_thon |", *(f"| {code} | {code} | |" for code in models.split())])
        sheets["B2"] = b2(rows)
    return form(who, period, sheets, ticks=" ".join(name for name in TICKS.split() if name not in sheets))


def review(code: str, day: str, rank: str = "Hiệu quả cao") -> str:
    return b3(f"| ma_mo_hinh | ngay_danh_gia | xep_loai |\n| {code} | {day} | {rank} |")


ONE, TWO = "MH-DB-CQ-8-001", "MH-DB-CQ-8-002"


def figures(*returns: Return, period: str = "2023-Q3") -> dict[tuple[str, str], Figure]:
    return counted(SPLIT, period, returns)


def test_the_review_by_the_whole_holds_for_the_part_that_lists_the_model() -> None:
    before = sent(WHOLE, "2023-Q2", f"{ONE} {TWO}", B3=review(ONE, "05/06/2023"))
    got = figures(before, sent(P, "2023-Q3", ONE), sent(Q, "2023-Q3", TWO))
    assert told(got["MT3.2", ""]) == (1, 2, 2, 2)
    assert told(got["MT4.1", ""])[:2] == (1, 2)  # one of two models was reviewed in the year
    lower = sent(P, "2023-Q3", ONE, B3=review(ONE, "05/09/2023", "Hiệu quả khá"))
    assert told(figures(before, lower, sent(Q, "2023-Q3", TWO))["MT3.2", ""]) == (0, 2, 2, 2)


def test_a_model_that_was_reviewed_before_and_after_the_split_is_one_model() -> None:
    before = sent(WHOLE, "2023-Q2", ONE, B3=review(ONE, "05/06/2023", "Hiệu quả khá"))
    after = sent(P, "2023-Q3", ONE, B3=review(ONE, "05/09/2023"))
    got = figures(before, after, sent(Q, "2023-Q3"))
    by_class = {group: figure.value for (code, group), figure in got.items() if code == "MT4.3" and group}
    assert {group: value for group, value in by_class.items() if value} == {"Hiệu quả cao": Decimal(1)}


def test_a_streak_goes_on_in_the_part_that_names_the_subject() -> None:
    def named(who, period: str, year: int, day: str) -> Return:  # type: ignore[no-untyped-def]
        rows = b9a(f"| nam_xet | ngay_qd | loai | ten |\n| {year} | {day} | Tập thể | Tổ A |")
        return sent(who, period, B9a=rows)

    before = named(WHOLE, "2022-Q4", 2022, "10/10/2022")
    got = figures(before, named(P, "2023-Q4", 2023, "10/10/2023"), sent(Q, "2023-Q4"), period="2023-Q4")
    assert got["NV5.3", ""].value == 1
    alone = figures(before, sent(P, "2023-Q4"), sent(Q, "2023-Q4"), period="2023-Q4")
    assert alone["NV5.3", ""].value == 0
