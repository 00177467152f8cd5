"""``dvk consolidate`` over several quarters, as a clerk meets it: what is read, what is written, what is missing."""

import hashlib
import re
from datetime import date

import openpyxl
import pytest

from dvk_reports import consolidate
from dvk_reports.errors import DvkError
from dvk_reports.model.periods import parse_period
from tests.support.build import b6
from tests.support.small_space import files_of, put, sent

DAYS = {"2022-Q4": date(2023, 1, 12), "2023-Q3": date(2023, 10, 12), "2023-Q4": date(2024, 1, 12)}
NEWS = {"2022-Q4": "05/11/2022", "2023-Q3": "05/09/2023", "2023-Q4": "05/11/2023"}
UNITS = ("CB-A", "CB-B", "CB-C")


def news(day, count):
    lines = (line.split("|")[1:-1] for line in b6(f"| ngay |\n| {day} |").splitlines())
    head, row = ([cell.strip() for cell in line] for line in lines)
    values = dict(zip(head, row, strict=True)) | {"ngay": date(int(day[6:]), int(day[3:5]), int(day[:2]))}
    return [{**values, "tieu_de": f"Tin {n}"} for n in range(count)]


def quarter(space, key, senders=UNITS, count=1):
    ticks = {"khong_phat_sinh_b9a": True, "khong_phat_sinh_b10": True, "khong_phat_sinh_b3": True}
    for code in senders:
        rows = {"B6": news(NEWS[key], count)}
        put(space, f"{code}.xlsx", sent(space, code, ticks, rows=rows, quarter=key), quarter=key)
    return consolidate(space, key, as_of=DAYS[key])


def rows_of(folder, name):
    sheet = openpyxl.load_workbook(folder / "tong-hop.xlsx", data_only=True)[name]
    keys = [cell.value for cell in sheet[1]]
    lines = (dict(zip(keys, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True))
    return [line for line in lines if line[keys[0]] is not None]


def test_a_range_is_made_of_its_quarters(space):
    quarter(space, "2023-Q3")
    quarter(space, "2023-Q4", UNITS[:2], count=2)
    result = consolidate(space, "2023-Q3..2023-Q4", as_of=date(2024, 1, 20))
    assert result.summary == "2 tệp: 2 dùng; 1 lượt đơn vị chưa nộp"
    assert not result.clean
    folder = space.results("2023-Q3..2023-Q4")
    assert list(files_of(folder)) == ["bao-cao.docx", "nhat-ky.json", "tong-hop.xlsx"]
    books = [space.results(key) / "tong-hop.xlsx" for key in ("2023-Q3", "2023-Q4")]
    assert [(line["tep"], line["sha256"], line["trang_thai"], line["ky"]) for line in rows_of(folder, "Tệp")] == [
        (f"../../ket-qua/{key}/tong-hop.xlsx", hashlib.sha256(path.read_bytes()).hexdigest(), "Dùng", key)
        for key, path in zip(("2023-Q3", "2023-Q4"), books, strict=True)
    ]
    (line,) = (line for line in rows_of(folder, "Nhiệm vụ") if line["ma"] == "NV2.1" and not line["nhom"])
    assert (line["gia_tri"], line["n_bao_cao"], line["n_phai_bao_cao"]) == (7, 2, 3)  # CB-C is silent in the last
    assert line["ghi_chu"] == "thiếu 01/06 lượt báo cáo: Chi bộ C (IV/2023)"
    sources = [line for line in rows_of(folder, "Nguồn số liệu") if line["ma"] == "NV2.1" and not line["nhom"]]
    assert sum(line["gia_tri"] for line in sources) == 7
    assert {line["tep"] for line in sources} == {
        "../2023-Q3/CB-C.xlsx",
        *(f"../{key}/{code}.xlsx" for key in ("2023-Q3", "2023-Q4") for code in UNITS[:2]),
    }
    book = openpyxl.load_workbook(folder / "tong-hop.xlsx")
    for name in ("Tổng quan", "Tệp"):  # the screen and the pages count the silent turns alike
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value is not None]
        assert [text.rstrip(".") for text in texts if "chưa nộp" in text and " tệp" in text] == [result.summary]
    told = {(line["ma_don_vi"], line["trang_thai"]) for line in rows_of(folder, "Tình hình nộp")}
    assert told == {*((code, "Đã chấp nhận") for code in UNITS), ("CB-C", "Chưa nộp")}


def test_a_quarter_that_is_not_there_is_a_finding(space):
    quarter(space, "2023-Q4")
    result = consolidate(space, "2023", as_of=date(2024, 1, 20))
    absent = [item for item in result.data.findings if item.code == "T16"]
    assert [(item.level, item.file, item.text) for item in absent] == [
        (
            "Cảnh báo",
            f"ket-qua/2023-Q{n}/tong-hop.xlsx",
            f"Kỳ 2023: quý {'I' * n} năm 2023 chưa tổng hợp, nên số phát sinh của kỳ thiếu quý này và không đơn "
            "vị nào đủ báo cáo.",
        )
        for n in (1, 2, 3)
    ]
    figures = {(item.code, item.group): item for item in result.data.figures}
    assert (figures["NV2.1", ""].value, figures["NV2.1", ""].reported) == (3, 0)
    assert (figures["NV3.2", ""].value, figures["NV3.2", ""].reported) == (0, 3)


