"""Switch every rule of the checks off in turn and see that a test notices; write kiem-tra-dot-bien.md.

    python -m tools.mutate            all of them
    python -m tools.mutate K07 outliers   only those whose code or name is given; the page is not written

Everything runs in this process: the rule book and the tests are loaded once, a rule is replaced by one that finds
nothing (a sentence of the catalogue loses its code and is then no finding that anyone knows), the tests run until the
first one breaks, and the rule is put back. Exit code 1 where a rule is switched off and every test still passes.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "kiem-tra-dot-bien.md"
TESTS = (
    "tests/checks/test_history_checks.py",
    "tests/checks/test_across.py",
    "tests/checks/test_checks.py",
    "tests/intake/test_reading_forms.py",
)
REGISTER_TESTS = ("tests/checks/test_register_findings.py",)
"""Sentences about the register are not found by the checks of a return."""
LEVEL_ABOVE_TESTS = ("tests/intake/test_level_above.py",)
"""Nor are those about a consolidated workbook of the level below."""
LONG_PERIOD_TESTS = ("tests/run/test_long_period.py",)
"""Nor those about the quarters of a longer period."""


@dataclass(frozen=True)
class Mutant:
    """One rule and how it is switched off; ``off`` returns what puts it back."""

    kind: str
    code: str
    name: str
    off: Callable[[], Callable[[], None]]
    tests: tuple[str, ...] = TESTS


class Watch:
    """The first test that broke, and how many ran."""

    def __init__(self) -> None:
        self.broke = ""
        self.ran = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.ran += report.when == "call"
        if report.failed and not self.broke:
            self.broke = report.nodeid


def mutants() -> Iterator[Mutant]:
    """Every function of the lists of checks, every type of rule of forms.yaml, every sentence of the catalogue."""
    from dvk_reports.checks import across, engine, history, one_return, row_rules
    from dvk_reports.messages.returns import Msg

    yield Mutant("hàm", _code(one_return.identity), "identity", lambda: _swap(engine, "identity", _nothing))
    for checks, owner, name in (
        (one_return.CHECKS, engine, "CHECKS"),
        (history.HISTORY, engine, "HISTORY"),
        (across.ACROSS, across, "ACROSS"),
    ):
        for check in checks:
            yield Mutant("hàm", _code(check), check.__name__, partial(_without, owner, name, check))
    for kind, rule in row_rules._RULES.items():
        yield Mutant("loại luật", _code(rule), kind, partial(_swap_item, row_rules._RULES, kind, _nothing))
    for message in Msg:
        tests = REGISTER_TESTS if message.value.code.startswith("D") else TESTS
        tests = {"T15": LEVEL_ABOVE_TESTS, "T16": LONG_PERIOD_TESTS}.get(message.value.code, tests)
        lost = replace(message.value, code="?")
        yield Mutant("câu", message.value.code, message.name, partial(_swap, message, "_value_", lost), tests)


def _nothing(*_: object) -> Iterator[Any]:
    return iter(())


def _swap(owner: Any, name: str, value: object) -> Callable[[], None]:
    old = getattr(owner, name)
    setattr(owner, name, value)
    return lambda: setattr(owner, name, old)


def _without(owner: Any, name: str, check: object) -> Callable[[], None]:
    return _swap(owner, name, tuple(item for item in getattr(owner, name) if item is not check))


def _swap_item(owner: dict[str, Any], key: str, value: object) -> Callable[[], None]:
    old = owner[key]
    owner[key] = value
    return partial(owner.__setitem__, key, old)


def _code(check: Any) -> str:
    found = re.match(r"[KTD]\d\d", check.__doc__ or "")
    return found[0] if found else ""


def run(tests: Sequence[str]) -> Watch:
    """The tests until the first that breaks, in silence."""
    watch = Watch()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:warnings", *tests], plugins=[watch])
    return watch


def main(asked: Sequence[str]) -> int:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    whole = run((*TESTS, *REGISTER_TESTS))
    if whole.broke or not whole.ran:
        sys.stdout.write(f"Các kiểm thử chưa đạt khi chưa tắt luật nào: {whole.broke}\n")
        return 2
    lines = []
    for mutant in mutants():
        if asked and mutant.code not in asked and mutant.name not in asked:
            continue
        back = mutant.off()
        try:
            watch = run(mutant.tests)
        finally:
            back()
        lines.append((mutant, watch.broke))
        sys.stdout.write(f"{mutant.code:4} {mutant.name:24} {watch.broke or 'KHÔNG kiểm thử nào hỏng'}\n")
        sys.stdout.flush()
    unnoticed = [mutant for mutant, broke in lines if not broke]
    if not asked:
        PAGE.write_text("\n".join(_page(lines, whole.ran)) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(lines)} luật, {len(unnoticed)} luật tắt đi mà không kiểm thử nào hỏng.\n")
    return 1 if unnoticed else 0


def _page(lines: Sequence[tuple[Mutant, str]], ran: int) -> Iterator[str]:
    noticed = sum(bool(broke) for _, broke in lines)
    yield "<!-- Trang này do docs/mutate_checks.py viết ra; không sửa tay. -->"
    yield ""
    yield "# Tắt từng luật kiểm tra"
    yield ""
    yield "Mỗi hàm kiểm tra, mỗi loại luật của `forms.yaml`, mỗi câu báo lỗi lần lượt bị tắt; sau đó chạy các kiểm thử."
    yield "Luật nào tắt đi mà không kiểm thử nào hỏng là luật chưa được kiểm thử."
    yield ""
    yield f"Kết quả: {noticed}/{len(lines)} luật có kiểm thử phát hiện; {ran} kiểm thử được dùng. Chạy lại:"
    yield "`python -m tools.mutate`."
    yield ""
    yield "| Loại | Mã | Tên | Kiểm thử hỏng đầu tiên |"
    yield "|---|---|---|---|"
    for mutant, broke in lines:
        name = re.sub(r"\[.*", "", broke.removeprefix("tests/"))
        yield f"| {mutant.kind} | {mutant.code} | `{mutant.name}` | {f'`{name}`' if name else '**không có**'} |"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
