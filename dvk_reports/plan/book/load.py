"""From a folder of YAML to one checked Plan; PlanError lists every mistake with file, line and nearest spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ValidationError

from dvk_reports.plan.book.award_export import AwardExportFile
from dvk_reports.plan.book.awards import AwardsFile
from dvk_reports.plan.book.checks import ChecksFile
from dvk_reports.plan.book.cross_check import cross_check
from dvk_reports.plan.book.defaults import fill, named_sets, spell_out_sets, taken_defaults
from dvk_reports.plan.book.documents import DocumentsFile
from dvk_reports.plan.book.figures import FiguresFile
from dvk_reports.plan.book.formats import FormatsFile
from dvk_reports.plan.book.forms import FormsFile
from dvk_reports.plan.book.gone import let_go, names_in
from dvk_reports.plan.book.inherit import merged
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.mistakes import Told, all_of, located, meant, sentence
from dvk_reports.plan.book.plan import PlanFile
from dvk_reports.plan.book.reminders import RemindersFile
from dvk_reports.plan.book.repair import without_mistakes
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sources import HEADER, RULE_FILES, Find, Source, read_source, shown_name
from dvk_reports.plan.book.tree import Map, Place, TreeError
from dvk_reports.plan.book.yaml_text import parsed

_MODELS: Mapping[str, type[BaseModel]] = dict(
    zip(
        RULE_FILES,
        (
            PlanFile,
            FormsFile,
            FiguresFile,
            AwardsFile,
            DocumentsFile,
            RemindersFile,
            ChecksFile,
            FormatsFile,
            AwardExportFile,
        ),
        strict=True,
    )
)
_IDENTITY = ("ma", "ten")
"""What a plan never takes over from another."""


def read_plan(folder: Traversable, known: Known, find: Find) -> Plan:
    """Read and check the plan of a folder. ``find`` says where the plan lies that it takes over."""
    return build_plan(read_source(folder, find), known)


def build_plan(source: Source, known: Known) -> Plan:
    """The plan that the files of ``source`` make; PlanError lists every mistake of all of them."""
    trees, told = _trees(source)
    if told:
        raise all_of(told)
    told = [*_misplaced(source), *_combined(trees, source)]
    _spell_out(trees[-1])
    parts, words = _validated(trees[-1], source, told)
    if len(parts) == len(_MODELS):
        plan = Plan(**{_part(name): part for name, part in parts.items()}, texts=source.flat, starter=source.starter)
        told += _references(plan, known, trees[-1], source, words)
        if not told:
            return plan
    raise all_of(told)


def _part(name: str) -> str:
    return "info" if name == HEADER else name.removesuffix(".yaml")


Trees = dict[str, Map]


def _trees(source: Source) -> tuple[list[Trees], list[Told]]:
    """The trees of every plan of the chain, from the first to ``source``; what is no YAML is told."""
    trees: list[Trees] = []
    told: list[Told] = []
    for item in source.chain:
        found: Trees = {}
        for name, text in item.texts.items():
            shown = shown_name(item, source.chain, name)
            try:
                tree = parsed(text, shown)
            except TreeError as error:
                told.append(Told(error.place, error.text))
                continue
            if isinstance(tree, Map):
                found[name] = tree
            else:
                told.append(Told(Place(shown, 1), "tệp phải gồm các mục dạng tên: giá trị."))
        trees.append(found)
    return trees, told


def _misplaced(source: Source) -> Iterable[Told]:
    """Files that no plan has, and files that this one lacks."""
    for item in source.chain:
        for name in item.strange:
            place = Place(shown_name(item, source.chain, name), 1)
            yield Told(place, f"không phải là tệp của bộ quy định.{meant(name, RULE_FILES)}")
    for name in RULE_FILES:
        if not any(name in item.texts for item in source.chain):
            yield Told(Place(shown_name(source, source.chain, name), 1), "thiếu tệp quy định này.")


def _combined(trees: list[Trees], source: Source) -> list[Told]:
    """Merge each plan of the chain into the one that takes it over; the last of ``trees`` then holds everything."""
    told: list[Told] = []
    base: Trees = {}
    for found, item in zip(trees, source.chain, strict=True):
        files = {shown_name(item, source.chain, name) for name in RULE_FILES}
        if base:
            head = Place(shown_name(item, source.chain, HEADER), 1)
            lacking = [key for key in _IDENTITY if key not in found[HEADER]]
            told += [Told(head, "thiếu mục này (không được kế thừa).", key) for key in lacking]
        _merge(base, found, told)
        gone = names_in(base) - names_in(found)
        for name, tree in found.items() if gone else ():
            let_go(tree, _MODELS[name], gone, files)
        base = found
    return told


def _merge(base: Trees, found: Trees, told: list[Told]) -> None:
    """Put what a plan says of its own over what it takes over, and say what it need not say."""
    for name, model in _MODELS.items():
        own = found.get(name)
        defaults = taken_defaults(own, model, told) if own is not None else {}
        if name in base:
            found[name] = merged(base[name], own, model, told, defaults) if own is not None else base[name]
        if name in found:
            fill(found[name], model, defaults)


def _spell_out(trees: Trees) -> None:
    sets = named_sets(trees[HEADER])
    for name, tree in trees.items():
        spell_out_sets(tree, _MODELS[name], sets)


def _validated(trees: Trees, source: Source, told: list[Told]) -> tuple[dict[str, Any], set[str]]:
    """File -> what it holds, without its wrong entries; and the words of those, for which nothing more is told."""
    parts: dict[str, Any] = {}
    words: set[str] = set()
    for name, tree in trees.items():
        model, shown = _MODELS[name], shown_name(source, source.chain, name)
        try:
            parts[name] = model.model_validate(tree)
        except ValidationError as error:
            told += [sentence(shown, tree, model, item) for item in error.errors()]
            part, left_out = without_mistakes(tree, model, error)
            words |= left_out
            if part is not None:
                parts[name] = part
    return parts, words


def _references(plan: Plan, known: Known, trees: Trees, source: Source, words: set[str]) -> Iterable[Told]:
    for wrong in cross_check(plan, known):
        if words & {wrong.word, wrong.word.partition(".")[0], wrong.word.rpartition(".")[2]}:
            continue
        name, *path = wrong.path
        place, entry = located(shown_name(source, source.chain, name), trees[name], path)
        yield Told(place, wrong.text, entry)
