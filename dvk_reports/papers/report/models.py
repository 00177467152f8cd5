"""The models that a report names: which ones (a dated rule of the plan), and in which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import Any

from dvk_reports.model.running import RunningModel
from dvk_reports.model.shelf import in_order, shelved
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.filling import Said, Word, filled
from dvk_reports.papers.report.naming import called
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.report_parts import ModelStep, NamedModels
from dvk_reports.plan.book.sentences import Slot, Use, parsed
from dvk_reports.vietnamese.numbers import show_count, show_number
from dvk_reports.vietnamese.text import lower_first

_FIELDS = "linh_vuc"
"""The list of the fields of work."""
_STEPS: Mapping[ModelStep, Callable[[RunningModel], Any]] = {
    "danh_gia_trong_ky": lambda model: not (model.review is not None and model.review.in_period),
    "noi_danh_gia": lambda model: -(model.review.reviewer if model.review is not None else -1),
    "so_luot_nhan_rong": lambda model: -model.replications,
    "da_cong_nhan": lambda model: not model.recognised,
    "so_ho": lambda model: -(model.households or Decimal(0)),
    "thu_tu_danh_muc": lambda model: 0,
}
"""Step of the rule -> what is weighed: the smallest comes first, the order of the register among equals."""


def named_models(basis: Basis, part: str) -> list[Said]:
    """The sentences on the models that are named, field by field; nothing where the plan has no rule for it."""
    rule = _rule(basis)
    if rule is None or rule.phan != part or not basis.data.models:
        return []
    found: list[Said] = []
    chosen = _chosen(basis, rule)
    for models in chosen.values():
        texts = []
        for place, model in enumerate(models):
            sentence = rule.them if place else rule.sau if found else rule.dau
            texts.append(_text(basis, rule, sentence, model))
        if texts:
            found.append(Said(" ".join(texts), named=1))
    without = [lower_first(field) for field, models in chosen.items() if not models]
    # Where no review is known at all nothing is known of their effect either.
    if without and any(model.review is not None for model in basis.data.models):
        found.append(Said(_text(basis, rule, rule.khong_co, field=", ".join(without))))
    return found


def ineffective_models(basis: Basis) -> str:
    """The running models that the last review of the period calls ineffective; "" where they are none or too many."""
    rule = _rule(basis)
    if rule is None:
        return ""
    found = (item for item in basis.data.models if item.review and item.review.ineffective and item.review.in_period)
    models = list(islice(found, basis.spec.neu_ten_toi_da + 1))
    if not models or len(models) > basis.spec.neu_ten_toi_da:
        return ""
    return "; ".join(_text(basis, rule, rule.chua_hieu_qua, model) for model in models)


def _rule(basis: Basis) -> NamedModels | None:
    rules = [entry for entry in basis.spec.dien_hinh if entry.tu_ngay <= basis.data.as_of]
    return in_force("dien_hinh", rules, basis.data.as_of) if rules else None


def _chosen(basis: Basis, rule: NamedModels) -> dict[str, list[RunningModel]]:
    """Field -> the models that are named of it, in the order of the rule."""
    doubted = {(item.file, item.sheet, item.cell) for item in basis.data.findings if item.cell and not item.answer}
    able = (
        (tuple(_STEPS[step](model) for step in rule.thu_tu), place, model.field, model.unit)
        for place, model in enumerate(basis.data.models)
        if _may_be_named(model) and doubted.isdisjoint(model.cells)
    )
    ordered = shelved(in_order(able, itemgetter(0)))
    units: dict[str, int] = {}
    fields = basis.plan.on(basis.period.last_day).labels(_FIELDS)
    found: dict[str, list[RunningModel]] = {field: [] for field in fields}
    for field in fields:
        for _, place, of, unit in ordered:
            if len(found[field]) >= basis.length.mo_hinh_moi_linh_vuc:
                break
            if of != field or units.get(unit, 0) >= rule.toi_da_moi_don_vi:
                continue
            found[field].append(basis.data.models[place])
            units[unit] = units.get(unit, 0) + 1
    return found


def _may_be_named(model: RunningModel) -> bool:
    return model.clean and model.name != "" and not model.elsewhere and model.review is not None and model.review.high


def _text(basis: Basis, rule: NamedModels, sentence: str, model: RunningModel | None = None, field: str = "") -> str:
    def find(use: Use, optional: bool) -> Word | None:
        if use.slot is Slot.FIELD:
            return Word(lower_first(model.field) if model is not None else field)
        text = _WORDS[use.slot](basis, rule, model) if model is not None else ""
        return Word(text) if text else None

    word = filled(parsed(sentence), find)
    return word.text if word is not None else ""


def _name(basis: Basis, rule: NamedModels, model: RunningModel) -> str:
    """Without quotation marks of its own: it is put between them."""
    return model.name.strip(" .“”\"'")


def _place(basis: Basis, rule: NamedModels, model: RunningModel) -> str:
    """The unit, unless the name says it, with or without the words before its proper name."""
    name = basis.name_of(model.unit)
    proper = next((name.removeprefix(head.dau) for head in basis.spec.goi_don_vi if name.startswith(head.dau)), name)
    unit = called(basis, model.unit)
    return "" if _says(basis, model.name, unit) or (" " in proper and _says(basis, model.name, proper)) else unit


def _carried(basis: Basis, rule: NamedModels, model: RunningModel) -> str:
    """Who carries it, unless the name or the unit says so."""
    who = model.carried_by.strip(" .")
    said = _says(basis, model.name, who) or _says(basis, basis.name_of(model.unit), who)
    return "" if said else who


def _says(basis: Basis, text: str, name: str) -> bool:
    """Whether a text has a name in it, however either is abbreviated."""
    read = basis.register.spellings.readings
    return any(reading and reading in whole for reading in read(name) for whole in read(text))


def _result(basis: Basis, rule: NamedModels, model: RunningModel) -> str:
    """What people gave and what was built; without any amount the first clause of what the unit wrote."""
    review = model.review
    if review is None:
        return ""
    given = dict(review.amounts)
    amounts = [text.replace("{so}", show_number(given[key])) for key, text in rule.so_lieu.items() if key in given]
    amounts = amounts[: rule.so_lieu_toi_da]
    return f"{rule.dau_so_lieu}{', '.join(amounts)}" if amounts else first_clause(review.result)


def first_clause(text: str) -> str:
    """A text up to its first full stop, semicolon or new line, as it goes on inside a sentence."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    for mark in (". ", ";"):
        line = line.partition(mark)[0]
    return lower_first(line.strip(" .,-–“”"))


def _replications(basis: Basis, rule: NamedModels, model: RunningModel) -> str:
    return show_count(model.replications) if model.replications else ""


_WORDS: Mapping[Slot, Callable[[Basis, NamedModels, RunningModel], str]] = {
    Slot.MODEL: _name,
    Slot.MODEL_PLACE: _place,
    Slot.CARRIED_BY: _carried,
    Slot.RESULT: _result,
    Slot.REPLICATIONS: _replications,
}
