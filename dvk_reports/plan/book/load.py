"""From a folder of YAML to one checked Plan; PlanError lists every mistake with file, line and nearest spelling."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ValidationError

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.award_export import AwardExportFile
from dvk_reports.plan.book.awards import AwardsFile
from dvk_reports.plan.book.checks import ChecksFile
from dvk_reports.plan.book.cross_check import cross_check
from dvk_reports.plan.book.documents import DocumentsFile
from dvk_reports.plan.book.figures import FiguresFile
from dvk_reports.plan.book.formats import FormatsFile
from dvk_reports.plan.book.forms import FormsFile
from dvk_reports.plan.book.mistakes import parsed, sentence
from dvk_reports.plan.book.plan import PlanFile
from dvk_reports.plan.book.reminders import RemindersFile
from dvk_reports.plan.book.rulebook import Plan

_FILES: Mapping[str, type[BaseModel]] = {
    "plan": PlanFile,
    "forms": FormsFile,
    "figures": FiguresFile,
    "awards": AwardsFile,
    "documents": DocumentsFile,
    "reminders": RemindersFile,
    "checks": ChecksFile,
    "formats": FormatsFile,
    "award_export": AwardExportFile,
}
_FIELD = {"plan": "info"}


def load_plan(name: str = "bao_yen_2022_2025", folder: Traversable | None = None) -> Plan:
    """Read and check one plan; PlanError lists every mistake with file, line and nearest spelling."""
    folder = folder or files("dvk_reports.plans").joinpath(name)
    parts: dict[str, Any] = {}
    texts: dict[str, str] = {}
    mistakes: list[str] = []
    sets: Mapping[str, list[str]] = {}
    for stem, model in _FILES.items():
        path = folder.joinpath(f"{stem}.yaml")
        try:
            text = path.read_text(encoding="utf-8")
            texts[path.name] = text
            tree = parsed(text, path.name)
            if stem == "plan":
                sets = _named_sets(tree)
            _spell_out(tree, sets)
            parts[_FIELD.get(stem, stem)] = model.model_validate(tree)
        except FileNotFoundError:
            mistakes.append(f"Thiếu tệp quy định {path.name} trong {folder}.")
        except ValidationError as error:
            mistakes += [sentence(path.name, tree, model, item) for item in error.errors()]
        except PlanError as error:
            mistakes.append(str(error))
    if not mistakes:
        plan = Plan(**parts, texts=texts)
        mistakes = list(cross_check(plan))
    if mistakes:
        raise PlanError("\n".join(mistakes))
    return plan


def _named_sets(tree: Any) -> Mapping[str, list[str]]:
    """Name of a set of unit kinds -> its kinds."""
    found = tree.get("tap_don_vi", {}) if isinstance(tree, Mapping) else {}
    return {str(name): list(kinds) for name, kinds in found.items() if isinstance(kinds, list)}


_LISTS_OF_KINDS = ("loai_don_vi", "don_vi")


def _spell_out(node: Any, sets: Mapping[str, list[str]]) -> None:
    """In every list of unit kinds below ``node`` the name of a set becomes its kinds."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if (
                key in _LISTS_OF_KINDS
                and isinstance(value, list)
                and any(item in sets for item in value if isinstance(item, str))
            ):
                value[:] = [kind for item in value for kind in sets.get(item, [item])]
            else:
                _spell_out(value, sets)
    elif isinstance(node, list):
        for item in node:
            _spell_out(item, sets)
