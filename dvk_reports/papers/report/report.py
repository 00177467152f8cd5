"""The district's report ``bao-cao.docx``: every field its template may use, drawn from one consolidation.

The template holds the head, the foot and the tables of the annexes; headings, sentences and their order are the plan's
(``figures.yaml``, ``documents.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.papers.docx.charts import ChartPart, chart_mark
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.letterhead import head_fields
from dvk_reports.papers.docx.tone import toned
from dvk_reports.papers.report import wording
from dvk_reports.papers.report.annexes import annex_fields
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.filling import Said
from dvk_reports.papers.report.periods import next_title
from dvk_reports.papers.report.restated import restated
from dvk_reports.papers.report.sentences import heading_of, paragraphs_of
from dvk_reports.plan.book.report_parts import Part
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.vietnamese.words import tones

CHARTS = ("xu_huong",)
_VERBATIM = ("y_kien_don_vi", "ho_ten")
_LONG_MARK = re.compile(r"\[CẦN BỔ SUNG: ([^\]]*)\]")
"""In a sentence the mark says only what is wanted."""
_ORDINALS = ("thứ nhất", "thứ hai", "thứ ba")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: a heading or a paragraph, with what it rests on."""

    look: str
    """phan · ten_phan · muc · tieu_muc · doan."""
    said: Said
    part: str


def write_report(
    target: Path | BinaryIO,
    office: Office,
    data: Consolidation,
    template: Path | None = None,
    charts: Mapping[str, ChartPart] | None = None,
) -> None:
    """Write the Word report of one period.

    ``template`` is the office's own ``mau-word/bao-cao.docx``; None takes the bundled one. ``charts``: native
    charts by name (``xu_huong``); without them the report has none. Same data, same bytes.
    Raises TemplateError where the template is broken or uses a field that does not exist; nothing is written then.
    """
    tone = office.plan.documents.dau_thanh
    written = report_context(office, data)
    basis = Basis(office, data)
    drawn = charts or {}
    fields = {**toned(written, tone, _kept_names(office, data, tone), _VERBATIM), **_chart_fields(drawn)}
    paper = render(
        Template(basis.paper.mau, template, tone),
        fields,
        title=f"Báo cáo {fields['trich_yeu']}",
        day=data.as_of,
        charts=drawn,
    )
    if isinstance(target, Path):
        target.write_bytes(paper)
    else:
        target.write(paper)


def _kept_names(office: Office, data: Consolidation, tone: str) -> set[str]:
    """Names as others have written them: of the register, of models and of who carries them."""
    of_models = {name for model in data.models for name in (model.name, model.carried_by) if tones(name, tone) != name}
    return {*names_of(office.register), *of_models}


def report_context(office: Office, data: Consolidation) -> dict[str, object]:
    """Every field of the report: text, lists of text, and lists of rows (dicts of text). No value is None."""
    basis = Basis(office, data)
    lines = body(basis)
    outside = {
        part.ma: " ".join(said.text for said in paragraphs_of(basis, part)) for part in basis.spec.phan if part.ngoai
    }
    own = {
        part.ma: [line.said.text for line in lines if line.part == part.ma]
        for part in basis.spec.phan
        if not part.cap and not part.ngoai
    }
    return {
        **_head(basis),
        **{name: _shown(text) for name, text in outside.items()},
        **own,
        "noi_dung": [{"kieu": line.look, "chu": line.said.text} for line in lines],
        **restated(data),
        **annex_fields(basis),
        **_chart_fields({}),
        **_figure_fields(basis),
    }


def body(basis: Basis) -> list[Line]:
    """Headings and paragraphs in the order of the page; a heading only where something stands below it."""
    found: list[Line] = []
    numbers = {"phan": 0, "muc": 0, "tieu_muc": 0}
    parts = [part for part in basis.spec.phan if part.stands_in(basis.kind) and not part.ngoai]
    texts = {part.ma: [] if part.cap else paragraphs_of(basis, part) for part in parts}
    for place, part in enumerate(parts):
        if part.cap is None:
            found += [Line("doan", replace(said, text=_shown(said.text)), part.ma) for said in texts[part.ma]]
        elif any(texts[other.ma] for other in _below(parts[place + 1 :], part)):
            numbers[part.cap] += 1
            if part.cap == "muc":
                numbers["tieu_muc"] = 0
            found += _heading(basis, part, numbers[part.cap])
    return found


_LEVELS = ("phan", "muc", "tieu_muc")


def _below(parts: list[Part], head: Part) -> list[Part]:
    """The parts up to the next heading of the same level or a higher one."""
    level = _LEVELS.index(head.cap or "")
    found = []
    for part in parts:
        if part.cap is not None and _LEVELS.index(part.cap) <= level:
            break
        found.append(part)
    return found


def _heading(basis: Basis, part: Part, number: int) -> list[Line]:
    text = heading_of(basis, part)
    if part.cap == "phan":
        first = Line("phan", Said(f"Phần {_ORDINALS[number - 1]}"), part.ma)
        return [first, Line("ten_phan", Said(text), part.ma)]
    if part.cap == "muc":
        return [Line("muc", Said(f"{ROMAN_HEADS[number - 1]}. {text.upper()}"), part.ma)]
    return [Line("tieu_muc", Said(f"{number}. {text}"), part.ma)]


ROMAN_HEADS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _shown(text: str) -> str:
    return _LONG_MARK.sub(r"[\1]", text)


def _chart_fields(charts: Mapping[str, ChartPart]) -> dict[str, str]:
    """Where each chart goes; "" where there is none, so that its caption is left out too."""
    return {f"bieu_do_{name}": chart_mark(name) if name in charts else "" for name in CHARTS}


def _figure_fields(basis: Basis) -> dict[str, str]:
    """Each figure by its code, for an office's own template: MT2.1 -> ``MT2_1`` and ``MT2_1_ket_luan``."""
    fields = {}
    for figure in basis.data.figures:
        if figure.group:
            continue
        name = figure.code.replace(".", "_")
        fields[name] = basis.amounts.quantity(figure) if figure.value is not None else basis.amounts.result_cell(figure)
        words = basis.spec.ket_luan[wording.verdict_of(figure)]
        fields[f"{name}_ket_luan"] = wording.NOTHING if figure.target is None else words.bang
    return fields


def _head(basis: Basis) -> dict[str, object]:
    paper, day = basis.paper, basis.data.as_of
    period, following = basis.period.title, next_title(basis.period, basis.plan)
    return {
        "ky_bao_cao": period,
        "ky_sau": following,
        "ky_bao_cao_in_hoa": period.upper(),
        **head_fields(Office(basis.plan, basis.register, day), paper),
        "can_cu_viet": _shown("; ".join(paper.can_cu_viet)),
        "so_don_vi_da_bao_cao": str(basis.reported),
        "so_don_vi_phai_bao_cao": str(len(basis.data.submissions)),
    }
