"""Who is the same over the years: the people and bodies named in B9a and B9b, through the mergers of their units.

A person is a normalised name, a birth date and a line of units. A body is a unit of the register, or else a normalised
name inside one line of units. A family is a name inside one line of units too; where recognitions know no class of
families, theirs stand under another class and are found by the name, with or without the words for a household.

A name alone never makes two people one: where only the name agrees the two records are
a doubt, to be laid side by side.

The line of units follows the register's mergers up to a day. What a unit that was split had said of a subject goes on
in the part that names the subject; where none does it stays with the unit that was, and where several do it is a doubt.
Two bodies of one name in two units stay two when their units merge: which of them the new unit means is a doubt too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Register
from dvk_reports.vietnamese.text import fold

PERSON, BODY, FAMILY = LabelRole.INDIVIDUAL, LabelRole.COLLECTIVE, LabelRole.HOUSEHOLD

NO_BIRTHDAY = "cùng tên trong cùng đơn vị nhưng có dòng không rõ ngày sinh"
OTHER_BIRTHDAY = "cùng tên trong cùng đơn vị nhưng khác ngày sinh"
TWO_PARTS = "tên này có ở nhiều đơn vị cùng tách từ đơn vị cũ nên chưa rõ là ai"
TWO_BRANCHES = "tên này có ở nhiều đơn vị đã sáp nhập nên chưa rõ là tập thể nào"


@dataclass(frozen=True)
class Mention:
    """One row that names somebody: a recognition with its award year, or a proposal without one."""

    unit: str
    """The unit whose return holds the row."""
    quarter: Quarter
    row: Row
    kind: str
    """Its class, in the words of the plan."""
    role: LabelRole | None
    """What that class is: PERSON, BODY or FAMILY; None where the plan does not say."""
    name: str
    born: date | None = None
    year: int | None = None
    """nam_xet; None where it is not known and for a proposal."""
    decided: date | None = None
    """ngay_qd; None where it is not known and for a proposal."""

    @property
    def place(self) -> tuple[str, str, str, int]:
        """Which row of which return: there is one mention for each."""
        return self.unit, self.quarter.key, self.row.sheet, self.row.number


@dataclass(frozen=True)
class Doubt:
    """Another subject that may be the same one, with a row of each."""

    mine: Mention
    other: Mention
    why: str


@dataclass(frozen=True)
class Subject:
    """One person, body or family, with every row that certainly speaks of it."""

    kind: str
    role: LabelRole | None
    mentions: tuple[Mention, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def years(self) -> frozenset[int]:
        """The award years of its rows; a year that two rows tell of is one year."""
        return frozenset(item.year for item in self.mentions if item.year is not None)

    @property
    def first_decision(self) -> date | None:
        """The earliest ngay_qd of its rows."""
        return min((item.decided for item in self.mentions if item.decided is not None), default=None)


def role_of(plan: Plan, kind: str) -> LabelRole | None:
    """Whether a class of subjects is of persons, of bodies or of families; None where the plan does not say."""
    return next((role for role in (PERSON, BODY, FAMILY) if kind in plan.labels_with(role)), None)


def recognition(plan: Plan, quarter: Quarter, used: UsedReturn, row: Row) -> Mention | None:
    """A row of the sheet of recognitions; None where it does not say of whom it speaks. What is stopped is not known.

    ``plan``: the rule book in force in the quarter.
    """
    known = {key for key in ("loai", "ten", "ngay_sinh", "nam_xet", "ngay_qd") if not used.stopped(row, key)}
    kind, name = row.text("loai"), row.text("ten")
    if not kind or not name or not known >= {"loai", "ten"}:
        return None
    role = role_of(plan, kind)
    born = row.day("ngay_sinh") if role is PERSON and "ngay_sinh" in known else None
    number = row.number_of("nam_xet") if "nam_xet" in known else None
    year = int(number) if number is not None and number == int(number) else None
    decided = row.day("ngay_qd") if "ngay_qd" in known else None
    return Mention(used.unit, quarter, row, kind, role, name, born, year, decided)


def homes(register: Register, unit: str, day: date) -> tuple[str, ...]:
    """The units that carry on the line of ``unit`` on a day: one after a merger, several after a split."""
    found: list[str] = []
    seen = {unit}
    queue = [unit]
    while queue:
        code = queue.pop(0)
        mergers = [item for item in register.mergers if item.old == code]
        if not mergers or any(item.day > day for item in mergers):
            found.append(code)
            continue
        later = {item.new for item in mergers} - seen
        queue += sorted(later)
        seen |= later
    return tuple(found)


def heir(register: Register, unit: str, day: date) -> str:
    """The unit that carries on the line of ``unit`` on a day; the last before a split where it was split."""
    return line_of(register, unit, day)[-1]


def akin(register: Register, one: str, two: str, day: date) -> bool:
    """Whether two units have a line in common: one became the other, wholly or in part, or both became one."""
    mine, theirs = ({heir(register, code, day), *homes(register, code, day)} for code in (one, two))
    return bool(mine & theirs)


def line_of(register: Register, unit: str, day: date, home: str = "") -> tuple[str, ...]:
    """``unit`` and those that it became one after the other, up to a day; of several parts the way to ``home``."""
    found = [unit]
    while True:
        mergers = [item for item in register.mergers if item.old == found[-1] and item.day <= day]
        ways = {item.new for item in mergers} - set(found)
        if not register.has_heir(found[-1]):
            whole = homes(register, found[-1], day)
            wanted = home or (whole[0] if len(whole) == 1 else "")
            ways = {code for code in ways if wanted and wanted in homes(register, code, day)}
        if not ways or found[-1] == home:
            return tuple(found)
        found.append(min(ways))


def streak(years: Iterable[int], end_year: int) -> int:
    """How many years, without a gap, end in ``end_year``; 0 where that year is not among them."""
    held = set(years)
    count = 0
    while end_year - count in held:
        count += 1
    return count


def whole_years(since: date, day: date) -> int:
    """Full years from one day to another: 15/10/2021 to 15/10/2023 is two, to 14/10/2023 one."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def subjects(register: Register, mentions: Iterable[Mention], day: date) -> tuple[Subject, ...]:
    """Every subject, in the order in which it is first mentioned. ``day``: up to which mergers are followed.

    Each mention is in exactly one subject. The order of the mentions changes nothing else.
    """
    given = sorted(mentions, key=_place)
    groups: list[list[Mention]] = []
    doubts: list[tuple[list[Mention], list[Mention], str]] = []
    families = _families(register, given, day)
    lines = _lines(register, given, families, day)
    rest = [item for item in given if item.place not in families]
    for found, unsure in (_people(rest, lines), _bodies(register, given, families, day, lines)):
        groups += found
        doubts += unsure
    doubts += _in_two_parts(groups, lines)
    places = {item.place: number for number, group in enumerate(groups) for item in group}
    doubts_of: dict[int, list[Doubt]] = {}
    for one, two, why in doubts:
        doubts_of.setdefault(places[one[0].place], []).append(Doubt(one[-1], two[-1], why))
        doubts_of.setdefault(places[two[0].place], []).append(Doubt(two[-1], one[-1], why))
    # Recognitions of a family may stand under another class; its proposal says what it is.
    heads = [next((item for item in group if item.role is FAMILY), group[0]) for group in groups]
    made = [
        Subject(head.kind, head.role, tuple(group), tuple(doubts_of.get(number, ())))
        for number, (head, group) in enumerate(zip(heads, groups, strict=True))
    ]
    return tuple(sorted(made, key=lambda subject: _place(subject.mentions[0])))


