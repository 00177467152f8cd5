"""``da-gui.csv``: which mail went to whom, told line by line, on the disk before the next step is taken.

Before a mail is handed to the server there is a line that says so, and after its answer another one. A program that is
ended in between leaves the first alone: nobody knows then whether the mail has gone, and it is not sent again unasked.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from pathlib import Path

from dvk_reports.errors import WorkspaceError, reason_of
from dvk_reports.vietnamese.text import fold, tidy
from dvk_reports.workspace.folder import in_its_place
from dvk_reports.workspace.formulas import bare, guarded
from dvk_reports.workspace.switch import write_file

FILE = "da-gui.csv"
_KEYS = ("ngay_gio", "ky", "loai", "ma_don_vi", "dia_chi", "tieu_de", "ma_noi_dung", "trang_thai", "ghi_chu")
_BOM = b"\xef\xbb\xbf"
_BETWEEN = ",;\t"
"""What programs of tables put between the columns."""
_MARK = re.compile(r"nd-[0-9a-f]{24}")


class State(StrEnum):
    """What a line says of a mail."""

    BEGUN = "Bắt đầu gửi"
    SENT = "Đã gửi"
    BY_HAND = "Đã gửi bằng tay"
    FAILED = "Chưa gửi được"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in the order of the columns."""

    at: str
    period: str
    kind: str
    unit: str
    address: str
    """Empty where the clerk says that a mail without any address has gone by another way."""
    subject: str
    mark: str
    """What the mail is about: no two units, periods or contents have the same."""
    state: State
    note: str = ""


class SentLog:
    """The log of a workspace. WorkspaceError where it cannot be read whole: nothing may be sent on half a log."""

    def __init__(self, root: Path) -> None:
        self.path = root / FILE
        self._between, self._head = _BETWEEN[0], list(_KEYS)
        self._size, self._ended = 0, True
        """Bytes that hold whole lines, what a program that was ended has begun lies behind them; and whether the last
        of them has its end."""
        self._last = {(mark, fold(address)): state for mark, address, state in self._read()}
        if self._size and not self._last:  # what writes the first line of names writes the first mail with it
            raise self._emptied()

    def state(self, mark: str, address: str) -> State | None:
        """The last that was told of a mail to an address; None: nothing."""
        return self._last.get((mark, fold(address)))

    def add(self, lines: Sequence[Line]) -> None:
        """Put lines on the disk; WorkspaceError where that is refused, and then nothing may be sent."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self._between, lineterminator="\r\n")
        for line in lines:
            told = dict(zip(_KEYS, astuple(line), strict=True))
            writer.writerow([guarded(tidy(str(told.get(key, "")))) for key in self._head])
        data = (b"" if self._ended else b"\r\n") + out.getvalue().encode("utf-8", "replace")
        try:
            if not self._size:
                data = _BOM + (",".join(_KEYS) + "\r\n").encode() + data
                write_file(self.path, data)
            else:
                with self.path.open("r+b") as file:
                    file.truncate(self._size)
                    file.seek(self._size)
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            raise WorkspaceError(
                f"Không ghi được {self.path}: {reason_of(error)}. Đóng tệp này trong Excel rồi chạy lại; mọi thư "
                "đã gửi trước đó đều đã được ghi lại."
            ) from error
        self._size, self._ended = self._size + len(data), True
        self._last.update({(line.mark, fold(line.address)): line.state for line in lines})

    def _emptied(self) -> WorkspaceError:
        return WorkspaceError(
            f"{self.path} không còn dòng nào, nên không biết chắc thư nào đã gửi. Chép lại bản sao trước đó; hoặc, nếu "
            "chắc chắn chưa gửi thư nào, xóa tệp này. Rồi chạy lại."
        )

    def _read(self) -> Iterator[tuple[str, str, State]]:
        """(mark, address, state) of every line, oldest first."""
        if self.path.is_dir():
            raise in_its_place(self.path)
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise WorkspaceError(f"Không đọc được {self.path}: {reason_of(error)}. Đóng tệp rồi chạy lại.") from error
        data = data.rstrip(b"\0")  # what some disks leave behind after a power cut
        if not data.removeprefix(_BOM).strip():
            raise self._emptied()
        self._size = data.rfind(b"\n") + 1
        try:
            head, *rows = _rows(data[: self._size].decode("utf-8-sig"))
            at = [head.index(key) for key in ("ma_noi_dung", "dia_chi", "trang_thai")]
            self._between, self._head = _between(data), head
            for row in rows:
                yield _told(row, at)
        except (UnicodeDecodeError, ValueError, csv.Error) as error:
            raise WorkspaceError(
                f"{self.path} đã bị sửa hoặc lưu ở dạng khác, nên không biết chắc thư nào đã gửi. Mở bằng Excel, lưu "
                "lại ở dạng CSV UTF-8 với đủ các cột như ban đầu, hoặc lấy lại bản sao trước đó, rồi chạy lại."
            ) from error
        try:  # the last line may have been torn when a program was ended: then it counts for nothing
            (row,) = _rows(data[self._size :].decode("utf-8"), self._between)
            yield _told(row, at)
            self._size, self._ended = len(data), False
        except (UnicodeDecodeError, ValueError, csv.Error):
            pass


def _between(data: bytes) -> str:
    head = data[: data.find(b"\n")].decode("utf-8-sig")
    return max(_BETWEEN, key=head.count)


def _rows(text: str, between: str = "") -> list[list[str]]:
    found = csv.reader(io.StringIO(text), delimiter=between or _between(text.encode()))
    return [row for row in found if any(map(tidy, row))]


def _told(row: Sequence[str], at: Sequence[int]) -> tuple[str, str, State]:
    """ValueError where a line does not say what it should."""
    if len(row) <= max(at):
        raise ValueError("a line without all its columns")
    mark, address, state = (bare(tidy(row[col])) for col in at)
    if not _MARK.fullmatch(mark):
        raise ValueError("a line on no mail")
    return mark, address, State(state)
