"""The folders of YAML that make one plan: its own, and those of the plans that it takes over (``ke_thua``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.tree import Map

HEADER = "plan.yaml"
RULE_FILES = (
    HEADER,
    "forms.yaml",
    "figures.yaml",
    "awards.yaml",
    "documents.yaml",
    "reminders.yaml",
    "checks.yaml",
    "formats.yaml",
    "award_export.yaml",
)
REGISTER_FILE = "register.yaml"
"""The units that a new workspace begins with; no part of the rules."""
BASE = "ke-thua"
"""Folder inside a sealed plan that holds the plan which it takes over."""

Find = Callable[[str, Traversable], Traversable]
"""Folder of the plan that is named in ``ke_thua`` of a plan in a folder."""


@dataclass(frozen=True)
class Source:
    """The YAML of one plan folder, and of the plan that it takes over."""

    name: str
    texts: Mapping[str, str]
    base: Source | None = None
    starter: str = ""
    """``register.yaml`` of the folder: never taken over, for the units of another plan are other units."""
    strange: tuple[str, ...] = ()
    """YAML files of the folder that are none of a plan."""

    @property
    def chain(self) -> tuple[Source, ...]:
        """From the plan that takes over none to this one."""
        return (*(self.base.chain if self.base is not None else ()), self)

    @property
    def flat(self) -> dict[str, str]:
        """Path -> text of every file: the plan's own by name, those of the plan it takes over below ``ke-thua/``."""
        below = self.base.flat if self.base is not None else {}
        return {**self.texts, **{f"{BASE}/{name}": text for name, text in below.items()}}

    @classmethod
    def of_flat(cls, texts: Mapping[str, str], starter: str = "") -> Source:
        """The same from its paths and texts."""
        own = {name: text for name, text in texts.items() if "/" not in name}
        below = {name.removeprefix(f"{BASE}/"): text for name, text in texts.items() if "/" in name}
        return cls(BASE, own, cls.of_flat(below) if below else None, starter)


def read_source(folder: Traversable, find: Find, above: Sequence[str] = ()) -> Source:
    """Read a plan folder and what it takes over; PlanError where a folder is no plan or takes over itself."""
    here = str(folder.resolve() if isinstance(folder, Path) else folder)
    if here in above:
        names = " → ".join(path.rsplit("/", 1)[-1] for path in (*above[above.index(here) :], here))
        raise PlanError(f"Kế hoạch kế thừa vòng tròn ({names}): sửa mục ke_thua ở một plan.yaml.")
    if not folder.is_dir():
        raise PlanError(f"Không thấy thư mục kế hoạch {folder}.")
    present = sorted(item.name for item in folder.iterdir() if item.name.endswith((".yaml", ".yml")))
    if HEADER not in present:
        raise PlanError(f"Thiếu tệp quy định {HEADER} trong {folder}." + meant(HEADER, present))
    texts = {name: _text(folder, name) for name in RULE_FILES if name in present}
    named = _base_of(texts[HEADER])
    base = read_source(find(named, folder), find, (*above, here)) if named else None
    strange = tuple(name for name in present if name not in (*RULE_FILES, REGISTER_FILE))
    starter = _text(folder, REGISTER_FILE) if REGISTER_FILE in present else ""
    return Source(folder.name, texts, base, starter, strange)


def _text(folder: Traversable, name: str) -> str:
    try:
        return folder.joinpath(name).read_text(encoding="utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise PlanError(f"{name} trong {folder}: tệp không ghi bằng mã UTF-8. Lưu lại với mã UTF-8.") from None


def _base_of(text: str) -> str:
    """The plan that a ``plan.yaml`` takes over, or ""; a file that cannot be read is told of later, with all others."""
    if "ke_thua" not in text and "\\" not in text:
        return ""  # so said, in whatever way; a plan that is ready made needs no parser then
    from dvk_reports.plan.book.yaml_text import parsed

    try:
        tree = parsed(text, HEADER)
    except PlanError:
        return ""
    word = tree.get("ke_thua") if isinstance(tree, Map) else None
    return word if isinstance(word, str) else ""


def shown_name(source: Source, chain: Sequence[Source], name: str) -> str:
    """A file as it is named to the reader: with its folder where several plans are read together."""
    if len(chain) == 1:
        return name
    same = [item for item in chain if item.name == source.name]
    return f"{source.name}{f' ({same.index(source) + 1})' if len(same) > 1 else ''}/{name}"
