"""Every command on a terminal of an old code page: no run ends in a letter, and what is shown can be read."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata

import pytest

from dvk_reports.cli.main import commands
from dvk_reports.cli.streams import shown_as
from dvk_reports.vietnamese.text import unaccented
from tests.support.small_space import KY, put, sent

PAGES = ["cp1258", "cp1252", "cp437"]

SCRIPT = """
import sys
from dvk_reports.cli.main import main

for line in sys.argv[1].split("\\n"):
    sys.argv = ["dvk", *line.split("|")]
    try:
        main()
    except SystemExit as end:
        print("== code", end.code, *line.split("|"), flush=True)
"""


def lines_of(space):
    """A line of words for each command, in an order in which each has something to say."""
    root, day = str(space.root), "--as-of|2023-10-21"
    at = f"-w|{root}|{day}"
    return [
        at,
        "help",
        f"init|{root}/mới",
        f"-w|{root}|plan|list",
        f"-w|{root}|plan|check",
        f"-w|{root}|plan|new|riêng|--from|bao_yen_2022_2025",
        f"{at}|forms|2023-Q4",
        f"{at}|check|{space.received(KY)}",
        f"{at}|consolidate|{KY}",
        f"{at}|send|{KY}|--dry-run",
        f"{at}|awards|propose|2023-10",
        f"{at}|awards|draft|2023-10",
        f"{at}|close|{KY}",
        f"-w|{root}|verify|luu/{KY}.zip",
        f"-w|{root}|templates|check",
        "templates|fields",
        "rules",
        f"lint|{space.results(KY)}/bao-cao.docx",
        f"{at}|consolidate|kỳ này",
        "tổng hợp",
    ]


def said(words, encoding):
    """The bytes of both streams of a strict code page, as that code page shows them."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": f"{encoding}:strict", "COLUMNS": "100"},
    )
    assert done.returncode == 0, done.stdout.decode(encoding, "replace")[-2000:]
    return unicodedata.normalize("NFC", done.stdout.decode(encoding))


@pytest.mark.parametrize("encoding", PAGES)
def test_every_command(space, encoding):
    put(space, "A → “lạ” ẽ.xlsx", sent(space, "CB-A", b1={"so_cuoc_tuyen_truyen": "mười ≥ 2"}))
    lines = lines_of(space)
    known = {command.name for command in commands()}
    assert {word for line in lines for word in line.split("|")} >= known
    text = said("\n".join(lines), encoding)
    codes = [line.split()[2] for line in text.splitlines() if line.startswith("== code")]
    assert len(codes) == len(lines)
    assert codes[-2:] == ["2", "2"] and set(codes[:-2]) <= {"0", "1"}, text
    assert "ngoai du kien" not in unaccented(text)
    assert text.count("?") <= 2 * len(lines), "letters that were given up, beside the marks of questions"
    for phrase in (
        "Việc tiếp theo: Tổng hợp các tệp nhận về",
        "Đã tạo thư mục làm việc",
        "không phải là số",
        "Có phải là",
    ):
        if encoding == "cp1258":
            assert phrase in text, phrase
        else:
            assert unaccented(phrase) in unaccented(text), phrase


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("Đã đọc “ế, ậ, ữ, ỹ” …", "cp1258", "Đa\u0303 đo\u0323c “ê\u0301, â\u0323, ư\u0303, y\u0303” …"),
        ("Đã đọc “ế, ậ, ữ, ỹ” …", "cp1252", "Dã doc “ê, â, u, y” …"),
        ("Đã đọc “ế, ậ, ữ, ỹ” …", "cp437", 'Da doc "ê, â, u, y" ...'),
        ("1 → 2, ≥ 3, m²", "cp1258", "1 -> 2, >= 3, m²"),
        ("e\u0302\u0301 漢", "cp1252", "e ?"),
        ("Đã đọc “ế” …", "ascii", 'Da doc "e" ...'),
        ("Đã đọc “ế” …", "utf-8", "Đã đọc “ế” …"),
    ],
)
def test_a_text_in_the_letters_of_a_code_page(text, encoding, shown):
    got = shown_as(text, encoding)
    got.encode(encoding)
    assert [f"{ord(c):04X}" for c in got] == [f"{ord(c):04X}" for c in shown], got


def test_every_vietnamese_letter_stays_itself_under_the_vietnamese_code_page():
    letters = [chr(n) for n in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
    letters = [c for c in letters if unaccented(c).lower() in set("aeiouyd")]
    assert len(letters) > 130
    ours = [c for c in letters if c in "ăâđêôơưĂÂĐÊÔƠƯ" or ord(c) >= 0x1EA0 or c in "áàãéèíìĩóòõúùũýÁÀÃÉÈÍÌĨÓÒÕÚÙŨÝ"]
    for c in ours:
        assert unicodedata.normalize("NFC", shown_as(c, "cp1258").encode("cp1258").decode("cp1258")) == c
