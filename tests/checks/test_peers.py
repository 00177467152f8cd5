"""K34: the numbers of a kind of units side by side; every score is worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from dvk_reports import consolidate
from dvk_reports.checks.across import across
from dvk_reports.checks.rules.peers import spread_of
from dvk_reports.model.findings import Finding, Stop
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.workspace.folder import Workspace
from tests.support.build import PLAN, b1, form, office, quarter, unit
from tests.support.plans import without
from tests.support.small_space import DAY, KY, put, sent

PLAIN = {"tong_so_chi_bo": 10, "so_chi_bo_da_trien_khai": 10, "tong_so_dang_vien": 200, "so_hoi_nghi_pho_bien": 1}
KINDS = "DB-XA", "DB-CQ"


def found(
    units: Sequence[Mapping[str, object]],
    others: Sequence[Mapping[str, object]] = (),
    stops: Mapping[int, Stop] | None = None,
    plan: Plan = PLAN,
) -> tuple[Finding, ...]:
    """What is told of communes with these general numbers; ``others``: units of another kind."""
    given = [(f"{KINDS[0]}-{n}", numbers) for n, numbers in enumerate(units, 1)]
    given += [(f"{KINDS[1]}-{n}", numbers) for n, numbers in enumerate(others, 1)]
    senders = {code: unit(code, order=order) for order, (code, _) in enumerate(given)}
    forms = [form(senders[code], "2023-Q3", {"B1": b1(**(PLAIN | dict(numbers)))}) for code, numbers in given]
    stopped = {f"{KINDS[0]}-{n}.xlsx": frozenset({stop}) for n, stop in (stops or {}).items()}
    told = across(
        Office(plan, office(*senders.values()), quarter("2023-Q3").last_day), quarter("2023-Q3"), forms, stopped
    )
    return tuple(finding for finding in told if finding.code == "K34")


def of(found: Sequence[Finding]) -> list[str]:
    return [f"{f.unit} {f.level} {f.sheet} {f.cell} {f.key}" for f in found]


def campaigns(*numbers: int) -> list[dict[str, object]]:
    """One commune for each number of campaigns, each of ten branches."""
    return [{"so_cuoc_tuyen_truyen": n} for n in numbers]


# 20 communes; shares of ten branches: ten times 1.0, five 1.2, four 0.8, and one more. Median 1.0; deviations: ten 0,
# nine 0.2 and that of the last, so MAD is the mean of the tenth and the eleventh: (0 + 0.2) / 2 = 0.1.
NINETEEN = [10] * 10 + [12] * 5 + [8] * 4


@pytest.mark.parametrize(
    ("last", "score"),
    [
        (14, ""),  # (1.4 - 1.0) x 0.6745 / 0.1 = 2.698
        (15, ""),  # 3.3725
        (16, "4"),  # 0.6 x 6.745 = 4.047, and six more than the middle
        (60, "33,7"),  # 5.0 x 6.745 = 33.725
        (4, "-4"),
        (6, ""),
    ],
)
def test_score_by_the_median_of_the_deviations(last: int, score: str) -> None:
    got = found(campaigns(*NINETEEN, last))
    assert of(got) == (["DB-XA-20 Cảnh báo B1 C14 so_cuoc_tuyen_truyen"] if score else [])
    if score:
        assert got[0].text == (
            f"Ô “Số cuộc tuyên truyền tới Nhân dân trong kỳ” ghi {last}, chia cho “Tổng số chi bộ trực thuộc” (10) là "
            f"{str(last / 10).replace('.', ',').removesuffix(',0')}: khác xa các đơn vị cùng loại (20 đơn vị: mức giữa "
            f"1, điểm lệch {score}, ngưỡng 3,5)."
        )
        assert (got[0].raw, got[0].rule, got[0].stops) == (str(last), "UNLIKE_OTHERS", ())


def test_where_more_than_half_state_the_same_the_mean_of_the_deviations_decides() -> None:
    # 19 times 1.0 and once 3.0: MAD 0; mean deviation 2.0 / 20 = 0.1; 2.0 x 0.7979 / 0.1 = 15.958
    (got,) = found(campaigns(*[10] * 19, 30))
    assert got.text.endswith("(20 đơn vị: mức giữa 1, điểm lệch 16, ngưỡng 3,5).")
    assert spread_of([Fraction(1)] * 19 + [Fraction(3)], Fraction(1)) == Fraction("0.1") / Fraction("0.7979")
    assert found(campaigns(*[10] * 20)) == ()
    assert found(campaigns(*[0] * 20)) == ()
    assert found(campaigns(*[0] * 19, 4)) == ()  # four more than the middle
    assert of(found(campaigns(*[0] * 19, 5))) == ["DB-XA-20 Cảnh báo B1 C14 so_cuoc_tuyen_truyen"]


def test_fewer_than_twenty_units_are_no_measure() -> None:
    assert found(campaigns(*NINETEEN[1:], 60)) == ()
    assert found(campaigns(*NINETEEN[1:], 60), campaigns(*NINETEEN)) == ()  # nor with units of another kind
    assert len(found(campaigns(*NINETEEN, 60), campaigns(*[60] * 19))) == 1


@pytest.mark.parametrize("size", [0, "", "mười"], ids=["0", "blank", "no number"])
def test_a_unit_without_a_size_is_left_out(size: object) -> None:
    odd: dict[str, object] = {"tong_so_chi_bo": size, "so_chi_bo_da_trien_khai": 0, "so_cuoc_tuyen_truyen": 900}
    about = "so_cuoc_tuyen_truyen"
    assert [f for f in found([*campaigns(*NINETEEN), odd]) if f.key == about] == []  # nineteen are left
    (got,) = (f for f in found([*campaigns(*NINETEEN, 60), odd]) if f.key == about)
    assert got.unit == "DB-XA-20"
    assert "(20 đơn vị: " in got.text


def test_where_no_unit_has_a_size_the_numbers_themselves_are_compared() -> None:
    none: dict[str, object] = {"tong_so_chi_bo": 0, "so_chi_bo_da_trien_khai": 0}
    (got,) = found([{**none, **item} for item in campaigns(*NINETEEN, 60)])
    assert got.text == (
        "Ô “Số cuộc tuyên truyền tới Nhân dân trong kỳ” ghi 60: khác xa các đơn vị cùng loại (20 đơn vị: mức giữa 10, "
        "điểm lệch 33,7, ngưỡng 3,5)."
    )


def test_a_plan_that_has_not_all_numbers_of_the_rule_does_not_have_the_rule() -> None:
    """Nor has one that has no sheet of such numbers."""
    values = PLAN.info.gia_tri
    assert len(found(campaigns(*NINETEEN, 60))) == 1
    for name in ("cung_loai_it_nhat", "cung_loai_diem_lech", "cung_loai_chenh_lech_it_nhat"):
        plan = changed(PLAN, info=changed(PLAN.info, gia_tri=changed(values, **{name: []})))
        assert found(campaigns(*NINETEEN, 60), plan=plan) == ()
    assert found(campaigns(*NINETEEN, 60), plan=without(PLAN, [SheetRole.GENERAL])) == ()


def test_size_weighs() -> None:
    """Sixty campaigns of a commune of sixty branches are what the others do."""
    large: dict[str, object] = {"tong_so_chi_bo": 60, "so_chi_bo_da_trien_khai": 60, "tong_so_dang_vien": 1200}
    got = found([*campaigns(*NINETEEN), {**large, "so_cuoc_tuyen_truyen": 60, "so_hoi_nghi_pho_bien": 6}])
    assert of(got) == ["DB-XA-20 Cảnh báo B1 C8 tong_so_chi_bo"]  # the size itself is laid beside the other sizes


def test_a_value_that_is_stopped_is_neither_told_nor_a_measure() -> None:
    stop = Stop("B1", 0, "so_cuoc_tuyen_truyen")
    assert found(campaigns(*NINETEEN, 60), stops={20: stop}) == ()
    assert found(campaigns(*NINETEEN, 60), stops={1: stop}) == ()  # nineteen are left
    assert found(campaigns(*NINETEEN, 60), stops={20: Stop("B1")}) == ()


def test_parts_and_optional_numbers_are_not_looked_at() -> None:
    late: dict[str, object] = {"so_chi_bo_da_trien_khai": 0, "so_luot_nhan_dan": 90000, "so_cuoc_tuyen_truyen": 10}
    assert found([*campaigns(*NINETEEN), late]) == ()


def test_a_whole_run_compares_the_returns_that_count(space: Workspace) -> None:
    """An office that has three units and lets them be compared; what its own rules have stopped is left out."""
    own = space.root / "ke-hoach"
    own.mkdir()
    least = 'gia_tri: {cung_loai_it_nhat: [{tu_ngay: 2022-04-01, gia_tri: "2", can_cu: Quy ước}]}'
    (own / "plan.yaml").write_text(f"ke_thua: bao_yen_2022_2025\nma: thu\nten: Thử\n{least}\n", encoding="utf-8")
    (space.root / "ke-hoach.yaml").write_text("dung: ke-hoach\n", encoding="utf-8")

    def told(*members: int) -> list[str]:
        for name, number in zip("ABC", members, strict=True):
            put(space, f"{name}.xlsx", sent(space, f"CB-{name}", b1={"tong_so_dang_vien": number}))
        findings = consolidate(space.root, KY, as_of=DAY).data.findings
        return [f"{f.unit} {f.cell}" for f in findings if f.code == "K34"]

    assert told(20, 21, 900) == ["CB-C C10"]
    assert told(20, 21, 20_000_000) == []  # stopped, being out of all bounds (K28)
