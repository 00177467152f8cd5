"""Letters to units without a used return: a công văn and a mail draft each, firmer the later they are.

Order of the letter (patterns of real công văn đôn đốc): the order and its deadline; what has been received and what of
this unit is missing; the request with a new deadline, and how to send; thanks. Number, day and signature stay blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dvk_reports.mail.drafts import DOCX, draft
from dvk_reports.model.records import Consolidation, Submission, UnitState
from dvk_reports.papers.docx.drafts import render
from dvk_reports.papers.docx.tone import names_of, toned
from dvk_reports.plan.book.rulebook import DUE, Plan
from dvk_reports.plan.duty import duties
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.plan.reminding import (
    DOCUMENT,
    FOLDER,
    addressee,
    missing_things,
    outstanding,
    punctuality,
    quarter_of,
    received_files,
)
from dvk_reports.plan.workdays import days_late, level_of, new_deadline, reminder_level
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_count
from dvk_reports.vietnamese.words import tones

KIND, FIRM, TO_THE_LEADER = 1, 2, 3
VERBATIM = ("kinh_gui", "ten_don_vi", "ho_ten")
"""Fields that are a name and nothing else."""
_REPORT = "báo cáo kết quả thực hiện Phong trào “Dân vận khéo”"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter is made of. ``unit`` owes the return, ``reader`` answers for it."""

    unit: Unit
    reader: Unit
    item: Submission
    quarter: Quarter
    level: int
    late: int
    record: tuple[int, int] | None


def reminders(
    plan: Plan,
    register: Register,
    data: Consolidation,
    history: Sequence[Submission] = (),
    template: Path | None = None,
) -> dict[str, bytes]:
    """``don-doc/…`` -> content: a .docx and an .eml for every unit that owes a form and has no used return.

    None before the deadline of the register, none where it has no deadline, none for a unit that no longer exists and
    was merged into no other. ``history``: lines of ``Tình hình nộp`` of earlier quarters. ``template``: the office's
    own ``mau-word/don-doc.docx``; TemplateError where it is broken.
    """
    spec = plan.document(DOCUMENT, data.as_of)
    tone, names = plan.documents.dau_thanh, names_of(register)
    found: dict[str, bytes] = {}
    for letter in letters(plan, register, data, history):
        title = f"Công văn {_subject(letter)}"
        fields = toned(letter_context(plan, register, data, letter), tone, names, VERBATIM)
        paper = render(spec.mau, fields, title=tones(title, tone), day=data.as_of, template=template, tone=tone)
        stem = f"DVK_{letter.unit.code}_{letter.quarter.key}_don-doc"
        found[f"{FOLDER}/{stem}.docx"] = paper
        found[f"{FOLDER}/{stem}.eml"] = draft(
            to=letter.reader.email,
            subject=tones(f"{_capital(_subject(letter).removeprefix('về việc '))} - {letter.unit.name}", tone, names),
            text=tones(_mail_words(plan, data, letter), tone, names),
            name=f"{stem}.docx",
            data=paper,
            kind=DOCX,
        )
    return found


def letters(
    plan: Plan, register: Register, data: Consolidation, history: Sequence[Submission] = ()
) -> tuple[Letter, ...]:
    """The letters of one run, in register order."""
    quarter = quarter_of(data)
    if quarter is None:
        return ()
    level, late = reminder_level(plan, register, quarter, data.as_of), days_late(plan, register, quarter, data.as_of)
    if not level or late is None:
        return ()
    found = []
    for unit, item in outstanding(plan, register, data):
        reader = addressee(register, unit, data.as_of)
        if reader is not None:
            record = punctuality(history, unit.code, quarter.key)
            found.append(Letter(unit, reader, item, quarter, level, late, record))
    return tuple(found)


def letter_context(plan: Plan, register: Register, data: Consolidation, letter: Letter) -> dict[str, object]:
    """Every field of ``don-doc.docx``: text and lists of text."""
    spec = plan.document(DOCUMENT, data.as_of)
    signer = register.signer(DOCUMENT, data.as_of)
    due = register.deadlines[letter.quarter].due
    return {
        "co_quan_cap_tren": spec.co_quan_cap_tren,
        "co_quan": spec.co_quan,
        "ten_co_quan": spec.ten_co_quan,
        "ky_hieu": spec.ky_hieu,
        "dia_danh": spec.dia_danh,
        "nam": str(data.as_of.year),
        # The short line under the number would else break inside “năm 2023”.
        "trich_yeu": _subject(letter).replace("quý ", "quý\N{NO-BREAK SPACE}").replace("năm ", "năm\N{NO-BREAK SPACE}"),
        "kinh_gui": letter.reader.name,
        "ten_don_vi": letter.unit.name,
        "ky_bao_cao": letter.quarter.title,
        "muc_nhac": str(letter.level),
        "han_nop": show_date_prose(due),
        "han_moi": show_date_prose(new_deadline(plan, letter.level, data.as_of)),
        "so_ngay_cham": show_count(letter.late),
        "thanh_tich": _record(letter),
        "nhac_lai": (
            f"Thực hiện {'; '.join(spec.can_cu_viet)}, {spec.ten_co_quan} đã gửi các đơn vị biểu mẫu {_REPORT} "
            f"{letter.quarter.title}; hạn nộp là ngày {show_date_prose(due)}."
        ),
        "tinh_hinh": _standing(spec.ten_co_quan, data, letter),
        "con_thieu": list(missing_things(data, letter.item)),
        "de_nghi": _request(plan, spec.ten_co_quan, data, letter),
        "cach_gui": _channel(plan, letter),
        "loi_ket": _thanks(spec.ten_co_quan, data, letter),
        "quyen_han": signer.authority if signer else spec.quyen_han,
        "chuc_vu": signer.post if signer else spec.chuc_vu,
        "ho_ten": signer.name if signer else "",
        "noi_nhan": _recipients(plan, data, letter),
    }


