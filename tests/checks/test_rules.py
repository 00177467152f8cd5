"""Every rule is listed once, in words a clerk reads, and the rule book and the catalogue name the same sentences."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from dvk_reports.checks import force
from dvk_reports.checks.row_rules import ROW_RULES
from dvk_reports.errors import PlanError
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.plan.book.registry import CHECKS, CHECKS_ACROSS
from dvk_reports.run.plans import load_plan
from dvk_reports.run.rules import rules_of
from tests.support.build import PLAN

FOLDER = files("dvk_reports.plans").joinpath("bao_yen_2022_2025")
JARGON = re.compile(r"\b(?:null|none|integer|regex|string|boolean|float|cell|sheet|hash|token|NaN)\b", re.IGNORECASE)
RULES = rules_of(PLAN)


def mistakes(tmp_path: Path, old: str, new: str, count: int = 1) -> str:
    """What loading says of a rule book whose checks.yaml has been changed."""
    for path in FOLDER.iterdir():
        if not path.name.endswith(".yaml"):
            continue
        text = path.read_text(encoding="utf-8")
        if path.name == "checks.yaml":
            assert text.count(old) >= 1, old
            text = text.replace(old, new, count)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as told:
        load_plan(tmp_path)
    return str(told.value)


# --- catalogue and rule book ---


def test_every_sentence_has_one_rule_of_its_code_and_level() -> None:
    assert {rule.thong_bao: (rule.ma, rule.muc) for rule in PLAN.checks.luat} == {
        name: (message.code, message.level.value) for name, message in CATALOGUE.items()
    }
    assert len(PLAN.checks.luat) == len(CATALOGUE)
    assert set(PLAN.checks.ten_ma) == {message.code for message in CATALOGUE.values()}


def test_a_misspelt_sentence_is_named_with_the_nearest(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "thong_bao: STATE_CHANGE", "thong_bao: STATE_CHANG")
    assert "mục luat: câu STATE_CHANGE (K07) chưa có luật nào. Có phải là “STATE_CHANG”?" in said
    assert "luat → STATE_CHANG → thong_bao: không có câu “STATE_CHANG”. Có phải là “STATE_CHANGE”?" in said


def test_two_rules_for_one_sentence(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "thong_bao: ENDED_BEFORE", "thong_bao: STATE_CHANGE")
    assert "luat → STATE_CHANGE: “STATE_CHANGE” ghi nhiều lần." in said


def test_a_wrong_code(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "thong_bao: STATE_CHANGE\n    ma: K07", "thong_bao: STATE_CHANGE\n    ma: K08")
    assert said.endswith("luat → STATE_CHANGE → ma: mã của câu STATE_CHANGE phải là K07, không phải K08.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("thong_bao: NEGATIVE\n    ma: K04\n    muc: Chặn", "thong_bao: NEGATIVE\n    ma: K04\n    muc: Cảnh báo"),
        ("che_do: ap_dung", "che_do: tat"),
        ("che_do: ap_dung", "che_do: thu_nghiem"),
    ],
)
def test_what_cannot_be_read_is_never_let_through(tmp_path: Path, old: str, new: str) -> None:
    assert "không được tắt, thử nghiệm hoặc hạ mức" in mistakes(tmp_path, old, new)


def test_an_unknown_mode_is_told_with_its_line(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "che_do: ap_dung", "che_do: thu_nghem")
    assert re.search(r"checks\.yaml, dòng \d+, mục luat .*Có phải là “thu_nghiem”\?", said)


# --- words ---


@pytest.mark.parametrize("message", list(CATALOGUE.values()), ids=lambda message: message.name)
def test_sentences_speak_as_an_office_does(message: Message) -> None:
    said = re.sub(r"\{\w+\}", "", f"{message.text} {message.remedy}")
    assert not JARGON.search(said)
    for word in ("chương trình", "mã ẩn", "bảng tính", "giá trị null", "bạn", "sai lầm", "lỗi của đơn vị"):
        assert word not in said.lower(), word
    assert message.text.endswith((".", "}"))
    assert said.count("“") == said.count("”") and '"' not in said


def test_rules_speak_as_an_office_does() -> None:
    for rule in PLAN.checks.luat:
        for text in (rule.cau, rule.vi_du):
            assert not JARGON.search(text) and '"' not in text, text
        assert rule.cau.endswith(".") and rule.vi_du.endswith((".", "?")), rule.thong_bao
        assert len(rule.cau) < 160, rule.cau


# --- the list ---


def test_every_rule_is_listed() -> None:
    general = [line.sentence for line in RULES.rules if not line.sheet]
    assert sorted(general) == sorted(rule.cau for rule in PLAN.checks.luat)
    typed = {(line.sheet, line.code) for line in RULES.rules if line.sheet}
    assert {sheet for sheet, _ in typed} == {spec.ma for spec in PLAN.forms.bieu if spec.luat}
    assert ("B2", "K24") in typed and ("B8", "K06") in typed and ("BIA", "K25") in typed


def test_a_rule_of_one_kind_of_unit_says_so() -> None:
    line = next(line for line in RULES.rules if line.sheet == "B2" and "Thôn, tổ dân phố" in line.sentence)
    assert line.sentence.endswith("(chỉ với DB_XA, DB_TT)") and line.code == "K02"


def test_levels_of_typed_rules() -> None:
    levels = {(line.sheet, line.sentence): line.level for line in RULES.rules if line.sheet and line.code == "K25"}
    assert levels["BIA", "“Ngày ký” không trước “Ngày chốt số liệu”."] == "Cảnh báo"
    assert levels["B5", "“Đến ngày” không trước “Từ ngày”."] == "Chặn"


def test_what_is_printed() -> None:
    lines = RULES.lines
    at = lines.index("K08. Mô hình mất hoặc đổi mã so với kỳ trước")
    assert lines[at - 1] == ""
    assert (
        lines[at + 1]
        == "  - [Chặn] Mô hình đã có ở một báo cáo trước, chưa kết thúc, thì phải có trong biểu B2 mọi kỳ sau."
    )
    assert lines[at + 3].startswith("      Áp dụng từ 01/04/2022; so với kỳ trước. Căn cứ: Kế hoạch “Dân vận khéo”")
    heads = [line.split(".")[0] for line in lines if re.match(r"[KTD]\d\d\. ", line)]
    assert heads == sorted(heads, key=lambda code: ("KTD".index(code[0]), code))


def test_only_what_is_in_force_on_a_day() -> None:
    assert rules_of(PLAN, as_of=date(2022, 3, 31)).rules == ()
    assert len(rules_of(PLAN, as_of=date(2023, 9, 30)).rules) == len(RULES.rules)


def test_the_sheet_holds_every_rule_under_its_key() -> None:
    book = openpyxl.load_workbook(BytesIO(RULES.workbook))
    sheet = book["Luật kiểm tra"]
    keys = [cell.value for cell in sheet[1] if cell.value]
    assert keys == ["ma_loi", "muc", "pham_vi", "sheet", "cau", "vi_du", "hieu_luc", "can_cu"]
    assert sheet.row_dimensions[1].hidden
    rows = [[cell.value or "" for cell in row[:8]] for row in sheet.iter_rows(min_row=5) if row[0].value]
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        (line.code, line.level, line.sheet, line.sentence) for line in RULES.rules
    ]


def test_the_same_rules_give_the_same_bytes(tmp_path: Path) -> None:
    assert RULES.workbook == rules_of(PLAN).workbook
    assert RULES.save(tmp_path / "luat.xlsx").read_bytes() == RULES.workbook


# --- one function a rule ---


def test_every_check_says_what_it_is_for() -> None:
    for rule in (*CHECKS.values(), *CHECKS_ACROSS.values(), *ROW_RULES.values()):
        said = re.match(r"([KT]\d\d)(?: \([^)]*\))?: .+", rule.doc)
        assert said is not None and (said[1],) == rule.codes, rule.name
    assert force.in_force.__doc__
