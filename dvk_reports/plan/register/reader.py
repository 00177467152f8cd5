"""Reads and checks ``danh-muc.xlsx``.

The office keeps it in Excel, so it is checked like any other workbook: a wrong row is a finding with its cell, and the
run goes on with the rest. Only a file that is missing or no workbook at all is a RegisterError.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from dvk_reports.errors import RegisterError, reason_of
from dvk_reports.messages.returns import Location, Msg
from dvk_reports.model.findings import HOLD_OUT, NEVER_WAIVED, Waiver
from dvk_reports.model.periods import Quarter
from dvk_reports.model.remarks import Remark
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.choices import BETWEEN
from dvk_reports.plan.register.conflicts import Conflicts
from dvk_reports.plan.register.entries import Deadline, Hamlet, OutsideIndex, PlannedTask, Signer, Unit
from dvk_reports.plan.register.hamlet_codes import coded
from dvk_reports.plan.register.lines import Book, Line, LineReader, Sheet, SheetsOf
from dvk_reports.plan.register.naming import Naming
from dvk_reports.plan.register.post import post_of
from dvk_reports.plan.register.register import LeftOut, Register
from dvk_reports.plan.register.sheets import (
    DEADLINES,
    FILE,
    HAMLETS,
    INDICES,
    MERGERS,
    NEEDED,
    POST,
    RECEIVED,
    REMARKS,
    SHEETS,
    SIGNERS,
    TASKS,
    UNITS,
    WAIVERS,
)
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.text import fold, nearest, tidy
from dvk_reports.vietnamese.typed import typed


def read_register(path: Path, plan: Plan, sheets_of: SheetsOf) -> Register:
    """Read and check ``danh-muc.xlsx``; RegisterError where it is missing, no workbook, or lacks a sheet it needs."""
    if not path.is_file():
        raise RegisterError(
            f"Không thấy {FILE} ở thư mục {path.parent}. Thư mục làm việc ở nơi khác thì thêm -w THƯ_MỤC; chưa có thì "
            f"tạo ở đây bằng lệnh: dvk init {typed(path.parent)}"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"Không mở được {FILE}: {reason_of(error)}. Đóng tệp trong Excel rồi chạy lại.") from error
    for known, of, by, register in _LAST:
        if known == data and of is plan and by is sheets_of:
            return register
    _LAST[:] = [(data, plan, sheets_of, found := register_of(data, plan, sheets_of))]
    return found


_LAST: list[tuple[bytes, Plan, SheetsOf, Register]] = []
"""The register read last, with all that it was made of: at its end a command asks for it again."""


def looks_like_register(data: bytes) -> bool:
    """Whether a file is a workbook with the sheets that every register has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = box.read("xl/workbook.xml").decode("utf-8")
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, OSError, zlib.error):
        return False
    return all(f'name="{name}"' in names for name in NEEDED)


def register_of(data: bytes, plan: Plan, sheets_of: SheetsOf) -> Register:
    """The register that a workbook holds, checked; RegisterError where it is no workbook or lacks a needed sheet."""
    try:
        book = Book([Sheet(raw) for raw in sheets_of(data)])
    except Exception as error:  # whatever is wrong with the file, the clerk does the same
        raise RegisterError(
            f"{FILE} không phải là sổ Excel đọc được. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi chạy lại."
        ) from error
    reader = LineReader(plan)
    tables = {name: list(reader.lines(book, name)) for name in SHEETS}
    return _Builder(reader).build(tables)


