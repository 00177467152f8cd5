"""The files that a plan of one's own begins with: it takes over another, and shows how to change what it takes over."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sources import HEADER

_HEAD = """\
# Bộ quy định riêng, kế thừa một bộ quy định khác: mục nào không ghi ở đây thì giữ như bộ được kế thừa.
# Sửa xong chạy: dvk plan check {folder}
ke_thua: {base}
ma: {code}
ten: "{title} (bộ quy định riêng)"

# Bỏ dấu # ở đầu dòng để dùng. Mục được nhận theo khóa (ma, khoa, …); chỉ ghi điều khác đi.
#
# dia_ban: "xã …"
# ky_dau: {first}
# ky_cuoi: {last}
#
# Một giá trị đổi từ một ngày: thêm một dòng có tu_ngay, giá trị cũ vẫn giữ cho kỳ cũ.
# gia_tri:
#   phieu_toi_thieu:
#     - {{tu_ngay: {day}, gia_tri: "20", can_cu: "…"}}
#
# Bỏ một mục, ví dụ bo: {{nhiem_vu: [{task}]}}; bỏ cả danh sách: bo: {{nhiem_vu: tat_ca}}. Chỗ khác còn nhắc đến
# mục đã bỏ thì dvk plan check chỉ ra từng dòng.
#
# Loại đơn vị và tập hợp loại đơn vị của kế hoạch.
# loai_don_vi:
#   - {{ma: LOAI_MOI, ten: "tên của loại đơn vị"}}
# tap_don_vi:
#   {kinds}: [LOAI_MOI]
"""
_FORMS = """\
# Biểu mẫu: chỉ ghi điều khác với bộ được kế thừa. Ví dụ thêm một cột từ một ngày:
#
# bieu:
#   - ma: {sheet}
#     truong:
#       - {{khoa: cot_moi, ten: "Cột mới", kieu: nguyen, bien: F, tu_ngay: {day}, huong_dan: "Ghi số …"}}
"""


def first_files(folder: str, base: str, plan: Plan) -> Mapping[str, bytes]:
    """Name -> content. ``base``: how the new plan names the one that it takes over."""
    code = "".join(sign if sign.isalnum() else "_" for sign in folder.lower())
    words = {
        "folder": folder,
        "base": base,
        "code": code,
        "title": plan.info.ten.replace('"', "”"),
        "first": plan.first_quarter.key,
        "last": plan.last_quarter.key,
        "day": plan.last_quarter.first_day,
        "task": next((task.ma for task in reversed(plan.info.nhiem_vu)), "…"),
        "sheet": plan.forms.bieu[-1].ma,
        "kinds": next(iter(plan.info.tap_don_vi), "tap_moi"),
    }
    return {HEADER: _HEAD.format(**words).encode(), "forms.yaml": _FORMS.format(**words).encode()}
