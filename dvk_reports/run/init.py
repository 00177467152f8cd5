"""A new workspace: its folders and the register of the plan."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.plan.register.register import FILE as REGISTER
from dvk_reports.workspace.folder import FOLDERS, write_all


def init_workspace(root: Path | str, as_of: date | None = None) -> Path:
    """Make a workspace with the bundled register; WorkspaceError where one stands there already."""
    folder = Path(root)
    if (folder / REGISTER).exists():
        raise WorkspaceError(f"Thư mục {folder} đã có {REGISTER}; không ghi đè.")
    data = files("dvk_reports.templates_xlsx").joinpath(REGISTER).read_bytes()
    write_all(folder, {REGISTER: data})
    try:
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"Không tạo được thư mục trong {folder}: {reason_of(error)}. Chọn thư mục khác rồi chạy lại."
        ) from error
    return folder
