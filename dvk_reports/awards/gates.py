"""Gates E1 – E11: each says Đạt, Không đạt or Thiếu căn cứ, why, by which rule, and on which cells it rests.

What a cell that is stopped or blank would have said is never guessed: a gate that rests on one lacks its basis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from dvk_reports.awards.candidates import Entrant
from dvk_reports.awards.case import FAILED, LACKING, PASSED, Answer, Case
from dvk_reports.awards.records import Line, Records
from dvk_reports.awards.reviewed import reviewed
from dvk_reports.awards.years import last_day, on_time
from dvk_reports.model.proposals import Award, Gate, GateState, Proof, Subject
from dvk_reports.plan.book.awards import GATES
from dvk_reports.plan.book.entries import in_force
from dvk_reports.plan.book.roles import LabelRole, SheetRole
from dvk_reports.plan.lookups import code_key
from dvk_reports.plan.people import FAMILY, PERSON, akin
from dvk_reports.vietnamese.dates import show_date_prose
from dvk_reports.vietnamese.numbers import show_number
from dvk_reports.vietnamese.text import fold, lower_first

PAPERS = {
    "hs_to_trinh": "tờ trình",
    "hs_bao_cao": "báo cáo thành tích",
    "hs_bien_ban": "biên bản xét",
    "hs_xac_nhan": "xác nhận của đơn vị",
}
NOTHING = frozenset(map(fold, ("không", "không có", "chưa", "chưa có", "chưa được khen", "-", "0", ".")))
"""Ways of writing in khen_da_nhan that nothing was received."""


def gates(case: Case) -> tuple[Gate, ...]:
    """All eleven, in order."""
    found = []
    for code in GATES:
        answer = _ASK[code](case)
        basis = case.records.plan.awards.gate(code, case.records.day).can_cu
        found.append(Gate(code, answer.state, answer.reason, basis, answer.proofs, answer.told))
    return tuple(found)


def proposer(case: Case) -> Answer:
    """E1: a unit that may propose (it is given the sheet), valid on the first day of the round, heard by the cut-off.

    A day of receipt after the day of the run is no day of receipt (a file copied since): the return is there on the day
    of the run, so it came by then; where that is after the cut-off too, it is not known.
    """
    records, line = case.records, case.entrant.line
    unit = records.register.by_code.get(case.unit)
    here = (line.proof("ten"),)
    if unit is None:
        return Answer(FAILED, f"đơn vị đề nghị {case.unit} không có trong danh mục", here)
    listed = Proof("", unit.at)
    if not records.given(SheetRole.PROPOSALS, case.unit, line.quarter):
        return Answer(
            FAILED,
            f"{unit.name} không phải chi, đảng bộ trực thuộc được đề nghị (loại {unit.kind})",
            (listed,),
            f"{unit.name} không thuộc đối tượng được gửi đề nghị",
        )
    if not unit.valid(records.day):
        return Answer(FAILED, f"{unit.name} không còn hoạt động tại ngày {show_date_prose(records.day)}", (listed,))
    until = records.round.han_nhan
    if until is None:
        return Answer(PASSED, f"{unit.name} đề nghị", here)
    day = _day_of_receipt(case)
    if day is not None:
        text = f"{unit.name} đề nghị, nhận ngày {show_date_prose(day)}"
        if day <= until:
            return Answer(PASSED, text, here)
        told = f"đề nghị nhận ngày {show_date_prose(day)}, sau thời hạn nhận hồ sơ ngày {show_date_prose(until)}"
        return Answer(FAILED, f"{text}, sau hạn {show_date_prose(until)}", here, told)
    if records.as_of <= until:
        return Answer(PASSED, f"{unit.name} đề nghị, đã nhận trước hạn {show_date_prose(until)}", here)
    return Answer(LACKING, f"chưa rõ ngày nhận đề nghị của {unit.name} (hạn {show_date_prose(until)})", here)


def _day_of_receipt(case: Case) -> date | None:
    """The clerk's word, else that of the consolidated workbook unless the day had not come yet; None: not known."""
    key = (case.unit, case.entrant.line.quarter)
    day = case.records.received.get(key)
    return case.records.register.received.get(key) or (day if day is None or day <= case.records.as_of else None)


