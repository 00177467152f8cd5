"""What every command is made of: help in Vietnamese, the workspace and the day of the run, the bar of progress."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import shutil
import sys
import textwrap
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.lists import Listed, cut
from dvk_reports.vietnamese.text import nearest, unaccented
from dvk_reports.vietnamese.typed import typed

if TYPE_CHECKING:
    from dvk_reports.run.steps.next_step import Step

F = TypeVar("F", bound=Callable[..., Any])
_COMMAND = re.compile(r"(?<![\w/\\.-])dvk ([a-z]+)\b")
"""A command in a sentence; never a folder of that name."""
_NO_WORKSPACE = {"init", "help"}
"""Commands that do not work in a workspace."""


@dataclass(frozen=True)
class Asked:
    """What is asked of every command alike; the options may stand before the command or behind it."""

    workspace: Path = Path()
    as_of: date | None = None
    """None: today."""


class Command(click.Command):
    """A command, with the Vietnamese words by which somebody might look for it."""

    def __init__(self, *args: Any, also: Sequence[str] = (), **attributes: Any) -> None:
        attributes.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **attributes)
        self.also = also


class Group(Command, click.Group):
    """A command with commands of its own, which are listed after its options."""

    command_class = Command

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("subcommand_metavar", "LỆNH …")
        super().__init__(*args, **attributes)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, as they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its whole sentence."""
        lines = [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
        with formatter.section("Các lệnh"):
            formatter.write_dl(lines)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word; where there is none, the mistake names the one that was meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            near = self._meant(args)
            hint = f" Có phải là “{ctx.command_path} {near}”?" if near else ""
            raise click.exceptions.NoSuchCommand(error.command_name, f"{error.message}{hint}", ctx=ctx) from None

    def _meant(self, args: Sequence[str]) -> str | None:
        """The command whose name, or a Vietnamese word for it, was typed: whole, begun, or with a slip."""
        names: dict[str, str] = {}
        for name, command in self.commands.items():
            names.setdefault(name, name)
            for other in getattr(command, "also", ()):
                names.setdefault(_bare(other), name)
        whole = [_bare(" ".join(args[:count])) for count in (3, 2, 1)]
        begun = next((name for name in names if name.startswith(whole[-1])), None)
        near = next((words for words in whole if words in names), None) or begun or nearest(whole[-1], names)
        return names[near] if near else None


def _bare(word: str) -> str:
    """A word as it is typed without tones: “tổng hợp” is “tong-hop”."""
    return "-".join(re.split(r"[\s_-]+", unaccented(word).lower().strip()))


def read_day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The day of ``--as-of``."""
    if value is None:
        return None
    day = read_date(value)
    if day is None:
        raise click.BadParameter("ghi ngày dạng 2023-10-12 (năm-tháng-ngày) hoặc 12/10/2023 (ngày/tháng/năm).")
    return day


def _set_workspace(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.find_root().obj = context.obj = replace(context.ensure_object(Asked), workspace=value)


def _set_day(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        day = read_day(context, option, value)
        context.find_root().obj = context.obj = replace(context.ensure_object(Asked), as_of=day)


def workspace_option(command: F) -> F:
    """``-w`` behind the command: it names the workspace instead of the one before the command."""
    return click.option(
        "-w",
        "--workspace",
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_set_workspace,
        help="Thư mục làm việc.",
    )(command)


_MOST_WORKERS = 64


def _read_workers(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    text = value.strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST_WORKERS):
        raise click.BadParameter(f"ghi số tiến trình, từ 1 đến {_MOST_WORKERS}. Ví dụ: --workers 2")
    return int(text)


def workers_option(command: F) -> F:
    """``--workers`` of a command that reads many files."""
    return click.option(
        "--workers",
        metavar="N",
        callback=_read_workers,
        help="Số tiến trình đọc tệp cùng lúc (mặc định: theo số nhân của máy, nhiều nhất 4). Ví dụ: --workers 2",
    )(command)


def scheduler_option(command: F) -> F:
    """``--scheduler`` of a command that may be worked on by several machines."""
    return click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Đọc tệp trên các máy của một bộ điều phối Dask. Ví dụ: --scheduler tcp://10.0.0.5:8786",
    )(command)


DAY: dict[str, Any] = {"metavar": "YYYY-MM-DD", "help": "Ngày lập (mặc định: hôm nay). Ví dụ: --as-of 2023-10-12"}


def period_argument(command: F) -> F:
    """The period that a command is for; a shell completes it from the folders of the workspace."""
    return click.argument("period", metavar="KY", shell_complete=_periods_at_hand)(command)


def period_argument_unless(flag: str) -> Callable[[F], F]:
    """The same, where it may be left out with a flag, which must be eager."""

    def asked(context: click.Context, argument: click.Parameter, value: str | None) -> str | None:
        if value is None and not context.params.get(flag):
            raise click.MissingParameter(ctx=context, param=argument)
        return value

    return click.argument("period", metavar="KY", required=False, shell_complete=_periods_at_hand, callback=asked)


def round_argument(command: F) -> F:
    """The award round that a command is for; a shell completes it from the plan."""
    return click.argument("name", metavar="DOT", shell_complete=_rounds_at_hand)(command)


def _periods_at_hand(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:
    from dvk_reports.run.steps.periods import periods_at_hand

    return [key for key in periods_at_hand(_workspace_of(context)) if key.lower().startswith(begun.lower())]


def _rounds_at_hand(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:
    from dvk_reports.run.status import rounds_at_hand

    return [name for name in rounds_at_hand(_workspace_of(context)) if name.startswith(begun)]


def _workspace_of(context: click.Context) -> Path:
    """The workspace named on a line that is still being typed."""
    if context.obj is not None and context.obj.workspace != Path():
        return Path(context.obj.workspace)
    return Path(context.find_root().params.get("workspace") or Path())


def as_of_option(command: F) -> F:
    """``--as-of`` behind the command: the day that the run is made for."""
    return click.option("--as-of", expose_value=False, callback=_set_day, **DAY)(command)


def new_password() -> str:
    """A password that is to be set: from the environment, else typed twice and not shown."""
    from dvk_reports.run.steps.locked import VARIABLE

    typed: str = os.environ.get(VARIABLE) or click.prompt(
        "Mật khẩu của tệp lưu", hide_input=True, confirmation_prompt="Gõ lại mật khẩu", err=True
    )
    return typed


def ask_password(name: str) -> str | None:
    """The password of an archive, where somebody sits at the keyboard."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    typed: str = click.prompt(f"Mật khẩu của {name}", hide_input=True, err=True)
    return typed


def tell(line: str, err: bool = False) -> None:
    """One line on the screen; every command speaks through this. Commands in it are told as they are typed here."""
    _show(as_typed(line, _asked()), err)


def _asked() -> Asked:
    """What the command at work was asked; nothing where none is."""
    context = click.get_current_context(silent=True)
    found = context.find_root().obj if context is not None else None
    return found if isinstance(found, Asked) else Asked()


def _show(line: str, err: bool = False) -> None:
    """A line as the window takes it.

    What a file holds is shown and never obeyed: a character that a terminal would act on (ESC and its kin, marks that
    turn the direction of writing) is shown as its number, which is also how JSON writes it.
    """
    width = _window(err)
    click.echo(shown_safely(fitted(line, width) if width else line), err=err)


def _window(err: bool = False) -> int:
    """The width of the window that a stream goes to; 0 where it goes to a file or to another program."""
    stream = sys.stderr if err else sys.stdout
    return shutil.get_terminal_size().columns - 1 if stream is not None and stream.isatty() else 0


def tell_next(asked: Asked) -> None:
    """The last line of a run: the one next step, with the options by which this workspace was named."""
    from dvk_reports.run.status import step_after

    step = step_after(asked.workspace, asked.as_of)
    if step is not None:
        tell_step(asked, step)


def tell_step(asked: Asked, step: Step) -> None:
    """A step with its command as it is typed here."""
    line = as_typed(f"Việc tiếp theo: {step.line()}", asked)
    if not step.command or len(line) <= (_window() or len(line)):
        _show(line)
        return
    _show(f"Việc tiếp theo: {step.text}:")
    click.echo(shown_safely(as_typed(f"  dvk {step.command}", asked)))  # whole, for it is copied


def as_typed(line: str, asked: Asked) -> str:
    """A line whose commands carry the options by which the workspace and the day were named."""
    words = ["-w", typed(asked.workspace)] if asked.workspace != Path() else []
    words += ["--as-of", asked.as_of.isoformat()] if asked.as_of is not None else []
    if not words or "dvk " not in line:
        return line
    options, names = " ".join(words), {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])}
    takes_them = names - _NO_WORKSPACE
    return _COMMAND.sub(lambda found: f"dvk {options} {found[1]}" if found[1] in takes_them else found[0], line)


