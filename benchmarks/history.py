"""How long a whole stage takes from its quarters' workbooks, as ratios measured side by side.

    python benchmarks/history.py [--units 60] [--rounds 3]

Fifteen quarters (``2022-Q2..2025-Q4``), each with ``--units`` units of thirty models. As in ``main_job.py`` no second
is judged alone: in every round our step and its yardstick run one after the other.

- reading:  reading the fifteen workbooks back as history, against ``openpyxl.load_workbook`` of the same files in the
            same number of processes, looking at no cell;
- stage:    the whole command (reading, figures, trends, workbook, report), against loading them one after the other.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from main_job import QUARTER, district, side_by_side

from dvk_reports import open_workspace
from dvk_reports.figures.compute import without_comparison
from dvk_reports.figures.ledger import Ledger
from dvk_reports.intake.back.past import read_past
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import Period, Quarter, parse_period
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.run.consolidate import consolidate, gather
from dvk_reports.run.steps.write import workbook_of
from dvk_reports.workspace.folder import TOTALS, Workspace

STAGE, DAY = "2022-Q2..2025-Q4", date(2026, 1, 12)


def stage(root: Path, count: int) -> Workspace:
    """A workspace whose fifteen quarters are consolidated: the returns of one quarter, told of each."""
    district(root, count)
    space = open_workspace(root)
    register = space.register()
    one = gather(space, space.office(DAY), QUARTER).data
    for quarter in parse_period(STAGE).quarters:
        used = tuple(_told_of(item, quarter) for item in one.used)
        submissions = tuple(replace(item, period=quarter.key) for item in one.submissions)
        ledger = Ledger(
            plan=space.plan,
            register=register,
            period=Period.of(quarter),
            as_of=DAY,
            returns={(item.unit, quarter): item for item in used},
            held=frozenset({quarter}),
            submissions={quarter: submissions},
        )
        data = Consolidation(quarter.key, DAY, one.files, submissions, one.findings, without_comparison(ledger), used)
        path = space.results(quarter.key) / TOTALS
        path.parent.mkdir(parents=True)
        path.write_bytes(workbook_of(space.plan, register, data))
    return space


def _told_of(used: UsedReturn, quarter: Quarter) -> UsedReturn:
    (cover,) = used.rows["BIA"]
    values = {**cover.values, "ky": replace(cover.values["ky"], text=quarter.key, typed=quarter.key)}
    return replace(used, period=quarter.key, rows={**used.rows, "BIA": (Row("BIA", cover.number, values),)})


def load(path: Path) -> None:
    """The yardstick: a workbook opened, no cell looked at."""
    openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--units", type=int, default=60)
    words.add_argument("--rounds", type=int, default=3)
    options = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        space = stage(Path(folder) / "ws", options.units)
        held = list(space.quarters_held())

        def load_side_by_side() -> None:
            with ProcessPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(load, [path for _, path in held]))

        def load_one_by_one() -> None:
            for _, path in held:
                load(path)

        side_by_side("reading", lambda: read_past(space.plan, held), load_side_by_side, options.rounds)
        side_by_side("stage", lambda: consolidate(space, STAGE, as_of=DAY), load_one_by_one, options.rounds)


if __name__ == "__main__":
    main()