def decisions(case: Case) -> Answer:
    """E2: number, day and authority of the decision of each counted year, of 15/10 of that year at the latest.

    Only years with a decision are judged. The day of the decision stands for that of its announcement.
    """
    if case.records.reading == "C":
        return Answer(PASSED, "cách tính C không dựa vào quyết định công nhận")
    lines = case.continuity.lines
    if not lines:
        return Answer(
            LACKING, "không có năm nào được tính có quyết định công nhận", told="chưa có quyết định công nhận"
        )
    states, texts, proofs = [], [], []
    for year, line in sorted(lines.items()):
        good = on_time(case.records, line, year)
        states.append({True: PASSED, False: FAILED, None: LACKING}[good])
        texts.append(_decision(case.records, line, year, good))
        proofs += [line.proof(key) for key in ("so_qd", "ngay_qd", "co_quan_qd")]
    return Answer(_worst(states), "; ".join(texts), tuple(proofs))


def _decision(records: Records, line: Line, year: int, good: bool | None) -> str:
    names = {"so_qd": "số", "ngay_qd": "ngày", "co_quan_qd": "cơ quan ban hành"}
    missing = [name for key, name in names.items() if not line.known(key)]
    if missing:
        return f"năm {year} chưa rõ {', '.join(missing)} của quyết định công nhận"
    day = line.day("ngay_qd")
    assert day is not None
    text = f"năm {year}: Quyết định số {line.text('so_qd')} ngày {show_date_prose(day)} của {line.text('co_quan_qd')}"
    if not good:
        return f"{text}, sau ngày {show_date_prose(last_day(records, year))}"
    if day < records.plan.month_day("nam_cong_nhan_tu", records.day, year - 1):
        text += f", trước khung ngày công nhận của năm {year}"
    return text


def _worst(states: Sequence[GateState]) -> GateState:
    return next(state for state in (FAILED, LACKING, PASSED) if state in states)


def lasting(case: Case) -> Answer:
    """E3: as long as the plan asks, by the reading in force (``years``)."""
    least = case.records.least_years
    text = f"cách tính {case.records.reading}: {case.continuity.text}"
    if case.continuity.length >= least:
        return Answer(PASSED, text, case.continuity.proofs)
    if case.continuity.sure:
        short = f"chưa đủ {least:02d} năm"
        return Answer(FAILED, f"{text}; {short}", case.continuity.proofs, f"{case.continuity.text}; {short} liên tục")
    unsure = "số liệu công nhận, đánh giá chưa đủ để kết luận"
    return Answer(LACKING, f"{text}; {unsure}", case.continuity.proofs, f"{case.continuity.text}; {unsure}")


def dossier(case: Case) -> Answer:
    """E5: every paper the rule book lists."""
    line, awards = case.entrant.line, case.records.plan.awards
    papers = in_force("ho_so", awards.ho_so, case.records.day).giay_to
    missing = [PAPERS[key] for key in papers if line.known(key) and not line.row.yes(key)]
    unknown = [PAPERS[key] for key in papers if not line.known(key)]
    proofs = tuple(line.proof(key) for key in papers)
    if missing:
        return Answer(FAILED, f"thiếu hồ sơ: {', '.join(missing)}", proofs)
    if unknown:
        return Answer(
            LACKING,
            f"chưa rõ có hay không: {', '.join(unknown)}",
            proofs,
            f"chưa rõ đã có trong hồ sơ hay không: {', '.join(unknown)}",
        )
    return Answer(PASSED, "đủ hồ sơ", proofs)


def unblemished(case: Case) -> Answer:
    """E6: nobody is considered while discipline, an inspection or a denunciation is."""
    line, proofs = case.entrant.line, (case.entrant.proof("dang_xem_xet"),)
    if not line.known("dang_xem_xet"):
        told = "nội dung xác nhận trong đề nghị chưa ghi đủ"
        return Answer(LACKING, "chưa rõ có đang bị xem xét kỷ luật, kiểm tra, tố cáo hay không", proofs, told)
    if line.row.yes("dang_xem_xet"):
        told = "chờ kết luận của cấp có thẩm quyền"
        return Answer(FAILED, "đang bị xem xét kỷ luật, kiểm tra hoặc tố cáo: chưa xét", proofs, told)
    return Answer(PASSED, "không bị xem xét kỷ luật, kiểm tra, tố cáo", proofs)


