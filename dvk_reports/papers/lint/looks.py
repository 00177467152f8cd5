"""Every row of the table of components: case, size, weight, style, alignment, place, indent, spacing."""

from __future__ import annotations

import unicodedata

from dvk_reports.papers.docx.metrics import LINE, text_width
from dvk_reports.papers.lint.measures import show_lengths, show_mm, show_plain, show_points, show_range
from dvk_reports.papers.lint.model import Case, named
from dvk_reports.papers.lint.pieces import Piece
from dvk_reports.plan.book.formats import ComponentSpec

_ALIGN = {"trai": "left", "giua": "center", "phai": "right", "deu": "both"}
_ALIGN_WORDS = {"left": "canh trái", "center": "canh giữa", "right": "canh phải", "both": "dàn đều hai bên"}
_BODY = ("noi_dung", "can_cu", "dieu", "diem")
_HEAD_PARTS = ("quoc_hieu", "tieu_ngu", "tieu_de", "co_quan_cap_tren", "co_quan", "so_ky_hieu", "dia_danh_ngay")
_ONE_LINE = ("quoc_hieu", "tieu_ngu", "tieu_de", "so_ky_hieu", "dia_danh_ngay")
_IN_BLOCKS = (*_HEAD_PARTS, "trich_yeu_cong_van", "quyen_han", "chuc_vu", "ho_ten")
_HORN = "\u031b"
_LONG = 150
"""A paragraph of so many signs is no heading, whatever its weight."""


def check_looks(case: Case) -> None:
    """Size, weight, case and place of every component."""
    for spec in case.profile.thanh_phan:
        for piece in case.paper.all(spec.ma):
            if not any(run.text.strip() for run in piece.runs):
                continue  # only a number that Word itself prints
            _size(case, spec, piece)
            _weight(case, spec, piece)
            _case(case, spec, piece)
            _align(case, spec, piece)
    _places(case)
    _body_form(case)
    _wrapping(case)


# --- one piece --------------------------------------------------------------------------------------------------------


def _size(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    least, most = spec.co
    slack = case.formats.sai_so.pt
    wrong = [size for size in piece.sizes if not least - slack <= size <= most + slack]
    if wrong:
        shown = ", ".join(show_points(size) for size in wrong)
        case.tell_spec(piece, spec, "co", f"cỡ chữ {shown}", f"Đặt cỡ chữ {show_range(least, most)}.")


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
    if piece.awaits:
        return
    letters = sum(char.isalpha() for char in piece.text)
    if spec.kieu_chu == "hoa" and not piece.capital:
        if spec.ma == "muc_la_ma" and _sentence_like(piece):
            return
        case.tell_spec(piece, spec, "kieu_chu", "không viết in hoa toàn bộ", "Viết in hoa.")
    elif spec.kieu_chu == "thuong" and piece.capital and letters > 4 and not _initials(piece.text):
        case.tell_spec(piece, spec, "kieu_chu", "viết in hoa toàn bộ", "Viết chữ thường.")


def _initials(text: str) -> bool:
    """Only initials (“VNPT, BTĐKT”), which are capitals in any line: no letter bears a tone or circumflex."""
    parts = unicodedata.normalize("NFD", text)
    return not any(unicodedata.combining(char) and char != _HORN for char in parts)


def _sentence_like(piece: Piece) -> bool:
    """A list in the text that happens to count in Roman numbers is no heading."""
    return len(piece.text) > _LONG or (piece.text.endswith((";", ".")) and not piece.share("bold") > 0.9)


def _align(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    if spec.can is None or not piece.alone:
        return
    if spec.ma in _IN_BLOCKS and piece.paragraph.place is None:
        return  # two blocks beside each other set with tabs or indents: the alignment is that of the page
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


# --- where it stands --------------------------------------------------------------------------------------------------


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
        remedy = f"Xóa ký tự trống ở đầu, đặt thụt dòng đầu {show_lengths(spec.thut_dong)}."
        case.tell(
            piece,
            named(spec),
            "thụt đầu dòng bằng phím Tab hoặc dấu cách",
            remedy,
            f"{case.profile.ma}, ô {spec.o}",
            False,
        )
    elif not any(abs(start - asked) <= slack for asked in spec.thut_dong):
        what = f"đầu dòng thụt {show_mm(start)}"
        case.tell_spec(piece, spec, "thut_dong", what, f"Đặt thụt dòng đầu {show_lengths(spec.thut_dong)}.")


def _pitch(case: Case, spec: ComponentSpec, piece: Piece) -> None:
    asked, form = spec.gian_dong, piece.paragraph.form
    if asked is None:
        return
    slack = case.formats.sai_so.pt
    if asked.kieu == "chinh_xac":
        if form.pitch_kind == "exactly" and asked.tu - slack <= form.pitch <= asked.den + slack:
            return
        remedy = f"Đặt giãn dòng Exactly (chính xác) từ {show_points(asked.tu)} đến {show_points(asked.den)}."
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
    return f"{'đúng' if kind == 'exactly' else 'ít nhất'} {show_points(pitch)}"


def _gap(case: Case, spec: ComponentSpec, before: Piece | None, piece: Piece) -> None:
    """Only between paragraphs that follow each other: beside headings and tables other spaces hold."""
    if spec.cach_doan is None or before is None or before.paragraph.number + 1 != piece.paragraph.number:
        return
    above, below = before.paragraph, piece.paragraph
    same = above.style == below.style
    gap = 0.0 if same and above.form.close_to_same else above.form.after
    gap += 0.0 if same and below.form.close_to_same else below.form.before
    if gap < spec.cach_doan - case.formats.sai_so.pt:
        what, remedy = (
            f"cách đoạn trên {show_points(gap)}",
            f"Đặt khoảng cách đoạn từ {show_points(spec.cach_doan)} trở lên.",
        )
        case.tell_spec(piece, spec, "cach_doan", what, remedy)


def _wrapping(case: Case) -> None:
    """C11: the lines of the heading stand on one line each."""
    for name in _HEAD_PARTS:
        spec = case.spec(name)
        for piece in case.paper.all(name) if spec else ():
            form, place = piece.paragraph.form, piece.paragraph.place
            room = piece.paragraph.room - form.left - form.right
            if spec is None or place is None or not piece.alone or room <= 0 or piece.awaits:
                continue
            width = _width(piece)
            if width > room + case.formats.sai_so.mm:
                what = f"chữ dài {show_mm(width)}, cột chỉ rộng {show_mm(room)} nên xuống dòng"
                remedy = "Chỉnh độ rộng hai cột của phần đầu văn bản."
                case.tell(piece, named(spec), what, remedy, "C11", name in _ONE_LINE)
