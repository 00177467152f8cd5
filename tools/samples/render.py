"""Draw a sample workspace from its text: the register, and every file that came in every quarter.

    python -m tools.samples.render TÊN [THƯ_MỤC] [--force]

TÊN is a folder of ``samples/nguon``; without THƯ_MỤC it is written to ``samples/<TÊN>``. The same text gives the same
workspace. LibreOffice (``soffice``) is needed only where a set has returns in .xls or .ods.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE
from dvk_reports.run.plans import chosen_plan
from dvk_reports.sheets.forms.templates import Templates
from dvk_reports.sheets.register.workbook import write_register
from dvk_reports.workspace.folder import CHOICE
from tools.samples.lean import lean_form
from tools.samples.rows import SampleError
from tools.samples.sent_files import as_sent, boxed, paper
from tools.samples.sets import ROOT, SampleSet, SentFile
from tools.samples.sowing import Draft, draft, drawn

MARK = "DU-LIEU-MINH-HOA.txt"
"""Only a folder that holds this file, or is empty, is written over."""
RECEIVED = "nhan-ve"


class Renderer:
    """Draws the files of one set."""

    def __init__(self, of: SampleSet) -> None:
        self.of = of
        self.templates = Templates()
        with tempfile.TemporaryDirectory() as work:
            path = Path(work) / FILE
            write_register(path, of.plan, of.register())
            self.register_bytes = path.read_bytes()
            self.register: Register = read_register(path, of.plan, read_sheets)

    def draft(self, sent: SentFile, quarter: Quarter) -> Draft:
        """The form in a file that is sent, mistakes included."""
        content = self.of.content(sent, quarter)
        mistakes = self.of.mistakes_of(content.quarter, content.unit)
        return draft(self.of.plan, self.register, content, mistakes, content.quarter)

    def file(self, sent: SentFile, quarter: Quarter) -> bytes:
        """The bytes of one file."""
        if sent.inside:
            return boxed(sent, [(inner.name, self.file(inner, quarter)) for inner in sent.inside])
        if sent.unit is None:
            return paper(sent)
        ready = self.draft(sent, quarter)
        if self.of.lean:
            return as_sent(sent, lean_form(self.of.plan, ready.content))
        bare = ready.content.kind in self.of.told.get("bo_o_trong", ())
        return as_sent(sent, drawn(self.of.plan, ready, bare, self.templates))


_renderer: Renderer | None = None


def _start(name: str) -> None:
    global _renderer
    _renderer = Renderer(SampleSet(name))


def _file(quarter: Quarter, sent: SentFile) -> bytes:
    assert _renderer is not None
    return _renderer.file(sent, quarter)


def workspace(name: str, workers: int | None = None) -> Mapping[str, bytes]:
    """Path below the workspace -> bytes, of every file of a set."""
    of = SampleSet(name)
    found = {
        FILE: Renderer(of).register_bytes,
        MARK: ("\n".join(of.told["loi_dau"]) + "\n").encode("utf-8"),
    }
    if of.told["ke_hoach"] != chosen_plan():
        found[CHOICE] = f'dung: "{of.told["ke_hoach"]}"\n'.encode()
    jobs = [(quarter, sent) for quarter in of.quarters for sent in of.sent_files(quarter)]
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(name,)) as crew:
        made = crew.map(_file, *zip(*jobs, strict=True), chunksize=8)
        for (quarter, sent), data in zip(jobs, made, strict=True):
            found[f"{RECEIVED}/{quarter.key}/{sent.name}"] = data
    return found


def render(name: str, folder: Path, *, force: bool = False, workers: int | None = None) -> int:
    """Write the workspace anew and give the number of files; SampleError where the folder holds something else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists() and not force:
        raise SampleError(f"{folder} không phải thư mục do chương trình này tạo; thêm --force nếu muốn ghi đè.")
    files = workspace(name, workers)
    if (folder / RECEIVED).exists():
        shutil.rmtree(folder / RECEIVED)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return len(files)


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Tạo một thư mục làm việc minh họa từ các dòng ở samples/nguon.")
    parser.add_argument("name", metavar="TÊN", help="bộ nào, ví dụ bao-yen-2022-2023")
    parser.add_argument("folder", metavar="THƯ_MỤC", nargs="?", type=Path, help="mặc định: samples/TÊN")
    parser.add_argument("--force", action="store_true", help="ghi đè cả thư mục không do chương trình này tạo")
    told = parser.parse_args(arguments)
    folder = told.folder or ROOT / "samples" / told.name
    try:
        count = render(told.name, folder, force=told.force)
    except SampleError as error:
        raise SystemExit(str(error)) from error
    print(f"{folder}: {count} tệp.")


if __name__ == "__main__":
    main(sys.argv[1:])
