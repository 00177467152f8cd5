"""Seeded districts with every fault of recognitions and proposals, as plain rows and as used returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from dvk_reports.model.findings import Stop
from dvk_reports.model.returns import UsedReturn
from dvk_reports.plan.register.register import Register
from tests.reference.award_reference import District, Row
from tests.support.award_cases import PAPER, PRAISE
from tests.support.build import form, office, unit, used

OLD = ["DB-XA-1", "DB-XA-2", "DB-XA-3"]
NEW = "DB-XA-9"
NAMES = ["Lý A Páo", "Giàng Thị Mỷ", "Nguyễn Văn Hoà", "Hoàng Thị Thúy"]
BODIES = ["Chi bộ thôn 1", "Chi bộ thôn 2", "Tổ dân vận thôn 3"]
HOME = "Hộ ông Lù Văn Ỉnh"
BIRTHS = [date(1980, 1, 1), date(1980, 1, 1), date(1975, 5, 2)]
CLASSES = ["Hiệu quả cao"] * 5 + ["Hiệu quả khá", "Chưa hiệu quả"]
GROUPS = ["Nông dân", "Người trực tiếp lao động, công tác", "Khác", "Lãnh đạo, quản lý"]
QUOTAS = [1, 2, 3]


def district(seed: int, year: int, reading: str = "A") -> District:
    """Three communes, two of which became one on 01/7/2025; the returns of four years, some missing, some stopped."""
    draw = Random(seed)
    merger = date(2025, 7, 1)
    units: dict[str, tuple[date | None, date | None]] = {
        "DB-XA-1": (None, date(2025, 6, 30)),
        "DB-XA-2": (None, date(2025, 6, 30)),
        "DB-XA-3": (None, None),
        NEW: (merger, None),
    }
    d = District(
        year=year,
        as_of=date(year, 10, draw.choice([5, 31])),
        units=units,
        merged={"DB-XA-1": [(NEW, merger)], "DB-XA-2": [(NEW, merger)]},
        used=set(),
        held=set(),
        quotas={(f, k): draw.choice(QUOTAS) for f in (PRAISE, PAPER) for k in ("Cá nhân", "Tập thể")},
        reading=reading,
        cut_off=date(year, 10, draw.choice([10, 31])),
    )
    sure = draw.random() < 0.5
    for quarter in _quarters(year):
        if draw.random() < (0.02 if sure else 0.15):
            continue
        d.held.add(quarter)
        for code in units:
            if d.alive(code, _last(quarter)) and draw.random() > (0.01 if sure else 0.1):
                d.used.add((code, quarter))
                if quarter[-1] == "3" and draw.random() < 0.8:
                    d.received[code, quarter] = date(year, 10, draw.choice([2, 9, 20]))
    fault = 0.01 if sure else 0.06
    for code, quarter in sorted(d.used):
        for sheet, made in _sheets(draw, d, code, quarter, even=seed % 2 == 0).items():
            for number, row in enumerate(made, 7):
                stops = {key for key in row if draw.random() < fault / 3}
                d.sheets.setdefault(sheet, []).append(
                    {**row, "unit": code, "quarter": quarter, "row": number, "stop": stops}
                )
            if sheet != "B9b" and draw.random() < fault / 4:
                d.dead_sheets.add((code, quarter, sheet))
    return d


def _quarters(year: int) -> list[str]:
    return [f"{y}-Q{n}" for y in range(year - 2, year + 1) for n in (1, 2, 3, 4) if (y, n) >= (2022, 2)]


def _last(quarter: str) -> date:
    return date(int(quarter[:4]), int(quarter[-1]) * 3, 30)


def _models(code: str) -> list[str]:
    """A new unit goes on with the models of those merged into it."""
    return [f"MH-{old}-{n:03d}" for old in (OLD[:2] if code == NEW else [code]) for n in (1, 2)]


def _sheets(draw: Random, d: District, code: str, quarter: str, even: bool) -> dict[str, list[Row]]:
    """``even``: little tells the candidates of two units apart, so that many are equal."""
    year, number = int(quarter[:4]), int(quarter[-1])
    models = _models(code)
    found: dict[str, list[Row]] = {
        "B2": [_model(draw, name) for name in models if draw.random() < 0.97],
        "B3": [_review(draw, draw.choice(models), quarter) for _ in range(draw.choice([0, 1, 3, 5]))],
    }
    found["B3b"] = [
        {"ma_mo_hinh": draw.choice(models), "noi_nhan_rong": "Xã khác", "ngay_nhan_rong": _last(quarter)}
        for _ in range(0 if even else draw.choice([0, 0, 1]))
    ]
    if number >= 3:
        share = 0.9 if number == 4 else 0.5
        found["B9a"] = [
            _recognition(draw, year, who, draw.choice(models)) for who in _people(draw, code) if draw.random() < share
        ]
    if number == 3 and year == d.year:
        found["B9b"] = [
            _proposal(draw, n, who, draw.choice(models), even) for n, who in enumerate(_proposed(draw, code), 1)
        ]
    return found


def _people(draw: Random, code: str) -> list[Row]:
    """Most are always written alike and live in one unit; now and then a birthday is another, or missing."""
    people: list[Row] = []
    home = draw.choice("12") if code == NEW else code[-1]
    for index, first in enumerate(NAMES):
        name = f"{first} {home}" if index or draw.random() < 0.1 else first
        born = BIRTHS[index % 3] if draw.random() < 0.96 else draw.choice([None, date(1981, 1, 1)])
        people.append({"kind": "Cá nhân", "ten": name if draw.random() < 0.9 else name.upper(), "ngay_sinh": born})
    people += [{"kind": "Tập thể", "ten": name, "ngay_sinh": None} for name in (*BODIES, f"Thôn số {home}", HOME)]
    return people


def _proposed(draw: Random, code: str) -> list[Row]:
    """Now and then somebody is proposed twice."""
    people = [_as_family(draw, who) for who in _people(draw, code) if draw.random() < 0.8]
    return people + [who for who in people if draw.random() < 0.06]


def _as_family(draw: Random, who: Row) -> Row:
    """A household is recognised as a body and mostly proposed as what it is."""
    return {**who, "kind": "Hộ gia đình"} if who["ten"] == HOME and draw.random() < 0.8 else who


def _model(draw: Random, name: str) -> Row:
    return {"ma_mo_hinh": name, "trang_thai": "Duy trì", "ngay_dk": date(2019, 1, 1), "ngay_bd": date(2020, 1, 1)}


def _review(draw: Random, model: str, quarter: str) -> Row:
    return {
        "ma_mo_hinh": model,
        "ngay_danh_gia": _last(quarter) - timedelta(days=draw.choice([0, 1, 40])),
        "hinh_thuc": draw.choice(["Tự đánh giá", "Đảng ủy đánh giá", "Ban Dân vận đánh giá"]),
        "xep_loai": draw.choice(CLASSES),
        "ket_qua": "Tốt",
        "kien_nghi": draw.choice(["Duy trì", "Nhân rộng", "Duy trì", "Củng cố", "Dừng", ""]),
    }


def _recognition(draw: Random, year: int, who: Row, model: str) -> Row:
    day = date(year, draw.choice([5, 9]), 28) if draw.random() < 0.94 else date(year, 10, draw.choice([15, 16]))
    return {
        "nam_xet": year,
        "so_qd": "30-QĐ/ĐU" if draw.random() < 0.97 else "",
        "ngay_qd": day,
        "co_quan_qd": "Đảng ủy",
        "ma_mo_hinh": model,
        "loai": who["kind"],
        "ten": who["ten"],
        "ngay_sinh": who["ngay_sinh"],
        "don_vi": "Xã",
        "ket_qua": draw.choice(["Điển hình", "Mô hình"]),
    }


def _proposal(draw: Random, number: int, who: Row, model: str, even: bool) -> Row:
    yes = {
        key: "Có" if draw.random() < 0.98 else "Không"
        for key in ("hs_to_trinh", "hs_bao_cao", "hs_bien_ban", "hs_xac_nhan")
    }
    people = draw.choice([4, 10])
    return {
        "phan_loai": who["kind"] if draw.random() < 0.97 else "Hộ gia đình",
        "ten": who["ten"],
        "ngay_sinh": who["ngay_sinh"],
        "gioi_tinh": "Nữ" if "Thị" in who["ten"] else "Nam",
        "don_vi_cong_tac": "Xã",
        "doi_tuong": "Nông dân" if even else draw.choice(GROUPS),
        "so_nguoi": people,
        "so_nu": draw.choice([people * 7 // 10, people]),
        "ma_mo_hinh": model if draw.random() < 0.97 else f"{model[:-3]}099",
        "thanh_tich": f"Thành tích {number}",
        "hinh_thuc": PAPER if even else draw.choice([PRAISE, PAPER]),
        "thu_tu": number if draw.random() < 0.97 else 1,
        **yes,
        "dang_xem_xet": "Không" if draw.random() < 0.97 else "Có",
        "khen_da_nhan": "" if draw.random() < 0.9 else "Giấy khen xã",
    }


def register_of(d: District) -> Register:
    return office(
        *(
            unit(
                code,
                since=f"{since:%d/%m/%Y}" if since else "",
                until=f"{until:%d/%m/%Y}" if until else "",
                name=f"Đơn vị số {code[-1]}",
                order=number,
            )
            for number, (code, (since, until)) in enumerate(d.units.items(), 1)
        ),
        mergers=[(old, new, f"{day:%d/%m/%Y}") for old, later in d.merged.items() for new, day in later],
    )


def returns_of(d: District, register: Register, keep: Sequence[Row] | None = None) -> list[UsedReturn]:
    """The same rows as a reader would give them; ``keep``: only these rows of B9b."""
    found = []
    for code, quarter in sorted(d.used):
        sheets, stops = {}, set()
        for name, rows in d.sheets.items():
            mine = [row for row in rows if (row["unit"], row["quarter"]) == (code, quarter)]
            if name == "B9b" and keep is not None:
                mine = [row for row in mine if row in keep]
            if mine:
                sheets[name] = _table(mine)
            stops |= {Stop(name, row["row"], key) for row in mine for key in row["stop"]}
        stops |= {Stop(sheet) for unit_code, at, sheet in d.dead_sheets if (unit_code, at) == (code, quarter)}
        found.append(used(form(register.by_code[code], quarter, sheets), stops))
    return found


def _table(rows: Sequence[Row]) -> str:
    keys = [key for key in rows[0] if key not in ("unit", "quarter", "row", "stop")]
    lines = ["|" + "|".join([*keys, "dòng"]) + "|"]
    lines += ["|" + "|".join([*(_text(row[key]) for key in keys), str(row["row"])]) + "|" for row in rows]
    return "\n".join(lines)


def _text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
