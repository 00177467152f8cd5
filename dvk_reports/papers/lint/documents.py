"""Does a Word paper keep to the official format? Deviations with paragraph and remedy, for any .docx.

The file alone is read: which component a line is, to which family the paper belongs and of which day it is are told
from its content, so that papers of any office can be checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dvk_reports.errors import PlanError, reason_of
from dvk_reports.papers.docx.package import UnreadablePaper
from dvk_reports.papers.docx.profiles import latest_profile, profile_for
from dvk_reports.papers.docx.reading import read_docx
from dvk_reports.papers.lint.closing import is_attached
from dvk_reports.papers.lint.content import check_content, listed_counts, told_counts
from dvk_reports.papers.lint.ending import check_ending
from dvk_reports.papers.lint.lines import check_lines
from dvk_reports.papers.lint.looks import check_looks
from dvk_reports.papers.lint.model import Case, Deviation, gathered
from dvk_reports.papers.lint.page import check_page
from dvk_reports.papers.lint.parts import recognise
from dvk_reports.papers.lint.pieces import Paper, Piece
from dvk_reports.papers.lint.words import check_words
from dvk_reports.plan.book.formats import Profile
from dvk_reports.plan.book.rulebook import Plan

__all__ = ["Deviation", "LintResult", "UnreadablePaper", "lint_document", "lint_documents"]


@dataclass(frozen=True, slots=True)
class LintResult:
    """What was found in one file; ``problem`` is the sentence for one that could not be read, else ""."""

    path: Path
    profile: str
    deviations: tuple[Deviation, ...]
    problem: str = ""

    @property
    def certain(self) -> int:
        return sum(item.certain for item in self.deviations)


def lint_document(
    paper: Path | str | bytes, plan: Plan, profile: Profile | None = None, day: date | None = None
) -> list[Deviation]:
    """Deviations of one .docx in the order of its paragraphs.

    The format is ``profile``, else that of the paper's family on the day printed at its head. Where only a year is
    printed there, ``day`` counts if it lies in that year, else the year's last day. A blank number or day is no
    deviation. Raises UnreadablePaper with one sentence for anything that is no readable .docx.
    """
    return list(_judge(_bytes(paper), plan, profile, day)[0])


def lint_documents(
    papers: Iterable[Path | str], plan: Plan, profile: Profile | None = None, day: date | None = None
) -> list[LintResult]:
    """Every file judged by itself; a decision and a request given together must also name the same numbers (C7)."""
    results: list[LintResult] = []
    cases: dict[int, Case] = {}
    for place, path in enumerate(map(Path, papers)):
        try:
            found, case = _judge(_bytes(path), plan, profile, day)
        except UnreadablePaper as error:
            results.append(LintResult(path, "", (), str(error)))
            continue
        results.append(LintResult(path, case.profile.ma if case else "", tuple(found)))
        if case is not None:
            cases[place] = case
    for place, more in _between(cases).items():
        kept = results[place]
        results[place] = LintResult(kept.path, kept.profile, tuple(gathered([*kept.deviations, *more])))
    return results


def _bytes(paper: Path | str | bytes) -> bytes:
    if isinstance(paper, bytes):
        return paper
    try:
        return Path(paper).read_bytes()
    except FileNotFoundError as error:
        raise UnreadablePaper("Không thấy tệp này.") from error
    except OSError as error:
        raise UnreadablePaper(f"Không mở được tệp: {reason_of(error)}. Đóng tệp trong Word rồi chạy lại.") from error


def _judge(data: bytes, plan: Plan, profile: Profile | None, day: date | None) -> tuple[list[Deviation], Case | None]:
    paper = recognise(read_docx(data), plan.formats)
    if paper.family is None:
        what = "không thấy tiêu đề ĐẢNG CỘNG SẢN VIỆT NAM hoặc Quốc hiệu, cũng không thấy số, ký hiệu"
        remedy = "Nếu đây là văn bản hành chính, bổ sung phần đầu văn bản rồi kiểm tra lại."
        return [Deviation(0, "Phần đầu", "", what, remedy, "C1", not is_attached(paper))], None
    day = _day_of(paper, day)
    if profile is None:
        try:
            profile = profile_for(plan, paper.family, day) if day else latest_profile(plan, paper.family)
        except PlanError as error:
            return [
                Deviation(0, "Toàn văn bản", "", str(error).rstrip("."), "Không kiểm tra thể thức.", "–", False)
            ], None
    case = Case(paper, profile, plan.formats, day, tuple(plan.documents.thu_tu_nhom))
    for check in (check_page, check_looks, check_lines, check_words, check_ending, check_content):
        check(case)
    if paper.attached or paper.lays_down_rules:
        # The guidance on papers holds for these only in part.
        case.found = [replace(item, certain=False) for item in case.found]
    return gathered(case.found), case


def _day_of(paper: Paper, day: date | None) -> date | None:
    if paper.day is not None:
        return paper.day
    if paper.year is not None and (day is None or day.year != paper.year):
        return date(paper.year, 12, 31)
    return day


def _between(cases: dict[int, Case]) -> dict[int, list[Deviation]]:
    """C7 over several files: what a decision says and what the request for it lists."""
    found: dict[int, list[Deviation]] = {}
    requests = [case for case in cases.values() if case.paper.kind == "TỜ TRÌNH"]
    for place, case in cases.items():
        if case.paper.kind != "QUYẾT ĐỊNH" or len(requests) != 1:
            continue
        asked = requests[0]
        wanted = {name: number for name, (number, _) in _told(asked, "noi_dung", "dieu").items()}
        wanted |= listed_counts(asked)
        for group, (number, piece) in _told(case, "dieu", "noi_dung").items():
            if group in wanted and wanted[group] != number:
                what = f"ghi {number} {group}, tờ trình nêu {wanted[group]}"
                remedy = "Đối chiếu lại với tờ trình."
                item = Deviation(piece.paragraph.number, "Số lượng", piece.text[:60], what, remedy, "C7", True)
                found.setdefault(place, []).append(item)
    return found


def _told(case: Case, *names: str) -> dict[str, tuple[int, Piece]]:
    return told_counts(case.paper.all(*names), case.groups)
