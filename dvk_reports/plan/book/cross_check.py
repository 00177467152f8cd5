"""What one file of the rule book says about another: every name that is used is there. All mistakes at once."""

from __future__ import annotations

from collections.abc import Iterable

from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.records import Level
from dvk_reports.plan.book.awards import GATES, first_of_month
from dvk_reports.plan.book.checks import ON, ChecksFile
from dvk_reports.plan.book.entries import Entry
from dvk_reports.plan.book.forms import SheetSpec
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.report_parts import REPORT_KINDS
from dvk_reports.plan.book.rulebook import Plan
from dvk_reports.plan.book.sentence_check import sentence_mistakes


def cross_check(plan: Plan) -> Iterable[str]:
    """What one file says about another: every named key, list, sheet, unit kind and figure exists."""
    lists = plan.forms.danh_sach
    unit_kinds = set(plan.kinds)
    for sheet in plan.forms.bieu:
        where = f"forms.yaml, biểu {sheet.ma}"
        if len(sheet.fields) != len(sheet.truong):
            yield f"{where}: có hai trường cùng khoa."
        for spec in sheet.truong:
            if spec.kieu == "chon" and spec.danh_sach not in (*lists, "don_vi", "ky"):
                yield f"{where}, trường {spec.khoa}: không có danh sách “{spec.danh_sach}”." + meant(
                    str(spec.danh_sach), lists
                )
        for rule in sheet.luat:
            yield from _unknown_keys(where, rule, sheet)
        for duty in sheet.giao:
            for kind in duty.loai_don_vi:
                if kind not in unit_kinds:
                    yield f"{where}, mục giao: không có loại đơn vị “{kind}”." + meant(kind, unit_kinds)
    for figure in plan.figures.chi_tieu:
        for name, key, _ in figure.stop_columns:
            if name not in plan.sheets or key not in plan.sheets[name].fields:
                known = [f"{s.ma}.{k}" for s in plan.forms.bieu for k in s.keys]
                yield f"figures.yaml, {figure.ma}, mục dung_boi: không có ô “{name}.{key}”." + meant(
                    f"{name}.{key}", known
                )
        if figure.phep.sheet and figure.phep.sheet not in plan.sheets:
            yield f"figures.yaml, {figure.ma}, mục phep: không có biểu “{figure.phep.sheet}”."
    for holiday in plan.reminders.ngay_nghi:
        if holiday.den < holiday.tu:
            yield f"reminders.yaml, ngày nghỉ “{holiday.ten}”: ngày cuối trước ngày đầu."
    labels = [label for name in ("phan_loai_khen", "hinh_thuc_khen", "doi_tuong_khen") for label in lists[name].labels]
    for entry in plan.award_export.entries:
        if entry.nhan not in labels:
            yield f"award_export.yaml, cột {entry.cot}: không có nhãn “{entry.nhan}”." + meant(entry.nhan, labels)
    forms = lists["hinh_thuc_khen"].labels if "hinh_thuc_khen" in lists else []
    for paper in plan.documents.van_ban:
        where = f"documents.yaml, văn bản {paper.ma}"
        if paper.hinh_thuc and paper.hinh_thuc not in forms:
            yield f"{where}: không có hình thức khen “{paper.hinh_thuc}”." + meant(paper.hinh_thuc, forms)
        for kind in paper.loai_don_vi:
            if kind not in unit_kinds:
                yield f"{where}: không có loại đơn vị “{kind}”." + meant(kind, unit_kinds)
    told = {entry.ky for entry in plan.documents.do_dai}
    for kind in REPORT_KINDS:
        if kind not in told:
            yield f"documents.yaml, mục do_dai: thiếu kỳ “{kind}”."
    yield from map(str, sentence_mistakes(plan))
    yield from _unknown_checks(plan.checks)
    yield from _unknown_awards(plan)


NEVER_EASED = ("K01", "K02", "K03", "K04", "K20", "T01", "T02", "T15")
"""What cannot be read or is not there is never counted as 0, so these are neither off, nor on trial, nor lowered."""


