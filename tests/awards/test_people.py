"""Who is the same over the years, told by little tables of B9a rows."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from dvk_reports.model.findings import Stop
from dvk_reports.plan.people import (
    FAMILY,
    NO_BIRTHDAY,
    OTHER_BIRTHDAY,
    TWO_BRANCHES,
    TWO_PARTS,
    Mention,
    Subject,
    akin,
    heir,
    homes,
    recognition,
    streak,
    subjects,
    whole_years,
)
from tests.support.build import PLAN, b9a, day, form, office, quarter, rows, unit, used

OLD_A, OLD_B = unit("DB-XA-1", until="30/06/2025", order=1), unit("DB-XA-2", until="30/06/2025", order=2)
OTHER, NEW = unit("DB-XA-3", order=3), unit("DB-XA-9", since="01/07/2025", name="Đảng bộ xã Bảo Hà mới", order=4)
MERGED = office(
    OLD_A, OLD_B, OTHER, NEW, mergers=[("DB-XA-1", "DB-XA-9", "01/07/2025"), ("DB-XA-2", "DB-XA-9", "01/07/2025")]
)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 10, 1)


def mentions(register, *lines):
    """Each line: unit, quarter, rows of B9a."""
    found = []
    for code, period, text in lines:
        sent = used(form(register.by_code[code], period, {"B9a": b9a(text)}))
        for row in sent.rows["B9a"]:
            item = recognition(PLAN, quarter(period), sent, row)
            assert item is not None
            found.append(item)
    return found


def told(found: tuple[Subject, ...]):
    """Name, years and why in doubt, of every subject."""
    return [(item.mentions[0].name, sorted(item.years), sorted({doubt.why for doubt in item.doubts})) for item in found]


PERSON = """
    | nam_xet | loai    | ten   | ngay_sinh |
    | {}      | Cá nhân | {}    | {}        |
"""
BODY = """
    | nam_xet | loai    | ten |
    | {}      | Tập thể | {}  |
