"""A return on an earlier version of the form is read by the mapping that the plan declares; else it goes back.

The plan of these tests has three versions. From 2024 on, sheet B5 is B5L, its column so_luot is so_luot_nguoi, numbers
of sessions and of papers are asked for, the column of remarks is given up, “Lồng ghép” is called “Kết hợp”, and B11 is
no more. From 2025 on the column is so_nguoi_du and “Kết hợp” is “Lồng vào lớp khác”.
"""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from dvk_reports.errors import PlanError
from dvk_reports.figures.compute import compute
from dvk_reports.figures.ledger import Ledger
from dvk_reports.intake.back.past import PastQuarter, read_past
from dvk_reports.intake.files.boxes import ReceivedFile
from dvk_reports.intake.files.kinds import sniff
from dvk_reports.intake.reading import read_file
from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.findings import Stop
from dvk_reports.model.periods import Period, Quarter
from dvk_reports.model.returns import Submission, UnitState
from dvk_reports.model.values import Cell
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.run.plans import load_plan
from dvk_reports.run.steps.judge import judge, last_returns, used_return
from dvk_reports.sheets.marked.workbook import FlawedReturn, MarkedCopy
from dvk_reports.sheets.totals.workbook import write_consolidated
from tests.support.edited_plans import changed, changed_plan, column, sheet
from tests.support.offices import edited, form_of

HERE = Cell("danh-muc.xlsx", "Đơn vị", 4, 1)
UNIT = Unit("CQ-BDV", "Ban Dân vận Huyện ủy", "BXD", "III", True, None, None, (), "", "", "", 0, HERE)
REGISTER = Register(units=(UNIT,))

FIRST = {
    "phien_ban": "2022.1",
    "doi_bieu": {"B5": "B5L"},
    "doi_cot": {"B5.so_luot": "so_luot_nguoi"},
    "doi_nhan": {"hinh_thuc_lop": {"Lồng ghép": "Kết hợp"}},
    "bo_bieu": ["B11"],
    "bo_cot": ["B5.ghi_chu"],
    "them_cot": ["B5L.so_buoi", "B5L.so_tai_lieu"],
}
SECOND = {
    "phien_ban": "2024.1",
    "doi_cot": {"B5L.so_luot_nguoi": "so_nguoi_du"},
    "doi_nhan": {"hinh_thuc_lop": {"Kết hợp": "Lồng vào lớp khác"}},
}
D23, D24, D25 = date(2023, 12, 31), date(2024, 1, 1), date(2025, 1, 1)


def three_versions(forms, figures):
    source = "Quy định thử nghiệm"
    forms["phien_ban"] += [
        {"ma": "2024.1", "tu_ngay": D24, "can_cu": source, "doc_tu": [deepcopy(FIRST)]},
        {"ma": "2025.1", "tu_ngay": D25, "can_cu": source, "doc_tu": [deepcopy(SECOND)]},
    ]
    old = sheet(forms, "B5")
    new = deepcopy(old)
    old["den_ngay"] = D23
    new["ma"], new["tu_ngay"] = "B5L", D24
    new["truong"] = [item for item in new["truong"] if item["khoa"] != "ghi_chu"]
    place = next(n for n, item in enumerate(new["truong"]) if item["khoa"] == "so_luot")
    count = new["truong"].pop(place)
    new["truong"][place:place] = [
        {**count, "khoa": "so_luot_nguoi", "ten": "Số lượt người tham dự", "den_ngay": date(2024, 12, 31)},
        {**count, "khoa": "so_nguoi_du", "ten": "Số người dự", "tu_ngay": D25},
        {**count, "khoa": "so_buoi", "ten": "Số buổi"},
        {**count, "khoa": "so_tai_lieu", "ten": "Số tài liệu", "bat_buoc": False},
    ]
    new["luat"] = [
        {**rule, "toan_the": key} if rule.get("toan_the") else rule
        for rule in new["luat"]
        for key in (["so_luot_nguoi", "so_nguoi_du"] if rule.get("toan_the") else [""])
    ]
    forms["bieu"].insert(forms["bieu"].index(old) + 1, new)
    sheet(forms, "B11")["den_ngay"] = D23
    tick = column(forms, "BIA", "khong_phat_sinh_b5")
    ticks = sheet(forms, "BIA")["truong"]
    ticks.insert(ticks.index(tick) + 1, {**tick, "khoa": "khong_phat_sinh_b5l", "tu_ngay": D24})
    tick["den_ngay"] = D23
    labels = forms["danh_sach"]["hinh_thuc_lop"]["nhan"]
    labels[labels.index("Lồng ghép")] = {"ten": "Lồng ghép", "den_ngay": D23}
    labels += [
        {"ten": "Kết hợp", "tu_ngay": D24, "den_ngay": date(2024, 12, 31)},
        {"ten": "Lồng vào lớp khác", "tu_ngay": D25},
    ]
    for figure in [item for item in figures["chi_tieu"] if "B5" in str(item.get("dung_boi"))]:
        later = [_renamed(figure, "so_luot_nguoi", D24, date(2024, 12, 31)), _renamed(figure, "so_nguoi_du", D25, None)]
        figure["den_ngay"] = D23
        if figure["phep"].get("ham") != "ty_le_nguoi_du":  # it reads so_luot itself
            figures["chi_tieu"] += later


