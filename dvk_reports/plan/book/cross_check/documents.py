"""Papers, reminders and the award software: each kind of report has its length, levels rise, labels are there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.report_parts import REPORT_KINDS
from dvk_reports.plan.book.rulebook import Plan

_LISTS = {
    "phan_loai_khen": ("phan_loai_khen",),
    "hinh_thuc": ("hinh_thuc_khen",),
    "ma_hinh_thuc": ("hinh_thuc_khen",),
    "doi_tuong": ("phan_loai_khen", "doi_tuong_khen"),
    "ma_can_bo": ("phan_loai_khen", "doi_tuong_khen"),
    "ma_tap_the": ("phan_loai_khen", "doi_tuong_khen"),
}
"""Column of the award software -> lists whose labels are exported into it."""


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    told = {entry.ky for entry in plan.documents.do_dai}
    for kind in REPORT_KINDS:
        if kind not in told:
            yield Wrong(("documents.yaml", "do_dai"), f"thiếu kỳ “{kind}”.", kind)
    for part in ("nhan", "ma"):
        for at, entry in enumerate(getattr(plan.award_export, part)):
            labels = [label for name in _LISTS[entry.cot] for label in plan.labels(name)]
            if entry.nhan not in labels:
                yield unknown(("award_export.yaml", part, at, "nhan"), "nhãn", entry.nhan, labels)
    levels = sorted(plan.reminders.muc_nhac, key=lambda item: (item.tu_ngay, item.muc))
    for before, level in pairwise(levels):
        if before.tu_ngay == level.tu_ngay and before.cham_tu >= level.cham_tu and before.muc != level.muc:
            at = plan.reminders.muc_nhac.index(level)
            yield Wrong(
                ("reminders.yaml", "muc_nhac", at, "cham_tu"),
                f"mức {level.muc} phải chậm hơn mức {before.muc} ({before.cham_tu} ngày làm việc).",
            )
    closed = [(holiday.tu, holiday.den) for holiday in plan.reminders.ngay_nghi]
    for at, day in enumerate(plan.reminders.ngay_lam_bu):
        path = ("reminders.yaml", "ngay_lam_bu", at, "ngay")
        if day.ngay.weekday() < 5:
            yield Wrong(path, f"{day.ngay:%Y-%m-%d} không phải là thứ Bảy, Chủ nhật nên không phải ngày làm bù.")
        if any(first <= day.ngay <= last for first, last in closed):
            yield Wrong(path, f"{day.ngay:%Y-%m-%d} cũng ghi ở mục ngay_nghi.")
