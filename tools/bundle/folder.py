"""The folder that is copied to a Windows machine, and the zip of it: the same input gives the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

from tools.bundle.licences import collect_licences
from tools.bundle.python_zip import AMD64, BundleError, embedded, machine_of
from tools.bundle.wheels import about, hashed_line, lock, unpack_wheels

FILES = Path(__file__).parent / "files"
"""What a person opens: the commands to double-click and the page to read first."""
LOCKED = "requirements-win_amd64.txt"
LONGEST = 200
"""Windows takes 260 characters for a whole path; the rest is left for where the clerk puts the folder."""
_DAY = (1980, 1, 1, 0, 0, 0)


def make_folder(wheel: Path, python_zip: Path, out: Path) -> Path:
    """Put the bundle together below ``out`` and say where; BundleError where it cannot be done, and nothing is left."""
    python = embedded(python_zip)
    folder = out / f"dvk-{about(wheel)['Version']}-win_amd64"
    if folder.exists():
        raise BundleError(f"{folder} is there already; move it away")
    try:
        folder.mkdir(parents=True)
        python.unpack(folder / "python")
        locked = lock(wheel, python.version)
        unpack_wheels(wheel, locked, python.version, folder / "app")
        own = f"{hashed_line(wheel)}# {python_zip.name} --hash=sha256:{sha256(python_zip.read_bytes()).hexdigest()}\n"
        (folder / LOCKED).write_bytes((locked + own).encode("utf-8"))
        collect_licences(folder / "app", folder / "python", folder / "giay-phep")
        for path in sorted(FILES.iterdir()):
            text = path.read_text(encoding="utf-8").replace("{python}", python.version)
            # A .cmd begins with its first command: a byte order mark would be part of it. Notepad is helped by one.
            encoding = "utf-8" if path.suffix == ".cmd" else "utf-8-sig"
            (folder / path.name).write_bytes("\r\n".join([*text.splitlines(), ""]).encode(encoding))
        _check_paths(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def zipped(folder: Path) -> Path:
    """The folder as a zip beside it; no clock, no order of the disk, no rights of this machine are in it."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files_of(folder):
            entry = zipfile.ZipInfo(file.relative_to(folder.parent).as_posix(), _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, file.read_bytes())
    return path


def files_of(folder: Path) -> list[Path]:
    """Every file of the bundle, in the order of its path."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def _check_paths(folder: Path) -> None:
    """BundleError for a path that Windows may refuse, or a file that only another system can use."""
    for file in files_of(folder):
        path = file.relative_to(folder.parent).as_posix()
        if len(path) >= LONGEST:
            raise BundleError(f"{path} is longer than {LONGEST} characters")
        if file.suffix in (".so", ".dylib") or ".so." in file.name:
            raise BundleError(f"{path} is for another system")
        if file.suffix in (".pyd", ".dll") and machine_of(file.read_bytes()[:4096]) != AMD64:
            raise BundleError(f"{path} is not for 64-bit Windows (amd64)")
