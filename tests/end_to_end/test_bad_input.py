"""One bad file of every kind among 60 good returns: each is told for what it is, and no other unit is touched."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dvk_reports.cli import dvk
from dvk_reports.figures.compute import compute
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import FileState, UsedReturn
from dvk_reports.plan.office import Office
from dvk_reports.run import consolidate as main_job
from dvk_reports.run.plans import opened
from tests.support.boards import unlike_their_lines
from tests.support.damage import in_parts, with_a_fill_before_the_first, with_empty_formulas, with_number
from tests.support.offices import edited, form_of
from tests.support.old_fonts import in_tcvn3
from tests.support.outlook import tnef
from tools.samples.lean import lean_form

KY, DAY = "2023-Q3", date(2023, 10, 12)
QUARTER = Quarter.parse(KY)
GENERATED = ("DB-XA-02977", "CB-CQ-KBNN", "CB-CQ-NHCS", "CB-SN-THPT2", "CB-DN-TM")
"""Units of the sample that sent nothing that can be used; here their good returns are made."""


@dataclass(frozen=True)
class Box:
    """The good mailbox, as it lies on the disk and as it is read."""

    folder: Path
    office: Office
    data: Consolidation

    @property
    def used(self) -> Mapping[str, UsedReturn]:
        return {item.unit: item for item in self.data.used}

    def path(self, unit: str) -> Path:
        """The file of a unit, below ``nhan-ve/<KY>``."""
        return Path(self.used[unit].file)

    def bytes_of(self, unit: str) -> bytes:
        return (self.folder / "nhan-ve" / KY / self.path(unit)).read_bytes()

    def at(self, unit: str, sheet: str, key: str, row: int = 0) -> str:
        """The address of a cell; rows beyond the last one are the free lines below."""
        rows = self.used[unit].rows[sheet]
        cell = rows[min(row, len(rows) - 1)].values[key].at
        return re.sub(r"\d+$", str(cell.row + max(0, row - len(rows) + 1)), cell.a1)


Made = dict[str, bytes | None]
"""Path below ``nhan-ve/<KY>`` -> what lies there in the spoilt mailbox; None: nothing any more."""


@dataclass(frozen=True)
class Bad:
    """One kind of bad input: whose return it is, what becomes of the file, what is told beyond what was told before."""

    what: str
    unit: str
    spoil: Callable[[Box, str], Made]
    states: tuple[FileState, ...] = (FileState.USED,)
    """Of the files that come from the unit now."""
    told: tuple[str, ...] = ()
    """``code level sheet key`` of every finding that the good return did not have, and ``-`` before what is gone."""
    values: Mapping[tuple[str, str], tuple[object, ...]] = field(default_factory=dict)
    """(sheet, key) -> the typed values down the rows, where they are not those of the good return."""


def changed(edit: Callable[[Any, Box, str], None]) -> Callable[[Box, str], Made]:
    """The unit's own file, after another program has had it."""

    def spoil(box: Box, unit: str) -> Made:
        return {str(box.path(unit)): edited(box.bytes_of(unit), lambda book: edit(book, box, unit))}

    return spoil


def put(sheet: str, key: str, value: object, row: int = 0, **looks: Any) -> Callable[[Box, str], Made]:
    def edit(book: Any, box: Box, unit: str) -> None:
        cell = book[sheet][box.at(unit, sheet, key, row)]
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)

    return changed(edit)


def in_file(sheet: str, key: str, text: str) -> Callable[[Box, str], Made]:
    """A number as no program would write it."""
    return lambda box, unit: {
        str(box.path(unit)): with_number(box.bytes_of(unit), sheet, box.at(unit, sheet, key), text)
    }


# --- how they are spoilt ----------------------------------------------------------------------------------------------


def old_fonts(book: Any, box: Box, unit: str) -> None:
    for key, text, font in (
        ("uu_diem", in_tcvn3("Nhân dân đồng thuận"), ".VnTime"),
        ("ton_tai", in_tcvn3("Còn chậm"), "Times New Roman"),
    ):
        cell = book["B11"][box.at(unit, "B11", key)]
        cell.value, cell.font = text, Font(name=font)


def zipped_again(box: Box, unit: str) -> Made:
    return {"Gửi thêm/bản nén lại.xlsx": in_parts(box.bytes_of(unit), lambda name, part: part)}


def in_the_second_mail(box: Box, unit: str) -> Made:
    mails = []
    for number, data in ((1, None), (2, box.bytes_of(unit))):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "a@vi-du.example", f"Thư {number}"
        mail["Date"] = "Tue, 10 Oct 2023 08:00:00 +0700"
        mail.set_content("Kính gửi.")
        if data is not None:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="bieu.xlsx")
        mails.append(b"From a@vi-du.example Tue Oct 10 08:00:00 2023\n" + mail.as_bytes())
    return {str(box.path(unit)): None, "Hộp thư.mbox": b"\n".join(mails)}


