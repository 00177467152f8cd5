"""The sample workspaces of several quarters: each comes out as it was sown, and is made again the same."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dvk_reports import consolidate, open_workspace
from dvk_reports.intake.back.past import PastQuarter
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.model.records import AFTER_CLOSING, LATE, Consolidation, FileState, Level, UnitState
from dvk_reports.plan.book.load import load_plan
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, read_register
from dvk_reports.run.consolidate import gather
from tools.samples import history, history_dossiers, history_plan, make_quarters, merger, merger_plan

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = tuple(make_quarters.WORKSPACES)
ROUND = history_plan.AWARD_QUARTER


@cache
def plan() -> Plan:
    return load_plan()


@cache
def register(name: str) -> Register:
    return read_register(SAMPLES / name / "danh-muc.xlsx", plan())


@cache
def content(name: str) -> Any:
    return make_quarters.WORKSPACES[name].content(plan(), register(name))


def after_closing(name: str, quarter: Quarter) -> date:
    closing = register(name).deadlines[quarter].closing
    assert closing is not None
    return closing + timedelta(days=2)


def consolidated(name: str) -> Iterator[tuple[Quarter, Consolidation]]:
    """Every quarter in order, each with those before it as its history; nothing is written."""
    space = open_workspace(SAMPLES / name)
    past: list[PastQuarter] = []
    for quarter in make_quarters.WORKSPACES[name].quarters:
        data = gather(space, register(name), quarter, after_closing(name, quarter), past, workers=1).data
        past.append(PastQuarter(quarter, {used.unit: used for used in data.used}, {}, data.findings))
        yield quarter, data


def loud(data: Consolidation) -> list[tuple[str, ...]]:
    """(unit, sheet, cell, code, level) of every Chặn and Cảnh báo."""
    found = [(f.unit, f.sheet, f.cell, f.code, f.level.value) for f in data.findings if f.level is not Level.NOTE]
    return sorted(found)


def expected_findings(name: str, quarter: Quarter, refused: tuple[str, str]) -> list[tuple[str, ...]]:
    """The same as it was sown; ``refused``: (unit as its file names it, cell) of the file with a wrong unit."""
    made = content(name)
    found = [
        (unit.code, one.sheet, one.cell, one.seed.code, one.seed.level)
        for unit in units_due(plan(), register(name), quarter)
        for one in made.expected(quarter, unit.code)
    ]
    return sorted(found + ([(refused[0], "BIA", refused[1], "K01", "Chặn")] if refused[0] else []))


def states(data: Consolidation) -> dict[str, str]:
    """Unit -> state, of those without a used return."""
    return {item.unit: item.state.value for item in data.submissions if item.state is not UnitState.ACCEPTED}


def late(data: Consolidation) -> set[str]:
    return {item.unit for item in data.submissions if item.punctual in (LATE, AFTER_CLOSING)}


def test_seven_quarters_come_out_as_they_were_sown():
    for quarter, data in consolidated(history.NAME):
        unit, written = history_plan.REFUSED.get(quarter, ("", ""))
        missing = dict.fromkeys((*history_plan.SILENT.get(quarter, ()), *([unit] if unit else ())), "Chưa nộp")
        if quarter in history_plan.CONFLICT:
            missing[history_plan.CONFLICT[quarter]] = "Cần xác minh"
        assert (quarter, states(data)) == (quarter, missing)
        assert (quarter, late(data)) == (quarter, set(history_plan.LATE.get(quarter, {})))
        assert (quarter, loud(data)) == (quarter, expected_findings(history.NAME, quarter, (written, "C5")))
        replaced = {record.unit for record in data.files if record.state is FileState.REPLACED}
        assert replaced == {history_plan.REPLACED[quarter]} if quarter in history_plan.REPLACED else not replaced
        nil = {used.unit for used in data.used if used.kind == "Không phát sinh"}
        assert nil == set(history_plan.NIL.get(quarter, ()))


def test_quarters_around_the_merger_come_out_as_they_were_sown(tmp_path: Path):
    """With the whole command: the second quarter reads the workbook of the first."""
    space = tmp_path / merger.NAME
    shutil.copytree(SAMPLES / merger.NAME, space, ignore=shutil.ignore_patterns("ket-qua"))
    for quarter in merger_plan.QUARTERS:
        data = consolidate(space, quarter.key, as_of=after_closing(merger.NAME, quarter), workers=1).data
        old = merger_plan.OLD_CODE if quarter == merger_plan.AFTER else ""
        assert states(data) == dict.fromkeys(merger_plan.SILENT[quarter], "Chưa nộp")
        assert late(data) == set(merger_plan.LATE[quarter])
        assert loud(data) == expected_findings(merger.NAME, quarter, (old, "C5"))


@pytest.mark.parametrize("name", NAMES)
def test_register_is_sound(name: str):
    found = register(name)
    quarters = make_quarters.WORKSPACES[name].quarters
    assert found.findings == ()
    assert [found.findings_for(plan(), quarter) for quarter in quarters] == [()] * len(quarters)


def test_units_end_split_merge_and_begin():
    found = register(history.NAME)
    codes = [{unit.code for unit in found.units_on(quarter.last_day)} for quarter in history_plan.QUARTERS]
    # 17 communes and 44 bodies to begin with.
    assert [len(valid) for valid in codes] == [61, 61, 61, 60, 61, 61, 61]
    assert codes[2] - codes[3] == {"CB-DN-TM", "CB-CQ-PYT"}
    assert codes[3] - codes[2] == {"CB-DN-MD"}
    assert (codes[3] - codes[4], codes[4] - codes[3]) == ({"CB-SN-DVNN"}, {"CB-SN-TTBV", "CB-SN-CNTY"})
    assert found.predecessors("DB-SN-YT") == ("CB-CQ-PYT",)
    assert [found.has_heir(code) for code in ("CB-DN-TM", "CB-SN-DVNN", "CB-CQ-PYT")] == [False, False, True]


def test_thon_that_a_return_reported_as_changed_are_changed_in_the_register_of_the_next_quarter():
    for change in history_plan.HAMLET_CHANGES:
        unit = f"DB-XA-{change.commune}"
        told = content(history.NAME).reports[change.quarter][unit].rows["B4b"]
        assert {(row["ten_thon_cu"], row["ten_thon_moi"]) for row in told} == {
            (old, new) for old in change.old for new in change.new
        }
        names = [
            {hamlet.name for hamlet in register(history.NAME).hamlets_of(unit, quarter.last_day)}
            for quarter in (change.quarter, change.quarter.next)
        ]
        assert (names[0] - names[1], names[1] - names[0]) == (set(change.old), set(change.new))


def test_thon_of_the_new_communes_are_those_of_the_old_and_what_came_from_outside():
    found = register(merger.NAME)
    before = [h for unit in found.units_on(date(2025, 6, 30)) for h in found.hamlets_of(unit.code, date(2025, 6, 30))]
    after = Counter(h.unit for u in found.units_on(merger_plan.DAY) for h in found.hamlets_of(u.code, merger_plan.DAY))
    heirs = Counter(next(m.new for m in found.mergers if m.old == hamlet.unit) for hamlet in before)
    assert after == heirs + Counter({"DB-XA-02989-2025": 11})


@pytest.mark.parametrize("name", NAMES)
def test_models_go_on_from_quarter_to_quarter(name: str):
    """One that has not ended is there in the next quarter under the same code and name, with its unit or its heir."""
    made, quarters = content(name), make_quarters.WORKSPACES[name].quarters
    for quarter, after in pairwise(quarters):
        old, new = models(made, quarter), models(made, after)
        gone_on = {code: row["ten"] for code, row in old.items() if row["trang_thai"] not in ("Dừng", "Sáp nhập")}
        ended = without_heir(name, quarter, after)
        kept = {code: ten for code, ten in gone_on.items() if code[3:-4] not in ended}
        assert {code: new[code]["ten"] for code in kept} == kept
        assert all(row["ngay_dk"] >= after.first_day for code, row in new.items() if code not in old)


def models(made: Any, quarter: Quarter) -> dict[str, Any]:
    return {row["ma_mo_hinh"]: row for report in made.reports[quarter].values() for row in report.rows.get("B2", ())}


def without_heir(name: str, quarter: Quarter, after: Quarter) -> set[str]:
    found = register(name)
    ended = {u.code for u in found.units_on(quarter.last_day)} - {u.code for u in found.units_on(after.last_day)}
    return {code for code in ended if not found.has_heir(code)}


def test_lists_of_recognitions_and_proposals_are_long_enough_for_the_quotas():
    reports = content(history.NAME).reports
    counts = {
        sheet: Counter(row["nam_xet"] if sheet == "B9a" else row["hinh_thuc"] for row in rows_of(reports, sheet))
        for sheet in ("B9a", "B9b")
    }
    assert counts["B9a"][2022] > 200 and counts["B9a"][2023] > 250 and counts["B9a"].total() < 600
    assert 140 <= counts["B9b"].total() <= 200
    classes = Counter((row["hinh_thuc"], row["phan_loai"]) for row in rows_of(reports, "B9b"))
    quotas = {
        ("Biểu dương của Ban Thường vụ Huyện ủy", "Tập thể"): 15,
        ("Biểu dương của Ban Thường vụ Huyện ủy", "Cá nhân"): 20,
        ("Giấy khen của Chủ tịch UBND huyện", "Tập thể"): 15,
        ("Giấy khen của Chủ tịch UBND huyện", "Cá nhân"): 25,
    }
    assert all(classes[key] > quota for key, quota in quotas.items())


def rows_of(reports: Any, sheet: str) -> list[Any]:
    return [row for told in reports.values() for report in told.values() for row in report.rows.get(sheet, ())]


def test_every_story_of_the_awards_stands_in_the_file_where_it_is_said_to_be():
    made = content(history.NAME)
    _ = made.reports
    assert [sown.row for sown in made.cases] == [row for case in history_dossiers.CASES for row in case.rows]
    for sown in made.cases:
        sheet = "B9a" if hasattr(sown.row, "year") else "B9b"
        row = made.reports[sown.quarter][sown.row.unit].rows[sheet][sown.number - 1]
        assert (row["ten"], row["ma_mo_hinh"]) == (sown.row.name, sown.row.model)
    assert {case.gate for case in history_dossiers.CASES} >= {
        "danh_tinh",
        "E1",
        *(f"E{n}" for n in range(2, 11)),
        "hạng",
    }


def test_tied_collectives_differ_in_nothing_that_is_ranked():
    reports = content(history.NAME).reports[ROUND]
    ranks = set()
    for told in (row for row in history_dossiers.TIED if hasattr(row, "form")):
        rows = reports[told.unit].rows
        line = next(row for row in rows["B9b"] if row["ten"] == told.name)
        review = next(row for row in rows["B3"] if row["ma_mo_hinh"] == told.model)
        copies = sum(row["ma_mo_hinh"] == told.model for row in rows.get("B3b", ()))
        ranks.add((review["xep_loai"], line["thu_tu"], line["doi_tuong"], line["so_nu"] / line["so_nguoi"], copies))
    assert ranks == {("Hiệu quả cao", 1, "Khác", 0.4, 0)}


def some_files(name: str) -> Sequence[tuple[Quarter, str]]:
    quarters = make_quarters.WORKSPACES[name].quarters
    found = [(q, sorted(path.name for path in (SAMPLES / name / "nhan-ve" / q.key).iterdir())) for q in quarters]
    return [(quarter, files[step * 7 % len(files)]) for quarter, files in found for step in range(2)]


@pytest.mark.parametrize("name", NAMES)
def test_files_are_made_anew_with_the_same_content(name: str, tmp_path: Path):
    """By what stands in the cells: zlib differs between machines."""
    from dvk_reports.sheets.register.workbook import write_register

    kind = make_quarters.WORKSPACES[name]
    write_register(tmp_path / "danh-muc.xlsx", plan(), kind.register(plan()))
    assert cells(tmp_path / "danh-muc.xlsx") == cells(SAMPLES / name / "danh-muc.xlsx")
    for quarter, file in some_files(name):
        path = tmp_path / file
        path.write_bytes(content(name).file(quarter, file))
        assert cells(path) == cells(SAMPLES / name / "nhan-ve" / quarter.key / file)


def cells(path: Path) -> list[tuple[str, Any]]:
    return [(sheet.name, sheet.cells) for sheet in read_book(path.read_bytes(), "xlsx").sheets]


@pytest.mark.parametrize("name", NAMES)
def test_folders_hold_the_files_that_the_maker_makes_and_no_others(name: str):
    for quarter in make_quarters.WORKSPACES[name].quarters:
        held = sorted(path.name for path in (SAMPLES / name / "nhan-ve" / quarter.key).rglob("*"))
        assert held == sorted(file for file, _, _ in content(name).sent(quarter))


def test_workspaces_stay_small_enough_to_be_cloned():
    paths = [
        path
        for name in NAMES
        for path in (SAMPLES / name).rglob("*")
        if path.is_file() and not {"ket-qua", "gui-di"} & set(path.parts)
    ]
    assert sum(path.stat().st_size for path in paths) < 7_000_000
