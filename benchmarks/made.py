"""Workspaces made for measuring: as many returned forms as are asked for, each with what a real one has.

    python benchmarks/made.py FOLDER [--units 60]

Six forms are drawn and filled in, two of a commune and four of offices; every other unit's form is one of them with its
own code and name. Four of the six have mistakes that ask for a marked copy.
"""

from __future__ import annotations

import argparse
import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from dvk_reports import open_workspace
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.prefill import form_content
from dvk_reports.sheets.forms.templates import form_bytes
from dvk_reports.sheets.register.workbook import RegisterData, write_register

QUARTER, DAY = Quarter(2023, 3), date(2023, 10, 12)
_SENT = 1_696_820_400
"""The files are of 2023-10-09, a day before they were due."""
_KINDS = ("DB_XA", "DB_CQ", "CB_CQ", "DB_XA", "DB_SN", "CB_SN")
_FLAWED = (True, True, False, True, True, False)
_MODELS, _HAMLETS = 30, 5
_FIELDS = ("Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Xây dựng hệ thống chính trị")

_Line = dict[str, object]


def workspace(root: Path, units: int) -> None:
    """``danh-muc.xlsx`` of so many units, and in ``nhan-ve/2023-Q3`` one returned form of each."""
    root.mkdir(parents=True)
    plan = open_workspace(root).plan
    write_register(root / "danh-muc.xlsx", plan, _register(units))
    space = open_workspace(root)
    folder = space.received(QUARTER.key)
    folder.mkdir(parents=True)
    patterns = [_Pattern.drawn(space.office(DAY), place) for place in range(min(len(_KINDS), units))]
    for number in range(units):
        path = folder / f"{_code(number)}.xlsx"
        path.write_bytes(patterns[number % len(_KINDS)].of(number))
        os.utime(path, (_SENT, _SENT))


def _code(number: int) -> str:
    return f"DV-{number:05d}"


def _name(number: int) -> str:
    return f"Đảng bộ số {number:05d}"


def _register(count: int) -> RegisterData:
    units: list[_Line] = []
    hamlets: list[_Line] = []
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        commune = kind == "DB_XA"
        units.append(
            {
                "ma_don_vi": _code(number),
                "ten": _name(number),
                "loai": kind,
                "nhom": "I" if commune else "II",
                "la_co_quan": not commune,
                "email": f"dv{number:05d}@example.vn",
            }
        )
        if commune:
            hamlets += [
                {"ma_don_vi": _code(number), "ma_thon": _hamlet(number, place), "ten": f"Thôn {place}", "loai": "Thôn"}
                for place in range(_HAMLETS)
            ]
    deadlines: list[_Line] = [{"ky": QUARTER.key, "han_nop": date(2023, 10, 10)}]
    return RegisterData({"Đơn vị": units, "Thôn": hamlets, "Hạn nộp": deadlines})


def _hamlet(number: int, place: int) -> str:
    return f"{_code(number)}-T{place:02d}"


@dataclass(frozen=True)
class _Pattern:
    """A form as it was drawn for one unit, to be made that of another."""

    number: int
    data: bytes

    @classmethod
    def drawn(cls, office: Office, number: int) -> _Pattern:
        """The form of the unit with that number, filled in."""
        unit = next(item for item in office.register.units if item.code == _code(number))
        content = form_content(office, unit, QUARTER, ())
        values, rows = _general(content.values), _rows(number)
        given = {sheet: lines for sheet, lines in rows.items() if sheet in content.given}
        return cls(number, form_bytes(office.plan, replace(content, values=values, rows=given)))

    @cached_property
    def _parts(self) -> list[tuple[zipfile.ZipInfo, bytes]]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as box:
            return [(info, box.read(info)) for info in box.infolist()]

    def of(self, number: int) -> bytes:
        """The same form as another unit sends it."""
        words = [(said(self.number).encode(), said(number).encode()) for said in (_code, _name)]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as box:
            for info, content in self._parts:
                for old, new in words:
                    content = content.replace(old, new)
                box.writestr(info.filename, content)
        return out.getvalue()


