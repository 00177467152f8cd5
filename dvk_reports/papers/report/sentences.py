"""What each part of a report says: the plan's sentences filled in, in order, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.annexes import cited
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.filling import Origin, Said, Word, filled
from dvk_reports.papers.report.models import named_models
from dvk_reports.papers.report.naming import together
from dvk_reports.papers.report.opinions import opinions_in
from dvk_reports.papers.report.periods import next_quarters
from dvk_reports.papers.report.slots import FROM_FIGURE, FROM_REPORT, About
from dvk_reports.plan.book.report_parts import Frame, Part, Place, State
from dvk_reports.plan.book.sentences import Slot, Subject, Use, parsed
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import lower_first
from dvk_reports.vietnamese.words import in_words

_BY_VERDICT = {MET: State.MET, NOT_MET: State.MISSED, UNDECIDED: State.UNDECIDED}
_NO_FRAME = Frame.model_construct()
_NUMBERS = (Slot.AMOUNT, Slot.NUMBER, Slot.FRACTION, Slot.BELOW, Slot.PARTS, Slot.SHARES, Slot.SHORT_OF, Slot.TOTAL)
"""Slots that give a number of the figure."""


def part_said(basis: Basis, part: str) -> list[Said]:
    """What a part says, in its order."""
    found: list[tuple[int, Said]] = []
    for spec, place in basis.places():
        figure = basis.figure(spec.ma, place.dong) if place.phan == part else None
        said = figure_said(basis, figure, place) if figure is not None else None
        if said is not None:
            found.append((place.thu_tu, said))
    for entry in basis.spec.cau:
        if entry.phan == part and entry.stands_in(basis.kind):
            word = filled(parsed(entry.cau), lambda use, optional: _word(basis, use, None, optional=optional))
            if word is not None and word.text:
                found.append((entry.thu_tu, Said(word.text, word.origins, word.named)))
    ordered = [said for _, said in sorted(found, key=lambda item: item[0])]
    ordered += named_models(basis, part) + opinions_in(basis, part)
    return ordered + (_standing_tasks(basis) if part == _tasks_part(basis) else [])


def paragraphs_of(basis: Basis, part: Part) -> list[Said]:
    """The paragraphs of a part: sentences side by side that end alike are one sentence with one end."""
    sentences = list(_ended(_joined(part_said(basis, part.ma), basis.spec.neu_ten_toi_da)))
    if part.doan == "lien":
        return [_run_on(sentences)] if sentences else []
    mark = "- " if part.doan == "gach" else ""
    return [Said(f"{mark}{said.text}", said.origins, said.named) for said in sentences]


def _run_on(sentences: list[Said]) -> Said:
    return Said(
        " ".join(said.text for said in sentences),
        tuple(origin for said in sentences for origin in said.origins),
        max(said.named for said in sentences),
    )


def _joined(sentences: Iterable[Said], most: int) -> Iterator[list[Said]]:
    """Groups of sentences beside each other with one tail; together they name no more units than one may."""
    group: list[Said] = []
    for said in sentences:
        alike = group and said.tail is not None and said.tail == group[-1].tail
        if group and not (alike and sum(item.named for item in (*group, said)) <= most):
            yield group
            group = []
        group.append(said)
    if group:
        yield group


def _ended(groups: Iterable[list[Said]]) -> Iterator[Said]:
    for group in groups:
        first, *others = group
        if first.tail is None:
            yield first
            continue
        tail = first.tail.nhieu.replace("{n}", in_words(len(group))) if others else first.tail.mot
        text = "; ".join([first.text, *(lower_first(said.text) for said in others), tail])
        origins = tuple(origin for said in group for origin in said.origins)
        yield Said(f"{text}.", origins, sum(said.named for said in group))


# --- one figure ---


def figure_said(basis: Basis, figure: Figure, place: Place) -> Said | None:
    """The sentence of the state that a figure is in; None where nothing is said of it."""
    frame = basis.plan.figures.khung_cau.get(place.mau or "", _NO_FRAME)
    if figure.value is None and figure.owed == 0:
        return None
    if place.it_nhat is not None and abs(figure.value or Decimal(0)) < Decimal(place.it_nhat):
        return None
    state = next((item for item in _states(figure) if _has_words(item, frame, place)), None)
    if state is None or place.of(state) == "":
        return None
    sentence = frame.of(state) or place.of(state) or ""
    own = place.of(state) or place.of(State.KNOWN) or ""
    about = About(basis, figure, place.tu_don_vi, place.cung)
    word = filled(parsed(sentence), _Words(about, {Slot.CLAUSE: own, Slot.REST: place.con_lai or ""}))
    if word is None or not word.text:
        return None
    tail = frame.duoi.get(state.value) if frame.of(state) is not None else None  # type: ignore[call-overload]
    origins = tuple(dict.fromkeys(word.origins))
    return Said(_with_limits(basis, word.text, origins), origins, word.named, tail)


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in the slots of the sentence of a figure; a clause of it has slots too."""

    about: About
    clauses: Mapping[Slot, str]

    def __call__(self, use: Use, optional: bool) -> Word | None:
        if use.slot in self.clauses:
            text = self.clauses[use.slot]
            return filled(parsed(text), self, optional=optional) if text else None
        return _word(self.about.basis, use, self.about, optional=optional)


