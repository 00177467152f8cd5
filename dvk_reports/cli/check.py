"""``dvk check``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dvk_reports.cli.base import Asked, Bar, Command, as_of_option, tell, workspace_option
from dvk_reports.cli.shown import checked_lines


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In danh sách lỗi dạng JSON, khóa như trang Lỗi.")
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, paths: tuple[Path, ...], as_json: bool) -> None:
    """Kiểm tra tệp biểu mẫu bất kỳ, không ghi gì. Ví dụ: dvk check DVK_DB-XA-02950_2023-Q3.xlsx"""
    from dvk_reports.run.check import check_files

    with Bar("Đang đọc") as bar:
        result = check_files(asked.workspace, paths, as_of=asked.as_of, progress=bar)
    if as_json:
        tell(json.dumps(result.rows(), ensure_ascii=False, indent=1))
    else:
        for item in result.files:
            for line in checked_lines(item):
                tell(line)
    if result.left_out:
        tell("Không có danh-muc.xlsx nên chưa kiểm tra:", err=as_json)
        for line in result.left_out:
            tell(f"  - {line}", err=as_json)
    raise SystemExit(0 if result.clean else 1)
