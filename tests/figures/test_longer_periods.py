"""Quarters add up: 6T, 9T, years and ranges, what stands beside them, and what a merger of units leaves as it was.

The mini district of the first part was added up by hand: one commune, one agency, Ban Dân vận, 2022-Q2 … 2023-Q4.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dvk_reports.figures.compute import compute, compute_with_parts
from dvk_reports.figures.definitions import figure_in
from dvk_reports.figures.lines import lines_in
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Stop
from dvk_reports.model.periods import Quarter, by_year, quarters_between
from dvk_reports.model.returns import Submission as Sent
from dvk_reports.model.returns import UnitState, UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.register.register import Register, Unit
from tests.support.build import (
    PLAN,
    b1,
    b2,
    b3,
    b5,
    b6,
    b7,
    b9a,
    b10,
    figures_of,
    form,
    ledger,
    office,
    quarter,
    table,
    unit,
    used,
)

XA = unit("DB-XA-1", name="Đảng bộ xã Một")
CQ = unit("CB-CQ-1", name="Chi bộ Hai", order=1)
BDV = unit("CQ-BDV", "BXD", name="Ban Dân vận", order=2)
REGISTER = office(XA, CQ, BDV, thon={"DB-XA-1": "T1; T2"})
QUARTERS = quarters_between(quarter("2022-Q2"), quarter("2023-Q4"))


def sent(
    sender: Unit,
    key: str,
    *,
    lop: int = 0,
    luot: int = 10,
    tin: int = 0,
    kiem_tra: int = 0,
    tien: str = "",
    models: Iterable[tuple[str, str, str]] = (),
    m2: Mapping[str, str] | None = None,
    news_of: str = "",
    b9: str = "",
) -> UsedReturn:
    """A return with so many classes, news, inspections, so much money. ``models``: (code, day registered, state)."""
    of = quarter(key)
    inside = f"{of.first_day.replace(day=5):%d/%m/%Y}"
    chair = (
        "Đảng ủy xã, thị trấn"
        if PLAN.has_hamlets(sender.kind)
        else "Ban Dân vận Huyện ủy"
        if sender.kind == "BXD"
        else "Khác"
    )
    sheets = {
        "B1": b1(),
        "B5": b5("| ngay_tu | ngay_den | so_luot |\n" + f"| {inside} | {inside} | {luot} |\n" * lop),
        "B6": b6(
            "| ngay | tieu_de | ma_mo_hinh |\n" + "".join(f"| {inside} | Tin {n} | {news_of} |\n" for n in range(tin))
        ),
        "B7": b7(
            "| ngay | cap | don_vi_duoc_kt |\n"
            + "".join(f"| {inside} | {chair} | Nơi {n} |\n" for n in range(kiem_tra))
        ),
        "B2": b2(
            "| ma_mo_hinh | ngay_dk | trang_thai | ma_thon | chu_the | muc_tieu | noi_dung |\n"
            + "".join(f"| {code} | {since} | {state} | T1 | x | x | x |\n" for code, since, state in models)
        ),
        "B3": b3(
            "| ma_mo_hinh | ngay_danh_gia | m2_dat |\n"
            + "".join(f"| {code} | {inside} | {area} |\n" for code, area in (m2 or {}).items())
        ),
    }
    if tien:
        sheets["B10"] = b10(f"| nguon | thuc_hien |\n| Xã hội hóa | {tien} |")
    if b9:
        sheets["B9a"] = b9
    return used(form(sender, key, {name: text for name, text in sheets.items() if len(text.splitlines()) > 1}))


# --- the mini district ----------------------------------------------------------------------------------------------

FLOWS = """
| ky      | xa_lop | xa_tin | xa_tien | cq_tin | bdv_lop | bdv_tin | bdv_kt |
| 2022-Q2 | 1      | 2      | 10.5    | 1      | 2       | 3       | 1      |
| 2022-Q3 | 0      | 1      |         | 0      | 1       | 4       | 0      |
| 2022-Q4 | 2      | 0      | 4.5     | 2      | 1       | 2       | 2      |
| 2023-Q1 | 1      | 1      |         | 1      | 1       | 1       | 0      |
| 2023-Q2 | 0      | 3      | 7       | 0      | 2       | 2       | 1      |
| 2023-Q3 | 1      | 1      | 1.25    | 2      | 0       | 5       | 1      |
| 2023-Q4 | 1      | 2      | 3       | 1      | 1       | 2       | 3      |
"""
LISTED = {
    "2022-Q2": [("MH-DB-XA-1-001", "05/05/2022", "Đăng ký")],
    "2022-Q3": [("MH-DB-XA-1-001", "05/05/2022", "Đang thực hiện"), ("MH-DB-XA-1-002", "10/08/2022", "Đăng ký")],
    "2022-Q4": [("MH-DB-XA-1-001", "05/05/2022", "Duy trì"), ("MH-DB-XA-1-002", "10/08/2022", "Đang thực hiện")],
    "2023-Q1": [("MH-DB-XA-1-001", "05/05/2022", "Duy trì"), ("MH-DB-XA-1-002", "10/08/2022", "Đang thực hiện")],
    "2023-Q2": [
        ("MH-DB-XA-1-001", "05/05/2022", "Duy trì"),
        ("MH-DB-XA-1-002", "10/08/2022", "Tạm dừng"),
        ("MH-DB-XA-1-003", "20/05/2023", "Đang thực hiện"),
    ],
    "2023-Q3": [
        ("MH-DB-XA-1-001", "05/05/2022", "Duy trì"),
        ("MH-DB-XA-1-002", "10/08/2022", "Đang thực hiện"),
        ("MH-DB-XA-1-003", "20/05/2023", "Duy trì"),
    ],
    "2023-Q4": [
        ("MH-DB-XA-1-001", "05/05/2022", "Duy trì"),
        ("MH-DB-XA-1-002", "10/08/2022", "Duy trì"),
        ("MH-DB-XA-1-003", "20/05/2023", "Duy trì"),
        ("MH-DB-XA-1-004", "02/11/2023", "Đăng ký"),
    ],
}
AREA = {"2022-Q4": {"MH-DB-XA-1-001": "120"}, "2023-Q3": {"MH-DB-XA-1-001": "80.5", "MH-DB-XA-1-003": "40"}}
NEWS_OF = {"2023-Q1": "MH-DB-XA-1-001", "2023-Q2": "MH-DB-XA-1-001", "2023-Q3": "MH-DB-XA-1-002"}
RECOGNISED = {
    "2022-Q4": """
        | nam_xet | ngay_qd    | ma_mo_hinh     | loai     | ten          | ngay_sinh  |
        | 2022    | 14/10/2022 | MH-DB-XA-1-001 | Tập thể  | Tổ Bản Một   |            |
        | 2022    | 14/10/2022 | MH-DB-XA-1-001 | Cá nhân  | Lý Thị Mẩy   | 02/03/1980 |
        | 2022    | 14/10/2022 | MH-DB-XA-1-002 | Cá nhân  | Vàng Văn Páo | 05/06/1975 |
    """,
    "2023-Q4": """
        | nam_xet | ngay_qd    | ma_mo_hinh     | loai     | ten          | ngay_sinh  |
        | 2023    | 13/10/2023 | MH-DB-XA-1-003 | Tập thể  | Tổ  bản một  |            |
        | 2023    | 13/10/2023 | MH-DB-XA-1-001 | Cá nhân  | Lý Thị Mẩy   | 02/03/1980 |
        | 2023    | 13/10/2023 | MH-DB-XA-1-002 | Cá nhân  | Vàng Văn Páo | 05/06/1976 |
    """,
}


def district(silent: Iterable[tuple[str, str]] = ()) -> list[UsedReturn]:
    found = []
    for line in table(FLOWS):
        key = line["ky"]
        found += [
            sent(
                XA,
                key,
                lop=int(line["xa_lop"]),
                tin=int(line["xa_tin"]),
                tien=line["xa_tien"].replace(".", ","),
                models=LISTED[key],
                m2={code: area.replace(".", ",") for code, area in AREA.get(key, {}).items()},
                news_of=NEWS_OF.get(key, ""),
                b9=b9a(RECOGNISED[key]) if key in RECOGNISED else "",
            ),
            sent(CQ, key, tin=int(line["cq_tin"])),
            sent(BDV, key, lop=int(line["bdv_lop"]), tin=int(line["bdv_tin"]), kiem_tra=int(line["bdv_kt"])),
        ]
    return [item for item in found if (item.unit, item.period) not in set(silent)]


@pytest.fixture(scope="module")
def everything() -> list[UsedReturn]:
    return district()


def values(period: str, returns: list[UsedReturn], *codes: str) -> dict[str, Decimal | None]:
    found = figures_of(ledger(REGISTER, period, _until(period, returns)))
    return {code: found[code, ""].value for code in codes}


def _until(period: str, returns: list[UsedReturn]) -> list[UsedReturn]:
    last = ledger(REGISTER, period, []).last
    return [item for item in returns if quarter(item.period) <= last]


CODES = ("NV1.1", "NV1.2", "NV2.1", "NV2.3", "NV3.1", "NV3.2", "NV4.1", "NV4.2", "KP.2", "KQ.1")
BY_HAND = """
| ky               | NV1.1 | NV1.2 | NV2.1 | NV2.3 | NV3.1 | NV3.2 | NV4.1 | NV4.2 | KP.2  | KQ.1  |
| 2022             | 7     | 70    | 15    | 0     | 2     | 2     | 3     | 2     | 15    | 120   |
| 2023-6T          | 4     | 40    | 8     | 1     | 1     | 2     | 1     | 1     | 7     | 0     |
| 2023-9T          | 5     | 50    | 16    | 2     | 1     | 3     | 2     | 1     | 8.25  | 120.5 |
| 2023             | 7     | 70    | 21    | 2     | 2     | 3     | 5     | 3     | 11.25 | 120.5 |
| 2022-Q2..2023-Q3 | 12    | 120   | 31    | 2     | 3     | 3     | 5     | 2     | 23.25 | 240.5 |
| 2022-Q2..2023-Q4 | 14    | 140   | 36    | 2     | 4     | 3     | 8     | 3     | 26.25 | 240.5 |
"""


@pytest.mark.parametrize("line", table(BY_HAND), ids=lambda line: line["ky"])
def test_what_was_added_up_by_hand(line: Mapping[str, str], everything: list[UsedReturn]) -> None:
    """Flows are summed, snapshots come from the last quarter, what is distinct is counted over the union."""
    assert values(line["ky"], everything, *CODES) == {code: Decimal(line[code]) for code in CODES}


@pytest.mark.parametrize(
    ("silent", "stopped"),
    [
        ([], {}),
        ([("DB-XA-1", "2022-Q3"), ("CQ-BDV", "2023-Q4")], {}),
        ([], {"2022-Q4": Stop("B2", 7, "trang_thai"), "2023-Q2": Stop("B5")}),
        ([], {"2023-Q1": Stop("B2"), "2023-Q4": Stop("B3", 7, "ngay_danh_gia")}),
    ],
)
def test_the_years_of_a_stage_say_of_themselves_what_they_say_alone(
    silent: list[tuple[str, str]], stopped: Mapping[str, Stop]
) -> None:
    """Worked out beside the stage from the same returns, or for themselves from returns that nobody has looked at."""
    returns = [
        replace(item, stops=frozenset({stopped[item.period]}))
        if item.unit == XA.code and item.period in stopped
        else item
        for item in district(silent)
    ]
    stage = ledger(REGISTER, "2022-Q4..2023-Q4", returns)
    years = by_year(stage.period)
    figures, beside = compute_with_parts(stage, years)
    assert [year.key for year in years] == list(beside) == ["2022-Q4", "2023"]
    assert figures == compute(ledger(REGISTER, "2022-Q4..2023-Q4", returns))
    for year in years:
        alone = replace(ledger(REGISTER, "2022-Q4..2023-Q4", returns), period=year)
        whole = [lines_in(figure) for code in PLAN.figure_specs if (figure := figure_in(alone, code)) is not None]
        assert len(whole) > 40 and any(lines[""].sources for lines in whole)
        assert beside[year.key] == tuple(replace(lines[""], sources=()) for lines in whole)


def test_who_has_kept_on_for_two_years(everything: list[UsedReturn]) -> None:
    """The body under another spelling and one person; the other has another birth date, so he is doubtful."""
    found = figures_of(ledger(REGISTER, "2023", everything))
    assert [(found["NV5.3", name].value) for name in ("", "Tập thể", "Cá nhân")] == [2, 1, 1]
    assert found["NV5.3", ""].note == "cách tính A; 02 trường hợp trùng tên cần xác minh, không gộp"
    first = figures_of(ledger(REGISTER, "2022", _until("2022", everything)))["NV5.3", ""]
    assert (first.value, first.note) == (None, "cần số liệu năm trước")


def test_a_silent_quarter_takes_the_unit_out_of_n_and_its_other_quarters_stay_in_the_year() -> None:
    returns = district([("DB-XA-1", "2023-Q2")])
    found = figures_of(ledger(REGISTER, "2023", returns))
    news, models = found["NV2.1", ""], found["NV3.2", ""]
    assert (news.value, news.reported, news.owed, news.missing) == (Decimal(18), 2, 3, ("DB-XA-1",))
    assert news.note == "thiếu 01/12 lượt báo cáo: Đảng bộ xã Một (II/2023)"
    assert (models.value, models.reported, models.owed) == (Decimal(3), 3, 3)


def test_a_quarter_that_nobody_holds_is_named_and_leaves_nobody_in_n() -> None:
    returns = [item for item in district() if item.period != "2023-Q2"]
    found = figures_of(ledger(REGISTER, "2023", returns))
    assert [(found[code, ""].value, found[code, ""].reported) for code in ("NV2.1", "NV3.2")] == [(16, 0), (3, 3)]
    assert found["NV2.1", ""].note == "thiếu 03/12 lượt báo cáo: cả quý II năm 2023"


# --- beside it ------------------------------------------------------------------------------------------------------


def beside(period: str, returns: list[UsedReturn], code: str, register: Register = REGISTER) -> tuple[object, ...]:
    figure = figures_of(ledger(register, period, _until(period, returns)))[code, ""]
    percent = figure.percent_of_last_year
    return (
        figure.previous,
        figure.last_year,
        None if percent is None else percent.quantize(Decimal("0.1")),
        figure.cumulative,
        figure.beside,
    )


def test_the_period_before_the_same_period_and_the_sum_since_the_start(everything: list[UsedReturn]) -> None:
    assert beside("2023-Q3", everything, "NV2.1") == (5, 5, Decimal("160.0"), 31, "")
    assert beside("2023-Q3", everything, "NV3.2") == (2, 1, Decimal("300.0"), None, "")
    assert beside("2023-9T", everything, "NV4.1")[0] is None
    # 2022 has three quarters of the plan: its flows stand there, but no percent of them.
    note = "cùng kỳ năm trước: chỉ tính từ quý II năm 2022"
    assert beside("2023", everything, "NV2.1") == (15, 15, None, 36, note)
    assert beside("2023", everything, "NV3.2") == (2, 2, Decimal("150.0"), None, "")
    assert beside("2022-Q2..2023-Q3", everything, "NV2.1") == (None, None, None, 31, "")


def test_a_restated_quarter_is_told_once_for_all_that_rests_on_it(everything: list[UsedReturn]) -> None:
    why = {("NV2.1", ""): (1, "nộp lại")}
    found = replace(ledger(REGISTER, "2023", everything), restated={quarter("2023-Q2"): why, quarter("2022-Q3"): why})
    assert figures_of(found)["NV2.1", ""].beside == (
        "cùng kỳ năm trước: chỉ tính từ quý II năm 2022; "
        "số kỳ trước, cùng kỳ năm trước, lũy kế (quý III năm 2022) đã điều chỉnh ở bản bổ sung lần 1: nộp lại; "
        "số kỳ này, lũy kế (quý II năm 2023) đã điều chỉnh ở bản bổ sung lần 1: nộp lại"
    )


def test_what_one_period_has_worked_out_changes_nothing_in_another(everything: list[UsedReturn]) -> None:
    """All periods of a run share what a return adds, also where the quarter's own files are named from elsewhere."""
    stops = frozenset({Stop("B6", row, "luot_tiep_can") for row in range(40)})
    returns = [replace(item, stops=stops) if item.period == "2023-Q1" else item for item in everything]
    whole = ledger(REGISTER, "2022-Q2..2023-Q4", returns)
    periods = [
        ledger(REGISTER, key, returns).period for key in ("2022-Q2..2023-Q4", "2023", "2023-Q3", "2022-Q3", "2023-6T")
    ]
    together = [compute(replace(whole, period=period)) for period in periods]
    assert together == [compute(replace(whole, period=period, cache={})) for period in periods]
    files = {source.file for figure in together[2] for source in figure.sources}
    assert any(not file.startswith("../") for file in files)


