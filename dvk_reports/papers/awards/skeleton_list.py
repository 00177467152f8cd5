"""The list that goes with an award paper, as a caller gives it: its shape is checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dvk_reports.errors import PlanError
from dvk_reports.vietnamese.text import nearest

GROUP, SUBJECTS, NAME = "danh_sach", "dong", "nhom"
GROUP_KEYS: Final = (NAME, "loai", SUBJECTS)
SUBJECT_KEYS: Final = ("ten", "chuc_vu_don_vi", "thanh_tich", "hinh_thuc", "xep_hang")


def checked_list(given: object) -> Sequence[Mapping[str, Any]]:
    """``given`` itself where it is a list of groups with their subjects, () for None.

    PlanError names the entry (``danh_sach[2].dong[1]``) that is of another shape, has no name or an unknown key.
    """
    if given is None:
        return ()
    groups = _list(given, GROUP)
    for place, group in enumerate(groups, start=1):
        where = f"{GROUP}[{place}]"
        _entry(group, where, GROUP_KEYS, NAME)
        if SUBJECTS not in group:
            raise PlanError(f"{where} thiếu “{SUBJECTS}”: danh sách các tập thể, cá nhân của nhóm.")
        for number, subject in enumerate(_list(group[SUBJECTS], f"{where}.{SUBJECTS}"), start=1):
            _entry(subject, f"{where}.{SUBJECTS}[{number}]", SUBJECT_KEYS, "ten")
    return groups


def _list(given: object, where: str) -> Sequence[Any]:
    if isinstance(given, Sequence) and not isinstance(given, str | bytes):
        return given
    raise PlanError(f"{where} phải là một danh sách, không phải “{_shown(given)}”.")


def _entry(given: object, where: str, keys: Sequence[str], name: str) -> None:
    """A mapping of texts (besides the inner list) with known keys and a name."""
    if not isinstance(given, Mapping):
        raise PlanError(f"{where} phải gồm các mục {', '.join(keys)}, không phải “{_shown(given)}”.")
    for key, value in given.items():
        if key not in keys:
            close = nearest(str(key), keys)
            hint = f" Có phải là “{close}”?" if close else ""
            raise PlanError(f"{where} có mục “{key}” không dùng.{hint}")
        if key != SUBJECTS and value is not None and not isinstance(value, str):
            raise PlanError(f"{where}, mục “{key}” phải là chữ, không phải “{_shown(value)}”.")
    if not str(given.get(name) or "").strip():
        raise PlanError(f"{where} thiếu “{name}”.")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
