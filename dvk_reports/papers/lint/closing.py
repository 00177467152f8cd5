"""The end of an official paper: signatures, receivers and annexes."""

from __future__ import annotations

import re

from dvk_reports.papers.lint.pieces import ROMAN, Paper, Piece

_RECEIVERS = re.compile(r"Nơi\s+nhận\b\s*:?", re.IGNORECASE)
_ANNEX = re.compile(r"(Phụ lục|Biểu|Mẫu)(\s+(số\s+)?[IVX\d]+)?\s*[.:]?", re.IGNORECASE)
_LIST = re.compile(r"DANH SÁCH\b.{0,160}")
# “(Kèm theo Quyết định số …)”, “(Ban hành kèm theo …)”; “(có Danh sách kèm theo)” only speaks of a list.
_LINK = re.compile(r"\([^()]{0,40}?\b[Kk]èm theo\s+[^\s)].*")
_NUMBERED_ANNEX = re.compile(r"Phụ lục\s+(số\s+)?[IVX\d]+\s*[.:–-]\s*\S.*", re.IGNORECASE)
# Initials of who drafted, with the number of copies: “PL.(300)”, “NCKSTTHC”, “ToànKiên-12”.
_DRAFTER = re.compile(r"(?=\w*[A-ZĐ]{2}|\w+[-.])[^\W\d_]{2,14}\.?(\s*[-–]?\s*\(?\d{1,4}\)?)?")
_ITEM = ("-", "–", "•", "+")
_AUTHORITY = re.compile(
    r"(T\s*[/.]?\s*M|K\s*[/.]?\s*T|T\s*[/.]?\s*L|TUQ|T/UQ|Q)\s*[./]\s*\S|(T/?M|K/?T|T/?L|TUQ|T/UQ)\s+\S"
)


def signature_zone(paper: Paper, start: int) -> range:
    """From the first line of the signature block to its last; empty where there is none."""
    places = [i for i in range(start, len(paper.pieces)) if _RECEIVERS.match(paper.pieces[i].text)]
    signs = [
        i
        for i in range(start, len(paper.pieces))
        if _AUTHORITY.match(paper.pieces[i].text) and paper.pieces[i].mostly_capital
    ]
    if places:
        first = last = places[0]
        spot = paper.pieces[first].paragraph.place
        if spot is not None:
            while first > start and _in_table(paper.pieces[first - 1], spot.table):
                first -= 1
            while last + 1 < len(paper.pieces) and _in_table(paper.pieces[last + 1], spot.table):
                last += 1
        else:
            while first > start and first > places[0] - 14 and _sign_like(paper.pieces[first - 1]):
                first -= 1
            above = paper.pieces[first - 1].paragraph.place if first > start else None
            while (
                above is not None
                and not above.ruled
                and first > start
                and _in_table(paper.pieces[first - 1], above.table)
            ):
                first -= 1
            last = _end_of_block(paper, places[0])
        return range(_skip_blank(paper, first), last + 1)
    tables = _closing_table(paper, start)
    if tables is not None:
        return tables
    if signs:
        return range(signs[-1], _end_of_block(paper, signs[-1]) + 1)
    return range(0)


def _in_table(piece: Piece, table: int) -> bool:
    return piece.paragraph.place is not None and piece.paragraph.place.table == table


def _sign_like(piece: Piece) -> bool:
    if piece.paragraph.place is not None:
        return False
    return not piece.text or (piece.mostly_capital and len(piece.text) < 60) or _signed_name(piece)


def _signed_name(piece: Piece) -> bool:
    """The name under a post that stands above “Nơi nhận:”."""
    words = piece.text.split()
    apart = piece.paragraph.form.align in ("center", "right")
    return apart and 2 <= len(words) <= 6 and all(word[0].isupper() and word.rstrip(".").isalpha() for word in words)


def _skip_blank(paper: Paper, place: int) -> int:
    while place < len(paper.pieces) - 1 and not paper.pieces[place].text:
        place += 1
    return place


def _end_of_block(paper: Paper, place: int) -> int:
    """The last line before an annex, a table or a new page begins."""
    while place + 1 < len(paper.pieces):
        piece = paper.pieces[place + 1]
        before = paper.pieces[place].paragraph
        if piece.paragraph.section != before.section or piece.paragraph.place or begins_annex(paper, place + 1):
            break
        if piece.paragraph.form.break_before or before.page_break:
            break
        place += 1
    return place


def _closing_table(paper: Paper, start: int) -> range | None:
    """A table without lines whose lines are capitals and names, near the end of a paper without “Nơi nhận”."""
    tables: dict[int, list[int]] = {}
    for place in range(start, len(paper.pieces)):
        spot = paper.pieces[place].paragraph.place
        if spot is not None and not spot.ruled:
            tables.setdefault(spot.table, []).append(place)
    for places in reversed(list(tables.values())):
        told = [paper.pieces[i] for i in places if paper.pieces[i].text]
        if told and any(piece.mostly_capital for piece in told) and all(len(piece.text) < 90 for piece in told):
            return range(_skip_blank(paper, places[0]), places[-1] + 1)
    return None


