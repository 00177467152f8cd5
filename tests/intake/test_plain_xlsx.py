"""Cells taken out by patterns are those that the parser finds, whatever the XML of a sheet looks like."""

from __future__ import annotations

import random
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from dvk_reports.intake.readers import plain, xlsx
from dvk_reports.intake.readers.places import cell_at
from dvk_reports.intake.readers.plain import PlainSheets
from dvk_reports.intake.readers.plain_xml import NotPlain
from dvk_reports.intake.readers.raw import RawBook, ReadRefused
from dvk_reports.intake.readers.workbook import read_book

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A form with drawn blanks, texts plain and rich, a formula, hidden rows and columns and merged cells."""
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    drawn, struck = book.add_format({"border": 1}), book.add_format({"font_strikeout": True})
    sheet = book.add_worksheet("B1")
    sheet.set_row(1, 20, None, {"hidden": True})
    sheet.set_column("D:D", 5, None, {"hidden": True})
    for row in range(3):
        for col in range(4):
            sheet.write_blank(row, col, None, drawn)
    sheet.write_blank("E1", None, struck)
    sheet.write_blank("F1", None, book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_string("A1", "Kinh tế & <xã hội>", drawn)
    sheet.write_rich_string("A2", "đã ", struck, "12", " 15")
    sheet.write_number("B2", 12.5, drawn)
    sheet.write_boolean("C3", True)
    sheet.write_formula("D3", '=IF(B2<13,"ít",B2)', None, "ít")
    sheet.write_formula("E3", "=1/0", None, "#DIV/0!")
    sheet.merge_range("A5:B5", "gộp_x000D_hai")
    book.close()
    with ZipFile(path) as box:
        return {name: box.read(name) for name in box.namelist()}


def packed(members: dict[str, bytes], name: str, content: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as box:
        for member, held in members.items():
            box.writestr(member, content if member == name else held)
    return out.getvalue()


def outcome(data: bytes) -> RawBook | str:
    try:
        return read_book(data, "xlsx")
    except ReadRefused as refused:
        return str(refused)


def refuses(*_: object) -> None:
    raise NotPlain


def both_ways(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[RawBook | str, RawBook | str]:
    """What is read by patterns where they are sure, and by the parser alone."""
    by_patterns = outcome(data)
    with monkeypatch.context() as patched:
        patched.setattr(xlsx, "_cells_like", xlsx._cells_like.__wrapped__)  # else what the patterns found is remembered
        patched.setattr(PlainSheets, "read", refuses)
        patched.setattr(xlsx, "plain_strings", refuses)
        return by_patterns, outcome(data)


def same(first: RawBook | str, second: RawBook | str) -> bool:
    """Equal, and in the same order of cells and with values of the same type."""
    return first == second and repr(first) == repr(second)


def test_a_form_is_read_by_patterns_alone(members, monkeypatch):
    """Else every test here would compare the parser with itself."""
    data = packed(members, "", b"")
    monkeypatch.setattr("dvk_reports.intake.readers.xlsx.elements", refuses)
    sheet = read_book(data, "xlsx").sheets[0]
    assert {place: (cell.value, cell.struck, cell.error) for place, cell in sheet.cells.items()} == {
        (1, 1): ("Kinh tế & <xã hội>", None, ""),
        (2, 1): ("đã  15", "12", ""),
        (2, 2): (12.5, None, ""),
        (3, 3): (True, None, ""),
        (3, 4): ("ít", None, ""),
        (3, 5): (None, None, "#DIV/0!"),
        (5, 1): ("gộp_x000D_hai", None, ""),
    }
    assert (sheet.hidden_rows, sheet.merged) == ({2}, ((5, 1, 5, 2),))


B2 = '<c r="B2" s="1"><v>12.5</v></c>'
FROM_ELSEWHERE = '<c r="B3"><f t="shared" ref="B2:B4" si="0">[1]A!B2</f><v>1</v></c>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize("end", ["</c >", "</c\n>", ""])
def test_ends_written_in_another_way_are_not_looked_for_again_and_again(members, end):
    """Two minutes for a form of 100 kB, and it was told to be damaged; now as any other."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v>{end}</row>' for row in range(10, 20_000))
    sheet = members[SHEET].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    started = time.process_time()
    found = outcome(packed(members, SHEET, sheet))
    assert time.process_time() - started < 10
    assert isinstance(found, str) if not end else found.sheets[0].cells[19_999, 1].value == 19_999


