"""The remarks in a consolidated workbook of the level below, as somebody has written them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dvk_reports.intake.back.printed import KeyedSheet
from dvk_reports.intake.readers.raw import RawSheet
from dvk_reports.model.remarks import Remark
from dvk_reports.vietnamese.dates import read_date
from dvk_reports.vietnamese.text import fold

REMARKS = "Nhận xét"
TEXT = "Nội dung nhận xét"
"""The caption of the column of texts."""


def remarks_in(sheets: Mapping[str, RawSheet], file: str) -> Iterator[Remark]:
    """Every line that holds a text or says its period; what is wrong with it is told where the register is known."""
    raw = sheets.get(REMARKS)
    if raw is None:
        return
    sheet = KeyedSheet(raw)
    column = sheet.keys.get("noi_dung")
    if column is None:
        yield Remark("", "", "", "", "", "", None, file)
        return
    written = {
        row for (row, col), cell in raw.cells.items() if col == column and row > 1 and not _is_caption(cell.value)
    }
    for row in sorted({*sheet.rows, *written}):
        said = sheet.reader(row)
        came = said("nguon")
        yield Remark(
            period=said("ky").upper(),
            unit=said("ma_don_vi"),
            sheet=said("sheet"),
            figure=said("chi_tieu"),
            text=said("noi_dung"),
            by=said("nguoi"),
            day=read_date(said("ngay")),
            source=f"{file}, {came}" if came else file,
            row=row,
        )


def _is_caption(value: object) -> bool:
    return isinstance(value, str) and fold(value) == fold(TEXT)
