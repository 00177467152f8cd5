"""How long the main job takes, as ratios measured side by side.

    python benchmarks/main_job.py [--units 60] [--rounds 3]

A machine's speed drifts, so no second is judged alone: in every round our step and its yardstick run one after the
other, and the medians of their ratios are printed. The yardsticks are what anyone would write first:

- reading:   ``openpyxl.load_workbook`` of the same files, one after the other, looking at no cell;
- workbook:  writing the same rows of all units with ``openpyxl`` in write-only mode, without format, chart or link.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from dvk_reports import open_workspace
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.intake.reading import read_files
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.consolidate import gather
from dvk_reports.run.steps.prefill import form_content
from dvk_reports.sheets.forms.workbook import form_bytes
from dvk_reports.sheets.register.workbook import RegisterData, write_register
from dvk_reports.sheets.totals.workbook import write_consolidated

QUARTER, DAY = Quarter(2023, 3), date(2023, 10, 12)


def district(root: Path, count: int) -> None:
    """A workspace whose ``count`` cells have each sent a form with thirty models."""
    root.mkdir(parents=True)
    plan = open_workspace(root).plan
    units = [
        {"ma_don_vi": f"CB-{n:03d}", "ten": f"Chi bộ số {n}", "loai": "CB_CQ", "nhom": "II", "la_co_quan": True}
        for n in range(count)
    ]
    deadlines = [{"ky": QUARTER.key, "han_nop": date(2023, 10, 10)}]
    write_register(root / "danh-muc.xlsx", plan, RegisterData({"Đơn vị": units, "Hạn nộp": deadlines}))
    space = open_workspace(root)
    register = space.register()
    folder = space.received(QUARTER.key)
    folder.mkdir(parents=True)
    for unit in register.units:
        (folder / f"{unit.code}.xlsx").write_bytes(_filled(plan, register, unit))


def _filled(plan: Plan, register: Register, unit: Unit) -> bytes:
    from dataclasses import replace

    content = form_content(Office(plan, register, DAY), unit, QUARTER, ())
    models = [
        {
            "ma_mo_hinh": f"MH-{unit.code}-{n:03d}",
            "ten": f"Mô hình số {n}",
            "loai": "Tập thể",
            "linh_vuc": "Kinh tế",
            "cap": "Cơ sở",
            "ngay_dk": date(2022, 5, 1),
            "trang_thai": "Đang thực hiện",
        }
        for n in range(1, 31)
    ]
    return form_bytes(plan, replace(content, rows={"B2": models}))


def seconds(step: Callable[[], object]) -> float:
    """How long one step takes."""
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


def side_by_side(name: str, ours: Callable[[], object], yardstick: Callable[[], object], rounds: int) -> None:
    """Print the medians of both and of their ratio, taken round by round."""
    pairs = [(seconds(ours), seconds(yardstick)) for _ in range(rounds)]
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{name:<10} {mine:7.2f} s  against {theirs:7.2f} s  ratio {ratio:5.2f}")


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--units", type=int, default=60)
    words.add_argument("--rounds", type=int, default=3)
    options = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ws"
        district(root, options.units)
        space = open_workspace(root)
        received = unpack(space.received(QUARTER.key))
        data = gather(space, space.office(DAY), QUARTER).data

        def read_plainly() -> None:
            for item in received:
                openpyxl.load_workbook(io.BytesIO(item.data or b""), data_only=True)

        def write_plainly() -> None:
            book = openpyxl.Workbook(write_only=True)
            for sheet in space.plan.sheets:
                page = book.create_sheet(sheet)
                for used in data.used:
                    for row in used.rows.get(sheet, ()):
                        page.append([used.unit, *(value.typed for value in row.values.values())])
            page = book.create_sheet("nguon")
            for figure in data.figures:
                for source in figure.sources:
                    page.append([figure.code, source.unit, source.file, source.sheet, source.cell, source.amount])
            book.save(io.BytesIO())

        side_by_side("reading", lambda: read_files(space.plan, received), read_plainly, options.rounds)
        side_by_side(
            "workbook",
            lambda: write_consolidated(io.BytesIO(), space.office(DAY), data),
            write_plainly,
            options.rounds,
        )


if __name__ == "__main__":
    main()
