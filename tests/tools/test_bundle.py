"""The bundle for Windows is made here from the registry, for 64-bit Windows, and everything in it is looked at."""

import ast
import csv
import hashlib
import re
import shutil
import struct
import sys
import zipfile
import zlib
from base64 import urlsafe_b64encode
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.samples import made_once
from tools.bundle import __main__ as bundle
from tools.bundle.folder import FILES, LOCKED, files_of
from tools.bundle.python_zip import AMD64, BundleError, embedded, machine_of
from tools.bundle.wheels import CONSTRAINTS, build_wheel, lock

ROOT = Path(__file__).parents[2]
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.13.9",
    "python_version": "3.13",
    "sys_platform": "win32",
    "extra": "",
}


def program(machine=AMD64):
    """As much of a Windows program as says for which machine it is."""
    return b"MZ" + bytes(0x3A) + struct.pack("<I", 0x40) + b"PE\0\0" + struct.pack("<H", machine)


def python_zip(folder, minor=13, machine=AMD64, leave_out=""):
    """A stand-in for Python's embeddable zip."""
    path = folder / f"python-3.{minor}.9-embed-amd64.zip"
    files = {
        "LICENSE.txt": b"PSF",
        "python.exe": program(machine),
        f"python3{minor}.dll": program(machine),
        f"python3{minor}.zip": b"PK\5\6" + bytes(18),
        f"python3{minor}._pth": f"python3{minor}.zip\r\n.\r\n\r\n# import site\r\n".encode(),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            if name != leave_out:
                archive.writestr(name, content)
    return path


def make(folder):
    """Wheel, stand-in and bundle, as the command makes it."""
    folder.mkdir(parents=True)
    build_wheel(folder)
    assert command(folder, "out") == 0


def command(folder, out):
    (wheel,) = folder.glob("*.whl")
    python = folder / "python-3.13.9-embed-amd64.zip"
    if not python.exists():
        python_zip(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zlib, "Z_DEFAULT_COMPRESSION", zlib.Z_BEST_SPEED)  # how small the zip is, no test asks
        return bundle.main(["--python-zip", str(python), "--wheel", str(wheel), "--out", str(folder / out)])


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """Made once, however many processes run the tests."""
    base = tmp_path_factory.getbasetemp()
    return made_once((base.parent if base.name.startswith("popen-") else base) / "gói" / "windows", make)


@pytest.fixture
def wheel(work):
    return next(work.glob("*.whl"))


@pytest.fixture
def made(work):
    return next(path for path in (work / "out").iterdir() if path.is_dir())


def infos(folder):
    """Canonical name -> metadata of every package in the bundle."""
    read = (path.read_text(encoding="utf-8") for path in (folder / "app").glob("*.dist-info/METADATA"))
    return {canonicalize_name(about["Name"]): about for about in map(Parser().parsestr, read)}


def pinned():
    lines = (line.strip() for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines())
    return {
        canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines) if version
    }


def test_every_package_is_there_at_our_release_also_those_that_windows_alone_needs(made):
    found = infos(made)
    releases = pinned()
    assert {name: about["Version"] for name, about in found.items() if name != "dvk-reports"} == {
        name: releases[name] for name in found if name != "dvk-reports"
    }
    missing, wanted = [], set()
    for name, about in found.items():
        for needed in map(Requirement, about.get_all("Requires-Dist") or ()):
            if needed.marker is None or needed.marker.evaluate(WINDOWS):
                other = canonicalize_name(needed.name)
                wanted.add(other)
                if other not in found or not needed.specifier.contains(found[other]["Version"], prereleases=True):
                    missing.append(f"{name} needs {needed}")
    assert missing == []
    assert set(found) == wanted | {"dvk-reports"}  # and nothing that nobody needs
    assert "tzdata" in found  # pandas needs it on Windows alone


