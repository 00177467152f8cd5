"""Reviews of models: how many were reviewed in the year, of which class, and who has a model of high effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from dvk_reports.figures.contributions import Contribution, about, of_cell
from dvk_reports.figures.counted import Computed, counted_entries, rows_in
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.answers import UNKNOWN, Answer, UnitAnswer, answer
from dvk_reports.figures.named.coverage import active_models
from dvk_reports.model.in_two import InTwo
from dvk_reports.model.shelf import Pile
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import figure_function, row_filter, unit_test
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import FigureSpec
from dvk_reports.plan.lookups import code_key, last_reviews, review_rank
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count

OF_LAST_LIST = "of_last_list"
"""Trait of a count of the models at the end of the period, though it reads other quarters: an ended unit has none."""
_REVIEWED = ("ma_mo_hinh", "ngay_danh_gia")
_REVIEW = (*_REVIEWED, "xep_loai")


@row_filter("danh_gia_cuoi_quy", reads={SheetRole.REVIEWS: ("ma_mo_hinh", "ngay_danh_gia", "hinh_thuc")})
def last_review_of_quarter(ledger: Ledger, entry: LedgerEntry, row: Row) -> bool:
    """Mỗi mô hình một dòng trong quý: lần đánh giá gần nhất."""

    def latest() -> frozenset[int]:
        found = last_reviews(entry.plan, entry.rows(SheetRole.REVIEWS))
        return frozenset(row.number for row in found.values())

    return row.number in ledger.of_return("last reviews", entry, latest)


def _of_year(ledger: Ledger, reviews: Iterable[tuple[LedgerEntry, Row]]) -> Iterator[tuple[LedgerEntry, Row]]:
    first, last = date(ledger.last.year, 1, 1), ledger.last_day
    for entry, row in reviews:
        day = row.day("ngay_danh_gia")
        if day is not None and first <= day <= last and row.text("ma_mo_hinh"):
            yield entry, row


@figure_function(
    "mo_hinh_duoc_danh_gia",
    reads={
        SheetRole.MODELS: ("ma_mo_hinh", "trang_thai", "ngay_dk"),
        SheetRole.REVIEWS: _REVIEWED,
    },
    traits=(OF_LAST_LIST,),
)
def reviewed_models(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Mô hình đang hoạt động, đăng ký trước ngày chốt của năm, đã được đánh giá trong năm."""
    counted = counted_entries(ledger, spec, units)
    cutoff = ledger.plan.month_day("moc_dang_ky_de_danh_gia", ledger.last_day, ledger.last.year)
    items: Pile[Contribution] = Pile()
    late = 0
    known = [
        unit
        for unit in units
        if unit.code in counted and ledger.models_known(unit, SheetRole.REVIEWS, _REVIEWED, ledger.window)
    ]
    for unit in known:
        told = _of_year(ledger, ledger.rows_on_models(unit, SheetRole.REVIEWS, ledger.window))
        reviews = {code_key(row.text("ma_mo_hinh")): (entry, row) for entry, row in told}
        for entry, row in active_models(ledger, counted[unit.code]):
            registered = row.day("ngay_dk")
            if registered is None or registered >= cutoff:
                late += 1
                continue
            model = row.text("ma_mo_hinh")
            items.append(about(of_cell(ledger, entry, row.at("trang_thai"), below=True), model))
            review = reviews.get(code_key(model))
            if review is not None:
                items.append(about(of_cell(ledger, review[0], review[1].at("ngay_danh_gia")), model))
    notes = [f"{show_count(late)} mô hình đăng ký từ {show_date(cutoff)} chưa tính"] if late else []
    return Computed(items, tuple(unit.code for unit in known), notes)


@figure_function("mo_hinh_theo_xep_loai", reads={SheetRole.REVIEWS: (*_REVIEW, "hinh_thuc")})
def models_by_class(ledger: Ledger, spec: FigureSpec, units: tuple[Unit, ...]) -> Computed:
    """Mô hình được đánh giá trong năm, mỗi mô hình ở xếp loại của lần đánh giá gần nhất của năm."""
    counted = counted_entries(ledger, spec, units)
    told: Pile[_Review] = Pile()
    for entries in counted.values():
        told.extend(_latest(_reviews_of_year(ledger, entries)).values())
    return Computed(Pile(review.adds for review in _latest_of_all(told)), tuple(counted))


class _Review(NamedTuple):
    """A review of a model, and what the model adds by it."""

    model: str
    rank: tuple[date, int, int]
    adds: Contribution


