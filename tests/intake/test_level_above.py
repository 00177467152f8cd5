"""The level above: consolidated workbooks of several offices dropped into ``nhan-ve`` of another."""

import io
import shutil
import zipfile
from collections import Counter
from datetime import date
from functools import cache

import openpyxl
import pytest

from dvk_reports import check_files, consolidate, open_workspace
from dvk_reports.intake import reading
from dvk_reports.intake.files.boxes import files_at
from dvk_reports.model.periods import Quarter
from dvk_reports.run.consolidate import gather, read_history
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.build import PLAN
from tests.support.offices import convert, edited
from tests.support.registers import register_bytes
from tests.support.small_space import DAY, KY, PLAN_FIELDS, put, sent, states, units

BEFORE = "2023-Q2"
MODEL = {
    "ten": "Tiết kiệm điện nước ở cơ quan",
    "loai": "Tập thể",
    "linh_vuc": "Kinh tế",
    "cap": "Cơ sở",
    "ngay_dk": date(2023, 5, 1),
    "trang_thai": "Đang thực hiện",
}
NEW_MODEL = {"ngay_dk": date(2023, 8, 1), "ten": "Hòm thư góp ý mỗi tuần một việc"}
LISTED = {"khong_phat_sinh_b2": None}
LOWER, UPPER = ("CB-A", "CB-B", "CB-C"), ("CB-D", "CB-E", "CB-F")


def office(tmp_path, name, codes):
    """A workspace whose register holds these party cells."""
    root = tmp_path / name
    for folder in ("nhan-ve", "mau-word", "ket-qua"):
        (root / folder).mkdir(parents=True)
    space = open_workspace(root)
    space.register_path.write_bytes(register_of(tuple(codes)))
    return space


@cache
def register_of(codes):
    """Drawn once for all workspaces of the same party cells."""
    rows = {
        "Đơn vị": [{"ma_don_vi": code, "ten": f"Chi bộ {code}", "loai": "CB_CQ", "nhom": "II"} for code in codes],
        "Hạn nộp": [
            {"ky": KY, "han_nop": date(2023, 10, 10), "ngay_khoa_so": date(2023, 10, 20)},
            {"ky": BEFORE, "han_nop": date(2023, 7, 10)},
        ],
    }
    return register_bytes(PLAN, rows)


def three_offices(tmp_path):
    """Two offices, the one above them, and one that gets all the returns itself."""
    both = (*LOWER, *UPPER)
    return (
        office(tmp_path, "huyện một", LOWER),
        office(tmp_path, "huyện hai", UPPER),
        office(tmp_path, "tỉnh", both),
        office(tmp_path, "trực tiếp", both),
    )


def counted(space, quarter=KY, day=DAY):
    """The run without papers and marked copies; its workbook lies where the history is looked for."""
    of = Quarter.parse(quarter)
    space.received(quarter).mkdir(parents=True, exist_ok=True)
    office = space.office(day)
    data = gather(space, office, of, read_history(space, of)).data
    space.results(quarter).mkdir(parents=True, exist_ok=True)
    write_consolidated(space.results(quarter) / "tong-hop.xlsx", office, data)
    return data


def workbook(space, quarter=KY, day=DAY):
    counted(space, quarter, day)
    return (space.results(quarter) / "tong-hop.xlsx").read_bytes()


def model(code, number=1, **cells):
    return {**MODEL, "ma_mo_hinh": f"MH-{code}-{number:03d}", **cells}


def file_states(data):
    return {record.file: record.state.value for record in data.files}


def figures(data):
    """Everything of every figure but the places where its cells stand."""
    return {
        (figure.code, figure.group): (
            figure.numerator,
            figure.denominator,
            figure.value,
            (figure.low, figure.high, figure.verdict),
            (figure.reported, figure.owed, figure.missing),
            (figure.previous, figure.last_year, figure.cumulative, figure.note),
            Counter((source.part, source.unit, source.sheet, source.amount) for source in figure.sources),
        )
        for figure in data.figures
    }


def mistakes(data):
    return Counter(
        (f.level.value, f.code, f.unit, f.sheet, f.key, f.raw, f.subject, f.answer, f.rule)
        for f in data.findings
        if f.unit
    )


