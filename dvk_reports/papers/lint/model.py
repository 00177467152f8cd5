"""What a check of a Word paper finds, and what the checks are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from dvk_reports.papers.lint.pieces import Paper, Piece
from dvk_reports.plan.book.formats import ComponentSpec, FormatsFile, Profile

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Deviation:
    """One departure from the official format.

    ``paragraph`` counts from 1 through the file, tables included; 0: the page or the file as a whole. ``others`` are
    further paragraphs with the very same. ``certain`` is False where the rule itself is not sure: worth a look only.
    """

    paragraph: int
    part: str
    text: str
    what: str
    remedy: str
    check: str
    certain: bool
    others: tuple[int, ...] = ()

    def sentence(self) -> str:
        """One line for the screen."""
        where = f"Đoạn {self.paragraph}" if self.paragraph else "Toàn văn bản"
        shown = f" “{self.text}”" if self.text else ""
        more = f" (và {len(self.others)} đoạn khác: {_numbers(self.others)})" if self.others else ""
        mild = "" if self.certain else "Nên xem lại: "
        return f"{where}, {self.part}{shown}: {mild}{self.what}{more}. {self.remedy} [{self.check}]"


def _numbers(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(str(number) for number in numbers[:8])
    return f"{shown}, …" if len(numbers) > 8 else shown


@dataclass
class Case:
    """A recognised paper, the format it is judged by, and what has been found so far."""

    paper: Paper
    profile: Profile
    formats: FormatsFile
    day: date | None
    groups: tuple[str, ...] = ()
    """Classes of subjects that a list of a decision may have (“tập thể”, “cá nhân” …)."""
    found: list[Deviation] = field(default_factory=list)

    @property
    def party(self) -> bool:
        return self.profile.ho == "dang"

    def spec(self, name: str) -> ComponentSpec | None:
        """The format of a component; None where the format has no such component."""
        return self.profile.components.get(name)

    def tell(self, piece: Piece | None, part: str, what: str, remedy: str, check: str, certain: bool) -> None:
        """Note a deviation at a piece of text, or of the whole file (None)."""
        number = piece.paragraph.number if piece else 0
        self.found.append(Deviation(number, part, excerpt(piece.text) if piece else "", what, remedy, check, certain))

    def tell_spec(self, piece: Piece, spec: ComponentSpec, attribute: str, what: str, remedy: str) -> None:
        """A departure from one value of a row of the table."""
        self.tell(piece, named(spec), what, remedy, f"{self.profile.ma}, ô {spec.o}", spec.sure(attribute))

    def wording_sure(self, name: str) -> bool:
        """Whether the wording of a component is certain in this format."""
        return self.profile.loi_van.sure(name)


def named(spec: ComponentSpec) -> str:
    """The name of a component with the number of its place in the format."""
    return f"{spec.ten} (ô {spec.o})" if spec.o != "–" else spec.ten


def excerpt(text: str) -> str:
    """The beginning of a text, long enough to find it by."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def gathered(found: Iterable[Deviation]) -> list[Deviation]:
    """In the order of the file; the same deviation of several paragraphs is told once."""
    first: dict[tuple[str, str, str, str, bool], Deviation] = {}
    for item in sorted(found, key=lambda deviation: deviation.paragraph):
        key = (item.part, item.what, item.remedy, item.check, item.certain)
        known = first.get(key)
        if known is None:
            first[key] = item
        elif item.paragraph != known.paragraph and item.paragraph not in known.others:
            first[key] = replace(known, others=(*known.others, item.paragraph))
    return sorted(first.values(), key=lambda deviation: (deviation.paragraph, deviation.check, deviation.what))
