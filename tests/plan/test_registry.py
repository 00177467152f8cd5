"""Functions that YAML names: registered where they are written, known to the loader, and each of them used."""

import pytest

from dvk_reports.figures.operations.closed_list import OPERATIONS
from dvk_reports.plan.book.cross_check.figures import _OPERATIONS
from dvk_reports.plan.book.registry import Registry
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.run.plans import bundled_plans, known, load_plan


def count_rows() -> None:
    """Đếm các dòng
    của một biểu.

    And how it does so.
    """


def test_a_function_is_known_by_its_name_with_the_first_paragraph_of_its_docstring():
    registry = Registry("figure function")
    assert registry.register("dem_dong", reads={SheetRole.MODELS: ("ten",)})(count_rows) is count_rows
    found = registry["dem_dong"]
    assert (found.function, found.doc, found.reads) == (
        count_rows,
        "Đếm các dòng của một biểu.",
        {SheetRole.MODELS: ("ten",)},
    )
    assert list(registry) == ["dem_dong"] and "dem" not in registry


def test_a_name_is_registered_once_and_not_without_a_docstring():
    registry = Registry("check")
    registry.add("a", count_rows)
    with pytest.raises(ValueError, match="check 'a' is registered twice: count_rows, count_rows"):
        registry.add("a", count_rows)
    with pytest.raises(ValueError, match="check 'b' has no docstring"):
        registry.add("b", lambda: None)


def named() -> tuple[set[str], set[str], set[str]]:
    """(functions of figures, filters, codes of findings) that some bundled plan names."""
    functions, filters, codes = set(), set(), set()
    for name in bundled_plans():
        plan = load_plan(name)
        codes |= {rule.ma for rule in plan.checks.luat}
        for spec in plan.figures.chi_tieu:
            operations = [spec.phep, *(line.phep for line in spec.dong_rieng if line.phep is not None)]
            functions |= {operation.ham for operation in operations if operation.ham}
            filters |= {entry.ham for operation in operations for entry in operation.loc if entry.ham}
    return functions, filters, codes


def test_every_registered_function_is_named_by_a_bundled_plan():
    functions, filters, codes = named()
    assert set(known().figure_functions) == functions
    assert set(known().row_filters) == filters
    assert {code for check in known().checks.values() for code in check.codes} <= codes


def test_the_closed_list_of_operations_is_the_one_that_the_loader_knows():
    assert {*OPERATIONS, "ham"} == set(_OPERATIONS)
