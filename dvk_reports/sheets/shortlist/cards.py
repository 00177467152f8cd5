"""Sheet ``Phiếu xét``: one candidate, one A4 page, with everything that the meeting has to know of it.

Excel ignores page breaks where a sheet is fitted to pages, so the sheet prints at full size in columns that fit A4, and
each card is set in the largest letters in which it stays on its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from dvk_reports.model.choosing import choice_of
from dvk_reports.model.proposals import Proposal
from dvk_reports.sheets.base.book import Sheet, lines_of, merge, must, page, put_formula, quoted, widths
from dvk_reports.sheets.base.looks import GREY, GROUP_FILL, HEAD_FILL
from dvk_reports.sheets.shortlist.pages import CARDS, GATE_NAMES, GATES, OUTCOMES, STATES, ShortlistContext, said_year
from dvk_reports.sheets.shortlist.proposals import column_span
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_number

_WIDTHS = (5.0, 25.0, 13.0, 49.0)
_ROOM = 712.0  # points on an A4 page between our margins, less what rows lose by rounding to pixels
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_CAPS = (600, 400, 250, 150, 90)  # characters of a text where even the smallest letters do not do
_LETTERS = 0.97  # letters to a digit's width, on the safe side
_BREAKS = 1000  # Excel takes 1023 page breaks on a sheet


@dataclass(frozen=True, slots=True)
class _Box:
    """Text over some columns of one line of the card."""

    first: int
    last: int
    text: str
    props: Mapping[str, Any] = field(default_factory=dict)
    formula: str = ""

    def lines(self, size: float) -> int:
        room = sum(_WIDTHS[self.first : self.last + 1]) * _LETTERS * 11 / (size + self.props.get("plus", 0))
        return lines_of(self.text, room - 1)


_Line = tuple[_Box, ...]
_LABEL = {"bold": True, "bg_color": GROUP_FILL}
_BAND = {"bold": True, "bg_color": HEAD_FILL}


def write_cards(context: ShortlistContext) -> None:
    """The cards in the order of the proposals; a second sheet where Excel allows no more page breaks on the first."""
    for start in range(0, max(len(context.proposals), 1), _BREAKS):
        name = CARDS if start == 0 else f"{CARDS} {start // _BREAKS + 1}"
        _sheet(context, name, context.proposals[start : start + _BREAKS])


def _sheet(context: ShortlistContext, name: str, proposals: tuple[Proposal, ...]) -> None:
    sheet = context.sheet(name)
    widths(sheet, _WIDTHS)
    sheet.hide_gridlines(2)
    row, breaks = 0, []
    for proposal in proposals:
        row = _card(context, sheet, row, list(_lines(context, proposal)))
        breaks.append(row)
    if not proposals:
        row = _card(context, sheet, row, [(_Box(0, 3, "Chưa có đề nghị nào."),)])
    page(sheet, landscape=False, area=(0, 0, row - 1, len(_WIDTHS) - 1), foot=context.title)
    sheet.set_print_scale(100)
    if breaks[:-1]:
        must(sheet.set_h_pagebreaks(breaks[:-1]), "ngắt trang")


def _card(context: ShortlistContext, sheet: Sheet, row: int, lines: list[_Line]) -> int:
    """Draw one card; the row after it."""
    lines, size = _fitted(lines)
    for line in lines:
        must(sheet.set_row(row, _height(line, size)), "chiều cao dòng")
        for box in line:
            _draw(context, sheet, row, box, size)
        row += 1
    return row


def _draw(context: ShortlistContext, sheet: Sheet, row: int, box: _Box, size: float) -> None:
    props = {key: value for key, value in box.props.items() if key != "plus"}
    look = context.formats(
        **{
            "border": 1,
            "border_color": "#A6A6A6",
            "text_wrap": True,
            "font_size": size + box.props.get("plus", 0),
            **props,
        }
    )
    merge(sheet, row, box.first, row, box.last, "" if box.formula else box.text, look)
    if box.formula:
        put_formula(sheet, row, box.first, box.formula, box.text, look)


def _height(line: _Line, size: float) -> float:
    return max(box.lines(size) * (size + float(box.props.get("plus", 0))) * 1.3 + 3 for box in line)


def _fitted(lines: list[_Line]) -> tuple[list[_Line], float]:
    """The card in the largest letters that keep it on one page; at last its longest texts are cut, and say so."""
    for size in _SIZES:
        if sum(_height(line, size) for line in lines) <= _ROOM:
            return lines, size
    size = _SIZES[-1]
    for most in _CAPS:
        cut = [tuple(_shortened(box, most) for box in line) for line in lines]
        if sum(_height(line, size) for line in cut) <= _ROOM:
            break
    return cut, size


def _shortened(box: _Box, most: int) -> _Box:
    if box.formula or len(box.text) <= most:
        return box
    return replace(box, text=f"{box.text[:most].rstrip()} … (xem đủ ở trang “{GATES}” hoặc “Đề nghị”)")


def _lines(context: ShortlistContext, proposal: Proposal) -> Iterator[_Line]:
    candidate = proposal.candidate
    heading = {"bold": True, "plus": 3, "align": "center", "border": 0}
    yield (_Box(0, 3, f"PHIẾU XÉT: {candidate.name}", heading),)
    yield (_Box(0, 3, f"{context.title}: {context.data.name}", {"italic": True, "align": "center", "border": 0}),)
    for label, text in _about(context, proposal):
        yield _Box(0, 1, label, _LABEL), _Box(2, 3, text)
    yield from _years(context, proposal)
    yield from _gates(proposal)
    yield from _standing(proposal)
    yield from _decision(context, proposal)


def _about(context: ShortlistContext, proposal: Proposal) -> Iterator[tuple[str, str]]:
    candidate = proposal.candidate
    yield "Hình thức, phân loại", f"{candidate.form}; {candidate.kind}"
    unit = context.name_of(candidate.unit)
    yield "Đơn vị đề nghị", f"{candidate.unit}{f' - {unit}' if unit else ''}"
    yield "Chức vụ, đơn vị công tác", _joined(candidate.post, candidate.workplace)
    born = f"sinh ngày {show_date(candidate.birth)}" if candidate.birth else ""
    person = _joined(candidate.title, born, candidate.gender, candidate.ethnicity and f"dân tộc {candidate.ethnicity}")
    if person:
        yield "Nhân thân", person
    if candidate.people is not None:
        women = f", trong đó nữ {show_number(candidate.women)}" if candidate.women is not None else ""
        yield "Số người", f"{show_number(candidate.people)}{women}"
    if candidate.address:
        yield "Địa chỉ", candidate.address
    yield "Đối tượng", candidate.group
    yield "Mô hình, xếp loại", _joined(candidate.model, proposal.model_name, proposal.model_class, *proposal.fields)
    yield "Tóm tắt thành tích", candidate.achievement
    yield "Khen thưởng đã nhận cho thành tích này", candidate.earlier_award
    if candidate.note:
        yield "Ghi chú của đơn vị", candidate.note
    row = f"{candidate.period}/{candidate.at.file}, {candidate.at.sheet}!{candidate.at.a1}"
    yield "Mã đề nghị, dòng trong tệp", f"{candidate.id} ({row})"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _years(context: ShortlistContext, proposal: Proposal) -> Iterator[_Line]:
    streak = "chưa rõ" if proposal.streak is None else str(proposal.streak)
    yield (_Box(0, 3, f"Số năm liên tục (cách tính {context.data.reading}): {streak}", _BAND),)
    for year in proposal.years:
        yield (_Box(0, 3, f"{said_year(year)} ({year.proof.shown()})"),)


def _gates(proposal: Proposal) -> Iterator[_Line]:
    yield (_Box(0, 3, "Điều kiện", _BAND),)
    for gate in proposal.gates:
        cells = "; ".join(proof.shown() for proof in gate.proofs)
        found = f"{gate.reason}{f' ({cells})' if cells else ''}"
        yield (
            _Box(0, 0, gate.code, {"align": "center"}),
            _Box(1, 1, GATE_NAMES.get(gate.code, "")),
            _Box(2, 2, gate.state.value, {"align": "center", **STATES[gate.state]}),
            _Box(3, 3, found),
        )


def _standing(proposal: Proposal) -> Iterator[_Line]:
    steps = "; ".join(f"{step.name}: {step.shown}" for step in proposal.steps)
    rank = f"Hạng {proposal.rank}" if proposal.rank is not None else "Không xếp hạng"
    yield _Box(0, 1, "Xếp hạng", _LABEL), _Box(2, 3, f"{rank}{f' ({steps})' if steps else ''}")
    look = {key: value for key, value in OUTCOMES[proposal.outcome].items() if key != "num_format"}
    yield _Box(0, 1, "Đề xuất của chương trình", _LABEL), _Box(2, 3, proposal.outcome.value, {"bold": True, **look})
    yield _Box(0, 1, "Lý do", _LABEL), _Box(2, 3, "\n".join(proposal.reasons))
    if proposal.money is not None or proposal.money_note:
        amount = f"{show_number(Decimal(proposal.money))} đồng" if proposal.money is not None else "chưa có mức"
        yield _Box(0, 1, "Tiền thưởng", _LABEL), _Box(2, 3, _joined(amount, proposal.money_note))


def _decision(context: ShortlistContext, proposal: Proposal) -> Iterator[_Line]:
    """What the clerk has typed on ``Đề nghị``, live; it takes two lines so that longer words still find room."""
    choice = choice_of(context.chosen, proposal)
    key = quoted(proposal.candidate.id)
    for label, column, text in (
        ("Quyết định của người xét", "quyet_dinh", choice.decision),
        ("Lý do của người xét", "ly_do_sua", choice.reason),
    ):
        place = f"MATCH({key},{column_span(context, 'ma_de_nghi')},0)"
        formula = f'=IFERROR(INDEX({column_span(context, column)},{place})&"","")'
        yield _Box(0, 1, label, _LABEL), _Box(2, 3, text, {"bold": column == "quyet_dinh"}, formula)
    end = {"italic": True, "font_color": GREY, "border": 0}
    yield (_Box(0, 3, f"{context.foot}.", end),)
