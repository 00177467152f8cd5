"""What a plan removes of the one that it takes over goes with the lines that name it.

A task that is removed is no longer named as the place of a figure, nor a column as one that stops a figure, nor a kind
of unit in a list of kinds. Only lines of lists go, and only those taken over: what else still names it is a mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from dvk_reports.plan.book.references import Ref, Spot, spots_of
from dvk_reports.plan.book.shape import entries_in
from dvk_reports.plan.book.sources import HEADER
from dvk_reports.plan.book.tree import Map, Place, Seq

Trees = Mapping[str, Map]
Names = set[tuple[Ref, str]]


def names_in(trees: Trees) -> Names:
    """Everything in the trees of a plan that may be removed and is named elsewhere."""
    found = {(ref, name) for ref, path in _LISTS.items() for name in _keys(trees, *path)}
    for sheet in _entries(trees, "forms.yaml", "bieu"):
        for field in sheet.get("truong", ()):
            if isinstance(field, Map):
                found.add((Ref.CELL, f"{sheet.get('ma')}.{field.get('khoa')}"))
    return found


_LISTS: Mapping[Ref, tuple[str, ...]] = {
    Ref.KIND: (HEADER, "loai_don_vi"),
    Ref.TASK: (HEADER, "nhiem_vu"),
    Ref.ROUND: ("awards.yaml", "dot"),
    Ref.PART: ("documents.yaml", "bao_cao", "phan"),
}
"""What is named -> file and path of the list whose entries have that name as ``ma``."""


def _keys(trees: Trees, file: str, *path: str) -> Iterator[str]:
    for entry in _entries(trees, file, *path):
        if isinstance(entry.get("ma"), str):
            yield entry["ma"]


def _entries(trees: Trees, file: str, *path: str) -> Iterator[Map]:
    node: Any = trees.get(file)
    for step in path:
        node = node.get(step) if isinstance(node, Map) else None
    yield from (entry for entry in node if isinstance(entry, Map)) if isinstance(node, Seq) else ()


def let_go(tree: Map, model: type[BaseModel], gone: Names, own: Collection[str]) -> None:
    """Leave out every line of a list that names what is gone, save those of the plan's own files."""
    spots = spots_of(model)
    models = {id(entry): inner for entry, inner in entries_in(tree, model)}
    for name, value in tree.items():
        inside = spots[name].inside if name in spots else None
        if isinstance(value, Seq):
            tree[name] = _kept(value, inside, models, gone, own)
        elif isinstance(value, Map) and inside is not None and inside.inside is not None:
            for key, line in value.items():
                value[key] = _kept(line, inside.inside, models, gone, own) if isinstance(line, Seq) else line
    for entry, inner in entries_in(tree, model):
        let_go(entry, inner, gone, own)


def _kept(
    lines: Seq, inside: Spot | None, models: Mapping[int, type[BaseModel]], gone: Names, own: Collection[str]
) -> Seq:
    refs = inside.refs if inside is not None else ()
    kept = [
        (item, place)
        for item, place in zip(lines, lines.places, strict=True)
        if _said(item, place, own) or not _names_gone(item, refs, models.get(id(item)), gone)
    ]
    if len(kept) == len(lines):
        return lines
    return Seq((item for item, _ in kept), (place for _, place in kept))


def _said(item: Any, place: Place, own: Collection[str]) -> bool:
    """Whether the plan says a line itself, wholly or in part."""
    places = (place, *item.places.values()) if isinstance(item, Map) else (place,)
    return any(at.file in own for at in places)


def _names_gone(item: Any, refs: tuple[Ref, ...], model: type[BaseModel] | None, gone: Names) -> bool:
    """Whether a word, or an entry itself and not one inside it, names what is gone."""
    if isinstance(item, str):
        return any((ref, item) in gone for ref in refs)
    if model is None or not isinstance(item, Map):
        return False
    named = ((ref, item.get(name)) for name, spot in spots_of(model).items() for ref in spot.refs)
    return any(name in gone for name in named if isinstance(name[1], str))
