"""From a Word template to a draft: fields filled in a sandbox, every mistake of a template said in one sentence.

The same template and fields give the same bytes: no clock time, no author, members of the file in a fixed order.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from docx import Document
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from lxml import etree

from dvk_reports.errors import TemplateError, reason_of
from dvk_reports.papers.docx.charts import ChartPart, place_charts
from dvk_reports.papers.docx.engine import ENVIRONMENT, NotText, Paper, touch
from dvk_reports.papers.docx.finishing import keep_signature
from dvk_reports.papers.docx.long_tables import LongTables
from dvk_reports.papers.docx.marks import let_go, paragraphs, text_of
from dvk_reports.papers.docx.own import note_own, sealed
from dvk_reports.papers.docx.rows import each
from dvk_reports.papers.docx.tone import toned_template
from dvk_reports.vietnamese.text import nearest, tidy, writable

OFFICE_FOLDER = "mau-word"
# The first day that a zip file can hold.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"(?:has no attribute|no element) '([^']+)'|^'([^']+)' is undefined")
_BLOCK = re.compile(r"\{%(?:tr|tc|p|r)?[-\s]*(end)?(for|if)\b")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def bundled(name: str) -> bytes:
    """A template that comes with the program; TemplateError where there is none of that name."""
    try:
        return files("dvk_reports.templates_docx").joinpath(name).read_bytes()
    except FileNotFoundError as error:
        raise TemplateError(f"Không có mẫu Word {name} trong chương trình. Cài đặt lại chương trình.") from error


@dataclass(frozen=True, slots=True)
class Template:
    """Which Word template a paper is made from. ``own``: the office's file, which wins over the bundled ``name``."""

    name: str
    own: Path | None = None
    tone: str = ""
    """Placement of tones (``moi``, ``cu``) in the words of the bundled template; an office's own is left alone."""

    @property
    def where(self) -> str:
        """What a message calls it."""
        return f"{OFFICE_FOLDER}/{self.own.name}" if self.own else self.name

    def read(self) -> bytes:
        """The bytes of the template: the office's own, else the bundled one."""
        if self.own:
            return _read(self.own)
        return toned_template(bundled(self.name), self.tone) if self.tone else bundled(self.name)


def render(
    template: Template,
    fields: Mapping[str, object],
    *,
    title: str,
    day: date,
    charts: Mapping[str, ChartPart] | None = None,
    polish: Callable[[Any], None] | None = None,
) -> bytes:
    """The finished .docx; ``polish`` is given the filled document last, for what only its text decides.

    ``fields`` holds text, lists and dicts of text only. TemplateError names the field or mark at fault and the text
    around it.
    """
    where, source = template.where, template.read()
    long = LongTables() if polish is None else None  # what is polished is looked at as a whole
    paper = _open(source, where, long)
    try:
        paper.render(plain(fields), ENVIRONMENT)
    except Exception as error:  # an expression in a template can fail in any way; each stops the run with one sentence
        _explain(error, source, where, fields)
    place_charts(paper.docx, charts or {})
    touch(paper.docx.element.body, paragraphs(paper.docx))
    keep_signature(paper.docx)
    if polish is not None:
        polish(paper.docx)
    # After the rendering, which would fill and escape them once more.
    set_properties(paper.docx, title, day)
    note_own(paper.docx, long)
    text = str(paper.docx.part.partname).lstrip("/")
    out = io.BytesIO()
    paper.save(out)
    let_go(paper.docx)
    return sealed(steady_zip(out.getvalue(), {text: long.whole} if long is not None else {}))


def plain(value: Any) -> Any:
    """The same fields without characters that no Word file may hold."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return each(value, plain) if isinstance(value, Sequence) else value


def steady_zip(data: bytes, made: Mapping[str, Callable[[bytes], Iterable[bytes]]] = MappingProxyType({})) -> bytes:
    """The same archive with fixed dates and order: what Word needs first, then by name.

    ``made``: member -> its content piece by piece, from what it is in ``data``.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda item: (item != "[Content_Types].xml", item)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the operating system would show in the file
            content = source.read(name)
            with target.open(entry, "w") as member:
                for piece in made[name](content) if name in made else (content,):
                    member.write(piece)
    return out.getvalue()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TemplateError(f"Không thấy mẫu Word {OFFICE_FOLDER}/{path.name}.") from error
    except OSError as error:
        raise TemplateError(
            f"Không mở được mẫu Word {OFFICE_FOLDER}/{path.name}: {reason_of(error)}. Đóng tệp trong Word rồi chạy lại."
        ) from error


