"""A list that a clerk has written to a file is written anew there only where nothing of somebody else's is lost."""

import io

import openpyxl
import pytest

from dvk_reports.run.plans import load_plan
from dvk_reports.run.rules import rules_of
from dvk_reports.sheets.form_review import is_review, review_bytes
from dvk_reports.sheets.rules import is_rules
from tests.support.offices import edited


def with_a_sheet_of_the_clerk(book):
    book.create_sheet("Ghi chép")


def with_another_name(book):
    book.worksheets[0].title = "Của tôi"


def without_the_first_key(book):
    book.worksheets[0]["A1"] = None


def blank_workbook() -> bytes:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def lists():
    return {"luật": (rules_of(load_plan()).workbook, is_rules), "xem lại": (review_bytes("Xem lại", ()), is_review)}


@pytest.mark.parametrize("name", ["luật", "xem lại"])
def test_our_own_list_is_known_and_anything_else_is_somebody_elses(lists, name):
    data, ours = lists[name]
    assert ours(data)
    changes = (with_a_sheet_of_the_clerk, with_another_name, without_the_first_key)
    assert [change.__name__ for change in changes if ours(edited(data, change))] == []
    assert not ours(blank_workbook()) and not ours(b"text") and not ours(b"")


def test_one_list_is_not_the_other(lists):
    (rules, is_ours), (review, is_other) = lists.values()
    assert not is_ours(review) and not is_other(rules)
