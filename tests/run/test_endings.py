"""Whatever ends a command, the workspace is whole: as before it or as after it, and nothing temporary is left."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from threading import Thread

import pytest

from dvk_reports import (
    close_period,
    consolidate,
    draft_awards,
    init_workspace,
    make_forms,
    propose_awards,
    send_mails,
    status,
)
from dvk_reports.errors import WorkspaceError
from dvk_reports.run.plans import new_plan
from dvk_reports.run.rules import list_rules
from dvk_reports.workspace.lock import LOCK, OWNER, at_work, look_after
from dvk_reports.workspace.switch import settle, write_all
from tests.support.endings import (
    CALLS,
    NOBODY,
    RENAMES,
    at_call,
    chown_all,
    content_of,
    fill,
    in_child,
    interrupt,
    kill,
    refuse,
    starve,
)
from tests.support.small_space import DAY, KY, put, sent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process is copied")

OLD = {"a.xlsx": b"old a", "b/c.docx": b"old c", "b/d.docx": b"goes", "mine.txt": b"by hand"}
NEW = {"a.xlsx": b"new a", "b/c.docx": b"new c", "e/f.docx": b"new f"}
AFTER = {"a.xlsx": b"new a", "b/c.docx": b"new c", "e/f.docx": b"new f", "mine.txt": b"by hand"}


def laid(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def ended(root, job, number, what, calls=CALLS):
    """The exit code of a job that is ended at its call of that number, and the workspace after the next command."""

    def run():
        with at_call(number, what, calls):
            job(root)

    code = in_child(run)
    look_after(root)
    return code, content_of(root)


def calls_of(root, job, calls=CALLS):
    with at_call(0, kill, calls) as count:
        job(root)
    return count()


# --- the switch itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [kill, refuse, fill, interrupt, starve])
@pytest.mark.parametrize("before", [OLD, {}], ids=["again", "first"])
def test_at_every_call_to_the_disk(tmp_path, what, before):
    """Killed, refused, full, interrupted, out of memory: after the next command all is old or all is new."""

    def job(root):
        write_all(root / "ket-qua" / KY, NEW, ["b/d.docx"])

    def fresh(name):
        root = tmp_path / name
        laid(root / "ket-qua" / KY, before) if before else laid(root / "ket-qua", {})
        return root

    whole = fresh("whole")
    old = content_of(whole)
    number = calls_of(whole, job)
    new = content_of(whole)
    assert new == {f"ket-qua/{KY}/{name}": data for name, data in (AFTER if before else NEW).items()}
    assert number > 10
    ends = [ended(fresh(f"{k}"), job, k, what) for k in range(1, number + 1)]
    assert [k for k, (_, found) in enumerate(ends, 1) if found not in (old, new)] == []
    assert {found == new for _, found in ends} == {True, False}, "some calls come before the switch, some after"
    if what is kill:
        assert {code for code, _ in ends} == {-9}


def test_every_file_is_on_the_disk_before_the_journal_says_so(tmp_path, monkeypatch):
    """A power cut loses what was only written: files, and their names in each folder."""
    folder, before, real = tmp_path / KY, set(), os.fsync

    def watched(handle):
        if not any(path.suffix == ".json" for path in tmp_path.iterdir()):
            before.add(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_all(folder, NEW)
    made = (folder, folder / "b", folder / "e", *(folder / name for name in NEW))
    assert [path for path in made if path.stat().st_ino not in before] == []


def test_where_the_roll_back_is_refused_too(tmp_path):
    """From the k-th call on the disk refuses everything: what is said then is so, and the next command mends it."""

    def job(root):
        try:
            write_all(root / "ket-qua" / KY, NEW, ["b/d.docx"])
        except WorkspaceError as error:
            (root.parent / f"{root.name}.txt").write_text(str(error), encoding="utf-8")

    whole = tmp_path / "whole"
    laid(whole / "ket-qua" / KY, OLD)
    old = content_of(whole)
    number = calls_of(whole, job)
    new = content_of(whole)
    unchanged = []
    for k in range(1, number + 1):
        root = tmp_path / f"{k}"
        laid(root / "ket-qua" / KY, OLD)

        def run(root=root, k=k):
            with at_call(k, refuse, CALLS, onwards=True):
                job(root)

        in_child(run)
        said = tmp_path / f"{k}.txt"
        if said.exists() and "Chưa có tệp nào bị thay đổi" in said.read_text(encoding="utf-8"):
            unchanged.append(k)
            assert {name: data for name, data in content_of(root).items() if "/.dvk-" not in name} == old, k
        look_after(root)
        assert content_of(root) in ((old,) if k in unchanged else (old, new)), k
    assert 0 < len(unchanged) < number
    said = (tmp_path / f"{max(unchanged) + 1}.txt").read_text(encoding="utf-8")
    assert "gõ lệnh dvk" in said


def test_what_stands_in_the_way_is_never_deleted(tmp_path):
    """A folder where a file should go, a file where a folder should go."""
    folder = tmp_path / KY
    laid(folder, {"a.xlsx/mine.txt": b"by hand"})
    with pytest.raises(WorkspaceError, match="một thư mục mang tên của tệp cần ghi"):
        write_all(folder, NEW)
    assert content_of(folder) == {"a.xlsx/mine.txt": b"by hand"}
    with pytest.raises(WorkspaceError, match="một thư mục mang tên của tệp cần ghi"):
        write_all(folder, {"a.xlsx": b"one file"})
    assert content_of(folder) == {"a.xlsx/mine.txt": b"by hand"}
    other = tmp_path / "2023-Q4"
    other.write_bytes(b"a file")
    with pytest.raises(WorkspaceError, match="một tệp mang tên của thư mục cần dùng"):
        write_all(other, NEW)
    assert content_of(tmp_path) == {f"{KY}/a.xlsx/mine.txt": b"by hand", "2023-Q4": b"a file"}


def test_a_folder_that_is_a_shortcut_is_switched_where_it_lies(tmp_path):
    real = tmp_path / "ổ khác" / KY
    laid(real, OLD)
    (tmp_path / "ket-qua").mkdir()
    (tmp_path / "ket-qua" / KY).symlink_to(real, target_is_directory=True)

    def job(root):
        write_all(root / "ket-qua" / KY, NEW, ["b/d.docx"])

    code, _ = ended(tmp_path, job, 2, kill, RENAMES)
    assert code == -9
    assert content_of(real) == OLD or content_of(real) == AFTER
    job(tmp_path)
    assert content_of(real) == AFTER
    assert (tmp_path / "ket-qua" / KY).is_symlink()


@pytest.mark.parametrize("journal", [None, b"\x00no json"], ids=["no journal", "journal"])
@pytest.mark.parametrize("moved", [False, True], ids=["", "old moved aside"])
@pytest.mark.parametrize("whole", [False, True], ids=["", "new one whole"])
@pytest.mark.parametrize("stands", [False, True], ids=["", "folder stands"])
def test_whatever_was_left_is_settled(tmp_path, stands, whole, moved, journal):
    """Every combination of traces, those too that only a person or a synchronising program can leave."""
    folder = tmp_path / KY
    there = {folder: stands, tmp_path / f".dvk-moi-{KY}": whole, tmp_path / f".dvk-cu-{KY}": moved}
    for path in (path for path, laid_there in there.items() if laid_there):
        laid(path, {"a.xlsx": path.name.encode()})
    if journal is not None:
        (tmp_path / f".dvk-viec-{KY}.json").write_bytes(journal)
    list(settle([tmp_path]))
    held = content_of(tmp_path)
    expected = {}
    if stands or moved or (whole and journal):
        wins = f".dvk-moi-{KY}" if whole and journal else KY if stands else f".dvk-cu-{KY}"
        expected = {f"{KY}/a.xlsx": wins.encode()}
    if stands and whole and moved and journal:  # the one that stands is nobody's old results
        expected[f"{KY} (giữ lại 1)/a.xlsx"] = KY.encode()
    assert held == expected
    assert list(settle([tmp_path])) == []


@pytest.mark.parametrize("name", [f".dvk-viec-{KY}.json", ".dvk-tep-a.xlsx"])
def test_a_folder_with_the_name_of_a_trace_is_left_alone(tmp_path, name):
    laid(tmp_path / name, {"mine.txt": b"by hand"})
    assert list(settle([tmp_path])) == []
    assert (tmp_path / name / "mine.txt").read_bytes() == b"by hand"


def test_folders_and_files_marked_read_only_hold_up_nothing(tmp_path):
    """A folder copied from a disc keeps its mark, and is moved aside and deleted all the same."""
    folder = tmp_path / KY
    laid(folder, {**OLD, "đĩa/ảnh/a.jpg": b"photo"})
    kept = folder / "đĩa" / "ảnh"
    (kept / "a.jpg").chmod(0o444)
    kept.chmod(0o555)
    if os.geteuid() == 0:  # the system's own manager is refused nothing
        chown_all(tmp_path)

    def job():
        write_all(folder, NEW, ["b/d.docx"])

    closed = [path for path in tmp_path.parents if path.stat().st_mode & 0o011 != 0o011]
    for path in closed:
        path.chmod(path.stat().st_mode | 0o011)  # whoever is nobody has to get there
    try:
        assert in_child(job, user=NOBODY) == 0
    finally:
        for path in closed:
            path.chmod(path.stat().st_mode & ~0o011)
    assert content_of(tmp_path) == {f"{KY}/{name}": data for name, data in {**AFTER, "đĩa/ảnh/a.jpg": b"photo"}.items()}
    assert [(kept / "a.jpg").stat().st_mode & 0o777, kept.stat().st_mode & 0o777] == [0o444, 0o555]


# --- every command that writes ------------------------------------------------------------------------------------


def _consolidated(space):
    for code in ("CB-A", "CB-B"):
        put(space, f"{code}.xlsx", sent(space, code, b1={"so_cuoc_tuyen_truyen": 2 if code == "CB-A" else None}))
    consolidate(space, KY, as_of=DAY)
    put(space, "CB-C.xlsx", sent(space, "CB-C"))


COMMANDS = {
    "forms": lambda root: make_forms(root, KY, "CB-A", as_of=DAY),
    "consolidate": lambda root: consolidate(root, KY, as_of=DAY),
    "consolidate a longer period": lambda root: consolidate(root, "2023-9T", as_of=DAY),
    "close": lambda root: close_period(root, KY, as_of=date(2023, 10, 25)),
    "propose": lambda root: propose_awards(root, "2023-10", as_of=date(2023, 10, 21)),
    "draft": lambda root: draft_awards(root, "2023-10", as_of=date(2023, 10, 20)),
    "init": lambda root: init_workspace(root / "mới", "bao_yen_2022_2025"),
    "rules": lambda root: list_rules(root, root / "quy-dinh.xlsx"),
    "plan new": lambda root: new_plan(root, "rieng", "bao_yen_2022_2025"),
}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A workspace where every command has something to do."""
    from tests.support.award_space import round_space
    from tests.support.small_space import made

    space = made(tmp_path_factory.mktemp("giữa chừng") / "làm việc")
    _consolidated(space)
    award = round_space(tmp_path_factory.mktemp("giữa chừng đợt") / "làm việc")
    propose_awards(award, "2023-10", as_of=date(2023, 10, 20))
    return {"propose": award.root, "draft": award.root, "": space.root}


