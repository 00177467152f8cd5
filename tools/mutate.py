"""Break the checks in turn and see that a test notices; write kiem-tra-dot-bien.md.

    python -m tools.mutate                     every mutant, and the page
    python -m tools.mutate K07 outliers        only those of a code or name (its beginning is enough); no page
    python -m tools.mutate --sample 12         twelve of them, the same ones every time, for CI

A mutant is a rule that finds nothing, a sentence of the catalogue that says something else, or one condition of a
function that is negated. Everything runs in this process: the rule book and the tests are loaded once, the tests run
until the first one breaks, and what was broken is put back. Exit code 1 where no test notices a rule or a sentence that
is gone; conditions that no test notices are listed, as some can make no difference.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import hashlib
import importlib
import inspect
import io
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "kiem-tra-dot-bien.md"

CHECK_TESTS = tuple(
    f"tests/checks/test_{name}.py"
    for name in (
        "sentences",
        "history",
        "across",
        "values",
        "required",
        "cells",
        "codes",
        "ticks",
        "repeated",
        "cover",
        "dates",
        "engine",
        "peers",
    )
)
AWARD_TESTS = ("tests/awards/test_gates_told.py", "tests/awards/test_awards.py")
CONDITIONS = {
    "dvk_reports.checks.row_rules": CHECK_TESTS,
    "dvk_reports.intake.form.values": CHECK_TESTS,
    "dvk_reports.awards.gates": AWARD_TESTS,
}
"""Modules besides the rules whose conditions are negated -> the tests that must notice."""

RULE, TYPE, SENTENCE, CONDITION = "hàm", "loại luật", "câu", "điều kiện"
Undo = Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """One thing that is broken; ``spoil`` breaks it and returns what puts it back."""

    kind: str
    code: str
    name: str
    spoil: Callable[[], Undo]
    tests: tuple[str, ...] = CHECK_TESTS

    @property
    def place(self) -> str:
        """Where it stands among all mutants when only some are tried: as good as drawn, and always the same."""
        return hashlib.sha256(f"{self.kind} {self.name}".encode()).hexdigest()


class Watch:
    """The first test that broke, and how many ran."""

    def __init__(self) -> None:
        self.broke = ""
        self.ran = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note the first test that broke."""
        self.ran += report.when == "call"
        if report.failed and not self.broke:
            self.broke = report.nodeid


def mutants() -> Iterator[Mutant]:
    """Every registered rule, every type of rule of forms.yaml, every sentence, every condition of their functions."""
    from dvk_reports.checks import rules
    from dvk_reports.checks.engine import in_order
    from dvk_reports.checks.row_rules import ROW_RULES
    from dvk_reports.messages.returns import CATALOGUE
    from dvk_reports.plan.book.registry import CHECKS, CHECKS_ACROSS

    for kind, registry in ((RULE, CHECKS), (RULE, CHECKS_ACROSS), (TYPE, ROW_RULES)):
        for rule in in_order(registry):
            yield Mutant(kind, rule.codes[0], rule.name, partial(_code_of, rule.function, _finds_nothing.__code__))
    for name, message in CATALOGUE.items():
        yield Mutant(SENTENCE, message.code, name, partial(_says_nothing, message))
    for module in (
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(rules.__path__, "dvk_reports.checks.rules.")
    ):
        yield from _conditions(module, CHECK_TESTS)
    for path, tests in CONDITIONS.items():
        yield from _conditions(importlib.import_module(path), tests)


def _finds_nothing(*_: object) -> Iterator[Any]:
    return iter(())


def _code_of(function: Any, code: CodeType) -> Undo:
    """The function with other code, wherever it is called from."""
    old = function.__code__
    function.__code__ = code
    return partial(setattr, function, "__code__", old)


def _says_nothing(message: Any) -> Undo:
    old = message.text
    object.__setattr__(message, "text", "?")
    return partial(object.__setattr__, message, "text", old)


