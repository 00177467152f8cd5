"""The sample workspaces of several quarters come out as they were sown, and what their text tells hangs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState, UnitState, is_late
from dvk_reports.plan.book.yaml_text import parsed
from dvk_reports.plan.duty import units_due
from tests.support.boards import unlike_their_lines
from tests.support.samples import Sample
from tools.samples.sets import Return

HISTORY, MERGER = "bao-yen-2022-2023", "bao-yen-2025"
NAMES = (HISTORY, MERGER)
ROUND = Quarter(2023, 3)
MERGER_DAY = date(2025, 7, 1)


def loud(data: Consolidation) -> list[tuple[str, ...]]:
    """(unit, sheet, cell, code, level) of every Chặn and Cảnh báo."""
    found = [(f.unit, f.sheet, f.cell, f.code, f.level.value) for f in data.findings if f.level is not Level.NOTE]
    return sorted(found)


def sown(of: Sample, quarter: Quarter) -> list[tuple[str, ...]]:
    """The same as it was sown, and the unit that a file names wrongly."""
    told = of.text.told["mong_doi"][quarter.key]
    found = [
        (unit.code, one.mistake.sheet, one.cell, one.mistake.code, one.mistake.level)
        for unit in units_due(of.plan, of.register, quarter)
        if (quarter, unit.code) in of.text.returns
        for one in of.sown(unit.code, quarter)
    ]
    wrong = [*told.get("sai_ma", {}).values(), *told.get("het_hieu_luc", ())]
    return sorted([*found, *((unit, "BIA", "C5", "K01", "Chặn") for unit in wrong)])


def states(data: Consolidation) -> dict[str, str]:
    """Unit -> state, of those without a used return."""
    return {item.unit: item.state.value for item in data.submissions if item.state is not UnitState.ACCEPTED}


def late(data: Consolidation) -> set[str]:
    return {item.unit for item in data.submissions if is_late(item.punctual)}


def assert_as_sown(of: Sample, quarter: Quarter, data: Consolidation) -> None:
    told = of.text.told["mong_doi"][quarter.key]
    missing = dict.fromkeys((*told.get("chua_nop", ()), *told.get("sai_ma", ())), "Chưa nộp")
    missing |= dict.fromkeys(told.get("can_xac_minh", ()), "Cần xác minh")
    assert (quarter, states(data)) == (quarter, missing)
    assert (quarter, late(data)) == (quarter, set(told.get("nop_muon", ())))
    # What else is told of a return under the code of a unit that is no more is for the tests of refused files.
    ended = told.get("het_hieu_luc", ())
    heard = [line for line in loud(data) if line[0] not in ended or line[3] == "K01"]
    assert (quarter, heard) == (quarter, sown(of, quarter))
    versions = Counter(file.unit for file in of.text.sent_files(quarter) if file.unit)
    replaced = {record.unit for record in data.files if record.state is FileState.REPLACED}
    assert replaced == {unit for unit, count in versions.items() if count > 1} - set(told.get("can_xac_minh", ()))
    nil = {used.unit for used in data.used if used.kind == "Không phát sinh"}
    assert nil == set(told.get("khong_phat_sinh", ()))


@pytest.mark.parametrize(("name", "count"), [(HISTORY, 7), (MERGER, 2)])
def test_quarters_come_out_as_they_were_sown(sample, runs_of, name: str, count: int):
    """With the whole command: every quarter reads the workbooks of those before it."""
    of, (_, results) = sample(name), runs_of(name)
    assert len(results) == count
    for quarter in of.text.quarters:
        data = results[quarter.key].data
        assert_as_sown(of, quarter, data)
        assert unlike_their_lines(data) == [], quarter


@pytest.mark.parametrize("name", NAMES)
def test_register_is_sound(sample, name: str):
    of = sample(name)
    assert of.register.findings == ()
    quarters = of.text.quarters
    assert [of.register.findings_for(of.plan, quarter) for quarter in quarters] == [()] * len(quarters)


def test_units_end_split_merge_and_begin(sample):
    of = sample(HISTORY)
    found = of.register
    codes = [{unit.code for unit in found.units_on(quarter.last_day)} for quarter in of.text.quarters]
    # 17 communes and 44 bodies to begin with.
    assert [len(valid) for valid in codes] == [61, 61, 61, 60, 61, 61, 61]
    assert codes[2] - codes[3] == {"CB-DN-TM", "CB-CQ-PYT"}
    assert codes[3] - codes[2] == {"CB-DN-MD"}
    assert (codes[3] - codes[4], codes[4] - codes[3]) == ({"CB-SN-DVNN"}, {"CB-SN-TTBV", "CB-SN-CNTY"})
    assert found.predecessors("DB-SN-YT") == ("CB-CQ-PYT",)
    assert [found.has_heir(code) for code in ("CB-DN-TM", "CB-SN-DVNN", "CB-CQ-PYT")] == [False, False, True]


def test_thon_that_a_return_reported_as_changed_are_changed_in_the_register_of_the_next_quarter(sample):
    of = sample(HISTORY)
    told = {key: found.rows["B4b"] for key, found in of.text.returns.items() if "B4b" in found.rows}
    assert [(quarter.key, unit, rows[0]["loai_thay_doi"]) for (quarter, unit), rows in told.items()] == [
        ("2022-Q3", "DB-XA-02983", "Sáp nhập"),
        ("2022-Q4", "DB-XA-02977", "Sáp nhập"),
        ("2023-Q1", "DB-XA-02956", "Đổi tên"),
        ("2023-Q3", "DB-XA-02989", "Chia tách"),
    ]
    for (quarter, unit), rows in told.items():
        names = [
            {hamlet.name for hamlet in of.register.hamlets_of(unit, day.last_day)} for day in (quarter, quarter.next)
        ]
        assert names[0] - names[1] == {row["ten_thon_cu"] for row in rows}
        assert names[1] - names[0] == {row["ten_thon_moi"] for row in rows}


def test_thon_of_the_new_communes_are_those_of_the_old_and_what_came_from_outside(sample):
    found = sample(MERGER).register
    before = [h for unit in found.units_on(date(2025, 6, 30)) for h in found.hamlets_of(unit.code, date(2025, 6, 30))]
    after = Counter(h.unit for u in found.units_on(MERGER_DAY) for h in found.hamlets_of(u.code, MERGER_DAY))
    heirs = Counter(next(m.new for m in found.mergers if m.old == hamlet.unit) for hamlet in before)
    assert after == heirs + Counter({"DB-XA-02989-2025": 11})


@pytest.mark.parametrize("name", NAMES)
def test_models_go_on_from_quarter_to_quarter(sample, name: str):
    """One that has not ended is there in the next return of its unit or its heir, under the same code and name."""
    of = sample(name)
    spoilt = {(one.quarter, one.unit) for one in of.text.mistakes if (one.sheet, one.key) in SPOILS}
    last: dict[str, dict[str, Any]] = {}
    told_until: dict[str, date] = {}
    for quarter in of.text.quarters:
        valid = {unit.code for unit in of.register.units_on(quarter.last_day)}
        for unit, found in of.text.of_quarter(quarter).items():
            if found.values["BIA"]["loai_bao_cao"] == "Không phát sinh" or (quarter, unit) in spoilt:
                continue
            before = [unit, *(code for code in of.register.predecessors(unit) if code not in valid)]
            old = {code: row for one in before for code, row in last.get(one, {}).items()}
            now = {row["ma_mo_hinh"]: row for row in found.rows.get("B2", ())}
            kept = {code: row["ten"] for code, row in old.items() if row["trang_thai"] not in ("Dừng", "Sáp nhập")}
            assert (unit, {code: now[code]["ten"] for code in kept}) == (unit, kept)
            new = [row for code, row in now.items() if code not in old]
            assert not old or all(row["ngay_dk"] > min(told_until[c] for c in before if c in last) for row in new)
            last[unit], told_until[unit] = now, quarter.last_day


SPOILS = (("B2", "ma_mo_hinh"), ("B2", "trang_thai"))
"""Mistakes after which a row is no longer what the quarters before told."""


def rows_of(of: Sample, sheet: str) -> list[Any]:
    return [row for found in of.text.returns.values() for row in found.rows.get(sheet, ())]


def test_lists_of_recognitions_and_proposals_are_long_enough_for_the_quotas(sample):
    counts = {
        sheet: Counter(
            row["nam_xet"] if sheet == "B9a" else row["hinh_thuc"] for row in rows_of(sample(HISTORY), sheet)
        )
        for sheet in ("B9a", "B9b")
    }
    assert counts["B9a"][2022] > 200 and counts["B9a"][2023] > 250 and counts["B9a"].total() < 600
    assert 140 <= counts["B9b"].total() <= 200
    classes = Counter((row["hinh_thuc"], row["phan_loai"]) for row in rows_of(sample(HISTORY), "B9b"))
    quotas = {
        ("Biểu dương của Ban Thường vụ Huyện ủy", "Tập thể"): 15,
        ("Biểu dương của Ban Thường vụ Huyện ủy", "Cá nhân"): 20,
        ("Giấy khen của Chủ tịch UBND huyện", "Tập thể"): 15,
        ("Giấy khen của Chủ tịch UBND huyện", "Cá nhân"): 25,
    }
    assert all(classes[key] > quota for key, quota in quotas.items())


def stories(of: Sample) -> list[Any]:
    """The cases sown among the awards."""
    return list(parsed((of.text.folder / "truong-hop.yaml").read_text(encoding="utf-8"), "truong-hop.yaml"))


def test_every_story_of_the_awards_stands_in_the_row_where_it_is_said_to_be(sample):
    of = sample(HISTORY)
    for case in stories(of):
        for line in case["dong"]:
            found = of.text.returns[Quarter.parse(line["ky"]), line["don_vi"]]
            assert found.rows[line["bieu"]][line["dong"] - 1]["ten"] == line["ten"], case["khoa"]
    gates = {case["dieu_kien"] for case in stories(of)}
    assert gates >= {"danh_tinh", *(f"E{n}" for n in range(1, 11)), "hạng"}


def test_tied_collectives_differ_in_nothing_that_is_ranked(sample):
    of = sample(HISTORY)
    (tied,) = (case["dong"] for case in stories(of) if case["khoa"] == "ngang_nhau")
    ranks = [rank(of.text.returns[ROUND, line["don_vi"]], line["ten"]) for line in tied if line["bieu"] == "B9b"]
    assert ranks == [("Hiệu quả cao", 1, "Khác", 0.4, 0)] * 5


def rank(found: Return, name: str) -> tuple[object, ...]:
    line: Any = next(row for row in found.rows["B9b"] if row["ten"] == name)
    review = next(row for row in found.rows["B3"] if row["ma_mo_hinh"] == line["ma_mo_hinh"])
    copies = sum(row["ma_mo_hinh"] == line["ma_mo_hinh"] for row in found.rows.get("B3b", ()))
    return review["xep_loai"], line["thu_tu"], line["doi_tuong"], line["so_nu"] / line["so_nguoi"], copies


@pytest.mark.parametrize("name", NAMES)
def test_the_workspace_holds_what_the_text_tells_and_nothing_else(sample, name: str):
    of = sample(name)
    for quarter in of.text.quarters:
        held = {path.name for path in (of.folder / "nhan-ve" / quarter.key).iterdir()}
        assert held == {file.name for file in of.text.sent_files(quarter)}
    told = {unit for expected in of.text.told["mong_doi"].values() for unit in expected.get("chua_nop", ())}
    assert told and all((q, unit) not in of.text.returns for q, e in expected_of(of) for unit in e.get("chua_nop", ()))


def expected_of(of: Sample) -> Iterator[tuple[Quarter, Any]]:
    yield from ((Quarter.parse(key), expected) for key, expected in of.text.told["mong_doi"].items())
