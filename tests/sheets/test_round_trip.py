"""There and back: forms with known mistakes, marked copies corrected in the marked cells, clean, the same figures."""

import random
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO

import openpyxl
import pytest

from dvk_reports.checks.answers import apply_answers, closed
from dvk_reports.intake.form.returned import read_form
from dvk_reports.intake.readers.workbook import read_book
from dvk_reports.model.findings import Level
from dvk_reports.plan.office import Office
from dvk_reports.run.steps.judge import judge
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy, needs_copy
from tests.intake.test_reading_forms import PLAN, QUARTER, REGISTER, UNIT
from tests.support.offices import convert, edited, form_of, total_below

MODEL = {
    "ten": "Hiến đất làm đường",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "ma_thon": "T-02950-01",
    "ngay_dk": date(2022, 5, 1),
    "trang_thai": "Duy trì",
    "so_ho": 12,
}
SURVEY = {
    "dot": "Đợt 1",
    "tu_ngay": date(2023, 7, 1),
    "den_ngay": date(2023, 7, 20),
    "co_quan": "UBND xã",
    "doi_tuong": "Người dân",
    "hinh_thuc": "Phiếu giấy",
    "phieu_phat": 50,
    "phieu_thu": 40,
    "phieu_hop_le": 40,
    "ch_rat_hl": 30,
    "ch_hl": 6,
    "ch_bt": 4,
    "ch_khl": 0,
    "ch_rat_khl": 0,
}
VALUES = {
    "BIA": {
        "loai_bao_cao": "Chính thức",
        "dien_thoai": "0912000111",
        "ban_ky": True,
        **{f"khong_phat_sinh_{name}": True for name in ("b3", "b9b")},
    },
    "B1": {
        "so_ke_hoach": "12-KH/ĐU",
        "ngay_ke_hoach": date(2023, 2, 1),
        "tong_so_chi_bo": 10,
        "so_chi_bo_da_trien_khai": 9,
        "tong_so_dang_vien": 200,
        "so_dang_vien_duoc_pho_bien": 180,
        "so_hoi_nghi_pho_bien": 1,
        "so_luot_dang_vien": 1234,
        "so_cuoc_tuyen_truyen": 3,
        "so_chuyen_muc": 0,
        "ghi_chu": "=Không phải công thức\nDòng hai",
    },
}
ROWS = {
    "B2": [
        {"ma_mo_hinh": "MH-DB-XA-02950-001", **MODEL},
        {"ma_mo_hinh": "MH-DB-XA-02950-002", **MODEL, "ten": "-Tự quản đường biên", "ma_thon": "Tất cả"},
        {"ma_mo_hinh": "MH-DB-XA-02950-003", **MODEL, "ten": "Camera an ninh", "linh_vuc": "Quốc phòng - an ninh"},
    ],
    "B8": [SURVEY, {**SURVEY, "dot": "Đợt 2", "hinh_thuc": "Trực tuyến"}],
    "B10": [{"noi_dung": "Hội nghị", "nguon": "NSNN cấp xã", "thuc_hien": Decimal("12.5"), "du_toan": Decimal("0.25")}],
}
OFFICE = Office(PLAN, REGISTER, date(2023, 10, 12))
CLEAN = form_of(PLAN, REGISTER, UNIT, QUARTER, VALUES, ROWS)
# (sheet, row, key) -> what the unit wrote instead. Each is corrected in the one cell that is marked for it.
MISTAKES = {
    ("B1", 0, "so_ke_hoach"): "12/QĐ",
    ("B1", 0, "so_chi_bo_da_trien_khai"): 12,
    ("B1", 0, "so_hoi_nghi_pho_bien"): 0.83,
    ("B1", 0, "so_luot_dang_vien"): "1.234 người",
    ("B1", 0, "so_chuyen_muc"): None,
    ("B2", 0, "linh_vuc"): "Kinh te lắm",
    ("B2", 1, "ngay_dk"): "31/02/2022",
    ("B2", 1, "so_ho"): -4,
    ("B2", 2, "ten"): None,
    ("B2", 2, "ma_mo_hinh"): "MH-DB-XA-02950-001",
    ("B8", 0, "ch_rat_hl"): 31,
    ("B8", 0, "co_quan"): "[CẦN BỔ SUNG]",
    ("B8", 1, "den_ngay"): date(2023, 6, 20),
    ("B10", 0, "thuc_hien"): 12500000,
    ("B10", 0, "du_toan"): "1.234",
    ("B10", 0, "nguon"): "Ngân sách",
}
ASKING = (Level.BLOCK, Level.WARNING)


