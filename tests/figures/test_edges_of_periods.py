"""Edges of longer periods: chains of mergers, units that begin late, years with a hole, what stands beside a blank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dvk_reports.model.figures import Figure
from dvk_reports.model.returns import Submission, UnitState, UsedReturn
from dvk_reports.plan.register.register import Register, Unit
from tests.support.build import b1, b2, b3, b6, b9a, figures_of, form, ledger, office, quarter, unit, used

NIL = {"loai_bao_cao": "Không phát sinh"}
EMPTY_B1 = "| ghi_chu | |"


def news(sender: Unit, key: str, pieces: int) -> UsedReturn:
    day = quarter(key).first_day.strftime("%d/%m/%Y")
    rows = f"| {day} | Tin |\n" * pieces
    return used(form(sender, key, {"B1": b1(), **({"B6": b6("| ngay | tieu_de |\n" + rows)} if pieces else {})}))


def figure(register: Register, period: str, returns: Iterable[UsedReturn], code: str, held: str = "") -> Figure:
    return figures_of(ledger(register, period, returns, held=held))[code, ""]


def test_a_unit_that_begins_later_takes_nothing_of_the_years_before_it() -> None:
    """A went into B, B later into C: at the end of 2022 what A sent is B's, once."""
    a = unit("CB-CQ-A", until="30/06/2022")
    b = unit("CB-CQ-B", since="01/07/2022", until="30/06/2023", order=1)
    c = unit("CB-CQ-C", since="01/07/2023", order=2)
    register = office(a, b, c, mergers=[("CB-CQ-A", "CB-CQ-B", "01/07/2022"), ("CB-CQ-B", "CB-CQ-C", "01/07/2023")])
    returns = [news(a, "2022-Q2", 5), news(b, "2022-Q3", 1), news(b, "2022-Q4", 2)]
    found = figure(register, "2022", returns, "NV2.1")
    assert (found.value, found.reported, found.owed, found.note) == (8, 1, 1, "")


def test_the_past_of_a_unit_that_was_taken_in_by_one_that_ended_is_counted_once() -> None:
    a, b = unit("CB-CQ-A", until="30/06/2022"), unit("CB-CQ-B", since="01/07/2022", until="30/09/2022", order=1)
    lasting = unit("CB-CQ-1", order=2)
    register = office(a, b, lasting, mergers=[("CB-CQ-A", "CB-CQ-B", "01/07/2022")])
    returns = [news(a, "2022-Q2", 5), news(b, "2022-Q3", 1)]
    returns += [news(lasting, key, 1) for key in ("2022-Q2", "2022-Q3", "2022-Q4")]
    found = figure(register, "2022", returns, "NV2.1")
    assert (found.value, found.reported, found.owed) == (9, 1, 1)


def test_a_unit_owes_nothing_that_was_asked_for_before_it_began() -> None:
    """B9b is given in Q3 only."""
    old, new = unit("CB-CQ-1"), unit("CB-CQ-2", since="01/10/2023", order=1)
    returns = [news(old, "2023-Q3", 0), news(old, "2023-Q4", 0), news(new, "2023-Q4", 0)]
    assert figure(office(old, new), "2023-Q4", returns, "NV5.4").owed == 1
    assert figure(office(old, new), "2023-Q4", returns, "NV5.1").owed == 2


def test_other_periods_stand_beside_a_blank() -> None:
    one, two = unit("CB-CQ-1"), unit("CB-CQ-2", order=1)
    returns = [news(sender, key, 2) for sender in (one, two) for key in ("2022-Q3", "2023-Q2")]
    found = figure(office(one, two), "2023-Q3", returns, "NV2.1")
    assert (found.value, found.previous, found.last_year, found.percent_of_last_year) == (None, 4, 4, None)


def test_a_year_with_a_hole_keeps_its_last_quarter_and_the_flows_of_the_others() -> None:
    lone = unit("CB-CQ-1")
    returns = [news(lone, key, 2) for key in ("2022-Q2", "2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")]
    snapshot, flow = (figure(office(lone), "2023", returns, code) for code in ("NV2.4", "NV2.1"))
    assert snapshot.last_year == snapshot.previous == snapshot.value is not None
    assert (flow.value, flow.previous, flow.last_year, flow.cumulative) == (8, 4, 4, None)
    assert flow.beside.endswith("cùng kỳ năm trước 0/1 đơn vị")
    yearly = figure(office(lone), "2023", returns, "MT1.2")
    assert (yearly.last_year, yearly.beside) == (1, "cùng kỳ năm trước: chưa có số liệu quý III năm 2022")


