"""Rules on articles and news (B6)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dvk_reports.checks.together import Sent, Together, letters_of, repeated
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check_across
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan


@check_across("K24")
def articles_of_two(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): cùng tiêu đề, cùng kênh, cùng ngày trong báo cáo của hai đơn vị; NV2.1 đang đếm hai tin, bài.

    Not on the commune loudspeaker, where every commune plays the district's text itself; two links are two articles.
    """
    key_of = partial(_title_channel_and_day, together.plan)
    for pair in repeated(together, SheetRole.PUBLICITY, key_of, apart="lien_ket"):
        kenh, ngay = pair.row.text("kenh"), pair.day("ngay")
        yield pair.about(Msg.ARTICLE_TWICE, "tieu_de", kenh=kenh, ngay=ngay)


def _title_channel_and_day(plan: Plan, _: Sent, row: Row) -> tuple[str, ...] | None:
    day, channel = row.day("ngay"), row.text("kenh")
    if day is None or not row.text("tieu_de") or not channel:
        return None
    if channel in plan.labels_with(LabelRole.LOUDSPEAKER):
        return None
    return letters_of(row.text("tieu_de")), channel, day.isoformat()
