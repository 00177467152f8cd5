"""What goes back to a unit with its mistakes marked: how much is wrong, the worst in words, what to do, till when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dvk_reports.messages.asking import asks_unit, urgency
from dvk_reports.messages.to_mend import TO_MEND
from dvk_reports.model.findings import Finding, Level
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count

_WORST, _CELLS = 3, 3
"""Mistakes told in words, and cells named for each; the rest stands in the file."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What goes back to one unit."""

    words: str
    asked: tuple[tuple[str, ...], ...]
    """What it is asked to mend, without the words: they may name the day of the run."""
    file: str = ""
    """The marked copy, below ``ket-qua/<KY>``; "" where it could not be made."""


def returned(findings: Sequence[Finding], until: date | None, file: str = "") -> Returned:
    """What a unit is told of its ``findings``, as they are on the marked copy ``file``, to be back by ``until``."""
    asking = sorted(filter(asks_unit, findings), key=urgency)
    asked = tuple((f.level.value, f.rule or f.code, f.sheet, f.cell, f.raw, f.subject) for f in asking)
    return Returned(_words(asking, until, file.rpartition("/")[2]), asked, file)


def _words(findings: Sequence[Finding], until: date | None, name: str) -> str:
    groups = _groups(findings)
    worst = groups[:_WORST]
    rest = len(groups) - len(worst)
    due = f"chậm nhất ngày {show_date_prose(until)}" if until is not None else "sớm nhất có thể"
    said = "".join(f"{number}. {_told(group)}\n" for number, group in enumerate(worst, 1))
    where = f"ở trang “{TO_MEND}” của tệp" if name else "hỏi lại nơi gửi thư này"
    more = f"Còn {show_count(rest)} nội dung khác, {'xem ' if name else ''}{where}.\n" if rest else ""
    return (
        f"Qua kiểm tra còn {_counted(findings)}.\n\n"
        f"{'Cần chú ý trước hết' if rest else 'Cụ thể'}:\n{said}{more}\n{_how(name, due)}"
    )


def _how(name: str, due: str) -> str:
    if not name:
        return (
            "Cách làm: sửa các ô trên trong tệp đã gửi, tăng số phiên bản.\n"
            f"Đề nghị đơn vị gửi lại {due} bằng cách trả lời thư này. Bản gửi lại thay toàn bộ bản trước."
        )
    return (
        f"Cách làm: mở tệp kèm theo ({name}), trang “{TO_MEND}” nêu từng ô và cách sửa; các ô cần sửa đã được tô màu, "
        "số liệu khác của đơn vị đã được chép sẵn, không phải ghi lại. "
        "Với dòng Cảnh báo mà số liệu đúng, ghi lý do ở cột “Giải trình”.\n"
        f"Đề nghị đơn vị sửa ngay trong tệp này và gửi lại {due} bằng cách trả lời thư này. Bản gửi lại thay toàn bộ "
        "bản trước."
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
    """The same mistake in several cells of a sheet is one; in the order of the findings."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
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
