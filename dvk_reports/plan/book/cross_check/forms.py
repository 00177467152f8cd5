"""``forms.yaml``: columns and labels that rules name, types that fit, labels that may follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dvk_reports.plan.book.cross_check.columns import DAY, NUMBER, TEXT, Columns, Path
from dvk_reports.plan.book.cross_check.spans import Span, span_of
from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.forms import SheetSpec
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.rulebook import Plan, Rule

_FILE = "forms.yaml"
_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "bat_buoc_khi": {"o": ()},
    "khong_vuot": {"phan": NUMBER, "toan_the": NUMBER},
    "cong_bang": {"phan": NUMBER, "toan_the": NUMBER},
    "thu_tu_ngay": {"truoc": DAY, "sau": DAY},
    "ngay_trong": {"o": DAY},
    "duy_nhat": {"o": ()},
    "toi_da_chu": {"o": TEXT},
    "toi_da_so": {"o": NUMBER},
    "nghi_don_vi_tien": {"o": NUMBER},
    "ky_hieu": {"o": TEXT},
    "chi_loai_don_vi": {"o": ()},
}
"""Rule -> its fields that name columns -> what such a column holds (empty: anything)."""


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """What ``forms.yaml`` says that does not fit together."""
    for at, sheet in enumerate(plan.forms.bieu):
        yield from _fields(plan, sheet, (_FILE, "bieu", at, "truong"))
        columns = Columns(plan, sheet.ma)
        for number, rule in enumerate(sheet.luat):
            path = (_FILE, "bieu", at, "luat", number)
            yield from _rule(columns, rule, path, span_of(rule, span_of(sheet)))
    yield from _labels(plan)
    yield from _bounds(plan)


def _fields(plan: Plan, sheet: SheetSpec, path: Path) -> Iterator[Wrong]:
    bounds = plan.forms.gioi_han
    for at, field in enumerate(sheet.truong):
        if field.gioi_han is not None:
            known = bounds.so if field.numeric else bounds.ngay if field.kieu == "ngay" else {}
            if not known:
                yield Wrong((*path, at, "gioi_han"), "chỉ cột số, cột ngày có gioi_han.")
            elif field.gioi_han not in known:
                yield unknown((*path, at, "gioi_han"), "giới hạn", field.gioi_han, known)
        if field.la_quy_mo and (not field.numeric or field.khoa != sheet.size):
            yield Wrong((*path, at, "la_quy_mo"), "mỗi biểu chỉ một cột la_quy_mo, và là cột số.")
        if field.kieu == "chon" and field.danh_sach is None:
            yield Wrong((*path, at, "kieu"), "cột chọn trong danh sách phải có danh_sach.")
        elif field.kieu != "chon" and field.danh_sach is not None:
            yield Wrong((*path, at, "danh_sach"), "chỉ cột kiểu chon có danh_sach.")


def _rule(columns: Columns, rule: Rule, path: Path, span: Span) -> Iterator[Wrong]:
    for name, types in _COLUMNS.get(rule.loai, {}).items():
        value = getattr(rule, name)
        if isinstance(value, list):
            for at, key in enumerate(value):
                yield from columns.wrongs((*path, name, at), key, types, span)
        else:
            yield from columns.wrongs((*path, name), value, types, span)
    for name in ("khi", "tru_khi"):
        when = getattr(rule, name, None)
        if when is not None:
            yield from columns.condition_wrongs((*path, name), when, span)


def _labels(plan: Plan) -> Iterator[Wrong]:
    for name, choice in plan.forms.danh_sach.items():
        path = (_FILE, "danh_sach", name)
        for at, label in enumerate(choice.nhan):
            for place, word in enumerate(label.sang or ()):
                if word not in choice.labels:
                    yield unknown((*path, "nhan", at, "sang", place), "nhãn", word, choice.labels)


def _bounds(plan: Plan) -> Iterator[Wrong]:
    """Every type of number and day has its bound, and no bound of days is empty."""
    bounds, path = plan.forms.gioi_han, (_FILE, "gioi_han")
    for kind in NUMBER:
        if kind not in bounds.so:
            yield Wrong((*path, "so"), f"thiếu giới hạn “{kind}” của các cột kiểu {kind}.", kind)
    if DAY[0] not in bounds.ngay:
        yield Wrong((*path, "ngay"), f"thiếu giới hạn “{DAY[0]}” của các cột kiểu {DAY[0]}.", DAY[0])
    end = plan.first_quarter.last_day
    for name, day in bounds.ngay.items():
        first, last = day.days(end, end)
        if first > last:
            yield Wrong((*path, "ngay", name), "tu sau den.")
