"""The folder in which a sealed quarter is run again: nothing of it stays, even where the run before was killed."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dvk_reports.workspace.scratch import scratch_folder

_HELD = (
    "import time\nfrom dvk_reports.workspace.scratch import scratch_folder\n"
    "with scratch_folder() as folder:\n    (folder / 'a.xlsx').write_bytes(b'a')\n"
    "    print(folder.parent, flush=True)\n    time.sleep(60)\n"
)


@pytest.fixture
def system_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("TEMP", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def _begun():
    program = subprocess.Popen([sys.executable, "-c", _HELD], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    folder = Path(program.stdout.readline().strip())
    program.stdout.close()
    os.utime(folder, (1, 1))  # it has been there for long
    return program, folder


def test_what_a_killed_run_left_goes_with_the_next(system_folder):
    program, left = _begun()
    other, at_work = _begun()
    try:
        program.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        program.wait()
        mine = system_folder / "dvk-su-co-x.txt"
        mine.write_bytes(b"a report for the technician")
        with scratch_folder() as folder:
            assert list(folder.iterdir()) == []
            assert not left.exists()
            assert (at_work / "viec" / "a.xlsx").is_file(), "a run that is still at work keeps its own"
        assert not folder.exists()
        assert sorted(system_folder.iterdir()) == sorted([mine, at_work])
    finally:
        for running in (program, other):
            running.kill()
            running.wait()
