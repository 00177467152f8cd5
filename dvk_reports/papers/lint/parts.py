"""Which line of a Word file is which component of an official paper: told by its words and where it stands.

Nothing is taken from the names of styles or from how this program writes: any office's file is read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dvk_reports.papers.docx.reading import WordFile
from dvk_reports.papers.lint.closing import begins_annex, find_annexes, find_signature, is_attached, signature_zone
from dvk_reports.papers.lint.heading import find_heading
from dvk_reports.papers.lint.pieces import ADDRESS, DASHES, HEAD, LETTER, ROMAN, Paper, Piece, pieces_of
from dvk_reports.plan.book.formats import FormatsFile
from dvk_reports.vietnamese.text import fold

_BASIS = re.compile(r"[-–]?\s*(Căn cứ|Theo (đề nghị|ý kiến|[A-ZĐ]\w*( \w+)?)|Xét |Thực hiện |Trên cơ sở )")
# A basis that goes on to say who does what is a sentence of the text.
_CLAUSE = re.compile(r"[,;]\s+[^\W\d_a-z][^,;]{2,60}?\s(đề nghị|kính|trình|báo cáo|yêu cầu|thông báo|quyết định)\b")
_ARTICLE = re.compile(r"Điều\s+\d+")
_POINT = re.compile(r"[a-zđ]\)\s")
_PART = re.compile(r"(Phần|Chương|Mục|Tiểu mục)\s+(thứ\s+\w+|[IVX]+|\d+)\s*[.:]?", re.IGNORECASE)


def recognise(file: WordFile, formats: FormatsFile) -> Paper:
    """Find the components of a paper; what is not there is not in ``parts``."""
    paper = Paper(file, [piece for paragraph in file.paragraphs for piece in pieces_of(paragraph)])
    find_heading(paper, formats)
    if paper.family is None:
        return paper
    start = _title(paper, formats, paper.head.stop)
    paper.attached = is_attached(paper)
    paper.sign = signature_zone(paper, start)
    _body(paper, start)
    find_signature(paper)
    find_annexes(paper)
    return paper


def _title(paper: Paper, formats: FormatsFile, start: int) -> int:
    """Name and summary of the paper; gives the place after them. A letter has neither."""
    names = {fold(kind.ten): kind.ten for kind in formats.loai_van_ban}
    for place in range(start, min(start + HEAD, len(paper.pieces))):
        piece = paper.pieces[place]
        name = names.get(piece.folded.rstrip(" :"))
        if name is None and piece.capital and len(piece.text) < 200:
            name = next((ten for ten in names.values() if piece.folded.startswith(fold(ten) + " ")), None)
        if name is not None and not (piece.paragraph.place and piece.paragraph.place.ruled):
            paper.kind = name
            paper.add("ten_loai", piece)
            return _summary(paper, place + 1)
        opened = _PART.fullmatch(piece.text) or ROMAN.match(piece.text) or _ARTICLE.match(piece.text)
        if opened or ADDRESS.match(piece.text) or (len(piece.text) > 150 and piece.paragraph.place is None):
            break
    summary = bool(paper.all("trich_yeu_cong_van"))
    number = paper.one("so_ky_hieu")
    numbered = number is not None and any(f"-{sign}/" in number.text for sign in formats.cong_van.values())
    if summary or numbered or any(ADDRESS.match(piece.text) for piece in paper.pieces[start : start + HEAD]):
        paper.kind = LETTER
        place = start
        while not summary and number is not None and place < len(paper.pieces):
            piece = paper.pieces[place]
            if ADDRESS.match(piece.text) or len(piece.text) > 150:
                break
            if piece.text and re.match(r"(V/v|[Vv]ề )", piece.text):
                paper.add("trich_yeu_cong_van", piece)
                return place + 1
            place += 1
    return start


def _summary(paper: Paper, start: int) -> int:
    """The lines under the name of the paper, and the mark below them."""
    place, found = start, 0
    while place < len(paper.pieces) and place < start + 8:
        piece = paper.pieces[place]
        if not piece.text:
            place += 1
            if found and not _lined(paper.pieces, place - 1):
                break
            if found:
                return place
            continue
        if DASHES.fullmatch(piece.text):
            paper.add("gach", piece)
            return place + 1
        centred = piece.paragraph.form.align == "center"
        plain = ADDRESS.match(piece.text) or piece.capital or ROMAN.match(piece.text) or piece.paragraph.place
        if plain or not (centred or piece.share("bold") > 0.9) or _BASIS.match(piece.text):
            break
        if found and not centred:
            break
        paper.add("trich_yeu", piece)
        found += 1
        place += 1
    return place


def _lined(pieces: Sequence[Piece], place: int) -> bool:
    paragraph = pieces[place].paragraph
    return bool(paragraph.drawn) or paragraph.form.line_above or paragraph.form.line_below


def _body(paper: Paper, start: int) -> None:
    end = paper.sign.start if paper.sign else len(paper.pieces)
    if not paper.sign:
        end = next((i for i in range(start, end) if begins_annex(paper, i)), end)
    basis_over, heading, addressing = False, False, False
    chained = _basis_chain(paper, start, end)
    for place in range(start, end):
        piece = _whole(paper.pieces, place)
        if piece is None or not piece.text or DASHES.fullmatch(piece.text):
            continue
        spot = piece.paragraph.place
        if spot is not None:
            if not spot.ruled and ADDRESS.match(piece.text):
                paper.add("kinh_gui", piece)
            elif not spot.ruled and _BASIS.match(piece.text) is None and paper.one("kinh_gui") and not basis_over:
                paper.add("kinh_gui_noi", piece)
            continue
        addressing = addressing and piece.text.startswith(("-", "–"))
        if ADDRESS.match(piece.text) and not paper.all("kinh_gui"):
            paper.add("kinh_gui", piece)
            addressing = piece.text.endswith(":")
        elif addressing:
            paper.add("kinh_gui_noi", piece)
        elif place in chained:
            paper.add("can_cu", piece)
        elif _orders(piece) and not basis_over:
            paper.add("quyet_dinh" if _orders(piece) == "line" else "tham_quyen", piece)
            basis_over = _orders(piece) == "line"
            continue
        else:
            name = _body_name(piece, heading)
            if name == "noi_dung" and _table_note(paper, piece):
                name = "khac"
            heading = name == "phan"
            paper.add(name, piece)
            basis_over = basis_over or name == "noi_dung"


def _whole(pieces: Sequence[Piece], place: int) -> Piece | None:
    """In the text a paragraph is read as one, its tabs and line breaks included; None for all but its first piece."""
    piece = pieces[place]
    if piece.alone or piece.paragraph.place is not None:
        return piece
    if place and pieces[place - 1].paragraph is piece.paragraph:
        return None
    return Piece(piece.paragraph, piece.paragraph.runs, 0, True)


def _table_note(paper: Paper, piece: Piece) -> bool:
    """A note or a unit of measure beside a table, which no format speaks of."""
    if re.match(r"(Ghi chú|Đơn vị tính|Nguồn)\s*:", piece.text):
        return True
    above = paper.file.paragraphs[piece.paragraph.number - 2] if piece.paragraph.number > 1 else None
    after = above is not None and (above.place is not None and above.place.ruled)
    noted = bool(paper.parts) and paper.parts[-1][0] == "khac" and paper.parts[-1][1].paragraph is above
    return (after or noted) and piece.share("italic") > 0.9


def _basis_chain(paper: Paper, start: int, end: int) -> set[int]:
    """Places of the căn cứ: a chain of them, or one that ends as in a chain; a sentence alone is none."""
    ordered = _before_the_order(paper, start, end)
    if ordered:
        return ordered
    found: list[int] = []
    for place in range(start, end):
        piece = _whole(paper.pieces, place)
        if piece is None or piece.paragraph.place is not None or not piece.text:
            continue
        opens = _BASIS.match(piece.text) and not piece.text.startswith("Thực hiện")
        if opens and (piece.text.endswith(";") or not _CLAUSE.search(piece.text)):
            found.append(place)
        elif found and _ARTICLE.match(piece.text):
            break
    one = len(found) == 1 and not paper.pieces[found[0]].text.endswith(";") and paper.kind != "QUYẾT ĐỊNH"
    return set() if one else set(found)


def _before_the_order(paper: Paper, start: int, end: int) -> set[int]:
    """All from the first căn cứ to “QUYẾT ĐỊNH:”, whatever each begins with; empty where no such line follows."""
    first: int | None = None
    found: set[int] = set()
    for place in range(start, end):
        piece = _whole(paper.pieces, place)
        if piece is None or not piece.text or piece.paragraph.place is not None:
            continue
        if _orders(piece) == "line":
            return found
        if _ARTICLE.match(piece.text) or ROMAN.match(piece.text):
            break
        if first is None and _BASIS.match(piece.text):
            first = place
        aside = piece.mostly_capital or piece.paragraph.form.align == "center" or piece.text.endswith(":")
        if first is not None and (_BASIS.match(piece.text) or not aside):
            found.add(place)
    return set()


def _orders(piece: Piece) -> str:
    """``line`` for “QUYẾT ĐỊNH:” (alone or after the organ), ``organ`` for the authority above the căn cứ."""
    if not piece.mostly_capital or ROMAN.match(piece.text) or _PART.match(piece.text):
        return ""
    if re.search(r"quyết định\s*:?$", piece.folded) or re.search(r"quyết nghị\s*:?$", piece.folded):
        return "line"
    return "organ" if piece.paragraph.form.align == "center" else ""


def _body_name(piece: Piece, after_part: bool) -> str:
    text = piece.text
    if _PART.fullmatch(text):
        return "phan"
    if after_part and piece.mostly_capital:
        return "ten_phan"
    if ROMAN.match(text):
        return "muc_la_ma"
    if _ARTICLE.match(text):
        return "dieu"
    if _POINT.match(text):
        return "diem"
    short = len(text) < 160
    if short and (piece.mostly_capital or piece.paragraph.form.align in ("center", "right")):
        return "khac"
    return "noi_dung"
