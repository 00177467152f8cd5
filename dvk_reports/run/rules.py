"""Every rule as a sentence: what ``dvk rules`` prints, and the list that becomes a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dvk_reports.errors import WorkspaceError
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Msg
from dvk_reports.model.findings import Level
from dvk_reports.plan.book.rulebook import OFF, ON, TRIAL, CheckRule, InForce, Plan, Rule, SheetSpec
from dvk_reports.run.plans import plan_of
from dvk_reports.sheets.forms.blank import blank_content
from dvk_reports.sheets.forms.layout import Layout
from dvk_reports.sheets.forms.rules import sentences
from dvk_reports.sheets.rules import RuleLine, is_rules, rules_bytes
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.text import upper_first
from dvk_reports.workspace.folder import Place
from dvk_reports.workspace.switch import write_all

SCOPES = {
    "tep": "cả tệp",
    "mot_bao_cao": "một báo cáo",
    "ky_truoc": "so với kỳ trước",
    "toan_huyen": "so các báo cáo với nhau",
    "danh_muc": "danh mục",
}
MODES = {ON: "áp dụng", TRIAL: "thử nghiệm", OFF: "tắt"}

_OF_TYPE: dict[str, Message] = {
    "bat_buoc_khi": Msg.BLANK_IF,
    "khong_vuot": Msg.PART_OVER_WHOLE,
    "cong_bang": Msg.OPINIONS,
    "thu_tu_ngay": Msg.DATE_ORDER,
    "ngay_trong": Msg.DATE_OUTSIDE,
    "duy_nhat": Msg.REPEATED,
    "toi_da_chu": Msg.TOO_LONG,
    "toi_da_so": Msg.MORE_THAN_ONE,
    "nghi_don_vi_tien": Msg.MONEY,
    "ky_hieu": Msg.SYMBOL,
    "chi_loai_don_vi": Msg.KIND_ONLY,
}
"""The sentence of the catalogue that a typed rule of forms.yaml speaks with."""


@dataclass(frozen=True)
class RuleList:
    """All rules, by code. ``lines``: as they are printed."""

    rules: tuple[RuleLine, ...]
    as_of: date | None
    """The day the modes are told for; None: every entry of every rule."""
    workbook: bytes

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(_printed(self.rules))

    def save(self, path: Path | str) -> Path:
        """Write the sheet; WorkspaceError where the file cannot be written, or is another's and would be lost."""
        target = Path(path)
        if target.suffix.lower() != ".xlsx":
            raise WorkspaceError(f"Danh sách luật là tệp Excel: ghi tên tệp có đuôi .xlsx, ví dụ {target.stem}.xlsx.")
        if target.exists() and not (target.is_file() and is_rules(target.read_bytes())):
            raise WorkspaceError(f"{target} đã có và không phải danh sách luật của chương trình; chọn tên tệp khác.")
        write_all(target.parent, {target.name: self.workbook})
        return target


def list_rules(workspace: Place | None = None, file: Path | str | None = None, as_of: date | None = None) -> RuleList:
    """Every rule of the workspace's plan as a sentence; with ``file`` they are written there as a sheet too."""
    plan = plan_of(workspace)
    found = rules_of(plan, as_of and plan.day_of_run(as_of))
    if file is not None:
        found.save(file)
    return found


def rules_of(plan: Plan, as_of: date | None = None) -> RuleList:
    """Every rule of a rule book as a sentence, with level, dates of force, basis and example, in order of codes.

    The rules on one row or sheet (``luat`` of forms.yaml) follow the general sentence of their code. With ``as_of``
    only what is in force (or on trial) that day is listed.
    """
    found = [line for rule in plan.checks.luat for line in _of_catalogue(plan, rule, as_of)]
    plan = plan if as_of is None else plan.on(as_of)
    found += [
        line
        for spec in plan.forms.bieu
        if as_of is None or spec.tu_ngay <= as_of
        for line in _of_sheet(plan, spec, as_of)
    ]
    found.sort(key=lambda line: ("KTD".index(line.code[0]), line.code, bool(line.sheet)))
    return RuleList(tuple(found), as_of, rules_bytes(plan, found))


