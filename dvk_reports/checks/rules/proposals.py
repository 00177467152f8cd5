"""Rules on proposals for awards (B9b), and on people who stand in the lists of two units (B9a, B9b)."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.checks.together import Sent, Together, letters_of, repeated
from dvk_reports.messages.returns import Msg, about
from dvk_reports.model.findings import Finding
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check_across
from dvk_reports.plan.book.roles import LabelRole, SheetRole


@check_across("K24")
def people_of_two(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): một người (cùng họ tên, cùng ngày sinh) ở danh sách của hai đơn vị, biểu B9a hoặc biểu B9b.

    On B9a of the same nam_xet only: a person may be recognised in several years.
    """
    for role in (SheetRole.RECOGNITIONS, SheetRole.PROPOSALS):
        for pair in repeated(together, role, _person):
            yield pair.about(Msg.PERSON_TWICE, "ten", ngay=pair.day("ngay_sinh"), bieu=pair.row.sheet)


def _person(_: Sent, row: Row) -> tuple[str, ...] | None:
    born = row.day("ngay_sinh")
    if born is None or not row.text("ten"):
        return None
    return letters_of(row.text("ten")), born.isoformat(), str(row.number_of("nam_xet") or "")


@check_across("K24")
def awards_of_one(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): một tập thể, cá nhân được một đơn vị đề nghị nhiều lần ở biểu B9b (thường là cả hai hình thức).

    A person is name and birthday; a body or a family is its name and its place of work.
    """
    for sent in together.sent:
        seen: dict[tuple[str, ...], Row] = {}
        for row in together.rows(sent, SheetRole.PROPOSALS):
            key = _proposed(together, row)
            old = seen.setdefault(key, row) if key is not None else row
            if old is not row:
                form, code, name = old.text("hinh_thuc") or "khen thưởng", sent.unit.code, row.text("ten")
                yield about(Msg.AWARD_TWICE, row, "ten", unit=code, subject=name, hinh_thuc=form, dong=old.number)


def _proposed(together: Together, row: Row) -> tuple[str, ...] | None:
    name, kind, born = row.text("ten"), row.text("phan_loai"), row.day("ngay_sinh")
    if not name or not kind:
        return None
    if kind in together.plan.labels_with(LabelRole.INDIVIDUAL):
        return (kind, letters_of(name), born.isoformat()) if born is not None else None
    return kind, letters_of(name), together.register.name_key(row.text("don_vi_cong_tac"), together.quarter.last_day)
