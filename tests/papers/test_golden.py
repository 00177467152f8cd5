"""Where things stand on the printed page: a report, a công văn and two decisions against the tables of their format.

Each rule is shown to fail too: the same paper with one style or side changed must be told.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dvk_reports.model.returns import UnitState
from dvk_reports.papers.awards.skeletons import write_skeleton
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.plan.book.rulebook import Layout
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from dvk_reports.run.plans import load_plan
from tests.support.mails import sent_out
from tests.support.papers import CERTIFICATE, PRAISE
from tests.support.printed import Line, printed

PLAN = load_plan()
DAY = date(2023, 10, 20)
PARTY_TITLE, STATE_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
# Single line of Times New Roman as a part of its size.
SINGLE = 1.15
Pages = list[list[Line]]


@dataclass(frozen=True)
class Expected:
    """What one paper must show; ``heads``: lines of the heading that may not wrap, ``centred``: lines of the page."""

    layout: Layout
    centred: tuple[str, ...]
    left_heads: tuple[str, ...]
    right_heads: tuple[str, ...]
    post: str


P36, N30 = (PLAN.documents.layout(name, DAY) for name in ("P36", "N30"))
EXPECTED = {
    "report": Expected(
        P36, ("BÁO CÁO", "-----"), ("HUYỆN ỦY BẢO YÊN", "BAN DÂN VẬN", "*"), (PARTY_TITLE,), "TRƯỞNG BAN"
    ),
    "letter": Expected(
        P36, ("Kính gửi: Đơn vị D (ví dụ)",), ("HUYỆN ỦY BẢO YÊN", "BAN DÂN VẬN", "*"), (PARTY_TITLE,), "TRƯỞNG BAN"
    ),
    PRAISE: Expected(
        P36, ("QUYẾT ĐỊNH", "-----"), ("ĐẢNG BỘ TỈNH LÀO CAI", "HUYỆN ỦY BẢO YÊN", "*"), (PARTY_TITLE,), "BÍ THƯ"
    ),
    CERTIFICATE: Expected(
        N30,
        ("QUYẾT ĐỊNH", "QUYẾT ĐỊNH:"),
        ("ỦY BAN NHÂN DÂN", "HUYỆN BẢO YÊN"),
        (STATE_TITLE, "Độc lập - Tự do - Hạnh phúc"),
        "CHỦ TỊCH",
    ),
}


def report(lines: int = 0) -> bytes:
    """The example report; ``lines`` more paragraphs in its last part move the signature down the page."""
    data = example_quarter(PLAN)
    out = io.BytesIO()
    write_report(out, Office(PLAN, example_register(PLAN), data.as_of), data)
    document = Document(io.BytesIO(out.getvalue()))
    last = next(p for p in document.paragraphs if p.style.name == "DVK Nội dung cuối")
    for number in range(lines):
        last.insert_paragraph_before(f"- Dòng thêm {number}.", style="DVK Nội dung")
    return saved(document)


def letter(lines: int = 0) -> bytes:
    data = replace(example_quarter(PLAN), as_of=date(2023, 10, 24))
    silent = [item for item in data.submissions if item.state is UnitState.MISSING]
    assert len(silent) == 1
    made = sent_out(Office(PLAN, example_register(PLAN), data.as_of), data)
    document = Document(io.BytesIO(next(paper for name, paper in made.items() if name.endswith(".docx"))))
    asked = next(p for p in document.paragraphs if p.text.startswith("Tính đến ngày"))
    for number in range(lines):
        asked.insert_paragraph_before(f"- Dòng thêm {number}.", style="DVK Nội dung")
    return saved(document)


def decision(kind: str) -> bytes:
    fields = {
        "dot": "sơ kết giai đoạn 2022 - 2025, năm 2023",
        "danh_sach": [{"nhom": "Tập thể", "dong": [{"ten": "Chi bộ A", "chuc_vu_don_vi": "Đảng bộ xã A"}]}],
    }
    out = io.BytesIO()
    write_skeleton(out, Office(PLAN, Register(), DAY), kind, fields)
    return out.getvalue()


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def drift(pages: Pages, want: Expected) -> list[str]:
    """Every way in which the printed pages leave the format; [] where they keep it."""
    body = _until_annex(pages)
    return [
        *_centres(body, want),
        *_margins(body, want.layout),
        *_pitch(body, want.layout),
        *_signature(body, want),
        *_numbers(body, want.layout),
    ]


def _until_annex(pages: Pages) -> Pages:
    ends = [n for n, page in enumerate(pages) for line in page if line.text.startswith(("Phụ lục", "DANH SÁCH"))]
    return pages[: next((n for n in ends if n), len(pages))]


def _centres(pages: Pages, want: Expected) -> Iterator[str]:
    layout, first = want.layout, {line.text: line for line in pages[0]}
    text = (layout.le_trai + layout.rong - layout.le_phai) / 2
    left, right = layout.le_trai + layout.cot_trai / 2, layout.le_trai + layout.cot_trai + layout.cot_phai / 2
    for names, middle in ((want.centred, text), (want.left_heads, left), (want.right_heads, right)):
        for name in names:
            if name not in first:
                yield f"xuống dòng: {name}"
            elif abs(first[name].middle - middle) > 1:
                yield f"giữa: {name}"


def _edges(layout: Layout) -> tuple[float, float]:
    return layout.le_trai, layout.rong - layout.le_phai


def _full(pages: Pages, layout: Layout) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines of one paragraph: the upper one fills the text area, the lower one starts at its edge."""
    left = layout.le_trai
    for page in pages:
        for upper, lower in pairwise(page):
            near = 0 < lower.top - upper.top < 12 and upper.right - upper.left > 140
            if near and lower.left < left + 5 and upper.left < left + 15:
                yield upper, lower


