"""What need not be said again: ``mac_dinh`` of a file, day and basis of the entry around, named sets of unit kinds.

A field that an entry must have and does not name is taken, in this order, from the entry around it (``tu_ngay`` and
``can_cu`` only) and from ``mac_dinh`` at the head of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import BaseModel

from dvk_reports.plan.book.mistakes import Told, meant
from dvk_reports.plan.book.references import holds_kinds, names_kinds
from dvk_reports.plan.book.shape import AROUND, entries_in, fields_of
from dvk_reports.plan.book.tree import Map, Place, Seq

DEFAULTS = "mac_dinh"

Known = Mapping[str, tuple[Any, Place]]
"""Name of a field -> value that is taken where it is not said, and where that stands."""


def taken_defaults(tree: Map, model: type[BaseModel], told: list[Told]) -> Known:
    """Take ``mac_dinh`` out of the tree of a file; a name that no entry of the file must have is a mistake."""
    if DEFAULTS not in tree:
        return {}
    place = tree.places.pop(DEFAULTS)
    found = tree.pop(DEFAULTS)
    if not isinstance(found, Map):
        told.append(Told(place, f"{DEFAULTS} phải ghi dạng {DEFAULTS}: {{tên mục: giá trị}}."))
        return {}
    names = _required(model)
    for name in [name for name in found if name not in names]:
        told.append(Told(found.places[name], f"không có mục bắt buộc nào tên là “{name}”.{meant(str(name), names)}"))
    return {name: (value, found.places[name]) for name, value in found.items()}


def _required(model: type[BaseModel], seen: frozenset[type[BaseModel]] = frozenset()) -> set[str]:
    """Every name that some entry of a file must have."""
    if model in seen:
        return set()
    fields = fields_of(model)
    found = {name for name, field in fields.items() if field.required} if seen else set()
    for field in fields.values():
        for inner in field.models:
            found |= _required(inner, seen | {model})
    return found


def fill(tree: Map, model: type[BaseModel], known: Known) -> None:
    """Give every entry of a tree what it must have, does not say, and is known from around it or from the file."""
    for entry, inner in entries_in(tree, model):
        for name, field in fields_of(inner).items():
            if field.required and name in known and name not in entry:
                value, place = known[name]
                entry.put(name, deepcopy(value), place)
        around = {name: (entry[name], entry.places[name]) for name in AROUND if name in entry}
        fill(entry, inner, {**known, **around})


def spell_out_sets(tree: Map, model: type[BaseModel], sets: Mapping[str, list[str]]) -> None:
    """In every list of unit kinds the name of a set becomes its kinds."""
    if not holds_kinds(model):
        return
    for name, value in tree.items():
        if isinstance(value, Seq) and names_kinds(model, name):
            tree[name] = _spelt(value, sets)
    for entry, inner in entries_in(tree, model):
        spell_out_sets(entry, inner, sets)


def _spelt(kinds: Seq, sets: Mapping[str, list[str]]) -> Seq:
    found = Seq()
    for item, place in zip(kinds, kinds.places, strict=True):
        for kind in sets.get(item, [item]) if isinstance(item, str) else [item]:
            if kind not in found:
                found.add(kind, place)
    return found


def named_sets(tree: Map) -> Mapping[str, list[str]]:
    """Name of a set of unit kinds -> its kinds, from the tree of ``plan.yaml``."""
    found = tree.get("tap_don_vi")
    return {name: list(kinds) for name, kinds in found.items() if isinstance(kinds, list)} if found else {}