@dataclass(frozen=True)
class _Builder:
    """Makes the entries of the register from the lines of its sheets; its findings join those of the lines."""

    reader: LineReader

    def build(self, tables: Mapping[str, Sequence[Line]]) -> Register:
        """The register that the lines of all sheets make."""
        units = tuple(self._units(tables[UNITS]))
        find = _UnitCodes(self.reader, units)
        hamlets = tuple(self._hamlets(coded(self.reader, list(find.lines(tables[HAMLETS], "ma_don_vi")))))
        self.conflicts.names(units)
        self.conflicts.hamlet_names(hamlets)
        return Register(
            units=units,
            hamlets=hamlets,
            mergers=tuple(self.conflicts.mergers(list(find.lines(tables[MERGERS], "ma_cu", "ma_moi")), find.by_code)),
            deadlines={item.quarter: item for item in self._deadlines(tables[DEADLINES])},
            received=dict(self._received(list(find.lines(tables[RECEIVED], "ma_don_vi")))),
            signers=tuple(self._signers(tables[SIGNERS])),
            indices=tuple(self._indices(tables[INDICES])),
            waivers=tuple(self._waivers(find.lines(tables[WAIVERS], "ma_don_vi"))),
            tasks=tuple(self._tasks(tables[TASKS])),
            remarks=tuple(self._remarks(find.lines(tables[REMARKS], "ma_don_vi"))),
            post=post_of(self.reader, list(self.conflicts.once(tables[POST], "khoa"))),
            left_out=tuple(LeftOut(value.text, value.at.row) for value in self.reader.lost.get(UNITS, ())),
            findings=tuple(self.reader.findings),
            spellings=self.reader.plan.info.spellings,
        )

    @cached_property
    def conflicts(self) -> Conflicts:
        return Conflicts(self.reader)

    def _ordered(self, line: Line, since: str, until: str, lost: str = "hai ngày vẫn được đọc như đã ghi") -> bool:
        """Whether two days are in order; says so where they are not."""
        first, last = line.values[since], line.values[until]
        if not (first and last and last < first):
            return True
        columns = {column.key: column for column in SHEETS[line.sheet]}
        words = {"truoc": columns[since].caption, "ngay": show_date(first), "hau_qua": lost}
        self.reader.note(Msg.REG_ORDER, line.sheet, line.cells[until], columns[until], **words)
        return False

    def _units(self, lines: Sequence[Line]) -> Iterator[Unit]:
        for order, line in enumerate(self.conflicts.once(lines, "ma_don_vi")):
            v = line.values
            self._ordered(line, "tu_ngay", "den_ngay", "đơn vị này không có hiệu lực ở ngày nào")
            yield Unit(
                code=v["ma_don_vi"],
                name=v["ten"],
                kind=v["loai"],
                group=v["nhom"],
                agency=v["la_co_quan"] is True,
                since=v["tu_ngay"],
                until=v["den_ngay"],
                aliases=tuple(tidy(part) for part in (v["ten_khac"] or "").split(";") if tidy(part)),
                email=v["email"] or "",
                phone=v["dien_thoai"] or "",
                contact=v["dau_moi"] or "",
                order=order,
                at=line.cells["ma_don_vi"].at,
            )

    def _hamlets(self, lines: Sequence[Line]) -> Iterator[Hamlet]:
        for line in self.conflicts.once(lines, "ma_thon"):
            v = line.values
            self._ordered(line, "tu_ngay", "den_ngay", "thôn này không có hiệu lực ở ngày nào")
            at = line.cells["ma_thon"].at
            yield Hamlet(v["ma_thon"], v["ten"], v["loai"], v["ma_don_vi"], v["tu_ngay"], v["den_ngay"], at)

    def _deadlines(self, lines: Sequence[Line]) -> Iterator[Deadline]:
        for line in self.conflicts.once(lines, "ky"):
            v = line.values
            quarter: Quarter = v["ky"]
            first, last = v["tu_ngay"] or quarter.first_day, v["den_ngay"] or quarter.last_day
            if last < first:
                key = "den_ngay" if v["den_ngay"] else "tu_ngay"
                self._window(line, key, first, last)
                first, last = quarter.first_day, quarter.last_day
            self._ordered(line, "han_nop", "ngay_khoa_so")
            if v["han_nop"] < first:
                words = {"truoc": "Số liệu từ ngày", "ngay": show_date(first), "hau_qua": "hạn này vẫn được dùng"}
                column = SHEETS[DEADLINES][1]
                self.reader.note(Msg.REG_ORDER, line.sheet, line.cells["han_nop"], column, **words)
            yield Deadline(quarter, v["han_nop"], v["ngay_khoa_so"], first, last)

    def _received(self, lines: Sequence[Line]) -> Iterator[tuple[tuple[str, Quarter], date]]:
        for line in self.conflicts.once(lines, "ma_don_vi", "ky"):
            quarter: Quarter = line.values["ky"]
            day: date = line.values["ngay_nhan"]
            if day < quarter.first_day:
                first, column = show_date(quarter.first_day), SHEETS[RECEIVED][2]
                words = {"truoc": "ngày đầu kỳ", "ngay": first, "hau_qua": "ngày này vẫn được dùng"}
                self.reader.note(Msg.REG_ORDER, line.sheet, line.cells["ngay_nhan"], column, **words)
            yield (line.values["ma_don_vi"], quarter), day

    def _window(self, line: Line, key: str, first: date, last: date) -> None:
        column = next(column for column in SHEETS[DEADLINES] if column.key == key)
        words = {"truoc": "Số liệu từ ngày", "ngay": show_date(first), "hau_qua": "số liệu được lấy trọn quý"}
        raw = show_date(last)
        value = line.cells[key]
        place = Location(cell=value.at, sheet=line.sheet, raw=raw)
        self.reader.tell(Msg.REG_ORDER, place, ten=column.caption if key == "den_ngay" else "ngày cuối quý", **words)

    def _signers(self, lines: Sequence[Line]) -> Iterator[Signer]:
        ordered = [line for line in lines if self._ordered(line, "tu_ngay", "den_ngay", "dòng này không được dùng")]
        for line in self.conflicts.one_signer(ordered):
            v = line.values
            yield Signer(
                v["van_ban"], v["tu_ngay"], v["den_ngay"], v["quyen_han"] or "", v["chuc_vu"], v["ho_ten"] or ""
            )

    def _waivers(self, lines: Iterator[Line]) -> Iterator[Waiver]:
        for line in lines:
            v = line.values
            self._ordered(line, "ngay", "den_ngay", "dòng này không có hiệu lực ở ngày nào")
            if v["muc"] == HOLD_OUT and not v["ma_don_vi"]:
                unit = next(column for column in SHEETS[WAIVERS] if column.key == "ma_don_vi")
                self.reader.note(Msg.REG_BLANK, line.sheet, line.cells[unit.key], unit)
                self.reader.leave_out(line.sheet, line.cells["ma_loi"])
                continue
            if v["ma_loi"] in NEVER_WAIVED:
                value = line.cells["ma_loi"]
                self.reader.note(Msg.REG_NEVER_WAIVED, line.sheet, value, SHEETS[WAIVERS][0], ghi=v["ma_loi"])
            yield Waiver(
                code=v["ma_loi"],
                unit=v["ma_don_vi"] or "",
                period=v["ky"].key if v["ky"] else "",
                sheet=v["sheet"] or "",
                subject=v["khoa"] or "",
                reason=v["ly_do"],
                approver=v["nguoi_duyet"],
                since=v["ngay"],
                until=v["den_ngay"],
                held_out=v["muc"] == HOLD_OUT,
                at=line.cells["ma_loi"].at,
            )

    def _remarks(self, lines: Iterator[Line]) -> Iterator[Remark]:
        for line in lines:
            v = line.values
            quarter: Quarter = v["ky"]
            longest = self.reader.plan.limit("nhan_xet_dai_nhat", quarter.last_day)
            if longest is not None and len(v["noi_dung"]) > longest:
                column = next(column for column in SHEETS[REMARKS] if column.key == "noi_dung")
                words = {"so": show_count(len(v["noi_dung"])), "max": show_count(int(longest))}
                self.reader.note(Msg.REG_TOO_LONG, line.sheet, line.cells["noi_dung"], column, **words)
                self.reader.leave_out(line.sheet, line.cells["ky"])
                continue
            unit, sheet, figure = (v[key] or "" for key in ("ma_don_vi", "sheet", "chi_tieu"))
            day = line.cells["ngay"].at
            yield Remark(quarter.key, unit, sheet, figure, v["noi_dung"], v["nguoi"], v["ngay"], at=day)

    def _indices(self, lines: Sequence[Line]) -> Iterator[OutsideIndex]:
        for line in self.conflicts.once(lines, "ma", "nam"):
            v = line.values
            cell = line.cells["gia_tri"]
            if v["gia_tri"] <= 1 or v["gia_tri"] > 100:
                place = Location(cell=cell.at, sheet=line.sheet, raw=cell.text)
                self.reader.tell(Msg.REG_INDEX, place, ma=v["ma"], nam=v["nam"])
                continue
            yield OutsideIndex(v["ma"], v["nam"], v["gia_tri"], v["nguon"], cell.at)

    def _tasks(self, lines: Sequence[Line]) -> Iterator[PlannedTask]:
        for line in self.conflicts.once(lines, "ma_nv", "nam"):
            v = line.values
            self._ordered(line, "tu_ngay", "han")
            self._ordered(line, "ngay_bat_dau", "ngay_hoan_thanh")
            yield PlannedTask(
                code=v["ma_nv"],
                year=v["nam"],
                text=v["noi_dung"],
                lead=v["chu_tri"],
                with_=v["phoi_hop"] or "",
                since=v["tu_ngay"],
                due=v["han"] or date(v["nam"], 12, 31),
                estimate=v["du_toan"],
                spent=v["thuc_hien"],
                begun=v["ngay_bat_dau"],
                done=v["ngay_hoan_thanh"],
                note=v["ghi_chu"] or "",
                at=line.cells["ma_nv"].at,
            )


