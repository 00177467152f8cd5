"""The commands as they are double-clicked on Windows: what would be typed is asked for, then the results are opened.

The .cmd files of the bundle (``tools/bundle/files``) run ``python -m dvk_reports.cli.double_click ERRAND``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from dvk_reports.cli.base import tell
from dvk_reports.cli.main import main as dvk
from dvk_reports.errors import DvkError
from dvk_reports.workspace.folder import Place

WORKSPACE = Path("dan-van-kheo")
"""The workspace beside the .cmd files."""
DROPPED = "DVK_DROPPED"
"""Variable with the whole line by which Explorer called ``Kiem-tra.cmd``."""
_CHECKER = "Kiem-tra.cmd"


def main(errand: str) -> int:
    """Carry one errand out and say how it ended, as ``dvk`` itself does."""
    if errand == "check":
        return _check()
    if not _is_workspace():
        return _first_time(errand)
    try:
        return _ERRANDS[errand]()
    except click.Abort:
        tell("\nĐã dừng.")
    except DvkError as error:
        tell(f"Không chạy được: {error}")
    return 2


def dropped(line: str) -> list[str]:
    """The files in the line by which Explorer calls ``Kiem-tra.cmd``: a path is quoted only where it holds a space.

    The line is cmd's own, ``cmd.exe /c ""D:\\dvk\\Kiem-tra.cmd" D:\\a&b.xlsx "D:\\biểu 1.xlsx""``.
    """
    _, called, files = re.sub(re.escape(_CHECKER), _CHECKER, line, flags=re.IGNORECASE).partition(f'{_CHECKER}"')
    if not called:
        return []
    files = files.rstrip()
    files = files.removesuffix('"') if files.count('"') % 2 else files
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', files)]


def _forms() -> int:
    from dvk_reports.run.likely import likely_forms

    period = _ask_period("Tạo biểu mẫu của quý", likely_forms)
    return _open(_run("forms", period), WORKSPACE / "gui-di" / period)


def _consolidate() -> int:
    from dvk_reports.run.likely import likely_returns

    period = _ask_period("Tổng hợp kỳ", likely_returns)
    return _open(_run("consolidate", period), WORKSPACE / "ket-qua" / period)


def _awards() -> int:
    from dvk_reports.run.likely import likely_round
    from dvk_reports.run.steps.copy_files import copies_in

    likely = likely_round(WORKSPACE)
    name: str = click.prompt("Đợt (năm-tháng)", default=likely or None)
    folder = WORKSPACE / "khen-thuong" / name
    tell("1 = xét đề nghị (ghi xet-chon.xlsx)    2 = lập dự thảo từ quyết định đã ghi ở xet-chon.xlsx")
    step = click.prompt("Việc", default="2" if copies_in(folder) else "1")
    return _open(_run("awards", "draft" if step.strip() == "2" else "propose", name), folder)


_ERRANDS: dict[str, Callable[[], int]] = {"forms": _forms, "consolidate": _consolidate, "awards": _awards}


def _check() -> int:
    files = dropped(os.environ.get(DROPPED, ""))
    if not files:
        tell(f"Kéo tệp biểu mẫu, hoặc thư mục có các tệp, thả lên {_CHECKER}.")
        return 2
    return _run("check", "--", *files)


def _first_time(errand: str) -> int:
    """Make the workspace where forms are wanted; the other errands come after it."""
    if errand != "forms":
        tell(f"Chưa có thư mục làm việc {WORKSPACE}. Bấm đúp 1-Tao-bieu-mau.cmd trước.")
        return 2
    tell(f"Lần đầu: tạo thư mục làm việc {WORKSPACE}.")
    code = _run("init", str(WORKSPACE), within=False)
    tell("Ghi xong danh mục thì bấm đúp 1-Tao-bieu-mau.cmd lần nữa.")
    return _open(code, WORKSPACE)


def _is_workspace() -> bool:
    from dvk_reports.plan.register.sheets import FILE

    return (WORKSPACE / FILE).is_file()


def _ask_period(what: str, likely: Callable[[Place], str]) -> str:
    """The key of a period; asked again until it is one."""
    from dvk_reports.model.typed_periods import typed_period

    default = likely(WORKSPACE)
    tell(f"Bấm Enter nếu là {default}; hoặc gõ kỳ khác, ví dụ q3/2023.")
    while True:
        try:
            return typed_period(click.prompt(what, default=default)).key
        except DvkError as error:
            tell(str(error))


def _run(*words: str, within: bool = True) -> int:
    """One command of ``dvk``, with all that it says; its exit code."""
    sys.argv = ["dvk", *(("-w", str(WORKSPACE)) if within else ()), *words]
    try:
        dvk()
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def _open(code: int, folder: Path) -> int:
    """Show the folder of the results in Explorer, unless nothing was written."""
    if code != 2 and folder.is_dir():
        tell(f"Kết quả: {folder.resolve()}")
        show = getattr(os, "startfile", None)  # Windows alone has it
        if show is not None:
            show(folder.resolve())
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
