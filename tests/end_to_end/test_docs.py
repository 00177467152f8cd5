"""The pages say what the program does: the generated ones word for word, the written ones by running their examples."""

from __future__ import annotations

import re
import shlex
import shutil
import string
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

import dvk_reports
from dvk_reports.cli import dvk
from dvk_reports.messages.returns import CATALOGUE
from dvk_reports.model.figures import MET, NOT_MET, UNDECIDED
from dvk_reports.model.findings import NEVER_WAIVED, Level
from dvk_reports.model.returns import FileState, UnitState
from dvk_reports.run.plans import load_plan
from tools import docs as generator

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "huong-dan.md"
GENERATED = ("bieu-mau.md", "chi-tieu.md", "danh-muc.md", "hinh/nha.svg", "lenh.md", "ma-loi.md")
LIBRARY = ROOT / "docs" / "thu-vien.md"
PROGRAMMERS = ROOT / "docs" / "for-programmers.md"
GUIDE_TO_WORK = ROOT / "CONTRIBUTING.md"
PAGES = sorted([*ROOT.glob("*.md"), ROOT / "samples" / "README.md", *(ROOT / "docs").glob("*.md")])
PICTURE = 250_000
"""Bytes that the picture of the README may weigh."""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    pages: dict[str, str] = generator.pages()
    return pages


@pytest.mark.parametrize("name", GENERATED)
def test_generated_page_is_what_the_program_says(written, name):
    same = read(ROOT / "docs" / name) == written[name]
    assert same, f"docs/{name} khác chương trình: chạy “python -m tools.regenerate docs”."


def test_every_generated_page_is_compared(written):
    assert tuple(sorted(written)) == GENERATED


# --- messages ------------------------------------------------------------------------------------------------------


def test_messages_and_their_page_name_the_same_codes():
    codes = {message.code for message in CATALOGUE.values()}
    page = set(re.findall(r"^### ([KTD]\d\d)\. ", read(ROOT / "docs" / "ma-loi.md"), re.MULTILINE))
    assert page == codes
    assert set(load_plan().checks.ten_ma) == codes, "checks.yaml: ten_ma cần đúng các mã của messages.py."


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_names_no_code_without_a_message(path):
    unknown = set(re.findall(r"\bK\d\d\b", read(path))) - {message.code for message in CATALOGUE.values()}
    assert unknown == set(), "mã không có trong messages.py"


def test_every_message_can_be_shown():
    """A sentence that nothing in the program says has no place in the catalogue."""
    sources = "".join(read(path) for path in (ROOT / "dvk_reports").rglob("*.py") if path.name != "messages.py")
    assert CATALOGUE.keys() - set(re.findall(r"\bMsg\.(\w+)", sources)) == set()


def test_every_slot_of_a_message_has_a_word():
    texts = [text for message in CATALOGUE.values() for text in (message.text, message.remedy)]
    slots = {slot for text in texts for _, slot, _, _ in string.Formatter().parse(text) if slot is not None}
    assert slots - set(generator.SLOTS) == set(), "tools/docs.py: thêm vào SLOTS."


def test_slots_are_replaced_and_markdown_is_left_whole():
    assert (
        generator.readable("Ô {ten}: MH-<mã>|{gan}") == "Ô ‹tên ô›: MH-&lt;mã&gt;\\| ‹Gợi ý giá trị gần nhất, nếu có.›"
    )


# --- commands ------------------------------------------------------------------------------------------------------


