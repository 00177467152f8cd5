"""Sentences of the report and places of figures in it: slots can be filled, and no figure is lost."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.plan.book.breakdown import line_labels
from dvk_reports.plan.book.cross_check.columns import Path
from dvk_reports.plan.book.cross_check.wrong import Wrong, about
from dvk_reports.plan.book.figures import FigureSpec
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.report_parts import Place, State
from dvk_reports.plan.book.roles import FigureRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sentences import Slot, Use, read, uses_in

_FIGURES, _DOCUMENTS = "figures.yaml", "documents.yaml"
_DRAWN = (FigureRole.MODELS, FigureRole.MODELS_BY_FIELD, FigureRole.MODELS_BY_LEVEL, FigureRole.NEW_MODELS)
"""Roles whose figure is drawn in a chart or a table of its own."""

_WHEN_KNOWN = {State.ALWAYS, State.KNOWN, State.MET, State.MISSED, State.YEAR_OPEN, State.UNDECIDED}


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Every mistake in the sentences of the report and in the places of figures."""
    for name, frame in plan.figures.khung_cau.items():
        for state, text in frame.sentences.items():
            for wrong in _in_sentence(plan, text, own=None, frame=True):
                yield about((_FIGURES, "khung_cau", name, state), wrong)
    for at, spec in enumerate(plan.figures.chi_tieu):
        path = (_FIGURES, "chi_tieu", at)
        yield from _nowhere(spec, path)
        for number, place in enumerate(spec.noi):
            for key, wrong in _in_place(plan, spec, place):
                where = (*path, "noi", number, *([key] if key else []))
                yield about(where, wrong)
    yield from _parts(plan)


def _nowhere(spec: FigureSpec, path: Path) -> Iterator[Wrong]:
    placed = bool(spec.noi) or spec.vai in _DRAWN
    if not placed and not spec.khong_noi:
        text = (
            "chỉ tiêu này không đứng ở đâu trong báo cáo; thêm noi (phan kèm câu, bang hoặc nhiem_vu), "
            "hoặc khong_noi kèm lý do."
        )
        yield Wrong((*path, "ma"), text)
    if placed and spec.khong_noi:
        text = "đã có chỗ trong báo cáo thì bỏ khong_noi."
        yield Wrong((*path, "khong_noi"), text)


def _in_place(plan: Plan, spec: FigureSpec, place: Place) -> Iterator[tuple[str, str]]:
    """(key or "", what is wrong) of one place of a figure."""
    targets = [key for key in ("phan", "bang", "nhiem_vu") if getattr(place, key) is not None]
    if len(targets) != 1:
        yield "", "mỗi chỗ ghi đúng một trong phan, bang, nhiem_vu."
        return
    labels = line_labels(plan, spec)
    if place.dong and place.dong not in labels:
        yield "dong", f"chỉ tiêu không có dòng “{place.dong}”.{meant(place.dong, labels)}"
    if place.mau is None or place.mau in plan.figures.khung_cau:  # else the frame is reported as unknown
        yield from _sentences(plan, spec, place)


def _sentences(plan: Plan, spec: FigureSpec, place: Place) -> Iterator[tuple[str, str]]:
    for state, text in place.sentences.items():
        for wrong in _in_sentence(plan, text, own=spec, frame=False):
            yield state, wrong
    if place.phan is None:
        for key in (*place.sentences, *(key for key in ("mau", "dong", "tu_don_vi") if getattr(place, key))):
            yield key, "chỉ dùng ở chỗ ghi phan."
        return
    frame = plan.figures.khung_cau.get(place.mau or "")
    framed = frame.sentences if frame is not None else {}
    complete = State.KNOWN in framed and not _asks_for_clause(framed[State.KNOWN])
    if not complete and not _WHEN_KNOWN & place.sentences.keys():
        yield "", "chưa có câu nói khi đã có số: ghi co, hoặc mau là một khung câu đã đủ chữ."
    for state in place.sentences:
        if state in framed and not _asks_for_clause(framed[state]):
            yield state, f"khung câu “{place.mau}” đã đủ chữ ở {state}, không có chỗ cho câu này."


def _asks_for_clause(text: str) -> bool:
    """Whether a frame has a place for the words of the figure; a frame with mistakes may have had one."""
    sentence, mistakes = read(text)
    return bool(mistakes) or any(use.slot is Slot.CLAUSE for use in uses_in(sentence))


def _in_sentence(plan: Plan, text: str, own: FigureSpec | None, *, frame: bool) -> Iterator[str]:
    """What is wrong in a sentence. ``own``: the figure it belongs to; ``frame``: it is one for any figure."""
    sentence, mistakes = read(text)
    yield from mistakes
    for use in uses_in(sentence):
        yield from _in_use(plan, use, own, frame=frame)


def _in_use(plan: Plan, use: Use, own: FigureSpec | None, *, frame: bool) -> Iterator[str]:
    shown = f"{{{use.slot}{f' {use.code}' if use.code else ''}{f'/{use.line}' if use.line else ''}}}"
    if use.slot is Slot.CLAUSE and not frame:
        yield f"{shown} chỉ đứng trong khung câu."
    if not use.slot.of_figure:
        if use.code or use.line:
            yield f"{{{use.slot}}} không kèm mã chỉ tiêu hoặc dòng."
        return
    if use.code and use.code not in plan.figure_specs:
        yield f"không có chỉ tiêu “{use.code}”.{meant(use.code, plan.figure_specs)}"
        return
    spec = plan.figure_specs[use.code] if use.code else own
    if spec is None and not frame:
        yield f"{shown} phải kèm mã chỉ tiêu, ví dụ {{{use.slot} {next(iter(plan.figure_specs), '')}}}."
    labels = line_labels(plan, spec) if spec is not None else []
    if use.line and spec is not None and use.line not in labels:
        yield f"chỉ tiêu {spec.ma} không có dòng “{use.line}”.{meant(use.line, labels)}"


def _parts(plan: Plan) -> Iterator[Wrong]:
    """Parts and sentences of the report as a whole."""
    report = plan.documents.bao_cao
    for at, part in enumerate(report.phan):
        path = (_DOCUMENTS, "bao_cao", "phan", at)
        heads = [item.ma for item in report.phan if item.de_muc]
        if part.thuoc and part.thuoc not in heads:
            text = f"không có phần có đề mục “{part.thuoc}”.{meant(part.thuoc, heads)}"
            yield about((*path, "thuoc"), text)
    for at, sentence in enumerate(report.cau):
        path = (_DOCUMENTS, "bao_cao", "cau", at)
        for wrong in _in_sentence(plan, sentence.cau, own=None, frame=False):
            yield about((*path, "cau"), wrong)
