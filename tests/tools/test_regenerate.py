"""One command makes anew what follows from the rule book: only what changed, only in its own checkout."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import regenerate
from tools.same import same


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one part, which makes one file and no longer makes another."""
    (tmp_path / "trang").mkdir()
    (tmp_path / "trang" / "cu.md").write_text("cũ", encoding="utf-8")
    (tmp_path / "trang" / "moi.md").write_text("chưa đúng", encoding="utf-8")
    monkeypatch.setattr(regenerate, "ROOT", tmp_path)
    monkeypatch.setattr(regenerate, "PARTS", {"trang": lambda: {"trang/moi.md": "đúng".encode()}})
    monkeypatch.setattr(regenerate, "WHOLE", {"trang": "trang/*.md"})
    monkeypatch.setattr(regenerate, "PROGRAM", ())
    return tmp_path / "trang"


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_what_differs_is_written_and_what_is_no_longer_made_goes(checkout, capsys):
    assert regenerate.main([]) == 0
    assert held(checkout) == {"moi.md": "đúng"}
    said = capsys.readouterr().out.replace("\\", "/")
    assert said == "trang/moi.md: thay đổi\ntrang/cu.md: bỏ\n2 tệp đã thay đổi.\n"
    assert regenerate.main(["trang"]) == 0
    assert capsys.readouterr().out == "0 tệp đã thay đổi.\n"


def test_check_writes_nothing_and_tells_by_its_exit_code(checkout):
    before = held(checkout)
    assert (regenerate.main(["--check"]), held(checkout)) == (1, before)
    regenerate.main([])
    assert regenerate.main(["--check"]) == 0


def test_a_part_that_does_not_exist_is_refused(checkout, capsys):
    with pytest.raises(SystemExit):
        regenerate.main(["bieu"])
    assert "không có phần bieu; các phần: trang" in capsys.readouterr().err


def test_another_clone_is_not_written_into(tmp_path: Path):
    """The tools of one clone with the program of another: refused, and nothing written in either."""
    root = Path(regenerate.__file__).parents[1]
    shutil.copytree(root / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-m", "tools.regenerate", "docs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert f"không thuộc cây mã nguồn {tmp_path}" in done.stderr and "pip install -e ." in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["tools"]


def test_parts_write_below_their_own_folders():
    for part in ("docs", "templates_docx"):
        assert {name.partition("/")[0] for name in regenerate.PARTS[part]()} == {part}


# --- the same ---


def packed(level: int, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as box:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2023, 9, 30, 8, 0, 0))
            box.writestr(info, data, zipfile.ZIP_DEFLATED, level)
    return out.getvalue()


ROWS = b"<row>" * 500


def test_another_packer_makes_no_difference():
    once, again = packed(1, a=ROWS, b=b"x"), packed(9, a=ROWS, b=b"x")
    assert once != again
    assert same("a.xlsx", once, again)
    assert same("a.zip", packed(1, **{"a.xlsx": once}), packed(1, **{"a.xlsx": again}))


@pytest.mark.parametrize("other", [packed(1, a=ROWS, b=b"y"), packed(1, a=ROWS), packed(1, b=b"x", a=ROWS), b"x"])
def test_other_content_makes_a_difference(other):
    assert not same("a.xlsx", packed(1, a=ROWS, b=b"x"), other)