def test_a_long_row_of_digits_that_is_no_number_is_told_at_once(members):
    sheet = members[SHEET].replace(b"<v>12.5</v>", b"<v>%sx</v>" % (b"1" * 300_000))
    started = time.process_time()
    cell = outcome(packed(members, SHEET, sheet)).sheets[0].cells[2, 2]
    assert (cell.value, len(cell.error)) == (None, 300_001)
    assert time.process_time() - started < 10


def test_a_part_of_broken_xml_that_begins_often_and_never_ends_is_sought_once(members):
    sheet = members[SHEET].replace(b"</worksheet>", b"<mergeCells>" * 30_000)
    started = time.process_time()
    assert len(outcome(packed(members, SHEET, sheet)).sheets[0].cells) == 7
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (B2, '<c r="B2" s="1"><v>1<!-- 2 -->3</v></c>'),
        (B2, '<!-- <c r="B2" s="1"><v>1</v></c> -->'),
        (B2, '<c r="B2" s="1"><v><![CDATA[12]]></v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v><![CDATA[<c r="B9"><v>1</v></c>]]></v></c>'),
        (B2, '<?note <c r="B2"><v>1</v></c>?>'),
        (B2, '<c s="1"><v>12.5</v></c>'),
        (B2, '<c r="B2" r="C2" s="1"><v>12.5</v></c>'),
        (B2, '<c r="B2" s="1" s="2"><v>12.5</v></c>'),
        (B2, "<c r='B2' s='1'><v>12.5</v></c>"),
        (B2, '<c s="1" r="B2"><v>12.5</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>&lt;a&gt; &amp;amp; &quot;&apos; &#65;&#x42;</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>&amp;lt; _x0041_ _x005F_x0041_</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>&nbsp;</v></c>'),
        *(
            (B2, f'<c r="B2" s="1" t="str"><f>"{said}"</f><v>a {said} b</v></c><c r="C2" t="str"><v>{said}</v></c>')
            for said in (
                *("&#272;&#7843;ng b&#x1ED9;", "&#0272;", "&#x00110;", "&amp;#272;", "&#38;#272;", "&#38;lt;"),
                *("&#60;", "&#10;"),
                *("&#13;", "&#160;", "&#127;", "&#128;", "&#0;", "&#55296;", "&#65534;", "&#65535;", "&#1114111;"),
                *(
                    "&#1114112;",
                    "&#9999999;",
                    "&#xD800;",
                    "&#x10FFFF;",
                    "&#x110000;",
                    "&#X110;",
                    "&#;",
                    "&#272",
                    "&#x;",
                ),
            )
        ),
        (B2, '<c r="B2&#272;" s="1"><v>1&#1633;</v></c>'),
        (B2, '<c r="B2&#34; s=&#34;1"><v>1</v></c>'),
        (B2, '<c r="B2" s="1"><v>&#49;2</v></c><c r="C2" t="s"><v>&#48;</v></c><c r="D2" t="&#115;"><v>0</v></c>'),
        (B2, '<c r="B2" s="1"><&#118;>1</v></c>'),
        (B2, '<c r="B2" t="s"><v>0</q></c>'),
        (B2, '<c r="B2" t="s"><v>0</v><x/></c><c r="C2" t="s"><x/><v>0</v></c><c r="D2" t="s"><v>0<x/></v></c>'),
        (B2, '<c r="B2" t="s"><v>1</q></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t>a</q></is></c>'),
        *((B2, f'<c r="B2"><v>{said}</c>') for said in ("12</x>", "12</v >", "1</v>2</v>", "12<x/></v>", "12")),
        (B2, '<c r="B2"><v>123456789012345</v></c><c r="C2"><v>1234567890123456</v></c><c r="D2"><v>٣</v></c>'),
        *(
            (B2, f'<c r="B2" t="inlineStr"><is><t>{said}</t></is></c><c r="C2" t="inlineStr"><is><t> </t></is></c>')
            for said in (
                "a > b",
                "a]]>b",
                "_x0041_",
                "_",
                "a\nb",
                "a\tb",
                "<b/>",
                "a</t><t>b",
                "</t></is><is><t>",
                "\r",
            )
        ),
        (B2, '<c r="B2" s="1"><f ref="&#272;">1</f><v>1&#1633;</v></c><!-- &#272; -->'),
        (B2, '<c r="B2" s="1" t="str"><v>a > b ]]></v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>một\r\nhai\rba\n</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>\x01</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>\0</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>\uffff</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v xml:space="preserve"> a </v></c>'),
        (B2, '<c r="B2" s="1" t="str"><v>12</v><v>13</v></c>'),
        (B2, '<c r="B2" s="1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>'),
        (B2, '<c r="B2" s="1" t="inlineStr"><is><t>a &amp;lt; _x000D_ b</t></is></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>'),
        (B2, '<c r="B2" s="1" t="inlineStr"><v>1</v><is><t>2</t></is></c>'),
        (B2, '<c r="B2" s="1" t="inlineStr"><f>A1</f><is><t>2</t></is></c>'),
        (B2, '<c r="B2" s="1" t="inlineStr"><v>2</v></c>'),
        (B2, '<c r="B2" s="1" t="str"><is><t>2</t></is></c>'),
        (B2, '<c r="B2" s="1"><is><t>2</t></is></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><r><rPr><strike/></rPr><t>1</t></r><r><t>2</t></r></is></c>'),
        *(
            (B2, f'<c r="B2" s="1"{kind}><v>{written}</v></c>')
            for kind in ("", ' t="n"', ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="d"', ' t="e"')
            for written in ("007", "0", "9999", "10000", "1_0", " 1", "+1", "-1", "１", "1e3", "1.0", "9" * 30)
        ),
        *(
            (B2, f'<c r="B2" s="{style}"{kind}{held}</c>')
            for style in (1, 2, 3)
            for kind, held in (
                ("", "><v>45199</v>"),
                ("", "><v>0</v>"),
                (' t="s"', "><v>0</v>"),
                (' t="s"', "><f>A1</f><v>0</v>"),
                ("", "><f>A1</f><v>3</v>"),
                (' t="inlineStr"', "><is><t>a</t></is>"),
                (' t="inlineStr"', "><is><t>a &amp; b &#65;</t></is>"),
                (' t="inlineStr"', "><is><t></t></is>"),
                (' t="inlineStr"', "><f>A1</f><is><t>a</t></is>"),
                (' t="inlineStr"', "><v></v><is><t>a</t></is>"),
                ("", "><f>'[1]A'!B2&amp;\"x\"</f><v>3</v>"),
                ("", "><f>cmd|'/c'!A0</f><v>3</v>"),
            )
        ),
        (B2, '<c r="B2" s="1"><f t="shared" ref="B2:B3" si="0">[1]A!B2</f><v>1</v></c>'),
        *(
            (B2, f'{said.format(2)}</row><row r="3">{FROM_ELSEWHERE}</row><row r="4">{said.format(4)}')
            for said in ('<c r="B{}"><f t="shared"\nsi="0"/><v>1</v></c>', '<c r="B{}"><f si ="0"/><v>1</v></c>')
        ),
        (B2, '<c r="B2" s="1"><f t="array" ref="B2">SUM(A1:A2)</f><v>1</v></c>'),
        (B2, '<c r="B2" s="1"><f aca="false">1+1</f></c>'),
        (B2, '<c r="B2" s="1"><f/><v/></c>'),
        (B2, '<c r="B2" s="1"><extLst><ext uri="x"/></extLst></c>'),
        (B2, '<c r="B2" s="1"><c r="C2"><v>1</v></c></c>'),
        (B2, '<c r="B2" s="1" cm="1" vm="2"><v>1</v></c>'),
        (B2, '<c r="B2" s="1"><v>1</v></c><c r="B2" s="1"><v>2</v></c>'),
        (B2, '<c r="B2" s="1"><v>1</v></c><c r="B2"/>'),
        (B2, '<c r="B2" s="1"><v>1</v></c><c r="B2"><v></v></c><c r="C2"><v>3</v></c>'),
        (B2, '<c r="D2"><v>4</v></c><c r="C2"><v>3</v></c><c r="B2"><v>2</v></c><c r="A9"><v>1</v></c>'),
        (B2, '<c r="B2"><v>1</v></c>\0<c r="C2"><v>3</v></c>'),
        (B2, '<c r="B2"><v>1</v></c>\0</row>'),
        (B2, '\0<c r="B2"><v>1</v></c>'),
        (B2, '<c r="B2"><v>1</v></c>chữ<c r="C2"><v>3</v></c>'),
        (B2, '<c r="B2"><v>1</v></c><d/><c r="C2"><v>3</v></c>'),
        (B2, '<c r="B2"><v>1</v></c></row><c r="C3"/><row r="3">'),
        (B2, '<c r="B2"><v>1</v></c></row><row r="3" sp<c r="C3"/>ans="1:6">'),
        (B2, '<c r="B2"><v>1</v></c></row><row r="3" sp<c r="C3"><v>1</v></c>ans="1:6">'),
        (B2, '<c r="B2" t="str"><is><t>1</t></is></c><c r="C2"><is><t>2</t></is></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t>1</t></is></c ><c r="C2"><v>3</v></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t>\x0b</t></is></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t>1 &nbsp; 2</t></is></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t>\u200b\xa0a\u2028</t></is></c>'),
        (B2, '<c r="B2" t="inlineStr"><is><t>1</t></is><v>2</v></c>'),
        (B2, '<c r="B2" s="1"><f>1+1</f><v/></c><c r="C2" t="str"><f>""</f><v/></c><c r="D2" t="e"><v/></c>'),
        (B2, '<c r="B2" s="1"><v>1</v><f>1+1</f></c>'),
        (B2, '<c r="b2" s="1"><v>1</v></c>'),
        (B2, '<c r="$B$2" s="1"><v>1</v></c>'),
        (B2, '<c r="B0" s="1"><v>1</v></c>'),
        (B2, '<c r="B02" s="1"><v>1</v></c>'),
        (B2, '<c r="B100001" s="1"><v>1</v></c><c r="KO2"><v>1</v></c><c r="KN2"><v>1</v></c>'),
        (B2, '<c r="XFD1048576" s="1"><v>1</v></c>'),
        (B2, '<c r="ABCD2" s="1"><v>1</v></c>'),
        (B2, '<c r="2" s="1"><v>1</v></c>'),
        (B2, '<c r="B2" s="1"><v>1</v>'),
        (B2, '<c r="B2" s="1"><v>1</c>'),
        (B2, '<c r="B2"><v>1</v></c ><c r="C2"><v>2</v></c><c r="D2"><v>3</v></c>'),
        (B2, '<c r="B2"><v>1</v></c\n><c r="C2"><v>2</v></c\n>'),
        (B2, '<c r="B2" s="&bad;"/>'),
        (B2, f'<c r="B2" s="1"><v {MAIN}>1</v></c>'),
        (B2, '<c r="B2" s="1"><v xmlns="urn:other">1</v></c>'),
        (B2, '<c r="B2" s="1" xmlns="urn:other"><v>1</v></c>'),
        (B2, '<x:c r="B2" s="1"><x:v>1</x:v></x:c>'),
        (B2, '<c r="B2" s="99999999999"><v>1</v></c><c r="C2" s=""><v>1</v></c>'),
        (B2, "</row></sheetData><c r='B9'><v>1</v></c><sheetData><row r='2'>"),
        (B2, '</row><c r="B9"><v>1</v></c><row r="2">'),
        (B2, '</row><row><c r="B9"><v>1</v></c>'),
        (B2, "</row><row><c><v>1</v></c>"),
        (B2, '</row><row r="3" hidden="true" hidden="1"><c r="B3"><v>1</v></c>'),
        (B2, '</row><row r="3" hidden="true" foo="1"/><row r="4" hidden="false">'),
        (B2, '</row><row r="3.0" hidden="1"/><row r="x">'),
        (B2, '</row><row hidden="1"/><row r="3" x14ac:dyDescent="0.25">'),
        (B2, '</row>\n  <row r="3" hidden="1">\n  <c r="B3">\n <v>1</v>\n</c>\n'),
        (B2, '</row>chữ<row r="3">chữ<c r="B3">chữ<v>1</v></c>'),
        (B2, '</row><foo xmlns="urn:other"><row r="3" hidden="1"><c r="B3"><v>1</v></c></row></foo><row r="4">'),
        (B2, '</row><a:row xmlns:a="urn:other" r="3" hidden="1"/><row r="4">'),
        (MAIN, 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'),
        (MAIN, 'xmlns="urn:other"'),
        (MAIN, "xmlns = " + MAIN[6:]),
        (MAIN, f'{MAIN} xmlns:x14ac="urn:any"'),
        (f"<worksheet {MAIN}", f"<!DOCTYPE worksheet><worksheet {MAIN}"),
        (f"<worksheet {MAIN}", f'<!DOCTYPE worksheet [<!ENTITY a "1">]><worksheet {MAIN}'),
        (f"<worksheet {MAIN}", f"<!-- --><worksheet {MAIN}"),
        ('encoding="UTF-8"', 'encoding="iso-8859-1"'),
        ('encoding="UTF-8"', "encoding='utf-8'"),
        ('encoding="UTF-8"', "encoding='utf-8\""),
        ('version="1.0"', 'version="1.1"'),
        ("<?xml", "\ufeff<?xml"),
        ("<?xml", " <?xml"),
        ("</worksheet>", ""),
        ("</worksheet>", "</worksheet>chữ"),
        ("</sheetData>", "<row r='9'/></sheetData>"),
        ("</sheetData>", ""),
        ("<sheetData>", "<sheetData >"),
        ("<sheetData>", "<sheetData/><sheetData>"),
        ("</sheetData>", "</sheetData><sheetData><row r='9' hidden='1'/></sheetData>"),
        ("</sheetData>", "</sheetData><row r='9' hidden='1'/>"),
        ("</sheetData>", "</sheetData><!-- <row r='9' hidden='1'/> -->"),
        ("<sheetData>", "<!-- <sheetData> --><sheetData>"),
        ("<sheetData>", "<row r='9' hidden='1'/><sheetData>"),
        *(
            (where, f'{where}<x:{name} xmlns:x={MAIN[6:]} r="9" hidden="1" ref="A9:B9"/>')
            for where in ("</sheetData>", "<sheetViews>")
            for name in ("row", "mergeCell", "mergeCells", "sheetData", "rowBreaks")
        ),
        ("</sheetData>", f"</sheetData><foo {MAIN}><mergeCell ref='A9:B9'/></foo>"),
        ("</sheetData>", "</sheetData><foo xmlns = 'urn:other'><mergeCells/></foo>"),
        ("</sheetData>", '<c r="B9"><v>1</v></c></sheetData>'),
        ("</sheetData>", '<row r="9"/><c r="B9"><v>1</v></c></sheetData>'),
        ("<sheetData>", '<sheetData><c r="B9"><v>1</v></c>'),
        ("</sheetData>", "</sheetData>&bad;"),
        ("</sheetData>", "</sheetData>\x01"),
        ("<sheetViews>", "<sheetViews>\x01"),
        ("<mergeCells", "<mergeCells><mergeCell ref='A9:B9'/></mergeCells><mergeCells"),
        ('<mergeCell ref="A5:B5"/>', '<mergeCell ref="A5:B5"></mergeCell>'),
        ('<mergeCell ref="A5:B5"/>', '<mergeCell ref="A5:B5"/><mergeCell ref="$C$5:$d$5"/><mergeCell ref="A:B"/>'),
        ('<mergeCell ref="A5:B5"/>', '<mergeCell a="1" ref="A5:B5"/>'),
        ('<mergeCell ref="A5:B5"/>', "<mergeCell/>"),
        ('<mergeCell ref="A5:B5"/>', ""),
        ("<mergeCells", "<mergeCells <&"),
        ("<mergeCells ", "<mergeCells<q>"),
        ("<mergeCells ", "<mergeCells&"),
        ("<cols>", '<cols><col min="x" max="2" hidden="1"/><col min="1" max="1" hidden="true"/>'),
    ],
)
def test_sheets_however_they_are_written(members, monkeypatch, old, new):
    xml = members[SHEET].decode()
    assert old in xml
    first, second = both_ways(packed(members, SHEET, xml.replace(old, new, 1).encode()), monkeypatch)
    assert same(first, second), (first, second)