def _renamed(node, count, first, last):
    """A figure from a day to a day, with the sheet and its column as they are called then."""

    def walk(item):
        if isinstance(item, dict):
            return {key: walk(value) for key, value in item.items()}
        if isinstance(item, list):
            return [walk(value) for value in item]
        if isinstance(item, str):
            return {"B5": "B5L", "so_luot": count, "B5.so_luot": f"B5L.{count}"}.get(item, item.replace("B5.", "B5L."))
        return item

    return {**walk(node), "tu_ngay": first, **({"den_ngay": last} if last else {})}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return changed_plan(tmp_path_factory.mktemp("quy-dinh"), three_versions)


B5 = [
    {
        "ten_lop": "Lớp dân vận khéo",
        "hinh_thuc": "Độc lập",
        "cap_to_chuc": "Huyện",
        "ngay_tu": "{year}-02-05",
        "ngay_den": "{year}-02-06",
        "doi_tuong": "Khác",
        "so_luot": 30,
        "trong_do_nu": 12,
        "ghi_chu": "Có danh sách",
    },
    {
        "ten_lop": "Lớp chuyên đề",
        "hinh_thuc": "Lồng ghép",
        "cap_to_chuc": "Huyện",
        "ngay_tu": "{year}-03-01",
        "ngay_den": "{year}-03-01",
        "doi_tuong": "Tổ dân vận",
        "so_luot": 20,
    },
]


def rows_of(year, renamed=None):
    """The two classes of B5 with days of a year; ``renamed``: column -> its later name."""
    names = renamed or {}
    return [
        {
            names.get(key, key): date.fromisoformat(value.format(year=year)) if key.startswith("ngay") else value
            for key, value in row.items()
            if not (renamed and key == "ghi_chu")
        }
        for row in B5
    ]


def sent(plan, drawn_for, said, rows, name="B5"):
    """A form drawn for one quarter that the unit has sent for another: it wrote the period over."""
    quarter, claimed = Quarter.parse(drawn_for), Quarter.parse(said)
    ticks = {f"khong_phat_sinh_{key}": True for key in ("b6", "b7", "b8", "b9a")}
    values = {"BIA": {"phien_ban": 1, "loai_bao_cao": "Chính thức", **ticks}}
    only = ("BIA", name, "B11")
    data = form_of(plan.on(quarter.last_day), REGISTER, UNIT, quarter, values, {name: rows}, only)

    def other_period(book):
        for row in book["BIA"].iter_rows():
            if row[0].value == "ky":
                row[2].value = said
            elif row[0].value == "ngay_chot":
                row[2].value = claimed.last_day

    return edited(data, other_period) if quarter != claimed else data


def read(plan, data):
    (reading,) = read_file(plan, ReceivedFile("BDV.xlsx", data, "", None, kind=sniff(data)))
    assert reading.found is not None, reading.reason
    return reading.found


def with_codes(findings, *codes):
    return [(item.code, item.level.value, item.sheet, item.cell, item.text) for item in findings if item.code in codes]


CHANGED_2024 = (
    "Tệp dùng biểu mẫu phiên bản 2022.1, trong khi kỳ 2024-Q1 dùng phiên bản 2024.1; đã đọc theo bảng chuyển đổi của "
    "quy định: biểu B5 đọc là biểu B5L; cột “Số lượt người dự” (biểu B5) đọc là “Số lượt người tham dự”; không lấy ô "
    "“Ghi chú” của biểu B5; ô “Số buổi”, “Số tài liệu” của biểu B5L chưa có ở biểu mẫu cũ nên để trống, không tính là "
    "thiếu; “Lồng ghép” đọc là “Kết hợp”; không lấy biểu B11."
)


