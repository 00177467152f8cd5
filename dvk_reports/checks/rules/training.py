"""Rules on training classes (B5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dvk_reports.checks.context import Case
from dvk_reports.checks.together import Sent, Together, letters_of, repeated
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check, check_across
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan


@check("T12", needs_register=True)
def classes_of_the_district(case: Case) -> Iterator[Finding]:
    """T12 (Ghi chú): lớp do huyện mở trong báo cáo của xã, thị trấn chỉ để biết; huyện đã kê một lần."""
    if not case.plan.has_hamlets(case.kind):
        return
    communes = [kind for kind in case.plan.kinds if case.plan.has_hamlets(kind)]
    for row in case.rows(SheetRole.TRAINING):
        if case.plays(row, "cap_to_chuc", LabelRole.CLASS_OF_UPPER_LEVEL):
            cap = row.text("cap_to_chuc").lower()
            yield case.about(Msg.ATTENDANCE_ONLY, row, "cap_to_chuc", cap=cap, loai=case.called(communes))


@check_across("K24")
def classes_of_two(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): cùng tên lớp, cùng ngày bắt đầu trong báo cáo của hai đơn vị; NV1.1 đang đếm hai lớp.

    A class of the district in a commune's return is attendance only (T12) and counts nowhere, so it repeats nothing.
    Two places named, and not the same, are two classes.
    """
    key_of = partial(_name_and_day, together.plan)
    for pair in repeated(together, SheetRole.TRAINING, key_of, apart="dia_diem"):
        yield pair.about(Msg.CLASS_TWICE, "ten_lop", ngay=pair.day("ngay_tu"))


def _name_and_day(plan: Plan, sent: Sent, row: Row) -> tuple[str, ...] | None:
    day = row.day("ngay_tu")
    of_upper_level = row.text("cap_to_chuc") in plan.labels_with(LabelRole.CLASS_OF_UPPER_LEVEL)
    if day is None or not row.text("ten_lop") or (of_upper_level and plan.has_hamlets(sent.unit.kind)):
        return None
    return letters_of(row.text("ten_lop")), day.isoformat()
