"""Every row of the table of components: case, size, weight, style, alignment, what stands below, indent, spacing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dvk_reports.papers.docx_reading import Paragraph
from dvk_reports.papers.lint_model import Case, named
from dvk_reports.papers.lint_pieces import Piece
from dvk_reports.papers.metrics import LINE, text_width, wrapped
from dvk_reports.plan.formats import ComponentSpec
from dvk_reports.vietnamese.numbers import show_number

_ALIGN = {"trai": "left", "giua": "center", "phai": "right", "deu": "both"}
_ALIGN_WORDS = {"left": "canh trái", "center": "canh giữa", "right": "canh phải", "both": "dàn đều hai bên"}
_BODY = ("noi_dung", "can_cu", "dieu", "diem")
_HEAD_PARTS = ("quoc_hieu", "tieu_ngu", "tieu_de", "co_quan_cap_tren", "co_quan", "so_ky_hieu", "dia_danh_ngay")
_ONE_LINE = ("quoc_hieu", "tieu_ngu", "tieu_de", "so_ky_hieu", "dia_danh_ngay")
_LONG = 150
"""A paragraph of so many signs is no heading, whatever its weight."""


def check_looks(case: Case) -> None:
    for spec in case.profile.thanh_phan:
        for piece in case.paper.all(spec.ma):
            if not any(run.text.strip() for run in piece.runs):
                continue  # only a number that Word itself prints
            _size(case, spec, piece)
            _weight(case, spec, piece)
            _case(case, spec, piece)
            _align(case, spec, piece)
        if spec.duoi is not None:
            _below(case, spec)
    _places(case)
    _body_form(case)
    _wrapping(case)


# --- one piece --------------------------------------------------------------------------------------------------------


def _size(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    least, most = spec.co
    slack = case.formats.sai_so.pt
    wrong = [size for size in piece.sizes if not least - slack <= size <= most + slack]
    if wrong:
        shown = ", ".join(_points(size) for size in wrong)
        case.tell_spec(piece, spec, "co", f"cỡ chữ {shown}", f"Đặt cỡ chữ {_range(least, most)}.")


def _weight(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    for attribute, name, words in (
        ("dam", "bold", ("chữ đậm", "chữ không đậm")),
        ("nghieng", "italic", ("chữ nghiêng", "chữ đứng")),
        ("gach_chan", "underline", ("chữ gạch chân", "chữ không gạch chân")),
    ):
        asked = getattr(spec, attribute)
        if asked is None:
            continue
        share = piece.share(name)
        if spec.ma in ("dieu", "diem", "noi_dung") and not _told_of_body(spec.ma, attribute, asked, share, piece):
            continue
        if (asked and share < 0.9) or (not asked and share > 0.1):
            now = words[1] if asked else words[0]
            part = " ở một phần" if 0.1 < share < 0.9 else ""
            case.tell_spec(piece, spec, attribute, f"{now}{part}", f"Đặt {words[0] if asked else words[1]}.")


def _told_of_body(name: str, attribute: str, asked: bool, share: float, piece: Piece) -> bool:
    """In the text single words may be bold or italic; only a whole paragraph tells, and of an article its head."""
    if name == "dieu" and attribute == "dam":
        head = next((run for run in piece.runs if run.text.strip()), None)
        return head is not None and not head.look.bold
    if asked:
        return False
    return share > 0.9 and (name == "diem" or len(piece.text) > _LONG)


def _case(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    letters = sum(char.isalpha() for char in piece.text)
    if spec.kieu_chu == "hoa" and not piece.capital:
        if spec.ma == "muc_la_ma" and _sentence_like(piece):
            return
        case.tell_spec(piece, spec, "kieu_chu", "không viết in hoa toàn bộ", "Viết in hoa.")
    elif spec.kieu_chu == "thuong" and piece.capital and letters > 4:
        case.tell_spec(piece, spec, "kieu_chu", "viết in hoa toàn bộ", "Viết chữ thường.")


def _sentence_like(piece: Piece) -> bool:
    """A list in the text that happens to count in Roman numbers is no heading."""
    return len(piece.text) > _LONG or (piece.text.endswith((";", ".")) and not piece.share("bold") > 0.9)


def _align(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    if spec.can is None or not piece.alone:
        return
    form, asked = piece.paragraph.form, _ALIGN[spec.can]
    if form.align == asked:
        return
    if spec.ma in _BODY and (form.align == "left" and _one_line(piece)):
        return  # one line looks the same both ways
    now = _ALIGN_WORDS[form.align]
    case.tell_spec(piece, spec, "can", f"đang {now}", f"Đặt {_ALIGN_WORDS[asked]}.")


def _one_line(piece: Piece) -> bool:
    form = piece.paragraph.form
    return _width(piece) <= piece.paragraph.room - form.left - form.right - form.first_line


def _width(piece: Piece) -> float:
    """Printed width in mm, as if there were one line."""
    return sum(text_width(run.text, run.look.size, run.look.bold, run.look.italic) for run in piece.runs)


# --- what stands below ------------------------------------------------------------------------------------------------


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
    slack = case.formats.sai_so.ke
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
    slack, taken = case.formats.sai_so.ke, []
    for other in case.profile.thanh_phan:
        pieces = case.paper.all(other.ma)
        if other.ma == spec.ma or other.ma not in _HEAD_PARTS or not pieces:
            continue
        if other.duoi is None or other.duoi.kieu != "ke":
            continue
        shortest, longest = _asked_length(other, pieces)
        near = _lines_near(case, pieces[-1])
        taken += [length for length in near if shortest - slack <= length <= longest + slack]
    return taken


def _border(paragraph: Paragraph) -> float:
    return paragraph.room - paragraph.form.left - paragraph.form.right


def _places(case: Case) -> None:
    """The heading proper stands right of the organ; number and date of a state paper stand on one line."""
    organ, title = case.paper.one("co_quan"), case.paper.one("tieu_de" if case.party else "quoc_hieu")
    spec = case.spec("tieu_de" if case.party else "quoc_hieu")
    if organ and title and spec and _beside(organ, title) and organ.column >= title.column:
        case.tell_spec(title, spec, "vi_tri", f"{spec.ten.lower()} không ở bên phải", f"Đặt ở {spec.vi_tri}.")
    number, dated, spec = case.paper.one("so_ky_hieu"), case.paper.one("dia_danh_ngay"), case.spec("dia_danh_ngay")
    if not case.party and number and dated and spec and not _level(number, dated):
        case.tell_spec(dated, spec, "vi_tri", "không cùng dòng với số, ký hiệu", f"Đặt ở {spec.vi_tri}.")


def _beside(one: Piece, other: Piece) -> bool:
    first, second = one.paragraph.place, other.paragraph.place
    if first is None or second is None:
        return one.paragraph is other.paragraph
    return first.table == second.table


def _level(one: Piece, other: Piece) -> bool:
    first, second = one.paragraph.place, other.paragraph.place
    if first is None or second is None:
        return one.paragraph is other.paragraph
    return (first.table, first.row) == (second.table, second.row)


# --- the text as a whole ----------------------------------------------------------------------------------------------


def _body_form(case: Case) -> None:
    spec = case.spec("noi_dung")
    if spec is None:
        return
    before: Piece | None = None
    for piece in case.paper.all(*_BODY):
        _indent(case, spec, piece)
        _pitch(case, spec, piece)
        _gap(case, spec, before, piece)
        before = piece


def _indent(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    form, slack = piece.paragraph.form, case.formats.sai_so.mm
    typed = piece.raw[:1] in ("\t", " ", "\u00a0")
    start = form.left + form.first_line
    if typed and abs(start) <= slack:
        remedy = f"Xóa ký tự trống ở đầu, đặt thụt dòng đầu {_lengths(spec.thut_dong)}."
        case.tell(piece, named(spec), "thụt đầu dòng bằng phím Tab hoặc dấu cách", remedy, _check(case, spec), False)
    elif not any(abs(start - asked) <= slack for asked in spec.thut_dong):
        what = f"đầu dòng thụt {show_mm(start)}"
        case.tell_spec(piece, spec, "thut_dong", what, f"Đặt thụt dòng đầu {_lengths(spec.thut_dong)}.")


def _pitch(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    asked, form = spec.gian_dong, piece.paragraph.form
    if asked is None:
        return
    slack = case.formats.sai_so.pt
    if asked.kieu == "chinh_xac":
        if form.pitch_kind == "exactly" and asked.tu - slack <= form.pitch <= asked.den + slack:
            return
        remedy = f"Đặt giãn dòng Exactly (chính xác) từ {_points(asked.tu)} đến {_points(asked.den)}."
    else:
        single = LINE * (piece.sizes or (14.0,))[-1]
        times = form.pitch if form.pitch_kind == "times" else form.pitch / single
        # A pitch in points that comes to single spacing is a hair off it.
        if asked.tu - (0.01 if form.pitch_kind == "times" else 0.08) <= times <= asked.den + 0.02:
            return
        if form.pitch_kind == "at_least" and times < asked.tu:
            return
        remedy = f"Đặt giãn dòng từ {show_plain(asked.tu)} đến {show_plain(asked.den)} dòng."
    case.tell_spec(piece, spec, "gian_dong", f"giãn dòng {_pitch_words(form.pitch_kind, form.pitch)}", remedy)


def _pitch_words(kind: str, pitch: float) -> str:
    if kind == "times":
        return "đơn" if abs(pitch - 1) < 0.01 else f"{show_plain(pitch)} dòng"
    return f"{'đúng' if kind == 'exactly' else 'ít nhất'} {_points(pitch)}"


def _gap(case: Case, spec: ComponentSpec, before: Piece | None, piece: Piece) -> None:
    """Only between paragraphs that follow each other: beside headings and tables other spaces hold."""
    if spec.cach_doan is None or before is None or before.paragraph.number + 1 != piece.paragraph.number:
        return
    above, below = before.paragraph, piece.paragraph
    same = above.style == below.style
    gap = 0.0 if same and above.form.close_to_same else above.form.after
    gap += 0.0 if same and below.form.close_to_same else below.form.before
    if gap < spec.cach_doan - case.formats.sai_so.pt:
        what, remedy = f"cách đoạn trên {_points(gap)}", f"Đặt khoảng cách đoạn từ {_points(spec.cach_doan)} trở lên."
        case.tell_spec(piece, spec, "cach_doan", what, remedy)


def _wrapping(case: Case) -> None:
    """C11: the lines of the heading stand on one line each."""
    for name in _HEAD_PARTS:
        spec = case.spec(name)
        for piece in case.paper.all(name) if spec else ():
            form, place = piece.paragraph.form, piece.paragraph.place
            room = piece.paragraph.room - form.left - form.right
            if spec is None or place is None or not piece.alone or room <= 0:
                continue
            width = _width(piece)
            if width > room + case.formats.sai_so.mm:
                what = f"chữ dài {show_mm(width)}, cột chỉ rộng {show_mm(room)} nên xuống dòng"
                remedy = "Chỉnh độ rộng hai cột của phần đầu văn bản."
                case.tell(piece, named(spec), what, remedy, "C11", name in _ONE_LINE)


# --- words ------------------------------------------------------------------------------------------------------------


def show_plain(value: float) -> str:
    """12.7 -> "12,7", 14.0 -> "14"."""
    return show_number(Decimal(str(round(value, 2))))


def show_mm(value: float) -> str:
    return f"{show_number(Decimal(str(round(value, 1))))} mm"


def _points(size: float) -> str:
    return f"{show_plain(size)} pt"


def _range(least: float, most: float) -> str:
    return _points(least) if least == most else f"{show_plain(least)} đến {_points(most)}"


def _lengths(values: Iterable[float]) -> str:
    return " hoặc ".join(show_mm(value) for value in values)


def _check(case: Case, spec: ComponentSpec) -> str:
    return f"{case.profile.ma}, ô {spec.o}"