def test_what_the_program_imports_lies_in_the_folder_that_python_is_told_of(made):
    lines = (made / "python" / "python313._pth").read_bytes().decode().split("\r\n")
    assert lines == ["python313.zip", ".", "..\\app", ""]
    app = made / "app"
    there = {path.name.partition(".")[0] for path in app.iterdir()} | sys.stdlib_module_names
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "dvk_reports").rglob("*.py")}
    assert {name for name in sources if not (app / name).is_file()} == set()
    imported = set()
    for path in (app / "dvk_reports").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.partition(".")[0])
    assert {"pandas", "click"} <= imported
    own = infos(made)["dvk-reports"]
    optional = {
        canonicalize_name(needed.name)
        for extra in set(own.get_all("Provides-Extra")) - {"test", "dev", "docs"}
        for needed in map(Requirement, own.get_all("Requires-Dist"))
        if needed.marker is not None and needed.marker.evaluate({**WINDOWS, "extra": extra})
    }
    assert {canonicalize_name(name) for name in imported - there} <= optional  # what a clerk does without
    for name in ("templates_xlsx/danh-muc.xlsx", "templates_docx/bao-cao.docx", "plans/bao_yen_2022_2025/plan.bin"):
        assert (app / "dvk_reports" / name).is_file(), name


def test_no_file_is_for_another_system_and_no_path_too_long(made):
    files = files_of(made)
    assert max(len(path.relative_to(made.parent).as_posix()) for path in files) < 200
    binary = []
    for path in files:
        head = path.read_bytes()[:4096]
        assert head[:4] not in (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"), path
        assert not re.search(r"\.(so|dylib)(\.|$)|\.cpython-|\.pyc$", path.name), path
        assert str(sys.prefix).encode() not in head, path
        if path.suffix in (".pyd", ".dll", ".exe"):
            binary.append(path.name)
            assert machine_of(head) == AMD64, path
    assert "etree.cp313-win_amd64.pyd" in binary
    assert not (made / "app" / "bin").exists()


def test_each_file_of_a_package_is_the_one_of_its_record(made):
    seen = set()
    for record in (made / "app").glob("*.dist-info/RECORD"):
        for name, digest, _ in csv.reader(record.read_text(encoding="utf-8").splitlines()):
            assert name not in seen
            seen.add(name)
            if digest:
                content = (made / "app" / name).read_bytes()
                assert digest == "sha256=" + urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    assert seen == {path.relative_to(made / "app").as_posix() for path in files_of(made / "app")}


def test_requirements_hold_every_package_to_a_hash(made, wheel):
    text = (made / LOCKED).read_text(encoding="utf-8")
    held = {}
    for line in text.splitlines():
        if "==" in line:
            name = canonicalize_name(line.partition("==")[0])
        elif line.strip().startswith("--hash=sha256:"):
            held.setdefault(name, []).append(line.strip(" \\"))
    assert set(held) == set(infos(made))
    assert held["dvk-reports"] == [f"--hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"]
    assert re.search(r"^# python-3\.13\.9-embed-amd64\.zip --hash=sha256:[0-9a-f]{64}$", text, re.MULTILINE)


def test_licences_of_all_that_is_bundled(made):
    folder = made / "giay-phep"
    listed = (folder / "DANH-SACH.txt").read_bytes().decode("utf-8-sig").split("\r\n")
    assert listed.pop() == "" and listed[0].startswith("Python ")
    assert len(listed) == len(infos(made)) + 1
    for line in listed:
        assert re.fullmatch(r"\S+ +(\S+ +)?\S.*", line), line  # each names its licence
    for info in (made / "app").glob("*.dist-info"):
        texts = [path for path in (folder / info.name.removesuffix(".dist-info")).rglob("*") if path.is_file()]
        assert sum(path.stat().st_size for path in texts) > 400, info.name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / "docxtpl-0.20.2" / "LGPL-2.1-only.txt").read_text()
    assert (folder / "Python" / "LICENSE.txt").read_bytes() == b"PSF"