def _general(printed: Mapping[str, Mapping[str, object]]) -> Mapping[str, Mapping[str, object]]:
    counts = ("so_hoi_nghi_pho_bien", "so_cuoc_tuyen_truyen", "so_chuyen_muc", "so_luot_nhan_dan")
    general: _Line = {
        "so_ke_hoach": "12-KH/ĐU",
        "ngay_ke_hoach": date(2022, 5, 10),
        "ke_hoach_con_hieu_luc": True,
        "tong_so_chi_bo": 12,
        "so_chi_bo_da_trien_khai": 11,
        "tong_so_dang_vien": 240,
        "so_dang_vien_duoc_pho_bien": 231,
        **{key: place for place, key in enumerate(counts, 3)},
    }
    cover: _Line = {
        **printed["BIA"],
        "ngay_chot": date(2023, 9, 30),
        "nguoi_lap": "Nguyễn Văn A",
        "nguoi_ky": "Trần Thị B",
        "chuc_vu_ky": "Bí thư",
        "ngay_ky": date(2023, 10, 5),
        "khong_phat_sinh_b9b": True,
    }
    words: _Line = {key: f"Nội dung {key} của đơn vị trong quý." for key in ("uu_diem", "ton_tai", "kien_nghi")}
    return {**printed, "BIA": cover, "B1": general, "B11": words}


def _rows(number: int) -> Mapping[str, Sequence[_Line]]:
    flawed = _FLAWED[number]
    found: dict[str, Sequence[_Line]] = {
        "B2": list(_models(number, flawed)),
        "B3": [
            {
                "ma_mo_hinh": _model(number, place),
                "ngay_danh_gia": date(2023, 8, 1) + timedelta(place),
                "hinh_thuc": "Tự đánh giá",
                "diem_tu_cham": 80 + place,
                "xep_loai": ("Hiệu quả cao", "Hiệu quả khá")[place % 2],
                "ket_qua": f"Kết quả của mô hình số {place}",
                "ngay_cong": 20 * place,
                "kien_nghi": "Duy trì",
            }
            for place in range(1, 13)
        ],
        "B5": [
            {
                "ten_lop": f"Lớp tập huấn {place} của {_name(number)}",
                "hinh_thuc": "Lồng ghép",
                "cap_to_chuc": "Cơ sở",
                "ngay_tu": date(2023, 7, 3 + place),
                "ngay_den": date(2023, 7, 4 + place),
                "doi_tuong": "Tổ dân vận",
                "so_luot": "khoảng 50" if flawed and place == 1 else 50 + place,
            }
            for place in range(1, 4)
        ],
        "B6": [
            {
                "ngay": date(2023, 8, 1 + place),
                "tieu_de": f"Tin về mô hình số {place} của {_name(number)}",
                "kenh": "Mạng xã hội",
                "loai": "Tin",
                "so_luong": 1,
            }
            for place in range(1, 7)
        ],
        "B10": [
            {"noi_dung": f"Hỗ trợ mô hình số {place}", "nguon": "Xã hội hóa", "du_toan": 12, "thuc_hien": 10 + place}
            for place in range(1, 4)
        ],
    }
    if _KINDS[number] == "DB_XA":
        found["B4"] = [{"ma_thon": _hamlet(number, place), "so_mo_hinh": 2} for place in range(_HAMLETS)]
    return found


def _models(number: int, flawed: bool) -> Iterator[_Line]:
    for place in range(1, _MODELS + 1):
        late = flawed and place == _MODELS
        yield {
            "ma_mo_hinh": _model(number, place),
            "ten": f"Mô hình số {place} của {_name(number)}",
            "loai": ("Tập thể", "Cá nhân")[place % 2],
            "linh_vuc": _FIELDS[place % 4],
            "cap": "Cơ sở",
            **({"ma_thon": _hamlet(number, place % _HAMLETS)} if _KINDS[number] == "DB_XA" else {}),
            "chu_the": f"Chi bộ {place}",
            "so_ho": 10 + place,
            "ngay_dk": date(2022, 5, 1),
            "ngay_bd": date(2022, 6, 1),
            "trang_thai": "đang làm" if late else "Đang thực hiện",
        }


def _model(number: int, place: int) -> str:
    return f"MH-{_code(number)}-{place:03d}"


def main() -> None:
    """The command."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("folder", type=Path)
    words.add_argument("--units", type=int, default=60)
    options = words.parse_args()
    workspace(options.folder, options.units)


if __name__ == "__main__":
    main()
