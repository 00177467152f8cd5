"""``dvk consolidate``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Asked, Bar, Command, as_of_option, workspace_option
from dvk_reports.cli.shown import result_lines


@click.command("consolidate", cls=Command)
@click.argument("period", metavar="KY")
@click.option("--csv", is_flag=True, help="Ghi thêm mỗi trang số liệu thành một tệp CSV, để nạp vào phần mềm khác.")
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, period: str, csv: bool) -> None:
    """Việc chính: đọc nhan-ve/KỲ, ghi ket-qua/KỲ. Ví dụ: dvk consolidate 2023-Q3"""
    from dvk_reports.run.consolidate import consolidate

    with Bar("Đang đọc") as bar:
        result = consolidate(asked.workspace, period, as_of=asked.as_of, progress=bar, csv=csv)
    for line in result_lines(result):
        click.echo(line)
    raise SystemExit(0 if result.clean else 1)
