"""Single things that are measured: a stage's quarters, the marked copies of a quarter, a blank form."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks import made
from dvk_reports import init_workspace, make_forms, open_workspace
from dvk_reports.figures.compute import compute
from dvk_reports.figures.ledger import Ledger
from dvk_reports.messages.losses import Losses
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import Period, Quarter, parse_period
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.run.consolidate import gather
from dvk_reports.run.steps.going_out import add_copies
from dvk_reports.run.steps.write import workbook_of
from dvk_reports.workspace.folder import TOTALS
from dvk_reports.workspace.spool import Aside


def stage(root: Path, forms: int, period: str, day: date) -> None:
    """A workspace whose quarters of that period are consolidated: the returns of one quarter, told of each."""
    made.workspace(root, forms)
    space = open_workspace(root)
    office = space.office(day)
    one = gather(space, space.office(made.DAY), made.QUARTER).data
    for quarter in parse_period(period).quarters:
        used = tuple(_told_of(item, quarter) for item in one.used)
        submissions = tuple(replace(item, period=quarter.key) for item in one.submissions)
        ledger = Ledger(
            office=office,
            period=Period.of(quarter),
            returns={(item.unit, quarter): item for item in used},
            held=frozenset({quarter}),
            submissions={quarter: submissions},
        )
        data = Consolidation(Period.of(quarter), day, one.files, submissions, one.findings, compute(ledger), used)
        path = space.results(quarter.key) / TOTALS
        path.parent.mkdir(parents=True)
        path.write_bytes(workbook_of(office, data))


def _told_of(used: UsedReturn, quarter: Quarter) -> UsedReturn:
    (cover,) = used.rows["BIA"]
    values = {**cover.values, "ky": replace(cover.values["ky"], text=quarter.key, typed=quarter.key)}
    return replace(used, period=quarter.key, rows={**used.rows, "BIA": (Row("BIA", cover.number, values),)})


def marked(root: Path) -> tuple[list[bytes], Callable[[], object]]:
    """The marked copies of the workspace's quarter, and the step that makes them."""
    space = open_workspace(root)
    office = space.office(made.DAY)
    flawed = gather(space, office, made.QUARTER).flawed

    def make() -> dict[str, bytes]:
        outputs = Aside()
        add_copies(outputs, office, made.QUARTER, flawed, {}, Losses())
        return dict(outputs)

    return list(make().values()), make


def seconds_of(step: Callable[[], object]) -> tuple[float, float]:
    """What a step takes in this process: seconds of the processor and of the clock."""
    begun, at = time.process_time(), time.perf_counter()
    step()
    return time.process_time() - begun, time.perf_counter() - at


def blank_commune_form() -> bytes:
    """The form of the commune with the most hamlets, as it goes out for the first time: the largest of all."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ws"
        init_workspace(root)
        make_forms(root, made.QUARTER.key, as_of=date(2023, 9, 15))
        return max((path.read_bytes() for path in root.rglob("DVK_*.xlsx")), key=len)
