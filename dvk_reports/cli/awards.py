"""``dvk awards``: ``propose`` and ``draft``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import (
    Asked,
    Group,
    as_of_option,
    round_argument,
    tell,
    tell_next,
    workers_option,
    workspace_option,
)
from dvk_reports.cli.shown import by_folder, choice_lines, indented, kept_line


@click.group("awards", cls=Group, also=("khen thưởng", "biểu dương", "thi đua"))
def command() -> None:
    """Đợt biểu dương, khen thưởng: xét đề nghị, lập dự thảo. Ví dụ: dvk awards propose 2023-10"""


@command.command("propose", also=("đề xuất", "đề nghị", "xét"))
@round_argument
@workers_option
@workspace_option
@as_of_option
@click.pass_obj
def propose(asked: Asked, name: str, workers: int | None) -> None:
    """Xét đề nghị của một đợt, ghi khen-thuong/DOT/xet-chon.xlsx. Ví dụ: dvk awards propose 2023-10"""
    from dvk_reports.run.awards import propose_awards

    result = propose_awards(asked.workspace, name, as_of=asked.as_of, workers=workers)
    counts = ", ".join(f"{number} {outcome.value}" for outcome, number in result.counts.items())
    tell(f"{len(result.shortlist.proposals)} đề nghị" + (f": {counts}" if counts else ""))
    for line in choice_lines(result.findings, result.changes):
        tell(line)
    for note in result.shortlist.notes:
        tell(f"  {note}")
    tell(f"Đã ghi {result.folder / result.file}. Chương trình chỉ đề xuất; người có thẩm quyền quyết định.")
    if result.kept:
        tell(result.kept)
    tell_next(asked)
    raise SystemExit(0 if result.clean else 1)


@command.command("draft", also=("dự thảo", "lập dự thảo"))
@round_argument
@click.option(
    "--recognise",
    metavar="MA",
    help="Chỉ lập quyết định công nhận của chính đơn vị MA: theo biểu công nhận, chưa có thì theo kết quả đánh giá của "
    "năm. Ví dụ: --recognise DB-XA-02950",
)
@workers_option
@workspace_option
@as_of_option
@click.pass_obj
def draft(asked: Asked, name: str, recognise: str | None, workers: int | None) -> None:
    """Lập dự thảo từ xet-chon.xlsx đã được người xét. Ví dụ: dvk awards draft 2023-10 --as-of 2023-10-12"""
    from dvk_reports.run.awards import draft_awards

    result = draft_awards(asked.workspace, name, as_of=asked.as_of, recognise=recognise, workers=workers)
    for line in choice_lines(result.findings, result.changes):
        tell(line)
    if result.stopped:
        file = next((finding.file for finding in result.stopped if finding.file), "xet-chon.xlsx")
        tell(f"Không lập dự thảo: {len(result.stopped)} chỗ trong {file} phải ghi lại trước.", err=True)
        tell_next(asked)
        raise SystemExit(2)
    for note in result.notes:
        tell(indented(note))
    tell(f"Đã ghi {len(result.written)} tệp trong {result.folder}: {', '.join(by_folder(result.written))}")
    if result.missing:
        tell(f"Dự thảo còn {result.missing} chỗ “[CẦN BỔ SUNG]” phải điền trước khi trình ký.")
    for kept in result.kept:
        tell(kept_line(kept))
    for line in result.redrafts:
        tell(f"  {line}")
    tell_next(asked)
    raise SystemExit(0 if result.clean else 1)
