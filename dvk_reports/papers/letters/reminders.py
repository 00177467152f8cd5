"""Letters to units without a used return: a công văn each, firmer the longer nothing has come.

Order of the letter (patterns of real công văn đôn đốc): the order and its deadline; what has been received and what of
this unit is missing; the request with a new deadline, and how to send; thanks. Number, day and signature stay blank.
A unit that has sent something that cannot be used is asked to mend it, or to say which of two it means: it is not told
that it is late unless it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dvk_reports.model.consolidation import Consolidation
from dvk_reports.model.returns import UnitState
from dvk_reports.papers.docx.drafts import Template, render
from dvk_reports.papers.docx.letterhead import head_fields, receivers
from dvk_reports.papers.docx.tone import toned
from dvk_reports.plan.book.roles import DocumentRole, LabelRole, SheetRole
from dvk_reports.plan.book.rulebook import DUE, IssuedPaper, Plan
from dvk_reports.plan.duty import duties
from dvk_reports.plan.names import names_of
from dvk_reports.plan.office import Office
from dvk_reports.plan.reminding import FIRM, KIND, Reminder, missing_things, next_version
from dvk_reports.plan.workdays import level_of, new_deadline
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.spaces import soft_fields
from dvk_reports.vietnamese.words import tones

VERBATIM = ("kinh_gui", "ten_don_vi", "ho_ten")
"""Fields that are a name and nothing else."""
_REPORT = "báo cáo kết quả thực hiện Phong trào “Dân vận khéo”"
_CONSOLIDATED = "{bao_cao_chung}"
"""What the office calls the report that all the returns go into: a name of the rule book."""


def reminder_letters(
    office: Office, data: Consolidation, due: Sequence[Reminder], template: Path | None = None
) -> tuple[bytes, ...]:
    """A .docx for each reminder, in their order; none at all where the plan has no such paper.

    ``template``: the office's own ``mau-word/don-doc.docx``; TemplateError where it is broken.
    """
    paper = office.plan.document_with(DocumentRole.REMINDER, data.as_of)
    if paper is None:
        return ()
    tone, names = office.plan.documents.dau_thanh, names_of(office.register)
    return tuple(
        render(
            Template(paper.mau, template, tone),
            soft_fields(toned(letter_context(office, data, reminder, paper), tone, names, VERBATIM)),
            title=tones(f"Công văn {reminder.subject}", tone),
            day=data.as_of,
        )
        for reminder in due
    )


def letter_context(office: Office, data: Consolidation, reminder: Reminder, paper: IssuedPaper) -> dict[str, object]:
    """Every field of ``don-doc.docx``: text and lists of text."""
    plan, register = office.plan, office.register
    layout = plan.documents.layout(paper.the_thuc, data.as_of)
    issuer = paper.ten_co_quan
    due = register.deadlines[reminder.quarter].due
    return {
        **head_fields(Office(plan, register, data.as_of), paper),
        "trich_yeu": reminder.subject,
        "kinh_gui": reminder.reader.name,
        "ten_don_vi": reminder.unit.name,
        "ky_bao_cao": reminder.quarter.title,
        "muc_nhac": str(reminder.level),
        "han_nop": show_date_prose(due),
        "han_moi": show_date_prose(new_deadline(plan, reminder.level, data.as_of)),
        "so_ngay_cham": show_count(reminder.late),
        "thanh_tich": _record(reminder),
        "nhac_lai": (
            f"Thực hiện {'; '.join(paper.can_cu_viet)}, {issuer} đã gửi các đơn vị biểu mẫu {_REPORT} "
            f"{reminder.quarter.title}; hạn nộp chậm nhất ngày {show_date_prose(due)}."
        ),
        "tinh_hinh": _standing(issuer, data, reminder),
        "con_thieu": list(missing_things(data, reminder.item, reminder.answer)) if reminder.answer else [],
        "de_nghi": _request(plan, issuer, data, reminder),
        "cach_gui": _channel(plan, reminder),
        "loi_ket": _thanks(issuer, reminder),
        "noi_nhan": receivers(_receivers(plan, data, reminder, paper), layout),
    }


def _standing(issuer: str, data: Consolidation, reminder: Reminder) -> str:
    """How many units have reported, and how it stands with this one: late is only what came late."""
    used = sum(item.state is UnitState.ACCEPTED for item in data.submissions)
    day = show_date_prose(data.as_of)
    told = f"Tính đến ngày {day}, {issuer} đã có báo cáo của {used}/{len(data.submissions)} đơn vị để tổng hợp"
    unit, late = _unit_now(reminder), f"{show_count(reminder.late)} ngày làm việc"
    if not reminder.answer:
        record = f" {_record(reminder)}" if reminder.record else ""
        return f"{told}; chưa nhận được báo cáo của {unit}, chậm {late} so với hạn.{record}"
    why = "cần được xác nhận" if reminder.item.state is UnitState.CONFLICT else "chưa dùng được"
    when = ""
    if reminder.answer.day is not None:
        how = f"sau hạn {late}" if reminder.late else "trong hạn"
        when = f" nhận ngày {show_date_prose(reminder.answer.day)}, {how},"
    sure = reminder.answer.noted or not all(file.near for file in reminder.answer.files)
    what = "Báo cáo" if sure else "Tệp có thể là báo cáo"
    return f"{told}. {what} của {unit}{when} {why}. Cụ thể:"


def _unit_now(reminder: Reminder) -> str:
    """The unit's name, and whose it has become since."""
    merged = reminder.reader.code != reminder.unit.code
    return f"{reminder.unit.name} (nay thuộc {reminder.reader.name})" if merged else reminder.unit.name


