"""A plan that takes over another (``ke_thua``): what it does not name stays, what it names is replaced by key.

- An entry of a list is known by its key (``ma``, ``khoa``, ``thong_bao`` …; the ``KEY`` of its model). A named entry is
  merged deep: what it does not name stays.
- Where an entry says ``tu_ngay`` and the base has none of that key from that day, it is a new version from that day on:
  it takes over what it does not name from the version before it, save ``den_ngay``.
- A list of plain words, or of entries without a key, is replaced whole.
- ``bo: {list: [key, …]}`` removes entries first, ``bo: {name: tat_ca}`` all that is under a name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from pydantic import BaseModel

from dvk_reports.plan.book.mistakes import Told, meant
from dvk_reports.plan.book.shape import Models, dated, fields_of, key_of, keyed, model_of, required_of
from dvk_reports.plan.book.tree import Map, Place, Seq

REMOVE, ALL = "bo", "tat_ca"
_FROM, _UNTIL = "tu_ngay", "den_ngay"


def merged(base: Map, own: Map, model: type[BaseModel], told: list[Told], given: Collection[str] = ()) -> Map:
    """``base`` with what ``own`` says of it; mistakes are put into ``told``.

    ``given``: names that a new entry need not say, because the file has them in ``mac_dinh``.
    """
    found = Map(base.items(), base.places)
    if REMOVE in own:
        _remove(found, own[REMOVE], own.places[REMOVE], model, told)
    fields = fields_of(model)
    for key, value in own.items():
        if key == REMOVE:
            continue
        field = fields.get(key)
        place = own.places[key]
        if key not in found or field is None or type(found[key]) is not type(value):
            found.put(key, value, place)
        elif field.holds == "entry":
            inner = model_of(field.models, value)
            found.put(key, merged(found[key], value, inner, told, given) if inner else value, found.places[key])
        elif field.holds == "list":
            found.put(key, _merged_list(found[key], value, field.models, told, given), found.places[key])
        elif isinstance(value, Map):
            found.put(key, _merged_map(found[key], value, field.models, told, given), found.places[key])
        else:
            found.put(key, value, place)
    return found


def _merged_map(base: Map, own: Map, models: Models, told: list[Told], given: Collection[str]) -> Map:
    """A mapping of names to entries, or to plain values."""
    found = Map(base.items(), base.places)
    for name, value in own.items():
        inner = model_of(models, value) if models and isinstance(value, Map) else None
        if inner is not None and isinstance(found.get(name), Map):
            value = merged(found[name], value, inner, told, given)
        found.put(name, value, own.places[name])
    return found


def _merged_list(base: Seq, own: Seq, models: Models, told: list[Told], given: Collection[str]) -> Seq:
    if not all(keyed(model) for model in models) or not all(isinstance(item, Map) for item in own):
        return own
    found = Seq(base, base.places)
    for item, place in zip(own, own.places, strict=True):
        model = model_of(models, item)
        if model is None:  # no rule of that name: it is told when the entry is read
            found.add(item, place)
            continue
        same = [at for at, other in enumerate(found) if _same(other, item, key_of(model))]
        exact = [at for at in same if _begins(found[at]) == _begins(item)] if dated(model) and _FROM in item else same
        if len(exact) == 1:
            at = exact[0]
            found[at] = merged(_as_map(found[at], model, found.places[at]), item, model, told, given)
        elif exact:
            days = ", ".join(f"{day:%Y-%m-%d}" for at in exact if isinstance(day := _begins(found[at]), date))
            told.append(Told(place, f"kế hoạch được kế thừa có nhiều bản của mục này (từ {days}): ghi thêm tu_ngay."))
        elif same:
            _add_version(found, same, item, place, model, told)
        elif lacking := [name for name in required_of(model) if name not in (*item, *given)]:
            told.append(Told(place, _not_there(item, model, lacking, _first_keys(base, models))))
        else:
            found.add(item, place)
    return found


def _not_there(item: Map, model: type[BaseModel], lacking: list[str], known: list[str]) -> str:
    key = ", ".join(str(item.get(name, "…")) for name in key_of(model)) or f"{item.get(_FROM, '…')}"
    return f"kế hoạch được kế thừa không có “{key}”, còn mục mới thì thiếu {', '.join(lacking)}.{meant(key, known)}"


def _add_version(
    found: Seq, same: list[int], item: Map, place: Place, model: type[BaseModel], told: list[Told]
) -> None:
    """A new version of an entry, put behind the one that it follows and made of what that one says."""
    day = item[_FROM]
    begins = {at: _day(_begins(found[at])) for at in same}
    before = [at for at in same if begins[at] <= _day(day)]
    at = max(before, key=lambda at: begins[at]) if before else same[0]
    follows = deepcopy(_as_map(found[at], model, found.places[at]))
    follows.pop(_UNTIL, None)
    found.insert(at + 1, merged(follows, item, model, told))
    found.places.insert(at + 1, place)


def _day(value: object) -> date:
    """A first day; what is no day (or none) is before every day."""
    return value if isinstance(value, date) else date.min


def _begins(entry: Any) -> object:
    return entry.get(_FROM) if isinstance(entry, Map) else None


def _same(entry: Any, named: Mapping[Any, Any], key: tuple[str, ...]) -> bool:
    """Whether ``entry`` has the key of ``named``; a plain word is an entry that says its key alone."""
    if isinstance(entry, Map):
        return all(entry.get(name) == named.get(name) for name in key)
    return len(key) == 1 and entry == named.get(key[0])


def _as_map(entry: Any, model: type[BaseModel], place: Place) -> Map:
    if isinstance(entry, Map):
        return entry
    name = key_of(model)[0]
    return Map([(name, entry)], {name: place})


# --- bo -----------------------------------------------------------------------------------------------------------


def _remove(found: Map, removed: Any, place: Place, model: type[BaseModel], told: list[Told]) -> None:
    if not isinstance(removed, Map):
        told.append(Told(place, "bo phải ghi dạng bo: {tên danh sách: [khóa, …]}."))
        return
    for name, keys in removed.items():
        here = removed.places[name]
        if name not in found:
            told.append(Told(here, f"không có mục “{name}” để bỏ.{meant(str(name), found)}"))
        elif keys == ALL:
            del found[name], found.places[name]
        elif not isinstance(keys, Seq):
            told.append(Told(here, f"ghi các khóa cần bỏ trong dấu [ ], hoặc ghi {ALL}."))
        elif isinstance(found[name], Map):
            found.put(name, _without_names(found[name], keys, told), found.places[name])
        elif isinstance(found[name], Seq):
            field = fields_of(model).get(name)
            found.put(name, _without(found[name], keys, field.models if field else (), told), found.places[name])
        else:
            told.append(Told(here, f"mục “{name}” không phải là danh sách: ghi {ALL} để bỏ cả mục."))


def _without_names(base: Map, keys: Seq, told: list[Told]) -> Map:
    for key, place in zip(keys, keys.places, strict=True):
        if key not in base:
            told.append(Told(place, f"không có “{key}” để bỏ.{meant(str(key), base)}"))
    return Map(((name, value) for name, value in base.items() if name not in keys), base.places)


def _without(base: Seq, keys: Seq, models: Models, told: list[Told]) -> Seq:
    """A list without the entries that ``keys`` name: by their first key, or by a mapping of what they must say."""
    gone: set[int] = set()
    for key, place in zip(keys, keys.places, strict=True):
        hits = [at for at, entry in enumerate(base) if _named(entry, key, models)]
        if not hits:
            told.append(Told(place, f"không có “{_said(key)}” để bỏ.{meant(_said(key), _first_keys(base, models))}"))
        gone.update(hits)
    kept = [at for at in range(len(base)) if at not in gone]
    return Seq((base[at] for at in kept), (base.places[at] for at in kept))


def _named(entry: Any, key: Any, models: Models) -> bool:
    if isinstance(key, Map):
        return isinstance(entry, Map) and all(entry.get(name) == value for name, value in key.items())
    return bool(_first_key(entry, models) == key)


def _first_key(entry: Any, models: Models) -> Any:
    if not isinstance(entry, Map):
        return entry
    model = model_of(models, entry) if models else None
    names = (*key_of(model), _FROM) if model is not None else ()
    return entry.get(names[0]) if names else None


def _first_keys(base: Seq, models: Models) -> list[str]:
    return [str(key) for entry in base if (key := _first_key(entry, models)) is not None]


def _said(key: Any) -> str:
    return ", ".join(f"{name}: {value}" for name, value in key.items()) if isinstance(key, Map) else str(key)
