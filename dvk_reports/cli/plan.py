"""``dvk plan list``, ``dvk plan check`` and ``dvk plan new``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Asked, Group, tell, workspace_option
from dvk_reports.vietnamese.typed import typed


@click.group("plan", cls=Group, also=("quy định", "kế hoạch", "bộ quy định"))
def command() -> None:
    """Bộ quy định: xem các bộ đang có, kiểm tra một bộ, tạo bộ riêng. Ví dụ: dvk plan check"""


@command.command("list", also=("danh sách", "liệt kê"))
@workspace_option
@click.pass_obj
def list_(asked: Asked) -> None:
    """Các bộ quy định có sẵn và của thư mục làm việc. Ví dụ: dvk plan list"""
    from dvk_reports.run.plans import list_plans

    for plan in list_plans(asked.workspace):
        where = "có sẵn" if plan.bundled else "của thư mục làm việc"
        used = ", đang dùng" if plan.used else ""
        tell(f"{plan.name} ({where}{used}): {plan.title or 'plan.yaml không đọc được'}")


@command.command("check", also=("kiểm tra",))
@workspace_option
@click.argument("plan", metavar="[P]", required=False)
@click.pass_obj
def check(asked: Asked, plan: str | None) -> None:
    """Kiểm tra một bộ quy định: mọi chỗ sai, có tệp và dòng. Ví dụ: dvk plan check ke-hoach"""
    from dvk_reports.run.plans import check_plan

    found = check_plan(asked.workspace, plan)
    for line in found.mistakes:
        tell(line)
    if found.plan is None:
        tell(f"Bộ quy định {found.name} có {len(found.mistakes)} chỗ phải sửa.")
        raise SystemExit(1)
    held = found.plan
    tell(
        f"Bộ quy định {found.name} dùng được: {len(held.sheets)} biểu, {len(held.figure_specs)} chỉ tiêu và nhiệm vụ, "
        f"{len(held.checks.luat)} luật kiểm tra, từ {held.info.ky_dau} đến {held.info.ky_cuoi}."
    )


@command.command("new", also=("tạo", "tạo mới"))
@click.argument("folder", metavar="DIR")
@click.option("--from", "base", metavar="P", help="Bộ quy định được kế thừa: tên bộ có sẵn, hoặc thư mục. Phải ghi.")
@workspace_option
@click.pass_obj
def new(asked: Asked, folder: str, base: str | None) -> None:
    """Tạo bộ quy định riêng trong thư mục làm việc. Ví dụ: dvk plan new ke-hoach --from bao_yen_2022_2025"""
    from dvk_reports.run.plans import new_plan

    if base is None:
        raise click.BadParameter("chưa ghi bộ quy định được kế thừa.", param_hint="--from", param=_option("--from"))
    made = new_plan(asked.workspace, folder, base)
    tell(f"Đã tạo bộ quy định {made}, kế thừa {base}.")
    tell(f"Sửa các tệp trong đó, chạy “dvk plan check {typed(folder)}”, rồi ghi vào ke-hoach.yaml: dung: {folder}")


def _option(name: str) -> click.Parameter:
    return next(option for option in new.params if name in option.opts)
