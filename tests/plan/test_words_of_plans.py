"""The plan is the only place that knows the plan: no word of a bundled plan stands in the package's Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import dvk_reports
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.sheets import SHEETS
from dvk_reports.run.plans import bundled_plans, load_plan

PACKAGE = Path(dvk_reports.__file__).parent
FIXED = {*SHEETS, "Có", "Không"}
"""Words that the contract fixes for every plan: sheets of the register, the two answers of a Có/Không cell."""


@cache
def strings() -> tuple[tuple[str, int, str], ...]:
    """(file, line, text) of every string of the package that is no docstring."""
    return tuple(found for path in sorted(PACKAGE.rglob("*.py")) for found in _strings_of(path))


def _strings_of(path: Path) -> Iterator[tuple[str, int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield path.relative_to(PACKAGE).as_posix(), node.lineno, node.value


def labels(plan: Plan) -> set[str]:
    return {label.ten for choice in plan.forms.danh_sach.values() for label in choice.nhan} - FIXED


def codes(plan: Plan) -> set[str]:
    """What can stand inside a longer text too: sheets, unit kinds, figures, plans, and sets named by several words."""
    sets = {name for name in plan.info.tap_don_vi if "_" in name}
    return {*plan.sheets, *plan.kinds, *sets, *plan.figure_specs, plan.info.ma}


def offices(plan: Plan) -> set[str]:
    """Organs as the papers name them; those of one or two words (“VT”, “Chi bộ”) name none."""
    documents = plan.documents
    named = {entry.ten for entry in documents.ten_goi}
    heads = {
        line
        for entry in documents.co_quan_ban_hanh
        for text in (entry.co_quan_cap_tren, entry.co_quan, entry.ten_co_quan, entry.luu, entry.dia_danh)
        for line in text.split("\n")
    }
    return {name for name in named | heads if len(name.split()) > 2 and not set("{[") & set(name)}


@pytest.fixture(scope="module", params=sorted(bundled_plans()))
def plan(request) -> Plan:
    return load_plan(request.param)


ALSO_A_LABEL = {("model/task_progress.py", "Đang thực hiện")}
"""Words of the program's own that a plan uses too, for something else: the state of a task, and that of a model."""


def test_no_label_is_a_string_of_the_package(plan):
    known = labels(plan)
    found = [(file, line, text) for file, line, text in strings() if text in known]
    assert [place for place in found if (place[0], place[2]) not in ALSO_A_LABEL] == []


def test_no_sheet_kind_or_figure_is_named(plan):
    pattern = re.compile(
        r"(?<![\w.-])(?:" + "|".join(sorted(map(re.escape, codes(plan)), key=len, reverse=True)) + r")(?![\w-])"
    )
    assert [(file, line, text) for file, line, text in strings() if pattern.search(text)] == []


def test_no_office_is_named(plan):
    known = offices(plan)
    assert [(file, line, name) for file, line, text in strings() for name in known if name in text] == []


SEARCHES = (test_no_label_is_a_string_of_the_package, test_no_sheet_kind_or_figure_is_named, test_no_office_is_named)


def test_the_search_finds_what_it_looks_for(plan, tmp_path, monkeypatch):
    """A label, a code inside a sentence and an office that somebody writes into a file are found; no docstring is."""
    label, code, office = sorted(labels(plan))[0], sorted(codes(plan))[0], sorted(offices(plan))[0]
    (tmp_path / "phòng.py").write_text(
        f'"""{label} {code}"""\nX = "{label}"\nY = f"xem {code}: {{X}}"\nZ = "Kính gửi: {office}"\n', encoding="utf-8"
    )
    monkeypatch.setattr(__import__(__name__, fromlist=["x"]), "PACKAGE", tmp_path)
    strings.cache_clear()
    try:
        for search in (
            test_no_label_is_a_string_of_the_package,
            test_no_sheet_kind_or_figure_is_named,
            test_no_office_is_named,
        ):
            with pytest.raises(AssertionError):
                search(plan)
        assert {line for _, line, _ in strings()} == {2, 3, 4}
    finally:
        strings.cache_clear()
