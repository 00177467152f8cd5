"""What must stand under a component: a line as long as its text, an asterisk, five hyphens."""

from __future__ import annotations

from collections.abc import Sequence

from dvk_reports.papers.docx.metrics import text_width, wrapped
from dvk_reports.papers.docx.reading import Paragraph
from dvk_reports.papers.lint.measures import show_mm
from dvk_reports.papers.lint.model import Case, named
from dvk_reports.papers.lint.pieces import Piece
from dvk_reports.plan.book.formats import ComponentSpec

_HEAD_PARTS = ("quoc_hieu", "tieu_ngu", "tieu_de", "co_quan")


def check_lines(case: Case) -> None:
    """The lines drawn below components."""
    for spec in case.profile.thanh_phan:
        if spec.duoi is not None:
            _below(case, spec)


def _below(case: Case, spec: ComponentSpec) -> None:
    below = spec.duoi
    pieces = case.paper.all(spec.ma)
    if not pieces or below is None:
        return
    last = pieces[-1]
    sure = spec.sure() if below.chac is None else below.chac in "VQS"
    check, part = f"{case.profile.ma}, ô {spec.o}", named(spec)
    if below.kieu == "sao":
        _star(case, last, part, check, sure)
    elif below.kieu == "gach":
        _hyphens(case, last, part, check, sure)
    else:
        _line(case, spec, pieces, part, check, sure)


def _star(case: Case, organ: Piece, part: str, check: str, sure: bool) -> None:
    following = next((piece for piece in _after(case, organ) if piece.text), None)
    if following is not None and following.text == "*":
        return
    if following is not None and following.text.strip("* ") == "":
        case.tell(following, part, "dưới tên cơ quan không phải một dấu *", "Để một dấu * canh giữa.", check, sure)
        return
    lined = bool(_lines_near(case, organ))
    what = "dưới tên cơ quan là đường kẻ" if lined else "dưới tên cơ quan thiếu dấu *"
    case.tell(organ, part, what, "Để một dấu * canh giữa ở dòng ngay dưới.", check, sure)


def _hyphens(case: Case, summary: Piece, part: str, check: str, sure: bool) -> None:
    mark = case.paper.one("gach")
    if mark is not None and mark.text.replace("–", "-") == "-----":
        if mark.alone and mark.paragraph.form.align != "center":
            case.tell(mark, part, "năm gạch nối không canh giữa", "Đặt canh giữa.", check, sure)
        return
    if case.paper.kind in case.profile.khong_gach_trich_yeu:
        return
    remedy = "Gõ năm gạch nối ----- canh giữa ở dòng ngay dưới."
    if mark is None:
        lined = bool(_lines_near(case, summary))
        what = "dưới trích yếu là đường kẻ" if lined else "dưới trích yếu thiếu năm gạch nối (-----)"
        case.tell(summary, part, what, remedy, check, sure)
    else:
        case.tell(mark, part, "dấu dưới trích yếu không phải năm gạch nối", remedy, check, sure)


def _line(case: Case, spec: ComponentSpec, pieces: Sequence[Piece], part: str, check: str, sure: bool) -> None:
    last = pieces[-1]
    typed = next((piece for piece in _after(case, last) if piece.text), None)
    if typed is not None and not typed.text.strip("_-–— ") and len(typed.text) > 2:
        case.tell(typed, part, "đường kẻ được gõ bằng ký tự", "Vẽ đường kẻ liền hoặc dùng viền đoạn.", check, False)
        return
    if any(piece.share("underline") > 0.5 for piece in pieces):
        case.tell(last, part, "đường kẻ là gạch chân của chữ", "Vẽ đường kẻ liền riêng ở dưới.", check, False)
        return
    shortest, longest = _asked_length(spec, pieces)
    slack = _slack(case, longest)
    found = _lines_near(case, last) or _floating_lines(case, spec)
    if not found:
        case.tell(
            last, part, f"thiếu đường kẻ dưới {spec.ten.lower()}", _line_remedy(spec, shortest, longest), check, sure
        )
        return
    nearest = min(found, key=lambda length: max(shortest - length, length - longest, 0))
    if not shortest - slack <= nearest <= longest + slack:
        what = f"đường kẻ dưới {spec.ten.lower()} dài {show_mm(nearest)}"
        case.tell(last, part, what, _line_remedy(spec, shortest, longest), check, sure)


