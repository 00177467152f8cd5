"""What Word itself trips over: elements out of order, what loops leave behind, marks that Word has changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from dvk_reports.model.periods import parse_period
from dvk_reports.papers.awards.skeletons import write_skeleton
from dvk_reports.papers.docx.marks import text_of
from dvk_reports.papers.report.report import write_report
from dvk_reports.papers.templates.check import check_template
from dvk_reports.papers.templates.example import example_quarter, example_register
from dvk_reports.papers.templates.fields import example_fields, example_round
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register
from dvk_reports.run.plans import load_plan
from tests.support.mails import sent_out
from tests.support.papers import ROUND_PAPERS

PLAN = load_plan()
DAY = date(2023, 10, 24)
BUNDLED = sorted(item.name for item in files("dvk_reports.templates_docx").iterdir() if item.name.endswith(".docx"))

# ECMA-376 part 1, transitional schema wml.xsd: order of the children in each sequence.
_BORDERS = "top start left bottom end right insideH insideV tl2br tr2bl"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "tblBorders": _BORDERS,
    "tcBorders": _BORDERS,
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
}
# What may stand at most once in each of them; headers and footers come once for each kind of page.
_MANY = {"headerReference", "footerReference", "tblStylePr", "tr", "tc"}


def papers() -> Iterator[tuple[str, bytes]]:
    register, data = example_register(PLAN), example_quarter(PLAN)
    for key in (data.period.key, "2022-Q2..2023-Q3"):
        out = io.BytesIO()
        write_report(out, Office(PLAN, register, data.as_of), replace(data, period=parse_period(key)))
        yield f"report {key}", out.getvalue()
    for name, paper in sent_out(Office(PLAN, register, DAY), replace(data, as_of=DAY)).items():
        if name.endswith(".docx"):
            yield "letter", paper
    for kind in ROUND_PAPERS:
        out = io.BytesIO()
        write_skeleton(out, Office(PLAN, Register(), date(2023, 10, 20)), kind, example_round(PLAN))
        yield kind, out.getvalue()


PAPERS = dict(papers())


def parts(paper: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                yield name, etree.fromstring(archive.read(name))


def disorder(root: etree._Element) -> list[str]:
    """Children out of the order of the schema, unknown to it, or given twice; one line each."""
    found = []
    for kind, order in ORDER.items():
        places = {name: place for place, name in enumerate(order.split())}
        for element in root.iter(qn(f"w:{kind}")):
            names = [
                etree.QName(child).localname
                for child in element
                if isinstance(child.tag, str) and child.tag.startswith(qn("w:x")[:-1])
            ]
            found += [f"{kind}: {name} không thuộc lược đồ" for name in names if name not in places]
            known = [places[name] for name in names if name in places]
            if known != sorted(known):
                found.append(f"{kind}: {' '.join(names)}")
            found += [f"{kind}: hai {name}" for name in set(names) - _MANY if names.count(name) > 1]
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_elements_stand_in_the_order_of_the_schema(name):
    told = {part: disorder(root) for part, root in parts(PAPERS[name])}
    assert not {part: lines for part, lines in told.items() if lines}


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_templates_stand_in_the_order_of_the_schema(name):
    paper = files("dvk_reports.templates_docx").joinpath(name).read_bytes()
    told = {part: disorder(root) for part, root in parts(paper)}
    assert not {part: lines for part, lines in told.items() if lines}


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<w:p {}><w:pPr><w:jc w:val='left'/><w:spacing w:after='0'/></w:pPr></w:p>", "pPr: jc spacing"),
        ("<w:r {}><w:rPr><w:sz w:val='28'/><w:b/></w:rPr></w:r>", "rPr: sz b"),
        ("<w:tc {}><w:tcPr><w:vAlign w:val='top'/><w:tcW w:w='1'/></w:tcPr></w:tc>", "tcPr: vAlign tcW"),
        ("<w:p {}><w:pPr><w:keepNext/><w:keepNext/></w:pPr></w:p>", "pPr: hai keepNext"),
        ("<w:p {}><w:pPr><w:bold/></w:pPr></w:p>", "pPr: bold không thuộc lược đồ"),
    ],
)
def test_disorder_is_seen(xml, said):
    assert disorder(parse_xml(f"<w:body {nsdecls('w')}>{xml.format('')}</w:body>")) == [said]


# Left empty on purpose: a line drawn by its border, room for a name, the break before an annex, cells to write in.
_EMPTY_STYLES = {
    "DongKe",
    "KeTieuNgu",
    "KeCoQuan",
    "KeTrichYeu",
    "KeKemTheo",
    "NgatPhan",
    "HoTen",
    "DiaDanhNgay",
    "CoQuanCapTren",
}


def left_over(paper: bytes) -> list[str]:
    """Empty runs, paragraphs, rows and cells without a paragraph, and marks, that a loop has left in a paper."""
    document = Document(io.BytesIO(paper))
    body = document.element.body
    found = [f"dấu còn lại: {text_of(p)}" for p in body.iter(qn("w:p")) if "{{" in text_of(p) or "{%" in text_of(p)]
    for run in body.iter(qn("w:r")):
        if not [child for child in run if child.tag != qn("w:rPr") and (child.tag != qn("w:t") or child.text)]:
            found.append("run rỗng")
    for paragraph in body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else style.get(qn("w:val"))
        in_cell = next(paragraph.iterancestors(qn("w:tc")), None) is not None
        drawn = next(paragraph.iter(qn("w:drawing")), None) is not None
        if not text_of(paragraph).strip() and not drawn and not in_cell and name not in _EMPTY_STYLES:
            found.append(f"đoạn rỗng: {name}")
    for row in body.iter(qn("w:tr")):
        if not row.findall(qn("w:tc")):
            found.append("dòng không có ô")
        elif not "".join(text_of(p) for p in row.iter(qn("w:p"))).strip():
            found.append("dòng rỗng")
    for cell in body.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):  # Word calls such a file corrupt
            found.append("ô không kết thúc bằng đoạn")
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_loops_leave_nothing_behind(name):
    assert left_over(PAPERS[name]) == []


def test_what_a_loop_leaves_is_seen():
    document = Document(io.BytesIO(PAPERS["letter"]))
    document.add_paragraph("").add_run()
    document.add_paragraph("{%p endfor %}")
    document.add_table(1, 2)
    out = io.BytesIO()
    document.save(out)
    told = left_over(out.getvalue())
    assert {"run rỗng", "dấu còn lại: {%p endfor %}", "dòng rỗng"} <= set(told)


@pytest.mark.parametrize(
    "mark",
    [
        "{%p if ky_bao_cao == “quý III” %}",
        "{%p if ky_bao_cao == ‘quý III’ %}",
        "{{ ky_bao_cao ~ „x” }}",
    ],
)
def test_quotes_that_word_has_turned_round_in_a_mark_are_found(tmp_path, mark):
    document = Document()
    document.add_paragraph("“Dân vận khéo” ngoài dấu thì không sao: {{ nam }}")
    document.add_paragraph(mark)
    if mark.startswith("{%p if"):
        document.add_paragraph("{%p endif %}")
    path = tmp_path / "bao-cao.docx"
    document.save(str(path))
    found = [item for item in check_template(path, example_fields(PLAN)["bao-cao.docx"]) if item.stops]
    assert [item.place.split(":")[0] for item in found] == ["đoạn 2"]
    assert "có dấu ngoặc kép cong trong" in found[0].problem
