"""A figure with its sentence: added in ``figures.yaml`` alone, it stands in the workbook, the report and its annex."""

from __future__ import annotations

import openpyxl
import pytest
from docx import Document

from dvk_reports import consolidate, open_workspace
from tests.support.small_space import DAY, KY, made, put, sent

PLAN = """ke_thua: bao_yen_2022_2025
ma: bao_yen_them
ten: "Phong trào “Dân vận khéo” trên địa bàn huyện Bảo Yên, giai đoạn 2022 - 2025"
"""
FIGURE = """chi_tieu:
  - ma: NV2.5
    trang: nhiem_vu
    ten: "Số hội nghị phổ biến Phong trào"
    don_vi_tinh: "hội nghị"
    loai: tong
    don_vi: [chi_dang_bo]
    dung_boi: [B1.so_hoi_nghi_pho_bien]
    ky: phat_sinh
    thieu: m2
    tu_ngay: 2022-04-01
    can_cu: "Kế hoạch “Dân vận khéo” 2022 - 2025, mục II.2 ý 1"
    dinh_nghia: "Tổng số hội nghị phổ biến Phong trào các chi, đảng bộ đã mở trong kỳ."
    phep: {tong: B1, cot: so_hoi_nghi_pho_bien}
    noi:
      - {phan: tuyen_truyen, thu_tu: 40,
         co: "Các chi, đảng bộ đã mở {so} phổ biến Phong trào.",
         bang_khong: "{Trong_ky} chưa mở hội nghị phổ biến Phong trào nào."}
      - {nhiem_vu: III.2}
"""


@pytest.fixture
def space(tmp_path):
    """A workspace of three units whose plan takes over the bundled one and adds a figure."""
    root = made(tmp_path / "làm việc").root
    (root / "ke-hoach.yaml").write_text("dung: ke-hoach\n", encoding="utf-8")
    (root / "ke-hoach").mkdir()
    (root / "ke-hoach" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (root / "ke-hoach" / "figures.yaml").write_text(FIGURE, encoding="utf-8")
    return open_workspace(root)


def reported(space, meetings):
    """The results of the quarter, in which each of some units has held so many meetings."""
    for code, number in meetings.items():
        put(space, f"{code}.xlsx", sent(space, code, b1={"so_hoi_nghi_pho_bien": number}))
    return consolidate(space, KY, as_of=DAY).folder


def report(folder):
    return Document(str(folder / "bao-cao.docx"))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_a_new_figure_stands_in_workbook_report_and_annex(space):
    folder = reported(space, {"CB-A": 1, "CB-B": 2, "CB-C": 3})
    sheet = openpyxl.load_workbook(folder / "tong-hop.xlsx")["Nhiệm vụ"]
    keys = [cell.value for cell in sheet[1]]
    (row,) = (dict(zip(keys, values, strict=True)) for values in sheet.iter_rows(values_only=True) if "NV2.5" in values)
    assert (row["ten"], row["gia_tri"], row["n_bao_cao"], row["n_phai_bao_cao"]) == (
        "Số hội nghị phổ biến Phong trào",
        6,
        3,
        3,
    )
    document = report(folder)
    said = texts(document)
    place = said.index("1. Tuyên truyền, tập huấn")
    assert said[place + 1].startswith("Các chi, đảng bộ đã mở 06 hội nghị phổ biến Phong trào.")
    longer = report(consolidate(space, "2023-9T", as_of=DAY).folder)
    rows = [row.cells[5].text for table in longer.tables for row in table.rows if len(row.cells) == 6]
    assert [text.splitlines()[-1] for text in rows if "Số hội nghị" in text] == [
        "- Số hội nghị phổ biến Phong trào: 06 hội nghị"
    ]


def test_it_is_said_when_there_is_none(space):
    document = report(reported(space, {"CB-A": 0, "CB-B": 0}))
    assert any("Trong quý chưa mở hội nghị phổ biến Phong trào nào." in text for text in texts(document))
