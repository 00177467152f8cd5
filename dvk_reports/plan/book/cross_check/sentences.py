"""Sentences of the report and places of figures in it: slots can be filled, and no figure is lost."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.plan.book.breakdown import line_labels
from dvk_reports.plan.book.cross_check.columns import Path
from dvk_reports.plan.book.cross_check.wrong import Wrong, about, unknown
from dvk_reports.plan.book.figures import FigureSpec
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.report_parts import Place, State
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sentences import Slot, Subject, Use, read, uses_in

_FIGURES, _DOCUMENTS = "figures.yaml", "documents.yaml"
_WHEN_KNOWN = {State.KNOWN, State.MET, State.MISSED, State.YEAR_OPEN, State.UNDECIDED}
_OF_FRAME = (Slot.CLAUSE, Slot.REST)
_REPORT = frozenset({Subject.REPORT})
_FIGURE = frozenset({Subject.FIGURE, Subject.REPORT})
_MODEL = frozenset({Subject.MODEL})
_OPINION = frozenset({Subject.OPINION, Subject.REPORT})


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """Every mistake in the sentences of the report and in the places of figures."""
    for name, frame in plan.figures.khung_cau.items():
        for state, text in frame.sentences.items():
            for wrong in _in_sentence(plan, text, own=None, frame=True):
                yield about((_FIGURES, "khung_cau", name, state), wrong)
    with_others = _said_with_others(plan)
    for at, spec in enumerate(plan.figures.chi_tieu):
        path = (_FIGURES, "chi_tieu", at)
        yield from _nowhere(spec, path, with_others)
        for number, place in enumerate(spec.noi):
            for key, wrong in _in_place(plan, spec, place):
                where = (*path, "noi", number, *([key] if key else []))
                yield about(where, wrong)
    yield from _of_report(plan)


def _said_with_others(plan: Plan) -> set[str]:
    """Codes of the figures that stand in a sentence of another one."""
    found: set[str] = set()
    for spec in plan.figures.chi_tieu:
        for place in spec.noi:
            texts = (*place.sentences.values(), place.con_lai or "")
            found |= {use.code for text in texts for use in uses_in(read(text)[0])} | set(place.cung)
    return found


def _nowhere(spec: FigureSpec, path: Path, with_others: set[str]) -> Iterator[Wrong]:
    if not spec.noi and not spec.khong_noi and spec.ma not in with_others:
        text = (
            "chỉ tiêu này không đứng ở đâu trong báo cáo; thêm noi (phan kèm câu, bang hoặc nhiem_vu), "
            "hoặc khong_noi kèm lý do."
        )
        yield Wrong((*path, "ma"), text)
    if spec.noi and spec.khong_noi:
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
    for code in place.cung:
        if code not in plan.figure_specs:
            yield "cung", f"không có chỉ tiêu “{code}”.{meant(code, plan.figure_specs)}"
    if place.mau is None or place.mau in plan.figures.khung_cau:  # else the frame is reported as unknown
        yield from _sentences(plan, spec, place)


def _sentences(plan: Plan, spec: FigureSpec, place: Place) -> Iterator[tuple[str, str]]:
    own = {**place.sentences, **({"con_lai": place.con_lai} if place.con_lai else {})}
    for state, text in own.items():
        for wrong in _in_sentence(plan, text, own=spec, frame=False):
            yield state, wrong
    only_said = ("mau", "dong", "tu_don_vi", "cung", "it_nhat")
    if place.phan is None:
        for key in (*own, *(key for key in only_said if getattr(place, key))):
            yield key, "chỉ dùng ở chỗ ghi phan."
        return
    frame = plan.figures.khung_cau.get(place.mau or "")
    framed = frame.sentences if frame is not None else {}
    if not _WHEN_KNOWN & (place.sentences.keys() | {state for state, text in framed.items() if not _asks(text)}):
        yield "", "chưa có câu nói khi đã có số: ghi co, hoặc mau là một khung câu đã đủ chữ."
    for state in place.sentences:
        if state in framed and not _asks(framed[state]):
            yield state, f"khung câu “{place.mau}” đã đủ chữ ở {state}, không có chỗ cho câu này."
    if place.con_lai and not any(_uses(text, Slot.REST) for text in framed.values()):
        yield "con_lai", "chỉ dùng cùng một khung câu có {con_lai}."


def _asks(text: str) -> bool:
    """Whether a frame has a place for the words of the figure."""
    return _uses(text, Slot.CLAUSE)


def _uses(text: str, slot: Slot) -> bool:
    """A sentence with mistakes may have had the slot."""
    sentence, mistakes = read(text)
    return bool(mistakes) or any(use.slot is slot for use in uses_in(sentence))


def _in_sentence(
    plan: Plan, text: str, own: FigureSpec | None, *, frame: bool, of: frozenset[Subject] = _FIGURE
) -> Iterator[str]:
    """What is wrong in a sentence. ``own``: the figure it belongs to; ``frame``: it is one for any figure."""
    sentence, mistakes = read(text)
    yield from mistakes
    for use in uses_in(sentence):
        # A figure that is named by its code may stand in any sentence.
        if use.slot.subject not in of and not use.code:
            yield f"{{{use.slot}}} nói về {use.slot.subject}, không điền được ở câu này."
        else:
            yield from _in_use(plan, use, own, frame=frame)


def _in_use(plan: Plan, use: Use, own: FigureSpec | None, *, frame: bool) -> Iterator[str]:
    shown = f"{{{use.slot}{f' {use.code}' if use.code else ''}{f'/{use.line}' if use.line else ''}}}"
    if use.slot in _OF_FRAME and not frame:
        yield f"{shown} chỉ đứng trong khung câu."
    if use.slot is Slot.ANNEX:
        annexes = [annex.ma for annex in plan.documents.bao_cao.phu_luc]
        if use.code not in annexes:
            yield f"{shown} phải kèm mã phụ lục, ví dụ {{{use.slot} {next(iter(annexes), '')}}}."
        return
    if use.slot.subject is not Subject.FIGURE:
        if use.code or use.line:
            yield f"{{{use.slot}}} không kèm mã chỉ tiêu hoặc dòng."
        return
    if use.code and use.code not in plan.figure_specs:
        yield f"không có chỉ tiêu “{use.code}”.{meant(use.code, plan.figure_specs)}"
        return
    spec = plan.figure_specs[use.code] if use.code else own
    if spec is None and not frame and use.slot is not Slot.AMOUNT:
        yield f"{shown} phải kèm mã chỉ tiêu, ví dụ {{{use.slot} {next(iter(plan.figure_specs), '')}}}."
    labels = line_labels(plan, spec) if spec is not None else []
    if use.line and spec is not None and use.line not in labels:
        yield f"chỉ tiêu {spec.ma} không có dòng “{use.line}”.{meant(use.line, labels)}"


def _of_report(plan: Plan) -> Iterator[Wrong]:
    """Parts and sentences of the report as a whole."""
    report = plan.documents.bao_cao
    for at, part in enumerate(report.phan):
        if bool(part.de_muc) != bool(part.cap):
            text = "đề mục ghi cả de_muc và cap; phần có câu thì không ghi cả hai."
            yield about((_DOCUMENTS, "bao_cao", "phan", at), text)
    yield from _columns(plan)
    for path, text, of in _report_sentences(plan):
        for wrong in _in_sentence(plan, text, own=None, frame=False, of=of):
            yield about((_DOCUMENTS, "bao_cao", *path), wrong)


def _columns(plan: Plan) -> Iterator[Wrong]:
    """Columns of the form that the report reads; of a plan without the sheet none is asked for."""
    report = plan.documents.bao_cao
    asked = _keys(plan, SheetRole.ASSESSMENT)
    for at, opinions in enumerate(report.y_kien):
        if asked and opinions.cot not in asked:
            yield unknown((_DOCUMENTS, "bao_cao", "y_kien", at, "cot"), "cột", opinions.cot, asked)
    columns = [opinions.cot for opinions in report.y_kien]
    for at, length in enumerate(plan.documents.do_dai):
        for column in length.y_kien:
            if column not in columns:
                yield unknown((_DOCUMENTS, "do_dai", at, "y_kien", column), "cột", column, columns)
    reviewed = _keys(plan, SheetRole.REVIEWS)
    for at, named in enumerate(report.dien_hinh):
        for column in named.so_lieu:
            if reviewed and column not in reviewed:
                yield unknown((_DOCUMENTS, "bao_cao", "dien_hinh", at, "so_lieu", column), "cột", column, reviewed)


def _keys(plan: Plan, role: SheetRole) -> list[str]:
    sheet = plan.sheets.get(plan.sheet(role))
    return list(sheet.fields) if sheet is not None else []


def _report_sentences(plan: Plan) -> Iterator[tuple[Path, str, frozenset[Subject]]]:
    report = plan.documents.bao_cao
    for at, sentence in enumerate(report.cau):
        yield ("cau", at, "cau"), sentence.cau, _REPORT
    for at, opinions in enumerate(report.y_kien):
        for key in ("cau", "mot_y", "mot_y_ro"):
            yield ("y_kien", at, key), getattr(opinions, key), _OPINION
    for at, named in enumerate(report.dien_hinh):
        for key in ("dau", "sau", "them", "khong_co", "chua_hieu_qua"):
            yield ("dien_hinh", at, key), getattr(named, key), _MODEL
        for column, text in named.so_lieu.items():
            yield ("dien_hinh", at, "so_lieu", column), text, _FIGURE
