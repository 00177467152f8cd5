"""A new draft takes over what a person wrote in the last one: word for word, in its place, and told."""

from __future__ import annotations

import base64
import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from docx import Document

from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.own import is_own, own_prints
from dvk_reports.papers.docx.redraft import TWO, Carried, Kind, redraft
from tests.support.offices import convert

DAY = date(2023, 10, 12)
LINES = (
    "Các đơn vị mở 16 lớp tập huấn.",
    "Toàn huyện có 143 mô hình đang thực hiện.",
    "Có 36/39 chi, đảng bộ có kế hoạch.",
    "Đề nghị các đơn vị tiếp tục thực hiện.",
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
ROWS = (("Kinh tế", "63"), ("Văn hóa - xã hội", "52"), ("Quốc phòng - an ninh", "20"))


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Template:
    """A heading, a paragraph for each line, a table with a row for each pair, a last line."""
    document = Document()
    document.add_heading("BÁO CÁO", 1)
    for text in ("{%p for cau in cac_cau %}", "{{ cau }}", "{%p endfor %}"):
        document.add_paragraph(text)
    table = document.add_table(4, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Lĩnh vực", "Số mô hình"
    table.cell(1, 0).text = "{%tr for dong in cac_dong %}"
    table.cell(2, 0).text, table.cell(2, 1).text = "{{ dong.ten }}", "{{ dong.so }}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph("Nơi nhận: như trên.")
    path = tmp_path_factory.mktemp("mẫu") / "thu.docx"
    document.save(str(path))
    return Template("thu.docx", path)


@pytest.fixture(scope="module")
def draft(template) -> Callable[..., bytes]:
    def made(*changed: tuple[str, str], rows=ROWS, lines=LINES) -> bytes:
        texts = list(lines)
        for old, new in changed:
            texts = [text.replace(old, new) for text in texts]
        fields = {"cac_cau": texts, "cac_dong": [{"ten": name, "so": count} for name, count in rows]}
        return render(template, fields, title="Thử", day=DAY)

    return made


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    document = Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def by_libreoffice(draft, tmp_path_factory) -> Callable[[Any], bytes]:
    """A change -> the draft with it, opened and saved in LibreOffice: styles get other ids, every part is rewritten."""
    folder = tmp_path_factory.mktemp("sửa")

    @cache
    def all_of_them() -> None:
        paths = [folder / f"{change.__name__}.docx" for change in CHANGES]
        for path, change in zip(paths, CHANGES, strict=True):
            path.write_bytes(edited(draft(), change))
        convert(paths[0], "docx", folder / "ra", *paths[1:])

    def saved(change: Any) -> bytes:
        all_of_them()
        return (folder / "ra" / f"{change.__name__}.docx").read_bytes()

    return saved


def words(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    said = [p.text for p in document.paragraphs if p.text]
    return [*said, *(" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows)]


def line(document: Any, part: str) -> Any:
    return next(p for p in document.paragraphs if part in p.text)


def add_after(document: Any, part: str, text: str) -> Any:
    here = line(document, part)
    added = document.add_paragraph(text, style=here.style)
    here._p.addnext(added._p)
    return added


HEAD, TAIL = "BÁO CÁO", "Nơi nhận: như trên."
TABLE = ["Lĩnh vực | Số mô hình", *(" | ".join(row) for row in ROWS)]
OTHER = "Toàn huyện có 143 mô hình, nổi bật là xã Bảo Hà."


def rewritten(document: Any) -> None:
    line(document, "143").text = OTHER


def written_more(document: Any) -> None:
    add_after(document, "16 lớp", "Ban đã kiểm tra 05 xã.")


def struck(document: Any) -> None:
    gone = line(document, "Đề nghị")._p
    gone.getparent().remove(gone)


def in_the_table(document: Any) -> None:
    table = document.tables[0]
    table.cell(2, 0).text = "Văn hóa, xã hội, y tế"
    row = table.add_row()
    row.cells[0].text, row.cells[1].text = "Xây dựng Đảng", "8"


def nothing(document: Any) -> None:
    """Opened and saved."""


CHANGES = (rewritten, written_more, struck, in_the_table, nothing)


@pytest.mark.parametrize(
    ("change", "new", "said", "told"),
    [
        (rewritten, (), [HEAD, LINES[0], OTHER, *LINES[2:], TAIL, *TABLE], [(Kind.CHANGED, OTHER, "")]),
        (
            rewritten,
            ("143", "150"),
            [HEAD, LINES[0], OTHER, f"{TWO} Toàn huyện có 150 mô hình đang thực hiện.", *LINES[2:], TAIL, *TABLE],
            [(Kind.BOTH, OTHER, "Toàn huyện có 150 mô hình đang thực hiện.")],
        ),
        (
            written_more,
            ("16 lớp", "18 lớp"),
            [HEAD, "Các đơn vị mở 18 lớp tập huấn.", "Ban đã kiểm tra 05 xã.", *LINES[1:], TAIL, *TABLE],
            [(Kind.ADDED, "Ban đã kiểm tra 05 xã.", "")],
        ),
        (struck, (), [HEAD, *LINES[:3], TAIL, *TABLE], [(Kind.STRUCK, LINES[3], "")]),
        (
            in_the_table,
            (),
            [HEAD, *LINES, TAIL, *TABLE[:2], "Văn hóa, xã hội, y tế | 52", TABLE[3], "Xây dựng Đảng | 8"],
            [(Kind.CHANGED, "Văn hóa, xã hội, y tế | 52", ""), (Kind.ADDED, "Xây dựng Đảng | 8", "")],
        ),
        (nothing, ("143", "150"), None, []),
    ],
)
@pytest.mark.parametrize("office", ["python-docx", "LibreOffice"])
def test_what_a_person_wrote_stands_in_the_new_draft(draft, by_libreoffice, change, new, said, told, office):
    if office == "LibreOffice" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    theirs = by_libreoffice(change) if office == "LibreOffice" else edited(draft(), change)
    today = draft(*([new] if new else []))
    found = redraft(theirs, today)
    assert found is not None
    assert words(found.data) == (words(today) if said is None else said)
    assert found.carried == tuple(Carried(*item) for item in told)
    assert found == redraft(theirs, today)  # same inputs, same bytes


def test_bold_and_italics_of_the_person_stay(draft):
    def change(document):
        added = add_after(document, "16 lớp", "")
        added.add_run("Riêng xã ")
        added.add_run("Bảo Hà").bold = True
        added.add_run(" làm tốt").italic = True

    found = redraft(edited(draft(), change), draft())
    paragraph = line(Document(io.BytesIO(found.data)), "Bảo Hà")
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("Riêng xã ", None, None),
        ("Bảo Hà", True, None),
        (" làm tốt", None, True),
    ]


def test_where_both_stand_the_program_s_is_marked_in_yellow(draft):
    found = redraft(edited(draft(), rewritten), draft(("143", "150")))
    runs = line(Document(io.BytesIO(found.data)), "150").runs
    assert [(run.text, run.font.highlight_color is not None) for run in runs if run.text.strip()] == [
        (TWO, True),
        ("Toàn huyện có 150 mô hình đang thực hiện.", False),
    ]


def test_a_sentence_that_the_program_no_longer_writes(draft):
    """The person's own stays; an untouched one goes."""
    shorter = (LINES[0], LINES[2])
    found = redraft(edited(draft(), rewritten), draft(lines=shorter))
    assert words(found.data) == [HEAD, LINES[0], OTHER, LINES[2], TAIL, *TABLE]
    assert found.carried == (Carried(Kind.ORPHAN, OTHER),)


def test_struck_out_words_of_tracked_changes_are_not_taken_over(draft):
    def change(document):
        paragraph = line(document, "143")
        run = paragraph.runs[0]._r
        deleted = paragraph._p.makeelement(f"{run.tag[:-1]}del", {})
        run.addprevious(deleted)
        deleted.append(run)
        paragraph.add_run("Có nhiều mô hình.")

    found = redraft(edited(draft(), change), draft())
    assert "Có nhiều mô hình." in words(found.data)


def test_a_picture_is_told(draft, tmp_path):
    def change(document):
        (tmp_path / "a.png").write_bytes(PIXEL)
        added = add_after(document, "16 lớp", "Hình 1.")
        added.add_run().add_picture(str(tmp_path / "a.png"))

    found = redraft(edited(draft(), change), draft())
    assert found.carried == (
        Carried(Kind.ADDED, "Hình 1."),
        Carried(Kind.LOST, "hình hoặc liên kết trong đoạn “Hình 1.”"),
    )


def test_a_second_redraft_carries_the_words_on_and_no_old_mark(draft):
    first = redraft(edited(draft(), rewritten), draft(("143", "150"))).data
    again = edited(first, written_more)
    found = redraft(again, draft(("143", "155")))
    assert words(found.data)[:5] == [
        HEAD,
        LINES[0],
        "Ban đã kiểm tra 05 xã.",
        OTHER,
        f"{TWO} Toàn huyện có 155 mô hình đang thực hiện.",
    ]


def test_only_the_program_s_own_untouched_file_is_its_own(draft):
    data = draft()
    assert is_own(data) and is_own(redraft(edited(data, rewritten), data).data)
    assert not is_own(edited(data, lambda document: None)) and not is_own(b"x")
    assert not is_own(edited(data, lambda document: setattr(document.styles["Normal"].font, "bold", True)))


def test_a_file_without_fingerprints_is_left_to_the_person(draft):
    out = io.BytesIO()
    Document().save(out)
    assert own_prints(out.getvalue()) is None and redraft(out.getvalue(), draft()) is None


def test_no_words_of_the_draft_lie_hidden_in_the_file(draft):
    """What a person has struck out cannot be read in what is sent out."""
    with zipfile.ZipFile(io.BytesIO(edited(draft(), struck))) as archive:
        hidden = "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist() if "customXml" in n)
    assert "đơn vị" not in hidden
