"""Sentences of a report: takes the sentences of the plan and the figures, gives the text of each part."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED, Figure
from dvk_reports.papers.docx.marks import doubtful_cells
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.slots import FROM_FIGURE, FROM_REPORT, Subject
from dvk_reports.papers.report.wording import Standing, standing
from dvk_reports.plan.book.report_parts import (
    EVERYTHING,
    KNOWN_ONLY,
    NOTABLE,
    NOTHING,
    Part,
    Place,
    State,
    StateSentences,
)
from dvk_reports.plan.book.sentences import Sentence, Slot, Use, parsed
from dvk_reports.vietnamese.text import lower_first, upper_first

_BY_VERDICT = {MET: State.MET, NOT_MET: State.MISSED, UNDECIDED: State.UNDECIDED}
_NO_FRAME = StateSentences()


def report_parts(basis: Basis) -> dict[str, object]:
    """The fields of every part: its sentences, and its numbered heading where it has one."""
    parts = basis.plan.documents.bao_cao.phan
    sentences = {part.ma: part_sentences(basis, part.ma) for part in parts}
    fields: dict[str, object] = {}
    number = 0
    for part in parts:
        fields[part.ma] = " ".join(sentences[part.ma]) if part.doan else sentences[part.ma]
        if part.de_muc:
            printed = any(sentences[name] for name in _below(part, parts))
            number += printed
            fields[f"muc_{part.ma}"] = f"{number}. {part.de_muc}" if printed else ""
    return {**fields, "so_muc_dien_bien": str(number + 1)}


def _below(head: Part, parts: list[Part]) -> list[str]:
    """The parts that stand below a heading."""
    return [part.ma for part in parts if part is head or part.thuoc == head.ma]


def part_sentences(basis: Basis, part: str) -> list[str]:
    """What a part says, in its order: the sentences of its figures and those of the report as a whole."""
    detail = basis.length.muc_do.get(part, EVERYTHING)
    if detail == NOTHING:
        return []
    found = [
        (place.thu_tu, figure_sentence(basis, figure, place))
        for spec, place in basis.places()
        if place.phan == part
        and (figure := basis.data.figure(spec.ma, place.dong)) is not None
        and _worth_saying(basis, figure, detail)
    ]
    found += [
        (entry.thu_tu, _filled(basis, parsed(entry.cau)) or "")
        for entry in basis.plan.documents.bao_cao.cau
        if entry.phan == part and entry.stands_in(basis.kind)
    ]
    return [text for _, text in sorted(found, key=lambda item: item[0]) if text]


def _worth_saying(basis: Basis, figure: Figure, detail: str) -> bool:
    if detail == NOTABLE:
        return figure.verdict == NOT_MET or bool(doubtful_cells(basis.data, figure))
    return detail != KNOWN_ONLY or bool(figure.value)


def figure_sentence(basis: Basis, figure: Figure, place: Place) -> str:
    """The sentence of the state that a figure is in; "" where nothing is said of it."""
    frame = basis.plan.figures.khung_cau.get(place.mau or "", _NO_FRAME)
    if standing(figure) is Standing.NOT_OWED:
        return ""
    subject = Subject(basis, figure, place.tu_don_vi)
    state = next((item for item in _states(figure) if _has_words(item, frame, place)), None)
    text = _in_state(subject, state, frame, place) if state is not None else ""
    more = _in_state(subject, State.UNDER_REVIEW, frame, place) if text else ""
    return f"{text} {more}" if more else text


def _states(figure: Figure) -> Iterator[State]:
    """The states that a figure is in, the most particular first."""
    yield State.ALWAYS
    if figure.value is None:
        if standing(figure) is Standing.NO_OBJECT:
            yield State.NO_OBJECT
        yield State.UNKNOWN
        return
    if figure.value == 0:
        yield State.ZERO
    if wording.year_open(figure):
        yield State.YEAR_OPEN
    if figure.verdict in _BY_VERDICT:
        yield _BY_VERDICT[figure.verdict]
    yield State.KNOWN


def _has_words(state: State, frame: StateSentences, place: Place) -> bool:
    return frame.of(state) is not None or place.of(state) is not None


def _in_state(subject: Subject, state: State, frame: StateSentences, place: Place) -> str:
    """The sentence of a state: the frame around the figure's own clause, or that alone where there is no frame."""
    framed, own = frame.of(state), place.of(state)
    sentence, clause = (framed, own) if framed is not None else (own, None)
    if not sentence:
        return ""
    return _filled(subject.basis, parsed(sentence), subject, parsed(clause) if clause else ()) or ""


def _filled(
    basis: Basis, sentence: Sentence, subject: Subject | None = None, clause: Sentence = (), *, optional: bool = False
) -> str | None:
    """The text of a sentence; None where one of its slots has nothing to say."""
    text = ""
    for piece in sentence:
        if isinstance(piece, str):
            text += piece
        elif isinstance(piece, Use):
            word = _word(basis, piece, subject, clause, optional=optional)
            if not word:
                return None
            text += upper_first(word) if piece.capital else word
        else:
            alternatives = (_filled(basis, item, subject, clause, optional=True) for item in piece.alternatives)
            text += next((found for found in alternatives if found is not None), "")
    return text


def _word(basis: Basis, use: Use, subject: Subject | None, clause: Sentence, *, optional: bool) -> str:
    """What stands in a slot; what is not known of another figure is asked for, unless it may be left out."""
    if use.slot is Slot.CLAUSE:
        return (_filled(basis, clause, subject) or "") if clause else ""
    if not use.slot.of_figure:
        return FROM_REPORT[use.slot](basis)
    if not use.code and not use.line:
        return FROM_FIGURE[use.slot](subject) if subject is not None else ""
    code = use.code or (subject.figure.code if subject is not None else "")
    other = basis.data.figure(code, use.line)
    word = FROM_FIGURE[use.slot](Subject(basis, other)) if other is not None else ""
    if not word and not optional:
        return wording.wanted(lower_first(basis.specs[code].ten)) if code in basis.specs else ""
    return word
