"""What moved since the last run of the same period: who arrived, which figures, which findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dvk_reports.intake.back.printed import Table, read_tables
from dvk_reports.intake.form.values import shown
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.figures import Figure
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.returns import Submission
from dvk_reports.vietnamese.lists import Listed
from dvk_reports.vietnamese.numbers import show_count, show_number, show_percent

FILE = "thay-doi.txt"
_KEYS = ("ma_loi", "ma_don_vi", "sheet", "o", "gia_tri")
"""What tells one finding from another."""
_OF_FIGURES = ("ma", "nhom", "gia_tri", "ket_luan")
_SHEETS = {
    "Chỉ tiêu": _OF_FIGURES,
    "Nhiệm vụ": _OF_FIGURES,
    "Tình hình nộp": ("ma_don_vi", "ten_don_vi", "ky", "trang_thai", "tep"),
    "Tệp": ("tep", "sha256"),
    "Lỗi": ("muc", *_KEYS, "ten_don_vi", "noi_dung"),
}
"""The sheets of the last run's workbook, and what is read of each: of very many units it is much."""
_NONE = "Không có gì thay đổi so với lần tổng hợp trước."
_GONE = "không còn phải báo cáo"


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that moved. ``main`` is for the screen too; ``detail`` stands in ``thay-doi.txt`` alone."""

    main: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()

    def text(self, period: str) -> str:
        """``thay-doi.txt``: every line, none left out."""
        detail = ["", "Cụ thể:", *self.detail] if self.detail else []
        head = f"Thay đổi so với lần tổng hợp trước, kỳ {period}:"
        return "\r\n".join([head, *self.main, *detail, ""])


def changes(before: Path, data: Consolidation) -> Changes:
    """What moved; empty where there was no earlier run that can be read."""
    tables = read_tables(before, _SHEETS) if before.is_file() else {}
    if "Tình hình nộp" not in tables:
        return Changes()
    figures = list(_moved([*tables.get("Chỉ tiêu", []), *tables.get("Nhiệm vụ", [])], data.figures))
    closed, opened = _findings(tables.get("Lỗi", []), data)
    main = [
        *_arrivals(tables["Tình hình nộp"], data),
        *_other_files(tables["Tình hình nộp"], tables.get("Tệp", []), data),
        *(line for figure, line in figures if not figure.group),
        *_grouped([line for figure, line in figures if figure.group]),
        *_counted(closed, "lỗi đã hết"),
        *_counted(opened, "lỗi mới"),
    ]
    detail = [
        *(line for figure, line in figures if figure.group),
        *(f"Đã hết: {line}" for _, line in closed),
        *(f"Mới: {line}" for _, line in opened),
    ]
    return Changes(tuple(main) or (_NONE,), tuple(detail))


# --- units ---


def _arrivals(table: Table, data: Consolidation) -> Iterator[str]:
    now = {(item.unit, item.period): item for item in data.every_submission}
    before = {_place(row): row for row in table}
    moves: dict[tuple[str, str], list[str]] = {}
    for place, item in now.items():
        old = before[place].get("trang_thai", "") if place in before else "không có"
        if old != item.state.value:
            moves.setdefault((old, item.state.value), []).append(_name(item, data))
    for place, row in before.items():
        if place not in now:
            moves.setdefault((row.get("trang_thai", ""), _GONE), []).append(row.get("ten_don_vi", "") or place[0])
    for (old, new), names in moves.items():
        yield Listed(f"{show_count(len(names))} đơn vị từ “{old}” thành “{new}”:", names, end=".")


def _other_files(table: Table, files: Table, data: Consolidation) -> Iterator[str]:
    """Units in the state that they were in, of which another file, or other content of the file, counts now."""
    before = {_place(row): row for row in table}
    was = {row["tep"]: row.get("sha256", "") for row in files}
    now = {record.file: record.sha256 for record in data.files}
    names = []
    for item in data.every_submission:
        row = before.get((item.unit, item.period))
        if row is None or row.get("trang_thai") != item.state.value or not item.file:
            continue
        old = row.get("tep", "")
        if old != item.file or (old in was and item.file in now and was[old] != now[item.file]):
            names.append(f"{_name(item, data)} ({item.file})")
    if names:
        yield Listed(f"{show_count(len(names))} đơn vị có tệp khác lần trước:", names, end=".")


def _place(row: Mapping[str, str]) -> tuple[str, str]:
    return row["ma_don_vi"], row.get("ky", "")


def _name(item: Submission, data: Consolidation) -> str:
    several = len(data.period.quarters) > 1
    return f"{item.name}, {item.period}" if several else item.name


# --- figures ---


def _moved(table: Table, figures: Sequence[Figure]) -> Iterator[tuple[Figure, str]]:
    before = {(row["ma"], row.get("nhom", "")): row for row in table}
    for figure in figures:
        row = before.get((figure.code, figure.group), {})
        old, new = row.get("gia_tri", ""), "" if figure.value is None else shown(_kept(figure.value))
        said = []
        if old != new:
            was, now = _read(old, figure), _read(new, figure)
            if was == now:  # a ratio that moved by less than is printed
                was, now = _finely(old), _finely(new)
            said.append(f"từ {was} thành {now}")
        if row and row.get("ket_luan", "") != figure.verdict:
            said.append(f"kết luận từ “{row.get('ket_luan', '') or 'chưa có'}” thành “{figure.verdict or 'chưa có'}”")
        if said:
            name = f"{figure.name}, {figure.group}" if figure.group else figure.name
            yield figure, f"{figure.code} {name}: {'; '.join(said)}."


def _kept(value: Decimal) -> float:
    """The number as a workbook keeps it: in 16 digits."""
    return float(f"{value:.16G}")


def _grouped(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{show_count(len(lines))} số liệu theo phân tổ thay đổi."


def _read(text: str, figure: Figure) -> str:
    if not text:
        return "chưa có"
    return show_percent(Decimal(text.replace(",", "."))) if figure.ratio else text


def _finely(text: str) -> str:
    return f"{show_number(Decimal(text.replace(',', '.')) * 100, 4)}%"


# --- findings ---

_Told = tuple[str, str]
"""The unit's name, and the finding in a line."""


