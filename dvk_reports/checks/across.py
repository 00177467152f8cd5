"""Rules over all used returns of a period together: K09 and the K24 of what two units report.

Every pair is told once, on the later one (register order, then row), and names the other with its unit and row. All are
Cảnh báo: two units may each be right, and only they can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property, partial
from typing import Any

from dvk_reports.messages.returns import Msg, about
from dvk_reports.model.records import Finding, Return, Row
from dvk_reports.plan.book.rulebook import Plan, decimal_of
from dvk_reports.plan.duty import duties
from dvk_reports.plan.periods import Quarter
from dvk_reports.plan.register.register import Register, Unit
from dvk_reports.vietnamese.dates import show_date
from dvk_reports.vietnamese.numbers import show_percent
from dvk_reports.vietnamese.text import fold, tidy, unaccented

_WORD = re.compile(r"\w+")
# What many names begin with says nothing about the model.
_GENERIC = re.compile(r"^(?:mo hinh )?(?:dan van kheo )?(?:(?:trong|ve|o|tai) )?")
_LOUDSPEAKER = "Loa truyền thanh cơ sở"


@dataclass(frozen=True)
class Sent:
    """One used return with its unit."""

    unit: Unit
    form: Return
    given: frozenset[str]

    def rows(self, sheet: str) -> tuple[Row, ...]:
        found = self.form.sheets.get(sheet)
        return found.rows if found is not None and sheet in self.given else ()


@dataclass(frozen=True)
class Together:
    """All used returns of a period, in register order."""

    plan: Plan
    register: Register
    quarter: Quarter
    sent: tuple[Sent, ...]

    def number(self, name: str) -> float:
        return float(decimal_of(self.plan.value(name, self.quarter.last_day)))


def across(plan: Plan, register: Register, quarter: Quarter, returns: Sequence[Return]) -> tuple[Finding, ...]:
    """Findings over the used returns of one quarter, in register order; each is about the file it names.

    ``returns``: those that count, one for a unit; a unit that is not in the register is left out.
    """
    sent = []
    for form in returns:
        unit = register.by_code.get(form.unit)
        if unit is not None:
            sent.append(Sent(unit, form, frozenset(duties(plan, unit.kind, quarter))))
    sent.sort(key=lambda item: item.unit.order)
    together = Together(plan, register, quarter, tuple(sent))
    found = [finding for check in ACROSS for finding in check(together)]
    order = {item.unit.code: place for place, item in enumerate(sent)}
    return tuple(sorted(found, key=lambda finding: (order[finding.unit], finding.sheet, finding.row)))


# --- K09: models that look like one another ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Model:
    sent: Sent
    row: Row

    @property
    def name(self) -> str:
        return self.row.text("ten")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of the name without tones, capitals, signs and the words every name may begin with."""
        bare = " ".join(_WORD.findall(unaccented(fold(self.name))))
        return tuple(_GENERIC.sub("", bare).split())

    @cached_property
    def letters(self) -> int:
        return sum(len(word) for word in self.words)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if any(char.isdigit() for char in word))

    @cached_property
    def places(self) -> frozenset[str]:
        """Words written with a capital inside the name: names of places and people. None where all is in capitals."""
        found = _WORD.findall(tidy(self.name))
        if self.name.upper() == self.name:
            return frozenset()
        return frozenset(unaccented(fold(word)) for word in found[1:] if word[:1].isupper())

    @cached_property
    def bag(self) -> frozenset[str]:
        return frozenset(self.words)


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
    least = together.number("ten_mo_hinh_ngan_duoi")
    models = [
        model
        for sent in together.sent
        for row in sent.rows("B2")
        if (model := _Model(sent, row)).letters >= least and row.text("ma_mo_hinh")
    ]
    for place, later in enumerate(models):
        for earlier in models[:place]:
            finding = _pair(together, earlier, later)
            if finding is not None:
                yield finding
                break  # one is enough to look at; the other stands there with its own


