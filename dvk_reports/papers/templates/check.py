"""What is wrong in an office's own Word templates, and every field that a template may use.

The check reads the marks one by one and then makes the paper with example fields: what the reading has missed, the
making meets. Fields come from the same functions that fill the papers, so the list cannot fall behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from dvk_reports.errors import TemplateError
from dvk_reports.papers.docx.drafts import OFFICE_FOLDER, Template, bundled, render
from dvk_reports.papers.templates.field_words import meaning
from dvk_reports.papers.templates.fields import DAY, example_fields
from dvk_reports.papers.templates.marks import Line, Mark, lines_of
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.vietnamese.text import nearest

_CURLY = re.compile("[“”‘’„«»]")
_LONE = re.compile(r"(?<![{%])\{(?![{%#])|(?<![}%#])\}(?!\})|\{\{(?![^{}]*\}\})|\{%(?![^{}]*%\})")
_ENVIRONMENT = SandboxedEnvironment()


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One thing in a template. ``stops``: no paper can be made before it is mended; else it is good to know."""

    file: str
    place: str
    """ "bảng 2, dòng 3, cột 1: “text nearby”"; "" where it concerns the file as a whole."""
    field: str
    problem: str
    nearest: str = ""
    stops: bool = True

    def __str__(self) -> str:
        where = f", {self.place}" if self.place else ""
        hint = f" Có phải là “{self.nearest}”?" if self.nearest else ""
        return f"{self.file}{where}: {self.problem}{hint}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a template. ``name`` of a field in a loop: ``muc_tieu.ket_qua``."""

    template: str
    name: str
    meaning: str
    example: str


def check_templates(folder: Path, plan: Plan) -> tuple[TemplateProblem, ...]:
    """Everything to mend or to know in ``folder`` (``mau-word``), file by file; nothing where there is no folder."""
    fields = example_fields(plan)
    found: list[TemplateProblem] = []
    for path in sorted(folder.glob("*.docx")) if folder.is_dir() else ():
        if path.name.startswith("~$"):
            continue
        if path.name in fields:
            found += check_template(path, fields[path.name])
        else:
            close = nearest(path.name, fields) or ""
            what = f"không lệnh nào dùng mẫu tên này; các tên được dùng: {', '.join(fields)}."
            found.append(TemplateProblem(_where(path), "", "", what, close, stops=False))
    return tuple(found)


def check_template(path: Path, fields: Mapping[str, object]) -> list[TemplateProblem]:
    """One template against the fields that its paper has (name -> example)."""
    where = _where(path)
    try:
        source = path.read_bytes()
        lines = list(lines_of(source))
    except Exception:  # python-docx raises a dozen kinds for a broken file; each means the same to the clerk
        what = "không đọc được. Đóng tệp trong Word, lưu lại ở dạng .docx."
        return [TemplateProblem(where, "", "", what)]
    order = {line.place: number for number, line in enumerate(lines)}
    found = [*_shapes(where, lines), *_Reader(where, fields).read(lines)]
    found.sort(key=lambda problem: order[problem.place])
    if not any(problem.stops for problem in found):
        try:
            render(Template(path.name, path), fields, title="", day=DAY)
        except TemplateError as error:
            found.append(TemplateProblem(where, "", "", str(error)))
    return [*found, *_unused(where, path.name, lines, fields)]


def template_fields(plan: Plan) -> list[Field]:
    """Every field of every template, in the order of its paper, with an example value."""
    found: list[Field] = []
    for template, fields in example_fields(plan).items():
        for name, value in fields.items():
            found += _described(plan, template, name, value)
    return found


def _described(plan: Plan, template: str, name: str, value: object) -> Iterator[Field]:
    rows = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    first = rows[0] if rows else ""
    if isinstance(first, dict):
        yield Field(template, name, meaning(plan, name), f"danh sách, {len(rows)} dòng")
        for key, item in first.items():
            yield from _described(plan, template, f"{name}.{key}", item)
    else:
        shown = str(first) if isinstance(value, str) else f"danh sách: {first}" if rows else "danh sách trống"
        yield Field(template, name, meaning(plan, name), shown)