def test_a_year_is_the_year_though_the_plan_began_in_it(space):
    """The plan begins in the second quarter of 2022: nothing of the first is asked for, and the year is the year."""
    quarter(space, "2022-Q4")
    data = consolidate(space, "2022", as_of=date(2023, 1, 20)).data
    assert data.period == parse_period("2022")
    assert [item.file for item in data.findings if item.code == "T16"] == [
        f"ket-qua/2022-Q{number}/tong-hop.xlsx" for number in (2, 3)
    ]
    sheet = openpyxl.load_workbook(space.results("2022") / "tong-hop.xlsx")["Nhiệm vụ"]
    assert str(sheet["B2"].value).endswith("- năm 2022")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023", "Tổng hợp quý cuối kỳ trước: dvk consolidate 2023-Q4"),
        ("2026", "ngoài thời gian của Kế hoạch"),
        ("2021-Q4..2022-Q1", "ngoài thời gian của Kế hoạch"),
        ("2022-Q1..2022-Q4", "ngoài thời gian của Kế hoạch"),
        ("2025-Q1..2026-Q1", "ngoài thời gian của Kế hoạch"),
        ("2023-Q4..2023-Q3", "không phải là kỳ báo cáo"),
        ("năm nay", "không phải là kỳ báo cáo"),
    ],
)
def test_a_period_that_cannot_be_made_writes_nothing(space, period, said):
    with pytest.raises(DvkError, match=said):
        consolidate(space, period)
    assert not files_of(space.root / "ket-qua")


def test_a_range_over_two_years_has_the_targets_of_each(space):
    """Each line is what the longest period of the year inside the range says when it is consolidated alone."""
    for key in DAYS:
        quarter(space, key)
    consolidate(space, "2022-Q4..2023-Q4", as_of=date(2024, 1, 20))
    folder = space.results("2022-Q4..2023-Q4")
    lines = rows_of(folder, "Mục tiêu theo năm")
    assert [line["nam"] for line in lines] == sorted(line["nam"] for line in lines)
    asked = {line["ma"] for line in lines if line["nam"] == 2023}
    assert {"MT1.1", "MT1.2", "MT4.3", "MT5.1", "MT5.7", "NV5.1"} <= asked
    assert not asked & {"MT1.6", "MT2.4", "NV1.1", "NV2.1", "NV3.2", "KP.1", "TL.1"}
    for year, period in ((2022, "2022-Q4"), (2023, "2023")):
        consolidate(space, period, as_of=date(2024, 1, 20))
        alone = {
            line["ma"]: line
            for name in ("Chỉ tiêu", "Nhiệm vụ")
            for line in rows_of(space.results(period), name)
            if not line["nhom"]
        }
        of_year = [line for line in lines if line["nam"] == year]
        assert of_year and all(line["ky"] == period for line in of_year)
        for line in of_year:
            said = alone[line["ma"]]
            keys = ("ten", "tu_so", "mau_so", "gia_tri", "muc_tieu", "ket_luan", "n_bao_cao", "n_phai_bao_cao")
            assert [line[key] for key in keys] == [said[key] for key in keys]
            assert (said["ghi_chu"] or "").startswith(line["ghi_chu"] or "")
    assert "Mục tiêu theo năm" not in openpyxl.load_workbook(space.results("2023") / "tong-hop.xlsx").sheetnames


def test_the_cell_that_decides_is_named_with_its_quarter(space):
    for key in DAYS:
        quarter(space, key)
    consolidate(space, "2022-Q4..2023-Q4", as_of=date(2024, 1, 20))
    lines = rows_of(space.results("2022-Q4..2023-Q4"), "Kết quả theo đơn vị")
    files = {str(line["tep"]) for line in lines if line["tep"] and line["tep"] != "danh-muc.xlsx"}
    assert files and all(re.match(r"20\d\d-Q[1-4]/", file) for file in files), files
    for figure in rows_of(space.results("2022-Q4..2023-Q4"), "Chỉ tiêu"):
        own = [line for line in lines if line["ma"] == figure["ma"]]
        for key in ("tu_so", "mau_so") if own and not figure["nhom"] else ():
            assert sum(line[key] or 0 for line in own) == (figure[key] or 0), figure["ma"]


def test_same_quarters_same_bytes(space):
    quarter(space, "2023-Q3")
    quarter(space, "2023-Q4")
    first = (consolidate(space, "2023", as_of=date(2024, 1, 20)), files_of(space.results("2023")))[1]
    second = (consolidate(space, "2023", as_of=date(2024, 1, 20)), files_of(space.results("2023")))[1]
    assert {name: data for name, data in second.items() if name != "thay-doi.txt"} == first
