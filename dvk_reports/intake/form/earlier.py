"""What a unit is told whose form is of an earlier version: which one, and what of it was read as something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter
from dvk_reports.model.values import Row
from dvk_reports.plan.book.form_versions import FormReading, SheetReading

NOTHING = "các biểu, cột và nhãn không đổi"


def note_of_version(
    earlier: FormReading, quarter: Quarter, places: Collection[str], cover: Row | None, unit: str
) -> Finding:
    """The Ghi chú (T17) on the version of the form, at the cell of the cover that names it."""
    named = cover.values.get("ma_mau") if cover is not None else None
    file = next(iter(cover.values.values())).at.file if cover is not None and cover.values else ""
    where = Location(
        unit,
        named.at if named is not None else None,
        file,
        cover.sheet if cover is not None else "",
        earlier.version,
        key="ma_mau" if named is not None else "",
    )
    return say(
        Msg.EARLIER_FORM,
        where,
        ky=quarter.key,
        dung=earlier.wanted,
        doi="; ".join(dict.fromkeys(_changes(earlier, places))) or NOTHING,
    )


def _changes(earlier: FormReading, places: Iterable[str]) -> Iterator[str]:
    """What was read as something else, of all that is in the file."""
    for name in places:
        reading = earlier.sheets.get(name)
        if reading is None:
            yield f"không lấy biểu {name}"
            continue
        if name != reading.wanted.ma:
            yield f"biểu {name} đọc là biểu {reading.wanted.ma}"
        yield from _columns(earlier, reading)
        for words in reading.labels.values():
            yield from (f"“{label}” đọc là “{now}”" for label, now in words.items())


def _columns(earlier: FormReading, reading: SheetReading) -> Iterator[str]:
    found, wanted = reading.found, reading.wanted
    ticks = {spec.tick for spec in (*earlier.found.forms.bieu, *(item.wanted for item in earlier.sheets.values()))}
    for old, new in reading.columns.items():
        if found.fields[old].ten != wanted.fields[new].ten and old not in ticks:
            yield f"cột “{found.fields[old].ten}” (biểu {found.ma}) đọc là “{wanted.fields[new].ten}”"
    dropped = [found.fields[key].ten for key in reading.dropped if key not in ticks]
    if dropped:
        yield f"không lấy {_cells(dropped)} của biểu {found.ma}"
    missing = [field.ten for field in wanted.truong if field.khoa in reading.missing and field.khoa not in ticks]
    if missing:
        yield f"{_cells(missing)} của biểu {wanted.ma} chưa có ở biểu mẫu cũ nên để trống, không tính là thiếu"


def _cells(captions: Iterable[str]) -> str:
    return "ô " + ", ".join(f"“{caption}”" for caption in captions)
