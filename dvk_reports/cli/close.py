"""``dvk close``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Asked, Command, as_of_option, new_password, period_argument, tell, workspace_option


@click.command("close", cls=Command, also=("khóa", "khóa sổ", "đóng", "niêm phong"))
@period_argument
@click.option("--mat-khau", "lock", is_flag=True, help="Khóa tệp lưu bằng mật khẩu (hỏi khi chạy; mã hóa AES).")
@workspace_option
@as_of_option
@click.pass_obj
def command(asked: Asked, period: str, lock: bool) -> None:
    """Khóa một quý: niêm phong đầu vào, kết quả, quy định vào luu/KỲ.zip. Ví dụ: dvk close 2023-Q3"""
    from dvk_reports.run.close import close_period

    password = new_password() if lock else None
    found = close_period(asked.workspace, period, as_of=asked.as_of, password=password)
    edition = f", bổ sung lần {found.edition}" if found.edition else ""
    tell(f"Đã khóa kỳ {found.period}{edition}: {found.files} tệp trong {found.path}.")
    tell(f"Mã niêm phong (SHA-256), ghi lại để đối chiếu: {found.sha256}")
    for line in found.remarks:
        tell(f"  {line}")
    raise SystemExit(0 if found.clean else 1)