@cache
def read(data, kind="xlsx"):
    form = read_form(PLAN, read_book(data, kind), "bieu.xlsx", "")
    assert form is not None
    return form


def checked(form):
    return judge(PLAN, REGISTER, QUARTER, form).checked.findings


def flawed(form, findings, unit=UNIT, free_codes=()):
    return FlawedReturn(unit, form, tuple(findings), lambda: tuple(free_codes))


def copy_of(form, findings=None):
    return MarkedCopy(OFFICE, QUARTER, flawed(form, checked(form) if findings is None else findings)).workbook()


def asking(findings):
    return [f for f in findings if f.level in ASKING]


def cells(form):
    """Every value of a form by sheet, row (counted from 0) and key."""
    return {
        (name, index, key): value
        for name, sheet in form.sheets.items()
        for index, row in enumerate(sheet.rows)
        for key, value in row.values.items()
    }


def answers(form):
    """What was understood and, where nothing was, what was written; no blanks, no version, no count by the form."""
    return {
        place: value.typed if value.typed is not None else value.text
        for place, value in cells(form).items()
        if not value.blank and place[2] not in ("phien_ban", "thay_the_phien_ban", "so_mo_hinh")
    }


def spoil(book):
    for (sheet, index, key), wrong in MISTAKES.items():
        where = cells(read(CLEAN))[sheet, index, key].at
        cell = book[sheet].cell(where.row, where.col)
        cell.value = wrong
        if key == "so_hoi_nghi_pho_bien":
            cell.number_format = "0%"


def move_columns(book):
    sheet = book["B2"]
    for row in range(1, 40):
        left, right = sheet.cell(row, 3), sheet.cell(row, 8)
        left.value, right.value = right.value, left.value


def strip_keys(book):
    for name in ("B2", "B8", "B10"):
        for cell in book[name][1]:
            cell.value = None
    for row in range(1, 60):
        book["B1"].cell(row, 1).value = None


def spread_rows(book):
    """The second and third model further down, the last below the total row; a column and a sheet of the unit's own."""
    sheet = book["B2"]
    first = next(row for row in range(2, 30) if sheet.cell(row, 3).value == MODEL["ten"])
    total = total_below(sheet)
    for old, new in ((first + 2, total + 2), (first + 1, first + 4)):
        for col in range(2, 40):
            if not isinstance(sheet.cell(old, col), openpyxl.cell.cell.MergedCell):
                sheet.cell(new, col).value = sheet.cell(old, col).value
                sheet.cell(new, col).number_format = sheet.cell(old, col).number_format
                sheet.cell(old, col).value = None
    own = book.create_sheet("Số liệu riêng")
    own["A1"] = "Cộng thử"


WAYS = {
    "as sent out": ((), "xlsx"),
    "columns moved": ((move_columns,), "xlsx"),
    "keys gone": ((strip_keys,), "xlsx"),
    "rows apart": ((spread_rows,), "xlsx"),
    "as .xls": ((), "xls"),
    "as .ods": ((), "ods"),
}


@pytest.fixture(params=WAYS, scope="module")
def returned(request, tmp_path_factory):
    """The spoilt form as it came back in one of several ways."""
    edits, kind = WAYS[request.param]
    data = edited(CLEAN, lambda book: [edit(book) for edit in (spoil, *edits)])
    if kind != "xlsx":
        folder = tmp_path_factory.mktemp("returned")
        path = folder / "bieu.xlsx"
        path.write_bytes(data)
        data = convert(path, kind, folder).read_bytes()
    return read(data, kind)