FIRST = "<si><t>Kinh tế &amp; &lt;xã hội&gt;</t></si>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST, "<si/>"),
        (FIRST, "<si><t/></si>"),
        (FIRST, "<si></si>"),
        (FIRST, f"{FIRST}<t>lạc</t>"),
        (FIRST, f"chữ{FIRST}chữ"),
        (FIRST, '<si><t xml:space="preserve"> a </t></si>'),
        (FIRST, "<si><t>a</t><t>b</t></si>"),
        (FIRST, "<si><t>a</t><phoneticPr fontId='1'/></si>"),
        (FIRST, "<si><r><t>a</t></r><rPh sb='0' eb='1'><t>b</t></rPh></si>"),
        (FIRST, "<si><r><rPr><rFont val='.VnTime'/><strike val='false'/></rPr><t>a</t></r></si>"),
        (FIRST, "<si><t><![CDATA[</t></si><si><t>]]></t></si>"),
        (FIRST, "<si><t>a<!-- -->b</t></si>"),
        (FIRST, "<si><t>&#10;&#x1;</t></si>"),
        (FIRST, "<si><t>&nbsp;</t></si>"),
        (FIRST, "<si><t>&#272;&#x1EA3;ng &amp;#272; &#60;b&#62; &#38;lt;</t></si>"),
        (FIRST, "<si><t>&#272;&#x1EA3;ng &amp;#272; &#60;b&#62; &#34;&#10;&#13;&#9;</t></si>"),
        (FIRST, "<si><r><&#272;/><t>&#272;</t></r></si>"),
        (FIRST, "<si><&#116;>a</t></si>"),
        (FIRST, "<si><t>a\r\nb\x0c</t></si>"),
        (FIRST, "<si><t>a ]]> b</t></si>"),
        (FIRST, "<si xmlns='urn:other'><t>a</t></si>"),
        (FIRST, "<x:si xmlns:x='urn:other'><x:t>a</x:t></x:si>"),
        (FIRST, f"<x:si xmlns:x={MAIN[6:]}><x:t>a</x:t></x:si>"),
        (FIRST, f"<foo><si><t>a</t></si>{FIRST}</foo>"),
        (FIRST, f"<si><r>{FIRST}</r></si>"),
        (FIRST, "<si><t>a</si></t>"),
        (FIRST, f"<si><r><t>a</t></r></si><si><r><rPr><strike/></rPr><t>a</t></r></si>{FIRST}<si><r><t>a</t></r></si>"),
        (FIRST, f"<si><r><t>a</t></r></si><t>b</t>{FIRST}</sst><sst>"),
        (MAIN, 'xmlns="urn:other"'),
        (MAIN, 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'),
        (f"<sst {MAIN}", f"<!DOCTYPE sst><sst {MAIN}"),
        ("</sst>", ""),
        ("</sst>", "<extLst><si><t>a</t></si></extLst></sst>\n"),
        ("</sst>", "</sst></sst>"),
        ("</sst>", "</sst >"),
        ('encoding="UTF-8"', "encoding='utf-8\""),
        ("<?xml", " <?xml"),
    ],
)
def test_shared_strings_however_they_are_written(members, monkeypatch, old, new):
    xml = members[STRINGS].decode()
    assert old in xml
    first, second = both_ways(packed(members, STRINGS, xml.replace(old, new, 1).encode()), monkeypatch)
    assert same(first, second), (first, second)


PIECES = [
    b"<",
    b">",
    b"/",
    b'"',
    b"&",
    b"c",
    b" ",
    b"\0",
    b"\xff",
    b"</c>",
    b"</row>",
    b"<row>",
    b"<c>",
    b'<c r="A1"/>',
]
PIECES += [
    b"<!--",
    b"-->",
    b"<v>",
    b"</v>",
    b"]]>",
    b"&amp;",
    b"1",
    b'r="C3" ',
    b'hidden="1" ',
    b"<si>",
    b"</si>",
    b"x:",
]


@pytest.mark.parametrize("name", [SHEET, STRINGS])
def test_damaged_sheets_and_strings(members, monkeypatch, name):
    """The same whatever is cut out, put in or doubled anywhere."""
    chance, read = random.Random(7), 0
    for _ in range(400):
        xml = members[name]
        for _ in range(chance.choice((1, 1, 2))):
            at, length = chance.randrange(len(xml)), chance.choice((0, 0, 1, 3, 20))
            put = chance.choice((*PIECES, b"", xml[at : at + length]))
            xml = xml[:at] + put + xml[at + length :]
        first, second = both_ways(packed(members, name, xml), monkeypatch)
        assert same(first, second), xml.decode(errors="replace")
        read += isinstance(first, RawBook)
    assert 30 < read < 370


