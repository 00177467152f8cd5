"""Rules on models that look like one another (B2), inside a unit and across units: K09."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain
from typing import Any

from dvk_reports.checks.together import OF_A_UNIT, WORD, Sent, Together, letters_of, repeated
from dvk_reports.messages.message import Message
from dvk_reports.messages.returns import Msg, about
from dvk_reports.model.findings import Finding
from dvk_reports.model.in_two import InTwo
from dvk_reports.model.shelf import shelved
from dvk_reports.model.values import Row
from dvk_reports.plan.book.registry import check_across
from dvk_reports.plan.book.roles import SheetRole
from dvk_reports.plan.lookups import code_key
from dvk_reports.vietnamese.numbers import show_percent
from dvk_reports.vietnamese.text import fold, tidy, unaccented

# What many names begin with says nothing about the model.
_OPENING = re.compile(r"^(?:mo hinh )?(?:dan van kheo )?(?:(?:trong|ve|o|tai) )?")


def _words(name: str) -> tuple[str, ...]:
    bare = " ".join(WORD.findall(unaccented(fold(name))))
    return tuple(_OPENING.sub("", bare).split())


@dataclass(frozen=True)
class _Model:
    """One row of the list of models, with its name taken apart."""

    sent: Sent
    row: Row
    place: int
    """How many come before it."""
    words: tuple[str, ...]
    """Words of the name without tones, capitals, signs and the words every name may begin with."""
    letters: int
    numbers: tuple[str, ...]
    """The words with a number in them."""
    bag: frozenset[str]

    @property
    def name(self) -> str:
        return self.row.text("ten")

    @property
    def code(self) -> str:
        return code_key(self.row.text("ma_mo_hinh"))

    @cached_property
    def places(self) -> frozenset[str]:
        """Words written with a capital inside the name: names of places and people. None where all is in capitals."""
        found = WORD.findall(tidy(self.name))
        if self.name.upper() == self.name:
            return frozenset()
        return frozenset(unaccented(fold(word)) for word in found[1:] if word[:1].isupper())


@check_across("K24")
def one_model_in_two_units(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): một mã mô hình chỉ có ở báo cáo của một đơn vị, cả khi đơn vị cũ đã chia tách."""
    for found in repeated(together, SheetRole.MODELS, lambda sent, row: (code_key(row.text("ma_mo_hinh")),)):
        yield found.about(Msg.MODEL_TWICE, "ma_mo_hinh")


@check_across("K09")
def similar_models(together: Together) -> Iterator[Finding]:
    """K09 (Cảnh báo): hai mô hình có tên gần như nhau trong một đơn vị, hoặc ở hai đơn vị và nội dung cũng trùng.

    Names are compared without tones, capitals, signs and the opening words “Mô hình”, “Dân vận khéo trong …”. Two names
    are alike where their numbers are equal (“Thôn 1” is not “Thôn 2”), no name of a place or a person stands in only
    one of them, every word that differs is a misspelling of the other (“vườm đẹp”) or a small addition, and
    ``ten_mo_hinh_giong_tu`` of their letters agree. Names shorter than ``ten_mo_hinh_ngan_duoi`` letters are too
    general to be compared. Inside a unit that is enough. Across units good ideas are copied on purpose, so it also
    takes the same text of ``noi_dung``, ``muc_tieu``, ``chu_the`` or ``trung_phong_trao`` (of ``noi_dung_dai_tu``
    letters), or the very same long name; and two communes whose models bear the names of thôn of their own are two
    models.
    """
    seen = _Seen(together)
    for model in chain.from_iterable(seen.models()):
        shelves = seen.shelves(model)
        for earlier in seen.near(model, shelves):
            finding = _pair(together, earlier, model)
            if finding is not None:
                yield finding
                break  # one is enough to look at; the other stands there with its own
        seen.add(model, shelves)


def _letters(words: tuple[str, ...]) -> int:
    return sum(map(len, words))


def _rows(together: Together, sent: Sent) -> Iterator[Row]:
    return (row for row in together.rows(sent, SheetRole.MODELS) if row.text("ma_mo_hinh"))