def proposed_once(case: Case) -> Answer:
    """E7: the same subject is proposed once for one achievement: to both authorities, and twice to one, is a conflict.

    The achievement is the model; two rows with one text of achievement are one achievement too.
    """
    own = case.entrant
    if case.people.subject(own) is None:
        return Answer(LACKING, "chưa rõ người, tập thể được đề nghị là ai", (own.proof("ten"),))
    rivals = case.people.rivals(own)
    if not rivals:
        return Answer(PASSED, "chỉ được đề nghị một lần", (own.proof("hinh_thuc"),))
    alike = {other.candidate.id: same_achievement(own, other) for other in rivals}
    clash = [other for other in rivals if alike[other.candidate.id]]
    proofs = (own.proof("hinh_thuc"), *(other.proof("hinh_thuc") for other in clash or rivals))
    if clash:
        forms = ", ".join(dict.fromkeys(other.candidate.form or "chưa rõ hình thức" for other in clash))
        twice = f"cùng thành tích còn được đề nghị: {forms}"
        return Answer(FAILED, f"{twice}; chọn một đề nghị hoặc ghi lý do", proofs, twice)
    if None in alike.values():
        return Answer(LACKING, "còn đề nghị khác, chưa rõ có cùng thành tích hay không", proofs)
    return Answer(PASSED, "còn đề nghị khác cho thành tích khác", proofs)


def same_achievement(one: Entrant, two: Entrant) -> bool | None:
    """None: not known."""
    left, right = fold(one.candidate.achievement), fold(two.candidate.achievement)
    if left and left == right:
        return True
    if not one.model or not two.model:
        return None
    return one.model == two.model


def not_yet_rewarded(case: Case) -> Answer:
    """E8: a warning only — the unit's own word in khen_da_nhan, and those chosen in earlier rounds for the model."""
    line, proofs = case.entrant.line, (case.entrant.proof("khen_da_nhan"),)
    if line.used.stopped(line.row, "khen_da_nhan"):
        return Answer(LACKING, "chưa rõ thành tích đã được khen hay chưa", proofs)
    received = case.entrant.candidate.earlier_award
    if received and fold(received) not in NOTHING:
        return Answer(FAILED, f"thành tích này đã được khen: {received}; cần ghi lý do nếu vẫn chọn", proofs)
    for award in case.earlier:
        if _same_subject(case, award.subject):
            return Answer(FAILED, f"{_awarded(award)}; cần ghi lý do nếu vẫn chọn", proofs)
    return Answer(PASSED, "chưa được khen cho thành tích này", proofs)


def _awarded(award: Award) -> str:
    """“đã được khen đợt 2023-10 cho mô hình này (Giấy khen …, Quyết định số 12 ngày 20/10/2023)”."""
    result = award.result
    if not result.granted:
        return f"đã được chọn đợt {award.round} cho mô hình này ({award.subject.form})"
    said = [award.subject.form]
    if result.number and isinstance(result.day, date):
        said.append(f"Quyết định số {result.number} ngày {show_date_prose(result.day)}")
    return f"đã {lower_first(result.verdict)} đợt {award.round} cho mô hình này ({', '.join(said)})"


def _same_subject(case: Case, other: Subject) -> bool:
    mine, register = case.entrant.candidate, case.records.register
    day = case.records.day
    return (
        mine.kind == other.kind
        and fold(mine.name) == fold(other.name)
        and (case.entrant.role is not PERSON or (mine.birth is not None and mine.birth == other.birth))
        and akin(register, mine.unit, other.unit, day)
        and bool(case.entrant.model)
        and case.entrant.model == code_key(other.model)
    )


def in_quota_class(case: Case) -> Answer:
    """E9: the round has a quota for this form and class; a family waits until the clerk says in which list it goes."""
    candidate, records = case.entrant.candidate, case.records
    proofs = (case.entrant.proof("phan_loai"), case.entrant.proof("hinh_thuc"))
    if not candidate.kind or not candidate.form:
        return Answer(LACKING, "chưa rõ phân loại hoặc hình thức đề nghị", proofs)
    quotas = records.plan.awards.quotas(records.round.ma, records.decision_day)
    if any(quota.hinh_thuc == candidate.form and quota.phan_loai == candidate.kind for quota in quotas):
        return Answer(PASSED, f"có chỉ tiêu: {candidate.form}, {candidate.kind}", proofs)
    waits = "; chờ chọn nhóm" if case.entrant.role is FAMILY else ""
    told = f"đợt này không có chỉ tiêu {candidate.form} cho {lower_first(candidate.kind)}"
    return Answer(FAILED, f"đợt này không có chỉ tiêu cho {candidate.kind}, {candidate.form}{waits}", proofs, told)


