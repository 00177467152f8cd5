"""Rule books of another day or another office: the bundled one, copied and changed as its author would change it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.run.plans import load_plan

Edit = Callable[[Any, Any], None]
"""Changes the trees of forms.yaml and figures.yaml."""


def copied(folder: Path) -> Path:
    """A copy of the bundled rule book."""
    source = files("dvk_reports.plans").joinpath("bao_yen_2022_2025")
    return Path(shutil.copytree(str(source), folder / "quy-dinh"))


def changed(folder: Path, edit: Edit) -> Path:
    """The folder of a copy, changed."""
    copy = copied(folder)
    yaml = YAML(typ="rt")
    trees = {name: yaml.load((copy / name).read_text(encoding="utf-8")) for name in ("forms.yaml", "figures.yaml")}
    edit(*trees.values())
    for name, tree in trees.items():
        with (copy / name).open("w", encoding="utf-8") as stream:
            yaml.dump(tree, stream)
    return copy


def changed_plan(folder: Path, edit: Edit) -> Plan:
    """The changed rule book, loaded."""
    return load_plan(changed(folder, edit))


def sheet(forms: Any, name: str) -> Any:
    """A sheet of forms.yaml."""
    return next(item for item in forms["bieu"] if item["ma"] == name)


def column(forms: Any, name: str, key: str) -> Any:
    """A column of a sheet."""
    return next(item for item in sheet(forms, name)["truong"] if item["khoa"] == key)
