"""What is shipped: the wheel holds every folder, template and rule, an installed copy works, and nothing private."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("dvk_reports", "templates_xlsx", "templates_docx")
TEXT = frozenset({".py", ".yaml", ".md", ".cfg", ".toml", ".csv", ".txt", ""})
ZIPS = frozenset({".xlsx", ".xlsm", ".docx", ".ods", ".zip"})
LOCK = "~$mo-trong-Word.docx"
"""Word leaves such a file beside a template that is open."""


def config() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def lines_of(section: str, key: str) -> list[str]:
    return [line for line in config()[section][key].splitlines() if line]


def package_dirs() -> dict[str, str]:
    """Package -> folder it is built from, where that is not its own name."""
    return dict(tuple(part.strip() for part in line.split("=")) for line in lines_of("options", "package_dir"))  # type: ignore[misc]


def shipped_name(path: Path) -> str:
    """Where a file of the tree must lie in the wheel."""
    relative = path.relative_to(ROOT).as_posix()
    top = relative.partition("/")[0]
    return relative if top == "dvk_reports" else f"dvk_reports/{relative}"


def expected_files() -> set[str]:
    """Every module, rule book and template of the tree."""
    endings = {".py", ".yaml", ".bin", ".mo", ".xlsx", ".docx"}
    return {
        shipped_name(path)
        for source in SOURCES
        for path in (ROOT / source).rglob("*")
        if (path.suffix in endings or path.name == "py.typed")
        and "__pycache__" not in path.parts
        and not path.name.startswith("~$")
    }


# --- wheel ---------------------------------------------------------------------------------------------------------


def newest_setuptools() -> bool:
    try:
        return int(version("setuptools").partition(".")[0]) >= 77
    except PackageNotFoundError:
        return False


def uv(*words: str) -> None:
    """What pip does as well, at a third of the cost."""
    done = subprocess.run(
        [sys.executable, "-m", "uv", *words, "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr or done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of a copy of the tree in which a template is open in Word."""
    tree = tmp_path_factory.mktemp("cay")
    skip = shutil.ignore_patterns("__pycache__", ".*_cache", "*.egg-info")
    for name in SOURCES:
        shutil.copytree(ROOT / name, tree / name, ignore=skip)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    (tree / "templates_docx" / LOCK).write_bytes(b"")
    out = tmp_path_factory.mktemp("goi")
    # setuptools at hand saves asking the registry for one.
    own = ["--no-build-isolation"] if newest_setuptools() else []
    uv("build", "--wheel", str(tree), "--out-dir", str(out), *own)
    (made,) = out.glob("*.whl")
    return made


def test_wheel_holds_every_module_rule_and_template(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dvk_reports/")}
    assert held == expected_files()


def test_wheel_holds_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert sorted(re.sub(r"-[\d.]+\.dist-info$", ".dist-info", top) for top in tops) == [
        "dvk_reports",
        "dvk_reports.dist-info",
    ]


def test_what_is_shipped_is_not_empty():
    """The comparison above would hold for an empty tree too."""
    names = expected_files()
    assert {name for name in names if name.endswith(".yaml")} >= {
        f"dvk_reports/plans/bao_yen_2022_2025/{stem}.yaml"
        for stem in ("plan", "forms", "figures", "awards", "documents", "register")
    }
    assert {"dvk_reports/templates_docx/bao-cao.docx", "dvk_reports/templates_xlsx/danh-muc.xlsx"} <= names


def test_every_folder_of_modules_is_listed():
    """A new folder that is forgotten in setup.cfg works from the tree and is missing from the wheel."""
    folders = {path.parent for source in SOURCES for path in (ROOT / source).rglob("*.py")}
    packages = {shipped_name(folder).replace("/", ".") for folder in folders}
    assert packages == set(lines_of("options", "packages"))
    assert [folder.name for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_mapped_packages_lie_at_the_top():
    assert package_dirs() == {f"dvk_reports.{name}": name for name in SOURCES if name != "dvk_reports"}


LOOK = """
import importlib, pathlib, sys
from importlib.resources import files
import dvk_reports
from dvk_reports.run.plans import load_plan
root = pathlib.Path(sys.argv[1]).resolve()
plan = load_plan()
for package in ("dvk_reports", "dvk_reports.plans", "dvk_reports.templates_xlsx", "dvk_reports.templates_docx"):
    place = pathlib.Path(importlib.import_module(package).__file__).resolve()
    assert root in place.parents, (package, place)
import openpyxl, docx
for item in files("dvk_reports.templates_xlsx").iterdir():
    if item.name.endswith(".xlsx"):
        with item.open("rb") as stream:
            assert openpyxl.load_workbook(stream, read_only=True).sheetnames, item.name
with files("dvk_reports.templates_docx").joinpath("bao-cao.docx").open("rb") as stream:
    assert docx.Document(stream).paragraphs
sys.stdout.write(f"{plan.info.ma} {dvk_reports.__version__}")
"""


def test_an_installed_copy_finds_its_plan_and_templates(wheel, tmp_path):
    site = tmp_path / "site"
    uv("pip", "install", "--no-deps", "--no-index", "--target", str(site), str(wheel))
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(site)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"bao_yen_2022_2025 {wheel.name.split('-')[1]}"


# --- the tree ------------------------------------------------------------------------------------------------------


def tree() -> Iterator[Path]:
    """Every file that belongs to the project: as git lists them, else all but what tools leave behind."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            cwd=ROOT,
            check=True,
        ).stdout.decode("utf-8")
        names = [Path(name) for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    for name in names:
        left = any(part.startswith(".") and part != ".ci" for part in name.parts[:-1])
        if not left and "__pycache__" not in name.parts and (ROOT / name).is_file():
            yield ROOT / name


# Put together here, so that this file does not carry what it looks for.
PLACES = re.compile(rb"(?<![\w.<-])/(?:" + b"|".join((b"work", b"root", b"tmp", b"home", b"Users")) + rb")/\w")
CELLS = re.compile(r"xl/worksheets/sheet\d+\.xml$")
"""Cells alone, and by far the most of a workbook; paths stand in its properties, links and texts."""
DRIVE = re.compile(rb"\b[A-Za-z]:\\\\?Users\\")


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file and, of a workbook, document or archive, those of its members."""
    data = path.read_bytes()
    if path.suffix in ZIPS and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as box:
            for name in box.namelist():
                if not CELLS.search(name):
                    yield f"{path.relative_to(ROOT)}!/{name}", box.read(name)
    else:
        yield str(path.relative_to(ROOT)), data


def test_no_file_tells_where_it_was_made():
    found = [
        f"{name}: {hit[0].decode('utf-8', 'replace')}"
        for path in tree()
        for name, data in contents(path)
        if (hit := PLACES.search(data) or DRIVE.search(data))
    ]
    assert found == []


@pytest.mark.parametrize("place", ["work", "root", "tmp", "home"])
def test_a_place_of_a_machine_is_seen(place):
    assert PLACES.search(f'open("/{place}/a.xlsx")'.encode())
    assert not PLACES.search(f"https://vi-du.example/{place}/a".encode())


def test_sources_are_written_in_composed_letters():
    wrong = [
        str(path.relative_to(ROOT))
        for path in tree()
        if path.suffix in TEXT and not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