def test_scripts_are_as_cmd_reads_them(made):
    scripts = sorted(made.glob("*.cmd"))
    assert [path.name for path in scripts] == [
        "1-Tao-bieu-mau.cmd",
        "2-Tong-hop.cmd",
        "3-Khen-thuong.cmd",
        "Kiem-tra.cmd",
        "dvk.cmd",
    ]
    for path in scripts:
        content = path.read_bytes()
        assert content.startswith(b"@echo off\r\n") and content.endswith(b"\r\n"), path  # no byte order mark
        assert content.count(b"\n") == content.count(b"\r\n"), path
        lines = content.decode("utf-8").split("\r\n")
        utf8 = lines.index("chcp 65001 >nul")
        assert all(line.isascii() for line in lines[:utf8]), path  # before it, letters are of another code page
        assert 'set "PYTHONUTF8=1"' in lines[utf8:]
        assert not re.search(r"%\d|%~[1-9]", content.decode()), path  # a dropped path is never pasted into a line
        if path.name != "dvk.cmd":
            assert "%*" not in content.decode(), path
            assert "pause >nul" in lines
    assert (made / "Kiem-tra.cmd").read_bytes().endswith(b"exit\r\n")
    said = (made / "DOC-TRUOC.txt").read_bytes().decode("utf-8-sig")
    assert "Python 3.13." in said and "\r\n" in said
    for path in scripts:
        assert path.name.removesuffix(".cmd") in said


def test_the_zip_holds_the_folder_and_is_the_same_again(made, work):
    first = made.with_name(f"{made.name}.zip")
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [path.relative_to(made.parent).as_posix() for path in files_of(made)]
    assert command(work, "again") == 0
    assert (work / "again" / first.name).read_bytes() == first.read_bytes()
    shutil.rmtree(work / "again")


@pytest.mark.parametrize("version", ["3.11", "3.14"])
def test_every_supported_python_has_all_wheels(wheel, version, tmp_path, monkeypatch):
    """Only wheels are allowed, so that a package without one for Windows stops the lock."""
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "python"))
    locked = lock(wheel, version)
    assert not (tmp_path / "python").exists()  # no Python of that version is fetched for it
    releases = pinned()
    found = dict(re.findall(r"^([\w.-]+)==(\S+)", locked, re.MULTILINE))
    assert {"pandas", "tzdata", "pydantic-core"} <= set(found)
    assert found == {name: releases[canonicalize_name(name)] for name in found}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minor": 10}, "is Python 3.10; the package runs on 3.11 to 3.14"),
        ({"minor": 15}, "is Python 3.15; the package runs on 3.11 to 3.14"),
        ({"machine": 0x014C}, "is not for 64-bit Windows"),
        ({"machine": 0xAA64}, "is not for 64-bit Windows"),
        ({"leave_out": "python313._pth"}, "is not Python's"),
        ({"leave_out": "python.exe"}, "is not Python's"),
    ],
)
def test_another_python_is_refused(tmp_path, changed, said):
    with pytest.raises(BundleError, match=said):
        embedded(python_zip(tmp_path, **changed))


def test_what_is_no_wheel_is_refused(tmp_path, capsys):
    other = tmp_path / "dvk.whl"
    other.write_bytes(b"PK")
    for wheel in (other, tmp_path / "không có.whl", python_zip(tmp_path)):
        words = ["--python-zip", str(python_zip(tmp_path)), "--wheel", str(wheel), "--out", str(tmp_path / "out")]
        assert bundle.main(words) == 2
        assert f"No bundle: {wheel} is no wheel" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_the_registry_nothing_is_made_and_it_says_why(tmp_path, wheel, monkeypatch, capsys):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    words = ["--python-zip", str(python_zip(tmp_path)), "--wheel", str(wheel), "--out", str(tmp_path / "out")]
    assert bundle.main(words) == 2
    assert "No bundle: uv pip compile failed" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_the_scripts_call_what_there_is():
    """Each errand of a .cmd is one that the program knows."""
    from dvk_reports.cli import double_click

    called = {
        hit[1] for path in FILES.glob("*.cmd") if (hit := re.search(r"double_click (\w+)", path.read_text("utf-8")))
    }
    assert called == {*double_click._ERRANDS, "check"}
