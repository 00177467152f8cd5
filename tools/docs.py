"""The pages that the program itself can tell: commands, register, forms, figures and messages.

A test compares the pages with what this would write, so a page cannot say what the program does not do.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import FunctionType

from click.testing import CliRunner

from dvk_reports import checks
from dvk_reports.cli import dvk
from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import ROMAN
from dvk_reports.plan.book.rulebook import DUE, FieldSpec, FigureSpec, Plan, SheetSpec, StopWhen
from dvk_reports.plan.register.sheets import SHEETS, Column
from dvk_reports.plan.register.starter import starter_of
from dvk_reports.run.plans import load_plan
from dvk_reports.sheets.forms.blank import blank_content, blank_name
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.rules import sentences
from dvk_reports.sheets.register.words import INTRO, NOTES, hint_of
from dvk_reports.sheets.totals.figures import heading
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_percent
from tools import house
from tools.docs_words import FAMILIES, PARTIAL, PERIODS, SLOTS, TYPES

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 100
"""Columns of the help texts."""


def pages() -> dict[str, str]:
    """File name in docs/ -> its text."""
    plan = load_plan()
    written = {
        "lenh.md": commands(),
        "danh-muc.md": register(plan),
        "bieu-mau.md": forms(plan),
        "chi-tieu.md": figures(plan),
        "ma-loi.md": messages(),
    }
    pictures = {"hinh/nha.svg": house.picture(ROOT / "setup.cfg")}
    return {name: _page(lines) for name, lines in written.items()} | pictures


def _page(lines: Iterable[str]) -> str:
    note = "<!-- Trang này do tools/docs.py viết ra từ chương trình; không sửa tay. -->"
    return "\n".join([note, "", *lines]).rstrip() + "\n"


def _plain(text: str) -> str:
    """Text as it is, in Markdown and inside a table."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([*_|\[\]])", r"\\\1", text).replace("\n", " ")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _kinds(plan: Plan, codes: Sequence[str]) -> str:
    """Kinds of unit in words; all of them are said at once."""
    if set(codes) == set(plan.kinds):
        return "mọi loại đơn vị"
    return ", ".join(f"{plan.kinds[code].ten} (`{code}`)" for code in codes)


# --- commands ------------------------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """Lines of the page of commands: the help text of each."""
    yield "# Lệnh"
    yield ""
    yield "Nguyên văn lời trợ giúp của từng lệnh. Cách dùng từng bước: [huong-dan.md](huong-dan.md)."
    yield ""
    for name in ("", *dvk.commands):
        yield f"## `{f'dvk {name}'.strip()}`"
        yield ""
        yield "```text"
        yield _help(name)
        yield "```"
        yield ""
    yield from _COMPLETION


_COMPLETION = """\
## Gõ nối bằng phím Tab

Gõ vài chữ đầu rồi bấm Tab: lệnh, lệnh con, tùy chọn, các quý đang có trong thư mục làm việc, các đợt trong quy định
được điền tiếp. Cài một lần, dòng sau vào tệp của từng loại cửa sổ lệnh, rồi mở cửa sổ mới:

- bash (từ 4.4), tệp `~/.bashrc`: `eval "$(_DVK_COMPLETE=bash_source dvk)"`
- zsh, tệp `~/.zshrc`: `eval "$(_DVK_COMPLETE=zsh_source dvk)"`
- PowerShell, tệp mà `$PROFILE` chỉ tới:

```powershell
$env:_DVK_COMPLETE = "powershell_source"; dvk | Out-String | Invoke-Expression; Remove-Item Env:_DVK_COMPLETE
```
""".splitlines()


def _help(name: str) -> str:
    asked = [*([name] if name else []), "--help"]
    result = CliRunner().invoke(dvk, asked, prog_name="dvk", terminal_width=WIDTH)
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


# --- register ------------------------------------------------------------------------------------------------------


