"""The grammar of the sentences that a plan writes for its report.

A sentence is text with slots. ``{so}`` is filled from the figure that the sentence belongs to, ``{so NV1.2}`` from
another figure, ``{so NV1.1/Lồng ghép}`` from a line of a breakdown; ``{So}`` begins with a capital letter. What stands
between ``<`` and ``>`` is left out where one of its slots has nothing to say; ``|`` separates alternatives in it, and
the first that can be filled is taken. There is nothing else: no condition, no sum. Which sentence is said is decided by
the state of the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.mistakes import meant
from dvk_reports.vietnamese.text import lower_first


class Slot(StrEnum):
    """Everything that may stand in braces. ``papers.report.slots`` fills each of them."""

    # of a figure
    CLAUSE = "cau"
    """In a frame: what the figure itself says in that state."""
    NAME = "ten"
    AMOUNT = "so"
    """The value with its unit: “05 lớp”, “83,3%”."""
    FRACTION = "tu_mau"
    """Numerator and denominator of a ratio: “45/54”."""
    SCOPE = "pham_vi"
    """“50/60” where units are missing, else nothing."""
    COVERAGE = "n_N"
    """“50/60”, always."""
    TARGET = "muc_phai_dat"
    VERDICT = "ket_luan"
    REASONS = "ly_do"
    """Why the verdict stands as it does: the year is not over, units are missing, between which bounds it lies."""
    CHANGE = "tang_giam"
    """“tăng 02 mô hình” against the period before, where every unit is in the figure."""
    PARTS = "cac_phan"
    """The lines of its breakdown: “Độc lập 03; Lồng ghép 02”."""
    SPLIT = "chia_theo"
    FALLS_SHORT = "vi_sao_it_hon"
    """The same, each with the name of what it is split by: “theo cấp: Cơ sở 40; theo loại: Tập thể 38”."""
    SHARES = "tung_ty_le"
    """Each line as a share: “nữ chiếm 40,0%, bằng 40/100”."""
    BESIDE = "kem_theo"
    """Lines that stand beside the figure and are not in its total: “dự toán 120 triệu đồng”."""
    LEADERS = "don_vi_nhieu_nhat"
    """The units that make up most of a count, with their numbers."""
    UNDER_REVIEW = "so_o_cho"
    """How many cells behind the figure a unit has yet to explain."""
    TO_FILL_IN = "can_bo_sung"
    """The mark that a person replaces."""

    # of the report
    KIND = "loai_bao_cao"
    PERIOD = "ky_bao_cao"
    NEXT_PERIOD = "ky_sau"
    BEFORE = "ky_truoc"
    """The period that changes are counted from: “quý II năm 2023”."""
    EDITION = "ban"
    FIRST_DAY = "tu_ngay"
    LAST_DAY = "den_ngay"
    DAY = "ngay_lap"
    REPORTED = "da_bao_cao"
    OWED = "phai_bao_cao"
    SILENT = "chua_bao_cao"
    UNIT_TABLE = "bang_don_vi"
    """Number of the table of units without a report."""
    WITH_TARGET = "chi_tieu_co_muc"
    VERDICTS = "tung_ket_luan"
    """How many targets have which verdict."""
    MET = "chi_tieu_dat"
    MET_CODES = "ma_chi_tieu_dat"
    MISSED = "chi_tieu_khong_dat"
    MISSED_CODES = "ma_chi_tieu_khong_dat"
    AWARDED = "da_khen"
    """Who granted how many awards in the rounds of the period, by their results; nothing before they are typed."""

    @property
    def of_figure(self) -> bool:
        """Whether it is filled from a figure; the others say something of the report as a whole."""
        return self in _OF_FIGURE


_OF_FIGURE = frozenset(list(Slot)[: list(Slot).index(Slot.KIND)])


@dataclass(frozen=True, slots=True)
class Use:
    """A slot in a sentence. ``code`` and ``line`` are blank where it is filled from the sentence's own figure."""

    slot: Slot
    code: str = ""
    line: str = ""
    capital: bool = False


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """What stands between ``<`` and ``>``: alternatives, of which the first that can be filled is taken."""

    alternatives: tuple[Sentence, ...]


Sentence: TypeAlias = tuple["str | Use | OptionalPart", ...]

_TOKEN = re.compile(r"(\{[^{}<>|]*\}|[<>|{}])")
_USE = re.compile(r"(\w+)(?: +([^\s/]+))?(?: */ *(.+))?")


@lru_cache(maxsize=1024)
def parsed(text: str) -> Sentence:
    """The pieces of a sentence; PlanError where it is not written by the grammar."""
    sentence, mistakes = read(text)
    if mistakes:
        raise PlanError(f"Câu “{text}”: {'; '.join(mistakes)}")
    return sentence


def read(text: str) -> tuple[Sentence, list[str]]:
    """The pieces of a sentence, and everything that is wrong in it."""
    reader = _Reader([token for token in _TOKEN.split(text) if token])
    sentence = reader.sentence()
    return sentence, reader.mistakes


class _Reader:
    """Goes through the tokens of one sentence from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.mistakes: list[str] = []

    def sentence(self) -> Sentence:
        found = self._pieces(depth=0)
        while self.at < len(self.tokens):  # a closing sign that nothing has opened
            self.mistakes.append(f"thừa dấu “{self.tokens[self.at]}”")
            self.at += 1
            found += self._pieces(depth=0)
        return tuple(found)

    def _pieces(self, depth: int) -> list[str | Use | OptionalPart]:
        found: list[str | Use | OptionalPart] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in (">", "|"):
            token = self.tokens[self.at]
            self.at += 1
            if token == "<":
                found.append(self._optional(depth + 1))
            elif token in ("{", "}"):
                self.mistakes.append(f"dấu “{token}” viết lẻ; viết đủ {{tên chỗ điền}}")
            elif token.startswith("{"):
                found += self._use(token)
            else:
                found.append(token)
        return found

    def _optional(self, depth: int) -> OptionalPart:
        alternatives = [tuple(self._pieces(depth))]
        while self.at < len(self.tokens) and self.tokens[self.at] == "|":
            self.at += 1
            alternatives.append(tuple(self._pieces(depth)))
        if self.at == len(self.tokens):
            self.mistakes.append("thiếu dấu “>”")
        self.at += 1
        if not any(uses_in(alternatives[0])):
            self.mistakes.append("giữa “<” và “>” phải có ít nhất một chỗ điền")
        return OptionalPart(tuple(alternatives))

    def _use(self, token: str) -> list[Use]:
        inside = token[1:-1].strip()
        written = _USE.fullmatch(inside)
        name = written[1] if written else inside
        slot = lower_first(name)
        if written is None or slot not in list(Slot):
            self.mistakes.append(f"không có chỗ điền “{token}”.{meant(slot, list(Slot))}")
            return []
        return [Use(Slot(slot), written[2] or "", written[3] or "", capital=slot != name)]


def uses_in(sentence: Sentence) -> Iterator[Use]:
    """Every slot of a sentence, those of its optional parts too."""
    for piece in sentence:
        if isinstance(piece, Use):
            yield piece
        elif isinstance(piece, OptionalPart):
            for alternative in piece.alternatives:
                yield from uses_in(alternative)
