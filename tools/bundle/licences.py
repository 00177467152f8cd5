"""The licences of all that is bundled, in one folder with a list: whoever hands the bundle on hands them on with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path

from tools.bundle.python_zip import BundleError

SHIPPED = Path(__file__).parent / "licences"
"""Texts of licences that some wheels name and do not hold, by their SPDX name."""
LIST = "DANH-SACH.txt"
_TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


def collect_licences(app: Path, python: Path, folder: Path) -> None:
    """Copy the licence texts of Python and every package, and list them; BundleError where a package has none."""
    lines = [f"{'Python':<28}{'':<16}PSF-2.0"]
    _copy(python / "LICENSE.txt", folder / "Python" / "LICENSE.txt")
    for info in sorted(app.glob("*.dist-info"), key=lambda info: info.name.lower()):
        about = Parser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
        named = _named(about)
        lines.append(f"{about['Name']:<28}{about['Version']:<16}{named}")
        texts = {path.relative_to(info).as_posix(): path for path in _texts(info)}
        if not texts and (SHIPPED / f"{named}.txt").is_file():
            texts[f"{named}.txt"] = SHIPPED / f"{named}.txt"
        if not texts:
            raise BundleError(f"{info.name} has no licence text, and {SHIPPED} has none named “{named}.txt”")
        for name, path in texts.items():
            _copy(path, folder / info.name.removesuffix(".dist-info") / name.removeprefix("licenses/"))
    (folder / LIST).write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8-sig", newline="")


def _named(about: Message) -> str:
    """The licence as the metadata names it, in one line."""
    marks = [text for text in about.get_all("Classifier") or [] if text.startswith("License ::")]
    classes = [text.rpartition(" :: ")[2] for text in marks]
    said = str(about["License-Expression"] or about["License"] or "").strip()
    return said if said and "\n" not in said else ", ".join(classes)  # of several lines: it is the whole text


def _texts(info: Path) -> Iterator[Path]:
    for path in sorted(info.rglob("*")):
        if path.is_file() and (path.is_relative_to(info / "licenses") or _TEXT.search(path.name)):
            yield path


def _copy(text: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(text, to)
