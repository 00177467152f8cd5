"""A sentence: changed in the catalogue alone, it is what a unit reads."""

from __future__ import annotations

from tests.errands.copies import PackageCopy
from tests.support.small_space import made, put, sent


def test_a_changed_sentence_is_read_everywhere(tmp_path):
    copy = PackageCopy(tmp_path / "bản chép")
    copy.edit(
        "messages/one_return.py",
        '        "Ô “{ten}” bắt buộc nhưng để trống.",\n        "Ghi vào ô này; nếu',
        '        "Đơn vị chưa ghi ô “{ten}”.",\n        "Ghi vào ô này; nếu',
    )
    space = made(tmp_path / "làm việc")
    put(space, "A.xlsx", sent(space, "CB-A", b1={"tong_so_dang_vien": None}))
    told = [row["noi_dung"] for row in copy.findings(space.root, space.received("2023-Q3") / "A.xlsx")]
    assert told == ["Đơn vị chưa ghi ô “Tổng số đảng viên”."]
