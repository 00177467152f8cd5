"""Sheet ``Kết quả``: a line for every proposal, to be filled by the clerk after the meeting; it is read back."""

from __future__ import annotations

from dvk_reports.model.proposals import Proposal, Result, Subject, Verdict
from dvk_reports.sheets.base.book import DATE, WHOLE, must
from dvk_reports.sheets.base.looks import CENTRE, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.shortlist.pages import INPUT, OUTCOMES, RESULTS, SMALL, ShortlistContext

_VOTES = {**INPUT, **CENTRE, "num_format": WHOLE}
RESULT_COLUMNS = (
    Column("ma_de_nghi", "Mã đề nghị", 20, {**SMALL, **WRAP}),
    Column("phieu_dong_y", "Số phiếu đồng ý", 9, _VOTES),
    Column("phieu_khong_dong_y", "Số phiếu không đồng ý", 9, _VOTES),
    Column("ket_qua", "Kết quả", 15, {**INPUT, **CENTRE, "bold": True}),
    Column("so_qd", "Số quyết định", 16, INPUT),
    Column("ngay_qd", "Ngày quyết định", 12, {**INPUT, **CENTRE, "num_format": DATE}),
    Column("so_thanh_vien", "Số thành viên dự họp", 9, _VOTES),
    Column("ten", "Tên tập thể, họ và tên", 28, {**WRAP, "bold": True}),
    Column("phan_loai", "Phân loại", 10, WRAP),
    Column("hinh_thuc", "Hình thức đề nghị", 24, WRAP),
    Column("ten_don_vi", "Đơn vị đề nghị", 28, WRAP),
    Column("de_xuat", "Đề xuất của chương trình", 16, WRAP),
    Column("ma_don_vi", "Mã đơn vị đề nghị", 13, WRAP),
    Column("ngay_sinh", "Ngày sinh", 12, {**CENTRE, "num_format": DATE}),
    Column("ma_mo_hinh", "Mã mô hình", 17, WRAP),
)
KEYS = tuple(column.key for column in RESULT_COLUMNS)
TYPED = KEYS[1:7]
"""What the clerk types; the rest is ours."""
_REMARKS = (
    "Ghi sau khi họp xét: số phiếu, kết quả; khi đã có quyết định thì ghi đủ cả số và ngày. Dòng chưa xét để trống.",
    "Số thành viên dự họp chỉ cần ghi ở một dòng của mỗi hình thức. Kết quả được dùng ở các đợt sau (điều kiện E8) và "
    "báo cáo giai đoạn.",
)


def result_cells(result: Result) -> tuple[object, ...]:
    """What the clerk has typed, in the order of ``TYPED``."""
    return result.agree, result.against, result.verdict, result.number, result.day, result.members


def write_results(context: ShortlistContext) -> None:
    """The proposals in their order, then those with a result whom nobody proposes any more."""
    title = f"Kết quả họp xét - {context.title}"
    page = Page(context, RESULTS, RESULT_COLUMNS, title, _REMARKS, PageLayout(frozen=1))
    first = page.row
    for key, subject, proposal in context.with_results:
        typed = result_cells(context.chosen.results.get(key, Result()))
        page.line((key, *typed, *_about(context, subject, proposal)))
    if page.row == first:
        page.remark("Chưa có đề nghị nào.")
    else:
        _rules(page, first, page.row - 1)
    page.close()


def _about(context: ShortlistContext, subject: Subject, proposal: Proposal | None) -> tuple[object, ...]:
    outcome = StyledValue(proposal.outcome.value, OUTCOMES[proposal.outcome]) if proposal else "Không còn đề nghị"
    who = (subject.name, subject.kind, subject.form, context.name_of(subject.unit), outcome)
    return (*who, subject.unit, subject.birth, subject.model)


def _rules(page: Page, first: int, last: int) -> None:
    """The drop-down, and what the cells take."""
    verdicts = {"validate": "list", "source": [verdict.value for verdict in Verdict]}
    whole = {"validate": "integer", "criteria": ">=", "value": 0}
    for key, rule, words in (
        ("ket_qua", verdicts, "Chọn trong danh sách: Được biểu dương, Được khen, Không; chưa xét thì để trống."),
        ("phieu_dong_y", whole, "Ghi số phiếu bằng chữ số."),
        ("phieu_khong_dong_y", whole, "Ghi số phiếu bằng chữ số."),
        ("so_thanh_vien", whole, "Ghi số thành viên bằng chữ số."),
    ):
        col = KEYS.index(key)
        told = {**rule, "error_title": page.columns[col].caption[:32], "error_message": words}
        must(page.sheet.data_validation(first, col, last, col, told), key)
