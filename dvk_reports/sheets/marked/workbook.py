"""The marked copy: a unit's own values in a clean form, what is wrong coloured and explained where it stands.

However the return came (.xls, columns moved, keys lost), the copy is the form as it was sent out, with the unit's rows
in their order, so that only what is named on its first sheet ``Cần sửa`` has to be touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dvk_reports.messages.asking import asks_unit
from dvk_reports.messages.returns import Msg
from dvk_reports.messages.to_mend import TO_MEND
from dvk_reports.model.findings import Finding
from dvk_reports.model.periods import Quarter
from dvk_reports.model.returns import Return
from dvk_reports.model.values import Row, Value
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.duty import duties, ticks
from dvk_reports.plan.office import Office
from dvk_reports.plan.register.register import Unit
from dvk_reports.sheets.base.book import Formats
from dvk_reports.sheets.forms.layout import FormContent, Layout
from dvk_reports.sheets.forms.templates import Templates
from dvk_reports.sheets.marked.cells import Marker
from dvk_reports.sheets.marked.page import Line, PageWords, draw_page, fill_page
from dvk_reports.sheets.marked.places import Places
from dvk_reports.sheets.marked.values import Writer, Written, as_seen, too_long

_LEFT_OUT = tuple(
    message.name for message in (Msg.EXTRA_COLUMN, Msg.TEXT_ONLY, Msg.BESIDE, Msg.UNDER_MERGED, Msg.COPIES_DIFFER)
)
"""What is told of things that stand in the unit's file and not in the copy."""
_PRINTED = ("ma_don_vi", "ten_don_vi", "ky", "ma_mau")
"""Lines of the cover that the office prints: the unit's own are not copied."""

_ARRANGED = "Tệp này đã được sắp xếp lại đúng biểu mẫu."
_FILLED = "Ô này đã được in đúng trong tệp này."
_MENDED: Mapping[str, str] = {
    **dict.fromkeys(
        (
            Msg.BY_CAPTION.name,
            Msg.MOVED.name,
            Msg.HEADING_CHANGED.name,
            Msg.HIDDEN_ROW.name,
            Msg.HIDDEN_SHEET.name,
            Msg.BELOW_TOTAL.name,
            Msg.SHEET_UNREADABLE.name,
            Msg.NO_RECORD.name,
            Msg.COPIES_EQUAL.name,
            Msg.COPY_READ.name,
        ),
        _ARRANGED,
    ),
    **dict.fromkeys(
        (Msg.UNKNOWN_PERIOD.name, Msg.WRONG_FORM.name, Msg.BIA_BLANK.name),
        _FILLED,
    ),
    Msg.EARLIER_FORM.name: "Tệp này đã theo phiên bản biểu mẫu của kỳ này.",
    Msg.TOTAL_WRONG.name: "Dòng tổng của tệp này tự cộng.",
    Msg.COLUMN_ABSENT.name: "Tệp này đã có đủ các cột.",
    Msg.SHEET_ABSENT.name: "Tệp này đã có biểu đó, còn trống.",
    Msg.NORMALISED.name: "Tệp này đã ghi theo cách đọc đó.",
    Msg.NIL_WORD.name: "Tệp này đã để trống biểu đó.",
    Msg.NUMBER_LOOKS.name: "Tệp này hiện đúng số trong ô.",
    Msg.LEGACY_TEXT.name: "Tệp này đã ghi bằng phông Unicode.",
    Msg.STRUCK_PART.name: "Tệp này đã bỏ phần gạch ngang.",
    Msg.LINKED_VALUE.name: "Tệp này đã ghi thẳng giá trị.",
    Msg.LIST_LOST.name: "Tệp này đã có lại danh sách để chọn.",
    Msg.UNSEEN.name: "Tệp này đã ở dạng .xlsx.",
}
"""What the copy has already put right, by the name of the sentence."""


def needs_copy(findings: Iterable[Finding]) -> bool:
    """Whether a return is sent back with its mistakes marked: anything is asked of the unit."""
    return any(map(asks_unit, findings))


def raised_version(form: Return) -> int:
    """``phien_ban`` of the copy: one more than the return's; 2 where that cannot be read."""
    return (form.version if form.version is not None and form.version > 0 else 1) + 1


@dataclass(frozen=True)
class FlawedReturn:
    """A return that goes back to its unit, with its findings as they stand."""

    unit: Unit
    form: Return
    findings: Sequence[Finding]
    """Those of this return, with the unit's answers."""
    free_codes: Callable[[], tuple[str, ...]] = tuple
    """Model codes for the next free rows of the sheet of models; those the unit has used are passed over."""