def told(data, code, unit):
    return [f for f in data.findings if (f.code, f.unit) == (code, unit)]


def stops(data):
    return {used.unit: Counter((stop.sheet, stop.key) for stop in used.stops) for used in data.used}


def answered(data):
    """The return with every warning of its sheet ``Cần sửa`` explained."""

    def explain(book):
        sheet = book["Cần sửa"]
        keys = {}
        for row in sheet.iter_rows():
            texts = [cell.value for cell in row]
            if "ma_loi" in texts:
                keys = {cell.value: cell.column for cell in row if cell.value}
            elif keys and sheet.cell(row[0].row, keys["muc"]).value == "Cảnh báo":
                sheet.cell(row[0].row, keys["giai_trinh"]).value = "Đã kiểm tra, đúng"

    return edited(data, explain)


# --- the same figures ---


def test_figures_are_those_of_all_returns_read_directly(tmp_path):
    """Two quarters: stops of every kind, a nil report carried from the quarter before, a silent and a refused unit."""
    one, two, above, direct = three_offices(tmp_path)
    earlier = {
        "CB-A": ({}, {}, [model("CB-A"), model("CB-A", 2, ten="Trồng cây quanh sân trụ sở")]),
        "CB-B": ({}, {"tong_so_dang_vien": 31, "so_dang_vien_duoc_pho_bien": 30}, [model("CB-B")]),
        "CB-D": ({}, {"so_hoi_nghi_pho_bien": 4}, [model("CB-D", trang_thai="Duy trì")]),
        "CB-E": ({}, {}, [model("CB-E")]),
    }
    later = {
        "CB-A": ({}, {}, [model("CB-A", 2, ten="Trồng cây quanh sân trụ sở")]),  # a model is gone: K08
        "CB-B": ({"loai_bao_cao": "Không phát sinh"}, dict.fromkeys(PLAN_FIELDS), None),  # nil, all from before
        "CB-C": ({}, {"tong_so_chi_bo": "mười", "so_chuyen_muc": None, "so_cuoc_tuyen_truyen": "1.234"}, None),
        "CB-D": ({}, {}, [model("CB-D"), model("CB-D", 2, **NEW_MODEL, ngay_bd=date(2021, 2, 9))]),  # K07, K25
        "CB-E": ({}, {"tong_so_dang_vien": 90}, [model("CB-E"), model("CB-E", 2, **NEW_MODEL, ma_thon="X")]),  # K13
    }
    for quarter, returns in ((BEFORE, earlier), (KY, later)):
        for code, (cover, b1, models) in returns.items():
            cover = {**cover, **(LISTED if models is not None or cover else {})}
            data = sent(direct, code, cover, b1, {"B2": models or []}, quarter)
            put(direct, f"{code}.xlsx", data, quarter)
            put(one if code in LOWER else two, f"thư mục/{code}.xlsx", data, quarter)
        wrong = edited(sent(direct, "CB-F", quarter=quarter), lambda book: setattr(book["BIA"]["C20"], "value", "1"))
        put(direct, "CB-F.xlsx", wrong, quarter)
        put(two, "CB-F.xlsx", wrong, quarter)
        put(above, "Huyện một/tổng hợp.xlsx", workbook(one, quarter), quarter)
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("huyện hai/bao cao.xlsx", workbook(two, quarter))
        put(above, "huyện hai.zip", box.getvalue(), quarter)
        got, wanted = counted(above, quarter), counted(direct, quarter)
        assert figures(got) == figures(wanted)
        assert stops(got) == stops(wanted)
        keep = {item.unit for item in wanted.used}
        assert {line: n for line, n in mistakes(got).items() if line[2] in keep} == {
            line: n for line, n in mistakes(wanted).items() if line[2] in keep
        }
        assert units_of(got) == units_of(wanted)
    assert {"K02", "K04", "K07", "K08", "K13", "K25"} <= {f.code for f in got.findings}
    nil = got.figure("MT1.6")
    assert (nil.numerator, nil.denominator, nil.reported, nil.owed) == (
        20 + 30 + 20 + 20 + 20,
        20 + 31 + 20 + 20 + 90,
        5,
        6,
    )
    assert file_states(got) == {
        "Huyện một/tổng hợp.xlsx!/CB-A": "Dùng",
        "Huyện một/tổng hợp.xlsx!/CB-B": "Dùng",
        "Huyện một/tổng hợp.xlsx!/CB-C": "Dùng",
        "huyện hai.zip!/huyện hai/bao cao.xlsx!/CB-D": "Dùng",
        "huyện hai.zip!/huyện hai/bao cao.xlsx!/CB-E": "Dùng",
        "huyện hai.zip!/huyện hai/bao cao.xlsx!/CB-F": "Trả lại",
    }


