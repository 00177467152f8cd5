"""Which copies of ``xet-chon.xlsx`` lie in the folder of a round, by their names alone."""

from __future__ import annotations

from pathlib import Path

FILE = "xet-chon.xlsx"
_STEM, _OWN = "xet-chon", ".xlsx"
_ENDINGS = (_OWN, ".xlsm", ".xls", ".xlsb", ".ods", ".fods")


def copies_in(folder: Path) -> list[Path]:
    """Every copy that lies in the folder of a round, the program's own name first, then dated names in their order."""
    found = folder.iterdir() if folder.is_dir() else ()
    # A program keeps files of its own (~$xet-chon.xlsx) beside one that is open.
    named = (path for path in found if _STEM in path.name.lower() and not path.name.startswith(("~", ".")))
    wanted = [path for path in named if path.is_file() and path.suffix.lower() in _ENDINGS]
    return sorted(wanted, key=lambda path: (path.suffix.lower() == _OWN, path.stem.lower() != _STEM, path.name))
