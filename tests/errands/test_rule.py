"""A rule: a line of ``luat`` in ``forms.yaml``, or one function with its sentence and its line in ``checks.yaml``."""

from __future__ import annotations

from datetime import date

import pytest

from dvk_reports import check_files
from tests.errands.copies import PackageCopy
from tests.errands.own_plans import with_plan
from tests.support.small_space import made, put, sent

FORMS = """bieu:
  - ma: B1
    luat:
      - {loai: khong_vuot, phan: so_chuyen_muc, toan_the: so_cuoc_tuyen_truyen}
"""
FUNCTION = '''

@check("K15")
def no_class_on_a_sunday(case: Case) -> Iterator[Finding]:
    """K15 (Cảnh báo): lớp mở vào Chủ nhật thì xem lại ngày."""
    for row in case.rows(SheetRole.TRAINING):
        day = row.day("ngay_tu")
        if day is not None and day.weekday() == 6:
            yield case.about(Msg.CLASS_ON_SUNDAY, row, "ngay_tu")
'''
SENTENCE = """
    CLASS_ON_SUNDAY = Message(
        "K15",
        WARNING,
        "“{ten}” {ghi} là Chủ nhật.",
        "Xem lại ngày mở lớp.",
    )
"""
LINE = """
  - thong_bao: CLASS_ON_SUNDAY
    ma: K15
    muc: Cảnh báo
    pham_vi: mot_bao_cao
    cau: "Lớp không mở vào Chủ nhật."
    vi_du: "Ngày 06/8/2023 là Chủ nhật."
    hieu_luc:
      - {tu_ngay: 2022-04-01, can_cu: "Quy ước ví dụ"}
"""
SUNDAY = {
    "ten_lop": "Kỹ năng dân vận",
    "hinh_thuc": "Độc lập",
    "cap_to_chuc": "Cơ sở",
    "ngay_tu": date(2023, 8, 6),
    "ngay_den": date(2023, 8, 6),
    "doi_tuong": "Tổ dân vận",
    "so_luot": 12,
}


def test_a_line_of_luat_is_a_rule(tmp_path):
    space = with_plan(tmp_path / "làm việc", {"forms.yaml": FORMS})
    put(space, "A.xlsx", sent(space, "CB-A", b1={"so_chuyen_muc": 3}))
    told = [(f["ma_loi"], f["noi_dung"]) for f in check_files(space, [space.received("2023-Q3") / "A.xlsx"]).rows()]
    assert told == [
        (
            "K06",
            "Ô “Số chuyên trang, chuyên mục đang duy trì” ghi 3, lớn hơn “Số cuộc tuyên truyền tới Nhân dân trong kỳ” "
            "(1 ở ô C14).",
        )
    ]


@pytest.fixture
def copy(tmp_path) -> PackageCopy:
    return PackageCopy(tmp_path / "bản chép")


def test_a_function_that_is_written_runs(copy, tmp_path):
    copy.add("checks/rules/training.py", FUNCTION)
    copy.add("messages/one_return.py", SENTENCE)
    copy.add("plans/bao_yen_2022_2025/checks.yaml", LINE)
    space = made(tmp_path / "làm việc")
    put(space, "A.xlsx", sent(space, "CB-A", rows={"B5": [SUNDAY]}))
    (found,) = copy.findings(space.root, space.received("2023-Q3") / "A.xlsx")
    assert (found["ma_loi"], found["muc"], found["sheet"], found["noi_dung"]) == (
        "K15",
        "Cảnh báo",
        "B5",
        "“Từ ngày” 06/08/2023 là Chủ nhật.",
    )
