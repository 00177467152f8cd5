"""The import workbooks of the state award software: captions word for word, codes only where they are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvk_reports.errors import PlanError
from dvk_reports.model.proposals import Choice, Chosen, Outcome, Proposal
from dvk_reports.plan.book.award_export import AwardExportFile, ExportCode
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.shortlist.export import Export, award_export
from tests.support.build import PLAN
from tests.support.shortlists import GROUP, HOME, PRAISE, mixed, proposal, shortlist

GROUP_1 = proposal(7, "Chi hội phụ nữ thôn 5", kind=GROUP, group="Khác")
MAI = proposal(8, "Hoàng Thị Mai")
HOA = replace(
    proposal(9, "=Nguyễn Văn Hòa", form=PRAISE, gender="Nam", group="Lãnh đạo, quản lý"),
    fields=("Xây dựng hệ thống chính trị", "Huyện"),
)
HOUSE = proposal(10, "Hộ ông Lý Văn Páo", kind=HOME, group="Nông dân")
LEFT = proposal(11, "Vàng A Páo", outcome=Outcome.RESERVE)
DIRECT = "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu"
PAPER = "Giấy khen của Chủ tịch Ủy ban nhân dân cấp huyện"


def export(*proposals: Proposal, plan: Plan = PLAN, chosen: Iterable[Proposal] = ()) -> Export:
    choices = {item.candidate.id: Choice("Chọn", "Hội nghị") for item in chosen}
    return award_export(plan, Chosen(shortlist(*proposals), choices))


def sheet(found: Export, name: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(BytesIO(found.files[name]))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


ALL = export(GROUP_1, MAI, HOA, HOUSE, LEFT)


def test_the_file_of_all_subjects():
    assert sheet(ALL, "MauTDKT.xlsx") == [
        ["STT", "Tên gọi (Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
         "Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Phân loại đối tượng",
         "Lĩnh vực hoạt động"],
        [1, None, "Chi hội phụ nữ thôn 5", None, "Thôn Nà Đình, xã Nghĩa Đô", "Khen thưởng tập thể", PAPER, None,
         "Kinh tế"],
        [2, "Bà", "Hoàng Thị Mai", "Trưởng thôn", "Thôn Nà Đình, xã Nghĩa Đô", "Khen thưởng cá nhân", PAPER, DIRECT,
         "Kinh tế"],
        [3, "Bà", "=Nguyễn Văn Hòa", "Trưởng thôn", "Thôn Nà Đình, xã Nghĩa Đô", "Khen thưởng cá nhân", PRAISE, None,
         "Xây dựng hệ thống chính trị"],
        [4, "Bà", "Hộ ông Lý Văn Páo", "Trưởng thôn", "Thôn Nà Đình, xã Nghĩa Đô", "Khen thưởng hộ gia đình", PAPER,
         "Hộ gia đình", "Kinh tế"],
    ]  # fmt: skip
    assert openpyxl.load_workbook(BytesIO(ALL.files["MauTDKT.xlsx"])).sheetnames[0] == "file nhận"


def test_the_file_of_individuals():
    title, captions, *rows = sheet(ALL, "CANHAN.xlsx")
    assert title[0] == "DANH SÁCH ĐỐI TƯỢNG ĐỀ NGHỊ KHEN THƯỞNG"
    assert captions == [
        "STT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ", "Tên phòng ban/ khối, tổ công tác",
        "Tên đơn vị/tập thể công tác", "Địa chỉ / Nơi ở", "Mã phân loại cán bộ", "Mã hình thức khen thưởng",
        "Mã danh hiệu thi đua (nếu có)",
    ]  # fmt: skip
    assert [[*row[:3], f"{row[3]:%d/%m/%Y}", *row[4:]] for row in rows] == [
        [1, "Hoàng Thị Mai", "Nữ", "02/03/1980", "Trưởng thôn", None, "Thôn Nà Đình, xã Nghĩa Đô", "Thôn Nà Đình",
         None, None, None],
        [2, "=Nguyễn Văn Hòa", "Nam", "02/03/1980", "Trưởng thôn", None, "Thôn Nà Đình, xã Nghĩa Đô", "Thôn Nà Đình",
         None, None, None],
    ]  # fmt: skip


def test_the_file_of_collectives():
    assert sheet(ALL, "TAPTHE.xlsx") == [
        ["STT", "Tên đơn vị / tập thể", "Mã phân loại tập thể", "Mã hình thức khen thưởng",
         "Mã danh hiệu thi đua (nếu có)"],
        [1, "Chi hội phụ nữ thôn 5", None, None, None],
    ]  # fmt: skip


def test_the_joined_file():
    captions, *rows = sheet(ALL, "NHANDULIEU.xlsx")
    assert captions == [
        "STT", "Phân loại khen thưởng", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
        "Danh hiệu thi đua/Hình thức khen thưởng", "Phân loại đối tượng", "Lĩnh vực hoạt động",
    ]  # fmt: skip
    assert [row[0] for row in rows] == [1, 2, 3, 4]


def test_what_is_blank_is_said():
    assert (
        "MauTDKT.xlsx: cột “Danh hiệu thi đua/Hình thức khen thưởng” ghi theo Kế hoạch cho “Biểu dương của Ban "
        "Thường vụ Huyện ủy”: chưa có trong danh mục của phần mềm đã biết."
    ) in ALL.notes
    assert (
        "MauTDKT.xlsx: cột “Phân loại đối tượng” để trống cho “Khác”; “Lãnh đạo, quản lý”: chưa có trong danh mục "
        "của phần mềm đã biết."
    ) in ALL.notes
    assert (
        "TAPTHE.xlsx: cột “Mã hình thức khen thưởng” để trống cho “Giấy khen của Chủ tịch UBND huyện”: chưa có trong "
        "danh mục của phần mềm đã biết."
    ) in ALL.notes
    assert ALL.notes[-1].startswith("1 hộ gia đình chỉ có trong MauTDKT.xlsx và NHANDULIEU.xlsx")
    book = openpyxl.load_workbook(BytesIO(ALL.files["TAPTHE.xlsx"]))
    assert book.sheetnames[1] == "Ghi chú"
    assert "để trống" in book["Ghi chú"]["A1"].value


def test_only_the_chosen():
    chosen = export(MAI, LEFT, chosen=[LEFT])
    assert [row[1] for row in sheet(chosen, "CANHAN.xlsx")[2:]] == ["Hoàng Thị Mai", "Vàng A Páo"]
    nobody = award_export(PLAN, Chosen(shortlist(LEFT), {}))
    assert [len(sheet(nobody, name)) for name in ("CANHAN.xlsx", "TAPTHE.xlsx", "MauTDKT.xlsx", "NHANDULIEU.xlsx")] == [
        2,
        1,
        1,
        1,
    ]
    assert nobody.notes == ()


def test_a_code_of_the_rule_book_is_filled_from_its_day_on():
    def code(day: date, value: str) -> ExportCode:
        return ExportCode(
            cot="ma_hinh_thuc", nhan=MAI.candidate.form, tu_ngay=day, gia_tri=value, can_cu="Danh mục của phần mềm"
        )

    codes = [code(date(2023, 1, 1), "GK01"), code(date(2023, 10, 6), "GK02")]
    plan = PLAN.model_copy(update={"award_export": AwardExportFile(nhan=PLAN.award_export.nhan, ma=codes)})
    assert sheet(export(MAI, plan=plan), "CANHAN.xlsx")[2][9] == "GK01"


def test_a_misspelt_label_of_the_rule_book_is_named(tmp_path: Path):
    for path in files("dvk_reports.plans").joinpath("bao_yen_2022_2025").iterdir():
        if path.name.endswith(".yaml"):
            text = path.read_text(encoding="utf-8").replace('nhan: "Nông dân",', 'nhan: "Nông zân",')
            (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=r"award_export.yaml, dòng \d+, .*: không có nhãn “Nông zân”.*“Nông dân”"):
        load_plan(tmp_path)


def test_the_same_choices_give_the_same_bytes():
    chosen = Chosen(mixed(), {})
    assert award_export(PLAN, chosen) == award_export(PLAN, chosen)