def _record(reminder: Reminder) -> str:
    if reminder.record is None:
        return ""
    on_time, quarters = reminder.record
    if quarters == 1:
        return f"Ở 01 quý đã theo dõi trước đó, đơn vị nộp {'đúng hạn' if on_time else 'chưa đúng hạn'}."
    return f"Ở các quý trước, đơn vị nộp đúng hạn {on_time}/{quarters} quý."


def _request(plan: Plan, issuer: str, data: Consolidation, reminder: Reminder) -> list[str]:
    until = f"chậm nhất ngày {show_date_prose(new_deadline(plan, reminder.level, data.as_of))}"
    asked = f"{issuer} đề nghị {reminder.reader.name}"
    after = (
        f"Sau thời hạn trên, {issuer} tổng hợp theo số đơn vị đã có báo cáo và ghi rõ đơn vị chưa có báo cáo trong "
        f"{plan.names(data.as_of).put_into(_CONSOLIDATED)}."
    )
    talk = "Nếu có khó khăn, vướng mắc, đề nghị trao đổi để cùng tháo gỡ."
    if reminder.answer:
        return [f"{asked} {_mending(reminder)} {until}. {talk if reminder.level == KIND else after}"]
    if reminder.level == KIND:
        return [f"{asked} quan tâm, hoàn thành và gửi báo cáo {until}. {talk}"]
    if reminder.level == FIRM:
        return [f"{asked} khẩn trương hoàn thành và gửi báo cáo {until}. {after}"]
    leaders = [line.removesuffix("(b/c)").strip() for line in _leaders(plan, data, reminder)]
    told = f" Công văn này đồng thời được gửi {', '.join(leaders)} để báo cáo." if leaders else ""
    return [
        f"{asked} nghiêm túc thực hiện, phân công rõ người chịu trách nhiệm, gửi báo cáo {until} và nêu rõ lý do chậm. "
        f"{after}{told}"
    ]


def _mending(reminder: Reminder) -> str:
    """What a unit that has sent something is asked for."""
    if reminder.item.state is UnitState.CONFLICT:
        version = next_version(reminder.answer)
        as_which = f"ghi phiên bản {version}" if version else "ghi rõ số phiên bản ở trang bìa"
        return f"xác nhận tệp đúng bằng cách gửi lại tệp đó, {as_which},"
    return "gửi biểu mẫu Excel của kỳ này" if reminder.answer.noted else "sửa như trên và gửi lại báo cáo"


def _leaders(plan: Plan, data: Consolidation, reminder: Reminder) -> list[str]:
    """Who else is told at this level, as far as they exist on the day."""
    names = plan.names(data.as_of)
    lines = level_of(plan, reminder.level, data.as_of).them_noi_nhan
    return [names.put_into(line) for line in lines if names.known_in(line)]


def _channel(plan: Plan, reminder: Reminder) -> str:
    how = (
        "Báo cáo ghi trên biểu mẫu Excel (tệp .xlsx) đã gửi, giữ nguyên mã đơn vị và kỳ báo cáo, gửi bằng cách trả lời "
        "thư điện tử kèm công văn này"
    )
    if reminder.answer:
        return f"{how}."
    cover = plan.sheet(SheetRole.COVER)
    owed = duties(plan, reminder.unit.kind, reminder.quarter).items()
    sheets = ", ".join(sheet for sheet, duty in owed if duty == DUE and sheet != cover)
    return (
        f"{how}; kỳ này gồm các biểu {sheets}. Biểu có ô “{plan.label(LabelRole.NIL)}” ở trang bìa mà trong kỳ không "
        "phát sinh thì chọn “Có” ở ô đó."
    )


def _thanks(issuer: str, reminder: Reminder) -> str:
    silent = not reminder.answer and reminder.level == KIND
    sent = "Trường hợp đã gửi, đề nghị đơn vị gửi lại để đối chiếu. " if silent else ""
    return f"{sent}{issuer} trân trọng cảm ơn sự phối hợp của {reminder.reader.name}."


def _receivers(plan: Plan, data: Consolidation, reminder: Reminder, paper: IssuedPaper) -> list[str]:
    *first, last = paper.noi_nhan
    return [*first, *_leaders(plan, data, reminder), last]
