"""A mistake in the rule book as one sentence: file, line, entry and the nearest right spelling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.shape import fields_of
from dvk_reports.plan.book.tree import Map, Place, Seq
from dvk_reports.vietnamese.text import unaccented


class Told(NamedTuple):
    """One mistake: where it stands, and what is wrong."""

    place: Place
    text: str
    entry: str = ""
    """Path to it in the file, in its own words: ``bieu → B1 → ten``."""

    def __str__(self) -> str:
        entry = f", mục {self.entry}" if self.entry else ""
        return f"{self.place}{entry}: {self.text}"


def all_of(told: Iterable[Told]) -> PlanError:
    """Every mistake, once, in the order of files and lines."""
    lines = dict.fromkeys(sorted((item.place, str(item)) for item in told))
    return PlanError("\n".join(line for _, line in lines))


_KINDS = {
    "missing": "thiếu mục này",
    "extra_forbidden": "mục này không có trong quy định",
    "string_type": "phải là chữ (đặt trong dấu ngoặc kép)",
    "int_type": "phải là số nguyên",
    "float_type": "phải là số",
    "bool_type": "phải là true hoặc false",
    "date_type": "phải là ngày dạng 2023-10-01",
    "list_type": "phải là một danh sách",
    "dict_type": "phải là một mục có các khóa bên trong",
    "model_type": "phải là một mục có các khóa bên trong",
    "literal_error": "giá trị không nằm trong các giá trị cho phép",
    "enum": "vai này không có",
    "union_tag_invalid": "loại luật không có",
    "union_tag_not_found": "thiếu mục loai",
    "string_pattern_mismatch": "viết không đúng dạng",
    "greater_than_equal": "nhỏ hơn mức cho phép",
    "less_than_equal": "lớn hơn mức cho phép",
    "too_short": "danh sách không được trống",
    "too_long": "danh sách quá dài",
    "string_too_long": "quá dài (ô nhắc trong Excel chứa tối đa 255 ký tự)",
}


def sentence(file: str, tree: Any, model: type[BaseModel], item: Any) -> Told:
    """One English pydantic error as a Vietnamese sentence with its place."""
    loc = list(item["loc"])
    place, path = located(file, tree, loc)
    said = item["msg"].removeprefix("Value error, ")
    what = said if item["type"] == "value_error" else _KINDS.get(item["type"], f"không hợp lệ ({said})")
    hint = ""
    if item["type"] == "extra_forbidden":
        hint = meant(str(loc[-1]), _allowed(model, loc[:-1]))
    elif item["type"] in ("literal_error", "enum"):
        hint = meant(str(item["input"]), _quoted(str(item["ctx"].get("expected", ""))))
    elif item["type"] == "union_tag_invalid":
        hint = meant(str(item["ctx"]["tag"]), _quoted(str(item["ctx"]["expected_tags"])))
    return Told(place, f"{what}.{hint}", path or "đầu tệp")


def _quoted(text: str) -> list[str]:
    return [part.strip(" '") for part in text.replace(" or ", ", ").split(",")]


def meant(word: str, choices: Iterable[str]) -> str:
    """ " Có phải là “…”?" for the choice nearest to ``word``; "" where none is near."""
    known = [str(choice) for choice in choices]
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if not close:
        bare = {unaccented(choice).lower(): choice for choice in known}
        close = [bare[name] for name in difflib.get_close_matches(unaccented(word).lower(), bare, n=1, cutoff=0.5)]
    return f" Có phải là “{close[0]}”?" if close else ""


def _allowed(model: type[BaseModel], loc: Sequence[Any]) -> set[str]:
    """Every key that may stand at ``loc``: walks the models, taking all arms of a union."""
    models: list[type[BaseModel]] = [model]
    for step in loc:
        if not isinstance(step, str):
            continue
        found = [inner for m in models if step in m.model_fields for inner in fields_of(m)[step].models]
        tagged = [m for m in models if step in str(m.model_fields.get("loai", ""))]
        models = found or tagged or models
    return {key for m in models for key in m.model_fields}


def located(file: str, tree: Any, loc: Sequence[Any]) -> tuple[Place, str]:
    """Place and readable path of a location in a tree, without steps that only pydantic knows (arms of a union)."""
    node, place, path = tree, Place(file, 1), []
    for step in loc:
        if (isinstance(node, Map) and step in node) or (
            isinstance(node, Seq) and isinstance(step, int) and step < len(node)
        ):
            place = node.places[step]
        else:
            # The key that is missing or too much; anything else is a name that pydantic gives an arm of a union.
            if step == loc[-1] and isinstance(node, Map) and isinstance(step, str):
                path.append(step)
            continue
        node = node[step]
        path.append((_label(node) if isinstance(step, int) else "") or str(step))
    return place, " → ".join(path)


def _label(node: Any) -> str:
    if not isinstance(node, Mapping):
        return ""
    names = ("thong_bao", "ma", "khoa", "loai", "ky", "ten", "phien_ban")
    return str(next((node[key] for key in names if node.get(key)), ""))