def in_winmail(box: Box, unit: str) -> Made:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@vi-du.example", "Báo cáo", "Tue, 10 Oct 2023 08:00:00 +0700"
    mail.set_content("Kính gửi.")
    packed = tnef(("bieu.xlsx", box.bytes_of(unit)))
    mail.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return {str(box.path(unit)): None, "Gửi thêm/thư Outlook.eml": mail.as_bytes()}


def flat_opendocument(box: Box, unit: str) -> Made:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    flat = f'<?xml version="1.0"?><office:document xmlns:office="{space}" office:mimetype="{kind}"/>'.encode()
    return {str(box.path(unit)): None, "Gửi thêm/LĐLĐ.fods": flat}


def a_web_page(box: Box, unit: str) -> Made:
    path = box.path(unit)
    return {str(path): None, f"{path.stem}.xls": b"<html><body><table><tr><td>12</td></tr></table></body></html>"}


def cut_off(box: Box, unit: str) -> Made:
    data = box.bytes_of(unit)
    return {str(box.path(unit)): data[: len(data) // 2]}


def empty_formulas(box: Box, unit: str) -> Made:
    free = [box.at(unit, "B5", key, 3 + line) for line in range(4) for key in ("so_luot", "chu_de")]
    return {str(box.path(unit)): with_empty_formulas(box.bytes_of(unit), "B5", free)}


def struck(book: Any, box: Box, unit: str) -> None:
    parts = [TextBlock(InlineFont(strike=True), "12"), "15"]
    book["B1"][box.at(unit, "B1", "so_luot_nhan_dan")].value = CellRichText(parts)


def careless_styles(box: Box, unit: str) -> Made:
    (made,) = put("B1", "so_dang_vien_duoc_pho_bien", 1, number_format="0%")(box, unit).items()
    assert made[1] is not None
    return {made[0]: with_a_fill_before_the_first(made[1])}


def copied_sheet(book: Any, box: Box, unit: str) -> None:
    book.copy_worksheet(book["B10"]).title = "B10 (2)"
    for line, row in enumerate(box.used[unit].rows["B10"]):
        for key in row.values:
            book["B10"][box.at(unit, "B10", key, line)].value = None


def typed_total(book: Any, box: Box, unit: str) -> None:
    after = len(box.used[unit].rows["B10"])
    for key, value in (("noi_dung", "Tổng cộng"), ("thuc_hien", 99)):
        book["B10"][box.at(unit, "B10", key, after)].value = value


def two_orders_of_day(book: Any, box: Box, unit: str) -> None:
    early = [date(2023, 7, 8), date(2023, 9, 7), *(date(2023, 8, day) for day in range(1, 7))]
    for line, day in enumerate([*early, "25/8/2023"]):
        book["B6"][box.at(unit, "B6", "ngay", line)].value = day


def beside_its_cell(book: Any, box: Box, unit: str) -> None:
    book["B1"]["D" + box.at(unit, "B1", "so_luot_nhan_dan")[1:]].value = 20


def named_for_another(box: Box, unit: str) -> Made:
    return {str(box.path(unit)): None, f"Gửi lại/DVK_DT-CCB_{KY}.xlsx": box.bytes_of(unit)}


BAD = (
    Bad("công thức hiện trống ở dòng chưa dùng", "CQ-BDV", empty_formulas),
    Bad(
        "số vô cùng lớn",
        "CB-CQ-TAND",
        in_file("B10", "thuc_hien", "1E+400"),
        told=("K04 Chặn B10 thuc_hien",),
        values={("B10", "thuc_hien"): (None,)},
    ),
    Bad(
        "không phải số",
        "CB-CQ-VKS",
        in_file("B10", "thuc_hien", "NaN"),
        told=("K04 Chặn B10 thuc_hien",),
        values={("B10", "thuc_hien"): (None,)},
    ),
    Bad(
        "số có 309 chữ số",
        "PB-NV",
        in_file("B10", "thuc_hien", "1E308"),
        told=("K28 Chặn B10 thuc_hien",),
        values={("B10", "thuc_hien"): (None,)},
    ),
    Bad(
        "chỉ ghi năm ở ô ngày",
        "CB-CQ-BHXH",
        put("B1", "ngay_ke_hoach", 2023),
        told=("K11 Chặn B1 ngay_ke_hoach",),
    ),
    Bad(
        "chữ gạch bỏ trong ô số",
        "DT-HPN",
        changed(struck),
        told=("K29 Cảnh báo B1 so_luot_nhan_dan",),
        values={("B1", "so_luot_nhan_dan"): (Decimal(15),)},
    ),
    Bad(
        "bảng kiểu sai chuẩn, phần trăm ở ô số đếm",
        "DB-CQ-HKL",
        careless_styles,
        told=("K20 Chặn B1 so_dang_vien_duoc_pho_bien",),
        values={("B1", "so_dang_vien_duoc_pho_bien"): (None,)},
    ),
    Bad(
        "số liệu ở bản chép của trang, không còn danh sách chọn",
        "DB-DN-LN",
        changed(copied_sheet),
        told=("K31 Cảnh báo B10", "T20 Ghi chú B10 nguon"),
    ),
    Bad("dòng tổng tự ghi", "LLVT-QS", changed(typed_total), told=("K27 Ghi chú B10",)),
    Bad(
        "số chứng từ bị Excel đổi thành ngày",
        "CQ-UBKT",
        put("B10", "chung_tu", date(2023, 9, 12), number_format="d-mmm"),
        told=("K29 Cảnh báo B10 chung_tu",),
    ),
    Bad(
        "một cột ngày ghi theo hai thứ tự",
        "CQ-BTG",
        changed(two_orders_of_day),
        told=("K29 Cảnh báo B6 ngay", "T08 Ghi chú B6 ngay"),
    ),
    Bad(
        "số ghi bên cạnh ô",
        "CB-CQ-GDDT",
        changed(beside_its_cell),
        told=("K31 Cảnh báo B1 so_luot_nhan_dan",),
    ),
    Bad(
        "số gõ thành chữ có dấu ngăn",
        "CB-CQ-THUE",
        put("B1", "so_luot_nhan_dan", "1,234,567"),
        told=("T08 Ghi chú B1 so_luot_nhan_dan",),
        values={("B1", "so_luot_nhan_dan"): (Decimal(1234567),)},
    ),
    Bad("tên tệp là của đơn vị khác", "PB-TP", named_for_another, told=("K32 Cảnh báo BIA ma_don_vi",)),
    Bad(
        "tên đơn vị ở ô mã",
        "PB-VHTT",
        put("BIA", "ma_don_vi", "Phòng Văn hóa và Thông tin"),
        states=(FileState.REFUSED,),
    ),
    Bad(
        "chữ TCVN3 đúng phông và sai phông",
        "CQ-VPHU",
        changed(old_fonts),
        told=("T09 Chặn B11 ton_tai", "T09 Ghi chú B11 uu_diem"),
        values={("B11", "uu_diem"): ("Nhân dân đồng thuận",), ("B11", "ton_tai"): (None,)},
    ),
    Bad("biểu trong winmail.dat", "CB-DN-TM", in_winmail, (FileState.USED,)),
    Bad("bảng tính OpenDocument một tệp (.fods)", "DT-LDLD", flat_opendocument, (FileState.UNREADABLE,)),
    Bad("cùng một biểu nén lại", "LLVT-CA", zipped_again, states=(FileState.USED, FileState.DUPLICATE)),
    Bad("biểu ở thư thứ hai của hộp thư", "CB-CQ-NHCS", in_the_second_mail, (FileState.USED, FileState.NOT_A_FORM)),
    Bad("trang web đặt tên .xls", "CB-SN-CT", a_web_page, states=(FileState.UNREADABLE,)),
    Bad("tệp bị cắt nửa chừng", "DB-SN-NT", cut_off, states=(FileState.UNREADABLE,)),
)
VICTIMS = {bad.unit for bad in BAD}


# --- the two mailboxes ------------------------------------------------------------------------------------------------


def good_form(office: Office, unit: str) -> bytes:
    lop = {"ten_lop": "Lớp dân vận", "hinh_thuc": "Độc lập", "cap_to_chuc": "Cơ sở", "doi_tuong": "Khác"}
    lop |= {"ngay_tu": date(2023, 8, 7), "ngay_den": date(2023, 8, 8), "so_luot": 40}
    plan = office.plan.on(QUARTER.last_day)
    return form_of(
        plan,
        office.register,
        office.register.by_code[unit],
        QUARTER,
        {"BIA": {"phien_ban": 3, "loai_bao_cao": "Chính thức"}},
        {"B5": [lop]},
        draw=lean_form,
    )


@pytest.fixture(scope="module")
def good(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Box:
    folder = tmp_path_factory.mktemp("hop") / "bao-yen"
    shutil.copytree(sample("bao-yen").folder, folder)
    space = opened(folder)
    office = space.office(DAY)
    for unit in GENERATED:
        path = space.received(KY) / "Gửi sau" / f"DVK_{unit}_{KY}.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(good_form(office, unit))
    return Box(folder, office, main_job.gather(space, office, QUARTER).data)


@pytest.fixture(scope="module")
def files(good: Box) -> Mapping[str, Made]:
    """Unit -> what lies in the spoilt mailbox in place of its good return."""
    return {bad.unit: bad.spoil(good, bad.unit) for bad in BAD}


@pytest.fixture(scope="module")
def spoilt(
    good: Box, files: Mapping[str, Made], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Consolidation, int, str]:
    """What the run on the spoilt mailbox finds, its exit code, and all that it prints."""
    folder = tmp_path_factory.mktemp("hop hong") / "bao-yen"
    shutil.copytree(good.folder, folder)
    for made in files.values():
        for name, data in made.items():
            path = folder / "nhan-ve" / KY / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if data is None else path.write_bytes(data)
    results: list[Any] = []
    real = main_job.consolidate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main_job, "consolidate", lambda *args, **more: results.append(real(*args, **more)) or results[-1])
        run = CliRunner().invoke(dvk, ["-w", str(folder), "--as-of", DAY.isoformat(), "consolidate", KY])
    assert run.exception is None or isinstance(run.exception, SystemExit), run.output
    return results[0].data, run.exit_code, run.output


# --- what is found ----------------------------------------------------------------------------------------------------


def told(data: Consolidation, unit: str) -> Counter[str]:
    return Counter(f"{f.code} {f.level.value} {f.sheet} {f.key}".strip() for f in data.findings if f.unit == unit)


def held(items: Iterable[UsedReturn]) -> Mapping[str, object]:
    """What each return says and what of it is stopped."""
    return {
        item.unit: (
            item.stops,
            {
                sheet: [(row.number, {key: value.typed for key, value in row.values.items()}) for row in rows]
                for sheet, rows in item.rows.items()
            },
        )
        for item in items
    }


def test_who_has_met_what_adds_up_whatever_came(good: Box, spoilt: tuple[Consolidation, int, str]):
    assert unlike_their_lines(good.data) == []
    assert unlike_their_lines(spoilt[0]) == []


def test_sixty_good_returns_are_used(good: Box) -> None:
    assert len(good.data.used) == 60 and {*GENERATED, *VICTIMS} <= good.used.keys()


def test_the_run_ends_with_one_and_no_word_of_python(spoilt: tuple[Consolidation, int, str]) -> None:
    data, code, shown = spoilt
    said = "\n".join([shown, *(f"{f.text} {f.remedy}" for f in data.findings), *(f.reason for f in data.files)])
    assert code == 1
    assert re.findall(r"\w*(?:Error|Exception|Traceback)\b|<class|decimal\.\w+|\bNone\b|BadZipFile", said) == []


def test_every_other_unit_is_as_it_was(good: Box, spoilt: tuple[Consolidation, int, str]) -> None:
    data = spoilt[0]
    others = [item for item in good.data.used if item.unit not in VICTIMS]
    left = [item for item in data.used if item.unit not in VICTIMS]
    assert len(left) == 60 - len(VICTIMS) and held(left) == held(others)
    counted = []
    for found, used in ((good.data, others), (data, left)):
        submissions = tuple(item for item in found.submissions if item.unit not in VICTIMS)
        counted.append(compute(main_job._ledger(good.office, QUARTER, used, submissions, ())))
    assert counted[0] == counted[1] and counted[0]


@pytest.mark.parametrize("bad", BAD, ids=[bad.what for bad in BAD])
def test_bad_input_is_told_for_what_it_is(
    good: Box, files: Mapping[str, Made], spoilt: tuple[Consolidation, int, str], bad: Bad
) -> None:
    data = spoilt[0]
    names = {str(good.path(bad.unit)), *(name for name, lies in files[bad.unit].items() if lies is not None)}
    records = [item for item in data.files if item.file.split("!/")[0] in names]
    assert Counter(item.state for item in records) == Counter(bad.states)
    before, after = told(good.data, bad.unit), told(data, bad.unit)
    new = sorted((after - before).elements()) + [f"-{item}" for item in sorted((before - after).elements())]
    if FileState.USED in bad.states:
        assert new == sorted(bad.told)
        used = {item.unit: item for item in data.used}[bad.unit]
        own, other = held([used])[bad.unit], held([good.used[bad.unit]])[bad.unit]
        assert own[1].keys() == other[1].keys()  # type: ignore[index]
        for sheet, key in bad.values:
            assert tuple(row.typed(key) for row in used.rows[sheet]) == bad.values[sheet, key]
    else:
        assert bad.unit not in {item.unit for item in data.used}
        assert all(item.reason for item in records)
