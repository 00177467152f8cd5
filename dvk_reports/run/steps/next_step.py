"""The one thing to do next, as a command that this workspace takes on this day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dvk_reports.mail.outbox import is_laid_out
from dvk_reports.model.findings import Level
from dvk_reports.model.periods import Quarter, parse_period, quarters_between
from dvk_reports.plan.register.register import Register
from dvk_reports.plan.register.sheets import FILE as REGISTER
from dvk_reports.run.steps.copy_files import FILE as SHORTLIST
from dvk_reports.run.steps.standing import QuarterStanding, RoundStanding
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.workspace.folder import TOTALS, Workspace

_DAYS_TO_REPORT = 20
"""After the end of a quarter, where the register has no deadline for it."""
_LONGER = {2: "6T", 3: "9T", 4: ""}
"""Quarter that ends a longer period of the year -> what its key has after the year."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, and the command that does it or comes after it."""

    text: str
    command: str = ""
    """Without the name of the program; "" where nothing is left to do."""

    def line(self) -> str:
        """The step as it is told to whoever stands in the folder of the workspace."""
        return f"{self.text}: dvk {self.command}" if self.command else f"{self.text}."


@dataclass(frozen=True, slots=True)
class Desk:
    """The workspace on a day, as far as the next step depends on it."""

    space: Workspace
    register: Register
    day: date
    quarters: Sequence[QuarterStanding]
    """Those that were begun, oldest first."""
    rounds: Sequence[RoundStanding]
    unsent: Mapping[Quarter, int] = field(default_factory=dict)
    """Mails of each quarter that have not gone: its forms, as long as it is not consolidated."""
    server: bool = False
    """The register names a server that sends them."""

    @property
    def now(self) -> QuarterStanding | None:
        """The quarter that is being worked on."""
        return self.quarters[-1] if self.quarters else None

    @property
    def register_errors(self) -> int:
        """Places of the register that cost something in the quarter that is being worked on."""
        found = list(self.register.findings)
        if self.now is not None:
            found += self.register.findings_for(self.space.plan, self.now.quarter)
        return sum(finding.level is Level.BLOCK for finding in found)


def next_step(desk: Desk) -> Step:
    """The first of all steps that is due: new files first, papers last."""
    return next(_steps(desk))


def quarter_at_hand(desk: Desk) -> Quarter:
    """The quarter whose returns are due next on the day."""
    plan = desk.space.plan
    for quarter in quarters_between(plan.first_quarter, plan.last_quarter):
        deadline = desk.register.deadlines.get(quarter)
        if deadline is not None:
            open_until = (deadline.closing or deadline.due).toordinal()
        else:
            open_until = quarter.last_day.toordinal() + _DAYS_TO_REPORT
        if desk.day.toordinal() <= open_until:
            return quarter
    return plan.last_quarter


def _steps(desk: Desk) -> Iterator[Step]:
    now = desk.now
    if now is None:
        yield _first(desk)
        return
    for earlier in desk.quarters[:-1]:
        yield from _of_files(earlier)
    yield from _of_files(now)
    if now.other_inputs and now.unsealed and now.came:
        said = (
            f"{REGISTER}, quy định, khóa đơn vị, quý trước hoặc chương trình đã đổi từ lần tổng hợp trước, tổng hợp lại"
        )
        yield Step(said, f"consolidate {now.quarter.key}")
    yield from _closing(now, desk.day)
    if desk.register_errors:
        again = "tổng hợp lại" if now.day else "tạo lại biểu mẫu"
        said = f"Sửa {show_count(desk.register_errors)} chỗ lỗi Chặn ở {REGISTER}, rồi {again}"
        yield Step(said, f"{'consolidate' if now.day else 'forms'} {now.quarter.key}")
    if not _is_sealed(now):
        yield from mails_to_send(desk, now)
    yield from _of_rounds(desk)
    for earlier in desk.quarters[-2:-1]:
        yield from _closing(earlier, desk.day)
    for earlier in desk.quarters[-2::-1]:
        if earlier.day and not _is_sealed(earlier):
            yield from mails_to_send(desk, earlier)
    yield from _of_waiting(now)
    yield from _after(desk, now)


def _first(desk: Desk) -> Step:
    key = quarter_at_hand(desk).key
    if desk.register_errors:
        said = f"Sửa {show_count(desk.register_errors)} chỗ lỗi Chặn ở {REGISTER}, rồi tạo biểu mẫu gửi các đơn vị"
        return Step(said, f"forms {key}")
    return Step(f"Ghi đủ đơn vị, thôn, địa chỉ thư vào {REGISTER}, rồi tạo biểu mẫu gửi các đơn vị", f"forms {key}")


def _of_files(item: QuarterStanding) -> Iterator[Step]:
    """Files that no run has read."""
    if not item.came:
        return
    command = f"consolidate {item.quarter.key}"
    if item.day is None:
        yield Step("Tổng hợp các tệp nhận về", command)
    elif item.late_files and item.editions and not item.unsealed:
        yield Step(f"nhan-ve/{item.quarter.key} đã đổi từ khi khóa, tổng hợp thành bản bổ sung", command)
    elif item.late_files:
        yield Step(f"nhan-ve/{item.quarter.key} đã đổi từ lần tổng hợp trước, tổng hợp lại", command)


