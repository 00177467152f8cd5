"""The chosen subjects in the import workbooks of the state award software: MauTDKT, CANHAN, TAPTHE, NHANDULIEU.

Titles and captions are the software's own, word for word. Its codes come from the rule book (``award_export.yaml``);
one that is not known leaves the cell blank, and the sheet ``Ghi chú`` of the workbook says so. Nothing is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from dvk_reports.model.proposals import Chosen, Proposal
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.sheets.base.book import DATE, Formats, close_book, merge, must, new_book, page, put, row_height, widths
from dvk_reports.vietnamese.text import upper_first

NOTES = "Ghi chú"


@dataclass(frozen=True, slots=True)
class Export:
    """Name -> bytes, and what the clerk must know before importing them."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    caption: str
    width: float
    value: Callable[[_Subject], object]
    code: str = ""
    """Name of the software's list where the cell holds a code or a label of it."""


@dataclass(frozen=True, slots=True)
class _Book:
    name: str
    sheet: str
    title: str
    """"" where the software's file has none."""
    columns: tuple[_Column, ...]
    takes: LabelRole | None = None
    """The class of subjects that it lists; None: all."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """One chosen subject with the rule book at hand."""

    plan: Plan
    chosen: Chosen
    proposal: Proposal

    def plays(self, role: LabelRole) -> bool:
        """Whether its class (a person, a body) plays a role."""
        return self.proposal.candidate.kind in self.plan.labels_with(role)

    def listed(self, column: str) -> str:
        """Label or code of the software's list; "" where it is not known."""
        candidate = self.proposal.candidate
        label = {
            "phan_loai_khen": candidate.kind,
            "hinh_thuc": candidate.form,
            "ma_hinh_thuc": candidate.form,
        }.get(column, candidate.group)
        if column == "doi_tuong":
            # A household is a class of its own in the software's list, whoever stands for it.
            own = self.plan.award_export.value(column, candidate.kind, self.chosen.shortlist.as_of)
            if own:
                return own
        return self.plan.award_export.value(column, label, self.chosen.shortlist.as_of)


def _from_list(caption: str, width: float, code: str) -> _Column:
    return _Column(caption, width, lambda subject: subject.listed(code), code)


def _form(subject: _Subject) -> str:
    """The software's name of the form; the plan's own words where its list does not hold it."""
    return subject.listed("hinh_thuc") or subject.proposal.candidate.form


def _field(subject: _Subject) -> str:
    labels = subject.plan.labels("linh_vuc")
    return next((item for item in subject.proposal.fields if item in labels), "")


_NAME = "Tên tập thể/cá nhân/hộ gia đình"
_FORM = "Danh hiệu thi đua/Hình thức khen thưởng"
_NO_TITLE = _Column("Mã danh hiệu thi đua (nếu có)", 16, lambda s: "")
"""No title is proposed by this plan, only praise and certificates."""
_F3 = (
    _Column("Tên gọi (Ông/Bà/Chức danh)", 17, lambda s: s.proposal.candidate.title),
    _Column(_NAME, 32, lambda s: s.proposal.candidate.name),
    _Column("Chức vụ", 20, lambda s: s.proposal.candidate.post),
    _Column("Đơn vị công tác", 32, lambda s: s.proposal.candidate.workplace),
    _from_list("Phân loại khen thưởng", 24, "phan_loai_khen"),
    _Column(_FORM, 36, _form, "hinh_thuc"),
    _from_list("Phân loại đối tượng", 40, "doi_tuong"),
    _Column("Lĩnh vực hoạt động", 24, _field),
)
_F4 = (
    _Column("Họ và tên", 28, lambda s: s.proposal.candidate.name),
    _Column("Giới tính", 9, lambda s: s.proposal.candidate.gender),
    _Column("Ngày sinh", 12, lambda s: s.proposal.candidate.birth),
    _Column("Chức vụ", 20, lambda s: s.proposal.candidate.post),
    _Column("Tên phòng ban/ khối, tổ công tác", 20, lambda s: ""),
    _Column("Tên đơn vị/tập thể công tác", 32, lambda s: s.proposal.candidate.workplace),
    _Column("Địa chỉ / Nơi ở", 28, lambda s: s.proposal.candidate.address),
    _from_list("Mã phân loại cán bộ", 14, "ma_can_bo"),
    _from_list("Mã hình thức khen thưởng", 14, "ma_hinh_thuc"),
    _NO_TITLE,
)
_F5 = (
    _Column("Tên đơn vị / tập thể", 44, lambda s: s.proposal.candidate.name),
    _from_list("Mã phân loại tập thể", 16, "ma_tap_the"),
    _from_list("Mã hình thức khen thưởng", 16, "ma_hinh_thuc"),
    _NO_TITLE,
)
_JOINED = (
    _from_list("Phân loại khen thưởng", 24, "phan_loai_khen"),
    _Column(_NAME, 32, lambda s: s.proposal.candidate.name),
    _Column("Chức vụ", 20, lambda s: s.proposal.candidate.post),
    _Column("Đơn vị công tác", 32, lambda s: s.proposal.candidate.workplace),
    _Column(_FORM, 36, _form, "hinh_thuc"),
    _from_list("Phân loại đối tượng", 40, "doi_tuong"),
    _Column("Lĩnh vực hoạt động", 24, _field),
)
_BOOKS = (
    _Book("MauTDKT.xlsx", "file nhận", "", _F3),
    _Book(
        "CANHAN.xlsx",
        "CANHAN",
        "DANH SÁCH ĐỐI TƯỢNG ĐỀ NGHỊ KHEN THƯỞNG",
        _F4,
        LabelRole.INDIVIDUAL,
    ),
    _Book("TAPTHE.xlsx", "TAPTHE", "", _F5, LabelRole.COLLECTIVE),
    _Book("NHANDULIEU.xlsx", "NHANDULIEU", "", _JOINED),
)


