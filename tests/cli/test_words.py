"""Every sentence of click is Vietnamese, whatever it says; what is nearly a command is told with the command."""

from __future__ import annotations

import ast
import gettext
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dvk_reports.cli import dvk
from dvk_reports.cli.main import commands
from dvk_reports.cli.words import DOMAIN, LOCALE

CLICK = Path(click.__file__).parent
DYNAMIC = "required"
"""The one sentence that click's source does not give to gettext as it stands."""


SCRIPT = """
import json, sys
from dvk_reports.cli.main import main

for words in json.loads(sys.argv[1]):
    sys.argv = ["dvk", *words]
    try:
        main()
    except SystemExit as end:
        print("\\0", end.code, "\\0", sep="", end="", flush=True)
"""


def run(*lines: Sequence[str]) -> list[tuple[int, str]]:
    """The exit code of each line and all that is said, as whoever types it sees it; one process for all of them."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(lines)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
        env={key: value for key, value in os.environ.items() if key not in ("LANGUAGE", "LANG", "LC_ALL")},
    )
    *told, rest = done.stdout.split("\0")
    assert not rest and len(told) == 2 * len(lines), rest
    return [(int(code), text) for text, code in zip(told[::2], told[1::2], strict=True)]


def _asked_for() -> list[tuple[str, ...]]:
    """Every msgid of the click that is installed, with its plural."""
    found = {(DYNAMIC,)}
    for call in _calls():
        texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        if texts:
            found.add(tuple(texts))
    return sorted(found)


def _calls() -> Iterator[ast.Call]:
    """Every place where click asks gettext."""
    for path in sorted(CLICK.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                yield node


def test_every_sentence_of_click_has_its_translation():
    held = gettext.translation(DOMAIN, LOCALE, languages=["vi"])
    asked = _asked_for()
    assert len(asked) > 60
    missing = []
    for message in asked:
        said = held.ngettext(*message, 2) if len(message) == 2 else held.gettext(message[0])
        if said in message and message != ("{message}",):
            missing.append(message)
        slots = {name for text in message for _, name, _, _ in string.Formatter().parse(text) if name}
        used = {name for _, name, _, _ in string.Formatter().parse(said) if name}
        assert used <= slots, message
    assert missing == []


def test_nothing_else_of_click_is_asked_for_by_another_way():
    """A sentence that is given to gettext as a variable is none that the test above can see."""
    hidden = [ast.unparse(arg) for call in _calls() for arg in call.args[:1] if not isinstance(arg, ast.Constant)]
    assert hidden == [f"extra['{DYNAMIC}']"]


def test_the_machine_keeps_its_language():
    """Who uses the library alone finds gettext as it was."""
    code = "import gettext, os, dvk_reports.run.status; print(gettext.textdomain(), os.environ.get('LANGUAGE'))"
    env = {key: value for key, value in os.environ.items() if key != "LANGUAGE"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["messages", "None"]


SLIPS = [
    (["consolidat"], "Không có lệnh “consolidat”. Có phải là “dvk consolidate”?"),
    (["tong-hop"], "Không có lệnh “tong-hop”. Có phải là “dvk consolidate”?"),
    (["tổng", "hợp", "2023-Q3"], "Không có lệnh “tổng”. Có phải là “dvk consolidate”?"),
    (["form"], "Không có lệnh “form”. Có phải là “dvk forms”?"),
    (["biểu-mẫu"], "Không có lệnh “biểu-mẫu”. Có phải là “dvk forms”?"),
    (["kiem", "tra", "a.xlsx"], "Không có lệnh “kiem”. Có phải là “dvk check”?"),
    (["khoa_so", "2023-Q3"], "Không có lệnh “khoa_so”. Có phải là “dvk close”?"),
    (["zzzz"], "Không có lệnh “zzzz”.\n"),
    (["awards", "prop"], "Không có lệnh “prop”. Có phải là “dvk awards propose”?"),
    (["awards", "dự", "thảo"], "Không có lệnh “dự”. Có phải là “dvk awards draft”?"),
    (["plan", "lst"], "Không có lệnh “lst”. Có phải là “dvk plan list”?"),
    (["help", "consolidat"], "Không có lệnh “consolidat”. Có phải là “dvk consolidate”?"),
    (["help", "awards", "prop"], "Không có lệnh “prop”. Có phải là “dvk awards propose”?"),
    (["help", "forms", "x"], "Lệnh “dvk forms” không có lệnh con."),
    (["consolidate"], "Thiếu “KY”."),
    (["init"], "Thiếu “DIR”."),
    (["check"], "Thiếu “PATH…”."),
    (["consolidate", "2023-Q3", "x", "y"], "Thừa “x y”: lệnh này không nhận."),
    (["consolidate", "2023-Q3", "--asof", "3"], "Không có tùy chọn “--asof”. Có phải là “--as-of”?"),
    (["consolidate", "2023-Q3", "--workers"], "Sau tùy chọn “--workers” phải ghi giá trị của nó."),
    (["consolidate", "2023-Q3", "--csv=1"], "Tùy chọn “--csv” không có giá trị đi sau."),
    (["consolidate", "2023-Q3", "--workers", "0"], "“--workers”: ghi số tiến trình, từ 1 đến 64."),
]


@pytest.fixture(scope="module")
def answers():
    return dict(zip(map(tuple, (words for words, _ in SLIPS)), run(*(words for words, _ in SLIPS)), strict=True))


@pytest.mark.parametrize(("words", "said"), SLIPS, ids=[" ".join(words) for words, _ in SLIPS])
def test_a_slip_on_the_command_line(answers, words, said):
    code, text = answers[tuple(words)]
    assert code == 2
    assert text.startswith(said), text
    assert "Xem cách dùng: dvk" in text


def test_help_of_a_command_is_the_page_of_the_command():
    asked = ([], ["consolidate"], ["awards"], ["awards", "propose"], ["help"])
    pages = run(*([*words, "--help"] for words in asked))
    assert pages == run(*(["help", *words] for words in asked))
    assert {code for code, _ in pages} == {0} and len({text for _, text in pages}) == 5


def _pages() -> list[list[str]]:
    found: list[list[str]] = [[]]
    for command in commands():
        found.append([command.name or ""])
        if isinstance(command, click.Group):
            found += [[command.name or "", name] for name in command.commands]
    return found


def test_no_page_of_help_has_a_word_of_click_in_it():
    for words in _pages():
        text = CliRunner().invoke(dvk, [*words, "--help"], prog_name="dvk").output
        assert not re.findall(r"\b(Usage|Options|Commands|Show this|exit|required|default)\b", text), words
        assert text.startswith("Cách dùng: dvk"), words


def test_prompts_speak_vietnamese():
    @click.command()
    @click.option("--so", type=int, default=3, show_default=True, required=False, help="Số.")
    @click.option("--muc", type=click.Choice(["a", "b"]), required=True)
    @click.option("--tep", type=click.Path(exists=True))
    @click.option("--mat-khau", prompt="Mật khẩu", confirmation_prompt=True, hide_input=True)
    def command(**_: object) -> None:
        click.confirm("Xóa?", abort=True)

    said = CliRunner()
    assert "[mặc định: 3]" in said.invoke(command, ["--help"]).output
    assert "[phải ghi]" in said.invoke(command, ["--help"]).output
    assert "không có “c”; chọn một trong: 'a', 'b'." in said.invoke(command, ["--muc", "c"]).output
    assert "Thiếu tùy chọn '--muc'. Chọn một trong:" in said.invoke(command, []).output
    assert "không thấy “x”." in said.invoke(command, ["--muc", "a", "--tep", "x"]).output
    assert "“x” không phải là số hợp lệ." in said.invoke(command, ["--muc", "a", "--so", "x"]).output
    asked = said.invoke(command, ["--muc", "a"], input="1\n2\n1\n1\nz\nn\n").output
    assert "Gõ lại" in asked
    assert "Hai lần gõ khác nhau" in asked
    assert "Gõ y (có) hoặc n (không)." in asked
    assert asked.endswith("Đã dừng.\n")
