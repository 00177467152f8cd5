"""``checks.yaml``: each sentence of the catalogue has one rule, of its code; so has each check that is run."""

from __future__ import annotations

from collections.abc import Iterator

from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.findings import Level
from dvk_reports.plan.book.checks import ON, CheckRule
from dvk_reports.plan.book.cross_check.wrong import Wrong, unknown
from dvk_reports.plan.book.known import Known
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.plan.book.rulebook import Plan

_FILE = "checks.yaml"
NEVER_EASED = ("K01", "K02", "K03", "K04", "K20", "K28", "T01", "T02", "T15")
"""What cannot be read or is not there is never counted as 0, so these are neither off, nor on trial, nor lowered."""


def wrongs(plan: Plan, known: Known) -> Iterator[Wrong]:
    """What ``checks.yaml`` says that does not fit the catalogue of sentences."""
    named = [rule.thong_bao for rule in plan.checks.luat]
    for message in CATALOGUE.values():
        if message.name not in named:
            strange = [name for name in named if name not in CATALOGUE]
            text = f"câu {message.name} ({message.code}) chưa có luật nào.{meant(message.name, strange)}"
            yield Wrong((_FILE, "luat"), text, message.name)
    for at, rule in enumerate(plan.checks.luat):
        path = (_FILE, "luat", at)
        if rule.thong_bao in CATALOGUE:
            yield from _rule(rule, path)
        else:
            yield unknown((*path, "thong_bao"), "câu", rule.thong_bao, CATALOGUE)
    codes = {rule.ma for rule in plan.checks.luat}
    for name, check in known.checks.items():
        for code in check.codes:
            if code not in codes:
                yield Wrong((_FILE, "luat"), f"chưa có luật nào của mã {code}, do phép kiểm tra {name} báo.", code)
    for code in plan.checks.ten_ma:
        if code not in codes:
            yield Wrong((_FILE, "ten_ma", code), f"không luật nào có mã {code}.{meant(code, codes)}", code)


def _rule(rule: CheckRule, path: tuple[object, ...]) -> Iterator[Wrong]:
    entry = CATALOGUE[rule.thong_bao]
    if rule.ma != entry.code:
        yield Wrong((*path, "ma"), f"mã của câu {rule.thong_bao} phải là {entry.code}, không phải {rule.ma}.", rule.ma)
    eased = any(item.che_do != ON or item.den_ngay for item in rule.hieu_luc)
    if rule.ma in NEVER_EASED and (eased or Level(rule.muc).rank > entry.level.rank):
        yield Wrong(path, f"mã {rule.ma} không được tắt, thử nghiệm hoặc hạ mức.")
