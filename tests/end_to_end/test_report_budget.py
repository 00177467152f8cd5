"""The reports of the sample workspaces, printed: pages, marks, what may not stand in them, and each fact once."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest

from dvk_reports import Result, consolidate, open_workspace, propose_awards
from dvk_reports.model.periods import Quarter
from dvk_reports.papers.docx.marks import count_missing
from dvk_reports.papers.report.basis import Basis
from dvk_reports.papers.report.models import named_models
from dvk_reports.papers.report.report import Line as BodyLine
from dvk_reports.papers.report.report import body
from dvk_reports.plan.office import Office
from tests.support.printed import Line, printed

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

DISTRICT, HISTORY, MERGER = "bao-yen", "bao-yen-2022-2023", "bao-yen-2025"
DAY = date(2024, 1, 20)
"""On which the longer periods of ``HISTORY`` are consolidated."""
LONGER = ("2023-6T", "2023-9T", "2023", "2022-Q2..2023-Q3")
PAGES = {"quy": 4, "sau_thang": 6, "chin_thang": 6, "nam": 8, "so_ket": 10, "tong_ket": 10}
REPORTS = (
    (DISTRICT, "2023-Q3"),
    (HISTORY, "2023-Q2"),
    *((HISTORY, key) for key in LONGER),
    (MERGER, "2025-Q2"),
    (MERGER, "2025-Q3"),
)
FORBIDDEN = re.compile(
    r"\(\d+/\d+ đơn vị\)|kết luận:|thấp nhất \d.*cao nhất|MT\d|NV\d|xem biểu|\[CẦN|Không đạt|nguyên văn|None|Decimal"
)
UNIT_HEAD = re.compile(r"\b(?:các )?(?:xã|thị trấn|chi bộ:|đảng bộ:) ")


@dataclass(frozen=True)
class Report:
    """One report: what it rests on, its file, and its printed pages."""

    basis: Basis
    paper: bytes
    pages: list[list[Line]]

    @property
    def lines(self) -> list[BodyLine]:
        return body(self.basis)

    @property
    def annex_at(self) -> list[tuple[int, str]]:
        """(page, number) where each annex begins."""
        heads = [(place, page[0].text) for place, page in enumerate(self.pages) if page]
        return [(place, text) for place, text in heads if re.fullmatch(r"Phụ lục [IVX]+", text)]


@pytest.fixture(scope="module")
def reports(sample, runs_of, tmp_path_factory):
    """(sample, period) -> its report; every quarter is consolidated first, and the round proposed."""
    made: dict[tuple[str, str], tuple[Office, Result]] = {}
    for name in (DISTRICT, HISTORY, MERGER):
        space, results = runs_of(name)
        for key, found in results.items():
            made[name, key] = (space.office(sample(name).day_of(Quarter.parse(key))), found)
    space = open_workspace(shutil.copytree(runs_of(HISTORY)[0].root, tmp_path_factory.mktemp("bao-cao") / HISTORY))
    propose_awards(space, "2023-10", as_of=DAY)
    for key in LONGER:
        made[HISTORY, key] = (space.office(DAY), consolidate(space, key, as_of=DAY, workers=1))
    papers = {key: (found.folder / "bao-cao.docx").read_bytes() for key, (_, found) in made.items()}
    wanted = {f"{place}": papers[key] for place, key in enumerate(REPORTS)}
    pages = printed(wanted, tmp_path_factory.mktemp("in"))
    return {
        key: Report(Basis(made[key][0], made[key][1].data), papers[key], pages[f"{place}"])
        for place, key in enumerate(REPORTS)
    }


@pytest.fixture(params=REPORTS, ids=lambda key: "-".join(key))
def report(request, reports) -> Report:
    return reports[request.param]


def test_the_text_keeps_its_number_of_pages(report):
    assert report.annex_at, "no annex"
    assert report.annex_at[0][0] <= PAGES[report.basis.kind] == report.basis.length.so_trang


def test_marks_are_left_for_what_only_a_person_knows(report):
    text = [mark for line in report.lines for mark in re.findall(r"\[[^\]]+\]", line.said.text)]
    assert len(text) <= 6
    # Where the plan names nobody who issues it, the head and the foot are marked besides.
    assert not report.basis.paper.has_issuer or count_missing(report.paper) == len(text)


def test_no_word_of_the_machine_is_in_the_text(report):
    said = [line.said.text for line in report.lines]
    assert [text for text in said if FORBIDDEN.search(text)] == []


def test_each_fact_is_said_once(report):
    """A figure's number stands in one sentence of the text, and in one annex of results."""
    in_text = Counter(origin for line in report.lines for origin in dict.fromkeys(line.said.origins))
    assert {origin: count for origin, count in in_text.items() if count > 1} == {}
    basis = report.basis
    in_annex = Counter(figure.code for figure, _ in basis.in_targets())
    if "nhiem_vu" in basis.length.phu_luc:
        in_annex.update(figure.code for task in basis.plan.info.nhiem_vu for figure in basis.of_task(task.ma))
    assert {code: count for code, count in in_annex.items() if count > 1} == {}


def test_every_number_rests_on_a_figure_or_on_the_units(report):
    """A paragraph with numbers has figures behind it; opinions, models and tasks have units, cells and the plan."""
    free = {"dien_hinh", "han_che", "nguyen_nhan", "nhiem_vu_toi", "kien_nghi", "van_ban", "bai_hoc", "uu_diem"}
    loose = [
        line.said.text
        for line in report.lines
        if line.look == "doan" and line.part not in free and not line.said.origins
        # A year is said of a sentence that has no number, too.
        if re.search(r"\d", re.sub(r"năm \d{4}", "", line.said.text))
    ]
    assert loose == []


def test_models_are_named_with_place_and_result(report):
    models = report.basis.data.models
    high = {model.field for model in models if model.clean and model.review is not None and model.review.high}
    named = sum(item.text.count("“") for item in named_models(report.basis, "dien_hinh"))
    assert named >= len(high) and (named >= 3 or not high)


def test_a_sentence_names_five_units_at_most(report):
    assert max(line.said.named for line in report.lines) <= 5


def test_every_annex_is_cited_where_its_matter_is(report):
    opening = " ".join(line.text for page in report.pages[: report.annex_at[0][0]] for line in page)
    for _, number in report.annex_at:
        assert re.search(rf"{number}[).,;]", opening), number


def test_annexes_number_their_pages_from_one_and_end_with_more_than_a_line(report):
    starts = [place for place, _ in report.annex_at]
    ends = [*starts[1:], len(report.pages)]
    for start, end in zip(starts, ends, strict=True):
        for place in range(start + 1, end):
            assert report.pages[place][0].text == str(place - start + 1)
        assert len(report.pages[end - 1]) > 3, report.pages[end - 1]


def test_opinions_fill_two_pages_at_most(report):
    starts = {number: place for place, number in report.annex_at}
    if "Phụ lục VII" in starts:
        assert len(report.pages) - starts["Phụ lục VII"] <= 2