def test_a_sheet_in_parts_is_the_same_sheet(members, monkeypatch):
    whole = outcome(packed(members, "", b""))
    monkeypatch.setattr("dvk_reports.intake.readers.plain._CHUNK", 1)
    assert same(outcome(packed(members, "", b"")), whole)


def test_what_is_remembered_of_one_workbook_changes_no_other(members, monkeypatch):
    """Each is read as if it were the first, though the parts of one may be those of another."""
    sheet, strings, styles, workbook = (
        members[name].decode() for name in (SHEET, STRINGS, "xl/styles.xml", "xl/workbook.xml")
    )
    day = sheet.replace(B2, '<c r="B2" s="3"><v>45199</v></c>')
    shared = sheet.replace(B2, f'{FROM_ELSEWHERE}<c r="B2"><f t="shared" si="0"/><v>1</v></c>')
    changes = [
        {},
        {STRINGS: strings.replace("Kinh tế", "Văn hóa")},
        {STRINGS: strings.replace(FIRST, "<si/>")},
        {STRINGS: strings.replace(FIRST, "")},
        {STRINGS: strings.replace(FIRST, FIRST + "<si><t>thêm</t></si>")},
        {"xl/styles.xml": styles.replace("<strike/>", "")},
        {"xl/styles.xml": styles.replace("dd/mm/yyyy", "0.00%")},
        {SHEET: day},
        {SHEET: day, "xl/styles.xml": styles.replace('numFmtId="164"', 'numFmtId="9"')},
        {SHEET: day, "xl/workbook.xml": workbook.replace("<workbookPr", '<workbookPr date1904="1"')},
        {SHEET: shared},
        {SHEET: shared.replace("[1]A!B2", "B9")},
        {SHEET: sheet.replace(' hidden="1"', "")},
        {SHEET: sheet.replace("A5:B5", "A5:C5")},
    ]
    books = [
        packed({**members, **{name: text.encode() for name, text in change.items()}}, "", b"") for change in changes
    ]
    assert len({*books}) == len(books)
    with monkeypatch.context() as patched:
        patched.setattr(xlsx, "_cells_like", xlsx._cells_like.__wrapped__)
        patched.setattr(plain, "_alone", plain._alone.__wrapped__)
        alone = [outcome(book) for book in books]
    assert len({repr(book) for book in alone}) >= len(books) - 3
    again = [*range(len(books)), *reversed(range(len(books))), *random.Random(3).choices(range(len(books)), k=60)]
    for at in again:
        assert same(outcome(books[at]), alone[at]), changes[at]