AT = CALLS if "DVK_LAN" in os.environ else RENAMES
"""By hand the long way: every call to the disk."""


def _without_outbox(found):
    return {name: data for name, data in found.items() if not name.startswith("gui-lan-nay/")}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_ended_at_a_rename(tmp_path, held, name):
    """Killed, or refused, at each rename of each command: old or new, and the next run comes to the same bytes."""
    source, job = held.get(name, held[""]), COMMANDS[name]
    if name == "close":
        shutil.copytree(source, tmp_path / "base")
        consolidate(tmp_path / "base", KY, as_of=DAY)
        source = tmp_path / "base"

    def fresh(label):
        return shutil.copytree(source, tmp_path / label)

    whole = fresh("whole")
    old = content_of(whole)
    number = calls_of(whole, job, AT)
    new = content_of(whole)
    assert number > 0
    assert new != old
    for k in range(1, number + 1):
        for what in (kill, refuse):
            root = fresh(f"{k}-{what.__name__}")
            code, found = ended(root, job, k, what, AT)
            assert code == -9 if what is kill else code in (0, 1)
            half = found not in (old, new) and _without_outbox(found) == _without_outbox(new)
            if name == "consolidate" and half:
                # The mails to be sent are laid out by a switch of their own, after the results: sending makes it good.
                send_mails(root, KY, as_of=DAY, dry_run=True)
                found = content_of(root)
                assert found == new
            elif name == "init":  # nothing of it is a workspace yet; the same command goes on
                assert "mới/danh-muc.xlsx" not in found or found == new
            else:
                assert found in (old, new), (k, what)
            if found != new and what is kill:
                job(root)
                assert content_of(root) == new


