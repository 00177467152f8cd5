"""A new workspace: its folders, the register of the plan, and which plan that is."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.plan.book.sources import HEADER
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.plans import bundled_plans, load_plan, plan_folder, seen_from
from dvk_reports.sheets.register.workbook import bundled_register, write_register
from dvk_reports.workspace.folder import CHOICE, FOLDERS
from dvk_reports.workspace.lock import at_work
from dvk_reports.workspace.switch import write_all


def init_workspace(
    root: Path | str, plan: Path | str | None = None, as_of: date | None = None, *, sample: bool = False
) -> Path:
    """Make a workspace with the register of a plan; WorkspaceError where one stands there already.

    ``plan``: the name of a bundled one, or its folder; it is written into ``ke-hoach.yaml``. None: the plan that the
    folder names already, or the one that the program names for all. ``sample``: a filled one to practise on, with the
    tasks of ``bai-tap.xlsx``; PlanError where the plan has no practice.
    """
    folder = Path(root)
    if (folder / REGISTER).exists():
        raise WorkspaceError(f"Thư mục {folder} đã có {REGISTER}; không ghi đè.")
    outputs = {}
    named = None if plan is None else _as_named(plan, folder)
    if named is not None:
        content = f'# Kế hoạch của thư mục này: tên kế hoạch có sẵn, hoặc thư mục.\ndung: "{named}"\n'.encode()
        outputs[CHOICE] = content
    found = load_plan(named, folder)
    # The register comes last: it is what makes a folder a workspace, and what was begun is done by the same command.
    if sample:
        from dvk_reports.plan.practice import practice_of
        from dvk_reports.run.steps.practice import practice_files

        outputs |= practice_files(found, practice_of(plan_folder(named, folder)))
    else:
        register = io.BytesIO()
        write_register(register, found, replace(bundled_register(found), day=found.day_of_run(as_of)))
        outputs[REGISTER] = register.getvalue()
    for name, data in outputs.items():
        if (folder / name).exists() and not ((folder / name).is_file() and (folder / name).read_bytes() == data):
            raise WorkspaceError(f"Thư mục {folder} đã có {name}; không ghi đè.")
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"Không tạo được thư mục trong {folder}: {reason_of(error)}. Chọn thư mục khác rồi chạy lại."
        ) from error
    with at_work(folder, "dvk init"):
        for name, data in outputs.items():
            write_all(folder, {name: data})
    return folder


def _as_named(plan: Path | str, root: Path) -> str:
    """How ``ke-hoach.yaml`` of a workspace names a plan: a bundled one by its name, a folder as seen from there."""
    inside = not Path(plan).is_absolute() and (root / plan / HEADER).is_file()
    if str(plan) in bundled_plans() or inside:
        return str(plan)
    return seen_from(root, Path(plan))
