"""Python's embeddable zip: which Python it is, and how it is told where the packages lie."""

from __future__ import annotations

import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

SUPPORTED = range(11, 15)
"""3.11 to 3.14, as the metadata of the package says."""
AMD64 = 0x8664


class BundleError(Exception):
    """Why there is no bundle, as a sentence."""


@dataclass(frozen=True)
class EmbeddedPython:
    """A zip of python.org that is known to be one, for 64-bit Windows, of a version that we support."""

    path: Path
    minor: int

    @property
    def version(self) -> str:
        return f"3.{self.minor}"

    @property
    def tag(self) -> str:
        """As its own files name it: ``python313``."""
        return f"python3{self.minor}"

    @property
    def search_path(self) -> str:
        """Its ``._pth``: the library, its own folder, that of the packages; nothing of the machine it stands on."""
        return f"{self.tag}.zip\r\n.\r\n..\\app\r\n"

    def unpack(self, folder: Path) -> None:
        """Put it into a folder, with the packages beside that folder in ``app``."""
        with zipfile.ZipFile(self.path) as archive:
            archive.extractall(folder)
        (folder / f"{self.tag}._pth").write_bytes(self.search_path.encode("ascii"))


def embedded(path: Path) -> EmbeddedPython:
    """The Python in a zip; BundleError where it is none that the bundle can stand on."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            found = [hit for name in names if (hit := re.fullmatch(r"python3(\d+)\._pth", name))]
            if len(found) != 1 or "python.exe" not in names or "LICENSE.txt" not in names:
                raise BundleError(f"{path} is not Python's “Windows embeddable package”: python3XX._pth and python.exe")
            program = archive.read("python.exe")
    except (OSError, zipfile.BadZipFile) as error:
        raise BundleError(f"{path} cannot be read: {error}") from error
    minor = int(found[0][1])
    if minor not in SUPPORTED:
        raise BundleError(f"{path} is Python 3.{minor}; the package runs on 3.{SUPPORTED[0]} to 3.{SUPPORTED[-1]}")
    if machine_of(program) != AMD64:
        raise BundleError(f"{path} is not for 64-bit Windows (amd64)")
    return EmbeddedPython(path, minor)


def machine_of(program: bytes) -> int | None:
    """For which machine a Windows program or library is made; None where it is neither."""
    if program[:2] != b"MZ" or len(program) < 0x40:
        return None
    at = struct.unpack_from("<I", program, 0x3C)[0]
    if program[at : at + 4] != b"PE\0\0":
        return None
    return int(struct.unpack_from("<H", program, at + 4)[0])