def commands_in(text: str) -> list[list[str]]:
    """Every ``dvk …`` of a page in code, split into words; paths before the name are taken off."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    found = []
    for line in [*spans, *(line for block in blocks for line in block.splitlines())]:
        for part in line.replace("\\", "/").split("&&"):
            if called := re.match(r"\s*(?:\S*/)?dvk(?:\s+(.*))?$", part):
                found.append(shlex.split(called[1] or "", comments=True))
    return found


def refusal(arguments: list[str]) -> str:
    """What the command line has against these words, or "" where it takes them. A name alone is a mention, no call."""
    with click.Context(dvk, info_name="dvk") as context:
        try:
            parser = dvk.make_parser(context)
            parser.allow_interspersed_args = False
            _, rest, _ = parser.parse_args(list(arguments))
            if rest:
                name, command, own = dvk.resolve_command(context, rest)
                assert command is not None
                if own:
                    command.make_context(name, own, parent=context)
        except click.exceptions.Exit:
            return ""  # --help
        except click.UsageError as error:
            return error.format_message()
    return ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_of_a_page_exists(path):
    wrong = {" ".join(words): said for words in commands_in(read(path)) if (said := refusal(words))}
    assert wrong == {}


@pytest.mark.parametrize(
    "words", [["tong-hop"], ["consolidate", "--csv"], ["forms", "2023-Q3", "--don-vi", "A"], ["--khong"]]
)
def test_a_command_that_does_not_exist_is_seen(words):
    assert refusal(words)


def test_commands_are_found_in_text_and_in_blocks():
    text = "Gõ `dvk init a`.\n\n```bash\npip install . && .venv/bin/dvk -w x consolidate 2023-Q3\n```\n"
    assert commands_in(text) == [["init", "a"], ["-w", "x", "consolidate", "2023-Q3"]]


def test_every_command_has_its_help_and_its_place_in_the_guide():
    guide = {word for words in commands_in(read(GUIDE)) for word in words}
    assert set(dvk.commands) <= guide


# --- examples ------------------------------------------------------------------------------------------------------


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder that looks like a fresh clone to the examples."""
    samples = tmp_path / "samples" / "bao-yen"
    shutil.copytree(
        ROOT / "samples" / "bao-yen", samples, ignore=lambda folder, names: {"ket-qua", "gui-di"} & set(names)
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def code(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(path), re.MULTILINE | re.DOTALL)


def test_first_command_of_the_readme_makes_what_it_promises(clone):
    line = code(README, "bash")[0].strip()
    install, _, job = line.rpartition(" && ")
    assert install == "python3 -m venv .venv && .venv/bin/pip install ."
    assert (
        code(README, "bat")[0].strip().rpartition(" && ")[2].replace("\\", "/").split("/dvk ")[1]
        == job.split("/dvk ")[1]
    )
    words = shlex.split(job.removeprefix(".venv/bin/dvk "))
    done = subprocess.run(
        [sys.executable, "-m", "dvk_reports", *words], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1, done.stderr
    assert re.search(r"\d+ tệp: \d+ dùng, ", done.stdout)
    folder = clone / "samples" / "bao-yen" / "ket-qua" / "2023-Q3"
    assert {path.name for path in folder.iterdir()} >= {"tong-hop.xlsx", "bao-cao.docx", "nhat-ky.json"}
    assert openpyxl.load_workbook(folder / "tong-hop.xlsx", read_only=True).sheetnames[0] == "Tổng quan"
    assert "BÁO CÁO" in [paragraph.text for paragraph in Document(str(folder / "bao-cao.docx")).paragraphs]


def some_returns(clone: Path) -> None:
    """Leave a handful of the returned forms, so that an example takes a second."""
    inbox = clone / "samples" / "bao-yen" / "nhan-ve" / "2023-Q3"
    for path in [path for path in inbox.iterdir() if path.name != "Lực lượng vũ trang, doanh nghiệp"]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def run_examples(page: Path) -> list[tuple[str, int]]:
    """(command, exit code) of every line that the page gives to type, one after the other."""
    codes = []
    for line in [line for block in code(page, "console") for line in block.splitlines()]:
        words = shlex.split(line)
        assert words[0] == "dvk"
        done = CliRunner().invoke(dvk, words[1:])
        assert done.exception is None or isinstance(done.exception, SystemExit), line
        codes.append((next((word for word in words if word in dvk.commands), ""), done.exit_code))
    return codes


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        (
            "cho-nguoi-giu-mau.md",
            [("templates", 0), ("templates", 0), ("plan", 0), ("plan", 0), ("forms", 1), ("rules", 0)],
        ),
        ("cho-ky-thuat.md", [("", 0)]),
    ],
)
def test_examples_of_the_other_guides_run(clone, page, codes):
    assert CliRunner().invoke(dvk, ["init", "dan-van-kheo"]).exit_code == 0
    assert run_examples(ROOT / "docs" / page) == codes


