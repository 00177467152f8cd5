"""``dvk rules``."""

from __future__ import annotations

from pathlib import Path

import click

from dvk_reports.cli.base import Asked, Command, as_of_option, tell, workspace_option


@click.command("rules", cls=Command, also=("luật", "luật kiểm tra", "thử luật"))
@click.argument("file", metavar="[FILE.xlsx]", required=False, type=click.Path(path_type=Path))
@click.option("--thu", "code", metavar="MÃ", help="Chạy thử một mã lỗi trên các quý đang giữ. Ví dụ: --thu K13")
@click.option("--tu-ky", "since", metavar="KỲ", help="Với --thu: chỉ từ quý này. Ví dụ: --tu-ky 2023-Q1")
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, file: Path | None, code: str | None, since: str | None) -> None:
    """In mọi luật kiểm tra thành câu, hoặc ghi ra một trang Excel. Ví dụ: dvk rules luat-kiem-tra.xlsx

    Với --thu MÃ: chạy luật ấy trên các quý đang giữ, không ghi gì; cho biết sẽ báo bao nhiêu chỗ, bao nhiêu chỗ sau đó
    đơn vị đã sửa. Ví dụ: dvk rules --thu K13
    """
    if code is not None:
        from dvk_reports.run.replay import replay_rule

        for line in replay_rule(asked.workspace, code, since, as_of=asked.as_of).lines:
            tell(line)
        return
    if since is not None:
        raise click.UsageError("--tu-ky chỉ đi với --thu. Ví dụ: dvk rules --thu K13 --tu-ky 2023-Q1")
    from dvk_reports.run.rules import list_rules

    found = list_rules(asked.workspace, file=file, as_of=asked.as_of)
    if file is None:
        for line in found.lines:
            tell(line)
    else:
        tell(f"Đã ghi {len(found.rules)} luật vào {file}.")