ALIKE = [
    "><v>1</v>",
    "><v>1.0</v>",
    "><v>0</v>",
    "><v>0.0</v>",
    "><v>-0.0</v>",
    ' t="b"><v>1</v>',
    ' t="b"><v>0</v>',
    ' t="str"><v>1</v>',
    ' t="inlineStr"><is><t>Kinh tế</t></is>',
    ' t="s"><v>0</v>',
    ' cm="1" t="s"><v>0</v>',
    ' t="s"><f>A1</f><v>0</v>',
    ' t="s"><v>1</v>',
    "><f>B1</f><v>1</v>",
    "><f>B1</f><v>1.0</v>",
    "><f>B1</f>",
    ' t="str"><f>B1</f><v></v>',
    ' t="e"><v>#N/A</v>',
    "><v>1E+400</v>",
]
"""What is behind the style of cells that are easily taken for one another."""


@pytest.mark.parametrize("listed", [2_000, 0])
def test_cells_that_are_nearly_alike_are_told_apart(members, monkeypatch, listed):
    """In one workbook and in others with the same looks, whichever came first and whatever their texts are."""
    shared = plain._shared()[:listed]
    monkeypatch.setattr(plain, "_shared", lambda: shared)
    xml, strings = members[SHEET].decode(), members[STRINGS].decode()
    begin, end = xml.index("<sheetData>"), xml.index("</sheetData>")
    texts = [strings, strings.replace(FIRST, "<si><t>1</t></si>"), strings.replace(FIRST, "<si><t/></si>" + FIRST)]
    chance = random.Random(11)
    for turn in range(40):
        monkeypatch.setattr(plain, "_MOST", chance.choice((5, 5_000, 5_000)))
        said = [(chance.choice(("", ' s="1"', ' s="2"', ' s="3"', ' s="9"')), text) for text in ALIKE for _ in "12345"]
        chance.shuffle(said)
        rows = (
            f'<row r="{row}"><c r="A{row}"{style}{text}</c></row>'
            for row, (style, text) in enumerate(said[: 95 if turn % 2 else 9], 1)
        )
        sheet = f"{xml[:begin]}<sheetData>{''.join(rows)}{xml[end:]}"
        told = chance.choice(texts).replace("</sst>", f"<si><t>{listed} {turn}</t></si></sst>")  # no table comes again
        book = packed({**members, STRINGS: told.encode()}, SHEET, sheet.encode())
        assert same(*both_ways(book, monkeypatch)), sheet


