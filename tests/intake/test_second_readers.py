"""Workbooks that are sound though the first reader refuses them: they are read by another, cell by cell."""

from __future__ import annotations

import io
import struct
from datetime import date

import olefile
import openpyxl
import pytest

from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.readers.workbook import ReadRefused, read_book
from dvk_reports.intake.readers.xlsb import read_records
from tests.intake.test_boxes import zipped
from tests.support.offices import convert
from tests.support.outlook import ole

# --- .xlsb: records in the members of an archive ---

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(number: int, body: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(number: int, col: int, body: bytes, style: int = 0) -> bytes:
    return record(number, struct.pack("<II", col, style) + body)


def relations(*targets: tuple[str, str, str]) -> bytes:
    inside = "".join(f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{to}"/>' for key, kind, to in targets)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{inside}</Relationships>'.encode()


def xlsb(sheet: bytes, before: bytes = b"") -> bytes:
    """One visible and one hidden sheet of the same cells; ``before`` is what the first Excel wrote beside them."""
    named = [
        record(156, before + struct.pack("<II", hidden, number) + wide(f"rId{number}") + wide(name))
        for number, name, hidden in ((1, "B1", 0), (2, "Ẩn", 1), (3, "Hộp", 0))
    ]
    styles = record(44, struct.pack("<H", 164) + wide("dd/mm/yyyy")) + record(626) + record(47, bytes(16))
    styles += (
        record(617) + b"".join(record(47, struct.pack("<HH", 0, n) + bytes(12)) for n in (0, 164, 9)) + record(618)
    )
    return zipped(
        ("[Content_Types].xml", b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        ("_rels/.rels", relations(("rId1", "officeDocument", "/xl/workbook.bin"))),
        ("xl/workbook.bin", record(131) + record(153, bytes(12)) + b"".join(named) + record(132)),
        (
            "xl/_rels/workbook.bin.rels",
            relations(
                ("rId1", "worksheet", "worksheets/Sheet1.bin"),
                ("rId2", "worksheet", "worksheets/sheet1.bin"),
                ("rId3", "dialogsheet", "dialogsheets/sheet1.bin"),
                ("rId4", "sharedStrings", "sharedStrings.bin"),
                ("rId5", "styles", "styles.bin"),
            ),
        ),
        ("xl/sharedStrings.bin", record(159, bytes(8)) + record(19, b"\0" + wide("Xã Bảo Hà")) + record(160)),
        ("xl/styles.bin", styles),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/dialogsheets/sheet1.bin", b""),
    )


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    looks = b"\x10" if hidden else b"\0"
    return record(0, struct.pack("<IIHB", number, 0, 300, 0) + looks + bytes(5)) + b"".join(cells)


CELLS = (
    row(
        0,
        cell(7, 0, struct.pack("<I", 0)),
        cell(6, 1, wide("tự gõ")),
        cell(2, 2, struct.pack("<I", 12 << 2 | 2)),
        cell(2, 3, struct.pack("<I", 1250 << 2 | 3)),
        cell(5, 4, struct.pack("<d", 33.1)),
        cell(2, 5, struct.pack("<i", -7 * 4 + 2)),
    )
    + row(
        1,
        cell(4, 0, b"\1"),
        cell(3, 1, b"\x07"),
        cell(11, 2, b"\x17\0\0\0\0"),
        cell(5, 3, struct.pack("<d", 45143.0), style=1),
        cell(5, 4, struct.pack("<d", 0.5), style=2),
        cell(8, 5, wide("kết quả") + bytes(4)),
        hidden=True,
    )
    + record(176, struct.pack("<IIII", 3, 4, 0, 1))
)


@pytest.mark.parametrize("before", [b"", bytes(4)], ids=["as Excel writes it", "as the first Excel did"])
def test_a_workbook_of_records(before):
    book = read_book(xlsb(CELLS, before), "xlsb")
    assert book.engine == "records"
    assert [(sheet.name, sheet.hidden, sheet.merged) for sheet in book.sheets] == [
        ("B1", False, ((4, 1, 5, 2),)),
        ("Ẩn", True, ((4, 1, 5, 2),)),
    ]
    found = {place: (held.value, held.error, held.number_format) for place, held in book.sheets[0].cells.items()}
    assert found == {
        (1, 1): ("Xã Bảo Hà", "", "General"),
        (1, 2): ("tự gõ", "", "General"),
        (1, 3): (12.0, "", "General"),
        (1, 4): (12.5, "", "General"),
        (1, 5): (33.1, "", "General"),
        (1, 6): (-7.0, "", "General"),
        (2, 1): (True, "", "General"),
        (2, 2): (None, "#DIV/0!", "General"),
        (2, 3): (None, "#REF!", "General"),
        (2, 4): (date(2023, 8, 5), "", "dd/mm/yyyy"),
        (2, 5): (0.5, "", "0%"),
        (2, 6): ("kết quả", "", "General"),
    }
    assert book.sheets[0].hidden_rows == {2}
    assert book.notes == ("tệp .xlsb có phần lạ, đọc bằng bộ đọc dự phòng",)


def test_one_that_is_cut_off_is_refused_and_not_read_in_part():
    data = xlsb(CELLS[:-20], bytes(4))
    with pytest.raises(IndexError):
        read_records(data, "xlsb")
    with pytest.raises(ReadRefused, match="tệp bị hỏng"):
        read_book(data, "xlsb")


# --- .xls: records that go on with nothing ---


def test_an_old_workbook_whose_texts_go_on_in_an_empty_record(tmp_path):
    book = openpyxl.Workbook()
    for number in range(1, 6):
        book.active.append([f"Thôn {number}", number, date(2023, 8, number)])
    book.create_sheet("Hai")["B2"] = "chữ ở trang hai"
    book.save(tmp_path / "a.xlsx")
    path = convert(tmp_path / "a.xlsx", "xls:MS Excel 97", tmp_path / "xls")
    expected = read_book(path.read_bytes(), "xls")
    data = ole({"Workbook": _broken_in_two(path.read_bytes())})
    assert sniff(data) == "xls"
    found = read_book(data, "xls")
    assert found.engine == "xlrd" and found.sheets == expected.sheets


def _broken_in_two(data: bytes) -> bytes:
    """The records with the table of texts broken between two of them, and an empty record put there."""
    with olefile.OleFileIO(io.BytesIO(data)) as box:
        stream = box.openstream("Workbook").read()
    out, at, added, places = bytearray(), 0, 0, []
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if number == 0x85:
            places.append(len(out) + 4)
        if number == 0xFC and not added:
            count, flags = struct.unpack_from("<HB", body, 8)
            first = 8 + 3 + count * (1 + (flags & 1))
            out += struct.pack("<HH", number, first) + body[:first] + struct.pack("<HH", 0x3C, 0)
            out += struct.pack("<HH", 0x3C, size - first) + body[first:]
            added = 8
        else:
            out += stream[at : at + 4 + size]
        at += 4 + size
    for place in places:
        struct.pack_into("<I", out, place, struct.unpack_from("<I", out, place)[0] + added)
    return bytes(out)
