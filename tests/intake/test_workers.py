"""Foreign files are worked on in processes of their own, whoever carries the work out, and each costs only itself."""

import os
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest

from dvk_reports.errors import WorkersError
from dvk_reports.intake import reading, workers
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.intake.workers import Crew, Failure, Outcome, run_in_workers
from dvk_reports.model.returns import FileState
from tests.support.executors import KINDS, Breaks, Fails, crew_of
from tests.support.killers import die, eat, work

ROOT = str(Path(__file__).parents[2])


@pytest.mark.parametrize("kind", KINDS)
def test_a_dying_reader_costs_one_file_and_the_order_is_kept(kind):
    with crew_of(kind) as crew:
        assert run_in_workers(work, ["a", "dies", "b", "aborts", "raises", "c", "dies", "d"], crew) == [
            Outcome("A"),
            Outcome(None, Failure.DIED),
            Outcome("B"),
            Outcome(None, Failure.DIED),
            Outcome(None, Failure.ERROR, "tệp có mật khẩu mở", told=True),
            Outcome("C"),
            Outcome(None, Failure.DIED),
            Outcome("D"),
        ]
        assert run_in_workers(len, ["a", "bc"], crew) == [Outcome(1), Outcome(2)]


@pytest.mark.parametrize("kind", ["one worker", "threads", "processes"])
def test_a_reader_that_hangs_is_cut(kind):
    started = time.monotonic()
    with crew_of(kind) as crew:
        assert run_in_workers(work, ["hangs", "a", "b"], crew, limit=1.0) == [
            Outcome(None, Failure.HUNG),
            Outcome("A"),
            Outcome("B"),
        ]
    assert time.monotonic() - started < 30


def test_even_one_file_is_read_in_a_process_of_its_own():
    assert run_in_workers(work, ["dies"], workers=0) == [Outcome(None, Failure.DIED)]
    assert run_in_workers(work, [], workers=4) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the memory of one process")
@pytest.mark.parametrize("kind", ["one worker", "threads"])
def test_a_file_that_wants_all_memory_gets_none(kind):
    with crew_of(kind) as crew:
        (outcome,) = run_in_workers(work, ["eats"], crew)
    assert (outcome.reason, outcome.detail) == (Failure.ERROR.value, "MemoryError")