def _closing(item: QuarterStanding, day: date) -> Iterator[Step]:
    """A quarter that is ready to be sealed, once its day has come."""
    ready = item.day and item.unsealed and not item.late_files and not item.other_inputs
    if not ready:
        return
    command = f"close {item.quarter.key}"
    closing = item.deadline.closing if item.deadline else None
    if item.editions:
        yield Step("Xem kết quả của bản bổ sung rồi khóa", command)
    elif closing and day > closing:
        yield Step(f"Đã qua ngày khóa sổ {show_date(closing)}; xem kết quả rồi khóa", command)


def _is_sealed(item: QuarterStanding) -> bool:
    return bool(item.editions) and not item.unsealed


def mails_to_send(desk: Desk, item: QuarterStanding) -> Iterator[Step]:
    """Mails of a quarter that wait: by the server of the office, else by hand, and noted."""
    key, count = item.quarter.key, desk.unsent.get(item.quarter, 0)
    if item.day is not None:
        what, where, option = "thư", f"gui-lan-nay/{key}", ""
    elif item.sent < item.due:
        return
    else:
        what, where, option = "biểu mẫu", f"gui-di/{key}", " --bieu-mau"
    of = "" if item is desk.now else f" của {item.quarter.title}"
    if count and desk.server:
        yield Step(f"Gửi {show_count(count)} {what}{of}", f"send {key}{option}")
    elif count and item.day is not None and not is_laid_out(desk.space, key):
        yield Step(
            f"Xếp {show_count(count)} {what}{of} vào {where} để gửi (lần tổng hợp trước chưa xếp được)", f"send {key}"
        )
    elif count:
        said = f"Gửi {show_count(count)} {what}{of} trong {where} (mở từng tệp .eml, bấm Gửi), rồi ghi lại là đã gửi"
        yield Step(said, f"send {key}{option} --da-gui tat-ca")


def _of_rounds(desk: Desk) -> Iterator[Step]:
    """An award round is worked on in its month, once the quarter before it is consolidated."""
    for item in desk.rounds:
        name, first = item.award.ma, item.award.tu_ngay
        before = Quarter.of(first).previous
        in_month = (first.year, first.month) == (desk.day.year, desk.day.month)
        if not in_month or not (desk.space.results(before.key) / TOTALS).is_file():
            continue
        if not item.listed:
            yield Step("Xét đề nghị khen thưởng", f"awards propose {name}")
        elif item.outdated:
            yield Step("Đã tổng hợp lại từ lần xét đề nghị trước, xét lại", f"awards propose {name}")
        elif not item.drafted:
            said = open_cases(item) if not item.edited else ""
            what = f"Ghi quyết định{f' cho {said}' if said else ''} vào {SHORTLIST}, rồi lập dự thảo"
            yield Step(what, f"awards draft {name}")


def open_cases(item: RoundStanding) -> str:
    """What of a shortlist only people can decide; "" where there is nothing."""
    said = (
        f"{show_count(item.ties)} trường hợp ngang nhau" if item.ties else "",
        f"{show_count(item.doubtful)} trường hợp cần xác minh" if item.doubtful else "",
    )
    return ", ".join(part for part in said if part)


def _of_waiting(item: QuarterStanding) -> Iterator[Step]:
    """Nothing is to be done before more returns come, or before the day of closing."""
    key = item.quarter.key
    put = f"thả tệp nhận về vào nhan-ve/{key}, rồi tổng hợp"
    if item.day is None and item.sent < item.due:
        yield Step(f"Mới tạo {show_count(item.sent)}/{show_count(item.due)} biểu mẫu, tạo cho đủ", f"forms {key}")
    if item.day is None:
        yield Step(f"Chờ các đơn vị gửi báo cáo; {put}", f"consolidate {key}")
        return
    if item.editions:
        return
    waiting = (
        f"{show_count(item.silent)} đơn vị gửi báo cáo" if item.silent else "",
        f"{show_count(item.to_mend)} đơn vị sửa" if item.to_mend else "",
    )
    said = ", ".join(part for part in waiting if part)
    if said:
        yield Step(f"Chờ {said}; {put}", f"consolidate {key}")
    closing = item.deadline.closing if item.deadline else None
    when = f"sau ngày {show_date(closing)} thì khóa" if closing else "rồi khóa"
    yield Step(f"Báo cáo đã đủ; xem ket-qua/{key}/bao-cao.docx, {when}", f"close {key}")


def _after(desk: Desk, item: QuarterStanding) -> Iterator[Step]:
    """The quarter is sealed: the longer period that it ends, then the quarter after it."""
    plan, quarter = desk.space.plan, item.quarter
    if quarter.number in _LONGER:
        key = "-".join(part for part in (str(quarter.year), _LONGER[quarter.number]) if part)
        period = plan.within(parse_period(key))
        whole = period is not None and period.last == quarter
        held = {held for held, _ in desk.space.quarters_held()}
        missing = not (desk.space.results(key) / TOTALS).is_file()
        if period is not None and whole and missing and held.issuperset(period.quarters):
            yield Step(f"Tổng hợp {period.title}", f"consolidate {key}")
    if quarter < plan.last_quarter:
        yield Step("Quý sau: tạo biểu mẫu gửi các đơn vị", f"forms {quarter.next.key}")
    yield Step("Các quý của Kế hoạch đã làm xong")
