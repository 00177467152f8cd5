"""A paper with thousands of rows is, byte for byte, the paper that is filled as one text; its tree stays small."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from dvk_reports.errors import TemplateError
from dvk_reports.messages.marks import wanted
from dvk_reports.papers.docx import long_tables
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.engine import Paper
from dvk_reports.papers.docx.own import blocks_of, is_own, opened, own_prints
from tests.support import word_by_hand as hand

ROWS = 60
PLAIN = ("Thôn Bản Bông", "a & b <c>", "", " cách ", wanted("số liệu"))
TRAPS = (*PLAIN, "hai\ndòng", "cột\tkhác", "[[bieu_do:x]]", "[[", "<w:tr>", "{{ muc }}", "dài " * 400)
FORLOOP, END = "{%tr for dong in muc %}", "{%tr endfor %}"
GROUP = ("{%tr for nhom in nhom %}", "{{ nhom.ten }}", "{%tr for dong in nhom.dong %}")


def cell(*lines: str, look: str = "", span: int = 0) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span else ""
    paragraphs = "".join(line if line.startswith("<") else hand.p(line, form=look) for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{wide}</w:tcPr>{paragraphs}</w:tc>'


def row(*cells: str, head: bool = False) -> str:
    found = (item if item.startswith("<w:tc>") else cell(item) for item in cells)
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{''.join(found)}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="3000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{hand.p()}"


INNER = cell(table(row(FORLOOP), row("{{ dong.a }}", "x"), row(END)))
BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
    f"{table(row(FORLOOP), row('{{ dong.a }}', 'y'), row(END))}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
PICTURE = (
    '<w:p><w:r><w:t>{{ dong.a }}</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id="7" name="n"/>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
TABLES = {
    "một dòng mỗi mục": table(row("A", "B", head=True), row(FORLOOP), row("{{ dong.a }}", "{{ dong.b }}"), row(END)),
    "dòng không ngắt trang": table(
        row(FORLOOP),
        row("{{ dong.a }}", "b").replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>"),
        row(END),
    ),
    "nhóm rồi dòng": table(
        row("A", "B", head=True),
        row(GROUP[0]),
        row(cell(GROUP[1], span=2)),
        row(GROUP[2]),
        row("{{ dong.a }}", "{{ dong.b }}"),
        row(END),
        row(END),
        row("Cộng", "x"),
    ),
    "dòng tùy điều kiện": table(
        row(FORLOOP),
        row("{%tr if dong.b %}"),
        row("{{ loop.index }}", "{{ dong.b }}"),
        row("{%tr else %}"),
        row(cell("{{ dong.a }}", span=2)),
        row("{%tr endif %}"),
        row(END),
    ),
    "ô nhiều đoạn": table(
        row(FORLOOP), row("x", cell("{%p for y in dong.c %}", "- {{ y }}", "{%p endfor %}", "hết")), row(END)
    ),
    "ô gộp dọc": table(row(FORLOOP), row("{% vm %}Tên", "{{ dong.a }}"), row(END)),
    "cột theo điều kiện": table(
        row(FORLOOP), row("{%tc if dong.b %}", "{{ dong.b }}", "{%tc endif %}", "{{ dong.a }}"), row(END), columns=1
    ),
    "bảng trong ô": table(row("A", INNER), row(FORLOOP), row("{{ dong.a }}", "b"), row(END)),
    "bảng trong từng dòng": table(row(GROUP[0]), row("{{ nhom.ten }}", INNER.replace("muc", "nhom.dong")), row(END)),
    "bảng trong hộp chữ": BOX,
    "hình ở mỗi dòng": table(row(FORLOOP), row(cell(PICTURE), "b"), row(END)),
    "đánh dấu giữa các dòng": table(
        row(FORLOOP), '<w:bookmarkStart w:id="1" w:name="m"/>', row("{{ dong.a }}", "b"), row(END)
    ),
    "trong khung nội dung": "<w:sdt><w:sdtContent>"
    f"{table(row(FORLOOP), row('{{ dong.a }}', 'b'), row(END))}</w:sdtContent></w:sdt>",
    "tên không gian ở bảng": table(
        row(FORLOOP), row("{{ dong.a }}", "b").replace("<w:tr>", '<w:tr x:k="1">'), row(END)
    ).replace("<w:tbl>", '<w:tbl xmlns:x="urn:x">', 1),
    "không có bảng": hand.p("{%p for dong in muc %}") + hand.p("{{ dong.a }}") + hand.p("{%p endfor %}"),
}


def fields(words: Sequence[str], rows: int = ROWS) -> dict[str, object]:
    """Rows of such words, the same at every call."""
    pick = random.Random(5)
    made = [
        {"a": f"{pick.choice(words)} {number}", "b": pick.choice(words), "c": [pick.choice(words)] * (number % 3)}
        for number in range(rows)
    ]
    groups = [{"ten": f"Nhóm {number}", "dong": made[number::7]} for number in range(7)]
    return {"muc": made, "nhom": groups}


def filled(folder: Path, *body: str, words: Sequence[str] = PLAIN, rows: int = ROWS) -> bytes:
    path = folder / "mau.docx"
    text = f"<w:document {hand.NS}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    blank = io.BytesIO()
    Document().save(blank)
    with zipfile.ZipFile(blank) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, text if name == "word/document.xml" else source.read(name))
    return render(Template("mau.docx", path), fields(words, rows), title="Thử", day=date(2023, 10, 12))


@pytest.fixture
def kept_apart(monkeypatch):
    """Whatever the length of the paper, rows are kept apart, a few at a time."""

    def switch() -> None:
        monkeypatch.setattr(long_tables, "LONG", 1)
        monkeypatch.setattr(long_tables, "BLOCK", 1_000)

    return switch


@pytest.mark.parametrize("words", [PLAIN, TRAPS], ids=["chữ thường", "chữ khó"])
@pytest.mark.parametrize("name", TABLES)
def test_rows_kept_apart_are_those_of_the_whole_text(tmp_path, kept_apart, name, words):
    body = (hand.p("Trước"), TABLES[name], hand.p("Giữa"), TABLES[name], hand.p("Sau"))
    whole = filled(tmp_path, *body, words=words)
    kept_apart()
    assert filled(tmp_path, *body, words=words) == whole


@pytest.mark.parametrize("apart", [False, True])
def test_a_row_that_a_page_may_not_hold_goes_on_on_the_next(tmp_path, kept_apart, apart):
    if apart:
        kept_apart()
    words = ("ngắn", "vừa " * 250, "dài " * 350)
    paper = Document(io.BytesIO(filled(tmp_path, TABLES["dòng không ngắt trang"], words=words)))
    found = {(row.cells[0].text[:3], bool(row._tr.xpath("w:trPr/w:cantSplit"))) for row in paper.tables[0].rows}
    assert found == {("ngắ", True), ("vừa", True), ("dài", False)}


def test_what_every_row_says_is_known_of_the_draft(tmp_path, kept_apart):
    kept_apart()
    paper = filled(tmp_path, TABLES["nhóm rồi dòng"])
    assert is_own(paper)
    assert own_prints(paper) == [block.print for block in blocks_of(opened(paper))]
    assert len(own_prints(paper) or ()) == 1 + 7 + ROWS + 1


@pytest.mark.parametrize("name", list(TABLES)[:3])
def test_the_tree_does_not_grow_with_the_rows(tmp_path, kept_apart, monkeypatch, name):
    kept_apart()
    standing: list[int] = []
    save = Paper.save

    def counted(paper, target):
        standing.append(sum(1 for _ in paper.docx.element.body.iter()))
        save(paper, target)

    monkeypatch.setattr(Paper, "save", counted)
    papers = [filled(tmp_path, TABLES[name], rows=rows) for rows in (ROWS, 3 * ROWS)]
    assert standing[0] == standing[1]
    few, many = (len(Document(io.BytesIO(paper)).tables[0].rows) for paper in papers)
    assert many - few == 2 * ROWS


@pytest.mark.parametrize(
    "body",
    [
        table(row(FORLOOP), row("{{ dong.a }}", "{{ dong.d }}"), row(END)),
        table(row(FORLOOP), row("{{ dong.a }}", "{{ dong.c }}"), row(END)),
        table(row(FORLOOP), row("{%tc if dong.b %}", "{%p endif %}"), row(END)),
        hand.p("{%p for dong in muc %}") + table(row("a", "{%p endfor %}")),
        table(row(FORLOOP), row("{{ dong.a / 2 }}"), row(END)),
    ],
)
def test_a_mistake_in_a_row_is_said_in_the_same_words(tmp_path, kept_apart, body):
    with pytest.raises(TemplateError) as whole:
        filled(tmp_path, body)
    kept_apart()
    with pytest.raises(TemplateError) as apart:
        filled(tmp_path, body)
    assert str(apart.value) == str(whole.value)