def _conditions(module: ModuleType, tests: tuple[str, ...]) -> Iterator[Mutant]:
    """One mutant for each condition of the functions of a module, named by function and line."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    code = next(iter(re.findall(r"[KT]\d\d", module.__doc__ or "")), "")
    for qualname, function in _functions(module):
        seen: dict[int, int] = {}
        for number, line in enumerate(_lines(source, qualname)):
            seen[line] = seen.get(line, 0) + 1
            name = f"{module.__name__.removeprefix('dvk_reports.')}.{qualname}:{line}.{seen[line]}"
            yield Mutant(CONDITION, code, name, partial(_with_condition, function, source, qualname, number), tests)


def _functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    """(qualified name, function) of every function and method that is written in a module."""
    for owner in (module, *(item for item in vars(module).values() if inspect.isclass(item))):
        for item in list(vars(owner).values()):  # a look at one can import others
            found = getattr(item, "func", getattr(item, "fget", item))  # what a (cached) property calls
            if inspect.isfunction(found) and found.__code__.co_filename == module.__file__:
                yield found.__qualname__, found


def _lines(source: str, qualname: str) -> list[int]:
    return [line for line, _ in _turns(_definition(ast.parse(source), qualname))]


def _with_condition(function: FunctionType, source: str, qualname: str, number: int) -> Undo:
    tree = ast.parse(source)
    _turns(_definition(tree, qualname))[number][1]()
    whole = compile(ast.fix_missing_locations(tree), function.__code__.co_filename, "exec")
    return _code_of(function, _code_named(whole, qualname))


def _definition(tree: ast.Module, qualname: str) -> ast.AST:
    body: Sequence[ast.AST] = tree.body
    found: ast.AST = tree
    for name in qualname.split("."):
        found = next(node for node in body if getattr(node, "name", "") == name)
        body = getattr(found, "body", ())
    return found


def _turns(function: ast.AST) -> list[tuple[int, Callable[[], None]]]:
    """(line, what turns it round) of every condition: a test is negated, “and” becomes “or”."""
    found: list[tuple[int, Callable[[], None]]] = []
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp):
            found.append((node.test.lineno, partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test))))
        elif isinstance(node, ast.comprehension):
            for place, test in enumerate(node.ifs):
                found.append((test.lineno, partial(node.ifs.__setitem__, place, ast.UnaryOp(ast.Not(), test))))
        elif isinstance(node, ast.BoolOp):
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            found.append((node.lineno, partial(setattr, node, "op", other)))
    return found


def _code_named(code: CodeType, qualname: str) -> CodeType:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == qualname:
                return inner
            with contextlib.suppress(LookupError):
                return _code_named(inner, qualname)
    raise LookupError(qualname)


def run(tests: Sequence[str]) -> Watch:
    """The tests until the first that breaks, in silence."""
    watch = Watch()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:warnings", *tests], plugins=[watch])
    return watch


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit code."""
    parser = argparse.ArgumentParser(description="Break the checks in turn and see that a test notices.")
    parser.add_argument("asked", nargs="*", help="codes or names of mutants")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="try N mutants, the same ones every time")
    given = parser.parse_args(arguments)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    every = list(mutants())
    chosen = [item for item in every if not given.asked or _is_asked(item, given.asked)]
    if given.sample:
        chosen = sorted(chosen, key=lambda item: item.place)[: given.sample]
    whole = run(tuple(dict.fromkeys(test for item in chosen for test in item.tests)))
    if whole.broke or not whole.ran:
        sys.stdout.write(f"Các kiểm thử chưa đạt khi chưa sửa gì: {whole.broke}\n")
        return 2
    tried = [(mutant, _tried(mutant)) for mutant in chosen]
    if len(chosen) == len(every):
        PAGE.write_text("\n".join(_page(tried, whole.ran)) + "\n", encoding="utf-8", newline="\n")
    alive = [mutant for mutant, broke in tried if not broke]
    sys.stdout.write(f"{len(tried)} đột biến, {len(alive)} không kiểm thử nào phát hiện.\n")
    return 1 if any(mutant.kind != CONDITION for mutant in alive) else 0


def _is_asked(mutant: Mutant, asked: Sequence[str]) -> bool:
    return mutant.code in asked or any(mutant.name.startswith(name) for name in asked)


def _tried(mutant: Mutant) -> str:
    """The first test that notices a mutant; "" where none does."""
    undo = mutant.spoil()
    try:
        broke = run(mutant.tests).broke
    finally:
        undo()
    sys.stdout.write(f"{mutant.kind} {mutant.code:4} {mutant.name:24} {broke or 'KHÔNG kiểm thử nào hỏng'}\n")
    sys.stdout.flush()
    return broke


def _page(tried: Sequence[tuple[Mutant, str]], ran: int) -> Iterator[str]:
    yield "<!-- Trang này do tools/mutate.py viết ra; không sửa tay. -->"
    yield ""
    yield "# Sửa sai từng chỗ của phần kiểm tra"
    yield ""
    yield "Mỗi hàm kiểm tra và mỗi loại luật của `forms.yaml` lần lượt bị tắt, mỗi câu báo lỗi bị đổi thành câu khác,"
    yield "mỗi điều kiện của các hàm ấy bị đảo ngược; sau mỗi lần như vậy chạy các kiểm thử. Chỗ nào sửa sai mà không"
    yield "kiểm thử nào hỏng là chỗ chưa được kiểm thử."
    yield ""
    yield "| Loại | Số chỗ | Có kiểm thử phát hiện |"
    yield "|---|---|---|"
    for kind in (RULE, TYPE, SENTENCE, CONDITION):
        noticed = [bool(broke) for mutant, broke in tried if mutant.kind == kind]
        yield f"| {kind} | {len(noticed)} | {sum(noticed)} |"
    yield ""
    yield f"{ran} kiểm thử được dùng. Chạy lại: `python -m tools.mutate`;"
    yield "chạy một phần nhỏ: `python -m tools.mutate --sample 12`."
    yield ""
    yield "## Điều kiện đảo ngược mà không kiểm thử nào hỏng"
    yield ""
    yield "Phần lớn là điều kiện không thể sai ở nơi được hỏi (đã hỏi trước đó, hoặc chỉ để chạy nhanh hơn)."
    yield ""
    for mutant, broke in tried:
        if mutant.kind == CONDITION and not broke:
            yield f"- `{mutant.name}`"
    yield ""
    yield "## Từng luật, từng câu"
    yield ""
    yield "| Loại | Mã | Tên | Kiểm thử hỏng đầu tiên |"
    yield "|---|---|---|---|"
    for mutant, broke in tried:
        if mutant.kind != CONDITION:
            name = re.sub(r"\[.*", "", broke.removeprefix("tests/"))
            yield f"| {mutant.kind} | {mutant.code} | `{mutant.name}` | {f'`{name}`' if name else '**không có**'} |"


if __name__ == "__main__":
    raise SystemExit(main())