def award_export(plan: Plan, chosen: Chosen) -> Export:
    """The four import workbooks of the chosen subjects, and what is blank in them and why."""
    subjects = [_Subject(plan, chosen, item) for item in chosen.shortlist.proposals if chosen.is_chosen(item)]
    files, notes = {}, []
    for book in _BOOKS:
        taken = [subject for subject in subjects if book.takes is None or subject.plays(book.takes)]
        said = _notes(book, taken)
        files[book.name] = _drawn(book, taken, said)
        notes += [f"{book.name}: {note}" for note in said]
    apart = [book.takes for book in _BOOKS if book.takes is not None]
    homes = sum(not any(map(subject.plays, apart)) for subject in subjects)
    if homes:
        notes.append(
            f"{homes} hộ gia đình chỉ có trong MauTDKT.xlsx và NHANDULIEU.xlsx: hai tệp kia không có nhóm này."
        )
    return Export(files, tuple(notes))


def _notes(book: _Book, subjects: Sequence[_Subject]) -> list[str]:
    """One sentence for each column that is not filled as the software has it."""
    found = []
    for column in book.columns:
        if column.code:
            missing = list(
                dict.fromkeys(_label(column.code, item) for item in subjects if not item.listed(column.code))
            )
            if missing:
                kept = "ghi theo Kế hoạch" if column.code == "hinh_thuc" else "để trống"
                labels = "; ".join(f"“{label}”" for label in missing)
                found.append(
                    f"cột “{column.caption}” {kept} cho {labels}: chưa có trong danh mục của phần mềm đã biết."
                )
        elif column.caption == "Lĩnh vực hoạt động" and subjects:
            found.append(f"cột “{column.caption}” ghi lĩnh vực của mô hình; đối chiếu với danh mục của phần mềm.")
        elif column is not _NO_TITLE and subjects and not any(column.value(subject) for subject in subjects):
            sheet = subjects[0].plan.sheet(SheetRole.PROPOSALS)
            found.append(f"cột “{column.caption}” để trống: biểu {sheet} không có hoặc các đơn vị không ghi.")
    return found


def _label(code: str, subject: _Subject) -> str:
    candidate = subject.proposal.candidate
    if code in ("hinh_thuc", "ma_hinh_thuc"):
        return candidate.form
    return candidate.kind if code == "phan_loai_khen" else candidate.group or candidate.kind


def _drawn(book: _Book, subjects: Sequence[_Subject], notes: Sequence[str]) -> bytes:
    target = BytesIO()
    workbook = new_book(target)
    formats = Formats(workbook)
    sheet = workbook.add_worksheet(book.sheet)
    columns = (_Column("STT", 6, lambda subject: None), *book.columns)
    widths(sheet, [column.width for column in columns])
    row = 0
    if book.title:
        merge(sheet, 0, 0, 0, len(columns) - 1, book.title, formats(bold=True, font_size=14, align="center"))
        row = 1
    head = formats(bold=True, border=1, align="center", valign="vcenter", text_wrap=True)
    must(sheet.set_row(row, row_height((column.caption, column.width - 1.5) for column in columns)), "tiêu đề cột")
    for col, column in enumerate(columns):
        put(sheet, row, col, column.caption, head)
    for number, subject in enumerate(subjects, 1):
        values = [number, *(column.value(subject) for column in book.columns)]
        texts = [(value, column.width) for value, column in zip(values, columns, strict=True) if isinstance(value, str)]
        must(sheet.set_row(row + number, row_height(texts)), "chiều cao dòng")
        for col, value in enumerate(values):
            shape = {"num_format": DATE, "align": "center"} if columns[col].caption == "Ngày sinh" else {}
            put(sheet, row + number, col, value, formats(border=1, text_wrap=True, **shape))
    page(sheet, head=(row, row), area=(0, 0, row + len(subjects), len(columns) - 1))
    if notes:
        aside = workbook.add_worksheet(NOTES)
        widths(aside, [120])
        for line, note in enumerate(notes):
            put(aside, line, 0, upper_first(note), formats(text_wrap=True))
        page(aside)
    close_book(workbook, book.name)
    return target.getvalue()
