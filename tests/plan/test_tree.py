"""YAML is read fast, and as it was always read: a reader that keeps every sign is the measure."""

from datetime import date
from importlib.resources import files

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dvk_reports.errors import PlanError
from dvk_reports.plan.book.tree import Map, Seq
from dvk_reports.plan.book.yaml_text import parsed
from dvk_reports.run.plans import bundled_plans

FILES = [
    files("dvk_reports.plans").joinpath("ke-hoach.yaml"),
    *(item for folder in bundled_plans().values() for item in folder.iterdir() if item.name.endswith(".yaml")),
]


def measured(text: str) -> object:
    return YAML(typ="rt").load(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_bundled_file_is_read_as_by_the_measure(file):
    text = file.read_text(encoding="utf-8")
    assert parsed(text, file.name) == measured(text)


WORDS = [
    "no",
    "on",
    "off",
    "yes",
    "y",
    "n",
    "No",
    "YES",
    "Off",
    "12:30",
    "12:30:45",
    "1.10",
    "3.10",
    "1.",
    ".5",
    "+.5",
    "1.5e3",
    "1E-3",
    "1e3",
    "12e",
    ".",
    "007",
    "08",
    "1_000",
    "0o17",
    "0o9",
    "0x1F",
    "0b11",
    "-0",
    "+3",
    "-12",
    "-a",
    "45.950.000",
    "12,5",
    ".inf",
    "-.inf",
    "~",
    "null",
    "Null",
    "nUll",
    "true",
    "TRUE",
    "tRue",
    "2023-10-01",
    "2023-10-1",
    "2023-10",
    "x=y",
    "2022-Q3",
    "01/9",
    "15/10",
    "DB_XA",
    "a:b",
    "Đã",
    "UBND",
    "huyện",
]


@pytest.mark.parametrize("word", [*WORDS, '"no"', "'2023-10-01'", '"007"', '""', "", "a#b"])
def test_awkward_words_are_read_as_by_the_measure(word):
    for text in (f"a: {word}\n", f"- {word}\n", f"a: [{word}]\n", f"a: {{b: {word}}}\n"):
        found, expected = parsed(text, "a.yaml"), measured(text)
        assert found == expected
        assert repr(plain(found)) == repr(plain(expected))


def plain(tree: object) -> object:
    """The same of plain Python types, in which 1 and True, 1 and 1.0 can be told apart."""
    if isinstance(tree, dict):
        return {plain(key): plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [plain(item) for item in tree]
    for kind in (bool, int, float, str):
        if isinstance(tree, kind):
            return kind(tree)
    return tree


def test_long_texts_over_several_lines():
    text = 'a: "một dòng\n  hai dòng \\\n  ba"\nb: >-\n  gấp\n  lại\n\n  đoạn\nc: |\n  giữ\n  nguyên\n'
    assert parsed(text, "a.yaml") == measured(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml, dòng 3: mục “a” đã ghi ở dòng 1."),
        ("a:\n  - {b: 1, b: 2}\n", "x.yaml, dòng 2: mục “b” đã ghi ở dòng 2."),
        ("a: 2022-13-05\n", "x.yaml, dòng 1: “2022-13-05” không phải là một ngày hoặc một số có thật."),
        ("a: [1, 2\nb: 3\n", "x.yaml, dòng 2: không đọc được, thiếu dấu phẩy hoặc dấu ] "),
        ('a: "một\n', "x.yaml, dòng 2: không đọc được, thiếu dấu đóng ngoặc kép."),
        ("a: b: c\n", "x.yaml, dòng 1: không đọc được, thừa dấu hai chấm "),
        ("a:\n\t- 1\n", "x.yaml, dòng 2: không đọc được, ký tự không đứng đầu được "),
        ("a: !loai 3\n", "x.yaml, dòng 1: dấu ! không đứng đầu được "),
        ("? [1]\n: 2\n", "x.yaml, dòng 1: tên mục phải là một từ."),
        ("a: \x00\n", "x.yaml, dòng 1: có ký tự không được phép trong tệp YAML."),
        ("a: *b\n", "x.yaml, dòng 1: không đọc được, dấu * không đứng đầu được "),
        ("&a [*a]\n", "x.yaml, dòng 1: các mục lồng nhau quá sâu."),
        ("a: 1\n---\nb: 2\n", "x.yaml, dòng 2: không đọc được, thừa dòng ---."),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text, told):
    with pytest.raises(PlanError) as error:
        parsed(text, "x.yaml")
    assert str(error.value).startswith(told)


def test_what_the_measure_refuses_is_refused():
    for text in ("a: 1\na: 2\n", "a: [1", "a: b: c\n", "a: 2022-13-05\n", "{a: 1, a: 2}"):
        with pytest.raises((YAMLError, ValueError)):
            measured(text)
        with pytest.raises(PlanError):
            parsed(text, "x.yaml")


def test_every_key_and_item_knows_its_line():
    tree = parsed("# đầu\na: 1\nb:\n  - x\n  - {c: 2,\n     d: 3}\n", "x.yaml")
    assert isinstance(tree, Map) and isinstance(tree["b"], Seq)
    assert {key: str(place) for key, place in tree.places.items()} == {"a": "x.yaml, dòng 2", "b": "x.yaml, dòng 3"}
    assert [place.line for place in tree["b"].places] == [4, 5]
    assert {key: place.line for key, place in tree["b"][1].places.items()} == {"c": 5, "d": 6}


def test_an_empty_file_has_no_entries_and_a_mark_at_its_head_is_no_letter():
    assert parsed("", "x.yaml") == parsed("# chỉ ghi chú\n", "x.yaml") == {}
    assert parsed("\ufeffa: 2023-10-01\n", "x.yaml") == {"a": date(2023, 10, 1)}


def test_no_line_of_a_rule_book_is_longer_than_a_screen():
    long = [
        f"{file.parent.name}/{file.name}, dòng {number}"
        for file in FILES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []
