"""A paper as it is issued on a day: its words with the names of that day, its issuer, or marks where there is none.

Takes ``documents.yaml`` and a day. Who issues a paper is data with dates; on a day for which the plan names nobody the
paper is a draft without an issuer, and every place of the issuer in it asks to be filled in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from dvk_reports.messages.marks import wanted
from dvk_reports.plan.book.documents import DatedText, DocumentsFile, DocumentSpec, Issuer, Name, StandingTask
from dvk_reports.plan.book.entries import Span, in_force

S = TypeVar("S", bound=Span)
_PLACE = re.compile(r"\{(\w+)\}")
ISSUER_WORDS = ("ky_hieu", "luu", "tham_quyen", "ten_co_quan")
"""What a paper may say of its issuer."""
LATER_WORDS = ("dot", "hoi_nghi", "doi_tuong", "don_vi", "ten", "TEN", "ket_qua", "nam")
"""What is put into the words of a paper only when it is filled in."""
TEXTS = ("ky_hieu", "trich_yeu", "kinh_gui", "tham_quyen", "thi_hanh", "noi_de_nghi", "noi_xet")
_HEAD = ("co_quan_cap_tren", "co_quan", "dia_danh", "quyen_han")
# Nothing here is to be checked, and the first check of a process takes longer than reading a plan that is ready.
_NOBODY = Issuer.model_construct(
    ma="",
    can_cu="",
    co_quan_cap_tren=wanted("cơ quan cấp trên"),
    co_quan=wanted("cơ quan ban hành"),
    ten_co_quan=wanted("cơ quan ban hành"),
    tham_quyen=wanted("cơ quan ban hành"),
    ky_hieu=wanted("ký hiệu"),
    dia_danh=wanted("địa danh"),
    chuc_vu=wanted("chức vụ người ký"),
    luu=wanted("nơi lưu"),
)


class IssuedPaper(DocumentSpec):
    """A paper with its words and its issuer as they are on one day."""

    co_quan_cap_tren: str
    co_quan: str
    ten_co_quan: str
    dia_danh: str
    quyen_han: str
    has_issuer: bool
    """Whether the plan names who issues it on that day."""


class Names:
    """The names of ``ten_goi`` that are in force on a day."""

    def __init__(self, names: Sequence[Name], day: date) -> None:
        self._held = {name.ma: name.ten for name in _of_the_day(names, day)}
        self._missing = {name.ma: wanted(name.la) for name in names if name.ma not in self._held}

    def put_into(self, text: str, more: Mapping[str, str] | None = None) -> str:
        """The text with every name in its place, and the mark where a name is no more; ``more``: other words."""
        known = {**self._missing, **self._held, **(more or {})}
        return _PLACE.sub(lambda found: known.get(found[1], found[0]), text)

    def known_in(self, text: str) -> bool:
        """Whether every name that the text uses is in force."""
        return not any(found in self._missing for found in _PLACE.findall(text))


def issued_paper(documents: DocumentsFile, name: str, day: date) -> IssuedPaper:
    """The paper called ``name`` on a day; PlanError before its first day."""
    spec = in_force(name, [entry for entry in documents.van_ban if entry.ma == name], day)
    names = Names(documents.ten_goi, day)
    own = [issuer for issuer in documents.co_quan_ban_hanh if issuer.ma == spec.co_quan_ban_hanh]
    issuer = next(iter(_of_the_day(own, day)), None)
    found = issuer or _NOBODY
    words = {word: names.put_into(getattr(found, word)) for word in ISSUER_WORDS}
    words["ten_hinh_thuc"] = names.put_into(spec.ten_hinh_thuc)

    def said(text: str) -> str:
        return names.put_into(text, words)

    given = {key: getattr(spec, key) for key in DocumentSpec.model_fields}
    told = {
        **{key: said(given[key]) for key in TEXTS},
        "ten_hinh_thuc": words["ten_hinh_thuc"],
        "chuc_vu": spec.chuc_vu or names.put_into(found.chuc_vu),
        "noi_nhan": [said(line) for line in _receivers(spec.noi_nhan, names)],
        "can_cu_viet": [said(line) for line in spec.can_cu_viet],
        "can_cu_van_ban": [_with_text(entry, said(entry.noi_dung)) for entry in spec.can_cu_van_ban],
        "nhiem_vu_trong_tam": [_with_text(entry, said(entry.noi_dung)) for entry in spec.nhiem_vu_trong_tam],
        "ten_co_quan": words["ten_co_quan"],
        **{key: names.put_into(getattr(found, key)) for key in _HEAD},
        "has_issuer": issuer is not None,
    }
    return IssuedPaper.model_construct(**(given | told))


T = TypeVar("T", DatedText, StandingTask)


def _with_text(entry: T, text: str) -> T:
    return entry.model_copy(update={"noi_dung": text})


def _receivers(lines: Iterable[str], names: Names) -> Iterator[str]:
    """The lines whose organs all exist; one mark in the place of those that do not."""
    dropped = False
    for line in lines:
        if names.known_in(line):
            yield line
        elif not dropped:
            dropped = True
            yield wanted("nơi nhận")


def _of_the_day(entries: Sequence[S], day: date) -> Iterator[S]:
    """Of each ``ma`` the entry in force on a day: of several the one that began last."""
    held: dict[object, S] = {}
    for entry in sorted(entries, key=lambda item: item.tu_ngay or date.min):
        if entry.holds(day):
            held[getattr(entry, "ma", "")] = entry
    yield from held.values()


def words_in(text: str) -> list[str]:
    """The words that a text asks for: ``{cap_uy}`` -> “cap_uy”."""
    return _PLACE.findall(text)