def test_what_an_ended_unit_sent_is_known_though_those_that_go_on_say_nothing() -> None:
    ended, lasting = unit("CB-CQ-1", until="30/09/2023"), unit("CB-CQ-2", order=1)
    register = office(ended, lasting)
    assert figure(register, "2023-Q3..2023-Q4", [news(ended, "2023-Q3", 0)], "NV2.1").value == 0
    assert figure(register, "2023-Q3..2023-Q4", [], "NV2.1").value is None
    found = figure(register, "2023-Q3..2023-Q4", [news(ended, "2023-Q3", 3)], "NV2.1")
    assert (found.value, found.reported, found.owed) == (3, 0, 1)


def test_punctuality_of_then_is_that_of_the_units_both_have() -> None:
    ended, lasting = unit("CB-CQ-1", until="30/09/2023"), unit("CB-CQ-2", order=1)
    register = office(ended, lasting, due={"2023-Q3": "10/10/2023", "2023-Q4": "10/01/2024"})
    told = {
        quarter(key): tuple(
            Submission(code, "", "", UnitState.ACCEPTED, date(2023, 10, 5), "Sổ", punctual, period=key)
            for code, punctual in items
        )
        for key, items in {
            "2023-Q3": [("CB-CQ-1", "Nộp muộn"), ("CB-CQ-2", "Đúng hạn")],
            "2023-Q4": [("CB-CQ-2", "Đúng hạn")],
        }.items()
    }
    found = figures_of(ledger(register, "2023-Q4", [], held="2023-Q3", submissions=told))
    assert [found["TL.1", ""].previous, found["TL.2", ""].previous] == [1, 0]


def test_a_nil_report_carries_nothing_where_one_that_went_into_the_unit_was_silent() -> None:
    a, b = unit("CB-CQ-A", until="30/06/2023"), unit("CB-CQ-B", until="30/06/2023", order=1)
    new = unit("CB-CQ-C", since="01/07/2023", order=2)
    register = office(a, b, new, mergers=[(old, "CB-CQ-C", "01/07/2023") for old in ("CB-CQ-A", "CB-CQ-B")])

    def listed(sender: Unit) -> UsedReturn:
        model = f"| ma_mo_hinh | trang_thai |\n| MH-{sender.code}-001 | Duy trì |"
        return used(form(sender, "2023-Q2", {"B1": b1(), "B2": b2(model)}))

    nil = used(form(new, "2023-Q3", {"B1": EMPTY_B1}, bia=NIL))
    both = figure(register, "2023-Q3", [listed(a), listed(b), nil], "NV3.2")
    one = figure(register, "2023-Q3", [listed(a), nil], "NV3.2")
    assert [(both.value, both.reported), (one.value, one.reported)] == [(2, 1), (None, 0)]
    assert figure(register, "2023-Q3", [listed(a), nil], "MT1.5").reported == 0


def test_a_replication_in_a_unit_that_was_merged_into_the_own_one_later_stands() -> None:
    """It is one lượt of NV3.6 then, and the model is replicated in MT4.2 for good."""
    a, c = unit("CB-CQ-A", until="30/06/2023"), unit("CB-CQ-C", order=1)
    register = office(a, c, mergers=[("CB-CQ-A", "CB-CQ-C", "01/07/2023")])
    model = b2("| ma_mo_hinh | ngay_dk | trang_thai |\n| MH-CB-CQ-C-001 | 05/01/2023 | Duy trì |")
    review = b3("| ma_mo_hinh | ngay_danh_gia | xep_loai |\n| MH-CB-CQ-C-001 | 05/05/2023 | Hiệu quả cao |")
    there = "| ma_mo_hinh | noi_nhan_rong | ngay_nhan_rong |\n| MH-CB-CQ-C-001 | CB-CQ-A | 05/06/2023 |"
    returns = [
        used(form(a, "2023-Q2", {"B1": b1()}, ticks="B2")),
        used(form(c, "2023-Q2", {"B1": b1(), "B2": model, "B3": review, "B3b": there})),
        used(form(c, "2023-Q3", {"B1": b1(), "B2": model}, ticks="B3")),
    ]
    assert figure(register, "2023-Q2", returns[:2], "NV3.6").value == 1
    found = figure(register, "2023-Q3", returns, "MT4.2")
    assert (found.numerator, found.denominator) == (1, 1)


def test_nobody_recognised_in_the_year_before_is_known() -> None:
    """A due B9a with its tick says so; without any B9a of that year the figure is blank."""
    lone = unit("CB-CQ-1")
    before = used(form(lone, "2022-Q4", {"B1": b1()}, ticks="B2 B3 B9a B10"))
    now = used(form(lone, "2023-Q4", {"B1": b1(), "B9a": b9a("| ten |\n| Tổ A |")}, ticks="B2 B3 B10"))
    known, unknown = (figure(office(lone), "2023-Q4", returns, "NV5.3") for returns in ([before, now], [now]))
    assert (known.value, known.reported, unknown.value) == (0, 1, None)
    assert unknown.note.startswith("cần số liệu năm trước")