def test_nothing_then_gives_no_percent(everything: list[UsedReturn]) -> None:
    previous, then, percent, *_ = beside("2023-Q3", everything, "NV4.1")
    assert (previous, then, percent) == (1, 0, None)


def test_a_total_of_then_says_how_many_units_are_whole_in_it() -> None:
    returns = district([("CB-CQ-1", "2022-Q3")])
    note = "cùng kỳ năm trước 2/3 đơn vị; lũy kế 2/3 đơn vị"
    assert beside("2023-Q3", returns, "NV2.1") == (5, 5, Decimal("160.0"), 31, note)


# --- mergers --------------------------------------------------------------------------------------------------------

OLD_A = unit("DB-XA-A", name="Đảng bộ xã A", until="30/06/2025")
OLD_B = unit("DB-XA-B", name="Đảng bộ xã B", until="30/06/2025", order=1)
NEW = unit("DB-XA-AB", name="Đảng bộ xã AB", since="01/07/2025", order=2)
ENDED = unit("CB-CQ-9", name="Chi bộ Chín", until="30/06/2025", order=3)
LASTING = unit("CB-CQ-1", name="Chi bộ Hai", order=4)
JOINED = [("DB-XA-A", "DB-XA-AB", "01/07/2025"), ("DB-XA-B", "DB-XA-AB", "01/07/2025")]
MERGED = office(OLD_A, OLD_B, NEW, ENDED, LASTING, mergers=JOINED)