def _unknown_checks(checks: ChecksFile) -> Iterable[str]:
    """Every sentence of the catalogue has one rule, of its code, and every rule a sentence."""
    named = [rule.thong_bao for rule in checks.luat]
    for message in CATALOGUE.values():
        if named.count(message.name) != 1:
            how = "chưa có luật nào" if message.name not in named else "có nhiều luật"
            yield f"checks.yaml: câu {message.name} ({message.code}) {how}." + meant(
                message.name, [name for name in named if name not in CATALOGUE]
            )
    for rule in checks.luat:
        entry = CATALOGUE.get(rule.thong_bao)
        if entry is None:
            yield f"checks.yaml: không có câu “{rule.thong_bao}”." + meant(rule.thong_bao, CATALOGUE)
            continue
        if rule.ma != entry.code:
            yield f"checks.yaml, {rule.thong_bao}: mã phải là {entry.code}, không phải {rule.ma}."
        if rule.ma not in checks.ten_ma:
            yield f"checks.yaml, mục ten_ma: thiếu tên của mã {rule.ma}."
        eased = any(item.che_do != ON or item.den_ngay for item in rule.hieu_luc)
        if rule.ma in NEVER_EASED and (eased or Level(rule.muc).rank > entry.level.rank):
            yield f"checks.yaml, {rule.thong_bao}: mã {rule.ma} không được tắt, thử nghiệm hoặc hạ mức."


def _unknown_awards(plan: Plan) -> Iterable[str]:
    """Rounds, forms, classes and gates that ``awards.yaml`` names exist, and no line of it says a thing twice."""
    awards, lists = plan.awards, plan.forms.danh_sach
    rounds = [entry.ma for entry in awards.dot]
    forms, kinds, classes = (
        lists[name].labels if name in lists else [] for name in ("hinh_thuc_khen", "phan_loai_khen", "xep_loai")
    )
    for entry in awards.dot:
        if first_of_month(entry.ma) != entry.tu_ngay:
            yield f"awards.yaml, đợt {entry.ma}: tu_ngay phải là ngày đầu tháng của đợt."
        if rounds.count(entry.ma) > 1:
            yield f"awards.yaml, đợt {entry.ma}: ghi nhiều lần."
        if not any(quota.dot == entry.ma for quota in awards.chi_tieu):
            yield f"awards.yaml, đợt {entry.ma}: chưa có dòng nào ở mục chi_tieu."
    named = [
        *(("chi_tieu", quota.dot, quota.dot, rounds, "đợt") for quota in awards.chi_tieu),
        *(("chi_tieu", quota.dot, quota.hinh_thuc, forms, "hình thức") for quota in awards.chi_tieu),
        *(("chi_tieu", quota.dot, quota.phan_loai, kinds, "phân loại") for quota in awards.chi_tieu),
        *(("tham_quyen", item.co_quan, item.hinh_thuc, forms, "hình thức") for item in awards.tham_quyen),
        *(("he_so", item.hinh_thuc, item.hinh_thuc, forms, "hình thức") for item in awards.he_so),
        *(("he_so", item.hinh_thuc, item.phan_loai, kinds, "phân loại") for item in awards.he_so),
        *(
            ("tieu_chi", item.ma, line.xep_loai, classes, "xếp loại")
            for item in awards.tieu_chi
            if item.thang_diem is not None
            for line in item.thang_diem.nguong
        ),
    ]
    for part, where, word, known, what in named:
        if word not in known:
            yield f"awards.yaml, mục {part}, {where}: không có {what} “{word}”." + meant(word, known)
    lines = [(quota.dot, quota.hinh_thuc, quota.phan_loai, quota.tu_ngay) for quota in awards.chi_tieu]
    for line in dict.fromkeys(line for line in lines if lines.count(line) > 1):
        yield f"awards.yaml, mục chi_tieu, {line[0]}: “{line[1]}”, {line[2]} ghi nhiều lần từ cùng một ngày."
    for form in dict.fromkeys(quota.hinh_thuc for quota in awards.chi_tieu):
        if not any(item.hinh_thuc == form for item in awards.tham_quyen):
            yield f"awards.yaml, mục tham_quyen: thiếu hình thức “{form}”."
    for code in GATES:
        if not any(item.ma == code for item in awards.dieu_kien):
            yield f"awards.yaml, mục dieu_kien: thiếu điều kiện {code}."
    for ranking in awards.xep_hang:
        if len(set(ranking.buoc)) != len(ranking.buoc):
            yield f"awards.yaml, mục xep_hang từ {ranking.tu_ngay:%d/%m/%Y}: có bước ghi nhiều lần."


def _unknown_keys(where: str, rule: Entry, sheet: SheetSpec) -> Iterable[str]:
    names: list[str] = []
    for field in ("o", "phan", "toan_the", "truoc", "sau"):
        value = getattr(rule, field, None)
        names += value if isinstance(value, list) else [value] if value else []
    for field in ("khi", "tru_khi"):
        when = getattr(rule, field, None)
        if when is not None and when.o:
            names.append(when.o)
    for name in names:
        if name not in sheet.fields:
            yield f"{where}, luật {getattr(rule, 'loai', '')}: không có trường “{name}”." + meant(name, sheet.keys)
