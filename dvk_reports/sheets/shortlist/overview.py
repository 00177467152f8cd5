"""Sheet ``Tổng quan`` of ``xet-chon.xlsx``: what needs doing first, the quotas, how many stand where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dvk_reports.model.choosing import Need, choice_of, line_of, need_of
from dvk_reports.model.proposals import GateState, Outcome, Proposal
from dvk_reports.sheets.base.book import WHOLE, Sheet, cell, lines_of, merge, must, page, put, put_formula, widths
from dvk_reports.sheets.base.looks import BAD, GREY, HEAD_FILL, LINK
from dvk_reports.sheets.base.tasks import Task, some
from dvk_reports.sheets.shortlist.pages import (
    BUDGET,
    CARDS,
    DOUBTS,
    GATES,
    GONE,
    OUTCOMES,
    OVERVIEW,
    PROPOSALS,
    QUOTAS,
    RANKING,
    RESULTS,
    SPREAD,
    YEARS,
    ShortlistContext,
    quota_at,
)

# Column A is a margin; B holds words, C … I numbers.
_WIDTHS = (1.5, 62, 12, 12, 12, 12, 12, 12, 20)
_LAST = len(_WIDTHS) - 1
_TASK_CHARS = 118.0  # characters that a line of B … H takes at size 10
_MANY = 8
_HEAD = {"bold": True, "bg_color": HEAD_FILL, "border": 1, "valign": "vcenter", "text_wrap": True}
_CELL = {"border": 1, "border_color": "#A6A6A6", "font_size": 10, "text_wrap": True}


def write_overview(context: ShortlistContext) -> None:
    """Write the first sheet of the shortlist: what is proposed, and what needs a person."""
    sheet = context.sheet(OVERVIEW)
    widths(sheet, _WIDTHS)
    sheet.hide_gridlines(2)
    must(sheet.set_row(0, 27), OVERVIEW)
    title = f"XÉT CHỌN BIỂU DƯƠNG, KHEN THƯỞNG - {context.title.upper()}"
    put(sheet, 0, 1, title, context.formats(bold=True, font_size=16, valign="vcenter"))
    put(sheet, 1, 1, context.data.name, context.formats(italic=True, font_size=11))
    _links(context, sheet)
    row = _tasks(context, sheet, 4)
    row = _quotas(context, sheet, row + 1)
    row = _outcomes(context, sheet, row + 1)
    row = _notes(context, sheet, row + 1)
    put(sheet, row, 1, f"{context.foot}.", context.formats(italic=True, font_size=10, font_color=GREY))
    page(sheet, area=(0, 0, row, _LAST), foot=context.title)
    sheet.fit_to_pages(1, 1)
    sheet.activate()
    sheet.set_first_sheet()


def _links(context: ShortlistContext, sheet: Sheet) -> None:
    look = context.formats(font_color=LINK, underline=1, font_size=10)
    for col, name in enumerate((PROPOSALS, QUOTAS, RANKING, GATES, YEARS, DOUBTS, SPREAD, CARDS), 1):
        must(sheet.write_url(2, col, f"internal:'{name}'!A1", look, name), name)
    must(sheet.write_url(3, 1, f"internal:'{RESULTS}'!A1", look, f"{RESULTS} (ghi sau khi họp xét)"), RESULTS)


def _tasks(context: ShortlistContext, sheet: Sheet, row: int) -> int:
    merge(sheet, row, 1, row, _LAST, "Việc cần làm trước", context.formats(**_HEAD))
    box, link = context.formats(**_CELL), context.formats(**_CELL, font_color=LINK, underline=1)
    for task in first_tasks(context):
        row += 1
        text = f"{task.head} {task.text}".strip()
        must(sheet.set_row(row, lines_of(text, _TASK_CHARS) * 14 + 3), task.head)
        merge(sheet, row, 1, row, _LAST - 1, text, box)
        put(sheet, row, _LAST, task.sheet, link)
        if task.sheet:
            must(sheet.write_url(row, _LAST, f"internal:'{task.sheet}'!A1", link, task.sheet), task.head)
    return row + 1


def first_tasks(context: ShortlistContext) -> list[Task]:
    """In the order in which they are to be done; one line that says so where there is none."""
    tasks = [*_reading(context), *_choices(context), *_standing(context), *_lacking(context)]
    return tasks or [Task("Không còn việc phải làm trước khi họp xét.")]


def _reading(context: ShortlistContext) -> Iterator[Task]:
    if context.data.missing_quarters:
        names = ", ".join(context.data.missing_quarters)
        yield Task("Chưa có số liệu của các kỳ:", f"{names}. Tổng hợp các kỳ này rồi lập lại danh sách.")
    if not context.proposals:
        yield Task(f"Chưa có đề nghị nào{context.form_sheet} trong các kỳ đã đọc.")
    gone = [key for key in context.chosen.choices if key not in context.by_id]
    if gone:
        whose = [context.chosen.gone[key].name if key in context.chosen.gone else key for key in sorted(gone)]
        yield Task(f"{len(gone)} quyết định đã ghi cho đề nghị nay không còn:", some(whose, _MANY, "trường hợp"), GONE)


def _choices(context: ShortlistContext) -> Iterator[Task]:
    needs: dict[Need, list[Proposal]] = {}
    for item in context.proposals:
        need = need_of(context.chosen, item, context.counted)
        if need is not None and (need is Need.UNKNOWN or not choice_of(context.chosen, item).reason):
            needs.setdefault(need, []).append(item)
    for need in Need:
        if need in needs:
            words = need.value if need is Need.UNKNOWN else f"{need.value}, cần ghi lý do"
            yield Task(f"{words} ({len(needs[need])}):", _names(needs[need]), PROPOSALS)
    numbers = {(quota.form, quota.kind): quota.number for quota in context.data.quotas}
    over = [f"{form} - {kind}" for (form, kind), number in numbers.items() if context.counted[form, kind] > number]
    if over:
        yield Task("Vượt chỉ tiêu:", f"{'; '.join(over)}.", QUOTAS)


def _standing(context: ShortlistContext) -> Iterator[Task]:
    wanted = (
        (Outcome.TO_VERIFY, "Cần xác minh với đơn vị trước khi xét", DOUBTS),
        (Outcome.TIED, "Ngang nhau tại ranh giới chỉ tiêu, người có thẩm quyền chọn và ghi lý do", RANKING),
        (Outcome.NOT_CONSIDERED, "Chưa xét, chờ bổ sung căn cứ", GATES),
    )
    for outcome, words, sheet in wanted:
        members = [item for item in context.proposals if item.outcome is outcome]
        if members:
            yield Task(f"{words} ({len(members)}):", _names(members), sheet)


def _lacking(context: ShortlistContext) -> Iterator[Task]:
    count = sum(gate.state is GateState.LACKING for item in context.proposals for gate in item.gates)
    if count:
        subjects = sum(any(gate.state is GateState.LACKING for gate in item.gates) for item in context.proposals)
        yield Task(f"{count} điều kiện thiếu căn cứ ở {subjects} đề nghị:", "chưa đủ hồ sơ hoặc số liệu.", GATES)
    unverified = dict.fromkeys(item.money_note for item in context.proposals if item.money_note)
    if unverified:
        yield Task("Tiền thưởng:", f"{'; '.join(unverified)}.", BUDGET)


def _names(members: list[Proposal]) -> str:
    return some([item.candidate.name for item in members], _MANY, "trường hợp")


def _captions(context: ShortlistContext, sheet: Sheet, row: int, captions: tuple[str, ...]) -> None:
    must(sheet.set_row(row, 32), "tiêu đề")
    for col, caption in enumerate(captions, 1):
        put(sheet, row, col, caption, context.formats(**_HEAD, align="left" if col == 1 else "center"))


def _quotas(context: ShortlistContext, sheet: Sheet, row: int) -> int:
    """The quotas in short: the same live numbers as ``Chỉ tiêu khen``."""
    _captions(context, sheet, row, ("Hình thức, phân loại", "Chỉ tiêu", "Đã chọn", "Còn lại"))
    number = context.formats(**_CELL, align="center", num_format=WHOLE)
    first = row + 1
    for place, quota in enumerate(context.data.quotas):
        row += 1
        taken = context.counted[quota.form, quota.kind]
        put(sheet, row, 1, f"{quota.form} - {quota.kind}", context.formats(**_CELL))
        for col, key, value in ((2, "chi_tieu", quota.number), (3, "da_chon", taken)):
            put_formula(sheet, row, col, f"={quota_at(key, place)}", value, number)
        put_formula(sheet, row, 4, f"={cell(row, 2)}-{cell(row, 3)}", quota.number - taken, number)
    if context.data.quotas:
        red = {"type": "formula", "criteria": f"={cell(first, 4, col_abs=True)}<0", "format": context.formats(**BAD)}
        must(sheet.conditional_format(first, 1, row, 4, red), "dòng vượt chỉ tiêu")
    return row + 1


def _outcomes(context: ShortlistContext, sheet: Sheet, row: int) -> int:
    """How many proposals of each form and class stand where."""
    _captions(context, sheet, row, ("Số đề nghị theo kết quả", "Cộng", *(outcome.value for outcome in Outcome)))
    counts = Counter((line_of(item), item.outcome) for item in context.proposals)
    look = context.formats(**_CELL, align="center", num_format=WHOLE)
    for line in context.lines:
        row += 1
        put(sheet, row, 1, f"{line[0]} - {line[1]}", context.formats(**_CELL))
        put(sheet, row, 2, sum(counts[line, outcome] for outcome in Outcome), look)
        for col, outcome in enumerate(Outcome, 3):
            number = counts[line, outcome]
            shade = {k: v for k, v in OUTCOMES[outcome].items() if k in ("bg_color", "font_color")} if number else {}
            put(sheet, row, col, number, context.formats(**_CELL, align="center", num_format=WHOLE, **shade))
    return row + 1


def _notes(context: ShortlistContext, sheet: Sheet, row: int) -> int:
    quarters = ", ".join(context.data.quarters) or "chưa có"
    notes = (f"Các kỳ đã đọc: {quarters}.", *context.data.notes)
    merge(sheet, row, 1, row, _LAST, "Điều cần biết khi đọc", context.formats(**_HEAD))
    for note in notes:
        row += 1
        must(sheet.set_row(row, lines_of(note, _TASK_CHARS + 12) * 14 + 3), note)
        merge(sheet, row, 1, row, _LAST, note, context.formats(**_CELL))
    return row + 2
