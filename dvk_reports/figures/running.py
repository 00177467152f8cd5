"""The models that are running at the end of a period, each with its last review, for lists and for papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvk_reports.figures.contributions import named_here
from dvk_reports.figures.entry import LedgerEntry
from dvk_reports.figures.ledger import Ledger
from dvk_reports.figures.named.coverage import active_models
from dvk_reports.figures.named.replications import replications_of
from dvk_reports.model.running import Review, RunningModel
from dvk_reports.model.shelf import shelved
from dvk_reports.model.values import Row
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.lookups import code_key, review_rank
from dvk_reports.plan.register.register import Unit

_OF_MODEL = ("ten", "linh_vuc", "ma_thon", "chu_the", "trung_phong_trao")
AMOUNTS = ("m2_dat", "ngay_cong", "tien_xhh", "km_duong")
"""Columns of a review that say what people gave and what was built."""
_OF_REVIEW = ("xep_loai", "ket_qua", *AMOUNTS)


def running_models(ledger: Ledger) -> Sequence[RunningModel]:
    """Every model in force at the end of the period, in the order of the register and of the units' lists."""
    return shelved((model for unit in ledger.units() for model in _of_unit(ledger, unit)), times=4)


def _of_unit(ledger: Ledger, unit: Unit) -> Iterator[RunningModel]:
    entries = ledger.entries(unit, ledger.last) or ()
    rows = [item for item in active_models(ledger, entries) if item[0].clean(item[1], "ma_mo_hinh", "trang_thai")]
    if not rows:
        return
    reviews = ledger.latest_reviews(unit)
    taken_up = replications_of(ledger, unit)
    recognised = {
        code_key(row.text("ma_mo_hinh"))
        for entry, row in ledger.rows_on_models(unit, SheetRole.RECOGNITIONS, ledger.past)
        if entry.clean(row, "ma_mo_hinh", "ket_qua")
    }
    every = len(ledger.register.hamlets_of(unit.code, ledger.last_day))
    for entry, row in rows:
        key = code_key(row.text("ma_mo_hinh"))
        last = reviews.get(key)
        named, _ = ledger.register.resolve_hamlets(unit.code, row.text("ma_thon"), ledger.last_day)
        yield RunningModel(
            unit=unit.code,
            code=row.text("ma_mo_hinh"),
            name=row.text("ten"),
            field=row.text("linh_vuc"),
            hamlets=tuple(hamlet.name for hamlet in named),
            every_hamlet=len(named) == every > 1,
            carried_by=row.text("chu_the"),
            households=row.number_of("so_ho"),
            elsewhere=row.text("trung_phong_trao"),
            clean=entry.clean(row, *_OF_MODEL) and (last is None or last[0].clean(last[1], *_OF_REVIEW)),
            review=_review(ledger, *last) if last is not None else None,
            replications=taken_up.get(key, 0),
            recognised=key in recognised,
            cells=(
                *_cells(ledger, entry, row, _OF_MODEL),
                *(_cells(ledger, *last, _OF_REVIEW) if last is not None else ()),
            ),
        )


def _review(ledger: Ledger, entry: LedgerEntry, row: Row) -> Review | None:
    day = row.day("ngay_danh_gia")
    if day is None or not entry.clean(row, "xep_loai"):
        return None
    amounts = ((key, row.number_of(key)) for key in AMOUNTS)
    return Review(
        day=day,
        in_period=entry.quarter in ledger.period.quarters,
        reviewer=review_rank(ledger.plan, row)[1],
        grade=row.text("xep_loai"),
        high=entry.says(row, "xep_loai", LabelRole.HIGH),
        ineffective=entry.says(row, "xep_loai", LabelRole.INEFFECTIVE),
        result=row.text("ket_qua"),
        amounts=tuple((key, amount) for key, amount in amounts if amount),
    )


def _cells(ledger: Ledger, entry: LedgerEntry, row: Row, keys: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    file, named = None, ""
    for key in keys:
        if key in row.values:
            at = row.at(key)
            if at.file != file:
                file, named = at.file, named_here(ledger, entry, at.file)
            yield named, row.sheet, at.a1