def units_of(data):
    return {item.unit: item.state.value for item in data.submissions}


def test_a_third_level_counts_the_same(tmp_path):
    one, _, above, _ = three_offices(tmp_path)
    top = office(tmp_path, "trung ương", (*LOWER, *UPPER))
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, {"tong_so_chi_bo": None}, {"B2": [model("CB-A", **NEW_MODEL)]}))
    put(above, "huyện.xlsx", workbook(one))
    put(top, "tỉnh.xlsx", workbook(above))
    middle, last = counted(above), counted(top)
    assert figures(last) == figures(middle) and mistakes(last) == mistakes(middle)
    assert file_states(last) == {"tỉnh.xlsx!/CB-A": "Dùng"}


# --- cells ---


def test_sources_and_findings_name_the_cell_of_the_workbook_at_hand(tmp_path):
    one, _, above, _ = three_offices(tmp_path)
    rows = {"B2": [model("CB-A", **NEW_MODEL), model("CB-A", 1, **NEW_MODEL)]}
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, {"so_dang_vien_duoc_pho_bien": 21}, rows))
    put(one, "B.xlsx", sent(one, "CB-B"))
    path = put(above, "sổ.xlsx", workbook(one))
    data = counted(above)
    book = openpyxl.load_workbook(path)
    for figure in data.figures:
        for source in figure.sources:
            if source.file and figure.code in ("MT1.6", "NV1.3"):
                assert source.file.startswith("sổ.xlsx!/CB-")
                assert book[source.sheet][source.cell].value == source.amount
    (over,) = told(data, "K06", "CB-A")
    assert (over.file, book["B1"][over.cell].value) == ("sổ.xlsx!/CB-A", 21)
    whole = over.text.split(" ở ô ")[1].split(")")[0]
    assert book["B1"][whole].value == 20
    twice = told(data, "K24", "CB-A")
    assert twice and all(book["B2"][item.cell].value == "MH-CB-A-001" for item in twice if item.level.value == "Chặn")
    (used,) = [item for item in data.used if item.unit == "CB-A"]
    assert [row.number for row in used.rows["B2"]] == [item.row for item in openpyxl_rows(book["B2"], "CB-A")]


def openpyxl_rows(sheet, unit):
    return [row[0] for row in sheet.iter_rows() if row[0].value == unit]


# --- what was stopped below ---


def test_a_stop_by_the_history_below_stays_with_its_reason(tmp_path):
    """The level above has no earlier quarter, so it cannot find K07, K08 and K13 itself."""
    one, _, above, _ = three_offices(tmp_path)
    before = [model("CB-A", trang_thai="Duy trì"), model("CB-A", 2, ten="Tủ sách dùng chung của chi bộ")]
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, rows={"B2": before}, quarter=BEFORE), BEFORE)
    workbook(one, BEFORE)
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, {"tong_so_dang_vien": 99}, {"B2": [model("CB-A")]}))
    path = put(above, "sổ.xlsx", workbook(one))
    below, data = counted(one), counted(above)
    assert stops(data) == stops(below) == {"CB-A": Counter({("B2", "trang_thai"): 1, ("B2", "ma_mo_hinh"): 1})}
    book = openpyxl.load_workbook(path)
    (state,) = told(data, "K07", "CB-A")
    assert book["B2"][state.cell].value == "Đang thực hiện" and state.rule == "STATE_CHANGE"
    (gone,) = told(data, "K08", "CB-A")
    assert (gone.sheet, gone.cell, gone.subject) == ("B2", "", "MH-CB-A-002")
    (grown,) = told(data, "K13", "CB-A")
    assert (book["B1"][grown.cell].value, grown.level.value) == (99, "Cảnh báo")
    assert [f.text for f in (state, gone, grown)] == [told(below, f.code, "CB-A")[0].text for f in (state, gone, grown)]