def _states(figure: Figure) -> Iterator[State]:
    """The states that a figure is in, the most particular first."""
    if figure.value is None:
        yield State.UNKNOWN
        return
    if figure.value == 0 and not figure.ratio:
        yield State.ZERO
    if wording.year_open(figure):
        yield State.YEAR_OPEN
    elif figure.verdict in _BY_VERDICT:
        yield _BY_VERDICT[figure.verdict]
    yield State.KNOWN


def _has_words(state: State, frame: Frame, place: Place) -> bool:
    return frame.of(state) is not None or place.of(state) is not None


def _word(basis: Basis, use: Use, about: About | None, *, optional: bool) -> Word | None:
    """What stands in a slot. Of another figure zero and what is unknown are left out where they may be."""
    if use.slot is Slot.ANNEX:
        return _known(cited(basis, use.code))
    if use.slot.subject is Subject.REPORT:
        return _known(FROM_REPORT[use.slot](basis))
    of = about
    if use.code or use.line:
        other = basis.figure(use.code or (about.figure.code if about else ""), use.line)
        if other is None or (use.slot is not Slot.SHARES and (other.value is None or (optional and not other.value))):
            return None
        of = About(basis, other)
    if of is None:
        return None
    found = FROM_FIGURE[use.slot](of)
    word = Word(found) if isinstance(found, str) else found
    own: tuple[Origin, ...] = ((of.figure.code, of.figure.group),) if use.slot in _NUMBERS else ()
    return Word(word.text, own + word.origins, word.named) if word.text else None


def _known(text: str) -> Word | None:
    return Word(text) if text else None


# --- what limits a number ---


def _with_limits(basis: Basis, text: str, origins: tuple[Origin, ...]) -> str:
    """The sentence with what its numbers leave out: units far fewer than elsewhere, cells under verification."""
    figures = [found for code, line in origins if (found := basis.data.figure(code, line)) is not None]
    limits = [*_narrow(basis, figures), *_doubted(basis, figures)]
    if not limits:
        return text
    body = text.removesuffix(".")
    return f"{body}, {', '.join(limits)}{'.' if text.endswith('.') else ''}"


def _narrow(basis: Basis, figures: list[Figure]) -> Iterator[str]:
    scopes = dict.fromkeys(f"{item.reported}/{item.owed}" for item in figures if basis.is_narrow(item))
    if len(scopes) == 1:
        yield f"tính trên {next(iter(scopes))} đơn vị"
    elif scopes:
        yield f"có số liệu chỉ tính trên {min(scopes, key=_share)} đơn vị"


def _share(scope: str) -> Decimal:
    n, _, owed = scope.partition("/")
    return Decimal(n) / Decimal(owed)


def _doubted(basis: Basis, figures: list[Figure]) -> Iterator[str]:
    """“chưa kể số của Đảng bộ xã Nghĩa Đô đang xác minh”."""
    units = list(dict.fromkeys(unit for item in figures for unit in (*basis.left_out(item), *_doubting(basis, item))))
    if units:
        many = len(units) > basis.spec.neu_ten_toi_da
        whose = f"{show_count(len(units))} đơn vị" if many else together(basis, units)
        yield f"chưa kể số của {whose} đang xác minh"


def _doubting(basis: Basis, figure: Figure) -> list[str]:
    return [source.unit for source in basis.doubted(figure)]


# --- what is to be done ---


def _tasks_part(basis: Basis) -> str:
    """The part of the tasks ahead: the one in which what the units ask of the issuer stands."""
    return next((item.phan_cua_ban for item in basis.spec.y_kien if item.phan_cua_ban), "") or ""


def _standing_tasks(basis: Basis) -> list[Said]:
    """The tasks that the plan sets for the quarters that follow."""
    following = next_quarters(basis.period)
    return [
        Said(task.noi_dung)
        for task in basis.paper.nhiem_vu_trong_tam
        if any(
            quarter.number in task.quy
            and task.tu_ngay <= quarter.last_day
            and (task.den_ngay is None or quarter.first_day <= task.den_ngay)
            for quarter in following
        )
    ]


def heading_of(basis: Basis, part: Part) -> str:
    """The words of a heading."""
    word = filled(parsed(part.de_muc), lambda use, optional: _word(basis, use, None, optional=optional))
    return word.text if word is not None else ""