class _Seen:
    """The models gone through so far, found by what two that are alike must have in common.

    A district has some hundred models, a province a hundred thousand: no one can be held against all others, nor may
    all stand in memory. What stands on a shelf with models of its own unit alone is not kept.
    """

    def __init__(self, together: Together) -> None:
        self._together = together
        self._comparable = together.number("ten_mo_hinh_ngan_duoi")
        counted: Counter[str] = Counter()
        self._words = shelved(self._taken_apart(counted))
        rarest_first = sorted(counted, key=lambda word: (counted[word], word))
        self._rarity = {word: place for place, word in enumerate(rarest_first)}
        self._own: list[_Model] = []
        self._least = together.number("noi_dung_dai_tu")
        self._long = together.number("ten_mo_hinh_dai_tu")
        marks = ((mark for model in own for mark in self._marks(model)) for own in self.models())
        self._in_two = InTwo(len(together.sent) * OF_A_UNIT, marks)
        self._shelves: dict[Hashable, dict[Hashable, list[_Model]]] = {}

    def _taken_apart(self, counted: Counter[str]) -> Iterator[tuple[str, ...]]:
        """The words of every name, and in how many that can be compared each word is."""
        for sent in self._together.sent:
            for row in _rows(self._together, sent):
                words = _words(row.text("ten"))
                if _letters(words) >= self._comparable:
                    counted.update(set(words))
                yield words

    def models(self) -> Iterator[list[_Model]]:
        """The models that can be compared, return by return."""
        every = enumerate(self._words)
        for sent in self._together.sent:
            own = []
            for row in _rows(self._together, sent):
                place, words = next(every)
                letters = _letters(words)
                if letters >= self._comparable:
                    numbers = tuple([word for word in words if any(map(str.isdigit, word))])
                    own.append(_Model(sent, row, place, words, letters, numbers, frozenset(words)))
            yield own

    def shelves(self, model: _Model) -> list[Hashable]:
        """Those of its shelves on which a model of another unit may stand."""
        return [shelf for shelf in self._marks(model) if shelf in self._in_two]

    def near(self, model: _Model, shelves: Sequence[Hashable]) -> list[_Model]:
        """Earlier models worth a closer look, in their order.

        Of those on one shelf that have one name, and a thôn of their own in it or not, the first that is another model
        stands for all: what is said of one is said of each.
        """
        own = self._own if self._own and self._own[0].sent is model.sent else []
        found: dict[int, _Model] = {}
        for shelf in shelves:
            for alike in self._shelves.get(shelf, {}).values():
                others = (one for one in alike if one.code != model.code and one.sent is not model.sent)
                first = next(others, None)
                if first is not None:
                    found[id(first)] = first
        return [*sorted(found.values(), key=lambda earlier: earlier.place), *own]

    def add(self, model: _Model, shelves: Sequence[Hashable]) -> None:
        """It comes before those that follow."""
        if self._own and self._own[0].sent is not model.sent:
            self._own = []
        self._own.append(model)
        kind = (model.name, _names_own_hamlet(self._together, model)) if shelves else ()
        for shelf in shelves:
            alike = self._shelves.setdefault(shelf, {}).setdefault(kind, [])
            if not _stand_for(alike, model):
                alike.append(model)

    def _marks(self, model: _Model) -> Iterator[Hashable]:
        """The shelves of a model: two of different units that are alike stand on one together.

        They have the same numbers in their names and, of the longer one, half of the words; so one of the rarer half of
        its words stands among the rarer half of the other's. And they have a text in common, or the whole name.
        """
        words = sorted(model.bag, key=self._rarity.__getitem__)
        rarer = words[: len(words) // 2 + 1]
        for key in _SHARED:
            text = letters_of(model.row.text(key))
            if len(text) >= self._least:
                yield from ((key, text, model.numbers, word) for word in rarer)
        if model.letters >= self._long:
            yield model.words


def _stand_for(alike: Sequence[_Model], model: _Model) -> bool:
    """Whether one of these is the first that is another model, and of another unit, for all for whom this one is it.

    So it is of two with its code from different units, of two of its unit with different codes, and of any five of
    which no three share a code or a unit: whoever comes has one code and one unit, and so cannot rule them all out.
    """
    units = {id(one.sent) for one in alike if one.code == model.code}
    codes = {one.code for one in alike if one.sent is model.sent}
    return len(alike) >= 5 or len(units) >= 2 or len(codes) >= 2 or id(model.sent) in units


def _pair(together: Together, one: _Model, two: _Model) -> Finding | None:
    # The cheap questions first: of a hundred thousand pairs nearly all end here.
    if one.numbers != two.numbers or 2 * len(one.bag & two.bag) < max(len(one.bag), len(two.bag)):
        return None
    if one.code == two.code:
        return None  # one code twice is K24, and told as such
    share = _alike(one, two, together.number("ten_mo_hinh_giong_tu"))
    if share is None:
        return None
    giong = "giống hệt" if share == 1 else f"giống {show_percent(Decimal(f'{share:.3f}'))}"
    if one.sent is two.sent:
        return _finding(Msg.ALIKE_INSIDE, one, two, giong=giong, dong=one.row.number)
    reason = _same_content(together, one, two, share == 1)
    if reason is None or _own_places(together, one, two):
        return None
    return _finding(Msg.ALIKE_ACROSS, one, two, giong=giong, don_vi=one.sent.unit.name, ly_do=reason)


def _finding(message: Message, one: _Model, two: _Model, **slots: Any) -> Finding:
    subject, code = two.row.text("ma_mo_hinh"), one.row.text("ma_mo_hinh")
    return about(message, two.row, "ten", unit=two.sent.unit.code, subject=subject, ma=code, kia=one.name, **slots)


def _alike(one: _Model, two: _Model, least: float) -> float | None:
    """How much of two names agrees, 1 for the same words; None where they are two names."""
    if one.words == two.words:
        return 1.0
    for own, other in ((one, two), (two, one)):
        if any(word not in other.bag for word in own.places):
            return None
    first, second = " ".join(one.words), " ".join(two.words)
    share = SequenceMatcher(None, first, second, autojunk=False).ratio()
    if share < least:
        return None
    blocks = SequenceMatcher(None, one.words, two.words, autojunk=False).get_opcodes()
    for tag, left, right, start, end in blocks:
        if tag == "replace" and not _misspelt("".join(one.words[left:right]), "".join(two.words[start:end])):
            return None
    return min(share, 0.99)


def _misspelt(one: str, two: str) -> bool:
    """One word written in two ways: at most one letter in four differs."""
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.75


_SHARED = {
    "noi_dung": "cùng nội dung",
    "muc_tieu": "cùng mục tiêu",
    "chu_the": "cùng chủ thể",
    "trung_phong_trao": "cùng phong trào đã ghi trùng",
}


def _same_content(together: Together, one: _Model, two: _Model, same_name: bool) -> str | None:
    """What else agrees, as the end of the sentence; None where nothing does and the name alone proves nothing."""
    least = together.number("noi_dung_dai_tu")
    for key, said in _SHARED.items():
        left, right = letters_of(one.row.text(key)), letters_of(two.row.text(key))
        if left == right and len(left) >= least:
            return f", {said}"
    if same_name and two.letters >= together.number("ten_mo_hinh_dai_tu"):
        return ""
    return None


def _own_places(together: Together, one: _Model, two: _Model) -> bool:
    """Each model lies in a thôn of its own unit, and its name says so: same words, two places."""
    return all(_names_own_hamlet(together, model) for model in (one, two))


def _names_own_hamlet(together: Together, model: _Model) -> bool:
    unit, thon, day = model.sent.unit.code, model.row.text("ma_thon"), together.quarter.last_day
    named, _ = together.register.resolve_hamlets(unit, thon, day)
    name = letters_of(model.name)
    return any(letters_of(re.sub(r"^(thôn|tổ dân phố|bản)\s+", "", hamlet.name.lower())) in name for hamlet in named)
