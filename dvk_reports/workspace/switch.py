"""How outputs are put in place: a whole new folder beside the old one, then one switch.

The switch of a folder ``X`` leaves traces that say how far it came, all beside it and all named after it:

* ``.dvk-moi-X``, the new folder. While it is being built there is no journal, and nothing has changed yet.
* ``.dvk-viec-X.json``, the journal: the new folder is whole and on the disk. From here on the switch is finished.
* ``.dvk-cu-X``, the old folder, moved aside. It is deleted last.

Whatever ends the program (a kill, a power cut), ``settle`` finishes or undoes the switch from these traces alone. Two
renames are used because no system replaces a folder that is not empty by one; a rename works the same on Windows,
where it is refused as long as a file inside is open in another program. A single file needs one rename and no journal.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.workspace.spool import parts_of

_NEW, _OLD, _JOURNAL, _FILE = ".dvk-moi-", ".dvk-cu-", ".dvk-viec-", ".dvk-tep-"
_TRACES = (_NEW, _OLD, _JOURNAL, _FILE)
"""How the name of everything begins that stands in a workspace only while a command writes."""
_PATIENCE = 2.0 if sys.platform == "win32" else 0.0
"""Seconds to try a refused rename again: scanners and OneDrive hold a file on Windows for moments."""
_AT_ONCE = 8
"""Files that the disk is asked for at a time."""
_IN_HAND = 200
"""Files that are handed to those who ask it: what waits to be written takes more room than its name."""


class Switch:
    """The places of one switch."""

    def __init__(self, folder: Path) -> None:
        # A folder that is a shortcut to another drive is switched where it really lies.
        self.folder = folder.resolve() if folder.is_symlink() else folder
        beside, name = self.folder.parent, self.folder.name
        self.new = beside / f"{_NEW}{name}"
        self.old = beside / f"{_OLD}{name}"
        self.journal = beside / f"{_JOURNAL}{name}.json"

    # --- forward --------------------------------------------------------------------------------------------------

    def build(self, outputs: Mapping[str, bytes], remove: Iterable[str]) -> None:
        """The new folder: what the old one holds, less what goes, and the outputs; then the journal."""
        from concurrent.futures import ThreadPoolExecutor  # most commands write nothing

        if self.folder.exists() and not self.folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(self.folder))
        _delete(self.new)
        self.new.parent.mkdir(parents=True, exist_ok=True)
        self.new.mkdir()
        if self.folder.is_dir():
            _carry(self.folder, self.new, _Gone(outputs, remove))
            shutil.copymode(self.folder, self.new)
        for name in outputs:
            target = self.new / name
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(self.folder / name))
            target.parent.mkdir(parents=True, exist_ok=True)
            # A name in other letters is the same file on Windows, and that file is still the old folder's as well.
            target.unlink(missing_ok=True)
        folders = sorted({(self.new / name).parent for name in outputs} | {self.new})
        # A disk that is asked for several files at once writes them together, in a tenth of the time.
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            names = iter(outputs)
            while some := tuple(islice(names, _IN_HAND)):
                list(pool.map(lambda name: _write(self.new / name, parts_of(outputs, name)), some))
            list(pool.map(_sync_folder, folders))
        write_file(self.journal, json.dumps({"thu_muc": self.folder.name, "so_tep": len(outputs)}).encode())

    def make(self) -> None:
        """The switch itself. OSError where a rename is refused."""
        if self.folder.exists() and not self.old.exists():
            _rename(self.folder, self.old)
        _rename(self.new, self.folder)
        _sync_folder(self.folder.parent)

    def clear(self) -> None:
        """Nothing of a switch that was made is left but the journal's end: the old folder, then the journal."""
        _delete(self.old)
        self.journal.unlink(missing_ok=True)

    # --- back -----------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """As it was before, as far as the disk allows; what it refuses is left for ``settle``."""
        if self.old.exists():
            if self.folder.exists():  # switched already: only what is left over goes
                return
            _rename(self.old, self.folder)
        self.journal.unlink(missing_ok=True)
        _delete(self.new)

    @property
    def untouched(self) -> bool:
        """The old folder stands, and no later command will put the new one in its place."""
        return not self.old.is_dir() and not self.journal.is_file()

    def settle(self) -> str:
        """Finish or undo what an ended program has begun; a sentence of it, or "" where there was nothing."""
        begun = self.journal.is_file()
        if begun and (self.new.is_dir() or self.folder.is_dir()):
            kept = ""
            if self.new.is_dir():
                kept = self._set_aside()
                self.make()
            self.clear()
            return f"Lần chạy trước bị ngắt khi đang ghi {self.folder.name}; nay đã ghi xong phần còn lại.{kept}"
        if self.old.is_dir():
            if not self.folder.exists():
                _rename(self.old, self.folder)
            _delete(self.old)
        elif not (begun or self.new.is_dir()):
            return ""
        if begun:
            self.journal.unlink(missing_ok=True)
        _delete(self.new)
        return f"Lần chạy trước bị ngắt khi đang ghi {self.folder.name}; các tệp ở đó vẫn như trước lần chạy ấy."

    def _set_aside(self) -> str:
        """A folder that another program has made in the place of the one moved aside is kept under another name."""
        if not (self.old.exists() and self.folder.exists()):
            return ""
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()
            return ""
        number = 1
        while (kept := self.folder.with_name(f"{self.folder.name} (giữ lại {number})")).exists():
            number += 1
        _rename(self.folder, kept)
        return f" Tệp do chương trình khác để ở đó trong lúc ấy nay nằm trong thư mục {kept.name}."