def test_more_parts_than_are_handed_out_at_once_and_more_items_than_one_part_holds():
    items = [str(number) for number in range(2 * workers._AHEAD * workers._PART // 8)]
    with crew_of("threads") as crew:
        started: list[tuple[int, int]] = []
        found = run_in_workers(work, items, crew, on_start=lambda *told: started.append(told))
    assert found == [Outcome(item) for item in items]
    assert started == [(number, number) for number in range(len(items))]


# --- executors that fail --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [range(41, 42), range(20), range(3, 100)], ids=["one", "the first", "all but three"])
def test_what_the_executor_fails_at_is_worked_on_here(lost):
    """No file is said to be damaged because a cluster lost it, be it one or all from some moment on."""
    items = [f"a{number}" for number in range(100)]
    gone = {items[number] for number in lost}
    with Crew(executor=Fails(lambda item: item in gone)) as crew:
        assert run_in_workers(work, ["b"], crew) == [Outcome("B")]
        assert run_in_workers(work, items, crew) == [Outcome(item.upper()) for item in items]


def test_a_file_that_kills_its_reader_costs_itself_where_the_executor_fails_at_it_too():
    with Crew(executor=Fails(lambda item: item == "dies")) as crew:
        assert run_in_workers(work, ["a", "dies", "b"], crew) == [
            Outcome("A"),
            Outcome(None, Failure.DIED),
            Outcome("B"),
        ]


@pytest.mark.parametrize("count", [3, 100], ids=["parts of one", "parts of several"])
def test_an_item_that_failed_once_is_worked_on_once_more(count):
    """Whatever the size of its part: what comes of a file does not hang on how many others there are."""
    items, met = [f"a{number}" for number in range(count)], []

    def first_time(item):
        met.append(item)
        return item == "a1" and met.count(item) == 1

    with Crew(executor=Fails(first_time)) as crew:
        assert run_in_workers(work, items, crew) == [Outcome(item.upper()) for item in items]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("after", [0, 1])
def test_an_executor_that_breaks_stops_the_run(after, late):
    with Crew(executor=Breaks(after, late)) as crew, pytest.raises(WorkersError, match="executor"):
        run_in_workers(work, ["a", "b", "c"], crew)


@pytest.mark.parametrize("count", [1, 3, 100])
def test_where_nothing_comes_through_no_file_is_blamed(count):
    with Crew(executor=Fails(lambda item: True)) as crew, pytest.raises(WorkersError, match="executor"):
        run_in_workers(work, ["a"] * count, crew)


def test_another_version_reads_nothing():
    with pytest.raises(WorkersError, match=r"0\.0\.0"):
        workers.work_elsewhere("0.0.0", b"", 1.0, [])


@pytest.mark.parametrize("given", [{"executor": "luồng"}, {"executor": Breaks(0, False), "workers": 2}])
def test_what_cannot_be_a_crew_is_told(given):
    with pytest.raises(WorkersError, match="executor"):
        Crew(**given)


# --- scripts of a caller --------------------------------------------------------------------------------------------

CALL = """
from functools import partial
from dvk_reports.errors import DvkError
from dvk_reports.intake.workers import run_in_workers
from operator import add

def call():
    # As large as a plan is: more than a pipe takes in before somebody reads it.
    try:
        print([len(o.value) for o in run_in_workers(partial(add, "x" * 4_000_000), ["a", "bc"], workers=2)])
    except DvkError as error:
        print("told:", ascii(str(error)))
"""
SCRIPTS = {
    "no guard": CALL + "\ncall()\n",
    "a guard": CALL + '\nif __name__ == "__main__":\n    call()\n',
    "a thread": CALL + "\nimport threading\ncalling = threading.Thread(target=call)\ncalling.start()\ncalling.join()\n",
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
}


def run(arguments, text=None, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": ROOT, **environment},
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_files_are_read_from_any_script(tmp_path, name):
    script = tmp_path / "goi.py"
    script.write_text(textwrap.dedent(SCRIPTS[name]), encoding="utf-8")
    found = run([str(script)])
    assert found.stdout == "[4000001, 4000002]\n", found.stderr


def test_a_script_on_the_standard_input():
    assert run(["-"], CALL + "\ncall()\n").stdout == "[4000001, 4000002]\n"


def test_where_no_process_comes_up_it_is_told(tmp_path):
    """Nobody waits for ever for a child that ends before it is up."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\nif 'boot()' in ' '.join(sys.orig_argv):\n    os._exit(7)\n", encoding="utf-8"
    )
    script = tmp_path / "goi.py"
    script.write_text(SCRIPTS["a thread"], encoding="utf-8")
    found = run([str(script)], PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert found.stdout.startswith("told: 'Kh"), found.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own way to keep Ctrl-C from a process")
@pytest.mark.parametrize("alone", [True, False])
def test_a_process_that_reads_never_hears_ctrl_c(tmp_path, alone):
    """It is the parent's to hear: those who read are in a session of their own, and go when it goes."""
    script = tmp_path / "a.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import os, signal, threading
            from dvk_reports.intake.workers import run_in_workers

            if not {alone}:
                threading.Thread(target=threading.Event().wait, daemon=True).start()
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
            found = [outcome.value for outcome in run_in_workers(os.getsid, [0, 0], workers=2)]
            print(len(set(found) - {{os.getsid(0), None}}))
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                print("stopped")
            """
        ),
        encoding="utf-8",
    )
    found = run([str(script)])
    assert found.stdout.splitlines()[1:] == ["stopped"], found.stderr
    assert found.stdout.splitlines()[0] in ("1", "2")  # one child may be quick enough to do both


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_while_files_are_read_leaves_no_process(tmp_path):
    script = tmp_path / "a.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, signal, threading, time
            from dvk_reports.intake.workers import run_in_workers

            signal.signal(signal.SIGINT, signal.default_int_handler)
            begun = time.monotonic()
            try:
                os.environ["ME"] = str(os.getpid())
                run_in_workers(
                    time.sleep, [600] * 3, 2,
                    on_start=lambda *_: os.system("(sleep 1; kill -INT $ME) > /dev/null 2>&1 &"),
                )
            except KeyboardInterrupt:
                print("stopped", time.monotonic() - begun < 20)
            try:
                os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                print("nobody left")
            """
        ),
        encoding="utf-8",
    )
    found = run([str(script)])
    assert found.stdout.splitlines() == ["stopped True", "nobody left"], found.stderr


# --- opening archives and mails -------------------------------------------------------------------------------------


@pytest.mark.processes
@pytest.mark.parametrize("kind", ["one worker", "threads"])
@pytest.mark.parametrize(("opener", "reason"), [(die, "dừng đột ngột"), (eat, "hỏng")])
def test_an_archive_that_kills_or_starves_its_opener_costs_itself(tmp_path, monkeypatch, opener, reason, kind):
    """It is a line of its own, and the forms beside it are there."""
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as box:
        box.writestr("x.txt", "x")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.setattr(reading, "open_box", opener)
    with crew_of(kind) as crew:
        found = unpack(tmp_path, reading.opened_by_workers(crew))
    assert [(item.file, item.state) for item in found] == [
        ("a.pdf", FileState.NOT_A_FORM),
        ("b.zip", FileState.UNREADABLE),
        ("c.pdf", FileState.NOT_A_FORM),
    ]
    assert reason in found[1].reason
