"""``dvk forms``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import (
    Asked,
    Bar,
    Command,
    as_of_option,
    period_argument,
    tell,
    tell_next,
    workers_option,
    workspace_option,
)
from dvk_reports.vietnamese.lists import Listed


@click.command("forms", cls=Command, also=("biểu mẫu", "tạo biểu", "tạo biểu mẫu"))
@period_argument
@click.option("--unit", metavar="MA", help="Chỉ làm biểu mẫu của một đơn vị. Ví dụ: --unit DB-XA-02950")
@workers_option
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, period: str, unit: str | None, workers: int | None) -> None:
    """Tạo biểu mẫu và thư gửi từng đơn vị. Ví dụ: dvk forms 2023-Q3"""
    from dvk_reports.run.forms import make_forms

    with Bar("Đang tạo biểu mẫu") as bar:
        result = make_forms(asked.workspace, period, unit, asked.as_of, progress=bar, workers=workers)
    tell(f"Đã tạo {len(result.units)} biểu mẫu và thư nháp trong {result.folder}.")
    if result.inbox:
        tell(f"Đã tạo thư mục {result.inbox} để thả tệp các đơn vị gửi về.")
    if result.prefilled:
        tell(f"{len(result.prefilled)} biểu mẫu đã in sẵn mô hình của kỳ trước.")
    if result.without_mail:
        head = f"{len(result.without_mail)} đơn vị chưa có thư điện tử trong danh mục (cột email):"
        tell(Listed(head, result.without_mail))
    for note in (*result.notes, *result.lost, *result.register):
        tell(note)
    tell_next(asked)
    raise SystemExit(0 if result.clean else 1)
