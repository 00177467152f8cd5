"""How a Word template is filled: docxtpl and Jinja as this program uses them.

Templates are filled in a sandbox, a field that is not there is a mistake, and what is broken is never repaired in
silence. The rows of long tables go past the tree (``long_tables.py``), by the same steps as all else.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

import docxtpl
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from dvk_reports.papers.docx.finishing import drop_empty_runs, let_rows_break
from dvk_reports.papers.docx.long_tables import Finished, LongTables
from dvk_reports.papers.docx.marks import highlight
from dvk_reports.papers.docx.own import prints_of


class NotText(Exception):
    """A mark that stands for a list, a row or nothing, where only text can be printed."""


def _only_text(value: Any) -> Any:
    if isinstance(value, str | int | Undefined):
        return value
    raise NotText


class _Environment(SandboxedEnvironment):
    """Knows the marks that it has understood: the letters to forty units have one template."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=_only_text)
        self._known = lru_cache(maxsize=64)(super().from_string)

    def from_string(self, source: Any, *_: Any) -> Any:
        return self._known(source)


ENVIRONMENT = _Environment()
_patched = lru_cache(maxsize=64)(partial(docxtpl.DocxTemplate.patch_xml, None))


class Paper(docxtpl.DocxTemplate):  # type: ignore[misc]
    """A template that is being filled; the rows of its long tables go into ``long``, where there is one."""

    def __init__(self, source: bytes, long: LongTables | None) -> None:
        super().__init__(io.BytesIO(source))
        self.long = long

    def patch_xml(self, src_xml: str) -> str:
        """The marks as Jinja understands them; those of a template that was met before are known."""
        found: str = _patched(src_xml)
        return found

    def fix_tables(self, xml: str) -> Any:
        """The tree of the filled body. docxtpl would repair broken XML by leaving out what does not fit: that stops."""
        etree.fromstring(xml)
        return super().fix_tables(xml)

    def build_xml(self, context: Mapping[str, Any], jinja_env: Any = None) -> Any:
        """The filled body, without the rows that are kept apart."""
        long = self.long
        if long is None:
            return super().build_xml(context, jinja_env)

        def text(source: str, fields: Mapping[str, Any]) -> str:
            return long.shortened(jinja_env.from_string(source).generate(fields), self._finished)

        return self.render_xml_part(self.patch_xml(self.get_xml()), self.docx.part, context, _Maker(text))

    def _finished(self, head: str, rows: str) -> Finished:
        """Rows of the body, which the template has made, by the steps that the rest of it goes through."""
        text = self.render_xml_part("", self.docx.part, {}, _Maker(lambda *_: rows))
        body = etree.fromstring(f"{head}{text}</w:body>")
        around: Any = parse_xml(f"{head.replace('<w:body', '<w:document', 1)}<w:body/></w:document>")
        around.replace(around[0], body)
        touch(body, body.iter(qn("w:p")))
        prints = "\n".join(prints_of(body.iterchildren(qn("w:tr"))))
        xml = etree.tostring(body, encoding="UTF-8")
        return Finished(xml[xml.index(b">") + 1 : xml.rindex(b"</")], prints)


class _Maker:
    """Where docxtpl asks an environment for a template, and the template for its text: what makes the text."""

    def __init__(self, make: Callable[[str, Mapping[str, Any]], str]) -> None:
        self._make, self._source = make, ""

    def from_string(self, source: str) -> _Maker:
        self._source = source
        return self

    def render(self, fields: Mapping[str, Any]) -> str:
        return self._make(self._source, fields)


def touch(body: Any, paragraphs: Iterable[Any]) -> None:
    """What is done to every row and paragraph of a filled paper."""
    drop_empty_runs(body)
    let_rows_break(body)
    highlight(paragraphs)
