"""What the work costs, as ratios against yardsticks taken side by side.

One command:

    python -m benchmarks.ratios                     every line, 60 and 600 forms, medians of five rounds
    python -m benchmarks.ratios --small --bounds    quick: 60 forms, three rounds; ends with 1 where a ratio is far off
    python -m benchmarks.ratios --forms 6000        also what one form costs at that size

A machine's speed drifts, so no second is judged alone: in every round the step and its yardstick run one after the
other, and the median of their ratios counts. CPU seconds are those of a whole process and all its children; wall
seconds stand beside. The table goes to the screen as Markdown, for ``docs/hieu-nang.md``.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks import made, parts

FORMS = 60
"""Units that report in a district."""
QUARTER, DAY = made.QUARTER.key, made.DAY.isoformat()
STAGE, STAGE_DAY = "2022-Q2..2025-Q4", "2026-01-12"
FAR_OFF = 2
"""A ratio is far off where it is this many times what must be reached."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took: seconds of all processors together, seconds of the clock, and the largest process in MB."""

    cpu: float
    wall: float
    memory: float = 0.0

    def __truediv__(self, other: Cost) -> Cost:
        return Cost(self.cpu / other.cpu, self.wall / other.wall, self.memory / other.memory if other.memory else 0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    reach: float
    ratio: Cost
    ours: str
    theirs: str
    at_least: bool = False

    @property
    def far_off(self) -> bool:
        """Whether no drift of a machine explains it."""
        return self.ratio.cpu < self.reach / FAR_OFF if self.at_least else self.ratio.cpu > self.reach * FAR_OFF

    def shown(self) -> str:
        """The line as Markdown."""
        sign = "≥" if self.at_least else "≤"
        wall = f"{self.ratio.wall:.2f}" if self.ratio.wall else "–"
        return f"| {self.what} | {sign} {self.reach:g} | {self.ratio.cpu:.2f} | {wall} | {self.ours} | {self.theirs} |"


def process(*words: str) -> Cost:
    """A command run to its end in a process of its own; the exit code 1 says that something needs the clerk."""
    script = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(done.returncode, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024)"
    )
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, sys.executable, "-W", "ignore", *words],
        capture_output=True,
        text=True,
        check=True,
        env=compiled(),
    )
    wall = time.perf_counter() - begun
    code, cpu, memory = done.stdout.split()
    if int(code) not in (0, 1):
        raise RuntimeError(f"{words}: {done.stderr}")
    return Cost(float(cpu), wall, float(memory))


def compiled() -> dict[str, str]:
    """The environment of a process: a program that is installed has its modules compiled."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def here(step: Callable[[], object]) -> Cost:
    """A step in this process."""
    return Cost(*parts.seconds_of(step))


def median(costs: Sequence[Cost]) -> Cost:
    """Of each of the three."""
    columns = ([cost.cpu for cost in costs], [cost.wall for cost in costs], [cost.memory for cost in costs])
    return Cost(*(statistics.median(column) for column in columns))


def side_by_side(rounds: int, *steps: Callable[[], Cost]) -> list[list[Cost]]:
    """The costs of every step, round by round; what the first run alone costs (modules compiled) counts for none."""
    for step in steps:
        step()
    return [list(costs) for costs in zip(*([step() for step in steps] for _ in range(rounds)), strict=True)]


def ratio(above: Sequence[Cost], below: Sequence[Cost]) -> Cost:
    """The median of the ratios of each round."""
    return median([one / other for one, other in zip(above, below, strict=True)])


def seconds(costs: Sequence[Cost]) -> str:
    """The median, shown."""
    return f"{median(costs).cpu:.2f} s"


def milliseconds(costs: Sequence[Cost], each: int) -> str:
    """The median of one of so many, shown."""
    return f"{median(costs).cpu * 1000 / each:.1f} ms"


def line(what: str, reach: float, ours: Sequence[Cost], theirs: Sequence[Cost]) -> Line:
    """How many times the yardstick our step costs."""
    return Line(what, reach, ratio(ours, theirs), seconds(ours), seconds(theirs))


class Bench:
    """The workspaces of one run and the steps on them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def workspace(self, forms: int) -> Path:
        """One with that many returned forms, made once."""
        space = self.root / f"ws-{forms}"
        if not space.exists():
            made.workspace(space, forms)
        return space

    def main_job(self, forms: int) -> Cost:
        """``dvk consolidate`` of one quarter, with nothing there from before."""
        space = self.workspace(forms)
        shutil.rmtree(space / "ket-qua", ignore_errors=True)
        return process("-m", "dvk_reports", "-w", str(space), "consolidate", QUARTER, "--as-of", DAY)

    def yardstick(self, forms: int, *words: str) -> Cost:
        """One of the programs of ``yardsticks.py`` on the same files."""
        folder = self.workspace(forms) / "nhan-ve" / QUARTER
        return process("-m", "benchmarks.yardsticks", words[0], str(folder), str(self.root), *words[1:])

    def forms(self, forms: int) -> Cost:
        """``dvk forms`` of one quarter."""
        space = self.workspace(forms)
        shutil.rmtree(space / "gui-di", ignore_errors=True)
        return process("-m", "dvk_reports", "-w", str(space), "forms", QUARTER, "--as-of", DAY)

    def stage(self, forms: int) -> Cost:
        """``dvk consolidate`` of fifteen quarters."""
        space = self.root / f"stage-{forms}"
        if not space.exists():
            parts.stage(space, forms, STAGE, date.fromisoformat(STAGE_DAY))
        shutil.rmtree(space / "ket-qua" / STAGE, ignore_errors=True)
        return process("-m", "dvk_reports", "-w", str(space), "consolidate", STAGE, "--as-of", STAGE_DAY)