# --- a disk that is full ------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A file system of four megabytes, where the machine lets us have one."""
    folder = tmp_path / "đĩa"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("no right to mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(small_disk, held):
    """The run stops with a sentence, the results of before are all there, and it works once there is room."""
    root = shutil.copytree(held[""], small_disk / "làm việc")
    old = content_of(root)
    ballast = small_disk / "đầy"
    free = shutil.disk_usage(small_disk).free
    for left in (4_096, 20_000, 60_000, 120_000):
        ballast.write_bytes(b"x" * max(0, free - left))
        with pytest.raises(WorkspaceError, match=r"hết chỗ trên đĩa.*Chưa có tệp nào bị thay đổi"):
            consolidate(root, KY, as_of=DAY)
        ballast.unlink()
        assert content_of(root) == old
    consolidate(root, KY, as_of=DAY)
    assert content_of(root) != old


# --- two at once --------------------------------------------------------------------------------------------------


def test_the_second_command_says_who_is_at_work(space, monkeypatch):
    """It waits a moment and changes nothing; a dead owner holds nobody up."""
    from dvk_reports.workspace import lock

    monkeypatch.setattr(lock, "_WAIT", 0.2)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom dvk_reports.workspace.lock import at_work\n"
            "with at_work(Path(sys.argv[1]), 'dvk consolidate'):\n    print('held', flush=True)\n    time.sleep(60)\n",
            str(space.root),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = content_of(space.root)
        with pytest.raises(WorkspaceError, match=rf"lệnh khác làm việc \(consolidate, tiến trình {holder.pid} "):
            make_forms(space.root, KY, as_of=DAY)
        assert content_of(space.root) == before
        status(space.root, as_of=DAY)  # reading is not held up
    finally:
        holder.kill()
        holder.communicate()
    assert json.loads((space.root / OWNER).read_text(encoding="utf-8"))["tien_trinh"] == holder.pid
    make_forms(space.root, KY, as_of=DAY)
    assert not (space.root / OWNER).exists()
    assert not (space.root / LOCK).exists()


def test_a_command_inside_a_command_is_the_same_one(space):
    with at_work(space.root, "dvk consolidate"):
        make_forms(space.root, KY, as_of=DAY)


@pytest.mark.parametrize("name", ["init", "plan new"])
def test_commands_that_make_folders_hold_the_workspace_too(space, monkeypatch, name):
    """Else a second command would take what they are just building for the leftovers of one that was ended."""
    from dvk_reports.run import init, plans

    held = []
    for room in (init, plans):
        real = room.write_all

        def watched(folder, outputs, real=real):
            root = space.root / "mới" if name == "init" else space.root
            held.append((root / LOCK).exists())
            return real(folder, outputs)

        monkeypatch.setattr(room, "write_all", watched)
    COMMANDS[name](space.root)
    assert held != []
    assert set(held) == {True}
    assert not (space.root / "mới" / LOCK).exists()
    assert not (space.root / LOCK).exists()


def test_what_the_disk_refuses_on_the_way_is_one_error(space):
    """A folder in the place of a paper, or one that nobody may look into: the library's own error says which."""
    consolidate(space, KY, as_of=DAY)
    paper = space.results(KY) / "bao-cao.docx"
    paper.unlink()
    paper.mkdir()
    (paper / "mine.txt").write_bytes(b"by hand")
    before = content_of(space.root)
    with pytest.raises(WorkspaceError, match=r"bao-cao\.docx: một thư mục mang tên của tệp cần ghi"):
        consolidate(space, KY, as_of=DAY)
    assert content_of(space.root) == before


def test_two_threads_of_one_program_are_two(space, monkeypatch):
    from dvk_reports.workspace import lock

    monkeypatch.setattr(lock, "_WAIT", 0.1)
    found = []

    def other():
        try:
            make_forms(space.root, KY, as_of=DAY)
        except WorkspaceError as error:
            found.append(str(error))

    with at_work(space.root, "dvk consolidate"):
        thread = Thread(target=other)
        thread.start()
        thread.join()
    assert [text for text in found if "đang có lệnh khác làm việc (consolidate" in text] == found != []


def test_what_was_left_is_told_once(space, capfd):
    """One line says what the next command did about it."""

    def job(root):
        write_all(root / "ket-qua" / KY, NEW)

    laid(space.results(KY), OLD)
    code = in_child(lambda: _killed(space.root, job, 3))
    assert code == -9
    for expected in (
        "Lần chạy trước bị ngắt khi đang ghi 2023-Q3; nay đã ghi xong phần còn lại.\n",
        "",
    ):
        run = subprocess.run(
            [sys.executable, "-m", "dvk_reports", "-w", str(space.root), "--as-of", "2023-10-12"],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert run.stderr == expected


def _killed(root, job, number):
    with at_call(number, kill, RENAMES):
        job(root)