@pytest.mark.parametrize("lost", ["Lỗi", "dòng"])
def test_a_stop_without_its_reason_is_named_all_the_same(tmp_path, lost):
    one, _, above, _ = three_offices(tmp_path)
    put(
        one,
        "A.xlsx",
        sent(one, "CB-A", LISTED, rows={"B2": [model("CB-A", trang_thai="Duy trì")]}, quarter=BEFORE),
        BEFORE,
    )
    workbook(one, BEFORE)
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, rows={"B2": [model("CB-A")]}))

    def without(book):
        if lost == "Lỗi":
            del book["Lỗi"]
        else:
            sheet = book["Lỗi"]
            for row in openpyxl_rows(sheet, "Chặn"):
                sheet.delete_rows(row.row)

    path = put(above, "sổ.xlsx", edited(workbook(one), without))
    data = counted(above)
    (named,) = told(data, "T15", "CB-A")
    assert stops(data) == {"CB-A": Counter({("B2", "trang_thai"): 1})}
    assert openpyxl.load_workbook(path)["B2"][named.cell].value == "Đang thực hiện"
    assert named.text == "Ô “Trạng thái cuối kỳ” đã bị dừng ở sổ tổng hợp gửi lên; sổ không còn ghi lý do."


def test_what_was_no_value_below_is_none_here(tmp_path):
    """A percent, an error and a word in a number cell; a text that an error stands in."""
    one, _, above, _ = three_offices(tmp_path)

    def spoil(book):
        sheet = book["B1"]
        rows = {sheet.cell(row, 1).value: row for row in range(1, 30)}
        sheet.cell(rows["tong_so_chi_bo"], 3).value = "=1/0"
        sheet.cell(rows["so_chuyen_muc"], 3).value = 0.5
        sheet.cell(rows["so_chuyen_muc"], 3).number_format = "0%"
        sheet.cell(rows["so_ke_hoach"], 3).value = "=A1"

    put(one, "A.xlsx", edited(sent(one, "CB-A"), spoil))
    put(above, "sổ.xlsx", workbook(one))
    below, data = counted(one), counted(above)
    assert stops(data) == stops(below) and mistakes(data) == mistakes(below)
    (used,) = data.used
    assert [used.rows["B1"][0].typed(key) for key in ("tong_so_chi_bo", "so_chuyen_muc", "so_ke_hoach")] == [None] * 3
    assert counted(above).used == (used,)


def test_answered_warnings_stay_answered(tmp_path):
    """Also those that the level above finds itself; and a newer file of the unit's own need not say it again."""
    one, _, above, _ = three_offices(tmp_path)
    rows = {"B2": [model("CB-A", **NEW_MODEL), model("CB-A", 2, **NEW_MODEL)]}
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, rows=rows))
    result = consolidate(one, KY, as_of=DAY)
    (copy,) = result.folder.glob("tra-lai/DVK_CB-A_*.xlsx")
    put(one, "A2.xlsx", answered(copy.read_bytes()))
    put(above, "sổ.xlsx", workbook(one))
    data = counted(above)
    warnings = [(f.code, f.answer) for f in data.findings if f.level.value == "Cảnh báo" and f.unit]
    assert warnings == [("K09", "Đã kiểm tra, đúng")]
    assert [item.warnings for item in data.submissions if item.unit == "CB-A"] == [0]
    put(above, "A3.xlsx", sent(one, "CB-A", {**LISTED, "phien_ban": 3}, rows=rows))
    newer = counted(above)
    assert file_states(newer)["A3.xlsx"] == "Dùng"
    assert [(f.code, f.answer) for f in newer.findings if f.level.value == "Cảnh báo" and f.unit] == warnings


# --- nothing is counted twice ---


