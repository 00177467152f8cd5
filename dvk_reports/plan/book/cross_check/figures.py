"""``figures.yaml``: operations, filters, breakdowns and stops name columns and labels that are there and fit."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.plan.book.cross_check.columns import CHOICE, DAY, NUMBER, Columns, Path
from dvk_reports.plan.book.cross_check.spans import Span, meet, span_of
from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.figures import FigureSpec, Filter, Operation, OwnLine, StopWhen
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.registry import Registered
from dvk_reports.plan.book.rulebook import Plan

_FILE = "figures.yaml"
_OPERATIONS = ("dem", "tong", "khac_nhau", "ty_so", "ham")
_NEEDS = {"dem": ("cot",), "tong": ("cot",), "khac_nhau": ("cot",), "ty_so": ("tu", "mau"), "ham": ()}
"""Operation -> the columns that it must name."""
_OF_ROWS = {"cot", "tu", "mau", "de_trong_la"}
_OF_FUNCTIONS = {"mat", "ma", "chi_ntm", "cot", "tu", "mau", "de_trong_la"}
_MADE_BY = {"ty_so": ("ty_so",), "dem": ("dem", "khac_nhau"), "tong": ("tong", "dem"), "danh_sach": ()}
"""Kind of a figure -> the operations of the closed list that give it; a function may give any."""


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """What ``figures.yaml`` says that does not fit the sheets and what can be counted."""
    for at, spec in enumerate(plan.figures.chi_tieu):
        path, span = (_FILE, "chi_tieu", at), span_of(spec)
        yield from _operation(plan, known, spec.phep, (*path, "phep"), span)
        yield from _fits(spec, path)
        yield from _stops(plan, spec, (*path, "dung_boi"), span)
        yield from _prefix(plan, spec, (*path, "phep", "mat"))
        if spec.phep.ma is not None and spec.phep.ma not in plan.figure_specs:
            yield unknown((*path, "phep", "ma"), "chỉ tiêu, nhiệm vụ", spec.phep.ma, plan.figure_specs)
        yield from _split_up(plan, spec, (*path, "chia_tu"))
        read = Columns(plan, *([spec.phep.sheet] if spec.phep.sheet else spec.sheets))
        for place, key in enumerate(spec.phan_to.cot if spec.phan_to else ()):
            yield from read.wrongs((*path, "phan_to", "cot", place), key, CHOICE, span)
        yield from _named_lines(plan, known, spec, (*path, "phan_to", "nhan"))
        for place, line in enumerate(spec.dong_rieng):
            yield from _own_line(plan, known, line, (*path, "dong_rieng", place), span)


def _operation(plan: Plan, known: Known, operation: Operation, path: Path, span: Span) -> Iterator[Wrong]:
    named = [name for name in _OPERATIONS if getattr(operation, name) is not None]
    if len(named) != 1:
        yield Wrong(path, f"phải có đúng một trong {', '.join(_OPERATIONS)}.")
        return
    (kind,) = named
    needed = _NEEDS[kind]
    for name in needed:
        if getattr(operation, name) is None:
            yield Wrong((*path, kind), f"phép {kind} phải có {name}.")
    for name in sorted(operation.model_fields_set & (_OF_ROWS if kind == "ham" else _OF_FUNCTIONS) - {*needed}):
        if not (name == "de_trong_la" and kind == "tong"):
            yield Wrong((*path, name), f"phép {kind} không dùng {name}.")
    if kind == "ham":
        yield from _reads(plan, known.figure_functions.get(operation.ham or ""), (*path, "ham"), span)
        return
    columns = Columns(plan, operation.sheet)
    types = NUMBER if kind in ("tong", "ty_so") else ()
    for name in needed:
        yield from columns.wrongs((*path, name), getattr(operation, name), types, span)
    for place, entry in enumerate(operation.loc):
        yield from _filter(plan, known, columns, entry, (*path, "loc", place), span)


def _filter(plan: Plan, known: Known, columns: Columns, entry: Filter, path: Path, span: Span) -> Iterator[Wrong]:
    asked = [name for name in ("la", "khong_la", "ham") if getattr(entry, name) is not None]
    asked += ["trong_ky"] if entry.trong_ky else []
    if len(asked) != 1:
        yield Wrong(path, "phải có đúng một trong la, khong_la, trong_ky, ham.")
        return
    if entry.ham is not None:
        yield from _reads(plan, known.row_filters.get(entry.ham), (*path, "ham"), span)
    elif entry.o is None:
        yield Wrong((*path, asked[0]), "thiếu cột (o) mà điều kiện này xét.")
    else:
        found = list(columns.wrongs((*path, "o"), entry.o, DAY if entry.trong_ky else (), span))
        yield from found
        if not found:
            words = entry.la if entry.la is not None else entry.khong_la
            yield from columns.label_wrongs((*path, asked[0]), entry.o, words, span)


def _reads(plan: Plan, function: Registered | None, path: Path, span: Span) -> Iterator[Wrong]:
    """The columns that a function reads itself are there, on every sheet that plays their role in its time."""
    for role, keys in function.reads.items() if function is not None else ():
        for sheet in plan.forms.bieu:
            if sheet.vai is not role or not meet(span_of(sheet), span):
                continue
            for key in keys:
                for wrong in Columns(plan, sheet.ma).wrongs(path, key, (), span_of(sheet, span)):
                    yield Wrong(path, f"hàm này đọc cột “{key}”: {wrong.text}", key)


def _fits(spec: FigureSpec, path: Path) -> Iterator[Wrong]:
    kind = next((name for name in _OPERATIONS if getattr(spec.phep, name) is not None), "ham")
    if kind != "ham" and kind not in _MADE_BY[spec.loai]:
        yield Wrong((*path, "loai"), f"phép {kind} không cho chỉ tiêu loại {spec.loai}.")


def _split_up(plan: Plan, spec: FigureSpec, path: Path) -> Iterator[Wrong]:
    whole = plan.figure_specs.get(spec.chia_tu)
    if spec.chia_tu and whole is None:
        yield unknown(path, "chỉ tiêu, nhiệm vụ", spec.chia_tu, plan.figure_specs)
    elif whole is not None and whole.chia_tu:
        yield Wrong(path, f"{spec.chia_tu} tự nó chia từ {whole.chia_tu}; ghi chỉ tiêu đầu.", spec.chia_tu)


def _stops(plan: Plan, spec: FigureSpec, path: Path, span: Span) -> Iterator[Wrong]:
    for at, entry in enumerate(spec.dung_boi):
        name = entry.o if isinstance(entry, StopWhen) else entry
        sheet, _, key = name.partition(".")
        columns = Columns(plan, sheet)
        if key in columns.found:  # else it is told as an unknown cell
            where = (*path, at, "o") if isinstance(entry, StopWhen) else (*path, at)
            yield from columns.wrongs(where, key, (), span)
        if isinstance(entry, StopWhen):
            yield from columns.condition_wrongs((*path, at, "khi"), entry.khi, span)


def _named_lines(plan: Plan, known: Known, spec: FigureSpec, path: Path) -> Iterator[Wrong]:
    """The names of lines that a function makes are those that it fills; nothing else has such names."""
    function = known.figure_functions.get(spec.phep.ham or "")
    names = spec.phan_to.nhan if spec.phan_to is not None else []
    if function is not None and function.wrong_lines is not None:
        wrong = function.wrong_lines(plan.on(spec.tu_ngay), names)
        if wrong:
            yield Wrong(path, wrong)
    elif names:
        yield Wrong(path, "chỉ tiêu này không có dòng nào do hàm đặt tên; ghi cot (cột có danh sách) thay cho nhan.")


def _prefix(plan: Plan, spec: FigureSpec, path: Path) -> Iterator[Wrong]:
    """``mat``: first part of the keys of the columns that a function reads."""
    columns = Columns(plan, *spec.sheets)
    known = {key.partition("_")[0] for key in columns.found if "_" in key}
    if spec.phep.mat is not None and columns.names and spec.phep.mat not in known:
        yield unknown(path, "nhóm cột", spec.phep.mat, known)


def _own_line(plan: Plan, known: Known, line: OwnLine, path: Path, span: Span) -> Iterator[Wrong]:
    if (line.cot is None) == (line.phep is None):
        yield Wrong(path, "phải có đúng một trong cot, phep.")
    read = Columns(plan, *dict.fromkeys(name.partition(".")[0] for name in line.dung_boi))
    yield from read.wrongs((*path, "cot"), line.cot, NUMBER, span)
    if line.phep is not None:
        yield from _operation(plan, known, line.phep, (*path, "phep"), span)