def across() -> list[UsedReturn]:
    return [
        sent(OLD_A, "2025-Q2", lop=1, tin=2),
        sent(OLD_B, "2025-Q2", lop=2, tin=1),
        sent(ENDED, "2025-Q2", tin=4),
        sent(LASTING, "2025-Q2", tin=1),
        sent(NEW, "2025-Q3", lop=1, tin=5),
        sent(LASTING, "2025-Q3", tin=2),
    ]


def test_the_past_of_merged_units_is_added_up_on_the_new_one() -> None:
    classes = figures_of(ledger(MERGED, "2025-Q3", across()))["NV1.1", ""]
    assert (classes.value, classes.previous) == (1, 3)
    # Chi bộ Chín has no heir: the past is counted on those that both quarters have.
    assert classes.beside == (
        "kỳ trước: chỉ tính 02 đơn vị có ở cả hai kỳ (không tính Chi bộ Chín nay không còn); "
        "kỳ này của các đơn vị đó: 1"
    )
    both = office(OLD_A, OLD_B, NEW, LASTING, mergers=JOINED)
    returns = [item for item in across() if item.unit != "CB-CQ-9"]
    whole = figures_of(ledger(both, "2025-Q3", returns))["NV2.1", ""]
    assert (whole.value, whole.previous, whole.beside) == (7, 4, "kỳ trước: cộng lại theo đơn vị sau sắp xếp")


