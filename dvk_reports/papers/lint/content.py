"""Checks between parts of a paper: lists and counts, annexes, cited laws, abolished organs, tone marks (C7 - C12)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dvk_reports.papers.lint.heading import named_day
from dvk_reports.papers.lint.model import Case, named
from dvk_reports.papers.lint.pieces import Paper, Piece
from dvk_reports.plan.book.formats import SURE
from dvk_reports.vietnamese.text import fold, nfc

_ITEM = re.compile(r"\d+\s*[.)]\s*\S")
_LINK_NUMBER = re.compile(r"số\s*(?P<number>\d*)[\s.…_]*(?P<symbol>[-/]\s*[\w-]+(?:\s*[-/]\s*[\w-]+)*)")
_HEAD_NUMBER = re.compile(r"Số\s*[:.]?\s*(?P<number>\d*)[\s.…_]*(?P<symbol>\S.*)$")


def check_content(case: Case) -> None:
    """What the text says of numbers, annexes, laws and organs, and its tone marks."""
    _counts(case)
    _annexes(case)
    _laws(case)
    _abolished(case)
    _tones(case)


# --- C7 ---------------------------------------------------------------------------------------------------------------


def told_counts(pieces: list[Piece], groups: Sequence[str]) -> dict[str, tuple[int, Piece]]:
    """What a text says there are: "tập thể" -> (number, where); the first mention of each."""
    found: dict[str, tuple[int, Piece]] = {}
    if not groups:
        return found
    count = re.compile(rf"(\d+)\s+({'|'.join(map(re.escape, groups))})", re.IGNORECASE)
    for piece in pieces:
        for number, group in count.findall(piece.text):
            found.setdefault(group.lower(), (int(number), piece))
    return found


def listed_counts(case: Case) -> dict[str, int]:
    """What the list of a paper holds, group by group: rows of a table or numbered lines under a group heading."""
    counts: Counter[str] = Counter()
    group = ""
    for text, item in _list_lines(case):
        heading = next((name for name in case.groups if re.search(rf"(?:^|[^\w]){name}\s*:?$", _plain_text(text))), "")
        if heading and not item:
            group = heading
        elif group and item:
            counts[group] += 1
    return dict(counts)


def _plain_text(text: str) -> str:
    return nfc(" ".join(text.split())).lower()


def _list_lines(case: Case) -> Iterator[tuple[str, bool]]:
    """(text, whether it is an item of the list) of the annexes, tables included, in order."""
    paper = case.paper
    start = next((p.paragraph.number for p in paper.all("phu_luc", "ten_phu_luc")), None)
    seen: set[int] = set()
    for paragraph in paper.file.paragraphs[start - 1 :] if start else ():
        if paragraph.place is None:
            yield paragraph.text, bool(_ITEM.match(paragraph.text.strip()))
        elif paragraph.place.table not in seen:
            seen.add(paragraph.place.table)
            for row in paper.file.table_rows[paragraph.place.table]:
                cells = [cell.strip() for cell in row if cell.strip()]
                first = cells[0].rstrip(".") if cells else ""
                yield " ".join(cells), first.isdigit() and len(cells) > 1


def _counts(case: Case) -> None:
    """C7: the numbers in Điều 1 and the rows of the list."""
    if case.paper.kind not in ("QUYẾT ĐỊNH", "TỜ TRÌNH"):
        return
    pieces = case.paper.all("dieu", "noi_dung")
    listed = listed_counts(case)
    for group, (number, piece) in told_counts(pieces, case.groups).items():
        if group in listed and listed[group] != number:
            what = f"ghi {number} {group}, danh sách kèm theo có {listed[group]}"
            case.tell(piece, "Số lượng", what, "Đối chiếu lại với danh sách.", "C7", True)
        if re.search(rf"(?<!\d){number}\s+{group}", piece.text, re.IGNORECASE) and number < 10:
            case.tell(piece, "Số lượng", f"số {number} chưa có số 0 phía trước", f"Ghi 0{number} {group}.", "C7", False)


# --- C8 ---------------------------------------------------------------------------------------------------------------


def _annexes(case: Case) -> None:
    """C8: an annex is named in the text, and its link line bears the number and day of the head."""
    paper = case.paper
    titles = paper.all("phu_luc") or paper.all("ten_phu_luc")
    body = " ".join(piece.text for piece in paper.all("noi_dung", "can_cu", "dieu", "diem", "khac")).lower()
    named_there = any(len(piece.folded) > 4 and piece.folded in fold(body) for piece in titles)
    if titles and not named_there and not re.search(r"phụ lục|danh sách|kèm theo|biểu", body):
        remedy = "Nêu phụ lục trong văn bản, ví dụ “(kèm theo Phụ lục …)”."
        case.tell(titles[0], "Phụ lục", "phần chính không nhắc đến phụ lục này", remedy, "C8", True)
    if len(titles) == 1 and re.fullmatch(r"phụ lục\s+(số\s+)?[ivx\d]+\s*[.:]?", titles[0].text.lower()):
        case.tell(titles[0], "Phụ lục", "chỉ có một phụ lục mà đánh số", "Chỉ ghi “Phụ lục”.", "C8", not case.party)
    for piece in paper.all("kem_theo"):
        _link(case, piece)


def _link(case: Case, piece: Piece) -> None:
    head, spec = case.paper.one("so_ky_hieu"), case.spec("kem_theo")
    if head is not None and head.awaits:
        return
    linked = _LINK_NUMBER.search(piece.text)
    mine = _HEAD_NUMBER.match(head.text) if head else None
    if spec is None or linked is None or mine is None:
        return
    remedy = "Ghi số, ký hiệu và ngày như ở đầu văn bản (chưa có thì để trống cả hai)."
    if _bare(linked["symbol"]) != _bare(mine["symbol"]) or linked["number"] != mine["number"]:
        blank = not linked["number"] and _bare(linked["symbol"]) == _bare(mine["symbol"])
        case.tell(piece, named(spec), "số, ký hiệu khác với đầu văn bản", remedy, "C8", not blank)
        return
    dated = case.paper.one("dia_danh_ngay")
    if dated is None:
        return
    ours, theirs = named_day(dated.text), _link_day(piece.text)
    if theirs is not None and tuple(map(_plain, ours)) != tuple(map(_plain, theirs)):
        case.tell(piece, named(spec), "ngày khác với đầu văn bản", remedy, "C8", any(theirs[:2]))


def _link_day(text: str) -> tuple[str, str, str] | None:
    short = re.search(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if short:
        return short[1], short[2], short[3]
    return named_day(text) if "tháng" in text else None


def _plain(number: str) -> str:
    return number.lstrip("0")


def _bare(symbol: str) -> str:
    return re.sub(r"\s", "", symbol).replace("–", "-").rstrip(",.;")


# --- C9, C10, C12 -----------------------------------------------------------------------------------------------------


def _laws(case: Case) -> None:
    """C9: what is cited as a basis was in force on the day of issue."""
    if case.day is None:
        return
    for piece in case.paper.all("can_cu"):
        for law in case.formats.vien_dan:
            if not all(fold(mark) in piece.folded for mark in law.nhan):
                continue
            early = law.tu_ngay is not None and case.day < law.tu_ngay
            late = law.den_ngay is not None and case.day > law.den_ngay
            if early or late:
                when = "chưa có hiệu lực" if early else "đã hết hiệu lực"
                what = f"{law.ten} {when} vào ngày {case.day:%d/%m/%Y}"
                case.tell(piece, "Căn cứ ban hành", what, f"Xem lại, thay bằng {law.thay}.", "C9", law.chac in SURE)


_ORGAN_LINES = ("co_quan_cap_tren", "co_quan", "tham_quyen", "quyen_han", "chuc_vu")


def _abolished(case: Case) -> None:
    """C10: no organ that has ended on any line of the head, in the authority or in the signature."""
    for rule in case.formats.co_quan_da_bo:
        if case.day is None or case.day <= rule.sau_ngay:
            continue
        words = re.compile("|".join(rf"(?<!\w){re.escape(nfc(word))}(?!\w)" for word in rule.tu))
        for name, piece in _organ_lines(case.paper):
            spec = case.spec(name)
            if spec is not None and words.search(nfc(piece.text).upper()):
                what = f"{rule.ten} ban hành văn bản sau ngày {rule.sau_ngay:%d/%m/%Y}"
                remedy = f"Ghi {rule.thay} ({rule.can_cu})."
                case.tell(piece, named(spec), what, remedy, "C10", rule.chac in SURE)


def _organ_lines(paper: Paper) -> Iterator[tuple[str, Piece]]:
    """Every line that names who issues, decides or signs; a line of the head that is nothing else counts as one."""
    known = {id(piece) for _, piece in paper.parts}
    yield from (("co_quan", piece) for place in paper.head if id(piece := paper.pieces[place]) not in known)
    yield from ((name, piece) for name, piece in paper.parts if name in _ORGAN_LINES)


def _tones(case: Case) -> None:
    """C12: one place for the tone in the words that occur in every paper; names may keep theirs."""
    rule = case.formats.dat_dau
    used: dict[str, list[Piece]] = {rule.dung: [], rule.khac: []}
    for paragraph in case.paper.file.paragraphs:
        text = nfc(paragraph.text).lower()
        for form, pieces in used.items():
            if form in text:
                pieces.append(Piece(paragraph, paragraph.runs, 0, True))
    if all(used.values()):
        rarer = min(used, key=lambda form: len(used[form]))
        other = rule.khac if rarer == rule.dung else rule.dung
        for piece in used[rarer]:
            what = f"viết “{rarer}” trong khi chỗ khác viết “{other}”"
            case.tell(piece, "Chính tả", what, f"Thống nhất một cách viết, ví dụ “{other}”.", "C12", rule.chac in SURE)
