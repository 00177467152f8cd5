"""Where no worker comes up, the caller hears it within seconds; it never waits for ever."""

import os
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from dvk_reports.intake import reading
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.model.returns import FileState

ROOT = str(Path(__file__).parents[2])

CALL = """
from functools import partial
from dvk_reports.errors import DvkError
from dvk_reports.intake.workers import run_in_workers

def work(ballast, item):
    return len(item)

def call():
    # As large as a plan is: more than a pipe takes in before somebody reads it.
    try:
        print([o.value for o in run_in_workers(partial(work, "x" * 4_000_000), ["a", "bc"], workers=2)])
    except DvkError as error:
        print("told:", ascii(str(error)))
"""
SCRIPTS = {
    "no guard": CALL + "\ncall()\n",
    "a daemon": CALL
    + """
import multiprocessing
if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=call, daemon=True)
    child.start()
    child.join()
""",
    "a pool": CALL
    + """
import multiprocessing
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(call)
""",
    "dies at start": CALL
    + """
import os, sys
if __name__ == "__main__":
    call()
else:
    os._exit(7)
""",
}


def run(arguments, text=None):
    return subprocess.run(
        [sys.executable, *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "PYTHONPATH": ROOT},
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_in_which_no_worker_can_live(tmp_path, name):
    script = tmp_path / "goi.py"
    script.write_text(textwrap.dedent(SCRIPTS[name]), encoding="utf-8")
    done = run([str(script)])
    assert "told:" in done.stdout
    assert "__main__" in done.stdout


def test_a_script_on_the_standard_input():
    done = run(["-"], CALL + '\nif __name__ == "__main__":\n    call()\n')
    assert "told:" in done.stdout


def test_a_guarded_script_works(tmp_path):
    script = tmp_path / "goi.py"
    script.write_text(CALL + '\nif __name__ == "__main__":\n    call()\n', encoding="utf-8")
    assert run([str(script)]).stdout == "[1, 2]\n"


# --- opening archives and mails -------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own way to keep Ctrl-C from a process")
def test_a_process_that_starts_never_hears_ctrl_c(tmp_path):
    """It is the parent's to hear, also while the first process starts; nobody reads of the child's half-done start."""
    script = tmp_path / "a.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, signal
            from dvk_reports.intake.workers import run_in_workers

            HEARD = signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])  # as this process starts

            def heard(item):
                return HEARD

            if __name__ == "__main__":
                signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
                print([outcome.value for outcome in run_in_workers(heard, [1, 2], workers=2)], HEARD)
                try:
                    os.kill(os.getpid(), signal.SIGINT)
                except KeyboardInterrupt:
                    print("stopped")
            """
        ),
        encoding="utf-8",
    )
    found = run([str(script)])
    assert found.stdout.splitlines() == ["[False, False] True", "stopped"], found.stderr


def die(box):
    os._exit(3)


def eat(box):
    return [bytearray(8 * 1024**3)]


@pytest.mark.processes
@pytest.mark.parametrize(("opener", "reason"), [(die, "dừng đột ngột"), (eat, "hỏng")])
def test_an_archive_that_kills_or_starves_its_opener_costs_itself(tmp_path, monkeypatch, opener, reason):
    """It is a line of its own, and the forms beside it are there."""
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as box:
        box.writestr("x.txt", "x")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.setattr(reading, "open_box", opener)
    found = unpack(tmp_path, reading.opened_by_workers(1))
    assert [(item.file, item.state) for item in found] == [
        ("a.pdf", FileState.NOT_A_FORM),
        ("b.zip", FileState.UNREADABLE),
        ("c.pdf", FileState.NOT_A_FORM),
    ]
    assert reason in found[1].reason
