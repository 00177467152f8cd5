"""What nobody foresaw, and what a cell may try on the terminal: one sentence, nothing of the data."""

import json
import os
import subprocess
import sys

import pytest

from dvk_reports.cli.base import shown_safely
from dvk_reports.mail.drafts import draft
from tests.support.small_space import KY, put, sent

BROKEN = """
import dvk_reports.run.consolidate as room
from dvk_reports.cli.main import main

def gather(*_):
    secret = "Trần Minh Họa 19/7/1993"
    raise {error}

room.gather = gather
main()
"""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("ValueError(secret)", "chương trình gặp lỗi ngoài dự kiến."),
        ("RecursionError(secret)", "chương trình gặp lỗi ngoài dự kiến."),
        ("MemoryError()", "máy không đủ bộ nhớ"),
    ],
)
def test_a_fault_of_the_program_is_one_sentence_and_a_file_for_the_technician(space, tmp_path, error, said):
    script = tmp_path / "run.py"
    script.write_text(BROKEN.format(error=error), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), "-w", str(space.root), "consolidate", KY, "--as-of", "2023-10-12"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    reports = list(tmp_path.glob("dvk-su-co-*.txt"))
    assert len(reports) == (0 if "bộ nhớ" in said else 1)
    for path in reports:
        text = path.read_text(encoding="utf-8")
        assert "dvk_reports/run/consolidate.py" in text
        assert not {"Trần", "1993", str(space.root), str(tmp_path)} & set(text.split())
        assert "Trần" not in text
    assert not space.results(KY).exists()


def test_escapes_of_a_cell_never_reach_the_terminal(space):
    """A file name, a cell and a title with ESC, a bell and marks that turn the writing."""
    evil = "\x1b]0;chiếm\x07\x1b[2J\x9b31m\u202eđảo"
    put(space, "A.xlsx", sent(space, "CB-A", {"nguoi_lap": evil}, {"tong_so_dang_vien": evil}))
    put(space, f"lạ {evil}.xlsx", b"not a workbook")
    run = subprocess.run(
        [sys.executable, "-m", "dvk_reports", "-w", str(space.root), "consolidate", KY, "--as-of", "2023-10-12"],
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    shown = (run.stdout + run.stderr).decode("utf-8")
    assert [c for c in shown if not (c.isprintable() or c in "\r\n\t")] == []


def test_ctrl_c_while_the_program_is_loaded():
    pressed = """
import sys

class Pressed:
    def find_spec(self, name, *rest):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
from dvk_reports.cli import main
"""
    run = subprocess.run(
        [sys.executable, "-c", pressed],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert (run.returncode, run.stderr) == (2, "Đã dừng.\n")


def test_a_control_character_is_shown_as_its_number():
    assert shown_safely("a\x1b[2Jb\n\u202ec") == "a\\u001b[2Jb\n\\u202ec"
    unseen = "\U000e0041\x7f\u202e"
    assert json.loads(shown_safely(json.dumps([unseen], ensure_ascii=False))) == [unseen]


def test_an_address_never_becomes_a_header():
    mail = draft("a@x.example\r\nBcc: b@y.example", "Biểu mẫu", "Kính gửi\n")
    head = mail.split(b"\r\n\r\n")[0]
    assert b"Bcc" not in head
