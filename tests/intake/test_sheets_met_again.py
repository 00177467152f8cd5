"""A sheet that comes again is known whole, but for the shared strings, which are those of its own workbook."""

from __future__ import annotations

import random

import pytest

from dvk_reports.intake.readers import plain
from dvk_reports.intake.readers.plain import PlainSheets
from tests.intake.test_plain_xlsx import SHEET, STRINGS, both_ways, members, packed, same

__all__ = ["members"]

A1, B1, C1 = '<c r="A1" s="1" t="s"><v>0</v></c>', '<c r="B1" s="1" t="s"><v>1</v></c>', '<c r="C1"><v>7</v></c>'
SHEETS = {
    "no cell": "",
    "no row": None,
    "no shared string": f'<row r="1">{C1}</row>',
    "two": f'<row r="1">{A1}{B1}{C1}</row>',
    "in another order": f'<row r="1">{C1}{B1}</row><row r="2"><c r="A2" t="s"><v>0</v></c></row>',
    "one place twice": f'<row r="1">{A1}<c r="A1"><v>5</v></c></row>',
    "the same place in small print": f'<row r="1"><c r="A1"><v>5</v></c>{A1}</row>',
    "struck out": f'<row r="1"><c r="A1" s="2" t="s"><v>0</v></c>{B1}</row>',
    "a day": f'<row r="1"><c r="A1" s="3" t="s"><v>0</v></c>{B1}</row>',
    "with a formula": f'<row r="1"><c r="A1" t="s"><f>B1</f><v>0</v></c>{B1}</row>',
    "with another attribute": f'<row r="1"><c r="A1" cm="1" t="s"><v>0</v></c>{B1}</row>',
    "in another spelling": f'<row r="1"><c r="A1" t="s"><v>0</v ></c>{B1}</row>',
    "as a number with a nought": f'<row r="1"><c r="A1" t="s"><v>00</v></c>{B1}</row>',
    "the third, which not all have": f'<row r="1">{A1}<c r="B1" t="s"><v>2</v></c></row>',
    "beyond the last column": f'<row r="1">{A1}<c r="XFD1" t="s"><v>0</v></c></row>',
    "from another file": f'<row r="1">{A1}<c r="B1"><f>[1]A!B2</f><v>1</v></c></row>',
    "hidden": f'<row r="1" hidden="1">{A1}</row>',
}
TEXTS = ("Xã A", "Xã B", "1", "", "Kinh tế &amp; xã hội", " đầu ", "_x000D_")
RICH = "<r><t>đã </t></r><r><rPr><strike/></rPr><t>12</t></r>"


@pytest.mark.parametrize("body", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("chunk", [1, 1_000_000])
def test_with_the_strings_of_its_own_workbook(members, monkeypatch, body, chunk):
    """Whatever the strings of the workbooks are in which it was met before."""
    monkeypatch.setattr(plain, "_CHUNK", chunk)
    xml, strings = members[SHEET].decode(), members[STRINGS].decode()
    begin, end = xml.index("<sheetData>"), xml.index("</sheetData>")
    sheet = f"{xml[:begin]}<sheetData>{body}{xml[end:]}"
    if body is None:
        sheet = f"{xml[:begin]}<sheetData/>{xml[end + len('</sheetData>') :]}"
    chance = random.Random(5)
    for turn in range(12):
        told = [f"<t>{text}</t>" for text in chance.choices(TEXTS, k=chance.choice((2, 2, 3)))]
        if turn % 5 == 3:
            told[0] = RICH
        table = f"{strings[: strings.index('<si>')]}{''.join(f'<si>{item}</si>' for item in told)}</sst>"
        book = packed({**members, STRINGS: table.encode()}, SHEET, sheet.encode())
        assert same(*both_ways(book, monkeypatch)), told


def test_it_is_not_taken_out_of_its_xml_again(members, monkeypatch):
    """From the third time on; another sheet is, and so is one in another look."""
    xml = members[SHEET].decode()
    begin, end = xml.index("<sheetData>"), xml.index("</sheetData>")
    taken: list[bytes] = []
    anew = PlainSheets._anew
    monkeypatch.setattr(PlainSheets, "_anew", lambda self, xml, *rest: taken.append(xml) or anew(self, xml, *rest))
    styles = members["xl/styles.xml"].decode()
    times = []
    for row, look in ((901, ""), (901, ""), (901, ""), (902, ""), (901, ""), (901, "font_strikeout")):
        sheet = f'{xml[:begin]}<sheetData><row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>{xml[end:]}'
        held = {**members, "xl/styles.xml": styles.replace("<strike/>", "").encode()} if look else members
        both = both_ways(packed(held, SHEET, sheet.encode()), monkeypatch)
        assert same(*both)
        times.append(len(taken))
    assert times == [1, 2, 2, 3, 3, 4]
