"""The mark that stands in a draft where only a person knows what belongs there."""

from __future__ import annotations

import re
from datetime import date

from dvk_reports.vietnamese.dates import show_date_prose

MISSING = re.compile(r"\[CẦN BỔ SUNG[^\]]*\]")


def wanted(what: str) -> str:
    """ "[CẦN BỔ SUNG: thời hạn]"."""
    return f"[CẦN BỔ SUNG: {what}]"


def no_issuer(what: str, day: date) -> str:
    """What a command says of drafts for a day on which the plan names nobody who issues them."""
    return (
        f"Quy định không nêu cơ quan ban hành vào ngày {show_date_prose(day)}: {what} là dự thảo chưa có cơ quan ban "
        "hành. Điền các chỗ “[CẦN BỔ SUNG]”, hoặc ghi cơ quan ở mục co_quan_ban_hanh của documents.yaml rồi chạy lại."
    )
