"""A copy of the package that an errand may change, and runs of its command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import dvk_reports.templates_docx
import dvk_reports.templates_xlsx

import dvk_reports


class PackageCopy:
    """The package as it stands, copied beside the workspace; what is changed in it is seen by its own runs alone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        home = Path(dvk_reports.__file__).parent
        shutil.copytree(home, root / "dvk_reports")
        for package in (dvk_reports.templates_docx, dvk_reports.templates_xlsx):
            folder = Path(package.__file__ or "").parent
            if not (root / "dvk_reports" / folder.name).exists():
                shutil.copytree(
                    folder, root / "dvk_reports" / folder.name, ignore=shutil.ignore_patterns("__pycache__")
                )

    def edit(self, name: str, old: str, new: str) -> None:
        """Put ``new`` for ``old``, which must stand once in the file."""
        path = self.root / "dvk_reports" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, name: str, text: str) -> None:
        """A new file, or more lines at the end of one."""
        with (self.root / "dvk_reports" / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """The command ``dvk`` of the copy."""
        return subprocess.run(
            [sys.executable, "-m", "dvk_reports", *map(str, arguments)],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def findings(self, workspace: Path, file: Path) -> list[dict[str, Any]]:
        """What ``dvk check --json`` says of a file."""
        told = self.run("-w", workspace, "check", file, "--json")
        assert told.returncode in (0, 1), told.stderr + told.stdout
        found: list[dict[str, Any]] = json.loads(told.stdout)
        return found