def write_all(folder: Path, outputs: Mapping[str, bytes], remove: Iterable[str] = ()) -> None:
    """Every file (name -> bytes) into ``folder``, or none, whatever ends the program.

    ``remove``: files of an earlier run that no longer hold (a reminder to a unit that has sent its return since).
    Everything else in the folder stays as it is. WorkspaceError names what stood in the way, most often a file that is
    open in Excel or Word.
    """
    remove = tuple(remove)
    if len(outputs) == 1 and not remove:
        ((name, data),) = outputs.items()
        return _write_one(folder / name, data)
    switch = Switch(folder)
    try:
        switch.build(outputs, remove)
        switch.make()
    except BaseException as error:
        with contextlib.suppress(OSError):
            switch.undo()
        if isinstance(error, OSError):
            raise WorkspaceError(_refused(switch, error)) from error
        raise
    with contextlib.suppress(OSError):  # the new folder stands; what is left over goes with the next command
        switch.clear()


def _write_one(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(target))
        write_file(target, data)
    except OSError as error:
        raise WorkspaceError(
            f"Không ghi được {target}: {reason_of(error)}. Nếu tệp đang mở trong Excel hoặc Word thì đóng lại, "
            "rồi chạy lại. Chưa có tệp nào bị thay đổi."
        ) from error


def write_file(target: Path, data: bytes) -> None:
    """One file as a whole: the old content or the new, never a part of either."""
    half = target.with_name(f"{_FILE}{target.name}")
    try:
        _write(half, (data,))
        _rename(half, target)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def begun(places: Iterable[Path]) -> bool:
    """Whether a command that was ended has left something in one of these folders."""
    return any(_names(place) for place in places)


def settle(places: Iterable[Path]) -> Iterator[str]:
    """Finish or undo every switch that was begun beside these folders' children; one sentence of each.

    WorkspaceError where the disk refuses that too: nothing may be read from a folder that is half in place.
    """
    for place in places:
        names = _names(place)
        for name in sorted(names):
            if name.startswith(_FILE):
                with contextlib.suppress(OSError):
                    (place / name).unlink(missing_ok=True)
        for name in sorted({_of(name) for name in names} - {""}):
            switch = Switch(place / name)
            try:
                said = switch.settle()
            except OSError as error:
                raise WorkspaceError(
                    f"Lần chạy trước bị ngắt khi đang ghi {switch.folder}, và chưa ghi nốt được: {reason_of(error)}. "
                    "Đóng các tệp đang mở trong Excel, Word, đóng cửa sổ đang mở thư mục ấy, rồi chạy lại."
                ) from error
            if said:
                yield said


