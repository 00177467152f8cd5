"""``dvk templates``: ``check`` and ``fields``."""

from __future__ import annotations

import click

from dvk_reports.cli.base import Asked, Group, tell, workspace_option


@click.group("templates", cls=Group, also=("mẫu Word", "mẫu"))
def command() -> None:
    """Mẫu Word của cơ quan trong mau-word: kiểm tra, liệt kê các trường. Ví dụ: dvk templates check"""


@command.command("check", also=("kiểm tra",))
@workspace_option
@click.pass_obj
def check(asked: Asked) -> None:
    """Kiểm tra mẫu Word trong mau-word: trường lạ, trường chưa dùng, dấu bị vỡ. Ví dụ: dvk templates check"""
    from dvk_reports.run.templates import check_templates

    problems = check_templates(asked.workspace)
    for problem in problems:
        tell(str(problem))
    if not problems:
        tell("Mẫu Word trong mau-word không có lỗi (không có mẫu riêng thì dùng mẫu kèm theo).")
    raise SystemExit(1 if problems else 0)


@command.command("fields", also=("trường", "các trường"))
@click.pass_obj
def fields(asked: Asked) -> None:
    """Liệt kê mọi trường dùng được trong mẫu Word, kèm ví dụ. Ví dụ: dvk templates fields"""
    from dvk_reports.run.templates import template_fields

    template = ""
    for field in template_fields(asked.workspace):
        if field.template != template:
            template = field.template
            tell(f"{template}:")
        tell(f"  {{{{ {field.name} }}}}  {field.meaning}  Ví dụ: {field.example}")
