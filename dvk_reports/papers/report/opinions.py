"""The units' own words, condensed: near-equal ones are one idea, said in its first clause with how many units share it.

What a finding doubts, names another period or was left to be filled in is no word of the unit on this period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from dvk_reports.model.findings import Level
from dvk_reports.model.returns import UsedReturn
from dvk_reports.model.values import Row
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.filling import Said, Word, filled
from dvk_reports.papers.report.models import first_clause
from dvk_reports.papers.report.naming import called
from dvk_reports.plan.book.report_parts import Opinions
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.sentences import Slot, Use, parsed
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, lower_first, upper_first

_ALIKE = 0.7
"""Share of equal words from which two clauses are held to be one idea: units differ in a word here and there."""
_COMPARED = 200
"""So many ideas a text is compared with, besides those that are the same word for word."""
_ANNEX_IDEAS = 12
"""So many ideas of each column stand in the annex, so that it fills two pages at most."""
_BRACKET = re.compile(r"[\[\]{}]")
_PERIOD = re.compile(
    r"(?<!\w)(?:(?:trong|từ|đến|hết|cuối)\s+)*(?:(?:quý\s+(?:IV|I{1,3}|[1-4])|[69]\s+tháng(?:\s+đầu\s+năm)?|tháng\s+\d{1,2})"
    r"(?:\s*(?:/|năm|-)\s*20\d\d)?|năm\s+20\d\d)(?!\w)\s*,?\s*",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?!)")
_OWN = "đơn vị"
"""What stands for a unit that names itself."""


@dataclass(slots=True)
class Idea:
    """One thing that several units say."""

    text: str
    words: list[str]
    """What other texts are compared with; none where it came too late for that."""
    units: dict[str, None] = field(default_factory=dict)


def ideas_of(basis: Basis, column: str) -> list[Idea]:
    """The ideas in one column, those that most units share first, the order of the register among equals."""
    return basis.once("y_kien", _ideas).get(column, [])


def _ideas(basis: Basis) -> dict[str, list[Idea]]:
    """Column -> its ideas; each return is looked at once."""
    sheet = basis.plan.sheet(SheetRole.ASSESSMENT)
    questioned = _questioned(basis, sheet)
    columns = {spec.cot: _Ideas() for spec in basis.spec.y_kien}
    for used in basis.data.used:
        texts = {column: text for column in columns if (text := _text_of(used, sheet, column, questioned))}
        own = _own_names(basis, used.unit) if texts else _NOBODY
        for column, text in texts.items():
            columns[column].add(first_clause(_masked(basis, own, text)), used.unit)
    return {column: sorted(ideas.found, key=lambda idea: -len(idea.units)) for column, ideas in columns.items()}


class _Ideas:
    """What is said in one column, as far as it has been read."""

    def __init__(self) -> None:
        self.found: list[Idea] = []
        self._known: dict[str, Idea] = {}

    def add(self, clause: str, unit: str) -> None:
        """A unit says this; nothing where it says nothing."""
        key = fold(clause)
        if not key:
            return
        idea = self._known.get(key) or _near(self.found, key.split())
        if idea is None:
            idea = Idea(clause, key.split() if len(self.found) < _COMPARED else [])
            self.found.append(idea)
        self._known[key] = idea
        idea.units.setdefault(unit)


def _near(ideas: Sequence[Idea], words: list[str]) -> Idea | None:
    """Among the first ideas: of thousands of texts most are one of these, and each is compared with a fixed number."""
    for idea in ideas[:_COMPARED]:
        matcher = SequenceMatcher(None, idea.words, words, autojunk=False)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            return idea
    return None


def _text_of(used: UsedReturn, sheet: str, column: str, questioned: set[tuple[str, str, str]]) -> str:
    """What the unit wrote in a column; "" where it may not stand in a report on this period."""
    rows: tuple[Row, ...] = used.rows.get(sheet, ())
    if not rows or not used.readable(sheet) or used.stopped(rows[0], column):
        return ""
    text, at = rows[0].text(column), rows[0].at(column)
    return "" if _BRACKET.search(text) or (used.unit, at.file, at.a1) in questioned else text


def _questioned(basis: Basis, sheet: str) -> set[tuple[str, str, str]]:
    """(unit, file, cell) of what a finding doubts that the unit has not answered."""
    return {
        (item.unit, _own_file(item.file), item.cell)
        for item in basis.data.findings
        if item.sheet == sheet and item.cell and not item.answer and item.level is not Level.NOTE
    }


def _own_file(file: str) -> str:
    """A file of another quarter without the folder of that quarter."""
    return file.removeprefix("../").partition("/")[2] if file.startswith("../") else file


# --- the unit and the period out of the words ---


def _masked(basis: Basis, own: re.Pattern[str], text: str) -> str:
    """The text without the name of its own unit and without the name of the period."""
    masked = own.sub(_OWN, text)
    if masked == text:
        spelled = _spelled_out(basis, text)
        found = own.sub(_OWN, spelled)
        masked = found if found != spelled else text
    return _PERIOD.sub("", masked)


def _own_names(basis: Basis, unit: str) -> re.Pattern[str]:
    """Every way in which a unit may call itself, the longest first."""
    known = basis.register.by_code.get(unit)
    names = [unit, *((known.name, *known.aliases) if known is not None else ())]
    names += [name.removeprefix(head.dau) for name in list(names) for head in basis.spec.goi_don_vi]
    names.append(called(basis, unit))
    names += [re.sub(r"\s*\([^()]*\)$", "", name) for name in list(names)]
    names += [_spelled_out(basis, name) for name in list(names)]
    every = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, every))})(?!\w)", re.IGNORECASE)


def _spelled_out(basis: Basis, text: str) -> str:
    """The text with the short forms of the plan as they are read: “UBND” -> “ủy ban nhân dân”."""
    words = basis.once("viet_tat", lambda of: {item.viet.rstrip("."): item.la[0] for item in of.plan.info.viet_tat})
    pattern = basis.once("viet_tat mau", lambda of: _short_forms(list(words)))
    return pattern.sub(lambda found: words[found[0]], text)


def _short_forms(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)" if longest else r"(?!)")


# --- in the text ---


def opinions_in(basis: Basis, part: str) -> list[Said]:
    """What a part says of the units' own words."""
    found: list[Said] = []
    for spec in basis.spec.y_kien:
        most = basis.length.y_kien.get(spec.cot, 0)
        ideas = ideas_of(basis, spec.cot)[:most] if part in (spec.phan, spec.phan_cua_ban) else []
        if spec.mot_y:
            found += [said for idea in ideas if (said := _asked(basis, spec, idea, part)) is not None]
        elif ideas and part == spec.phan:
            text = "; ".join(f"{idea.text} ({show_count(len(idea.units))} đơn vị)" for idea in ideas)
            found.append(Said(_with(spec.cau, text)))
    return found


