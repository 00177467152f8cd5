"""The head of an official paper: its family, issuer, number, place and date, told by words and place."""

from __future__ import annotations

import re
from datetime import date

from dvk_reports.papers.lint.pieces import DASHES, HEAD, Paper, Piece
from dvk_reports.plan.book.formats import PARTY, STATE, Family, FormatsFile
from dvk_reports.vietnamese.text import fold

STATE_NAME, MOTTO, PARTY_NAME = (
    fold(text)
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM")
)
_NUMBER = re.compile(r"Số\s*:?[\s.…_\d]*[A-Za-z]?\s*[-–/]\s*\S", re.IGNORECASE)
_DATED = re.compile(r"[^,]{2,60},?\s*ngày[\s.…_\d]*tháng[\s.…_\d]*năm[\s.…_\d]*", re.IGNORECASE)
_DAY = re.compile(r"ngày[\s.…_]*(\d{0,2})[\s.…_]*tháng[\s.…_]*(\d{0,2})[\s.…_]*năm[\s.…_]*(\d{4})?", re.IGNORECASE)
_URGENT = ("khẩn", "thượng khẩn", "hỏa tốc")


def find_heading(paper: Paper, formats: FormatsFile) -> None:
    """Name the components above the text."""
    first = paper.pieces[:HEAD]
    named: dict[int, str] = {}
    for place, piece in enumerate(first):
        name = _head_name(piece)
        if name and name not in named.values():
            named[place] = name
    found = set(named.values())
    paper.headings = found & {"quoc_hieu", "tieu_ngu", "tieu_de"}
    numbered = next((first[place] for place, name in named.items() if name == "so_ky_hieu"), None)
    paper.family = _family(paper.headings, numbered)
    if paper.family is None:
        return
    last = max(named)
    spots = [first[place].paragraph.place for place in named]
    tables = {spot.table for spot in spots if spot and not spot.ruled}
    while last + 1 < len(first) and (spot := first[last + 1].paragraph.place) and spot.table in tables:
        last += 1
    paper.head = range(last + 1)
    for place in sorted(named):
        paper.add(named[place], first[place])
    _organs(paper, named, formats)
    _left_extras(paper, named)
    dated = paper.one("dia_danh_ngay")
    if dated is not None:
        paper.day, paper.year = _day_of(dated.text)


def _head_name(piece: Piece) -> str:
    text = piece.folded
    if text == STATE_NAME:
        return "quoc_hieu"
    if text.strip("*-_ ") == MOTTO:
        return "tieu_ngu"
    if text == PARTY_NAME:
        return "tieu_de"
    if len(piece.text) < 60 and _NUMBER.match(piece.text):
        return "so_ky_hieu"
    # The sentence that closes minutes names an hour too.
    if len(piece.text) < 90 and _DATED.fullmatch(piece.text) and "giờ" not in text:
        return "dia_danh_ngay"
    return ""


def _family(headings: set[str], number: Piece | None) -> Family | None:
    """By the heading; where both or none stand, by the shape of the number."""
    party, state = "tieu_de" in headings, bool(headings & {"quoc_hieu", "tieu_ngu"})
    if party != state:
        return PARTY if party else STATE
    if number is not None:
        return PARTY if re.search(r"[-–]\s*[A-ZĐ][A-Za-zĐđr]*\s*/", number.text) else STATE
    return PARTY if party else None


def _organs(paper: Paper, named: dict[int, str], formats: FormatsFile) -> None:
    """Lines of capitals before the number, outside the block of the heading proper."""
    right = {paper.pieces[i].column for i, name in named.items() if name in ("quoc_hieu", "tieu_ngu", "tieu_de")}
    number = next((i for i, name in named.items() if name == "so_ky_hieu"), paper.head.stop)
    lines = [
        piece
        for place, piece in enumerate(paper.pieces[:number])
        if place not in named
        and (piece.mostly_capital or piece.awaits)
        and not piece.paragraph.boxed
        and not fold(piece.text).startswith(("dự thảo", "mật", "tối mật", "tuyệt mật"))
        and not (right and piece.column in right and _side_by_side(piece))
    ]
    starts = [i for i, piece in enumerate(lines) if piece.awaits or _begins_organ(piece, formats)]
    if len(starts) > 1:
        first = starts[-1]
    elif len(lines) > 1 and not starts:
        first = len(lines) - 1
    else:
        first = 0
    for i, piece in enumerate(lines):
        paper.add("co_quan" if i >= first else "co_quan_cap_tren", piece)


def _side_by_side(piece: Piece) -> bool:
    return piece.paragraph.place is not None or not piece.alone


def _begins_organ(piece: Piece, formats: FormatsFile) -> bool:
    text = f"{fold(piece.text)} "
    return any(text.startswith(fold(word) + (" " if word.endswith(" ") else "")) for word in formats.dau_ten_co_quan)


def _left_extras(paper: Paper, named: dict[int, str]) -> None:
    """What stands under the number on the left: the summary of a letter, a mark of urgency."""
    number = next((i for i, name in named.items() if name == "so_ky_hieu"), None)
    if number is None:
        return
    column = paper.pieces[number].column
    organs = {id(piece) for piece in paper.all("co_quan", "co_quan_cap_tren")}
    for place in range(number + 1, paper.head.stop):
        piece = paper.pieces[place]
        if place in named or id(piece) in organs or not piece.text or piece.column != column:
            continue
        if piece.folded in _URGENT:
            paper.add("khan", piece)
        elif not piece.mostly_capital and not DASHES.fullmatch(piece.text):
            paper.add("trich_yeu_cong_van", piece)


def _day_of(text: str) -> tuple[date | None, int | None]:
    found = _DAY.search(text)
    if not found:
        return None, None
    year = int(found[3]) if found[3] else None
    try:
        return (date(year, int(found[2]), int(found[1])) if year and found[1] and found[2] else None), year
    except ValueError:  # 31 tháng 4
        return None, year


def named_day(text: str) -> tuple[str, str, str]:
    """Day, month and year of "ngày … tháng … năm …" as they are written, each "" where blank."""
    found = _DAY.search(text)
    return (found[1] or "", found[2] or "", found[3] or "") if found else ("", "", "")
