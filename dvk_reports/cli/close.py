"""``dvk close``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import (
    Asked,
    Command,
    as_of_option,
    new_password,
    period_argument,
    tell,
    tell_next,
    workspace_option,
)


@click.command("close", cls=Command, also=("khóa", "khóa sổ", "đóng", "niêm phong", "mở khóa"))
@period_argument
@click.option("--mat-khau", "lock", is_flag=True, help="Khóa tệp lưu bằng mật khẩu (hỏi khi chạy; mã hóa AES).")
@click.option("--unit", metavar="MA", help="Chỉ khóa báo cáo đang dùng của một đơn vị. Ví dụ: --unit DB-XA-02950")
@click.option("--open", "reopen", is_flag=True, help="Cùng --unit: mở khóa báo cáo của đơn vị.")
@click.option("--reason", metavar="LÝ DO", default="", help="Cùng --unit: vì sao khóa, mở khóa.")
@click.option("--by", metavar="NGƯỜI", default="", help="Cùng --unit: ai quyết định.")
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, period: str, lock: bool, unit: str | None, reopen: bool, reason: str, by: str) -> None:
    """Khóa một quý: niêm phong đầu vào, kết quả, quy định vào luu/KỲ.zip. Ví dụ: dvk close 2023-Q3

    Với --unit: chỉ khóa báo cáo đang dùng của một đơn vị, tệp đến sau không được dùng cho đến khi mở khóa; mỗi lần ghi
    một dòng vào khoa-don-vi.csv. Ví dụ: dvk close 2023-Q3 --unit DB-XA-02950 --reason "Đã duyệt" --by "Trưởng ban"
    """
    if unit is not None:
        if lock:
            raise click.UsageError("--mat-khau chỉ dùng khi khóa cả quý, không đi cùng --unit.")
        from dvk_reports.run.unit_locks import lock_unit

        done = lock_unit(asked.workspace, period, unit, reason, by, as_of=asked.as_of, reopen=reopen)
        tell(done.summary)
        tell_next(asked)
        return
    if reopen or reason or by:
        raise click.UsageError("--open, --reason, --by chỉ đi cùng --unit.")
    from dvk_reports.run.close import close_period

    password = new_password() if lock else None
    found = close_period(asked.workspace, period, as_of=asked.as_of, password=password)
    edition = f", bổ sung lần {found.edition}" if found.edition else ""
    tell(f"Đã khóa kỳ {found.period}{edition}: {found.files} tệp trong {found.path}.")
    tell(f"Mã niêm phong (SHA-256), ghi lại để đối chiếu: {found.sha256}")
    for line in found.remarks:
        tell(f"  {line}")
    tell_next(asked)
    raise SystemExit(0 if found.clean else 1)
