"""The words by which reading knows what a line or a cell means: ``cach_doc`` of ``forms.yaml``."""

from dvk_reports.plan.book.entries import DatedBase


class ReadingWords(DatedBase):
    """Words as people write them; how they are written (capitals, tones, a point behind) does not matter."""

    dong_tong: list[str]
    """Begins a line of sums, which is no record."""
    khong_phat_sinh: list[str]
    """Alone on a sheet without records: there is nothing to report."""
    chu_ky: list[str]
    """Begins a text of the place for signatures under a table."""
    co: list[str]
    """Stands for Có."""
    khong_cong: list[str]
    """Marks in a number cell that need not be filled in: it adds nothing, and the unit is counted."""
    tinh_noi_khac: list[str]
    """Marks like those before, which say that another return counts it: figures name who wrote them."""
