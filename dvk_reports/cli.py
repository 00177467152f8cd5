"""The command ``dvk``: options in, lines and an exit code out. 0 clean, 1 something needs the clerk, 2 not run."""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dvk_reports._version import __version__
from dvk_reports.vietnamese.text import nearest

if TYPE_CHECKING:
    from dvk_reports.model.records import Finding
    from dvk_reports.run import Result

F = TypeVar("F", bound=Callable[..., Any])
_SHOWN = 15
"""Messages shown on the screen; all of them stand in sheet Lỗi."""


def main() -> None:
    """Entry point: a stream that cannot show Vietnamese must never stop the run."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = dvk(prog_name="dvk", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "dvk"
        click.echo(f"{_in_vietnamese(error)}\nXem cách dùng: {command} --help", err=True)
        code = 2
    except click.Abort:
        click.echo("Đã dừng.", err=True)
        code = 2
    except BrokenPipeError:
        code = 1  # whoever read our lines has gone
    raise SystemExit(code if isinstance(code, int) else 0)


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
        if not sys.stderr or not sys.stderr.isatty():
            return
        if self.shown is None:
            if time.monotonic() - self.begun < self.PATIENCE:
                return
            self.shown = click.progressbar(
                length=total, label=self.label, item_show_func=lambda item: (item or "")[-40:], file=sys.stderr
            )
            self.shown.__enter__()
        if self.shown.length != total:  # the next stretch of work begins
            self.shown.length, self.shown.pos, self.shown.finished = total, 0, False
        self.shown.update(max(done - self.shown.pos, 0), name)

    def __exit__(self, *_: object) -> None:
        if self.shown is not None:
            self.shown.update(self.shown.length - self.shown.pos, "")
            self.shown.__exit__(None, None, None)


def _in_vietnamese(error: click.UsageError) -> str:
    """The mistake on the command line as a Vietnamese sentence."""
    if isinstance(error, click.NoSuchOption):
        close = f" Có phải là {error.possibilities[0]}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{close}"
    if isinstance(error, click.MissingParameter):
        missing = error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else ""
        return f"Thiếu {missing}."
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param is not None else ""
        return f"{name}: {error.message}"
    found = re.match(r"No such command ['\"](.+?)['\"]", error.message)
    if found:
        near = nearest(found[1], dvk.commands)
        return f"Không có lệnh “{found[1]}”." + (f" Có phải là “{near}”?" if near else "")
    return f"Lệnh viết chưa đúng ({error.message})"


class Words(click.Command):
    """A command whose help is headed in Vietnamese."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **attributes)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        with formatter.section("Tùy chọn"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Xem cách dùng rồi thôi."
        return option