def test_a_unit_that_crosses_the_old_border_is_named_and_gets_no_percent() -> None:
    code = PLAN.info.gom_ngoai_dia_ban[0].ma_don_vi
    old = unit("DB-XA-A", until="30/06/2025")
    new = unit(code, since="01/07/2025", name="Đảng bộ xã Mới")
    register = office(old, new, mergers=[("DB-XA-A", code, "01/07/2025")])
    returns = [sent(old, "2024-Q3", tin=2), sent(old, "2025-Q2", tin=3), sent(new, "2025-Q3", tin=4)]
    figure = figures_of(ledger(register, "2025-Q3", returns))["NV2.1", ""]
    assert (figure.value, figure.previous, figure.last_year, figure.percent_of_last_year) == (4, 3, 2, None)
    said = "cộng lại theo đơn vị sau sắp xếp; Đảng bộ xã Mới nay gồm thêm xã Tân An, xã Tân Thượng (huyện Văn Bàn)"
    assert figure.beside == f"kỳ trước: {said}; cùng kỳ năm trước: {said}"


def test_a_unit_without_heir_keeps_its_flows_in_no_n_and_is_named() -> None:
    news = figures_of(ledger(MERGED, "2025-Q2..2025-Q3", across()))["NV2.1", ""]
    assert (news.value, news.reported, news.owed) == (15, 2, 2)
    assert news.note == "có số liệu của đơn vị đã kết thúc: Chi bộ Chín"


