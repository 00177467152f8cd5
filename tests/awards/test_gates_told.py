"""What a gate says, word for word, and who is the same subject as one chosen before: E4 and E8."""

from __future__ import annotations

from datetime import date

import pytest

from dvk_reports.model.findings import Stop
from dvk_reports.model.proposals import Award, Gate, Result
from tests.support.award_cases import ONE, b3, b9b, good, listed, only, plan_with, sent
from tests.support.build import PLAN, b2, office, unit

NO_REVIEW = "| ghi_chu |\n"


def gate(code: str, plan=PLAN, earlier=(), **changed) -> Gate:
    proposal = only(listed(good(**changed), plan=plan, earlier=earlier))
    return next(item for item in proposal.gates if item.code == code)


# --- E4: the latest review of the model ---


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "đánh giá gần nhất ngày 05/9/2023: Hiệu quả cao"),
        (
            {"b3": b3("| xep_loai |\n| Hiệu quả khá |")},
            "đánh giá gần nhất ngày 05/9/2023: Hiệu quả khá (cần Hiệu quả cao)",
        ),
        (
            {"b3": b3("| ngay_danh_gia | xep_loai |\n| 31/12/2022 | Hiệu quả khá |")},
            "đánh giá gần nhất ngày 31/12/2022: Hiệu quả khá; chưa được đánh giá trong năm 2023",
        ),
        ({"b3": NO_REVIEW}, "mô hình MH-DB-XA-1-001 chưa được đánh giá"),
    ],
)
def test_what_is_said_of_the_latest_review(changed, said):
    assert gate("E4", **changed).reason == said


def test_what_is_said_of_a_review_whose_class_is_not_known():
    said = gate("E4", stops=[Stop("B3", 7, "xep_loai")]).reason
    assert said.startswith("đánh giá gần nhất ngày 05/9/2023: ")
    assert said.endswith("; có ô đánh giá chưa đọc được hoặc chưa rõ")
    blank = gate("E4", b3=b3("| xep_loai |\n|  |")).reason
    assert blank.startswith("đánh giá gần nhất ngày 05/9/2023: chưa rõ xếp loại")


def test_a_high_class_is_not_asked_for_where_the_rule_book_does_not():
    plan = plan_with(yeu_cau_hieu_qua_cao=False)
    assert gate("E4", plan, b3=b3("| xep_loai |\n| Hiệu quả khá |")).reason == (
        "đánh giá gần nhất ngày 05/9/2023: Hiệu quả khá"
    )


# --- what a letter to the unit has instead: no code, no affair of discipline ---


@pytest.mark.parametrize(
    ("code", "changed", "told"),
    [
        ("E4", {"b3": NO_REVIEW}, "mô hình chưa được đánh giá"),
        ("E4", {"stops": [Stop("B3", 7, "xep_loai")]}, "kết quả đánh giá mô hình chưa rõ"),
        ("E6", {"b9b": b9b("| dang_xem_xet |\n| Có |")}, "chờ kết luận của cấp có thẩm quyền"),
        ("E6", {"b9b": b9b("| dang_xem_xet |\n|  |")}, "nội dung xác nhận trong đề nghị chưa ghi đủ"),
    ],
)
def test_what_a_letter_says_of_a_gate(code, changed, told):
    assert gate(code, **changed).told == told


# --- E8: chosen in an earlier round for the same model ---

SAID = "đã được chọn đợt 2023-10 cho mô hình này (Giấy khen của Chủ tịch UBND huyện); cần ghi lý do nếu vẫn chọn"
BODY = {"phan_loai": "Tập thể", "ten": "Tổ dân vận Bản Rịa", "ngay_sinh": ""}


def before(result: Result | None = None, **proposed: str) -> list[Award]:
    """The good candidate, or another, chosen in an earlier round."""
    found = listed(good(b9b=b9b(ONE, **proposed)))
    return [Award("2023-10", only(found).candidate.subject, result or Result())]


def now(earlier: list[Award], **proposed: str) -> str:
    return gate("E8", earlier=earlier, b9b=b9b(ONE, **proposed)).reason


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (
            Result(verdict="Được khen", number="1250/QĐ-UBND", day=date(2023, 10, 20)),
            "đã được khen đợt 2023-10 cho mô hình này (Giấy khen của Chủ tịch UBND huyện, Quyết định số 1250/QĐ-UBND "
            "ngày 20/10/2023); cần ghi lý do nếu vẫn chọn",
        ),
        (
            Result(verdict="Được biểu dương"),
            "đã được biểu dương đợt 2023-10 cho mô hình này (Giấy khen của Chủ tịch UBND huyện); cần ghi lý do nếu "
            "vẫn chọn",
        ),
    ],
)
def test_what_the_meeting_of_an_earlier_round_decided(result: Result, said: str):
    assert now(before(result)) == said


def test_the_same_person_for_the_same_model():
    assert now(before()) == SAID
    assert now(before(), ten="lý  a páo") == SAID


@pytest.mark.parametrize(
    "other",
    [
        {"ten": "Lý A Phò"},
        {"ngay_sinh": "06/03/1980"},
        {"ngay_sinh": ""},
        {"phan_loai": "Hộ gia đình"},
        {"ma_mo_hinh": "MH-DB-XA-1-002"},
    ],
)
def test_somebody_else_or_another_model(other):
    assert now(before(), **other) == "chưa được khen cho thành tích này"


def test_a_person_without_birthday_is_nobody_in_particular():
    assert now(before(ngay_sinh=""), ngay_sinh="") == "chưa được khen cho thành tích này"


def test_a_body_is_known_by_its_name():
    assert now(before(**BODY), **BODY) == SAID
    assert now(before(**BODY), **{**BODY, "ten": "Tổ dân vận Làng Hòa"}) == "chưa được khen cho thành tích này"


def test_without_a_model_nothing_is_the_same():
    assert now(before(ma_mo_hinh=""), ma_mo_hinh="") == "chưa được khen cho thành tích này"


@pytest.mark.parametrize(("merged", "same"), [(True, True), (False, False)])
def test_the_unit_that_took_over_is_the_same_unit(merged, same):
    """The same words of a unit that has nothing to do with it are another subject."""
    old = unit("DB-XA-1", until="30/06/2023" if merged else "", order=1)
    new = unit("DB-XA-2", order=2)
    register = office(old, new, mergers=[("DB-XA-1", "DB-XA-2", "01/07/2023")] if merged else [])
    returns = [sent("DB-XA-2", "2023-Q3", register, B2=b2(ONE), B3=b3(ONE), B9b=b9b(ONE))]
    proposal = only(listed(returns, register=register, earlier=before()))
    said = next(item.reason for item in proposal.gates if item.code == "E8")
    assert (said == SAID) is same
