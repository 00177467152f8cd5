"""What may be chosen in the columns of the register: each code with its words, either of which may be written."""

from __future__ import annotations

from collections.abc import Mapping

from dvk_reports.model.findings import HOLD_OUT, WAIVE
from dvk_reports.model.periods import quarters_between
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.vietnamese.text import fold, unaccented
from dvk_reports.vietnamese.words import NO, YES

HAMLET_KINDS = ("Thôn", "Tổ dân phố")
SECURITY = ("SSL", "STARTTLS", "không")
POST_KEYS: Mapping[str, str] = {
    "may_chu": "máy chủ gửi thư (SMTP)",
    "cong": "cổng, ví dụ 465",
    "bao_mat": "bảo mật: SSL, STARTTLS hoặc không",
    "tai_khoan": "tên đăng nhập",
    "nguoi_gui": "địa chỉ người gửi",
}
"""What the mails are sent with. Never a password."""
WAIVER_LEVELS: Mapping[str, str] = {
    WAIVE: "cho qua lỗi, giá trị được tính",
    HOLD_OUT: "để giá trị ngoài số liệu",
}
BETWEEN = " - "

Choices = Mapping[str, str]
"""Code -> its words; "" where the code says it all."""


def choices_of(plan: Plan) -> Mapping[str, Choices]:
    """Kind of column -> what may be written there, in order."""
    return {
        "loai_don_vi": {kind.ma: kind.ten for kind in plan.info.loai_don_vi},
        "co_khong": {YES: "", NO: ""},
        "nhom": {group.ma: group.ten for group in plan.info.nhom_don_vi},
        "ky": {quarter.key: "" for quarter in quarters_between(plan.first_quarter, plan.last_quarter)},
        "van_ban": {paper.ma: paper.ten for paper in plan.documents.van_ban},
        "bieu": {sheet.ma: sheet.ten for sheet in plan.forms.bieu},
        "loai_thon": dict.fromkeys(HAMLET_KINDS, ""),
        "ma_loi": dict(plan.checks.ten_ma),
        "muc_mien_tru": WAIVER_LEVELS,
        "chi_tieu": {spec.ma: spec.ten for spec in plan.figures.chi_tieu},
        "nhiem_vu": {task.ma: task.ten for task in plan.info.nhiem_vu},
        "muc_thu": POST_KEYS,
    }


def shown(code: str, words: str) -> str:
    """A choice as the drop-down shows it: “CB_CQ - chi bộ cơ quan”."""
    return f"{code}{BETWEEN}{words}" if words else code


def chosen(text: str, choices: Choices) -> str | None:
    """The code that a text means: by code, by its words, or by both; None where it means none of them, or several."""
    for way in (fold, _bare):
        meant = way(text)
        found = {code for code, words in choices.items() if meant in map(way, _names(code, words))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _names(code: str, words: str) -> tuple[str, ...]:
    return (code, words, shown(code, words)) if words else (code,)


def _bare(text: str) -> str:
    return unaccented(fold(text))