def _slack(case: Case, longest: float) -> float:
    """Of a short line a few millimetres are much: a twentieth of it, at most what the formats allow."""
    return min(case.formats.sai_so.ke, longest / 20)


def _asked_length(spec: ComponentSpec, pieces: Sequence[Piece]) -> tuple[float, float]:
    """Least and most length of the line, by the last and the longest printed line of the text."""
    widths = [width for piece in pieces for width in _printed(spec, piece)]
    low, high = spec.duoi.phan if spec.duoi else (1, 1)
    return low * min(widths[-1], max(widths)), high * max(widths)


def _printed(spec: ComponentSpec, piece: Piece) -> list[float]:
    """Widths of the lines that a piece is printed in once its size, weight and case are as they must be."""
    form, (least, most) = piece.paragraph.form, spec.co
    room = piece.paragraph.room - form.left - form.right
    size = min(max((piece.sizes or (least,))[-1], least), most)
    bold, italic = bool(spec.dam), bool(spec.nghieng)
    text = piece.text.upper() if spec.kieu_chu == "hoa" else piece.text
    lines = wrapped(text, room, size, bold, italic) if piece.alone and room > 0 else [text]
    return [text_width(line, size, bold, italic) for line in lines]


def _line_remedy(spec: ComponentSpec, shortest: float, longest: float) -> str:
    if spec.duoi is not None and min(spec.duoi.phan) == 1:
        return f"Kẻ đường liền dài bằng dòng chữ ({show_mm(longest)})."
    return f"Kẻ đường liền dài từ 1/3 đến 1/2 dòng chữ ({show_mm(shortest)} đến {show_mm(longest)}), cân đối."


def _after(case: Case, piece: Piece) -> list[Piece]:
    """The pieces after one, in the same cell or, outside tables, in the same column."""
    pieces, spot = case.paper.pieces, piece.paragraph.place
    start = next((i for i, item in enumerate(pieces) if item is piece), 0)
    return [
        item
        for item in pieces[start + 1 : start + 30]
        if (
            _same_column(item, piece)
            if spot
            else item.paragraph.place is None and (item.alone or _same_column(item, piece))
        )
    ]


def _same_column(item: Piece, piece: Piece) -> bool:
    one, other = item.paragraph.place, piece.paragraph.place
    table = (one.table if one else None) == (other.table if other else None)
    return table and item.column == piece.column


def _lines_near(case: Case, piece: Piece) -> list[float]:
    """Lengths of the lines at a piece and below it, up to the next text."""
    paragraph = piece.paragraph
    found = [*paragraph.drawn, *([_border(paragraph)] if paragraph.form.line_below else [])]
    for item in _after(case, piece):
        if item.paragraph is paragraph:
            continue
        following = item.paragraph
        if following.form.line_above:
            found.append(_border(following))
        found += following.drawn
        if item.text:
            break
        if following.form.line_below:
            found.append(_border(following))
    return found


def _floating_lines(case: Case, spec: ComponentSpec) -> list[float]:
    """A drawn line floats, so it may be anchored anywhere in the heading; those of other components are left out."""
    if spec.ma not in _HEAD_PARTS:
        return []
    stop = case.paper.head.stop
    while stop < len(case.paper.pieces) and not case.paper.pieces[stop].text:
        stop += 1
    seen = {piece.paragraph.number: piece.paragraph for piece in case.paper.pieces[:stop]}
    found = [length for paragraph in seen.values() for length in paragraph.drawn]
    for length in _lines_of_others(case, spec):
        if length in found:
            found.remove(length)
    return found


def _lines_of_others(case: Case, spec: ComponentSpec) -> list[float]:
    """Lines that stand at another component of the heading and are of its length."""
    taken: list[float] = []
    for other in case.profile.thanh_phan:
        pieces = case.paper.all(other.ma)
        if other.ma == spec.ma or other.ma not in _HEAD_PARTS or not pieces:
            continue
        if other.duoi is None or other.duoi.kieu != "ke":
            continue
        shortest, longest = _asked_length(other, pieces)
        slack = _slack(case, longest)
        near = _lines_near(case, pieces[-1])
        taken += [length for length in near if shortest - slack <= length <= longest + slack]
    return taken


def _border(paragraph: Paragraph) -> float:
    return paragraph.room - paragraph.form.left - paragraph.form.right