def _where(path: Path) -> str:
    return f"{OFFICE_FOLDER}/{path.name}"


# --- shape of the marks


def _shapes(where: str, lines: list[Line]) -> Iterator[TemplateProblem]:
    for line in lines:
        if _LONE.search(re.sub(r"\{#.*?#\}", "", _without(line))):
            yield TemplateProblem(
                where,
                line.place,
                "",
                "dấu mở hoặc đóng viết thiếu; viết đủ {{ trường }} hoặc {% lệnh %} trong một đoạn.",
            )
        for mark in line.marks:
            yield from _shape(where, mark)


def _without(line: Line) -> str:
    text = line.text
    for mark in line.marks:
        text = text.replace(mark.text, "")
    return text


def _shape(where: str, mark: Mark) -> Iterator[TemplateProblem]:
    if _CURLY.search(mark.inside):
        yield TemplateProblem(
            where,
            mark.place,
            mark.inside,
            f"có dấu ngoặc kép cong trong {mark.text}; bỏ dấu ngoặc, chỉ ghi tên trường.",
        )
    if mark.kind in ("p", "tr") and not mark.alone:
        thing = "đoạn" if mark.kind == "p" else "dòng của bảng"
        yield TemplateProblem(
            where, mark.place, mark.text, f"dấu {mark.text} phải đứng riêng một {thing}; chữ khác ở đó sẽ mất."
        )
    if mark.pieces > 1:
        what = f"Word đã tách {mark.text} thành {mark.pieces} mảnh chữ; vẫn dùng được, nên gõ lại liền một mạch."
        yield TemplateProblem(where, mark.place, mark.inside, what, stops=False)


# --- names in the marks


