"""What a run of one quarter reads: every file with its hash, so that a later run can say what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.vietnamese.dates import day_of
from dvk_reports.workspace.folder import REPORT, Workspace, digest
from dvk_reports.workspace.unit_locks import FILE as LOCKS
from dvk_reports.workspace.unit_locks import acts, as_bytes, of_quarter

TEMPLATES = (REPORT, "don-doc.docx")
"""The office's own templates that this job reads."""

_LOCKS = "khoa_don_vi"
"""Named in a run record only where returns of single units were locked."""
FILES, PAST = "tep_nhan_ve", "lich_su"
"""Places of a run record: the files received, the workbooks of earlier quarters."""

_PLACES: Mapping[str, str] = {
    FILES: "tệp nhận về",
    "danh_muc": "danh mục",
    "quy_dinh": "quy định",
    "mau_word": "mẫu Word",
    PAST: "sổ tổng hợp kỳ trước",
    _LOCKS: "khóa riêng đơn vị",
    "ban_truoc": "bản đã khóa trước đó",
}


@dataclass(frozen=True)
class Inputs:
    """Place -> name -> what it was: the hash, for returned files with the day of the file."""

    places: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Inputs:
        """From a run record or a seal; every place that it does not know is empty."""
        return cls(
            {
                place: {str(k): str(v) for k, v in dict(record.get(place, {})).items()}
                for place in _PLACES
                if place in record or place != _LOCKS
            },
        )

    def after(self, base: Mapping[str, str]) -> Inputs:
        """The same inputs, following a sealed edition (name -> hash)."""
        return Inputs({**self.places, "ban_truoc": dict(base)})

    def changes(self, now: Inputs) -> Iterator[str]:
        """ "tệp nhận về A.xlsx (mới)" for every difference, in the order of the places."""
        for place, said in _PLACES.items():
            before, after = self.places.get(place, {}), now.places.get(place, {})
            for name in sorted({*before, *after}):
                if before.get(name) == after.get(name):
                    continue
                what = "mới" if name not in before else "không còn" if name not in after else "đã đổi"
                if what == "đã đổi" and before[name][:64] == after[name][:64]:
                    what = "ngày của tệp đã đổi"
                yield f"{said} {name} ({what})"


def inputs_of(space: Workspace, quarter: Quarter, day: date) -> Inputs:
    """What is there now for a run of ``day``, leaving aside sealed editions."""
    files = {
        name.encode("utf-8", "replace").decode(): _state(data, of_file)
        for name, data, of_file in returned_files(space, quarter)
    }
    past = {held.key: digest(content(path)) for held, path in space.quarters_held() if held < quarter}
    return Inputs({FILES: dict(sorted(files.items())), **kept_inputs(space, quarter, day), PAST: past, "ban_truoc": {}})


def kept_inputs(space: Workspace, quarter: Quarter, day: date) -> Mapping[str, Mapping[str, str]]:
    """What the office keeps for a run of ``day``: register, rules, Word templates, returns locked on their own."""
    return {
        "danh_muc": {REGISTER: digest(content(space.register_path))},
        "quy_dinh": {name: digest(text.encode()) for name, text in sorted(space.plan.texts.items())},
        "mau_word": {name: digest(content(path)) for name in TEMPLATES if (path := space.template(name))},
        **({_LOCKS: locks} if (locks := locks_read(space, quarter, day)) else {}),
    }


def locks_read(space: Workspace, quarter: Quarter, day: date) -> dict[str, str]:
    """The log of locked returns as far as a run of ``day`` reads it; {} where there is none."""
    lines = [line for line in of_quarter(acts(space), quarter) if line.day <= day]
    return {LOCKS: digest(as_bytes(lines))} if lines else {}


def returned_files(space: Workspace, quarter: Quarter) -> Iterator[tuple[str, bytes, date]]:
    """(path below ``nhan-ve/<KY>``, content, day of the file) of every file that can be read, in order of names.

    What cannot be read is a line of sheet Tệp and no input; a quarter with such a file cannot be sealed.
    """
    folder = space.received(quarter.key)
    for path in files_below(folder):
        try:
            data = path.read_bytes()
            day = day_of(path.stat().st_mtime)
        except (OSError, ValueError, OverflowError):
            continue
        yield path.relative_to(folder).as_posix(), data, day


def state_of(path: Path) -> str:
    """What the run record says of a file that it read; "" where it cannot be read now."""
    try:
        return _state(path.read_bytes(), day_of(path.stat().st_mtime))
    except (OSError, ValueError, OverflowError):
        return ""


def _state(data: bytes, day: date) -> str:
    return f"{digest(data)} {day.isoformat()}"


def files_below(folder: Path) -> list[Path]:
    """Every plain file below a folder, in order of their names; not through a short cut to another folder."""
    return [path for path in entries_below(folder) if _is(path.is_file)]


def entries_below(folder: Path) -> Iterator[Path]:
    """Everything below a folder but the folders that can be opened: files, short cuts, what the system withholds."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        return
    except OSError:
        yield folder
        return
    for path in entries:
        if _is(path.is_dir) and not path.is_symlink():
            yield from entries_below(path)
        else:
            yield path


def _is(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except OSError:  # not even its kind may be asked
        return False


def content(path: Path) -> bytes:
    """The bytes of a file; WorkspaceError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"Không đọc được {path}: {reason_of(error)}. Đóng tệp rồi chạy lại.") from error


def first_few(changes: Iterable[str], most: int = 5) -> str:
    """The first few of several changes, and how many more there are."""
    found = list(changes)
    rest = f" và {len(found) - most} thay đổi khác" if len(found) > most else ""
    return "; ".join(found[:most]) + rest
