"""What is read in one step, or remembered, is what the long way says: of every field, and of cells of all kinds."""

from __future__ import annotations

import gc
import itertools
from datetime import date, datetime, time, timedelta

import pytest

from dvk_reports.intake.files.boxes import files_at
from dvk_reports.intake.form.lines import _captions
from dvk_reports.intake.form.number_formats import scale_of, shows_as_is
from dvk_reports.intake.form.old_fonts import decoded
from dvk_reports.intake.form.values import FieldCell, ValueParser
from dvk_reports.intake.readers.lists import lists_in
from dvk_reports.intake.readers.raw import RawCell, RawValue
from dvk_reports.intake.reading import read_file
from dvk_reports.vietnamese.numbers import read_number
from dvk_reports.vietnamese.text import remembered
from tests.support.offices import form_of
from tests.support.raw_forms import PLAN, QUARTER, REGISTER, SOME, UNIT

VIEW = PLAN.on(QUARTER.last_day)
NUMBERS: list[RawValue] = [0, 1, -1, 7, 2023, 10**14, 10**15, 10**16, 10**40, 1.5, 0.1 + 0.2, True, False]
DAYS: list[RawValue] = [date(2023, 7, 5), date(1900, 1, 1), datetime(2023, 7, 5, 8, 30), time(8), timedelta(1)]
TEXTS: list[RawValue] = [
    "Có",
    "có",
    " Không ",
    "12",
    "1.234",
    "x",
    "",
    " ",
    "\n",
    "a\r\nb",
    "Ho\u0300a",
    "05/7/2023",
    "®¶ng",
]
FORMATS = ["General", "0", "#,##0", "0%", '0"%"', "", "0,", ";;;", "0;0;", "[>5]0,;0", '0"000"', "dd/mm/yyyy", "@"]


def cells() -> list[RawCell]:
    """Every value in every format, and plain ones with all that a cell may have besides."""
    labels = [label for choice in VIEW.forms.danh_sach.values() for label in choice.labels[:3]]
    found = [
        RawCell(value, number_format=shown)
        for value, shown in itertools.product([*NUMBERS, *DAYS, *TEXTS, *labels], FORMATS)
    ]
    for cell in (RawCell(5), RawCell("Có"), RawCell(date(2023, 7, 5)), RawCell(None)):
        found += [cell._replace(formula=True), cell._replace(struck="cũ"), cell._replace(linked=True)]
        found += [cell._replace(font=font) for font in (".VnTime", "VNI-Times")]
        found.append(cell._replace(value=None, error="#N/A"))
    return found


def test_a_cell_that_is_read_in_one_step_is_read_so_the_long_way_and_nothing_is_said_of_it():
    quiet = 0
    for sheet in VIEW.forms.bieu:
        for field in sheet.truong:
            parser, known = ValueParser(VIEW, "A"), ValueParser(VIEW, "A")
            for cell in map(decoded, cells()):
                known.read(sheet, field, cell, ("f", "s", 9, 2), 9)  # its labels are remembered
                said = known._quiet(sheet, field, cell)
                if said is not None:
                    quiet += 1
                    assert parser._heard(FieldCell(parser, sheet.ma, field, ("f", "s", 9, 2), 9, cell)) == said, cell
                    assert parser.findings == [], (field.khoa, cell)
    assert quiet > 10_000


@pytest.mark.parametrize("shown", [*FORMATS, "0.00", "0,,", "0%;0", "0;-0;;@", "[Red]0", "\\%0"])
def test_a_format_that_shows_numbers_as_they_are_does_so_for_all(shown):
    if shows_as_is(shown):
        assert "%" not in shown
        assert {scale_of(read_number(text, integer=False) or 0, shown) for text in ("1", "6", "123456789", "0")} == {1}


def test_formats_of_the_forms_are_among_them():
    assert [shows_as_is(shown) for shown in ("General", "0", "#,##0", "@", "", "0%", "0,")] == [True] * 4 + [False] * 3


def test_a_caption_with_a_figure_is_found_and_a_code_is_none():
    assert [_captions(("Quý 1 *", "Tên")).holds(text) for text in ("quý 1", "TÊN", "MH-01")] == [True, True, False]
    assert [_captions(("Tên",)).holds(text) for text in ("tên *", "Tên 1")] == [True, False]


def test_what_is_remembered_of_a_text_is_bounded_and_a_long_one_is_worked_out_each_time():
    asked: list[str] = []
    found = remembered(lambda text: asked.append(text) or text.upper())
    assert [found("a"), found("a"), found("b" * 201), found("b" * 201)] == ["A", "A", "B" * 201, "B" * 201]
    assert asked == ["a", "b" * 201, "b" * 201]
    for number in range(20_001):
        found(str(number))
    assert found("a") == "A"
    assert asked[-1] == "a"


RULE = '<dataValidation type="list" sqref="{}"><formula1>"a"</formula1></dataValidation>'


@pytest.mark.parametrize(
    ("rules", "areas"),
    [
        ("", ()),
        (RULE.format("B2:B9 D4"), ((2, 2, 9, 2), (4, 4, 4, 4))),
        ('<dataValidation type="list" sqref="B2"/>', ((2, 2, 2, 2),)),
        ('<dataValidation sqref="B2" type="whole"/>' + RULE.format("C3"), ((3, 3, 3, 3),)),
        ('<dataValidation prompt="a &gt; type=list" sqref="B2"/>', ()),
        ("<dataValidation />" + RULE.format("C3"), ((3, 3, 3, 3),)),
        ("<dataValidation type='list' sqref='B2'></dataValidation>", ((2, 2, 2, 2),)),
        ('<x14:dataValidation type="list"><xm:sqref>B2:C3</xm:sqref></x14:dataValidation>', ((2, 2, 3, 3),)),
        (RULE.format("B2") + RULE.format("C3").replace("dataV", "x:dataV"), ((2, 2, 2, 2), (3, 3, 3, 3))),
        ('<dataValidation type="list" sqref="B2">', ((2, 2, 2, 2),)),
        ('<dataValidation type="list" sqref="B2">' + RULE.format("C3"), ((2, 2, 2, 2), (3, 3, 3, 3))),
        ('<dataValidation type="list"/>' + RULE.format("C3"), None),
        (RULE.format("B:B"), None),
    ],
)
def test_where_a_sheet_has_drop_downs(rules, areas):
    xml = f"<worksheet><sheetData/><sheetData></sheetData><dataValidations>{rules}</dataValidations></worksheet>"
    assert [lists_in(xml.encode()) for _ in range(2)] == [areas, areas]
    assert lists_in(f"{xml}{' ' * 60_000}".encode()) == areas
    assert lists_in(xml.replace("<", "<x:").replace("<x:/", "</x:").replace("x:x", "x").encode()) == areas


@pytest.mark.parametrize("collects", [True, False])
def test_reading_leaves_no_circles_and_the_search_for_them_as_it_was(tmp_path, collects):
    path = tmp_path / "a.xlsx"
    path.write_bytes(form_of(PLAN, REGISTER, UNIT, QUARTER, {}, {}, SOME))
    (source,) = files_at([path])
    read_file(PLAN, source)
    was = gc.isenabled()
    gc.disable()
    gc.collect()
    try:
        assert read_file(PLAN, source)[0].found is not None
        assert gc.collect() == 0
        if collects:
            gc.enable()
        read_file(PLAN, source)
        assert gc.isenabled() == collects
    finally:
        if was:
            gc.enable()
