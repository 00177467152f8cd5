"""``dvk send``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Asked, Bar, Command, as_of_option, period_argument, tell, tell_next, workspace_option


@click.command("send", cls=Command, also=("gửi", "gửi thư"))
@period_argument
@click.option("--dry-run", is_flag=True, help="Chỉ liệt kê thư sẽ gửi, không gửi.")
@click.option(
    "--bieu-mau", "forms", is_flag=True, help="Gửi biểu mẫu trong gui-di/KỲ thay cho thư trong gui-lan-nay/KỲ."
)
@click.option("--gui-lai", "again", metavar="MA", multiple=True, help="Chỉ gửi lại thư của đơn vị này, dù đã gửi.")
@click.option(
    "--da-gui",
    "by_hand",
    metavar="MA",
    multiple=True,
    help="Không gửi, chỉ ghi lại là đã gửi bằng tay; tat-ca: mọi thư đang chờ có địa chỉ.",
)
@workspace_option
@as_of_option
@click.pass_obj
def command(
    asked: Asked, period: str, dry_run: bool, forms: bool, again: tuple[str, ...], by_hand: tuple[str, ...]
) -> None:
    """Gửi thư mới hoặc thay đổi cho từng đơn vị, mỗi thư một lần. Ví dụ: dvk send 2023-Q3 --dry-run"""
    from dvk_reports.run.send import note_sent, send_mails

    if by_hand:
        if again or dry_run:
            raise click.UsageError("--da-gui chỉ ghi lại, không dùng cùng --gui-lai, --dry-run")
        for line in note_sent(asked.workspace, period, by_hand, asked.as_of, forms).lines:
            tell(line)
        tell_next(asked)
        raise SystemExit(0)
    with Bar("Đang gửi") as bar:
        result = send_mails(asked.workspace, period, asked.as_of, dry_run, forms, again, bar)
    for line in result.lines:
        tell(line)
    tell_next(asked)
    raise SystemExit(0 if result.clean else 1)