def test_many_ended_units_are_all_named_in_the_workbook_and_counted_in_a_paper() -> None:
    ended = [unit(f"CB-CQ-2{n}", name=f"Chi bộ {n}", until="30/06/2025", order=n) for n in range(4)]
    register = office(*ended, LASTING)
    returns = [sent(item, "2025-Q2", tin=1) for item in ended]
    returns += [sent(LASTING, "2025-Q2", tin=1), sent(LASTING, "2025-Q3", tin=2)]
    found = figures_of(ledger(register, "2025-Q2..2025-Q3", returns))
    assert found["NV2.1", ""].note == "có số liệu của đơn vị đã kết thúc: Chi bộ 0, Chi bộ 1, Chi bộ 2, Chi bộ 3"
    assert found["NV2.1", ""].brief == "có số liệu của 04 đơn vị đã kết thúc"
    assert (found["NV2.1", "Tin"].note, found["NV2.1", "Tin"].brief) == ("", "")


def test_an_ended_unit_has_no_models_at_the_end_to_be_named_for() -> None:
    reviewed = figures_of(ledger(MERGED, "2025-Q2..2025-Q3", across()))["MT4.1", ""]
    assert "đã kết thúc" not in reviewed.note


def test_a_unit_that_was_split_gives_its_past_to_neither() -> None:
    one, two = unit("CB-CQ-8", since="01/07/2025", order=5), unit("CB-CQ-7", since="01/07/2025", order=6)
    split = office(
        ENDED, one, two, LASTING, mergers=[("CB-CQ-9", "CB-CQ-8", "01/07/2025"), ("CB-CQ-9", "CB-CQ-7", "01/07/2025")]
    )
    returns = [
        sent(ENDED, "2025-Q2", tin=4),
        sent(LASTING, "2025-Q2", tin=1),
        sent(one, "2025-Q3", tin=1),
        sent(two, "2025-Q3", tin=2),
        sent(LASTING, "2025-Q3", tin=2),
    ]
    news = figures_of(ledger(split, "2025-Q2..2025-Q3", returns))["NV2.1", ""]
    assert (news.value, news.reported, news.owed) == (10, 3, 3)
    assert news.note == "có số liệu của đơn vị đã kết thúc: Chi bộ Chín"
    beside_it = figures_of(ledger(split, "2025-Q3", returns))["NV2.1", ""]
    assert (beside_it.value, beside_it.previous, beside_it.percent_of_last_year) == (5, 1, None)


def test_a_unit_that_takes_in_another_and_goes_on() -> None:
    """The past of both is its own, and nothing is counted twice before the day."""
    taken = office(ENDED, LASTING, mergers=[("CB-CQ-9", "CB-CQ-1", "01/07/2025")])
    returns = [
        sent(ENDED, "2025-Q2", tin=4),
        sent(LASTING, "2025-Q2", tin=1),
        sent(LASTING, "2025-Q3", tin=2),
    ]
    assert figures_of(ledger(taken, "2025-Q2", returns[:2]))["NV2.1", ""].value == 5
    news = figures_of(ledger(taken, "2025-Q2..2025-Q3", returns))["NV2.1", ""]
    assert (news.value, news.reported, news.owed, news.note) == (7, 1, 1, "")
    assert figures_of(ledger(taken, "2025-Q3", returns))["NV2.1", ""].previous == 5


# --- whatever the numbers -------------------------------------------------------------------------------------------

KINDS = ("DB-XA-1", "DB-XA-2", "CB-CQ-3", "PB-4")
FLOW_FIGURES = [
    spec.ma
    for spec in PLAN.figures.chi_tieu
    if spec.ky == "phat_sinh" and spec.loai != "ty_so" and not spec.ve_viec_nop
]
counts = st.integers(0, 3)
answers = st.tuples(counts, counts, counts, st.sampled_from(["", "1", "2,5", "0"]), counts)


def year_of(drawn: Mapping[str, list[tuple[int, int, int, str, int]]], senders: Mapping[str, Unit]) -> list[UsedReturn]:
    found = []
    for code, quarters in drawn.items():
        models: list[tuple[str, str, str]] = []
        for number, (lop, tin, kiem_tra, tien, fresh) in enumerate(quarters, 1):
            of = Quarter(2023, number)
            for _ in range(fresh):
                models.append((f"MH-{code}-{len(models) + 1:03d}", f"{of.first_day:%d/%m/%Y}", "Đang thực hiện"))
            area = {model[0]: "3" for model in models[:1]}
            answer = sent(senders[code], of.key, lop=lop, tin=tin, kiem_tra=kiem_tra, tien=tien, models=models, m2=area)
            found.append(answer)
    return found


def lines(source: Iterable[Figure], *codes: str) -> dict[tuple[str, str], Decimal | None]:
    return {(item.code, item.group): item.value for item in source if item.code in codes}


