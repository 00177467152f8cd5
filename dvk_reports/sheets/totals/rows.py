"""The sheets of the form: every accepted row of every unit, from which the history of a quarter is read back.

Extra columns follow the form's: ``dung`` names the keys of that row that are stopped; on the cover ``bieu_co`` and
``bieu_dung`` name the sheets that the unit's file has and those of them that are stopped as a whole, so that an absent
sheet, an empty one and a stopped one stay three things.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dvk_reports.model.findings import Stop
from dvk_reports.model.packed import Picked
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row, Typed, column_letter
from dvk_reports.plan.book.in_force import changed
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import FieldSpec, SheetSpec
from dvk_reports.plan.office import Office
from dvk_reports.sheets.base.book import WHOLE
from dvk_reports.sheets.base.looks import CENTRE, DOUBTFUL, GREY, RIGHT, WRAP
from dvk_reports.sheets.base.pages import ON_SCREEN, Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.totals.context import TotalsContext

_FIXED = (
    Column("ma_don_vi", "Mã đơn vị", 17),
    Column("ten_don_vi", "Tên đơn vị", 28, WRAP),
    Column("ky", "Kỳ", 9, CENTRE),
    Column("tep", "Tệp", 24, {**WRAP, "font_color": GREY}),
    Column("dong", "Dòng trong tệp", 7, {**CENTRE, "font_color": GREY}),
)
_STOPPED = Column("dung", "Ô bị dừng", 20, {"font_color": GREY})
_PRESENT = Column("bieu_co", "Các biểu có trong tệp", 24, {"font_color": GREY})
_STOPPED_SHEETS = Column("bieu_dung", "Biểu bị dừng", 12, {"font_color": GREY})
_LAYOUT = Column("bo_cuc", "Vị trí ô trong tệp", 12, {"font_color": GREY})
COUNTER = "so_mo_hinh"
"""Column of the sheet of thôn that a form fills in by a formula."""
_FIXED_KEYS = tuple(column.key for column in _FIXED)
_WIDTHS = {"nguyen": 10.0, "so": 12.0, "ngay": 12.0, "co_khong": 9.0, "chon": 16.0, "chu": 24.0}
_PROSE = 55.0  # a sheet of nothing but text (B11)


def write_rows(context: TotalsContext) -> None:
    """One sheet for each sheet of the form, in its order."""
    for spec in sheets_of(context.office, context.period).values():
        _write_sheet(context, spec)


def sheets_of(office: Office, period: Period) -> Mapping[str, SheetSpec]:
    """Name -> sheet of the form, as it stands in the last quarter of a period that has it.

    Over a change of the rule book a sheet has the columns of all its quarters; what the last one has no more comes
    last, and is blank in the rows of the quarters that did not ask for it.
    """
    found: dict[str, SheetSpec] = {}
    for quarter in period.quarters:
        for spec in office.plan_of(quarter).forms.bieu:
            before = found.get(spec.ma, spec)
            gone = [item for key, item in before.fields.items() if key not in spec.fields]
            found[spec.ma] = changed(spec, truong=[*spec.truong, *gone]) if gone else spec
    return {name: found[name] for name in office.plan.sheets if name in found}


def form_fields(spec: SheetSpec) -> tuple[FieldSpec, ...]:
    """The fields that have a column of their own; on the cover unit, name and period stand once, in front."""
    return tuple(item for item in spec.truong if spec.vai is not SheetRole.COVER or item.khoa not in _FIXED_KEYS)


def _write_sheet(context: TotalsContext, spec: SheetSpec) -> None:
    fields = form_fields(spec)
    extra = (_PRESENT, _STOPPED_SHEETS, _LAYOUT, _STOPPED) if spec.vai is SheetRole.COVER else (_STOPPED,)
    columns = (*_FIXED, *(_column(spec, item) for item in fields), *extra)
    remarks = [
        f"Mọi dòng đã được chấp nhận, {context.title}. Ô tô màu, viền đứt là ô bị dừng hoặc không đọc được: "
        "giữ nguyên chữ của đơn vị, không tính vào chỉ tiêu; mã các ô đó ở cột “Ô bị dừng”.",
        ON_SCREEN,
    ]
    layout = PageLayout(printed=len(_FIXED) + len(fields), on_screen=True)
    page = Page(context, spec.ma, columns, f"{spec.ma}. {spec.ten}", remarks, layout)
    first, picked = page.row, Picked([item.khoa for item in fields])
    for used in context.data.used:
        for line in _lines(context, spec, fields, used, picked):
            page.line(line)
    if page.row == first:
        page.remark("Không có dòng nào.")
    page.close()


def _column(spec: SheetSpec, item: FieldSpec) -> Column:
    look = {
        "nguyen": {**RIGHT, "num_format": WHOLE},
        "so": RIGHT,
        "ngay": CENTRE,
        "co_khong": CENTRE,
        "chon": WRAP,
        "chu": WRAP,
    }[item.kieu]
    default = FieldSpec.model_fields["rong"].default
    width = float(item.rong)
    if item.rong == default:  # lines of a key/value sheet have no width of their own
        width = _PROSE if {field.kieu for field in spec.truong} == {"chu"} else _WIDTHS[item.kieu]
    return Column(item.khoa, item.heads[-1], width, look, " / ".join(item.heads[:-1]))


def _lines(
    context: TotalsContext, spec: SheetSpec, fields: tuple[FieldSpec, ...], used: UsedReturn, picked: Picked
) -> Iterator[list[object]]:
    stopped = _stopped_keys(used, spec.ma)
    begin = (used.unit, context.name_of(used.unit), used.period, used.file)
    rows = used.rows.get(spec.ma, ())
    if spec.vai is SheetRole.COVER and not rows:
        rows = (Row(spec.ma, 0, {}),)  # the return itself must be found again, even where its cover is not
    for row in rows:
        keys = stopped.get(row.number, ())
        plain = None if keys else picked.of(row)
        cells = _written(fields, row, keys) if plain is None else plain
        line: list[object] = [*begin, row.number or None, *cells]
        if spec.vai is SheetRole.HAMLETS:
            _recount(context, fields, used, row, line)
        if spec.vai is SheetRole.COVER:
            line += _of_cover(context, used)
        line.append(";".join(key for key in spec.keys if key in keys) if keys else "")
        yield line


def _of_cover(context: TotalsContext, used: UsedReturn) -> Iterator[str]:
    """Which sheets a return has, which of them are stopped, and where its cells stand."""
    own = context.office.plan_of(Quarter.parse(used.period)).sheets
    yield ";".join(name for name in own if name in used.rows)
    yield ";".join(name for name in own if Stop(name) in used.stops)
    yield "|".join(part for other in own.values() if (part := _layout(other, used)))


def _written(fields: tuple[FieldSpec, ...], row: Row, stopped: Collection[str]) -> Iterator[object]:
    """The cells of a row of which some are stopped or were not understood."""
    names = [item.khoa for item in fields]
    for key, cell in zip(names, row.written(names), strict=True):
        yield _shown(*cell, key in stopped)


def _recount(
    context: TotalsContext, fields: tuple[FieldSpec, ...], used: UsedReturn, row: Row, line: list[object]
) -> None:
    """Put in how many models run in a thôn, counted anew whatever the unit has typed; blank where it is not known."""
    place = next((place for place, item in enumerate(fields) if item.khoa == COUNTER), None)
    if place is None:
        return
    day = Quarter.parse(used.period).last_day
    named, _ = context.register.resolve_hamlets(used.unit, row.text("ma_thon"), day)
    counts = context.data.models_of_hamlets.get((used.unit, used.period), {})
    known = [counts[hamlet.code] for hamlet in named if hamlet.code in counts]
    line[len(_FIXED) + place] = sum(known) if known and len(known) == len(named) else None


def _layout(spec: SheetSpec, used: UsedReturn) -> str:
    """Where the cells stand in the unit's file: each cell of a key/value sheet, the moved columns of a table.

    A consolidated workbook keeps rows, not columns; without this the sources of a later figure could not name a cell.
    """
    if spec.ma not in used.rows or not used.size(spec.ma):
        return ""
    rows = used.rows[spec.ma]
    places = []
    for index, key in enumerate(spec.keys):
        value = rows[0].values.get(key)
        if value is None:
            continue
        if not spec.table:
            places.append(f"{key}={value.at.a1}")
        elif value.at.col != index + 2:
            places.append(f"{key}={column_letter(value.at.col)}")
    return f"{spec.ma}:{','.join(places)}" if places else ""


def _stopped_keys(used: UsedReturn, sheet: str) -> Mapping[int, Collection[str]]:
    """Row number -> keys that are stopped there."""
    found: dict[int, set[str]] = {}
    for stop in used.stops:
        if stop.sheet == sheet and stop.key:
            found.setdefault(stop.row, set()).add(stop.key)
    return found


def _shown(text: str, typed: Typed | None, stopped: bool) -> object:
    if text == "":
        return StyledValue(None, DOUBTFUL) if stopped else None
    if typed is None:
        return StyledValue(text, {**DOUBTFUL, "num_format": "General"})
    return StyledValue(typed, DOUBTFUL) if stopped else typed