def test_editions_of_one_workbook_and_files_of_the_units_beside_them(tmp_path):
    one, two, above, _ = three_offices(tmp_path)
    for code in LOWER:
        put(one, f"{code}.xlsx", sent(one, code))
    put(above, "1.xlsx", workbook(one))
    put(one, "CB-B.xlsx", sent(one, "CB-B", b1={"tong_so_dang_vien": 21}))  # the same phien_ban, another content
    put(one, "CB-C.xlsx", sent(one, "CB-C", {"phien_ban": 2}, {"tong_so_dang_vien": 22}))
    shutil.move(one.received(KY) / "CB-A.xlsx", one.received(KY) / "tên khác.xlsx")
    put(above, "2.xlsx", workbook(one))
    put(above, "D.xlsx", sent(two, "CB-D"))
    put(two, "CB-D.xlsx", sent(two, "CB-D"))
    put(two, "CB-E.xlsx", sent(two, "CB-E"))
    put(above, "3.xlsx", workbook(two))
    put(above, "E.xlsx", sent(two, "CB-E", {"phien_ban": 2}, {"tong_so_dang_vien": 25}))
    data = counted(above)
    assert file_states(data) == {
        "1.xlsx!/CB-A": "Dùng",
        "1.xlsx!/CB-B": "Cần xác minh",
        "1.xlsx!/CB-C": "Được thay thế",
        "2.xlsx!/CB-A": "Trùng",
        "2.xlsx!/CB-B": "Cần xác minh",
        "2.xlsx!/CB-C": "Dùng",
        "3.xlsx!/CB-D": "Dùng",
        "3.xlsx!/CB-E": "Được thay thế",
        "D.xlsx": "Trùng",
        "E.xlsx": "Dùng",
    }
    members = data.figure("MT1.6")
    assert (members.denominator, members.reported) == (20 + 22 + 20 + 25, 4)


def test_a_unit_that_the_register_does_not_know_is_sent_back_by_name(tmp_path):
    one, _, _, _ = three_offices(tmp_path)
    small = office(tmp_path, "nhỏ", ("CB-A",))
    for code in ("CB-A", "CB-B"):
        put(one, f"{code}.xlsx", sent(one, code))
    put(small, "sổ.xlsx", workbook(one))
    data = counted(small)
    assert file_states(data) == {"sổ.xlsx!/CB-A": "Dùng", "sổ.xlsx!/CB-B": "Trả lại"}
    assert [(f.code, f.file) for f in data.findings if f.level.value == "Chặn"] == [("K01", "sổ.xlsx!/CB-B")]


def test_a_workbook_of_several_quarters_gives_the_one_that_is_asked(tmp_path):
    one, _, above, _ = three_offices(tmp_path)
    for quarter, members in ((BEFORE, 20), (KY, 30)):
        b1 = {"tong_so_dang_vien": members, "so_hoi_nghi_pho_bien": members}
        put(one, "A.xlsx", sent(one, "CB-A", LISTED, b1, {"B2": [model("CB-A")]}, quarter), quarter)
    earlier, later = workbook(one, BEFORE), workbook(one)

    def together(book):
        for sheet in openpyxl.load_workbook(io.BytesIO(earlier)):
            for row in openpyxl_rows(sheet, "CB-A") if sheet.title in one.plan.sheets else ():
                book[sheet.title].append([cell.value for cell in sheet[row.row]])

    put(above, "năm.xlsx", edited(later, together))
    data = counted(above)
    assert file_states(data) == {"năm.xlsx!/CB-A/2023-Q3": "Dùng", "năm.xlsx!/CB-A/2023-Q2": "Sai kỳ"}
    (used,) = data.used
    assert (data.figure("MT1.6").denominator, len(used.rows["B2"])) == (30, 1)


# --- the file itself ---


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_saved_by_another_program_it_says_the_same(tmp_path, ending):
    one, _, above, _ = three_offices(tmp_path)
    rows = {"B2": [model("CB-A", **NEW_MODEL, ghi_chu="=1", ngay_bd=date(2021, 2, 9))]}
    put(one, "A.xlsx", sent(one, "CB-A", LISTED, {"tong_so_chi_bo": "mười"}, rows))
    path = tmp_path / "gốc" / "tong-hop.xlsx"
    path.parent.mkdir()
    path.write_bytes(workbook(one))
    put(above, "gốc.xlsx", path.read_bytes())
    shutil.move(convert(path, ending, tmp_path / "lưu lại"), above.received(KY) / f"lưu lại.{ending}")
    data = counted(above)
    assert list(file_states(data).values()) == ["Dùng", "Trùng"]
    assert stops(data) == stops(counted(one))