def marked_name(quarter: Quarter, item: FlawedReturn) -> str:
    """``DVK_<ma>_<KY>_v<nn>.xlsx``, nn the raised version."""
    return f"DVK_{item.unit.code}_{quarter.key}_v{raised_version(item.form):02d}.xlsx"


def _draw_front(book: Any, formats: Formats) -> None:
    draw_page(book.add_worksheet(TO_MEND), formats)


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.level.rank)


class MarkedCopy:
    """A return as it goes back: what is copied, where it comes to stand, what is left out and what is told."""

    def __init__(self, office: Office, quarter: Quarter, item: FlawedReturn) -> None:
        self.plan = office.plan_of(quarter)
        self.unit = item.unit
        self.form = item.form
        self.given = duties(self.plan, item.unit.kind, quarter)
        self._cover = self.plan.sheet(SheetRole.COVER)
        self._writer = Writer(item.form)
        self._own = {
            name: {key for key, entry in spec.fields.items() if not entry.tu_tinh and not self._printed(name, key)}
            for name, spec in self.plan.sheets.items()
        }
        """Sheet -> keys whose values are copied, whatever was said of them."""
        self._told_of = {(finding.sheet, finding.row, finding.key) for finding in item.findings}
        self.content = self._content(office, quarter, item)
        self.layout = Layout(self.plan, self.content)
        self.places = Places(self.layout, self.form)
        self._item, self._quarter = item, quarter
        self._moved: dict[Finding, Finding] = {}
        """Findings of the return in the addresses of the copy: each is told in three places."""

    def findings(self) -> tuple[Finding, ...]:
        """The findings with cells, rows and words as they are on the copy; blockers first. For the mail."""
        return tuple(self.on_copy(finding) for finding in _ordered(self._item.findings))

    def workbook(self, until: date | None = None, templates: Templates | None = None) -> bytes:
        """The workbook; the same return and findings give the same bytes.

        ``until``: the day until which it should come back, if there is one. ``templates``: those of the run.
        """
        book = (templates or Templates()).filled(self.layout, _draw_front)
        formats = Formats(book)
        marker = Marker(formats, self.layout)
        findings = _ordered(self._item.findings)
        for finding in findings:
            spot = self.places.spot(finding)
            if spot is not None and not spot.total:
                marker.mark(spot, self.on_copy(finding), self.at(spot.sheet, spot.index, spot.key))
            elif finding.sheet in self.layout.content.given:
                marker.note_sheet(finding.sheet, finding.level)
        for sheet, index, key, written in self.special():
            marker.keep(sheet, index, key, written)
        marker.draw(book.sheets)
        words = PageWords(
            title=f"Báo cáo Phong trào “Dân vận khéo” {self._quarter.title}",
            unit=f"{self.unit.name} ({self.unit.code})",
            version=raised_version(self.form),
            until=until,
            left_out=tuple(self.left_out()),
        )
        fill_page(book.sheets[TO_MEND], formats, words, [self.line(finding) for finding in findings])
        return book.content()

    def _content(self, office: Office, quarter: Quarter, item: FlawedReturn) -> FormContent:
        values: dict[str, Mapping[str, object]] = {}
        rows: dict[str, list[Mapping[str, object]]] = {}
        for name in self.given:
            sheet = self.form.sheets.get(name)
            if sheet is None or not sheet.rows:
                continue
            told = [self._values(row) for row in sheet.rows]
            if self.plan.sheets[name].table:
                rows[name] = told
            else:
                values[name] = told[0]
        values[self._cover] = {**values.get(self._cover, {}), **self._version()}
        used = {str(row.get("ma_mo_hinh")) for row in rows.get(self.plan.sheet(SheetRole.MODELS), ())}
        return FormContent(
            kind=self.unit.kind,
            given=self.given,
            ticks=ticks(self.plan, self.given),
            unit=self.unit,
            quarter=quarter,
            window=office.register.window(quarter),
            values=values,
            rows=rows,
            free_codes=[code for code in item.free_codes() if code not in used],
        )

    def _version(self) -> Mapping[str, object]:
        raised = raised_version(self.form)
        return {"phien_ban": _whole(raised), "thay_the_phien_ban": _whole(raised - 1)}

    def _values(self, row: Row) -> Mapping[str, object]:
        found: dict[str, object] = {}
        sheet, number = row.sheet, row.number
        for key, (text, typed) in zip(row.values, row.written(row.values), strict=True):
            if not text and not self._writer.told(sheet, number, key):
                continue
            if self._copied(row, key):
                found[key] = self._writer.value(sheet, number, key, text, typed)
        return found

    def _copied(self, row: Row, key: str) -> bool:
        """Whether a value of the unit is copied.

        What the office prints is not, and a count of the form's own, which .xls cannot tell from a typed one, only
        where a finding names it.
        """
        if key in self._own[row.sheet]:
            return True
        counted = self.plan.sheets[row.sheet].fields[key].tu_tinh
        return counted and (row.sheet, row.number, key) in self._told_of

    def _printed(self, sheet: str, key: str) -> bool:
        return sheet == self._cover and key in _PRINTED

    def _replaced(self, sheet: str, key: str) -> bool:
        return sheet == self._cover and key in ("phien_ban", "thay_the_phien_ban")

    def special(self) -> Iterable[tuple[str, int | None, str, Written]]:
        """Cells that are more than a value: an error, a doubtful font, a struck-out text."""
        for name in self.given:
            sheet = self.form.sheets.get(name)
            for index, row in enumerate(sheet.rows if sheet else ()):
                for key in row.values if (name, row.number) in self._writer.rows else ():
                    if not self._writer.told(name, row.number, key):
                        continue
                    value = row.values[key]
                    written = self._writer.written(name, row.number, key, value.text, value.typed)
                    if written.special and self._copied(row, key) and not self._replaced(name, key):
                        yield name, index if self.plan.sheets[name].table else None, key, written

    def at(self, sheet: str, index: int | None, key: str) -> object:
        """The value that stands in a cell of the copy."""
        if index is None:
            return self.layout.values_of(sheet).get(key)
        return self.layout.rows_of(sheet)[index].get(key) if key else index + 1

    def on_copy(self, finding: Finding) -> Finding:
        """A finding in the addresses of the copy, with a word where the copy itself has mended it."""
        moved = self._moved.get(finding)
        if moved is None:
            moved, said = self.places.on_copy(finding), _MENDED.get(finding.rule, "")
            moved = replace(moved, remedy=f"{moved.remedy} {said}") if said else moved
            self._moved[finding] = moved
        return moved

    def line(self, finding: Finding) -> Line:
        """One line of ``Cần sửa``."""
        moved = self.on_copy(finding)
        spot = self.places.spot(finding)
        there = finding.sheet if finding.sheet in self.content.given else ""
        value = self._value(finding)
        own = not self._printed(finding.sheet, finding.key) and not self._replaced(finding.sheet, finding.key)
        if value is not None and own and finding.raw == value.text:
            written = self._writer.written(finding.sheet, finding.row, finding.key, value.text, value.typed)
            moved = replace(moved, raw=as_seen(written))
        return Line(moved, there, spot.a1 if spot is not None else "")

    def _value(self, finding: Finding) -> Value | None:
        sheet = self.form.sheets.get(finding.sheet)
        row = next((row for row in sheet.rows if row.number == finding.row), None) if sheet is not None else None
        return row.values.get(finding.key) if row is not None else None

    def left_out(self) -> Iterable[str]:
        """Everything of the unit's file that is not in the copy, each with its place there."""
        for name, sheet in self.form.sheets.items():
            if name in self.given:
                continue
            filled = [row for row in sheet.rows if any(not value.blank for value in row.values.values())]
            if filled:
                rows = f" ({len(filled)} dòng)" if self.plan.sheets[name].table else ""
                yield f"Biểu {name}{rows}: không giao cho đơn vị ở kỳ này."
        yield from self._left_lines()
        for finding in self.form.findings:
            if finding.rule in _LEFT_OUT:
                yield finding.text
        for name in self.form.foreign_sheets:
            yield f"Trang “{name}”: không thuộc biểu mẫu."
        for value in too_long(self.form.sheets.values()):
            yield f"Ô {value.at.a1} của trang “{value.at.sheet}”: quá dài, chỉ chép phần đầu."

    def _left_lines(self) -> Iterable[str]:
        """Lines of a key/value sheet that this unit's form does not have."""
        for name, shape in self.layout.lines.items():
            sheet = self.form.sheets.get(name)
            for row in sheet.rows if sheet is not None else ():
                for key in (key for key in row.values if key not in shape.rows):
                    value = row.values[key]
                    if not value.blank:
                        caption = self.plan.sheets[name].fields[key].ten
                        yield f"Ô {value.at.a1} của biểu {name} “{caption}”: không giao cho đơn vị ở kỳ này."


def _whole(number: int) -> Any:
    """A version as Excel can hold it."""
    return number if number < 10**15 else str(number)
