"""Fields that name something else of the plan: each says by its type what it names, so that every name is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from dvk_reports.plan.book.shape import fields_of

Path = tuple[Any, ...]


class Ref(StrEnum):
    """What a name names, in the words of a mistake."""

    SHEET = "biểu"
    CELL = "ô"
    LIST = "danh sách"
    KIND = "loại đơn vị"
    ROUND = "đợt xét"
    AWARD = "hình thức khen"
    CLASS = "phân loại khen"
    GRADE = "xếp loại"
    LAYOUT = "thể thức"
    TEMPLATE = "mẫu Word"
    ISSUER = "cơ quan ban hành"
    PART = "phần báo cáo"
    ANNEX = "phụ lục báo cáo"
    TASK = "nhiệm vụ"
    FRAME = "khung câu"
    COMPUTED = "hàm tính"
    FILTER = "hàm lọc dòng"
    CODE = "mã lỗi"


SheetName = Annotated[str, Ref.SHEET]
CellName = Annotated[str, Ref.CELL]
"""``B1.so_ke_hoach``: sheet and column."""
ListName = Annotated[str, Ref.LIST]
KindName = Annotated[str, Ref.KIND]
"""A kind of unit; in a list of them a named set stands for its kinds."""
RoundName = Annotated[str, Ref.ROUND]
AwardForm = Annotated[str, Ref.AWARD]
AwardClass = Annotated[str, Ref.CLASS]
Grade = Annotated[str, Ref.GRADE]
LayoutName = Annotated[str, Ref.LAYOUT]
TemplateName = Annotated[str, Ref.TEMPLATE]
IssuerName = Annotated[str, Ref.ISSUER]
PartName = Annotated[str, Ref.PART]
"""A part of the report."""
AnnexName = Annotated[str, Ref.ANNEX]
"""An annex of the report."""
TaskCode = Annotated[str, Ref.TASK]
FrameName = Annotated[str, Ref.FRAME]
"""The frame that sentences of figures are put into."""
FunctionName = Annotated[str, Ref.COMPUTED]
FilterName = Annotated[str, Ref.FILTER]
CheckCode = Annotated[str, Ref.CODE]


@dataclass(frozen=True)
class Spot:
    """Where names may stand in the value of a field."""

    refs: tuple[Ref, ...] = ()
    """What a word that stands here names."""
    literals: tuple[str, ...] = ()
    """Words that name nothing."""
    inside: Spot | None = None
    """The same of the items of a list, or the values of a mapping."""
    keys: tuple[Ref, ...] = ()
    """What the keys of a mapping name."""

    @property
    def empty(self) -> bool:
        return not self.refs and not self.keys and self.inside is None


@cache
def spots_of(model: type[BaseModel]) -> Mapping[str, Spot]:
    """Field -> where names may stand in it; fields that hold neither names nor entries are left out."""
    found = {name: (_spot(field.hint), field.models) for name, field in fields_of(model).items()}
    return {name: spot for name, (spot, models) in found.items() if models or not spot.empty}


def _spot(hint: Any) -> Spot:
    if get_origin(hint) is Annotated:
        plain, *marks = get_args(hint)
        inner = _spot(plain)
        return replace(inner, refs=(*inner.refs, *(mark for mark in marks if isinstance(mark, Ref))))
    if get_origin(hint) in (Union, UnionType):
        arms = [_spot(arm) for arm in get_args(hint)]
        inside = next((arm.inside for arm in arms if arm.inside is not None), None)
        return Spot(
            tuple(ref for arm in arms for ref in arm.refs), tuple(word for arm in arms for word in arm.literals), inside
        )
    if get_origin(hint) is Literal:
        return Spot(literals=tuple(word for word in get_args(hint) if isinstance(word, str)))
    if get_origin(hint) in (list, dict):
        *keys, items = (_spot(part) for part in get_args(hint))
        return Spot(inside=None if items.empty else items, keys=keys[0].refs if keys else ())
    return Spot()


def names_kinds(model: type[BaseModel], field: str) -> bool:
    """Whether a field is a list of unit kinds."""
    spot = spots_of(model).get(field)
    return spot is not None and spot.inside is not None and Ref.KIND in spot.inside.refs


@cache
def holds_kinds(model: type[BaseModel]) -> bool:
    """Whether an entry, or one inside it, has a list of unit kinds."""
    fields = fields_of(model)
    return any(names_kinds(model, name) for name in fields) or any(
        holds_kinds(inner) for field in fields.values() for inner in field.models
    )


def named_in(entry: BaseModel, path: Path = ()) -> Iterator[tuple[Path, Ref, str]]:
    """(where it stands, what it names, the word) of every name in an entry and in the entries inside it."""
    for name, spot in spots_of(type(entry)).items():
        yield from _named(getattr(entry, name), spot, (*path, name))


def _named(value: Any, spot: Spot, path: Path) -> Iterator[tuple[Path, Ref, str]]:
    if isinstance(value, BaseModel):
        yield from named_in(value, path)
    elif isinstance(value, str):
        if value and value not in spot.literals:
            yield from ((path, ref, value) for ref in spot.refs)
    elif isinstance(value, list | dict):
        inside = spot.inside or Spot()
        if isinstance(value, dict):
            yield from (((*path, key), ref, key) for key in value for ref in spot.keys)
        for key, item in enumerate(value) if isinstance(value, list) else value.items():
            yield from _named(item, inside, (*path, key))
