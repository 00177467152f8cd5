"""The house rules that no linter holds: no file and no function grows beyond what one reads at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES, STEPS = 400, 60
"""Lines of a file, lines of a function."""


def too_long(path: Path, text: str) -> Iterator[str]:
    """The file and the functions in it that are longer."""
    name = path.as_posix()
    if len(text.splitlines()) > LINES:
        yield name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > STEPS:
            yield f"{name}: {node.name}"


@pytest.mark.parametrize("top", ["dvk_reports", "tools"])
def test_files_and_functions_are_short(top: str):
    found = {
        said
        for path in (ROOT / top).rglob("*.py")
        for said in too_long(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    }
    assert sorted(found) == []


def test_what_is_too_long_is_seen():
    body = "    x = 1\n"
    assert list(too_long(Path("a.py"), "def f():\n" + body * 60)) == ["a.py: f"]
    assert list(too_long(Path("a.py"), "def f():\n" + body * 59)) == []
    assert list(too_long(Path("a.py"), "x = 1\n" * 401)) == ["a.py"]
