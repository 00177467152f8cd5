"""The sealed quarter as one file: ``luu/<KY>.zip`` and its later editions ``-bs<n>.zip``.

An archive holds what a run has read and what it has written, and ``niem-phong.json`` with the hash of every file. It is
packed without compression in one fixed way, so the same content gives the same bytes on every machine, and an archive
that is not those bytes has been changed.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.steps.inputs import Inputs, first_few
from dvk_reports.run.steps.locked import unlocked
from dvk_reports.workspace.folder import LOG, TOTALS, Workspace, digest

SEAL = "niem-phong.json"
RULES, TEMPLATES = "quy-dinh", "mau-word"
_FORMAT = 1
_NAME = re.compile(r"(\d{4}-Q[1-4])(?:-bs([1-9]\d*))?\.zip")
# The first day that a zip file can hold.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Seal:
    """One archive whose seal is whole."""

    name: str
    data: bytes
    record: Mapping[str, Any]
    """``niem-phong.json``."""
    files: Mapping[str, bytes]
    """Path as in the workspace -> content."""

    @property
    def period(self) -> str:
        return str(self.record["ky"])

    @property
    def edition(self) -> int:
        return int(self.record["lan_bo_sung"])

    @cached_property
    def hash(self) -> str:
        return digest(self.data)

    @cached_property
    def log(self) -> Mapping[str, Any]:
        """The run record of the sealed outputs."""
        log: Mapping[str, Any] = json.loads(self.files[f"ket-qua/{self.period}/{LOG}"])
        return log

    @property
    def inputs(self) -> Inputs:
        return Inputs.read(self.log["dau_vao"])

    @property
    def totals(self) -> bytes:
        return self.files[f"ket-qua/{self.period}/{TOTALS}"]

    @property
    def register(self) -> bytes:
        return self.files[REGISTER]

    def previous(self) -> Seal | None:
        """The edition before, which this one holds whole."""
        for name, data in self.files.items():
            if name.startswith("luu/"):
                return seal_of(name.removeprefix("luu/"), data)
        return None


def archive_name(period: str, edition: int) -> str:
    """The name of a sealed quarter, or of a later edition of it."""
    return f"{period}-bs{edition}.zip" if edition else f"{period}.zip"


def packed(record: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The archive: ``niem-phong.json`` first, then the files by name."""
    seal = json.dumps({"niem_phong": _FORMAT, **record}, ensure_ascii=False, indent=1).encode("utf-8")
    return _zipped({SEAL: seal, **{name: files[name] for name in sorted(files)}})


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.create_system = 0  # else the operating system would show in the file
            target.writestr(entry, data)
    return out.getvalue()


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """File name -> hash of its content."""
    return {name: digest(files[name]) for name in sorted(files)}


def last_seal(space: Workspace, quarter: Quarter) -> Seal | None:
    """The latest sealed edition of a quarter; WorkspaceError where its archive is damaged."""
    found = archives(space, quarter)
    return read_seal(found[max(found)]) if found else None


def archives(space: Workspace, quarter: Quarter) -> dict[int, Path]:
    """Edition -> archive, by their names alone."""
    found = {}
    for path in space.archive.glob(f"{quarter.key}*.zip") if space.archive.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if name and name[1] == quarter.key:
            found[int(name[2] or 0)] = path
    return found


def read_seal(path: Path) -> Seal:
    """An archive with its seal checked; WorkspaceError says what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorkspaceError(f"Không đọc được tệp lưu {path}: {reason_of(error)}.") from error
    return seal_of(path.name, unlocked(path.name, data))


def seal_of(name: str, data: bytes) -> Seal:
    """An archive from its bytes, with its seal checked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = box.namelist()
            members = {member: box.read(member) for member in names}
        record = json.loads(members[SEAL].decode("utf-8"))
        told: dict[str, str] = {str(key): str(value) for key, value in record["tep"].items()}
        period, edition = Quarter.parse(str(record["ky"])).key, int(record["lan_bo_sung"])
    except Exception as error:  # zipfile and json raise many kinds on a damaged file; each means the same to the clerk
        raise WorkspaceError(f"Tệp lưu {name} bị hỏng hoặc không phải là tệp lưu của một quý đã khóa.") from error
    files = {member: content for member, content in members.items() if member != SEAL}
    broken = list(_broken(told, files))
    if broken:
        raise WorkspaceError(f"Niêm phong của {name} không còn nguyên vẹn: {first_few(broken)}.")
    if len(names) != len(members) or _zipped(members) != data or not all(_inside(member) for member in files):
        raise WorkspaceError(
            f"Niêm phong của {name} không còn nguyên vẹn: nội dung các tệp còn đúng nhưng tệp nén đã bị ghi lại."
        )
    needed = (REGISTER, f"ket-qua/{period}/{TOTALS}", f"ket-qua/{period}/{LOG}")
    if record.get("niem_phong") != _FORMAT or any(member not in files for member in needed):
        raise WorkspaceError(f"Tệp lưu {name} thiếu nội dung hoặc do phiên bản chương trình khác lập, không đọc được.")
    if _NAME.fullmatch(name) and name != archive_name(period, edition):
        raise WorkspaceError(f"Tệp lưu {name} đã bị đổi tên: bên trong là {archive_name(period, edition)}.")
    return Seal(name, data, record, files)


def _broken(told: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted({*told, *files}):
        if name not in files:
            yield f"mất {name}"
        elif name not in told:
            yield f"thêm {name}"
        elif digest(files[name]) != told[name]:
            yield f"{name} đã bị sửa"


def _inside(name: str) -> bool:
    """Whether a member stays in the folder that it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and ":" not in path.parts[0] and "\\" not in name
