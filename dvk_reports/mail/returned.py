"""The mail draft that sends a unit its marked copy: how much is wrong, the worst in words, what to do, till when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dvk_reports.mail.drafts import draft
from dvk_reports.messages.to_mend import TO_MEND
from dvk_reports.model.findings import Finding, Level
from dvk_reports.model.periods import Quarter
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.register.register import Unit
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count

_WORST, _CELLS = 3, 3
"""Mistakes told in words, and cells named for each; the rest stands in the file."""


@dataclass(frozen=True, slots=True)
class SentBack:
    """When marked copies are sent back, and until when they should return; None: as soon as possible."""

    day: date
    until: date | None = None


def return_mail(
    plan: Plan, unit: Unit, quarter: Quarter, findings: Sequence[Finding], name: str, copy: bytes, when: SentBack
) -> bytes:
    """An .eml draft to the unit with the marked copy attached as ``name``.

    ``findings``: as they are on the copy (``MarkedCopy.findings``). A unit without an address in the
    register gets a draft without addressee.
    """
    asking = [f for f in findings if f.level is Level.BLOCK or (f.level is Level.WARNING and not f.answer)]
    lead = f"{plan.sender(when.day)} đã nhận báo cáo Phong trào “Dân vận khéo” {quarter.title} của đơn vị. "
    return draft(
        to=unit.email,
        subject=f"Đề nghị sửa báo cáo Phong trào “Dân vận khéo” {quarter.title} - {unit.name}",
        text=f"Kính gửi: {unit.name}\n\n{lead}{_words(asking, name, when.until)}",
        name=name,
        data=copy,
    )


def _words(findings: Sequence[Finding], name: str, until: date | None) -> str:
    groups = _groups(findings)
    worst = groups[:_WORST]
    rest = len(groups) - len(worst)
    due = f"chậm nhất ngày {show_date_prose(until)}" if until is not None else "sớm nhất có thể"
    said = "".join(f"{number}. {_told(group)}\n" for number, group in enumerate(worst, 1))
    more = f"Còn {show_count(rest)} nội dung khác, xem ở trang “{TO_MEND}” của tệp.\n" if rest else ""
    return (
        f"Qua kiểm tra còn {_counted(findings)}.\n\n"
        f"{'Cần chú ý trước hết' if rest else 'Cụ thể'}:\n{said}{more}\n"
        f"Cách làm: mở tệp kèm theo ({name}), trang “{TO_MEND}” nêu từng ô và cách sửa; các ô cần sửa đã được tô màu, "
        "số liệu khác của đơn vị đã được chép sẵn, không phải ghi lại. "
        "Với dòng Cảnh báo mà số liệu đúng, ghi lý do ở cột “Giải trình”.\n"
        f"Đề nghị đơn vị sửa ngay trong tệp này và gửi lại {due} bằng cách trả lời thư này.\n\n"
        "Trân trọng./.\n"
    )


def _counted(findings: Sequence[Finding]) -> str:
    count = Counter(finding.level for finding in findings)
    parts = []
    if count[Level.BLOCK]:
        parts.append(f"{show_count(count[Level.BLOCK])} chỗ phải sửa (khi chưa sửa, giá trị đó chưa được tính)")
    if count[Level.WARNING]:
        parts.append(f"{show_count(count[Level.WARNING])} chỗ cần xem lại hoặc giải trình")
    return " và ".join(parts) or "một số nội dung cần xem lại"


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The same mistake in several cells of a sheet is one; blockers first."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(findings, key=lambda item: item.level.rank):
        groups.setdefault((finding.level, finding.code, finding.sheet, finding.text), []).append(finding)
    return list(groups.values())


def _told(group: Sequence[Finding]) -> str:
    first = group[0]
    cells = list(dict.fromkeys(finding.cell for finding in group if finding.cell))
    where = f"Biểu {first.sheet}" if first.sheet else ""
    if cells:
        more = f" và {show_count(len(cells) - _CELLS)} ô khác" if len(cells) > _CELLS else ""
        where += f", ô {', '.join(cells[:_CELLS])}{more}"
    lead = f"{where}: " if where else ""
    return f"{lead}{first.text} {first.remedy}"
