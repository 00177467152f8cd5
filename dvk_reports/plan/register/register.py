"""The register ``danh-muc.xlsx``: units, mergers, thôn, deadlines, days received, signers, waivers, outside indices.

The office keeps it in Excel, so it is checked like any other workbook: a wrong row is a finding with its cell, and the
run goes on with the rest. Only a file that is missing or no workbook at all is a RegisterError.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from dvk_reports.errors import PlanError, RegisterError, reason_of
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.records import Cell, Finding, Value, Waiver
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.periods import Quarter
from dvk_reports.vietnamese.dates import read_date, show_date
from dvk_reports.vietnamese.numbers import read_number, show_number
from dvk_reports.vietnamese.text import fold, nearest, tidy

FILE = "danh-muc.xlsx"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register sheet. ``kind`` as in the rule book, plus ``loai_don_vi`` and ``don_vi``."""

    key: str
    caption: str
    kind: str = "chu"
    required: bool = False


def _columns(*entries: str) -> tuple[Column, ...]:
    found = []
    for entry in entries:
        name, caption, kind = (part.strip() for part in entry.split("|"))
        found.append(Column(name, caption, kind.rstrip("*"), kind.endswith("*")))
    return tuple(found)


SHEETS: Mapping[str, tuple[Column, ...]] = {
    "Đơn vị": _columns(
        "ma_don_vi|Mã đơn vị|chu*",
        "ma_hanh_chinh|Mã hành chính|chu",
        "ten|Tên đơn vị|chu*",
        "ten_khac|Tên gọi khác|chu",
        "loai|Loại đơn vị|loai_don_vi*",
        "nhom|Nhóm in báo cáo|nhom*",
        "la_co_quan|Tính là cơ quan, đơn vị (MT3)|co_khong",
        "tu_ngay|Hiệu lực từ|ngay",
        "den_ngay|Hiệu lực đến|ngay",
        "email|Thư điện tử|chu",
        "dien_thoai|Điện thoại|chu",
        "dau_moi|Người phụ trách|chu",
        "ghi_chu|Ghi chú|chu",
    ),
    "Sáp nhập": _columns(
        "ma_cu|Mã đơn vị cũ|don_vi*", "ma_moi|Mã đơn vị mới|don_vi*", "ngay|Từ ngày|ngay*", "van_ban|Văn bản|chu*"
    ),
    "Thôn": _columns(
        "ma_thon|Mã thôn, tổ dân phố|chu*",
        "ten|Tên|chu*",
        "loai|Loại (Thôn, Tổ dân phố)|chu*",
        "ma_don_vi|Mã đơn vị|don_vi*",
        "tu_ngay|Hiệu lực từ|ngay",
        "den_ngay|Hiệu lực đến|ngay",
        "ghi_chu|Ghi chú|chu",
    ),
    "Hạn nộp": _columns(
        "ky|Kỳ|ky*",
        "han_nop|Hạn nộp|ngay*",
        "ngay_khoa_so|Ngày khóa sổ|ngay",
        "tu_ngay|Số liệu từ ngày|ngay",
        "den_ngay|Số liệu đến ngày|ngay",
    ),
    "Ngày nhận": _columns(
        "ma_don_vi|Mã đơn vị|don_vi*", "ky|Kỳ|ky*", "ngay_nhan|Ngày nhận|ngay*", "ghi_chu|Ghi chú|chu"
    ),
    "Người ký": _columns(
        "van_ban|Loại văn bản|chu*",
        "tu_ngay|Từ ngày|ngay",
        "den_ngay|Đến ngày|ngay",
        "quyen_han|Quyền hạn|chu",
        "chuc_vu|Chức vụ|chu*",
        "ho_ten|Họ tên|chu",
    ),
    "Miễn trừ": _columns(
        "ma_loi|Mã lỗi|chu*",
        "ma_don_vi|Mã đơn vị|don_vi",
        "ky|Kỳ|ky",
        "sheet|Biểu|chu",
        "khoa|Khóa dòng|chu",
        "ly_do|Lý do|chu*",
        "nguoi_duyet|Người duyệt|chu*",
        "ngay|Ngày|ngay*",
        "den_ngay|Hiệu lực đến|ngay",
    ),
    "Chỉ số ngoài": _columns("ma|Mã chỉ số|chu*", "nam|Năm|nguyen*", "gia_tri|Giá trị|so*", "nguon|Nguồn|chu*"),
}