_Place: TypeAlias = tuple[str, str, str, int]
_Groups: TypeAlias = tuple[list[list[Mention]], list[tuple[list[Mention], list[Mention], str]]]


def _place(item: Mention) -> tuple[Quarter, str, str, int]:
    return item.quarter, item.unit, item.row.sheet, item.row.number


@dataclass(frozen=True)
class _Lines:
    """In which line of units each mention stands, and where that cannot be told: in which it may."""

    families: Mapping[_Place, str]
    of: Mapping[_Place, str]
    unsure: Mapping[_Place, frozenset[str]]

    def name(self, item: Mention) -> tuple[str, str]:
        """By what a mention is known again inside its line."""
        if item.place in self.families:
            return "", self.families[item.place]
        return "" if item.role is PERSON else item.kind, fold(item.name)


def _lines(register: Register, mentions: Sequence[Mention], families: Mapping[_Place, str], day: date) -> _Lines:
    leaves = {unit: homes(register, unit, day) for unit in {item.unit for item in mentions}}
    of: dict[_Place, str] = {}
    unsure: dict[_Place, frozenset[str]] = {}
    found = _Lines(families, of, unsure)
    named: dict[tuple[str, str], list[Mention]] = {}
    for item in mentions:
        if len(leaves[item.unit]) < 2:
            named.setdefault(found.name(item), []).append(item)
    for item in mentions:
        of[item.place] = heir(register, item.unit, day)
        if len(leaves[item.unit]) < 2:
            continue
        others = named.get(found.name(item), ())
        alike = [other for other in others if heir(register, other.unit, day) in leaves[item.unit]]
        same = [other for other in alike if item.born is not None and other.born == item.born]
        parts = frozenset(heir(register, other.unit, day) for other in same or alike)
        if len(parts) == 1:
            (of[item.place],) = parts
        elif parts:
            unsure[item.place] = parts
    return found