def test_the_earlier_form_is_read_as_the_one_in_force(plan):
    form = read(plan, sent(plan, "2023-Q4", "2024-Q1", rows_of(2024)))
    assert (form.form, form.period, form.unit, list(form.sheets)) == ("2024.1", "2024-Q1", "CQ-BDV", ["BIA", "B5L"])
    rows = form.sheets["B5L"].rows
    assert [(row.text("hinh_thuc"), row.number_of("so_luot_nguoi"), row.typed("so_buoi")) for row in rows] == [
        ("Độc lập", Decimal(30), None),
        ("Kết hợp", Decimal(20), None),
    ]
    # What was given up, and what the form never had, are in no row; what the unit wrote keeps its cell and its words.
    assert not {"ghi_chu", "so_buoi", "so_luot"} & rows[0].values.keys()
    form_value = rows[1].values["hinh_thuc"]
    assert (form_value.text, form_value.at.sheet, form_value.at.a1) == ("Lồng ghép", "B5", "D9")
    assert rows[0].values["so_luot_nguoi"].at.a1 == "K8"


def test_one_note_says_what_was_mapped_and_nothing_is_missed(plan):
    form = read(plan, sent(plan, "2023-Q4", "2024-Q1", rows_of(2024)))
    judged = judge(plan, REGISTER, None, form)
    assert with_codes(judged.findings, "K01", "K02", "K03", "T03", "T04", "T08", "T10", "T17") == [
        ("T17", "Ghi chú", "BIA", "C20", CHANGED_2024)
    ]
    assert not judged.checked.refused
    assert {stop.sheet for stop in judged.checked.stops} & {"BIA", "B5", "B5L"} == set()


def counted(plan, used):
    """The figures of a quarter in which one unit has reported."""
    quarter = Quarter.parse(used.period)
    ledger = Ledger(
        office=Office(plan, REGISTER, quarter.last_day),
        period=Period.of(quarter),
        returns={(used.unit, quarter): used},
        held=frozenset({quarter}),
    )
    return compute(ledger)


def test_its_figures_count(plan):
    judged = judge(plan, REGISTER, None, read(plan, sent(plan, "2023-Q4", "2024-Q1", rows_of(2024))))
    found = {(item.code, item.group): item for item in counted(plan, used_return(judged))}
    trained = found["NV1.2", ""]
    assert (trained.value, trained.reported, trained.owed) == (Decimal(50), 1, 1)


def test_findings_name_the_unit_s_own_cells(plan):
    rows = rows_of(2024)
    rows[0] |= {"trong_do_nu": 31}
    rows[1] |= {"hinh_thuc": "Ghép", "so_luot": None}
    judged = judge(plan, REGISTER, None, read(plan, sent(plan, "2023-Q4", "2024-Q1", rows)))
    assert with_codes(judged.findings, "K02", "K03", "K06") == [
        (
            "K06",
            "Chặn",
            "B5L",
            "L8",
            "Ô “Trong đó nữ” ghi 31, lớn hơn “Số lượt người tham dự” (30 ở ô K8).",
        ),
        ("K03", "Chặn", "B5L", "D9", "Ô “Hình thức” ghi “Ghép”, không có trong danh sách."),
        ("K02", "Chặn", "B5L", "K9", "Ô “Số lượt người tham dự” bắt buộc nhưng để trống."),
    ]


def test_a_chain_of_mappings_is_followed(plan):
    form = read(plan, sent(plan, "2023-Q4", "2025-Q1", rows_of(2025)))
    rows = form.sheets["B5L"].rows
    assert (form.form, [(row.text("hinh_thuc"), row.number_of("so_nguoi_du")) for row in rows]) == (
        "2025.1",
        [("Độc lập", Decimal(30)), ("Lồng vào lớp khác", Decimal(20))],
    )
    (note,) = with_codes(form.findings, "T17")
    assert "phiên bản 2022.1, trong khi kỳ 2025-Q1 dùng phiên bản 2025.1" in note[4]
    assert "cột “Số lượt người dự” (biểu B5) đọc là “Số người dự”" in note[4]
    assert "“Lồng ghép” đọc là “Lồng vào lớp khác”" in note[4]


