"""All returns of a province together: told is what comparing every pair would tell, in a fraction of the pairs."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from dvk_reports.checks.across import across
from dvk_reports.checks.rules import like_models
from dvk_reports.checks.together import Sent, Together
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import Return
from dvk_reports.model.values import Cell, Row, Value
from dvk_reports.plan.office import Office
from tests.support.build import PLAN, b2, b5, form, office, quarter, unit

UNITS = [unit(f"DB-XA-{n:03d}", order=n) for n in range(60)]
THON = {item.code: f"T{n}A Thôn Trung Tâm; T{n}B Bản Rịa" for n, item in enumerate(UNITS)}
OFFICE = Office(PLAN, office(*UNITS, thon=THON), quarter("2023-Q3").last_day)
WORDS = ("thu gom phân loại rác thải tại hộ gia đình tuyến đường hoa Trung Tâm Rịa số 1 2").split()  # noqa: SIM905
TEXTS = (
    "",
    "Ban Công tác Mặt trận và các đoàn thể của thôn",
    "Mỗi hộ có hố ủ rác hữu cơ và điểm gom rác vô cơ",
    "ngắn",
)


def returns(seed: int) -> Iterator[Return]:
    """Models whose names, texts and thôn come from a few, so that many are alike and many nearly so."""
    draw = random.Random(seed)
    for number, who in enumerate(UNITS):
        lines = ["| ma_mo_hinh | ten | noi_dung | chu_the | ma_thon |"]
        for place in range(1, 5):
            name = " ".join(draw.sample(WORDS, draw.randint(4, 9)) if place > 2 else WORDS[: draw.randint(5, 9)])
            owner = draw.choice(UNITS).code if draw.random() < 0.1 else who.code
            thon = draw.choice(("", f"T{number}A", f"T{number}B"))
            texts = " | ".join(draw.choice(TEXTS) for _ in range(2))
            lines.append(f"| MH-{owner}-{place:03d} | {name} | {texts} | {thon} |")
        yield form(who, "2023-Q3", {"B2": b2("\n".join(lines))})


def told(forms: list[Return], rule: str) -> list[tuple[str, str, str]]:
    return [(f.unit, f.cell, f.text) for f in found(forms) if f.code == rule]


def found(forms: list[Return]) -> tuple[Finding, ...]:
    return across(OFFICE, quarter("2023-Q3"), forms)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_pair_by_pair(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = list(returns(seed))
    quick = told(forms, "K09")

    def every(seen: like_models._Seen, model: like_models._Model, _: object) -> list[like_models._Model]:
        kept: list[like_models._Model] = seen.__dict__.setdefault("all", [])
        earlier = list(kept)
        kept.append(model)
        return earlier

    monkeypatch.setattr(like_models._Seen, "near", every)
    assert quick == told(forms, "K09")
    assert len({text for _, _, text in quick}) > 20


def test_what_is_kept_does_not_grow_with_the_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a model that all have five stand for all; of those that a unit has alone next to none is kept."""
    kept: list[like_models._Seen] = []
    made = like_models._Seen.__init__

    def noted(seen: like_models._Seen, together: Together) -> None:
        made(seen, together)
        kept.append(seen)

    monkeypatch.setattr(like_models._Seen, "__init__", noted)
    forms = []
    for number, who in enumerate(UNITS):
        head, text = "| ma_mo_hinh | ten | noi_dung |", f"Mỗi hộ có hố ủ rác hữu cơ của nhà số {number}"
        lines = [head, f"| MH-{who.code}-1 | Thu gom phân loại rác thải tại hộ | {TEXTS[2]} |"]
        lines.append(f"| MH-{who.code}-2 | Thu gom phân loại rác thải tại {number} nhà | {text} |")
        forms.append(form(who, "2023-Q3", {"B2": b2("\n".join(lines))}))
    assert len(told(forms, "K09")) == 59
    (seen,) = kept
    groups = [alike for shelf in seen._shelves.values() for alike in shelf.values()]
    assert groups and max(map(len, groups)) <= 5
    numbers = [model.row.text("ma_mo_hinh")[-1] for alike in groups for model in alike]
    # Keys of which only the hash is known may meet: rarely, not as a rule.
    assert "1" in numbers and numbers.count("2") <= 6


@pytest.mark.parametrize("seed", range(20))
def test_those_kept_stand_for_all(seed: int) -> None:
    """For whoever comes next the first of another code and unit among them is the first among all."""
    draw = random.Random(seed)
    sent = [Sent(who, form(who, "2023-Q3", {}), frozenset()) for who in UNITS[:6]]
    every: list[like_models._Model] = []
    kept: list[like_models._Model] = []
    for place in range(40):
        code = Value(text := f"MH-{draw.randint(1, draw.choice((2, 9)))}", text, Cell("a.xlsx", "B2", place, 1))
        model = like_models._Model(
            draw.choice(sent), Row("B2", place, {"ma_mo_hinh": code}), place, (), 0, (), frozenset()
        )

        def first(models: list[like_models._Model], of: like_models._Model = model) -> like_models._Model | None:
            return next((one for one in models if one.code != of.code and one.sent is not of.sent), None)

        assert first(kept) is first(every)
        every.append(model)
        if not like_models._stand_for(kept, model):
            kept.append(model)
    assert len(kept) <= 5


def test_few_pairs_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hundred models of one body, no two alike: none is held against all before it."""
    draw, head = random.Random(1), "| ma_mo_hinh | ten | chu_the |"
    forms = []
    for who in UNITS:
        names = [" ".join("".join(draw.sample("abcdeghiklmnopqrstuvxy", 5)) for _ in range(4)) for _ in range(10)]
        body = "Hội Liên hiệp Phụ nữ xã và các chi hội thôn"
        lines = [f"| MH-{who.code}-{n:03d} | Tuyến đường hoa {name} | {body} |" for n, name in enumerate(names)]
        forms.append(form(who, "2023-Q3", {"B2": b2("\n".join([head, *lines]))}))
    looked, pair = [], like_models._pair

    def counted(together: Together, one: like_models._Model, two: like_models._Model) -> Finding | None:
        looked.append(two)
        return pair(together, one, two)

    monkeypatch.setattr(like_models, "_pair", counted)
    assert told(forms, "K09") == []
    assert len(looked) < 600 * 12  # of 180,000 pairs


def test_a_class_at_another_place_is_another_class_however_many_there_are() -> None:
    """The earliest return that tells of the same class is named: one at the same place, or one that names no place."""
    head = "| ten_lop | hinh_thuc | ngay_tu | ngay_den | dia_diem | so_luot |"
    places = ["Nhà A", "Nhà B", "", "Nhà B", "", "Nhà C"]
    forms = [
        form(who, "2023-Q3", {"B5": b5(f"{head}\n| Lớp một | Độc lập | 01/08/2023 | 02/08/2023 | {place} | 5 |")})
        for who, place in zip(UNITS, places, strict=False)
    ]
    named = [(unit, text.rpartition("báo cáo của ")[2].partition(" (")[0]) for unit, _, text in told(forms, "K24")]
    names = [item.name for item in UNITS]
    assert named == [
        (UNITS[2].code, names[0]),
        (UNITS[3].code, names[1]),
        (UNITS[4].code, names[0]),
        (UNITS[5].code, names[2]),
    ]
