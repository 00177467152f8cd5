"""Reads and checks ``danh-muc.xlsx``.

The office keeps it in Excel, so it is checked like any other workbook: a wrong row is a finding with its cell, and the
run goes on with the rest. Only a file that is missing or no workbook at all is a RegisterError.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import RegisterError, reason_of
from dvk_reports.messages.returns import Location, Msg, say
from dvk_reports.model.findings import Waiver
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.entries import Deadline, Hamlet, Merger, OutsideIndex, Signer, Unit
from dvk_reports.plan.register.lines import Line, LineReader
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import (
    DEADLINES,
    FILE,
    HAMLETS,
    INDICES,
    MERGERS,
    RECEIVED,
    SHEETS,
    SIGNERS,
    UNITS,
    WAIVERS,
    Column,
)
from dvk_reports.vietnamese.text import nearest, tidy


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
        known = {unit.code for unit in units}
        return Register(
            units=units,
            hamlets=tuple(self._hamlets(self._known(tables[HAMLETS], known, "ma_don_vi"))),
            mergers=tuple(
                Merger(line.values["ma_cu"], line.values["ma_moi"], line.values["ngay"], line.values["van_ban"])
                for line in self._known(tables[MERGERS], known, "ma_cu", "ma_moi")
            ),
            deadlines={item.quarter: item for item in self._deadlines(tables[DEADLINES])},
            received={
                (line.values["ma_don_vi"], line.values["ky"]): line.values["ngay_nhan"]
                for line in self._known(tables[RECEIVED], known, "ma_don_vi")
            },
            signers=tuple(
                Signer(v["van_ban"], v["tu_ngay"], v["den_ngay"], v["quyen_han"] or "", v["chuc_vu"], v["ho_ten"] or "")
                for v in (line.values for line in tables[SIGNERS])
            ),
            indices=tuple(self._indices(tables[INDICES])),
            waivers=tuple(self._waivers(tables[WAIVERS], known)),
            findings=tuple(self.reader.findings),
            spellings=self.reader.plan.info.spellings,
        )

    def _once(self, lines: Sequence[Line], key: str) -> Iterator[Line]:
        first: dict[object, int] = {}
        for line in lines:
            code = line.values[key]
            if code in first:
                cell = line.cells[key]
                place = Location(cell=cell.at, sheet=line.sheet, raw=cell.text)
                self.reader.findings.append(say(Msg.REG_TWICE, place, dong=first[code]))
            else:
                first[code] = line.number
                yield line

    def _ordered(self, line: Line, since: str, until: str) -> tuple[date | None, date | None]:
        first, last = line.values[since], line.values[until]
        if first and last and last < first:
            self.reader.note(Msg.REG_ORDER, line.sheet, line.cells[until], Column(until, "Hiệu lực đến"))
        return first, last

    def _units(self, lines: Sequence[Line]) -> Iterator[Unit]:
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

    def _known(self, lines: Sequence[Line], known: set[str], *keys: str) -> Iterator[Line]:
        for line in lines:
            usable = True
            for key in keys:
                if line.values[key] not in known:
                    self._unknown(line, key, known)
                    usable = False
            if usable:
                yield line

    def _unknown(self, line: Line, key: str, known: set[str]) -> None:
        close = nearest(line.values[key], known)
        gan = f" Có phải là {close}?" if close else ""
        self.reader.note(Msg.REG_UNKNOWN, line.sheet, line.cells[key], Column(key, "Mã đơn vị"), gan=gan)

    def _hamlets(self, lines: Iterator[Line]) -> Iterator[Hamlet]:
        for line in self._once(list(lines), "ma_thon"):
            v = line.values
            since, until = self._ordered(line, "tu_ngay", "den_ngay")
            yield Hamlet(v["ma_thon"], v["ten"], v["loai"], v["ma_don_vi"], since, until, line.cells["ma_thon"].at)

    def _deadlines(self, lines: Sequence[Line]) -> Iterator[Deadline]:
        for line in self._once(lines, "ky"):
            v = line.values
            quarter: Quarter = v["ky"]
            first, last = v["tu_ngay"] or quarter.first_day, v["den_ngay"] or quarter.last_day
            if last < first:
                self.reader.note(
                    Msg.REG_ORDER, line.sheet, line.cells["den_ngay"], Column("den_ngay", "Số liệu đến ngày")
                )
                first, last = quarter.first_day, quarter.last_day
            yield Deadline(quarter, v["han_nop"], v["ngay_khoa_so"], first, last)

    def _waivers(self, lines: Sequence[Line], known: set[str]) -> Iterator[Waiver]:
        for line in lines:
            v = line.values
            if v["ma_don_vi"] and v["ma_don_vi"] not in known:
                self._unknown(line, "ma_don_vi", known)
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

    def _indices(self, lines: Sequence[Line]) -> Iterator[OutsideIndex]:
        for line in lines:
            v = line.values
            cell = line.cells["gia_tri"]
            if v["gia_tri"] <= 1 or v["gia_tri"] > 100:
                place = Location(cell=cell.at, sheet=line.sheet, raw=cell.text)
                self.reader.findings.append(say(Msg.REG_INDEX, place, ma=v["ma"], nam=v["nam"]))
                continue
            yield OutsideIndex(v["ma"], v["nam"], v["gia_tri"], v["nguon"], cell.at)
