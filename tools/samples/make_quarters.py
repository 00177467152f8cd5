"""Write a sample workspace of several quarters: its register and the folder of every quarter, always the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dvk_reports.plan.book.load import load_plan
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import FILE, Register, read_register
from dvk_reports.sheets.register.workbook import RegisterData, write_register
from tools.samples import district, history, history_plan, merger, merger_plan

MARK = "DU-LIEU-MINH-HOA.txt"
"""Only a folder that holds this file, or is empty, is written over."""


class Content(Protocol):
    """What was sent over the quarters."""

    def sent(self, quarter: Quarter) -> Iterator[tuple[str, Any, Any]]: ...

    def file(self, quarter: Quarter, name: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One workspace: how its register and its files are made."""

    quarters: Sequence[Quarter]
    register: Callable[[Plan], RegisterData]
    content: Callable[[Plan, Register], Content]


WORKSPACES: Mapping[str, Kind] = {
    history.NAME: Kind(history_plan.QUARTERS, history.register_data, history.History),
    merger.NAME: Kind(merger_plan.QUARTERS, merger.register_data, merger.Merger),
}


def claim(folder: Path, force: bool) -> None:
    """Make the folder ours; SystemExit where it holds something that this script has not made."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists() and not force:
        raise SystemExit(f"{folder} không phải thư mục do chương trình này tạo; thêm --force nếu muốn ghi đè.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("\n".join(district.NOTES) + "\n", encoding="utf-8")


def make(name: str, folder: Path, force: bool = False) -> None:
    """Write the workspace anew."""
    kind, plan = WORKSPACES[name], load_plan()
    claim(folder, force)
    write_register(folder / FILE, plan, kind.register(plan))
    content = kind.content(plan, read_register(folder / FILE, plan))
    count = size = 0
    for quarter in kind.quarters:
        inbox = folder / "nhan-ve" / quarter.key
        if inbox.exists():
            shutil.rmtree(inbox)
        inbox.mkdir(parents=True)
        for file, _, _ in content.sent(quarter):
            data = content.file(quarter, file)
            (inbox / file).write_bytes(data)
            count, size = count + 1, size + len(data)
    print(f"{folder}: {FILE}, {count} tệp nhận về của {len(kind.quarters)} quý ({size / 1e6:.1f} MB).")
