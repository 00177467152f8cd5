"""What the models say of a tree: what a field holds, which model an entry has, by which keys entries are told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from dvk_reports.plan.book.tree import Map, Seq

AROUND = ("tu_ngay", "can_cu")
"""What an entry may leave to the entry around it."""
Models = tuple[type[BaseModel], ...]


@dataclass(frozen=True)
class Field:
    """One field of a model: a single entry, a list or a mapping of entries, or none of these."""

    holds: Literal["entry", "list", "map", ""]
    models: Models
    """The models its entries may have."""
    required: bool
    hint: Any
    """Its annotation with everything that is annotated."""


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """Name -> what the field holds."""
    found = {}
    for name, info in model.model_fields.items():
        hint: Any = info.annotation
        if info.metadata:
            hint = Annotated[hint, *info.metadata]  # pydantic parts what is annotated to the whole field from its type
        found[name] = Field(*_held(hint), info.is_required(), hint)
    return found


def _held(hint: Any) -> tuple[Literal["entry", "list", "map", ""], Models]:
    models = tuple(dict.fromkeys(_models(hint)))
    if not models:
        return "", ()
    origins = {get_origin(arm) for arm in arms(hint)}
    return ("list" if list in origins else "map" if dict in origins else "entry"), models


def arms(hint: Any) -> Iterator[Any]:
    """The alternatives of an annotation, without what is only annotated to them."""
    if get_origin(hint) is Annotated:
        yield from arms(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for arm in get_args(hint):
            yield from arms(arm)
    else:
        yield hint


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    for arm in arms(hint):
        if isinstance(arm, type) and issubclass(arm, BaseModel):
            yield arm
        elif get_origin(arm) in (list, dict):
            for inner in get_args(arm):
                yield from _models(inner)


def model_of(models: Models, entry: Any) -> type[BaseModel] | None:
    """Which of the models an entry of a tree has: the only one, or the one whose ``loai`` it names."""
    if len(models) == 1:
        return models[0]
    word = entry.get("loai") if isinstance(entry, Mapping) else None
    return next((model for model in models if word in get_args(fields_of(model)["loai"].hint)), None)


def entries_in(tree: Map, model: type[BaseModel]) -> Iterator[tuple[Any, type[BaseModel]]]:
    """Every entry that stands directly in ``tree``, with its model; plain words in a list of entries are left out."""
    for name, field in fields_of(model).items():
        value = tree.get(name)
        if field.holds == "entry":
            found: list[Any] = [value]
        elif field.holds == "list":
            found = list(value) if isinstance(value, Seq) else []
        else:
            found = list(value.values()) if field.holds == "map" and isinstance(value, Map) else []
        for entry in found:
            inner = model_of(field.models, entry) if isinstance(entry, Map) else None
            if inner is not None:
                yield entry, inner


def key_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields by which entries of a list are told apart, without ``tu_ngay``."""
    return tuple(getattr(model, "KEY", ()))


def dated(model: type[BaseModel]) -> bool:
    """Whether entries of this kind begin on a day."""
    return "tu_ngay" in model.model_fields


def required_of(model: type[BaseModel]) -> list[str]:
    """The fields that an entry must say itself: day and basis may be those of the entry around it."""
    return [name for name, field in fields_of(model).items() if field.required and name not in AROUND]


def keyed(model: type[BaseModel]) -> bool:
    """Whether entries of a list of it can be told apart: by a key, or by the day from which each holds."""
    return bool(key_of(model)) or (dated(model) and fields_of(model)["tu_ngay"].required)
