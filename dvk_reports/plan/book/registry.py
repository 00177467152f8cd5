"""Functions that YAML names: each is registered where it is written, so none can be unknown, unused or named twice.

    @figure_function("thon_co_mo_hinh", reads={SheetRole.MODELS: ("trang_thai", "ma_thon")})
    def hamlets_with_model(...): ...

The rooms above the plan fill these registries when they are imported; the loader is given what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from dvk_reports.plan.book.roles import SheetRole

if TYPE_CHECKING:
    from dvk_reports.plan.book.rulebook import Plan

F = TypeVar("F", bound=Callable[..., Any])
Reads = Mapping[SheetRole, tuple[str, ...]]
"""Role of a sheet -> keys of the columns that a function reads there itself."""
WrongLines = Callable[["Plan", "Sequence[str]"], str]
"""(rule book in force, names of the lines) -> what is wrong with the names, "" where nothing is."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One function with the name that YAML calls it by, and what the caller must know of it."""

    name: str
    function: Callable[..., Any]
    doc: str
    """First paragraph of its docstring, in Vietnamese where a clerk may read it."""
    reads: Reads = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    """Codes of the findings that a check tells."""
    needs_register: bool = False
    """Left out, and named, where there is no register."""
    first: bool = False
    """A check that is run before the others: it says whether the file as a whole can be used."""
    traits: frozenset[str] = frozenset()
    """Words by which the caller treats some functions of a registry in another way."""
    wrong_lines: WrongLines | None = None
    """Of a figure whose breakdown lines the function makes: what is wrong with the names that the plan gives them."""


class Registry(Mapping[str, Registered]):
    """Name -> registered function, in the order in which they were written."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._found: dict[str, Registered] = {}

    def add(self, name: str, function: F, **about: Any) -> F:
        """Register a function; ValueError where the name is taken or the function has no docstring."""
        if name in self._found:
            taken = self._found[name].function
            raise ValueError(f"{self.what} {name!r} is registered twice: {taken.__qualname__}, {function.__qualname__}")
        doc = (function.__doc__ or "").strip().partition("\n\n")[0]
        if not doc:
            raise ValueError(f"{self.what} {name!r} has no docstring")
        self._found[name] = Registered(name, function, " ".join(doc.split()), **about)
        return function

    def register(self, name: str, **about: Any) -> Callable[[F], F]:
        """The decorator that registers the function below it under ``name``."""
        return lambda function: self.add(name, function, **about)

    def __getitem__(self, name: str) -> Registered:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


FIGURE_FUNCTIONS: Registry = Registry("figure function")
"""``phep: {ham: …}`` of a figure that no operation of the closed list can say."""
UNIT_TESTS: Registry = Registry("unit test")
"""``phep: {ham: …}`` of a figure that counts the units which meet a test."""
ROW_FILTERS: Registry = Registry("row filter")
"""``loc: [{ham: …}]``: which rows an operation takes."""
CHECKS: Registry = Registry("check")
"""Rules on one return, by the name of their function."""
CHECKS_ACROSS: Registry = Registry("check across returns")
"""Rules on all returns of a period together, by the name of their function."""


def figure_function(
    name: str, *, reads: Reads | None = None, traits: tuple[str, ...] = (), wrong_lines: WrongLines | None = None
) -> Callable[[F], F]:
    """Register a figure that is counted by a function of its own: ``phep: {ham: name}``."""
    return FIGURE_FUNCTIONS.register(name, reads=reads or {}, traits=frozenset(traits), wrong_lines=wrong_lines)


def unit_test(name: str, *, reads: Reads | None = None) -> Callable[[F], F]:
    """Register a test that a unit meets or not: ``phep: {ham: name}``."""
    return UNIT_TESTS.register(name, reads=reads or {})


def row_filter(name: str, *, reads: Reads | None = None) -> Callable[[F], F]:
    """Register a filter of rows: ``loc: [{ham: name}]``."""
    return ROW_FILTERS.register(name, reads=reads or {})


def check(
    *codes: str, needs_register: bool = False, first: bool = False, reads: Reads | None = None
) -> Callable[[F], F]:
    """Register a rule on one return, which tells findings of ``codes``."""
    return _by_own_name(CHECKS, codes=codes, needs_register=needs_register, first=first, reads=reads or {})


def check_across(*codes: str, reads: Reads | None = None) -> Callable[[F], F]:
    """Register a rule on all returns of a period together, which tells findings of ``codes``."""
    return _by_own_name(CHECKS_ACROSS, codes=codes, reads=reads or {})


def _by_own_name(registry: Registry, **about: Any) -> Callable[[F], F]:
    return lambda function: registry.add(function.__name__, function, **about)
