"""A long list on the disk is in nothing but its room another than the list in memory."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from dvk_reports.model import shelf, spool
from dvk_reports.model.figures import Source
from dvk_reports.model.shelf import Grouped, Names, Pile, Shelf, in_order, shelved

MANY = [Source("Tử số", f"DV-{n // 3}", "a.xlsx", "B2", f"C{n}", Decimal(n), "MH") for n in range(23)]


@pytest.fixture(params=[1, 5, 23, 24])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(shelf, "BLOCK", request.param)
    return int(request.param)


def test_a_list_on_the_disk_is_that_list(room: int) -> None:
    found = shelved(iter(MANY))
    assert isinstance(found, Shelf) is (room <= len(MANY))
    for each in (found, pickle.loads(pickle.dumps(found))):
        assert (len(each), bool(each), list(each)) == (23, True, MANY)
        assert each == tuple(MANY) and tuple(MANY) == each
        assert each != tuple(MANY[:-1]) and each != (*MANY[:-1], MANY[0])
        assert [each[n] for n in (0, 7, 22, -1, -23)] == [MANY[n] for n in (0, 7, 22, -1, -23)]
        assert (each[4:11], each[20:99], each[5:5]) == (tuple(MANY[4:11]), tuple(MANY[20:]), ())
        with pytest.raises(IndexError):
            each[23]
        assert hash(each) == hash(tuple(MANY))
    assert shelved([]) == ()
    assert list(shelved(MANY[:room])) == MANY[:room]


@pytest.mark.parametrize("many", [1, 7, 8, 9, 10, 23])
def test_a_list_that_is_gone_through_often_stands_in_memory_a_little_longer(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "BLOCK", 2)
    found = shelved(iter(MANY[:many]), times=4)
    assert isinstance(found, Shelf) is (many >= 2 * 4)
    assert (list(found), len(found), found[-1]) == (MANY[:many], many, MANY[many - 1])


def test_a_list_that_grows_is_that_list_and_stands_in_memory_but_for_its_last(
    room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_PILED", 1)
    laid: list[bytes] = []
    monkeypatch.setattr(shelf, "put_aside", lambda data: laid.append(data) or data)
    found: Pile[Source] = Pile(MANY[:3])
    for place in range(3, 20):
        found.append(MANY[place])
    found.extend(MANY[20:])
    assert (list(found), list(found), len(found), bool(found), bool(Pile())) == (MANY, MANY, 23, True, False)
    assert MANY[0] in found and MANY[22] in found and MANY[0]._replace(unit="DV-99") not in found
    assert len(laid) == 23 // room


def test_lists_that_grow_together_share_the_room_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "BLOCK", 2)
    monkeypatch.setattr(shelf, "_PILED", 4 + Pile._standing // 2)
    laid: list[list[Source]] = []
    monkeypatch.setattr(shelf, "put_aside", lambda data: laid.append(pickle.loads(data)) or data)
    before = Pile._standing
    one, two, three = Pile[Source](), Pile[Source](), Pile[Source]()
    for number, thing in enumerate(MANY, 1):
        one.append(thing)
        two.append(thing)
        three.append(thing)
        assert 3 * number - sum(map(len, laid)) <= 2 * 4 + 3
    assert (list(one), list(two), list(three)) == (MANY, MANY, MANY)
    assert (len(one), len(two), len(three)) == (23, 23, 23)
    del one, two, three
    assert Pile._standing == before, "what is gone leaves its room to others"


@pytest.mark.parametrize("runs", [1, 2])
def test_what_is_sorted_on_the_disk_is_sorted_and_what_is_alike_keeps_its_order(
    room: int, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_SORTED", runs)
    mixed = [*MANY[10:], *reversed(MANY[:10]), MANY[3]]
    for key in (lambda source: source.unit, lambda source: -int(source.cell[1:]), lambda source: source.sheet):
        assert list(in_order(iter(mixed), key)) == sorted(mixed, key=key)
    assert list(in_order([], len)) == []


def test_a_group_is_all_that_has_a_key_wherever_it_stands(room: int) -> None:
    mixed = [*MANY[:10], *MANY[15:], *MANY[10:15], MANY[0]]
    by_unit: dict[str, list[Source]] = {}
    for source in mixed:
        by_unit.setdefault(source.unit, []).append(source)
    found = Grouped(shelved(mixed), lambda source: source.unit)
    assert list(found) == list(by_unit)
    assert {unit: list(of) for unit, of in found.items()} == by_unit
    for unit, of in by_unit.items():
        group = found[unit]
        assert (group[0], group[-1], list(group[1:4]), len(group)) == (of[0], of[-1], of[1:4], len(of))
        for outside in (len(of), -len(of) - 1):
            with pytest.raises(IndexError):
                group[outside]
    assert "DV-99" not in found


def test_of_a_key_that_is_given_twice_the_last_text_holds(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(f"k{n % 9}", f"tên {n}") for n in range(20)]
    for same in (False, True):
        if same:  # keys that only look alike
            monkeypatch.setattr(shelf, "hash", lambda key: 7, raising=False)
        found = Names(pairs)
        assert {key: found.get(key) for key, _ in pairs} == dict(pairs)
        assert found.get("k99") == ""


def test_where_the_disk_is_full_the_list_stays_in_memory(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    monkeypatch.setattr(spool, "_common", {})
    assert list(shelved(MANY)) == MANY
