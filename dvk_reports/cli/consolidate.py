"""``dvk consolidate``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Asked, Bar, Command, as_of_option, tell, workspace_option
from dvk_reports.cli.shown import result_lines


@click.command("consolidate", cls=Command)
@click.argument("period", metavar="KY")
@click.option("--csv", is_flag=True, help="Ghi thêm mỗi trang số liệu thành một tệp CSV, để nạp vào phần mềm khác.")
@click.option("--day-du", "whole", is_flag=True, help="Cùng --csv: kể cả ngày sinh, dân tộc, số điện thoại.")
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, period: str, csv: bool, whole: bool) -> None:
    """Việc chính: đọc nhan-ve/KỲ, ghi ket-qua/KỲ. Ví dụ: dvk consolidate 2023-Q3"""
    from dvk_reports.run.consolidate import consolidate

    with Bar("Đang đọc") as bar:
        result = consolidate(asked.workspace, period, as_of=asked.as_of, progress=bar, csv="whole" if whole else csv)
    for line in result_lines(result):
        tell(line)
    raise SystemExit(0 if result.clean else 1)