def _of_catalogue(plan: Plan, rule: CheckRule, as_of: date | None) -> Iterator[RuleLine]:
    entries = sorted(rule.hieu_luc, key=lambda entry: entry.tu_ngay)
    if as_of is not None:
        entry = rule.on(as_of)
        entries = [entry] if entry is not None and entry.che_do != OFF else []
    if entries:
        yield RuleLine(
            code=rule.ma,
            title=plan.checks.ten_ma[rule.ma],
            level=rule.muc,
            scope=SCOPES[rule.pham_vi],
            sheet="",
            sentence=rule.cau,
            force="; ".join(_said(entry) for entry in entries),
            basis="; ".join(dict.fromkeys(entry.can_cu for entry in entries)),
            example=rule.vi_du,
        )


def _said(entry: InForce) -> str:
    until = f" đến {show_date(entry.den_ngay)}" if entry.den_ngay else ""
    return f"{MODES[entry.che_do]} từ {show_date(entry.tu_ngay)}{until}"


def _of_sheet(plan: Plan, spec: SheetSpec, as_of: date | None) -> Iterator[RuleLine]:
    """The typed rules of one sheet, each as the guide of the form says it."""
    kinds = sorted({kind for duty in spec.giao for kind in duty.loai_don_vi}, key=list(plan.kinds).index)
    layouts = {kind: Layout(plan, blank_content(plan, kind)) for kind in kinds}
    for rule in spec.luat:
        message = _message_of(rule)
        general = plan.checks.rules[message.name]
        entry = general.on(as_of or max(item.tu_ngay for item in general.hieu_luc))
        if entry is None or (as_of is not None and entry.che_do == OFF):
            continue
        only = spec.model_copy(update={"luat": [rule]})
        said: dict[str, list[str]] = {}
        for kind, layout in layouts.items():
            for sentence in sentences(only, layout.setting):
                said.setdefault(sentence, []).append(kind)
        for sentence, holds in said.items():
            where = "" if holds == kinds else f" (chỉ với {', '.join(holds)})"
            yield RuleLine(
                code=message.code,
                title=plan.checks.ten_ma[message.code],
                level=str(getattr(rule, "muc", general.muc)),
                scope=SCOPES["mot_bao_cao"],
                sheet=spec.ma,
                sentence=sentence + where,
                force=_force(spec, rule, entry),
                basis=spec.can_cu,
                example="",
            )


def _force(spec: SheetSpec, rule: Rule, entry: InForce) -> str:
    """From when to when a rule of a sheet holds: as long as its sheet, itself and its general rule do."""
    since = max(spec.tu_ngay, entry.tu_ngay, rule.tu_ngay or spec.tu_ngay)
    ends = [day for day in (spec.den_ngay, entry.den_ngay, rule.den_ngay) if day is not None]
    until = f" đến {show_date(min(ends))}" if ends else ""
    return f"{MODES[entry.che_do]} từ {show_date(since)}{until}"


def _message_of(rule: Rule) -> Message:
    if rule.loai == "duy_nhat" and Level(rule.muc) is Level.BLOCK:
        return Msg.TWICE
    return _OF_TYPE[rule.loai]


def _printed(rules: tuple[RuleLine, ...]) -> Iterator[str]:
    code = ""
    for line in rules:
        if line.code != code:
            code = line.code
            if line is not rules[0]:
                yield ""
            yield f"{code}. {line.title}"
        where = f"{line.sheet}: " if line.sheet else ""
        yield f"  - [{line.level}] {where}{line.sentence}"
        if not line.sheet:
            yield f"      Ví dụ: {line.example}"
            yield f"      {upper_first(line.force)}; {line.scope}. Căn cứ: {line.basis}."
