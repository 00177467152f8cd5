"""``award_export.yaml``: labels and codes of the state award software, dated and cited; the unknown is left out."""

from datetime import date
from typing import ClassVar, Literal

from dvk_reports.plan.book.entries import Dated, Entry


class ExportLabel(Dated):
    """What a text column of the software's list says for one of our labels."""

    KEY: ClassVar[tuple[str, ...]] = ("cot", "nhan")

    cot: Literal["phan_loai_khen", "hinh_thuc", "doi_tuong"]
    nhan: str


class ExportCode(Dated):
    """A code of the software for one of our labels."""

    KEY: ClassVar[tuple[str, ...]] = ("cot", "nhan")

    cot: Literal["ma_can_bo", "ma_tap_the", "ma_hinh_thuc"]
    nhan: str


class AwardExportFile(Entry):
    """Everything in ``award_export.yaml``."""

    nhan: list[ExportLabel]
    ma: list[ExportCode]

    @property
    def entries(self) -> list[ExportLabel | ExportCode]:
        return [*self.nhan, *self.ma]

    def value(self, column: str, label: str, day: date) -> str:
        """The label or code in force on ``day``; "" where none is known."""
        found = [entry for entry in self.entries if (entry.cot, entry.nhan) == (column, label) and entry.tu_ngay <= day]
        return max(found, key=lambda entry: entry.tu_ngay).gia_tri if found else ""
