"""``awards.yaml``: rounds have quotas, forms of award have an authority, every gate is there."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.plan.book.awards import GATES, first_of_month
from dvk_reports.plan.book.cross_check.wrong import Wrong
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.rulebook import Plan

_FILE = "awards.yaml"


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """What ``awards.yaml`` says that does not fit the rest."""
    awards = plan.awards
    for at, entry in enumerate(awards.dot):
        path = (_FILE, "dot", at)
        if first_of_month(entry.ma) != entry.tu_ngay:
            yield Wrong((*path, "tu_ngay"), f"tu_ngay phải là ngày đầu tháng của đợt {entry.ma}.")
        if not any(quota.dot == entry.ma for quota in awards.chi_tieu):
            yield Wrong((*path, "ma"), f"đợt {entry.ma} chưa có dòng nào ở mục chi_tieu.")
    forms = plan.labels("hinh_thuc_khen")
    granted = {item.hinh_thuc for item in awards.tham_quyen}
    for at, quota in enumerate(awards.chi_tieu if granted <= {*forms} else ()):  # else a form is told as unknown
        if quota.hinh_thuc not in granted and quota.hinh_thuc in forms:
            yield Wrong(
                (_FILE, "chi_tieu", at, "hinh_thuc"),
                f"mục tham_quyen thiếu hình thức “{quota.hinh_thuc}”.",
                quota.hinh_thuc,
            )
    for code in GATES:
        if not any(item.ma == code for item in awards.dieu_kien):
            yield Wrong((_FILE, "dieu_kien"), f"thiếu điều kiện {code}.", code)
    for at, ranking in enumerate(awards.xep_hang):
        if len(set(ranking.buoc)) != len(ranking.buoc):
            yield Wrong((_FILE, "xep_hang", at, "buoc"), "có bước ghi nhiều lần.")
