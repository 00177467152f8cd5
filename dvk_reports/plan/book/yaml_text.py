"""YAML text as a tree (``tree.py``); only who reads YAML waits for its parser.

Words are read as YAML 1.2 reads them: ``no``, ``on`` and ``12:30`` stay text, a key given twice is a mistake, a day is
a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import yaml

from dvk_reports.plan.book.tree import Map, Place, Seq, TreeError


def parsed(text: str, file: str) -> Any:
    """The tree of a YAML text; TreeError with file and line where it is no YAML."""
    try:
        node = _Reader(text.removeprefix("\ufeff")).get_single_node()
        return Map() if node is None else _built(node, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        problem = _PROBLEMS.get(error.problem or "", error.problem or "viết sai")
        raise TreeError(Place(file, line), f"không đọc được, {problem}.") from error
    except yaml.YAMLError as error:
        raise TreeError(Place(file, 1), "có ký tự không được phép trong tệp YAML.") from error
    except RecursionError as error:
        raise TreeError(Place(file, 1), "các mục lồng nhau quá sâu.") from error


_PROBLEMS = {
    "did not find expected ',' or '}'": "thiếu dấu phẩy hoặc dấu } (câu có dấu phẩy thì đặt trong ngoặc kép)",
    "did not find expected ',' or ']'": "thiếu dấu phẩy hoặc dấu ] (câu có dấu phẩy thì đặt trong ngoặc kép)",
    "did not find expected key": "thụt dòng không thẳng với các mục cùng cấp, hoặc thừa ngoặc kép",
    "did not find expected '-' indicator": "thụt dòng không thẳng với các dòng của danh sách",
    "mapping values are not allowed in this context": "thừa dấu hai chấm (câu có dấu hai chấm thì đặt trong ngoặc kép)",
    "could not find expected ':'": "thiếu dấu hai chấm",
    "found unexpected end of stream": "thiếu dấu đóng ngoặc kép",
    "found character that cannot start any token": "ký tự không đứng đầu được (thường là dấu Tab; dùng dấu cách)",
    "found undefined alias": "dấu * không đứng đầu được (đặt câu trong ngoặc kép)",
    "but found another document": "thừa dòng ---",
}
"""What the parser says, in words that help."""


# Where PyYAML was built without libyaml, the same grammar is read in Python, more slowly.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Reader(_Loader):  # type: ignore[misc]
    """libyaml, with the words that YAML 1.2 takes for more than text."""


def _number(text: str) -> int:
    digits = text.replace("_", "").lower()
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits.removeprefix("+"))
    base = {"0x": 16, "0o": 8, "0b": 2}.get(digits[:2], 10)
    return sign * int(digits, base) if base != 10 else sign * int(digits)


def _decimal(text: str) -> float:
    return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))


_TAG = "tag:yaml.org,2002:"
_WORDS: tuple[tuple[str, str, str, Callable[[str], Any]], ...] = (
    ("null", r"~|null|Null|NULL", "~nN", lambda text: None),
    ("null", r"", "", lambda text: None),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF", lambda text: text.lower() == "true"),
    ("int", r"[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)", "-+0123456789", _number),
    (
        "float",
        r"[-+]?([0-9][0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?"
        r"|\.(inf|Inf|INF))|\.(nan|NaN|NAN)",
        "-+0123456789.",
        _decimal,
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789", date.fromisoformat),
)
"""Tag, spelling, first signs and value of every unquoted word that is no text."""
for _name, _spelling, _first, _ in _WORDS:
    _Reader.add_implicit_resolver(_TAG + _name, re.compile(f"(?:{_spelling})$"), list(_first) or [""])

_VALUES: Mapping[str, Callable[[str], Any]] = {_TAG + name: value for name, _, _, value in _WORDS} | {_TAG + "str": str}


def _built(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _value(node, file)
    if isinstance(node, yaml.SequenceNode):
        items = node.value
        return Seq((_built(item, file) for item in items), (_place(item, file) for item in items))
    found = Map()
    for key_node, value_node in node.value:
        key, place = _built(key_node, file), _place(key_node, file)
        if isinstance(key, dict | list):
            raise TreeError(place, "tên mục phải là một từ.")
        if key in found:
            raise TreeError(place, f"mục “{key}” đã ghi ở dòng {found.places[key].line}.")
        found.put(key, _built(value_node, file), place)
    return found


def _place(node: yaml.Node, file: str) -> Place:
    return Place(file, node.start_mark.line + 1)


def _value(node: yaml.ScalarNode, file: str) -> Any:
    make = _VALUES.get(node.tag)
    if make is None:
        raise TreeError(_place(node, file), "dấu ! không đứng đầu được (đặt câu trong ngoặc kép).")
    try:
        return make(node.value)
    except ValueError:
        raise TreeError(_place(node, file), f"“{node.value}” không phải là một ngày hoặc một số có thật.") from None