def _pair(together: Together, one: _Model, two: _Model) -> Finding | None:
    # The cheap questions first: of a hundred thousand pairs nearly all end here.
    if 2 * len(one.bag & two.bag) < max(len(one.bag), len(two.bag)) or one.numbers != two.numbers:
        return None
    if _code(one) == _code(two):
        return None  # one code twice is K24, and told there
    share = _alike(one, two, together.number("ten_mo_hinh_giong_tu"))
    if share is None:
        return None
    said = "giống hệt" if share == 1 else f"giống {show_percent(Decimal(f'{share:.3f}'))}"
    if one.sent is two.sent:
        return _told(Msg.ALIKE_INSIDE, one, two, giong=said, dong=one.row.number)
    reason = _same_content(together, one, two, share == 1)
    if reason is None or _own_places(together, one, two):
        return None
    return _told(Msg.ALIKE_ACROSS, one, two, giong=said, don_vi=one.sent.unit.name, ly_do=reason)


def _code(model: _Model) -> tuple[str, str]:
    return model.sent.unit.code, fold(model.row.text("ma_mo_hinh"))


def _told(message: Msg, one: _Model, two: _Model, **slots: Any) -> Finding:
    code = one.row.text("ma_mo_hinh")
    finding = about(message, two.row, "ten", unit=two.sent.unit.code, ma=code, kia=one.name, **slots)
    return replace(finding, subject=two.row.text("ma_mo_hinh"))


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
        left, right = _plain(one.row.text(key)), _plain(two.row.text(key))
        if left == right and len(left) >= least:
            return f", {said}"
    if same_name and two.letters >= together.number("ten_mo_hinh_dai_tu"):
        return ""
    return None


def _plain(text: str) -> str:
    return "".join(_WORD.findall(unaccented(fold(text))))


def _own_places(together: Together, one: _Model, two: _Model) -> bool:
    """Each model lies in a thôn of its own unit, and its name says so: same words, two places."""
    return all(_names_own_hamlet(together, model) for model in (one, two))


def _names_own_hamlet(together: Together, model: _Model) -> bool:
    named, _ = together.register.resolve_hamlets(
        model.sent.unit.code, model.row.text("ma_thon"), together.quarter.last_day
    )
    name = _plain(model.name)
    return any(_plain(re.sub(r"^(thôn|tổ dân phố|bản)\s+", "", hamlet.name.lower())) in name for hamlet in named)


# --- K24: one thing in two returns ------------------------------------------------------------------------------------


def classes_of_two(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): cùng tên lớp, cùng ngày bắt đầu trong báo cáo của hai đơn vị; NV1.1 đang đếm hai lớp.

    A class of the district in a commune's return is attendance only (T12) and counts nowhere, so it repeats nothing.
    Two places named, and not the same, are two classes.
    """
    yield from _repeats(together, "B5", "ten_lop", partial(_class_key, together.plan), _class_finding)


def _class_key(plan: Plan, sent: Sent, row: Row) -> tuple[str, ...] | None:
    day = row.day("ngay_tu")
    attended = plan.has_hamlets(sent.unit.kind) and row.text("cap_to_chuc") == "Huyện"
    if day is None or not row.text("ten_lop") or attended:
        return None
    return _plain(row.text("ten_lop")), day.isoformat()


def _class_finding(first: Sent, old: Row, later: Sent, row: Row) -> Finding | None:
    if _differ(old, row, "dia_diem"):
        return None
    day = row.day("ngay_tu")
    return about(
        Msg.CLASS_TWICE,
        row,
        "ten_lop",
        unit=later.unit.code,
        ngay=show_date(day) if day else "",
        don_vi=first.unit.name,
        dong=old.number,
    )


def articles_of_two(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): cùng tiêu đề, cùng kênh, cùng ngày trong báo cáo của hai đơn vị; NV2.1 đang đếm hai tin, bài.

    Not on the commune loudspeaker, where every commune plays the district's text itself; two links are two articles.
    """
    yield from _repeats(together, "B6", "tieu_de", _article_key, _article_finding)


def _article_key(sent: Sent, row: Row) -> tuple[str, ...] | None:
    day, channel = row.day("ngay"), row.text("kenh")
    if day is None or not row.text("tieu_de") or channel in ("", _LOUDSPEAKER):
        return None
    return _plain(row.text("tieu_de")), channel, day.isoformat()


