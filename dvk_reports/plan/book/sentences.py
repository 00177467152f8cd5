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
    """Everything that may stand in braces. ``papers.report`` fills each of them."""

    # of a figure
    CLAUSE = "cau"
    """In a frame: what the figure itself says in that state."""
    REST = "con_lai"
    """In a frame: who or what is left, as the figure itself says it."""
    NAME = "ten"
    AMOUNT = "so"
    """The value with its unit: “05 lớp”, “83,3%”, less what is doubted."""
    NUMBER = "con_so"
    """The same without its unit."""
    FRACTION = "tu_mau"
    """Numerator and denominator of a ratio: “45/54”."""
    BELOW = "mau_so"
    TARGET = "muc_phai_dat"
    THEN = "truoc_do"
    """In a stage what it was in the first year, where the same units are in it: “năm 2022 là 68,5%”."""
    CHANGE = "tang_giam"
    """“tăng 02 mô hình” against the period before, where both are counted on the same units."""
    PARTS = "cac_phan"
    """The lines of its breakdown: “kinh tế 56, văn hóa - xã hội 52”."""
    SHARES = "tung_ty_le"
    """Each line as a share: “nữ chiếm 44,3%, dân tộc thiểu số chiếm 67,8%”."""
    SHORT_OF = "so_it_hon"
    """The value, where the figure covers fewer units than the one it breaks down; else nothing."""
    LOWEST = "thap_nhat"
    """The lowest of the figures of ``cung``: “thời gian giải quyết, 87,5%”."""
    TOTAL = "tong"
    """Of the figure and those of ``cung``, where all are counted on the same units."""
    ITEMS = "cac_khoan"
    """The figures of ``cung`` that are not zero: “xã hội hóa 439,8”."""
    NOT_MET = "chua_dat"
    """Who has not met it, by name; nothing where they are too many for a sentence."""
    NOT_MET_PLAIN = "chua_dat_khong_so"
    """The same without how many thôn or models each of them has."""
    NOT_MET_COUNT = "so_chua_dat"
    """How many units, thôn or models have not met it."""
    NOT_MET_UNITS = "so_don_vi_chua_dat"
    """How many units these belong to."""
    LACKING = "so_thieu"
    """How many units have no number in it yet."""

    # of the report
    KIND = "loai_bao_cao"
    PERIOD = "ky_bao_cao"
    IN_PERIOD = "trong_ky"
    """“trong quý”, “trong 6 tháng đầu năm”, “trong năm”."""
    END = "cuoi_ky"
    """“quý III”, “tháng 6”, “năm 2023”: the end of the period, in few words."""
    NEXT_PERIOD = "ky_sau"
    BEFORE = "ky_truoc"
    """The period that changes are counted from: “cuối quý II”, “cùng kỳ năm 2022”."""
    YEAR = "nam"
    LAST_YEAR = "nam_truoc"
    ISSUER = "co_quan"
    EDITION = "ban"
    LAST_DAY = "den_ngay"
    REPORTED = "da_bao_cao"
    OWED = "phai_bao_cao"
    NOT_SENT = "chua_gui"
    IN_DOUBT = "cho_xac_minh"
    """How many units have sent something that is not used yet."""
    NOT_HELD = "quy_thieu"
    """The quarters of the period, or of the year up to it, that were not consolidated."""
    WITH_TARGET = "chi_tieu_co_muc"
    VERDICTS = "tung_ket_luan"
    """How many targets have which verdict."""
    MET_NAMES = "chi_tieu_dat"
    INEFFECTIVE = "mo_hinh_chua_hieu_qua"
    """The models that were found ineffective, by name; nothing where they are too many."""
    AWARDED = "da_khen"
    """Who granted how many awards in the rounds of the period, by their results; nothing before they are typed."""
    ANNEX = "phu_luc"
    """“Phụ lục II” where the report has it: ``{phu_luc chua_dat}``."""

    # of a model that is named
    MODEL = "ten_mo_hinh"
    MODEL_PLACE = "noi"
    CARRIED_BY = "chu_the"
    RESULT = "ket_qua"
    REPLICATIONS = "so_luot"
    FIELD = "linh_vuc"

    # of the units' own words
    OPINION = "y_kien"

    @property
    def subject(self) -> Subject:
        """What it is filled from."""
        return next(subject for subject, slots in _SLOTS.items() if self in slots)


class Subject(StrEnum):
    """What a sentence speaks of besides the report as a whole, which every sentence may name."""

    FIGURE = "chỉ tiêu"
    REPORT = "báo cáo"
    MODEL = "mô hình được nêu tên"
    OPINION = "ý kiến của đơn vị"


def _slots() -> dict[Subject, frozenset[Slot]]:
    every = list(Slot)
    first = [every.index(slot) for slot in (Slot.CLAUSE, Slot.KIND, Slot.MODEL, Slot.OPINION)]
    spans = zip(first, [*first[1:], len(every)], strict=True)
    return {subject: frozenset(every[a:b]) for subject, (a, b) in zip(Subject, spans, strict=True)}


_SLOTS = _slots()


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
