"""``dvk forms``."""

from __future__ import annotations

from pathlib import Path

import click

from dvk_reports.cli.base import (
    Asked,
    Bar,
    Command,
    as_of_option,
    period_argument_unless,
    tell,
    tell_next,
    workers_option,
    workspace_option,
)
from dvk_reports.vietnamese.lists import Listed


@click.command("forms", cls=Command, also=("biểu mẫu", "tạo biểu", "tạo biểu mẫu", "xem lại biểu mẫu"))
@period_argument_unless("review")
@click.option("--unit", metavar="MA", help="Chỉ làm biểu mẫu của một đơn vị. Ví dụ: --unit DB-XA-02950")
@click.option(
    "--xem-lai", "review", is_flag=True, is_eager=True, help="Không tạo biểu: xem các đơn vị đã ghi biểu mẫu thế nào."
)
@click.option(
    "--ghi",
    "file",
    metavar="TỆP.xlsx",
    type=click.Path(path_type=Path),
    help="Với --xem-lai: ghi đủ từng cột ra tệp Excel.",
)
@workers_option
@workspace_option
@as_of_option
@click.pass_obj
def command(
    asked: Asked, period: str | None, unit: str | None, review: bool, file: Path | None, workers: int | None
) -> None:
    """Tạo biểu mẫu và thư gửi từng đơn vị. Ví dụ: dvk forms 2023-Q3

    Với --xem-lai (KY là quý đã tổng hợp, không ghi là quý gần nhất): mỗi cột có bao nhiêu đơn vị ghi, cột nào hay bị
    ghi sai, mất danh sách để chọn, sửa tiêu đề. Ví dụ: dvk forms --xem-lai 2023-Q3
    """
    if review or period is None:
        if unit is not None:
            raise click.UsageError("--xem-lai xem biểu của mọi đơn vị, không dùng cùng --unit")
        _review(asked, period, file)
        return
    if file is not None:
        raise click.UsageError("--ghi chỉ đi với --xem-lai. Ví dụ: dvk forms --xem-lai --ghi xem-lai.xlsx")
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


def _review(asked: Asked, period: str | None, file: Path | None) -> None:
    from dvk_reports.run.form_review import review_forms

    found = review_forms(asked.workspace, period, file, asked.as_of)
    for line in found.lines:
        tell(line)
    tell(f"Đã ghi từng cột vào {file}." if file is not None else "Từng cột: thêm --ghi TỆP.xlsx.")