def whole_runs(bench: Bench, forms: int, rounds: int) -> Iterator[Line]:
    """The main job of one quarter against the yardsticks."""
    job, bare, script, calamine, blank = side_by_side(
        rounds,
        lambda: bench.main_job(forms),
        lambda: bench.yardstick(forms, "bare"),
        lambda: bench.yardstick(forms, "colleague", "--engine", "openpyxl"),
        lambda: bench.yardstick(forms, "colleague", "--engine", "calamine"),
        lambda: bench.forms(forms),
    )
    yield line(f"việc chính ÷ đọc ghi trần, {forms} biểu", 4.0, job, bare)
    yield Line(
        f"tập lệnh pandas + openpyxl ÷ việc chính, {forms} biểu",
        3,
        ratio(script, job),
        seconds(script),
        seconds(job),
        at_least=True,
    )
    yield Line(
        f"tập lệnh pandas + calamine ÷ việc chính, {forms} biểu",
        1.5,
        ratio(calamine, job),
        seconds(calamine),
        seconds(job),
        at_least=True,
    )
    yield line(f"`dvk forms` ÷ đọc ghi trần, {forms} biểu", 2.0, blank, bare)


def start_and_stage(bench: Bench, forms: int, rounds: int) -> Iterator[Line]:
    """The command alone, and fifteen quarters against one."""
    space = bench.workspace(forms)
    alone, plain = side_by_side(
        rounds, lambda: process("-m", "dvk_reports", "-w", str(space)), lambda: process("-c", "import openpyxl")
    )
    yield line("`dvk` ÷ `import openpyxl`", 1.5, alone, plain)
    whole, one = side_by_side(rounds, lambda: bench.stage(forms), lambda: bench.main_job(forms))
    yield line(f"cả giai đoạn (15 quý × {forms} đơn vị) ÷ việc chính của một quý", 3, whole, one)


def one_form(bench: Bench, forms: int, rounds: int) -> Iterator[Line]:
    """One form read for the first time, and one marked copy made, against the least that does the same bytes."""
    space = bench.workspace(forms)
    ours, theirs = [], []
    for _ in range(rounds):
        words = [sys.executable, "-W", "ignore", "-m", "benchmarks.reading", str(space)]
        done = subprocess.run(words, capture_output=True, text=True, check=True, env=compiled())
        count, *seconds = map(float, done.stdout.split())
        ours.append(Cost(*seconds[:2]))
        theirs.append(Cost(*seconds[2:]))
    yield Line(
        "đọc một biểu với mọi điều cần kiểm tra ÷ calamine đọc",
        2.5,
        ratio(ours, theirs),
        milliseconds(ours, int(count)),
        milliseconds(theirs, int(count)),
    )
    yield _copies(space, rounds)


