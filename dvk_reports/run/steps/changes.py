"""What moved since the last run of the same period: who arrived, which figures, which findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from dvk_reports.intake.back.printed import Table, read_tables
from dvk_reports.intake.form.values import shown
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Finding, Level
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent

FILE = "thay-doi.txt"
_SHEETS = ("Chỉ tiêu", "Nhiệm vụ", "Tình hình nộp", "Lỗi")
_MOST = 20


def changes(before: Path, data: Consolidation) -> tuple[str, ...]:
    """Sentences for the screen and ``thay-doi.txt``; empty where there was no earlier run that can be read."""
    if not before.is_file():
        return ()
    tables = read_tables(before, _SHEETS)
    if "Tình hình nộp" not in tables:
        return ()
    found = [
        *_arrivals(tables["Tình hình nộp"], data),
        *_moved([*tables.get("Chỉ tiêu", []), *tables.get("Nhiệm vụ", [])], data.figures),
        *_findings(tables.get("Lỗi", []), data.findings),
    ]
    return tuple(found) or ("Không có gì thay đổi so với lần tổng hợp trước.",)


def _arrivals(table: Table, data: Consolidation) -> Iterator[str]:
    before = {row["ma_don_vi"]: row.get("trang_thai", "") for row in table}
    moves: dict[tuple[str, str], list[str]] = {}
    for item in data.submissions:
        old = before.get(item.unit, "không có")
        if old != item.state.value:
            moves.setdefault((old, item.state.value), []).append(item.name)
    for (old, new), names in moves.items():
        yield f"{show_count(len(names))} đơn vị từ “{old}” thành “{new}”: {'; '.join(names)}."


def _moved(table: Table, figures: Sequence[Figure]) -> Iterator[str]:
    before = {(row["ma"], row.get("nhom", "")): row.get("gia_tri", "") for row in table}
    moved = []
    for figure in figures:
        old, new = before.get((figure.code, figure.group), ""), _plain(figure.value)
        if not figure.group and not _same(old, figure.value):
            was, now = _read(old, figure), _read(new, figure)
            if was == now:  # a ratio that moved by less than is printed
                was, now = _finely(old), _finely(new)
            moved.append(f"{figure.code} {figure.name}: từ {was} thành {now}")
    for line in moved[:_MOST]:
        yield f"{line}."
    if len(moved) > _MOST:
        yield f"… và {show_count(len(moved) - _MOST)} số liệu khác."


def _plain(value: Decimal | None) -> str:
    return "" if value is None else shown(float(value))


def _same(old: str, value: Decimal | None) -> bool:
    return old == _plain(value)


def _read(text: str, figure: Figure) -> str:
    if not text:
        return "chưa có"
    return show_percent(Decimal(text.replace(",", "."))) if figure.ratio else text


def _finely(text: str) -> str:
    return f"{show_number(Decimal(text.replace(',', '.')) * 100, 4)}%"


def _findings(table: Table, findings: Iterable[Finding]) -> Iterator[str]:
    keys = ("ma_loi", "ma_don_vi", "sheet", "o", "gia_tri")
    weighed = (Level.BLOCK.value, Level.WARNING.value)
    old: Counter[tuple[str, ...]] = Counter(
        tuple(row.get(key, "") for key in keys) for row in table if row.get("muc") in weighed
    )
    new: Counter[tuple[str, ...]] = Counter(
        (f.code, f.unit, f.sheet, f.cell, f.raw) for f in findings if f.level.value in weighed
    )
    closed, opened = sum((old - new).values()), sum((new - old).values())
    if closed:
        yield f"{show_count(closed)} lỗi đã hết{_units(old - new)}."
    if opened:
        yield f"{show_count(opened)} lỗi mới{_units(new - old)}."


def _units(lines: Mapping[tuple[str, ...], int]) -> str:
    units = sorted({line[1] for line in lines if line[1]})
    return f" ({', '.join(units[:_MOST])}{' …' if len(units) > _MOST else ''})" if units else ""
