"""The sample district: its register is sound, every file is accounted for, every sown mistake is found and no other."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dvk_reports.checks.context import Case
from dvk_reports.checks.engine import Checked, check_return
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.intake.reading import Reading, read_files
from dvk_reports.intake.selection import Selection, choose
from dvk_reports.model.records import FileState, Level
from dvk_reports.plan.book.load import load_plan
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, read_register
from tools.samples import deliveries, make_samples, seeded, sowing

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDER = SAMPLES / "bao-yen"
QUARTER = Quarter(2023, 3)
Place = tuple[str, str, str, str]
"""(sheet, cell, code, level)."""


@cache
def plan() -> Plan:
    return load_plan()


@cache
def register() -> Register:
    return read_register(FOLDER / "danh-muc.xlsx", plan())


@cache
def readings() -> tuple[Reading, ...]:
    return read_files(plan(), unpack(FOLDER / "nhan-ve" / QUARTER.key))


@cache
def checked(file: str) -> Checked:
    form = next(reading.found for reading in readings() if reading.file == file)
    assert form is not None
    unit = register().by_code.get(form.unit)
    return check_return(Case(plan(), form, QUARTER, register(), unit))


@cache
def selection() -> Selection:
    refused = {r.file: checked(r.file).refused for r in readings() if r.found and checked(r.file).refused}
    units = [unit.code for unit in units_due(plan(), register(), QUARTER)]
    return choose(readings(), QUARTER.key, refused, units)


@cache
def sown(unit: str) -> tuple[Any, ...]:
    report = make_samples.reports(plan(), register())[unit]
    return sowing.draft(plan(), register(), report, seeded.of_unit(unit), QUARTER).sown


def test_register_reads_without_findings():
    assert (register().findings, register().findings_for(plan(), QUARTER)) == ((), ())


def test_register_holds_every_kind_of_unit_and_both_perimeters():
    before = Counter(unit.kind for unit in register().units_on(QUARTER.last_day))
    after = Counter(unit.kind for unit in register().units_on(Quarter(2025, 3).last_day))
    assert set(before) == set(plan().labels("loai_don_vi"))
    assert (before["DB_XA"], before["DB_TT"], before.total()) == (16, 1, 60)
    assert after == {"DB_XA": 6}


def test_register_says_what_is_illustrative():
    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "danh-muc.xlsx")
    for name in ("Đơn vị", "Thôn"):
        sheet = book[name]
        note = next(cell.column for cell in sheet[1] if cell.value == "ghi_chu")
        rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value]
        assert rows and all("minh họa" in str(row[note - 1].value) for row in rows if row[0].value[-5:] != "-2025")
    assert any("MINH HỌA" in str(cell.value) for row in book["Đọc trước"].iter_rows() for cell in row if cell.value)


def test_every_return_has_a_day_in_the_register():
    """File dates do not survive version control."""
    units = {unit.code for unit in units_due(plan(), register(), QUARTER)}
    dated = {unit for unit, quarter in register().received if quarter == QUARTER}
    assert dated == units - set(deliveries.SILENT) - {deliveries.REFUSED}


def test_every_file_is_accounted_for_once():
    expected = [name for name, _ in deliveries.forms_in()]
    assert sorted(record.file for record in selection().files) == sorted(expected)


def test_what_becomes_of_every_file():
    states = {record.file: record.state for record in selection().files}
    odd = {file: state for file, state in states.items() if state is not FileState.USED}
    assert odd == {
        "Xã, thị trấn/Cụm Nghĩa Đô gửi.zip!/Cum Nghia Do/3. Vĩnh Yên/~$DVK_DB-XA-02956_2023-Q3.xlsx": FileState.SKIPPED,
        "Xã, thị trấn/Cụm Nghĩa Đô gửi.zip!/Cum Nghia Do/Thumbs.db": FileState.SKIPPED,
        "Xã, thị trấn/Dien Quan/Bao cao DVK quy 3.xlsx": FileState.REPLACED,
        "Xã, thị trấn/Xuân Hoà.xlsx": FileState.DUPLICATE,
        "Thư/Thuong Ha gui bao cao.eml!/Báo cáo có dấu - Thượng Hà.pdf": FileState.NOT_A_FORM,
        "Xã, thị trấn/Kim Son - DVK Q3.xlsx": FileState.UNREADABLE,
        "Xã, thị trấn/Bảo Hà/Tự đánh giá quý III.docx": FileState.NOT_A_FORM,
        "Cơ quan, đơn vị/Khối Nhà nước/Chi cuc Thue (co mat khau).xlsx": FileState.UNREADABLE,
        "Cơ quan, đơn vị/Khối Nhà nước/Kho bac.xlsx": FileState.REFUSED,
        "Cơ quan, đơn vị/Sự nghiệp/TTYT quý 2.xlsx": FileState.WRONG_PERIOD,
        "Cơ quan, đơn vị/Sự nghiệp/THPT so 2.xlsx": FileState.CONFLICT,
        "Cơ quan, đơn vị/Sự nghiệp/THPT so 2 (chinh).xlsx": FileState.CONFLICT,
    }
    missing = {unit.code for unit in units_due(plan(), register(), QUARTER)} - set(selection().used)
    assert missing == {*deliveries.SILENT, deliveries.REFUSED, deliveries.CONFLICT}


def test_every_sheet_of_the_form_has_rows_in_a_used_return():
    found = {key for form in selection().used.values() for key, sheet in form.sheets.items() if sheet.rows}
    assert found == set(plan().sheets)


def test_samples_stay_small_enough_to_be_cloned():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 8_000_000


def test_mails_give_their_day():
    days = {reading.found.unit: reading.found.received_from for reading in readings() if reading.found}
    assert [days[unit] for unit in ("DB-XA-02965", "DB-XA-02968", "DT-HND", "DT-CCB", "DT-DTN")] == ["Thư"] * 5


@pytest.mark.parametrize("unit", [unit.code for unit in units_due(plan(), register(), QUARTER)])
def test_every_sown_mistake_is_found_and_no_other(unit: str):
    """Whole lists of Chặn and Cảnh báo, with sheet, cell, code and level."""
    form = selection().used.get(unit)
    if form is None:
        assert not seeded.of_unit(unit)
        return
    found = {(f.sheet, f.cell, f.code, f.level.value) for f in checked(form.file).findings}
    expected = {(one.sheet, one.cell, one.seed.code, one.seed.level) for one in sown(unit)}
    assert loud(found) == loud(expected)
    assert expected <= found


def loud(places: set[Place]) -> set[Place]:
    return {place for place in places if place[3] != Level.NOTE}


def test_mistyped_unit_is_named():
    record = next(record for record in selection().files if record.state is FileState.REFUSED)
    found = checked(record.file).findings
    assert [(f.sheet, f.code, f.raw) for f in found] == [("BIA", "K01", deliveries.MISTYPED)]


@pytest.mark.parametrize("seed", seeded.SEEDS, ids=lambda seed: f"{seed.unit}-{seed.sheet}-{seed.key}-{seed.code}")
def test_seeds_are_of_units_that_report(seed: Any):
    assert seed.unit in selection().used


def test_samples_are_made_anew_with_the_same_content(tmp_path: Path):
    """The register byte for byte; the forms by what stands in them, as LibreOffice and zlib differ between machines."""
    from dvk_reports.sheets.register.workbook import write_register

    write_register(tmp_path / "danh-muc.xlsx", plan(), make_samples.sample_register(plan()))
    assert cells(tmp_path / "danh-muc.xlsx") == cells(FOLDER / "danh-muc.xlsx")


def cells(path: Path) -> list[tuple[str, str, object]]:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return [(s.title, c.coordinate, c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None]


def test_foreign_folder_is_not_written_over(tmp_path: Path):
    (tmp_path / "cua-toi.txt").write_text("giữ lại", encoding="utf-8")
    with pytest.raises(SystemExit, match="--force"):
        make_samples.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["cua-toi.txt"]


@pytest.mark.parametrize(("file", "sent"), [pair for pair in deliveries.forms_in() if hasattr(pair[1], "unit")])
def test_what_is_read_is_what_was_written(file: str, sent: Any):
    """Every cell of every sheet, in whatever file format and layout it came; sown cells have their own test."""
    read = next(reading.found for reading in readings() if reading.file == file)
    if sent.make in ("broken", "locked"):
        assert read is None
        return
    if sent.make == "q2":
        pytest.skip("of another quarter")
    assert read is not None
    content = make_samples.as_sent(make_samples.reports(plan(), register())[sent.unit], sent.make)
    ready = sowing.draft(plan(), register(), content, seeded.of_unit(sent.unit), QUARTER)
    spoilt = {(one.seed.sheet, one.seed.key) for one in ready.sown}
    longer = {one.seed.sheet for one in ready.sown if one.seed.how == "duoi_tong"}
    differences: list[tuple[object, ...]] = []
    for sheet, rows in {**ready.content.rows, **{key: [told] for key, told in ready.content.values.items()}}.items():
        found = read.sheets[sheet].rows
        if sheet not in longer and len(found) != len(rows):
            differences.append((sheet, len(rows), len(found)))
        for number, (row, back) in enumerate(zip(rows, found, strict=False), 1):
            for key, value in row.items():
                if (sheet, key) not in spoilt and back.typed(key) != value:
                    differences.append((sheet, number, key, value, back.typed(key)))
    assert differences == []