def _margins(pages: Pages, layout: Layout) -> Iterator[str]:
    left, right = _edges(layout)
    pairs = list(_full(pages, layout))
    if not pairs or abs(median(lower.left for _, lower in pairs) - left) > 1:
        yield "lề trái"
    if not pairs or abs(median(upper.right for upper, _ in pairs) - right) > 1:
        yield "lề phải"
    if any(line.left < left - 1 or line.right > right + 1 for page in pages for line in page):
        yield "ra ngoài lề"


def _pitch(pages: Pages, layout: Layout) -> Iterator[str]:
    points = layout.gian_dong if layout.gian_dong_lan is None else layout.gian_dong_lan * layout.co_noi_dung * SINGLE
    found = [(lower.top - upper.top) / 25.4 * 72 for upper, lower in _full(pages, layout)]
    if not found or abs(median(found) - points) > 0.3:
        yield "giãn dòng"


def _signature(pages: Pages, want: Expected) -> Iterator[str]:
    """At least two lines of the text on the page of the signature, above it."""
    left, _ = _edges(want.layout)
    for page in pages:
        post = next((line for line in page if line.text == want.post), None)
        if post is not None:
            above = [line for line in page if line.top < post.top - 1 and line.left < left + 12 and line.top > 18]
            if len(above) < 2:
                yield "chữ ký đứng một mình"
            return
    yield "không có chữ ký"


def _numbers(pages: Pages, layout: Layout) -> Iterator[str]:
    middle = sum(_edges(layout)) / 2
    for number, page in enumerate(pages, start=1):
        head = [line for line in page if line.bottom < layout.le_tren]
        if number == 1:
            if head:
                yield "trang 1 có số trang"
        elif [line.text for line in head] != [str(number)]:
            yield f"trang {number} thiếu số trang"
        elif abs(head[0].middle - middle) > 1 or abs(head[0].top - layout.so_trang_cach_mep) > 1:
            yield f"số trang {number} lệch"


# --- papers with one thing changed, and what is told of them


def styled(name: str, **form: object) -> Callable[[bytes], bytes]:
    """A paper with a value of one style changed: of its paragraphs, or ``size`` of its letters."""

    def change(paper: bytes) -> bytes:
        document = Document(io.BytesIO(paper))
        style = document.styles[name]
        for key, value in form.items():
            if key == "size":
                style.font.size = value
            else:
                setattr(style.paragraph_format, key, value)
        return saved(document)

    return change


