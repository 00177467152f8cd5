"""Papers, reminders, the award software: words are known, reports have a length, levels rise, labels are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.issued import ISSUER_WORDS, LATER_WORDS, words_in
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
    """What ``documents.yaml`` says that does not fit the rest."""
    yield from _words(plan)
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


def _words(plan: Plan) -> Iterator[Wrong]:
    """What stands in braces in the words of papers is a name of ``ten_goi``, or something that is put in later."""
    names = {name.ma for name in plan.documents.ten_goi}
    for at, issuer in enumerate(plan.documents.co_quan_ban_hanh):
        texts = {key: getattr(issuer, key) for key in type(issuer).model_fields}
        yield from _unknown(("documents.yaml", "co_quan_ban_hanh", at), texts, {*names, *LATER_WORDS})
    for at, spec in enumerate(plan.documents.van_ban):
        path, own = ("documents.yaml", "van_ban", at), {*names, *ISSUER_WORDS, *LATER_WORDS, "ten_hinh_thuc"}
        yield from _unknown(path, {key: getattr(spec, key) for key in type(spec).model_fields}, own)
        for part in ("can_cu_van_ban", "nhiem_vu_trong_tam"):
            for place, entry in enumerate(getattr(spec, part)):
                yield from _unknown((*path, part, place), {"noi_dung": entry.noi_dung}, own)
    for at, level in enumerate(plan.reminders.muc_nhac):
        yield from _unknown(("reminders.yaml", "muc_nhac", at), {"them_noi_nhan": level.them_noi_nhan}, names)


def _unknown(path: tuple[Any, ...], values: Mapping[str, Any], known: Collection[str]) -> Iterator[Wrong]:
    for key, value in values.items():
        lines = value if isinstance(value, list) else [value]
        for at, line in enumerate(lines):
            for word in words_in(line) if isinstance(line, str) else ():
                if word not in known:
                    where = (*path, key, at) if isinstance(value, list) else (*path, key)
                    yield unknown(where, "tên gọi", word, known)