class _Reader:
    """Follows loops through a template, so that ``dong.ma`` is looked up in the rows of its own list."""

    def __init__(self, where: str, fields: Mapping[str, object]) -> None:
        self.where = where
        self.scopes: list[dict[str, object]] = [dict(fields)]
        self.open: list[Mark] = []

    def read(self, lines: list[Line]) -> list[TemplateProblem]:
        found: list[TemplateProblem] = []
        for line in lines:
            for mark in line.marks:
                found += self._block(mark) if mark.kind else self._value(mark)
        for mark in self.open:
            found.append(self._problem(mark, mark.text, f"{mark.text} không có dấu kết thúc ({_end(mark)}) ở sau."))
        return found

    def _block(self, mark: Mark) -> Iterator[TemplateProblem]:
        word = mark.inside.split(" ")[0] if mark.inside else ""
        if word in ("endfor", "endif"):
            yield from self._close(mark, word)
        elif word in ("for", "if"):
            names, ending = _names(f"{{% {mark.inside} %}}{{% end{word} %}}")
            self.open.append(mark)
            self.scopes.append(self._loop(mark) if ending else {})
            if not ending:
                yield self._problem(mark, mark.text, f"{mark.text} viết sai; so với mẫu gốc của chương trình.")
            yield from self._unknown(mark, [name for name in names if name.split(".")[0] not in self.scopes[-1]])
        elif word in ("else", "elif"):
            if not self.open:
                yield self._problem(mark, mark.text, f"{mark.text} không có dấu if ở trước.")
        else:
            yield self._problem(mark, mark.text, f"không có lệnh “{word}”; chỉ dùng for, endfor, if, else, endif.")

    def _close(self, mark: Mark, word: str) -> Iterator[TemplateProblem]:
        opened = self.open.pop() if self.open else None
        if opened is None:
            yield self._problem(mark, mark.text, f"{mark.text} không có dấu mở ở trước.")
            return
        self.scopes.pop()
        if _end(opened) != word:
            yield self._problem(mark, mark.text, f"{mark.text} đóng nhầm {opened.text}.")
        elif (opened.kind, opened.holder) != (mark.kind, mark.holder):
            what = f"{opened.text} và {mark.text} phải cùng loại và cùng chỗ: cùng thân văn bản, cùng ô hoặc cùng bảng."
            yield self._problem(mark, mark.text, what)

    def _loop(self, mark: Mark) -> dict[str, object]:
        """The name a loop gives to one item, and what such an item looks like."""
        found = re.match(r"for\s+(\w+)\s+in\s+([\w.]+)", mark.inside)
        if not found:
            return {}
        rows = self._look(found[2])
        item = rows[0] if isinstance(rows, list) and rows else _ANYTHING
        return {found[1]: item, "loop": _ANYTHING}

    def _value(self, mark: Mark) -> Iterator[TemplateProblem]:
        names, sound = _names(f"{{{{ {mark.inside} }}}}")
        if not sound or not mark.inside:
            yield self._problem(mark, mark.inside, f"{mark.text} viết sai; chỉ ghi tên trường giữa hai dấu ngoặc.")
        elif not names:
            yield self._problem(mark, mark.inside, f"{mark.text} in ra chữ cố định, không phải một trường.")
        yield from self._unknown(mark, names)
        if re.fullmatch(r"[\w.]+", mark.inside) and isinstance(self._look(mark.inside), list | dict):
            what = f"“{mark.inside}” là một danh sách; đặt giữa dấu for và endfor rồi in từng dòng."
            yield self._problem(mark, mark.inside, what)

    def _unknown(self, mark: Mark, names: list[str]) -> Iterator[TemplateProblem]:
        for name in names:
            if "._" in f".{name}":
                yield self._problem(mark, name, f"“{name}” là phần bên trong của chương trình, không được dùng.")
            elif self._look(name) is None:
                yield self._problem(mark, name, f"không có trường “{name}”.", self._meant(name))

    def _look(self, name: str) -> object:
        first, *rest = name.split(".")
        value = next((scope[first] for scope in reversed(self.scopes) if first in scope), None)
        for key in rest:
            if value is _ANYTHING:
                return value
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def _meant(self, name: str) -> str:
        head, dot, last = name.rpartition(".")
        around = self._look(head) if dot else None
        if isinstance(around, dict):
            close = nearest(last, around)
            return f"{head}.{close}" if close else ""
        return nearest(name, {key for scope in self.scopes for key in scope}) or ""

    def _problem(self, mark: Mark, field: str, what: str, close: str = "") -> TemplateProblem:
        return TemplateProblem(self.where, mark.place, field, what, close)


_ANYTHING: Any = object()


def _end(mark: Mark) -> str:
    return f"end{mark.inside.split(' ')[0]}"


def _names(text: str) -> tuple[list[str], bool]:
    """(dotted names that a mark reads, whether it is sound)."""
    try:
        tree = _ENVIRONMENT.parse(_CURLY.sub('"', text))
        _ENVIRONMENT.compile(tree)
        tree = _ENVIRONMENT.parse(_CURLY.sub('"', text))
    except TemplateSyntaxError:
        return [], False
    inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    found = [_dotted(node) for node in tree.find_all((nodes.Getattr, nodes.Name)) if id(node) not in inner]
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return [name for name in dict.fromkeys(found) if name and name not in stored], True


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


# --- what the office's template leaves out


def _unused(where: str, name: str, lines: list[Line], fields: Mapping[str, object]) -> Iterator[TemplateProblem]:
    """Fields of the bundled template that the office's own does not print."""
    own, ours = _used(lines), _used(list(lines_of(bundled(name))))
    absent = [field for field in fields if field in ours and field not in own]
    if absent:
        what = f"mẫu này không dùng các trường mà mẫu gốc có in: {', '.join(absent)}."
        yield TemplateProblem(where, "", ", ".join(absent), what, stops=False)


def _used(lines: list[Line]) -> set[str]:
    found: set[str] = set()
    for line in lines:
        for mark in line.marks:
            found |= set(re.findall(r"[A-Za-zÀ-ỹ_]\w*", mark.inside))
    return found
