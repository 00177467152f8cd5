"""``xet-chon.xlsx``: the proposal of one award round, for the clerk and the meeting to decide on.

Sheets and keys of ``Đề nghị`` and ``Chỉ tiêu khen`` are those of the contract (``results.csv``). Nothing is decided
here: every figure and every reason was found out before. The same Shortlist and choices give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from dvk_reports.model.proposals import Chosen, Subject
from dvk_reports.plan.office import Office
from dvk_reports.sheets.base.book import DATE, WHOLE, Formats, close_book, new_book
from dvk_reports.sheets.base.looks import CENTRE, RIGHT, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout
from dvk_reports.sheets.shortlist.cards import write_cards
from dvk_reports.sheets.shortlist.overview import write_overview
from dvk_reports.sheets.shortlist.pages import GONE, INPUT, ShortlistContext
from dvk_reports.sheets.shortlist.proofs import write_doubts, write_gates, write_ranking, write_years
from dvk_reports.sheets.shortlist.proposals import write_proposals, write_record
from dvk_reports.sheets.shortlist.quotas import write_budget, write_quotas, write_spread
from dvk_reports.sheets.shortlist.results import write_results

FILE = "xet-chon.xlsx"


def write_shortlist(target: Path | BinaryIO, office: Office, chosen: Chosen) -> None:
    """Write the whole workbook; SheetError where Excel or the disk does not take it.

    What the clerk had typed in an earlier copy stands in it again. Choices of proposals that are there no more stay on
    a sheet of their own, so that they come back with the proposal; results stay on theirs.
    """
    book = new_book(target)
    context = ShortlistContext(book, Formats(book), office, chosen)
    write_overview(context)
    write_proposals(context)
    write_quotas(context)
    write_ranking(context)
    write_gates(context)
    write_years(context)
    write_doubts(context)
    write_spread(context)
    write_budget(context)
    write_results(context)
    write_cards(context)
    _gone(context)
    write_record(context)
    close_book(book, FILE)


_GONE_COLUMNS = (
    Column("ma_de_nghi", "Mã đề nghị", 24, WRAP),
    Column("quyet_dinh", "Quyết định", 14, {**INPUT, **CENTRE}),
    Column("ly_do_sua", "Lý do của người xét", 60, INPUT),
    Column("so_tien_nhap", "Số tiền nhập tay (đồng)", 16, {**INPUT, **RIGHT, "num_format": WHOLE}),
    Column("can_cu_tien", "Căn cứ của số tiền", 40, {**INPUT, **WRAP}),
    Column("ten", "Tên tập thể, họ và tên", 28, {**WRAP, "bold": True}),
    Column("ma_don_vi", "Mã đơn vị đề nghị", 14, WRAP),
    Column("hinh_thuc", "Hình thức đề nghị", 24, WRAP),
    Column("phan_loai", "Phân loại", 10, WRAP),
    Column("ngay_sinh", "Ngày sinh", 12, {**CENTRE, "num_format": DATE}),
    Column("ma_mo_hinh", "Mã mô hình", 17, WRAP),
)


def _gone(context: ShortlistContext) -> None:
    """What was typed for proposals that no unit makes any more; the sheet is there only where there is such a thing."""
    gone = {key: choice for key, choice in sorted(context.chosen.choices.items()) if key not in context.by_id}
    if not gone:
        return
    remarks = ("Giữ lại để khi đơn vị đề nghị lại thì không phải ghi lại; không vào danh sách, không tính chỉ tiêu.",)
    title = f"Quyết định đã ghi cho đề nghị không còn - {context.title}"
    page = Page(context, GONE, _GONE_COLUMNS, title, remarks, PageLayout(frozen=1))
    for key, choice in gone.items():
        typed = (choice.decision, choice.reason, choice.money, choice.money_basis)
        who = context.chosen.gone.get(key, Subject("", "", "", ""))
        page.line((key, *typed, who.name, who.unit, who.form, who.kind, who.birth, who.model))
    page.close()
