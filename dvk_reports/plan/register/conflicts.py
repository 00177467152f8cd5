"""Lines of the register that cannot both hold: names and spans that meet, mergers that go in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.plan.register.entries import Hamlet, Merger, Unit, meet
from dvk_reports.plan.register.lines import Line, LineReader
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold


@dataclass(frozen=True)
class Conflicts:
    """Tells what of two lines does not go together."""

    reader: LineReader

    def once(self, lines: Sequence[Line], *keys: str) -> Iterator[Line]:
        """The first line of each key; a later one is told and left out. Capitals make no other code."""
        first: dict[tuple[str, ...], int] = {}
        for line in lines:
            key = tuple(fold(line.cells[name].text) for name in keys)
            if key in first:
                raw = ", ".join(line.cells[name].text for name in keys)
                self._tell(Msg.REG_TWICE, line, keys[0], raw, dong=first[key])
                self.reader.leave_out(line.sheet, line.cells[keys[0]])
            else:
                first[key] = line.number
                yield line

    def one_signer(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The lines of signers, without those that say who signs a kind of document when another line does."""
        kept: list[Line] = []
        for line in lines:
            other = next((old for old in kept if _same_span(line, old, "van_ban")), None)
            if other is not None:
                self._tell(Msg.REG_OVERLAP, line, "van_ban", line.cells["van_ban"].text, dong=other.number)
            else:
                kept.append(line)
                yield line

    def names(self, units: Sequence[Unit]) -> None:
        """Names that two units bear at the same time."""
        seen: dict[str, list[Unit]] = {}
        for unit in units:
            for name in {fold(name): name for name in (unit.name, *unit.aliases)}.values():
                others = seen.setdefault(fold(name), [])
                other = next((old for old in others if meet((old.since, old.until), (unit.since, unit.until))), None)
                if other is not None:
                    place = Location(unit.code, unit.at, sheet=unit.at.sheet, raw=unit.code)
                    self.reader.tell(Msg.REG_SAME_NAME, place, doan=name, ma=other.code, dong=other.at.row)
                others.append(unit)

    def hamlet_names(self, hamlets: Sequence[Hamlet]) -> None:
        """Names that two thôn of one unit bear at the same time."""
        seen: dict[tuple[str, str], list[Hamlet]] = {}
        for hamlet in hamlets:
            others = seen.setdefault((hamlet.unit, fold(hamlet.name)), [])
            other = next((old for old in others if meet((old.since, old.until), (hamlet.since, hamlet.until))), None)
            if other is not None:
                place = Location(hamlet.unit, hamlet.at, sheet=hamlet.at.sheet, raw=hamlet.name)
                self.reader.tell(Msg.REG_SAME_HAMLET, place, dong=other.at.row)
            others.append(hamlet)

    def mergers(self, lines: Sequence[Line], units: Mapping[str, Unit]) -> Iterator[Merger]:
        """The mergers, without those that would lead a unit back into itself."""
        into: dict[str, set[str]] = {}
        for line in self.once(lines, "ma_cu", "ma_moi"):
            v = line.values
            way = _way(into, v["ma_moi"], v["ma_cu"])
            if way:
                self._tell(Msg.REG_MERGED_INTO_ITSELF, line, "ma_moi", v["ma_moi"], vong=" → ".join((v["ma_cu"], *way)))
                continue
            into.setdefault(v["ma_cu"], set()).add(v["ma_moi"])
            self._days_of(line, units[v["ma_cu"]], units[v["ma_moi"]])
            yield Merger(v["ma_cu"], v["ma_moi"], v["ngay"], v["van_ban"])

    def _days_of(self, line: Line, old: Unit, new: Unit) -> None:
        """Say where the days of the two units do not fit the day of their merger."""
        day: date = line.values["ngay"]
        if old.until is None or old.until >= day:
            before = show_date(day - timedelta(days=1))
            self._tell(Msg.REG_MERGED_STILL, line, "ngay", ma=old.code, ngay=before, dong=old.at.row)
        elif not old.valid(day - timedelta(days=1)):  # for the days between nobody would report for it
            self._tell(Msg.REG_MERGED_EARLY, line, "ngay", ma=old.code, dong=old.at.row)
        if not new.valid(day):
            self._tell(Msg.REG_MERGED_EARLY, line, "ngay", ma=new.code, dong=new.at.row)

    def _tell(self, message: Message, line: Line, key: str, raw: str = "", **slots: object) -> None:
        value = line.cells[key]
        self.reader.tell(message, Location(cell=value.at, sheet=line.sheet, raw=raw or value.text), **slots)


def _same_span(one: Line, two: Line, key: str) -> bool:
    a, b = one.values, two.values
    return a[key] == b[key] and meet((a["tu_ngay"], a["den_ngay"]), (b["tu_ngay"], b["den_ngay"]))


def _way(into: Mapping[str, set[str]], start: str, end: str) -> tuple[str, ...]:
    """The units from one to another along the mergers, both of them in it; () where there is no way."""
    queue: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while queue:
        way = queue.pop(0)
        if way[-1] == end:
            return way
        for code in sorted(into.get(way[-1], ())):
            if code not in seen:
                seen.add(code)
                queue.append((*way, code))
    return ()