def test_the_words_of_the_form_in_force_are_not_those_of_the_earlier_one(plan):
    """“Kết hợp” is no label of the form of 2022, and that form is what the unit had before it."""
    rows = rows_of(2024)
    rows[0] |= {"hinh_thuc": "lồng ghép"}
    form = read(plan, sent(plan, "2023-Q4", "2024-Q1", rows))
    assert form.sheets["B5L"].rows[0].text("hinh_thuc") == "Kết hợp"
    assert with_codes(form.findings, "T08") == [
        ("T08", "Ghi chú", "B5L", "D8", "Ô “Hình thức” ghi “lồng ghép”, đã đọc là Kết hợp.")
    ]


def test_columns_are_known_by_their_captions_too(plan):
    def without_keys(book):
        for name in ("BIA", "B5"):
            for row in book[name].iter_rows(max_row=40):
                for cell in row:
                    if isinstance(cell.value, str) and (cell.value.startswith("dvk:") or cell.value in KEYS):
                        cell.value = None

    KEYS = {*plan.on(D23).sheets["B5"].keys, *plan.on(D23).sheets["BIA"].keys}
    data = edited(sent(plan, "2023-Q4", "2024-Q1", rows_of(2024)), without_keys)
    form = read(plan, data)
    assert [row.number_of("so_luot_nguoi") for row in form.sheets["B5L"].rows] == [Decimal(30), Decimal(20)]
    assert [item[0] for item in with_codes(form.findings, "T03", "T17")] == ["T03", "T03", "T17"]


def test_the_form_of_its_own_quarter_is_read_plainly(plan):
    later = {"so_luot": "so_luot_nguoi"}
    rows = [{**row, "hinh_thuc": "Kết hợp", "so_buoi": 2} for row in rows_of(2024, later)]
    form = read(plan, sent(plan, "2024-Q1", "2024-Q1", rows, "B5L"))
    assert (form.form, with_codes(form.findings, "T17", "T03", "T04", "T10")) == ("2024.1", [])
    assert [(row.text("hinh_thuc"), row.number_of("so_buoi")) for row in form.sheets["B5L"].rows] == [
        ("Kết hợp", Decimal(2)),
        ("Kết hợp", Decimal(2)),
    ]


def refusal(plan, form):
    judged = judge(plan, REGISTER, None, form)
    return [(item.code, item.sheet, item.cell, item.text) for item in judged.findings]


def test_a_later_form_than_the_quarter_s_goes_back(plan):
    later = {"so_luot": "so_luot_nguoi"}
    form = read(plan, sent(plan, "2024-Q1", "2023-Q4", rows_of(2023, later), "B5L"))
    assert refusal(plan, form) == [
        (
            "K01",
            "BIA",
            "C20",
            "Phiên bản biểu mẫu “2024.1” không dùng cho kỳ 2023-Q4; cả tệp chưa được tính.",
        ),
        ("T10", "B5L", "", "Trang “B5L” không thuộc biểu mẫu; không đọc."),
    ]


def test_an_earlier_form_goes_back_where_no_mapping_is_declared(tmp_path):
    def undeclared(forms, figures):
        three_versions(forms, figures)
        forms["phien_ban"][1]["doc_tu"] = []

    plan = changed_plan(tmp_path, undeclared)
    form = read(plan, sent(plan, "2023-Q4", "2024-Q1", rows_of(2024)))
    assert refusal(plan, form) == [
        (
            "K01",
            "BIA",
            "C20",
            "Phiên bản biểu mẫu “2022.1” không dùng cho kỳ 2024-Q1; cả tệp chưa được tính.",
        ),
        ("T10", "B5", "", "Trang “B5” không thuộc biểu mẫu; không đọc."),
        ("T10", "B11", "", "Trang “B11” không thuộc biểu mẫu; không đọc."),
    ]
    # There is no way from 2022.1 to 2025.1 either: the first step of it is gone.
    form = read(plan, sent(plan, "2023-Q4", "2025-Q1", rows_of(2025)))
    assert [item[0] for item in refusal(plan, form)] == ["K01", "T10", "T10"]


