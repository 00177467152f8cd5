"""The plans at hand: which one a workspace works on, what is wrong with one, and a new one of an office's own.

The rooms whose functions YAML names are imported here, so that all of them are registered before a plan is checked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from dvk_reports.errors import PlanError, WorkspaceError
from dvk_reports.intake.readers.workbook import read_sheets
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.ready import ready_plan
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sources import BASE, HEADER, read_source
from dvk_reports.plan.book.tree import Map
from dvk_reports.vietnamese.typed import typed
from dvk_reports.workspace.folder import CHOICE, TEMPLATES, Place, Workspace
from dvk_reports.workspace.lock import at_work, look_after
from dvk_reports.workspace.switch import write_all

if TYPE_CHECKING:
    from dvk_reports.plan.book.known import Known

_KEY = "dung"
_PLAIN_CHOICE = re.compile(rf"(?:#.*\n|\n)*{_KEY}: (\w+)\n?")
"""One line that names a plan, with remarks above it at most."""


# --- reading ------------------------------------------------------------------------------------------------------


def bundled_plans() -> Mapping[str, Traversable]:
    """Name -> folder of every plan that comes with the program."""
    found = {item.name: item for item in files("dvk_reports.plans").iterdir() if item.joinpath(HEADER).is_file()}
    return dict(sorted(found.items()))


def load_plan(plan: Path | str | None = None, root: Path | None = None) -> Plan:
    """A plan by the name of a bundled one or by its folder (below ``root``); PlanError lists every mistake of it.

    None: the one that the workspace ``root`` works on.
    """
    folder = plan_folder(plan, root)
    source = read_source(folder, _find)
    found = ready_plan(folder, source) if folder in bundled_plans().values() else None
    if found is None:
        from dvk_reports.plan.book.load import build_plan

        found = build_plan(source, known(root))
    return found


def build_bundled(name: str) -> Plan:
    """A bundled plan read from its YAML and checked."""
    from dvk_reports.plan.book.load import read_plan

    return read_plan(bundled_plans()[name], known(), _find)


def load_sealed(folder: Path) -> Plan:
    """A plan as it was sealed: what it takes over lies inside its own folder."""
    from dvk_reports.plan.book.load import read_plan

    return read_plan(folder, known(folder.parent), lambda name, inside: inside.joinpath(BASE))


def plan_folder(plan: Path | str | None = None, root: Path | None = None) -> Traversable:
    """Where a plan lies: its folder below ``root``, else the bundled one of that name."""
    if plan is None:
        plan = chosen_plan(root)
    folder = ((root or Path()) / plan).resolve()
    if folder.joinpath(HEADER).is_file():
        return folder
    found = bundled_plans()
    if str(plan) in found:
        return found[str(plan)]
    if folder.is_dir():
        raise PlanError(f"Thư mục {folder} không có {HEADER} nên không phải là một kế hoạch.")
    raise PlanError(f"Không có kế hoạch “{plan}”.{meant(str(plan), (*found, *own_plans(root)))}")


def _find(name: str, inside: Traversable) -> Traversable:
    """The plan that another takes over: a bundled one, or a folder beside it."""
    return plan_folder(name, inside if isinstance(inside, Path) else None)


def _tree(text: str, file: str) -> object:
    from dvk_reports.plan.book.yaml_text import parsed

    return parsed(text, file)


def chosen_plan(root: Path | None = None) -> str:
    """What ``ke-hoach.yaml`` of a workspace names; without it what the program names for all."""
    own = root / CHOICE if root is not None else None
    at = own if own is not None and own.is_file() else files("dvk_reports.plans").joinpath(CHOICE)
    try:
        text = at.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PlanError(f"{CHOICE}: tệp không ghi bằng mã UTF-8. Lưu lại với mã UTF-8.") from None
    plain = _PLAIN_CHOICE.fullmatch(text)
    if plain is not None and plain[1] in bundled_plans():
        return plain[1]  # without the parser, which takes longer to get ready than a plan
    tree = _tree(text, CHOICE)
    if not isinstance(tree, Map) or _KEY not in tree:
        hint = meant(_KEY, [*map(str, tree)]) if isinstance(tree, Map) else ""
        raise PlanError(f"{CHOICE}: thiếu dòng “{_KEY}: <tên kế hoạch hoặc thư mục>”.{hint}")
    for key in tree:
        if key != _KEY:
            raise PlanError(f"{tree.places[key]}: không có mục “{key}”; chỉ có {_KEY}.")
    if not isinstance(tree[_KEY], str):
        raise PlanError(f"{tree.places[_KEY]}: {_KEY} phải là tên kế hoạch hoặc thư mục.")
    return str(tree[_KEY])


def own_plans(root: Path | None) -> tuple[str, ...]:
    """Folders of a workspace that hold a plan."""
    if root is None or not root.is_dir():
        return ()
    return tuple(sorted(item.name for item in root.iterdir() if item.is_dir() and (item / HEADER).is_file()))


@cache
def _registered() -> Known:
    """What the rooms above the plan have registered."""
    import dvk_reports.checks.across
    import dvk_reports.checks.engine
    import dvk_reports.figures.compute  # noqa: F401
    from dvk_reports.plan.book.known import Known
    from dvk_reports.plan.book.registry import CHECKS, CHECKS_ACROSS, FIGURE_FUNCTIONS, ROW_FILTERS, UNIT_TESTS

    bundled = (item.name for item in files("dvk_reports.templates_docx").iterdir() if item.name.endswith(".docx"))
    return Known({**FIGURE_FUNCTIONS, **UNIT_TESTS}, dict(ROW_FILTERS), {**CHECKS, **CHECKS_ACROSS}, frozenset(bundled))


def known(root: Path | None = None) -> Known:
    """What a plan may name that is no YAML, with the Word templates of a workspace."""
    found = _registered()
    own = root / TEMPLATES if root is not None else None
    if own is None or not own.is_dir():
        return found
    return replace(found, templates=found.templates | {path.name for path in own.glob("*.docx")})


# --- commands -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanAtHand:
    """One plan that can be worked with."""

    name: str
    """What ``ke-hoach.yaml`` and ``--plan`` call it."""
    title: str
    bundled: bool
    used: bool
    """The workspace works on it."""


@dataclass(frozen=True)
class CheckedPlan:
    """A plan that was looked through: what it holds, or everything that is wrong with it."""

    name: str
    plan: Plan | None
    mistakes: tuple[str, ...]

    @property
    def clean(self) -> bool:
        return not self.mistakes


def list_plans(workspace: Place | None = None, as_of: date | None = None) -> tuple[PlanAtHand, ...]:
    """The plans that come with the program, then those in the folders of the workspace."""
    root = _root(workspace)
    used = chosen_plan(root)
    bundled = bundled_plans()
    own = {name: root / name for name in own_plans(root) if root is not None}
    return tuple(
        PlanAtHand(name, _title(folder), name in bundled, name == used.strip("/"))
        for name, folder in {**bundled, **own}.items()
    )


def _title(folder: Traversable) -> str:
    """``ten`` of a plan, or "" where its head cannot be read."""
    try:
        tree = _tree(folder.joinpath(HEADER).read_text(encoding="utf-8"), HEADER)
    except (PlanError, UnicodeDecodeError):
        return ""
    return str(tree.get("ten", "")) if isinstance(tree, Map) else ""


def check_plan(
    workspace: Place | None = None, plan: Path | str | None = None, as_of: date | None = None
) -> CheckedPlan:
    """Every mistake of a plan, with the rows that a new register begins with. None: the plan of the workspace."""
    from dvk_reports.plan.book.load import read_plan
    from dvk_reports.plan.register.starter import starter_of

    root = _root(workspace)
    folder = plan_folder(plan, root)  # a plan that is not there is no mistake of a plan
    try:
        found = read_plan(folder, known(root), _find)
        starter_of(found)
    except PlanError as error:
        return CheckedPlan(folder.name, None, tuple(str(error).splitlines()))
    return CheckedPlan(folder.name, found, ())


def new_plan(workspace: Place | None, folder: Path | str, base: Path | str, as_of: date | None = None) -> Path:
    """A folder with a plan that takes over another, and says nothing of its own yet."""
    from dvk_reports.run.steps.plan_files import first_files

    root = _root(workspace) or Path()
    target = root / folder
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WorkspaceError(f"{target} đã có; chọn tên thư mục khác.")
    taken = load_plan(base, root)
    bundled = str(base) in bundled_plans() and not (root / base).joinpath(HEADER).is_file()
    name = str(base) if bundled else seen_from(target, root / base)
    with at_work(root, "dvk plan new"):
        write_all(target, first_files(target.name, name, taken))
    return target


def seen_from(folder: Path, path: Path) -> str:
    """How a folder is written as seen from another."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.resolve().as_posix()


def _root(workspace: Place | None) -> Path | None:
    return workspace.root if isinstance(workspace, Workspace) else Path(workspace) if workspace is not None else None


# --- workspaces ---------------------------------------------------------------------------------------------------


def opened(place: Place) -> Workspace:
    """The workspace that a library call is given: itself, or the folder it lies in."""
    return place if isinstance(place, Workspace) else open_workspace(place)


def plan_of(place: Place | None) -> Plan:
    """The plan of a workspace, which need not have a register; without a folder the plan that the program names."""
    if isinstance(place, Workspace):
        return place.plan
    return open_workspace(place).plan if place is not None and Path(place).is_dir() else load_plan()


def open_workspace(root: Path | str = ".") -> Workspace:
    """A workspace with the plan that it works on; WorkspaceError where the folder does not exist."""
    path = Path(root)
    if not path.is_dir():
        raise WorkspaceError(f"Không thấy thư mục {path}. Tạo bằng lệnh: dvk init {typed(path)}")
    look_after(path)
    return Workspace(path, load_plan(root=path), read_sheets)