_NEEDED = ("Đơn vị", "Thôn", "Hạn nộp")
"""Without these nothing can be said of any unit; the others may be empty, so a missing one is a finding."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting body, for life; ``order`` is its place in the register."""

    code: str
    name: str
    kind: str
    group: str
    agency: bool
    since: date | None
    until: date | None
    aliases: tuple[str, ...]
    email: str
    phone: str
    contact: str
    order: int
    at: Cell

    def valid(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A thôn or tổ dân phố."""

    code: str
    name: str
    kind: str
    unit: str
    since: date | None
    until: date | None
    at: Cell

    def valid(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Merger:
    old: str
    new: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Deadline:
    quarter: Quarter
    due: date
    closing: date | None
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Signer:
    document: str
    since: date | None
    until: date | None
    authority: str
    post: str
    name: str


@dataclass(frozen=True, slots=True)
class OutsideIndex:
    code: str
    year: int
    value: Decimal
    source: str
    at: Cell


@dataclass(frozen=True)
class Register:
    """What the office keeps, with the findings met while reading it."""

    units: tuple[Unit, ...] = ()
    hamlets: tuple[Hamlet, ...] = ()
    mergers: tuple[Merger, ...] = ()
    deadlines: Mapping[Quarter, Deadline] = field(default_factory=dict)
    received: Mapping[tuple[str, Quarter], date] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()
    indices: tuple[OutsideIndex, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def units_on(self, day: date) -> tuple[Unit, ...]:
        """Units valid on a day, in register order."""
        return tuple(unit for unit in self.units if unit.valid(day))

    @cached_property
    def _names(self) -> Mapping[str, tuple[Unit, ...]]:
        names: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in dict.fromkeys(fold(text) for text in (unit.code, unit.name, *unit.aliases)):
                names.setdefault(name, []).append(unit)
        return {name: tuple(found) for name, found in names.items()}

    def resolve_unit(self, text: str, day: date) -> Unit | None:
        """The unit meant by a code, a name or another name, valid on the day; None unless exactly one is."""
        found = [unit for unit in self._names.get(fold(text), ()) if unit.valid(day)]
        return found[0] if len(found) == 1 else None

    def hamlets_of(self, unit: str, day: date) -> tuple[Hamlet, ...]:
        return tuple(hamlet for hamlet in self._hamlets.get(unit, ()) if hamlet.valid(day))

    @cached_property
    def _hamlets(self) -> Mapping[str, tuple[Hamlet, ...]]:
        found: dict[str, list[Hamlet]] = {}
        for hamlet in self.hamlets:
            found.setdefault(hamlet.unit, []).append(hamlet)
        return {unit: tuple(hamlets) for unit, hamlets in found.items()}

    def resolve_hamlets(self, unit: str, text: str, day: date) -> tuple[tuple[Hamlet, ...], tuple[str, ...]]:
        """(thôn named, parts that match none or several). “Tất cả” names every one; parts are set apart by ;."""
        own = self.hamlets_of(unit, day)
        if fold(text) == fold("Tất cả"):
            return own, ()
        found: dict[str, Hamlet] = {}
        bad = []
        for part in (tidy(part) for part in text.split(";")):
            if not part:
                continue
            key = fold(part)
            match = [h for h in own if fold(h.code) == key] or [h for h in own if fold(h.name) == key]
            if len(match) == 1:
                found[match[0].code] = match[0]
            else:
                bad.append(part)
        return tuple(found.values()), tuple(bad)

    def window(self, quarter: Quarter) -> tuple[date, date]:
        """First and last day of the flows of a quarter."""
        deadline = self.deadlines.get(quarter)
        return (deadline.first_day, deadline.last_day) if deadline else (quarter.first_day, quarter.last_day)

    def predecessors(self, unit: str) -> tuple[str, ...]:
        """Units merged into this one, directly or through others; one that was split has no successor here."""
        found: list[str] = []
        queue = [unit]
        while queue:
            code = queue.pop(0)
            for merger in self._mergers_into.get(code, ()):
                if merger.old not in (*found, unit) and self.has_heir(merger.old):
                    found.append(merger.old)
                    queue.append(merger.old)
        return tuple(found)

    def has_heir(self, unit: str) -> bool:
        """Whether another unit takes over the past of this one; a unit that was split leaves its past to neither."""
        return len(self._successors.get(unit, ())) == 1

    def heir(self, unit: str, day: date) -> str | None:
        """The unit that stands for this one on a day: itself while it is valid, else the last of its single heirs."""
        seen = {unit}
        while not (unit in self.by_code and self.by_code[unit].valid(day)):
            later = self._successors.get(unit, frozenset())
            if len(later) != 1 or later <= seen:
                return None
            (unit,) = later
            seen.add(unit)
        return unit

    @cached_property
    def _successors(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for merger in self.mergers:
            found.setdefault(merger.old, set()).add(merger.new)
        return {old: frozenset(new) for old, new in found.items()}

    @cached_property
    def _mergers_into(self) -> Mapping[str, tuple[Merger, ...]]:
        found: dict[str, list[Merger]] = {}
        for merger in self.mergers:
            found.setdefault(merger.new, []).append(merger)
        return {code: tuple(items) for code, items in found.items()}

    def standing_for(self, unit: str, day: date, until: date | None = None) -> tuple[str, ...]:
        """The units whose returns of ``day`` belong to ``unit`` as things stand on ``until`` (None: at the end).

        Itself where it was valid that day, and each unit merged into it whose heir on ``until`` it is, so that no
        return belongs to two. The days of the units decide, not that of the merger.
        """
        own = self.by_code.get(unit)
        found = [unit] if own is not None and own.valid(day) else []
        for code in self.predecessors(unit):
            old = self.by_code.get(code)
            if old is not None and old.valid(day) and (until is None or self.heir(code, until) == unit):
                found.append(code)
        return tuple(found)

    def index(self, code: str, year: int) -> OutsideIndex | None:
        return next((item for item in self.indices if item.code == code and item.year == year), None)

    def signer(self, document: str, day: date) -> Signer | None:
        for item in self.signers:
            if (
                item.document == document
                and (item.since is None or item.since <= day)
                and (item.until is None or day <= item.until)
            ):
                return item
        return None

    def findings_for(self, plan: Plan, quarter: Quarter) -> tuple[Finding, ...]:
        """What the register lacks for one period, besides what reading it has found."""
        found = []
        if quarter not in self.deadlines:
            found.append(say(Msg.REG_NO_DEADLINE, Location(file=FILE, sheet="Hạn nộp"), ky=quarter.key))
        for unit in self.units_on(quarter.last_day):
            if plan.has_hamlets(unit.kind) and not self.hamlets_of(unit.code, quarter.last_day):
                place = Location(unit.code, unit.at, sheet="Đơn vị", raw=unit.code)
                found.append(say(Msg.REG_NO_HAMLET, place, don_vi=unit.name))
        return tuple(found)


def read_register(path: Path, plan: Plan) -> Register:
    """Read and check ``danh-muc.xlsx``; RegisterError where it is missing, no workbook, or lacks a sheet it needs."""
    import openpyxl

    if not path.is_file():
        raise RegisterError(
            f"Không thấy {FILE} ở thư mục {path.parent}. Chạy “dvk init THƯ_MỤC” để tạo, hoặc thêm -w THƯ_MỤC."
        )
    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except OSError as error:
        raise RegisterError(f"Không mở được {FILE}: {reason_of(error)}. Đóng tệp trong Excel rồi chạy lại.") from error
    except Exception as error:  # openpyxl raises a dozen kinds for a broken file; each means the same to the clerk
        raise RegisterError(f"{FILE} không phải là sổ Excel đọc được ({type(error).__name__}).") from error
    reader = _Reader(plan)
    tables = {name: list(reader.rows(book, name)) for name in SHEETS}
    return reader.build(tables)


@dataclass(frozen=True, slots=True)
class _Line:
    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Value]


class _Reader:
    """Typed rows of the register and the findings on the way."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.findings: list[Finding] = []

    def rows(self, book: Any, name: str) -> Iterator[_Line]:
        sheet = next((book[title] for title in book.sheetnames if fold(title) == fold(name)), None)
        columns = SHEETS[name]
        places: dict[str, int] = {}
        if sheet is not None:
            for cell in next(sheet.iter_rows(min_row=1, max_row=1, max_col=60), ()):
                if cell.value is not None:
                    places.setdefault(tidy(str(cell.value)), cell.column)
        if columns[0].key not in places:
            if name in _NEEDED:
                lost = "mất dòng mã ẩn (dòng 1)" if sheet is not None else "không có"
                raise RegisterError(f"{FILE}: trang “{name}” {lost}. Chép lại trang này từ danh mục mẫu rồi chạy lại.")
            self.findings.append(say(Msg.REG_SHEET, Location(file=FILE, sheet=name), bieu=name))
            return
        for column in columns:
            if column.key not in places and column.required:
                place = Location(file=FILE, sheet=name)
                self.findings.append(say(Msg.REG_COLUMN, place, bieu=name, cot=column.caption))
        captions = {fold(column.caption) for column in columns}
        assert sheet is not None
        for cells in sheet.iter_rows(min_row=2, max_row=min(sheet.max_row, 20000), max_col=max(places.values())):
            held = {column.key: cells[places[column.key] - 1] for column in columns if column.key in places}
            filled = [cell for cell in held.values() if _shown(cell.value)]
            if not filled or sum(fold(_shown(cell.value)) in captions for cell in filled) >= 2:
                continue
            if not _shown(held[columns[0].key].value) and len(filled) < 2:
                continue  # a title or a note, not a row
            line = self._line(name, cells[0].row, held)
            if line is not None:
                yield line

    def _line(self, name: str, number: int, held: Mapping[str, Any]) -> _Line | None:
        values: dict[str, Any] = {}
        cells: dict[str, Value] = {}
        usable = True
        for column in SHEETS[name]:
            source = held.get(column.key)
            raw = source.value if source is not None else None
            at = Cell(FILE, name, number, source.column if source is not None else 1)
            shown = _shown(raw)
            cells[column.key] = Value(shown, None, at)
            values[column.key] = None
            if not shown:
                if column.required:
                    self._note(Msg.REG_BLANK, name, cells[column.key], column)
                    usable = False
                continue
            try:
                values[column.key] = self._typed(column, raw, shown)
            except _Wrong as wrong:
                self._note(wrong.message, name, cells[column.key], column, **wrong.slots)
                usable = usable and not column.required
        return _Line(name, number, values, cells) if usable else None

    def _note(self, message: Message, sheet: str, value: Value, column: Column, **slots: Any) -> None:
        place = Location(cell=value.at, sheet=sheet, raw=value.text)
        self.findings.append(say(message, place, ten=column.caption, **slots))

    def _typed(self, column: Column, raw: Any, shown: str) -> Any:
        kind = column.kind
        if kind == "ngay":
            day = raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else read_date(shown)
            if day is None:
                raise _Wrong(Msg.REG_VALUE, cach="Ghi ngày dạng ngày/tháng/năm, ví dụ 01/7/2025.")
            return day
        if kind in ("nguyen", "so"):
            number = _decimal(raw, shown, kind == "nguyen")
            if number is None or (kind == "nguyen" and number != int(number)):
                raise _Wrong(Msg.REG_VALUE, cach="Chỉ ghi số.")
            return int(number) if kind == "nguyen" else number
        if kind == "ky":
            try:
                return Quarter.parse(shown)
            except PlanError:
                raise _Wrong(Msg.REG_VALUE, cach="Ghi kỳ dạng 2023-Q3.") from None
        if kind in ("loai_don_vi", "co_khong", "nhom"):
            labels = self._labels(kind)
            match = next((label for label in labels if fold(label) == fold(shown)), None)
            if match is None:
                raise _Wrong(Msg.REG_LIST, list=", ".join(labels))
            return match == "Có" if kind == "co_khong" else match
        return shown

    def _labels(self, kind: str) -> list[str]:
        if kind == "nhom":
            return [group.ma for group in self.plan.info.nhom_don_vi]
        return list(self.plan.kinds) if kind == "loai_don_vi" else self.plan.labels(kind)

    def build(self, tables: Mapping[str, Sequence[_Line]]) -> Register:
        units = tuple(self._units(tables["Đơn vị"]))
        known = {unit.code for unit in units}
        return Register(
            units=units,
            hamlets=tuple(self._hamlets(self._known(tables["Thôn"], known, "ma_don_vi"))),
            mergers=tuple(
                Merger(line.values["ma_cu"], line.values["ma_moi"], line.values["ngay"], line.values["van_ban"])
                for line in self._known(tables["Sáp nhập"], known, "ma_cu", "ma_moi")
            ),
            deadlines={item.quarter: item for item in self._deadlines(tables["Hạn nộp"])},
            received={
                (line.values["ma_don_vi"], line.values["ky"]): line.values["ngay_nhan"]
                for line in self._known(tables["Ngày nhận"], known, "ma_don_vi")
            },
            signers=tuple(
                Signer(v["van_ban"], v["tu_ngay"], v["den_ngay"], v["quyen_han"] or "", v["chuc_vu"], v["ho_ten"] or "")
                for v in (line.values for line in tables["Người ký"])
            ),
            indices=tuple(self._indices(tables["Chỉ số ngoài"])),
            waivers=tuple(self._waivers(tables["Miễn trừ"], known)),
            findings=tuple(self.findings),
        )

    def _once(self, lines: Sequence[_Line], key: str) -> Iterator[_Line]:
        first: dict[object, int] = {}
        for line in lines:
            code = line.values[key]
            if code in first:
                cell = line.cells[key]
                place = Location(cell=cell.at, sheet=line.sheet, raw=cell.text)
                self.findings.append(say(Msg.REG_TWICE, place, dong=first[code]))
            else:
                first[code] = line.number
                yield line

    def _ordered(self, line: _Line, since: str, until: str) -> tuple[date | None, date | None]:
        first, last = line.values[since], line.values[until]
        if first and last and last < first:
            self._note(Msg.REG_ORDER, line.sheet, line.cells[until], Column(until, "Hiệu lực đến"))
        return first, last

    def _units(self, lines: Sequence[_Line]) -> Iterator[Unit]:
        for order, line in enumerate(self._once(lines, "ma_don_vi")):
            v = line.values
            since, until = self._ordered(line, "tu_ngay", "den_ngay")
            yield Unit(
                code=v["ma_don_vi"],
                name=v["ten"],
                kind=v["loai"],
                group=v["nhom"],
                agency=v["la_co_quan"] is True,
                since=since,
                until=until,
                aliases=tuple(tidy(part) for part in (v["ten_khac"] or "").split(";") if tidy(part)),
                email=v["email"] or "",
                phone=v["dien_thoai"] or "",
                contact=v["dau_moi"] or "",
                order=order,
                at=line.cells["ma_don_vi"].at,
            )

    def _known(self, lines: Sequence[_Line], known: set[str], *keys: str) -> Iterator[_Line]:
        for line in lines:
            usable = True
            for key in keys:
                if line.values[key] not in known:
                    close = nearest(line.values[key], known)
                    gan = f" Có phải là {close}?" if close else ""
                    self._note(Msg.REG_UNKNOWN, line.sheet, line.cells[key], Column(key, "Mã đơn vị"), gan=gan)
                    usable = False
            if usable:
                yield line

    def _hamlets(self, lines: Iterator[_Line]) -> Iterator[Hamlet]:
        for line in self._once(list(lines), "ma_thon"):
            v = line.values
            since, until = self._ordered(line, "tu_ngay", "den_ngay")
            yield Hamlet(v["ma_thon"], v["ten"], v["loai"], v["ma_don_vi"], since, until, line.cells["ma_thon"].at)

    def _deadlines(self, lines: Sequence[_Line]) -> Iterator[Deadline]:
        for line in self._once(lines, "ky"):
            v = line.values
            quarter: Quarter = v["ky"]
            first, last = v["tu_ngay"] or quarter.first_day, v["den_ngay"] or quarter.last_day
            if last < first:
                self._note(Msg.REG_ORDER, line.sheet, line.cells["den_ngay"], Column("den_ngay", "Số liệu đến ngày"))
                first, last = quarter.first_day, quarter.last_day
            yield Deadline(quarter, v["han_nop"], v["ngay_khoa_so"], first, last)

    def _waivers(self, lines: Sequence[_Line], known: set[str]) -> Iterator[Waiver]:
        for line in lines:
            v = line.values
            if v["ma_don_vi"] and v["ma_don_vi"] not in known:
                close = nearest(v["ma_don_vi"], known)
                gan = f" Có phải là {close}?" if close else ""
                self._note(
                    Msg.REG_UNKNOWN, line.sheet, line.cells["ma_don_vi"], Column("ma_don_vi", "Mã đơn vị"), gan=gan
                )
                continue
            yield Waiver(
                code=v["ma_loi"].upper(),
                unit=v["ma_don_vi"] or "",
                period=v["ky"].key if v["ky"] else "",
                sheet=v["sheet"] or "",
                subject=v["khoa"] or "",
                reason=v["ly_do"],
                approver=v["nguoi_duyet"],
                since=v["ngay"],
                until=v["den_ngay"],
            )

    def _indices(self, lines: Sequence[_Line]) -> Iterator[OutsideIndex]:
        for line in lines:
            v = line.values
            cell = line.cells["gia_tri"]
            if v["gia_tri"] <= 1 or v["gia_tri"] > 100:
                place = Location(cell=cell.at, sheet=line.sheet, raw=cell.text)
                self.findings.append(say(Msg.REG_INDEX, place, ma=v["ma"], nam=v["nam"]))
                continue
            yield OutsideIndex(v["ma"], v["nam"], v["gia_tri"], v["nguon"], cell.at)


class _Wrong(Exception):
    def __init__(self, message: Message, **slots: Any) -> None:
        super().__init__(message)
        self.message = message
        self.slots = slots


def _decimal(raw: Any, shown: str, integer: bool) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return Decimal(str(raw))
    return read_number(shown, integer)


def _shown(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return show_date(raw.date())
    if isinstance(raw, date):
        return show_date(raw)
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return show_number(Decimal(str(raw))) if isinstance(raw, float) and raw != int(raw) else str(int(raw))
    return tidy(str(raw))
