"""The same bytes of every output, however many read the files, in whatever order, on whichever machine."""

import io
import shutil
import zipfile

import pytest

from dvk_reports import check_files, consolidate, open_workspace
from dvk_reports.errors import WorkersError
from dvk_reports.intake import reading
from dvk_reports.model import shelf, spool
from dvk_reports.model.returns import FileState
from tests.support.executors import Breaks, Fails, workers_of
from tests.support.killers import read_unless_it_kills
from tests.support.small_space import DAY, KY, files_of, made, put, sent

BEFORE = "2023-Q2"


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A quarter before this one, two forms with mistakes in them, a third in an archive, and what is no form."""
    space = made(tmp_path_factory.mktemp("đủ") / "làm việc")
    put(space, "a.xlsx", sent(space, "CB-A", quarter=BEFORE), quarter=BEFORE)
    consolidate(space, BEFORE, as_of=DAY)
    put(space, "a.xlsx", sent(space, "CB-A", b1={"so_hoi_nghi_pho_bien": "mười"}))
    put(space, "b.xlsx", sent(space, "CB-B", b1={"so_cuoc_tuyen_truyen": -1}))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as opened:
        opened.writestr("c.xlsx", sent(space, "CB-C"))
    put(space, "c.zip", box.getvalue())
    put(space, "hỏng.xlsx", b"PK\x03\x04 broken")
    return space


@pytest.fixture
def mailbox(full, tmp_path):
    """A copy of it to work in."""
    shutil.copytree(full.root, tmp_path / "làm việc")
    return open_workspace(tmp_path / "làm việc")


@pytest.fixture(scope="module")
def alone(full, tmp_path_factory):
    """What one process makes of it."""
    root = tmp_path_factory.mktemp("một") / "làm việc"
    shutil.copytree(full.root, root)
    consolidate(root, KY, as_of=DAY)
    return files_of(root / "ket-qua")


@pytest.mark.processes
@pytest.mark.parametrize("kind", ["one worker", "two workers", "four workers", "threads", "any order"])
def test_the_outputs_are_the_same(mailbox, alone, kind):
    with workers_of(kind) as given:
        consolidate(mailbox, KY, as_of=DAY, **given)
    assert files_of(mailbox.root / "ket-qua") == alone
    assert f"{KY}/tra-lai/DVK_CB-A_{KY}_v02.xlsx" in alone


@pytest.mark.parametrize("room", [1, 2, 1_000_000])
def test_what_stands_on_the_disk_meanwhile_changes_no_byte(mailbox, alone, monkeypatch, room):
    """Lists of any length on the disk, no sheet kept at hand; or everything in memory."""
    monkeypatch.setattr(shelf, "BLOCK", room)
    monkeypatch.setattr(spool, "_KEPT", 0 if room < 1_000 else room)
    if room > 1_000:
        monkeypatch.setattr(spool.Spool, "put", lambda _, data: data)
    consolidate(mailbox, KY, as_of=DAY)
    assert files_of(mailbox.root / "ket-qua") == alone


@pytest.mark.processes
@pytest.mark.parametrize("kind", ["two workers", "threads"])
def test_a_file_that_kills_its_reader_costs_itself(mailbox, monkeypatch, kind):
    put(mailbox, "giết.xlsx", sent(mailbox, "CB-C"))
    monkeypatch.setattr(reading, "read_file", read_unless_it_kills)
    with workers_of(kind) as given:
        found = check_files(mailbox, [mailbox.received(KY)], **given)
    states = {item.file.rpartition(f"{KY}/")[2]: (item.state, item.reason) for item in found.files}
    assert states.pop("giết.xlsx") == (
        FileState.UNREADABLE,
        "chương trình đọc tệp bị dừng đột ngột vì tệp này (tệp hỏng)",
    )
    assert {file for file, (state, _) in states.items() if state is None} == {"a.xlsx", "b.xlsx", "c.zip!/c.xlsx"}


def _names(*names):
    return lambda item: getattr(item, "file", "") in names


@pytest.mark.processes
@pytest.mark.parametrize("lost", [("b.xlsx",), ("b.xlsx", "c.zip", "c.zip!/c.xlsx", "hỏng.xlsx")])
def test_a_file_whose_future_fails_is_read_all_the_same(mailbox, alone, lost):
    """The bytes are those of any other run: a cluster that is lost meanwhile makes no file a damaged one."""
    consolidate(mailbox, KY, as_of=DAY, executor=Fails(_names(*lost)))
    assert files_of(mailbox.root / "ket-qua") == alone


@pytest.mark.processes
@pytest.mark.parametrize("after", [0, 1, 2])
def test_an_executor_that_breaks_leaves_everything_as_it_was(mailbox, after):
    before = files_of(mailbox.root)
    with pytest.raises(WorkersError, match="executor"):
        consolidate(mailbox, KY, as_of=DAY, executor=Breaks(after, late=True))
    assert files_of(mailbox.root) == before
