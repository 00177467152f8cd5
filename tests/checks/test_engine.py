"""All rules together: what is left out, in which order findings stand, what stops."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module
from typing import get_args

import pytest

from dvk_reports.checks import row_rules, rules
from dvk_reports.checks.engine import in_order, left_out
from dvk_reports.plan.book.registry import CHECKS, CHECKS_ACROSS, Registry
from dvk_reports.plan.book.rulebook import Rule
from tests.checks.commune import (
    BDV,
    XA,
    alone,
    findings,
    found,
    sent,
    stopped,
)
from tests.support.build import (
    PLAN,
    b1,
    b2,
    b5,
    b7,
    b9a,
    b9b,
    b10,
    checked,
    told,
)


def test_text_longer_than_its_cell() -> None:
    assert found({"B11": f"| uu_diem | {'a' * 1501} |"}) == ["T11 TOO_LONG Cảnh báo B11 C5 uu_diem"]
    assert found({"B11": f"| uu_diem | {'a' * 1500} |"}) == []
    assert alone("B9b", b9b(f"| thanh_tich |\n| {'a' * 501} |")) == ["T11 TOO_LONG Cảnh báo B9b O7 thanh_tich"]


def test_rows_of_a_sheet_that_was_not_given_are_kept_with_one_warning() -> None:
    """Their mistakes stop nothing: they are in no figure."""
    wrong = b9a("| ten | nam_xet |\n| Tổ A | #REF! |")
    item = sent({"B2": b2("| ma_thon |\n| T1 |"), "B9a": wrong}, period="2023-Q2")
    assert [(f.code, f.level.value, f.sheet) for f in findings(item)] == [("T07", "Cảnh báo", "B9a")]
    assert stopped(item) == set()


def test_what_others_led_is_kept_with_a_note() -> None:
    assert alone("B5", b5("| cap_to_chuc |\n| Huyện |")) == ["T12 ATTENDANCE_ONLY Ghi chú B5 E7 cap_to_chuc"]
    assert found({"B5": b5("| cap_to_chuc |\n| Huyện |")}, BDV, ticked="B2 B3 B6") == []
    assert alone("B7", b7("| cap |\n| Ban Dân vận Huyện ủy |")) == ["T12 INSPECTED_ONLY Ghi chú B7 E7 cap"]
    assert alone("B7", b7("| cap |\n| Đảng ủy xã, thị trấn |")) == []
    assert found({"B7": b7("| cap |\n| Ban Dân vận Huyện ủy |")}, BDV) == []


def test_without_a_register_the_rules_that_need_it_are_left_out_and_named() -> None:
    item = sent({"B2": b2("| ma_thon |\n| T9 |"), "B5": b5("| so_luot | trong_do_nu |\n| 1 | 2 |")}, ticked="")
    got = checked(XA, None, "2023-Q3", item).findings
    assert told(got) == ["K06 PART_OVER_WHOLE Chặn B5 L7 trong_do_nu"]
    assert any(line.startswith("K22") for line in left_out())


def test_each_mistake_is_said_once_and_blocks_come_first() -> None:
    item = sent(
        {
            "B2": b2("| ma_mo_hinh | ngay_bd | trang_thai |\n| MH-DB-XA-1-001 | 04/03/2022 | Dừng |"),
            "B11": "| uu_diem | [CẦN BỔ SUNG] |",
            "B5": b5("| cap_to_chuc |\n| Huyện |"),
        }
    )
    assert told(findings(item)) == [
        "K25 DATE_ORDER Chặn B2 T7 ngay_bd",
        "K02 BLANK_IF Chặn B2 AA7 ngay_tt",
        "K16 LEFT_OVER Cảnh báo B11 C5 uu_diem",
        "T12 ATTENDANCE_ONLY Ghi chú B5 E7 cap_to_chuc",
    ]


def test_only_a_block_stops_anything() -> None:
    for finding in findings(
        sent({"B10": b10("| nguon | thuc_hien |\n| Khác | 99999 |"), "B1": b1(so_ke_hoach="x", so_chuyen_muc="")})
    ):
        assert bool(finding.stops) == (finding.level.value == "Chặn")


# --- what is written is run ---


def test_every_file_of_rules_is_imported_and_registers_its_rules() -> None:
    written = {found.name for found in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")}
    registered = [*CHECKS.values(), *CHECKS_ACROSS.values()]
    assert {rule.function.__module__ for rule in registered} == written


def test_every_function_that_says_it_is_a_rule_is_registered() -> None:
    modules = [import_module(found.name) for found in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")]
    said = {
        function
        for module in (*modules, row_rules)
        for function in vars(module).values()
        if inspect.isfunction(function) and re.match(r"[KT]\d\d\b", function.__doc__ or "")
    }
    registries = (CHECKS, CHECKS_ACROSS, row_rules.ROW_RULES)
    assert said == {rule.function for registry in registries for rule in registry.values()}


@pytest.mark.parametrize("registry", [CHECKS, CHECKS_ACROSS], ids=["one return", "all returns"])
def test_the_order_of_rules_does_not_depend_on_what_is_imported_first(registry: Registry) -> None:
    turned = Registry("turned")
    for rule in reversed(list(registry.values())):
        turned.add(rule.name, rule.function, codes=rule.codes)
    assert [rule.name for rule in in_order(turned)] == [rule.name for rule in in_order(registry)]


def test_every_type_of_rule_of_the_rule_book_has_a_function_and_is_used() -> None:
    types = {get_args(model.model_fields["loai"].annotation)[0] for model in get_args(get_args(Rule)[0])}
    assert set(row_rules.ROW_RULES) == types
    assert {rule.loai for sheet in PLAN.forms.bieu for rule in sheet.luat} == types
