"""Sheets ``Xếp hạng``, ``Điều kiện``, ``Các năm``, ``Cần xác minh``: how each proposal came to where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from dvk_reports.model.choosing import line_of
from dvk_reports.model.proposals import Candidate, Doubt, Outcome, Proposal
from dvk_reports.sheets.base.book import DATE
from dvk_reports.sheets.base.looks import CENTRE, GOOD, WARNED, WRAP
from dvk_reports.sheets.base.pages import ON_SCREEN, Column, Page, PageLayout, StyledValue
from dvk_reports.sheets.shortlist.pages import (
    DOUBTS,
    GATE_NAMES,
    GATES,
    OUTCOMES,
    PENDING,
    RANKING,
    SMALL,
    STATES,
    YEARS,
    ShortlistContext,
    years_of,
)
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import fold

_ID = Column("ma_de_nghi", "Mã đề nghị", 18, {**SMALL, **WRAP})
_NAME = Column("ten", "Tên tập thể, họ và tên", 26, {**WRAP, "bold": True})
_SMALL = {**WRAP, "font_size": 9}


def write_ranking(context: ShortlistContext) -> None:
    """One line per proposal, one column per step, the groups of (hinh_thuc, phan_loai) apart, the quota named."""
    steps = list(dict.fromkeys(step.name for item in context.proposals for step in item.steps))
    columns = (
        _ID,
        _NAME,
        Column("xep_hang", "Xếp hạng", 7, {**CENTRE, "bold": True}),
        Column("de_xuat", "Đề xuất của chương trình", 25, WRAP),
        Column("ten_don_vi", "Đơn vị đề nghị", 26, WRAP),
        *(
            Column(f"buoc_{n}", f"{n}. {name}", 15, {**CENTRE, **WRAP}, "Các bước xếp hạng, xét lần lượt")
            for n, name in enumerate(steps, 1)
        ),
    )
    remarks = (
        "Xếp theo từng bước từ trái sang phải: bước sau chỉ xét khi các bước trước bằng nhau. Bằng nhau ở mọi bước "
        "(trừ thứ tự danh mục) thì cùng hạng.",
        "Nhóm bằng nhau nằm vắt qua chỉ tiêu thì cả nhóm “Ngang nhau tại ranh giới”: người có thẩm quyền quyết định.",
    )
    page = Page(context, RANKING, columns, f"Xếp hạng từng bước - {context.title}", remarks, PageLayout(frozen=3))
    quotas = {(quota.form, quota.kind): quota.number for quota in context.data.quotas}
    for line in context.lines:
        members = [item for item in context.proposals if line_of(item) == line]
        said = f"chỉ tiêu {quotas[line]}" if line in quotas else "không có chỉ tiêu"
        page.band(f"{line[0]} - {line[1]}: {said}, đề nghị {len(members)}")
        for item in members:
            shown = {step.name: step.shown for step in item.steps}
            candidate = item.candidate
            outcome = StyledValue(item.outcome.value, OUTCOMES[item.outcome])
            page.line(
                (
                    candidate.id,
                    candidate.name,
                    item.rank,
                    outcome,
                    context.name_of(candidate.unit) or candidate.unit,
                    *(shown.get(name) for name in steps),
                )
            )
    page.close()


def write_gates(context: ShortlistContext) -> None:
    """One line per proposal and gate: state, what was found, the article, the cells."""
    columns = (
        _ID,
        _NAME,
        Column("ma", "Mã", 5.5, CENTRE),
        Column("dieu_kien", "Điều kiện", 27, WRAP),
        Column("trang_thai", "Kết quả", 13, WRAP),
        Column("noi_dung", "Căn cứ tìm thấy, còn thiếu", 56, WRAP),
        Column("can_cu", "Quy định", 34, _SMALL),
        Column("o", "Ô trong tệp của đơn vị", 40, _SMALL),
    )
    remarks = (
        "Mỗi dòng là một điều kiện của một đề nghị. “Thiếu căn cứ” không phải là “Không đạt”: bổ sung rồi chạy lại.",
        # Eleven lines of each proposal, which its card has too: they would be a quarter of what the workbook prints.
        ON_SCREEN,
    )
    layout = PageLayout(frozen=3, on_screen=True)
    page = Page(context, GATES, columns, f"Điều kiện của từng đề nghị - {context.title}", remarks, layout)
    for item in context.proposals:
        for gate in item.gates:
            state = StyledValue(gate.state.value, STATES[gate.state])
            cells = "\n".join(proof.shown() for proof in gate.proofs)
            name = GATE_NAMES.get(gate.code, "")
            page.line((item.candidate.id, item.candidate.name, gate.code, name, state, gate.reason, gate.basis, cells))
    page.close()


def write_years(context: ShortlistContext) -> None:
    """One line per subject and year that counts, with the decision and its cell."""
    columns = (
        _ID,
        _NAME,
        Column("so_nam_lien_tuc", "Số năm liên tục", 8, CENTRE),
        Column("nam", "Năm", 7, CENTRE),
        Column("so_qd", "Số quyết định", 17, WRAP),
        Column("ngay_qd", "Ngày quyết định", 12, {**CENTRE, "num_format": DATE}),
        Column("co_quan_qd", "Cơ quan ra quyết định", 28, WRAP),
        Column("ma_mo_hinh", "Mã mô hình", 18, WRAP),
        Column("trang_thai", "Ghi chú", 18, WRAP),
        Column("o", "Ô trong tệp của đơn vị", 40, _SMALL),
    )
    remarks = (
        f"Cách tính “02 năm liên tục”: {context.data.reading}. “{PENDING}”: năm của đợt xét, chưa có quyết định.",
    )
    page = Page(context, YEARS, columns, f"Các năm được tính - {context.title}", remarks)
    for item in context.proposals:
        head = (item.candidate.id, item.candidate.name, item.streak)
        for year in item.years:
            mark = StyledValue(PENDING, WARNED) if year.pending else None
            decision = (year.number, year.day, year.authority, year.model)
            page.line((*head, StyledValue(year.year, {"num_format": "0"}), *decision, mark, year.proof.shown()))
    if not any(item.years for item in context.proposals):
        page.remark("Chưa có năm nào được tính.")
    page.close()


_FIELDS: Final[Sequence[tuple[str, Callable[[Candidate], str]]]] = (
    ("Mã đề nghị", lambda one: one.id),
    ("Họ tên, tên tập thể", lambda one: one.name),
    ("Ngày sinh", lambda one: show_date(one.birth) if one.birth else ""),
    ("Giới tính", lambda one: one.gender),
    ("Dân tộc", lambda one: one.ethnicity),
    ("Chức vụ", lambda one: one.post),
    ("Đơn vị công tác", lambda one: one.workplace),
    ("Địa chỉ", lambda one: one.address),
    ("Đơn vị báo cáo", lambda one: one.unit),
    ("Phân loại", lambda one: one.kind),
    ("Hình thức đề nghị", lambda one: one.form),
    ("Mã mô hình", lambda one: one.model),
    ("Tóm tắt thành tích", lambda one: one.achievement),
    ("Khen thưởng đã nhận", lambda one: one.earlier_award),
    ("Dòng trong tệp", lambda one: f"{one.period}/{one.at.file}, {one.at.sheet}!{one.at.a1}"),
)
_COUNTED = "Các năm được tính"
SAME, OTHER = "giống", "khác"


def doubts(context: ShortlistContext) -> Iterator[tuple[Proposal, Doubt | None]]:
    """Every doubtful proposal with each of the other records, a pair of proposals once."""
    seen: set[frozenset[str]] = set()
    for item in context.proposals:
        if item.outcome is Outcome.TO_VERIFY and not item.doubts:
            yield item, None
        for doubt in item.doubts:
            pair = frozenset({item.candidate.id, doubt.other.id})
            if not doubt.other.id or pair not in seen:
                seen.add(pair)
                yield item, doubt


def write_doubts(context: ShortlistContext) -> None:
    """The two records that may be one subject, side by side, field by field; nothing is merged here."""
    columns = (
        _ID,
        Column("thong_tin", "Thông tin", 24, {**WRAP, "bold": True}),
        Column("ban_1", "Hồ sơ thứ nhất", 52, WRAP),
        Column("ban_2", "Hồ sơ thứ hai", 52, WRAP),
        Column("so_sanh", "So sánh", 10, CENTRE),
    )
    remarks = (
        "Hai hồ sơ đặt cạnh nhau để đối chiếu với giấy tờ. Chương trình không tự nhập hai hồ sơ làm một, không tự bỏ "
        "hồ sơ nào.",
    )
    page = Page(context, DOUBTS, columns, f"Hồ sơ cần xác minh - {context.title}", remarks)
    found = list(doubts(context))
    for item, doubt in found:
        why = doubt.why if doubt is not None else "; ".join(item.reasons) or Outcome.TO_VERIFY.value
        page.band(f"{item.candidate.name}: {why}")
        for name, mine, theirs in _compared(context, item, doubt):
            page.line((item.candidate.id, name, mine, theirs, _verdict(mine, theirs) if doubt is not None else None))
    if not found:
        page.remark("Không có hồ sơ nào cần xác minh.")
    page.close()


def _compared(context: ShortlistContext, item: Proposal, doubt: Doubt | None) -> Iterator[tuple[str, str, str]]:
    """(field, what one record says, what the other says)."""
    for name, value_of in _FIELDS:
        yield name, value_of(item.candidate), value_of(doubt.other) if doubt is not None else ""
    other = context.by_id.get(doubt.other.id) if doubt is not None else None
    beside = other.years if other is not None else doubt.years if doubt is not None else ()
    yield _COUNTED, years_of(item.years), years_of(beside)


def _verdict(mine: str, theirs: str) -> StyledValue | None:
    if not (mine or theirs):
        return None
    return StyledValue(SAME, GOOD) if fold(mine) == fold(theirs) else StyledValue(OTHER, WARNED)