def _copies(root: Path, rounds: int) -> Line:
    import openpyxl
    import xlsxwriter

    copies, draw = parts.marked(root)
    cells = [
        [
            (
                sheet.title,
                [
                    (cell.row - 1, cell.column - 1, cell.value)
                    for row in sheet
                    for cell in row
                    if cell.value is not None
                ],
            )
            for sheet in openpyxl.load_workbook(io.BytesIO(content))
        ]
        for content in copies
    ]

    def plainly() -> None:
        for sheets in cells:
            with xlsxwriter.Workbook(io.BytesIO()) as book:
                for title, values in sheets:
                    page = book.add_worksheet(title)
                    for row, column, value in values:
                        page.write(row, column, value)

    ours, theirs = side_by_side(rounds, lambda: here(draw), lambda: here(plainly))
    return Line(
        "một bản đánh dấu ÷ XlsxWriter ghi đúng các ô ấy",
        0.5,
        ratio(ours, theirs),
        milliseconds(ours, len(copies)),
        milliseconds(theirs, len(copies)),
    )


def sizes(bench: Bench) -> Iterator[Line]:
    """A blank form of a commune, as it is mailed and as it is unpacked."""
    content = parts.blank_commune_form()
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        unpacked = sum(item.file_size for item in box.infolist())
    for what, reach, size in (("như gửi đi", 60, len(content)), ("XML", 250, unpacked)):
        yield Line(f"biểu trắng của xã, kB {what}", reach, Cost(size / 1000, 0), f"{size / 1000:.0f} kB", "")


def growth(bench: Bench, small: int, large: int) -> Iterator[Line]:
    """What one form costs in a large run against a small one, in time and memory."""
    few, many = bench.main_job(small), bench.main_job(large)
    each = Cost(few.cpu / small, few.wall / small, few.memory), Cost(many.cpu / large, many.wall / large, many.memory)
    shown = [f"{cost.cpu * 1000:.0f} ms" for cost in each]
    yield Line(f"thời gian một biểu, {large} ÷ {small} biểu", 1.1, each[1] / each[0], shown[1], shown[0])
    peak = Cost(many.memory / few.memory, 0)
    yield Line(f"bộ nhớ lớn nhất, {large} ÷ {small} biểu", 1.5, peak, f"{many.memory:.0f} MB", f"{few.memory:.0f} MB")


def machine() -> str:
    """What it was measured on."""
    model = (
        next(
            (
                row.split(":")[1].strip()
                for row in Path("/proc/cpuinfo").read_text().splitlines()
                if "model name" in row
            ),
            "",
        )
        if Path("/proc/cpuinfo").exists()
        else platform.processor()
    )
    packages = ", ".join(
        f"{name} {version(name)}"
        for name in ("openpyxl", "pandas", "xlsxwriter", "python-docx", "lxml", "python-calamine")
    )
    return f"{os.cpu_count()} nhân {model}, {platform.system()}, Python {platform.python_version()}, {packages}"


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--small", action="store_true", help="60 forms only, three rounds")
    words.add_argument("--bounds", action="store_true", help="end with 1 where a ratio is far off")
    words.add_argument("--rounds", type=int)
    words.add_argument("--forms", type=int, help="also what one form costs at that size")
    options = words.parse_args()
    rounds = options.rounds or (3 if options.small else 5)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        found = []
        print(f"{machine()}; trung vị của {rounds} lượt.\n")
        print("| đo | phải đạt | tỷ số CPU | tỷ số đồng hồ | của ta | thước đo |\n|---|---|---|---|---|---|")
        jobs: list[Iterator[Line]] = [
            sizes(bench),
            one_form(bench, FORMS, rounds),
            start_and_stage(bench, FORMS, rounds),
            whole_runs(bench, FORMS, rounds),
        ]
        if not options.small:
            jobs.append(whole_runs(bench, 600, rounds))
        if options.forms:
            jobs.append(growth(bench, FORMS, options.forms))
        for job in jobs:
            for item in job:
                print(item.shown(), flush=True)
                found.append(item)
    return int(options.bounds and any(item.far_off for item in found))


if __name__ == "__main__":
    sys.exit(main())
