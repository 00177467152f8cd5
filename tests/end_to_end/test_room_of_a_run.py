"""What stands in memory does not grow with the forms: records lie on the disk, and nothing goes in circles."""

import gc
from collections import Counter

import pytest

from dvk_reports import consolidate
from dvk_reports.figures import ledger, lines
from dvk_reports.figures.contributions import Contribution
from dvk_reports.mail.returned import Returned
from dvk_reports.model import shelf, spool
from dvk_reports.model.findings import Finding
from dvk_reports.model.mails import UnitMail
from dvk_reports.model.packed import PackedValues
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.register import reader
from dvk_reports.run import consolidate as run
from tests.support.small_space import DAY, KY, made, put, sent

FEW, MANY = "ABC", "ABCDEFGHI"
MISTAKES = {"so_hoi_nghi_pho_bien": "mười", "so_cuoc_tuyen_truyen": -1}
OF_FORMS = (Contribution, Finding, FormSheet, PackedValues, Returned, Row, UnitMail, Value)
AT_HAND = 40
"""So many records of one kind may stand ready whatever the number of forms: a sheet of rows, a block of a list."""


def folder(root, letters):
    """A workspace in which each unit has sent a form with two mistakes."""
    space = made(root, letters)
    for letter in letters:
        put(space, f"{letter}.xlsx", sent(space, f"CB-{letter}", b1=MISTAKES))
    return space


@pytest.fixture(scope="module")
def spaces(tmp_path_factory):
    """The same with few units and with many; whatever a first run loads and makes ready is there."""
    found = [folder(tmp_path_factory.mktemp("kỳ") / letters, letters) for letters in (FEW, MANY)]
    consolidate(found[0], KY, as_of=DAY)
    return found


def test_no_record_of_a_form_stands_in_memory_when_the_results_are_written(spaces, monkeypatch):
    monkeypatch.setattr(spool, "_KEPT", 1)
    monkeypatch.setattr(shelf, "BLOCK", 1)
    counts = []
    write = run.write_results

    def counting(*given, **named):
        kinds = Counter(type(thing) for thing in gc.get_objects())
        counts.append({kind.__name__: kinds[kind] for kind in OF_FORMS})
        return write(*given, **named)

    monkeypatch.setattr(run, "write_results", counting)
    for space in spaces:
        gc.collect()
        consolidate(space, KY, as_of=DAY)
    few, many = counts
    assert {name: many[name] - few[name] for name in many if many[name] > few[name] + AT_HAND} == {}
    assert many["Finding"] <= few["Finding"] + 2


def test_what_a_figure_is_made_of_does_not_stand_in_memory(spaces, monkeypatch):
    monkeypatch.setattr(shelf, "_PILED", 1)
    monkeypatch.setattr(shelf, "BLOCK", 1)
    monkeypatch.setattr(ledger, "AT_HAND", 1)
    most = Counter()
    computed = lines.computed

    def counting(figure, units):
        found = computed(figure, units)
        standing = sum(type(thing) is Contribution for thing in gc.get_objects())
        most[figure.spec.ma] = max(most[figure.spec.ma], standing)
        return found

    monkeypatch.setattr(lines, "computed", counting)
    alive = []
    for space in spaces:
        gc.collect()
        most.clear()
        consolidate(space, KY, as_of=DAY)
        alive.append(dict(most))
    few, many = alive
    assert {code: (few[code], many[code]) for code in few if many[code] > few[code]} == {}


def test_the_cells_of_the_register_do_not_stand_in_memory_while_it_is_read(spaces, monkeypatch):
    counts, lines_read = [], []
    build = reader._Builder.build

    def counting(builder, tables):
        lines_read.append(sum(map(len, tables.values())))
        counts.append(sum(type(thing) is Value for thing in gc.get_objects()))
        return build(builder, tables)

    monkeypatch.setattr(reader._Builder, "build", counting)
    for space in spaces:
        gc.collect()
        reader.register_of(space.register_path.read_bytes(), space.plan, space.sheets_of)
    assert lines_read[1] >= lines_read[0] + len(MANY) - len(FEW)
    assert counts[1] == counts[0]


def test_a_run_leaves_no_circle_for_each_form(spaces):
    """Python's search for circles is off meanwhile: what goes in one stays until the run is over."""
    left = []
    for space in spaces:
        gc.collect()
        gc.disable()
        try:
            result = consolidate(space, KY, as_of=DAY)
            left.append(gc.collect())
            assert len(result.data.files) == len(result.data.used)
        finally:
            gc.enable()
    few, many = left
    assert many - few < len(MANY) - len(FEW)
