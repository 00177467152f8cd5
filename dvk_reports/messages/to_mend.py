"""The first sheet of a marked copy, by machine key: drawn on the copy, found again when the unit sends it back."""

from __future__ import annotations

from collections.abc import Mapping

TO_MEND = "Cần sửa"
"""Its name."""
TO_MEND_COLUMNS: Mapping[str, str] = {
    "muc": "Mức",
    "ma_loi": "Mã lỗi",
    "sheet": "Biểu",
    "o": "Ô",
    "gia_tri": "Đơn vị đã ghi",
    "noi_dung": "Nội dung cần sửa",
    "cach_sua": "Cách sửa",
    "giai_trinh": "Giải trình (chỉ dòng Cảnh báo)",
    "khoa": "Mã ô",
    "dong": "Dòng",
    "doi_tuong": "Đối tượng",
}
"""Its columns by machine key."""
