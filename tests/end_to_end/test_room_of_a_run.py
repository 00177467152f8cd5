"""What stands in memory does not grow with the forms: records lie on the disk, and nothing goes in circles."""

import gc
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future
from email.message import Message

import openpyxl
import pytest
from click.testing import CliRunner

from dvk_reports import consolidate
from dvk_reports.cli import dvk
from dvk_reports.figures import ledger, lines
from dvk_reports.figures.contributions import Contribution
from dvk_reports.mail.outbox import Outgoing
from dvk_reports.mail.returned import Returned
from dvk_reports.model import shelf, spool
from dvk_reports.model.findings import Finding
from dvk_reports.model.mails import UnitMail
from dvk_reports.model.packed import PackedValues
from dvk_reports.model.returns import FormSheet
from dvk_reports.model.values import Row, Value
from dvk_reports.papers.docx import long_tables
from dvk_reports.papers.docx.engine import Paper
from dvk_reports.papers.report import report
from dvk_reports.plan.register import reader
from dvk_reports.run import consolidate as run
from dvk_reports.run import status
from dvk_reports.run.status import step_after
from dvk_reports.run.steps import grouped
from dvk_reports.run.steps.write import Result
from dvk_reports.sheets import calls, post
from dvk_reports.sheets.base import written
from dvk_reports.sheets.totals import lists, overview_todo
from dvk_reports.workspace import switch
from dvk_reports.workspace.sent import SentLog
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


@pytest.mark.parametrize("step", ["compute", "write_results"])
def test_no_record_of_a_form_stands_in_memory_when_a_step_begins(spaces, monkeypatch, step):
    monkeypatch.setattr(spool, "_KEPT", 1)
    monkeypatch.setattr(shelf, "BLOCK", 1)
    counts = []
    work = getattr(run, step)

    def counting(*given, **named):
        kinds = Counter(type(thing) for thing in gc.get_objects())
        counts.append({kind.__name__: kinds[kind] for kind in OF_FORMS})
        return work(*given, **named)

    monkeypatch.setattr(run, step, counting)
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


def alive(*kinds):
    return sum(type(thing) in kinds for thing in gc.get_objects())


@pytest.mark.parametrize(
    ("module", "step", "kinds"),
    [
        (lists, "_finding", [Finding]),  # sheet Lỗi
        (overview_todo, "some", [Finding]),
        (calls, "worst_cells", [Finding]),
        (grouped, "_line", [Finding]),  # the lines of the screen
        (switch, "_write", [Future]),
        (SentLog, "state", [Outgoing, Message]),
    ],
    ids=lambda given: getattr(given, "__name__", given if isinstance(given, str) else ""),
)
def test_what_is_written_and_told_of_each_return_does_not_stand_in_memory(spaces, monkeypatch, module, step, kinds):
    monkeypatch.setattr(shelf, "BLOCK", 1)
    monkeypatch.setattr(switch, "_IN_HAND", 2)
    counts, made = [], getattr(module, step)

    def counting(*given, **named):
        counts.append(alive(*kinds))
        return made(*given, **named)

    monkeypatch.setattr(module, step, counting)
    found = []
    for space in spaces:
        shutil.rmtree(space.results(KY), ignore_errors=True)
        gc.collect()
        counts.clear()
        consolidate(space, KY, as_of=DAY)
        step_after(space, DAY)
        found.append(max(counts))
    few, many = found
    assert many <= few + 4


def test_what_is_told_does_not_stand_in_memory_when_the_next_step_is_looked_for(spaces, monkeypatch):
    there = []
    look = status.step_after

    def looking(*given, **named):
        there.append(alive(Result))
        return look(*given, **named)

    monkeypatch.setattr(status, "step_after", looking)
    gc.collect()
    before = alive(Result)
    done = CliRunner().invoke(dvk, ["-w", str(spaces[0].root), "consolidate", KY, "--as-of", str(DAY)])
    assert (done.exit_code, there) == (1, [before])


def test_lists_of_a_line_for_each_unit_hold_the_same_whether_streamed_or_not(spaces, monkeypatch):
    read = []
    for long in (written.LONG, 1):
        monkeypatch.setattr(written, "LONG", long)
        folder = consolidate(spaces[1], KY, as_of=DAY).folder
        for name in (post.NAME, calls.NAME):
            texts = zipfile.ZipFile(folder / name).namelist()
            assert ("xl/sharedStrings.xml" in texts) is (long > 1)
            sheet = openpyxl.load_workbook(folder / name).active
            cells = {cell.coordinate: (cell.value, cell._style, cell.hyperlink) for row in sheet for cell in row}
            heights = {row: found.height for row, found in sheet.row_dimensions.items()}
            read.append((cells, heights, sheet.print_area, sheet.print_title_rows, sheet.freeze_panes))
    assert len(read[0][0]) > 100
    for held, streamed in zip(read[:2], read[2:], strict=True):
        assert {at: (value, style) for at, (value, style, _) in held[0].items()} == {
            at: (value, style) for at, (value, style, _) in streamed[0].items()
        }
        links = [{at: link.target for at, (*_, link) in cells.items() if link} for cells, *_ in (held, streamed)]
        assert links[0] == links[1]
        assert held[1:] == streamed[1:]


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


def _at_hand(fields):
    """How many texts stand in memory among the fields of a paper."""
    if isinstance(fields, str):
        return 1
    if isinstance(fields, Mapping):
        return sum(map(_at_hand, fields.values()))
    return sum(map(_at_hand, fields)) if isinstance(fields, list) else 0


def test_the_rows_of_the_report_stand_neither_among_its_fields_nor_in_its_tree(tmp_path, monkeypatch):
    """The annex names every unit that is silent."""
    for bound in ("LONG", "BLOCK"):
        monkeypatch.setattr(long_tables, bound, 1)
    monkeypatch.setattr(shelf, "BLOCK", 1)
    texts, nodes, rows = [], [], []
    fill, save = report.render, Paper.save

    def filled(template, fields, **more):
        texts.append(_at_hand(fields))
        rows.append(sum(len(group["don_vi"]) for group in fields["tinh_hinh_nop"]))
        return fill(template, fields, **more)

    def saved(paper, target):
        nodes.append(sum(1 for _ in paper.docx.element.body.iter()))
        save(paper, target)

    monkeypatch.setattr(report, "render", filled)
    monkeypatch.setattr(Paper, "save", saved)
    for letters in (FEW, MANY):
        consolidate(made(tmp_path / letters, letters), KY, as_of=DAY)
    assert rows == [len(FEW), len(MANY)]
    assert texts[0] == texts[1]
    assert nodes[0] == nodes[1]