def _asked(basis: Basis, spec: Opinions, idea: Idea, part: str) -> Said | None:
    """What units ask for: of the issuer it is a task of its own, of others a sentence."""
    text = _without(upper_first(idea.text), spec.bo_dau)
    issuer, others = basis.once("noi_de_nghi", _bodies)
    own = _without(text, issuer)
    if own != text:
        return Said(f"{upper_first(own)}.") if part == spec.phan_cua_ban else None
    if part != spec.phan:
        return None
    if _without(text, others) != text:
        return Said(_with(spec.mot_y_ro, upper_first(text)))
    return Said(_with(spec.mot_y, lower_first(_without(text, spec.noi_nhan))))


def _bodies(basis: Basis) -> tuple[list[str], list[str]]:
    """Names of the issuer on any day, and those of the other bodies that the plan names."""
    own = basis.paper.co_quan_ban_hanh
    names = basis.plan.documents.ten_goi
    issuer = [basis.paper.ten_co_quan, *(name.ten for name in names if name.ma == own)]
    return issuer, [name.ten for name in names if name.ma != own]


def _without(text: str, heads: Sequence[str]) -> str:
    """The text without a head that it begins with; the longest is tried first."""
    for head in sorted(heads, key=len, reverse=True):
        if fold(text).startswith(f"{fold(head)} "):
            return text[len(head) :].strip()
    return text


def _with(sentence: str, idea: str) -> str:
    def find(use: Use, optional: bool) -> Word | None:
        return Word(idea) if use.slot is Slot.OPINION else None

    word = filled(parsed(sentence), find)
    return word.text if word is not None else ""


# --- in the annex ---


def left_for_annex(basis: Basis) -> list[dict[str, object]]:
    """The columns with the ideas that the text has not said, as many as fit; the rest stands in the workbook."""
    found: list[dict[str, object]] = []
    for spec in basis.spec.y_kien:
        said = basis.length.y_kien.get(spec.cot, 0) if spec.phan else 0
        rows = [
            {"tt": str(place), "y_kien": upper_first(idea.text), "so_don_vi": show_count(len(idea.units))}
            for place, idea in enumerate(ideas_of(basis, spec.cot)[said : said + _ANNEX_IDEAS], start=1)
        ]
        if rows:
            found.append({"ten": spec.ten, "dong": rows})
    return found
