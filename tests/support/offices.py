"""Small help for tests that need a real office program or a filled-in form."""

from __future__ import annotations

import atexit
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.register.register import Hamlet, Register, Unit
from dvk_reports.sheets.forms.layout import FormContent, Layout
from tests.support.spared import TemplatesOfPlan

PROFILE = Path(tempfile.mkdtemp(prefix="ho-so-"))
"""LibreOffice's own folder of this process: made at its first start, and two processes must not share one."""
atexit.register(shutil.rmtree, PROFILE, ignore_errors=True)


def convert(path: Path, ending: str, folder: Path, *more: Path) -> Path:
    """``path`` (and ``more`` at the same start) saved by LibreOffice in another format; where the first one lies.

    ``ending`` as LibreOffice names formats: ``ods``, or ``xlsx:Calc MS Excel 2007 XML``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation={PROFILE.as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", folder, path, *more], check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{ending.split(':')[0]}"


def drawn_form(plan: Plan, content: FormContent) -> bytes:
    """The product's own form, each kind drawn once in a process of tests as in a run of the program."""
    return TemplatesOfPlan().filled(Layout(plan, content)).content()


def form_of(
    plan: Plan,
    register: Register,
    unit: Unit,
    quarter: Quarter,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    rows: Mapping[str, list[Mapping[str, Any]]] | None = None,
    only: Sequence[str] = (),
    draw: Callable[[Plan, FormContent], bytes] = drawn_form,
) -> bytes:
    """A form as the unit would send it back; ``only`` some of its sheets where the others do not matter.

    ``draw``: the product's own form, or ``lean_form`` with the same cells and no looks, ten times as fast.
    """
    given = {sheet: duty for sheet, duty in duties(plan, unit.kind, quarter).items() if not only or sheet in only}
    hamlets: tuple[Hamlet, ...] = register.hamlets_of(unit.code, quarter.last_day)
    return draw(
        plan,
        FormContent(
            kind=unit.kind,
            given=given,
            ticks=ticks(plan, given),
            unit=unit,
            quarter=quarter,
            window=register.window(quarter),
            values=values or {},
            rows=rows or {},
            free_codes=[f"MH-{unit.code}-{n:03d}" for n in range(1, 6)],
            hamlets=hamlets if "B4" in given else (),
        ),
    )


def total_below(sheet: Any) -> int:
    """Move the total row of a sheet to where forms once had it, below 200 rows; the row in which it then stands."""
    row = next(row for row in range(1, 400) if sheet.cell(row, 1).value == "dvk:tong")
    if row < 20:
        for col in range(1, sheet.max_column + 1):
            sheet.cell(208, col).value, sheet.cell(row, col).value = sheet.cell(row, col).value, None
        row = 208
    return row


def edited(data: bytes, edit: Any) -> bytes:
    """The workbook after ``edit(book)`` by another program than ours."""
    book = openpyxl.load_workbook(BytesIO(data))
    edit(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def with_xml(data: bytes, sheet: str, at: str, cell: str) -> bytes:
    """A workbook with the XML of one cell written anew; ``cell``: what follows the address and the style."""
    return with_cells(data, sheet, {at: cell})


def with_cells(data: bytes, sheet: str, cells: Mapping[str, str]) -> bytes:
    """The same for several cells of a sheet. A cell that is not drawn, since it is blank, is put into its row."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as target:
        names = re.findall('<sheet [^>]*?name="(.*?)"', source.read("xl/workbook.xml").decode("utf-8"))
        part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        for name in source.namelist():
            content = source.read(name).decode("utf-8") if name == part else source.read(name)
            for at, cell in cells.items() if name == part else ():
                drawn = re.compile(rf'<c r="{at}"( s="\d+")?[^>]*?(/>|>.*?</c>)')
                content = content if drawn.search(content) else _with_blank(content, at)
                content = drawn.sub(lambda hit, at=at, new=cell: f'<c r="{at}"{hit[1] or ""} {new}</c>', content)
            target.writestr(name, content)
    return out.getvalue()


def typed(data: bytes, sheet: str, cells: Mapping[str, str | int | None]) -> bytes:
    """The workbook with texts and numbers typed in, None for what is deleted; nothing else of it changes.

    ``edited`` does more, in a hundred times the time, and what it has saved is slow to read.
    """
    return with_cells(data, sheet, {at: _typed(value) for at, value in cells.items()})


def _typed(value: str | int | None) -> str:
    if value is None:
        return ">"
    return f"><v>{value}</v>" if isinstance(value, int) else f't="inlineStr"><is><t>{escape(value)}</t></is>'


def _with_blank(xml: str, at: str) -> str:
    """The sheet with a blank cell drawn where there was none, in its row and in the order of the columns."""
    row, column = coordinate_to_tuple(at)
    found = re.search(rf'<row r="{row}"[^>]*?(?:/>|>(.*?)</row>)', xml)
    if found is None:
        before = (re.match(r'<row r="(\d+)"', piece) for piece in re.split("(?=<row )", xml))
        after = next((hit[0] for hit in before if hit and int(hit[1]) > row), "</sheetData>")
        return xml.replace(after, f'<row r="{row}"><c r="{at}"/></row>{after}', 1)
    cells = re.findall(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', found[1] or "")
    places = [coordinate_to_tuple(re.findall('r="(.*?)"', cell)[0])[1] for cell in cells]
    cells.insert(sum(place < column for place in places), f'<c r="{at}"/>')
    opening = re.match("<row [^>]*?(?=/?>)", found[0])
    assert opening is not None
    return f"{xml[: found.start()]}{opening[0]}>{''.join(cells)}</row>{xml[found.end() :]}"