drawn_year = st.fixed_dictionaries({code: st.lists(answers, min_size=4, max_size=4) for code in KINDS})


@settings(max_examples=15, deadline=None)
@given(drawn=drawn_year, seed=st.integers(0, 1000))
def test_four_quarters_are_the_year_in_any_order(
    drawn: dict[str, list[tuple[int, int, int, str, int]]], seed: int
) -> None:
    senders = {code: unit(code, order=place) for place, code in enumerate(KINDS)}
    register = office(*senders.values(), thon={"DB-XA-1": "T1", "DB-XA-2": "T1"})
    returns = year_of(drawn, senders)
    random.Random(seed).shuffle(returns)
    whole, halves = (compute(ledger(register, key, returns)) for key in ("2023", "2023-6T"))
    single = [compute(ledger(register, f"2023-Q{n}", returns)) for n in range(1, 5)]
    year, parts = lines(whole, *FLOW_FIGURES), [lines(figures, *FLOW_FIGURES) for figures in single]
    assert year == {key: sum((part[key] or 0 for part in parts), Decimal(0)) for key in year}
    half = lines(halves, *FLOW_FIGURES)
    assert half == {key: (parts[0][key] or 0) + (parts[1][key] or 0) for key in half}
    distinct = lines(whole, "NV2.3", "NV4.2")
    quarters = [lines(figures, "NV2.3", "NV4.2") for figures in single]
    for key, value in distinct.items():
        every = [part[key] or Decimal(0) for part in quarters]
        assert max(every) <= (value or 0) <= sum(every)


@settings(max_examples=15, deadline=None)
@given(drawn=drawn_year, cut=st.integers(1, 3))
def test_merged_then_added_is_added_then_merged(
    drawn: dict[str, list[tuple[int, int, int, str, int]]], cut: int
) -> None:
    """Two communes become one after quarter ``cut``: no total of the year changes, and none of the quarters before."""
    plain = {code: unit(code, order=place) for place, code in enumerate(KINDS)}
    apart = office(*plain.values())
    last, first = Quarter(2023, cut).last_day, Quarter(2023, cut).next.first_day
    ended = {code: replace(plain[code], until=last) for code in ("DB-XA-1", "DB-XA-2")}
    heir = unit("DB-XA-12", since=f"{first:%d/%m/%Y}", order=9)
    joined = office(
        *ended.values(), plain["CB-CQ-3"], plain["PB-4"], heir,
        mergers=[(code, "DB-XA-12", f"{first:%d/%m/%Y}") for code in ended],
    )  # fmt: skip
    returns = year_of(drawn, plain)
    merged = [item for item in returns if item.unit not in ended or quarter(item.period).number <= cut]
    for number in range(cut + 1, 5):
        merged.append(_one([item for item in returns if item.unit in ended and item.period == f"2023-Q{number}"], heir))
    codes = (*FLOW_FIGURES, "NV3.2", "NV2.3")
    before, after = (
        lines(compute(ledger(register, "2023", found)), *codes)
        for register, found in ((apart, returns), (joined, merged))
    )
    assert before == after
    for number in range(1, cut + 1):
        assert lines(compute(ledger(apart, f"2023-Q{number}", returns)), *codes) == lines(
            compute(ledger(joined, f"2023-Q{number}", merged)), *codes
        )


def _one(returns: list[UsedReturn], heir: Unit) -> UsedReturn:
    """The rows of several returns as one unit sends them."""
    rows: dict[str, tuple[Row, ...]] = {}
    for place, item in enumerate(returns):
        for sheet, found in item.rows.items():
            if sheet not in ("BIA", "B1", "B11") or place == 0:
                moved = tuple(replace(row, number=row.number + 1000 * place) for row in found)
                rows[sheet] = rows.get(sheet, ()) + moved
    stops: frozenset[Stop] = frozenset()
    return UsedReturn(heir.code, returns[0].period, f"{heir.code}.xlsx", "Chính thức", rows, stops)


# --- on time --------------------------------------------------------------------------------------------------------


def test_punctuality_is_a_sum_of_unit_quarters() -> None:
    due = {"2023-Q1": "10/04/2023", "2023-Q2": "10/07/2023"}
    register = office(XA, CQ, due=due)
    told = {
        "2023-Q1": [(XA, UnitState.ACCEPTED, "Đúng hạn"), (CQ, UnitState.MISSING, "")],
        "2023-Q2": [(XA, UnitState.ACCEPTED, "Đúng hạn"), (CQ, UnitState.ACCEPTED, "Nộp muộn")],
    }
    submissions = {
        quarter(key): tuple(
            Sent(who.code, "", "", state, date(2023, 4, 5) if punctual else None, "Sổ", punctual, period=key)
            for who, state, punctual in items
        )
        for key, items in told.items()
    }
    source = ledger(register, "2023-6T", [], held="2023-Q1", as_of=date(2023, 7, 20), submissions=submissions)
    found = figures_of(source)
    on_time, late = found["TL.1", ""], found["TL.2", ""]
    assert (on_time.numerator, on_time.denominator, on_time.reported, on_time.owed) == (2, 4, 2, 2)
    assert (late.value, found["TL.2", "Nộp muộn"].value, found["TL.2", "Chưa nộp"].value) == (1, 1, 0)


