"""From a raw workbook to a Return: which sheets of the form it holds, their rows, and what reading has met.

A file is read with the rule book of the last day of the quarter that it says: what was not asked then is no part of
its form. A form of an earlier version is read as the plan declares it (``plan.book.form_versions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dvk_reports.intake.form.answers import asking, decoded_answers, read_asked
from dvk_reports.intake.form.columns import columns_of, plain_reading
from dvk_reports.intake.form.copies import read_copies
from dvk_reports.intake.form.earlier import note_of_version
from dvk_reports.intake.form.old_fonts import in_unicode
from dvk_reports.intake.form.places import FoundSheet, Place, find_place, find_places, with_marks
from dvk_reports.intake.form.sheet import SheetReader
from dvk_reports.intake.form.values import ValueParser, number_in, shown
from dvk_reports.intake.readers.raw import RawBook, RawSheet
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.periods import Quarter, quarter_in
from dvk_reports.model.returns import FormSheet, Return
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.plan.book.form_versions import FormReading, form_reading
from dvk_reports.plan.book.in_force import views_of
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.vietnamese.text import fold, tidy, upper_first
from dvk_reports.vietnamese.words import YES

GUIDE = "Hướng dẫn"


def read_form(plan: Plan, book: RawBook, file: str, sha256: str) -> Return | None:
    """The return in a workbook, or None where no sheet of it is a sheet of the form. ``plan``: the whole rule book."""
    grids = in_unicode(book)
    found = with_marks(grids)
    said = _identity(plan, found)
    view = plan.on(said.quarter.last_day if said.quarter is not None else plan.last_quarter.last_day)
    earlier = form_reading(plan, said.version, said.quarter.last_day) if said.quarter is not None else None
    copies: dict[str, list[Place]] = {}
    for place in find_places(earlier.found if earlier is not None else view, found):
        copies.setdefault(place.spec.ma, []).append(place)
    if not copies:
        return None
    parser = ValueParser(view, said.unit, end=said.quarter.last_day if said.quarter is not None else None)
    read = {name: read_copies(readers) for name, readers in _readers(view, earlier, copies, file, parser).items()}
    sheets: Mapping[str, FormSheet] = {name: item.sheet for name, item in read.items()}
    findings = [finding for item in read.values() for finding in item.findings]
    asked = asking(grids)
    known = {place.grid for places in copies.values() for place in places} | {sheet.grid for sheet in asked}
    foreign = tuple(_foreign(grid.raw for grid in grids if grid not in known))
    findings += [say(Msg.FOREIGN_SHEET, Location(parser.unit, file=file, sheet=name, raw=name)) for name in foreign]
    findings += [say(Msg.READER_NOTE, Location(parser.unit, file=file), noi=_sentence(note)) for note in book.notes]
    findings += [say(Msg.UNSEEN, Location(parser.unit, file=file), noi=_sentence(doubt)) for doubt in book.doubts]
    findings += decoded_answers(asked, parser.unit, file)
    sheets = _with_nil_words(view, sheets, {name: item.nil for name, item in read.items() if item.nil is not None})
    cover = cover_of(view, sheets)
    if earlier is not None and said.quarter is not None:
        findings.append(note_of_version(earlier, said.quarter, copies, cover, parser.unit))
    number = cover.number_of("phien_ban") if cover else None
    return Return(
        file=file,
        sha256=sha256,
        unit=parser.unit,
        period=cover.text("ky").upper() if cover else "",
        form=earlier.wanted if earlier is not None else said.version,
        version=int(number) if number is not None else None,
        kind=cover.text("loai_bao_cao") if cover else "",
        sheets=sheets,
        findings=tuple(findings),
        foreign_sheets=foreign,
        asked=read_asked(asked),
    )


def cover_of(plan: Plan, sheets: Mapping[str, FormSheet]) -> Row | None:
    """The row of the cover, where the file has one."""
    sheet = sheets.get(plan.sheet(SheetRole.COVER))
    return sheet.rows[0] if sheet is not None else None


@dataclass(frozen=True)
class _Identity:
    """What the cover of a file says of it, before it is known with which rule book the file is to be read."""

    unit: str = ""
    quarter: Quarter | None = None
    """None where the file names no quarter, or none that can be read."""
    version: str = ""


def _identity(plan: Plan, sheets: Sequence[FoundSheet]) -> _Identity:
    """By the cover of today's form, else by that of an earlier one: the cover itself may have changed since."""
    marked = next((found.mark.version for found in sheets if found.mark is not None), "")
    best: _Identity | None = None
    for view in views_of(plan):
        spec = view.sheets.get(view.sheet(SheetRole.COVER))
        place = find_place(spec, sheets) if spec is not None else None
        if place is None:
            continue
        found = _Identity(_line(place, "ma_don_vi"), quarter_in(_line(place, "ky")), _version(place) or marked)
        if found.quarter is not None:
            return found
        best = best or found
    return best or _Identity(version=marked)


def _version(place: Place) -> str:
    """The version of the form, though it may have been typed as a number."""
    row = place.fields.get("ma_mau")
    cell = place.raw.cells.get((row, place.lead)) if row else None
    number = number_in(cell.value) if cell is not None else None
    return str(number) if number is not None else _line(place, "ma_mau")


def _line(place: Place, key: str) -> str:
    row = place.fields.get(key)
    cell = place.raw.cells.get((row, place.lead)) if row else None
    return tidy(shown(cell.value)) if cell is not None else ""


def _readers(
    view: Plan, earlier: FormReading | None, copies: Mapping[str, Sequence[Place]], file: str, parser: ValueParser
) -> Mapping[str, Sequence[SheetReader]]:
    """Sheet -> a reader for every one of its kind that is in the file, in the order of the form in force."""
    found: dict[str, list[SheetReader]] = {}
    for name, places in copies.items():
        reading = plain_reading(places[0].spec) if earlier is None else earlier.sheets.get(name)
        if reading is not None:
            sheet = reading.wanted.ma
            parser.renamed.update({(sheet, key): words for key, words in reading.labels.items()})
            found[sheet] = [
                SheetReader(place, file, parser.apart(), columns_of(view, reading, place)) for place in places
            ]
    return {name: found[name] for name in view.sheets if name in found}


def _with_nil_words(view: Plan, sheets: Mapping[str, FormSheet], said: Mapping[str, Cell]) -> Mapping[str, FormSheet]:
    """The sheets with the ticks of the cover that stand, in words, on the sheets themselves."""
    name = view.sheet(SheetRole.COVER)
    cover = cover_of(view, sheets)
    if cover is None or not said:
        return sheets
    values = dict(cover.values)
    for sheet, at in said.items():
        tick = view.sheets[sheet].tick
        old = values.get(tick)
        if tick in view.sheets[name].fields and (old is None or old.blank):
            values[tick] = Value(YES, True, old.at if old is not None else at)
    return {**sheets, name: replace(sheets[name], rows=(replace(cover, values=values),))}


def _foreign(sheets: Iterable[RawSheet]) -> Iterator[str]:
    for raw in sheets:
        if raw.cells and fold(raw.name) != fold(GUIDE) and not raw.name.startswith("_"):
            yield raw.name


def _sentence(note: str) -> str:
    return upper_first(note).rstrip(".")