def _article_finding(first: Sent, old: Row, later: Sent, row: Row) -> Finding | None:
    if _differ(old, row, "lien_ket"):
        return None
    day = row.day("ngay")
    return about(
        Msg.ARTICLE_TWICE,
        row,
        "tieu_de",
        unit=later.unit.code,
        kenh=row.text("kenh"),
        ngay=show_date(day) if day else "",
        don_vi=first.unit.name,
        dong=old.number,
    )


def people_of_two(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): một người (cùng họ tên, cùng ngày sinh) ở danh sách của hai đơn vị, biểu B9a hoặc biểu B9b.

    On B9a of the same nam_xet only: a person may be recognised in several years.
    """
    for sheet in ("B9a", "B9b"):
        yield from _repeats(together, sheet, "ten", _person_key, _person_finding)


def _person_key(sent: Sent, row: Row) -> tuple[str, ...] | None:
    born = row.day("ngay_sinh")
    if born is None or not row.text("ten"):
        return None
    year = row.number_of("nam_xet")
    return _plain(row.text("ten")), born.isoformat(), str(year or "")


def _person_finding(first: Sent, old: Row, later: Sent, row: Row) -> Finding | None:
    born = row.day("ngay_sinh")
    return about(
        Msg.PERSON_TWICE,
        row,
        "ten",
        unit=later.unit.code,
        ngay=show_date(born) if born else "",
        bieu=row.sheet,
        don_vi=first.unit.name,
        dong=old.number,
    )


def awards_of_one(together: Together) -> Iterator[Finding]:
    """K24 (Cảnh báo): một tập thể, cá nhân được một đơn vị đề nghị nhiều lần ở biểu B9b (thường là cả hai hình thức).

    A person is name and birthday; a body or a family is its name and its place of work.
    """
    for sent in together.sent:
        seen: dict[tuple[str, ...], Row] = {}
        for row in sent.rows("B9b"):
            key = _honoured_key(row)
            if key is None:
                continue
            old = seen.setdefault(key, row)
            if old is not row:
                form = old.text("hinh_thuc")
                finding = about(
                    Msg.AWARD_TWICE, row, "ten", unit=sent.unit.code, hinh_thuc=form or "khen thưởng", dong=old.number
                )
                yield replace(finding, subject=row.text("ten"))


def _honoured_key(row: Row) -> tuple[str, ...] | None:
    name, kind, born = row.text("ten"), row.text("phan_loai"), row.day("ngay_sinh")
    if not name or not kind:
        return None
    if kind == "Cá nhân":
        return (kind, _plain(name), born.isoformat()) if born is not None else None
    return kind, _plain(name), _plain(row.text("don_vi_cong_tac"))


def _differ(one: Row, two: Row, key: str) -> bool:
    """Both rows fill in the cell, and not with the same."""
    left, right = _plain(one.text(key)), _plain(two.text(key))
    return bool(left) and bool(right) and left != right


def _repeats(
    together: Together,
    sheet: str,
    subject: str,
    key: Callable[[Sent, Row], tuple[str, ...] | None],
    told: Callable[[Sent, Row, Sent, Row], Finding | None],
) -> Iterator[Finding]:
    """Rows whose key stands in the return of an earlier unit; a repetition inside one return is told there."""
    seen: dict[tuple[str, ...], list[tuple[Sent, Row]]] = {}
    for sent in together.sent:
        for row in sent.rows(sheet):
            sense = key(sent, row)
            if sense is None or not sense[0]:
                continue
            earlier = [(old, line) for old, line in seen.get(sense, ()) if old is not sent]
            found = (told(old, line, sent, row) for old, line in earlier)
            finding = next((item for item in found if item is not None), None)
            if finding is not None:
                yield replace(finding, subject=row.text(subject))
            seen.setdefault(sense, []).append((sent, row))


ACROSS: tuple[Callable[[Together], Iterator[Finding]], ...] = (
    similar_models,
    classes_of_two,
    articles_of_two,
    people_of_two,
    awards_of_one,
)
