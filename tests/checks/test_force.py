"""Modes, dates and levels of ``checks.yaml``: which findings stand on a day, and how much they weigh."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvk_reports.checks.force import in_force
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Level, Stop
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.rulebook import CheckRule, ChecksFile, InForce, Plan
from tests.checks.commune import REGISTER, XA, sent
from tests.support.build import PLAN, b2, checked, told

DAY = date(2023, 9, 30)


def plan_with(name: str, *entries: tuple[str, str, str | None], level: str = "") -> Plan:
    """The rule book with other dates, modes or level for one sentence; ``entries``: (from, mode, to)."""
    rules = []
    for rule in PLAN.checks.luat:
        if rule.thong_bao == name:
            force = [
                InForce(
                    tu_ngay=date.fromisoformat(since),
                    can_cu="Thử",
                    che_do=mode,  # type: ignore[arg-type]
                    den_ngay=date.fromisoformat(until) if until else None,
                )
                for since, mode, until in entries
            ] or rule.hieu_luc
            rule = CheckRule(**{**dict(rule), "hieu_luc": force, "muc": level or rule.muc})
        rules.append(rule)
    return changed(PLAN, checks=ChecksFile(ten_ma=PLAN.checks.ten_ma, luat=rules))


TWICE = say(
    Msg.TWICE,
    Location("DB-XA-1", sheet="B2", raw="x", row=8, key="ma_mo_hinh"),
    stops=[Stop("B2", 8, "ma_mo_hinh")],
    dong=7,
)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("2022-04-01", "ap_dung", None)], (Level.BLOCK, 1, False)),
        ([("2022-04-01", "thu_nghiem", None)], (Level.WARNING, 0, True)),
        ([("2022-04-01", "tat", None)], None),
        ([("2023-10-01", "ap_dung", None)], None),
        ([("2022-04-01", "ap_dung", "2023-09-29")], None),
        ([("2022-04-01", "ap_dung", "2023-09-30")], (Level.BLOCK, 1, False)),
        ([("2022-04-01", "thu_nghiem", None), ("2023-07-01", "ap_dung", None)], (Level.BLOCK, 1, False)),
        ([("2022-04-01", "ap_dung", None), ("2023-07-01", "tat", None)], None),
        ([("2022-04-01", "ap_dung", None), ("2023-10-01", "tat", None)], (Level.BLOCK, 1, False)),
    ],
)
def test_mode_and_dates(entries: list[tuple[str, str, str | None]], expected: tuple[Level, int, bool] | None) -> None:
    got = in_force(plan_with("TWICE", *entries), [TWICE], DAY)
    assert [(f.level, len(f.stops), f.text.endswith(" (thử nghiệm)")) for f in got] == ([expected] if expected else [])


def test_a_level_of_the_rule_book_wins_over_the_catalogue() -> None:
    (lowered,) = in_force(plan_with("TWICE", level="Ghi chú"), [TWICE], DAY)
    assert (lowered.level, lowered.stops) == (Level.NOTE, ())
    note = say(Msg.SMALL_SAMPLE, Location("DB-XA-1", sheet="B8", raw="9", row=7, key="phieu_hop_le"), so="30")
    (raised,) = in_force(plan_with("SMALL_SAMPLE", level="Chặn"), [note], DAY)
    assert (raised.level, raised.stops) == (Level.BLOCK, (Stop("B8", 7, "phieu_hop_le"),))


def test_a_finding_with_a_level_of_its_own_keeps_it() -> None:
    """ngay_ky before ngay_chot is a warning though its sentence blocks elsewhere."""
    own = say(Msg.DATE_ORDER, Location(sheet="BIA"), level=Level.WARNING, ten="a", kia="b", ngay="c", o="d")
    assert in_force(plan_with("DATE_ORDER", level="Ghi chú"), [own], DAY) == [own]


def test_a_finding_without_a_sentence_is_passed_on() -> None:
    odd = replace(TWICE, rule="")
    assert in_force(PLAN, [odd], DAY) == [odd]


def test_a_check_on_trial_stops_nothing_in_a_return() -> None:
    item = sent({"B2": b2("| ten |\n| Đường hoa |\n| Đường điện |")})
    plan = plan_with("TWICE", ("2022-04-01", "thu_nghiem", None))
    result = checked(XA, REGISTER, "2023-Q3", item, plan=plan)
    assert told(result.findings) == ["K24 TWICE Cảnh báo B2 B7 ma_mo_hinh", "K24 TWICE Cảnh báo B2 B8 ma_mo_hinh"]
    assert result.stops == frozenset()