def _reviews_of_year(ledger: Ledger, entries: Iterable[LedgerEntry]) -> Iterator[_Review]:
    for entry, row in _of_year(ledger, rows_in(entries, SheetRole.REVIEWS)):
        adds = of_cell(ledger, entry, row.at("xep_loai"), groups=(row.text("xep_loai"),))
        yield _Review(code_key(row.text("ma_mo_hinh")), review_rank(ledger.plan, row), adds)


def _latest(reviews: Iterable[_Review]) -> dict[str, _Review]:
    """The latest of each model, in the order of the models' first."""
    found: dict[str, _Review] = {}
    for review in reviews:
        if review.model not in found or review.rank >= found[review.model].rank:
            found[review.model] = review
    return found


def _latest_of_all(reviews: Collection[_Review]) -> Iterator[_Review]:
    """The same where each unit has told its latest: few models are told by two, and only these are held at a time."""
    by_two = InTwo(len(reviews), ((review.model,) for review in reviews))
    latest = _latest(review for review in reviews if review.model in by_two)
    for review in reviews:
        if review.model not in by_two:
            yield review
        elif review.model in latest:
            yield latest.pop(review.model)


@unit_test(
    "co_mo_hinh_hieu_qua_cao",
    reads={SheetRole.MODELS: ("ma_mo_hinh", "trang_thai"), SheetRole.REVIEWS: (*_REVIEW, "hinh_thuc")},
)
def has_high_model(ledger: Ledger, spec: FigureSpec, unit: Unit) -> UnitAnswer:
    """Một mô hình đang hoạt động (``chi_ntm``: nông thôn mới) xếp loại Hiệu quả cao ở lần đánh giá gần nhất."""
    rural = spec.phep.chi_ntm
    keys = ("ma_mo_hinh", "trang_thai", "co_ntm") if rural else ("ma_mo_hinh", "trang_thai")
    reviews = ledger.latest_reviews(unit)
    entries = ledger.entries(unit, ledger.last)
    not_met = UnitAnswer(Answer.NOT_MET)
    for entry in entries or ():
        for row in entry.rows(SheetRole.MODELS):
            not_met = answer(False, entry, row, "trang_thai")
            runs = entry.says(row, "trang_thai", LabelRole.ACTIVE) and (not rural or row.yes("co_ntm"))
            review = reviews.get(code_key(row.text("ma_mo_hinh")))
            if runs and review is not None and entry.clean(row, *keys) and _surely_high(ledger, unit, *review):
                return answer(True, *review, "xep_loai")
    if entries is None or ledger.all_entries(unit, ledger.window) is None:
        return UNKNOWN
    lists = all(entry.readable(SheetRole.MODELS) and entry.all_clean(SheetRole.MODELS, *keys) for entry in entries)
    classes = ledger.models_known(unit, SheetRole.REVIEWS, _REVIEW, ledger.past)
    return not_met if lists and classes else UNKNOWN


def is_high(entry: LedgerEntry, review: Row) -> bool:
    """Whether the class of a review is known, and high."""
    return entry.clean(review, "xep_loai") and entry.says(review, "xep_loai", LabelRole.HIGH)


def _surely_high(ledger: Ledger, unit: Unit, entry: LedgerEntry, review: Row) -> bool:
    """Whether the latest review says high and no other that cannot be placed may be later and say less."""
    model = code_key(review.text("ma_mo_hinh"))
    if not is_high(entry, review):
        return False
    if ledger.models_known(unit, SheetRole.REVIEWS, _REVIEWED, ledger.past):
        return True
    return not any(
        _may_overturn(ledger, other, row, model, review)
        for other, row in ledger.rows_on_models(unit, SheetRole.REVIEWS, ledger.past)
    )


def _may_overturn(ledger: Ledger, entry: LedgerEntry, row: Row, model: str, review: Row) -> bool:
    """Whether a review that cannot be placed (its code or day is stopped) may be a later one with a lower class."""
    code_known, day_known = entry.clean(row, "ma_mo_hinh"), entry.clean(row, "ngay_danh_gia")
    if (code_known and day_known) or (code_known and code_key(row.text("ma_mo_hinh")) != model):
        return False
    placed = day_known and entry.clean(row, "hinh_thuc") and row.text("hinh_thuc") != ""
    earlier = day_known and (row.day("ngay_danh_gia") or date.min) < (review.day("ngay_danh_gia") or date.max)
    earlier = earlier or (placed and review_rank(ledger.plan, row) < review_rank(ledger.plan, review))
    return not earlier and not is_high(entry, row)
