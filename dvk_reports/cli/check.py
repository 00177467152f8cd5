"""``dvk check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dvk_reports.cli.base import (
    Asked,
    Bar,
    Command,
    as_of_option,
    scheduler_option,
    shown_safely,
    tell,
    tell_next,
    tell_step,
    workers_option,
    workspace_option,
)
from dvk_reports.cli.shown import checked_lines
from dvk_reports.vietnamese.typed import typed

if TYPE_CHECKING:
    from dvk_reports.run.check import CheckResult


@click.command("check", cls=Command, also=("kiểm tra", "kiểm", "soát"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In danh sách lỗi dạng JSON, khóa như trang Lỗi.")
@workers_option
@scheduler_option
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, paths: tuple[Path, ...], as_json: bool, workers: int | None, scheduler: str | None) -> None:
    """Kiểm tra tệp biểu mẫu bất kỳ, không ghi gì. Ví dụ: dvk check DVK_DB-XA-02950_2023-Q3.xlsx"""
    from dvk_reports.run.check import check_files
    from dvk_reports.run.steps.cluster import executor_of

    with executor_of(scheduler) as executor, Bar("Đang đọc") as bar:
        result = check_files(asked.workspace, paths, asked.as_of, workers=workers, progress=bar, executor=executor)
    if as_json:
        click.echo(shown_safely(json.dumps(result.rows(), ensure_ascii=False, indent=1)))
    else:
        for item in result.files:
            for line in checked_lines(item):
                tell(line)
    if result.left_out:
        tell("Không có danh-muc.xlsx nên chưa kiểm tra:", err=as_json)
        for line in result.left_out:
            tell(f"  - {line}", err=as_json)
    if not as_json:
        _tell_next(asked, paths, result)
    raise SystemExit(0 if result.clean else 1)


def _tell_next(asked: Asked, paths: tuple[Path, ...], result: CheckResult) -> None:
    """What to do with the file that was checked: mend it, take it in, or send it."""
    from dvk_reports.run.steps.next_step import Step

    if not result.clean:
        again = " ".join(typed(path) for path in paths)
        tell_step(asked, Step("Sửa các chỗ nêu trên, rồi kiểm tra lại", f"check {again}"))
    elif result.left_out:
        tell_step(asked, Step("Không có lỗi phải sửa, gửi tệp cho nơi nhận báo cáo"))
    else:
        tell_next(asked)