def _in_two_parts(groups: Sequence[list[Mention]], lines: _Lines) -> Iterator[tuple[list[Mention], list[Mention], str]]:
    """What a unit that was split had said of a name that several of its parts have."""
    for group in groups:
        for item in group:
            for other in groups if item.place in lines.unsure else ():
                first = other[0]
                if lines.name(first) == lines.name(item) and lines.of[first.place] in lines.unsure[item.place]:
                    yield [item], other, TWO_PARTS


def _people(mentions: Sequence[Mention], lines: _Lines) -> _Groups:
    named: dict[tuple[str, str], list[Mention]] = {}
    for item in mentions:
        if item.role is PERSON:
            named.setdefault((fold(item.name), lines.of[item.place]), []).append(item)
    groups: list[list[Mention]] = []
    doubts: list[tuple[list[Mention], list[Mention], str]] = []
    for rows in named.values():
        by_birth: dict[date, list[Mention]] = {}
        for item in rows:
            if item.born is not None:
                by_birth.setdefault(item.born, []).append(item)
        known, unknown = list(by_birth.values()), [[item] for item in rows if item.born is None]
        groups += known + unknown
        doubts += [(one, two, OTHER_BIRTHDAY) for one, two in _pairs(known)]
        doubts += [(one, two, NO_BIRTHDAY) for two in unknown for one in known]
        doubts += [(one, two, NO_BIRTHDAY) for one, two in _pairs(unknown)]
    return groups, doubts


def _pairs(groups: Sequence[list[Mention]]) -> Iterator[tuple[list[Mention], list[Mention]]]:
    for number, one in enumerate(groups):
        for two in groups[number + 1 :]:
            yield one, two


def _families(register: Register, mentions: Sequence[Mention], day: date) -> dict[_Place, str]:
    """Place of every row that speaks of a family that is proposed -> the family's class and bare name."""
    words = tuple(dict.fromkeys(word for item in mentions if item.role is FAMILY for word in _household(item.kind)))
    lines = {unit: {heir(register, unit, day), *homes(register, unit, day)} for unit in {x.unit for x in mentions}}
    proposed = {
        (_bare(item.name, words), line): item.kind
        for item in mentions
        if item.role is FAMILY
        for line in lines[item.unit]
    }
    found = {}
    for item in mentions:
        bare = _bare(item.name, words)
        kind = next((proposed[bare, line] for line in sorted(lines[item.unit]) if (bare, line) in proposed), "")
        # Who is called by a bare name and recognised as a person is the person.
        if kind and (item.role is not PERSON or bare != fold(item.name)):
            found[item.place] = f"{kind} {bare}"
    return found