def test_a_workbook_with_more_than_is_remembered_is_the_same(members, monkeypatch):
    whole = outcome(packed(members, "", b""))
    for name in ("plain._MOST", "plain._MANY", "plain._REMEMBERED", "plain_xml._MAX_PIECE"):
        with monkeypatch.context() as patched:
            patched.setattr(f"dvk_reports.intake.readers.{name}", 0)
            patched.setattr("dvk_reports.intake.readers.plain._CHUNK", 1)
            assert same(outcome(packed(members, "", b"")), whole)


@pytest.mark.parametrize("many", [0, 10**6])
@pytest.mark.parametrize("lost", ["", "A100001", "KO1", "XFD1048576", "ZZZ9999999"])
def test_cells_are_where_their_addresses_say(members, monkeypatch, many, lost):
    """Told together or one by one, up to the last row and column that are read; those beyond are said to be there."""
    monkeypatch.setattr("dvk_reports.intake.readers.plain._MANY", many)
    places = ["A1", "Z9", "AA10", "AZ99", "BA1", "ZZ1", "IV65536", "KN100000", "A100000", *([lost] if lost else [])]
    cells = "".join(f'<c r="{place}"><v>{at}</v></c>' for at, place in enumerate(places))
    xml = members[SHEET].decode()
    begin, end = xml.index("<sheetData>"), xml.index("</sheetData>")
    book = outcome(packed(members, SHEET, f'{xml[:begin]}<sheetData><row r="1">{cells}</row>{xml[end:]}'.encode()))
    assert isinstance(book, RawBook)
    assert {place: cell.value for place, cell in book.sheets[0].cells.items()} == {
        cell_at(place): at for at, place in enumerate(places) if place not in (lost, "ZZ1")
    }
    assert len(book.notes) == 1


def test_the_forms_sent_out_are_read_by_patterns_alone(monkeypatch):
    paths = sorted((Path(__file__).parents[2] / "templates_xlsx").rglob("*.xlsx"))[:2]
    whole = [outcome(path.read_bytes()) for path in paths]
    monkeypatch.setattr("dvk_reports.intake.readers.xlsx.elements", refuses)
    assert [outcome(path.read_bytes()) for path in paths] == whole