def _findings(table: Table, data: Consolidation) -> tuple[list[_Told], list[_Told]]:
    """(closed, opened): each Chặn and Cảnh báo that is no more, and each that was not."""
    weighed = (Level.BLOCK.value, Level.WARNING.value)
    names = {item.unit: item.name for item in data.every_submission}
    old = [
        (tuple(row.get(key, "") for key in _KEYS), row.get("ten_don_vi", ""), row.get("noi_dung", ""))
        for row in table
        if row.get("muc") in weighed
    ]
    new = [(_key(item), names.get(item.unit, ""), item.text) for item in data.findings if item.level.value in weighed]
    return _without(old, new), _without(new, old)


def _key(item: Finding) -> tuple[str, ...]:
    return item.code, item.unit, item.sheet, item.cell, item.raw


def _without(
    lines: Iterable[tuple[tuple[str, ...], str, str]], others: Iterable[tuple[tuple[str, ...], str, str]]
) -> list[_Told]:
    """The lines that the others do not have, each as often as it is more."""
    left = Counter(key for key, _, _ in others)
    found = []
    for key, name, text in lines:
        if left[key]:
            left[key] -= 1
            continue
        code, unit, sheet, cell, _ = key
        place = " ".join(part for part in (sheet, cell) if part)
        found.append((name or unit, f"{code} {', '.join(part for part in (name or unit, place) if part)}: {text}"))
    return found


def _counted(lines: Sequence[_Told], what: str) -> Iterator[str]:
    if lines:
        names = "; ".join(dict.fromkeys(name for name, _ in lines if name))
        yield f"{show_count(len(lines))} {what}{f' ({names})' if names else ''}."
