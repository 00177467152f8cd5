"""The mark that stands in a draft where only a person knows what belongs there."""

from __future__ import annotations

import re
from datetime import date

from dvk_reports.vietnamese.dates import show_date_prose

MISSING = re.compile(r"\[(?:CẦN BỔ SUNG[^\]]*|[^\W\d_][^\[\]|]*|…+)\]")
"""“[CẦN BỔ SUNG: thời hạn]”, in a running sentence “[thời hạn]” or “[……]”."""


def wanted(what: str) -> str:
    """ "[CẦN BỔ SUNG: thời hạn]"."""
    return f"[CẦN BỔ SUNG: {what}]"


def no_issuer(what: str, day: date) -> str:
    """What a command says of drafts for a day on which the plan names nobody who issues them."""
    return (
        f"Quy định không nêu cơ quan ban hành vào ngày {show_date_prose(day)}: {what} là dự thảo chưa có cơ quan ban "
        "hành. Điền các chỗ “[CẦN BỔ SUNG]”, hoặc ghi cơ quan ở mục co_quan_ban_hanh của documents.yaml rồi chạy lại."
    )


def model_missed(then: str, since: str) -> str:
    """On a pre-printed model that the unit's last list has left out."""
    return (
        f"Mô hình có ở báo cáo {then} nhưng không có ở báo cáo {since}. Còn thực hiện thì giữ dòng này; "
        "đã kết thúc thì chọn trạng thái kết thúc, không xóa dòng."
    )


def model_of_former_unit(name: str) -> str:
    """On a pre-printed model of a unit that was split or has given a part away."""
    return f"Mô hình của {name} trước khi chia tách. Của đơn vị mình thì giữ dòng này; của đơn vị khác thì xóa cả dòng."


def stopped_then(then: str, raw: str) -> str:
    """On a cell that is not pre-printed because what was written there had been stopped."""
    said = f"ghi “{raw}” nhưng" if raw else "để trống nên"
    return f"Ô này ở báo cáo {then} {said} chưa được tính. Ghi lại cho đúng."
