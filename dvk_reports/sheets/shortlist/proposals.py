"""Sheet ``Đề nghị``: every proposal with its gates, its place and its reasons, and the columns that the clerk fills.

One line per proposal and nothing between the lines, so that the clerk may sort and filter; live formulas say which
choice still needs a reason and what it costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest

from dvk_reports.model.choosing import (
    BLOCKED,
    NO_REASON,
    REWARD_GATE,
    WITH_REASON,
    Need,
    choice_of,
    gate_of,
    money_of,
    reminder,
)
from dvk_reports.model.proposals import CHOSEN, NOT_CHOSEN, GateState, Outcome, Proposal, Result
from dvk_reports.plan.book.roles import LabelRole
from dvk_reports.sheets.base.book import DATE, WHOLE, Sheet, cell, hidden_keys, must, put, put_formula, quoted, span
from dvk_reports.sheets.base.looks import BAD, CENTRE, RIGHT, WARNED, WRAP
from dvk_reports.sheets.base.pages import Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.shortlist.pages import (
    GATE_NAMES,
    INPUT,
    OUTCOMES,
    PROPOSALS,
    RECORD,
    SMALL,
    STATES,
    ShortlistContext,
    quota_span,
    years_of,
)
from dvk_reports.sheets.shortlist.results import RESULT_COLUMNS, result_cells
from dvk_reports.sheets.shortlist.results import TYPED as RESULT_TYPED
from dvk_reports.vietnamese.text import fold

_GATE = {**CENTRE, **WRAP, "font_size": 8}
_REASON = {**WRAP, "font_size": 9}
COLUMNS = (
    Column("ma_de_nghi", "Mã đề nghị", 18, {**SMALL, **WRAP}),
    Column("phan_loai", "Phân loại", 8, WRAP),
    Column("ten", "Tên tập thể, họ và tên", 23, {**WRAP, "bold": True}),
    Column("chuc_vu", "Chức vụ", 14, WRAP),
    Column("don_vi_cong_tac", "Đơn vị công tác", 18, WRAP),
    Column("ma_don_vi", "Mã đơn vị đề nghị", 11, WRAP),
    Column("hinh_thuc", "Hình thức đề nghị", 17, WRAP),
    Column("so_nam_lien_tuc", "Số năm liên tục", 6.5, CENTRE),
    Column("cac_nam", "Các năm được tính, quyết định của từng năm", 34, _REASON),
    *(Column(code.lower(), f"{code} {name}", 8, _GATE) for code, name in GATE_NAMES.items()),
    Column("xep_hang", "Xếp hạng", 6.5, {**CENTRE, "bold": True}),
    Column("de_xuat", "Đề xuất của chương trình", 15, WRAP),
    Column("ly_do", "Lý do và ô làm căn cứ", 48, _REASON),
    Column("quyet_dinh", "Quyết định (Chọn / Không chọn)", 11, {**INPUT, **CENTRE, "bold": True}),
    Column("ly_do_sua", "Lý do của người xét", 24, INPUT),
    Column("so_tien", "Tiền thưởng theo quy định (đồng)", 12, {**RIGHT, "num_format": WHOLE}),
    Column("so_tien_nhap", "Số tiền nhập tay (đồng)", 12, {**INPUT, **RIGHT, "num_format": WHOLE}),
    Column("can_cu_tien", "Căn cứ của số tiền nhập tay", 18, INPUT),
    Column("nhac", "Nhắc", 17, WRAP),
    Column("duoc_chon", "Được chọn (1/0)", 8, CENTRE),
    Column("tien_tinh", "Tiền đưa vào dự toán (đồng)", 12, {**RIGHT, "num_format": WHOLE}),
    Column("ghi_chu_tien", "Ghi chú về tiền thưởng", 20, _REASON),
    Column("ten_don_vi", "Tên đơn vị đề nghị", 26, WRAP),
    Column("linh_vuc", "Lĩnh vực của mô hình", 18, WRAP),
    Column("cap", "Cấp của mô hình", 12, WRAP),
    Column("ngay_sinh", "Ngày sinh", 12, {**CENTRE, "num_format": DATE}),
    Column("gioi_tinh", "Giới tính", 10),
    Column("dan_toc", "Dân tộc", 17, WRAP),
    Column("doi_tuong", "Đối tượng", 20, WRAP),
    Column("ma_mo_hinh", "Mã mô hình", 17),
    Column("ten_mo_hinh", "Tên mô hình", 26, WRAP),
    Column("xep_loai", "Xếp loại mô hình", 13, WRAP),
    Column("ky", "Kỳ", 9),
    Column("tep", "Tệp của đơn vị", 30, WRAP),
    Column("o", "Dòng trong tệp", 12),
)
KEYS = tuple(column.key for column in COLUMNS)
TYPED = ("quyet_dinh", "ly_do_sua", "so_tien_nhap", "can_cu_tien")
"""What the clerk types; the rest is ours."""
RECORDED = (*KEYS[: KEYS.index("can_cu_tien") + 1], "ngay_sinh", "ma_mo_hinh")
"""What the hidden sheet keeps as it stood, so that a reader sees what was typed or changed by hand since."""
RECORDED_ID = "ma_ket_qua"
"""There: the ids that have a line on ``Kết quả``."""
NOT_SAID = "Chưa ghi"
KINH, MINORITY = "Kinh", "Dân tộc thiểu số"
_REMARKS = (
    "Ghi Chọn hoặc Không chọn ở cột “Quyết định”; để trống là theo đề xuất (chỉ Dự kiến được chọn). Khác đề xuất thì "
    "ghi lý do; ô đỏ là còn thiếu.",
    "Được sắp xếp, lọc, thêm cột; không sửa các cột khác, không xóa dòng. Biểu dương không có tiền thưởng, trừ khi "
    "nhập số tiền và căn cứ.",
)
_PRINTED = KEYS.index("nhac") + 1


def first_row() -> int:
    """Row of the first proposal, counted from 0."""
    return Page.first_row(len(_REMARKS))


def column_span(context: ShortlistContext, key: str, *, local: bool = False) -> str:
    """The cells of one column as a formula of any sheet names them; one blank row where there is no proposal."""
    col, first = KEYS.index(key), first_row()
    return span("" if local else PROPOSALS, first, col, first + max(len(context.proposals), 1) - 1, col)


def write_proposals(context: ShortlistContext) -> None:
    """Write the sheet of proposals with conditions, ranks and the columns of the clerk."""
    page = Page(
        context,
        PROPOSALS,
        COLUMNS,
        f"Danh sách đề nghị - {context.title}",
        _REMARKS,
        PageLayout(frozen=3, printed=_PRINTED),
    )
    for proposal in context.proposals:
        page.line(list(_cells(context, proposal)))
        _formulas(context, page, page.row - 1, proposal)
    if not context.proposals:
        page.remark("Chưa có đơn vị nào đề nghị trong các kỳ đã đọc.")
        page.row -= 1
    last = first_row() + max(len(context.proposals), 1) - 1
    _rules(page, first_row(), last)
    page.row = last + 1
    page.close()
    # Two pages across: on one the letters would be too small to read.
    page.sheet.fit_to_pages(2, 0)
    page.sheet.repeat_columns(0, 2)


def _cells(context: ShortlistContext, proposal: Proposal) -> Iterator[object]:
    candidate, choice = proposal.candidate, choice_of(context.chosen, proposal)
    yield from (candidate.id, candidate.kind, candidate.name, candidate.post, candidate.workplace)
    yield from (candidate.unit, candidate.form, proposal.streak, years_of(proposal.years))
    for code in GATE_NAMES:
        gate = gate_of(proposal, code)
        yield StyledValue(gate.state.value, STATES[gate.state]) if gate else None
    yield proposal.rank
    yield StyledValue(proposal.outcome.value, OUTCOMES[proposal.outcome])
    yield "\n".join(proposal.reasons)
    yield from (choice.decision, choice.reason, proposal.money, choice.money, choice.money_basis)
    yield from (None, None, None, proposal.money_note, context.name_of(candidate.unit))
    for key in ("linh_vuc", "cap"):
        yield split_value(context, proposal, key)
    yield candidate.birth
    for key in ("gioi_tinh", "dan_toc", "doi_tuong"):
        yield split_value(context, proposal, key)
    yield from (candidate.model, proposal.model_name, proposal.model_class)
    yield from (candidate.period, candidate.at.file, f"{candidate.at.sheet}!{candidate.at.a1}")


def split_value(context: ShortlistContext, proposal: Proposal, key: str) -> str:
    """What a column holds by which the spread is split; "" where the split does not concern the subject."""
    candidate = proposal.candidate
    if key in ("linh_vuc", "cap"):
        labels = context.plan.labels(key)
        return next((item for item in proposal.fields if item in labels), NOT_SAID)
    if key == "ma_don_vi":
        return candidate.unit
    if key == "doi_tuong":
        return candidate.group or NOT_SAID
    if candidate.kind in context.plan.labels_with(LabelRole.COLLECTIVE):
        return ""  # has neither gender nor dân tộc
    if key == "gioi_tinh":
        return candidate.gender or NOT_SAID
    if not candidate.ethnicity:
        return NOT_SAID
    return KINH if fold(candidate.ethnicity) == fold(KINH) else MINORITY


def _at(row: int, key: str) -> str:
    return cell(row, KEYS.index(key), col_abs=True)


def _formulas(context: ShortlistContext, page: Page, row: int, proposal: Proposal) -> None:
    """``duoc_chon``, ``nhac`` and ``tien_tinh``: the rules of ``choosing`` over the cells of this very line."""
    taken = context.chosen.is_chosen(proposal)
    values = (
        ("nhac", _reminding(context, row), reminder(context.chosen, proposal, context.counted)),
        ("duoc_chon", _taking(row), int(taken)),
        ("tien_tinh", _costing(row), money_of(context.chosen, proposal)),
    )
    for key, formula, value in values:
        col = KEYS.index(key)
        look = context.formats(**{"border": 1, "border_color": "#A6A6A6", **COLUMNS[col].props})
        put_formula(page.sheet, row, col, formula, value, look)


def _taking(row: int) -> str:
    typed, proposed = f"TRIM({_at(row, 'quyet_dinh')})", _at(row, "de_xuat")
    return f'=IF({typed}={quoted(CHOSEN)},1,IF(AND({typed}="",{proposed}={quoted(Outcome.EXPECTED)}),1,0))'


def _costing(row: int) -> str:
    fixed, typed, basis = _at(row, "so_tien"), _at(row, "so_tien_nhap"), _at(row, "can_cu_tien")
    by_hand = f'IF(AND(ISNUMBER({typed}),TRIM({basis})<>""),{typed},"")'
    return f'=IF({_at(row, "duoc_chon")}<>1,"",IF(ISNUMBER({fixed}),{fixed},{by_hand}))'


def _reminding(context: ShortlistContext, row: int) -> str:
    typed, reason = f"TRIM({_at(row, 'quyet_dinh')})", f"TRIM({_at(row, 'ly_do_sua')})"
    proposed, taken = _at(row, "de_xuat"), f"{_at(row, 'duoc_chon')}=1"
    gate = _at(row, REWARD_GATE.lower())
    unknown = f'AND({typed}<>"",{typed}<>{quoted(CHOSEN)},{typed}<>{quoted(NOT_CHOSEN)})'
    rewarded = f'AND({taken},{gate}<>"",{gate}<>{quoted(GateState.PASSED)},{reason}="")'
    against = ",".join(f"{proposed}={quoted(outcome)}" for outcome in Outcome if outcome in BLOCKED)
    line = f"{{}}={_at(row, 'hinh_thuc')})*({{}}={_at(row, 'phan_loai')}"
    forms, kinds = quota_span(context, "hinh_thuc"), quota_span(context, "phan_loai")
    held = f"SUMPRODUCT(({line.format(forms, kinds)})*1)"
    exceeded = f"{quota_span(context, 'da_chon')}>{quota_span(context, 'chi_tieu')}"
    over = f"SUMPRODUCT(({line.format(forms, kinds)})*({exceeded}))"
    kind_of_choice = (
        f"IF(NOT({taken}),{quoted(Need.DEPARTS)},IF(OR({against}),{quoted(Need.AGAINST)},"
        f"IF({held}=0,{quoted(Need.NO_QUOTA)},IF({over}>0,{quoted(Need.OVER)},{quoted(Need.DEPARTS)}))))"
    )
    agreed = f"({taken})=({proposed}={quoted(Outcome.EXPECTED)})"
    said = f'{kind_of_choice}&IF({reason}="",{quoted(NO_REASON)},{quoted(WITH_REASON)})'
    return (
        f"=IF({unknown},{quoted(Need.UNKNOWN)},"
        f'IF({agreed},IF({rewarded},{quoted(Need.REWARDED + NO_REASON)},""),{said}))'
    )


def _rules(page: Page, first: int, last: int) -> None:
    """The drop-down, and the colours that follow the clerk's typing."""
    sheet = page.sheet
    decision, money = KEYS.index("quyet_dinh"), KEYS.index("so_tien_nhap")
    must(
        sheet.data_validation(
            first,
            decision,
            last,
            decision,
            {
                "validate": "list",
                "source": [CHOSEN, NOT_CHOSEN],
                "error_title": "Quyết định",
                "error_message": "Chọn trong danh sách: Chọn hoặc Không chọn; để trống là theo đề xuất.",
            },
        ),
        "danh sách chọn",
    )
    must(
        sheet.data_validation(
            first,
            money,
            last,
            money,
            {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "error_title": "Số tiền",
                "error_message": "Ghi số tiền bằng đồng, chỉ gồm chữ số; ghi căn cứ ở cột bên cạnh.",
            },
        ),
        "kiểm tra số tiền",
    )
    told = _at(first, "nhac")
    missing = f"=OR(RIGHT({told},{len(NO_REASON)})={quoted(NO_REASON)},{told}={quoted(Need.UNKNOWN)})"
    kept = f"=RIGHT({told},{len(WITH_REASON)})={quoted(WITH_REASON)}"
    for key in ("quyet_dinh", "ly_do_sua", "nhac"):
        col = KEYS.index(key)
        for criteria, look in ((missing, BAD), (kept, WARNED)):
            rule = {"type": "formula", "criteria": criteria, "format": page.canvas.formats(**look)}
            must(sheet.conditional_format(first, col, last, col, rule), key)
    basis = _at(first, "can_cu_tien")
    no_basis = f'=AND(ISNUMBER({_at(first, "so_tien_nhap")}),TRIM({basis})="")'
    rule = {"type": "formula", "criteria": no_basis, "format": page.canvas.formats(**BAD)}
    must(sheet.conditional_format(first, money, last, money + 1, rule), "căn cứ số tiền")


