"""``dvk rules``."""

from __future__ import annotations

from pathlib import Path

import click

from dvk_reports.cli.base import Asked, Command, as_of_option, tell


@click.command("rules", cls=Command, also=("luật", "luật kiểm tra"))
@click.argument("file", metavar="[FILE.xlsx]", required=False, type=click.Path(path_type=Path))
@as_of_option
@click.pass_obj
def command(asked: Asked, file: Path | None) -> None:
    """In mọi luật kiểm tra thành câu, hoặc ghi ra một trang Excel. Ví dụ: dvk rules luat-kiem-tra.xlsx"""
    from dvk_reports.run.rules import list_rules

    found = list_rules(asked.workspace, file=file, as_of=asked.as_of)
    if file is None:
        for line in found.lines:
            tell(line)
    else:
        tell(f"Đã ghi {len(found.rules)} luật vào {file}.")