def test_punctuality_beside_another_set_of_units_is_counted_on_those_of_both() -> None:
    """Chi bộ Chín is no more: its lateness of then is no lateness of those that are compared."""
    due = {"2025-Q2": "10/07/2025", "2025-Q3": "10/10/2025"}
    register = office(ENDED, LASTING, due=due)

    def told(key: str, items: dict[str, str]) -> tuple[Sent, ...]:
        return tuple(
            Sent(code, "", "", UnitState.ACCEPTED, date(2025, 7, 5), "Sổ", punctual, period=key)
            for code, punctual in items.items()
        )

    submissions = {
        quarter("2025-Q2"): told("2025-Q2", {"CB-CQ-9": "Nộp muộn", "CB-CQ-1": "Đúng hạn"}),
        quarter("2025-Q3"): told("2025-Q3", {"CB-CQ-1": "Đúng hạn"}),
    }
    source = ledger(register, "2025-Q3", [], held="2025-Q2", as_of=date(2025, 10, 20), submissions=submissions)
    on_time = figures_of(source)["TL.1", ""]
    assert (on_time.value, on_time.previous) == (1, 1)
    assert on_time.beside == (
        "kỳ trước: chỉ tính 01 đơn vị có ở cả hai kỳ (không tính Chi bộ Chín nay không còn); "
        "kỳ này của các đơn vị đó: 100%"
    )


# --- what is compared: the units that both periods have ------------------------------------------------------------

A, B, C = (unit(f"CB-CQ-{name}", name=f"Chi bộ {name}", order=place) for place, name in enumerate("ABC"))
NOW, THEN = "2023-Q3", "2022-Q3"


def compared(
    register: Register, news: Mapping[str, tuple[int, int]], code: str = "NV2.1", period: str = NOW, then: str = THEN
) -> tuple[object, ...]:
    """``news``: unit -> how much it sent then and now. Value, then, percent, note on it."""
    returns = [
        sent(register.by_code[name], key, tin=count)
        for name, counts in news.items()
        for key, count in zip((then, NOW), counts, strict=True)
        if register.by_code[name].valid(quarter(key).last_day)
    ]
    figure = figures_of(ledger(register, period, returns))[code, ""]
    return figure.value, figure.last_year, figure.percent_of_last_year, figure.beside


def test_a_unit_that_began_is_on_neither_side_and_the_percent_is_of_the_others() -> None:
    fresh = replace(B, since=date(2023, 1, 1))
    assert compared(office(A, fresh), {"CB-CQ-A": (4, 6), "CB-CQ-B": (0, 5)}) == (
        11,
        4,
        Decimal(150),
        "cùng kỳ năm trước: chỉ tính 01 đơn vị có ở cả hai kỳ (khi đó chưa có Chi bộ B); kỳ này của các đơn vị đó: 6",
    )


def test_a_unit_that_ended_inside_the_period_is_on_neither_side() -> None:
    ended = replace(B, until=date(2023, 6, 30))
    returns = [sent(A, key, tin=count) for key, count in (("2022-Q2", 2), ("2023-Q1", 1), ("2023-Q2", 2))]
    returns += [sent(ended, key, tin=count) for key, count in (("2022-Q2", 7), ("2023-Q1", 3), ("2023-Q2", 9))]
    returns += [sent(A, "2022-Q3", tin=2), sent(ended, "2022-Q3", tin=8), sent(A, "2023-Q3", tin=5)]
    figure = figures_of(ledger(office(A, ended), "2023-9T", returns))["NV2.1", ""]
    assert (figure.value, figure.last_year, figure.note) == (20, 4, "có số liệu của đơn vị đã kết thúc: Chi bộ B")
    assert figure.beside.startswith(
        "cùng kỳ năm trước: chỉ tính 01 đơn vị có ở cả hai kỳ (không tính Chi bộ B nay không còn); chỉ tính từ quý II "
        "năm 2022; kỳ này của các đơn vị đó: 8"
    )


@pytest.mark.parametrize("part", [B, replace(B, since=date(2023, 1, 1))], ids=["older part", "new part"])
def test_no_part_of_a_split_unit_is_a_unit_that_both_periods_have(part: Unit) -> None:
    old, new = replace(A, until=date(2022, 12, 31)), replace(C, since=date(2023, 1, 1))
    mergers = [("CB-CQ-A", "CB-CQ-B", "01/01/2023"), ("CB-CQ-A", "CB-CQ-C", "01/01/2023")]
    lasting = unit("CB-CQ-D", name="Chi bộ D", order=3)
    news = {"CB-CQ-A": (8, 0), "CB-CQ-B": (3, 4), "CB-CQ-C": (0, 5), "CB-CQ-D": (2, 1)}
    value, then, percent, _ = compared(office(old, part, new, lasting, mergers=mergers), news)
    assert (value, then, percent) == (10, 2, Decimal(50))