class Group(Words, click.Group):
    """The group itself: its commands are listed after its options."""

    command_class = Words

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("subcommand_metavar", "LỆNH …")
        super().__init__(*args, **attributes)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Words.format_options(self, ctx, formatter)
        lines = [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
        with formatter.section("Các lệnh"):
            formatter.write_dl(lines)


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter("ghi ngày dạng 2023-10-12 (năm-tháng-ngày).") from None


as_of_option = click.option(
    "--as-of", metavar="YYYY-MM-DD", callback=_day, help="Ngày lập (mặc định: hôm nay). Ví dụ: --as-of 2023-10-12"
)


def told(command: F) -> F:
    """Errors of plan, register, template or disk become one sentence and exit code 2."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        from dvk_reports.errors import DvkError, reason_of

        try:
            return command(*args, **options)
        except DvkError as error:
            click.echo(f"Không chạy được: {error}", err=True)
        except BrokenPipeError:
            raise  # whoever read our lines has gone; click ends the program quietly
        except PermissionError as error:
            click.echo(
                f"Không chạy được: không có quyền đọc hoặc ghi {error.filename}. Đóng tệp rồi chạy lại.", err=True
            )
        except OSError as error:
            click.echo(f"Không chạy được: {reason_of(error)} ({error.filename or ''}).", err=True)
        raise SystemExit(2)

    return run  # type: ignore[return-value]


@click.group(cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Thư mục làm việc (mặc định: thư mục hiện tại). Ví dụ: dvk -w samples/bao-yen",
)
@click.version_option(__version__, prog_name="dvk", message="%(prog)s %(version)s", help="Xem số phiên bản rồi thôi.")
@as_of_option
@click.pass_context
@told
def dvk(context: click.Context, workspace: Path, as_of: date | None) -> None:
    """Tổng hợp báo cáo quý Phong trào “Dân vận khéo”.

    Gõ dvk để xem thư mục làm việc đang ở bước nào và việc cần làm tiếp theo.

    Ví dụ: dvk -w samples/bao-yen consolidate 2023-Q3
    """
    context.obj = workspace
    if context.invoked_subcommand is None:
        from dvk_reports.run import status

        found = status(workspace, as_of=as_of)
        for line in found.lines:
            click.echo(line)
        click.echo(f"Việc tiếp theo: {found.next_step}")


def workspace_option(command: F) -> F:
    """``-w`` may also stand behind the command."""
    return click.option(
        "-w", "--workspace", "own", type=click.Path(path_type=Path), metavar="DIR", help="Thư mục làm việc."
    )(command)


@dvk.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@told
def init(folder: Path) -> None:
    """Tạo thư mục làm việc mới với danh mục có sẵn các xã, thị trấn. Ví dụ: dvk init D:/dan-van-kheo"""
    from dvk_reports.run import init_workspace

    made = init_workspace(folder)
    click.echo(f"Đã tạo thư mục làm việc {made}.")
    click.echo("Mở danh-muc.xlsx, bổ sung các chi, đảng bộ cơ quan và thôn, tổ dân phố; rồi: dvk forms KỲ")


@dvk.command()
@click.argument("period", metavar="KY")
@click.option("--unit", metavar="MA", help="Chỉ làm biểu mẫu của một đơn vị. Ví dụ: --unit DB-XA-02950")
@workspace_option
@as_of_option
@click.pass_obj
@told
def forms(workspace: Path, period: str, unit: str | None, own: Path | None, as_of: date | None) -> None:
    """Tạo biểu mẫu và thư gửi từng đơn vị. Ví dụ: dvk forms 2023-Q3"""
    from dvk_reports.run import make_forms

    with Bar("Đang tạo biểu mẫu") as bar:
        result = make_forms(own or workspace, period, unit=unit, as_of=as_of, progress=bar)
    click.echo(f"Đã tạo {len(result.units)} biểu mẫu và thư nháp trong {result.folder}.")
    if result.prefilled:
        click.echo(f"{len(result.prefilled)} biểu mẫu đã in sẵn mô hình của kỳ trước.")
    if result.without_mail:
        click.echo(
            f"{len(result.without_mail)} đơn vị chưa có thư điện tử trong danh mục (cột email): "
            + ", ".join(result.without_mail)
        )


@dvk.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In danh sách lỗi dạng JSON, khóa như trang Lỗi.")
@workspace_option
@as_of_option
@click.pass_obj
@told
def check(workspace: Path, paths: tuple[Path, ...], as_json: bool, own: Path | None, as_of: date | None) -> None:
    """Kiểm tra tệp biểu mẫu bất kỳ, không ghi gì. Ví dụ: dvk check DVK_DB-XA-02950_2023-Q3.xlsx"""
    from dvk_reports.run import check_files

    with Bar("Đang đọc") as bar:
        result = check_files(own or workspace, paths, as_of=as_of, progress=bar)
    if as_json:
        click.echo(json.dumps(result.rows(), ensure_ascii=False, indent=1))
    else:
        for item in result.files:
            if item.state is not None:
                click.echo(f"{item.file}: {item.state.value} - {item.reason}")
                continue
            name = f"{item.unit or 'không rõ đơn vị'}, kỳ {item.period or 'không rõ'}"
            click.echo(f"{item.file} ({name}): {'không có lỗi' if not item.findings else ''}".rstrip(": "))
            for line in item.messages:
                click.echo(f"  {line}")
    if result.left_out:
        click.echo("Không có danh-muc.xlsx nên chưa kiểm tra:", err=as_json)
        for line in result.left_out:
            click.echo(f"  - {line}", err=as_json)
    raise SystemExit(0 if result.clean else 1)


@dvk.command()
@click.argument("period", metavar="KY")
@click.option("--csv", is_flag=True, help="Ghi thêm mỗi trang số liệu thành một tệp CSV, để nạp vào phần mềm khác.")
@workspace_option
@as_of_option
@click.pass_obj
@told
def consolidate(workspace: Path, period: str, csv: bool, own: Path | None, as_of: date | None) -> None:
    """Việc chính: đọc nhan-ve/KỲ, ghi ket-qua/KỲ. Ví dụ: dvk consolidate 2023-Q3"""
    from dvk_reports.run import consolidate as run

    with Bar("Đang đọc") as bar:
        result = run(own or workspace, period, as_of=as_of, progress=bar, csv=csv)
    _print_result(result)
    raise SystemExit(0 if result.clean else 1)


@dvk.command()
@click.argument("period", metavar="KY")
@workspace_option
@as_of_option
@click.pass_obj
@told
def close(workspace: Path, period: str, own: Path | None, as_of: date | None) -> None:
    """Khóa một quý: niêm phong đầu vào, kết quả, quy định vào luu/KỲ.zip. Ví dụ: dvk close 2023-Q3"""
    from dvk_reports.run import close_period

    found = close_period(own or workspace, period, as_of=as_of)
    edition = f", bổ sung lần {found.edition}" if found.edition else ""
    click.echo(f"Đã khóa kỳ {found.period}{edition}: {found.files} tệp trong {found.path}.")
    click.echo(f"Mã niêm phong (SHA-256), ghi lại để đối chiếu: {found.sha256}")
    for line in found.remarks:
        click.echo(f"  {line}")
    raise SystemExit(0 if found.clean else 1)


@dvk.command()
@click.argument("archive", metavar="ZIP", type=click.Path(path_type=Path))
@click.pass_obj
@told
def verify(workspace: Path, archive: Path) -> None:
    """Chạy lại một quý đã khóa, so từng byte; không ghi gì. Ví dụ: dvk verify luu/2023-Q3.zip"""
    from dvk_reports.run import verify_archive

    found = verify_archive(archive if archive.exists() else workspace / archive)
    click.echo(f"Niêm phong của {found.path.name} còn nguyên vẹn. Mã niêm phong: {found.sha256}")
    click.echo(found.summary)
    for line in (*found.differences, *found.versions, *found.by_hand):
        click.echo(f"  {line}")
    raise SystemExit(0 if found.same else 1)


@dvk.group(cls=Group)
def awards() -> None:
    """Đợt biểu dương, khen thưởng: xét đề nghị, lập dự thảo. Ví dụ: dvk awards propose 2023-10"""


@awards.command("propose")
@click.argument("name", metavar="DOT")
@workspace_option
@as_of_option
@click.pass_obj
@told
def awards_propose(workspace: Path, name: str, own: Path | None, as_of: date | None) -> None:
    """Xét đề nghị của một đợt, ghi khen-thuong/DOT/xet-chon.xlsx. Ví dụ: dvk awards propose 2023-10"""
    from dvk_reports.run import propose_awards

    result = propose_awards(own or workspace, name, as_of=as_of)
    counts = ", ".join(f"{number} {outcome.value}" for outcome, number in result.counts.items())
    click.echo(f"{len(result.shortlist.proposals)} đề nghị" + (f": {counts}" if counts else ""))
    for note in result.shortlist.notes:
        click.echo(f"  {note}")
    _print_choices(result.findings, result.changes)
    click.echo(f"Đã ghi {result.folder / result.file}. Chương trình chỉ đề xuất; người có thẩm quyền quyết định.")
    if result.kept:
        click.echo(result.kept)
    raise SystemExit(0 if result.clean else 1)


@awards.command("draft")
@click.argument("name", metavar="DOT")
@click.option(
    "--recognise",
    metavar="MA",
    help="Chỉ lập quyết định công nhận của chính đơn vị MA, theo biểu B9a. Ví dụ: --recognise DB-XA-02950",
)
@workspace_option
@as_of_option
@click.pass_obj
@told
def awards_draft(workspace: Path, name: str, recognise: str | None, own: Path | None, as_of: date | None) -> None:
    """Lập dự thảo từ xet-chon.xlsx đã được người xét. Ví dụ: dvk awards draft 2023-10 --as-of 2023-10-12"""
    from dvk_reports.run import draft_awards

    result = draft_awards(own or workspace, name, as_of=as_of, recognise=recognise)
    _print_choices(result.findings, result.changes)
    if result.stopped:
        click.echo(f"Không lập dự thảo: {len(result.stopped)} chỗ trong xet-chon.xlsx phải ghi lại trước.", err=True)
        raise SystemExit(2)
    for note in result.notes:
        click.echo(f"  {note}")
    click.echo(f"Đã ghi {len(result.written)} tệp trong {result.folder}: {', '.join(_by_folder(result.written))}")
    if result.missing:
        click.echo(f"Dự thảo còn {result.missing} chỗ “[CẦN BỔ SUNG]” phải điền trước khi trình ký.")
    for kept in result.kept:
        click.echo(f"{kept} đã được người dùng sửa nên giữ nguyên; bản mới nằm bên cạnh.")
    raise SystemExit(0 if result.clean else 1)


def _print_choices(findings: tuple[Finding, ...], changes: tuple[str, ...]) -> None:
    """What is wrong with the clerk's copy of a shortlist, and what has changed under it."""
    for finding in findings[:_SHOWN]:
        where = f"{finding.sheet} {finding.cell}: ".lstrip() if finding.cell else ""
        click.echo(f"  {finding.level} {where}{finding.text} {finding.remedy}")
    if len(findings) > _SHOWN:
        click.echo(f"  … và {len(findings) - _SHOWN} chỗ khác.")
    if changes:
        click.echo("So với lần xét trước:")
        for line in changes[:_SHOWN]:
            click.echo(f"  {line}")
        if len(changes) > _SHOWN:
            click.echo(f"  … và {len(changes) - _SHOWN} thay đổi khác.")


@dvk.group(cls=Group)
def templates() -> None:
    """Mẫu Word của cơ quan trong mau-word: kiểm tra, liệt kê các trường. Ví dụ: dvk templates check"""


@templates.command("check")
@workspace_option
@click.pass_obj
@told
def templates_check(workspace: Path, own: Path | None) -> None:
    """Kiểm tra mẫu Word trong mau-word: trường lạ, trường chưa dùng, dấu bị vỡ. Ví dụ: dvk templates check"""
    from dvk_reports.run import check_templates

    problems = check_templates(own or workspace)
    for problem in problems:
        click.echo(str(problem))
    if not problems:
        click.echo("Mẫu Word trong mau-word không có lỗi (không có mẫu riêng thì dùng mẫu kèm theo).")
    raise SystemExit(1 if problems else 0)


@templates.command("fields")
@told
def templates_fields() -> None:
    """Liệt kê mọi trường dùng được trong mẫu Word, kèm ví dụ. Ví dụ: dvk templates fields"""
    from dvk_reports.run import template_fields

    template = ""
    for field in template_fields():
        if field.template != template:
            template = field.template
            click.echo(f"{template}:")
        click.echo(f"  {{{{ {field.name} }}}}  {field.meaning}  Ví dụ: {field.example}")


@dvk.command()
@click.argument("file", metavar="[FILE.xlsx]", required=False, type=click.Path(path_type=Path))
@as_of_option
@told
def rules(file: Path | None, as_of: date | None) -> None:
    """In mọi luật kiểm tra thành câu, hoặc ghi ra một trang Excel. Ví dụ: dvk rules luat-kiem-tra.xlsx"""
    from dvk_reports.run import list_rules

    found = list_rules(file=file, as_of=as_of)
    if file is None:
        for line in found.lines:
            click.echo(line)
    else:
        click.echo(f"Đã ghi {len(found.rules)} luật vào {file}.")


@dvk.command()
@click.argument("papers", nargs=-1, required=True, metavar="FILE.docx…", type=click.Path(path_type=Path))
@as_of_option
@click.pass_obj
@told
def lint(workspace: Path, papers: tuple[Path, ...], as_of: date | None) -> None:
    """So văn bản Word với thể thức của Đảng, của Nhà nước. Ví dụ: dvk lint bao-cao.docx"""
    from dvk_reports.run import lint_documents

    results = lint_documents(workspace, papers, as_of=as_of)
    for result in results:
        if result.problem:
            click.echo(f"{result.path}: {result.problem}", err=True)
            continue
        doubtful = len(result.deviations) - result.certain
        click.echo(f"{result.path} ({result.profile}): {result.certain} chỗ sai thể thức, {doubtful} chỗ nên xem lại.")
        for deviation in result.deviations:
            click.echo(f"  {deviation.sentence()}")
    if any(result.problem for result in results):
        raise SystemExit(2)
    raise SystemExit(1 if any(result.certain for result in results) else 0)


def _print_result(result: Result) -> None:
    from dvk_reports.model.records import FileState, UnitState

    click.echo(result.summary)
    data = result.data
    for title, states in (
        ("Chưa nộp", (UnitState.MISSING,)),
        ("Trả lại", (UnitState.REFUSED, UnitState.UNREADABLE)),
        ("Cần xác minh", (UnitState.CONFLICT,)),
    ):
        names = [item.name for item in data.submissions if item.state in states]
        if names:
            click.echo(f"{title} ({len(names)}): {'; '.join(names)}")
    for record in data.files:
        if record.state not in (FileState.USED, FileState.SKIPPED, FileState.CONFLICT):
            click.echo(f"  {record.state.value}: {_short(record.file)} - {_short(record.reason)}")
    for unit in dict.fromkeys(record.unit for record in data.files if record.state is FileState.CONFLICT):
        files = [_short(r.file) for r in data.files if r.state is FileState.CONFLICT and r.unit == unit]
        more = f" và {len(files) - _FEW} tệp khác" if len(files) > _FEW else ""
        click.echo(f"  Cần xác minh: {unit} có các tệp cùng phiên bản, khác nội dung: {'; '.join(files[:_FEW])}{more}")
    if data.edition:
        click.echo(f"Kỳ đã khóa trước đây; đây là bản {data.edition_title}: {'; '.join(data.edition_reasons)}.")
    _print_messages(result.messages)
    waiting = [step for item in data.hamlets for step in item.steps]
    if waiting:
        click.echo("Thay đổi thôn, tổ dân phố chưa có trong danh-muc.xlsx:")
        for step in waiting:
            click.echo(f"  {step}")
    for unit, done, asked in result.closed:
        click.echo(f"  {unit}: {done}/{asked} lỗi đã sửa hoặc đã giải trình.")
    if result.changed:
        click.echo("So với lần tổng hợp trước:")
        for line in result.changed:
            click.echo(f"  {line}")
    click.echo(f"Đã ghi {len(result.written)} tệp trong {result.folder}: {', '.join(_by_folder(result.written))}")
    if result.missing:
        click.echo(f"Báo cáo còn {result.missing} chỗ “[CẦN BỔ SUNG]” phải điền trước khi trình ký.")
    for name in result.kept:
        click.echo(f"{name} đã được người dùng sửa nên giữ nguyên; bản mới nằm bên cạnh.")


_FEW, _WIDE = 4, 100


def _short(text: str) -> str:
    """A path as it fits a line of the screen; the whole of it stands in sheet Tệp."""
    return text if len(text) <= _WIDE else f"…{text[-_WIDE:]}"


def _by_folder(names: tuple[str, ...]) -> list[str]:
    """Files by name, folders by how many files they hold."""
    inside = Counter(name.partition("/")[0] for name in names if "/" in name)
    return [name for name in names if "/" not in name] + [f"{name}/ ({count} tệp)" for name, count in inside.items()]


def _print_messages(messages: tuple[str, ...]) -> None:
    for line in messages[:_SHOWN]:
        click.echo(f"  {line}")
    if len(messages) > _SHOWN:
        click.echo(f"  … và {len(messages) - _SHOWN} loại lỗi khác: xem trang Lỗi của tong-hop.xlsx.")
