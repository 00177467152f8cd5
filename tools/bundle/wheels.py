"""The package and all that it needs, as wheels for 64-bit Windows: chosen, held to their hashes, unpacked."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

from tools.bundle.python_zip import BundleError

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
PLATFORM = "x86_64-pc-windows-msvc"
_TRACES = ("INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json")
"""What the unpacking program notes about itself and this machine."""


def build_wheel(work: Path) -> Path:
    """The package as it stands here, built from its own sdist."""
    _uv("build", "--quiet", "--out-dir", str(work), str(ROOT))
    return next(work.glob("*.whl"))


def lock(wheel: Path, version: str) -> str:
    """What a wheel needs on Windows under this Python: each package at our release of it, with the hashes of its files.

    Markers are weighed as on Windows, not as on the machine that makes the bundle.
    """
    needed = about(wheel).get_all("Requires-Dist") or []
    return _uv(
        *("pip", "compile", "--quiet", "--no-header", "--no-annotate", "--generate-hashes", "--only-binary", ":all:"),
        *("--python-platform", PLATFORM, "--python-version", version, "--constraints", str(CONSTRAINTS), "-"),
        given="\n".join(needed),
    )


def unpack_wheels(wheel: Path, locked: str, version: str, folder: Path) -> None:
    """Put the package and what it needs into a folder, as an installer does, without what only this machine can use."""
    where = ("--target", str(folder), "--python-platform", PLATFORM, "--python-version", version)
    install = ("pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--link-mode", "copy", *where)
    _uv(*install, "--require-hashes", "--requirements", "-", given=locked)
    _uv(*install, str(wheel))
    # Commands of the packages, written for the Python of this machine; on Windows dvk.cmd is the only one.
    shutil.rmtree(folder / "bin", ignore_errors=True)
    (folder / ".lock").unlink(missing_ok=True)
    for info in folder.glob("*.dist-info"):
        for name in _TRACES:
            (info / name).unlink(missing_ok=True)
        record = info / "RECORD"
        lines = record.read_text(encoding="utf-8").splitlines()
        kept = sorted(line for line in lines if (folder / _file_of(line)).is_file())
        record.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8", newline="\n")


def hashed_line(wheel: Path) -> str:
    """The line of a requirements file that holds a wheel to its hash."""
    told, digest = about(wheel), hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{told['Name'].replace('_', '-')}=={told['Version']} \\\n    --hash=sha256:{digest}\n"


def _file_of(line: str) -> str:
    """The file that a line of RECORD names; it is quoted where it holds a comma."""
    return line[1:].partition('"')[0] if line.startswith('"') else line.partition(",")[0]


def about(wheel: Path) -> Message:
    """What a wheel says of itself; BundleError where it is none."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            return Parser().parsestr(archive.read(name).decode("utf-8"))
    except (OSError, zipfile.BadZipFile, StopIteration) as error:
        raise BundleError(f"{wheel} is no wheel: {error}") from error


def _uv(*arguments: str, given: str | None = None) -> str:
    """What uv says; BundleError with its own words where it fails (no uv, no registry, a release that is not there).

    The Python of the bundle is not run here, so none is fetched for it.
    """
    words = [sys.executable, "-m", "uv", "--no-python-downloads", *arguments]
    done = subprocess.run(words, input=given, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise BundleError(f"uv {' '.join(arguments[:2])} failed:\n{done.stderr.strip()}")
    return done.stdout