def _household(kind: str) -> tuple[str, str, str]:
    """The words that a family's name may begin with: the whole name of the class, its first word, the rest of it."""
    first, _, rest = fold(kind).partition(" ")
    return fold(kind), rest, first


def _bare(name: str, words: Sequence[str]) -> str:
    """The name without the words for a household."""
    whole = fold(name)
    return next((whole[len(word) + 1 :] for word in words if word and whole.startswith(f"{word} ")), whole)


def _bodies(
    register: Register, mentions: Sequence[Mention], families: Mapping[_Place, str], day: date, lines: _Lines
) -> _Groups:
    """A unit of the register is itself, with those merged into it; any other body is a name inside a line of units."""
    units: dict[str, list[Mention]] = {}
    named: dict[tuple[str, str, str], list[Mention]] = {}
    for item in mentions:
        family = item.place in families
        if item.role is PERSON and not family:
            continue
        registered = _registered(register, item) if item.role is BODY and not family else ""
        if registered:
            units.setdefault(heir(register, registered, day), []).append(item)
        else:
            named.setdefault((*lines.name(item), lines.of[item.place]), []).append(item)
    groups = list(units.values())
    doubts: list[tuple[list[Mention], list[Mention], str]] = []
    for (_, _, home), rows in named.items():
        found, unsure = _branches(register, rows, day, home)
        groups += found
        doubts += unsure
    return groups, doubts


def _registered(register: Register, item: Mention) -> str:
    """Code of the register unit that the name means, on the last day of the quarter or on the day of the decision."""
    for day in (item.quarter.last_day, *((item.decided,) if item.decided is not None else ())):
        unit = register.resolve_unit(item.name, day)
        if unit is not None:
            return unit.code
    return ""


def _branches(register: Register, rows: Sequence[Mention], day: date, home: str) -> _Groups:
    """The rows of one name in one line of units, apart where two units had that name before they became one.

    What a unit says from the first merger on continues the one branch that comes to it; of several it is a doubt.
    """
    by_unit: dict[str, list[Mention]] = {}
    for item in rows:
        by_unit.setdefault(item.unit, []).append(item)
    entering: dict[str, list[str]] = {}
    merged_on: dict[str, date] = {}
    for unit in by_unit:
        line = line_of(register, unit, day, home)
        after = next((code for code in line[1:] if code in by_unit), None)
        if after is None:
            continue
        entering.setdefault(after, []).append(unit)
        old = line[line.index(after) - 1]
        since = next(item.day for item in register.mergers if item.old == old and item.new in line)
        merged_on[after] = min(since, merged_on.get(after, since))
    groups: list[list[Mention]] = []
    doubts: list[tuple[list[Mention], list[Mention], str]] = []

    def gathered(unit: str) -> list[Mention]:
        """What continues from the unit on; branches that do not are put into ``groups``."""
        if unit not in entering:
            return by_unit[unit]
        before = [item for item in by_unit[unit] if item.quarter.last_day < merged_on[unit]]
        own = [item for item in by_unit[unit] if item.quarter.last_day >= merged_on[unit]]
        branches = [branch for branch in (*map(gathered, entering[unit]), before) if branch]
        if len(branches) == 1:
            return sorted((*branches[0], *own), key=_place)
        groups.extend(branches)
        doubts.extend((own, branch, TWO_BRANCHES) for branch in branches if own)
        return own

    for unit in by_unit:
        if not any(unit in units for units in entering.values()) and (rest := gathered(unit)):
            groups.append(rest)
    return groups, doubts