def _subject(letter: Letter) -> str:
    act = "gửi" if letter.level == KIND else "đôn đốc gửi"
    return f"về việc {act} báo cáo Phong trào “Dân vận khéo” {letter.quarter.title}"


def _standing(issuer: str, data: Consolidation, letter: Letter) -> str:
    used = sum(item.state is UnitState.ACCEPTED for item in data.submissions)
    day = show_date_prose(data.as_of)
    record = f" {_record(letter)}" if letter.record else ""
    return (
        f"Tính đến ngày {day}, {issuer} đã có báo cáo của {used}/{len(data.submissions)} đơn vị để tổng hợp. "
        f"Báo cáo của {_unit_now(letter)} chưa có trong số đó, chậm {show_count(letter.late)} ngày làm việc so với hạn."
        f"{record} Cụ thể:"
    )


def _unit_now(letter: Letter) -> str:
    """The unit's name, and whose it has become since."""
    merged = letter.reader.code != letter.unit.code
    return f"{letter.unit.name} (nay thuộc {letter.reader.name})" if merged else letter.unit.name


def _record(letter: Letter) -> str:
    if letter.record is None:
        return ""
    on_time, quarters = letter.record
    return f"Ở các quý trước, đơn vị nộp đúng hạn {on_time}/{quarters} quý."


def _request(plan: Plan, issuer: str, data: Consolidation, letter: Letter) -> list[str]:
    before = f"trước ngày {show_date_prose(new_deadline(plan, letter.level, data.as_of))}"
    if letter.level == KIND:
        return [
            f"{issuer} đề nghị {letter.reader.name} quan tâm, hoàn thành và gửi báo cáo {before}. "
            "Nếu có khó khăn, vướng mắc, đề nghị trao đổi để cùng tháo gỡ."
        ]
    after = (
        f"Sau thời hạn trên, {issuer} tổng hợp theo số đơn vị đã có báo cáo và ghi rõ đơn vị chưa có báo cáo trong "
        "báo cáo của huyện."
    )
    if letter.level == FIRM:
        return [
            f"{issuer} đề nghị {letter.reader.name} khẩn trương hoàn thành và gửi báo cáo {before}. {after}",
        ]
    leaders = [name.removesuffix("(b/c)").strip() for name in level_of(plan, letter.level, data.as_of).them_noi_nhan]
    told = f" Công văn này đồng thời được gửi {', '.join(leaders)} để báo cáo." if leaders else ""
    return [
        f"{issuer} đề nghị {letter.reader.name} nghiêm túc thực hiện, phân công rõ người chịu trách nhiệm, gửi báo cáo "
        f"{before} và nêu rõ lý do chậm. {after}{told}"
    ]


def _channel(plan: Plan, letter: Letter) -> str:
    how = (
        "Báo cáo ghi trên biểu mẫu Excel (tệp .xlsx) đã gửi, giữ nguyên mã đơn vị và kỳ báo cáo, gửi bằng cách trả lời "
        "thư điện tử kèm công văn này"
    )
    if letter.item.state is not UnitState.MISSING:
        return f"{how}."
    due = [sheet for sheet, duty in duties(plan, letter.unit.kind, letter.quarter).items() if duty == DUE]
    sheets = ", ".join(sheet for sheet in due if sheet != "BIA")
    return (
        f"{how}; kỳ này gồm các biểu {sheets}. Biểu có ô “Không phát sinh” ở trang bìa mà trong kỳ không phát sinh thì "
        "chọn “Có” ở ô đó."
    )


def _thanks(issuer: str, data: Consolidation, letter: Letter) -> str:
    silent = letter.item.state is UnitState.MISSING and not received_files(data, letter.item)
    sent = "Trường hợp đã gửi, đề nghị đơn vị gửi lại để đối chiếu. " if silent and letter.level == KIND else ""
    return f"{sent}{issuer} trân trọng cảm ơn sự phối hợp của {letter.reader.name}."


def _recipients(plan: Plan, data: Consolidation, letter: Letter) -> list[str]:
    spec = plan.document(DOCUMENT, data.as_of)
    mark = plan.documents.layout(spec.the_thuc, data.as_of).dau_noi_nhan
    *first, last = spec.noi_nhan
    names = [*first, *level_of(plan, letter.level, data.as_of).them_noi_nhan]
    return [*(f"{name}{mark}" for name in names), f"{last}."]


def _mail_words(plan: Plan, data: Consolidation, letter: Letter) -> str:
    issuer = plan.document(DOCUMENT, data.as_of).ten_co_quan
    things = "\n".join(f"- {text}" for text in missing_things(data, letter.item))
    before = show_date_prose(new_deadline(plan, letter.level, data.as_of))
    return (
        f"Kính gửi: {letter.reader.name}\n\n"
        f"{issuer} gửi kèm công văn {_subject(letter)}.\n"
        f"Báo cáo của {letter.unit.name}:\n{things}\n\n"
        f"Đề nghị đơn vị trả lời thư này, kèm tệp báo cáo Excel (.xlsx), trước ngày {before}.\n\n"
        "Trân trọng./.\n"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
