"""Whole mailboxes with something odd in most files: the run ends, and the good returns are none the worse for it."""

import io
import os
import re
import zipfile

import openpyxl
import pytest
from lxml import etree

from dvk_reports import consolidate, open_workspace
from tests.support.mutants import mutated
from tests.support.registers import register_bytes
from tests.support.small_space import DAY, KY, files_of, put, sent

GOOD = ("CB-1", "CB-2", "CB-3")
ODD = tuple(f"CB-{number}" for number in range(4, 20))
ROWS = {
    "B5": [{"ten_lop": "Lớp 1", "cap_to_chuc": "Cơ sở", "so_luot": 33, "trong_do_nu": 12}],
    "B10": [{"noi_dung": "Chi 1", "nguon": "Xã hội hóa", "thuc_hien": 2.5, "du_toan": 3}],
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A workspace of nineteen units, and the sound form of each."""
    root = tmp_path_factory.mktemp("hộp thư") / "làm việc"
    (root / "nhan-ve" / KY).mkdir(parents=True)
    space = open_workspace(root)
    units = [
        {"ma_don_vi": code, "ten": f"Chi bộ {code[3:]}", "loai": "CB_CQ", "nhom": "II", "email": "a@vi-du.example"}
        for code in (*GOOD, *ODD)
    ]
    space.register_path.write_bytes(register_bytes(space.plan, {"Đơn vị": units}))
    return space, {code: sent(space, code, rows=ROWS) for code in (*GOOD, *ODD)}


def lines_of(result, codes):
    """What the workbook holds of some units, sheet by sheet."""
    book = openpyxl.load_workbook(result.folder / "tong-hop.xlsx", read_only=True)
    found = {}
    for name in ("BIA", "B1", "B5", "B10", "Tình hình nộp"):
        rows = [row for row in book[name].iter_rows(values_only=True) if row and row[0] in codes]
        found[name] = sorted(map(str, rows))
    return found


def unsound(name, data):
    """What is wrong with a workbook or a paper: parts that are no XML, numbers that are none."""
    if not name.endswith((".xlsx", ".docx")):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        for part in box.namelist():
            if not part.endswith((".xml", ".rels")):
                continue
            text = box.read(part)
            try:
                etree.fromstring(text)
            except etree.XMLSyntaxError as error:
                yield f"{name}/{part}: {error}"
            if re.search(rb"<v>[^<]*(?:nan|inf)[^<]*</v>", text, re.IGNORECASE):
                yield f"{name}/{part}: no finite number"


@pytest.mark.processes
@pytest.mark.parametrize("seed", range(int(os.environ.get("DVK_LAN", "3"))))
def test_a_mailbox_of_mutants(drawn, seed):
    """Sixteen odd files and three good ones: exit 0 or 1, the good ones as if they were alone, every output sound."""
    space, forms = drawn
    for code in GOOD:
        put(space, f"{code}.xlsx", forms[code])
    for code in ODD:
        (space.received(KY) / f"{code}.xlsx").unlink(missing_ok=True)
    alone = lines_of(consolidate(space, KY, as_of=DAY), GOOD)
    for number, code in enumerate(ODD):
        put(space, f"{code}.xlsx", mutated(forms[code], 1000 * seed + number))
    result = consolidate(space, KY, as_of=DAY)
    assert lines_of(result, GOOD) == alone
    assert len(result.data.files) == len(GOOD) + len(ODD)
    outputs = files_of(result.folder)
    assert [fault for name, data in outputs.items() for fault in unsound(name, data)] == []
    told = " ".join(f"{f.text} {f.remedy}" for f in result.data.findings)
    assert not re.search(r"Traceback|<class|Error\b|Exception|decimal\.|None\b", told)
