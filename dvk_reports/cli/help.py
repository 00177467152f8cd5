"""``dvk help``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Command, Group, tell


@click.command("help", cls=Command, also=("trợ giúp", "hướng dẫn", "giúp"))
@click.argument("words", nargs=-1, metavar="[LỆNH …]")
@click.pass_context
def command(context: click.Context, words: tuple[str, ...]) -> None:
    """Cách dùng của dvk hoặc của một lệnh. Ví dụ: dvk help consolidate"""
    shown = context.find_root()
    for word in words:
        if not isinstance(shown.command, Group):
            raise click.UsageError(f"Lệnh “{shown.command_path}” không có lệnh con.", shown)
        name, found, _ = shown.command.resolve_command(shown, [word])
        assert found is not None
        shown = click.Context(found, shown, name)
    tell(shown.get_help())
