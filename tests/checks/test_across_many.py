"""All returns of a province together: told is what comparing every pair would tell, in a fraction of the pairs."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from dvk_reports.checks.across import across
from dvk_reports.checks.rules import like_models
from dvk_reports.checks.together import Together
from dvk_reports.model.findings import Finding
from dvk_reports.model.returns import Return
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

    def every(seen: like_models._Seen, model: like_models._Model) -> list[like_models._Model]:
        kept: list[like_models._Model] = seen.__dict__.setdefault("all", [])
        earlier = list(kept)
        kept.append(model)
        return earlier

    monkeypatch.setattr(like_models._Seen, "near", every)
    assert quick == told(forms, "K09")
    assert len({text for _, _, text in quick}) > 20


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