def _of(name: str) -> str:
    """The folder that a trace is of; "" for every other name."""
    for start in (_NEW, _OLD):
        if name.startswith(start):
            return name.removeprefix(start)
    return name.removeprefix(_JOURNAL).removesuffix(".json") if name.startswith(_JOURNAL) else ""


def _names(place: Path) -> list[str]:
    try:
        with os.scandir(place) as entries:
            return [entry.name for entry in entries if entry.name.startswith(_TRACES) and _is_ours(entry)]
    except OSError:
        return []


def _is_ours(entry: os.DirEntry[str]) -> bool:
    """Whether a trace is what a switch leaves; a folder with a file's name was put there by someone, and stays."""
    folder = entry.name.startswith((_NEW, _OLD))
    return (entry.is_dir if folder else entry.is_file)(follow_symlinks=False)


def _refused(switch: Switch, error: OSError) -> str:
    at = str(error.filename or switch.folder)
    shown = at.replace(str(switch.new), str(switch.folder))
    said = f"Không ghi được {shown}: {reason_of(error)}. "
    if switch.untouched:
        return said + (
            "Nếu có tệp trong thư mục đang mở bằng Excel hoặc Word thì đóng lại, rồi chạy lại. "
            "Chưa có tệp nào bị thay đổi."
        )
    return said + (
        "Đóng các tệp đang mở trong Excel, Word rồi gõ lệnh dvk: lệnh ấy đưa thư mục về nguyên vẹn trước khi làm tiếp."
    )


# --- the disk -------------------------------------------------------------------------------------------------------


class _Gone:
    """What of the old folder does not stay: thousands of outputs, which are asked for their names as they are."""

    def __init__(self, outputs: Mapping[str, bytes], remove: Iterable[str]) -> None:
        self._outputs, self._removed = outputs, {str(PurePosixPath(name)) for name in remove}

    def __contains__(self, name: object) -> bool:
        return name in self._outputs or name in self._removed


def _carry(source: Path, target: Path, gone: Container[str], inside: str = "") -> None:
    """What stays: each file under a second name where the disk can do that, else copied; days of files are kept."""
    with os.scandir(source) as entries:
        inside_source = sorted(entries, key=lambda entry: entry.name)
    for entry in inside_source:
        name = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            below = target / entry.name
            below.mkdir()
            _carry(Path(entry.path), below, gone, f"{name}/")
            if not any(below.iterdir()) and any(Path(entry.path).iterdir()):
                below.rmdir()  # it held only what goes
            else:
                shutil.copystat(entry.path, below)
        elif name not in gone:
            _second(Path(entry.path), target / entry.name)


def _second(path: Path, target: Path) -> None:
    # A file that is marked read-only is copied: Windows wants the mark off before the old one can be deleted, and a
    # second name of the same file would lose it too.
    if os.access(path, os.W_OK):
        with contextlib.suppress(OSError, NotImplementedError):
            os.link(path, target, follow_symlinks=False)
            return
    shutil.copy2(path, target, follow_symlinks=False)


def _write(path: Path, parts: Iterable[bytes]) -> None:
    """Written and on the disk, so that a power cut after the journal loses nothing of it."""
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """The names in a folder are on the disk; Windows does this by itself."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _rename(path: Path, target: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            path.replace(target)
            return
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.1)


def _delete(path: Path) -> None:
    """A folder of ours with all that is in it; what is no longer there is no error."""
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(path)
    except PermissionError:
        _make_writable(path)
        shutil.rmtree(path)


def _make_writable(folder: Path) -> None:
    """Take off the marks that keep a folder of ours from being deleted: they came along from the one it stands for."""
    folder.chmod(stat.S_IRWXU)
    for here, folders, files in os.walk(folder):
        # On other systems the folder's mark alone decides, and a file may have a second name.
        for name in (*folders, *(files if sys.platform == "win32" else ())):
            path = Path(here, name)
            if not path.is_symlink():
                path.chmod(stat.S_IRWXU)