def test_what_was_wrong_goes_back_in_the_form_in_force(plan):
    """The marked copy is the form of today: the unit's values stand in it where they belong now."""
    rows = rows_of(2024)
    rows[0] |= {"trong_do_nu": 31}
    judged = judge(plan, REGISTER, None, read(plan, sent(plan, "2023-Q4", "2024-Q1", rows)))
    quarter = Quarter(2024, 1)
    office = Office(plan, REGISTER, date(2024, 4, 10))
    data = MarkedCopy(office, quarter, FlawedReturn(UNIT, judged.form, judged.findings)).workbook()
    book = openpyxl.load_workbook(BytesIO(data))
    copy = book["B5L"]
    assert copy["A5"].value == "dvk:B5L:2024.1" or copy["A1"].value == "dvk:B5L:2024.1"
    heads = next(row for row in copy.iter_rows(max_row=10) if any(cell.value == "so_luot_nguoi" for cell in row))
    places = {cell.value: cell.column_letter for cell in heads if cell.value}
    lines = [row[0].row for row in copy.iter_rows(max_row=30) if copy[f"{places['ten_lop']}{row[0].row}"].value]
    assert "ghi_chu" not in places
    first, second = lines[-2:]
    assert [copy[f"{places[key]}{second}"].value for key in ("hinh_thuc", "so_luot_nguoi", "so_buoi")] == [
        "Kết hợp",
        20,
        None,
    ]
    named = [(row[2].value, row[3].value) for row in book["Cần sửa"].iter_rows() if row[1].value == "K06"]
    assert named == [("B5L", f"{places['trong_do_nu']}{first}")]


def test_the_past_is_laid_beside_it_in_the_words_of_now(plan):
    """What the unit said in a quarter of the earlier form, as the form in force calls it."""
    quarter = Quarter(2023, 4)
    judged = judge(plan, REGISTER, None, read(plan, sent(plan, "2023-Q4", "2023-Q4", rows_of(2023))))
    stops = frozenset({Stop("B5", 8, "so_luot"), Stop("B5", 8, "ghi_chu"), Stop("B11")})
    used = replace(used_return(judged), stops=stops)
    past = [PastQuarter(quarter, {UNIT.code: used}, {})]
    ((said,), complete) = last_returns(plan, REGISTER, UNIT.code, past, Quarter(2025, 1))
    assert complete
    assert [(row.sheet, row.text("hinh_thuc"), row.number_of("so_nguoi_du")) for row in said.rows["B5L"]] == [
        ("B5L", "Độc lập", Decimal(30)),
        ("B5L", "Lồng vào lớp khác", Decimal(20)),
    ]
    assert said.rows["B5L"][1].values["hinh_thuc"].at == used.rows["B5"][1].values["hinh_thuc"].at
    assert (set(said.rows), said.stops) == ({"BIA", "B5L"}, frozenset({Stop("B5L", 8, "so_nguoi_du")}))
    ((next_quarter,), _) = last_returns(plan, REGISTER, UNIT.code, past, Quarter(2024, 1))
    assert next_quarter.rows["B5L"][1].text("hinh_thuc") == "Kết hợp"


def test_the_level_above_reads_it_without_missing_anything(plan, tmp_path):
    """The consolidated workbook holds the rows in the form in force, and the cover the version that was sent."""
    quarter = Quarter(2024, 1)
    judged = judge(plan, REGISTER, None, read(plan, sent(plan, "2023-Q4", "2024-Q1", rows_of(2024))))
    data = Consolidation(
        period=Period.of(quarter),
        as_of=date(2024, 4, 10),
        files=(),
        submissions=(Submission(UNIT.code, UNIT.name, UNIT.kind, UnitState.ACCEPTED, file=judged.form.file),),
        findings=judged.findings,
        figures=tuple(counted(plan, used_return(judged))),
        used=(used_return(judged),),
    )
    path = tmp_path / "tong-hop.xlsx"
    write_consolidated(path, Office(plan, REGISTER, date(2024, 4, 10)), data)
    form = read(plan, path.read_bytes())
    rows = form.sheets["B5L"].rows
    assert (form.form, form.sheets["BIA"].rows[0].text("ma_mau")) == ("2024.1", "2022.1")
    assert [row.number_of("so_luot_nguoi") for row in rows] == [Decimal(30), Decimal(20)]
    above = judge(plan, REGISTER, None, form)
    assert not above.checked.refused
    assert with_codes(above.findings, "K01", "K02", "K03", "T04", "T15") == []
    assert [item[4] for item in with_codes(form.findings, "T17")] == [CHANGED_2024]
    (past,) = read_past(plan, [(quarter, path)], 1)
    assert [row.number_of("so_luot_nguoi") for row in past.returns[UNIT.code].rows["B5L"]] == [Decimal(30), Decimal(20)]


