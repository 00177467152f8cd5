"""``dvk consolidate``."""

from __future__ import annotations

from typing import Literal

import click

from dvk_reports.cli.base import (
    Asked,
    Bar,
    Command,
    as_of_option,
    period_argument,
    scheduler_option,
    tell,
    tell_next,
    workers_option,
    workspace_option,
)
from dvk_reports.cli.shown import result_lines


@click.command("consolidate", cls=Command, also=("tổng hợp", "tính", "báo cáo"))
@period_argument
@click.option("--csv", is_flag=True, help="Ghi thêm mỗi trang số liệu thành một tệp CSV, để nạp vào phần mềm khác.")
@click.option("--day-du", "whole", is_flag=True, help="Cùng --csv: kể cả ngày sinh, dân tộc, số điện thoại.")
@click.option("--dry-run", is_flag=True, help="Chạy thử: nói mọi điều sẽ nói, không ghi tệp nào.")
@workers_option
@scheduler_option
@workspace_option
@as_of_option
@click.pass_obj
def command(
    asked: Asked,
    period: str,
    csv: bool,
    whole: bool,
    dry_run: bool,
    workers: int | None,
    scheduler: str | None,
) -> None:
    """Việc chính: đọc nhan-ve/KỲ, ghi ket-qua/KỲ. Ví dụ: dvk consolidate 2023-Q3"""
    from dvk_reports.run.consolidate import consolidate, rehearse
    from dvk_reports.run.steps.cluster import executor_of

    form: bool | Literal["whole"] = "whole" if whole else csv
    with executor_of(scheduler) as executor, Bar("Đang đọc") as bar:
        if dry_run:
            result = rehearse(asked.workspace, period, asked.as_of, workers, bar, executor)
        else:
            result = consolidate(asked.workspace, period, asked.as_of, workers, bar, form, executor)
    for line in result_lines(result):
        tell(line)
    clean = result.clean
    del result  # the next step is found from what lies in the workspace
    tell_next(asked)
    raise SystemExit(0 if clean else 1)
