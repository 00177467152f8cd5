"""``dvk verify``."""

from __future__ import annotations

from pathlib import Path

import click

from dvk_reports.cli.base import Asked, Command, tell, workers_option


@click.command("verify", cls=Command, also=("kiểm chứng", "đối chiếu", "xác minh"))
@click.argument("archive", metavar="ZIP", type=click.Path(path_type=Path))
@workers_option
@click.pass_obj
def command(asked: Asked, archive: Path, workers: int | None) -> None:
    """Chạy lại một quý đã khóa, so từng byte; không ghi gì. Ví dụ: dvk verify luu/2023-Q3.zip"""
    from dvk_reports.run.verify import verify_archive

    found = verify_archive(archive if archive.exists() else asked.workspace / archive, workers)
    tell(f"Niêm phong của {found.path.name} còn nguyên vẹn. Mã niêm phong: {found.sha256}")
    tell(found.summary)
    for line in (*found.differences, *found.versions, *found.by_hand):
        tell(f"  {line}")
    raise SystemExit(0 if found.same else 1)