def _blank_keys(name):
    def edit(book):
        for cell in book[name][1]:
            cell.value = None

    return edit


def _without(name):
    return lambda book: book.__delitem__(name)


def _column_gone(book):
    sheet = book["B2"]
    sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == "trang_thai"))


def _code_gone(book):
    openpyxl_rows(book["B2"], "CB-A")[0].value = None


def _line_gone(book):
    sheet = book["B1"]
    sheet.delete_rows(openpyxl_rows(sheet, "CB-A")[0].row)


def _cover_twice(book):
    sheet = book["BIA"]
    sheet.append([cell.value for cell in sheet[openpyxl_rows(sheet, "CB-A")[0].row]])


def _cover_gone(book):
    sheet = book["BIA"]
    sheet.delete_rows(openpyxl_rows(sheet, "CB-A")[0].row)


@pytest.fixture(scope="module")
def of_two(tmp_path_factory):
    """The workbook of an office to which two units have sent their returns, and the mistakes in them."""
    one = office(tmp_path_factory.mktemp("dưới"), "huyện một", LOWER)
    for code in ("CB-A", "CB-B"):
        rows = {"B2": [model(code, ten=f"Mô hình số {code}", ngay_dk=date(2023, 8, 1))]}
        put(one, f"{code}.xlsx", sent(one, code, LISTED, rows=rows))
    return workbook(one), mistakes(counted(one))


WHOLE = {"sổ.xlsx": "Không đọc được"}
NONE = {"sổ.xlsx!/CB-A": "Không đọc được", "sổ.xlsx!/CB-B": "Dùng"}
BOTH = {"sổ.xlsx!/CB-A": "Dùng", "sổ.xlsx!/CB-B": "Dùng"}


@pytest.mark.parametrize(
    ("edit", "expected", "said"),
    [
        (_without("BIA"), WHOLE, "trang BIA không còn trong sổ"),
        (_blank_keys("BIA"), WHOLE, "trang BIA mất các khóa ở dòng 1 đang ẩn"),
        (_cover_twice, NONE, "sổ tổng hợp có 2 dòng của CB-A, kỳ 2023-Q3 ở trang BIA"),
        (
            _cover_gone,
            {**NONE},
            "sổ tổng hợp có dòng của CB-A, kỳ 2023-Q3 ở trang B1, B2, B11 nhưng không có ở trang BIA",
        ),
        (_without("B2"), BOTH, "Biểu B2 của sổ tổng hợp gửi lên không còn trong sổ"),
        (_blank_keys("B2"), BOTH, "Biểu B2 của sổ tổng hợp gửi lên mất các khóa ở dòng 1 đang ẩn"),
        (_column_gone, BOTH, "Biểu B2 của sổ tổng hợp gửi lên thiếu cột “Trạng thái cuối kỳ”"),
        (_code_gone, BOTH, "Biểu B2 của sổ tổng hợp gửi lên có dòng đã mất mã đơn vị"),
        (_line_gone, BOTH, "Biểu B1 của sổ tổng hợp gửi lên có 0 dòng của đơn vị, phải có đúng một"),
        (_blank_keys("Chỉ tiêu"), BOTH, ""),
        (_without("Tình hình nộp"), BOTH, ""),
    ],
)
def test_a_workbook_that_a_hand_has_changed_is_named(tmp_path, of_two, edit, expected, said):
    book, mistakes_below = of_two
    above = office(tmp_path, "tỉnh", (*LOWER, *UPPER))
    put(above, "sổ.xlsx", edited(book, edit))
    data = counted(above)
    assert file_states(data) == expected
    assert any(said in f.text for f in data.findings if f.level.value == "Chặn")
    if not said:
        assert mistakes(data) == mistakes_below
    if "Biểu B2" in said:
        assert data.figure("NV3.1").reported == 0
        assert {used.unit: ("B2", "") in {(s.sheet, s.key) for s in used.stops} for used in data.used} == {
            "CB-A": True,
            "CB-B": True,
        }


def test_an_empty_workbook_of_totals_is_no_form(tmp_path):
    one, _, above, _ = three_offices(tmp_path)
    put(above, "sổ.xlsx", workbook(one))
    assert file_states(counted(above)) == {"sổ.xlsx": "Không phải biểu mẫu"}


