"""A small workspace with a plan of its own that takes over the bundled one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dvk_reports import open_workspace
from dvk_reports.workspace.folder import Workspace
from tests.support.small_space import made

HEAD = """ke_thua: bao_yen_2022_2025
ma: rieng
ten: "Phong trào “Dân vận khéo”, bộ quy định ví dụ"
"""


def with_plan(root: Path, files: Mapping[str, str]) -> Workspace:
    """Three party cells; ``files``: name -> what the plan's own YAML says."""
    folder = made(root).root
    (folder / "ke-hoach.yaml").write_text("dung: ke-hoach\n", encoding="utf-8")
    (folder / "ke-hoach").mkdir()
    for name, text in {"plan.yaml": HEAD, **files}.items():
        (folder / "ke-hoach" / name).write_text(text, encoding="utf-8")
    return open_workspace(folder)