def register(plan: Plan) -> Iterator[str]:
    """Lines of the page of the register: every sheet and column."""
    hints = starter_of(plan).hints
    yield "# Danh mục `danh-muc.xlsx`"
    yield ""
    for said in INTRO:
        yield said
        yield ""
    yield "Tên các trang, mã cột ở dòng 1 (ẩn) là cố định; thứ tự cột và cột thêm bên phải tùy cơ quan."
    yield ""
    for name, columns in SHEETS.items():
        yield f"## {name}"
        yield ""
        yield _plain(NOTES[name])
        yield ""
        yield from _table(
            ("Cột", "Mã cột", "Bắt buộc", "Kiểu", "Cách ghi"),
            (_register_row(name, column, hints) for column in columns),
        )


def _register_row(sheet: str, column: Column, hints: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    needed = "Có" if column.required else ""
    hint = _plain(hint_of(sheet, column.key, hints))
    return _plain(column.caption), f"`{column.key}`", needed, TYPES[column.kind], hint


# --- forms ---------------------------------------------------------------------------------------------------------


def forms(plan: Plan) -> Iterator[str]:
    """Lines of the page of forms: every sheet with its fields and rules."""
    versions = ", ".join(f"{item.ma} (từ ngày {show_date_prose(item.tu_ngay)})" for item in plan.forms.phien_ban)
    yield "# Biểu mẫu"
    yield ""
    yield f"Phiên bản biểu mẫu: {versions}. Mỗi đơn vị chỉ nhận các biểu giao cho loại của mình ở quý đó."
    yield "Ô của biểu được nhận theo mã ẩn, sau đó theo tiêu đề; tiền ghi bằng triệu đồng."
    yield ""
    yield "Biểu trắng của từng loại đơn vị (thư mục `templates_xlsx`):"
    yield ""
    yield from _table(
        ("Loại", "Tên loại", "Tệp"),
        ((f"`{kind}`", plan.kinds[kind].ten, f"`{blank_name(kind)}`") for kind in list(plan.kinds)),
    )
    rules = _rules(plan)
    for spec in plan.forms.bieu:
        yield from _form(plan, spec, rules[spec.ma])
    yield "## Danh sách lựa chọn"
    yield ""
    chosen = sorted(
        {f.danh_sach for spec in plan.forms.bieu for f in spec.truong if f.danh_sach in plan.forms.danh_sach}
    )
    yield from _table(
        ("Danh sách", "Giá trị", "Căn cứ"),
        (
            (
                f"`{name}`",
                "; ".join(_plain(label) for label in plan.labels(name)),
                _plain(plan.forms.danh_sach[name].can_cu),
            )
            for name in chosen
            if name is not None
        ),
    )


def _form(plan: Plan, spec: SheetSpec, rules: Sequence[str]) -> Iterator[str]:
    yield f"## {spec.ma}. {spec.ten}"
    yield ""
    for duty in spec.giao:
        quarters = "mọi quý" if len(duty.quy) == 4 else ", ".join(f"quý {ROMAN[number]}" for number in duty.quy)
        if duty.chi_nam_co_dot_khen:
            years = ", ".join(str(year) for year in sorted({item.tu_ngay.year for item in plan.awards.dot}))
            quarters += f" của năm có đợt khen thưởng ({years})"
        yield f"- {'Phải nộp' if duty.nghia_vu == DUE else 'Nếu có'}, {quarters}: {_kinds(plan, duty.loai_don_vi)}."
    yield f"- Căn cứ: {_plain(spec.can_cu)}."
    yield ""
    yield from _table(("Ô", "Mã ô", "Bắt buộc", "Kiểu", "Cách ghi"), (_field_row(field) for field in spec.truong))
    if rules:
        yield "Được đối chiếu như sau:"
        yield ""
        yield from (f"- {_plain(rule)}" for rule in rules)
        yield ""


def _field_row(field: FieldSpec) -> tuple[str, ...]:
    kind = TYPES[field.kieu]
    if field.danh_sach is not None and field.kieu == "chon":
        kind += f" (`{field.danh_sach}`)"
    if field.numeric and field.bien is not None:
        kind += ", phát sinh trong kỳ" if field.bien == "F" else ", đến cuối kỳ"
    return _plain(field.ten), f"`{field.khoa}`", "Có" if field.bat_buoc else "", kind, _plain(field.huong_dan)


def _rules(plan: Plan) -> dict[str, list[str]]:
    """Sheet -> its rules in words; one that holds for some kinds of unit only names them."""
    said: dict[str, dict[str, list[str]]] = {spec.ma: {} for spec in plan.forms.bieu}
    given: dict[str, list[str]] = {spec.ma: [] for spec in plan.forms.bieu}
    for kind in list(plan.kinds):
        layout = Layout(plan, blank_content(plan, kind))
        for spec in layout.specs:
            given[spec.ma].append(kind)
            for sentence in sentences(spec, layout.setting):
                said[spec.ma].setdefault(sentence, []).append(kind)
    return {
        sheet: [
            text if kinds == given[sheet] else f"{text} Áp dụng: {', '.join(kinds)}." for text, kinds in rules.items()
        ]
        for sheet, rules in said.items()
    }


# --- figures -------------------------------------------------------------------------------------------------------


def figures(plan: Plan) -> Iterator[str]:
    """Lines of the page of figures: how each is counted, of which units, and its target."""
    yield "# Chỉ tiêu"
    yield ""
    yield f"Mọi con số của {_plain(plan.info.ten)}, lấy từ bộ quy định của chương trình."
    yield "Mã MT in ở trang “Chỉ tiêu”, các mã khác ở trang “Nhiệm vụ” của `tong-hop.xlsx`. Cách đọc n/N, mức thấp"
    yield "nhất, cao nhất và kết luận: [huong-dan.md](huong-dan.md#đọc-trang-chỉ-tiêu)."
    yield ""
    specs = plan.figures.chi_tieu
    yield from _table(("Mã", "Chỉ tiêu", "Đơn vị tính", "Kỳ", "Phải đạt"), (_figure_row(spec) for spec in specs))
    family = ""
    for spec in specs:
        if spec.ma.partition(".")[0] != family:
            family = spec.ma.partition(".")[0]
            yield f"## {_plain(heading(plan, family))}"
            yield ""
        yield from _figure(plan, spec)


def _figure_row(spec: FigureSpec) -> tuple[str, ...]:
    goal = _percent(spec.muc_tieu[-1].number) if spec.muc_tieu else ""
    return spec.ma, _plain(spec.ten), _plain(spec.don_vi_tinh), PERIODS[spec.ky], goal


def _percent(ratio: Decimal) -> str:
    return show_percent(ratio).replace(",0%", "%")


def _figure(plan: Plan, spec: FigureSpec) -> Iterator[str]:
    yield f"### {spec.ma}. {_plain(spec.ten)}"
    yield ""
    yield f"- Cách tính: {_plain(spec.dinh_nghia)}"
    yield f"- Đơn vị tính: {_plain(spec.don_vi_tinh)}; kỳ: {PERIODS[spec.ky]}."
    if spec.thieu != "khong":
        marked = spec.don_vi == "co_quan"
        owing = "đơn vị có dấu “cơ quan, đơn vị” trong danh mục" if marked else _kinds(plan, spec.don_vi)
        yield f"- Đơn vị phải báo cáo (N): {owing}."
    for goal in spec.muc_tieu:
        since = show_date_prose(goal.tu_ngay)
        yield f"- Phải đạt: {_percent(goal.number)}, từ ngày {since} ({_plain(goal.can_cu)})."
    yield f"- Khi thiếu đơn vị: {PARTIAL[spec.thieu]}."
    if spec.dung_boi:
        yield "- Đơn vị chưa được tính khi thiếu biểu, biểu bị dừng, hoặc một ô sau đây bị dừng, bắt buộc mà để trống:"
        yield from (f"  - {_stop(plan, entry)}" for entry in spec.dung_boi)
    lines = list(_lines(plan, spec))
    if lines:
        yield f"- Dòng chi tiết: {'; '.join(lines)}."
    yield f"- Căn cứ: {_plain(spec.can_cu)}."
    yield ""


def _stop(plan: Plan, entry: str | StopWhen) -> str:
    name = entry if isinstance(entry, str) else entry.o
    sheet, _, key = name.partition(".")
    said = f"{sheet} “{_plain(plan.sheets[sheet].fields[key].ten)}” (`{key}`)"
    if isinstance(entry, str) or entry.khi.o is None or entry.khi.la is None:
        return said
    other = plan.sheets[sheet].fields[entry.khi.o].ten
    return f"{said}, chỉ ở dòng có “{_plain(other)}” là {_plain(' hoặc '.join(entry.khi.la))}"


def _lines(plan: Plan, spec: FigureSpec) -> Iterator[str]:
    if spec.phan_to is not None:
        for key in spec.phan_to.cot:
            name = next(plan.sheets[sheet].fields[key].ten for sheet in spec.sheets if key in plan.sheets[sheet].fields)
            yield f"theo “{_plain(name)}”"
        yield from (_plain(label) for label in spec.phan_to.nhan)
    yield from (f"{_plain(own.nhan)} (n/N riêng)" for own in spec.dong_rieng)


# --- messages ------------------------------------------------------------------------------------------------------


def messages() -> Iterator[str]:
    """Lines of the page of messages: every sentence of the catalogue under its code."""
    yield "# Mã lỗi"
    yield ""
    yield "Mọi câu mà trang “Lỗi”, lệnh `dvk check` và màn hình có thể hiện. Chữ trong ‹ › được thay bằng giá trị thật."
    yield ""
    yield f"- **{Level.BLOCK}**: giá trị, biểu hoặc tệp bị dừng, không được tính cho đến khi đơn vị gửi lại bản sửa."
    yield f"- **{Level.WARNING}**: vẫn được tính; cần xem lại."
    yield f"- **{Level.NOTE}**: để biết; không làm đổi mã kết thúc của lệnh."
    yield ""
    rules, names = _rule_lines(), load_plan().checks.ten_ma
    family = ""
    for code in sorted({message.code for message in CATALOGUE.values()}, key=lambda code: ("KTD".index(code[0]), code)):
        if code[0] != family:
            family = code[0]
            yield f"## {family}: {FAMILIES[family]}"
            yield ""
        yield f"### {code}. {names.get(code, '')}".rstrip()
        yield ""
        for line in rules.get(code, ()):
            yield f"- {_plain(line)}"
        if rules.get(code):
            yield ""
        own = [message for message in CATALOGUE.values() if message.code == code]
        yield from _table(
            ("Mức", "Nội dung", "Cách sửa"),
            ((str(entry.level), readable(entry.text), readable(entry.remedy)) for entry in own),
        )


def readable(text: str) -> str:
    """A sentence of the catalogue with words in place of its slots; a test sees to it that each has its word."""
    parts = string.Formatter().parse(text)
    said = "".join(
        literal + (SLOTS.get(slot, f"‹{slot}›") if slot is not None else "") for literal, slot, _, _ in parts
    )
    return _plain(said.replace("..", "."))


def _rule_lines() -> dict[str, list[str]]:
    """Code -> the first docstring line of every check that bears it."""
    found: dict[str, list[str]] = {}
    for function in _checks():
        bears = re.match(r"([KT]\d\d)(?: \([^)]*\))?: (.+)", (function.__doc__ or "").split("\n")[0])
        if bears is not None:
            found.setdefault(bears[1], []).append(bears[2][:1].upper() + bears[2][1:])
    return found


def _checks() -> Iterator[FunctionType]:
    """Every function of the room of rules, module by module, in the order in which they are written."""
    for found in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}."):
        module = importlib.import_module(found.name)
        own = (f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__)
        yield from sorted(own, key=lambda function: function.__code__.co_firstlineno)
