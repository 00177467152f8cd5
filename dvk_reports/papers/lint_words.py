"""What must be written and how: number, dates, căn cứ, end marks, receivers, signature (C1 - C6) and missing parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dvk_reports.papers.lint_heading import named_day
from dvk_reports.papers.lint_model import Case, named
from dvk_reports.papers.lint_pieces import LETTER, Piece
from dvk_reports.vietnamese.text import fold

_NUMBER = re.compile(r"Số(?P<colon>\s*[:.])?\s*(?P<number>\d+[a-z]?|[.…_]*)\s*(?P<symbol>.*)$", re.IGNORECASE)
_FULL_DATE = re.compile(r"(?<![\d/.,-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/])")
_LONG_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?=\D|$)")
_PREFIX = re.compile(r"(T\s*[/.]?\s*M|K\s*[/.]?\s*T|T\s*[/.]?\s*L|TUQ|T/UQ|Q)(\s*[./]|(?=\s))")
_NAMES = {"/": ("T/M", "K/T", "T/L"), ".": ("TM.", "KT.", "TL.", "TUQ.")}


def check_words(case: Case) -> None:
    _headings(case)
    _missing(case)
    _number(case)
    _dates(case)
    _summary(case)
    _address(case)
    _addressees(case)
    _basis(case)
    _articles(case)
    _end_mark(case)
    _receivers(case)
    _signers(case)


# --- heading ----------------------------------------------------------------------------------------------------------


def _headings(case: Case) -> None:
    """C1: one of the two headings, and an organ symbol of the same family."""
    paper, party = case.paper, case.party
    has_party, has_state = "tieu_de" in paper.headings, bool(paper.headings & {"quoc_hieu", "tieu_ngu"})
    mine = "tiêu đề ĐẢNG CỘNG SẢN VIỆT NAM" if party else "Quốc hiệu, Tiêu ngữ"
    if has_party and has_state:
        wrong = paper.one("quoc_hieu" if party else "tieu_de") or paper.one("tieu_ngu")
        other = "Quốc hiệu, Tiêu ngữ" if party else "tiêu đề ĐẢNG CỘNG SẢN VIỆT NAM"
        case.tell(wrong, "Phần đầu", "có cả tiêu đề Đảng và Quốc hiệu", f"Chỉ để {mine}, bỏ {other}.", "C1", True)
    elif not has_party and not has_state:
        case.tell(None, "Phần đầu", f"không thấy {mine}", f"Ghi {mine} ở góc phải trang đầu.", "C1", True)
    elif has_state and len(paper.headings) < 2:
        absent = "Tiêu ngữ" if "quoc_hieu" in paper.headings else "Quốc hiệu"
        case.tell(None, "Phần đầu", f"không thấy {absent} viết đúng", f"Ghi đủ {mine}.", "C1", True)


def _missing(case: Case) -> None:
    """Parts that every paper of its kind has."""
    paper, check = case.paper, f"{case.profile.ma}, thành phần"
    wanted = [("co_quan", True), ("so_ky_hieu", True), ("dia_danh_ngay", paper.kind != "BIÊN BẢN")]
    wanted += [("ten_loai", paper.kind != LETTER), ("trich_yeu", paper.kind not in (LETTER, "")),
               ("trich_yeu_cong_van", paper.kind == LETTER), ("chuc_vu", True)]  # fmt: skip
    wanted += [("noi_nhan", paper.kind not in ("BIÊN BẢN", "GIẤY MỜI"))]
    for name, due in wanted:
        spec = case.spec(name)
        if due and spec is not None and paper.one(name) is None:
            what, example = f"không thấy {spec.ten.lower()}", f" Ví dụ: {spec.vi_du}." if spec.vi_du else ""
            case.tell(None, named(spec), what, f"Ghi ở {spec.vi_tri}.{example}", check, name != "trich_yeu")


def _number(case: Case) -> None:
    """C2: the shape of number and symbol."""
    piece, spec = case.paper.one("so_ky_hieu"), case.spec("so_ky_hieu")
    found = _NUMBER.match(piece.text) if piece else None
    if piece is None or spec is None or found is None:
        return
    sure, example = case.wording_sure("ky_hieu"), f"Ghi theo mẫu “{spec.vi_du}”."

    def tell(what: str, remedy: str) -> None:
        case.tell(piece, named(spec), what, remedy, "C2", sure)

    colon = case.profile.loi_van.ky_hieu.startswith("Số:")
    if colon and not found["colon"]:
        tell("thiếu dấu hai chấm sau chữ “Số”", example)
    elif found["colon"] and not colon:
        tell("có dấu hai chấm sau chữ “Số”", f"Bỏ dấu hai chấm; mẫu “{spec.vi_du}”.")
    digits = found["number"]
    if re.match(r"Số\s*[:.]?\s*\d+\s+[-–/]", piece.text, re.IGNORECASE):
        tell("có dấu cách trong ký hiệu", "Viết liền ký hiệu, không có dấu cách.")
    if digits.isdigit() and len(digits) == 1:
        tell(f"số {digits} chưa có số 0 phía trước", f"Ghi 0{digits}.")
    _symbol(case, found["symbol"].strip(), tell, example)


def _symbol(case: Case, symbol: str, tell: Callable[[str, str], None], example: str) -> None:
    symbol = symbol.replace("–", "-")
    if re.search(r"\s", symbol):
        tell("có dấu cách trong ký hiệu", "Viết liền ký hiệu, không có dấu cách.")
        symbol = re.sub(r"\s+", "", symbol)
    first, second = ("-", "/") if case.party else ("/", "-")
    if not symbol.startswith(first):
        tell(f"sau số không phải dấu “{first}”", example)
        return
    kind, sign, organ = symbol[1:].partition(second)
    if not sign:
        tell(f"ký hiệu thiếu dấu “{second}”", example)
        return
    if case.party and re.search(r"[/]", organ):
        tell("ký hiệu cơ quan có dấu gạch chéo bên trong", "Viết liền ký hiệu cơ quan, ví dụ BDVHU.")
    _kind_symbol(case, kind, tell)
    _organ_family(case, kind, organ)


def _kind_symbol(case: Case, kind: str, tell: Callable[[str, str], None]) -> None:
    family, paper = case.profile.ho, case.paper
    if paper.kind == LETTER:
        asked = case.formats.cong_van.get(family, "")
    else:
        asked = next((getattr(item, family) for item in case.formats.loai_van_ban if item.ten == paper.kind), "")
    known = {getattr(item, family) for item in case.formats.loai_van_ban} - {""}
    if asked and kind != asked:
        tell(f"chữ viết tắt tên loại “{kind}” không hợp với {paper.kind.capitalize()}", f"Ghi {asked}.")
    elif paper.kind == LETTER and not asked and kind in known:
        tell(f"công văn không có chữ viết tắt tên loại “{kind}”", "Ghi cơ quan rồi đơn vị soạn thảo, ví dụ 12/UBND-VX.")


def _organ_family(case: Case, kind: str, organ: str) -> None:
    """C1: the organ in the symbol is not one of the other family."""
    other = "nha_nuoc" if case.party else "dang"
    names = {organ, *organ.split("-"), kind}
    wrong = next((name for name in case.formats.duoi_ky_hieu[other] if name in names), None)
    mine = set(case.formats.duoi_ky_hieu[case.profile.ho])
    piece, spec = case.paper.one("so_ky_hieu"), case.spec("so_ky_hieu")
    if wrong and spec is not None and not names & mine:
        family = "cơ quan nhà nước" if case.party else "tổ chức đảng"
        remedy = "Dùng đúng phần đầu và ký hiệu của cùng một loại cơ quan."
        case.tell(piece, named(spec), f"ký hiệu “{wrong}” là của {family}", remedy, "C1", True)


# --- dates ------------------------------------------------------------------------------------------------------------


def _dates(case: Case) -> None:
    """C3: a zero before days 1 - 9 and months 1, 2; none before months 3 - 9."""
    dated, spec = case.paper.one("dia_danh_ngay"), case.spec("dia_danh_ngay")
    if dated is not None and spec is not None:
        day, month, _ = named_day(dated.text)
        for what, remedy in _date_faults(day, month):
            case.tell(dated, named(spec), what, remedy, "C3", True)
        if not re.match(r"[^,]+,\s", dated.text):
            case.tell(dated, named(spec), "thiếu dấu phẩy sau địa danh", f"Ví dụ: {spec.vi_du}.", "C3", True)
    for piece in case.paper.all("noi_dung", "can_cu", "dieu", "diem", "trich_yeu", "kem_theo"):
        for day, month in _dates_in(piece.text):
            for what, remedy in _date_faults(day, month):
                # A zero too many in the running text is a habit, not said of it in so many words.
                case.tell(piece, "Ngày tháng trong văn bản", what, remedy, "C3", "chưa có số 0" in what)


def _dates_in(text: str) -> Iterator[tuple[str, str]]:
    for found in _FULL_DATE.finditer(text):
        if int(found[1]) <= 31 and int(found[3]) <= 12:
            yield found[1], found[3]
    for found in _LONG_DATE.finditer(text):
        yield found[1], found[2]


def _date_faults(day: str, month: str) -> Iterator[tuple[str, str]]:
    if len(day) == 1:
        yield f"ngày {day} chưa có số 0 phía trước", f"Ghi ngày 0{day}."
    if month in ("1", "2"):
        yield f"tháng {month} chưa có số 0 phía trước", f"Ghi tháng 0{month}."
    if len(month) == 2 and month[0] == "0" and month not in ("01", "02"):
        yield f"tháng {month} thừa số 0", f"Ghi tháng {month[1]}."


# --- title, address, bases --------------------------------------------------------------------------------------------


def _summary(case: Case) -> None:
    rule = case.profile.loi_van
    pieces, spec = case.paper.all("trich_yeu"), case.spec("trich_yeu")
    if pieces and spec is not None:
        first, last = pieces[0], pieces[-1]
        letter = next((char for char in first.text if char.isalpha()), "")
        capital, check = letter == letter.upper(), f"{case.profile.ma}, ô {spec.o}"
        if letter and not first.capital and capital != (rule.trich_yeu_chu_dau == "hoa"):
            asked = "in hoa" if rule.trich_yeu_chu_dau == "hoa" else "thường"
            now = "viết thường" if rule.trich_yeu_chu_dau == "hoa" else "viết hoa"
            case.tell(first, named(spec), f"chữ cái đầu {now}", f"Viết chữ cái đầu là chữ {asked}.", check, spec.sure())
        if last.text.endswith((".", ";")):
            case.tell(last, named(spec), "cuối trích yếu có dấu câu", "Bỏ dấu ở cuối.", check, spec.sure())
    letters, spec = case.paper.all("trich_yeu_cong_van"), case.spec("trich_yeu_cong_van")
    if letters and spec is not None:
        opens = fold(letters[0].text).startswith("v/v")
        sure, check = case.wording_sure("cong_van_vv"), f"{case.profile.ma}, ô {spec.o}"
        if rule.cong_van_vv and not opens:
            case.tell(letters[0], named(spec), "thiếu chữ “V/v”", "Bắt đầu bằng “V/v”.", check, sure)
        elif not rule.cong_van_vv and opens:
            case.tell(letters[0], named(spec), "có chữ “V/v”", "Ghi “về việc …”, không có “V/v”.", check, sure)


def _address(case: Case) -> None:
    piece, spec = case.paper.one("kinh_gui"), case.spec("kinh_gui")
    if piece is None or spec is None:
        if case.paper.kind == LETTER and spec is not None:
            check = f"{case.profile.ma}, thành phần"
            case.tell(
                None, named(spec), "không thấy “Kính gửi:”", "Ghi nơi nhận công văn sau “Kính gửi:”.", check, True
            )
        return
    check, sure = f"{case.profile.ma}, ô {spec.o}", spec.sure()
    opening = re.match(r"Kính\s+\w+", piece.text)
    word = opening[0] if opening else ""
    asked = case.profile.loi_van.kinh_to_trinh if case.paper.kind == "TỜ TRÌNH" else ["Kính gửi"]
    if " ".join(word.split()) not in asked:
        case.tell(piece, named(spec), f"ghi “{word}”", f"Ghi “{asked[0]}:”.", check, sure)
    elif not re.match(r"Kính\s+\w+\s*:", piece.text):
        case.tell(piece, named(spec), f"thiếu dấu hai chấm sau “{word}”", f"Ghi “{word}:”.", check, sure)


def _addressees(case: Case) -> None:
    """Several addressees: one on a line, with a hyphen; “;” between them and a full stop at the end."""
    spec = case.spec("kinh_gui")
    items = [piece for piece in case.paper.all("kinh_gui_noi") if piece.text.startswith(("-", "–"))]
    for place, piece in enumerate(items if spec else ()):
        mark = "." if place == len(items) - 1 else ";"
        if spec is not None and not piece.text.endswith(mark):
            what, remedy = f"không kết thúc bằng “{mark}”", "Mỗi nơi một dòng, hết dòng là “;”, dòng cuối là “.”."
            case.tell(piece, named(spec), what, remedy, f"{case.profile.ma}, ô {spec.o}", spec.sure())


def _articles(case: Case) -> None:
    """The full stop after the number of an article, the letters of points, the colon of “QUYẾT ĐỊNH:”."""
    for name, shape, what, remedy in (
        ("dieu", r"Điều\s+\d+[a-zđ]?\.", "sau số của điều không phải dấu chấm", "Ghi “Điều 1.”."),
        (
            "diem",
            r"[a-eg-ik-vxyđ]\)",
            "chữ cái của điểm không có trong tiếng Việt",
            "Theo thứ tự a, b, c, d, đ, e, g, h, i, k.",
        ),
        ("quyet_dinh", r".*:$", "thiếu dấu hai chấm", "Ghi “QUYẾT ĐỊNH:”."),
    ):
        spec = case.spec(name)
        for piece in case.paper.all(name) if spec else ():
            if spec is not None and not re.match(shape, piece.text):
                case.tell(piece, named(spec), what, remedy, f"{case.profile.ma}, ô {spec.o}", spec.sure())


def _basis(case: Case) -> None:
    """C4: how the căn cứ begin and end."""
    rule, pieces = case.profile.loi_van, case.paper.all("can_cu")
    spec = case.spec("can_cu")
    if spec is None:
        return
    sure = case.wording_sure("can_cu")
    for place, piece in enumerate(pieces):
        hyphen = piece.text.startswith(("-", "–"))
        if hyphen != bool(rule.can_cu_dau_dong):
            what, remedy = ("có gạch đầu dòng", "Bỏ gạch đầu dòng.") if hyphen else (
                "thiếu gạch đầu dòng", "Bắt đầu bằng “- Căn cứ …”.")  # fmt: skip
            case.tell(piece, named(spec), what, remedy, "C4", sure)
        last = place == len(pieces) - 1
        ends = rule.can_cu_cuoi if last else [";"]
        if not piece.text.endswith(tuple(ends)):
            which = "căn cứ cuối" if last else "căn cứ"
            shown = " hoặc ".join(f"“{mark}”" for mark in ends)
            case.tell(
                piece, named(spec), f"{which} không kết thúc bằng {shown}", f"Đặt dấu {shown} ở cuối.", "C4", sure
            )


# --- end, receivers, signature ----------------------------------------------------------------------------------------


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
    lines = _joined(items)
    for piece, text in lines[:-1]:
        if not text.endswith(rule.noi_nhan_dau):
            case.tell(piece, named(spec), f"không kết thúc bằng “{rule.noi_nhan_dau}”",
                      f"Đặt dấu “{rule.noi_nhan_dau}” ở cuối, dòng cuối cùng dấu chấm.", "C5", sure)  # fmt: skip
    piece, text = lines[-1]
    kept = any(fold(text).lstrip("-– ").startswith("lưu") for _, text in lines)
    if kept and not text.endswith("."):
        case.tell(piece, named(spec), "dòng cuối không kết thúc bằng dấu chấm", "Đặt dấu chấm ở cuối.", "C5", sure)
    for piece, text in lines:
        if not text.startswith(("-", "–")):
            case.tell(piece, named(spec), "thiếu gạch đầu dòng", "Bắt đầu bằng “- ”.", "C5", sure)
    _kept(case, lines, named(spec))
    _first_receiver(case, lines[0], named(spec))


def _joined(items: Sequence[Piece]) -> list[tuple[Piece, str]]:
    """Lines that begin without a hyphen go on with the one before, if it is not closed."""
    found: list[tuple[Piece, str]] = []
    for piece in items:
        if found and not piece.text.startswith(("-", "–", "•")) and not found[-1][1].endswith((",", ";", ".")):
            found[-1] = (found[-1][0], f"{found[-1][1]} {piece.text}")
        else:
            found.append((piece, piece.text))
    return found


def _kept(case: Case, lines: Sequence[tuple[Piece, str]], part: str) -> None:
    last = [text.lstrip("-–• ") for _, text in lines]
    piece, sure = lines[-1][0], case.wording_sure("luu")
    colon = case.profile.loi_van.luu.startswith("Lưu:")
    example = "- Lưu: VT, <đơn vị soạn thảo>." if colon else "- Lưu Văn phòng Huyện ủy."
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