def _open(source: bytes, where: str, long: LongTables | None) -> Paper:
    try:
        paper = Paper(source, long)
        paper.init_docx()
    except Exception as error:  # python-docx raises a dozen kinds for a broken file; each means the same to the clerk
        raise TemplateError(f"Mẫu Word {where} không phải là tệp .docx đọc được. Lưu lại mẫu ở dạng .docx.") from error
    return paper


def _explain(error: Exception, source: bytes, where: str, fields: Mapping[str, object]) -> NoReturn:
    """The same failure in a Vietnamese sentence that says which mark, near which text, and what to do."""
    if isinstance(error, SecurityError):
        name = next(iter(re.findall(r"'(\w+)'", str(error))), "")
        raise TemplateError(
            f"Mẫu Word {where} có dấu dùng phần bên trong của chương trình “{name}”{_near(source, name)}, "
            "không được phép. Chỉ dùng các trường có trong danh sách trường của mẫu."
        ) from error
    if isinstance(error, UndefinedError):
        found = _NAME.search(str(error))
        name = (found[1] or found[2]) if found else str(error)
        raise TemplateError(
            f"Mẫu Word {where} dùng trường “{name}” không có{_near(source, name)}.{_meant(name, fields)} "
            "Sửa tên trường trong mẫu."
        ) from error
    if isinstance(error, TemplateSyntaxError):
        near = _quoted(_unpaired(source) or _at_fault(error))
        raise TemplateError(
            f"Mẫu Word {where} viết sai một dấu {{{{ }}}} hoặc {{% %}}{near}. "
            "Mỗi dấu mở phải có dấu đóng, mỗi for, if phải có endfor, endif ở sau; so với mẫu gốc của chương trình."
        ) from error
    if isinstance(error, etree.XMLSyntaxError):
        raise TemplateError(
            f"Mẫu Word {where} đặt dấu {{%p %}} hoặc {{%tr %}} sai chỗ: dấu mở và dấu đóng phải cùng ở thân văn bản, "
            "hoặc cùng ở một bảng, mỗi dấu một đoạn hoặc một dòng riêng."
        ) from error
    if isinstance(error, NotText):
        raise TemplateError(
            f"Mẫu Word {where} in một danh sách như một dòng chữ{_list_near(source, fields)}. "
            "Danh sách phải đặt giữa dấu for và endfor."
        ) from error
    raise TemplateError(
        f"Mẫu Word {where} có một dấu không tính được. So các dấu với mẫu gốc của chương trình."
    ) from error


def _unpaired(source: bytes) -> str:
    """The paragraph of the first for or if that is never closed, or of an end without a beginning; else ""."""
    open_marks: list[tuple[str, str]] = []
    for text in _paragraphs(source):
        for end, kind in _BLOCK.findall(text):
            if not end:
                open_marks.append((kind, text))
            elif open_marks and open_marks[-1][0] == kind:
                open_marks.pop()
            else:
                return text
    return open_marks[0][1] if open_marks else ""


def _at_fault(error: TemplateSyntaxError) -> str:
    """The line of the template that the mistake was met in, else the last mark before it."""
    lines = [tidy(line) for line in getattr(error, "docx_context", ())]
    place = min(error.lineno - 1, 3)
    before = [line for line in reversed(lines[: place + 1]) if "{" in line]
    return next(iter(before), next((line for line in lines if "{" in line), ""))


def _meant(name: str, fields: Mapping[str, object]) -> str:
    inner = {
        key
        for value in fields.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict)
        for key in row
    }
    close = nearest(name, sorted({*fields, *inner}))
    return f" Có phải là “{close}”?" if close else ""


def _near(source: bytes, name: str) -> str:
    """The paragraph in which a name stands in a mark."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for text in _paragraphs(source):
        if any(word.search(tag) for tag in _TAG.findall(text)):
            return _quoted(text)
    return ""


def _list_near(source: bytes, fields: Mapping[str, object]) -> str:
    lists = [name for name, value in fields.items() if not isinstance(value, str)]
    for text in _paragraphs(source):
        for tag in re.findall(r"\{\{\s*(\w+)\s*\}\}", text):
            if tag in lists:
                return _quoted(text)
    return ""


def _quoted(text: str) -> str:
    text = tidy(text)
    return f" (ở chỗ “{text[:80]}{'…' if len(text) > 80 else ''}”)" if text else ""


def _paragraphs(source: bytes) -> Iterator[str]:
    """Text of every paragraph of body, tables, headers and footers, as Word shows it."""
    for paragraph in paragraphs(Document(io.BytesIO(source))):
        yield text_of(paragraph)


def set_properties(document: Any, title: str, day: date) -> None:
    """What the file says of itself: its title, its language and one day; no author and no clock time."""
    core = document.core_properties
    core.title, core.language = title, "vi-VN"
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.created = core.modified = datetime(day.year, day.month, day.day)
    core.revision = 1