def _any(_: Unit) -> bool:
    return True


@dataclass(frozen=True)
class _UnitCodes:
    """Finds the unit that a line names: by its code, whatever its capitals, or by a name that only one unit bears."""

    reader: LineReader
    units: Sequence[Unit]

    @cached_property
    def by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _by_code(self) -> Mapping[str, Unit]:
        return {fold(unit.code): unit for unit in self.units}

    @cached_property
    def _named(self) -> Naming[Unit]:
        named = [(unit, (unit.code, unit.name, *unit.aliases)) for unit in self.units]
        return Naming(named, self.reader.plan.info.spellings)

    def lines(self, lines: Sequence[Line], *keys: str) -> Iterator[Line]:
        """The lines with the codes of their units; one that names none is told and left out."""
        for line in lines:
            found = {key: self._code(line, key) for key in keys if line.values[key]}
            if all(found.values()):
                same = all(line.values[key] == code for key, code in found.items())
                yield line if same else replace(line, values={**line.values, **found})

    def _with_name(self, text: str) -> Unit | None:
        """The unit of a choice of the drop-down, “code - name”; None where the two are not of one unit."""
        code, _, name = text.partition(BETWEEN)
        unit = self._by_code.get(fold(code))
        return unit if unit is not None and unit in self._named.meant(name, _any) else None

    def _code(self, line: Line, key: str) -> str:
        text: str = line.values[key]
        same = self._by_code.get(fold(text)) or self._with_name(text)
        meant = [same] if same is not None else list(self._named.meant(text, _any))
        if len(meant) == 1:
            return meant[0].code
        column = next(column for column in SHEETS[line.sheet] if column.key == key)
        lost = next((value for value in self.reader.lost.get(UNITS, ()) if fold(value.text) == fold(text)), None)
        if lost is not None:
            self.reader.note(Msg.REG_UNKNOWN_LEFT_OUT, line.sheet, line.cells[key], column, dong=lost.at.row)
            return ""
        near = [unit.code for unit in meant] or list(filter(None, [nearest(text, self.by_code)]))
        gan = f" Có phải là {' hoặc '.join(near)}?" if near else ""
        words = {"gan": gan, "hau_qua": "dòng này không được dùng"}
        self.reader.note(Msg.REG_UNKNOWN, line.sheet, line.cells[key], column, **words)
        return ""
