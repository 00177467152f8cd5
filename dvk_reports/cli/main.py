"""The group ``dvk``: finds its commands, shows Vietnamese on every stream, turns every error into one sentence.

Each module of this package that has a ``command`` is one command: a new one is one new file.
"""

from __future__ import annotations

import atexit
import gc
import logging
import pkgutil
import re
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from dvk_reports import cli
from dvk_reports._version import __version__
from dvk_reports.cli.base import DAY, Asked, Group, ask_password, read_day, tell, tell_step
from dvk_reports.cli.streams import show_everything
from dvk_reports.run.steps import locked

_ORDER = (
    "init",
    "plan",
    "forms",
    "check",
    "consolidate",
    "send",
    "close",
    "verify",
    "awards",
    "templates",
    "rules",
    "lint",
    "help",
)
"""Commands as the help lists them: in the order of the work. A command that is not named here comes last."""
_SELDOM = 1_000_000
"""After so many new objects Python looks for cycles among them, which small commands do not come to; of itself it looks
after 700, at every few imports."""


def main() -> None:
    """Entry point: a stream that cannot show Vietnamese must never stop the run."""
    show_everything()
    gc.set_threshold(_SELDOM)
    # All that is left at the end goes with the process; a search of it for cycles takes a tenth of a second and more.
    atexit.register(gc.freeze)
    logging.getLogger("dvk_reports").addHandler(_Told())
    locked.asks.append(ask_password)
    try:
        code = dvk(prog_name="dvk", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        tell(error.format_message())
        code = 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "dvk"
        said = re.sub(r"'([^']+)'", r"“\1”", error.format_message())  # click's own marks around a name
        tell(f"{said}\nXem cách dùng: {command} --help", err=True)
        code = 2
    except click.Abort:
        tell("Đã dừng.", err=True)
        code = 2
    except BrokenPipeError:
        code = 1  # whoever read our lines has gone
    raise SystemExit(code if isinstance(code, int) else 0)


class _Told(logging.Handler):
    """What the library has to say beside its results, on the stream of errors."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line, as it is."""
        tell(record.getMessage(), err=True)


@contextmanager
def _errors_told() -> Iterator[None]:
    """Errors of plan, register, template or disk become one sentence and exit code 2."""
    from dvk_reports.errors import DvkError, reason_of

    try:
        yield
        return
    except DvkError as error:
        tell(f"Không chạy được: {error}", err=True)
    except BrokenPipeError:
        raise  # whoever read our lines has gone; click ends the program quietly
    except PermissionError as error:
        tell(f"Không chạy được: không có quyền đọc hoặc ghi {error.filename}. Đóng tệp rồi chạy lại.", err=True)
    except OSError as error:
        tell(f"Không chạy được: {reason_of(error)} ({error.filename or ''}).", err=True)
    except MemoryError:
        tell("Không chạy được: máy không đủ bộ nhớ. Đóng bớt chương trình khác rồi chạy lại.", err=True)
    except Exception as error:
        if isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort):
            raise
        from dvk_reports.cli.trouble import write_trouble

        at = write_trouble(error)
        sent = f" Gửi tệp {at} cho người phụ trách kỹ thuật; trong tệp không có số liệu, tên người." if at else ""
        tell(f"Không chạy được: chương trình gặp lỗi ngoài dự kiến.{sent}", err=True)
    raise SystemExit(2)


class _Dvk(Group):
    """The group at the top; whatever its commands raise is told here."""

    def invoke(self, ctx: click.Context) -> Any:
        with _errors_told():
            return super().invoke(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, without the modules of the others."""
        return _command_of(cmd_name) if cmd_name in _modules() else None

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """All of them, for a page of help or a word that is none of them."""
        return {command.name or "": command for command in commands()}

    @commands.setter
    def commands(self, given: MutableMapping[str, click.Command]) -> None:
        """A command is added by its file alone."""


@click.group(cls=_Dvk, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Thư mục làm việc (mặc định: thư mục hiện tại). Ví dụ: dvk -w samples/bao-yen",
)
@click.version_option(__version__, prog_name="dvk")
@click.option("--as-of", callback=read_day, **DAY)
@click.pass_context
def dvk(context: click.Context, workspace: Path, as_of: date | None) -> None:
    """Tổng hợp báo cáo quý Phong trào “Dân vận khéo”.

    Gõ dvk để xem thư mục làm việc đang ở bước nào và việc cần làm tiếp theo.

    Ví dụ: dvk -w samples/bao-yen consolidate 2023-Q3
    """
    context.obj = Asked(workspace, as_of)
    if context.invoked_subcommand is None:
        from dvk_reports.run.status import status

        found = status(workspace, as_of=as_of)
        for line in found.lines:
            tell(line)
        tell_step(context.obj, found.step)


def commands() -> Iterator[click.Command]:
    """The command of every module of this package that has one."""
    for name in sorted(_modules(), key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER)):
        command = _command_of(name)
        if command is not None:
            yield command


def _modules() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(cli.__path__))


def _command_of(module: str) -> click.Command | None:
    command = getattr(import_module(f"{cli.__name__}.{module}"), "command", None)
    return command if isinstance(command, click.Command) else None
