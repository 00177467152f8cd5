"""Sheet ``Tổng quan``: on one screen and one page, what needs doing first and how the targets stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dvk_reports.model.figures import MET
from dvk_reports.model.findings import Level
from dvk_reports.model.returns import UnitState
from dvk_reports.sheets.base.book import Sheet, merge, must, page, put, widths, wrapped
from dvk_reports.sheets.base.looks import (
    BAD,
    GOOD,
    GREY,
    GROUP_FILL,
    HEAD_FILL,
    LINK,
    VERDICTS,
    WAITING,
    WARNED,
    ratio_format,
)
from dvk_reports.sheets.base.tasks import Task
from dvk_reports.sheets.totals.context import (
    FILES,
    FINDINGS,
    MODELS,
    OVERVIEW,
    SOURCES,
    SUBMISSIONS,
    TARGETS,
    TASKS,
    TotalsContext,
)
from dvk_reports.sheets.totals.figures import goal_format, with_goal
from dvk_reports.sheets.totals.overview_charts import draw_charts
from dvk_reports.sheets.totals.overview_todo import first_tasks
from dvk_reports.sheets.totals.restated import NAME as RESTATED

# Column A is a margin; B … G hold what to do, H is a gap, I … O the targets.
_WIDTHS = (1.5, 12, 12, 12, 12, 12, 12, 1.5, 8, 62, 9, 10, 10, 9, 25)
LEFT, LEFT_END, RIGHT, RIGHT_END = 1, 6, 8, 14
_TASK_CHARS = 77.0  # characters that a line of B … F takes at size 10
_ROW = 15.0  # points
_TILES, _BODY = 3, 8  # first rows, counted from 0
_SINCE = "Thay đổi so với lần tổng hợp trước: tệp thay-doi.txt ở cùng thư mục."


@dataclass(frozen=True, slots=True)
class _Tile:
    number: str
    label: str
    look: dict[str, Any]


def write_overview(context: TotalsContext) -> None:
    """The sheet that opens first."""
    sheet = context.sheet(OVERVIEW)
    widths(sheet, _WIDTHS)
    sheet.set_default_row(_ROW)
    sheet.hide_gridlines(2)
    _title(context, sheet)
    _tiles(context, sheet)
    last = max(_tasks(context, sheet), draw_charts(context, sheet, _targets(context, sheet) + 1, RIGHT))
    put(sheet, last + 1, LEFT, f"{context.foot}.", context.formats(italic=True, font_size=10, font_color=GREY))
    page(sheet, area=(0, 0, last + 1, RIGHT_END), foot=context.foot)
    sheet.fit_to_pages(1, 1)
    sheet.activate()
    sheet.set_first_sheet()


def _title(context: TotalsContext, sheet: Sheet) -> None:
    formats = context.formats
    must(sheet.set_row(0, 27), OVERVIEW)
    title = f"{context.plan.info.ten}"
    put(sheet, 0, LEFT, f"TỔNG HỢP BÁO CÁO {context.title.upper()}", formats(bold=True, font_size=18, valign="vcenter"))
    beside = formats(italic=True, font_size=10, font_color=GREY, valign="vcenter", align="right")
    put(sheet, 0, RIGHT_END, title, beside)
    put(sheet, 1, LEFT, f"{context.data.sum_of_files}.", formats(font_size=11))
    if context.data.edition:
        edition = f"BẢN {context.data.edition_title.upper()}"
        shown = formats(bold=True, font_size=14, font_color=BAD["font_color"], underline=1, valign="vcenter")
        must(sheet.write_url(1, RIGHT, f"internal:'{RESTATED}'!A1", shown, edition, "Xem số liệu điều chỉnh"), edition)
    else:
        put(sheet, 1, RIGHT_END, _SINCE, beside)
    links = (TARGETS, TASKS, SUBMISSIONS, FINDINGS, FILES, SOURCES)
    look = formats(font_color=LINK, underline=1, font_size=10, align="left")
    for col, name in enumerate(links, LEFT):
        must(sheet.write_url(2, col, f"internal:'{name}'!A1", look, name), name)
    must(sheet.write_url(2, RIGHT, f"internal:'{MODELS}'!A1", look, MODELS), MODELS)


def _tiles(context: TotalsContext, sheet: Sheet) -> None:
    for col, tile in enumerate(_tile_list(context), LEFT):
        big = context.formats(bold=True, font_size=18, align="center", valign="vcenter", border=1, **tile.look)
        small = context.formats(
            font_size=9, align="center", valign="vcenter", text_wrap=True, border=1, bg_color=GROUP_FILL
        )
        merge(sheet, _TILES, col, _TILES + 1, col, tile.number, big)
        merge(sheet, _TILES + 2, col, _TILES + 3, col, tile.label, small)


def _tile_list(context: TotalsContext) -> list[_Tile]:
    data = context.data
    state = [item.state for item in data.submissions]
    missing = state.count(UnitState.MISSING)
    returned = len(state) - missing - context.accepted
    blocks = sum(finding.level is Level.BLOCK for finding in data.findings)
    warnings = sum(finding.level is Level.WARNING and not finding.answer for finding in data.findings)
    goals = with_goal(data.figures)
    met = sum(figure.verdict == MET for figure in goals)

    def colour(number: int, look: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in look.items() if key in ("bg_color", "font_color")}
        return kept if number else {"bg_color": GOOD["bg_color"], "font_color": GOOD["font_color"]}

    rest = len(state) - context.accepted
    return [
        _Tile(context.coverage, "đơn vị đã được chấp nhận", colour(rest, WARNED)),
        _Tile(str(missing), "đơn vị chưa nộp", colour(missing, WAITING)),
        _Tile(str(returned), "đơn vị trả lại, cần xác minh", colour(returned, BAD)),
        _Tile(str(blocks), "lỗi Chặn", colour(blocks, BAD)),
        _Tile(str(warnings), "Cảnh báo chưa giải trình", colour(warnings, WARNED)),
        _Tile(f"{met}/{len(goals)}", "mục tiêu đạt", colour(len(goals) - met, WARNED)),
    ]


def _tasks(context: TotalsContext, sheet: Sheet) -> int:
    """What to do first, at the left; the row after the last line."""
    formats = context.formats
    head = formats(bold=True, bg_color=HEAD_FILL, border=1, valign="vcenter")
    merge(sheet, _BODY, LEFT, _BODY, LEFT_END, "Việc cần làm trước", head)
    row = _BODY + 1
    for task in first_tasks(context):
        row = _task(context, sheet, row, task)
    return row


def _task(context: TotalsContext, sheet: Sheet, row: int, task: Task) -> int:
    """One task over as many rows as its text needs; it leads to the sheet where the work is done."""
    last = row + wrapped(f"{task.head} {task.text}", _TASK_CHARS) - 1
    line = {"font_size": 10, "border": 1, "border_color": "#A6A6A6"}
    box = context.formats(**line, text_wrap=True)
    merge(sheet, row, LEFT, last, LEFT_END - 1, "" if task.text else task.head, box)
    if task.text:
        bold, plain = context.formats(bold=True, font_size=10), context.formats(font_size=10)
        must(sheet.write_rich_string(row, LEFT, bold, task.head, plain, f" {task.text}", box), task.head)
    link = context.formats(**line, font_color=LINK, underline=1, shrink=True)
    merge(sheet, row, LEFT_END, last, LEFT_END, task.sheet, link)
    if task.sheet:
        must(sheet.write_url(row, LEFT_END, f"internal:'{task.sheet}'!A1", link, task.sheet), task.head)
    return last + 1


def _targets(context: TotalsContext, sheet: Sheet) -> int:
    """The targets of the plan, at the right, from the row of the tiles; the row after the last line."""
    formats = context.formats
    head = formats(bold=True, bg_color=HEAD_FILL, border=1, align="center", valign="vcenter", text_wrap=True)
    captions = ("Mã", "Mục tiêu của Kế hoạch", "Phải đạt", "Thực tế", "Kỳ trước", "n/N", "Kết luận")
    for col, caption in enumerate(captions, RIGHT):
        put(sheet, _TILES, col, caption, head)
    row = _TILES + 1
    for figure in with_goal(context.data.figures):
        text = {"font_size": 10, "border": 1, "border_color": "#A6A6A6", "valign": "vcenter"}
        link = formats(**text, font_color=LINK, underline=1)
        must(sheet.write_url(row, RIGHT, f"internal:'{TARGETS}'!A1", link, figure.code), figure.code)
        put(sheet, row, RIGHT + 1, figure.name, formats(**text, shrink=True))
        goal = goal_format(figure.target) if figure.target is not None else "General"
        put(sheet, row, RIGHT + 2, figure.target, formats(**text, align="right", num_format=goal))
        shape = ratio_format(figure.value) if figure.value is not None else "General"
        put(sheet, row, RIGHT + 3, figure.value, formats(**text, align="right", bold=True, num_format=shape))
        owed = f"{figure.reported}/{figure.owed}" if figure.owed is not None and figure.reported is not None else None
        partial = {"bg_color": WARNED["bg_color"]} if figure.partial else {}
        before = ratio_format(figure.previous) if figure.previous is not None else "General"
        put(sheet, row, RIGHT + 4, figure.previous, formats(**text, align="right", num_format=before))
        put(sheet, row, RIGHT + 5, owed, formats(**text, align="center", **partial))
        put(sheet, row, RIGHT + 6, figure.verdict, formats(**{**text, **VERDICTS.get(figure.verdict, {})}))
        row += 1
    return row
