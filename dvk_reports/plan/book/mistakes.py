"""A mistake in the rule book as one sentence: file, line, entry and the nearest right spelling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from dvk_reports.errors import PlanError


def parsed(text: str, name: str) -> Any:
    """The tree of a YAML text with its line numbers; PlanError with file and line where it is no YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="rt").load(text)
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"dòng {mark.line + 1}" if mark else "một ngày hoặc giá trị viết sai"
        raise PlanError(f"{name}, {where}: không đọc được ({getattr(error, 'problem', None) or error}).") from error


_KINDS = {
    "missing": "thiếu mục này",
    "extra_forbidden": "mục này không có trong quy định",
    "string_type": "phải là chữ (đặt trong dấu ngoặc kép)",
    "int_type": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "date_type": "phải là ngày dạng 2023-10-01",
    "list_type": "phải là một danh sách",
    "literal_error": "giá trị không nằm trong các giá trị cho phép",
    "enum": "vai này không có",
    "union_tag_invalid": "loại luật không có",
    "string_pattern_mismatch": "viết không đúng dạng",
    "greater_than_equal": "nhỏ hơn mức cho phép",
    "too_short": "danh sách không được trống",
    "string_too_long": "quá dài (ô nhắc trong Excel chứa tối đa 255 ký tự)",
}


def sentence(name: str, tree: Any, model: type[BaseModel], item: Any) -> str:
    """One English pydantic error as a Vietnamese sentence with its line."""
    loc = list(item["loc"])
    line, path = _locate(tree, loc)
    what = _KINDS.get(item["type"], f"không hợp lệ ({item['msg']})")
    hint = ""
    if item["type"] == "extra_forbidden":
        hint = meant(str(loc[-1]), _allowed(model, loc[:-1]))
    elif item["type"] in ("literal_error", "enum"):
        hint = meant(str(item["input"]), _quoted(str(item["ctx"].get("expected", ""))))
    elif item["type"] == "union_tag_invalid":
        hint = meant(str(item["ctx"]["tag"]), _quoted(str(item["ctx"]["expected_tags"])))
    return f"{name}, dòng {line}, mục {path}: {what}.{hint}"


def _quoted(text: str) -> list[str]:
    return [part.strip(" '") for part in text.replace(" or ", ", ").split(",")]


def meant(word: str, choices: Iterable[str]) -> str:
    """ " Có phải là “…”?" for the choice nearest to ``word``; "" where none is near."""
    close = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.5)
    return f" Có phải là “{close[0]}”?" if close else ""


def _allowed(model: type[BaseModel], loc: Sequence[Any]) -> set[str]:
    """Every key that may stand at ``loc``: walks the models, taking all arms of a union."""
    models: list[type[BaseModel]] = [model]
    for step in loc:
        if not isinstance(step, str):
            continue
        found = [inner for m in models if step in m.model_fields for inner in _models_in(m.model_fields[step])]
        tagged = [m for m in models if step in str(m.model_fields.get("loai", ""))]
        models = found or tagged or models
    return {key for m in models for key in m.model_fields}


def _models_in(info: Any) -> list[type[BaseModel]]:
    from typing import get_args

    found: list[type[BaseModel]] = []
    queue = [info.annotation]
    while queue:
        item = queue.pop()
        if isinstance(item, type) and issubclass(item, BaseModel):
            found.append(item)
        queue.extend(get_args(item))
    return found


def _locate(tree: Any, loc: Sequence[Any]) -> tuple[int, str]:
    """Line (from 1) and readable path of a pydantic location in a ruamel tree."""
    node, line, path = tree, 1, []
    for step in loc:
        marks = getattr(node, "lc", None)
        if isinstance(node, Mapping) and step in node:
            line = marks.key(step)[0] + 1 if marks else line
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            line = marks.item(step)[0] + 1 if marks else line
        else:
            if isinstance(step, str) and step not in _TAGS:
                path.append(step)
            continue
        node = node[step]
        path.append(_label(node) or str(step))
    return line, " → ".join(path) or "đầu tệp"


_TAGS = {
    "bat_buoc_khi",
    "khong_vuot",
    "cong_bang",
    "thu_tu_ngay",
    "ngay_trong",
    "duy_nhat",
    "toi_da_chu",
    "toi_da_so",
    "nghi_don_vi_tien",
    "ky_hieu",
    "chi_loai_don_vi",
    "StopWhen",
    "str",
}


def _label(node: Any) -> str:
    if isinstance(node, Mapping):
        return str(node.get("ma") or node.get("khoa") or node.get("loai") or "")
    return ""