def test_the_form_without_mistakes_is_clean():
    assert not asking(checked(read(CLEAN))) and not needs_copy(checked(read(CLEAN)))


def test_corrected_in_the_marked_cells_alone_the_form_is_clean(returned):
    findings = checked(returned)
    copy = copy_of(returned, findings)
    again = read(copy)
    by_cell = {(place[0], value.at.a1): place for place, value in cells(again).items()}
    right = cells(read(CLEAN))
    book = openpyxl.load_workbook(BytesIO(copy))
    mended = set()
    for line in again.asked:
        place = by_cell.get((line.sheet, line.cell))
        if place in MISTAKES:
            typed = right[place].typed
            book[line.sheet][line.cell] = float(typed) if isinstance(typed, Decimal) else typed
            book[line.sheet][line.cell].number_format = "General" if isinstance(typed, Decimal) else "dd/mm/yyyy"
            mended.add(place)
    target = BytesIO()
    book.save(target)
    assert mended == set(MISTAKES)

    corrected = read(target.getvalue())
    left = checked(corrected)
    assert asking(left) == []
    assert answers(corrected) == answers(read(CLEAN))
    count = len(asking(findings))
    assert closed(left, corrected.asked) == (count, count)


def test_the_copy_says_of_each_cell_what_was_said_of_the_return(returned):
    """Sent back as it is, it holds the same values and the same mistakes at the cells it names, in the same words."""
    findings = checked(returned)
    again = read(copy_of(returned, findings))
    # A percent that was a number with a format is a text on the copy: the sign must not be lost.
    percent = ("B1", 0, "so_hoi_nghi_pho_bien")
    before, after = answers(returned), answers(again)
    assert (before.pop(percent), after.pop(percent)) == ("0,83", "83%")
    assert after == before

    def essence(found):
        """Number formats may differ: 1.234 is 1234."""
        return {
            (f.level, f.code, f.sheet, f.cell, f.key, re.sub(r"(?<=\d)\.(?=\d{3})", "", f.text))
            for f in found
            if f.level in ASKING and f.key
        }

    assert essence(MarkedCopy(OFFICE, QUARTER, flawed(returned, findings)).findings()) == essence(checked(again))
    assert closed(checked(again), again.asked)[0] == len(asking(findings)) - len(asking(checked(again)))


def test_three_of_four_mended():
    form = read(edited(CLEAN, lambda book: [book["B1"].__setitem__(a1, v) for a1, v in BAD.items()]))
    book = openpyxl.load_workbook(BytesIO(copy_of(form)))
    for a1 in list(BAD)[:3]:
        book["B1"][a1] = 1
    target = BytesIO()
    book.save(target)
    again = read(target.getvalue())
    assert closed(checked(again), again.asked) == (3, 4)


BAD = {"C13": "nhiều", "C14": "ít", "C15": "vài", "C12": "hai"}


def explained(copy, code, answer, change=None):
    """The copy with a Giải trình typed into ``Cần sửa``, and a value changed."""
    book = openpyxl.load_workbook(BytesIO(copy))
    sheet = book["Cần sửa"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, keys["ma_loi"]).value == code:
            cell = sheet.cell(row, keys["giai_trinh"])
            assert not cell.protection.locked
            cell.value = answer
    for (name, a1), value in (change or {}).items():
        book[name][a1] = value
    target = BytesIO()
    book.save(target)
    form = read(target.getvalue())
    return form, apply_answers(checked(form), form.asked)


