"""``dvk init``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from dvk_reports.cli.base import Asked, Command, tell, tell_next


@click.command("init", cls=Command, also=("khởi tạo", "tạo mới", "bắt đầu"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--plan", metavar="P", help="Bộ quy định: tên bộ có sẵn (dvk plan list), hoặc thư mục.")
@click.option("--sample", is_flag=True, help="Thư mục để tập làm: có sẵn tệp nhận về với lỗi thường gặp và bài tập.")
@click.pass_obj
def command(asked: Asked, folder: Path, plan: str | None, sample: bool) -> None:
    """Tạo thư mục làm việc mới với danh mục có sẵn của kế hoạch. Ví dụ: dvk init D:/dan-van-kheo"""
    from dvk_reports.run.init import init_workspace

    made = init_workspace(folder, plan, sample=sample)
    if sample:
        tell(f"Đã tạo thư mục để tập làm {made}. Mở bai-tap.xlsx và làm theo từng dòng; đáp án ở trang thứ hai.")
        return
    tell(f"Đã tạo thư mục làm việc {made}.")
    tell_next(replace(asked, workspace=folder))