def ranked_by_unit(case: Case) -> Answer:
    """E10: the unit's own rank is its only one of that form and class, and the model is on a list of its line.

    A rank of another row that cannot be read is equal to none. A model that has ended still is a model of the unit.
    """
    own, records = case.entrant, case.records
    proofs = [own.proof("thu_tu"), own.proof("ma_mo_hinh")]
    found: list[tuple[GateState, str, str]] = []
    if own.candidate.priority is None:
        unknown = "chưa rõ thứ tự ưu tiên của đơn vị"
        found.append((LACKING, unknown, unknown))
    else:
        equal = [
            other
            for other in case.people.entrants
            if other is not own
            and (other.line.unit, other.line.quarter) == (own.line.unit, own.line.quarter)
            and (other.candidate.form, other.candidate.kind) == (own.candidate.form, own.candidate.kind)
            and other.candidate.priority == own.candidate.priority
        ]
        text = f"thứ tự ưu tiên {show_number(own.candidate.priority)}"
        text = f"{text} ghi cho nhiều đề nghị" if equal else text
        found.append((FAILED if equal else PASSED, text, text))
        proofs += [other.proof("thu_tu") for other in equal]
    model = records.model(case.unit, own.model) if own.model else None
    if not own.model:
        found.append((LACKING, "chưa rõ mã mô hình", "chưa rõ mô hình được đề nghị"))
    elif model is not None:
        text = f"mô hình {own.candidate.model} có trong biểu {records.name_of(SheetRole.MODELS)}"
        ended = f" ({model.text('trang_thai')})" if model.says("trang_thai", LabelRole.ENDED) else ""
        found.append((PASSED, f"{text}{ended}", ""))
        proofs.append(model.proof("ma_mo_hinh"))
    else:
        missing = f"không thấy mô hình {own.candidate.model} trong biểu {records.name_of(SheetRole.MODELS)} của đơn vị"
        told = "mô hình được đề nghị chưa có trong danh sách mô hình của đơn vị"
        found.append((LACKING if records.models_unsure(case.unit) else FAILED, missing, told))
    worst = _worst([state for state, *_ in found])
    # What is in order is no reason for what is not.
    said = [line for line in found if worst is PASSED or line[0] is not PASSED]
    return Answer(worst, "; ".join(line[1] for line in said), tuple(proofs), "; ".join(line[2] for line in said))


def competent(case: Case) -> Answer:
    """E11: the body that grants the form still exists on the day a decision could bear; never decides the state."""
    candidate, records = case.entrant.candidate, case.records
    proofs = (case.entrant.proof("hinh_thuc"),)
    day = records.decision_day
    if not candidate.form:
        return Answer(LACKING, "chưa rõ hình thức đề nghị", proofs)
    authority = records.plan.awards.authority(candidate.form, day)
    if authority is None or not authority.exists(day):
        return Answer(FAILED, f"{power_ended(records, candidate.form)}: không lập dự thảo", proofs)
    family = {"dang": "văn bản của Đảng", "nha_nuoc": "văn bản nhà nước"}[authority.the_thuc]
    return Answer(PASSED, f"{authority.co_quan}, {family}", proofs)


def power_ended(records: Records, form: str) -> str:
    """“sau ngày 30/06/2025 không còn thẩm quyền của …”, for a form that nobody can grant on the day of a decision."""
    authority = records.plan.awards.authority(form, records.decision_day)
    if authority is None or authority.den_ngay is None:
        return f"ngày {show_date_prose(records.decision_day)} không có cơ quan có thẩm quyền cho hình thức {form}"
    return f"sau ngày {show_date_prose(authority.den_ngay)} không còn thẩm quyền của {authority.co_quan}"


_ASK: dict[str, Callable[[Case], Answer]] = {
    "E1": proposer,
    "E2": decisions,
    "E3": lasting,
    "E4": reviewed,
    "E5": dossier,
    "E6": unblemished,
    "E7": proposed_once,
    "E8": not_yet_rewarded,
    "E9": in_quota_class,
    "E10": ranked_by_unit,
    "E11": competent,
}