def test_the_day_of_receipt_is_the_one_noted_below(tmp_path):
    """A unit is not late because the workbook came later."""
    one, _, above, _ = three_offices(tmp_path)
    rows = {
        "Đơn vị": [{"ma_don_vi": code, "ten": code, "loai": "CB_CQ", "nhom": "II"} for code in LOWER],
        "Ngày nhận": [{"ma_don_vi": "CB-A", "ky": KY, "ngay_nhan": date(2023, 10, 9)}],
    }
    one.register_path.write_bytes(register_bytes(one.plan, rows))
    put(one, "A.xlsx", sent(one, "CB-A"))
    put(above, "sổ.xlsx", workbook(one))
    (item,) = [item for item in counted(above).submissions if item.unit == "CB-A"]
    assert (item.received, item.received_from, item.punctual) == (date(2023, 10, 9), "Sổ", "Đúng hạn")


def test_the_workbook_is_read_once_whatever_it_holds(tmp_path, monkeypatch):
    one = office(tmp_path, "huyện", [f"CB-{n:02d}" for n in range(12)])
    for n in range(12):
        put(one, f"{n}.xlsx", sent(one, f"CB-{n:02d}"))
    path = tmp_path / "sổ.xlsx"
    path.write_bytes(workbook(one))
    opened = []
    read_book = reading.read_book
    monkeypatch.setattr(reading, "read_book", lambda *words: opened.append(1) or read_book(*words))
    (received,) = files_at([path])
    assert (len(reading.read_file(one.plan, received)), len(opened)) == (12, 1)


# --- the commands ---


def test_the_whole_run_marks_a_copy_of_the_unit_s_own_rows(tmp_path):
    one, _, above, _ = three_offices(tmp_path)
    rows = {"B2": [model("CB-B", **NEW_MODEL), model("CB-B", 2, ten="Tủ sách", ngay_dk=date(2023, 8, 2), cap="Xã")]}
    put(one, "A.xlsx", sent(one, "CB-A"))
    put(one, "B.xlsx", sent(one, "CB-B", LISTED, {"so_dang_vien_duoc_pho_bien": 21}, rows))
    put(above, "sổ.xlsx", workbook(one))
    result = consolidate(above, KY, as_of=DAY)
    assert result.summary == "2 tệp: 2 dùng; 4 đơn vị chưa nộp"
    assert states(result) == {"sổ.xlsx!/CB-A": "Dùng", "sổ.xlsx!/CB-B": "Dùng"}
    assert units(result)["CB-B"] == "Đã chấp nhận"
    book = openpyxl.load_workbook(result.folder / "tra-lai" / "DVK_CB-B_2023-Q3_v02.xlsx")
    lines = [[cell.value for cell in row] for row in book["Cần sửa"].iter_rows()]
    keys = next(line for line in lines if "ma_loi" in line)
    asked = [dict(zip(keys, line, strict=True)) for line in lines if line[keys.index("muc")] == "Chặn"]
    assert {("K06", "B1"), ("K03", "B2")} <= {(line["ma_loi"], line["sheet"]) for line in asked}
    for line in asked:
        assert str(book[line["sheet"]][line["o"]].value) == str(line["gia_tri"])
    whole = asked[0]["noi_dung"].split(" ở ô ")[1].split(")")[0]
    assert book["B1"][whole].value == 20
    again = consolidate(above, KY, as_of=DAY)
    assert again.changed == ("Không có gì thay đổi so với lần tổng hợp trước.",)


def test_check_names_each_unit_of_it(tmp_path):
    one, _, above, _ = three_offices(tmp_path)
    put(one, "A.xlsx", sent(one, "CB-A", b1={"tong_so_chi_bo": "mười"}))
    put(one, "B.xlsx", sent(one, "CB-B"))
    path = put(above, "sổ.xlsx", workbook(one))
    result = check_files(above, [path])
    name = path.as_posix()
    assert [(item.file, item.unit, [f.code for f in item.findings]) for item in result.files] == [
        (f"{name}!/CB-A", "CB-A", ["K04"]),
        (f"{name}!/CB-B", "CB-B", []),
    ]
