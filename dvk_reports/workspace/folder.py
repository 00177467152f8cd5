"""Where things lie, and how they are written: all together or not at all, and never over a person's work."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE as REGISTER

TOTALS = "tong-hop.xlsx"
REPORT = "bao-cao.docx"
LOG = "nhat-ky.json"
CHOICE = "ke-hoach.yaml"
"""Names the plan that the workspace works on."""
TEMPLATES = "mau-word"
FOLDERS = (TEMPLATES, "gui-di", "nhan-ve", "ket-qua", "khen-thuong", "luu")


@dataclass(frozen=True)
class Workspace:
    """One folder per plan; the only state there is."""

    root: Path
    plan: Plan

    @property
    def register_path(self) -> Path:
        return self.root / REGISTER

    def register(self) -> Register:
        """``danh-muc.xlsx``; RegisterError where it is missing or no workbook."""
        return read_register(self.register_path, self.plan)

    def office(self, as_of: date | None = None) -> Office:
        """The context of a run on this workspace, made for ``as_of`` (today where no day is given)."""
        return Office(self.plan, self.register(), as_of or date.today())

    def received(self, period: str) -> Path:
        """Where the files of a period come in."""
        return self.root / "nhan-ve" / period

    def results(self, period: str) -> Path:
        """Where the results of a period lie."""
        return self.root / "ket-qua" / period

    @property
    def archive(self) -> Path:
        """``luu``: the sealed quarters."""
        return self.root / "luu"

    def awards(self, name: str) -> Path:
        """Where the papers of an award round lie."""
        return self.root / "khen-thuong" / name

    def outgoing(self, period: str) -> Path:
        """Where the forms of a period lie before they are sent."""
        return self.root / "gui-di" / period

    def template(self, name: str) -> Path | None:
        """The office's own Word template, which wins over the bundled one."""
        path = self.root / TEMPLATES / name
        return path if path.is_file() else None

    def quarters_held(self) -> Iterator[tuple[Quarter, Path]]:
        """Every quarter with a consolidated workbook, oldest first."""
        folder = self.root / "ket-qua"
        found = []
        for path in folder.iterdir() if folder.is_dir() else ():
            with contextlib.suppress(Exception):
                quarter = Quarter.parse(path.name)
                if (path / TOTALS).is_file():
                    found.append((quarter, path / TOTALS))
        yield from sorted(found)


Place = Workspace | Path | str
"""What every library call takes first: a workspace, or its folder."""


def digest(data: bytes) -> str:
    """The SHA-256 of some content."""
    return hashlib.sha256(data).hexdigest()


def write_all(folder: Path, outputs: Mapping[str, bytes], remove: Iterable[str] = ()) -> None:
    """Every file (name -> bytes) into ``folder``, or none: on any failure the old files are put back.

    ``remove``: files of an earlier run that no longer hold (a reminder to a unit that has sent its return since).

    WorkspaceError names the file that stood in the way, most often one that is open in Excel or Word.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".dvk-", dir=folder))
    except OSError as error:
        raise WorkspaceError(
            f"Không ghi được vào thư mục {folder}: {reason_of(error)}. Kiểm tra quyền ghi và chỗ trống rồi chạy lại."
        ) from error
    moved: list[tuple[Path, Path]] = []
    written: list[Path] = []
    current = folder
    try:
        for number, data in enumerate(outputs.values()):
            (stage / f"new{number}").write_bytes(data)
        for number, name in enumerate(outputs):
            current = folder / name
            current.parent.mkdir(parents=True, exist_ok=True)
            if current.exists():
                current.replace(stage / f"old{number}")
                moved.append((stage / f"old{number}", current))
            (stage / f"new{number}").replace(current)
            written.append(current)
        for number, name in enumerate(remove):
            current = folder / name
            current.replace(stage / f"gone{number}")
            moved.append((stage / f"gone{number}", current))
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        for backup, path in moved:
            backup.replace(path)
        raise WorkspaceError(
            f"Không ghi được {current}: {reason_of(error)}. Nếu tệp đang mở trong Excel hoặc Word thì đóng lại, "
            "rồi chạy lại. Chưa có tệp nào bị thay đổi."
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def free_name(folder: Path, name: str, data: bytes, known: frozenset[str], day: date) -> str:
    """``name``, or a dated name beside it where the file there was edited by a person.

    A file is ours if its content is what an earlier run recorded (``known``), or what is to be written anyway.
    """
    stem, dot, ending = name.rpartition(".")
    number = 1
    candidate = name
    while True:
        path = folder / candidate
        if not path.exists() or digest(path.read_bytes()) in {*known, digest(data)}:
            return candidate
        number += 1
        suffix = f"{day:%Y-%m-%d}" if number == 2 else f"{day:%Y-%m-%d}-{number - 1}"
        candidate = f"{stem}-{suffix}{dot}{ending}"


def recorded(folder: Path, name: str = LOG) -> Mapping[str, str]:
    """Name -> hash of what the last run wrote there, from its run record; empty where there is none."""
    try:
        log = json.loads((folder / name).read_text(encoding="utf-8-sig"))
        return {str(name): str(value) for name, value in log.get("ket_qua", {}).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def outdated(folder: Path, before: Mapping[str, str], outputs: Iterable[str]) -> tuple[str, ...]:
    """What the last run wrote, nobody has changed, and this run does not write."""
    new = set(outputs)
    return tuple(
        name
        for name, value in before.items()
        if name not in new and (folder / name).is_file() and digest((folder / name).read_bytes()) == value
    )
