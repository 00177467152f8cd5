"""Paper, margins, fonts in every slot, the letters themselves, colour and page numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from dvk_reports.papers.docx.reading import Paragraph, Section
from dvk_reports.papers.docx.styles import SLOTS
from dvk_reports.papers.lint.measures import show_mm, show_plain
from dvk_reports.papers.lint.model import Case
from dvk_reports.papers.lint.pieces import Piece
from dvk_reports.vietnamese.legacy import looks_like_tcvn3, looks_like_vni

_SIDES = (
    ("le_tren", "top", "trên"),
    ("le_duoi", "bottom", "dưới"),
    ("le_trai", "left", "trái"),
    ("le_phai", "right", "phải"),
)
_SLOT_NAMES = dict(zip(SLOTS, ("chữ La-tinh", "chữ có dấu", "chữ Đông Á", "chữ phức tạp"), strict=True))
# Fewer signs than this fill one page, which bears no number.
_ONE_PAGE = 2500


def check_page(case: Case) -> None:
    """Paper size, margins, page numbers, fonts and colour."""
    for number, section in enumerate(case.paper.file.sections):
        _paper(case, number, section)
        _margins(case, number, section)
    _page_numbers(case)
    _fonts(case)
    _letters(case)
    _colour(case)


def _part(case: Case, number: int) -> str:
    return "Trang giấy" if len(case.paper.file.sections) == 1 else f"Trang giấy, phần {number + 1}"


def _paper(case: Case, number: int, section: Section) -> None:
    page = case.profile.trang
    size, asked = sorted((section.width, section.height)), sorted((page.rong, page.cao))
    if any(abs(one - other) > 2 for one, other in zip(size, asked, strict=True)):
        what = f"khổ giấy {show_mm(section.width)} × {show_mm(section.height)}"
        _tell(case, number, what, "Đặt khổ giấy A4 (210 × 297 mm).", page.sure("kho"))
    elif section.landscape and number == 0:
        _tell(
            case, number, "trang đầu nằm ngang", "Đặt trang dọc; chỉ phụ lục có bảng rộng để ngang.", page.sure("kho")
        )


def _margins(case: Case, number: int, section: Section) -> None:
    """Of a page on its side the binding edge comes to the top; nothing is prescribed there but the same sizes."""
    page, slack = case.profile.trang, case.formats.sai_so.mm
    if section.landscape:
        return
    for name, side, words in _SIDES:
        least, most = getattr(page, name)
        now = getattr(section, side)
        if not least - slack <= now <= most + slack:
            asked = show_mm(least) if least == most else f"{show_plain(least)} đến {show_mm(most)}"
            _tell(case, number, f"lề {words} {show_mm(now)}", f"Đặt lề {words} {asked}.", page.sure(name))


def _tell(case: Case, number: int, what: str, remedy: str, sure: bool) -> None:
    case.tell(None, _part(case, number), what, remedy, f"{case.profile.ma}, trang giấy", sure)


# --- page numbers -----------------------------------------------------------------------------------------------------


def _page_numbers(case: Case) -> None:
    spec, file = case.profile.so_trang, case.paper.file
    section = file.sections[0]
    heads = {kind: [p for p in found if p.page_look] for kind, found in section.heads.items()}
    feet = [p for found in section.feet.values() for p in found if p.page_look]
    shown = [p for kind in ("default", "even") for p in heads.get(kind, [])]
    length = sum(len(paragraph.text) for paragraph in file.paragraphs if paragraph.section == 0)
    several = length > _ONE_PAGE

    def tell(what: str, remedy: str, sure: bool) -> None:
        case.tell(None, "Số trang", what, remedy, f"{case.profile.ma}, số trang", sure and spec.sure())

    if not shown:
        where = "đặt ở cuối trang" if feet else "chưa có"
        if feet or several:
            tell(f"số trang {where}", "Đặt số trang ở giữa lề trên.", bool(feet) or length > 2 * _ONE_PAGE)
        return
    _one_number(case, shown[0], tell)
    first = heads.get("first", []) if section.first_differs else shown
    if first:
        tell("trang đầu có số trang", "Chọn “Trang đầu khác” để trang đầu không có số.", True)
    if spec.cach_mep is not None and abs(section.head - spec.cach_mep) > case.formats.sai_so.mm:
        remedy = f"Đặt đầu trang cách mép {show_mm(spec.cach_mep)}."
        tell(f"số trang cách mép trên {show_mm(section.head)}", remedy, True)


def _one_number(case: Case, paragraph: Paragraph, tell: Callable[[str, str, bool], None]) -> None:
    spec, look = case.profile.so_trang, paragraph.page_look
    if look is None:
        return
    slack = case.formats.sai_so.pt
    if paragraph.form.align != "center":
        tell("số trang không ở giữa", "Canh giữa số trang.", True)
    least, most = spec.co
    if not least - slack <= look.size <= most + slack:
        asked = show_plain(least) if least == most else f"{show_plain(least)} đến {show_plain(most)}"
        tell(f"số trang cỡ chữ {show_plain(look.size)} pt", f"Đặt cỡ chữ {asked} pt.", True)
    if look.bold or look.italic:
        tell("số trang không phải chữ đứng thường", "Đặt chữ đứng, không đậm.", True)


# --- fonts, letters, colour -------------------------------------------------------------------------------------------


def _fonts(case: Case) -> None:
    """The two slots that Vietnamese text is printed from count; the two others are told once, for what may be typed."""
    spec = case.profile.phong_chu
    check, remedy = f"{case.profile.ma}, phông chữ", f"Đặt phông {spec.ten} cho cả bốn loại chữ."
    asked, silent = spec.ten.lower(), set()
    for piece in _whole_paragraphs(case):
        for slot, font in sorted(_printed_fonts(piece)):
            if font and font.lower() != asked and not _old(font):
                what = f"phông {font} ({_SLOT_NAMES[slot]})"
                case.tell(piece, "Phông chữ", what, remedy, check, spec.sure())
        for run in piece.runs:
            silent |= {name for name in run.look.fonts[2:] if name and name.lower() != asked}
    if silent:
        what = f"phông {', '.join(sorted(silent))} ở loại chữ chưa dùng đến"
        case.tell(None, "Phông chữ", what, remedy, check, False)


def _printed_fonts(piece: Piece) -> set[tuple[str, str]]:
    found = set()
    for run in piece.runs:
        if any(char.isascii() and not char.isspace() for char in run.text):
            found.add(("ascii", run.look.fonts[0]))
        if any(not char.isascii() and char.isalpha() for char in run.text):
            found.add(("hAnsi", run.look.fonts[1]))
    return found


def _old(font: str) -> bool:
    return font.lower().startswith((".vn", "vni-", "vni "))


def _letters(case: Case) -> None:
    """Unicode, precomposed: no fonts of before, no tones typed apart from their letter."""
    spec = case.profile.phong_chu
    check = f"{case.profile.ma}, mã chữ"
    for piece in _whole_paragraphs(case):
        old = sorted({font for run in piece.runs for font in run.look.fonts[:2] if _old(font)})
        if old or looks_like_tcvn3(piece.text) or looks_like_vni(piece.text):
            what = f"chữ theo bảng mã cũ{f' ({old[0]})' if old else ''}"
            case.tell(
                piece, "Mã chữ", what, f"Chuyển sang Unicode, phông {spec.ten}.", check, bool(old) and spec.sure()
            )
        raw = "".join(run.text for run in piece.runs)
        if unicodedata.normalize("NFC", raw) != raw:
            case.tell(
                piece,
                "Mã chữ",
                "dấu thanh gõ rời khỏi chữ (Unicode tổ hợp)",
                "Chuyển sang Unicode dựng sẵn.",
                check,
                False,
            )


def _colour(case: Case) -> None:
    spec = case.profile.phong_chu
    for piece in _whole_paragraphs(case):
        colours = {run.look.colour for run in piece.runs if run.text.strip()} - {"auto", spec.mau, ""}
        if colours:
            case.tell(
                piece,
                "Màu chữ",
                "chữ không phải màu đen",
                "Đặt màu chữ đen.",
                f"{case.profile.ma}, phông chữ",
                spec.sure(),
            )


def _whole_paragraphs(case: Case) -> Iterator[Piece]:
    for paragraph in case.paper.file.paragraphs:
        if not paragraph.blank and not paragraph.boxed:
            yield Piece(paragraph, paragraph.runs, 0, True)
