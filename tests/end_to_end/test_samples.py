"""The sample district: its register is sound, every file is accounted for, every sown mistake is found and no other."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from dvk_reports.checks.context import Case
from dvk_reports.checks.engine import Checked, check_return
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.intake.reading import Reading, read_files
from dvk_reports.intake.selection import Selection, choose
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import units_due
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import Register
from tests.support.samples import Sample
from tools.samples.render import render
from tools.samples.rows import SampleError
from tools.samples.sets import ROOT, SentFile

pytestmark = pytest.mark.processes

FOLDER = ROOT / "samples" / "bao-yen"
QUARTER = Quarter(2023, 3)
Place = tuple[str, str, str, str]
"""(sheet, cell, code, level)."""


@cache
def text() -> Sample:
    return Sample("bao-yen", FOLDER)


def plan() -> Plan:
    return text().plan


def register() -> Register:
    return text().register


def told() -> dict[str, list[str]]:
    """What ``bo.yaml`` says must come out."""
    found: dict[str, list[str]] = text().text.told["mong_doi"][QUARTER.key]
    return found


@cache
def forms() -> list[tuple[str, SentFile]]:
    """(name under which it is accounted for, file) of every file that came, also inside archives and mails."""
    return [leaf for sent in text().text.sent_files(QUARTER) for leaf in sent.leaves()]


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


def test_register_reads_without_findings():
    assert (register().findings, register().findings_for(plan(), QUARTER)) == ((), ())


def test_register_holds_every_kind_of_unit_and_both_perimeters():
    before = Counter(unit.kind for unit in register().units_on(QUARTER.last_day))
    after = Counter(unit.kind for unit in register().units_on(Quarter(2025, 3).last_day))
    assert set(before) == set(plan().kinds)
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
    assert dated == units - set(told()["chua_nop"]) - set(told()["sai_ma"])


def test_every_file_is_accounted_for_once():
    expected = [name for name, _ in forms()]
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
    assert missing == {*told()["chua_nop"], *told()["sai_ma"], *told()["can_xac_minh"]}


def test_every_sheet_of_the_form_has_rows_in_a_used_return():
    found = {key for form in selection().used.values() for key, sheet in form.sheets.items() if sheet.rows}
    assert found == set(plan().sheets)


def test_samples_stay_small_enough_to_be_cloned():
    made = {"ket-qua", "gui-lan-nay"}  # by the main job, where it has been run here: no part of a clone
    files = (path for path in FOLDER.rglob("*") if path.is_file() and made.isdisjoint(path.parts))
    assert sum(path.stat().st_size for path in files) < 8_000_000


def test_mails_give_their_day():
    days = {reading.found.unit: reading.found.received_from for reading in readings() if reading.found}
    assert [days[unit] for unit in ("DB-XA-02965", "DB-XA-02968", "DT-HND", "DT-CCB", "DT-DTN")] == ["Thư"] * 5


@pytest.mark.parametrize("unit", [unit.code for unit in units_due(plan(), register(), QUARTER)])
def test_every_sown_mistake_is_found_and_no_other(unit: str):
    """Whole lists of Chặn and Cảnh báo, with sheet, cell, code and level."""
    form = selection().used.get(unit)
    if form is None:
        assert not text().text.mistakes_of(QUARTER, unit)
        return
    found = {(f.sheet, f.cell, f.code, f.level.value) for f in checked(form.file).findings}
    expected = {
        (one.mistake.sheet, one.cell, one.mistake.code, one.mistake.level) for one in text().sown(unit, QUARTER)
    }
    assert loud(found) == loud(expected)
    assert expected <= found


def loud(places: set[Place]) -> set[Place]:
    return {place for place in places if place[3] != Level.NOTE}


def test_mistyped_unit_is_named():
    record = next(record for record in selection().files if record.state is FileState.REFUSED)
    found = checked(record.file).findings
    (mistyped,) = text().text.told["mong_doi"][QUARTER.key]["sai_ma"].values()
    assert [(f.sheet, f.code, f.raw) for f in found] == [("BIA", "K01", mistyped)]


def test_mistakes_are_of_units_that_report():
    assert {one.unit for one in text().text.mistakes} <= set(selection().used)


def test_register_is_drawn_anew_with_the_same_content(tmp_path: Path):
    """By what stands in its cells; the forms have their own test."""
    (tmp_path / "danh-muc.xlsx").write_bytes(text().renderer.register_bytes)
    assert read_register(FOLDER / "danh-muc.xlsx", plan(), read_sheets).units == register().units
    assert cells(tmp_path / "danh-muc.xlsx") == cells(FOLDER / "danh-muc.xlsx")


def cells(path: Path) -> list[tuple[str, str, object]]:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return [(s.title, c.coordinate, c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None]


def test_foreign_folder_is_not_written_over(tmp_path: Path):
    (tmp_path / "cua-toi.txt").write_text("giữ lại", encoding="utf-8")
    with pytest.raises(SampleError, match="--force"):
        render("bao-yen", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["cua-toi.txt"]


@pytest.mark.parametrize(("file", "sent"), [(name, sent) for name, sent in forms() if sent.unit])
def test_what_is_read_is_what_was_written(file: str, sent: SentFile):
    """Every cell of every sheet, in whatever file format and layout it came; sown cells have their own test."""
    read = next(reading.found for reading in readings() if reading.file == file)
    if {"cat_cut", "mat_khau"} & set(sent.told):
        assert read is None
        return
    assert read is not None
    ready = text().renderer.draft(sent, QUARTER)
    spoilt = {(one.mistake.sheet, one.mistake.key) for one in ready.sown}
    longer = {one.mistake.sheet for one in ready.sown if one.mistake.how == "duoi_tong"}
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