def begins_annex(paper: Paper, place: int) -> bool:
    """Whether an annex begins here: by its word, or as the title of what the line “(… kèm theo …)” below issues."""
    piece = paper.pieces[place]
    if _ANNEX.fullmatch(piece.text) or (_LIST.fullmatch(piece.text) and piece.capital):
        return True
    return _centred(piece) and (
        bool(_NUMBERED_ANNEX.fullmatch(piece.text)) or (piece.mostly_capital and _linked(paper, place))
    )


def _centred(piece: Piece) -> bool:
    return piece.alone and piece.paragraph.place is None and piece.paragraph.form.align == "center"


def _linked(paper: Paper, place: int) -> bool:
    """Whether the centred lines from here on, one below the other, close with a link line."""
    for piece in paper.pieces[place : place + 7]:
        if _LINK.match(piece.text):
            return True
        if not _centred(piece) or (not piece.text and not piece.paragraph.drawn):
            return False
    return False


def is_attached(paper: Paper) -> bool:
    """Whether the file holds only what another paper issues: a statute, an annex, a list with its link line."""
    if paper.one("so_ky_hieu") or paper.one("dia_danh_ngay"):
        return False
    told = [piece.text for piece in paper.pieces if piece.text]
    return any(_LINK.match(text) for text in told[:15])


def find_signature(paper: Paper) -> None:
    """Name the components of the closing block: receivers, authority, post, signer."""
    receivers = next((i for i in paper.sign if _RECEIVERS.match(paper.pieces[i].text)), None)
    left = paper.pieces[receivers].column if receivers is not None else None
    posts = False
    for place in paper.sign:
        piece = paper.pieces[place]
        if not piece.text:
            continue
        if place == receivers:
            paper.add("noi_nhan", piece)
        elif receivers is not None and _is_receiver(paper, piece, place, receivers, left):
            drafted = _DRAFTER.fullmatch(piece.text) and _receivers_closed(paper)
            paper.add("nguoi_soan" if drafted else "danh_sach_noi_nhan", piece)
        elif _AUTHORITY.match(piece.text) and piece.mostly_capital:
            paper.add("quyen_han", piece)
            posts = posts or piece.text.startswith("Q")
        elif (piece.mostly_capital or piece.awaits) and not _posts_closed(paper, piece):
            paper.add("chuc_vu", piece)
            posts = True
        elif posts and _name_like(piece):
            paper.add("ho_ten", piece)
    paper.parts = [(_kind_of_post(paper, name, piece), piece) for name, piece in paper.parts]


def _is_receiver(paper: Paper, piece: Piece, place: int, receivers: int, left: int | None) -> bool:
    """What stands below “Nơi nhận:” on its side; capitals there are initials, not a post."""
    if place < receivers:
        return False
    if piece.paragraph.place is not None or not piece.alone:
        return piece.column == left
    if piece.text.startswith(_ITEM) or (_DRAFTER.fullmatch(piece.text) and _receivers_closed(paper)):
        return True
    return not piece.mostly_capital and not paper.all("chuc_vu", "quyen_han")


def _receivers_closed(paper: Paper) -> bool:
    items = paper.all("danh_sach_noi_nhan")
    return bool(items) and items[-1].text.endswith(".")


def _posts_closed(paper: Paper, piece: Piece) -> bool:
    """After a name in the same column no further post is expected."""
    return any(name.column == piece.column for name in paper.all("ho_ten"))


def _name_like(piece: Piece) -> bool:
    words = piece.text.split()
    return len(words) <= 8 and not piece.text.startswith(("-", "(", "[", "…", "."))


def _kind_of_post(paper: Paper, name: str, piece: Piece) -> str:
    """The second half of an authority that runs over two lines is part of it, not a post."""
    if name != "chuc_vu":
        return name
    authority = [item for item in paper.all("quyen_han") if item.column == piece.column]
    if not authority:
        return name
    before = [item for item in paper.all("chuc_vu") if item.column == piece.column]
    return "quyen_han" if len(before) > 1 and before[0] is piece and piece.share("bold") > 0.9 else name


def find_annexes(paper: Paper) -> None:
    """Name the headings of the annexes."""
    start = paper.sign.stop if paper.sign else len(paper.pieces)
    first = next((i for i in range(start, len(paper.pieces)) if begins_annex(paper, i)), None)
    titled = False
    for place in range(first, len(paper.pieces)) if first is not None else ():
        piece = paper.pieces[place]
        spot = piece.paragraph.place
        if not piece.text or (spot is not None and spot.ruled):
            continue
        if _ANNEX.fullmatch(piece.text) and piece.folded.startswith("phụ lục"):
            paper.add("phu_luc", piece)
            titled = False
        elif _LINK.match(piece.text):
            paper.add("kem_theo", piece)
            titled = True
        elif _ANNEX.fullmatch(piece.text) or ROMAN.match(piece.text):
            titled = True  # a form with a head of its own, or the text
            paper.add("phu_luc_noi_dung", piece)
        elif not titled and (piece.mostly_capital or _LIST.fullmatch(piece.text)):
            paper.add("ten_phu_luc", piece)
        else:
            titled = titled or bool(paper.all("ten_phu_luc"))
            paper.add("phu_luc_noi_dung", piece)
