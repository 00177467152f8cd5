"""How a paper must end: its last mark, the receivers, who signs and how (C5, C6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dvk_reports.papers.lint.model import Case, named
from dvk_reports.papers.lint.pieces import LETTER, Piece
from dvk_reports.vietnamese.text import fold

_PREFIX = re.compile(r"(T\s*[/.]?\s*M|K\s*[/.]?\s*T|T\s*[/.]?\s*L|TUQ|T/UQ|Q)(\s*[./]|(?=\s))")
_NAMES = {"/": ("T/M", "K/T", "T/L"), ".": ("TM.", "KT.", "TL.", "TUQ.")}


def check_ending(case: Case) -> None:
    """The end of the paper: its mark, receivers and signers."""
    _end_mark(case)
    _receivers(case)
    _signers(case)


def _end_mark(case: Case) -> None:
    """C5: the mark that closes the text."""
    rule, paper = case.profile.loi_van, case.paper
    pieces = paper.all("noi_dung", "dieu", "diem")
    if not pieces or not paper.sign:
        return
    last = pieces[-1]
    after = paper.pieces[paper.sign.start].paragraph.number
    between = paper.file.paragraphs[last.paragraph.number : after - 1]
    if any(paragraph.place is not None for paragraph in between):
        return  # the text closes with a table
    short = last.text.endswith("./.")
    if rule.ket_thuc == "./." and not short:
        case.tell(
            last, "Kết thúc văn bản", "chưa có dấu “./.”", "Kết thúc bằng “./.”.", "C5", case.wording_sure("ket_thuc")
        )
    elif rule.ket_thuc == "." and short:
        sure = case.wording_sure("ket_thuc")
        case.tell(last, "Kết thúc văn bản", "kết thúc bằng “./.”", "Kết thúc bằng dấu chấm “.”.", "C5", sure)
    elif rule.ket_thuc == "." and not last.text.rstrip("”)").endswith("."):
        case.tell(
            last,
            "Kết thúc văn bản",
            "chưa có dấu chấm cuối",
            "Kết thúc bằng dấu chấm “.”.",
            "C5",
            case.wording_sure(""),
        )


def _receivers(case: Case) -> None:
    """C5: the list of receivers and its last line."""
    label, spec = case.paper.one("noi_nhan"), case.spec("noi_nhan")
    if label is not None and spec is not None and not re.match(r"Nơi\s+nhận\s*:", label.text):
        case.tell(
            label, named(spec), "thiếu dấu hai chấm", "Ghi “Nơi nhận:”.", f"{case.profile.ma}, ô {spec.o}", spec.sure()
        )
    items, spec = case.paper.all("danh_sach_noi_nhan"), case.spec("danh_sach_noi_nhan")
    if not items or spec is None:
        return
    rule, sure = case.profile.loi_van, case.wording_sure("noi_nhan_dau")
    hyphened = items[0].text.startswith(("-", "–"))
    lines = _joined(items, rule.noi_nhan_dau if hyphened else ",")
    for piece, text in lines[:-1]:
        if not text.endswith(rule.noi_nhan_dau):
            what = f"không kết thúc bằng “{rule.noi_nhan_dau}”"
            remedy = f"Đặt dấu “{rule.noi_nhan_dau}” ở cuối, dòng cuối cùng dấu chấm."
            case.tell(piece, named(spec), what, remedy, "C5", sure)
    piece, text = lines[-1]
    kept = any(fold(text).lstrip("-– ").startswith("lưu") for _, text in lines)
    if kept and not text.endswith("."):
        case.tell(piece, named(spec), "dòng cuối không kết thúc bằng dấu chấm", "Đặt dấu chấm ở cuối.", "C5", sure)
    for piece, text in lines:
        if not text.startswith(("-", "–")):
            case.tell(piece, named(spec), "thiếu gạch đầu dòng", "Bắt đầu bằng “- ”.", "C5", sure)
    _kept(case, lines, named(spec))
    _first_receiver(case, lines[0], named(spec))


def _joined(items: Sequence[Piece], mark: str) -> list[tuple[Piece, str]]:
    """Lines that begin without a hyphen go on with the one before, if it is not closed."""
    closed = (mark, ";", ".")
    found: list[tuple[Piece, str]] = []
    for piece in items:
        if found and not piece.text.startswith(("-", "–", "•")) and not found[-1][1].endswith(closed):
            found[-1] = (found[-1][0], f"{found[-1][1]} {piece.text}")
        else:
            found.append((piece, piece.text))
    return found


def _kept(case: Case, lines: Sequence[tuple[Piece, str]], part: str) -> None:
    last = [text.lstrip("-–• ") for _, text in lines]
    piece, sure = lines[-1][0], case.wording_sure("luu")
    colon = case.profile.loi_van.luu.startswith("Lưu:")
    spec = case.spec("danh_sach_noi_nhan")
    example = spec.vi_du if spec is not None else ""
    place = next((i for i, text in enumerate(last) if fold(text).startswith("lưu")), None)
    if place is None:
        case.tell(piece, part, "không có dòng “Lưu”", f"Thêm dòng cuối “{example}”.", "C5", sure)
        return
    piece = lines[place][0]
    if colon and not re.match(r"Lưu\s*:", last[place]):
        case.tell(piece, part, "thiếu dấu hai chấm sau “Lưu”", f"Ghi “{example}”.", "C5", sure)
    elif not colon and re.match(r"Lưu\s*:", last[place]):
        case.tell(piece, part, "có dấu hai chấm sau “Lưu”", f"Ghi “{example}”.", "C5", sure)
    elif not colon and re.search(r"\bVT\b", last[place]):
        case.tell(piece, part, "ghi “VT” ở dòng “Lưu”", f"Ghi tên nơi lưu, ví dụ “{example}”.", "C5", sure)


def _first_receiver(case: Case, line: tuple[Piece, str], part: str) -> None:
    """Who is addressed above comes first: “Như trên” of a letter or request, “Như Điều n” of a state decision."""
    piece, text = line
    opening = fold(text.lstrip("-–• "))
    sure = case.wording_sure("noi_nhan")
    if case.paper.kind in (LETTER, "TỜ TRÌNH") and not opening.startswith("như trên"):
        case.tell(piece, part, "dòng đầu không phải “Như trên”", "Ghi dòng đầu “- Như trên”.", "C5", sure)
    elif case.paper.kind == "QUYẾT ĐỊNH" and not case.party and not opening.startswith("như điều"):
        remedy = "Ghi dòng đầu “- Như Điều <điều cuối>;”."
        case.tell(piece, part, "dòng đầu không phải “Như Điều …”", remedy, "C5", sure)


def _signers(case: Case) -> None:
    """C6: prefixes in the family's form; a committee's deputy signs straight under T/M; names without titles."""
    sign = case.profile.loi_van.ky_thay
    spec, party = case.spec("quyen_han"), case.party
    if spec is None:
        return
    for piece in case.paper.all("quyen_han"):
        found = _PREFIX.match(piece.text)
        if not found:
            continue
        letters = re.sub(r"[^A-Z]", "", found[1])
        asked = f"{letters[0]}/{letters[1]}" if sign == "/" and len(letters) == 2 else f"{letters}."
        if found[0].replace(" ", "") != asked:
            case.tell(
                piece, named(spec), f"ghi “{found[0].strip()}”", f"Ghi “{asked}”.", "C6", case.wording_sure("ky_thay")
            )
        rest = piece.text[found.end() :].strip()
        if (
            party
            and letters == "KT"
            and rest.startswith((*case.formats.tap_the["chuc_vu_dang"], *case.formats.tap_the["dang"]))
        ):
            remedy = "Ghi T/M cấp ủy, dưới là chức vụ của người ký (không K/T)."
            case.tell(piece, named(spec), "cấp phó của cấp ủy không ký thay (K/T)", remedy, "C6", True)
        authority = case.paper.one("tham_quyen")
        personal = authority is not None and authority.text.startswith(tuple(case.formats.tham_quyen_rieng))
        if not party and letters == "TM" and personal:
            remedy = "Bỏ dòng TM.; ghi thẳng chức vụ, cấp phó ghi KT."
            case.tell(piece, named(spec), "văn bản thuộc thẩm quyền riêng mà ký thay mặt (TM.)", remedy, "C6", True)
    _posts_and_names(case)


def _posts_and_names(case: Case) -> None:
    post, name = case.spec("chuc_vu"), case.spec("ho_ten")
    for piece in case.paper.all("chuc_vu") if post else ():
        organ = re.match(r"((?:PHÓ )?(?:BÍ THƯ))\s+(\S.*)", piece.text)
        if post is not None and case.party and organ and case.paper.all("quyen_han"):
            case.tell(piece, named(post), "chức vụ kèm tên cơ quan", f"Chỉ ghi “{organ[1]}”.", "C6", post.sure())
    for piece in case.paper.all("ho_ten") if name else ():
        first = piece.text.split()[0]
        title = next(
            (item for item in case.formats.hoc_ham if piece.text.startswith(f"{item} ") or first == item), None
        )
        if name is not None and title is None and "." in first and first[:1].isalpha():
            title = first
        if name is not None and title:
            what = f"trước họ tên có “{title}”"
            remedy = "Không ghi học hàm, học vị, quân hàm, danh hiệu."
            case.tell(piece, named(name), what, remedy, f"{case.profile.ma}, ô {name.o}", name.sure())