def sided(**sides: float) -> Callable[[bytes], bytes]:
    def change(paper: bytes) -> bytes:
        document = Document(io.BytesIO(paper))
        for section in document.sections:
            for key, value in sides.items():
                setattr(section, key, Mm(value))
        return saved(document)

    return change


def numbered_first(paper: bytes) -> bytes:
    document = Document(io.BytesIO(paper))
    document.sections[0].different_first_page_header_footer = False
    return saved(document)


def torn(paper: bytes) -> bytes:
    """Nothing holds the signature and the text before it together."""
    document = Document(io.BytesIO(paper))
    for keep in [*document.styles.element.iter(qn("w:keepNext")), *document.element.body.iter(qn("w:keepNext"))]:
        keep.getparent().remove(keep)
    return saved(document)


MUTATED = {
    "title": ("report", styled("DVK Tên loại", alignment=WD_ALIGN_PARAGRAPH.LEFT), "giữa: BÁO CÁO"),
    "title_state": (CERTIFICATE, styled("DVK Tên loại", left_indent=Mm(6)), "giữa: QUYẾT ĐỊNH"),
    "wrap": (CERTIFICATE, styled("DVK Quốc hiệu", size=Pt(15)), f"xuống dòng: {STATE_TITLE}"),
    "wrap_left": ("letter", styled("DVK Cơ quan cấp trên", size=Pt(24)), "xuống dòng: HUYỆN ỦY BẢO YÊN"),
    "left": ("report", sided(left_margin=27), "lề trái"),
    "right": ("letter", sided(right_margin=20), "lề phải"),
    "pitch": ("report", styled("DVK Nội dung", line_spacing=Pt(19)), "giãn dòng"),
    "pitch_state": (CERTIFICATE, styled("DVK Căn cứ", line_spacing=1.3), "giãn dòng"),
    "number": ("report", sided(header_distance=13), "số trang 2 lệch"),
    "number_side": ("report", styled("Header", alignment=WD_ALIGN_PARAGRAPH.RIGHT), "số trang 2 lệch"),
    "number_first": ("report", numbered_first, "trang 1 có số trang"),
}
# Enough to push the signature from the foot of one page to the head of the next.
PUSHED = range(0, 36, 2)


def papers() -> dict[str, bytes]:
    whole = {"report": report(), "letter": letter(), PRAISE: decision(PRAISE), CERTIFICATE: decision(CERTIFICATE)}
    changed = {f"x_{name}": change(whole[kind]) for name, (kind, change, _) in MUTATED.items()}
    pushed = {f"report_{n}": report(n) for n in PUSHED} | {f"letter_{n}": letter(n) for n in PUSHED}
    loose = {f"torn_{n}": torn(pushed[f"report_{n}"]) for n in PUSHED}
    return {**whole, **changed, **pushed, **loose}


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Pages]:
    return printed(papers(), tmp_path_factory.mktemp("in"))


@pytest.mark.parametrize("name", EXPECTED)
def test_printed_page_keeps_the_format(pages, name):
    assert drift(pages[name], EXPECTED[name]) == []


@pytest.mark.parametrize("name", MUTATED)
def test_a_layout_that_drifts_is_told(pages, name):
    kind, _, told = MUTATED[name]
    assert told in drift(pages[f"x_{name}"], EXPECTED[kind])


@pytest.mark.parametrize("kind", ["report", "letter"])
def test_a_signature_takes_two_lines_of_text_along_wherever_the_page_ends(pages, kind):
    drifted = {n: drift(pages[f"{kind}_{n}"], EXPECTED[kind]) for n in PUSHED}
    assert not {n: told for n, told in drifted.items() if told}
    # The row of papers does cross the foot of a page.
    assert len({len(pages[f"{kind}_{n}"]) for n in PUSHED}) > 1


def test_a_signature_that_nothing_holds_is_told(pages):
    assert any("chữ ký đứng một mình" in drift(pages[f"torn_{n}"], EXPECTED["report"]) for n in PUSHED)