def test_an_explanation_rests_the_warning_and_a_changed_value_wakes_it():
    where = cells(read(CLEAN))["B10", 0, "thuc_hien"].at.a1
    form = read(edited(CLEAN, lambda book: book["B10"].__setitem__(where, 12500)))
    (doubt,) = asking(checked(form))
    assert (doubt.code, doubt.level, doubt.key) == ("K18", Level.WARNING, "thuc_hien")
    copy = copy_of(form)
    (spot,) = [line.cell for line in read(copy).asked if line.code == "K18"]

    resting, findings = explained(copy, "K18", "Đúng: gồm cả vốn xã hội hóa")
    (answered,) = asking(findings)
    assert answered.answer == "Đúng: gồm cả vốn xã hội hóa"
    assert not needs_copy(findings)
    assert closed(findings, resting.asked) == (1, 1)

    # Asked once more for another reason, the answer is kept on the next copy.
    (kept,) = [line for line in read(copy_of(resting, findings)).asked if line.code == "K18"]
    assert kept.answer == answered.answer

    awake, findings = explained(copy, "K18", "Đúng", {("B10", spot): 13500})
    (asked_again,) = asking(findings)
    assert asked_again.answer == "" and needs_copy(findings)
    assert closed(findings, awake.asked) == (0, 1)


def test_a_stop_is_never_argued_away():
    form = read(edited(CLEAN, lambda book: book["B1"].__setitem__("C13", "nhiều")))
    copy = copy_of(form)
    book = openpyxl.load_workbook(BytesIO(copy))
    sheet = book["Cần sửa"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    row = next(n for n in range(2, 40) if sheet.cell(n, 1).value == "Chặn")
    assert sheet.cell(row, keys["giai_trinh"]).protection.locked
    sheet.cell(row, keys["giai_trinh"]).value = "Đúng như vậy"
    target = BytesIO()
    book.save(target)
    again = read(target.getvalue())
    assert again.asked[0].answer == "Đúng như vậy"
    assert [f.answer for f in apply_answers(checked(again), again.asked) if f.level is Level.BLOCK] == [""]


WORDS = ("", "x", "1.234", "12,5", "-3", "5%", "31/02/2023", "Có", "có", "=1+1", "T-02950-01", "Dòng\nhai", "“ngoặc”")


def filled(seed):
    """Random values in every field of a form: good ones, odd ones, and none."""
    draw = random.Random(seed)

    def value(entry):
        if draw.random() < 0.25:
            return draw.choice(WORDS)
        if entry.kieu == "nguyen":
            return draw.choice([0, 7, 1234, 10**9, 12345678901234567])
        if entry.kieu == "so":
            return draw.choice([Decimal("0"), Decimal("12.5"), Decimal("0.001"), Decimal("123456789012.125")])
        if entry.kieu == "ngay":
            return date(draw.choice([1905, 2010, 2022, 2023, 2031]), draw.randint(1, 12), draw.randint(1, 28))
        if entry.kieu == "co_khong":
            return draw.choice([True, False, None])
        if entry.kieu == "chon" and entry.danh_sach not in ("don_vi", "ky"):
            return draw.choice(PLAN.labels(entry.danh_sach))
        return draw.choice([*WORDS, "Lời dài " * 400, " Khoảng  trắng ", "0912000111", "&<>'\"", "Đ" * 300])

    fixed = ("ma_don_vi", "ten_don_vi", "ky", "ma_mau", "phien_ban", "thay_the_phien_ban")
    values, rows = {}, {}
    for spec in PLAN.forms.bieu:
        fields = [entry for entry in spec.truong if entry.khoa not in fixed]
        if spec.table:
            rows[spec.ma] = [{entry.khoa: value(entry) for entry in fields} for _ in range(draw.randint(0, 6))]
        else:
            values[spec.ma] = {entry.khoa: value(entry) for entry in fields}
    return form_of(PLAN, REGISTER, UNIT, QUARTER, values, rows)


@pytest.mark.parametrize("seed", range(6))
def test_any_form_comes_back_from_its_copy_as_it_was(seed):
    form = read(filled(seed))
    findings = checked(form)
    copy = copy_of(form, findings)
    again = read(copy)
    assert answers(again) == answers(form)
    stopped = Counter(f.key for f in findings if f.level is Level.BLOCK and f.key)
    still = Counter(f.key for f in checked(again) if f.level is Level.BLOCK and f.key)
    assert still == stopped
