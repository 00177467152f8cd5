"""Which line of a Word file is which component of an official paper: told by its words and where it stands.

Nothing is taken from the names of styles or from how this program writes: any office's file is read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from dvk_reports.papers.docx_reading import Paragraph, Run, WordFile
from dvk_reports.plan.formats import PARTY, STATE, Family, FormatsFile
from dvk_reports.vietnamese.text import fold, tidy

STATE_NAME, MOTTO, PARTY_NAME = (
    fold(text)
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM")
)
LETTER = "CÔNG VĂN"
_NUMBER = re.compile(r"Số\s*:?[\s.…_\d]*[A-Za-z]?\s*[-–/]\s*\S", re.IGNORECASE)
_DATED = re.compile(r"[^,]{2,60},?\s*ngày[\s.…_\d]*tháng[\s.…_\d]*năm[\s.…_\d]*", re.IGNORECASE)
_DAY = re.compile(r"ngày[\s.…_]*(\d{0,2})[\s.…_]*tháng[\s.…_]*(\d{0,2})[\s.…_]*năm[\s.…_]*(\d{4})?", re.IGNORECASE)
_ADDRESS = re.compile(r"Kính\s+(gửi|trình)\b", re.IGNORECASE)
_RECEIVERS = re.compile(r"Nơi\s+nhận\b\s*:?", re.IGNORECASE)
_BASIS = re.compile(r"[-–]?\s*(Căn cứ|Theo đề nghị|Xét đề nghị|Xét |Thực hiện )")
# A basis that goes on to say who does what is a sentence of the text.
_CLAUSE = re.compile(r"[,;]\s+[^\W\d_a-z][^,;]{2,60}?\s(đề nghị|kính|trình|báo cáo|yêu cầu|thông báo|quyết định)\b")
_DASHES = re.compile(r"[-–—_*=~\s]{2,}")
_ROMAN = re.compile(r"[IVX]{1,5}\s*[.\-–/)]\s*\S")
_ARTICLE = re.compile(r"Điều\s+\d+")
_POINT = re.compile(r"[a-zđ]\)\s")
_PART = re.compile(r"(Phần|Chương|Mục|Tiểu mục)\s+(thứ\s+\w+|[IVX]+|\d+)\s*[.:]?", re.IGNORECASE)
_ANNEX = re.compile(r"(Phụ lục|Biểu|Mẫu)(\s+(số\s+)?[IVX\d]+)?\s*[.:]?", re.IGNORECASE)
_LIST = re.compile(r"DANH SÁCH\b.{0,160}")
_LINK = re.compile(r"\(\s*[Kk]èm theo\b.*")
_AUTHORITY = re.compile(
    r"(T\s*[/.]?\s*M|K\s*[/.]?\s*T|T\s*[/.]?\s*L|TUQ|T/UQ|Q)\s*[./]\s*\S|(T/?M|K/?T|T/?L|TUQ|T/UQ)\s+\S"
)
_URGENT = ("khẩn", "thượng khẩn", "hỏa tốc")
_HEAD = 60
"""A heading ends within so many lines."""


@dataclass(frozen=True)
class Piece:
    """One printed line as it was typed: a paragraph, or its part between tabs or line breaks."""

    paragraph: Paragraph
    runs: tuple[Run, ...]
    column: int
    alone: bool
    """The whole paragraph, so that its alignment says where it stands."""

    @cached_property
    def raw(self) -> str:
        label = f"{self.paragraph.label} " if self.paragraph.label and self.alone else ""
        return label + "".join(run.text for run in self.runs)

    @cached_property
    def text(self) -> str:
        return tidy(self.raw)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def capital(self) -> bool:
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) >= 2 and all(char == char.upper() for char in letters)

    @property
    def mostly_capital(self) -> bool:
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) >= 2 and sum(char == char.upper() for char in letters) * 10 >= 8 * len(letters)

    @cached_property
    def sizes(self) -> tuple[float, ...]:
        return tuple(sorted({run.look.size for run in self.runs if run.text.strip()}))

    def share(self, name: str) -> float:
        """How much of the text (letters and digits; else any sign) has that mark: bold, italic, underline."""
        count = [sum(char.isalnum() for char in run.text) for run in self.runs]
        if not any(count):
            count = [len(run.text.strip()) for run in self.runs]
        marked = sum(n for run, n in zip(self.runs, count, strict=True) if getattr(run.look, name))
        return marked / sum(count) if any(count) else 0


@dataclass
class Paper:
    """A Word file with its components found. ``day`` and ``year`` are those printed at its head."""

    file: WordFile
    pieces: list[Piece]
    family: Family | None = None
    headings: set[str] = field(default_factory=set)
    kind: str = ""
    kind_certain: bool = True
    parts: list[tuple[str, Piece]] = field(default_factory=list)
    day: date | None = None
    year: int | None = None
    head: range = range(0)
    sign: range = range(0)

    def all(self, *names: str) -> list[Piece]:
        return [piece for name, piece in self.parts if name in names]

    def one(self, name: str) -> Piece | None:
        return next(iter(self.all(name)), None)

    def add(self, name: str, piece: Piece) -> None:
        self.parts.append((name, piece))


def recognise(file: WordFile, formats: FormatsFile) -> Paper:
    """Find the components of a paper; what is not there is not in ``parts``."""
    paper = Paper(file, [piece for paragraph in file.paragraphs for piece in _pieces(paragraph)])
    _heading(paper, formats)
    if paper.family is None:
        return paper
    start = _title(paper, formats, paper.head.stop)
    paper.sign = _signature_zone(paper, start)
    _body(paper, start)
    _signature(paper)
    _annexes(paper)
    return paper


def _pieces(paragraph: Paragraph) -> Iterable[Piece]:
    """The lines and tabbed parts of a paragraph; leading tabs only indent."""
    lines = _split(paragraph.runs, "\n")
    for line in lines:
        cells = [cell for cell in _split(line, "\t") if "".join(run.text for run in cell).strip()] or [()]
        several = len(cells) > 1
        for place, cell in enumerate(cells):
            runs = cell if several else tuple(line)
            column = place if several else paragraph.place.column if paragraph.place else 0
            yield Piece(paragraph, runs, column, not several and len(lines) == 1)


def _split(runs: Sequence[Run], mark: str) -> list[tuple[Run, ...]]:
    found: list[list[Run]] = [[]]
    for run in runs:
        for place, text in enumerate(run.text.split(mark)):
            if place:
                found.append([])
            if text:
                found[-1].append(replace(run, text=text))
    return [tuple(part) for part in found]


# --- heading ----------------------------------------------------------------------------------------------------------


def _heading(paper: Paper, formats: FormatsFile) -> None:
    first = paper.pieces[:_HEAD]
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
    if len(piece.text) < 90 and _DATED.fullmatch(piece.text):
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
        and piece.mostly_capital
        and not fold(piece.text).startswith(("dự thảo", "mật", "tối mật", "tuyệt mật"))
        and not (right and piece.column in right and _side_by_side(piece))
    ]
    starts = [i for i, piece in enumerate(lines) if _begins_organ(piece, formats)]
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
        elif not piece.mostly_capital and not _DASHES.fullmatch(piece.text):
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


# --- title and body ---------------------------------------------------------------------------------------------------


def _title(paper: Paper, formats: FormatsFile, start: int) -> int:
    """Name and summary of the paper; gives the place after them. A letter has neither."""
    names = {fold(kind.ten): kind.ten for kind in formats.loai_van_ban}
    for place in range(start, min(start + _HEAD, len(paper.pieces))):
        piece = paper.pieces[place]
        name = names.get(piece.folded.rstrip(" :"))
        if name is None and piece.capital and len(piece.text) < 200:
            name = next((ten for ten in names.values() if piece.folded.startswith(fold(ten) + " ")), None)
        if name is not None and not (piece.paragraph.place and piece.paragraph.place.ruled):
            paper.kind = name
            paper.add("ten_loai", piece)
            return _summary(paper, place + 1)
        if _ADDRESS.match(piece.text) or (len(piece.text) > 150 and piece.paragraph.place is None):
            break
    summary = bool(paper.all("trich_yeu_cong_van"))
    if summary or any(_ADDRESS.match(piece.text) for piece in paper.pieces[start : start + _HEAD]):
        paper.kind = LETTER
        below = paper.one("so_ky_hieu")
        place = start
        while not summary and below is not None and place < len(paper.pieces):
            piece = paper.pieces[place]
            if _ADDRESS.match(piece.text) or len(piece.text) > 150:
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
        if _DASHES.fullmatch(piece.text):
            paper.add("gach", piece)
            return place + 1
        centred = piece.paragraph.form.align == "center"
        plain = _ADDRESS.match(piece.text) or piece.capital or _ROMAN.match(piece.text) or piece.paragraph.place
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


def _signature_zone(paper: Paper, start: int) -> range:
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
    return piece.paragraph.place is None and (not piece.text or (piece.mostly_capital and len(piece.text) < 60))


def _skip_blank(paper: Paper, place: int) -> int:
    while place < len(paper.pieces) - 1 and not paper.pieces[place].text:
        place += 1
    return place


def _end_of_block(paper: Paper, place: int) -> int:
    """The last line before an annex, a table or a new page begins."""
    while place + 1 < len(paper.pieces):
        piece = paper.pieces[place + 1]
        before = paper.pieces[place].paragraph
        if piece.paragraph.section != before.section or piece.paragraph.place or _begins_annex(piece):
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


def _begins_annex(piece: Piece) -> bool:
    return bool(_ANNEX.fullmatch(piece.text) or (_LIST.fullmatch(piece.text) and piece.capital))


def _body(paper: Paper, start: int) -> None:
    end = paper.sign.start if paper.sign else len(paper.pieces)
    if not paper.sign:
        end = next((i for i in range(start, end) if _begins_annex(paper.pieces[i])), end)
    basis_over, heading = False, False
    chained = _basis_chain(paper, start, end)
    for place in range(start, end):
        piece = _whole(paper.pieces, place)
        if piece is None or not piece.text or _DASHES.fullmatch(piece.text):
            continue
        spot = piece.paragraph.place
        if spot is not None:
            if not spot.ruled and _ADDRESS.match(piece.text):
                paper.add("kinh_gui", piece)
            elif not spot.ruled and _BASIS.match(piece.text) is None and paper.one("kinh_gui") and not basis_over:
                paper.add("kinh_gui_noi", piece)
            continue
        if _ADDRESS.match(piece.text) and not paper.all("kinh_gui"):
            paper.add("kinh_gui", piece)
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


def _orders(piece: Piece) -> str:
    """``line`` for “QUYẾT ĐỊNH:” (alone or after the organ), ``organ`` for the authority above the căn cứ."""
    if not piece.mostly_capital or _ROMAN.match(piece.text) or _PART.match(piece.text):
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
    if _ROMAN.match(text):
        return "muc_la_ma"
    if _ARTICLE.match(text):
        return "dieu"
    if _POINT.match(text):
        return "diem"
    short = len(text) < 160
    if short and piece.paragraph.form.align in ("center", "right"):
        return "khac"
    return "noi_dung"


# --- signature and annexes --------------------------------------------------------------------------------------------


def _signature(paper: Paper) -> None:
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
            paper.add("danh_sach_noi_nhan", piece)
        elif _AUTHORITY.match(piece.text) and piece.mostly_capital:
            paper.add("quyen_han", piece)
        elif piece.mostly_capital and not _posts_closed(paper, piece):
            paper.add("chuc_vu", piece)
            posts = True
        elif posts and _name_like(piece):
            paper.add("ho_ten", piece)
    paper.parts = [(_kind_of_post(paper, name, piece), piece) for name, piece in paper.parts]


def _is_receiver(paper: Paper, piece: Piece, place: int, receivers: int, left: int | None) -> bool:
    if place < receivers or piece.mostly_capital:
        return False
    if piece.paragraph.place is not None or not piece.alone:
        return piece.column == left
    return piece.text.startswith(("-", "–", "•", "+")) or not paper.all("chuc_vu", "quyen_han")


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


def _annexes(paper: Paper) -> None:
    start = paper.sign.stop if paper.sign else len(paper.pieces)
    first = next((i for i in range(start, len(paper.pieces)) if _begins_annex(paper.pieces[i])), None)
    titled = False
    for place in range(first, len(paper.pieces)) if first is not None else ():
        piece = paper.pieces[place]
        spot = piece.paragraph.place
        if not piece.text or (spot is not None and spot.ruled):
            continue
        if _ANNEX.fullmatch(piece.text):
            paper.add("phu_luc", piece)
            titled = False
        elif _LINK.match(piece.text):
            paper.add("kem_theo", piece)
            titled = True
        elif not titled and (piece.mostly_capital or _LIST.fullmatch(piece.text)):
            paper.add("ten_phu_luc", piece)
        else:
            titled = titled or bool(paper.all("ten_phu_luc"))
            paper.add("phu_luc_noi_dung", piece)
