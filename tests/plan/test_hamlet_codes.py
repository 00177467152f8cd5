"""Thôn without a code in the register get one of their unit and name; what is chosen from a drop-down is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dvk_reports.plan.register.register import Register
from tests.checks.registers import THON, XA, register

OTHER = {**XA, "ma_don_vi": "DB-XA-10", "ten": "Đảng bộ xã B"}
UNITS = [XA, OTHER]


def hamlets(found: Register) -> list[str]:
    return [f"{hamlet.code} {hamlet.name}" for hamlet in found.hamlets]


def told(found: Register) -> list[str]:
    return [f"{item.level.value} {item.code} {item.cell}: {item.text}" for item in found.findings]


def lines(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**THON, "ma_thon": None, **row} for row in rows]


def test_the_code_is_of_unit_and_name_whatever_the_line(tmp_path: Path) -> None:
    rows = lines({"ten": "Bản Rịa"}, {"ten": "Tổ dân phố số 2B"}, {"ten": "Bản Rịa", "ma_don_vi": "DB-XA-10"})
    found = register(tmp_path, {"Đơn vị": UNITS, "Thôn": rows})
    codes = ["DB-XA-1-BAN-RIA Bản Rịa", "DB-XA-1-TO-DAN-PHO-SO-2B Tổ dân phố số 2B", "DB-XA-10-BAN-RIA Bản Rịa"]
    assert hamlets(found) == codes
    assert told(found) == [
        "Ghi chú D14 A3: DB-XA-1: 2 thôn, tổ dân phố chưa ghi mã; mã được lấy theo mã đơn vị và tên "
        "(A3: DB-XA-1-BAN-RIA; A4: DB-XA-1-TO-DAN-PHO-SO-2B).",
        "Ghi chú D14 A5: DB-XA-10: 1 thôn, tổ dân phố chưa ghi mã; mã được lấy theo mã đơn vị và tên "
        "(A5: DB-XA-10-BAN-RIA).",
    ]
    turned = register(tmp_path, {"Đơn vị": UNITS, "Thôn": [*lines({"ten": "Bản Mới"}), *reversed(rows)]})
    assert hamlets(turned)[1:] == codes[::-1]


def test_the_code_as_it_is_told_can_be_written_down(tmp_path: Path) -> None:
    rows = lines({"ten": "Bản Rịa"})
    given = hamlets(register(tmp_path, {"Thôn": rows}))
    written = register(tmp_path, {"Thôn": [{**rows[0], "ma_thon": "DB-XA-1-BAN-RIA"}]})
    assert hamlets(written) == given and told(written) == []


def test_a_code_never_means_two_thon(tmp_path: Path) -> None:
    """Names alike but for their accents, or one that bears the code already: the second is told and not used."""
    twice = register(tmp_path, {"Thôn": lines({"ten": "Bản Rịa"}, {"ten": "Bản Ria"})})
    assert hamlets(twice) == ["DB-XA-1-BAN-RIA Bản Rịa"]
    assert [line for line in told(twice) if "D04" in line] != []
    taken = [{**THON, "ma_thon": "DB-XA-1-BAN-MOI", "ten": "Bản Cũ"}, *lines({"ten": "Bản Mới"})]
    assert hamlets(register(tmp_path, {"Thôn": taken})) == ["DB-XA-1-BAN-MOI Bản Cũ"]


def test_a_name_of_which_no_code_can_be_made_leaves_the_line_out(tmp_path: Path) -> None:
    found = register(tmp_path, {"Thôn": lines({"ten": "Bản " + "rất dài " * 8}, {"ten": "…"})})
    assert hamlets(found) == []
    assert [line.partition(":")[0] for line in told(found)] == ["Chặn D02 A3", "Chặn D02 A4"]


def test_a_unit_is_read_by_code_by_name_and_by_both(tmp_path: Path) -> None:
    said = ("DB-XA-1", "Đảng bộ xã A", "DB-XA-1 - Đảng bộ xã A", "db-xa-10 - đảng bộ xã b")
    rows = [{**THON, "ma_thon": f"T{n}", "ten": f"Thôn {n}", "ma_don_vi": text} for n, text in enumerate(said)]
    found = register(tmp_path, {"Đơn vị": UNITS, "Thôn": rows})
    assert [hamlet.unit for hamlet in found.hamlets] == ["DB-XA-1", "DB-XA-1", "DB-XA-1", "DB-XA-10"]
    assert told(found) == []
    crossed = register(tmp_path, {"Đơn vị": UNITS, "Thôn": [{**THON, "ma_don_vi": "DB-XA-1 - Đảng bộ xã B"}]})
    assert hamlets(crossed) == [] and [line[:9] for line in told(crossed)] == ["Chặn D05 "]