def test_examples_of_the_guide_run(clone):
    some_returns(clone)
    assert run_examples(GUIDE) == [
        ("init", 0),  # the first hour
        ("", 0),
        ("consolidate", 1),
        ("check", 1),
        ("init", 0),
        ("", 0),
        ("forms", 1),  # the new register has no thôn yet, which is told
        ("check", 1),
        ("check", 1),
        ("consolidate", 1),
        ("rules", 0),
        ("rules", 0),
        ("templates", 0),
        ("templates", 0),
        ("lint", 0),
        ("consolidate", 1),
        ("close", 1),
        ("verify", 0),
        ("awards", 1),
        ("awards", 1),
    ]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (README, (r"\d+ tệp: \d+ dùng", "MT1.1")),
        (PROGRAMMERS, (r"^Result\(2023-Q3 · ", r"\bMT1\.1\b")),
        (LIBRARY, (r"^Result\(2023-Q3 · \d+/60 đơn vị · ", r"^Finding\(", r"^Figure\(", "Tên gần nhất: “Chỉ tiêu”")),
    ],
    ids=("readme", "programmers", "library"),
)
def test_python_of_the_pages_runs(clone, page, said):
    some_returns(clone)
    script = clone / "vi_du.py"
    script.write_text(code(page, "python")[0], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)], capture_output=True, text=True, encoding="utf-8", cwd=clone
    )
    assert done.returncode == 0, done.stderr
    assert [each for each in said if not re.search(each, done.stdout, re.MULTILINE)] == []


def test_the_page_of_the_library_names_every_call():
    named = set(re.findall(r"`(\w+)`", read(LIBRARY)))
    assert {name for name in dvk_reports.__all__ if name.islower() and name != "__version__"} - named == set()


# --- pages ---------------------------------------------------------------------------------------------------------


def test_guide_says_what_to_do_in_every_state():
    text = read(GUIDE)
    rows = set(re.findall(r"^\| ([^|]+?) \|", text, re.MULTILINE))
    assert {state.value for state in (*UnitState, *FileState)} <= rows
    assert all(f"**{level.value}**" in text for level in Level)
    assert all(verdict in text for verdict in (MET, NOT_MET, UNDECIDED))


def test_guide_names_what_cannot_be_waived():
    (said,) = re.findall(r"Các mã ([K\d, ]+) không miễn trừ được", read(GUIDE))
    assert tuple(said.split(", ")) == NEVER_WAIVED


def anchors(text: str) -> set[str]:
    """Anchors of the headings, as GitHub and GitLab make them."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", read(path)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file) if file else path
        if not there.exists() or (anchor and anchor not in anchors(read(there))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_are_written_as_offices_write(path):
    text = read(path)
    prose = re.sub(r"^```.*?^```|`[^`\n]+`|<!--.*?-->", "", text, flags=re.MULTILINE | re.DOTALL)
    assert unicodedata.is_normalized("NFC", text)
    assert "Huyện uỷ" not in text and "Đảng uỷ" not in text
    assert '"' not in prose, "dùng dấu ngoặc kép “ ”"


def test_picture_of_the_readme_is_light():
    assert "docs/tong-quan.png" in read(README)
    assert (ROOT / "docs" / "tong-quan.png").stat().st_size < PICTURE


def test_changelog_names_this_release():
    from dvk_reports import __version__

    assert re.search(rf"^## {re.escape(__version__)}$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert f"\nversion: {__version__}\n" in read(ROOT / "CITATION.cff")


def test_guide_to_work_names_places_that_exist():
    """Every errand has its place: a path of the tree in code, before the first blank or placeholder."""
    spans = re.findall(r"`([^`\n]+)`", read(GUIDE_TO_WORK))
    paths = [
        span
        for span in spans
        if re.fullmatch(r"(?:dvk_reports|templates_\w+|tools|tests|samples|docs|\.ci)/[\w./-]+", span)
    ]
    assert len(paths) >= 15
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_changelog_says_what_a_change_touches():
    """Each release says which sheets, figures and periods differ after it."""
    releases = re.split(r"^## ", read(ROOT / "CHANGELOG.md"), flags=re.MULTILINE)[1:]
    told = [release for release in releases if not release.startswith("0.1.0")]
    assert told and all("| Thay đổi | Biểu | Chỉ tiêu | Kỳ | Kỳ đã khóa |" in release for release in told)
