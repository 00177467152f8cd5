"""What can still be judged of a file with mistakes: it is read without the entries that are wrong.

So a mistake in one entry does not hide that another names something that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError

from dvk_reports.plan.book.shape import Models, arms, fields_of, model_of
from dvk_reports.plan.book.tree import Map, Place, Seq

_ROUNDS = 4
_STAND_INS: Mapping[Any, Any] = {str: "?", list: [], dict: {}}
_A_QUARTER = "2000-Q1"


def without_mistakes(tree: Map, model: type[BaseModel], error: ValidationError) -> tuple[BaseModel | None, set[str]]:
    """The file without its wrong entries, or None; and every word of what was left out: no name is unknown for it."""
    words: set[str] = set()
    for _ in range(_ROUNDS):
        for spot in _wrong(tree, model, error):
            words |= {str(spot.key), *_words(spot.taken())}
            if not spot.removable:
                spot.put(_A_QUARTER if spot.rejected else deepcopy(_STAND_INS.get(spot.kind, "?")))
        try:
            return model.model_validate(tree), words
        except ValidationError as again:
            error = again
    return None, words


@dataclass(frozen=True)
class _Spot:
    """A place in a tree where something is wrong, or missing."""

    container: Map | Seq
    key: Any
    removable: bool
    """Nothing must stand here; else something is made up, without which nothing could be judged."""
    kind: Any = None
    rejected: bool = False
    """It has the right type, and says no such thing: a quarter, in every field that must be there."""

    def taken(self) -> Any:
        """Take out what stands here."""
        if isinstance(self.container, Seq):
            self.container.places.pop(self.key)
            return self.container.pop(self.key)
        self.container.places.pop(self.key, None)
        return self.container.pop(self.key, None)

    def put(self, value: Any) -> None:
        assert isinstance(self.container, Map)
        self.container.put(self.key, value, Place("", 1))


def _wrong(tree: Map, model: type[BaseModel], error: ValidationError) -> list[_Spot]:
    """Every smallest place that can be left out or made up, each once, the last item of a list first."""
    found: dict[tuple[int, Any], _Spot] = {}
    for item in error.errors(include_url=False, include_context=False):
        steps = list(_steps(tree, model, item["loc"], item["type"] == "value_error"))
        spot = next((step for step in reversed(steps) if step.removable), steps[-1] if steps else None)
        if spot is not None:
            found[id(spot.container), spot.key] = spot
    return sorted(found.values(), key=lambda spot: -spot.key if isinstance(spot.key, int) else 1)


def _steps(tree: Map, model: type[BaseModel], loc: tuple[Any, ...], rejected: bool) -> Iterator[_Spot]:
    """The places on the way to a location; steps that only pydantic knows (arms of a union) are none."""
    node: Any = tree
    models: Models = (model,)
    for step in loc:
        if isinstance(node, Map):
            inner = model_of(models, node) if models else None
            field = fields_of(inner).get(step) if inner is not None else None
            if step in node or field is not None:
                kind = next((get_origin(arm) or arm for arm in arms(field.hint)), None) if field is not None else None
                yield _Spot(node, step, field is None or not field.required, kind, rejected)
            if step not in node:
                continue
            models = field.models if field is not None else models
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            yield _Spot(node, step, True)
        else:
            continue
        node = node[step]


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield str(key)
            yield from _words(value)
    elif isinstance(node, list):
        for item in node:
            yield from _words(item)
    else:
        yield str(node)