def fitted(line: str, width: int) -> str:
    """A line as a window of that width takes it: a list is cut after a whole name, a sentence after a whole word."""
    if isinstance(line, Listed):
        line = line.fitted(width)
    margin = line[: len(line) - len(line.lstrip())]
    return "\n".join(
        textwrap.fill(part, width, subsequent_indent=f"{margin}  ", break_long_words=False, break_on_hyphens=False)
        for part in line.split("\n")
    )


def shown_safely(text: str) -> str:
    """The text with every control character but the ends of lines shown as its number."""
    return "".join(
        # JSON's own way of writing it; a character beyond four digits takes two of them.
        json.dumps(c)[1:-1] if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )


class Bar:
    """A bar with the file in hand, for work of more than a second; nothing where nobody watches."""

    PATIENCE = 1.0

    def __init__(self, label: str) -> None:
        self.label = label
        self.begun = time.monotonic()
        self.shown: Any = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show how far the work has come, where somebody watches and it takes long."""
        if not sys.stderr or not sys.stderr.isatty():
            return
        if self.shown is None:
            if time.monotonic() - self.begun < self.PATIENCE:
                return
            self.shown = click.progressbar(
                length=total,
                label=self.label,
                item_show_func=lambda item: cut(shown_safely(item or "").rpartition("/")[2], 40),
                file=sys.stderr,
            )
            self.shown.__enter__()
        if self.shown.length != total:  # the next stretch of work begins
            self.shown.length, self.shown.pos, self.shown.finished = total, 0, False
        self.shown.update(max(done - self.shown.pos, 0), name)

    def __exit__(self, *_: object) -> None:
        if self.shown is not None:
            self.shown.update(self.shown.length - self.shown.pos, "")
            self.shown.__exit__(None, None, None)