def test_what_counts_units_is_not_added_up_again_across_a_merger() -> None:
    old = [replace(item, until=date(2022, 12, 31)) for item in (A, B)]
    new = replace(C, since=date(2023, 1, 1))
    merged = office(*old, new, mergers=[(item.code, "CB-CQ-C", "01/01/2023") for item in old])
    news = {"CB-CQ-A": (4, 0), "CB-CQ-B": (2, 0), "CB-CQ-C": (0, 9)}
    assert compared(merged, news) == (9, 6, Decimal(150), "cùng kỳ năm trước: cộng lại theo đơn vị sau sắp xếp")
    uncountable = "cùng kỳ năm trước: không so sánh: chỉ tiêu đếm đơn vị, mà có đơn vị đã sáp nhập, chia tách"
    assert compared(merged, news, "MT1.1") == (1, None, None, uncountable)
    assert [code for code, spec in PLAN.figure_specs.items() if spec.dem_don_vi] == (
        ["MT1.1", "MT1.2", "MT1.3", "MT1.4", "MT2.2", "MT2.3", "MT2.4", "MT3.1", "MT3.2", "TL.1", "TL.2"]
    )


def test_what_a_unit_sent_stays_though_its_row_has_left_the_register() -> None:
    """260 of 1 056 people must not go because a row was deleted."""
    held = {
        quarter(key): tuple(
            Sent(item.code, item.name, item.kind, UnitState.ACCEPTED, date(2023, 7, 5), "Sổ", "Đúng hạn", period=key)
            for item in (A, B)
        )
        for key in ("2023-Q2", "2023-Q3")
    }
    returns = [sent(A, "2023-Q2", tin=1), sent(B, "2023-Q2", tin=2), sent(A, "2023-Q3", tin=3)]
    due = {"2023-Q2": "10/07/2023", "2023-Q3": "10/10/2023"}
    source = ledger(office(A, due=due), "2023-Q2..2023-Q3", returns, as_of=date(2023, 10, 20), submissions=held)
    found = figures_of(source)
    news, on_time = found["NV2.1", ""], found["TL.1", ""]
    assert (news.value, news.reported, news.owed) == (6, 1, 1)
    assert news.note == "thiếu 01/04 lượt báo cáo: Chi bộ B (III/2023); có số liệu của đơn vị đã kết thúc: Chi bộ B"
    assert (on_time.numerator, on_time.denominator, on_time.owed) == (4, 4, 1)


def test_a_breakdown_that_comes_to_less_says_why_on_every_line() -> None:
    models = [("MH-DB-XA-1-001", "05/05/2022", "Duy trì")]
    one = sent(XA, NOW, models=models)
    other = replace(sent(CQ, NOW, models=[("MH-CB-CQ-1-001", "05/05/2022", "Duy trì")]))
    doubtful = replace(other, stops=frozenset({*other.stops, Stop("B2", 7, "linh_vuc")}))
    found = figures_of(ledger(REGISTER, NOW, [one, doubtful]))
    assert (found["NV3.2", ""].value, found["NV3.3", ""].value) == (2, 1)
    lines = [line for (code, _), line in found.items() if code == "NV3.3"]
    assert {line.note for line in lines} == {"tổng chung là 2; ở đây không tính Chi bộ Hai"}
    assert len(lines) == 5
    whole = figures_of(ledger(REGISTER, NOW, [one, other]))["NV3.3", ""]
    assert (whole.value, whole.note) == (2, "")


def test_a_line_with_units_of_its_own_says_which_are_not_in_it() -> None:
    one, other = sent(XA, NOW, tien="5"), sent(CQ, NOW, tien="7")
    doubtful = replace(other, stops=frozenset({*other.stops, Stop("B10", 7, "quy_doi")}))
    found = figures_of(ledger(REGISTER, NOW, [one, doubtful]))
    assert (found["KP.2", ""].reported, found["KP.2", ""].note) == (2, "")
    line = found["KP.2", "Hiện vật quy đổi"]
    assert (line.reported, line.note) == (1, "số này không tính Chi bộ Hai")


def test_a_model_of_a_split_unit_goes_on_with_its_reviews_in_the_part_that_lists_it() -> None:
    """Reviewed in 2023-Q2 by the unit that was split since: in the year reviewed, of its class, and counted once."""
    old = unit("CB-CQ-A", name="Chi bộ A", until="30/06/2023")
    part, other = (unit(f"CB-CQ-{name}", name=f"Chi bộ {name}", since="01/07/2023", order=1) for name in "BC")
    mergers = [("CB-CQ-A", item.code, "01/07/2023") for item in (part, other)]
    register = office(old, replace(part, agency=True), replace(other, agency=True, order=2), mergers=mergers)
    code = "MH-CB-CQ-A-001"
    returns = [
        sent(old, "2023-Q1"),
        sent(old, "2023-Q2", models=[(code, "05/05/2022", "Duy trì")], m2={code: "5"}),
        sent(part, "2023-Q3", models=[(code, "05/05/2022", "Duy trì")]),
        sent(other, "2023-Q3", models=[("MH-CB-CQ-C-001", "05/05/2022", "Duy trì")]),
    ]
    found = figures_of(ledger(register, "2023-Q3", returns))
    seen = {name: (found[name, ""].numerator, found[name, ""].denominator) for name in ("MT3.2", "MT4.1", "MT4.3")}
    assert seen == {"MT3.2": (1, 2), "MT4.1": (1, 2), "MT4.3": (1, None)}
    assert found["KQ.1", ""].cumulative is None and found["KQ.1", ""].value == 0