"""


def person(code, period, year, name, born=""):
    return code, period, PERSON.format(year, name, born)


def body(code, period, year, name):
    return code, period, BODY.format(year, name)


@pytest.mark.parametrize(
    ("years", "end", "expected"),
    [
        ([2022, 2023], 2023, 2),
        ([2022, 2023, 2025], 2025, 1),
        ([2022, 2023], 2025, 0),
        ([2021, 2022, 2023, 2023], 2023, 3),
        ([2022, 2023], 2022, 1),
        ([], 2023, 0),
    ],
)
def test_a_gap_begins_anew_and_a_repeated_year_is_one(years, end, expected):
    assert streak(years, end) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("15/10/2021", "15/10/2023", 2),
        ("15/10/2021", "14/10/2023", 1),
        ("29/02/2020", "28/02/2022", 1),
        ("29/02/2020", "01/03/2022", 2),
        ("01/10/2023", "30/09/2023", -1),
    ],
)
def test_whole_years(since, until, expected):
    assert whole_years(day(since), day(until)) == expected


def test_one_person_however_the_name_is_spelled():
    rows = mentions(
        MERGED,
        person("DB-XA-1", "2022-Q4", 2022, "Nguyễn Thị Hòa", "05/03/1980"),
        person("DB-XA-1", "2023-Q4", 2023, "NGUYỄN  THỊ HOÀ", "05/03/1980"),
    )
    assert told(subjects(MERGED, rows, BEFORE)) == [("Nguyễn Thị Hòa", [2022, 2023], [])]


def test_a_name_alone_never_makes_two_people_one():
    rows = mentions(
        MERGED,
        person("DB-XA-1", "2022-Q4", 2022, "Lý A Páo", "01/01/1980"),
        person("DB-XA-1", "2023-Q4", 2023, "Lý A Páo", "01/01/1981"),
        person("DB-XA-3", "2023-Q4", 2023, "Lý A Páo", "01/01/1982"),
    )
    found = subjects(MERGED, rows, BEFORE)
    assert told(found) == [
        ("Lý A Páo", [2022], [OTHER_BIRTHDAY]),
        ("Lý A Páo", [2023], [OTHER_BIRTHDAY]),
        ("Lý A Páo", [2023], []),
    ]
    assert (found[0].doubts[0].mine, found[0].doubts[0].other) == (rows[0], rows[1])
    assert (found[1].doubts[0].mine, found[1].doubts[0].other) == (rows[1], rows[0])


def test_a_row_without_birthday_joins_nobody():
    rows = mentions(
        MERGED,
        person("DB-XA-1", "2022-Q4", 2022, "Lý A Páo"),
        person("DB-XA-1", "2023-Q4", 2023, "Lý A Páo"),
        person("DB-XA-1", "2024-Q4", 2024, "Lý A Páo", "01/01/1981"),
    )
    assert told(subjects(MERGED, rows, BEFORE)) == [
        ("Lý A Páo", [2022], [NO_BIRTHDAY]),
        ("Lý A Páo", [2023], [NO_BIRTHDAY]),
        ("Lý A Páo", [2024], [NO_BIRTHDAY]),
    ]


def test_a_stopped_birthday_is_not_known_and_a_stopped_name_names_nobody():
    _, period, text = person("DB-XA-1", "2022-Q4", 2022, "Lý A Páo", "01/01/1980")
    sent = form(OLD_A, period, {"B9a": b9a(text)})

    def without(key: str):
        stopped = used(sent, [Stop("B9a", 7, key)])
        return recognition(PLAN, quarter(period), stopped, stopped.rows["B9a"][0])

    assert without("ngay_sinh").born is None
    assert without("ten") is None
    assert without("nam_xet").year is None


def test_a_person_stays_the_same_when_the_unit_merges():
    rows = mentions(
        MERGED,
        person("DB-XA-1", "2024-Q4", 2024, "Lý A Páo", "01/01/1980"),
        person("DB-XA-9", "2025-Q3", 2025, "Lý A Páo", "01/01/1980"),
    )
    assert told(subjects(MERGED, rows, AFTER)) == [("Lý A Páo", [2024, 2025], [])]
    assert len(subjects(MERGED, rows, BEFORE)) == 2


def test_a_person_in_two_units_is_not_joined():
    rows = mentions(
        MERGED,
        person("DB-XA-1", "2022-Q4", 2022, "Lý A Páo", "01/01/1980"),
        person("DB-XA-3", "2023-Q4", 2023, "Lý A Páo", "01/01/1980"),
    )
    assert told(subjects(MERGED, rows, BEFORE)) == [("Lý A Páo", [2022], []), ("Lý A Páo", [2023], [])]


def test_a_body_of_the_unit_through_a_merger():
    rows = mentions(
        MERGED,
        body("DB-XA-1", "2024-Q4", 2024, "Chi bộ thôn Bản Rịa"),
        body("DB-XA-2", "2024-Q4", 2024, "Chi bộ thôn Làng Mười"),
        body("DB-XA-9", "2025-Q3", 2025, "Chi bộ thôn Bản Rịa"),
    )
    assert told(subjects(MERGED, rows, AFTER)) == [
        ("Chi bộ thôn Bản Rịa", [2024, 2025], []),
        ("Chi bộ thôn Làng Mười", [2024], []),
    ]


def test_two_bodies_of_one_name_stay_two_and_which_one_the_new_unit_means_is_a_doubt():
    rows = mentions(
        MERGED,
        body("DB-XA-1", "2024-Q4", 2024, "Chi bộ thôn 3"),
        body("DB-XA-2", "2024-Q4", 2024, "Chi bộ thôn 3"),
        body("DB-XA-9", "2025-Q3", 2025, "Chi bộ thôn 3"),
    )
    assert told(subjects(MERGED, rows[:2], AFTER)) == [("Chi bộ thôn 3", [2024], []), ("Chi bộ thôn 3", [2024], [])]
    assert told(subjects(MERGED, rows, AFTER)) == [
        ("Chi bộ thôn 3", [2024], [TWO_BRANCHES]),
        ("Chi bộ thôn 3", [2024], [TWO_BRANCHES]),
        ("Chi bộ thôn 3", [2025], [TWO_BRANCHES]),
    ]


def test_a_unit_taken_into_one_that_goes_on():
    register = office(
        unit("DB-XA-1"), unit("DB-XA-2", until="31/12/2023"), mergers=[("DB-XA-2", "DB-XA-1", "01/01/2024")]
    )
    both = mentions(
        register,
        body("DB-XA-1", "2023-Q4", 2023, "Tổ dân vận số 1"),
        body("DB-XA-2", "2023-Q4", 2023, "Tổ dân vận số 1"),
        body("DB-XA-1", "2024-Q4", 2024, "Tổ dân vận số 1"),
    )
    assert [sorted(item.years) for item in subjects(register, both, AFTER)] == [[2023], [2023], [2024]]
    assert [sorted(item.years) for item in subjects(register, both[1:], AFTER)] == [[2023, 2024]]
    assert [sorted(item.years) for item in subjects(register, [both[0], both[2]], AFTER)] == [[2023, 2024]]


def test_a_unit_of_the_register_is_known_by_any_of_its_names_in_any_return():
    register = office(unit("DB-XA-1", name="Đảng bộ xã Nghĩa Đô", aliases=["xã Nghĩa Đô"]), unit("DB-XA-2"))
    rows = mentions(
        register,
        body("DB-XA-1", "2022-Q4", 2022, "Xã Nghĩa Đô"),
        body("DB-XA-2", "2023-Q4", 2023, "Đảng bộ xã Nghĩa Đô"),
        body("DB-XA-1", "2024-Q4", 2024, "DB-XA-1"),
    )
    assert [sorted(item.years) for item in subjects(register, rows, BEFORE)] == [[2022, 2023, 2024]]


def test_the_same_name_in_two_units_is_two_bodies():
    rows = mentions(
        MERGED, body("DB-XA-1", "2022-Q4", 2022, "Chi bộ thôn 3"), body("DB-XA-3", "2023-Q4", 2023, "Chi bộ thôn 3")
    )
    assert told(subjects(MERGED, rows, BEFORE)) == [("Chi bộ thôn 3", [2022], []), ("Chi bộ thôn 3", [2023], [])]


SPLIT = office(
    unit("DB-XA-0", until="31/12/2022"),
    unit("DB-XA-1", until="31/12/2023"),
    unit("DB-XA-2", since="01/01/2024"),
    unit("DB-XA-3", since="01/01/2024"),
    mergers=[
        ("DB-XA-0", "DB-XA-1", "01/01/2023"),
        ("DB-XA-1", "DB-XA-2", "01/01/2024"),
        ("DB-XA-1", "DB-XA-3", "01/01/2024"),
    ],
)
PAO = ("Lý A Páo", "01/01/1980")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # the part that names him goes on with what the whole, and those merged into it, had said
        (
            [("DB-XA-0", 2022, *PAO), ("DB-XA-1", 2023, *PAO), ("DB-XA-2", 2024, *PAO)],
            [("Lý A Páo", [2022, 2023, 2024], [])],
        ),
        ([("DB-XA-1", 2023, *PAO)], [("Lý A Páo", [2023], [])]),
        (
            [("DB-XA-1", 2023, *PAO), ("DB-XA-3", 2024, "Lý A Páo", "02/02/1990")],
            [("Lý A Páo", [2023], [OTHER_BIRTHDAY]), ("Lý A Páo", [2024], [OTHER_BIRTHDAY])],
        ),
        # of two parts the one with his birthday
        (
            [("DB-XA-1", 2023, *PAO), ("DB-XA-2", 2024, "Lý A Páo", "02/02/1990"), ("DB-XA-3", 2024, *PAO)],
            [("Lý A Páo", [2023, 2024], []), ("Lý A Páo", [2024], [])],
        ),
        # both parts name him: nobody knows which of them he belongs to
        (
            [("DB-XA-1", 2023, *PAO), ("DB-XA-2", 2024, *PAO), ("DB-XA-3", 2024, *PAO)],
            [("Lý A Páo", [2023], [TWO_PARTS]), ("Lý A Páo", [2024], [TWO_PARTS]), ("Lý A Páo", [2024], [TWO_PARTS])],
        ),
    ],
)
def test_a_person_goes_on_in_the_part_that_names_him(rows, expected):
    found = subjects(
        SPLIT, mentions(SPLIT, *(person(code, f"{year}-Q4", year, *who) for code, year, *who in rows)), AFTER
    )
    assert told(found) == expected
    assert (heir(SPLIT, "DB-XA-1", AFTER), homes(SPLIT, "DB-XA-0", AFTER)) == ("DB-XA-1", ("DB-XA-2", "DB-XA-3"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("DB-XA-0", 2022), ("DB-XA-1", 2023), ("DB-XA-2", 2024)], [("Tổ A", [2022, 2023, 2024], [])]),
        ([("DB-XA-1", 2023)], [("Tổ A", [2023], [])]),
        (
            [("DB-XA-1", 2023), ("DB-XA-2", 2024), ("DB-XA-3", 2024)],
            [("Tổ A", [2023], [TWO_PARTS]), ("Tổ A", [2024], [TWO_PARTS]), ("Tổ A", [2024], [TWO_PARTS])],
        ),
    ],
)
def test_a_body_goes_on_in_the_part_that_names_it(rows, expected):
    found = subjects(SPLIT, mentions(SPLIT, *(body(code, f"{year}-Q4", year, "Tổ A") for code, year in rows)), AFTER)
    assert told(found) == expected


def test_parts_that_become_one_again_have_the_line_of_the_whole():
    joined = office(
        *SPLIT.units,
        unit("DB-XA-4", since="01/01/2025"),
        mergers=[
            *((item.old, item.new, f"{item.day:%d/%m/%Y}") for item in SPLIT.mergers),
            ("DB-XA-2", "DB-XA-4", "01/01/2025"),
            ("DB-XA-3", "DB-XA-4", "01/01/2025"),
        ],
    )
    assert [heir(joined, f"DB-XA-{n}", AFTER) for n in range(5)] == ["DB-XA-4"] * 5
    rows = [person(f"DB-XA-{n}", f"{year}-Q4", year, *PAO) for n, year in ((1, 2023), (2, 2024), (4, 2025))]
    assert told(subjects(joined, mentions(joined, *rows), date(2025, 12, 31))) == [("Lý A Páo", [2023, 2024, 2025], [])]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("DB-XA-0", "DB-XA-1", True),
        ("DB-XA-0", "DB-XA-3", True),
        ("DB-XA-1", "DB-XA-2", True),
        ("DB-XA-2", "DB-XA-3", False),
    ],
)
def test_units_with_a_line_in_common(one, two, expected):
    assert akin(SPLIT, one, two, AFTER) is akin(SPLIT, two, one, AFTER) is expected


def test_mergers_one_after_the_other_are_followed_up_to_the_day():
    register = office(
        *(unit(f"DB-XA-{n}") for n in (1, 2, 3)),
        mergers=[("DB-XA-1", "DB-XA-2", "01/03/2023"), ("DB-XA-2", "DB-XA-3", "01/07/2025")],
    )
    days = [date(2023, 2, 28), date(2023, 3, 1), date(2025, 7, 1)]
    assert [heir(register, "DB-XA-1", at) for at in days] == ["DB-XA-1", "DB-XA-2", "DB-XA-3"]


def test_mergers_that_run_in_a_circle_come_to_an_end():
    register = office(
        unit("DB-XA-1"),
        unit("DB-XA-2"),
        mergers=[("DB-XA-1", "DB-XA-2", "01/01/2023"), ("DB-XA-2", "DB-XA-1", "01/01/2024")],
    )
    assert heir(register, "DB-XA-1", AFTER) == "DB-XA-2"


def test_the_order_of_the_rows_changes_nothing():
    rows = mentions(
        MERGED,
        body("DB-XA-1", "2024-Q4", 2024, "Chi bộ thôn 3"),
        body("DB-XA-2", "2024-Q4", 2024, "Chi bộ thôn 3"),
        body("DB-XA-9", "2025-Q3", 2025, "Chi bộ thôn 3"),
        person("DB-XA-1", "2024-Q4", 2024, "Lý A Páo", "01/01/1980"),
        person("DB-XA-9", "2025-Q3", 2025, "Lý A Páo"),
    )
    expected = subjects(MERGED, rows, AFTER)
    for other in permutations(rows):
        assert subjects(MERGED, other, AFTER) == expected


# --- families: recognitions have no class of theirs ---

HOME = "Hộ ông Lù Văn Ỉnh"


def family(code, period, name, register=MERGED):
    """A row of B9b that proposes a family."""
    row = rows({"phan_loai": "Hộ gia đình", "ten": name}, "| ghi_chu |\n| |")
    sent = used(form(register.by_code[code], period, {"B9b": row}))
    return Mention(code, quarter(period), sent.rows["B9b"][0], "Hộ gia đình", FAMILY, name)


@pytest.mark.parametrize(
    ("recognised", "expected"),
    [
        (body("DB-XA-1", "2023-Q3", 2023, HOME), [2023]),
        (body("DB-XA-1", "2023-Q3", 2023, "HỘ GIA ĐÌNH ông Lù Văn Ỉnh"), [2023]),
        (body("DB-XA-1", "2023-Q3", 2023, "Gia đình ông Lù Văn Ỉnh"), [2023]),
        (person("DB-XA-1", "2023-Q3", 2023, HOME, "05/03/1970"), [2023]),
        (person("DB-XA-1", "2023-Q3", 2023, "ông Lù Văn Ỉnh", "05/03/1970"), []),
        (body("DB-XA-2", "2023-Q3", 2023, HOME), []),
        (body("DB-XA-1", "2023-Q3", 2023, "Hộ ông Lù Văn Páo"), []),
    ],
)
def test_recognitions_of_a_family_are_found_under_another_class(recognised, expected):
    given = [family("DB-XA-1", "2023-Q3", HOME), *mentions(MERGED, recognised)]
    for order in permutations(given):
        found = next(item for item in subjects(MERGED, order, BEFORE) if item.role is FAMILY)
        assert (sorted(found.years), found.kind) == (expected, "Hộ gia đình")


def test_a_family_goes_on_in_the_part_that_proposes_it():
    """It was recognised by the whole as a body, and is proposed by a part."""
    before = mentions(SPLIT, body("DB-XA-1", "2023-Q4", 2023, HOME))
    found = subjects(SPLIT, [*before, family("DB-XA-3", "2024-Q3", "Hộ gia đình ông Lù Văn Ỉnh", SPLIT)], AFTER)
    assert [(item.role, sorted(item.years)) for item in found] == [(FAMILY, [2023])]


def test_without_a_proposal_of_a_family_nothing_is_joined():
    """The figures count what was recognised under the class it was written under."""
    given = mentions(
        MERGED, body("DB-XA-1", "2023-Q3", 2023, HOME), person("DB-XA-1", "2023-Q3", 2023, HOME, "05/03/1970")
    )
    assert {item.role for item in subjects(MERGED, given, BEFORE)} == {given[0].role, given[1].role}
