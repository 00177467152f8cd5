"""Received files are kept by where they are: few of them stand in memory, and each is read as it was first seen."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dvk_reports.errors import WorkspaceError
from dvk_reports.intake.files import boxes
from dvk_reports.intake.files.boxes import ReceivedFile, opened_here, unpack
from dvk_reports.intake.reading import read_files
from dvk_reports.model.returns import FileState
from dvk_reports.model.spool import Spool
from dvk_reports.workspace.spool import Aside
from tests.intake.test_boxes import WORKBOOK
from tests.support.build import PLAN


def mailbox(folder: Path) -> Path:
    (folder / "a.xlsx").write_bytes(WORKBOOK)
    (folder / "hỏng.bin").write_bytes(b"\0" * 50)
    for name in ("b.zip", "c.zip", "d.zip"):
        with zipfile.ZipFile(folder / name, "w") as box:
            box.writestr("x.xlsx", WORKBOOK)
            box.writestr("y.txt", name)
    return folder


def test_no_bytes_are_held_and_all_are_there_when_asked_for(tmp_path: Path) -> None:
    found = unpack(mailbox(tmp_path))
    assert [item.file for item in found if isinstance(item.held, bytes)] == []
    assert {item.file: item.data for item in found} == {
        "a.xlsx": WORKBOOK,
        "hỏng.bin": b"\0" * 50,
        **{f"{box}!/x.xlsx": WORKBOOK for box in ("b.zip", "c.zip", "d.zip")},
        **{f"{box}!/y.txt": box.encode() for box in ("b.zip", "c.zip", "d.zip")},
    }


def test_what_travels_has_its_bytes_with_it(tmp_path: Path) -> None:
    for item in unpack(mailbox(tmp_path)):
        carried = pickle.loads(pickle.dumps(item.carried()))
        assert carried.held == item.data
        assert carried.sha256 == item.sha256


def test_boxes_are_opened_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "_AT_ONCE", 2)
    together: list[int] = []

    def opening(some: list[ReceivedFile]) -> list[list[ReceivedFile]]:
        together.append(len(some))
        return opened_here(some)

    found = unpack(mailbox(tmp_path), opening)
    assert together == [2, 1]
    assert [item.file for item in found] == [item.file for item in unpack(tmp_path)]


@pytest.mark.parametrize("change", [lambda path: path.write_bytes(WORKBOOK + b" "), lambda path: path.unlink()])
def test_a_file_that_changes_while_it_is_read_is_not_read_as_another(tmp_path: Path, change: object) -> None:
    (item,) = [item for item in unpack(mailbox(tmp_path)) if item.file == "a.xlsx"]
    assert callable(change)
    change(tmp_path / "a.xlsx")
    with pytest.raises(WorkspaceError, match="trong lúc"):
        _ = item.data
    (reading,) = read_files(PLAN, [item])
    assert (reading.state, "trong lúc" in reading.reason) == (FileState.UNREADABLE, True)


def test_a_full_disk_leaves_the_bytes_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    assert Spool().put(b"x") == b"x"


class SmallDisk(io.FileIO):
    """A file that takes ten bytes and no more."""

    def write(self, data: Any) -> int:
        room = 10 - self.tell()
        if not room:
            raise OSError(28, "No space left on device")
        return super().write(data[:room])


def test_a_disk_that_is_full_gives_back_all_that_came_before_and_after(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def small(buffering: int = -1, **_: object) -> Any:
        raw = SmallDisk(tmp_path / "spool", "w+b")
        return raw if buffering == 0 else io.BufferedRandom(raw)

    monkeypatch.setattr("tempfile.TemporaryFile", small)
    aside = Aside()
    given = {"a": b"1" * 6, "b": b"2" * 8, "c": b"3" * 4, "d": b"4", "e": b"5" * 9}
    aside.update(given)
    assert dict(aside) == given
    assert (tmp_path / "spool").read_bytes() == b"1111113333"


def test_what_is_put_aside_is_given_back_by_name_in_the_order_it_came() -> None:
    copies, papers, outputs = Aside(), Aside(), Aside()
    copies.update({"b": b"2", "c": b""})
    papers["a"] = b"1"
    papers.take(copies)
    papers.take({"d": b"4"})
    outputs.take(papers, {"a": "a (2)"})
    assert list(papers.items()) == [("a", b"1"), ("b", b"2"), ("c", b""), ("d", b"4")]
    assert list(outputs.items()) == [("a (2)", b"1"), ("b", b"2"), ("c", b""), ("d", b"4")]