def mistakes(tmp_path, **entry):
    """What is said of the first mapping when some of its lines are written otherwise."""

    def slipped(forms, figures):
        three_versions(forms, figures)
        forms["phien_ban"][1]["doc_tu"][0].update(entry)

    with pytest.raises(PlanError) as error:
        load_plan(changed(tmp_path, slipped))
    where = r"^forms\.yaml, dòng [0-9]+, mục phien_ban → 2024\.1 → doc_tu → "
    return sorted(re.sub(where, "", line) for line in str(error.value).splitlines())


def test_a_slip_in_a_mapping_is_told_when_the_plan_is_loaded(tmp_path):
    assert mistakes(
        tmp_path,
        doi_bieu={"B5": "B5X"},
        doi_cot={},
        doi_nhan={"hinh_thuc_lopp": {"Lồng ghép": "Kết hợp"}},
        bo_bieu=["B12"],
        bo_cot=["B5.ghi_chuu"],
        them_cot=["B5L.so_buoii"],
    ) == [
        "2022.1 → bo_bieu → 0: mẫu cũ không có biểu “B12”. Có phải là “B2”?",
        "2022.1 → bo_cot → 0: mẫu cũ không có cột “B5.ghi_chuu”. Có phải là “B5.ghi_chu”?",
        "2022.1 → doi_bieu → B5: phiên bản này không có biểu “B5X”. Có phải là “B5L”?",
        "2022.1 → doi_nhan → hinh_thuc_lopp: mẫu cũ không có danh sách “hinh_thuc_lopp”. Có phải là “hinh_thuc_lop”?",
        "2022.1 → them_cot → 0: phiên bản này không có cột “B5L.so_buoii”. Có phải là “B5L.so_buoi”?",
        "2022.1: biểu “B11” của mẫu cũ không còn; ghi ở doi_bieu hoặc bo_bieu.",
        "2022.1: cột “BIA.khong_phat_sinh_b5” của mẫu cũ không còn; ghi ở doi_cot hoặc bo_cot.",
    ]


def test_every_column_of_both_versions_has_its_place(tmp_path):
    """What neither side names is not passed over: a column that nobody reads any more would be lost in silence."""
    assert mistakes(
        tmp_path, doi_cot={"B5.so_luot": "so_luot_nguoi", "B5.chu_de": "ten_lop"}, bo_cot=[], them_cot=[]
    ) == [
        "2022.1 → doi_cot: hai cột của mẫu cũ cùng đọc thành “B5L.ten_lop”, trong đó có “chu_de”.",
        "2022.1 → doi_cot: hai cột của mẫu cũ cùng đọc thành “B5L.ten_lop”, trong đó có “ten_lop”.",
        "2022.1: cột “B5.ghi_chu” của mẫu cũ không còn; ghi ở doi_cot hoặc bo_cot.",
        "2022.1: mẫu cũ không có cột “B5L.chu_de”; ghi ở doi_cot hoặc them_cot.",
        "2022.1: mẫu cũ không có cột “B5L.so_buoi”; ghi ở doi_cot hoặc them_cot.",
        "2022.1: mẫu cũ không có cột “B5L.so_tai_lieu”; ghi ở doi_cot hoặc them_cot.",
    ]


def test_a_label_is_of_the_list_that_is_read(tmp_path):
    assert mistakes(tmp_path, doi_nhan={"hinh_thuc_lop": {"Lồng gép": "Kết hợp", "Lồng ghép": "Kết hợpp"}}) == [
        "2022.1 → doi_nhan → hinh_thuc_lop → Lồng ghép: "
        "danh sách hinh_thuc_lop của phiên bản này không có nhãn “Kết hợpp”. Có phải là “Kết hợp”?",
        "2022.1 → doi_nhan → hinh_thuc_lop → Lồng gép: "
        "danh sách hinh_thuc_lop của mẫu cũ không có nhãn “Lồng gép”. Có phải là “Lồng ghép”?",
    ]


def test_a_mapping_leads_from_an_earlier_version(tmp_path):
    assert mistakes(tmp_path, phien_ban="2025.1") == [
        "2025.1 → phien_ban: phiên bản 2025.1 không có trước phiên bản 2024.1."
    ]
