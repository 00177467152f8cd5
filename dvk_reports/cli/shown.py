"""What the commands have found out, as lines for the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dvk_reports.model.returns import FileState, UnitState
from dvk_reports.vietnamese.lists import Listed, cut

if TYPE_CHECKING:
    from dvk_reports.model.consolidation import Consolidation
    from dvk_reports.model.findings import Finding
    from dvk_reports.run.check import CheckedFile
    from dvk_reports.run.steps.write import Result

_MOST = 15
"""Messages shown on the screen; all of them stand in sheet Lỗi."""
_WIDE = 120
_CHANGES = "thay-doi.txt"
_WAITED_FOR = (
    ("Chưa nộp", (UnitState.MISSING,)),
    ("Trả lại", (UnitState.REFUSED, UnitState.UNREADABLE)),
    ("Cần xác minh", (UnitState.CONFLICT,)),
)


def result_lines(result: Result) -> Iterator[str]:
    """One consolidation: the sum of files first, then who is waited for, what is wrong, what was written."""
    data = result.data
    yield result.summary
    if result.changed:
        yield f"So với lần tổng hợp trước (từng chỗ: xem {_CHANGES}):"
        yield from _first(result.changed, f"thay đổi khác: xem {_CHANGES}")
    for unit, done, asked in result.closed:
        yield f"  {unit}: {done}/{asked} lỗi đã sửa hoặc đã giải trình."
    yield from _units_waited_for(data)
    yield from _files_aside(data)
    if data.edition:
        yield f"Kỳ đã khóa trước đây; đây là bản {data.edition_title}: {'; '.join(data.edition_reasons)}."
    yield from result.register
    yield from _first(result.messages, "loại lỗi khác: xem trang Lỗi của tong-hop.xlsx")
    waiting = [step for item in data.hamlets for step in item.steps]
    if waiting:
        yield "Thay đổi thôn, tổ dân phố chưa có trong danh-muc.xlsx:"
        yield from (f"  {step}" for step in waiting)
    if result.days:
        yield (
            f"Ngày nhận của {len(result.days)} đơn vị lấy theo ngày của tệp, là ngày lưu hoặc chép tệp lần cuối. "
            "Kiểm tra, sửa ngày cho đúng rồi ghi vào danh-muc.xlsx:"
        )
        yield from (f"  {line}" for line in result.days)
    did = "Chạy thử, không ghi gì. Chạy thật thì ghi" if result.rehearsal else "Đã ghi"
    yield f"{did} {len(result.written)} tệp trong {result.folder}: {', '.join(by_folder(result.written))}"
    if result.missing:
        yield f"Báo cáo còn {result.missing} chỗ bôi vàng phải điền trước khi trình ký."
    if result.to_send:
        yield result.to_send
    yield from (kept_line(name) for name in result.kept)
    yield from (f"  {line}" for line in result.redrafts)


def _units_waited_for(data: Consolidation) -> Iterator[str]:
    for title, states in _WAITED_FOR:
        names = [item.name for item in data.submissions if item.state in states]
        if names:
            yield Listed(f"{title} ({len(names)}):", names)


def _files_aside(data: Consolidation) -> Iterator[str]:
    """Every file that is not used, with its reason; files of one unit that contradict each other in one line."""
    for record in data.files:
        if record.state not in (FileState.USED, FileState.SKIPPED, FileState.CONFLICT):
            yield f"  {record.state.value}: {_path(record.file)} - {cut(record.reason, _WIDE)}"
    doubtful = [record for record in data.files if record.state is FileState.CONFLICT]
    names = {item.unit: item.name for item in data.submissions}
    for unit in dict.fromkeys(record.unit for record in doubtful):
        files = [_path(record.file) for record in doubtful if record.unit == unit]
        yield Listed(
            f"  Cần xác minh: {names.get(unit, unit)} có {len(files)} tệp cùng phiên bản, khác nội dung:", files, "tệp"
        )


def _path(text: str) -> str:
    """The last folders and the name of a long path; the whole of it stands in sheet Tệp."""
    if len(text) <= _WIDE:
        return text
    kept = text[-_WIDE:].partition("/")[2]
    return f"…/{kept}" if kept else cut(text, _WIDE)


def indented(line: str) -> str:
    """A line that belongs to the one above it."""
    return line.indented("  ") if isinstance(line, Listed) else f"  {line}"


def _first(lines: Sequence[str], rest: str) -> Iterator[str]:
    """As many lines as the screen takes, and how many more there are."""
    yield from (indented(line) for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  … và {len(lines) - _MOST} {rest}."


def by_folder(names: Sequence[str]) -> list[str]:
    """Files by name, folders by how many files they hold."""
    inside = Counter(name.partition("/")[0] for name in names if "/" in name)
    return [name for name in names if "/" not in name] + [f"{name}/ ({count} tệp)" for name, count in inside.items()]


def kept_line(name: str) -> str:
    """That a file which a person has edited was left alone."""
    return f"{name} đã được người dùng sửa nên giữ nguyên; bản mới nằm bên cạnh."


def checked_lines(item: CheckedFile) -> Iterator[str]:
    """One file that was checked, with its findings, or why there was nothing to check in it."""
    if item.state is not None:
        yield f"{item.file}: {item.state.value} - {item.reason}"
        return
    name = f"{item.unit or 'không rõ đơn vị'}, kỳ {item.period or 'không rõ'}"
    if item.register:
        name = "danh mục"
    yield f"{item.file} ({name}): {'không có lỗi' if not item.findings else ''}".rstrip(": ")
    yield from (f"  {line}" for line in item.messages)


def choice_lines(findings: Sequence[Finding], changes: Sequence[str]) -> Iterator[str]:
    """What has changed under the clerk's copy of a shortlist, and what is wrong with it."""
    said = []
    for finding in findings:
        where = f"{finding.sheet} {finding.cell}: ".lstrip() if finding.cell else ""
        said.append(f"{finding.level} {where}{finding.text} {finding.remedy}")
    if changes:
        yield "So với lần xét trước:"
        yield from _first(changes, "thay đổi khác")
    yield from _first(said, "chỗ khác")
