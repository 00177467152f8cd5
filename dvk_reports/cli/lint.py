"""``dvk lint``."""

from __future__ import annotations

from pathlib import Path

import click

from dvk_reports.cli.base import Asked, Command, as_of_option, tell


@click.command("lint", cls=Command, also=("thể thức", "soát thể thức"))
@click.argument("papers", nargs=-1, required=True, metavar="FILE.docx…", type=click.Path(path_type=Path))
@as_of_option
@click.pass_obj
def command(asked: Asked, papers: tuple[Path, ...]) -> None:
    """So văn bản Word với thể thức của Đảng, của Nhà nước. Ví dụ: dvk lint bao-cao.docx"""
    from dvk_reports.run.lint import lint_documents

    results = lint_documents(asked.workspace, papers, as_of=asked.as_of)
    for result in results:
        if result.problem:
            tell(f"{result.path}: {result.problem}", err=True)
            continue
        doubtful = len(result.deviations) - result.certain
        tell(f"{result.path} ({result.profile}): {result.certain} chỗ sai thể thức, {doubtful} chỗ nên xem lại.")
        for deviation in result.deviations:
            tell(f"  {deviation.sentence()}")
    if any(result.problem for result in results):
        raise SystemExit(2)
    raise SystemExit(1 if any(result.certain for result in results) else 0)
