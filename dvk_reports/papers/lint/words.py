"""What must be written and how: heading, number, dates, title, căn cứ (C1 - C4), and the parts that are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dvk_reports.papers.lint.heading import named_day
from dvk_reports.papers.lint.model import Case, named
from dvk_reports.papers.lint.pieces import LETTER, WITH_YEAR, Paper, Piece
from dvk_reports.vietnamese.text import fold

_NUMBER = re.compile(r"Số(?P<colon>\s*[:.])?\s*(?P<number>\d+[a-z]?|[.…_]*)\s*(?P<symbol>.*)$", re.IGNORECASE)
_FULL_DATE = re.compile(r"(?<!\d)(?<!\d[/.,])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/])")
_LONG_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?=\D|$)")


def check_words(case: Case) -> None:
    """The wording of headings, number, date, summary, addressees and basis."""
    _headings(case)
    _missing(case)
    _number(case)
    _dates(case)
    _summary(case)
    _address(case)
    _addressees(case)
    _basis(case)
    _articles(case)


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
    if paper.attached:
        return
    letter = paper.kind == LETTER
    wanted = {
        "co_quan": True,
        "so_ky_hieu": True,
        "dia_danh_ngay": paper.kind != "BIÊN BẢN",
        "ten_loai": not letter,
        "trich_yeu": not letter and bool(paper.kind),
        "trich_yeu_cong_van": letter,
        # “Q. GIÁM ĐỐC” tells the post too.
        "chuc_vu": not any(piece.text.startswith("Q") for piece in paper.all("quyen_han")),
        "noi_nhan": paper.kind not in ("BIÊN BẢN", "GIẤY MỜI"),
    }
    for name, due in wanted.items():
        spec = case.spec(name)
        if due and spec is not None and paper.one(name) is None:
            what, example = f"không thấy {spec.ten.lower()}", f" Ví dụ: {spec.vi_du}." if spec.vi_du else ""
            sure = name != "trich_yeu" and not (name == "ten_loai" and _other_title(paper))
            case.tell(None, named(spec), what, f"Ghi ở {spec.vi_tri}.{example}", check, sure)


def _other_title(paper: Paper) -> bool:
    """A line of capitals in the place of the title: a kind of paper that the list of kinds does not hold."""
    below = [piece for piece in paper.pieces[paper.head.stop :] if piece.text][:3]
    return any(piece.mostly_capital and piece.paragraph.form.align == "center" for piece in below)


def _number(case: Case) -> None:
    """C2: the shape of number and symbol."""
    piece, spec = case.paper.one("so_ky_hieu"), case.spec("so_ky_hieu")
    found = _NUMBER.match(piece.text) if piece else None
    if piece is None or spec is None or found is None or piece.awaits:
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
    if case.paper.lays_down_rules:
        symbol = WITH_YEAR.sub("", symbol, count=1)
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
        tell("ký hiệu cơ quan có dấu gạch chéo bên trong", f"Viết liền ký hiệu cơ quan. {example}")
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
        remedy = f"Ghi cơ quan rồi đơn vị soạn thảo, ví dụ {case.formats.vi_du_cong_van}."
        tell(f"công văn không có chữ viết tắt tên loại “{kind}”", remedy)


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
    known = case.paper.all("noi_dung", "can_cu", "dieu", "diem", "trich_yeu", "kem_theo")
    text = {piece.paragraph.number for piece in known}
    head = {case.paper.pieces[place].paragraph.number for place in case.paper.head}
    for paragraph in case.paper.file.paragraphs:
        if paragraph.blank or paragraph.number in head:
            continue
        piece = Piece(paragraph, paragraph.runs, 0, True)
        for day, month in _dates_in(piece.text):
            for what, remedy in _date_faults(day, month):
                # A zero too many is a habit, not said of the text in so many words; of tables nothing is said.
                sure = paragraph.number in text and "chưa có số 0" in what
                case.tell(piece, "Ngày tháng trong văn bản", what, remedy, "C3", sure)


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
        # A place still to be filled in has no first letter yet.
        letter = "" if first.text.lstrip().startswith("[") else next((c for c in first.text if c.isalpha()), "")
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
            what = "có gạch đầu dòng" if hyphen else "thiếu gạch đầu dòng"
            remedy = "Bỏ gạch đầu dòng." if hyphen else "Bắt đầu bằng “- Căn cứ …”."
            case.tell(piece, named(spec), what, remedy, "C4", sure)
        last = place == len(pieces) - 1
        ends = rule.can_cu_cuoi if last else [";"]
        if not piece.text.endswith(tuple(ends)):
            which = "căn cứ cuối" if last else "căn cứ"
            shown = " hoặc ".join(f"“{mark}”" for mark in ends)
            case.tell(
                piece, named(spec), f"{which} không kết thúc bằng {shown}", f"Đặt dấu {shown} ở cuối.", "C4", sure
            )
