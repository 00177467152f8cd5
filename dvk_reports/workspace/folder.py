"""Where things lie in a workspace, and which of them a person has edited."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.model.notebook import one_line, small_table
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.lines import SheetsOf
from dvk_reports.plan.register.reader import read_register
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE as REGISTER

TOTALS = "tong-hop.xlsx"
REPORT = "bao-cao.docx"
LOG = "nhat-ky.json"
DRAFT_LOG = "nhat-ky-du-thao.json"
CHOICE = "ke-hoach.yaml"
"""Names the plan that the workspace works on."""
TEMPLATES = "mau-word"
OUTBOX = "gui-lan-nay"
"""Mails that wait to be sent; it is made when there are some."""
FOLDERS = (TEMPLATES, "gui-di", "nhan-ve", "ket-qua", "khen-thuong", "luu")


@dataclass(frozen=True, repr=False)
class Workspace:
    """One folder per plan; the only state there is."""

    root: Path
    plan: Plan
    sheets_of: SheetsOf
    """Opens a workbook of the office's own."""

    @property
    def register_path(self) -> Path:
        return self.root / REGISTER

    def register(self) -> Register:
        """``danh-muc.xlsx``; RegisterError where it is missing or no workbook."""
        return read_register(self.register_path, self.plan, self.sheets_of)

    def office(self, as_of: date | None = None) -> Office:
        """The context of a run on this workspace, made for ``as_of`` (today where no day is given)."""
        return Office(self.plan, self.register(), self.plan.day_of_run(as_of))

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

    def outbox(self, period: str) -> Path:
        """Where the mails of a period lie that are new or changed since they were last sent."""
        return self.root / OUTBOX / period

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

    def __repr__(self) -> str:
        return one_line("Workspace", self.root, self.plan.info.ma)

    def _repr_html_(self) -> str:
        """The workspace as a notebook shows it."""
        held = ", ".join(quarter.key for quarter, _ in self.quarters_held())
        lines = (("Thư mục", self.root), ("Kế hoạch", self.plan.info.ma), ("Các quý đã tổng hợp", held))
        return small_table("Thư mục làm việc", lines)


Place = Workspace | Path | str
"""What every library call takes first: a workspace, or its folder."""


def in_its_place(path: Path) -> WorkspaceError:
    """That a folder stands where a log of the workspace belongs."""
    return WorkspaceError(
        f"{path} là thư mục, không phải tệp. Đổi tên thư mục đó; nếu trước đây đã có tệp {path.name} thì chép lại bản "
        "sao của tệp vào đúng chỗ này. Rồi chạy lại."
    )


def digest(data: bytes) -> str:
    """The SHA-256 of some content."""
    return digest_of((data,))


def digest_of(parts: Iterable[bytes]) -> str:
    """The SHA-256 of a content in pieces."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()


def free_name(
    folder: Path, name: str, data: bytes, known: frozenset[str], day: date, ours: Callable[[bytes], bool] | None = None
) -> str:
    """``name``, or a dated name beside it where the file there was edited by a person.

    A file is ours if its content is what an earlier run recorded (``known``), or what is to be written anyway, or if it
    says so itself (``ours``).
    """
    stem, dot, ending = name.rpartition(".")
    number = 1
    candidate = name
    while True:
        path = folder / candidate
        if not path.exists():
            return candidate
        there = path.read_bytes()
        if digest(there) in {*known, digest(data)} or (ours is not None and ours(there)):
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


def files_read(folder: Path) -> int:
    """How many files the last run read, from its run record; 0 where there was none."""
    try:
        return len(json.loads((folder / LOG).read_text(encoding="utf-8-sig")).get("tep", ()))
    except (OSError, ValueError, AttributeError, TypeError):
        return 0


def outdated(folder: Path, before: Mapping[str, str], outputs: Iterable[str]) -> tuple[str, ...]:
    """What the last run wrote, nobody has changed, and this run does not write."""
    new = set(outputs)
    return tuple(
        name
        for name, value in before.items()
        if name not in new and (folder / name).is_file() and digest((folder / name).read_bytes()) == value
    )