def write_record(context: ShortlistContext) -> None:
    """The hidden sheet: what ``Đề nghị`` and ``Kết quả`` said when they were written, for whoever reads the copy back.

    Row 2 holds the captions, so that a column that was deleted can be named.
    """
    sheet = context.sheet(RECORD)
    keys = (*RECORDED, RECORDED_ID, *RESULT_TYPED)
    hidden_keys(sheet, keys)
    captions = {column.key: column.caption for column in (*RESULT_COLUMNS, *COLUMNS)}
    put_row(context, sheet, 1, (None, *(captions.get(key) for key in keys[1:])))
    held = (
        [values[key] for key in RECORDED]
        for values in (dict(zip(KEYS, _cells(context, proposal), strict=True)) for proposal in context.proposals)
    )
    results = ((key, *result_cells(context.chosen.results.get(key, Result()))) for key, _, _ in context.with_results)
    blank = [None] * len(RECORDED)
    for row, (own, result) in enumerate(zip_longest(held, results, fillvalue=None), 2):
        put_row(context, sheet, row, (*(own or blank), *(result or ())))
    sheet.hide()


def put_row(context: ShortlistContext, sheet: Sheet, row: int, values: Iterable[object]) -> None:
    """One line of a hidden sheet: values alone, days as days."""
    for col, value in enumerate(values):
        plain = value.value if isinstance(value, StyledValue) else value
        look = context.formats(num_format=DATE) if isinstance(plain, date) else context.formats()
        put(sheet, row, col, plain, look)
